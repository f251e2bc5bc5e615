//! Reading an answer: secrets are masked first. Everything that the console shows is made of the masked answer.

use super::body::Body;
use super::decode::decode;
use super::foreign_key::foreign_key;
use super::mask::{Located, Names, secrets_of};
use super::{Answer, Outcome};
use crate::catalog::{MASK, Operation};
use crate::charset;
use crate::transport::Reply;
use serde_json::Value;
use std::sync::Arc;
use zeroize::Zeroizing;

/// An answer, read.
#[derive(Debug)]
pub struct Reading {
    /// What it says.
    pub answer: Answer,
    /// The answer as it may be shown, copied and downloaded. Without its body where that is withheld.
    pub shown: Reply,
    /// Where a credential can be taken from.
    pub unmasked: Unmasked,
}

/// An answer with its secrets.
pub struct Unmasked {
    /// The headers as they came.
    pub headers: Vec<(String, String)>,
    /// The body; `null` when it is no JSON.
    pub body: Arc<Value>,
}

impl std::fmt::Debug for Unmasked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Unmasked")
    }
}

/// A body that may hold secrets and cannot be parsed. What could be found in it is masked all the same.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Withheld(Vec<u8>);

impl Withheld {
    /// For a user who asked.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for Withheld {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Withheld({} bytes)", self.0.len())
    }
}

/// Reads what came back for a call of `operation` that sent these secrets.
///
/// A value is masked by its name wherever it stands when any documented answer of the operation calls it secret,
/// whatever the status of this one; and so is every echo of such a value and of what was sent.
pub fn read(operation: &Operation, sent: Vec<Zeroizing<String>>, mut reply: Reply) -> Reading {
    let names = Names::of(operation, reply.status);
    let content_type = reply.header("content-type").unwrap_or_default().to_owned();
    // A wrong byte in a secret makes another secret of it, whose echo would be shown.
    let decoded = charset::decode(&reply.body, &content_type, !names.is_empty());
    let came = without_mark(decoded.as_deref().map_or(&reply.body, str::as_bytes));
    let mut located = Located::find(&names, secrets_of(&sent), &reply.headers, came);
    let headers = reply.headers.clone();
    located.mask_headers(&mut reply.headers);
    let parsed = Body::parse(came, &content_type);
    let is_json = matches!(parsed, Body::Json(_) | Body::Lines(..));
    let has_parts = parsed.value().is_some();
    let (shown, body, unmasked) = match located.mask_body(came, is_json) {
        None => (came.to_vec(), parsed, None),
        Some(shown) if has_parts => {
            let body = Body::parse(&shown, &content_type);
            (shown, body, Some(parsed))
        }
        // A damaged secret is another one than its echo: what a mask has mended is not read.
        Some(shown) => (shown, parsed, None),
    };
    reply.body = shown;
    let mut answer = decode(operation, &reply, &body);
    let is_read = match &body {
        Body::Json(value) => names.is_empty() || is_named(value),
        Body::Xml(document) => names.is_empty() || document.is_named,
        // Only the first line is searched for members of any name.
        Body::Lines(..) => names.is_empty(),
        Body::Empty => true,
        // A mask that breaks JSON or XML is not known, and must not show anything.
        _ => names.is_empty() && !has_parts,
    };
    if !is_read {
        answer.withheld = Some(Withheld(std::mem::take(&mut reply.body)));
        answer.message = None;
    }
    note_foreign_key(&mut answer, operation, &sent);
    let body = match unmasked.unwrap_or(body) {
        Body::Json(value) => value,
        _ => Arc::default(),
    };
    Reading { answer, shown: reply, unmasked: Unmasked { headers, body } }
}

pub(super) fn note_foreign_key(answer: &mut Answer, operation: &Operation, sent: &[Zeroizing<String>]) {
    if let Outcome::ApiError { message, .. } = &answer.outcome {
        let sent = sent.iter().map(|secret| secret.as_str());
        answer.foreign_key = foreign_key(&operation.foreign_keys, sent.chain([message.as_str()]));
    }
}

/// Whether every text and every number has a name, by which it would have been masked.
pub(super) fn is_named(value: &Value) -> bool {
    match value {
        Value::Object(_) | Value::Null | Value::Bool(_) => true,
        Value::Array(items) => items.iter().all(is_named),
        Value::String(text) => text == MASK || serde_json::from_str(text).is_ok_and(|packed| is_named(&packed)),
        Value::Number(_) => false,
    }
}

/// The body without a byte order mark.
pub(super) fn without_mark(body: &[u8]) -> &[u8] {
    let mut body = body;
    while let Some(rest) = body.strip_prefix("\u{feff}".as_bytes()) {
        body = rest;
    }
    body
}

#[cfg(test)]
mod tests;
