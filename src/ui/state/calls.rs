//! Every call of this page, by its id.

use crate::call::{CallId, Exchange};
use indexmap::IndexMap;
use leptos::prelude::*;
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
}

impl Calls {
    pub(super) fn new() -> Self {
        Self { exchanges: RwSignal::new(IndexMap::new()), running: StoredValue::new_local(IndexMap::new()) }
    }

    /// Begins waiting for a call.
    pub(crate) fn begin(self, id: CallId, controller: Option<AbortController>, if_cancelled: Exchange) {
        let call = RunningCall { controller, if_cancelled };
        self.running.update_value(|running| {
            running.insert(id, call);
        });
    }

    /// Ends waiting for a call. `None`: nobody waited for it any more.
    pub(crate) fn end(self, id: CallId) -> Option<RunningCall> {
        self.running.try_update_value(|running| running.shift_remove(&id)).flatten()
    }

    /// Keeps a call that is over.
    pub(crate) fn keep(self, exchange: Arc<Exchange>) {
        self.exchanges.update(|exchanges| {
            exchanges.insert(exchange.id, exchange);
        });
    }

    pub(crate) fn exchange(self, id: CallId) -> Option<Arc<Exchange>> {
        self.exchanges.with(|exchanges| exchanges.get(&id).cloned())
    }
}
