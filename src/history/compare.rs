//! What differs between two calls.

use super::{AnswerRecord, BodyRecord, Record};
use crate::outcome::json;
use crate::viewer::{self, Change, Comparison, Document};
use serde_json::Value;
use std::sync::Arc;

/// All that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordComparison {
    pub differences: Vec<Difference>,
    /// The lines of the two answers' bodies that only one of them has, in their order.
    pub body: Vec<Line>,
    /// Lines beyond those shown.
    pub more_lines: usize,
    /// How much of the bodies was there to be compared.
    pub bodies: Bodies,
}

/// How much of two bodies is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bodies {
    /// All of both.
    Whole,
    /// The beginning of one at least.
    Beginnings,
    /// Nothing of one at least: it is no text, or it may hold secrets.
    NotKept,
}

impl RecordComparison {
    /// Whether the calls are the same in everything that was compared.
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty() && self.body.is_empty()
    }
}

/// One thing that differs; an empty text where a call has no such thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub aspect: Aspect,
    pub one: String,
    pub other: String,
}

/// What differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aspect {
    Operation,
    Act,
    Subject,
    Region,
    Connection,
    Status,
    Code,
    Result,
    FollowThrough,
    Method,
    Url,
    /// A value of the form, by its name.
    Value(String),
    RequestHeader(String),
    AnswerHeader(String),
    /// Of the body of the answer, where the body itself is not kept.
    BodySize,
}

/// Whose line it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    One,
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub side: Side,
    pub text: String,
}

/// Lines of a difference that are shown: more than that is read in the bodies themselves.
const MOST_LINES: usize = 400;

/// Compares two calls.
pub fn compare(one: &Record, other: &Record) -> RecordComparison {
    let mut differences = Vec::new();
    let mut differ = |aspect: Aspect, one: &str, other: &str| {
        if one != other {
            differences.push(Difference { aspect, one: one.to_owned(), other: other.to_owned() });
        }
    };
    let (a, b) = (&one.summary, &other.summary);
    let status = |status: Option<u16>| status.map(|status| status.to_string()).unwrap_or_default();
    let follow =
        |record: &Record| record.summary.follow.as_ref().map(|follow| follow.sentence.clone()).unwrap_or_default();
    differ(Aspect::Operation, &a.operation_title, &b.operation_title);
    differ(Aspect::Act, &a.act, &b.act);
    differ(Aspect::Subject, &a.subject, &b.subject);
    differ(Aspect::Region, &a.region, &b.region);
    differ(Aspect::Connection, &a.connection, &b.connection);
    differ(Aspect::Status, &status(a.status), &status(b.status));
    differ(Aspect::Code, &a.code, &b.code);
    differ(Aspect::Result, &a.title, &b.title);
    differ(Aspect::FollowThrough, &follow(one), &follow(other));
    let (a, b) = (&one.details.request, &other.details.request);
    differ(Aspect::Method, &a.method, &b.method);
    differ(Aspect::Url, &a.url, &b.url);
    for (name, one, other) in pairs(&values(&one.details.form), &values(&other.details.form)) {
        differ(Aspect::Value(name), &one, &other);
    }
    for (name, one, other) in pairs(&a.headers, &b.headers) {
        differ(Aspect::RequestHeader(name), &one, &other);
    }
    let headers =
        |answer: &Option<AnswerRecord>| answer.as_ref().map(|answer| answer.headers.clone()).unwrap_or_default();
    for (name, one, other) in pairs(&headers(&one.details.answer), &headers(&other.details.answer)) {
        differ(Aspect::AnswerHeader(name), &one, &other);
    }
    let bodies = [one, other].map(|record| record.details.answer.as_ref().map(|answer| &answer.body));
    let [ours, theirs] = bodies.map(|body| body.map_or(0, BodyRecord::size));
    let bodies = bodies.into_iter().flatten().map(kept_of).fold(Bodies::Whole, Bodies::less);
    if bodies == Bodies::NotKept {
        differ(Aspect::BodySize, &ours.to_string(), &theirs.to_string());
    }
    let [ours, theirs] =
        [one, other].map(|record| record.details.answer.as_ref().map_or("", |answer| answer.body.text()));
    let (mut body, is_cut) = match bodies {
        Bodies::NotKept => (Vec::new(), false),
        _ => lines(ours, theirs),
    };
    let bodies = if is_cut { bodies.less(Bodies::Beginnings) } else { bodies };
    let more_lines = body.len().saturating_sub(MOST_LINES);
    body.truncate(MOST_LINES);
    RecordComparison { differences, body, more_lines, bodies }
}

impl Bodies {
    fn less(self, other: Self) -> Self {
        match (self, other) {
            (Self::NotKept, _) | (_, Self::NotKept) => Self::NotKept,
            (Self::Beginnings, _) | (_, Self::Beginnings) => Self::Beginnings,
            _ => Self::Whole,
        }
    }
}

const fn kept_of(body: &BodyRecord) -> Bodies {
    match body {
        BodyRecord::Whole(_) => Bodies::Whole,
        BodyRecord::Cut { .. } => Bodies::Beginnings,
        BodyRecord::Binary(_) | BodyRecord::Withheld(_) => Bodies::NotKept,
    }
}

/// The names and texts of a form that was kept as [`crate::form::Draft::to_value`] writes it.
fn values(form: &Value) -> Vec<(String, String)> {
    let entries = form.as_array().and_then(|list| list.get(1..)).unwrap_or_default();
    let value = |entry: &[Value]| match entry {
        [_, Value::String(name), Value::String(text)] => Some((name.clone(), text.clone())),
        [_, Value::String(name), value] => Some((name.clone(), value.to_string())),
        _ => None,
    };
    entries.chunks_exact(3).filter_map(value).collect()
}

/// The names of both, each with its values: those of the first, then those that only the other has.
fn pairs(one: &[(String, String)], other: &[(String, String)]) -> Vec<(String, String, String)> {
    let text = |list: &[(String, String)], name: &str| {
        let values = list.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str());
        values.collect::<Vec<_>>().join(", ")
    };
    let mut names: Vec<&String> = Vec::new();
    for (name, _) in one.iter().chain(other) {
        if !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            names.push(name);
        }
    }
    names.into_iter().map(|name| (name.clone(), text(one, name), text(other, name))).collect()
}

/// The lines that only one of two bodies has, as the viewer of bodies compares them; and whether their ends were left out.
fn lines(one: &str, other: &str) -> (Vec<Line>, bool) {
    let [one, other] = [one, other].map(|body| Document::read(Arc::new(json::laid_out(body).into_bytes()), ""));
    let Comparison { changes, is_cut, .. } = viewer::compare(&one, &other);
    let text = |document: &Document, line: usize| {
        document.piece(line, false, 0, usize::MAX).iter().map(|span| span.text).collect()
    };
    let found = changes.iter().filter_map(|change| match *change {
        Change::Removed(line) => Some(Line { side: Side::One, text: text(&one, line) }),
        Change::Added(line) => Some(Line { side: Side::Other, text: text(&other, line) }),
        Change::Same(..) | Change::Gap(_) => None,
    });
    (found.collect(), is_cut)
}
