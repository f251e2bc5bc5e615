//! HAR 1.2, the format in which browsers save what they sent and got (<http://www.softwareishard.com/blog/har-12-spec/>).

use crate::call::{CallFailure, Exchange};
use crate::clock::rfc3339;
use crate::transport::Reply;
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
}

/// The exchanges as one file, each with its result in a few words. Calls that were never sent are left out.
pub fn har<'a>(exchanges: impl IntoIterator<Item = (&'a Exchange, String)>, remarks: &HarRemarks<'_>) -> String {
    let sent =
        exchanges.into_iter().filter(|(exchange, _)| !matches!(exchange.result, Err(CallFailure::Stopped { .. })));
    let entries: Vec<Value> = sent.map(|(exchange, result)| entry(exchange, &result, remarks)).collect();
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

fn entry(exchange: &Exchange, result: &str, remarks: &HarRemarks<'_>) -> Value {
    let took = exchange.took.as_millis() as u64;
    let comment = [exchange.operation.summary.as_str(), &exchange.act, &exchange.subject, result];
    let comment: Vec<&str> = comment.into_iter().filter(|text| !text.is_empty()).collect();
    let response = match &exchange.result {
        Ok((reply, answer)) => {
            answered(reply, answer.withheld.as_ref().map(|withheld| withheld.bytes().len()), remarks)
        }
        Err(_) => unanswered(result),
    };
    json!({
        "startedDateTime": date_time(exchange.started),
        "time": took,
        "request": request(exchange),
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

fn request(exchange: &Exchange) -> Value {
    let request = &exchange.request;
    let shown = request.headers.iter().map(|(name, value)| (name.clone(), value.text().to_owned()));
    let all: Vec<(String, String)> = shown.collect();
    let url = utf8_percent_encode(&request.url, NOT_IN_URI).to_string();
    let mime = all.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let mime = mime.map(|(_, value)| value.as_str()).unwrap_or_default();
    let data = (!request.body.is_empty()).then(|| json!({ "mimeType": mime, "text": request.body }));
    let made = json!({
        "method": request.method,
        "url": url,
        "httpVersion": HTTP_VERSION,
        "cookies": [],
        "headers": headers(&all),
        "queryString": query(&request.url),
        "headersSize": -1,
        "bodySize": request.body.len(),
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

fn headers(all: &[(String, String)]) -> Vec<Value> {
    all.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect()
}

fn query(url: &str) -> Vec<Value> {
    let query = url.split_once('?').map(|(_, query)| query).unwrap_or_default();
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.map(|(name, value)| json!({ "name": decoded(name), "value": decoded(value) })).collect()
}

/// `withheld`: how many bytes are left out.
fn answered(reply: &Reply, withheld: Option<usize>, remarks: &HarRemarks<'_>) -> Value {
    let size = withheld.unwrap_or(reply.body.len());
    let content = json!({ "size": size, "mimeType": reply.header("content-type").unwrap_or_default() });
    let content = match std::str::from_utf8(&reply.body) {
        _ if withheld.is_some() => with(content, [("comment", Value::from(remarks.withheld))]),
        Ok(text) => with(content, [("text", Value::from(text))]),
        Err(_) => {
            let text = STANDARD.encode(&reply.body);
            with(content, [("text", Value::from(text)), ("encoding", Value::from("base64"))])
        }
    };
    let reason = http::StatusCode::from_u16(reply.status).ok().and_then(|status| status.canonical_reason());
    json!({
        "status": reply.status,
        "statusText": reason.unwrap_or_default(),
        "httpVersion": HTTP_VERSION,
        "cookies": [],
        "headers": headers(&reply.headers),
        "content": content,
        "redirectURL": reply.header("location").unwrap_or_default(),
        "headersSize": -1,
        "bodySize": size,
    })
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
