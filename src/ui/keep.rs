//! From one version of the page to the next: the forms, who signs and by which connection, kept by the browser's tab
//! while the page is loaded again. No secret is among them, and no answer.
//!
//! The user loads the new version with the button of `ui/update.rs`.

use super::browser;
use super::model::CallModel;
use super::state::AppState;
use crate::form::{Draft, Idempotency};
use leptos::prelude::*;
use serde_json::Value;

/// What is kept, under this name and not for longer than the loading of the page.
const KEPT: &str = "tls-console.kept";

/// Keeps everything for the next version. `false`: a call is under way, and its answer would be lost.
pub(super) fn save(state: AppState) -> bool {
    if state.forms().into_iter().any(CallModel::is_running_untracked) {
        return false;
    }
    if let Some(storage) = browser::session_storage() {
        let _ = storage.set_item(KEPT, &everything(state).to_string());
    }
    true
}

/// Connection and profiles, then the forms.
fn everything(state: AppState) -> Value {
    let mut kept = vec![
        Value::from(untrack(|| state.connection()).name),
        state.keyring.with_untracked(|keyring| keyring.to_value()),
    ];
    kept.extend(state.forms().into_iter().map(form));
    Value::Array(kept)
}

/// API, operation and what stands in the form, then the calls whose result is uncertain.
fn form(model: CallModel) -> Value {
    let operation = model.operation();
    let mut kept = vec![Value::from(operation.api.as_str()), Value::from(operation.id.as_str())];
    kept.push(model.draft.with_untracked(|draft| draft.to_value(&operation)));
    model.idempotency.with_untracked(|rule| {
        kept.extend(rule.uncertain().iter().map(|draft| draft.to_value(&operation)));
    });
    Value::Array(kept)
}

/// What the version before has left, if there was one a moment ago.
pub(super) fn take() -> Value {
    let storage = browser::session_storage();
    let text = storage.as_ref().and_then(|storage| storage.get_item(KEPT).ok()?);
    if let Some(storage) = storage {
        let _ = storage.remove_item(KEPT);
    }
    serde_json::from_str(&text.unwrap_or_default()).unwrap_or_default()
}

/// Puts a form back, if it is among what was kept.
pub(super) fn restore(kept: &Value, model: CallModel) {
    let operation = model.operation();
    for form in kept.as_array().into_iter().flatten() {
        if let Some([api, id, draft, uncertain @ ..]) = form.as_array().map(Vec::as_slice)
            && *api == operation.api
            && *id == operation.id
        {
            model.draft.set(Draft::from_value(&operation, draft));
            let uncertain = uncertain.iter().map(|draft| Draft::from_value(&operation, draft));
            model.idempotency.set(Idempotency::new(uncertain.collect()));
        }
    }
}
