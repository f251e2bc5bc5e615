//! The call behind a change that is followed, as the form has it: to be sent again, or settled.

use crate::call::{Exchange, act, subject};
use crate::follow::{End, Follow, Place};
use crate::form::Draft;
use crate::ui::platform::{dom, random};
use crate::ui::route::Route;
use crate::ui::state::Stores;
use crate::ui::state::operation_form::{OperationForm, SEND_ID};
use crate::ui::state::site::OperationKey;
use leptos::prelude::*;

/// The form, and what was sent with it, if its result is uncertain.
fn uncertain(stores: Stores, follow: &Follow) -> Option<(OperationForm, Draft)> {
    let key = OperationKey { api: follow.origin.api.clone(), operation: follow.origin.operation.clone() };
    let form = stores.forms.form(untrack(|| stores.site.operation(&key))?);
    let operation = form.operation();
    let origin = &follow.origin;
    let is_it = |draft: &&Draft| {
        subject(&operation, draft) == origin.subject
            && act(&operation, draft).short == origin.act
            && Place::of(&operation, draft) == origin.place
    };
    let sent = form.idempotency.with(|rule| rule.uncertain().iter().rev().find(is_it).cloned())?;
    Some((form, sent))
}

/// Whether the page still has what was sent.
pub(super) fn is_known(stores: Stores, follow: &Follow) -> bool {
    uncertain(stores, follow).is_some()
}

/// Whether a call of the form is under way.
pub(super) fn is_busy(stores: Stores, follow: &Follow) -> bool {
    uncertain(stores, follow).is_some_and(|(form, _)| form.is_running())
}

/// Whether something stands in the form that was never sent and would be lost.
pub(super) fn would_replace(stores: Stores, follow: &Follow) -> bool {
    untrack(|| uncertain(stores, follow)).is_some_and(|(form, sent)| form.would_lose(&sent))
}

/// Fills the form with what was sent, its idempotency token included, and opens the question before the call.
pub(super) fn send_again(stores: Stores, follow: &Follow) {
    let Some((form, sent)) = untrack(|| uncertain(stores, follow)) else { return };
    if form.is_running_untracked() {
        return;
    }
    form.draft.set(sent);
    form.issues.set(Vec::new());
    form.filled.set(String::new());
    form.fill_warning.set(String::new());
    let (api, id) = (follow.origin.api.clone(), follow.origin.operation.clone());
    dom::go(&Route::Operation { api, id }.to_hash());
    press_send(stores, form, LONGEST_WAIT);
}

/// So many frames a page may take to come.
const LONGEST_WAIT: u8 = 60;

/// Presses Send when the form's own page is there: the button of the page before is another change's.
fn press_send(stores: Stores, form: OperationForm, frames: u8) {
    dom::next_frame(move || {
        let is_there = stores.forms.current.get_untracked().is_some_and(|current| current.key() == form.key());
        if is_there {
            dom::next_frame(|| dom::press(SEND_ID));
        } else if frames > 0 {
            press_send(stores, form, frames - 1);
        }
    });
}

/// The change of a refused call may be under way: the same call of the form stays the same one for the provider.
pub(super) fn keep_token(stores: Stores, exchange: &Exchange, sent: &Draft) {
    let form = stores.forms.form((*exchange.operation).clone());
    let operation = form.operation();
    form.idempotency.update(|rule| {
        form.draft.update(|draft| {
            rule.settle(&operation, sent, draft, false, &mut random::new_id);
            rule.follow(&operation, &Draft::default(), draft, &mut random::new_id);
        });
    });
}

/// The result of the call is certain now: the next call of the form is another one for the provider.
pub(super) fn settle(stores: Stores, follow: &Follow) {
    let is_settled = matches!(follow.end(), Some(End::Verified | End::Completed | End::Failed(_)));
    let Some((form, sent)) = untrack(|| uncertain(stores, follow)).filter(|_| is_settled) else { return };
    let operation = form.operation();
    form.idempotency.update(|rule| {
        form.draft.update(|draft| rule.settle(&operation, &sent, draft, true, &mut random::new_id));
    });
}
