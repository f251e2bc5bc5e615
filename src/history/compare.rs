//! What differs between two calls.

use super::{AnswerRecord, BodyRecord, Record};
use crate::outcome::json;
use serde_json::Value;

/// All that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
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

impl Comparison {
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

/// Cells of the table in which the lines of two bodies are matched. Beyond it a part is told as replaced.
const MOST_CELLS: usize = 1_000_000;

/// Compares two calls.
pub fn compare(one: &Record, other: &Record) -> Comparison {
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
    let body = |answer: &Option<AnswerRecord>| {
        answer.as_ref().map(|answer| json::laid_out(answer.body.text())).unwrap_or_default()
    };
    let mut body = match bodies {
        Bodies::NotKept => Vec::new(),
        _ => lines(&body(&one.details.answer), &body(&other.details.answer)),
    };
    let more_lines = body.len().saturating_sub(MOST_LINES);
    body.truncate(MOST_LINES);
    Comparison { differences, body, more_lines, bodies }
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

/// The lines that only one of two texts has: the shortest such list, where the texts are not too long for it.
fn lines(one: &str, other: &str) -> Vec<Line> {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.lines().collect(), other.lines().collect());
    let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
    let before = one.iter().zip(&other).take_while(same).count();
    let (one, other) = (one.get(before..).unwrap_or_default(), other.get(before..).unwrap_or_default());
    let after = one.iter().rev().zip(other.iter().rev()).take_while(same).count();
    let one = one.get(..one.len() - after).unwrap_or_default();
    let other = other.get(..other.len() - after).unwrap_or_default();
    let line = |side: Side, text: &str| Line { side, text: text.to_owned() };
    if one.len().saturating_mul(other.len()) > MOST_CELLS {
        let ours = one.iter().map(|text| line(Side::One, text));
        return ours.chain(other.iter().map(|text| line(Side::Other, text))).collect();
    }
    let table = common(one, other);
    let length =
        |row: usize, column: usize| table.get(row).and_then(|row| row.get(column)).copied().unwrap_or_default();
    let (mut row, mut column) = (0, 0);
    let mut found = Vec::new();
    loop {
        match (one.get(row), other.get(column)) {
            (Some(ours), Some(theirs)) if ours == theirs => (row, column) = (row + 1, column + 1),
            (Some(ours), theirs) if theirs.is_none() || length(row + 1, column) >= length(row, column + 1) => {
                found.push(line(Side::One, ours));
                row += 1;
            }
            (_, Some(theirs)) => {
                found.push(line(Side::Other, theirs));
                column += 1;
            }
            _ => return found,
        }
    }
}

/// How many lines the rests of two texts have in common, by where the rests begin.
fn common(one: &[&str], other: &[&str]) -> Vec<Vec<u32>> {
    let mut table: Vec<Vec<u32>> = vec![vec![0; other.len() + 1]];
    for ours in one.iter().rev() {
        let below = table.last().map(Vec::as_slice).unwrap_or_default();
        let mut row = vec![0; other.len() + 1];
        let mut right = 0;
        for (column, theirs) in other.iter().enumerate().rev() {
            let at = |column: usize| below.get(column).copied().unwrap_or_default();
            right = if ours == theirs { at(column + 1) + 1 } else { at(column).max(right) };
            if let Some(cell) = row.get_mut(column) {
                *cell = right;
            }
        }
        table.push(row);
    }
    table.reverse();
    table
}
