//! Bytes → text, where a server wrote them in an older charset than UTF-8.
//!
//! In the browser the decoder is the browser's own `TextDecoder`; on the host it is the crate `encoding_rs`, which
//! follows the same standard (encoding.spec.whatwg.org). Its tables would weigh as much as the page.

/// The text of a body that is not in UTF-8. `None`: it is in UTF-8, it is no text, or nobody says in which charset it is.
///
/// A byte order mark says it first, then the `Content-Type`, then the document itself. With `strict`, a body with a
/// single wrong byte is no text; without, the wrong bytes become U+FFFD.
pub fn decode(bytes: &[u8], content_type: &str, strict: bool) -> Option<String> {
    if is_utf8(bytes) || !may_be_text(content_type) {
        return None;
    }
    if let Some((label, rest)) = marked(bytes) {
        return engine::decode(label, rest, strict);
    }
    let label = parameter(content_type).filter(|label| !is_label_of_utf8(label));
    let declared = || declared(bytes).filter(|label| !is_label_of_utf8(label));
    // The names and the code of JSON are readable in any charset, whatever its texts are.
    let lossy = || {
        let is_json = bytes.trim_ascii_start().first().is_some_and(|first| matches!(first, b'{' | b'['));
        (is_json && !strict).then(|| String::from_utf8_lossy(bytes).into_owned())
    };
    label
        .and_then(|label| engine::decode(&label, bytes, strict))
        .or_else(|| engine::decode(&declared()?, bytes, strict))
        .or_else(lossy)
}

/// Texts of several bytes a character are hardly ever valid UTF-8 by chance, and labels are often wrong. Two charsets
/// are: UTF-16 has zero bytes, and ISO-2022-JP begins its characters with an escape.
fn is_utf8(bytes: &[u8]) -> bool {
    !bytes.iter().any(|byte| matches!(byte, 0 | 0x1b)) && std::str::from_utf8(bytes).is_ok()
}

/// A picture or an archive can begin with the same bytes as a text.
fn may_be_text(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (kind, format) = essence.split_once('/').unwrap_or((&essence, ""));
    let formats = ["json", "xml", "html", "javascript", "yaml", "csv", "urlencoded"];
    matches!(kind, "" | "text") || formats.iter().any(|text| format.contains(text)) || parameter(content_type).is_some()
}

/// UTF-16 by its byte order mark, or by the zero that stands beside the first character of JSON and of XML.
fn marked(bytes: &[u8]) -> Option<(&'static str, &[u8])> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => Some(("utf-16le", rest)),
        [0xfe, 0xff, rest @ ..] => Some(("utf-16be", rest)),
        [b'{' | b'[' | b'<', 0, ..] => Some(("utf-16le", bytes)),
        [0, b'{' | b'[' | b'<', ..] => Some(("utf-16be", bytes)),
        _ => None,
    }
}

/// `charset` of a `Content-Type`.
fn parameter(content_type: &str) -> Option<String> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_ascii_lowercase())
    })
}

/// What the document says of itself: `<meta charset="…">`, `<meta … content="…; charset=…">` or `<?xml … encoding="…"?>`
/// in its first 1,024 bytes, where HTML wants it.
fn declared(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(bytes.get(..1024).unwrap_or(bytes)).to_ascii_lowercase();
    let is_xml = start.trim_start().starts_with("<?xml");
    let names: &[&str] = if is_xml { &["encoding", "charset"] } else { &["charset"] };
    let label = names.iter().find_map(|name| {
        start.split(name).skip(1).find_map(|rest| {
            let value = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
            let is_of_label = |c: char| c.is_ascii_alphanumeric() || "-_:.+".contains(c);
            let end = value.find(|c| !is_of_label(c)).unwrap_or(value.len());
            value.get(..end).filter(|label| !label.is_empty()).map(str::to_owned)
        })
    })?;
    // It was read in one byte a character, so it is not UTF-16 whatever it says.
    Some(label).filter(|label| !label.starts_with("utf-16"))
}

fn is_label_of_utf8(label: &str) -> bool {
    matches!(label, "utf-8" | "utf8" | "unicode-1-1-utf-8" | "us-ascii" | "ascii")
}

#[cfg(target_arch = "wasm32")]
mod engine {
    use js_sys::{Array, Function, Object, Reflect, Uint8Array};
    use wasm_bindgen::{JsCast, JsValue};

    pub(super) fn decode(label: &str, bytes: &[u8], strict: bool) -> Option<String> {
        let construct = || {
            let constructor: Function = Reflect::get(&js_sys::global(), &JsValue::from("TextDecoder"))?.dyn_into()?;
            let options = Object::new();
            Reflect::set(&options, &JsValue::from("fatal"), &JsValue::from(strict))?;
            let decoder = Reflect::construct(&constructor, &Array::of2(&JsValue::from(label), &options))?;
            let decode: Function = Reflect::get(&decoder, &JsValue::from("decode"))?.dyn_into()?;
            decode.call1(&decoder, &Uint8Array::from(bytes))
        };
        construct().ok().and_then(|text: JsValue| text.as_string())
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod engine {
    use encoding_rs::Encoding;

    pub(super) fn decode(label: &str, bytes: &[u8], strict: bool) -> Option<String> {
        let encoding = Encoding::for_label_no_replacement(label.as_bytes())?;
        let (text, wrong) = encoding.decode_with_bom_removal(bytes);
        (!(strict && wrong)).then(|| text.into_owned())
    }
}

#[cfg(test)]
mod tests;
