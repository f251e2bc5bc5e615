//! Filling a form from what the description says: defaults, examples.

use super::{Draft, FieldPath, Raw};
use crate::catalog::{Additional, Kind, Schema, plain_text};
use crate::form::validate::check_field;
use serde_json::Value;

impl Draft {
    /// The form as it is first shown. What is optional and has parts stays off: a default inside it is only of use once
    /// somebody wants it.
    pub(super) fn begin(&mut self, path: &FieldPath, schema: &Schema, required: bool) {
        // A default of `null` says that nothing is sent.
        let default = schema.default.as_ref().filter(|default| !default.is_null());
        match (&schema.kind, default) {
            (Kind::Object(_) | Kind::OneOf(_), _) if !required => {}
            (_, Some(default)) => {
                self.set_as(path, schema, default);
                // A default that breaks the rules of its own field is left out: nobody could send the form as it begins.
                let is_whole = !matches!(schema.kind, Kind::Object(_) | Kind::OneOf(_));
                if is_whole && !check_field(path, schema, false, self).is_empty() {
                    self.clear(path);
                }
            }
            (Kind::Object(fields), None) => {
                for field in fields {
                    self.begin(&path.child(&field.name), &field.schema, field.required);
                }
            }
            (Kind::OneOf(alternatives), None) => {
                if let Some(first) = alternatives.first() {
                    self.begin(path, &first.schema, true);
                }
            }
            // There is nothing else that could be chosen.
            (Kind::Enum(choices), None) if required => match choices.as_slice() {
                [only] => self.set_as(path, schema, &only.value),
                [] if schema.nullable => self.set(path.clone(), Raw::Null),
                _ => {}
            },
            _ => {}
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
            (_, Value::Null) => self.set(path.clone(), Raw::Null),
            (Kind::Json, value) => self.set(path.clone(), Raw::Text(value.to_string())),
            (Kind::Array(schema), Value::Array(items)) => {
                self.set(path.clone(), Raw::Items(items.len()));
                items.iter().enumerate().for_each(|(index, item)| self.set_as(&path.child(index), schema, item));
            }
            (Kind::Array(schema), item) => {
                self.set(path.clone(), Raw::Items(1));
                self.set_as(&path.child(0), schema, item);
            }
            (Kind::Object(fields), Value::Object(members)) => {
                for field in fields {
                    if let Some(member) = members.get(&field.name) {
                        self.set_as(&path.child(&field.name), &field.schema, member);
                    }
                }
                self.set_additional(path, schema, members);
            }
            (Kind::OneOf(alternatives), value) => {
                let fitting = alternatives.iter().enumerate().filter(|(_, one)| fits(&one.schema, value)).rev();
                let index = fitting.max_by_key(|(_, one)| known(&one.schema, value)).map_or(0, |(index, _)| index);
                self.clear(path);
                self.alternatives.insert(path.clone(), index);
                if let Some(chosen) = alternatives.get(index) {
                    self.set_as(path, &chosen.schema, value);
                }
            }
            (_, Value::Array(_) | Value::Object(_)) => self.set(path.clone(), Raw::Text(value.to_string())),
            (_, value) => self.set_value(path, value),
        }
    }

    /// The members that the description does not name, unless nobody can send them.
    fn set_additional(&mut self, path: &FieldPath, schema: &Schema, members: &serde_json::Map<String, Value>) {
        let Kind::Object(fields) = &schema.kind else { return };
        let known = |name: &String| {
            fields.iter().any(|field| field.name == *name) || schema.unsent.iter().any(|other| other == name)
        };
        let more = members.iter().filter(|(name, _)| !known(name));
        let more: Vec<_> = if schema.additional == Additional::Refused { Vec::new() } else { more.collect() };
        // An empty object is there too.
        if !more.is_empty() || !self.has(path) {
            self.set(path.clone(), Raw::Members(more.iter().map(|(name, _)| (*name).clone()).collect()));
        }
        for (name, member) in more {
            self.set_as(&path.child(name), schema.additional.schema(), member);
        }
    }
}

impl Additional {
    /// What a member of any name may hold; anything, where the description does not say.
    pub fn schema(&self) -> &Schema {
        static ANY: std::sync::LazyLock<Schema> =
            std::sync::LazyLock::new(|| Schema { kind: Kind::Json, ..Schema::default() });
        match self {
            Self::Of(schema) => schema,
            Self::Unsaid | Self::Refused => &ANY,
        }
    }
}

/// How many of a value's members this form knows: where most is optional, several forms fit.
fn known(schema: &Schema, value: &Value) -> usize {
    let Kind::Object(fields) = &schema.kind else { return 0 };
    fields.iter().filter(|field| value.get(&field.name).is_some()).count()
}

/// Whether a value has this form, as far as the forms of one value can be distinguished.
fn fits(schema: &Schema, value: &Value) -> bool {
    match &schema.kind {
        Kind::Text | Kind::Secret | Kind::File => value.is_string(),
        Kind::Boolean(_) => value.is_boolean(),
        Kind::Integer => value.as_number().is_some_and(|number| !number.to_string().contains('.')),
        Kind::Number => value.is_number(),
        Kind::Enum(choices) => choices.iter().any(|choice| plain_text(&choice.value) == plain_text(value)),
        Kind::Array(_) => value.is_array(),
        Kind::Object(fields) => value.as_object().is_some_and(|members| {
            fields.iter().all(|field| match members.get(&field.name) {
                Some(member) => fits(&field.schema, member) || member.is_null() && field.schema.nullable,
                None => !field.required,
            })
        }),
        Kind::OneOf(alternatives) => alternatives.iter().any(|one| fits(&one.schema, value)),
        Kind::Json => true,
    }
}
