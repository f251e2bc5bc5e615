//! The state of a form: every text as it was typed.

mod kept;

use super::rules::is_host_label;
use crate::catalog::{Field, Kind, Location, Operation, Schema, Server};
use crate::small_map::SmallMap;
use serde_json::Value;

/// Where a value belongs: a parameter, a property of the body (`a.b`), an item of an array (`a.0`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldPath {
    /// The part of the request.
    pub location: Location,
    /// Names and indices, joined by dots.
    pub path: String,
}

impl FieldPath {
    /// The path of a field at the top of the form.
    pub fn of(field: &Field) -> Self {
        Self { location: field.location, path: field.name.clone() }
    }

    /// The path of a property or an item below this one.
    pub fn child(&self, name: impl std::fmt::Display) -> Self {
        let path = if self.path.is_empty() { name.to_string() } else { format!("{}.{name}", self.path) };
        Self { location: self.location, path }
    }

    /// The path of the whole body, for bodies that are not an object.
    pub fn body() -> Self {
        Self { location: Location::Body, path: String::new() }
    }

    fn is_below(&self, parent: &Self) -> bool {
        let rest = self.path.strip_prefix(&parent.path).unwrap_or_default();
        // The whole body has the empty path: all its properties are below it.
        let below = if parent.path.is_empty() { !rest.is_empty() } else { rest.starts_with('.') };
        self.location == parent.location && below
    }
}

/// One value as it stands in the form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Raw {
    /// Not sent.
    #[default]
    Unset,
    /// Sent as `null`.
    Null,
    /// What was typed or chosen: numbers, booleans and raw JSON too.
    Text(String),
    /// An array of so many items; each has a path of its own.
    Items(usize),
}

/// Everything a form holds.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// Index of the chosen server.
    pub server: usize,
    variables: SmallMap<String, String>,
    values: SmallMap<FieldPath, Raw>,
}

/// A form can hold passwords: only the names of what is set are printed.
impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let set: Vec<&str> = self.values.keys().map(|path| path.path.as_str()).collect();
        f.debug_struct("Draft").field("server", &self.server).field("set", &set).finish()
    }
}

impl Draft {
    /// The form as it is first shown: defaults filled in, generated values made by `new_id`.
    pub fn new(operation: &Operation, new_id: &mut dyn FnMut() -> String) -> Self {
        let mut draft = Self::default();
        for field in operation.fields() {
            draft.fill(&FieldPath::of(field), &field.schema);
        }
        draft.generate(operation, new_id);
        draft
    }

    fn fill(&mut self, path: &FieldPath, schema: &Schema) {
        if let Some(default) = &schema.default {
            self.set_as(path, schema, default);
        } else if let Kind::Object(fields) = &schema.kind {
            for field in fields {
                self.fill(&path.child(&field.name), &field.schema);
            }
        }
    }

    /// Makes new values for the generated fields.
    pub fn generate(&mut self, operation: &Operation, new_id: &mut dyn FnMut() -> String) {
        for field in operation.fields().into_iter().filter(|field| field.schema.generate.is_some()) {
            self.set(FieldPath::of(field), Raw::Text(new_id()));
        }
    }

    /// What stands at `path`.
    pub fn get(&self, path: &FieldPath) -> &Raw {
        self.values.find(|key| key == path).unwrap_or(&Raw::Unset)
    }

    /// Replaces what stands at `path`.
    pub fn set(&mut self, path: FieldPath, raw: Raw) {
        match raw {
            Raw::Unset => drop(self.values.remove(&path)),
            raw => self.values.insert(path, raw),
        }
    }

    /// Fills `path` and everything below it from a JSON value.
    pub fn set_value(&mut self, path: &FieldPath, value: &Value) {
        match value {
            Value::Null => self.set(path.clone(), Raw::Null),
            Value::String(text) => self.set(path.clone(), Raw::Text(text.clone())),
            Value::Array(items) => {
                self.set(path.clone(), Raw::Items(items.len()));
                items.iter().enumerate().for_each(|(index, item)| self.set_value(&path.child(index), item));
            }
            Value::Object(members) => {
                members.iter().for_each(|(name, member)| self.set_value(&path.child(name), member));
            }
            Value::Bool(_) | Value::Number(_) => self.set(path.clone(), Raw::Text(value.to_string())),
        }
    }

    /// Fills `path` from a default or an example of its schema: what has no control of its own becomes raw JSON.
    pub fn set_as(&mut self, path: &FieldPath, schema: &Schema, value: &Value) {
        match (&schema.kind, value) {
            (Kind::Json, value) if !value.is_null() => self.set(path.clone(), Raw::Text(value.to_string())),
            (Kind::Array(schema), Value::Array(items)) => {
                self.set(path.clone(), Raw::Items(items.len()));
                items.iter().enumerate().for_each(|(index, item)| self.set_as(&path.child(index), schema, item));
            }
            (Kind::Object(fields), Value::Object(members)) => {
                for field in fields {
                    if let Some(member) = members.get(&field.name) {
                        self.set_as(&path.child(&field.name), &field.schema, member);
                    }
                }
            }
            (_, value) => self.set_value(path, value),
        }
    }

    /// Whether anything at or below `path` is set.
    pub fn has(&self, path: &FieldPath) -> bool {
        self.values.keys().any(|key| key == path || key.is_below(path))
    }

    /// How many items the array at `path` has.
    pub fn items(&self, path: &FieldPath) -> usize {
        match self.get(path) {
            Raw::Items(count) => *count,
            _ => 0,
        }
    }

    /// Adds an empty item to the array at `path`.
    pub fn push_item(&mut self, path: &FieldPath) {
        self.set(path.clone(), Raw::Items(self.items(path) + 1));
    }

    /// Removes an item of the array at `path`; those behind it move up.
    pub fn remove_item(&mut self, path: &FieldPath, index: usize) {
        let count = self.items(path);
        if index >= count {
            return;
        }
        self.clear(&path.child(index));
        for from in index + 1..count {
            let (old, new) = (path.child(from), path.child(from - 1));
            let moved: Vec<FieldPath> =
                self.values.keys().filter(|key| **key == old || key.is_below(&old)).cloned().collect();
            for key in moved {
                if let (Some(raw), Some(rest)) = (self.values.remove(&key), key.path.strip_prefix(&old.path)) {
                    self.values.insert(FieldPath { location: key.location, path: format!("{}{rest}", new.path) }, raw);
                }
            }
        }
        self.set(path.clone(), if count == 1 { Raw::Unset } else { Raw::Items(count - 1) });
    }

    fn clear(&mut self, path: &FieldPath) {
        self.values.retain(|key| key != path && !key.is_below(path));
    }

    /// Forgets the secrets of the body, such as a password: once it is sent, nobody needs it here.
    pub fn drop_secrets(&mut self, operation: &Operation) {
        if let Some(body) = &operation.body {
            self.drop_below(&FieldPath::body(), &body.schema);
        }
    }

    fn drop_below(&mut self, path: &FieldPath, schema: &Schema) {
        match &schema.kind {
            Kind::Secret => self.set(path.clone(), Raw::Unset),
            Kind::Object(fields) => {
                fields.iter().for_each(|field| self.drop_below(&path.child(&field.name), &field.schema))
            }
            Kind::Array(item) => (0..self.items(path)).for_each(|index| self.drop_below(&path.child(index), item)),
            _ => {}
        }
    }

    /// What stands in a variable of the chosen server.
    pub fn variable<'a>(&'a self, server: &'a Server, name: &str) -> &'a str {
        let default = server.variables.iter().find(|variable| variable.name == name).map(|v| v.default.as_str());
        self.variables.find(|other| other == name).map(String::as_str).or(default).unwrap_or_default()
    }

    /// The server's host with what stands in its variables; a variable stays a `{placeholder}` while its text could
    /// make another host of it.
    pub fn host(&self, server: &Server) -> String {
        self.filled(server, server.host())
    }

    /// The server's region with what stands in its variables; empty where it has none, or none yet.
    pub fn region(&self, server: &Server) -> String {
        let region = self.filled(server, &server.region);
        if region.contains('{') { String::new() } else { region }
    }

    /// The region of the chosen server; empty where it has none.
    pub fn region_of(&self, operation: &Operation) -> String {
        operation.servers.get(self.server).map(|server| self.region(server)).unwrap_or_default()
    }

    fn filled(&self, server: &Server, template: &str) -> String {
        let fill = |text: String, name: &str| match self.variable(server, name) {
            label if is_host_label(label) => text.replace(&format!("{{{name}}}"), label),
            _ => text,
        };
        server.variables.iter().fold(template.to_owned(), |text, variable| fill(text, &variable.name))
    }

    /// Replaces what stands in a variable of the server.
    pub fn set_variable(&mut self, name: &str, text: String) {
        self.variables.insert(name.to_owned(), text);
    }

    /// The generated values as they stand.
    pub(super) fn generated(&self, operation: &Operation) -> Vec<Raw> {
        let fields = operation.fields().into_iter().filter(|field| field.schema.generate.is_some());
        fields.map(|field| self.get(&FieldPath::of(field)).clone()).collect()
    }

    /// The same draft without the generated values: two drafts are the same request when these are equal.
    pub(super) fn without_generated(&self, operation: &Operation) -> Self {
        let mut draft = self.clone();
        for field in operation.fields().into_iter().filter(|field| field.schema.generate.is_some()) {
            draft.clear(&FieldPath::of(field));
        }
        draft
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn at(path: &str) -> FieldPath {
        FieldPath { location: Location::Body, path: path.to_owned() }
    }

    #[test]
    fn removing_an_item_moves_the_later_ones_up_with_all_they_hold() {
        let mut draft = Draft::default();
        draft.set_value(&at("tags"), &json!([{"key": "a"}, {"key": "b", "values": ["x", "y"]}, {"key": "c"}]));
        draft.remove_item(&at("tags"), 0);
        assert_eq!(draft.items(&at("tags")), 2);
        assert_eq!(draft.get(&at("tags.0.key")), &Raw::Text("b".into()));
        assert_eq!(draft.get(&at("tags.0.values.1")), &Raw::Text("y".into()));
        assert_eq!(draft.get(&at("tags.1.key")), &Raw::Text("c".into()));
        assert!(!draft.has(&at("tags.2")));
    }

    #[test]
    fn removing_the_last_item_leaves_nothing() {
        let mut draft = Draft::default();
        draft.push_item(&at("tags"));
        draft.remove_item(&at("tags"), 0);
        assert_eq!(draft, Draft::default());
    }

    #[test]
    fn the_digits_of_a_number_are_kept() {
        let mut draft = Draft::default();
        draft.set_value(&at("n"), &serde_json::from_str("12345678901234567890.10").unwrap());
        assert_eq!(draft.get(&at("n")), &Raw::Text("12345678901234567890.10".into()));
        // serde_json writes the sign of an exponent; nothing else changes.
        draft.set_value(&at("n"), &serde_json::from_str("1.50e3").unwrap());
        assert_eq!(draft.get(&at("n")), &Raw::Text("1.50e+3".into()));
    }

    #[test]
    fn debug_prints_names_but_no_values() {
        let mut draft = Draft::default();
        draft.set(at("password"), Raw::Text("hunter2".into()));
        let printed = format!("{draft:?}");
        assert!(printed.contains("password") && !printed.contains("hunter2"), "{printed}");
    }

    #[test]
    fn secrets_of_the_body_are_forgotten_and_nothing_else() {
        let secret = json!({"type": "string", "format": "password"});
        let operation = crate::fixtures::with_body(json!({"type": "object", "properties": {
            "name": {"type": "string"}, "codes": {"type": "array", "items": secret},
            "user": {"type": "object", "properties": {"password": secret, "domain": {"type": "string"}}},
        }}));
        let mut draft = Draft::default();
        let body = json!({"name": "a", "codes": ["1", "2"], "user": {"password": "hunter2", "domain": "d"}});
        draft.set_as(&FieldPath::body(), &operation.body.as_ref().unwrap().schema, &body);
        draft.drop_secrets(&operation);
        let left: Vec<&str> = draft.values.keys().map(|path| path.path.as_str()).collect();
        assert_eq!(left, ["codes", "name", "user.domain"]);
    }
}
