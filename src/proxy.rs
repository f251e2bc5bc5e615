//! [`SignedRequest`] → [`RoutedRequest`]: through which door the request leaves.
//!
//! The template says where the proxy wants the target. Method, path, query and body of the target stay as they were
//! signed.

use crate::catalog::fill_placeholders;
use crate::request::{UnsignedRequest, encode};
use crate::sign::SignedRequest;
use serde_json::Value;
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
    /// Where a request of this provider and region would be sent. `None`: it stays in the page.
    pub fn address(&self, request: &UnsignedRequest, provider: &str, region: &str) -> Option<String> {
        match &self.kind {
            ConnectionKind::Sandbox => None,
            ConnectionKind::Direct => Some(request.url()),
            ConnectionKind::Proxy(template) => Some(fill(template.of(provider, region), request)),
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

/// A proxy's address with placeholders, checked; and those that a provider, or a region of it, has instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    text: String,
    /// `{provider: {"url": …, "regions": {region: …}}}`, as `config.json` has it.
    exceptions: Value,
}

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
        Ok(Self { text: text.to_owned(), exceptions: Value::Bool(false) })
    }

    /// Has other addresses used for providers, or for single regions of them: checked templates, by name of the provider,
    /// as `{"url": template, "regions": {region: template}}`.
    pub fn except(self, exceptions: Value) -> Self {
        Self { exceptions, ..self }
    }

    /// What [`Self::except`] was given.
    pub fn exceptions(&self) -> &Value {
        &self.exceptions
    }

    /// The template as it was written: the one of the region, else the provider's, else the one for all.
    pub fn of(&self, provider: &str, region: &str) -> &str {
        let own = self.exceptions.get(provider);
        let of_region = own.and_then(|own| own.get("regions")?.get(region));
        of_region.or_else(|| own?.get("url")).and_then(Value::as_str).unwrap_or(&self.text)
    }
}

/// The address that a checked template makes of a request.
fn fill(template: &str, request: &UnsignedRequest) -> String {
    let value_of = |name: &str| match name {
        "scheme" => Some(String::from("https")),
        "host" => Some(request.host.clone()),
        "path" => Some(request.path.clone()),
        "query" => Some(request.query_with_mark()),
        "url" => Some(request.url()),
        "url_encoded" => Some(encode(&request.url())),
        _ => None,
    };
    fill_placeholders(template, &value_of)
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

/// Chooses the address for a request of this provider and region.
pub fn route(signed: SignedRequest, connection: &Connection, provider: &str, region: &str) -> RoutedRequest {
    let address = connection.address(signed.request(), provider, region);
    RoutedRequest { signed, address }
}

#[cfg(test)]
mod tests;
