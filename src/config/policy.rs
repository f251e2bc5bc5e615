//! What a deployment offers of the APIs: operations, regions, instances, kinds of credential, servers.
//!
//! An [`Operation`] is restricted here, once, before anything is made of it; the form, the line of a call and the screen
//! read what is left.

use super::{Config, Language};
use crate::catalog::{Api, Choice, Kind, Operation, Schema, Scheme, Server, Signing};
use crate::pattern::fits_any;
use crate::sign::ADDED_BY_PROXY;
use serde::Deserialize;

/// What is offered of a provider. The default is everything.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct ProviderPolicy {
    /// Patterns of the regions. `None`: all.
    pub regions: Option<Vec<String>>,
    /// Patterns of what may stand in the field that names the thing affected. `None`: anything.
    pub instances: Option<Vec<String>>,
    /// The kinds of [`crate::catalog::Scheme::credential_kind`], and the proxy's. `None`: all.
    pub credentials: Option<Vec<String>>,
    /// More hosts for all operations.
    pub servers: Vec<AddedServer>,
}

/// A server that only the configuration knows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AddedServer {
    /// `https://` and a host.
    pub url: String,
    /// What the list of regions shows; empty for the host.
    #[serde(default)]
    pub description: String,
    /// The region as the API knows it; empty for none.
    #[serde(default)]
    pub region: String,
}

impl ProviderPolicy {
    pub(super) fn nothing() -> Self {
        let nothing = || Some(Vec::new());
        Self { regions: nothing(), instances: nothing(), credentials: nothing(), servers: Vec::new() }
    }
}

impl Config {
    /// What is offered of a provider.
    pub fn policy(&self, provider: &str) -> &ProviderPolicy {
        self.providers.get(provider).unwrap_or(&self.other_providers)
    }

    /// Leaves of an API the operations that are offered here.
    pub fn filter(&self, api: &mut Api) {
        if let Some(patterns) = &self.operations {
            let id = api.id.clone();
            api.operations.retain(|entry| fits_any(patterns, &format!("{id}/{}", entry.id)));
        }
    }

    /// The same operation as it is offered here, its form beginning with the `language`.
    pub fn restrict(&self, mut operation: Operation) -> Operation {
        operation.policy.read_only = self.read_only;
        let policy = self.policy(&operation.provider);
        if let Some(patterns) = &policy.regions {
            operation.servers.retain_mut(|server| offers_region(server, patterns));
            operation.policy.regions = Some(patterns.clone());
        }
        operation.servers.extend(policy.servers.iter().map(AddedServer::server));
        let subject = operation.impact.as_ref().and_then(|impact| impact.subject.as_ref());
        let body = operation.body.iter_mut().flat_map(|body| match &mut body.schema.kind {
            Kind::Object(fields) => fields.iter_mut(),
            _ => [].iter_mut(),
        });
        for field in operation.parameters.iter_mut().chain(body) {
            if let Some(patterns) = &policy.instances
                && Some(&field.name) == subject
            {
                offer_only(&mut field.schema, patterns);
            }
            if let Some(language) = self.language {
                ask_in(&mut field.schema, language);
            }
        }
        if let Some(kinds) = &policy.credentials
            && (operation.takes_credential() || operation.policy.signing == Signing::Proxy)
        {
            let by_proxy = kinds.iter().any(|kind| kind == ADDED_BY_PROXY);
            let allowed = |scheme: &Scheme| kinds.iter().any(|allowed| *allowed == scheme.credential_kind());
            operation.security.retain(|requirement| requirement.schemes.iter().all(allowed));
            operation.policy.signing = match (operation.security.is_empty(), by_proxy) {
                (false, true) => Signing::Any,
                (false, false) => Signing::Own,
                (true, true) => Signing::Proxy,
                (true, false) => Signing::Nobody,
            };
        }
        operation
    }
}

impl AddedServer {
    fn server(&self) -> Server {
        let url = self.url.trim_end_matches('/').to_owned();
        let mut server =
            Server { url, label: self.description.clone(), region: self.region.clone(), variables: Vec::new() };
        if server.label.is_empty() {
            server.label = server.host().to_owned();
        }
        server
    }
}

/// Whether anything of a server is offered. Of the variable that is the region, only the choices that are stay.
fn offers_region(server: &mut Server, patterns: &[String]) -> bool {
    if !server.region.contains('{') {
        return fits_any(patterns, &server.region);
    }
    let region = &server.region;
    let is_region = |name: &str| region.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) == Some(name);
    for variable in server.variables.iter_mut().filter(|variable| is_region(&variable.name)) {
        if !variable.choices.is_empty() {
            variable.choices.retain(|choice| fits_any(patterns, choice));
            match variable.choices.first() {
                None => return false,
                Some(first) if !variable.choices.contains(&variable.default) => variable.default = first.clone(),
                Some(_) => {}
            }
        }
    }
    !patterns.is_empty()
}

/// Holds a value, or each of a list, to patterns.
fn offer_only(schema: &mut Schema, patterns: &[String]) {
    match &mut schema.kind {
        Kind::Array(item) => offer_only(item, patterns),
        _ => schema.rules.offered = Some(patterns.to_vec()),
    }
}

/// Has a field that asks for a language begin with the first choice that is one.
fn ask_in(schema: &mut Schema, language: Language) {
    if let (true, Kind::Enum(choices)) = (schema.language, &schema.kind) {
        let tag = match language {
            Language::English => "en",
            Language::Chinese => "zh",
        };
        let speaks = |choice: &&Choice| choice.value.as_str().is_some_and(|text| text.starts_with(tag));
        if let Some(choice) = choices.iter().find(speaks) {
            schema.default = Some(choice.value.clone());
        }
    }
}
