//! `multipart/form-data`, RFC 7578, with names spelled as browsers spell them (HTML standard, "multipart/form-data
//! encoding algorithm").

use super::encoded_body::EncodedBody;
use crate::catalog::{Body, is_json};
use crate::form::ArgumentValue;

/// One part: its headers, its bytes, and what is shown of them.
struct Part {
    head: String,
    bytes: Vec<u8>,
    shown: String,
}

pub(super) fn multipart(body: &Body, members: &[(String, ArgumentValue)]) -> EncodedBody {
    let mut parts = Vec::new();
    for (name, value) in members {
        let media_type = body.part_types.iter().find(|(own, _)| own == name).map(|(_, media_type)| media_type.as_str());
        match value {
            // Without a media type of its own each item is a part.
            ArgumentValue::Array(items) if !media_type.is_some_and(is_json) => {
                parts.extend(items.iter().filter_map(|item| part(name, item, media_type)));
            }
            value => parts.extend(part(name, value, media_type)),
        }
    }
    let boundary = boundary(&parts);
    let (mut bytes, mut shown) = (Vec::new(), String::new());
    for part in &parts {
        let head = format!("--{boundary}\r\n{}\r\n\r\n", part.head);
        bytes.extend_from_slice(head.as_bytes());
        bytes.extend_from_slice(&part.bytes);
        bytes.extend_from_slice(b"\r\n");
        shown.push_str(&format!("{head}{}\r\n", part.shown));
    }
    let end = format!("--{boundary}--\r\n");
    bytes.extend_from_slice(end.as_bytes());
    shown.push_str(&end);
    EncodedBody { content_type: format!("{}; boundary={boundary}", body.content_type), bytes, shown }
}

fn part(name: &str, value: &ArgumentValue, media_type: Option<&str>) -> Option<Part> {
    let disposition = format!("Content-Disposition: form-data; name=\"{}\"", quoted(name));
    let typed = |head: String, usual: &str| format!("{head}\r\nContent-Type: {}", media_type.unwrap_or(usual));
    Some(match value {
        ArgumentValue::File(file) => Part {
            head: typed(format!("{disposition}; filename=\"{}\"", quoted(&file.name)), "application/octet-stream"),
            bytes: file.bytes.to_vec(),
            shown: format!("{file:?}"),
        },
        ArgumentValue::Object(_) | ArgumentValue::Array(_) => Part {
            head: typed(disposition, "application/json"),
            bytes: value.to_json().into_bytes(),
            shown: value.to_shown_json(),
        },
        value => Part {
            head: if media_type.is_some() { typed(disposition, "") } else { disposition },
            bytes: value.to_text()?.into_bytes(),
            shown: value.masked().to_text()?,
        },
    })
}

fn quoted(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// A line that is in none of the parts.
fn boundary(parts: &[Part]) -> String {
    let candidates = (0_u64..).map(|number| format!("tls-console-form-{number}"));
    let occurs = |boundary: &String| {
        let own = boundary.as_bytes();
        parts.iter().any(|part| part.bytes.windows(own.len()).any(|window| window == own))
    };
    candidates.into_iter().find(|boundary| !occurs(boundary)).unwrap_or_default()
}
