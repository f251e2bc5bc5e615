//! The bytes of a body, and the text that the screen shows of them.

use super::encode;
use super::encoded_body::EncodedBody;
use super::multipart::multipart;
use super::serialize::pairs;
use crate::catalog::{Body, BodyFormat, Field, Kind, Location, MASK, Serialization};
use crate::form::{Argument, ArgumentValue};

pub(super) fn encode_body(body: &Body, value: &ArgumentValue) -> EncodedBody {
    let (bytes, shown) = match (body.format, value) {
        (BodyFormat::Multipart, ArgumentValue::Object(members)) => return multipart(body, members),
        (_, ArgumentValue::File(file)) => (file.bytes.to_vec(), format!("{file:?}")),
        (BodyFormat::Form, ArgumentValue::Object(members)) => {
            let fields = match &body.schema.kind {
                Kind::Object(fields) => fields.as_slice(),
                _ => &[],
            };
            let shown = form(fields, members, ArgumentValue::masked).replace(&encode(MASK), MASK);
            (form(fields, members, ArgumentValue::clone).into_bytes(), shown)
        }
        (BodyFormat::Text, value) => {
            let text = |value: &ArgumentValue| value.to_text().unwrap_or_default();
            (text(value).into_bytes(), text(&value.masked()))
        }
        (_, value) => (value.to_json().into_bytes(), value.to_shown_json()),
    };
    EncodedBody { content_type: body.content_type.clone(), bytes, shown }
}

fn form(fields: &[Field], members: &[(String, ArgumentValue)], value: fn(&ArgumentValue) -> ArgumentValue) -> String {
    let mut text: Vec<String> = Vec::new();
    for (name, own) in members {
        let field = fields.iter().find(|field| field.name == *name);
        let serialization = field.map_or(Serialization::of(Location::Query), |field| field.serialization);
        text.extend(pairs(&Argument { name: name.clone(), serialization, value: value(own) }));
    }
    text.join("&")
}
