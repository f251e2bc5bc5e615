//! The call behind a change that is followed, as the form has it: to be sent again, or settled.

use crate::call::subject;
use crate::follow::{End, Follow};
use crate::form::Draft;
use crate::ui::features::form::SEND_ID;
use crate::ui::platform::{dom, random};
use crate::ui::route::Route;
use crate::ui::state::Stores;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::state::site::OperationKey;
use leptos::prelude::*;

/// The form, and what was sent with it, if its result is uncertain.
fn uncertain(stores: Stores, follow: &Follow) -> Option<(OperationForm, Draft)> {
    let key = OperationKey { api: follow.origin.api.clone(), operation: follow.origin.operation.clone() };
    let form = stores.forms.form(untrack(|| stores.site.operation(&key))?);
    let operation = form.operation();
    let is_it = |draft: &&Draft| subject(&operation, draft) == follow.origin.subject;
    let sent = form.idempotency.with_untracked(|rule| rule.uncertain().iter().rev().find(is_it).cloned())?;
    Some((form, sent))
}

/// Fills the form with what was sent, its idempotency token included, and leads there. It sends nothing.
pub(super) fn fill_again(stores: Stores, follow: &Follow) {
    if let Some((form, sent)) = uncertain(stores, follow) {
        form.draft.set(sent);
    }
    let (api, id) = (follow.origin.api.clone(), follow.origin.operation.clone());
    dom::go(&Route::Operation { api, id }.to_hash());
    dom::next_frame(|| dom::next_frame(|| dom::focus(SEND_ID)));
}

/// The result of the call is certain now: the next call of the form is another one for the provider.
pub(super) fn settle(stores: Stores, follow: &Follow) {
    let is_settled = matches!(follow.end(), Some(End::Verified | End::Completed | End::Failed(_)));
    let Some((form, sent)) = uncertain(stores, follow).filter(|_| is_settled) else { return };
    let operation = form.operation();
    form.idempotency.update(|rule| {
        form.draft.update(|draft| rule.settle(&operation, &sent, draft, true, &mut random::new_id));
    });
}
