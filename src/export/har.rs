//! HAR 1.2, the format in which browsers save what they sent and got (<http://www.softwareishard.com/blog/har-12-spec/>).

use super::exported::{ExportedAnswer, ExportedBody, ExportedCall};
use crate::clock::rfc3339;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde_json::{Value, json};
use time::OffsetDateTime;

/// No browser tells a page which version of HTTP a call used.
const HTTP_VERSION: &str = "unknown";

/// What of an address no URI has: the mask, above all.
const NOT_IN_URI: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// What the comments say.
#[derive(Debug, Clone, Copy)]
pub struct HarRemarks<'a> {
    /// Of the whole file: secrets are masked.
    pub masked: &'a str,
    /// Of a body that is left out.
    pub withheld: &'a str,
    /// Of a body that the page keeps no more.
    pub forgotten: &'a str,
    /// Of a body of which the page, or the history, has the beginning only.
    pub cut: &'a str,
    /// Of a body that is no text, which the history does not keep.
    pub binary: &'a str,
}

/// Calls that were sent as one file, each with its result in a few words.
pub fn har<'a>(calls: impl IntoIterator<Item = (ExportedCall<'a>, String)>, remarks: &HarRemarks<'_>) -> String {
    let entries: Vec<Value> = calls.into_iter().map(|(call, result)| entry(&call, &result, remarks)).collect();
    let log = json!({
        "log": {
            "version": "1.2",
            "creator": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
            "entries": entries,
            "comment": remarks.masked,
        }
    });
    format!("{log:#}")
}

fn entry(call: &ExportedCall<'_>, result: &str, remarks: &HarRemarks<'_>) -> Value {
    let took = call.took;
    let comment = [call.title, call.act, call.subject, result];
    let comment: Vec<&str> = comment.into_iter().filter(|text| !text.is_empty()).collect();
    let response = match &call.answer {
        Some(answer) => answered(answer, remarks),
        None => unanswered(result),
    };
    json!({
        "startedDateTime": date_time(call.started),
        "time": took,
        "request": request(call, remarks),
        "response": response,
        "cache": {},
        // A page sees one span: everything is waiting.
        "timings": { "send": 0, "wait": took, "receive": 0 },
        "comment": comment.join(" · "),
    })
}

/// RFC 3339 with milliseconds, in UTC.
fn date_time(time: OffsetDateTime) -> String {
    format!("{}.{:03}Z", rfc3339(time).trim_end_matches('Z'), time.millisecond())
}

fn request(call: &ExportedCall<'_>, remarks: &HarRemarks<'_>) -> Value {
    let url = utf8_percent_encode(call.url, NOT_IN_URI).to_string();
    let mime = call.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let mime = mime.map(|(_, value)| *value).unwrap_or_default();
    let cut = call.is_body_cut().then(|| ("comment", Value::from(remarks.cut)));
    let data = (!call.body.is_empty()).then(|| with(json!({ "mimeType": mime, "text": call.body }), cut));
    let made = json!({
        "method": call.method,
        "url": url,
        "httpVersion": HTTP_VERSION,
        "cookies": [],
        "headers": headers(call.headers.iter().copied()),
        "queryString": query(call.url),
        "headersSize": -1,
        "bodySize": call.body_size,
    });
    with(made, data.map(|data| ("postData", data)))
}

/// An object with more members.
fn with(mut object: Value, more: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    if let Value::Object(members) = &mut object {
        members.extend(more.into_iter().map(|(name, value)| (name.to_owned(), value)));
    }
    object
}

fn headers<'a>(all: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Value> {
    all.map(|(name, value)| json!({ "name": name, "value": value })).collect()
}

fn query(url: &str) -> Vec<Value> {
    let query = url.split_once('?').map(|(_, query)| query).unwrap_or_default();
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.map(|(name, value)| json!({ "name": decoded(name), "value": decoded(value) })).collect()
}

fn answered(answer: &ExportedAnswer<'_>, remarks: &HarRemarks<'_>) -> Value {
    let size = answer.body.size();
    let content = json!({ "size": size, "mimeType": answer.header("content-type") });
    let comment = |text: &str| ("comment", Value::from(text));
    let content = match answer.body {
        ExportedBody::Withheld(_) => with(content, [comment(remarks.withheld)]),
        ExportedBody::Forgotten(_) => with(content, [comment(remarks.forgotten)]),
        ExportedBody::NotKept(_) => with(content, [comment(remarks.binary)]),
        ExportedBody::Cut { beginning, .. } => with(with_bytes(content, beginning), [comment(remarks.cut)]),
        ExportedBody::Whole(bytes) => with_bytes(content, bytes),
    };
    let given = answer.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let reason = http::StatusCode::from_u16(answer.status).ok().and_then(|status| status.canonical_reason());
    json!({
        "status": answer.status,
        "statusText": reason.unwrap_or_default(),
        "httpVersion": HTTP_VERSION,
        "cookies": [],
        "headers": headers(given),
        "content": content,
        "redirectURL": answer.header("location"),
        "headersSize": -1,
        "bodySize": size,
    })
}

fn with_bytes(content: Value, bytes: &[u8]) -> Value {
    match std::str::from_utf8(bytes) {
        Ok(text) => with(content, [("text", Value::from(text))]),
        Err(_) => {
            let text = STANDARD.encode(bytes);
            with(content, [("text", Value::from(text)), ("encoding", Value::from("base64"))])
        }
    }
}

/// Browsers write status 0 for what was not answered.
fn unanswered(why: &str) -> Value {
    json!({
        "status": 0,
        "statusText": "",
        "httpVersion": HTTP_VERSION,
        "cookies": [],
        "headers": [],
        "content": { "size": 0, "mimeType": "x-unknown" },
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": -1,
        "comment": why,
    })
}
