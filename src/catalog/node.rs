//! A place in a JSON document that knows its own address, so that every complaint can name it.

use super::decimal::Decimal;
use crate::json_pointer::reference_token;
use serde_json::{Map, Value};
use std::cell::{Cell, RefCell};
use thiserror::Error;

/// Why a description cannot be used, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}{pointer}: {reason}")]
pub struct CatalogError {
    /// The file as `config.json` names it.
    pub file: String,
    /// RFC 6901 pointer with a leading `#`.
    pub pointer: String,
    /// What is wrong there.
    pub reason: Reason,
}

/// What is wrong with a description.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Reason {
    /// Not JSON at all.
    #[error("not JSON: {0}")]
    Syntax(String),
    /// Another format, or another version of OpenAPI.
    #[error("only OpenAPI 3.1 is read, this is {0}")]
    Version(String),
    /// A member that must be there is not.
    #[error("missing")]
    Missing,
    /// A member of another type than it must have.
    #[error("must be {expected}, is {found}")]
    Type {
        /// The type that the format asks for.
        expected: JsonType,
        /// The type of the member.
        found: JsonType,
    },
    /// A `$ref` that leads nowhere, outside the document, or in a circle.
    #[error("the reference {0} leads nowhere in this document")]
    Reference(String),
    /// The path is not one of RFC 3986, or a browser would call another one.
    #[error("the path cannot be called: {0}")]
    Path(PathFault),
    /// The path has a `{placeholder}` that no parameter fills, or the other way round.
    #[error("the path and its parameters do not agree on {{{0}}}")]
    Placeholder(String),
    /// A server that is not `https://host`, with or without port and base path.
    #[error("{0} is not of the form https://host:port/path")]
    Server(String),
    /// `required` names a property that is not among the `properties`.
    #[error("{0} is required and not among the properties")]
    NoProperty(String),
    /// A pattern that is not an ECMAScript regular expression.
    #[error("not an ECMAScript pattern: {0}")]
    Pattern(String),
    /// Valid OpenAPI that the console has no support for.
    #[error("{0} is not supported")]
    Unsupported(Unsupported),
}

/// What the console does not support.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unsupported {
    #[error("{0}")]
    Method(String),
    /// A link to anything but https.
    #[error("a link to {0}")]
    Link(String),
    /// A parameter elsewhere than in path, query or header.
    #[error("a parameter in {0}")]
    ParameterIn(String),
    /// A name that no header can have.
    #[error("the header {0}")]
    Header(String),
    /// A body of these media types.
    #[error("a body as {0}")]
    Body(String),
    /// A parameter with `content` of this media type.
    #[error("a parameter as {0}")]
    ParameterAs(String),
    /// A style in a place for which OpenAPI has no such style.
    #[error("the style {style} in a {place}")]
    Style {
        style: String,
        /// `path`, `query` or `header`.
        place: &'static str,
    },
    /// A value for which OpenAPI has no spelling outside of JSON.
    #[error("a list or an object inside a list or an object, outside of JSON")]
    Nested,
    /// A keyword of JSON Schema.
    #[error("{0}")]
    Keyword(String),
    /// A value that is no type of JSON Schema.
    #[error("{0}")]
    SchemaType(String),
    /// A `multipleOf` of which no number is a multiple.
    #[error("{0}")]
    Step(String),
    /// A key of `responses` that is no status.
    #[error("the status {0}")]
    Status(String),
    /// A security scheme, or a way to sign.
    #[error("{0}")]
    Scheme(String),
    /// A value of `x-generate`.
    #[error("x-generate {0}")]
    Generate(String),
    /// A value of `retry` in an error catalogue.
    #[error("retry {0}")]
    Retry(String),
    /// A value of `fault` in an error catalogue.
    #[error("fault {0}")]
    Fault(String),
    /// A credential that is given in another way than by one header or one member of the body.
    #[error("anything but either header or body")]
    CredentialSource,
}

/// A type of JSON, or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum JsonType {
    #[error("null")]
    Null,
    #[error("a boolean")]
    Boolean,
    #[error("a number")]
    Number,
    /// A whole number from 0.
    #[error("a whole number from 0")]
    Count,
    #[error("a string")]
    String,
    #[error("an array")]
    Array,
    #[error("an object")]
    Object,
}

impl JsonType {
    fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(_) => Self::Number,
            Value::String(_) => Self::String,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        }
    }
}

/// What keeps a path template from being called as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PathFault {
    /// It does not begin with a slash.
    #[error("it does not begin with a slash")]
    NoSlash,
    /// What follows a `#` never leaves the browser.
    #[error("what follows # is not sent")]
    Fragment,
    /// A `?` begins the query.
    #[error("? begins the query")]
    Query,
    /// A `%` without two hexadecimal digits behind it.
    #[error("% is not followed by two hexadecimal digits")]
    Percent,
    /// A segment that is a step, `.` or `..`, in any spelling.
    #[error("{0} is a step, not a name")]
    Dots(String),
    /// A character that RFC 3986 does not allow in a path.
    #[error("{0:?} cannot stand in a path")]
    Character(char),
    /// A brace without its partner, or with nothing between.
    #[error("a brace is not part of a {{name}}")]
    Braces,
}

/// What is found while an operation is read.
#[derive(Debug)]
pub(crate) struct Notes {
    omissions: RefCell<Vec<CatalogError>>,
    /// How many schemas may still be read. Schemas that refer to each other grow faster than anybody can scroll.
    schemas: Cell<usize>,
}

impl Notes {
    /// More than this is one broken document, not a list to read.
    const MOST: usize = 200;

    pub(crate) fn new() -> Self {
        let notes = Self { omissions: RefCell::default(), schemas: Cell::new(0) };
        notes.renew();
        notes
    }

    /// Lets as many schemas be read as at the beginning.
    pub(crate) fn renew(&self) {
        self.schemas.set(5_000);
    }

    /// What is left out, each once, in the order in which it was found.
    pub(crate) fn into_omissions(self) -> Vec<CatalogError> {
        self.omissions.into_inner()
    }
}

/// A text that is not JSON.
pub(crate) fn syntax(file: &str, error: &serde_json::Error) -> Box<CatalogError> {
    let reason = Reason::Syntax(error.to_string());
    Box::new(CatalogError { file: file.to_owned(), pointer: String::from("#"), reason })
}

/// A value inside a document, with the way to it.
#[derive(Clone)]
pub(crate) struct Node<'a> {
    pub(crate) value: &'a Value,
    pointer: String,
    /// Objects whose `$ref` led here. In a schema, the keywords beside a `$ref` count too.
    referring: Vec<(String, &'a Value)>,
    document: &'a Value,
    file: &'a str,
    notes: Option<&'a Notes>,
}

/// Boxed: every step returns this type, and errors are rare.
pub(crate) type Result<T> = std::result::Result<T, Box<CatalogError>>;

impl<'a> Node<'a> {
    pub(crate) fn root(file: &'a str, document: &'a Value) -> Self {
        Self { value: document, pointer: String::from("#"), referring: Vec::new(), document, file, notes: None }
    }

    /// The same, and what is left out below is noted.
    pub(crate) fn noting(self, notes: &'a Notes) -> Self {
        Self { notes: Some(notes), ..self }
    }

    /// Notes what is left out.
    #[inline(never)]
    pub(crate) fn omit(&self, error: Box<CatalogError>) {
        if let Some(notes) = self.notes {
            let mut omissions = notes.omissions.borrow_mut();
            if omissions.len() < Notes::MOST && !omissions.contains(&error) {
                omissions.push(*error);
            }
        }
    }

    /// What was read; nothing, and a note, where it cannot be.
    pub(crate) fn usable<T>(&self, read: Result<T>) -> Option<T> {
        read.map_err(|error| self.omit(error)).ok()
    }

    /// Whether one more schema may be read.
    pub(crate) fn may_read_schema(&self) -> bool {
        let Some(notes) = self.notes else { return true };
        let left = notes.schemas.get();
        notes.schemas.set(left.saturating_sub(1));
        left > 0
    }

    #[inline(never)]
    pub(crate) fn error(&self, reason: Reason) -> Box<CatalogError> {
        Box::new(CatalogError { file: self.file.to_owned(), pointer: self.pointer.clone(), reason })
    }

    /// The same about a member, there or not.
    pub(crate) fn error_at(&self, key: &str, reason: Reason) -> Box<CatalogError> {
        self.at(key, &Value::Null).error(reason)
    }

    fn at(&self, key: &str, value: &'a Value) -> Self {
        let key = reference_token(key);
        let pointer = format!("{}/{key}", self.pointer);
        Self { value, pointer, referring: Vec::new(), document: self.document, file: self.file, notes: self.notes }
    }

    /// The member `key` as it stands, references and all.
    pub(crate) fn raw(&self, key: &str) -> Option<&'a Value> {
        self.value.get(key)
    }

    /// The member `key`, its reference followed. `None` when it is absent.
    pub(crate) fn get(&self, key: &str) -> Result<Option<Self>> {
        self.value.get(key).map(|value| self.at(key, value).resolve()).transpose()
    }

    /// Like [`Self::get`], for members that must be there.
    pub(crate) fn require(&self, key: &str) -> Result<Self> {
        self.get(key)?.ok_or_else(|| self.at(key, &Value::Null).error(Reason::Missing))
    }

    /// The target of a `$ref`, for as long as it is one.
    fn resolve(self) -> Result<Self> {
        let mut node = self;
        // A chain longer than this is a circle.
        for _ in 0..32 {
            let Some(target) = node.value.get("$ref").and_then(Value::as_str) else { return Ok(node) };
            let lost = || node.error(Reason::Reference(target.to_owned()));
            let pointer = target.strip_prefix('#').ok_or_else(lost)?;
            // A reference is a URL: its pointer may be percent-encoded.
            let pointer = percent_encoding::percent_decode_str(pointer).decode_utf8().map_err(|_| lost())?;
            let value = node.document.pointer(&pointer).ok_or_else(lost)?;
            node.referring.push((node.pointer, node.value));
            node = Self { value, pointer: target.to_owned(), ..node };
        }
        Err(node.error(Reason::Reference(node.pointer.clone())))
    }

    /// The objects whose `$ref` led here, the first one first.
    pub(crate) fn referring(&self) -> Vec<Self> {
        let node = |(pointer, value): &(String, &'a Value)| Self {
            value,
            pointer: pointer.clone(),
            referring: Vec::new(),
            ..self.clone()
        };
        self.referring.iter().map(node).collect()
    }

    /// The address of this node; two nodes with the same one are the same.
    pub(crate) fn pointer(&self) -> &str {
        &self.pointer
    }

    fn expect<T>(&self, found: Option<T>, expected: JsonType) -> Result<T> {
        found.ok_or_else(|| self.error(Reason::Type { expected, found: JsonType::of(self.value) }))
    }

    pub(crate) fn as_str(&self) -> Result<&'a str> {
        self.expect(self.value.as_str(), JsonType::String)
    }

    pub(crate) fn as_object(&self) -> Result<&'a Map<String, Value>> {
        self.expect(self.value.as_object(), JsonType::Object)
    }

    pub(crate) fn as_array(&self) -> Result<&'a Vec<Value>> {
        self.expect(self.value.as_array(), JsonType::Array)
    }

    /// The members of an object, references followed.
    pub(crate) fn members(&self) -> Result<Vec<(&'a str, Self)>> {
        self.as_object()?.iter().map(|(key, value)| Ok((key.as_str(), self.at(key, value).resolve()?))).collect()
    }

    /// The items of an array, references followed.
    pub(crate) fn items(&self) -> Result<Vec<Self>> {
        let items = self.as_array()?.iter().enumerate();
        items.map(|(index, value)| self.at(&index.to_string(), value).resolve()).collect()
    }

    /// The members that can be read; the others are noted.
    pub(crate) fn usable_members(&self) -> Vec<(&'a str, Self)> {
        let members = self.usable(self.as_object()).into_iter().flatten();
        members.filter_map(|(key, value)| Some((key.as_str(), self.usable(self.at(key, value).resolve())?))).collect()
    }

    /// The items that can be read; the others are noted.
    pub(crate) fn usable_items(&self) -> Vec<Self> {
        let items = self.usable(self.as_array()).into_iter().flatten().enumerate();
        items.filter_map(|(index, value)| self.usable(self.at(&index.to_string(), value).resolve())).collect()
    }

    /// The members of an object of schemas. One whose reference leads nowhere is a schema of which nothing is known.
    pub(crate) fn schemas(&self) -> Vec<(&'a str, Self)> {
        let members = self.usable(self.as_object()).into_iter().flatten();
        let schema = |(key, value): (&'a String, &'a Value)| {
            let node = self.at(key, value);
            (key.as_str(), self.usable(node.clone().resolve()).unwrap_or(node))
        };
        members.map(schema).collect()
    }

    /// A member that can be read. One that cannot be read is noted.
    pub(crate) fn usable_member(&self, key: &str) -> Option<Self> {
        self.usable(self.get(key)).flatten()
    }

    /// An optional text; absent or unusable is empty.
    pub(crate) fn usable_text(&self, key: &str) -> String {
        self.usable(self.text(key)).unwrap_or_default()
    }

    /// Whether a member is `true`; anything that is neither `true` nor `false` is noted.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.usable(self.bool(key)).flatten().unwrap_or_default()
    }

    /// An optional string; absent is `None`.
    pub(crate) fn str(&self, key: &str) -> Result<Option<&'a str>> {
        self.get(key)?.map(|node| node.as_str()).transpose()
    }

    /// An optional text; absent is empty.
    pub(crate) fn text(&self, key: &str) -> Result<String> {
        Ok(self.str(key)?.unwrap_or_default().to_owned())
    }

    /// An optional list of strings; absent is empty.
    pub(crate) fn texts(&self, key: &str) -> Result<Vec<String>> {
        match self.get(key)? {
            None => Ok(Vec::new()),
            Some(list) => list.items()?.iter().map(|item| item.as_str().map(str::to_owned)).collect(),
        }
    }

    pub(crate) fn bool(&self, key: &str) -> Result<Option<bool>> {
        self.get(key)?.map(|node| node.expect(node.value.as_bool(), JsonType::Boolean)).transpose()
    }

    pub(crate) fn count(&self, key: &str) -> Result<Option<u64>> {
        self.get(key)?.map(|node| node.as_count()).transpose()
    }

    /// A whole number from 0, however it is written: `3`, `3.0`, `"3"`.
    pub(crate) fn as_count(&self) -> Result<u64> {
        let text = self.decimal().map(|number| number.to_string());
        // A limit beyond 64 bits is as good as none.
        let long =
            |text: &String| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().unwrap_or(u64::MAX));
        let count = text.as_ref().and_then(long).or_else(|| self.decimal()?.whole());
        self.expect(count, JsonType::Count)
    }

    /// A number. Some documents write it as text.
    pub(crate) fn as_number(&self) -> Result<Decimal> {
        self.expect(self.decimal(), JsonType::Number)
    }

    fn decimal(&self) -> Option<Decimal> {
        match self.value {
            Value::Number(number) => Some(Decimal::new(number)),
            Value::String(text) => serde_json::from_str(text.trim()).ok().map(|number| Decimal::new(&number)),
            _ => None,
        }
    }
}
