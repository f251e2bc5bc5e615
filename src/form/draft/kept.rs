//! A form as JSON, for the moment in which one version of the page gives way to the next.

use super::link::MOST_ITEMS;
use super::{Draft, FieldPath, Raw};
use crate::catalog::{Location, Operation};
use serde_json::Value;

/// Stands where a value has its location: the text of a variable of the server.
const VARIABLE: &str = "server";

/// Stands before the location: the chosen form of a value that has several.
const ALTERNATIVE: &str = "form of ";

impl Draft {
    /// All that stands in the form but its secrets: the server's address, then location, name and text of each value. A
    /// server's place in the list may be another one in the next version.
    pub fn to_value(&self, operation: &Operation) -> Value {
        let mut kept = self.clone();
        kept.drop_secrets(operation);
        let text = |text: &str| Value::from(text);
        let mut list = vec![text(operation.servers.get(kept.server).map(|server| &*server.url).unwrap_or_default())];
        for (name, typed) in &kept.variables {
            list.extend([text(VARIABLE), text(name), text(typed)]);
        }
        for (path, raw) in &kept.values {
            let raw = match raw {
                Raw::Items(count) => Value::from(*count),
                Raw::Text(typed) => text(typed),
                Raw::Members(names) => Value::from(names.as_slice()),
                Raw::Null => Value::Null,
                // A file can hold a secret, and is quickly chosen again.
                Raw::Unset | Raw::File(_) => continue,
            };
            list.extend([text(path.location.name()), text(&path.path), raw]);
        }
        for (path, index) in &kept.alternatives {
            let place = format!("{ALTERNATIVE}{}", path.location.name());
            list.extend([Value::from(place), text(&path.path), Value::from(*index)]);
        }
        Value::Array(list)
    }

    /// Whether the operation still has the server that a form of [`Self::to_value`] leads to.
    pub fn has_server(operation: &Operation, value: &Value) -> bool {
        value.get(0).is_some_and(|server| position_of(operation, server).is_some())
    }

    /// The form that [`Self::to_value`] wrote, in the same region if there still is such a one. What cannot be read is
    /// left out.
    pub fn from_value(operation: &Operation, value: &Value) -> Self {
        let mut draft = Self::default();
        let Some((server, entries)) = value.as_array().and_then(|list| list.split_first()) else { return draft };
        draft.server = position_of(operation, server).unwrap_or_default();
        for entry in entries.chunks_exact(3) {
            let [Value::String(place), Value::String(name), raw] = entry else { continue };
            let raw = match raw {
                Value::String(typed) if place == VARIABLE => {
                    draft.set_variable(name, typed.clone());
                    continue;
                }
                Value::String(typed) => Raw::Text(typed.clone()),
                Value::Number(count) => {
                    let count = usize::try_from(count.as_u64().unwrap_or_default()).unwrap_or(usize::MAX);
                    Raw::Items(count.min(MOST_ITEMS))
                }
                Value::Array(names) => {
                    Raw::Members(names.iter().filter_map(Value::as_str).map(str::to_owned).collect())
                }
                _ => Raw::Null,
            };
            if let (Some(place), Raw::Items(index)) = (place.strip_prefix(ALTERNATIVE), &raw) {
                if let Some(location) = Location::ALL.into_iter().find(|location| place == location.name()) {
                    draft.alternatives.insert(FieldPath { location, path: name.clone() }, *index);
                }
            } else if let Some(location) = Location::ALL.into_iter().find(|location| place == location.name()) {
                draft.set(FieldPath { location, path: name.clone() }, raw);
            }
        }
        draft
    }
}

fn position_of(operation: &Operation, url: &Value) -> Option<usize> {
    operation.servers.iter().position(|server| url.as_str() == Some(&server.url))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Kind;
    use crate::fixtures::*;
    use serde_json::json;

    #[test]
    fn a_form_comes_back_as_it_was() {
        let operation = with_body(json!({"type": "object", "properties": {
            "name": {"type": "string"}, "tags": {"type": "array", "items": {"type": "string"}}, "note": {"type": "string"},
        }}));
        let mut draft = Draft::new(&operation, &mut || String::from("an id"));
        let body = json!({"name": "a \"b\"\n", "tags": ["1", "2"], "note": null});
        draft.set_as(&FieldPath::body(), &operation.body.as_ref().unwrap().schema, &body);
        draft.set_variable("region", String::from("north"));
        let text = draft.to_value(&operation).to_string();
        assert_eq!(Draft::from_value(&operation, &serde_json::from_str(&text).unwrap()), draft);
    }

    #[test]
    fn a_region_is_found_where_the_next_version_has_it() {
        let mut operation = switch_ssl();
        let mut draft = Draft { server: 2, ..Draft::default() };
        draft.set(path("instance_id"), Raw::Text(String::from("typed")));
        let (kept, chosen) = (draft.to_value(&operation), operation.servers[2].clone());
        operation.servers.reverse();
        let restored = Draft::from_value(&operation, &kept);
        assert_eq!(operation.servers[restored.server], chosen);
        assert!(Draft::has_server(&operation, &kept));
        operation.servers.retain(|server| *server != chosen);
        let restored = Draft::from_value(&operation, &kept);
        assert!(!Draft::has_server(&operation, &kept), "the region is offered no more");
        assert_eq!((restored.server, restored.get(&path("instance_id"))), (0, draft.get(&path("instance_id"))));
    }

    #[test]
    fn secrets_are_not_kept() {
        let operation = with_body(json!({"type": "object", "properties": {
            "name": {"type": "string"}, "password": {"type": "string", "format": "password"},
        }}));
        let mut operation = operation;
        let secret = operation.body.as_ref().unwrap().clone();
        let Kind::Object(fields) = secret.schema.kind else { panic!("an object") };
        let header = fields.into_iter().find(|field| field.schema.kind == Kind::Secret).unwrap();
        operation.parameters.push(crate::catalog::Field { location: Location::Header, ..header });
        let mut draft = Draft::default();
        let body = json!({"name": "a", "password": "hunter2"});
        draft.set_as(&FieldPath::body(), &operation.body.as_ref().unwrap().schema, &body);
        draft
            .set(FieldPath { location: Location::Header, path: String::from("password") }, Raw::Text("hunter3".into()));
        let text = draft.to_value(&operation).to_string();
        assert!(text.contains(r#""body","name","a""#) && !text.contains("hunter"), "{text}");
    }

    #[test]
    fn no_list_is_longer_than_a_person_makes_it() {
        let restored = Draft::from_value(&switch_ssl(), &json!(["", "body", "tags", 4_000_000_000_u64]));
        assert_eq!(restored.items(&FieldPath::body().child("tags")), MOST_ITEMS);
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        for value in [json!(null), json!({}), json!([7, "body", 1, "a", "moon", "a", "b", "body"])] {
            assert_eq!(Draft::from_value(&switch_ssl(), &value), Draft::default(), "{value}");
        }
    }
}
