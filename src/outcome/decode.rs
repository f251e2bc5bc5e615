//! Reading an answer.

use super::{Answer, AnswerField, BodyKind, Outcome, RequestId, Why};
use crate::catalog::{Choice, Field, Kind, MASK, Operation, Schema, is_json, plain_text};
use crate::clock::{parse_basic, parse_http_date};
use crate::transport::Reply;
use serde_json::Value;
use std::time::Duration;
use time::OffsetDateTime;

/// What an answer says whose secrets are masked, in `body` as in `reply`.
pub(super) fn decode(operation: &Operation, reply: &Reply, body: &Body) -> Answer {
    let content_type = reply.header("content-type").unwrap_or_default();
    let schema = operation.response(reply.status).map(|response| &response.schema);
    let mut fields = Vec::new();
    if let (Body::Json(value), Some(schema)) = (body, schema) {
        explain("", value, schema, &mut fields);
    }
    let mislabelled = matches!(body, Body::Json(_)) && !is_json(content_type);
    Answer {
        outcome: judge(reply.status, body, content_type, schema),
        fields,
        request_ids: request_ids(reply, body),
        retry_after: retry_after(reply),
        clock_skew: server_time(reply).map(|date| (date - reply.received).whole_seconds()),
        mislabelled: mislabelled.then(|| content_type.to_owned()),
        withheld: None,
    }
}

/// The server's clock: from its `Date`, which a browser hides on another site's answer, else from the error, where some
/// gateways tell what time they compared with.
fn server_time(reply: &Reply) -> Option<OffsetDateTime> {
    const BEFORE: &str = "server time:";
    reply.header("date").and_then(parse_http_date).or_else(|| {
        let (_, after) = std::str::from_utf8(&reply.body).ok()?.split_once(BEFORE)?;
        parse_basic(after.get(..16)?)
    })
}

/// A body, parsed once.
#[derive(Debug)]
pub(super) enum Body {
    Empty,
    Html,
    Json(Value),
    Broken(String),
    Text,
    Binary,
}

impl Body {
    /// `bytes` without a byte order mark.
    pub(super) fn parse(bytes: &[u8], content_type: &str) -> Self {
        let Ok(text) = std::str::from_utf8(bytes) else { return Self::Binary };
        let text = text.trim();
        if text.is_empty() {
            return Self::Empty;
        }
        match serde_json::from_str(text) {
            Ok(value) => Self::Json(value),
            Err(_) if looks_like_html(text, content_type) => Self::Html,
            Err(error) if is_json(content_type) || text.starts_with(['{', '[']) => Self::Broken(error.to_string()),
            Err(_) => Self::Text,
        }
    }

    fn kind(&self) -> BodyKind {
        match self {
            Self::Empty => BodyKind::Empty,
            Self::Html => BodyKind::Html,
            Self::Json(_) => BodyKind::Json,
            Self::Broken(_) | Self::Text => BodyKind::Text,
            Self::Binary => BodyKind::Binary,
        }
    }
}

fn looks_like_html(text: &str, content_type: &str) -> bool {
    let start: String = text.chars().take(15).map(|c| c.to_ascii_lowercase()).collect();
    content_type.to_ascii_lowercase().contains("html")
        || start.starts_with("<!doctype html")
        || start.starts_with("<html")
}

fn judge(status: u16, body: &Body, content_type: &str, schema: Option<&Schema>) -> Outcome {
    let undecodable = |why| Outcome::Undecodable { status, why };
    match body {
        Body::Json(value) if !(200..300).contains(&status) => match find_error(value) {
            Some((code, message)) => Outcome::ApiError { code, message, status },
            None => Outcome::HttpError { status, body: BodyKind::Json },
        },
        body if !(200..300).contains(&status) => Outcome::HttpError { status, body: body.kind() },
        Body::Json(value) => judge_success(status, value, schema),
        Body::Empty if expects_nothing(schema) => Outcome::Success,
        Body::Empty => undecodable(Why::Empty),
        Body::Html => undecodable(Why::Html),
        Body::Broken(complaint) => undecodable(Why::BrokenJson(complaint.clone())),
        Body::Text | Body::Binary => undecodable(Why::NotJson(content_type.to_owned())),
    }
}

fn expects_nothing(schema: Option<&Schema>) -> bool {
    schema.is_none_or(|schema| schema.kind == Kind::Json)
}

/// A status of success counts when the body is the API's: with all that it always sends, and with the value that
/// means success.
fn judge_success(status: u16, value: &Value, schema: Option<&Schema>) -> Outcome {
    let Some(Schema { kind: Kind::Object(fields), .. }) = schema else { return Outcome::Success };
    let is_there = |field: &Field| value.get(&field.name).is_some_and(|value| has_type(value, &field.schema));
    if let Some(missing) = fields.iter().find(|field| field.required && !is_there(field)) {
        // Some gateways send an error with status 200.
        return match find_error(value) {
            Some((code, message)) => Outcome::ApiError { code, message, status },
            None => Outcome::Undecodable { status, why: Why::MissingField(missing.name.clone()) },
        };
    }
    for field in fields {
        if let (Some(wanted), Some(found)) = (&field.schema.success, value.get(&field.name))
            && wanted != found
        {
            let meaning = meaning(found, &field.schema);
            return Outcome::Declined { field: field.name.clone(), value: plain_text(found), meaning };
        }
    }
    Outcome::Success
}

/// Whether a value is of the type that is documented, as far as the type is told apart here.
fn has_type(value: &Value, schema: &Schema) -> bool {
    match schema.kind {
        Kind::Text | Kind::Secret => value.is_string(),
        Kind::Boolean(_) => value.is_boolean(),
        Kind::Integer | Kind::Number => value.is_number(),
        Kind::Array(_) => value.is_array(),
        Kind::Object(_) => value.is_object(),
        Kind::Enum(_) | Kind::OneOf(_) | Kind::File | Kind::Json => true,
    }
}

/// Code and message, in any of the shapes that the clouds use: services, gateways, SDK style and Keystone.
fn find_error(value: &Value) -> Option<(String, String)> {
    const SHAPES: [(&str, &str); 5] = [
        ("error_code", "error_msg"),
        ("errorCode", "errorMsg"),
        ("Code", "Message"),
        ("code", "message"),
        ("error_code", "error_message"),
    ];
    for (code, message) in SHAPES {
        if let (Some(code), Some(message)) = (value.get(code), value.get(message))
            && !code.is_object()
        {
            return Some((plain_text(code), plain_text(message)));
        }
    }
    // Keystone wraps it: {"error": {"code": 401, "message": "…", "title": "…"}}.
    value.get("error").filter(|inner| inner.is_object()).and_then(find_error)
}

fn explain(prefix: &str, value: &Value, schema: &Schema, fields: &mut Vec<AnswerField>) {
    let Kind::Object(documented) = &schema.kind else { return };
    for field in documented {
        let Some(found) = value.get(&field.name) else { continue };
        let name = if prefix.is_empty() { field.name.clone() } else { format!("{prefix}.{}", field.name) };
        match (&field.schema.kind, found) {
            (Kind::Object(_), Value::Object(_)) => explain(&name, found, &field.schema, fields),
            (Kind::Array(item), Value::Array(found)) if is_list_of_objects(item, found) => {
                for (index, one) in found.iter().enumerate() {
                    let before = fields.len();
                    explain(&format!("{name}[{index}]"), one, item, fields);
                    // Said once: the others have the same fields.
                    fields.iter_mut().skip(before).filter(|_| index > 0).for_each(|field| field.description.clear());
                }
            }
            (kind, _) => {
                let value = if *kind == Kind::Secret { MASK.to_owned() } else { plain_text(found) };
                let description = field.schema.description.clone();
                fields.push(AnswerField { name, value, description, meaning: meaning(found, &field.schema) });
            }
        }
    }
}

/// Whether each of the things in a list can be explained by itself.
fn is_list_of_objects(item: &Schema, found: &[Value]) -> bool {
    matches!(item.kind, Kind::Object(_)) && !found.is_empty() && found.iter().all(Value::is_object)
}

fn meaning(value: &Value, schema: &Schema) -> Option<String> {
    let choices: &[Choice] = match &schema.kind {
        Kind::Boolean(choices) | Kind::Enum(choices) => choices,
        _ => &[],
    };
    choices.iter().find(|choice| &choice.value == value).and_then(|choice| choice.label.clone())
}

fn request_ids(reply: &Reply, body: &Body) -> Vec<RequestId> {
    const FIELDS: [&str; 4] = ["RequestId", "request_id", "requestId", "requestID"];
    const HEADERS: [&str; 4] = ["x-request-id", "x-acs-request-id", "x-iam-trace-id", "x-acs-trace-id"];
    let json = if let Body::Json(value) = body { Some(value) } else { None };
    let in_body = FIELDS.iter().filter_map(|name| Some((*name, json?.get(name)?.as_str()?)));
    let in_headers = HEADERS.iter().filter_map(|name| Some((*name, reply.header(name)?)));
    let mut ids: Vec<RequestId> = Vec::new();
    for (source, value) in in_body.chain(in_headers) {
        if !value.is_empty() && ids.iter().all(|id| id.value != value) {
            ids.push(RequestId { source: source.to_owned(), value: value.to_owned() });
        }
    }
    ids
}

/// `Retry-After` in seconds or as a date; Alibaba's header counts milliseconds.
fn retry_after(reply: &Reply) -> Option<Duration> {
    if let Some(text) = reply.header("retry-after") {
        let seconds = text.trim().parse().ok().map(Duration::from_secs);
        return seconds.or_else(|| parse_http_date(text).and_then(|date| (date - reply.received).try_into().ok()));
    }
    reply.header("x-acs-retry-after").and_then(|text| text.trim().parse().ok()).map(Duration::from_millis)
}

#[cfg(test)]
mod tests;
