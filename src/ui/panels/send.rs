//! Sending: what the first program signed and routed goes out here, and its answer comes in.

use super::exchange::{Exchange, RunningCall};
use super::{CatalogueState, Key, Panels, panels};
use crate::call::ShownRequest;
use crate::catalog::{ErrorCatalogue, Operation};
use crate::outcome::{Outcome, decode};
use crate::proxy::RoutedRequest;
use crate::transport::sandbox::Sandbox;
use crate::transport::{Reply, TransportError, between, fetch};
use crate::ui::host::Command;
use crate::ui::load::fetch_text;
use crate::ui::{browser, text};
use gloo_timers::callback::Timeout;
use js_sys::{Date, Function};
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

/// What the first program wants sent.
struct Order {
    key: Key,
    connection: String,
    limit: Duration,
    routed: RoutedRequest,
}

impl Order {
    fn read(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        let part = |name: &str| value.get(name)?.as_str().map(str::to_owned);
        Some(Self {
            key: (part("api")?, part("id")?),
            connection: part("connection")?,
            limit: Duration::from_secs(value.get("limit")?.as_u64()?),
            routed: RoutedRequest::read(value.get("routed")?)?,
        })
    }
}

/// Sends an order. `done` is called once, when the call is over, with whether it is certain what happened. `false`: this
/// is no order, nothing was sent.
pub fn send(order: &str, done: Function) -> bool {
    let (Some(panels), Some(order)) = (panels(), Order::read(order)) else { return false };
    let Some(operation) = panels.operation(&order.key) else { return false };
    let abort = AbortController::new().ok();
    let number =
        panels.running.with_value(|running| running.values().map(|call| call.number).max()).unwrap_or_default() + 1;
    let running = RunningCall {
        number,
        request: ShownRequest::of(&order.routed),
        connection: order.connection.clone(),
        started: Date::now(),
        abort: abort.clone(),
        done,
    };
    panels.running.update_value(|calls| calls.insert(order.key.clone(), running));
    spawn_local(async move {
        let result = transmit(&operation, &order.routed, order.limit, abort).await;
        let result = result.map(|reply| without_secrets(reply, &order.routed));
        // An answer to a call that was cancelled or followed by another one is dropped.
        let current =
            panels.running.with_value(|running| running.find(|key| *key == order.key).map(|call| call.number));
        if current == Some(number) {
            finish(panels, &order.key, &operation, result);
        }
    });
    true
}

/// Stops waiting for an answer.
pub fn cancel(api: String, id: String) {
    let (Some(panels), key) = (panels(), (api, id)) else { return };
    let abort =
        panels.running.with_value(|running| running.find(|other| *other == key).and_then(|call| call.abort.clone()));
    if let Some(operation) = panels.operation(&key) {
        finish(panels, &key, &operation, Err(TransportError::Cancelled));
    }
    if let Some(controller) = abort {
        // Without a reason: gloo-net cannot take anything but the browser's own AbortError.
        controller.abort();
    }
}

async fn transmit(
    operation: &Operation,
    routed: &RoutedRequest,
    limit: Duration,
    controller: Option<AbortController>,
) -> Result<Reply, TransportError> {
    let Some(address) = routed.address() else { return transmit_in_page(operation, routed, limit).await };
    let signal = controller.as_ref().map(AbortController::signal);
    let milliseconds = u32::try_from(limit.as_millis()).unwrap_or(u32::MAX);
    let timer = controller.map(|controller| Timeout::new(milliseconds, move || controller.abort()));
    let result = fetch::send(&browser::absolute(address), routed, signal.as_ref()).await;
    drop(timer);
    let aborted = signal.is_some_and(|signal| signal.aborted());
    result.map_err(|error| if aborted { TransportError::TimedOut(limit) } else { error })
}

async fn transmit_in_page(
    operation: &Operation,
    routed: &RoutedRequest,
    limit: Duration,
) -> Result<Reply, TransportError> {
    let unloaded = || TransportError::Browser(text::NO_SANDBOX.to_owned());
    let sandbox = Sandbox::load().await.ok_or_else(unloaded)?;
    if let Some(file) = operation.errors.as_ref().filter(|_| sandbox.wants_catalogue(routed)) {
        // The sandbox reads the file itself: what the page made of it is of no use to it.
        if let Ok(text) = fetch_text(file).await {
            sandbox.add_catalogue(&routed.signed().request().host, &text);
        }
    }
    sandbox.send(routed, limit).await
}

/// Masks what a server echoes of the credential: a refused signature comes back with the text that was signed.
fn without_secrets(mut reply: Reply, routed: &RoutedRequest) -> Reply {
    let request = routed.signed().request();
    for (_, value) in &mut reply.headers {
        *value = request.masked(value);
    }
    if let Ok(text) = std::str::from_utf8(&reply.body) {
        reply.body = request.masked(text).into_bytes();
    }
    reply
}

/// Keeps the result for the screen, and tells the first program.
fn finish(panels: Panels, key: &Key, operation: &Operation, result: Result<Reply, TransportError>) {
    let Some(call) = panels.running.try_update_value(|running| running.remove(key)).flatten() else { return };
    let result = result.map(|reply| {
        let answer = decode(operation, &reply);
        (reply, answer)
    });
    let certain = match &result {
        Ok((_, answer)) => answer.outcome.is_certain(),
        Err(error) => !error.may_have_arrived(),
    };
    if let (Ok((_, answer)), Some(file)) = (&result, operation.errors.clone())
        && matches!(answer.outcome, Outcome::ApiError { .. })
    {
        spawn_local(load_catalogue(panels, file));
    }
    let took = match &result {
        Ok((reply, _)) => reply.took,
        Err(_) => between(call.started, Date::now()),
    };
    let exchange = Exchange { request: call.request, connection: call.connection, result, took };
    panels.exchanges.update(|exchanges| exchanges.insert(key.clone(), Arc::new(exchange)));
    let _ = call.done.call1(&JsValue::NULL, &JsValue::from(certain));
}

/// The error catalogue at `file`; fetched once, on the first error.
async fn load_catalogue(panels: Panels, file: String) {
    let known = panels.catalogues.with_untracked(|known| {
        matches!(known.find(|other| *other == file), Some(CatalogueState::Loading | CatalogueState::Ready(_)))
    });
    if known {
        return;
    }
    panels.catalogues.update(|known| known.insert(file.clone(), CatalogueState::Loading));
    let text = fetch_text(&file).await;
    let loaded = match text.map(|text| ErrorCatalogue::load(&file, &text)) {
        Ok(Ok(catalogue)) => CatalogueState::Ready(Arc::new(catalogue)),
        _ => CatalogueState::Failed,
    };
    panels.catalogues.update(|known| known.insert(file, loaded));
}

impl Panels {
    /// Tells screen readers.
    pub(super) fn announce(self, words: &str) {
        self.ask(Command::Announce, words);
    }
}
