//! Writing calls into the history, and filling a form from it. All of it comes on use, with what reads answers.

use super::change_words::headline;
use super::diagnosis::{is_known_for_good, is_looking_up};
use crate::call::Exchange;
use crate::follow::Follow;
use crate::form::Draft;
use crate::history::{FollowThrough, Meaning, Record, Summary};
use crate::outcome::Severity;
use crate::storage_error::StorageError;
use crate::ui::components::alert::Notice;
use crate::ui::platform::history_store::{HistoryStore, tell_others};
use crate::ui::platform::{dates, dom, random};
use crate::ui::route::Route;
use crate::ui::state::history::Written;
use crate::ui::state::operation_form::CallState;
use crate::ui::state::site::OperationKey;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{Message, history_words};
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

fn is_on(stores: Stores) -> bool {
    stores.site.config.with_untracked(|config| config.history)
}

/// Writes a call that is over, once, and again when more is known of what its result means.
pub(crate) fn keep(stores: Stores, exchange: &Exchange, message: &Message) {
    keep_with(stores, exchange, message, None);
}

/// The same of a call that was made of this form, which no page shows and in which no secret is.
pub(crate) fn keep_with(stores: Stores, exchange: &Exchange, message: &Message, form: Option<Arc<Draft>>) {
    if !is_on(stores) {
        return;
    }
    let id = exchange.id.to_string();
    let looking_up = exchange
        .result
        .as_ref()
        .is_ok_and(|(_, answer)| untrack(|| is_looking_up(stores.site, &exchange.operation, answer)));
    // What stands there meanwhile is no cause.
    let causes = if looking_up { Vec::new() } else { message.causes.clone() };
    let said: Vec<String> = causes.iter().chain([&message.title]).cloned().collect();
    let before = stores.history.written.with_value(|written| {
        written.iter().find(|written| written.id == id).map(|written| (written.said == said, written.sent.clone()))
    });
    let sent = match before {
        Some((true, _)) => return,
        Some((false, sent)) => sent,
        None => form.or_else(|| sent_with(stores, exchange)),
    };
    let meaning = Meaning { severity: message.severity, title: message.title.clone(), causes };
    let Some(mut record) = Record::of(exchange, sent.as_deref(), meaning) else { return };
    let is_open = exchange
        .result
        .as_ref()
        .is_ok_and(|(_, answer)| untrack(|| !is_known_for_good(stores.site, &exchange.operation, answer)));
    stores.history.written.update_value(|written| {
        written.retain(|written| written.id != id);
        if is_open {
            written.push(Written { id: id.clone(), said, sent });
        }
    });
    record.summary.follow = untrack(|| stores.follows.get(&id)).as_ref().map(follow_through);
    store(stores, record, false);
}

/// Writes a call when it is sent: should the page be closed before the answer comes, the history says so.
pub(crate) fn keep_sent(stores: Stores, if_cancelled: &Exchange) {
    if is_on(stores) {
        let sent = sent_with(stores, if_cancelled);
        if let Some(record) = Record::of_sent(if_cancelled, sent.as_deref(), history_words().sent.to_owned()) {
            store(stores, record, true);
        }
    }
}

/// `is_first`: nothing that is stored of the call is replaced.
fn store(stores: Stores, record: Record, is_first: bool) {
    let id = record.summary.id.clone();
    spawn_local(async move {
        match write(record, is_first).await {
            Ok(()) => {
                stores.history.not_kept.try_set(None);
                tell_others();
            }
            Err(error) => cannot_keep(stores, id, error),
        }
    });
}

async fn write(record: Record, is_first: bool) -> Result<(), StorageError> {
    let store = HistoryStore::open().await?;
    if is_first { store.put_first(record).await } else { store.put(record).await }
}

/// The first failure is told; the next ones would say the same.
fn cannot_keep(stores: Stores, id: String, error: StorageError) {
    if stores.history.not_kept.with_untracked(Option::is_none) {
        stores.shell.announce((history_words().not_kept)(&error));
        stores.history.not_kept.set(Some((id, error)));
    }
}

/// The form that a call was made of, without secrets. `None`: it was made without one, as a look-up is.
fn sent_with(stores: Stores, exchange: &Exchange) -> Option<Arc<Draft>> {
    stores.forms.all().into_iter().find_map(|form| match form.call.get_untracked() {
        CallState::Running { id, shown, .. } | CallState::Done { id, shown, .. } if id == exchange.id => Some(shown),
        _ => None,
    })
}

/// Keeps what became of a change. It may have been made by a page before this one.
pub(crate) fn keep_end(stores: Stores, follow: &Follow) {
    if !is_on(stores) {
        return;
    }
    let (id, end) = (follow.origin.id.clone(), follow_through(follow));
    spawn_local(async move {
        // The call's own record has told why, if there is no store.
        if let Ok(store) = HistoryStore::open().await
            && store.change(&id, |summary| summary.follow = Some(end)).await == Ok(true)
        {
            tell_others();
        }
    });
}

fn follow_through(follow: &Follow) -> FollowThrough {
    FollowThrough {
        phase: follow.phase().name().to_owned(),
        sentence: headline(follow),
        at: dates::now_in_seconds() * 1_000,
        looks: follow.looks(),
    }
}

/// Beside an answer: its call could not be kept.
#[component]
pub(crate) fn NotKept(
    /// The id of the call.
    id: String,
) -> impl IntoView {
    let not_kept = use_stores().history.not_kept;
    let text = move || {
        not_kept.with(|not_kept| match not_kept {
            Some((call, error)) if *call == id => Some((history_words().not_kept)(error)),
            _ => None,
        })
    };
    move || text().map(|text| view! { <Notice severity=Severity::Warning text=text/> }.into_any())
}

/// Why the form of a call is not filled from the history now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoRepeat {
    /// This console does not offer the operation.
    NotOffered,
    /// The call was made without a form.
    NoForm,
    /// A call of the form is under way.
    Busy,
}

/// Why not, if not.
pub(crate) fn no_repeat(stores: Stores, summary: &Summary, has_form: bool) -> Option<NoRepeat> {
    let key = key(summary);
    let is_busy = || stores.forms.all().into_iter().any(|form| form.key() == key && form.is_running());
    match has_form {
        _ if !stores.site.offers(&key) => Some(NoRepeat::NotOffered),
        false => Some(NoRepeat::NoForm),
        true => is_busy().then_some(NoRepeat::Busy),
    }
}

/// Whether something stands in the form that was never sent and would be lost.
pub(crate) fn would_replace(stores: Stores, summary: &Summary, sent: &Value) -> bool {
    let Some(operation) = untrack(|| stores.site.operation(&key(summary))) else { return false };
    let next = Draft::from_value(&operation, sent);
    stores.forms.form(operation).would_lose(&next)
}

fn key(summary: &Summary) -> OperationKey {
    OperationKey { api: summary.api.clone(), operation: summary.operation.clone() }
}

/// Fills the form of a call with what was sent, and leads there. It sends nothing. Where it is known what became of the call,
/// the next one is another call for the provider; where it is not, its idempotency token keeps it from being carried out twice.
pub(crate) fn repeat(stores: Stores, summary: &Summary, sent: &Value) {
    let key = key(summary);
    let Some(operation) = untrack(|| stores.site.operation(&key)) else { return };
    let form = stores.forms.form(operation);
    if !form.is_running_untracked() {
        let operation = form.operation();
        let mut draft = Draft::from_value(&operation, sent);
        if summary.certain {
            draft.generate(&operation, &mut random::new_id);
        } else {
            // Whoever changes it before sending sends another request, which gets a token of its own.
            let mut copy = draft.clone();
            form.idempotency.update(|rule| rule.settle(&operation, &draft, &mut copy, false, &mut random::new_id));
        }
        form.edit(|current| *current = draft);
        form.issues.set(Vec::new());
        let is_offered = Draft::has_server(&operation, sent);
        let warning =
            (!is_offered).then(|| (history_words().other_region)(&summary.region, &untrack(|| form.region())));
        form.fill_warning.set(warning.unwrap_or_default());
        let sentence = (history_words().repeated)(&dates::local(summary.started / 1_000));
        let warning = form.fill_warning.get_untracked();
        stores.shell.announce(format!("{sentence} {warning}").trim_end().to_owned());
        form.filled.set(sentence);
    }
    dom::go(&Route::Operation { api: key.api, id: key.operation }.to_hash());
}
