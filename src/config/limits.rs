//! What a deployment offers of the APIs: operations, regions, instances, kinds of credential, servers.
//!
//! An [`Operation`] is narrowed here, once, before anything is made of it; the form, the line of a call and the screen
//! read what is left. A `null` in the settings is a restriction that could not be read: it lets nothing through.

use super::Config;
use super::shape::whole;
use crate::catalog::{Api, Choice, Kind, Operation, Schema, Server, Signing, https_host};
use crate::pattern::fits_any;
use crate::sign::{ADDED_BY_PROXY, kind};
use serde_json::Value;

impl Config {
    /// Leaves of an API what is offered here (`operations`).
    pub fn offer(&self, api: &mut Api) {
        if let Some(patterns) = patterns(self.setting("operations")) {
            let id = api.id.clone();
            api.operations.retain(|entry| fits_any(&patterns, &format!("{id}/{}", entry.id)));
        }
    }

    /// The same operation as it is offered here (`providers`, `readOnly`), its form beginning with the `language`.
    pub fn limit(&self, mut operation: Operation) -> Operation {
        operation.limits.read_only = self.is_read_only();
        let own = part(self.setting("providers"), &operation.provider);
        if let Some(patterns) = patterns(part(own, "regions")) {
            operation.servers.retain_mut(|server| offers_region(server, &patterns));
            operation.limits.regions = Some(patterns);
        }
        let added = part(own, "servers").and_then(Value::as_array).into_iter().flatten();
        operation.servers.extend(added.filter_map(server));
        let instances = patterns(part(own, "instances"));
        let subject = operation.impact.as_ref().and_then(|impact| impact.subject.as_ref());
        let body = operation.body.iter_mut().flat_map(|body| match &mut body.schema.kind {
            Kind::Object(fields) => fields.iter_mut(),
            _ => [].iter_mut(),
        });
        for field in operation.parameters.iter_mut().chain(body) {
            if let Some(patterns) = &instances
                && Some(&field.name) == subject
            {
                offer_only(&mut field.schema, patterns);
            }
            if let Some(language) = self.setting("language").and_then(Value::as_str) {
                ask_in(&mut field.schema, language);
            }
        }
        if let Some(kinds) = patterns(part(own, "credentials"))
            && (!operation.schemes.is_empty() || operation.limits.signing == Signing::Proxy)
        {
            let by_proxy = kinds.iter().any(|kind| kind == ADDED_BY_PROXY);
            operation.schemes.retain(|scheme| kinds.iter().any(|allowed| allowed == kind(scheme)));
            operation.limits.signing = match (operation.schemes.is_empty(), by_proxy) {
                (false, true) => Signing::Any,
                (false, false) => Signing::Own,
                (true, true) => Signing::Proxy,
                (true, false) => Signing::Nobody,
            };
        }
        operation
    }

    /// Whether calls that change something are not sent.
    pub fn is_read_only(&self) -> bool {
        self.setting("readOnly").is_some_and(|value| *value != Value::Bool(false))
    }

    /// Whether the user cannot change this setting.
    pub fn is_locked(&self, setting: &str) -> bool {
        match self.setting("locked") {
            Some(Value::Null) => true,
            locked => texts(locked).iter().any(|name| name == setting),
        }
    }

    /// Seconds to wait for an answer, unless the user may and does say otherwise.
    pub fn time_limit(&self) -> u64 {
        self.setting("timeLimit").and_then(whole).unwrap_or(30)
    }

    /// Minutes until unused secrets are forgotten, unless the user may and does say otherwise.
    pub fn idle_minutes(&self) -> u64 {
        self.setting("idleMinutes").and_then(whole).unwrap_or(15)
    }

    fn setting(&self, key: &str) -> Option<&Value> {
        self.settings.get(key)
    }
}

/// A member; all members of `null` are `null`.
fn part<'a>(value: Option<&'a Value>, key: &str) -> Option<&'a Value> {
    match value? {
        Value::Null => value,
        value => value.get(key),
    }
}

/// The patterns of a restriction; `None` where there is none.
fn patterns(value: Option<&Value>) -> Option<Vec<String>> {
    value.map(|_| texts(value))
}

/// The texts of a list.
pub(super) fn texts(value: Option<&Value>) -> Vec<String> {
    let items = value.and_then(Value::as_array).into_iter().flatten();
    items.filter_map(|item| item.as_str().map(str::to_owned)).collect()
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

/// A server that only the configuration knows.
fn server(value: &Value) -> Option<Server> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let url = text("url")?;
    let host = https_host(&url)?;
    Some(Server {
        url: format!("https://{host}"),
        label: text("description").unwrap_or_else(|| host.to_owned()),
        region: text("region").unwrap_or_default(),
        variables: Vec::new(),
    })
}

/// Holds a value, or each of a list, to patterns.
fn offer_only(schema: &mut Schema, patterns: &[String]) {
    match &mut schema.kind {
        Kind::Array(item) => offer_only(item, patterns),
        _ => schema.rules.offered = Some(patterns.to_vec()),
    }
}

/// Has a field that asks for a language begin with the first choice that is one.
fn ask_in(schema: &mut Schema, language: &str) {
    if let (true, Kind::Enum(choices)) = (schema.language, &schema.kind) {
        let speaks = |choice: &&Choice| choice.value.as_str().is_some_and(|text| text.starts_with(language));
        if let Some(choice) = choices.iter().find(speaks) {
            schema.default = Some(choice.value.clone());
        }
    }
}
