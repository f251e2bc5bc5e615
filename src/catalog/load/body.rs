//! `requestBody`: the first media type that a form can be made for.

use super::parameters::{check_flat, example, form_serialization};
use crate::catalog::model::{Additional, Body, BodyFormat, Kind, Schema};
use crate::catalog::node::{Node, Reason, Result, Unsupported};
use crate::catalog::schema::{self, Place};
use crate::catalog::value::is_json;

/// The body that the operation takes. One that cannot be sent is left out; without one that is required the operation
/// cannot be called.
pub(super) fn request_body(operation: &Node<'_>) -> Result<Option<Body>> {
    let Some(node) = operation.usable_member("requestBody") else { return Ok(None) };
    match read(&node) {
        Ok(body) => Ok(Some(body)),
        Err(error) if node.flag("required") => Err(error),
        Err(error) => {
            node.omit(error);
            Ok(None)
        }
    }
}

fn read(node: &Node<'_>) -> Result<Body> {
    let content = node.require("content")?;
    let media = content.usable_members();
    // What is easiest to fill in comes first.
    let formats = [BodyFormat::Json, BodyFormat::Form, BodyFormat::Multipart, BodyFormat::Text, BodyFormat::File];
    let found = formats.iter().find_map(|format| media.iter().find(|(name, _)| format_of(name) == Some(*format)));
    let Some((name, media)) = found else {
        let names: Vec<&str> = media.iter().map(|(name, _)| *name).collect();
        let names = if names.is_empty() { String::from("nothing") } else { names.join(", ") };
        return Err(content.error(Reason::Unsupported(Unsupported::Body(names))));
    };
    let mut format = format_of(name).unwrap_or(BodyFormat::File);
    // A range names no type that could be sent.
    let content_type = match format {
        _ if !name.contains('*') => name,
        BodyFormat::Json => "application/json",
        BodyFormat::Text => "text/plain",
        _ => "application/octet-stream",
    };
    let content_type = content_type.to_owned();
    check_media_type(&content, &content_type)?;
    let mut schema = schema_of(media, format);
    let has_parts = matches!(format, BodyFormat::Form | BodyFormat::Multipart);
    if format == BodyFormat::Multipart && !matches!(schema.kind, Kind::Object(_)) {
        return Err(content.error(Reason::Unsupported(Unsupported::Body(content_type))));
    }
    if has_parts && !matches!(schema.kind, Kind::Object(_)) {
        format = BodyFormat::Text;
        schema.kind = Kind::Text;
    }
    if let Some(example) = example(media) {
        schema.example = Some(example);
    }
    let part_types = if format == BodyFormat::Multipart { part_types(media) } else { Vec::new() };
    Ok(Body { content_type, format, required: node.flag("required"), schema, part_types })
}

/// The media types that `encoding` gives to parts. Of several, and of a range, any will do: the first that is one.
fn part_types(media: &Node<'_>) -> Vec<(String, String)> {
    let encodings = media.usable_member("encoding");
    let part_type = |(name, node): (&str, Node<'_>)| {
        for key in ["headers", "style", "explode", "allowReserved"].into_iter().filter(|key| node.raw(key).is_some()) {
            node.omit(node.error_at(key, Reason::Unsupported(Unsupported::Keyword(key.to_owned()))));
        }
        let said = node.usable(node.str("contentType")).flatten()?;
        let own = said.split(',').map(str::trim).find(|own| !own.contains('*'))?;
        node.usable(check_media_type(&node, own))?;
        Some((name.to_owned(), own.to_owned()))
    };
    encodings.iter().flat_map(Node::usable_members).filter_map(part_type).collect()
}

fn schema_of(media: &Node<'_>, format: BodyFormat) -> Schema {
    let node = media.usable_member("schema");
    let read = |place| node.as_ref().map_or_else(|| schema::any(place), |node| schema::read(node, place));
    match format {
        BodyFormat::Json => read(Place::Json),
        BodyFormat::Form => form(media, read(Place::Json)),
        BodyFormat::Multipart => {
            let mut schema = node.as_ref().map_or_else(|| schema::any(Place::Json), schema::read_parts);
            texts(&mut schema);
            schema
        }
        BodyFormat::Text => match read(Place::Text) {
            schema @ Schema { kind: Kind::Text | Kind::Secret, .. } => schema,
            schema => Schema { description: schema.description, ..Schema::default() },
        },
        BodyFormat::File => {
            Schema { kind: Kind::File, description: read(Place::Text).description, ..Schema::default() }
        }
    }
}

/// What has no type is a text in a form, what the description does not name as well.
fn texts(schema: &mut Schema) {
    let text = || Schema { kind: Kind::Text, ..Schema::default() };
    match &mut schema.additional {
        Additional::Of(further) if further.kind != Kind::Json => {}
        Additional::Refused => {}
        additional => *additional = Additional::Of(Box::new(text())),
    }
    if let Kind::Object(fields) = &mut schema.kind {
        for field in fields.iter_mut().filter(|field| field.schema.kind == Kind::Json) {
            field.schema.kind = Kind::Text;
        }
    }
}

/// A form's properties, each spelled as its `encoding` says.
fn form(media: &Node<'_>, mut schema: Schema) -> Schema {
    texts(&mut schema);
    let encodings = media.usable_member("encoding");
    let Kind::Object(fields) = &mut schema.kind else { return schema };
    fields.retain_mut(|field| {
        let encoding = encodings.as_ref().filter(|node| node.raw(&field.name).is_some());
        let encoding = encoding.and_then(|node| node.usable_member(&field.name));
        field.serialization = form_serialization(encoding.as_ref(), &field.schema.kind);
        match check_flat(media, &field.serialization, &mut field.schema) {
            Ok(()) => true,
            Err(error) => {
                media.omit(error);
                false
            }
        }
    });
    schema
}

/// `None`: the console cannot make such a body.
fn format_of(media_type: &str) -> Option<BodyFormat> {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "*/*" | "application/*" => Some(BodyFormat::Json),
        _ if is_json(&essence) => Some(BodyFormat::Json),
        "application/x-www-form-urlencoded" => Some(BodyFormat::Form),
        "application/xml"
        | "application/yaml"
        | "application/x-yaml"
        | "application/x-ndjson"
        | "application/graphql"
        | "application/jsonl"
        | "application/javascript" => Some(BodyFormat::Text),
        "multipart/form-data" => Some(BodyFormat::Multipart),
        _ if essence.starts_with("multipart/") => None,
        _ if essence.starts_with("text/") || essence.ends_with("+xml") || essence.ends_with("+yaml") => {
            Some(BodyFormat::Text)
        }
        _ => Some(BodyFormat::File),
    }
}

/// It is sent as a header: RFC 9110, 8.3.1.
fn check_media_type(node: &Node<'_>, media_type: &str) -> Result<()> {
    let is_shown = |byte: u8| (b' '..=b'~').contains(&byte);
    if media_type.contains('/') && media_type.bytes().all(is_shown) {
        Ok(())
    } else {
        Err(node.error(Reason::Unsupported(Unsupported::Body(format!("{media_type:?}")))))
    }
}
