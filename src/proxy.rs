//! [`SignedRequest`] → [`RoutedRequest`]: the address that a request is sent to.
//!
//! The template says where the proxy wants the target. Method, path, query and body of the target stay as they were
//! signed.

use crate::catalog::{MASK, fill_placeholders};
use crate::request::{UnsignedRequest, encode};
use crate::sign::SignedRequest;
use indexmap::IndexMap;
use serde::Deserialize;
use thiserror::Error;

/// The header with the id of a call, 32 hexadecimal digits: of a proxy that asks for it, and never signed. Only `fetch` can
/// set it, and a proxy that remembers it lets no call pass twice.
pub const CALL_ID: &str = "X-TLS-Console-Call";

/// The header with which a proxy of `deploy/` says what became of a call.
pub const PROXY_MARK: &str = "x-tls-console-proxy";

/// Through whose hands an answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Passage {
    /// Nobody's: the sandbox answered.
    #[default]
    Page,
    /// The provider answered the page itself.
    Provider,
    /// A proxy that takes the call's id, as those of `deploy/`.
    OwnProxy,
    /// Another one.
    OtherProxy,
}

/// One way to the clouds, as `config.json` has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "ConnectionEntry")]
pub struct Connection {
    /// What the header of the page shows.
    pub name: String,
    /// How it gets there.
    pub kind: ConnectionKind,
}

/// A connection with the keys that the file has: serde's own reading of a flattened enum with a tag costs 8 kB.
#[derive(Deserialize)]
struct ConnectionEntry {
    name: String,
    kind: KindName,
    url: Option<Template>,
    #[serde(default)]
    providers: IndexMap<String, ProviderTemplates>,
    #[serde(rename = "callId", default)]
    call_id: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum KindName {
    Sandbox,
    Direct,
    Proxy,
}

/// A proxy has no address.
#[derive(Debug, Error)]
#[error("url is missing")]
struct UrlMissing;

impl TryFrom<ConnectionEntry> for Connection {
    type Error = UrlMissing;

    fn try_from(entry: ConnectionEntry) -> Result<Self, UrlMissing> {
        let kind = match entry.kind {
            KindName::Sandbox => ConnectionKind::Sandbox,
            KindName::Direct => ConnectionKind::Direct,
            KindName::Proxy => {
                let template = entry.url.ok_or(UrlMissing)?;
                ConnectionKind::Proxy(Proxy { template, providers: entry.providers, call_id: entry.call_id })
            }
        };
        Ok(Self { name: entry.name, kind })
    }
}

impl Connection {
    /// Where a request of this provider and region would be sent. `None`: it stays in the page.
    pub fn address(&self, request: &UnsignedRequest, provider: &str, region: &str) -> Option<String> {
        match &self.kind {
            ConnectionKind::Sandbox => None,
            ConnectionKind::Direct => Some(request.url()),
            ConnectionKind::Proxy(proxy) => Some(proxy.template(provider, region).fill(request)),
        }
    }

    /// What is known of the way of an answer.
    pub fn passage(&self) -> Passage {
        match &self.kind {
            ConnectionKind::Sandbox => Passage::Page,
            ConnectionKind::Direct => Passage::Provider,
            ConnectionKind::Proxy(proxy) if proxy.call_id => Passage::OwnProxy,
            ConnectionKind::Proxy(_) => Passage::OtherProxy,
        }
    }

    /// The same as the screen shows it: secrets masked.
    pub fn shown_address(&self, request: &UnsignedRequest, provider: &str, region: &str) -> Option<String> {
        let address = self.address(&request.with_shown_target(), provider, region)?;
        Some(address.replace(&encode(MASK), MASK))
    }
}

/// How a request gets to the cloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConnectionKind {
    /// It does not: the page plays the cloud itself.
    Sandbox,
    /// Straight to the provider's host.
    Direct,
    /// To the address that the proxy's template makes of the target.
    Proxy(Proxy),
}

/// The addresses of a proxy: one for all calls, and others for single providers and regions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proxy {
    /// For all calls that have no other address.
    pub template: Template,
    /// By provider, in the order of `config.json`.
    pub providers: IndexMap<String, ProviderTemplates>,
    /// Whether each call carries its id to this proxy, as those of `deploy/` ask for.
    pub call_id: bool,
}

/// The addresses that a proxy has for one provider.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct ProviderTemplates {
    /// For all calls to the provider that have no other address.
    #[serde(rename = "url")]
    pub template: Option<Template>,
    /// By the region's id, in the order of `config.json`.
    pub regions: IndexMap<String, Template>,
}

/// The calls that an address of a proxy is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope<'a> {
    /// All that have no other address.
    All,
    Provider(&'a str),
    /// A provider and one of its regions.
    Region(&'a str, &'a str),
}

impl<'a> Scope<'a> {
    /// The keys that lead to the address, from the connection in `config.json` on.
    pub fn path(self) -> Vec<&'a str> {
        match self {
            Self::All => vec!["url"],
            Self::Provider(provider) => vec!["providers", provider, "url"],
            Self::Region(provider, region) => vec!["providers", provider, "regions", region],
        }
    }
}

impl Proxy {
    /// All addresses, in the order of `config.json`.
    pub fn templates(&self) -> impl Iterator<Item = (Scope<'_>, &Template)> {
        let providers = self.providers.iter().flat_map(|(provider, own)| {
            let all = own.template.iter().map(move |template| (Scope::Provider(provider), template));
            let regions = own.regions.iter();
            all.chain(regions.map(move |(region, template)| (Scope::Region(provider, region), template)))
        });
        std::iter::once((Scope::All, &self.template)).chain(providers)
    }

    /// The address for a provider and region: the most specific one.
    pub fn template(&self, provider: &str, region: &str) -> &Template {
        let own = self.providers.get(provider);
        own.and_then(|own| own.regions.get(region).or(own.template.as_ref())).unwrap_or(&self.template)
    }

    /// Which of the addresses [`Self::template`] finds.
    pub fn scope<'a>(&self, provider: &'a str, region: &'a str) -> Scope<'a> {
        match self.providers.get(provider) {
            Some(own) if own.regions.contains_key(region) => Scope::Region(provider, region),
            Some(own) if own.template.is_some() => Scope::Provider(provider),
            _ => Scope::All,
        }
    }
}

impl From<Template> for Proxy {
    fn from(template: Template) -> Self {
        Self { template, providers: IndexMap::new(), call_id: false }
    }
}

/// An address with placeholders, checked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Template(String);

impl TryFrom<String> for Template {
    type Error = ProxyError;

    fn try_from(text: String) -> Result<Self, ProxyError> {
        Self::parse(&text)
    }
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
        Ok(Self(text.to_owned()))
    }

    /// As it stands in `config.json`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the proxy is called without TLS, and is not on this computer.
    pub fn is_cleartext(&self) -> bool {
        let Some(rest) = self.0.strip_prefix("http://") else { return false };
        let authority = rest.split(['/', '?']).next().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        let bare = host.split_once(']').map_or_else(|| host.split(':').next().unwrap_or_default(), |(host, _)| host);
        !["localhost", "127.0.0.1", "[::1"].contains(&bare)
    }

    /// The address that it makes of a request.
    fn fill(&self, request: &UnsignedRequest) -> String {
        let value_of = |name: &str| match name {
            "scheme" => Some(String::from("https")),
            "host" => Some(request.host.clone()),
            "path" => Some(request.path.clone()),
            "query" => Some(request.query_with_mark()),
            "url" => Some(request.url()),
            "url_encoded" => Some(encode(&request.url())),
            _ => None,
        };
        fill_placeholders(&self.0, &value_of)
    }
}

/// A signed request and the address it is sent to. Made by [`route`] only.
#[derive(Clone, PartialEq, Eq)]
pub struct RoutedRequest {
    signed: SignedRequest,
    address: Option<String>,
    shown_address: Option<String>,
}

/// An address can hold a secret: its masked form is printed.
impl std::fmt::Debug for RoutedRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RoutedRequest").field("signed", &self.signed).field("address", &self.shown_address).finish()
    }
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

    /// The same as the screen shows it: secrets masked.
    pub fn shown_address(&self) -> Option<&str> {
        self.shown_address.as_deref()
    }
}

/// Chooses the address for a request of this provider and region.
pub fn route(signed: SignedRequest, connection: &Connection, provider: &str, region: &str) -> RoutedRequest {
    let address = connection.address(signed.request(), provider, region);
    let shown_address = connection.shown_address(signed.request(), provider, region);
    RoutedRequest { signed, address, shown_address }
}

#[cfg(test)]
mod tests;
