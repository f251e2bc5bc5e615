//! Sending: what the first program signed and routed goes out here, and its answer comes in.

use super::exchange::{Exchange, RunningCall, Sent, Trouble};
use super::lockout::Refusal;
use super::{Key, Panels, panels};
use crate::call::ShownRequest;
use crate::catalog::{Lockout, Operation, Scheme};
use crate::outcome::diagnosis::of_transport_error;
use crate::outcome::{Answer, Outcome, decode, hide_secrets};
use crate::proxy::RoutedRequest;
use crate::sign::kind;
use crate::transport::sandbox::Sandbox;
use crate::transport::{Reply, TransportError, between, fetch};
use crate::ui::browser;
use crate::ui::host::Command;
use crate::ui::load::fetch_text;
use crate::ui::words::words;
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
    operation: Operation,
    sent: Sent,
    limit: Duration,
    routed: RoutedRequest,
}

impl Order {
    fn read(panels: Panels, text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        let part = |name: &str| value.get(name)?.as_str().map(str::to_owned);
        let key = (part("api")?, part("id")?);
        let operation = panels.operation(&key)?;
        let signed_as = part("kind").unwrap_or_default();
        let lockout = operation.schemes.iter().find_map(|scheme| match scheme {
            Scheme::SdkHmac { lockout, .. } if kind(scheme) == signed_as => *lockout,
            _ => None,
        });
        let routed = RoutedRequest::read(value.get("routed")?)?;
        let sent = Sent {
            request: ShownRequest::of(&routed),
            connection: part("connection")?,
            profile: part("profile").and_then(|id| id.parse().ok()).unwrap_or_default(),
            key: part("key").unwrap_or_default(),
            lockout,
        };
        Some(Self { key, operation, sent, limit: Duration::from_secs(panels.time_limit()), routed })
    }

    /// Why it must not be sent: its key is about to be locked.
    fn stopped(&self, panels: Panels) -> Option<Trouble> {
        let lockout = self.sent.lockout?;
        let failures = panels.stopped(&self.sent.key)?;
        let before = panels.exchanges.with(|exchanges| exchanges.find(|key| *key == self.key).cloned());
        let before = before.and_then(|before| match &before.result {
            Err(Trouble::Stopped(_, _, earlier)) => earlier.clone(),
            _ => Some(before),
        });
        Some(Trouble::Stopped(failures, lockout, before))
    }
}

/// Sends an order. `done` is called once, when the call is over, with whether it is certain what happened. `false`: this
/// is no order, nothing was sent.
pub fn send(order: &str, done: Function) -> bool {
    let Some(panels) = panels() else { return false };
    let Some(order) = Order::read(panels, order) else { return false };
    let abort = AbortController::new().ok();
    let number = panels.running.with_value(|running| running.iter().map(|(_, call)| call.number).max());
    let number = number.unwrap_or_default() + 1;
    let running = RunningCall { number, sent: order.sent.clone(), started: Date::now(), abort: abort.clone(), done };
    panels.running.update_value(|calls| calls.insert(order.key.clone(), running));
    if let Some(trouble) = order.stopped(panels) {
        finish(panels, &order.key, Err(trouble), None);
        return true;
    }
    spawn_local(async move {
        let result = transmit(&order.operation, &order.routed, order.limit, abort).await;
        // An answer to a call that was cancelled or followed by another one is dropped.
        let current =
            panels.running.with_value(|running| running.find(|key| *key == order.key).map(|call| call.number));
        if current == Some(number) {
            let (result, granted) = match result {
                Ok(reply) => {
                    let (answered, granted) = panels.read(&order, reply);
                    let (operation, sent, outcome) =
                        (order.operation.clone(), order.sent.clone(), answered.1.outcome.clone());
                    // The answer is shown at once; what an error means follows.
                    spawn_local(async move { panels.learn(&operation, &sent, &outcome).await });
                    (Ok(answered), granted)
                }
                Err(error) => (Err(Trouble::Transport(error)), None),
            };
            finish(panels, &order.key, result, granted);
        }
    });
    true
}

/// Stops waiting for an answer.
pub fn cancel(api: String, id: String) {
    let (Some(panels), key) = (panels(), (api, id)) else { return };
    let find =
        |running: &crate::small_map::SmallMap<Key, RunningCall>| running.find(|other| *other == key)?.abort.clone();
    let abort = panels.running.with_value(find);
    finish(panels, &key, Err(Trouble::Transport(TransportError::Cancelled)), None);
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
    let unloaded = || if fetch::is_online() { TransportError::NotLoaded } else { TransportError::Offline };
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
fn finish(panels: Panels, key: &Key, result: Result<(Reply, Answer), Trouble>, granted: Option<String>) {
    let Some(call) = panels.running.try_update_value(|running| running.remove(key)).flatten() else { return };
    let certain = match &result {
        Ok((_, answer)) => answer.outcome.is_certain(),
        Err(Trouble::Transport(error)) => !error.may_have_arrived(),
        Err(Trouble::Stopped(..)) => true,
    };
    let took = match &result {
        Ok((reply, _)) => reply.took,
        Err(_) => between(call.started, Date::now()),
    };
    let exchange = Exchange { sent: call.sent, result, took, granted };
    panels.exchanges.update(|exchanges| exchanges.insert(key.clone(), Arc::new(exchange)));
    let _ = call.done.call1(&JsValue::NULL, &JsValue::from(certain));
}

impl Panels {
    /// Reads an answer: takes the credential that it may give, hides what is secret, and learns the server's time.
    fn read(self, order: &Order, reply: Reply) -> ((Reply, Answer), Option<String>) {
        let answer = decode(&order.operation, &reply);
        let granted = matches!(answer.outcome, Outcome::Success)
            .then(|| self.keep_granted(&order.operation, order.sent.profile, &reply))
            .flatten();
        let reply = hide_secrets(&order.operation, without_secrets(reply, &order.routed));
        // Read again: all that is shown must be made of what was hidden.
        let answer = decode(&order.operation, &reply);
        if answer.clock_skew.is_some() {
            self.skew.set(answer.clock_skew);
        }
        ((reply, answer), granted)
    }

    /// Fetches what an error means, and counts what became of the signature.
    async fn learn(self, operation: &Operation, sent: &Sent, outcome: &Outcome) {
        if let (Outcome::ApiError { .. }, Some(file)) = (outcome, &operation.errors) {
            self.load_catalogue(file.clone()).await;
        }
        if sent.lockout.is_some()
            && let Some(good) = self.signature_was_good(operation, outcome)
        {
            self.signature_was(&sent.key, good);
        }
    }

    /// Calls an operation from a panel, with the credential of the chosen profile. `wanted` as `Command::Prepare` takes it.
    pub(super) async fn call(self, wanted: &Value) -> Result<Called, Refusal> {
        let answered = self.exchange(wanted).await.map_err(|trouble| match trouble {
            NotAnswered::Incomplete(issues) => (words().explain.not_complete)(issues).into(),
            NotAnswered::Stopped(failures, lockout, key) => {
                Refusal { message: (words().explain.stopped)(failures, lockout), stopped: Some(key) }
            }
            NotAnswered::Lost(error, operation) => {
                words().explain.diagnosis(&of_transport_error(&error, &operation)).into()
            },
        })?;
        if matches!(answered.answer.outcome, Outcome::Success) {
            return Ok(Called { body: answered.body, granted: answered.granted });
        }
        Err(self.explain(&answered.operation, &answered.reply, &answered.answer).into())
    }

    /// The same, with everything that the answer says. The error catalogue is there by then.
    pub(super) async fn exchange(self, wanted: &Value) -> Result<Answered, NotAnswered> {
        let prepared = self.ask(Command::Prepare, &wanted.to_string()).unwrap_or_default();
        let issues: Value = serde_json::from_str(&prepared).unwrap_or_default();
        if let Some(issues) = issues.get("issues").and_then(Value::as_array) {
            let issues = issues.iter().filter_map(|issue| issue.as_str().map(str::to_owned)).collect();
            return Err(NotAnswered::Incomplete(issues));
        }
        let order = Order::read(self, &prepared).ok_or_else(|| NotAnswered::Incomplete(Vec::new()))?;
        if let Some(Trouble::Stopped(failures, lockout, _)) = order.stopped(self) {
            return Err(NotAnswered::Stopped(failures, lockout, order.sent.key));
        }
        let sent = transmit(&order.operation, &order.routed, order.limit, AbortController::new().ok()).await;
        let reply = sent.map_err(|error| NotAnswered::Lost(error, Box::new(order.operation.clone())))?;
        let body = serde_json::from_slice(&reply.body).unwrap_or_default();
        let ((reply, answer), granted) = self.read(&order, reply);
        // Waited for: the count and the words both need the catalogue.
        self.learn(&order.operation, &order.sent, &answer.outcome).await;
        Ok(Answered { operation: order.operation, request: order.sent.request, reply, answer, body, granted })
    }
}

/// Why a panel's own call has no answer.
pub(super) enum NotAnswered {
    /// It could not be signed; what is missing.
    Incomplete(Vec<String>),
    /// The rail before a lock-out: bad signatures in a row, what they lead to, and the key.
    Stopped(u64, Lockout, String),
    /// Something on the way.
    Lost(TransportError, Box<Operation>),
}

/// All that a panel's own call brought.
pub(super) struct Answered {
    pub(super) operation: Operation,
    pub(super) request: ShownRequest,
    /// Secrets are hidden.
    pub(super) reply: Reply,
    pub(super) answer: Answer,
    body: Value,
    granted: Option<String>,
}

/// What a panel's own call brought.
pub(super) struct Called {
    /// The answer's body, nothing hidden.
    pub(super) body: Value,
    /// The profile that got a credential, by its title.
    pub(super) granted: Option<String>,
}
