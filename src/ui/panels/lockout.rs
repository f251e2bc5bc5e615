//! The lock-out rail: a cloud that locks a key after several bad signatures never gets that far.
//!
//! The count belongs to the key and outlives the page, in all its tabs: the cloud counts on as well. What is kept is a hash
//! of the key's id.

use super::Panels;
use crate::small_map::SmallMap;
use crate::ui::dom::{Child, el, live};
use crate::ui::widgets::{button, explained};
use crate::ui::browser;
use crate::ui::words::{Message, words};
use leptos::prelude::*;
use serde_json::{Map, Value};

/// Bad signatures in a row after which the console stops by itself.
const STOP_AFTER: u64 = 2;
const STORED: &str = "refused-signatures";

/// What the user has allowed, by key.
#[derive(Debug, Default)]
pub(super) struct Allowed(SmallMap<String, bool>);

/// Why a panel's own call was not answered as wished.
#[derive(Debug, Clone)]
pub(super) struct Refusal {
    pub(super) message: Message,
    /// The key that the rail stopped; `None` for other reasons.
    pub(super) stopped: Option<String>,
}

impl From<Message> for Refusal {
    fn from(message: Message) -> Self {
        Self { message, stopped: None }
    }
}

fn counts() -> Map<String, Value> {
    serde_json::from_str(&browser::remembered(STORED).unwrap_or_default()).unwrap_or_default()
}

fn count(key: &str) -> u64 {
    counts().get(key).and_then(Value::as_u64).unwrap_or_default()
}

impl Panels {
    /// The number of bad signatures in a row, if no more may be sent with this key.
    pub(super) fn stopped(self, key: &str) -> Option<u64> {
        let allowed = self.allowed.with(|allowed| allowed.0.find(|other| other == key).is_some());
        let in_a_row = count(key);
        (in_a_row >= STOP_AFTER && !allowed).then_some(in_a_row)
    }

    /// Lets one more request be signed.
    fn allow_one(self, key: &str) {
        self.allowed.update(|allowed| allowed.0.insert(key.to_owned(), true));
        self.announce(words().one_more_allowed);
    }

    /// Counts what became of a signature.
    pub(super) fn signature_was(self, key: &str, good: bool) {
        let mut counts = counts();
        let in_a_row = count(key) + 1;
        if good {
            counts.remove(key);
        } else {
            counts.insert(key.to_owned(), Value::from(in_a_row));
        }
        browser::remember(STORED, &Value::Object(counts).to_string());
        self.allowed.update(|allowed| allowed.0.retain(|other| other != key));
    }

    /// The button that lets one more request be signed, for as long as the key is stopped.
    pub(super) fn offer_one_more(self, key: String) -> Child {
        let stopped = {
            let key = key.clone();
            Memo::new(move |_| self.stopped(&key).is_some())
        };
        live(move || {
            let key = key.clone();
            if stopped.get() {
                button("button").on("click", move |_| self.allow_one(&key)).child(words().allow_one_more).into()
            } else {
                el("p").child(words().one_more_allowed).into()
            }
        })
        .into()
    }

    /// A refusal, with the way on.
    pub(super) fn refused(self, refusal: &Refusal) -> Child {
        let way_on = refusal.stopped.clone().map(|key| self.offer_one_more(key));
        Child::many([Child::from(explained(&refusal.message)), way_on.into()])
    }
}
