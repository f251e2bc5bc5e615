//! A form as JSON, for the moment in which one version of the page gives way to the next.

use super::{Draft, FieldPath, Raw};
use crate::catalog::{Kind, Location, Operation, Server};
use serde_json::{Value, json};

impl Draft {
    /// All that stands in the form but its secrets.
    pub fn to_value(&self, operation: &Operation) -> Value {
        let mut kept = self.clone();
        kept.drop_secrets(operation);
        for field in operation.parameters.iter().filter(|field| field.schema.kind == Kind::Secret) {
            kept.set(FieldPath::of(field), Raw::Unset);
        }
        let variables: Vec<Value> = kept.variables.iter().map(|(name, text)| json!([name, text])).collect();
        let value = |(path, raw): (&FieldPath, &Raw)| {
            let raw = match raw {
                Raw::Items(count) => Value::from(*count),
                Raw::Text(text) => Value::from(text.as_str()),
                Raw::Null | Raw::Unset => Value::Null,
            };
            json!([path.location.name(), path.path, raw])
        };
        json!({
            "server": operation.servers.get(kept.server).map(identity),
            "variables": variables,
            "values": kept.values.iter().map(value).collect::<Vec<_>>(),
        })
    }

    /// The form that [`Self::to_value`] wrote, in the same region if there still is such a one. What cannot be read is
    /// left out.
    pub fn from_value(operation: &Operation, value: &Value) -> Self {
        let part = |name: &str| value.get(name).and_then(Value::as_array).into_iter().flatten();
        let text = |value: &Value, index: usize| value.get(index).and_then(Value::as_str).map(str::to_owned);
        let mut draft = Self::default();
        let server = value.get("server").and_then(Value::as_str).unwrap_or_default();
        if let Some(index) = operation.servers.iter().position(|other| identity(other) == server) {
            draft.server = index;
            for variable in part("variables") {
                if let (Some(name), Some(typed)) = (text(variable, 0), text(variable, 1)) {
                    draft.set_variable(&name, typed);
                }
            }
        }
        for entry in part("values") {
            let location =
                Location::ALL.into_iter().find(|location| text(entry, 0).as_deref() == Some(location.name()));
            let raw = match entry.get(2) {
                Some(Value::Null) => Raw::Null,
                Some(Value::String(typed)) => Raw::Text(typed.clone()),
                Some(Value::Number(count)) => Raw::Items(count.as_u64().unwrap_or_default() as usize),
                _ => continue,
            };
            if let (Some(location), Some(path)) = (location, text(entry, 1)) {
                draft.set(FieldPath { location, path }, raw);
            }
        }
        draft
    }
}

/// What a server is known by: its place in the list may be another one in the next version.
fn identity(server: &Server) -> String {
    format!("{} {}", server.url, server.label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::*;

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
        operation.servers.retain(|server| *server != chosen);
        let restored = Draft::from_value(&operation, &kept);
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
        assert!(text.contains(r#"["body","name","a"]"#) && !text.contains("hunter"), "{text}");
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        for value in [json!(null), json!({"server": 7, "variables": 1, "values": [1, ["body"], ["moon", "a", "b"]]})] {
            assert_eq!(Draft::from_value(&switch_ssl(), &value), Draft::default(), "{value}");
        }
    }
}
