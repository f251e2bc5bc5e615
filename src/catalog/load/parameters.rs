//! `parameters`: what goes into path, query and headers.

use crate::catalog::credential_names::is_credential;
use crate::catalog::forbidden_header::is_forbidden_header;
use crate::catalog::model::{Additional, Field, Kind, Location, Schema, Serialization, Style};
use crate::catalog::node::{CatalogError, Node, Reason, Result, Unsupported};
use crate::catalog::schema::{self, Place};
use crate::catalog::value::is_json;

/// The parameters of the path item and of the operation; the latter replaces the former of the same name and place.
///
/// One that cannot be sent is left out, and noted. Without one that is required the operation cannot be called.
pub(super) fn parameters(levels: &[&Node<'_>]) -> Result<Vec<Field>> {
    let mut fields: Vec<Field> = Vec::new();
    let mut missing: Vec<(String, String, Box<CatalogError>)> = Vec::new();
    for level in levels {
        for node in level.usable_member("parameters").iter().flat_map(Node::usable_items) {
            let text = |key: &str| node.raw(key).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
            let (name, place) = (text("name"), text("in"));
            if is_set_elsewhere(&name, &place) {
                continue;
            }
            let is_same = |other: &str, where_: &str| {
                where_ == place && (other == name || place == "header" && other.eq_ignore_ascii_case(&name))
            };
            fields.retain(|other| !is_same(&other.name, other.location.name()));
            missing.retain(|(other, where_, _)| !is_same(other, where_));
            match read(&node) {
                Ok(field) => fields.push(field),
                // The path asks for it in any case, and a browser has a `Host` and a `User-Agent` of its own.
                Err(error) if node.flag("required") && place != "path" && !is_forbidden_header(&name) => {
                    missing.push((name, place, error));
                }
                Err(error) => node.omit(error),
            }
        }
    }
    missing.into_iter().next().map_or(Ok(fields), |(.., error)| Err(error))
}

/// OpenAPI: parameters of these names are ignored, because the body says what goes into them. `Authorization` is one as well,
/// and is a credential where no security scheme fills it: see [`super::security::take_credentials`].
fn is_set_elsewhere(name: &str, place: &str) -> bool {
    place == "header" && ["accept", "content-type"].iter().any(|own| name.eq_ignore_ascii_case(own))
}

fn read(node: &Node<'_>) -> Result<Field> {
    let place = node.require("in")?;
    let location = match place.as_str()? {
        "path" => Location::Path,
        "query" => Location::Query,
        "header" => Location::Header,
        other => return Err(place.error(Reason::Unsupported(Unsupported::ParameterIn(other.to_owned())))),
    };
    let name = node.require("name")?;
    if location == Location::Header {
        check_header_name(&name)?;
    }
    let name = name.as_str()?.to_owned();
    let (serialization, mut schema) = match content(node)? {
        Some((serialization, media)) => {
            let place = if serialization.style == Style::Json { Place::Json } else { Place::Text };
            (
                serialization,
                media.usable_member("schema").map_or_else(|| schema::any(place), |node| schema::read(&node, place)),
            )
        }
        None => {
            let serialization = serialization(node, location)?;
            let schema = node.usable_member("schema");
            (serialization, schema.map_or_else(|| schema::any(Place::Text), |node| schema::read(&node, Place::Text)))
        }
    };
    if schema.kind != Kind::Text && node.flag("allowEmptyValue") {
        let keyword = Unsupported::Keyword(String::from("allowEmptyValue"));
        node.omit(node.error_at("allowEmptyValue", Reason::Unsupported(keyword)));
    }
    if schema.kind == Kind::Text && (node.flag("x-secret") || is_credential(&name, location)) {
        schema.kind = Kind::Secret;
    }
    check_flat(node, &serialization, &mut schema)?;
    // A key beside a reference to the parameter wins.
    let description = node.referring().into_iter().chain([node.clone()]).find(|node| node.raw("description").is_some());
    if let Some(node) = description {
        schema.description = node.usable_text("description");
    }
    schema::read_for_people(node, &mut schema);
    if let Some(example) = example(node) {
        schema.example = Some(example);
    }
    // A path cannot do without any of its parts, whatever the document says.
    let required = location == Location::Path || node.flag("required");
    Ok(Field { name, location, required, serialization, schema })
}

/// `example`, or the first of the named `examples`.
pub(super) fn example(node: &Node<'_>) -> Option<serde_json::Value> {
    let named = || {
        node.usable_member("examples")?.usable_members().into_iter().find_map(|(_, node)| node.raw("value").cloned())
    };
    node.raw("example").cloned().or_else(named)
}

/// `content` instead of `schema` and `style`: the one media type in it says how the value is spelled.
fn content<'a>(node: &Node<'a>) -> Result<Option<(Serialization, Node<'a>)>> {
    let Some(content) = node.get("content")? else { return Ok(None) };
    let members = content.usable_members();
    let (name, media) = members.first().ok_or_else(|| content.error(Reason::Missing))?;
    let style = match *name {
        json if is_json(json) => Style::Json,
        text if text.starts_with("text/plain") => Style::Simple,
        other => return Err(content.error(Reason::Unsupported(Unsupported::ParameterAs(other.to_owned())))),
    };
    Ok(Some((Serialization { style, explode: false, allow_reserved: false }, media.clone())))
}

fn serialization(node: &Node<'_>, location: Location) -> Result<Serialization> {
    let plain = Serialization::of(location);
    let style = match (location, node.usable(node.str("style")).flatten()) {
        (_, None) => plain.style,
        (Location::Path | Location::Header, Some("simple")) => Style::Simple,
        (Location::Path, Some("label")) => Style::Label,
        (Location::Path, Some("matrix")) => Style::Matrix,
        (Location::Query, Some("form")) => Style::Form,
        (Location::Query, Some("spaceDelimited")) => Style::SpaceDelimited,
        (Location::Query, Some("pipeDelimited")) => Style::PipeDelimited,
        (Location::Query, Some("deepObject")) => Style::DeepObject,
        (_, Some(other)) => {
            let what = Unsupported::Style { style: other.to_owned(), place: location.name() };
            return Err(node.error_at("style", Reason::Unsupported(what)));
        }
    };
    let explode = node.usable(node.bool("explode")).flatten().unwrap_or(style == Style::Form);
    Ok(Serialization { style, explode, allow_reserved: node.flag("allowReserved") })
}

/// The same for a property of a form body: what its `encoding` says. Without one, an object travels as JSON.
pub(super) fn form_serialization(encoding: Option<&Node<'_>>, kind: &Kind) -> Serialization {
    let said = encoding.filter(|node| ["style", "explode", "allowReserved"].iter().any(|key| node.raw(key).is_some()));
    let content_type = encoding.and_then(|node| node.usable(node.str("contentType"))).flatten().unwrap_or_default();
    let plain = || {
        let is_json = matches!(kind, Kind::Object(_) | Kind::OneOf(_)) && !is_plain(kind) || is_json(content_type);
        let style = if is_json { Style::Json } else { Style::Form };
        Serialization { style, ..Serialization::of(Location::Query) }
    };
    said.and_then(|node| node.usable(serialization(node, Location::Query))).unwrap_or_else(plain)
}

/// OpenAPI says how lists and objects of plain values are spelled. For lists of lists and the like no two servers agree.
pub(super) fn check_flat(node: &Node<'_>, serialization: &Serialization, schema: &mut Schema) -> Result<()> {
    if serialization.style == Style::Json {
        return Ok(());
    }
    let nested = || node.error(Reason::Unsupported(Unsupported::Nested));
    let fault = match &mut schema.kind {
        Kind::Array(item) => (!is_plain(&item.kind)).then(nested),
        Kind::Object(fields) => {
            let lost = fields.iter().any(|field| field.required && !is_plain(&field.schema.kind));
            let all = fields.len();
            // An example does not bring them back.
            let nested_names =
                fields.iter().filter(|field| !is_plain(&field.schema.kind)).map(|field| field.name.clone());
            schema.unsent.extend(nested_names);
            fields.retain(|field| is_plain(&field.schema.kind));
            let further = matches!(&schema.additional, Additional::Of(schema) if !is_plain(&schema.kind));
            if further {
                schema.additional = Additional::Refused;
            }
            if !lost && (fields.len() < all || further) {
                node.omit(nested());
            }
            lost.then(nested)
        }
        Kind::OneOf(alternatives) => {
            alternatives.iter_mut().find_map(|one| check_flat(node, serialization, &mut one.schema).err())
        }
        _ => None,
    };
    fault.map_or(Ok(()), Err)
}

fn is_plain(kind: &Kind) -> bool {
    match kind {
        Kind::Array(_) | Kind::Object(_) | Kind::File => false,
        Kind::OneOf(alternatives) => alternatives.iter().all(|one| is_plain(&one.schema.kind)),
        _ => true,
    }
}

pub(super) fn check_header_name(name: &Node<'_>) -> Result<()> {
    let header = name.as_str()?;
    // RFC 9110's token. The crate `http` has a table of all known names instead, and it weighs as much as a page.
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if !header.is_empty() && header.bytes().all(is_token) && !is_forbidden_header(header) {
        Ok(())
    } else {
        Err(name.error(Reason::Unsupported(Unsupported::Header(header.to_owned()))))
    }
}
