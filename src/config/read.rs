//! What may stand in `config.json`, as data, and what is left of a file when everything else is taken out.
//!
//! `config.schema.json` says the same for editors; a test holds the two to each other.

use super::issue::{ConfigIssue, ConfigReason, step};
use super::spelling::is_slip;
use crate::catalog::{Decimal, https_host};
use crate::proxy::Template;
use serde_json::{Map, Value};

/// What a value may be.
pub(super) enum Shape {
    /// Whatever it likes.
    Any,
    /// A text that says something.
    Text,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// A description: a file of this site.
    File,
    /// A proxy's address with placeholders.
    Proxy,
    /// `https://host`.
    Host,
    /// `true` or `false`.
    Flag,
    /// A whole number within these limits.
    Number(u64, u64),
    /// A list that is not empty.
    List(&'static Shape),
    /// A list that may be empty.
    Set(&'static Shape),
    /// A list of objects with a `name` each, which is used once.
    Named(&'static Shape),
    /// An object with these keys.
    Object(&'static [Key]),
    /// An object with keys of the deployment's own choice; its values all have this shape.
    ByName(&'static Shape),
}

/// A key of an object.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    rule: Rule,
}

/// What becomes of an object, or of a key, when the key is wrong.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// The key is left out.
    Free,
    /// The object cannot do without it.
    Needed,
    /// The same where `kind` is `proxy`.
    NeededByProxy,
    /// It forbids something: it becomes `null`, which forbids all of it.
    Closes,
}

const fn key(name: &'static str, shape: Shape, rule: Rule) -> Key {
    Key { name, shape, rule }
}

/// The kinds of credential: those of [`crate::sign::kind`], and the proxy's.
pub(super) const KINDS: &[&str] = &["X-Auth-Token", "SDK-HMAC-SHA256", "ACS3-HMAC-SHA256", crate::sign::ADDED_BY_PROXY];

/// The settings that a deployment can take from its users.
pub(super) const LOCKABLE: &[&str] = &["timeLimit", "idleMinutes", "connection"];

const PATTERNS: Shape = Shape::List(&Shape::Text);

/// The whole file.
pub(super) const ROOT: Shape = Shape::Object(&[
    key("$schema", Shape::Any, Rule::Free),
    key("title", Shape::Text, Rule::Free),
    key("banner", Shape::Text, Rule::Free),
    key("language", Shape::OneOf(&["en", "zh"]), Rule::Free),
    key("descriptions", Shape::List(&Shape::File), Rule::Free),
    key("connections", Shape::Named(&CONNECTION), Rule::Free),
    key("defaultConnection", Shape::Text, Rule::Free),
    key("operations", PATTERNS, Rule::Closes),
    key("providers", Shape::ByName(&PROVIDER), Rule::Closes),
    key("readOnly", Shape::Flag, Rule::Closes),
    key("timeLimit", Shape::Number(1, 600), Rule::Free),
    key("idleMinutes", Shape::Number(1, 480), Rule::Free),
    key("locked", Shape::Set(&Shape::OneOf(LOCKABLE)), Rule::Closes),
]);

const CONNECTION: Shape = Shape::Object(&[
    key("name", Shape::Text, Rule::Needed),
    key("kind", Shape::OneOf(&["sandbox", "direct", "proxy"]), Rule::Needed),
    key("url", Shape::Proxy, Rule::NeededByProxy),
    key("providers", Shape::ByName(&DETOUR), Rule::Free),
]);

const DETOUR: Shape =
    Shape::Object(&[key("url", Shape::Proxy, Rule::Free), key("regions", Shape::ByName(&Shape::Proxy), Rule::Free)]);

const PROVIDER: Shape = Shape::Object(&[
    key("regions", PATTERNS, Rule::Closes),
    key("instances", PATTERNS, Rule::Closes),
    key("credentials", Shape::List(&Shape::OneOf(KINDS)), Rule::Closes),
    key("servers", Shape::List(&SERVER), Rule::Free),
]);

const SERVER: Shape = Shape::Object(&[
    key("url", Shape::Host, Rule::Needed),
    key("description", Shape::Text, Rule::Free),
    key("region", Shape::Text, Rule::Free),
]);

/// A walk through the file: where it is, and what it found wrong. Without `TELL` it only finds out whether anything is:
/// that is all that the first program of the page needs, and words weigh.
pub(super) struct Checked<const TELL: bool> {
    path: String,
    pub(super) wrong: bool,
    pub(super) issues: Vec<ConfigIssue>,
}

impl<const TELL: bool> Default for Checked<TELL> {
    fn default() -> Self {
        Self { path: String::from("#"), wrong: false, issues: Vec::new() }
    }
}

impl<const TELL: bool> Checked<TELL> {
    /// Notes what is wrong at this place.
    pub(super) fn note(&mut self, reason: impl FnOnce() -> ConfigReason, closes: bool) {
        self.wrong = true;
        if TELL {
            self.issues.push(ConfigIssue { path: self.path.clone(), reason: reason(), closes });
        }
    }

    /// Goes one step down and back.
    pub(super) fn within<T>(&mut self, key: &str, visit: impl FnOnce(&mut Self) -> T) -> T {
        let here = self.path.len();
        if TELL {
            self.path.push('/');
            self.path.push_str(&step(key));
        }
        let found = visit(self);
        self.path.truncate(here);
        found
    }

    /// What is right of a value; `None`: nothing is, and that is noted.
    pub(super) fn sound(&mut self, shape: &Shape, value: &Value, closes: bool) -> Option<Value> {
        match (shape, value) {
            (Shape::List(of) | Shape::Set(of) | Shape::Named(of), Value::Array(items))
                if !items.is_empty() || matches!(shape, Shape::Set(_)) =>
            {
                let is_set = matches!(shape, Shape::Set(_));
                let sound = self.list(of, matches!(shape, Shape::Named(_)), closes && is_set, items);
                if closes && !is_set && sound.is_empty() {
                    self.note(|| ConfigReason::NothingLeft, true);
                    return None;
                }
                // What is left out of a list of what is allowed allows less. A lock that cannot be read may be any.
                return (!is_set || sound.len() == items.len()).then_some(Value::Array(sound));
            }
            (Shape::Object(keys), Value::Object(members)) => return self.object(keys, members),
            (Shape::ByName(of), Value::Object(members)) => return Some(self.by_name(of, members, closes)),
            _ if is_right(shape, value) => return Some(value.clone()),
            _ => {}
        }
        self.note(|| defect(shape, value), closes);
        None
    }

    fn list(&mut self, of: &Shape, named: bool, closes: bool, items: &[Value]) -> Vec<Value> {
        let mut sound: Vec<Value> = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let place = if TELL { index.to_string() } else { String::new() };
            self.within(&place, |checked| {
                let Some(item) = checked.sound(of, item, closes) else { return };
                if matches!(of, Shape::File) && sound.contains(&item) {
                    let twice = || ConfigReason::Duplicate(item.as_str().unwrap_or_default().to_owned());
                    return checked.note(twice, false);
                }
                if named && sound.iter().any(|old| old.get("name") == item.get("name")) {
                    let name = item.get("name").and_then(Value::as_str).unwrap_or_default();
                    let twice = || ConfigReason::Duplicate(name.to_owned());
                    return checked.within("name", |checked| checked.note(twice, false));
                }
                sound.push(item);
            });
        }
        sound
    }

    fn object(&mut self, keys: &'static [Key], members: &Map<String, Value>) -> Option<Value> {
        let (mut sound, mut usable) = (Map::new(), true);
        for (name, value) in members {
            self.within(name, |checked| match keys.iter().find(|key| key.name == name) {
                None => {
                    let of = || keys.iter().map(|key| key.name).collect();
                    // A restriction whose name is misspelt must not be lifted by that.
                    let meant = keys.iter().find(|key| key.rule == Rule::Closes && is_slip(name, key.name));
                    checked.note(|| ConfigReason::UnknownKey { has: name.clone(), of: of() }, meant.is_some());
                    if let Some(key) = meant {
                        sound.insert(key.name.to_owned(), Value::Null);
                    }
                }
                Some(key) => {
                    let closes = key.rule == Rule::Closes;
                    match checked.sound(&key.shape, value, closes) {
                        // It can be there only because of another that is misspelt: which one counts, nobody knows.
                        Some(value) if !sound.contains_key(name) => drop(sound.insert(name.clone(), value)),
                        _ if closes => drop(sound.insert(name.clone(), Value::Null)),
                        _ => {}
                    }
                }
            });
        }
        let by_proxy = sound.get("kind").and_then(Value::as_str) == Some("proxy");
        let needed = |key: &&Key| key.rule == Rule::Needed || key.rule == Rule::NeededByProxy && by_proxy;
        for key in keys.iter().filter(needed).filter(|key| !sound.contains_key(key.name)) {
            usable = false;
            if !members.contains_key(key.name) {
                self.within(key.name, |checked| checked.note(|| ConfigReason::Missing, false));
            }
        }
        usable.then_some(Value::Object(sound))
    }

    fn by_name(&mut self, of: &Shape, members: &Map<String, Value>, closes: bool) -> Value {
        let mut sound = Map::new();
        for (name, value) in members {
            let value = self.within(name, |checked| checked.sound(of, value, closes));
            if let Some(value) = value.or(closes.then_some(Value::Null)) {
                sound.insert(name.clone(), value);
            }
        }
        Value::Object(sound)
    }
}

/// Whether a value that is no list and no object is what it must be.
fn is_right(shape: &Shape, value: &Value) -> bool {
    match shape {
        Shape::Any => return true,
        Shape::Flag => return value.is_boolean(),
        Shape::Number(least, most) => return whole(value).is_some_and(|has| (*least..=*most).contains(&has)),
        _ => {}
    }
    let text = value.as_str().unwrap_or_default();
    let fits = match shape {
        Shape::Text => true,
        Shape::OneOf(of) => of.contains(&text),
        Shape::File => is_file_of_this_site(text),
        Shape::Host => https_host(text).is_some_and(|host| !host.contains(['{', '}'])),
        Shape::Proxy => Template::parse(text).is_ok(),
        _ => false,
    };
    fits && !text.trim().is_empty()
}

/// A whole number, however it is written: `30.0` and `3e1` are integers in JSON Schema.
pub(super) fn whole(value: &Value) -> Option<u64> {
    Decimal::new(value.as_number()?).whole()
}

/// A list of what is allowed: browsers read tabs, backslashes and much else in ways of their own.
fn is_file_of_this_site(file: &str) -> bool {
    let plain = file.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte));
    plain && !file.starts_with('/') && !file.contains("..") && file.ends_with(".json")
}

/// What is wrong with a value that something is wrong with.
fn defect(shape: &Shape, value: &Value) -> ConfigReason {
    let text = value.as_str();
    match shape {
        Shape::List(_) | Shape::Set(_) | Shape::Named(_) if value.is_array() => ConfigReason::Empty,
        Shape::List(_) | Shape::Set(_) | Shape::Named(_) => ConfigReason::Type("a list"),
        Shape::Object(_) | Shape::ByName(_) => ConfigReason::Type("an object"),
        Shape::Flag => ConfigReason::Type("true or false"),
        Shape::Number(least, most) => ConfigReason::Range(*least, *most),
        _ if text.is_none() => ConfigReason::Type("a string"),
        _ if text.is_some_and(|text| text.trim().is_empty()) => ConfigReason::Empty,
        Shape::OneOf(of) => {
            let of = of.iter().map(|known| (*known).to_owned()).collect();
            ConfigReason::Choice { has: text.unwrap_or_default().to_owned(), of }
        }
        Shape::File => ConfigReason::ForeignFile,
        Shape::Host => ConfigReason::Host,
        Shape::Proxy => {
            Template::parse(text.unwrap_or_default()).err().map_or(ConfigReason::Empty, ConfigReason::Proxy)
        }
        Shape::Text | Shape::Any => ConfigReason::Empty,
    }
}
