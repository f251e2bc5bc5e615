//! Storing what has changed: all that changed while one transaction was under way is in the next one.

use super::Engine;
use crate::fleet::{EventKind, PauseReason, RowId, StoreError};
use crate::ui::platform::fleet_store::{Changes, FleetDatabase, Teller};
use crate::ui::platform::slices::Slices;
use indexmap::IndexSet;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Rows in one transaction at most.
const MOST_ROWS: usize = 200;

/// What is to be stored.
pub(super) struct Kept {
    head: Cell<bool>,
    rows: RefCell<IndexSet<RowId>>,
    /// Rows that are sent when they are stored; they are stored first.
    written_down: RefCell<IndexSet<RowId>>,
    is_writing: Cell<bool>,
    teller: Teller,
}

/// One transaction.
struct Batch {
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
        let own = self.clone();
        spawn_local(async move {
            while let Some(batch) = own.batch().await {
                let result = async { FleetDatabase::open().await?.write(&batch.changes).await }.await;
                // What is not stored now is stored with the next change, and not at once again.
                if !own.kept_batch(&batch, result) {
                    break;
                }
            }
            own.kept.is_writing.set(false);
        });
    }

    /// What the next transaction writes: the state of this moment. `None`: nothing has changed.
    async fn batch(&self) -> Option<Batch> {
        let mut slices = Slices::begin();
        // What the same event has brought belongs to the same transaction.
        slices.pause().await;
        if self.kept.is_empty() {
            return None;
        }
        let fleet = self.stores.fleet();
        let mut changes = Changes { fleet: fleet.with(|fleet| fleet.head.id.clone())?, ..Changes::default() };
        let mut written_down = Vec::new();
        while changes.rows.len() + changes.gone.len() < MOST_ROWS {
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
        if self.kept.head.take() {
            changes.head = fleet.with(|fleet| fleet.head.to_json());
        }
        // Another fleet may have come meanwhile.
        (fleet.with(|fleet| fleet.head.id == changes.fleet) == Some(true)).then_some(Batch { changes, written_down })
    }

    /// `false`: the store refuses.
    fn kept_batch(&self, batch: &Batch, result: Result<(), StoreError>) -> bool {
        let fleet = self.stores.fleet();
        match result {
            Ok(()) => {
                fleet.set_problem(None);
                self.kept.teller.tell(&batch.changes);
                fleet.tell_all(batch.written_down.iter().copied().map(EventKind::Written));
                true
            }
            Err(error) => {
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
