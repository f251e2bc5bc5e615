//! `multipart/form-data`, RFC 7578, with names spelled as browsers spell them (HTML standard, "multipart/form-data
//! encoding algorithm").

use super::encoded_body::EncodedBody;
use crate::form::ArgumentValue;

/// One part: its headers, its bytes, and what is shown of them.
struct Part {
    head: String,
    bytes: Vec<u8>,
    shown: String,
}

pub(super) fn multipart(media_type: &str, members: &[(String, ArgumentValue)]) -> EncodedBody {
    let mut parts = Vec::new();
    for (name, value) in members {
        match value {
            ArgumentValue::Array(items) => parts.extend(items.iter().filter_map(|item| part(name, item))),
            value => parts.extend(part(name, value)),
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
    EncodedBody { content_type: format!("{media_type}; boundary={boundary}"), bytes, shown }
}

fn part(name: &str, value: &ArgumentValue) -> Option<Part> {
    let disposition = format!("Content-Disposition: form-data; name=\"{}\"", quoted(name));
    Some(match value {
        ArgumentValue::File(file) => Part {
            head: format!(
                "{disposition}; filename=\"{}\"\r\nContent-Type: application/octet-stream",
                quoted(&file.name)
            ),
            bytes: file.bytes.to_vec(),
            shown: format!("{file:?}"),
        },
        ArgumentValue::Object(_) | ArgumentValue::Array(_) => Part {
            head: format!("{disposition}\r\nContent-Type: application/json"),
            bytes: value.to_json().into_bytes(),
            shown: value.to_shown_json(),
        },
        value => Part { head: disposition, bytes: value.to_text()?.into_bytes(), shown: value.masked().to_text()? },
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
