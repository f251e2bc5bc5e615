//! A value of an answer, and what the description says of it.

use crate::catalog::{Choice, Kind, MASK, Schema, plain_text};
use serde_json::Value;

/// A value as it is shown.
pub(super) fn shown_value(value: &Value, schema: &Schema) -> String {
    if schema.kind == Kind::Secret { MASK.to_owned() } else { plain_text(value) }
}

/// What the description calls this value.
pub(super) fn meaning(value: &Value, schema: &Schema) -> Option<String> {
    let choices: &[Choice] = match &schema.kind {
        Kind::Boolean(choices) | Kind::Enum(choices) => choices,
        _ => &[],
    };
    choices.iter().find(|choice| &choice.value == value).and_then(|choice| choice.label.clone())
}
