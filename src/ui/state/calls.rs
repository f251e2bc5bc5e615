//! Every call of this page, by its id.

use super::session_log::{EntryState, LogEntry, was_sent};
use crate::call::{CallId, Exchange, forget_old_bodies};
use crate::outcome::Severity;
use crate::ui::platform::worker_client::bodies;
use indexmap::IndexMap;
use leptos::prelude::*;
use std::collections::HashSet;
use std::sync::Arc;
use time::OffsetDateTime;
use web_sys::AbortController;

/// A call that somebody waits for.
pub(crate) struct RunningCall {
    /// Stops it.
    pub(crate) controller: Option<AbortController>,
    /// What is kept of it if nobody waits any more.
    if_cancelled: Exchange,
}

impl RunningCall {
    /// The call when nobody waits for its answer any more.
    pub(crate) fn cancelled(&self, now: OffsetDateTime) -> Exchange {
        let took = (now - self.if_cancelled.started).try_into().unwrap_or_default();
        Exchange { took, ..self.if_cancelled.clone() }
    }
}

#[derive(Clone, Copy)]
pub(crate) struct Calls {
    exchanges: RwSignal<IndexMap<CallId, Arc<Exchange>>>,
    running: StoredValue<IndexMap<CallId, RunningCall>, LocalStorage>,
    /// The call whose answer has come and is being read, with the words for that.
    pub(crate) reading: RwSignal<Option<(CallId, &'static str)>>,
    /// What was called in this session, in the order of sending; the calls before a reload are among it.
    pub(crate) log: RwSignal<Vec<LogEntry>>,
    /// The calls of which nothing more will be known.
    explained: StoredValue<HashSet<CallId>>,
}

/// What a result means, in the words of the log.
pub(crate) struct Explanation {
    pub(crate) severity: Severity,
    pub(crate) title: String,
    /// Nothing that is still to come can change it.
    pub(crate) is_final: bool,
}

impl Calls {
    /// `log` is that of the page before a reload.
    pub(super) fn new(log: Vec<LogEntry>) -> Self {
        Self {
            exchanges: RwSignal::new(IndexMap::new()),
            running: StoredValue::new_local(IndexMap::new()),
            reading: RwSignal::new(None),
            log: RwSignal::new(log.into_iter().map(LogEntry::restored).collect()),
            explained: StoredValue::new(HashSet::new()),
        }
    }

    /// Whether the answer to a call that may change something is awaited.
    pub(crate) fn change_under_way(self) -> bool {
        let changes = |call: &RunningCall| call.if_cancelled.operation.is_mutating();
        self.running.with_value(|running| running.values().any(changes))
    }

    /// Whether a call of this page is over.
    pub(crate) fn any(self) -> bool {
        self.exchanges.with(|exchanges| !exchanges.is_empty())
    }

    /// Puts the words of results, which may arrive after them, into the log. What is known for good is not explained again.
    pub(crate) fn explain(self, explain: impl Fn(&Exchange) -> Explanation) {
        let is_open = |exchange: &&Arc<Exchange>| self.explained.with_value(|done| !done.contains(&exchange.id));
        let open: Vec<Arc<Exchange>> =
            self.exchanges.with_untracked(|exchanges| exchanges.values().filter(is_open).cloned().collect());
        let explained: Vec<(CallId, Explanation)> =
            open.iter().map(|exchange| (exchange.id, explain(exchange))).collect();
        if explained.is_empty() {
            return;
        }
        let done = explained.iter().filter(|(_, explanation)| explanation.is_final).map(|(id, _)| *id);
        self.explained.update_value(|all| all.extend(done));
        self.log.update(|log| {
            for (id, Explanation { severity, title, .. }) in explained {
                let call = id.to_string();
                if let Some(entry) = log.iter_mut().find(|entry| entry.call == call) {
                    entry.explain(severity, title);
                }
            }
        });
    }

    /// What became of the change that a call made, in the style sheet's word and a sentence.
    pub(crate) fn follow_ended(self, call: &str, tone: &str, sentence: String) {
        self.log.update(|log| {
            if let Some(entry) = log.iter_mut().find(|entry| entry.call == call) {
                entry.end = Some((tone.to_owned(), sentence));
            }
        });
    }

    /// What became of the change that a call made, as [`Self::follow_ended`] has it. It stays known when nobody shows it any
    /// more.
    pub(crate) fn end_of(self, call: &str) -> Option<(String, String)> {
        self.log.with(|log| log.iter().find(|entry| entry.call == call)?.end.clone())
    }

    /// The user has read that a call was interrupted.
    pub(crate) fn dismiss(self, call: &str) {
        self.log.update(|log| {
            for entry in log.iter_mut().filter(|entry| entry.call == call) {
                entry.state = EntryState::Over(String::from("unsure"), String::new());
            }
        });
    }

    fn record(self, exchange: &Exchange, under_way: bool) {
        let entry = LogEntry::of(exchange, under_way);
        self.log.update(|log| match log.iter_mut().find(|known| known.call == entry.call) {
            Some(known) => *known = entry,
            None => log.push(entry),
        });
    }

    /// Begins waiting for a call.
    pub(crate) fn begin(self, id: CallId, controller: Option<AbortController>, if_cancelled: Exchange) {
        self.record(&if_cancelled, true);
        let call = RunningCall { controller, if_cancelled };
        self.running.update_value(|running| {
            running.insert(id, call);
        });
    }

    /// The answer has come, and reading it takes a while: what is kept if nobody waits for that.
    pub(crate) fn begin_reading(self, id: CallId, if_cancelled: Exchange, words: &'static str) {
        self.running.update_value(|running| {
            if let Some(call) = running.get_mut(&id) {
                call.if_cancelled = if_cancelled;
            }
        });
        self.reading.set(Some((id, words)));
    }

    /// Whether somebody waits for a call.
    pub(crate) fn is_awaited(self, id: CallId) -> bool {
        self.running.with_value(|running| running.contains_key(&id))
    }

    /// Ends waiting for a call. `None`: nobody waited for it any more.
    pub(crate) fn end(self, id: CallId) -> Option<RunningCall> {
        self.running.try_update_value(|running| running.shift_remove(&id)).flatten()
    }

    /// Keeps a call that is over.
    pub(crate) fn keep(self, exchange: Arc<Exchange>) {
        if was_sent(&exchange) {
            self.record(&exchange, false);
        }
        self.exchanges.update(|exchanges| {
            exchanges.insert(exchange.id, exchange);
            forget_old_bodies(exchanges).into_iter().for_each(bodies::end);
        });
    }

    /// All calls of this page that are over, in the order of their ends.
    pub(crate) fn held(self) -> Vec<Arc<Exchange>> {
        self.exchanges.with(|exchanges| exchanges.values().cloned().collect())
    }

    /// The call of this page that was the last one to change something, whatever became of it.
    pub(crate) fn last_change(self) -> Option<CallId> {
        let is_change = |exchange: &&Arc<Exchange>| exchange.operation.is_mutating();
        self.exchanges.with(|exchanges| exchanges.values().rfind(is_change).map(|exchange| exchange.id))
    }

    pub(crate) fn exchange(self, id: CallId) -> Option<Arc<Exchange>> {
        self.exchanges.with(|exchanges| exchanges.get(&id).cloned())
    }

    /// The calls of the same operation that were answered before this one, in the order of sending. Bodies that
    /// may hold secrets, or that are not kept any more, are not among them.
    pub(crate) fn answered_before(self, exchange: &Exchange) -> Vec<Arc<Exchange>> {
        let shows = |exchange: &Exchange| {
            let answer = exchange.result.as_ref().ok().map(|(_, answer)| answer);
            answer.is_some_and(|answer| answer.withheld.is_none() && answer.forgotten.is_none())
        };
        let is_same = |earlier: &Exchange| {
            (&earlier.operation.api, &earlier.operation.id) == (&exchange.operation.api, &exchange.operation.id)
        };
        self.exchanges.with(|exchanges| {
            let before = exchanges.values().take_while(|earlier| earlier.id != exchange.id);
            let before = before.filter(|earlier| is_same(earlier) && shows(earlier) && shows(exchange));
            before.cloned().collect()
        })
    }
}
