//! From one version of the page to the next: the forms, who signs and by which connection, kept by the browser's tab
//! while the page is loaded again. No secret is among them, and no answer.
//!
//! `renew.js` says with an event that the user goes over to the new version.

use super::browser;
use super::model::CallModel;
use super::state::AppState;
use crate::form::{Draft, Idempotency};
use leptos::prelude::*;
use serde_json::{Value, json};
use web_sys::Event;

/// What is kept, under this name and not for longer than the loading of the page.
const KEPT: &str = "tls-console.kept";

/// Waits for `renew.js`.
pub(super) fn watch(state: AppState) {
    let keep = move |event: Event| {
        if state.forms().into_iter().any(CallModel::is_running_untracked) {
            // Its answer would be lost.
            event.prevent_default();
        } else if let Some(storage) = browser::session_storage() {
            let _ = storage.set_item(KEPT, &everything(state).to_string());
        }
    };
    let handle = window_event_listener_untyped("renew", keep);
    on_cleanup(move || handle.remove());
}

fn everything(state: AppState) -> Value {
    json!({
        "connection": untrack(|| state.connection()).name,
        "profiles": state.keyring.with_untracked(|keyring| keyring.to_value()),
        "forms": state.forms().into_iter().map(form).collect::<Vec<_>>(),
    })
}

fn form(model: CallModel) -> Value {
    let operation = model.operation();
    let uncertain = model
        .idempotency
        .with_untracked(|rule| rule.uncertain().iter().map(|draft| draft.to_value(&operation)).collect::<Vec<_>>());
    json!({
        "api": operation.api,
        "id": operation.id,
        "draft": model.draft.with_untracked(|draft| draft.to_value(&operation)),
        "uncertain": uncertain,
    })
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
    let is_it = |form: &&Value| {
        let has = |name: &str, value: &str| form.get(name).and_then(Value::as_str) == Some(value);
        has("api", &operation.api) && has("id", &operation.id)
    };
    let forms = kept.get("forms").and_then(Value::as_array);
    let Some(form) = forms.into_iter().flatten().find(is_it) else { return };
    let draft = |value: &Value| Draft::from_value(&operation, value);
    if let Some(kept) = form.get("draft") {
        model.draft.set(draft(kept));
    }
    let uncertain = form.get("uncertain").and_then(Value::as_array).into_iter().flatten().map(draft).collect();
    model.idempotency.set(Idempotency::new(uncertain));
}
