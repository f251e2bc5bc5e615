//! Send and Cancel: the glue between the form, the line and the transport.

use super::browser;
use super::load;
use super::model::{CallModel, CallState, Exchange, RunningCall};
use super::state::AppState;
use super::text;
use crate::call::{CallError, ShownRequest, prepare};
use crate::catalog::Operation;
use crate::form::Draft;
use crate::outcome::{Outcome, decode};
use crate::proxy::RoutedRequest;
use crate::sign::{Keyring, Moment};
use crate::transport::{Reply, TransportError, between, fetch};
use gloo_timers::callback::Timeout;
use js_sys::Date;
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

/// Checks the form without sending. What is wrong is shown beside its field.
pub(super) fn check(state: AppState, model: CallModel) -> Result<(), CallError> {
    let checked = sign_now(state, model).map(drop);
    model.issues.set(match &checked {
        Err(CallError::Fields(issues)) => issues.clone(),
        _ => Vec::new(),
    });
    checked
}

/// Signs what stands in the form, with this moment's date and a nonce of its own.
fn sign_now(state: AppState, model: CallModel) -> Result<RoutedRequest, CallError> {
    let moment = Moment { now: browser::now(), nonce: browser::new_id().replace('-', "") };
    let connection = untrack(|| state.connection());
    let draft = model.draft.get_untracked();
    state.keyring.with_untracked(|keyring| prepare(&model.operation(), &draft, keyring, &connection, &moment))
}

/// Sends what stands in the form.
pub(super) fn send(state: AppState, model: CallModel) -> Result<(), CallError> {
    let routed = sign_now(state, model)?;
    let controller = AbortController::new().ok();
    let generation = model.start(controller.clone());
    let running = RunningCall {
        request: ShownRequest::of(&routed),
        connection: untrack(|| state.connection()).name,
        sent: model.draft.get_untracked(),
        started: Date::now(),
    };
    model.call.set(CallState::Running(Arc::new(running)));
    state.announcement.set(text::SENDING.to_owned());
    let limit = Duration::from_secs(state.time_limit.get_untracked() as u64);
    spawn_local(async move {
        let result = transmit(state, &model.operation(), &routed, limit, controller).await;
        // An answer to a call that was cancelled or followed by another one is dropped.
        if model.generation.get_value() == generation {
            finish(state, model, result);
        }
    });
    Ok(())
}

/// Stops waiting for the answer.
pub(super) fn cancel(state: AppState, model: CallModel) {
    if let Some(controller) = model.abort.get_value() {
        // Without a reason: gloo-net cannot take anything but the browser's own AbortError.
        controller.abort();
    }
    model.start(None);
    finish(state, model, Err(TransportError::Cancelled));
}

async fn transmit(
    state: AppState,
    operation: &Operation,
    routed: &RoutedRequest,
    limit: Duration,
    controller: Option<AbortController>,
) -> Result<Reply, TransportError> {
    let Some(address) = routed.address() else { return transmit_in_page(state, operation, routed, limit).await };
    let signal = controller.as_ref().map(AbortController::signal);
    let milliseconds = u32::try_from(limit.as_millis()).unwrap_or(u32::MAX);
    let timer = controller.map(|controller| Timeout::new(milliseconds, move || controller.abort()));
    let result = fetch::send(&browser::absolute(address), routed, signal.as_ref()).await;
    drop(timer);
    let aborted = signal.is_some_and(|signal| signal.aborted());
    result.map_err(|error| if aborted { TransportError::TimedOut(limit) } else { error })
}

async fn transmit_in_page(
    state: AppState,
    operation: &Operation,
    routed: &RoutedRequest,
    limit: Duration,
) -> Result<Reply, TransportError> {
    let unloaded = || TransportError::Browser(text::NO_SANDBOX.to_owned());
    let sandbox = load::sandbox(state).await.ok_or_else(unloaded)?;
    if let Some(file) = operation.errors.as_ref().filter(|_| sandbox.wants_catalogue(routed)) {
        // The sandbox reads the file itself: what the page made of it is of no use to it.
        if let Ok(text) = load::fetch_text(file).await {
            sandbox.add_catalogue(&routed.signed().request().host, &text);
        }
    }
    sandbox.send(routed, limit).await
}

/// Shows the result, and settles whether the next call is a new one.
fn finish(state: AppState, model: CallModel, result: Result<Reply, TransportError>) {
    let CallState::Running(running) = model.call.get_untracked() else { return };
    let operation = model.operation();
    let result = result.map(|reply| {
        let reply = state.keyring.with_untracked(|keyring| without_secrets(reply, keyring));
        let answer = decode(&operation, &reply);
        (reply, answer)
    });
    settle(model, &operation, &running.sent, &result);
    if let (Ok((_, answer)), Some(file)) = (&result, operation.errors.clone())
        && matches!(answer.outcome, Outcome::ApiError { .. })
    {
        spawn_local(load::catalogue(state, file));
    }
    let took = match &result {
        Ok((reply, _)) => reply.took,
        Err(_) => between(running.started, Date::now()),
    };
    let (request, connection) = (running.request.clone(), running.connection.clone());
    model.call.set(CallState::Done(Arc::new(Exchange { request, connection, result, took })));
    browser::reveal(text::RESPONSE_ID);
}

/// Masks what a server echoes of the credential: a refused signature comes back with the text that was signed.
fn without_secrets(mut reply: Reply, keyring: &Keyring) -> Reply {
    for (_, value) in &mut reply.headers {
        *value = keyring.mask(value);
    }
    if let Ok(text) = std::str::from_utf8(&reply.body) {
        reply.body = keyring.mask(text).into_bytes();
    }
    reply
}

fn settle(
    model: CallModel,
    operation: &Operation,
    sent: &Draft,
    result: &Result<(Reply, crate::outcome::Answer), TransportError>,
) {
    let certain = match result {
        Ok((_, answer)) => answer.outcome.is_certain(),
        Err(error) => !error.may_have_arrived(),
    };
    model.idempotency.update(|rule| {
        model.draft.update(|draft| rule.settle(operation, sent, draft, certain, &mut browser::new_id));
    });
}
