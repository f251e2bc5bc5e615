//! What became of a call: status, method, media type and body, held against what the description says.

use super::body::Body;
use super::error::{self, Found, find_error};
use super::success::{Reading, judge_success};
use super::{Outcome, UndecodableReason};
use crate::catalog::{Kind, Operation, Response, is_json};
use http::Method;

/// The verdict, and what was found of an error.
pub(super) fn judge<'a>(
    operation: &Operation,
    status: u16,
    content_type: &str,
    body: &'a Body,
) -> (Outcome, Option<Found<'a>>) {
    let response = operation.response(status);
    if (200..300).contains(&status) {
        return judge_good_status(operation, status, content_type, body, response);
    }
    if status == 304 && (operation.method.is_safe() || response.is_some_and(Response::is_exact)) {
        return (Outcome::Success, None);
    }
    match body.value().and_then(find_error) {
        Some(found) => (found.outcome(status), Some(found)),
        None => match body.value().and_then(error::packed) {
            Some((code, message)) => (Outcome::ApiError { code, message, status }, None),
            None => (Outcome::HttpError { status, body: body.kind() }, None),
        },
    }
}

fn judge_good_status<'a>(
    operation: &Operation,
    status: u16,
    content_type: &str,
    body: &'a Body,
    response: Option<&Response>,
) -> (Outcome, Option<Found<'a>>) {
    let undecodable = |why| (Outcome::Undecodable { status, why }, None);
    // The media type that the description names says what the body is: a text that looks like something else is a text.
    let is_documented = response.is_some_and(|response| response.documents(content_type));
    let is_labelled = !content_type.is_empty();
    // RFC 9457: nothing but an error has this media type.
    let is_problem = content_type.contains("problem+");
    let reading = Reading { status, schema: None, is_error: is_problem, is_mutating: operation.is_mutating() };
    match body {
        Body::Json(value) => judge_success(value, &Reading { schema: response.map(|own| &own.schema), ..reading }),
        Body::Xml(document) => {
            let is_error = is_problem || error::is_envelope(&document.root);
            match judge_success(&document.value, &Reading { is_error, ..reading }) {
                (Outcome::Success, _) if !is_documented => {
                    undecodable(UndecodableReason::NotJson(content_type.to_owned()))
                }
                judged => judged,
            }
        }
        Body::Lines(values, mistake) => {
            let lines = values.as_array().into_iter().flatten();
            let failed =
                lines.map(|line| judge_success(line, &reading)).find(|(outcome, _)| *outcome != Outcome::Success);
            match failed {
                // What the lines before it say was done.
                Some((failed, _)) => undecodable(UndecodableReason::Error(failed.message())),
                None if is_documented || response.is_some_and(may_come_in_lines) => (Outcome::Success, None),
                None => undecodable(UndecodableReason::BrokenJson(*mistake)),
            }
        }
        Body::Empty if has_no_body(&operation.method, status) || expects_nothing(response) => (Outcome::Success, None),
        Body::Empty => undecodable(UndecodableReason::Empty),
        Body::Text | Body::Binary if is_documented => (Outcome::Success, None),
        // A description that names no content says nothing against a word such as `OK`.
        Body::Text if response.is_some_and(|response| response.media_types.is_empty()) => (Outcome::Success, None),
        // Many frameworks send a text where their documents have a string of JSON.
        Body::Text | Body::Broken { is_begun: false, .. } if is_string(response) => (Outcome::Success, None),
        Body::Html | Body::Broken { .. } if is_documented && is_labelled => (Outcome::Success, None),
        Body::Html => undecodable(UndecodableReason::Html),
        Body::Broken { mistake, .. } => undecodable(UndecodableReason::BrokenJson(*mistake)),
        Body::Text | Body::Binary => undecodable(UndecodableReason::NotJson(content_type.to_owned())),
    }
}

/// Whether the description names no content, or lines under another name.
fn may_come_in_lines(response: &Response) -> bool {
    let names = ["ndjson", "jsonl", "json-seq", "stream"];
    let is_of_lines = |media_type: &String| names.iter().any(|name| media_type.contains(name));
    response.media_types.is_empty() || response.media_types.iter().any(is_of_lines)
}

fn is_string(response: Option<&Response>) -> bool {
    response.is_some_and(|response| matches!(response.schema.kind, Kind::Text | Kind::Secret))
}

/// RFC 9110: the answer to HEAD has no body, and neither has one with these statuses.
fn has_no_body(method: &Method, status: u16) -> bool {
    *method == Method::HEAD || matches!(status, 204 | 205)
}

/// Nothing is documented, or nothing is said of it, as of a text or a file; or it may be null.
fn expects_nothing(response: Option<&Response>) -> bool {
    response.is_none_or(|response| response.schema.kind == Kind::Json || response.schema.nullable)
}

/// JSON that is labelled as something else, which the description does not name.
pub(super) fn is_mislabelled(operation: &Operation, status: u16, content_type: &str) -> bool {
    let is_documented = || operation.response(status).is_some_and(|response| response.documents(content_type));
    !is_json(content_type) && (content_type.is_empty() || !is_documented())
}
