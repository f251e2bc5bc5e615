//! A closer look at `config.json`: what is right as far as its form goes, and can hardly be meant.
//!
//! Nothing of this changes what is in force. It is for the panels, which have the room for it; names can be looked up
//! only when all descriptions are there.

use super::issue::{ConfigIssue, ConfigReason, step};
use super::spelling::{is_typo, nearest};
use super::duplicate_keys::twice;
use crate::catalog::{Api, Server};
use crate::pattern::fits_any;
use serde_json::Value;

/// What the descriptions have that `config.json` can name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// `api/operationId`.
    operations: Vec<String>,
    apis: Vec<String>,
    providers: Vec<Provider>,
}

/// A provider, and the regions that its descriptions list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Provider {
    name: String,
    regions: Vec<String>,
    /// Other regions can be typed, or not all are known.
    open: bool,
}

impl Known {
    /// Reads all descriptions, none of them limited by a configuration.
    pub fn of(apis: &[Api]) -> Self {
        let mut known = Self::default();
        for api in apis {
            known.apis.push(api.id.clone());
            known.operations.extend(api.operations.iter().map(|entry| format!("{}/{}", api.id, entry.id)));
            let mut provider = Provider { name: api.provider.clone(), regions: Vec::new(), open: false };
            for operation in api.operations.iter().filter_map(|entry| api.operation(&entry.id)) {
                match operation {
                    Ok(operation) => operation.servers.iter().for_each(|server| provider.add(server)),
                    Err(_) => provider.open = true,
                }
            }
            match known.providers.iter_mut().find(|other| other.name == provider.name) {
                None => known.providers.push(provider),
                Some(other) => {
                    other.regions.append(&mut provider.regions);
                    other.open |= provider.open;
                }
            }
        }
        known
    }
}

impl Provider {
    fn add(&mut self, server: &Server) {
        if !server.region.contains('{') {
            self.regions.push(server.region.clone());
            return;
        }
        let named = |name: &str| server.region == format!("{{{name}}}");
        match server.variables.iter().find(|variable| named(&variable.name)) {
            Some(variable) if !variable.choices.is_empty() => self.regions.extend(variable.choices.iter().cloned()),
            _ => self.open = true,
        }
    }

    /// The region that was meant by one that is not listed. `None`: it may well be one that is typed.
    fn meant(&self, region: &str) -> Option<Option<String>> {
        if self.open {
            let typo = self.regions.iter().find(|known| is_typo(region, known));
            return typo.map(|known| Some(known.clone()));
        }
        Some(nearest(region, &self.regions).map(str::to_owned))
    }
}

/// What can hardly be meant. `known` is asked only where names are to be looked up; `None`: not all descriptions are
/// there, so no name can be called wrong.
pub fn remarks(text: &str, known: impl FnOnce() -> Option<Known>) -> Vec<ConfigIssue> {
    let Ok(root) = serde_json::from_str::<Value>(text) else { return Vec::new() };
    let mut look = Look { found: twice(text) };
    let connections = root.get("connections").and_then(Value::as_array).into_iter().flatten().enumerate();
    let connections = connections.map(|(index, connection)| (format!("#/connections/{index}"), connection));
    let connections: Vec<(String, &Value)> = connections.collect();
    for (path, connection) in &connections {
        look.ways(path, connection);
    }
    let names = ["operations", "providers"].iter().any(|key| root.get(key).is_some())
        || connections.iter().any(|(_, connection)| connection.get("providers").is_some());
    if let Some(known) = names.then(known).flatten() {
        look.operations(&root, &known);
        look.providers(&root, &known);
        for (path, connection) in &connections {
            look.detours(path, connection, &known);
        }
    }
    look.found
}

/// The members of a member.
fn members<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    value.get(key).and_then(Value::as_object).into_iter().flatten()
}

/// The texts of a list, with their places in it.
fn texts<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = (usize, &'a str)> {
    let items = value.get(key).and_then(Value::as_array).into_iter().flatten().enumerate();
    items.filter_map(|(index, item)| Some((index, item.as_str()?)))
}

struct Look {
    found: Vec<ConfigIssue>,
}

impl Look {
    fn note(&mut self, path: String, reason: ConfigReason) {
        self.found.push(ConfigIssue { path, reason, closes: false });
    }

    /// The addresses of a connection.
    fn ways(&mut self, path: &str, connection: &Value) {
        match connection.get("kind").and_then(Value::as_str) {
            Some("proxy") => {}
            Some("sandbox" | "direct") => {
                for key in ["url", "providers"].into_iter().filter(|key| connection.get(key).is_some()) {
                    self.note(format!("{path}/{key}"), ConfigReason::NoProxy);
                }
                return;
            }
            _ => return,
        }
        let mut ways = vec![(format!("{path}/url"), connection.get("url"))];
        for (name, own) in members(connection, "providers") {
            let path = format!("{path}/providers/{}", step(name));
            ways.push((format!("{path}/url"), own.get("url")));
            let regions = members(own, "regions");
            ways.extend(regions.map(|(region, way)| (format!("{path}/regions/{}", step(region)), Some(way))));
        }
        for (path, way) in ways {
            if way.and_then(Value::as_str).is_some_and(is_in_clear) {
                self.note(path, ConfigReason::InClear);
            }
        }
    }

    fn operations(&mut self, root: &Value, known: &Known) {
        for (index, pattern) in texts(root, "operations").filter(|(_, pattern)| !pattern.trim().is_empty()) {
            let path = format!("#/operations/{index}");
            if !fits_one(pattern, &known.operations) {
                let meant = known.operation_meant(pattern);
                self.note(path, ConfigReason::FitsNothing { what: "operation", meant });
            }
        }
    }

    fn providers(&mut self, root: &Value, known: &Known) {
        for (name, own) in members(root, "providers") {
            let path = format!("#/providers/{}", step(name));
            let Some(provider) = self.provider(&path, name, known) else { continue };
            let mut provider = provider.clone();
            let added = own.get("servers").and_then(Value::as_array).into_iter().flatten();
            let added = added.filter_map(|server| server.get("region")?.as_str().map(str::to_owned));
            provider.regions.extend(added);
            for (index, pattern) in
                texts(own, "regions").filter(|(_, text)| !text.trim().is_empty() && !fits_one(text, &provider.regions))
            {
                let meant = match pattern.contains('*') {
                    true => Some(pattern_meant(pattern, &provider.regions)),
                    false => provider.meant(pattern),
                };
                if let Some(meant) = meant {
                    let path = format!("{path}/regions/{index}");
                    self.note(path, ConfigReason::FitsNothing { what: "region", meant });
                }
            }
        }
    }

    /// The ways of a connection that only some calls take.
    fn detours(&mut self, path: &str, connection: &Value, known: &Known) {
        for (name, own) in members(connection, "providers") {
            let path = format!("{path}/providers/{}", step(name));
            let Some(provider) = self.provider(&path, name, known) else { continue };
            for (region, _) in members(own, "regions").filter(|(region, _)| !provider.regions.contains(region)) {
                if let Some(meant) = provider.meant(region) {
                    let path = format!("{path}/regions/{}", step(region));
                    self.note(path, ConfigReason::UnknownName { what: "region", meant, of: Vec::new() });
                }
            }
        }
    }

    fn provider<'a>(&mut self, path: &str, name: &str, known: &'a Known) -> Option<&'a Provider> {
        let found = known.providers.iter().find(|provider| provider.name == *name);
        if found.is_none() {
            let of: Vec<String> = known.providers.iter().map(|provider| provider.name.clone()).collect();
            let meant = nearest(name, &of).map(str::to_owned);
            self.note(path.to_owned(), ConfigReason::UnknownName { what: "provider", meant, of });
        }
        found
    }
}

impl Known {
    /// The pattern of operations that was meant by one that fits none: its first half wrong, missing, or a letter.
    fn operation_meant(&self, pattern: &str) -> Option<String> {
        let Some((_, operation)) = pattern.split_once('/') else {
            let end = format!("/{pattern}");
            return self.operations.iter().find(|known| known.ends_with(&end)).cloned();
        };
        let of_apis = self.apis.iter().map(|api| format!("{api}/{operation}"));
        let mut candidates: Vec<String> = of_apis.filter(|meant| fits_one(meant, &self.operations)).collect();
        candidates.extend(self.operations.iter().cloned());
        nearest(pattern, &candidates).map(str::to_owned).or_else(|| pattern_meant(pattern, &self.operations))
    }
}

/// The pattern with a star that was meant by one that fits nothing: what stands before the star is misspelt.
fn pattern_meant(pattern: &str, known: &[String]) -> Option<String> {
    let (before, rest) = pattern.split_once('*')?;
    let lengths = before.len().saturating_sub(1)..=before.len() + 1;
    let begins = lengths.flat_map(|length| known.iter().filter_map(move |known| known.get(..length)));
    let candidates = begins.map(|begin| format!("{begin}*{rest}")).filter(|meant| fits_one(meant, known));
    nearest(pattern, &candidates.collect::<Vec<_>>()).map(str::to_owned)
}

fn fits_one(pattern: &str, known: &[String]) -> bool {
    known.iter().any(|known| fits_any(&[pattern.to_owned()], known))
}

/// Whether a proxy is called without TLS, and not on this computer.
fn is_in_clear(way: &str) -> bool {
    let Some(rest) = way.strip_prefix("http://") else { return false };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let bare = host.split_once(']').map_or_else(|| host.split(':').next().unwrap_or_default(), |(host, _)| host);
    !["localhost", "127.0.0.1", "[::1"].contains(&bare)
}
