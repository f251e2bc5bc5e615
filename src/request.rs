//! [`Arguments`] → [`UnsignedRequest`]: the request as the provider will see it, spelled once and for all.
//!
//! Path and query are percent-encoded here, in the one spelling that browsers leave untouched and that both signature
//! schemes canonicalise to. Signing changes only the query, and only for a token that travels there.

mod body;
mod encode;
mod encoded_body;
mod multipart;
mod secrets;
mod serialize;

pub use encode::encode;

use self::body::encode_body;
use self::serialize::{header_text, pairs, path_text};
use crate::catalog::{MASK, Operation, fill_placeholders, is_step};
use crate::form::{Argument, Arguments};
use http::Method;
use thiserror::Error;
use zeroize::Zeroizing;

/// One header, with what the screen may show of it. The memory of the value is overwritten when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Header {
    /// The name as the API's reference spells it.
    pub name: String,
    value: Zeroizing<String>,
    /// What is shown instead of a secret value.
    mask: Option<String>,
}

impl Header {
    /// A header that anybody may see. `None` when the value cannot be one.
    pub fn plain(name: &str, value: &str) -> Option<Self> {
        Some(Self { name: name.to_owned(), value: header_value(value)?, mask: None })
    }

    /// A header whose value is a secret; `mask` is shown in its place.
    pub fn secret(name: &str, value: &str, mask: String) -> Option<Self> {
        Some(Self { name: name.to_owned(), value: header_value(value)?, mask: Some(mask) })
    }

    /// The value that is sent.
    pub fn sent(&self) -> &str {
        &self.value
    }

    /// What is shown instead of the value, if it is a secret.
    pub fn mask(&self) -> Option<&str> {
        self.mask.as_deref()
    }

    /// The value for the screen.
    pub fn shown(&self) -> &str {
        self.mask.as_deref().unwrap_or(&self.value)
    }
}

/// RFC 9110 allows bytes above ASCII; what servers make of them differs, so they are refused.
fn header_value(text: &str) -> Option<Zeroizing<String>> {
    let is_sent = |byte: u8| byte == b'\t' || (b' '..=b'~').contains(&byte);
    text.bytes().all(is_sent).then(|| Zeroizing::new(text.to_owned()))
}

impl std::fmt::Debug for Header {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.name, self.shown())
    }
}

/// Path and query as the screen shows them: secrets masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownTarget {
    pub path: String,
    pub query: String,
}

/// A request without any proof of who sends it.
#[derive(Clone, PartialEq, Eq)]
pub struct UnsignedRequest {
    pub method: Method,
    /// The provider's host. The scheme is https, always.
    pub host: String,
    /// Percent-encoded, with a leading slash.
    pub path: String,
    /// Percent-encoded `name=value` pairs joined by `&`, without the `?`. Empty: no query.
    pub query: String,
    /// What is shown instead of path and query, if a secret is in them.
    pub shown_target: Option<ShownTarget>,
    /// In the order in which they are shown.
    pub headers: Vec<Header>,
    /// The bytes of the body; empty for none.
    pub body: Vec<u8>,
    /// The body as the screen shows it: secrets masked.
    pub body_shown: String,
}

impl UnsignedRequest {
    /// The address at the provider.
    pub fn url(&self) -> String {
        format!("https://{}{}{}", self.host, self.path, self.query_with_mark())
    }

    /// The path as the screen shows it.
    pub fn path_shown(&self) -> &str {
        self.shown_target.as_ref().map_or(&self.path, |shown| &shown.path)
    }

    /// The query as the screen shows it.
    pub fn query_shown(&self) -> &str {
        self.shown_target.as_ref().map_or(&self.query, |shown| &shown.query)
    }

    /// The same request with path and query as the screen shows them. For addresses: nobody sends it.
    pub fn with_shown_target(&self) -> Self {
        let (path, query) = (self.path_shown().to_owned(), self.query_shown().to_owned());
        Self { path, query, ..self.clone() }
    }

    /// Adds a secret to the query.
    pub(crate) fn add_secret(&mut self, name: &str, value: &str) {
        let add = |query: &str, value: &str| {
            let before = if query.is_empty() { "" } else { "&" };
            format!("{query}{before}{}={value}", encode(name))
        };
        self.shown_target =
            Some(ShownTarget { path: self.path_shown().to_owned(), query: add(self.query_shown(), MASK) });
        self.query = add(&self.query, &encode(value));
    }

    /// The query with its `?`, or nothing.
    pub fn query_with_mark(&self) -> String {
        if self.query.is_empty() { String::new() } else { format!("?{}", self.query) }
    }
}

/// An address and a body can hold secrets: their masked forms are printed.
impl std::fmt::Debug for UnsignedRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let shown = self.with_shown_target();
        write!(f, "{} {} {:?} {}", self.method, shown.url(), self.headers, self.body_shown)
    }
}

/// Why no request can be made of valid arguments.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BuildError {
    /// A browser refuses to send a body with this verb.
    #[error("body not allowed with {0}")]
    BodyNotAllowed(Method),
    /// A value that no header can carry.
    #[error("invalid value of header {0}")]
    HeaderValue(String),
    /// A segment of the path that a browser takes for a step.
    #[error("{0} in the path is a step to another address")]
    PathStep(String),
}

pub fn build(operation: &Operation, arguments: &Arguments) -> Result<UnsignedRequest, BuildError> {
    let mut headers = Vec::new();
    for argument in arguments.headers() {
        let name = &argument.name;
        let Some(value) = header_text(argument) else { continue };
        let header = match header_text(&masked(argument)) {
            Some(mask) if mask != value => Header::secret(name, &value, mask),
            _ => Header::plain(name, &value),
        };
        headers.push(header.ok_or_else(|| BuildError::HeaderValue(name.clone()))?);
    }
    let mut body = Vec::new();
    let mut body_shown = String::new();
    if let (Some(value), Some(media)) = (arguments.body(), &operation.body) {
        if operation.method == Method::GET || operation.method == Method::HEAD {
            return Err(BuildError::BodyNotAllowed(operation.method.clone()));
        }
        let encoded = encode_body(media, value);
        (body, body_shown) = (encoded.bytes, encoded.shown);
        let content_type = Header::plain("Content-Type", &encoded.content_type);
        headers.push(content_type.ok_or_else(|| BuildError::HeaderValue(String::from("Content-Type")))?);
    }
    headers.extend(Header::plain("Accept", "application/json"));
    let query = |arguments: &[Argument]| arguments.iter().flat_map(pairs).collect::<Vec<_>>().join("&");
    let path = |own: &[Argument]| format!("{}{}", arguments.base_path(), fill_path(&operation.path, own));
    let all_masked = |arguments: &[Argument]| arguments.iter().map(masked).collect::<Vec<_>>();
    let [path_shown, query_shown] = [path(&all_masked(arguments.path())), query(&all_masked(arguments.query()))]
        .map(|text| text.replace(&encode(MASK), MASK));
    let (path, query) = (path(arguments.path()), query(arguments.query()));
    let has_secret = path != path_shown || query != query_shown;
    if let Some(step) = path.split('/').find(|segment| is_step(segment)) {
        return Err(BuildError::PathStep(step.to_owned()));
    }
    Ok(UnsignedRequest {
        method: operation.method.clone(),
        host: arguments.host().to_owned(),
        path,
        query,
        shown_target: has_secret.then_some(ShownTarget { path: path_shown, query: query_shown }),
        headers,
        body,
        body_shown,
    })
}

/// The same parameter with every secret masked.
fn masked(argument: &Argument) -> Argument {
    Argument { value: argument.value.masked(), ..argument.clone() }
}

/// A placeholder without a value stays. That happens in previews only: valid arguments have all of them.
fn fill_path(template: &str, values: &[Argument]) -> String {
    let value_of = |name: &str| values.iter().find(|argument| argument.name == name).map(path_text);
    fill_placeholders(template, &value_of)
}

#[cfg(test)]
mod tests;
