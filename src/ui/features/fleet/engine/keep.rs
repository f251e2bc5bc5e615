//! Storing what has changed: all that changed while one transaction was under way is in the next one.

use super::Engine;
use crate::fleet::{EventKind, PauseReason, RowId, StoreError, store_again_after};
use crate::ui::platform::fleet_store::{Changes, FleetDatabase, Teller};
use crate::ui::platform::slices::Slices;
use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use indexmap::IndexSet;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Rows in one transaction at most.
const MOST_ROWS: usize = 200;
/// Milliseconds between two looks at whether everything is stored.
const LOOK: u32 = 20;

/// What is to be stored.
pub(super) struct Kept {
    head: Cell<bool>,
    rows: RefCell<IndexSet<RowId>>,
    /// Rows that are sent when they are stored; they are stored first.
    written_down: RefCell<IndexSet<RowId>>,
    is_writing: Cell<bool>,
    /// So many transactions in a row were refused.
    refusals: Cell<u32>,
    /// The next try after a refusal.
    again: RefCell<Option<Timeout>>,
    teller: Teller,
}

/// One transaction.
struct Batch {
    /// [`FleetStore::visit`](crate::ui::state::fleet::FleetStore::visit)
    visit: u32,
    changes: Changes,
    written_down: Vec<RowId>,
}

impl Kept {
    pub(super) fn new() -> Self {
        Self {
            head: Cell::new(false),
            rows: RefCell::default(),
            written_down: RefCell::default(),
            is_writing: Cell::new(false),
            refusals: Cell::new(0),
            again: RefCell::new(None),
            teller: Teller::new(),
        }
    }

    pub(super) fn head(&self) {
        self.head.set(true);
    }

    pub(super) fn row(&self, row: RowId) {
        self.rows.borrow_mut().insert(row);
    }

    pub(super) fn write_down(&self, row: RowId) {
        self.written_down.borrow_mut().insert(row);
    }

    pub(super) fn forget(&self) {
        self.head.set(false);
        self.rows.borrow_mut().clear();
        self.written_down.borrow_mut().clear();
        self.refusals.set(0);
        self.again.take();
    }

    fn is_empty(&self) -> bool {
        !self.head.get() && self.rows.borrow().is_empty() && self.written_down.borrow().is_empty()
    }
}

impl Engine {
    /// Stores what has changed, unless that is under way.
    pub(super) fn keep_soon(self: &Rc<Self>) {
        if self.kept.is_empty() || self.kept.is_writing.replace(true) {
            return;
        }
        self.kept.again.take();
        self.stores.fleet().set_unwritten(true);
        let own = self.clone();
        spawn_local(async move {
            while let Some(batch) = own.batch().await {
                let result = async { FleetDatabase::open().await?.write(&batch.changes).await }.await;
                // What is not stored now is stored with the next change, or after a pause, and not at once again.
                if !own.kept_batch(&batch, result) {
                    own.keep_later();
                    break;
                }
            }
            own.kept.is_writing.set(false);
            own.stores.fleet().set_unwritten(!own.kept.is_empty());
        });
    }

    fn keep_later(self: &Rc<Self>) {
        let pause = store_again_after(self.kept.refusals.get());
        let own = self.clone();
        let again = Timeout::new(u32::try_from(pause.as_millis()).unwrap_or(u32::MAX), move || own.keep_soon());
        *self.kept.again.borrow_mut() = Some(again);
    }

    /// Waits until everything is stored. An error: the store refuses.
    pub(super) async fn keep_all(self: &Rc<Self>) -> Result<(), StoreError> {
        self.keep_soon();
        while self.kept.is_writing.get() {
            TimeoutFuture::new(LOOK).await;
        }
        match self.stores.fleet().problem_untracked().filter(|_| self.kept.refusals.get() != 0) {
            Some(problem) if !self.kept.is_empty() => Err(problem),
            _ => Ok(()),
        }
    }

    /// What the next transaction writes: the state of this moment. `None`: nothing has changed.
    async fn batch(&self) -> Option<Batch> {
        let fleet = self.stores.fleet();
        let mut slices = Slices::begin();
        loop {
            // What the same event has brought belongs to the same transaction.
            slices.pause().await;
            if self.kept.is_empty() || fleet.is_watched_untracked() {
                return None;
            }
            let visit = fleet.visit();
            let mut changes = Changes { fleet: fleet.with(|fleet| fleet.head.id.clone())?, ..Changes::default() };
            let mut written_down = Vec::new();
            while fleet.visit() == visit && changes.rows.len() + changes.gone.len() < MOST_ROWS {
                let first =
                    self.kept.written_down.borrow_mut().shift_remove_index(0).inspect(|row| written_down.push(*row));
                // From the end: to take the first of ten thousand would move all others.
                let Some(row) = first.or_else(|| self.kept.rows.borrow_mut().pop()) else { break };
                match fleet.with(|fleet| fleet.rows.get(&row).map(crate::fleet::Row::to_json)).flatten() {
                    Some(text) => changes.rows.push((row, text)),
                    None => changes.gone.push(row),
                }
                slices.pause().await;
            }
            // Another fleet may have come meanwhile: then what was taken belongs to the one before.
            if fleet.visit() == visit {
                if self.kept.head.take() {
                    changes.head = fleet.with(|fleet| fleet.head.to_json());
                }
                return Some(Batch { visit, changes, written_down });
            }
        }
    }

    /// `false`: the store refuses.
    fn kept_batch(&self, batch: &Batch, result: Result<(), StoreError>) -> bool {
        let fleet = self.stores.fleet();
        if result.is_ok() {
            self.kept.teller.tell(&batch.changes);
        }
        // Another fleet may have come meanwhile: its rows have the same numbers.
        if fleet.visit() != batch.visit {
            return true;
        }
        match result {
            Ok(()) => {
                self.kept.refusals.set(0);
                fleet.set_problem(None);
                fleet.tell_all(batch.written_down.iter().copied().map(EventKind::Written));
                true
            }
            Err(error) => {
                self.kept.refusals.set(self.kept.refusals.get().saturating_add(1));
                fleet.set_problem(Some(error));
                let rows = batch.changes.rows.iter().map(|(row, _)| row).chain(&batch.changes.gone);
                self.kept.rows.borrow_mut().extend(rows);
                self.kept.head.set(true);
                fleet.tell_all(batch.written_down.iter().copied().map(EventKind::NotWritten));
                if fleet.is_running_untracked() {
                    fleet.tell(EventKind::Pause(PauseReason::Storage));
                }
                false
            }
        }
    }
}
