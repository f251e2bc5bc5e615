//! Reading an answer.

use super::body::Body;
use super::documented_value::{meaning, shown_value};
use super::error::{Found, is, message_alone};
use super::judge::{is_mislabelled, judge};
use super::{Answer, AnswerField, AnswerTable, Outcome, RequestId};
use crate::catalog::{Kind, Operation, Schema};
use crate::clock::{parse_basic, parse_http_date};
use crate::transport::Reply;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use time::OffsetDateTime;

/// What an answer says whose secrets are masked, in `body` as in `reply`.
pub(super) fn decode(operation: &Operation, reply: &Reply, body: &Body) -> Answer {
    let content_type = reply.header("content-type").unwrap_or_default();
    let schema = operation.response(reply.status).map(|response| &response.schema);
    let mut explained = Explained::default();
    if let (Body::Json(value), Some(schema)) = (body, schema) {
        explained.explain(value, &mut Vec::new(), value, schema);
    }
    let mislabelled = matches!(body, Body::Json(_)) && is_mislabelled(operation, reply.status, content_type);
    let (outcome, found) = judge(operation, reply.status, content_type, body);
    Answer {
        fields: explained.fields,
        tables: explained.tables,
        message: if matches!(outcome, Outcome::HttpError { .. }) { body.value().and_then(message_alone) } else { None },
        request_ids: request_ids(reply, body, found.as_ref()),
        retry_after: retry_after(reply),
        clock_skew: server_time(reply).map(|date| (date - reply.received).whole_seconds()),
        mislabelled: mislabelled.then(|| content_type.to_owned()),
        foreign_key: None,
        withheld: None,
        long: None,
        forgotten: None,
        outcome,
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

/// What the description says of a body.
#[derive(Default)]
struct Explained {
    fields: Vec<AnswerField>,
    tables: Vec<AnswerTable>,
}

impl Explained {
    /// Explains the documented fields of `value`, to which `path` leads in `body`.
    fn explain(&mut self, body: &Arc<Value>, path: &mut Vec<String>, value: &Value, schema: &Schema) {
        let Kind::Object(documented) = &schema.kind else { return };
        for field in documented {
            let Some(found) = value.get(&field.name) else { continue };
            path.push(field.name.clone());
            if matches!(field.schema.kind, Kind::Object(_)) && found.is_object() {
                self.explain(body, path, found, &field.schema);
            } else if let Some(table) = AnswerTable::of(body, path, &field.schema) {
                self.tables.push(table);
            } else {
                self.fields.push(AnswerField {
                    name: path.join("."),
                    value: shown_value(found, &field.schema),
                    description: field.schema.description.clone(),
                    meaning: meaning(found, &field.schema),
                });
            }
            path.pop();
        }
    }
}

/// From the error and what is around it, else from the body, and from the headers.
fn request_ids(reply: &Reply, body: &Body, found: Option<&Found<'_>>) -> Vec<RequestId> {
    const HEADERS: [&str; 4] = ["x-request-id", "x-acs-request-id", "x-iam-trace-id", "x-acs-trace-id"];
    let root = body.value().and_then(Value::as_object);
    let objects = found.iter().flat_map(|found| found.around.iter().copied()).chain(root);
    let is_id = |name: &str| ["requestid", "traceid", "correlationid"].iter().any(|id| is(name, id));
    let members = objects.flatten().filter(|(name, _)| is_id(name));
    let in_body = members.filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)));
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
        // RFC 9110 has whole seconds; some count parts of one.
        let (whole, part) = text.trim().split_once('.').map_or((text.trim(), 0), |(whole, _)| (whole, 1));
        let seconds = whole.parse::<u64>().ok().map(|seconds| Duration::from_secs(seconds.saturating_add(part)));
        return seconds.or_else(|| parse_http_date(text).and_then(|date| (date - reply.received).try_into().ok()));
    }
    reply.header("x-acs-retry-after").and_then(|text| text.trim().parse().ok()).map(Duration::from_millis)
}

#[cfg(test)]
mod tests;
