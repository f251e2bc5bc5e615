//! `config.json`: what a deployment changes without a rebuild. `docs/config.md` is written for those who write it.
//!
//! Reading never fails. What is wrong is reported with its path, what is right is used, and the rest has its default:
//! a console with a typo in its configuration must still open, and say so. What is meant to forbid something and cannot
//! be read forbids all of it.
//!
//! ```text
//!  text ──shape::sound──▶ what is right of it ──▶ Config ──limits──▶ Api, Operation as they are offered here
//!              │ ConfigIssue, one a place
//!       ──closer::remarks──▶ more of them: what is right and can hardly be meant
//! ```
//!
//! Addresses of the page are no source: nothing but this file names a proxy, a description or a host.

mod closer;
mod issue;
mod limits;
mod shape;
mod spelling;
mod twice;

pub use closer::{Known, remarks};
pub use issue::{ConfigIssue, ConfigReason};
pub(crate) use spelling::nearest;

use crate::proxy::{Connection, ConnectionKind, Template};
use serde_json::Value;
use shape::{Checked, ROOT};

/// The configuration in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The name of the page.
    pub title: String,
    /// Shown on every page; empty for nothing.
    pub banner: String,
    /// Addresses of the API descriptions, relative to the site.
    pub descriptions: Vec<String>,
    /// The ways to the clouds. Never empty.
    pub connections: Vec<Connection>,
    /// Index of the connection that is chosen at first.
    pub default_connection: usize,
    /// What is right of the file; `null` stands for a restriction that is not.
    settings: Value,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: String::from("TLS Console"),
            banner: String::new(),
            descriptions: ["huawei-taurusdb", "aliyun-elasticsearch", "huawei-iam"]
                .map(|name| format!("apis/{name}.json"))
                .into(),
            connections: vec![Connection { name: String::from("Sandbox"), kind: ConnectionKind::Sandbox }],
            default_connection: 0,
            settings: Value::Bool(false),
        }
    }
}

/// Begins the text of a file that could not be fetched; the rest is the complaint. No JSON begins like this.
pub const ABSENT: char = '!';

impl Config {
    /// Reads the file's text, or what is said of its absence behind [`ABSENT`]. The second half: whether anything is
    /// wrong with it, or may be for somebody who looks closer ([`remarks`]).
    pub fn read_quietly(text: &str) -> (Self, bool) {
        let (config, checked) = Self::walk::<false>(text);
        (
            config,
            checked.wrong
                || ["\"operations\"", "\"providers\"", "\"readOnly\"", "\"locked\"", "http:"]
                    .iter()
                    .any(|part| text.contains(part)),
        )
    }

    /// The same, and all that is wrong.
    pub fn read(text: &str) -> (Self, Vec<ConfigIssue>) {
        let (config, checked) = Self::walk::<true>(text);
        (config, checked.issues)
    }

    fn walk<const TELL: bool>(text: &str) -> (Self, Checked<TELL>) {
        let mut config = Self::default();
        let mut checked = Checked::<TELL>::default();
        match (text.strip_prefix(ABSENT), serde_json::from_str::<Value>(text)) {
            (Some(complaint), _) => checked.note(|| ConfigReason::Absent(complaint.to_owned()), false),
            (None, Err(error)) => checked.note(|| ConfigReason::Syntax(error.to_string()), false),
            (None, Ok(root)) => {
                if let Some(settings) = checked.sound(&ROOT, &root, false) {
                    config.fill(settings, &mut checked);
                }
            }
        }
        (config, checked)
    }

    fn fill<const TELL: bool>(&mut self, settings: Value, checked: &mut Checked<TELL>) {
        let text = |key: &str| settings.get(key).and_then(Value::as_str).map(str::to_owned);
        if let Some(title) = text("title") {
            self.title = title;
        }
        self.banner = text("banner").unwrap_or_default();
        if settings.get("descriptions").is_some() {
            self.descriptions = limits::texts(settings.get("descriptions"));
        }
        let connections = settings.get("connections").and_then(Value::as_array).into_iter().flatten();
        let connections: Vec<Connection> = connections.filter_map(connection).collect();
        if !connections.is_empty() {
            self.connections = connections;
        }
        if let Some(name) = text("defaultConnection") {
            match self.connections.iter().position(|connection| connection.name == name) {
                Some(index) => self.default_connection = index,
                None => {
                    let of = || self.connections.iter().map(|connection| connection.name.clone()).collect();
                    checked.within("defaultConnection", |checked| {
                        checked.note(|| ConfigReason::Choice { has: name, of: of() }, false);
                    });
                }
            }
        }
        self.settings = settings;
    }
}

/// One connection of those that were found right.
fn connection(value: &Value) -> Option<Connection> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let kind = match text("kind")?.as_str() {
        "sandbox" => ConnectionKind::Sandbox,
        "direct" => ConnectionKind::Direct,
        _ => {
            let template = Template::parse(&text("url")?).ok()?;
            let exceptions = value.get("providers").cloned().unwrap_or_default();
            ConnectionKind::Proxy(template.except(exceptions))
        }
    };
    Some(Connection { name: text("name")?, kind })
}

#[cfg(test)]
mod tests;
