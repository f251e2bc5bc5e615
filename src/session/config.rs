//! `config.json`: what a deployment changes without a rebuild.
//!
//! Reading never fails. What is wrong is reported with its path, what is right is used, and the rest has its default:
//! a console with a typo in its configuration must still open, and say so.

use crate::proxy::{Connection, ConnectionKind, ProxyError, Template};
use serde_json::Value;
use thiserror::Error;

/// The configuration in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The name of the page.
    pub title: String,
    /// Addresses of the API descriptions, relative to the site.
    pub descriptions: Vec<String>,
    /// The ways to the clouds. Never empty.
    pub connections: Vec<Connection>,
    /// Index of the connection that is chosen at first.
    pub default_connection: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: String::from("TLS Console"),
            descriptions: vec![
                String::from("apis/huawei-taurusdb.json"),
                String::from("apis/aliyun-elasticsearch.json"),
                String::from("apis/huawei-iam.json"),
            ],
            connections: vec![Connection { name: String::from("Sandbox"), kind: ConnectionKind::Sandbox }],
            default_connection: 0,
        }
    }
}

/// Something in `config.json` that is not used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("config.json{path}: {reason}")]
pub struct ConfigIssue {
    /// JSON pointer with a leading `#`.
    pub path: String,
    /// What is wrong there.
    pub reason: ConfigReason,
}

/// What is wrong with a value of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ConfigReason {
    /// The file could not be fetched.
    #[error("not found: {0}")]
    Absent(String),
    /// Not JSON: the parser's complaint, with line and column.
    #[error("not JSON: {0}")]
    Syntax(String),
    /// A key that means nothing.
    #[error("unknown key; known are {0}")]
    UnknownKey(String),
    /// A value of another type than it must have.
    #[error("must be {0}")]
    Type(&'static str),
    /// A word that is not one of these.
    #[error("must be one of {0}")]
    Choice(String),
    /// A list or a text with nothing in it.
    #[error("must not be empty")]
    Empty,
    /// A name used before.
    #[error("the name {0} is used twice")]
    Duplicate(String),
    /// A description on another site could send signed calls anywhere.
    #[error("must be a file of this site, such as apis/name.json")]
    ForeignFile,
    /// A proxy address that cannot be used.
    #[error("{0}")]
    Proxy(ProxyError),
}

const KEYS: [&str; 4] = ["title", "descriptions", "connections", "defaultConnection"];
const CONNECTION_KEYS: [&str; 3] = ["name", "kind", "url"];

impl Config {
    /// Reads the file's text.
    pub fn read(text: &str) -> (Self, Vec<ConfigIssue>) {
        let mut config = Self::default();
        let mut issues = Issues::default();
        match serde_json::from_str::<Value>(text) {
            Err(error) => issues.add("#", ConfigReason::Syntax(error.to_string())),
            Ok(root) => config.fill(&root, &mut issues),
        }
        (config, issues.0)
    }

    fn fill(&mut self, root: &Value, issues: &mut Issues) {
        issues.unknown_keys("#", root, &KEYS);
        if let Some(title) = issues.text("#", root, "title") {
            self.title = title;
        }
        if let Some(list) = issues.list(root, "descriptions") {
            let found = list.iter().enumerate();
            let files = found.filter_map(|(index, item)| description(&format!("#/descriptions/{index}"), item, issues));
            self.descriptions = files.collect();
        }
        if let Some(list) = issues.list(root, "connections") {
            let mut connections: Vec<Connection> = Vec::new();
            for (index, item) in list.iter().enumerate() {
                let path = format!("#/connections/{index}");
                match connection(&path, item, issues) {
                    Some(new) if connections.iter().any(|old| old.name == new.name) => {
                        issues.add(&format!("{path}/name"), ConfigReason::Duplicate(new.name));
                    }
                    Some(new) => connections.push(new),
                    None => {}
                }
            }
            if !connections.is_empty() {
                self.connections = connections;
            }
        }
        if let Some(name) = issues.text("#", root, "defaultConnection") {
            match self.connections.iter().position(|connection| connection.name == name) {
                Some(index) => self.default_connection = index,
                None => {
                    let names: Vec<&str> = self.connections.iter().map(|c| c.name.as_str()).collect();
                    issues.add("#/defaultConnection", ConfigReason::Choice(names.join(", ")));
                }
            }
        }
    }
}

fn description(path: &str, item: &Value, issues: &mut Issues) -> Option<String> {
    let Some(file) = item.as_str() else {
        issues.add(path, ConfigReason::Type("a string"));
        return None;
    };
    // A list of what is allowed: browsers read tabs, backslashes and much else in ways of their own.
    let plain = file.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte));
    if !plain || file.starts_with('/') || file.contains("..") || !file.ends_with(".json") {
        issues.add(path, ConfigReason::ForeignFile);
        return None;
    }
    Some(file.to_owned())
}

fn connection(path: &str, item: &Value, issues: &mut Issues) -> Option<Connection> {
    if !item.is_object() {
        issues.add(path, ConfigReason::Type("an object"));
        return None;
    }
    issues.unknown_keys(path, item, &CONNECTION_KEYS);
    let name = issues.required_text(path, item, "name");
    let kind = match issues.required_text(path, item, "kind")?.as_str() {
        "sandbox" => ConnectionKind::Sandbox,
        "direct" => ConnectionKind::Direct,
        "proxy" => {
            let url = issues.required_text(path, item, "url")?;
            match Template::parse(&url) {
                Ok(template) => ConnectionKind::Proxy(template),
                Err(error) => {
                    issues.add(&format!("{path}/url"), ConfigReason::Proxy(error));
                    return None;
                }
            }
        }
        _ => {
            issues.add(&format!("{path}/kind"), ConfigReason::Choice(String::from("sandbox, direct, proxy")));
            return None;
        }
    };
    Some(Connection { name: name?, kind })
}

#[derive(Default)]
struct Issues(Vec<ConfigIssue>);

impl Issues {
    fn add(&mut self, path: &str, reason: ConfigReason) {
        self.0.push(ConfigIssue { path: path.to_owned(), reason });
    }

    fn unknown_keys(&mut self, path: &str, value: &Value, known: &[&str]) {
        let Some(members) = value.as_object() else {
            return self.add(path, ConfigReason::Type("an object"));
        };
        for key in members.keys().filter(|key| !known.contains(&key.as_str())) {
            self.add(&format!("{path}/{key}"), ConfigReason::UnknownKey(known.join(", ")));
        }
    }

    fn text(&mut self, path: &str, parent: &Value, key: &str) -> Option<String> {
        let value = parent.get(key)?;
        let reason = match value.as_str() {
            Some(text) if !text.trim().is_empty() => return Some(text.to_owned()),
            Some(_) => ConfigReason::Empty,
            None => ConfigReason::Type("a string"),
        };
        self.add(&format!("{path}/{key}"), reason);
        None
    }

    fn required_text(&mut self, path: &str, parent: &Value, key: &str) -> Option<String> {
        if parent.get(key).is_none() {
            self.add(&format!("{path}/{key}"), ConfigReason::Empty);
        }
        self.text(path, parent, key)
    }

    fn list<'a>(&mut self, root: &'a Value, key: &str) -> Option<&'a Vec<Value>> {
        let value = root.get(key)?;
        let reason = match value.as_array() {
            Some(list) if !list.is_empty() => return Some(list),
            Some(_) => ConfigReason::Empty,
            None => ConfigReason::Type("a list"),
        };
        self.add(&format!("#/{key}"), reason);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issues(text: &str) -> Vec<String> {
        Config::read(text).1.iter().map(|issue| issue.to_string()).collect()
    }

    #[test]
    fn the_shipped_file_is_read_in_full_and_without_complaint() {
        let (config, issues) = Config::read(include_str!("../../config.json"));
        assert_eq!(issues, []);
        let names: Vec<&str> = config.connections.iter().map(|connection| connection.name.as_str()).collect();
        assert_eq!(names, ["Sandbox", "Proxy"]);
        assert_eq!(config.descriptions, Config::default().descriptions, "the preloads in index.html name these");
    }

    #[test]
    fn what_is_wrong_is_named_and_the_rest_is_used() {
        let text = r#"{"title": "Ours", "conections": [], "descriptions": ["https://evil.test/a.json", "apis/b.json", "\t//evil.test/a.json"],
            "connections": [{"name": "P", "kind": "proxy", "url": "/p/{host}{path}"}, {"name": "S", "kind": "sandbox"},
                            {"name": "S", "kind": "direct"}, {"name": "T", "kind": "tunnel"}], "defaultConnection": "Q"}"#;
        let (config, _) = Config::read(text);
        assert_eq!(config.title, "Ours");
        assert_eq!(config.descriptions, ["apis/b.json"]);
        assert_eq!(config.connections.len(), 1);
        assert_eq!(
            issues(text),
            [
                "config.json#/conections: unknown key; known are title, descriptions, connections, defaultConnection",
                "config.json#/descriptions/0: must be a file of this site, such as apis/name.json",
                "config.json#/descriptions/2: must be a file of this site, such as apis/name.json",
                "config.json#/connections/0/url: the template says nothing of {query}",
                "config.json#/connections/2/name: the name S is used twice",
                "config.json#/connections/3/kind: must be one of sandbox, direct, proxy",
                "config.json#/defaultConnection: must be one of S",
            ]
        );
    }

    #[test]
    fn a_broken_file_leaves_a_usable_console() {
        let (config, found) = Config::read("{\n  \"title\": ,\n}");
        assert_eq!(config, Config::default());
        assert_eq!(found.len(), 1);
        assert!(found[0].to_string().contains("line 2"), "{}", found[0]);
        assert_eq!(Config::read("[]").0, Config::default());
    }
}
