//! Reading the body of a long answer elsewhere than on the page's main thread: [`open`] runs in the worker, which keeps the
//! text, and [`BodyReading::finish`] on the page, which gets as much of it as a verdict needs.
//!
//! ```text
//!  page:   BodyToRead + bytes ──▶ worker: open ──▶ Document (masked text + index)
//!  page:   Reading ◀── finish(Operation) ◀── BodyReading: masked headers, beginning, excerpt
//! ```
//!
//! What secrets are called and what was sent goes to the worker; no secret comes back.

use super::body::{Body, is_valid, json_value};
use super::decode::decode;
use super::mask::{Located, Names, secrets_of};
use super::read::{is_named, note_foreign_key, without_mark};
use super::xml::XmlDocument;
use super::{Answer, Outcome, Reading, UndecodableReason, Unmasked, Withheld};
use crate::catalog::Operation;
use crate::charset;
use crate::transport::Reply;
use crate::viewer::{Cut, Document, Excerpt, Expected, Kind, Mistake};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;
use std::sync::Arc;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// A body of so many bytes is read by the worker.
pub const LONG: usize = 256 * 1024;
/// Bytes of the excerpt that the page reads: reading more of it would hold the page up.
const EXCERPT: usize = 64 * 1024;
/// Bytes of the beginning that the page keeps: as many as the history does.
const BEGINNING: usize = 256 * 1024;
/// Bytes of a value that is kept longer than its body.
const SHORT_VALUE: usize = 1_000;

/// What the worker needs to know of an answer besides its body.
#[derive(PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct BodyToRead {
    #[zeroize(skip)]
    names: Names,
    /// What was sent, and the secrets of all profiles.
    secrets: Vec<String>,
    headers: Vec<(String, String)>,
}

impl fmt::Debug for BodyToRead {
    /// Shows no secret and no header.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BodyToRead")
    }
}

impl BodyToRead {
    /// `reply` as it came, with or without its body.
    pub fn new(operation: &Operation, sent: &[Zeroizing<String>], reply: &Reply) -> Self {
        let secrets = sent.iter().map(|secret| secret.as_str().to_owned()).collect();
        Self { names: Names::of(operation, reply.status), secrets, headers: reply.headers.clone() }
    }

    fn content_type(&self) -> String {
        let is_type = |(name, _): &&(String, String)| name.eq_ignore_ascii_case("content-type");
        self.headers.iter().find(is_type).map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

/// What the page learns of a long body. No secret is in it.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyReading {
    /// Masked.
    headers: Vec<(String, String)>,
    form: Form,
    /// JSON that says the same as the body of the forms `Json` and `Xml`, and is shorter.
    excerpt: String,
    cuts: Vec<Cut>,
    /// The body may hold secrets that could not be found.
    is_withheld: bool,
    /// Empty where the body is withheld.
    #[serde(with = "serde_bytes")]
    beginning: Vec<u8>,
    summary: BodySummary,
}

impl fmt::Debug for BodyReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyReading").field("form", &self.form).field("summary", &self.summary).finish_non_exhaustive()
    }
}

/// What a viewer says of a body before it shows any line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodySummary {
    /// Of the masked body.
    pub bytes: usize,
    pub kind: Kind,
    pub lines: usize,
    pub mistake: Option<Mistake>,
    /// U+FFFD is in the text. It stands for bytes that are none, here or already where the text comes from.
    pub has_replaced: bool,
}

impl BodySummary {
    pub fn of(document: &Document) -> Self {
        let Document { kind, mistake, .. } = *document;
        let bytes = document.bytes();
        let has_replaced = kind.is_text() && memchr::memmem::find(bytes, "\u{fffd}".as_bytes()).is_some();
        Self { bytes: bytes.len(), kind, lines: document.lines(), mistake, has_replaced }
    }

    /// The same of the beginning of a body. Where it is cut it is no JSON any more, and that says nothing of the body.
    pub fn of_beginning(document: &Document) -> Self {
        Self { mistake: None, ..Self::of(document) }
    }
}

/// [`Body`] without what is in it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Form {
    Empty,
    Html,
    Json,
    Xml { root: String, is_named: bool },
    Broken { mistake: Option<Mistake>, is_begun: bool },
    Text,
    Binary,
}

/// A body that the worker keeps.
#[derive(Debug, Clone, PartialEq)]
pub struct LongBody {
    /// Under which number.
    pub document: u32,
    pub summary: BodySummary,
    /// Masked: what the body says, without the ends of long lists.
    pub excerpt: Arc<Value>,
    /// Lists whose ends are not in the excerpt.
    pub cuts: Vec<Cut>,
}

/// Masks a body, judges its form and makes the index of its lines.
pub fn open(mut asked: BodyToRead, body: Vec<u8>) -> (BodyReading, Document) {
    let names = std::mem::take(&mut asked.names);
    let content_type = asked.content_type();
    let came = in_utf8(body, &content_type, !names.is_empty());
    let mut located = Located::find(&names, secrets_of(&asked.secrets), &asked.headers, &came);
    let mut headers = std::mem::take(&mut asked.headers);
    located.mask_headers(&mut headers);
    let came = Arc::new(came);
    let parsed = Parsed::of(came.clone(), &content_type);
    let had_parts = matches!(parsed.form, Form::Json | Form::Xml { .. });
    let parsed = match located.mask_body(&came, parsed.form == Form::Json) {
        None => parsed,
        Some(shown) => {
            let form = if had_parts { None } else { Some(parsed.form) };
            drop(parsed.document);
            if let Ok(mut came) = Arc::try_unwrap(came) {
                came.zeroize();
            }
            let again = Parsed::of(Arc::new(shown), &content_type);
            // A damaged secret is another one than its echo: what a mask has mended is not read.
            match form {
                Some(form) => Parsed { form, value: None, ..again },
                None => again,
            }
        }
    };
    let Parsed { document, form, value } = parsed;
    let is_read = names.is_empty()
        || match &form {
            Form::Json => match &value {
                Some(value) => is_named(value),
                None => document.names_all(is_named_text),
            },
            Form::Xml { is_named, .. } => *is_named,
            Form::Empty => true,
            _ => false,
        };
    // A mask that breaks JSON or XML is not known, and must not show anything.
    let is_broken = had_parts && !matches!(form, Form::Json | Form::Xml { .. } | Form::Empty);
    let is_withheld = !is_read || is_broken;
    let Excerpt { text, cuts } = excerpt(&document, &form, value);
    let beginning = match is_withheld {
        true => Vec::new(),
        false => beginning(document.bytes()).to_vec(),
    };
    let summary = BodySummary::of(&document);
    (BodyReading { headers, form, excerpt: text, cuts, is_withheld, beginning, summary }, document)
}

/// The beginning of a body, not cut inside of a character.
fn beginning(bytes: &[u8]) -> &[u8] {
    let is_inside = |at: &usize| bytes.get(*at).is_some_and(|byte| byte & 0xc0 == 0x80);
    let end = (0..=BEGINNING.min(bytes.len())).rev().find(|at| !is_inside(at)).unwrap_or_default();
    bytes.get(..end).unwrap_or_default()
}

fn in_utf8(mut body: Vec<u8>, content_type: &str, strict: bool) -> Vec<u8> {
    let mut came = match charset::decode(&body, content_type, strict) {
        Some(text) => {
            body.zeroize();
            text.into_bytes()
        }
        None => body,
    };
    let mark = came.len() - without_mark(&came).len();
    came.drain(..mark);
    came
}

fn is_named_text(text: &str) -> bool {
    is_named(&Value::from(text))
}

/// A body with its form, and with its value where the index alone does not tell it.
struct Parsed {
    document: Document,
    form: Form,
    value: Option<Value>,
}

impl Parsed {
    fn of(bytes: Arc<Vec<u8>>, content_type: &str) -> Self {
        let document = Document::read(bytes.clone(), content_type);
        if document.kind == Kind::Json {
            return Self { document, form: Form::Json, value: None };
        }
        // What is damaged near its end is not made into values first.
        let trimmed = std::str::from_utf8(&bytes).map(str::trim).unwrap_or_default();
        // A control character in a text is read nevertheless.
        let is_damaged = |mistake: Mistake| mistake.expected != Expected::Escape;
        let mistake = document.mistake.filter(|mistake| is_damaged(*mistake) && trimmed.starts_with(['{', '[']));
        if mistake.is_some() && !is_valid(trimmed) {
            return Self { document, form: Form::Broken { mistake, is_begun: true }, value: None };
        }
        let (form, value) = match Body::parse(&bytes, content_type) {
            Body::Empty => (Form::Empty, None),
            Body::Html => (Form::Html, None),
            Body::Json(value) => (Form::Json, Some(Arc::unwrap_or_clone(value))),
            Body::Xml(XmlDocument { root, value, is_named }) => (Form::Xml { root, is_named }, Some(value)),
            Body::Broken { mistake, is_begun } => (Form::Broken { mistake, is_begun }, None),
            // So long ones are not searched for an error.
            Body::Lines(..) | Body::Text => (Form::Text, None),
            Body::Binary => (Form::Binary, None),
        };
        Self { document, form, value }
    }
}

fn excerpt(document: &Document, form: &Form, value: Option<Value>) -> Excerpt {
    let excerpt = match (form, value) {
        (_, Some(value)) => {
            let text = value.to_string().into_bytes();
            Document::read(Arc::new(text), "application/json").excerpt(EXCERPT)
        }
        (Form::Json, None) => document.excerpt(EXCERPT),
        _ => None,
    };
    excerpt.unwrap_or_default()
}

impl BodyReading {
    /// Nobody sees the body before somebody asks for it.
    pub fn is_withheld(&self) -> bool {
        self.is_withheld
    }

    /// Gives the verdict. `reply` has the headers as they came, and no body; `document` is where the worker keeps it.
    pub fn finish(self, operation: &Operation, sent: &[Zeroizing<String>], mut reply: Reply, document: u32) -> Reading {
        let unmasked = std::mem::replace(&mut reply.headers, self.headers);
        reply.body = self.beginning;
        let value = || serde_json::from_str(&self.excerpt).unwrap_or_default();
        let body = match self.form {
            Form::Empty => Body::Empty,
            Form::Html => Body::Html,
            Form::Json => Body::Json(Arc::new(value())),
            Form::Xml { root, is_named } => Body::Xml(XmlDocument { root, value: value(), is_named }),
            Form::Broken { mistake, is_begun } => Body::Broken { mistake, is_begun },
            Form::Text => Body::Text,
            Form::Binary => Body::Binary,
        };
        let mut answer = decode(operation, &reply, &body);
        for table in &mut answer.tables {
            table.note_cuts(&self.cuts);
        }
        for field in &mut answer.fields {
            if self.cuts.iter().any(|cut| cut.path.join(".") == field.name) {
                field.value.push_str(" …");
            }
        }
        if self.is_withheld {
            answer.withheld = Some(Withheld::default());
            answer.message = None;
        }
        note_foreign_key(&mut answer, operation, sent);
        let excerpt = match body {
            Body::Json(value) => value,
            Body::Xml(document) => Arc::new(document.value),
            _ => Arc::default(),
        };
        answer.long = Some(LongBody { document, summary: self.summary, excerpt: excerpt.clone(), cuts: self.cuts });
        Reading { answer, shown: reply, unmasked: Unmasked { headers: unmasked, body: excerpt } }
    }
}

/// Why a body that came is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreadReason {
    /// The user did not want to wait.
    Cancelled,
    /// The worker did not come, and the page reads no body of so many bytes.
    TooLong(usize),
    /// The worker ended, for example because the browser has no memory left.
    WorkerStopped,
}

/// The answer whose body is not read: nobody knows what it says.
pub fn unread(
    operation: &Operation,
    sent: &[Zeroizing<String>],
    mut reply: Reply,
    why: UnreadReason,
) -> (Reply, Answer) {
    Located::find(&Names::of(operation, reply.status), secrets_of(sent), &reply.headers, &[])
        .mask_headers(&mut reply.headers);
    reply.body = Vec::new();
    let mut answer = decode(operation, &reply, &Body::Empty);
    answer.outcome = Outcome::Undecodable { status: reply.status, why: UndecodableReason::Unread(why) };
    (reply, answer)
}

impl Answer {
    /// How many bytes the masked body has, wherever it is.
    pub fn body_size(&self, reply: &Reply) -> usize {
        match (self.forgotten, &self.long, &self.withheld) {
            (Some(bytes), _, _) => bytes,
            (None, Some(long), _) => long.summary.bytes,
            (None, None, Some(withheld)) => withheld.bytes().len(),
            (None, None, None) => reply.body.len(),
        }
    }

    /// How many bytes of the body the page has.
    pub fn bytes_here(&self, reply: &Reply) -> usize {
        reply.body.len() + self.withheld.as_ref().map_or(0, |withheld| withheld.bytes().len())
    }

    /// Keeps what was read of a body, and lets go of the body itself. Gives the number under which a worker has it.
    pub fn forget_body(&mut self, reply: &mut Reply) -> Option<u32> {
        self.forgotten = Some(self.body_size(reply));
        reply.body = Vec::new();
        self.withheld = None;
        // Rows are parts of the body, and so are long values.
        self.tables.clear();
        self.fields.retain(|field| field.value.len() <= SHORT_VALUE);
        self.long.take().map(|long| long.document)
    }

    /// What a body of JSON says, masked. Of a long one without the ends of long lists.
    pub fn value(&self, reply: &Reply) -> Option<Value> {
        match &self.long {
            Some(long) => Some(Value::clone(&long.excerpt)).filter(|value| !value.is_null()),
            None => json_value(&reply.body),
        }
    }
}

#[cfg(test)]
mod tests;
