//! Send and Cancel of an operation's form.

use super::exchange::{self, PreparedCall, Reader};
use super::{follow, history};
use crate::call::{CallError, Exchange};
use crate::form::Draft;
use crate::outcome::Answer;
use crate::ui::on_use::{NotLoaded, on_use};
use crate::ui::platform::worker_client::bodies;
use crate::ui::platform::{dates, random};
use crate::ui::state::Stores;
use crate::ui::state::operation_form::{CallState, OperationForm};
use crate::ui::words::words;
use leptos::prelude::*;
use std::pin::Pin;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

/// Checks the form without sending. What is wrong is shown beside its field.
pub(crate) fn check(stores: Stores, form: OperationForm) -> Result<(), CallError> {
    form.tidy();
    let operation = form.operation();
    let checked = form.draft.with_untracked(|draft| exchange::sign_now(stores, &operation, draft)).map(drop);
    form.issues.set(match &checked {
        Err(CallError::Fields(issues)) => issues.clone(),
        _ => Vec::new(),
    });
    checked
}

/// Sends what the form stands for.
pub(crate) fn send(stores: Stores, form: OperationForm) -> Result<(), CallError> {
    // The credential may have been forgotten while the question was open.
    check(stores, form)?;
    let operation = form.operation();
    let call = form.draft.with_untracked(|draft| exchange::prepare_call(stores, &operation, draft))?;
    let before = match form.call.get_untracked() {
        CallState::Done { id, .. } => untrack(|| stores.calls.exchange(id)),
        _ => None,
    };
    form.draft.update(|draft| draft.drop_secrets(&operation));
    let sent = Arc::new(form.draft.get_untracked());
    let shown = call.masked(&sent);
    form.call.set(CallState::Running { id: call.id, sent, shown });
    stores.shell.announce(words().sending);
    match call.stopped(stores, before) {
        Some(stopped) => drop(finish(stores, form, Arc::new(stopped))),
        None => {
            let controller = AbortController::new().ok();
            stores.calls.begin(call.id, controller.clone(), call.cancelled(dates::now()));
            spawn_local(async move {
                let not_sent = call.not_sent();
                match sending(stores, form, call, controller).await {
                    Ok(sending) => sending.await,
                    Err(NotLoaded) if stores.calls.end(not_sent.id).is_some() => {
                        drop(finish(stores, form, Arc::new(not_sent)));
                    }
                    Err(NotLoaded) => {}
                }
            });
        }
    }
    Ok(())
}

// What sends and what reads the answer come together: an answer that nobody can read is as good as lost.
on_use! { answers =>
    fn sending(
        stores: Stores,
        form: OperationForm,
        call: PreparedCall,
        controller: Option<AbortController>,
    ) -> Pin<Box<dyn Future<Output = ()>>> {
        Box::pin(send_call(stores, form, call, controller))
    }
}

async fn send_call(stores: Stores, form: OperationForm, call: PreparedCall, controller: Option<AbortController>) {
    // It may have been cancelled while this code was on its way.
    if !stores.calls.is_awaited(call.id) {
        return;
    }
    let if_cancelled = call.cancelled(dates::now());
    history::keep_sent(stores, &if_cancelled);
    if let CallState::Running { sent, .. } = form.call.get_untracked() {
        follow::keep_sent(stores, &if_cancelled, &sent);
    }
    let finished = call.send(stores, controller, Reader::Person).await;
    // Nobody waits for the answer to a call that was cancelled.
    if stores.calls.end(call.id).is_none() {
        if let Ok((_, Answer { long: Some(long), .. })) = &finished.exchange.result {
            bodies::end(long.document);
        }
        return;
    }
    let exchange = Arc::new(finished.exchange);
    let Some(sent) = finish(stores, form, exchange.clone()) else { return };
    // The answer is on the screen at once; the meaning of an error follows. It says which refusals may be about the change itself.
    if exchange.is_certain() {
        exchange::learn(stores, &exchange).await;
        follow::begin(stores, exchange, sent);
    } else {
        follow::begin(stores, exchange.clone(), sent);
        exchange::learn(stores, &exchange).await;
    }
}

/// Stops waiting for the answer.
pub(crate) fn cancel(stores: Stores, form: OperationForm) {
    let CallState::Running { id, .. } = form.call.get_untracked() else { return };
    let Some(running) = stores.calls.end(id) else { return };
    let exchange = Arc::new(running.cancelled(dates::now()));
    if let Some(sent) = finish(stores, form, exchange.clone()) {
        follow::begin(stores, exchange, sent);
    }
    if let Some(controller) = running.controller {
        // Without a reason: gloo-net cannot take anything but the browser's own AbortError.
        controller.abort();
    }
}

/// Keeps the call for the screen, and settles whether the next one is another call for the provider. Gives what was sent.
fn finish(stores: Stores, form: OperationForm, exchange: Arc<Exchange>) -> Option<Arc<Draft>> {
    let CallState::Running { sent, shown, .. } = form.call.get_untracked() else { return None };
    let (id, certain) = (exchange.id, exchange.is_certain());
    let operation = form.operation();
    stores.calls.keep(exchange.clone());
    form.idempotency.update(|rule| {
        form.draft.update(|draft| rule.settle(&operation, &sent, draft, certain, &mut random::new_id));
    });
    form.call.set(CallState::Done { id, sent: sent.clone(), shown });
    Some(sent)
}
