//! Send and Cancel: the glue between the form, the line and the panels, which do the sending.

use super::browser;
use super::host;
use super::model::{CallModel, CallState, RunningCall};
use super::state::AppState;
use super::words::words;
use crate::call::{CallError, PlannedCall};
use crate::catalog::Operation;
use crate::form::Draft;
use crate::proxy::RoutedRequest;
use crate::sign::SigningTime;
use js_sys::Array;
use leptos::prelude::*;
use serde_json::{Value, json};
use std::sync::Arc;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use zeroize::Zeroizing;

/// Checks the form without sending. What is wrong is shown beside its field.
pub(super) fn check(state: AppState, model: CallModel) -> Result<(), CallError> {
    let checked = model.draft.with_untracked(|draft| sign_now(state, &model.operation(), draft)).map(drop);
    model.issues.set(match &checked {
        Err(CallError::Fields(issues)) => issues.clone(),
        _ => Vec::new(),
    });
    checked
}

/// Signs what stands in a form, with this moment's date and a nonce of its own.
fn sign_now(state: AppState, operation: &Operation, draft: &Draft) -> Result<RoutedRequest, CallError> {
    let offset =
        time::Duration::seconds(state.clock_offset.with_untracked(|offset| offset.parse().unwrap_or_default()));
    let signing_time = SigningTime { now: browser::now() + offset, nonce: browser::new_id().replace('-', "") };
    let connection = untrack(|| state.connection());
    state.keyring.with_untracked(|keyring| PlannedCall { operation, draft, keyring, connection: &connection }.prepare(&signing_time))
}

/// What the panels send: the signed request, and all that they need to know about it.
pub(super) fn order(state: AppState, operation: &Operation, draft: &Draft) -> Result<Value, CallError> {
    let routed = sign_now(state, operation, draft)?;
    let (profile, key) = state.keyring.with_untracked(|keyring| {
        let profile = keyring.chosen(&operation.provider).map(|profile| profile.id);
        (profile, profile.and_then(|id| keyring.key_hash(id)))
    });
    Ok(json!({
        "api": operation.api,
        "id": operation.id,
        "connection": untrack(|| state.connection()).name,
        "profile": profile,
        "key": key,
        "kind": state.keyring.with_untracked(|keyring| keyring.scheme(operation).map(|scheme| scheme.credential_kind().to_owned())),
        "routed": routed.to_value(),
    }))
}

/// Sends what stands in the form.
pub(super) fn send(state: AppState, model: CallModel) -> Result<(), CallError> {
    // The credential may have been forgotten while the question was open.
    check(state, model)?;
    let operation = model.operation();
    let order = model.draft.with_untracked(|draft| order(state, &operation, draft))?;
    let order = Zeroizing::new(order.to_string());
    model.draft.update(|draft| draft.drop_secrets(&operation));
    let sent = model.draft.get_untracked();
    let generation = model.start();
    model.call.set(CallState::Running(Arc::new(RunningCall { sent })));
    state.announcement.set(words().sending.to_owned());
    spawn_local(async move {
        let panels = host::panels(state).await;
        // Cancelled while the panels were on their way: nothing has left.
        if model.generation.get_value() != generation {
            return;
        }
        let over = Closure::once_into_js(move |certain: bool| finish(model, generation, certain));
        let sent = panels.and_then(|panels| panels.call("send", &Array::of2(&JsValue::from(order.as_str()), &over)));
        if !sent.is_some_and(|sent| sent.is_truthy()) {
            model.start();
            model.call.set(CallState::NotSent);
        }
    });
    Ok(())
}

/// Stops waiting for the answer.
pub(super) fn cancel(state: AppState, model: CallModel) {
    let operation = model.operation();
    match state.panels.get_value() {
        Some(panels) => {
            panels.call("cancel", &Array::of2(&operation.api.as_str().into(), &operation.id.as_str().into()));
        }
        // The panels are still on their way, so nothing has left.
        None => {
            model.start();
            model.call.set(CallState::Idle);
        }
    }
}

/// Settles whether the next call is a new one, and has the answer shown.
fn finish(model: CallModel, generation: u64, certain: bool) {
    let CallState::Running(running) = model.call.get_untracked() else { return };
    if model.generation.get_value() != generation {
        return;
    }
    let operation = model.operation();
    model.idempotency.update(|rule| {
        model.draft.update(|draft| rule.settle(&operation, &running.sent, draft, certain, &mut browser::new_id));
    });
    model.fresh.set_value(true);
    model.call.set(CallState::Done);
}
