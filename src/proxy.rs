//! [`SignedRequest`] → [`RoutedRequest`]: through which door the request leaves.
//!
//! The template says where the proxy wants the target. Method, path, query and body of the target stay as they were
//! signed.

mod handover;

use crate::request::{UnsignedRequest, encode};
use crate::sign::SignedRequest;
use thiserror::Error;

/// One way to the clouds, as `config.json` names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// What the header of the page shows.
    pub name: String,
    /// How it gets there.
    pub kind: ConnectionKind,
}

impl Connection {
    /// Where a request would be sent. `None`: it stays in the page.
    pub fn address(&self, request: &UnsignedRequest) -> Option<String> {
        match &self.kind {
            ConnectionKind::Sandbox => None,
            ConnectionKind::Direct => Some(request.url()),
            ConnectionKind::Proxy(template) => Some(template.fill(request)),
        }
    }
}

/// How a request gets to the cloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConnectionKind {
    /// It does not: the page plays the cloud itself.
    Sandbox,
    /// Straight to the provider's host.
    Direct,
    /// To the address that the template makes of the target.
    Proxy(Template),
}

/// A proxy's address with placeholders, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(String);

/// The placeholders and what they stand for.
const PLACEHOLDERS: [&str; 6] = ["{scheme}", "{host}", "{path}", "{query}", "{url}", "{url_encoded}"];

/// Why a template cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProxyError {
    /// A placeholder that there is none of.
    #[error("unknown placeholder {0}")]
    UnknownPlaceholder(String),
    /// The target cannot be told from the address that the template makes.
    #[error("the template says nothing of {0}")]
    Incomplete(&'static str),
    /// Neither http(s) nor relative to the site.
    #[error("not an http(s) address or a path")]
    Scheme,
}

impl Template {
    /// Checks a template.
    pub fn parse(text: &str) -> Result<Self, ProxyError> {
        let relative = text.starts_with('/') && !text.starts_with("//") || text.starts_with("./");
        let (http, https) = (text.starts_with("http://"), text.starts_with("https://"));
        // Browsers read a backslash as a slash: `/\\host` would be another site. What follows a `#` is never sent.
        if !(relative || http || https) || text.contains(char::is_whitespace) || text.contains(['\\', '#']) {
            return Err(ProxyError::Scheme);
        }
        for rest in text.split('{').skip(1) {
            let placeholder = rest.split_once('}').map_or(format!("{{{rest}"), |(name, _)| format!("{{{name}}}"));
            if !PLACEHOLDERS.contains(&placeholder.as_str()) {
                return Err(ProxyError::UnknownPlaceholder(placeholder));
            }
        }
        if !text.contains("{url}") && !text.contains("{url_encoded}") {
            for part in ["{host}", "{path}", "{query}"] {
                if !text.contains(part) {
                    return Err(ProxyError::Incomplete(part));
                }
            }
        }
        Ok(Self(text.to_owned()))
    }

    /// The template as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Fills the placeholders in one pass, so that nothing in a value can be taken for one.
    fn fill(&self, request: &UnsignedRequest) -> String {
        let mut address = String::new();
        let mut rest = self.0.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            address.push_str(before);
            let Some((name, after)) = after.split_once('}') else { break };
            address.push_str(&match name {
                "scheme" => String::from("https"),
                "host" => request.host.clone(),
                "path" => request.path.clone(),
                "query" => request.query_with_mark(),
                "url" => request.url(),
                _ => encode(&request.url()),
            });
            rest = after;
        }
        address.push_str(rest);
        address
    }
}

/// A signed request and the address it is sent to. Made by [`route`] only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoutedRequest {
    signed: SignedRequest,
    address: Option<String>,
}

impl RoutedRequest {
    /// What is sent.
    pub fn signed(&self) -> &SignedRequest {
        &self.signed
    }

    /// The address to call, absolute or relative to the site. `None`: it stays in the page.
    pub fn address(&self) -> Option<&str> {
        self.address.as_deref()
    }
}

/// Chooses the address.
pub fn route(signed: SignedRequest, connection: &Connection) -> RoutedRequest {
    let address = connection.address(signed.request());
    RoutedRequest { signed, address }
}

#[cfg(test)]
mod tests;
