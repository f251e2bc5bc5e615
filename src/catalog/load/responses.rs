//! `responses`: the documented answers. One that cannot be read is left out: the answer is shown all the same.

use crate::catalog::model::{Field, Location, Response, Schema, Serialization, StatusRange};
use crate::catalog::node::{Node, Reason, Result};
use crate::catalog::schema::{self, Place};
use crate::catalog::value::is_json;

pub(super) fn responses(node: &Node<'_>) -> Vec<Response> {
    let responses = node.usable_member("responses");
    let documented = responses.iter().flat_map(Node::usable_members).filter(|(key, _)| !key.starts_with("x-"));
    documented.filter_map(|(key, node)| node.usable(read(key, &node))).collect()
}

fn read(key: &str, node: &Node<'_>) -> Result<Response> {
    node.as_object()?;
    let status = status(key).ok_or_else(|| node.error(Reason::Unsupported(format!("the status {key}"))))?;
    let media = node.usable_member("content");
    let media = media.iter().flat_map(Node::usable_members).find(|(name, _)| is_json(name));
    let headers = node.usable_member("headers");
    let headers = headers.iter().flat_map(Node::usable_members).map(|(name, node)| header(name, &node)).collect();
    let description = node.usable_text("description");
    Ok(Response { status, description, schema: media.map_or_else(none, |(_, media)| schema_of(&media)), headers })
}

fn status(key: &str) -> Option<StatusRange> {
    if key == "default" {
        return Some(StatusRange::Default);
    }
    let class = key.strip_suffix("XX").or_else(|| key.strip_suffix("xx"));
    let range = class
        .map_or_else(|| key.parse().ok().map(StatusRange::Code), |class| class.parse().ok().map(StatusRange::Class));
    range.filter(|range| match range {
        StatusRange::Code(code) => (100..600).contains(code),
        StatusRange::Class(class) => (1..6).contains(class),
        StatusRange::Default => true,
    })
}

fn none() -> Schema {
    schema::any(Place::Answer)
}

fn schema_of(node: &Node<'_>) -> Schema {
    node.usable_member("schema").map_or_else(none, |node| schema::read(&node, Place::Answer))
}

fn header(name: &str, node: &Node<'_>) -> Field {
    let mut schema = schema_of(node);
    schema.description = node.usable_text("description");
    let location = Location::Header;
    Field { name: name.to_owned(), location, required: false, serialization: Serialization::of(location), schema }
}
