//! `config.json`: what a deployment changes without a rebuild. `docs/config.md` explains the file to operators.
//!
//! Reading never fails: a console with a typo in its configuration must still open and name the typo. Every mistake is
//! reported with its path. The right entries are used, and the others have their defaults. A restriction that cannot be
//! read forbids everything that it could forbid.
//!
//! ```text
//!  ConfigSource ──form::check──▶ what is right of it ──serde──▶ Config ──filter, restrict──▶ Api, Operation as offered here
//!        │             │ mistakes
//!        ├──lint::warnings: what is probably a mistake
//!        └──lint(&[Api]): names that no description has
//! ```
//!
//! Addresses of the page are no source: nothing but this file names a proxy, a description or a host.

mod form;
mod issue;
mod lint;
mod policy;
pub(crate) mod spelling;

pub use issue::{ConfigIssue, ConfigReason, NameKind, Suggestion, ValueType};
pub use lint::lint;
pub use policy::{AddedServer, ProviderPolicy};

use crate::proxy::{Connection, ConnectionKind};
use indexmap::IndexMap;
use issue::issue;
use serde::Deserialize;
use serde_json::Value;
use spelling::is_misspelling;

/// The file, or what the browser or the server says instead of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigSource {
    /// The file's text.
    Text(String),
    /// Why there is none.
    Missing(String),
}

/// The configuration in force.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Config {
    /// The name of the page.
    pub title: String,
    /// Shown on every page; empty for nothing.
    pub banner: String,
    /// The language in which the clouds are asked for their messages.
    pub language: Option<Language>,
    /// Addresses of the API descriptions, relative to the site.
    pub descriptions: Vec<String>,
    /// The ways to the clouds. Never empty.
    pub connections: Vec<Connection>,
    /// The name of the connection that is chosen at first.
    default_connection: Option<String>,
    /// Patterns of the operations offered, as `api/operationId`. `None`: all.
    pub operations: Option<Vec<String>>,
    /// What is offered of single providers.
    pub providers: IndexMap<String, ProviderPolicy>,
    /// What is offered of all others: everything, or nothing where `providers` cannot be read.
    #[serde(skip)]
    pub other_providers: ProviderPolicy,
    /// Calls that change something are not sent.
    pub read_only: bool,
    /// The browser remembers the last ids, to offer them again.
    pub recent_instances: bool,
    /// The browser keeps a record of every call.
    pub history: bool,
    /// Seconds to wait for an answer, unless the user may and does say otherwise.
    pub time_limit: u64,
    /// Minutes until unused secrets are forgotten, unless the user may and does say otherwise.
    pub idle_minutes: u64,
    /// What the user cannot change.
    pub locked: Vec<Setting>,
}

/// A language of the clouds' messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Language {
    #[serde(rename = "en")]
    English,
    #[serde(rename = "zh")]
    Chinese,
}

/// A setting that a deployment can take from its users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Setting {
    TimeLimit,
    IdleMinutes,
    /// Which of [`Config::connections`] is used.
    Connection,
}

impl Default for Config {
    fn default() -> Self {
        let descriptions = ["huawei-taurusdb", "aliyun-elasticsearch", "huawei-iam"];
        Self {
            title: String::from("TLS Console"),
            banner: String::new(),
            language: None,
            descriptions: descriptions.map(|name| format!("apis/{name}.json")).into(),
            connections: vec![Connection { name: String::from("Sandbox"), kind: ConnectionKind::Sandbox }],
            default_connection: None,
            operations: None,
            providers: IndexMap::new(),
            other_providers: ProviderPolicy::default(),
            read_only: false,
            recent_instances: true,
            history: true,
            time_limit: 30,
            idle_minutes: 15,
            locked: Vec::new(),
        }
    }
}

impl Config {
    /// What is in force, and all that is wrong with the file or can hardly be meant. [`lint`] finds more when the
    /// descriptions are there.
    pub fn read(source: &ConfigSource) -> (Self, Vec<ConfigIssue>) {
        match source {
            ConfigSource::Text(text) => Self::parse(text),
            ConfigSource::Missing(complaint) => {
                (Self::default(), vec![issue::<&str>(&[], ConfigReason::Absent(complaint.clone()))])
            }
        }
    }

    /// The same for a file that is there.
    pub fn parse(text: &str) -> (Self, Vec<ConfigIssue>) {
        let syntax = |error: serde_json::Error| vec![issue::<&str>(&[], ConfigReason::Syntax(error.to_string()))];
        let root: Value = match serde_json::from_str(text) {
            Ok(root) => root,
            Err(error) => return (Self::default(), syntax(error)),
        };
        let (right, mut mistakes) = form::check(&root);
        // From its text: all else is read from texts too, and a second kind of reader would be in every download.
        let mut config: Self = match serde_json::from_str(&right.to_string()) {
            Ok(config) => config,
            Err(error) => return (Self::default(), syntax(error)),
        };
        if config.connections.is_empty() {
            config.connections = Self::default().connections;
        }
        if let Some(name) = &config.default_connection
            && !config.connections.iter().any(|connection| connection.name == *name)
        {
            let of: Vec<&String> = config.connections.iter().map(|connection| &connection.name).collect();
            let reason = ConfigReason::Choice(Suggestion::new(name, &of));
            mistakes.push((vec![String::from("defaultConnection")], reason));
        }
        let note = |(path, reason): (Vec<String>, ConfigReason)| {
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            ConfigIssue { fail_closed: config.fail_closed(&path, &reason), ..issue(&path, reason) }
        };
        let mut issues: Vec<ConfigIssue> = mistakes.into_iter().map(note).collect();
        issues.extend(lint::warnings(text, &root));
        (config, issues)
    }

    /// Index of the connection that is chosen at first.
    pub fn default_connection(&self) -> usize {
        let names = &mut self.connections.iter().map(|connection| Some(&connection.name));
        names.position(|name| name == self.default_connection.as_ref()).unwrap_or_default()
    }

    /// Whether the user cannot change this setting.
    pub fn is_locked(&self, setting: Setting) -> bool {
        self.locked.contains(&setting)
    }

    /// Has the restriction with this mistake forbid everything. `false`: no restriction stands there.
    fn fail_closed(&mut self, path: &[&str], reason: &ConfigReason) -> bool {
        match (path, reason) {
            // A misspelt name must not lift the restriction.
            ([parents @ .., key], ConfigReason::UnknownKey(_)) => {
                let names = [
                    "operations",
                    "providers",
                    "readOnly",
                    "recentInstances",
                    "history",
                    "locked",
                    "regions",
                    "instances",
                    "credentials",
                ];
                let meant = names.into_iter().filter(|name| is_misspelling(key, name));
                meant.into_iter().any(|name| self.forbid(&[parents, &[name]].concat()))
            }
            _ => self.forbid(path),
        }
    }

    fn forbid(&mut self, path: &[&str]) -> bool {
        let nothing = ProviderPolicy::nothing();
        match *path {
            ["operations"] => self.operations = Some(Vec::new()),
            ["readOnly"] => self.read_only = true,
            ["recentInstances"] => self.recent_instances = false,
            ["history"] => self.history = false,
            // A lock that cannot be read may be any.
            ["locked"] | ["locked", _] => {
                self.locked = vec![Setting::TimeLimit, Setting::IdleMinutes, Setting::Connection];
            }
            ["providers"] => {
                self.providers.clear();
                self.other_providers = nothing;
            }
            ["providers", name] => *self.provider_mut(name) = nothing,
            ["providers", name, "regions"] => self.provider_mut(name).regions = nothing.regions,
            ["providers", name, "instances"] => self.provider_mut(name).instances = nothing.instances,
            ["providers", name, "credentials"] => self.provider_mut(name).credentials = nothing.credentials,
            _ => return false,
        }
        true
    }

    fn provider_mut(&mut self, name: &str) -> &mut ProviderPolicy {
        let standard = &self.other_providers;
        self.providers.entry(name.to_owned()).or_insert_with(|| standard.clone())
    }
}

#[cfg(test)]
mod tests;
