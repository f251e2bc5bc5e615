//! The values of a request, each to its field.

use super::super::FoundSecret;
use super::super::curl::basic;
use super::super::tool::plain;
use crate::catalog::{BodyFormat, Field, Kind, Location, MASK, Operation, is_credential, plain_text};
use crate::duplicate_names::duplicate_names;
use crate::form::{Misfit, MisfitReason};
use crate::sign::SchemeKind;
use crate::sign::scheme::{ACCESS_TOKEN, HeaderRole, PASSWORD, SECURITY_TOKEN, USER_NAME};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

/// Headers that browsers and tools add by themselves, and that say nothing of the call (RFC 9110, Fetch).
const USUAL: [&str; 16] = [
    "accept",
    "accept-encoding",
    "accept-language",
    "cache-control",
    "connection",
    "content-length",
    "content-type",
    "dnt",
    "host",
    "origin",
    "pragma",
    "priority",
    "referer",
    "te",
    "upgrade-insecure-requests",
    "user-agent",
];

type Pairs = Vec<(String, String)>;

/// Collects pairs for a form, what does not fit, and secrets.
pub(super) struct Fields<'a> {
    pub(super) operation: &'a Operation,
    pairs: Pairs,
    /// Values of one name in a row, and parts of values with names: by the field at the top.
    nested: Map<String, Value>,
    pub(super) misfits: Vec<Misfit>,
    secrets: Vec<FoundSecret>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(operation: &'a Operation) -> Self {
        Self { operation, pairs: Pairs::new(), nested: Map::new(), misfits: Vec::new(), secrets: Vec::new() }
    }

    pub(super) fn into_parts(mut self) -> (Pairs, Vec<Misfit>, Vec<FoundSecret>) {
        self.pairs.extend(self.nested.iter().map(|(name, value)| (name.clone(), value.to_string())));
        (self.pairs, self.misfits, self.secrets)
    }

    pub(super) fn misfit(&mut self, name: &str, why: MisfitReason) {
        self.misfits.push(Misfit { name: name.to_owned(), why });
    }

    pub(super) fn secret(&mut self, label: &str, text: &str) {
        let is_known = self.operation.schemes().any(|scheme| scheme.inputs().iter().any(|input| input.label == label));
        if !is_known {
            self.misfit(label, MisfitReason::Secret);
        } else if is_placeholder(text) {
            self.misfit(label, MisfitReason::Placeholder);
        } else if !text.is_empty() {
            self.secrets.push(FoundSecret::new(label, text));
        }
    }

    fn find(&self, location: Location, name: &str) -> Option<&'a Field> {
        let fields = self.operation.fields().into_iter().filter(|field| field.location == location);
        let is_it = |field: &&Field| match location {
            Location::Header => field.name.eq_ignore_ascii_case(name),
            _ => field.name == name,
        };
        fields.into_iter().find(is_it)
    }

    /// A JSON value for a field.
    fn put(&mut self, field: &Field, value: &Value) {
        let name = &field.name;
        if field.schema.kind == Kind::Secret {
            return self.misfit(name, MisfitReason::Secret);
        }
        if field.schema.generate.is_some() {
            return self.misfit(name, MisfitReason::Generated);
        }
        if value.as_str().is_some_and(is_placeholder) {
            return self.misfit(name, MisfitReason::Placeholder);
        }
        let is_alone = self.operation.fields().iter().filter(|other| other.name == *name).count() == 1;
        let location = field.location.name();
        let has_parts = matches!(field.schema.kind, Kind::Object(_) | Kind::Array(_) | Kind::OneOf(_) | Kind::Json);
        match value {
            Value::Null => self.pairs.push((format!("~null.{location}.{name}"), String::new())),
            value => {
                let text = if has_parts { value.to_string() } else { plain_text(value) };
                let name = if is_alone { name.clone() } else { format!("~text.{location}.{name}") };
                self.pairs.push((name, text));
            }
        }
    }

    pub(super) fn path(&mut self, name: &str, value: &str) {
        match self.find(Location::Path, name) {
            Some(field) => self.put(field, &Value::from(value)),
            None => self.misfit(name, MisfitReason::Unknown),
        }
    }

    pub(super) fn query(&mut self, name: &str, value: &str) {
        if self.operation.schemes().any(|scheme| scheme.adds_query(name)) {
            return self.secret(name, value);
        }
        match self.find(Location::Query, name) {
            Some(field) if matches!(field.schema.kind, Kind::Array(_)) => {
                let list = self.nested.entry(name).or_insert_with(|| Value::Array(Vec::new()));
                if let Value::Array(items) = list {
                    match field.serialization.explode {
                        true => items.push(Value::from(value)),
                        false => items.extend(value.split(',').map(Value::from)),
                    }
                }
            }
            Some(field) => self.put(field, &Value::from(value)),
            None => self.unknown(name, Location::Query),
        }
    }

    fn unknown(&mut self, name: &str, location: Location) {
        let is_secret = is_credential(name, location) || name.eq_ignore_ascii_case("cookie");
        self.misfit(name, if is_secret { MisfitReason::Secret } else { MisfitReason::Unknown });
    }

    pub(super) fn header(&mut self, name: &str, value: &str) {
        let own: Vec<_> = self.operation.schemes().filter(|scheme| scheme.adds_header(name)).collect();
        if let Some(token) = own.iter().find(|scheme| scheme.kind == SchemeKind::Token) {
            let label = token.inputs().into_iter().next().map(|input| input.label).unwrap_or_default();
            return self.secret(&label, value);
        }
        if SchemeKind::any_adds(name, |role| role == HeaderRole::SecurityToken) {
            return self.secret(SECURITY_TOKEN, value);
        }
        if name.eq_ignore_ascii_case("authorization") {
            return self.authorization(value);
        }
        if let Some(field) = self.find(Location::Header, name) {
            return self.put(field, &Value::from(value));
        }
        let lower = name.to_ascii_lowercase();
        let is_usual = USUAL.contains(&lower.as_str()) || lower.starts_with("sec-");
        // A date, a nonce, a hash: the console makes them anew.
        if !is_usual && !SchemeKind::any_adds(name, |_| true) {
            self.unknown(name, Location::Header);
        }
    }

    fn authorization(&mut self, value: &str) {
        let (scheme, rest) = value.trim().split_once(' ').unwrap_or(("", value));
        match scheme.to_ascii_lowercase().as_str() {
            "bearer" => self.secret(ACCESS_TOKEN, rest.trim()),
            "basic" => match basic(rest).or_else(|| rest.split_once(' ').map(|(a, b)| (a.to_owned(), b.to_owned()))) {
                Some((user, password)) => self.user(&user, &password),
                None => self.misfit("Authorization", MisfitReason::Secret),
            },
            _ if self.operation.schemes().any(|scheme| scheme.kind.traits().signature.is_some()) => {
                self.misfit("Authorization", MisfitReason::Signature);
            }
            _ => self.misfit("Authorization", MisfitReason::Secret),
        }
    }

    pub(super) fn user(&mut self, user: &str, password: &str) {
        self.secret(USER_NAME, user);
        if !self.misfits.iter().any(|misfit| misfit.name == USER_NAME) {
            self.secret(PASSWORD, password);
        }
    }

    /// Names that are given twice in JSON: of two values, readers take the last.
    fn tell_doubles(&mut self, text: &str) {
        for path in duplicate_names(text) {
            self.misfit(&path.join("."), MisfitReason::GivenAgain);
        }
    }

    pub(super) fn body(&mut self, text: &str) {
        let Some(body) = &self.operation.body else {
            if !text.trim().is_empty() {
                self.misfit(Location::Body.name(), MisfitReason::Unknown);
            }
            return;
        };
        match body.format {
            BodyFormat::File => self.misfit(Location::Body.name(), MisfitReason::File),
            BodyFormat::Form => {
                let pairs = text.trim().split('&').filter(|pair| !pair.is_empty());
                let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
                for (name, value) in pairs {
                    let decoded =
                        |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
                    self.member(&decoded(name), &decoded(value));
                }
            }
            BodyFormat::Text => self.pairs.push((String::from("~text.body."), text.to_owned())),
            BodyFormat::Json | BodyFormat::Multipart => match serde_json::from_str(text) {
                Ok(Value::Object(members)) if matches!(body.schema.kind, Kind::Object(_)) => {
                    self.tell_doubles(text);
                    for (name, value) in &members {
                        match self.find(Location::Body, name) {
                            Some(field) => self.put(field, value),
                            None => self.unknown(name, Location::Body),
                        }
                    }
                }
                Ok(_) => {
                    self.tell_doubles(text);
                    self.pairs.push((String::from("~text.body."), text.to_owned()));
                }
                Err(_) => self.misfit(Location::Body.name(), MisfitReason::NotJson),
            },
        }
    }

    /// A part of a form.
    pub(super) fn member(&mut self, name: &str, value: &str) {
        match self.find(Location::Body, name) {
            Some(field) => self.put(field, &Value::from(value)),
            None => self.unknown(name, Location::Body),
        }
    }

    /// An option of a vendor's tool: the name of a field, or of a part of one, as in `tags.1.key`.
    pub(super) fn option(&mut self, name: &str, value: &str) {
        let fields = self.operation.fields();
        let named = |name: &str| {
            let exact = fields.iter().find(|field| field.name == name);
            exact.or_else(|| fields.iter().find(|field| plain(&field.name) == plain(name))).copied()
        };
        if let Some(field) = named(name) {
            let has_parts = matches!(field.schema.kind, Kind::Object(_) | Kind::Array(_) | Kind::OneOf(_) | Kind::Json);
            let json = has_parts.then(|| serde_json::from_str(value).ok()).flatten();
            if json.is_some() {
                self.tell_doubles(value);
            }
            return self.put(field, &json.unwrap_or_else(|| Value::from(value)));
        }
        let (top, rest) = name.split_once('.').unwrap_or((name, ""));
        match named(top) {
            Some(field) if !rest.is_empty() => {
                let steps: Vec<&str> = rest.split('.').take(DEEPEST).collect();
                let entry = self.nested.entry(field.name.clone()).or_insert(Value::Null);
                if !set_part(entry, &steps, value) {
                    self.misfit(name, MisfitReason::Unknown);
                }
            }
            _ => self.unknown(name, Location::Query),
        }
    }
}

/// No description goes deeper.
const DEEPEST: usize = 16;

/// Puts a text at its place in a JSON value. Numbers count items from 1, in their order. `false`: something else is there.
fn set_part(value: &mut Value, steps: &[&str], text: &str) -> bool {
    let Some((step, rest)) = steps.split_first() else {
        *value = Value::from(text);
        return true;
    };
    match step.parse::<usize>() {
        Ok(number) => {
            if value.is_null() {
                *value = Value::Array(Vec::new());
            }
            let Value::Array(items) = value else { return false };
            let index = number.saturating_sub(1);
            if index > items.len() {
                return false;
            }
            if index == items.len() {
                items.push(Value::Null);
            }
            items.get_mut(index).is_some_and(|item| set_part(item, rest, text))
        }
        Err(_) => {
            if value.is_null() {
                *value = Value::Object(Map::new());
            }
            let Value::Object(members) = value else { return false };
            set_part(members.entry(*step).or_insert(Value::Null), rest, text)
        }
    }
}

/// Whether a text stands for a value that is not in it: a mask of this console, `$NAME`, `${NAME}`, `$(…)`, `%NAME%`, `{{name}}`, `{name}`, `<name>`.
fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    let is_between = |open: &str, close: &str| {
        text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)).is_some_and(|name| {
            !name.is_empty()
                && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ' | '$'))
        })
    };
    let is_variable = text.strip_prefix('$').is_some_and(|name| {
        name.starts_with(['{', '(']) || !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    });
    is_variable
        || text.contains("{{")
        || text.contains(MASK)
        || is_between("{", "}")
        || is_between("<", ">")
        || is_between("%", "%")
}
