//! Filling in an example: what the sandbox's guide (`ui::panels::sandbox`) asks of the form.

use super::browser;
use super::model::CallModel;
use super::state::AppState;
use crate::catalog::{Kind, Scheme};
use crate::form::{Draft, FieldPath};
use leptos::prelude::*;
use serde_json::Value;

/// Fills inputs from pairs of label and value. Everything else goes back to how the form begins: what an earlier try has
/// left would lead elsewhere.
pub(super) fn fill(state: AppState, model: CallModel, pairs: &[Value]) {
    let operation = model.operation();
    model.edit(|draft| *draft = Draft::new(&operation, &mut browser::new_id));
    state.keyring.update(|keyring| {
        let profile = keyring.chosen_id(&operation.provider);
        let labels = operation.schemes.iter().flat_map(Scheme::inputs);
        labels.for_each(|input| keyring.set(profile, &input.label, ""));
    });
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    pairs.iter().for_each(|pair| put(state, model, &text(pair.get(0)), &text(pair.get(1))));
    model.issues.set(Vec::new());
}

/// Fills an input by its label: a credential's, or a field's.
fn put(state: AppState, model: CallModel, input: &str, value: &str) {
    let operation = model.operation();
    let takes = |scheme: &&Scheme| scheme.inputs().iter().any(|own| own.label == input);
    if let Some(scheme) = operation.schemes.iter().find(takes) {
        state.keyring.update(|keyring| {
            let profile = keyring.chosen_id(&operation.provider);
            keyring.set(profile, input, value);
            if !keyring.scheme(&operation).is_some_and(|used| takes(&used)) {
                keyring.set_kind(profile, scheme.credential_kind());
            }
        });
    } else if let Some(field) = operation.fields().into_iter().find(|field| field.name == input) {
        // A part of the body comes as its JSON text.
        let parsed = matches!(field.schema.kind, Kind::Object(_)).then(|| serde_json::from_str(value).ok()).flatten();
        let value = parsed.unwrap_or_else(|| Value::from(value));
        model.edit(|draft| draft.set_as(&FieldPath::of(field), &field.schema, &value));
    }
}
