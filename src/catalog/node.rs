//! A place in a JSON document that knows its own address, so that every complaint can name it.

use super::decimal::Decimal;
use serde_json::{Map, Value};
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
    /// Two operations with one id.
    #[error("the operationId {0} is used twice")]
    DuplicateId(String),
    /// The path has a `{placeholder}` that no parameter fills, or the other way round.
    #[error("the path and its parameters do not agree on {{{0}}}")]
    Placeholder(String),
    /// A server that is not `https://host`.
    #[error("{0} is not of the form https://host")]
    Server(String),
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
    /// An HTTP method.
    #[error("{0}")]
    Method(String),
    /// A link to anything but https.
    #[error("a link to {0}")]
    Link(String),
    /// A parameter elsewhere than in path, query or header.
    #[error("a parameter in {0}")]
    ParameterIn(String),
    /// A secret in path or query.
    #[error("a secret in an address")]
    SecretInAddress,
    /// A name that no header can have.
    #[error("the header {0}")]
    Header(String),
    /// A body of another type than JSON.
    #[error("a body that is not JSON")]
    Body,
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
    /// `null`.
    #[error("null")]
    Null,
    /// `true` or `false`.
    #[error("a boolean")]
    Boolean,
    /// Any number.
    #[error("a number")]
    Number,
    /// A whole number from 0.
    #[error("a whole number from 0")]
    Count,
    /// A text.
    #[error("a string")]
    String,
    /// A list.
    #[error("an array")]
    Array,
    /// Members with names.
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
    document: &'a Value,
    file: &'a str,
}

/// Boxed, because it is handed on at every step and seldom made.
pub(crate) type Result<T> = std::result::Result<T, Box<CatalogError>>;

impl<'a> Node<'a> {
    pub(crate) fn root(file: &'a str, document: &'a Value) -> Self {
        Self { value: document, pointer: String::from("#"), document, file }
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
        let key = key.replace('~', "~0").replace('/', "~1");
        Self { value, pointer: format!("{}/{key}", self.pointer), ..self.clone() }
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
            node = Self { value, pointer: target.to_owned(), ..node };
        }
        Err(node.error(Reason::Reference(node.pointer.clone())))
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
        self.get(key)?.map(|node| node.expect(node.value.as_u64(), JsonType::Count)).transpose()
    }

    pub(crate) fn number(&self, key: &str) -> Result<Option<Decimal>> {
        self.get(key)?.map(|node| node.expect(node.value.as_number().map(Decimal::new), JsonType::Number)).transpose()
    }
}
