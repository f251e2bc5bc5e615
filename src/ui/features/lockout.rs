//! What a person sees of the rail before a lock-out, and refusals of calls that no form on the screen stands for.

use super::diagnosis;
use super::exchange::{FinishedCall, NotSent};
use crate::call::CallFailure;
use crate::outcome::diagnosis::of_transport_error;
use crate::outcome::{Outcome, Unmasked};
use crate::ui::components::alert::Alert;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{Message, answer_words, words};
use leptos::prelude::*;

/// Why such a call did not bring what was wanted.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub(crate) message: Message,
    /// The key that the rail stopped; `None` for other reasons.
    pub(crate) stopped_key: Option<String>,
}

impl From<Message> for Refusal {
    fn from(message: Message) -> Self {
        Self { message, stopped_key: None }
    }
}

/// The answer to a call that succeeded, else why it did not.
pub(crate) fn succeeded(
    stores: Stores,
    call: Result<FinishedCall, NotSent>,
) -> Result<(FinishedCall, Unmasked), Refusal> {
    let mut call = call.map_err(|error| not_sent(&error))?;
    let exchange = &call.exchange;
    match &exchange.result {
        Err(CallFailure::Stopped { failures, lockout, .. }) => Err(Refusal {
            message: (words().explain.stopped)(*failures, *lockout),
            stopped_key: Some(exchange.sender.key.clone()),
        }),
        Err(CallFailure::Transport(error)) => Err(answer_words()
            .diagnosis(&of_transport_error(error, &exchange.operation, exchange.sender.passage))
            .into()),
        Ok((reply, answer)) => {
            let message = untrack(|| diagnosis::of_answer(stores.site, &exchange.operation, reply, answer));
            let success = matches!(answer.outcome, Outcome::Success) || exchange.granted.is_some();
            match call.unmasked.take() {
                Some(unmasked) if success => Ok((call, unmasked)),
                _ => Err(message.into()),
            }
        }
    }
}

fn not_sent(error: &NotSent) -> Refusal {
    let complaints = match error {
        NotSent::NotOffered => Vec::new(),
        NotSent::Call(error) => (words().explain.call_error)(error).causes,
    };
    (words().explain.not_complete)(complaints).into()
}

/// A refusal, with the way on.
#[component]
pub(crate) fn RefusalAlert(
    /// What to show.
    refusal: Refusal,
) -> impl IntoView {
    view! {
        <Alert message=refusal.message/>
        {refusal.stopped_key.map(|key| view! { <AllowOneMore key_hash=key/> }.into_any())}
    }
}

/// The button that lets one more call be sent, for as long as the key is stopped.
#[component]
pub(crate) fn AllowOneMore(
    /// The hash of the key's id.
    key_hash: String,
) -> impl IntoView {
    let stores = use_stores();
    let stopped = {
        let key = key_hash.clone();
        Memo::new(move |_| stores.lockouts.stopped(&key).is_some())
    };
    let allow = move |_| {
        stores.lockouts.allow_one_more(&key_hash);
        stores.shell.announce(words().one_more_allowed);
    };
    view! {
        <Show when=move || stopped.get() fallback=|| view! { <p>{words().one_more_allowed}</p> }>
            <button type="button" class="button" on:click=allow.clone()>{words().allow_one_more}</button>
        </Show>
    }
}
