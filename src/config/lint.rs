//! Warnings: entries of `config.json` that have the right form and are probably a mistake. A warning changes nothing in
//! the configuration.

use super::ConfigSource;
use super::form::{Form, form};
use super::issue::{ConfigIssue, ConfigReason, NameKind, Suggestion, issue};
use super::spelling::{is_typo, nearest};
use crate::catalog::{Api, Server};
use crate::duplicate_names::duplicate_names;
use crate::pattern::fits_any;
use crate::proxy::Template;
use indexmap::IndexMap;
use serde_json::Value;
use std::cell::LazyCell;

/// What the file alone shows.
pub(super) fn warnings(text: &str, root: &Value) -> Vec<ConfigIssue> {
    let duplicates = duplicate_names(text).into_iter();
    let mut found: Vec<ConfigIssue> = duplicates.map(|path| issue(&path, ConfigReason::DuplicateKey)).collect();
    visit(root, &[], &mut |path, value| {
        let ["connections", index, ..] = *path else { return };
        let kind = root.pointer(&format!("/connections/{index}/kind")).and_then(Value::as_str);
        let template = value.as_str().filter(|_| form(path) == Form::Template);
        let is_cleartext = |text: &str| Template::parse(text).is_ok_and(|template| template.is_cleartext());
        match (path, kind) {
            ([_, _, "url" | "providers" | "callId"], Some("sandbox" | "direct")) => {
                found.push(issue(path, ConfigReason::NoProxy))
            }
            (_, Some("proxy")) if template.is_some_and(is_cleartext) => found.push(issue(path, ConfigReason::InClear)),
            _ => {}
        }
    });
    found
}

/// Names that no description has. `apis`: all that the file lists, before [`super::Config::filter`]; while one is missing,
/// no name can be called wrong. They are asked for only if there are such names.
pub fn lint<'a>(source: &ConfigSource, apis: impl IntoIterator<Item = &'a Api>) -> Vec<ConfigIssue> {
    let ConfigSource::Text(text) = source else { return Vec::new() };
    let Ok(root) = serde_json::from_str::<Value>(text) else { return Vec::new() };
    let known = LazyCell::new(|| Known::of(apis));
    let mut found = Vec::new();
    visit(&root, &[], &mut |path, value| {
        let text = value.as_str().filter(|text| !text.trim().is_empty());
        let reason = match (path, text) {
            (["operations", _], Some(pattern)) => known.operation(pattern),
            (["providers", name] | ["connections", _, "providers", name], _) => known.provider(name),
            (["providers", name, "regions", _], Some(pattern)) => {
                let servers = root.get("providers").and_then(|own| own.get(name)?.get("servers")?.as_array());
                let added = servers.into_iter().flatten().filter_map(|server| server.get("region")?.as_str());
                known.region_pattern(name, added, pattern)
            }
            (["connections", _, "providers", name, "regions", region], _) => known.region(name, region),
            _ => None,
        };
        found.extend(reason.map(|reason| issue(path, reason)));
    });
    found
}

/// Visits every value of the file with its path.
fn visit(value: &Value, path: &[&str], see: &mut impl FnMut(&[&str], &Value)) {
    see(path, value);
    let mut below = |step: &str, value: &Value| visit(value, &[path, &[step]].concat(), see);
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| below(key, value)),
        Value::Array(items) => items.iter().enumerate().for_each(|(index, value)| below(&index.to_string(), value)),
        _ => {}
    }
}

/// What the descriptions have that `config.json` can name.
#[derive(Default)]
struct Known {
    /// `api/operationId`.
    operations: Vec<String>,
    apis: Vec<String>,
    /// By the provider's name.
    regions: IndexMap<String, Regions>,
}

/// The regions of a provider.
#[derive(Clone, Default)]
struct Regions {
    listed: Vec<String>,
    /// Others can be typed, or not all are known.
    open: bool,
}

impl Known {
    fn of<'a>(apis: impl IntoIterator<Item = &'a Api>) -> Self {
        let mut known = Self::default();
        for api in apis {
            known.apis.push(api.id.clone());
            known.operations.extend(api.operations.iter().map(|entry| format!("{}/{}", api.id, entry.id)));
            let regions = known.regions.entry(api.provider.clone()).or_default();
            for operation in api.operations.iter().filter_map(|entry| api.operation(&entry.id)) {
                match operation {
                    Ok(operation) => operation.servers.iter().for_each(|server| regions.add(server)),
                    Err(_) => regions.open = true,
                }
            }
        }
        known
    }

    fn provider(&self, name: &str) -> Option<ConfigReason> {
        let of: Vec<&String> = self.regions.keys().collect();
        let unknown = || ConfigReason::UnknownName(NameKind::Provider, Suggestion::new(name, &of));
        (!self.regions.contains_key(name)).then(unknown)
    }

    fn operation(&self, pattern: &str) -> Option<ConfigReason> {
        let fits_none = || ConfigReason::FitsNothing(NameKind::Operation, self.operation_meant(pattern));
        (!fits_one(pattern, &self.operations)).then(fits_none)
    }

    /// The pattern of operations that was meant by one that fits none: its first half wrong, missing, or a letter.
    fn operation_meant(&self, pattern: &str) -> Option<String> {
        let Some((api, operation)) = pattern.split_once('/') else {
            let end = format!("/{pattern}");
            return self.operations.iter().find(|known| known.ends_with(&end)).cloned();
        };
        if api.contains('*') {
            return pattern_meant(pattern, &self.operations);
        }
        let of_apis = self.apis.iter().map(|api| format!("{api}/{operation}"));
        let mut candidates: Vec<String> = of_apis.filter(|meant| fits_one(meant, &self.operations)).collect();
        candidates.extend(self.operations.iter().cloned());
        nearest(pattern, candidates).or_else(|| pattern_meant(pattern, &self.operations))
    }

    fn region_pattern<'a>(
        &self,
        provider: &str,
        added: impl Iterator<Item = &'a str>,
        pattern: &str,
    ) -> Option<ConfigReason> {
        let mut regions = self.regions.get(provider)?.clone();
        regions.listed.extend(added.map(str::to_owned));
        if fits_one(pattern, &regions.listed) {
            return None;
        }
        let meant =
            if pattern.contains('*') { pattern_meant(pattern, &regions.listed) } else { regions.meant(pattern)? };
        Some(ConfigReason::FitsNothing(NameKind::Region, meant))
    }

    fn region(&self, provider: &str, region: &str) -> Option<ConfigReason> {
        let regions =
            self.regions.get(provider).filter(|regions| !regions.listed.iter().any(|known| known == region))?;
        Some(ConfigReason::UnknownName(NameKind::Region, Suggestion { meant: regions.meant(region)?, of: Vec::new() }))
    }
}

impl Regions {
    fn add(&mut self, server: &Server) {
        if !server.region.contains('{') {
            self.listed.push(server.region.clone());
            return;
        }
        let named = |name: &str| server.region == format!("{{{name}}}");
        match server.variables.iter().find(|variable| named(&variable.name)) {
            Some(variable) if !variable.choices.is_empty() => self.listed.extend(variable.choices.iter().cloned()),
            _ => self.open = true,
        }
    }

    /// The region that was meant by one that is not listed. `None`: it may well be one that is typed.
    fn meant(&self, region: &str) -> Option<Option<String>> {
        if self.open {
            return self.listed.iter().find(|known| is_typo(region, known)).cloned().map(Some);
        }
        Some(nearest(region, &self.listed).cloned())
    }
}

/// A correction for a pattern with a star that fits nothing: the text before the star is misspelt.
fn pattern_meant(pattern: &str, known: &[String]) -> Option<String> {
    let (before, rest) = pattern.split_once('*')?;
    let lengths = before.len().saturating_sub(1)..=before.len() + 1;
    let begins = lengths.flat_map(|length| known.iter().filter_map(move |known| known.get(..length)));
    let candidates = begins.map(|begin| format!("{begin}*{rest}")).filter(|meant| fits_one(meant, known));
    nearest(pattern, candidates)
}

fn fits_one(pattern: &str, known: &[String]) -> bool {
    known.iter().any(|known| fits_any(&[pattern.to_owned()], known))
}
