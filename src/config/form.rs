//! The form of `config.json`: what is right of a file, and every mistake with its path.
//!
//! Serde alone ends at the first mistake, drops what is right beside it, and has only a sentence for what is wrong. So the
//! file is checked first, and serde reads what is right. `config.schema.json` says the same as [`form`] for editors; a
//! test holds the two to each other.

use super::issue::{ConfigReason, Suggestion, ValueType};
use crate::catalog::{Decimal, https_host};
use crate::proxy::Template;
use crate::sign::scheme::CREDENTIAL_KINDS;
use serde_json::{Map, Value};

/// What may stand at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Any,
    Boolean,
    /// A whole number between these two.
    Whole(u64, u64),
    Text,
    OneOf(&'static [&'static str]),
    /// A description: a file of this site.
    File,
    /// A proxy's address with placeholders.
    Template,
    /// `https://` and a host.
    Host,
    /// A list that is not empty.
    List,
    /// A list of what is allowed. An item that is left out allows less; a list of which all are must not allow everything.
    Allowed,
    /// A list that may be empty.
    Set,
    /// An object with these keys.
    Object(&'static [&'static str]),
    /// An object with keys of the deployment's own choice.
    ByName,
}

/// What may stand where in the file.
pub(super) fn form(path: &[&str]) -> Form {
    match path {
        [] => Form::Object(&[
            "$schema",
            "title",
            "banner",
            "language",
            "descriptions",
            "connections",
            "defaultConnection",
            "operations",
            "providers",
            "readOnly",
            "recentInstances",
            "history",
            "timeLimit",
            "idleMinutes",
            "locked",
        ]),
        ["$schema"] => Form::Any,
        ["language"] => Form::OneOf(&["en", "zh"]),
        ["descriptions"] | ["connections"] | ["providers", _, "servers"] => Form::List,
        ["descriptions", _] => Form::File,
        ["connections", _] => Form::Object(&["name", "kind", "url", "providers", "callId"]),
        ["connections", _, "kind"] => Form::OneOf(&["sandbox", "direct", "proxy"]),
        ["connections", _, "providers", _] => Form::Object(&["url", "regions"]),
        ["connections", _, "url"]
        | ["connections", _, "providers", _, "url"]
        | ["connections", _, "providers", _, "regions", _] => Form::Template,
        ["providers"] | ["connections", _, "providers"] | ["connections", _, "providers", _, "regions"] => Form::ByName,
        ["operations"] | ["providers", _, "regions" | "instances" | "credentials"] => Form::Allowed,
        ["providers", _] => Form::Object(&["regions", "instances", "credentials", "servers"]),
        ["providers", _, "credentials", _] => Form::OneOf(&CREDENTIAL_KINDS),
        ["providers", _, "servers", _] => Form::Object(&["url", "description", "region"]),
        ["providers", _, "servers", _, "url"] => Form::Host,
        ["readOnly" | "recentInstances" | "history"] | ["connections", _, "callId"] => Form::Boolean,
        ["timeLimit"] => Form::Whole(1, 600),
        ["idleMinutes"] => Form::Whole(1, 480),
        ["locked"] => Form::Set,
        ["locked", _] => Form::OneOf(&["timeLimit", "idleMinutes", "connection"]),
        _ => Form::Text,
    }
}

/// The keys that an object cannot do without.
fn required(path: &[&str], members: &Map<String, Value>) -> &'static [&'static str] {
    match path {
        ["connections", _] if members.get("kind").and_then(Value::as_str) == Some("proxy") => &["name", "kind", "url"],
        ["connections", _] => &["name", "kind"],
        ["providers", _, "servers", _] => &["url"],
        _ => &[],
    }
}

/// What is right of a file, and the mistakes with their paths.
pub(super) fn check(root: &Value) -> (Value, Vec<(Vec<String>, ConfigReason)>) {
    let mut walk = Walk::default();
    let right = walk.right(root);
    (right.unwrap_or_else(|| Value::Object(Map::new())), walk.mistakes)
}

#[derive(Default)]
struct Walk {
    path: Vec<String>,
    mistakes: Vec<(Vec<String>, ConfigReason)>,
}

impl Walk {
    fn wrong<T>(&mut self, reason: ConfigReason) -> Option<T> {
        self.mistakes.push((self.path.clone(), reason));
        None
    }

    fn at<T>(&mut self, key: &str, visit: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(key.to_owned());
        let found = visit(self);
        self.path.pop();
        found
    }

    /// What is right of a value; `None`: nothing is, and that is noted.
    fn right(&mut self, value: &Value) -> Option<Value> {
        let path = self.path.clone();
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        match (form(&path), value) {
            (Form::Object(keys), Value::Object(members)) => self.object(members, keys, required(&path, members)),
            (Form::ByName, Value::Object(members)) => Some(Value::Object(self.members(members.iter()))),
            (Form::Object(_) | Form::ByName, _) => self.wrong(ConfigReason::Type(ValueType::Object)),
            (Form::List | Form::Allowed, Value::Array(items)) if items.is_empty() => self.wrong(ConfigReason::Empty),
            (form @ (Form::List | Form::Allowed | Form::Set), Value::Array(items)) => {
                let right = self.items(items, matches!(*path, ["descriptions" | "connections"]));
                match form {
                    Form::Allowed if right.is_empty() => self.wrong(ConfigReason::NothingLeft),
                    _ => Some(Value::Array(right)),
                }
            }
            (Form::List | Form::Allowed | Form::Set, _) => self.wrong(ConfigReason::Type(ValueType::List)),
            (form, _) => match simple(form, value) {
                Ok(right) => Some(right),
                Err(reason) => self.wrong(reason),
            },
        }
    }

    fn members<'a>(&mut self, members: impl Iterator<Item = (&'a String, &'a Value)>) -> Map<String, Value> {
        members.filter_map(|(key, value)| Some((key.clone(), self.at(key, |walk| walk.right(value))?))).collect()
    }

    fn object(&mut self, members: &Map<String, Value>, keys: &'static [&str], required: &[&str]) -> Option<Value> {
        let is_known = |key: &str| keys.contains(&key);
        let right = self.members(members.iter().filter(|(key, _)| is_known(key)));
        for key in members.keys().filter(|key| !is_known(key)) {
            self.at(key, |walk| walk.wrong::<()>(ConfigReason::UnknownKey(Suggestion::new(key, keys))));
        }
        for key in required.iter().filter(|key| !members.contains_key(**key)) {
            self.at(key, |walk| walk.wrong::<()>(ConfigReason::Missing));
        }
        required.iter().all(|key| right.contains_key(*key)).then_some(Value::Object(right))
    }

    /// The items that are right. `unique`: each, or its name, stands there once.
    fn items(&mut self, items: &[Value], unique: bool) -> Vec<Value> {
        let key = |item: &Value| item.get("name").unwrap_or(item).clone();
        let mut right: Vec<Value> = Vec::new();
        for (index, item) in items.iter().enumerate() {
            right.extend(self.at(&index.to_string(), |walk| {
                let item = walk.right(item)?;
                if !unique || right.iter().all(|other| key(other) != key(&item)) {
                    return Some(item);
                }
                let reason = ConfigReason::Duplicate(key(&item).as_str().unwrap_or_default().to_owned());
                if item.is_object() { walk.at("name", |walk| walk.wrong(reason)) } else { walk.wrong(reason) }
            }));
        }
        right
    }
}

/// A value that is no list and no object.
fn simple(form: Form, value: &Value) -> Result<Value, ConfigReason> {
    match form {
        Form::Any => return Ok(value.clone()),
        Form::Boolean if value.is_boolean() => return Ok(value.clone()),
        Form::Boolean => return Err(ConfigReason::Type(ValueType::Boolean)),
        // However it is written: `30.0` and `3e1` are integers in JSON Schema.
        Form::Whole(least, most) => {
            let number = value.as_number().and_then(|number| Decimal::new(number).whole());
            let number = number.filter(|number| (least..=most).contains(number));
            return number.map(Value::from).ok_or(ConfigReason::Range(least, most));
        }
        _ => {}
    }
    let text = value.as_str().ok_or(ConfigReason::Type(ValueType::String))?;
    match form {
        _ if text.trim().is_empty() => Err(ConfigReason::Empty),
        Form::OneOf(of) if !of.contains(&text) => Err(ConfigReason::Choice(Suggestion::new(text, of))),
        Form::File if !is_file_of_this_site(text) => Err(ConfigReason::ForeignFile),
        Form::Host if https_host(text).is_none_or(|host| host.contains(['{', '}'])) => Err(ConfigReason::Host),
        Form::Template => Template::parse(text).map(|_| value.clone()).map_err(ConfigReason::Proxy),
        _ => Ok(value.clone()),
    }
}

/// A list of what is allowed: browsers read tabs, backslashes and much else in ways of their own.
fn is_file_of_this_site(file: &str) -> bool {
    let plain = file.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte));
    plain && !file.starts_with('/') && !file.contains("..") && file.ends_with(".json")
}
