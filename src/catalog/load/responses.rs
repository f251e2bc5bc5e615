//! `responses`: the documented answers. One that cannot be read is left out: the answer is shown all the same.

use crate::catalog::model::{Field, Link, Location, Response, Schema, Serialization, StatusRange};
use crate::catalog::node::{Node, Reason, Result, Unsupported};
use crate::catalog::schema::{self, Place};
use crate::catalog::value::{essence, is_json};

pub(super) fn responses(node: &Node<'_>) -> Vec<Response> {
    let responses = node.usable_member("responses");
    let documented = responses.iter().flat_map(Node::usable_members).filter(|(key, _)| !key.starts_with("x-"));
    documented.filter_map(|(key, node)| node.usable(read(key, &node))).collect()
}

fn read(key: &str, node: &Node<'_>) -> Result<Response> {
    node.as_object()?;
    let status =
        read_status(key).ok_or_else(|| node.error(Reason::Unsupported(Unsupported::Status(key.to_owned()))))?;
    let content = node.usable_member("content");
    let contents: Vec<(&str, Node<'_>)> = content.iter().flat_map(Node::usable_members).collect();
    // A range has a schema for JSON where nothing else names it.
    let is_range = |name: &str| matches!(essence(name).as_str(), "*/*" | "application/*");
    let find = |fits: &dyn Fn(&str) -> bool| contents.iter().find(|(name, _)| fits(name)).map(|(_, media)| media);
    let schema = find(&is_json).or_else(|| find(&is_range)).map_or_else(none, schema_of);
    let media_types = contents.iter().map(|(name, _)| essence(name)).collect();
    let headers = node.usable_member("headers");
    let headers = headers.iter().flat_map(Node::usable_members).map(|(name, node)| header(name, &node)).collect();
    let links = node.usable_member("links");
    let links = links.iter().flat_map(Node::usable_members).filter_map(|(_, node)| node.usable(link(&node))).collect();
    Ok(Response { status, media_types, schema, headers, links })
}

fn link(node: &Node<'_>) -> Result<Link> {
    let members = |key| node.get(key)?.map_or(Ok(Vec::new()), |values| values.members());
    let (parameters, unless) = (members("parameters")?, members("x-unless")?);
    for (_, values) in &unless {
        values.as_array()?;
    }
    let values = |members: Vec<(&str, Node<'_>)>| {
        members.into_iter().map(|(name, node)| (parameter_name(name).to_owned(), node.value.clone())).collect()
    };
    Ok(Link {
        operation: node.require("operationId")?.as_str()?.to_owned(),
        parameters: values(parameters),
        unless: values(unless),
    })
}

/// The name of a parameter. OpenAPI lets its place stand before it: `path.id`.
pub(in crate::catalog) fn parameter_name(name: &str) -> &str {
    Location::ALL.iter().find_map(|place| name.strip_prefix(place.name())?.strip_prefix('.')).unwrap_or(name)
}

/// The statuses that a key of `responses` stands for.
pub(in crate::catalog) fn read_status(key: &str) -> Option<StatusRange> {
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
    let required = node.usable(node.bool("required")).flatten().unwrap_or_default();
    Field { name: name.to_owned(), location, required, serialization: Serialization::of(location), schema }
}
