//! The state of a form: every text as it was typed.

mod address;
mod fill;
mod kept;
mod link;

pub(super) use self::address::{fits_base_path, fits_host};
pub use self::link::{Filling, Link, Misfit, MisfitReason, REGION};
use super::credentials::{is_secret, without_credentials};
use super::field_path::FieldPath;
use super::value::File;
use crate::catalog::{Kind, MASK, Operation, Schema, is_credential};
use indexmap::IndexMap;
use zeroize::Zeroizing;

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
    /// An array of so many items; each has a path of its own. None at all is an empty array.
    Items(usize),
    /// An object that is sent, even if nothing in it is set, with the names of its members beyond the documented ones;
    /// each has a path of its own.
    Members(Vec<String>),
    File(File),
}

/// Everything a form holds.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// Index of the chosen server.
    pub server: usize,
    variables: IndexMap<String, String>,
    values: IndexMap<FieldPath, Raw>,
    /// The chosen form of each value that has several.
    alternatives: IndexMap<FieldPath, usize>,
}

/// A form can hold passwords: only the names of what is set are printed.
impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let set: Vec<&str> = self.values.keys().map(|path| path.path.as_str()).collect();
        f.debug_struct("Draft").field("server", &self.server).field("set", &set).finish()
    }
}

/// What is shorter stands in too many texts by chance.
const SHORTEST_SECRET: usize = 6;

/// Masks secrets that stand in a text as they are.
pub(crate) fn mask_text(text: &mut String, secrets: &[Zeroizing<String>]) {
    for secret in secrets.iter().filter(|secret| secret.len() >= SHORTEST_SECRET) {
        if text.contains(secret.as_str()) {
            *text = text.replace(secret.as_str(), MASK);
        }
    }
}

impl Draft {
    /// The form as it is first shown: defaults filled in, generated values made by `new_id`.
    pub fn new(operation: &Operation, new_id: &mut dyn FnMut() -> String) -> Self {
        let mut draft = Self::default();
        for field in &operation.parameters {
            draft.begin(&FieldPath::of(field), &field.schema, field.required);
        }
        if let Some(body) = &operation.body {
            draft.begin(&FieldPath::body(), &body.schema, body.required);
        }
        draft.generate(operation, new_id);
        draft
    }

    /// Makes new values for the generated fields.
    pub fn generate(&mut self, operation: &Operation, new_id: &mut dyn FnMut() -> String) {
        for field in operation.fields().into_iter().filter(|field| field.schema.generate.is_some()) {
            self.set(FieldPath::of(field), Raw::Text(new_id()));
        }
    }

    /// The value at `path`.
    pub fn get(&self, path: &FieldPath) -> &Raw {
        self.values.get(path).unwrap_or(&Raw::Unset)
    }

    /// Replaces the value at `path`.
    pub fn set(&mut self, path: FieldPath, raw: Raw) {
        match raw {
            Raw::Unset => drop(self.values.shift_remove(&path)),
            raw => drop(self.values.insert(path, raw)),
        }
    }

    /// Whether anything at or below `path` is set.
    pub fn has(&self, path: &FieldPath) -> bool {
        self.values.keys().chain(self.alternatives.keys()).any(|key| key == path || key.is_below(path))
    }

    /// The chosen form of a value that has several; the first, where none is chosen.
    pub fn alternative(&self, path: &FieldPath) -> usize {
        self.alternatives.get(path).copied().unwrap_or_default()
    }

    /// Chooses a form. What stood in the one before is gone, for its fields are others.
    pub fn choose(&mut self, path: &FieldPath, index: usize, schema: &Schema) {
        self.clear(path);
        self.alternatives.insert(path.clone(), index);
        if let Kind::OneOf(alternatives) = &schema.kind
            && let Some(chosen) = alternatives.get(index)
        {
            self.begin(path, &chosen.schema, true);
        }
    }

    /// Turns an optional object on, as it is first shown.
    pub fn turn_on(&mut self, path: &FieldPath, schema: &Schema) {
        self.set(path.clone(), Raw::Members(Vec::new()));
        self.begin(path, schema, true);
    }

    /// The names of an object's members beyond the documented ones.
    pub fn members(&self, path: &FieldPath) -> &[String] {
        match self.get(path) {
            Raw::Members(names) => names,
            _ => &[],
        }
    }

    /// Adds a member to an object. `false`: it has one of this name.
    pub fn add_member(&mut self, path: &FieldPath, name: &str, schema: &Schema) -> bool {
        let mut names = self.members(path).to_vec();
        let documented = matches!(&schema.kind, Kind::Object(fields) if fields.iter().any(|field| field.name == name));
        if documented || names.iter().any(|other| other == name) {
            return false;
        }
        names.push(name.to_owned());
        self.set(path.clone(), Raw::Members(names));
        true
    }

    /// Removes such a member.
    pub fn remove_member(&mut self, path: &FieldPath, name: &str) {
        let mut names = self.members(path).to_vec();
        names.retain(|other| other != name);
        self.clear(&path.child(name));
        self.set(path.clone(), Raw::Members(names));
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

    /// Adds an item as it is first shown, with the defaults of what it requires.
    pub fn add_item(&mut self, path: &FieldPath, items: &Schema) {
        self.push_item(path);
        self.begin(&path.child(self.items(path).saturating_sub(1)), items, true);
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
            move_up(&mut self.values, &old, &new);
            move_up(&mut self.alternatives, &old, &new);
        }
        self.set(path.clone(), if count == 1 { Raw::Unset } else { Raw::Items(count - 1) });
    }

    /// Forgets all that is at or below `path`.
    pub fn clear(&mut self, path: &FieldPath) {
        self.values.retain(|key, _| key != path && !key.is_below(path));
        self.alternatives.retain(|key, _| key != path && !key.is_below(path));
    }

    /// Whether any secret is in the form.
    pub fn holds_secrets(&self, operation: &Operation) -> bool {
        let mut without = self.clone();
        without.drop_secrets(operation);
        without != *self
    }

    /// Forgets the secrets, such as a password: once it is sent, nobody needs it here.
    pub fn drop_secrets(&mut self, operation: &Operation) {
        operation.parameters.iter().for_each(|field| self.drop_below(&FieldPath::of(field), &field.schema));
        if let Some(body) = &operation.body {
            self.drop_below(&FieldPath::body(), &body.schema);
        }
    }

    /// A text of small letters that begins so and is in no text of the form.
    pub fn unused_text(&self, begin: &str) -> String {
        let texts = self.values.values().filter_map(|raw| if let Raw::Text(text) = raw { Some(text) } else { None });
        let all: Vec<&String> = texts.chain(self.variables.values()).collect();
        let mut unused = begin.to_owned();
        while all.iter().any(|text| text.contains(&unused)) {
            unused.push('x');
        }
        unused
    }

    /// Masks secrets wherever a person has typed them into a field that is none.
    pub fn mask(&mut self, secrets: &[Zeroizing<String>]) {
        self.each_text(|text| mask_text(text, secrets));
    }

    /// Takes characters out of every text.
    pub fn remove(&mut self, unwanted: &[char]) {
        self.each_text(|text| text.retain(|c| !unwanted.contains(&c)));
    }

    fn each_text(&mut self, mut change: impl FnMut(&mut String)) {
        self.variables.values_mut().for_each(&mut change);
        for raw in self.values.values_mut() {
            match raw {
                Raw::Text(text) => change(text),
                Raw::Members(names) => names.iter_mut().for_each(&mut change),
                Raw::Unset | Raw::Null | Raw::Items(_) | Raw::File(_) => {}
            }
        }
    }

    fn drop_below(&mut self, path: &FieldPath, schema: &Schema) {
        if is_secret(path, schema) {
            return self.set(path.clone(), Raw::Unset);
        }
        let text = if let Raw::Text(text) = self.get(path) { Some(text) } else { None };
        if let Some(rest) = text.and_then(|text| without_credentials(text, path, &schema.kind)) {
            self.set(path.clone(), if rest.is_empty() { Raw::Unset } else { Raw::Text(rest) });
        }
        match &schema.kind {
            Kind::Object(fields) => {
                fields.iter().for_each(|field| self.drop_below(&path.child(&field.name), &field.schema));
                for name in self.members(path).to_vec() {
                    let child = path.child(&name);
                    if is_credential(&name, path.location) {
                        // The member stays, and asks to be entered again.
                        self.clear(&child);
                    } else {
                        self.drop_below(&child, schema.additional.schema());
                    }
                }
            }
            Kind::OneOf(alternatives) => {
                if let Some(chosen) = alternatives.get(self.alternative(path)) {
                    self.drop_below(path, &chosen.schema);
                }
            }
            Kind::Array(item) => (0..self.items(path)).for_each(|index| self.drop_below(&path.child(index), item)),
            _ => {}
        }
    }

    /// The generated values as they stand.
    pub(super) fn generated(&self, operation: &Operation) -> Vec<Raw> {
        let fields = operation.fields().into_iter().filter(|field| field.schema.generate.is_some());
        fields.map(|field| self.get(&FieldPath::of(field)).clone()).collect()
    }

    /// The same as texts, without those that are empty.
    pub(crate) fn made(&self, operation: &Operation) -> Vec<String> {
        let text = |raw: Raw| match raw {
            Raw::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        };
        self.generated(operation).into_iter().filter_map(text).collect()
    }

    /// Whether two forms are the same request, but for the values that the console makes.
    pub fn is_same_request(&self, other: &Self, operation: &Operation) -> bool {
        self.without_generated(operation) == other.without_generated(operation)
    }

    /// Whether a value stands in this form and in none of the others, but for those that the console makes.
    pub fn has_own_values(&self, others: &[&Self], operation: &Operation) -> bool {
        let draft = self.without_generated(operation);
        let is_own =
            |(path, raw): (&FieldPath, &Raw)| *raw != Raw::Unset && others.iter().all(|other| other.get(path) != raw);
        draft.values.iter().any(is_own) || others.iter().all(|other| other.variables != draft.variables)
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

/// Moves all that is at or below one path to another.
fn move_up<T>(map: &mut IndexMap<FieldPath, T>, old: &FieldPath, new: &FieldPath) {
    let moved: Vec<FieldPath> = map.keys().filter(|key| *key == old || key.is_below(old)).cloned().collect();
    for key in moved {
        if let (Some(value), Some(rest)) = (map.shift_remove(&key), key.path.strip_prefix(&old.path)) {
            map.insert(FieldPath { location: key.location, path: format!("{}{rest}", new.path) }, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Location;
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
    fn values_that_other_drafts_have_are_not_its_own() {
        let operation = crate::fixtures::open_https();
        let make = || Draft::new(&operation, &mut || String::from("made"));
        let cluster = FieldPath::of(&operation.parameters[0]);
        let (new, mut filled) = (make(), make());
        filled.set(cluster.clone(), Raw::Text("es-cn-1".into()));
        let mut typed = Draft::new(&operation, &mut || String::from("made anew"));
        assert!(!typed.has_own_values(&[&new], &operation), "what the console makes is nobody's");
        typed.set(cluster.clone(), Raw::Text("es-cn-1".into()));
        assert!(typed.has_own_values(&[&new], &operation));
        assert!(!typed.has_own_values(&[&new, &filled], &operation));
        typed.set(cluster, Raw::Text("es-cn-2".into()));
        assert!(typed.has_own_values(&[&new, &filled], &operation));
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
        assert_eq!(left, ["name", "codes", "user.domain"]);
    }
}
