//! Keys that stand twice in one object. What reads JSON keeps the last one and says nothing.

use super::issue::{ConfigIssue, ConfigReason, issue};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use std::fmt;

/// Every key that stands twice; nothing where the text is no JSON.
pub(super) fn duplicate_keys(text: &str) -> Vec<ConfigIssue> {
    let mut found = Vec::new();
    if let Ok(root) = serde_json::from_str(text) {
        search(&root, &[], &mut found);
    }
    found
}

fn search(json: &Json, path: &[&str], found: &mut Vec<ConfigIssue>) {
    match json {
        Json::Object(members) => {
            for (index, (key, value)) in members.iter().enumerate() {
                let path = [path, &[key]].concat();
                if members.iter().take(index).any(|(before, _)| before == key) {
                    found.push(issue(&path, ConfigReason::DuplicateKey));
                }
                search(value, &path, found);
            }
        }
        Json::List(items) => {
            for (index, item) in items.iter().enumerate() {
                search(item, &[path, &[&index.to_string()]].concat(), found);
            }
        }
        Json::Other(_) => {}
    }
}

/// JSON with all members of its objects.
#[derive(Deserialize)]
#[serde(untagged)]
enum Json {
    Object(#[serde(deserialize_with = "members")] Vec<(String, Json)>),
    List(Vec<Json>),
    Other(IgnoredAny),
}

fn members<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(String, Json)>, D::Error> {
    deserializer.deserialize_map(Members)
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Vec<(String, Json)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        std::iter::from_fn(|| access.next_entry().transpose()).collect()
    }
}
