//! The rail before a lock-out: a cloud that locks a key after several bad signatures in a row never gets that far.
//!
//! The count belongs to the key and outlives the page, in all its tabs: the cloud counts on as well. What this browser
//! remembers is a hash of the key's id.

use crate::ui::platform::storage;
use futures_channel::oneshot;
use indexmap::{IndexMap, IndexSet};
use leptos::prelude::*;

/// Bad signatures in a row after which the console stops by itself.
const STOP_AFTER: u64 = 2;
const STORED: &str = "refused-signatures";

#[derive(Clone, Copy)]
pub(crate) struct Lockouts {
    /// The keys with which the user allows one more call.
    overrides: RwSignal<IndexSet<String>>,
    /// The keys whose latest signature was good on this page.
    good: StoredValue<IndexSet<String>>,
    tried: StoredValue<Vec<Tried>, LocalStorage>,
}

/// A key that a call under way tries.
struct Tried {
    key: String,
    /// Who waits for what becomes of it.
    waiting: Vec<oneshot::Sender<()>>,
}

/// Whether a call with a key may leave now.
pub(crate) enum Turn {
    Now(Trial),
    /// Another call tries the key: ask again when it is over.
    After(oneshot::Receiver<()>),
}

/// While it lives, nobody else tries the key.
pub(crate) struct Trial {
    lockouts: Lockouts,
    /// `None`: the key is good, or nobody locks it.
    key: Option<String>,
}

impl Drop for Trial {
    fn drop(&mut self) {
        if let Some(key) = &self.key {
            // Those who waited may be gone.
            self.lockouts.tried.try_update_value(|tried| tried.retain(|tried| tried.key != *key));
        }
    }
}

fn counts() -> IndexMap<String, u64> {
    serde_json::from_str(&storage::remembered(STORED).unwrap_or_default()).unwrap_or_default()
}

impl Lockouts {
    pub(super) fn new() -> Self {
        Self {
            overrides: RwSignal::new(IndexSet::new()),
            good: StoredValue::new(IndexSet::new()),
            tried: StoredValue::new_local(Vec::new()),
        }
    }

    /// Calls that nobody presses a button for go one at a time until a signature was good: many at once, as the plan of a
    /// fleet makes them, would be many bad signatures before the first answer.
    pub(crate) fn turn(self, key: &str) -> Turn {
        if key.is_empty() || self.good.with_value(|good| good.contains(key)) {
            return Turn::Now(Trial { lockouts: self, key: None });
        }
        let waits = self.tried.try_update_value(|tried| {
            let Tried { waiting, .. } = tried.iter_mut().find(|tried| tried.key == key)?;
            let (over, wait) = oneshot::channel();
            waiting.push(over);
            Some(wait)
        });
        if let Some(wait) = waits.flatten() {
            return Turn::After(wait);
        }
        self.tried.update_value(|tried| tried.push(Tried { key: key.to_owned(), waiting: Vec::new() }));
        Turn::Now(Trial { lockouts: self, key: Some(key.to_owned()) })
    }

    /// The number of bad signatures in a row, if nothing more may be sent with this key.
    pub(crate) fn stopped(self, key: &str) -> Option<u64> {
        let allowed = self.overrides.with(|overrides| overrides.contains(key));
        let in_a_row = self.refused(key);
        (in_a_row >= STOP_AFTER && !allowed).then_some(in_a_row)
    }

    /// Whether the next bad signature would be one too many. What is allowed then is for the call that the user wants.
    pub(crate) fn is_at_limit(self, key: &str) -> bool {
        self.refused(key) >= STOP_AFTER
    }

    /// The number of bad signatures in a row.
    pub(crate) fn refused(self, key: &str) -> u64 {
        counts().get(key).copied().unwrap_or_default()
    }

    /// Lets one more call be sent with this key.
    pub(crate) fn allow_one_more(self, key: &str) {
        self.overrides.update(|overrides| {
            overrides.insert(key.to_owned());
        });
    }

    /// Counts what became of a signature.
    pub(crate) fn count_signature(self, key: &str, good: bool) {
        let mut counts = counts();
        if good {
            counts.shift_remove(key);
        } else {
            *counts.entry(key.to_owned()).or_default() += 1;
        }
        self.good.update_value(|known| {
            if good {
                known.insert(key.to_owned());
            } else {
                known.shift_remove(key);
            }
        });
        storage::remember(STORED, &serde_json::to_string(&counts).unwrap_or_default());
        self.overrides.update(|overrides| {
            overrides.shift_remove(key);
        });
    }
}
