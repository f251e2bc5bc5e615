//! The history as far as this page has read it, and what the user looks at.

use crate::history::{Index, Query, SortBy, Summary};
use crate::storage_error::StorageError;
use crate::ui::components::windowed_table::Sorting;
use crate::ui::platform::history_store::{HistoryStore, listen};
use crate::ui::platform::{dates, dom};
use crate::ui::turn::Turn;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// The id of the heading of the call that is open.
pub(super) const CALL_ID: &str = "history-call";

/// How far the history was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    Reading,
    Failed,
    Empty,
    Ready,
}

/// The two calls to compare; the second is chosen after the first.
pub(super) type Pair = Option<(String, Option<String>)>;

/// The columns that decide the order, in their order.
pub(super) const COLUMNS: [SortBy; 5] =
    [SortBy::Started, SortBy::Operation, SortBy::Subject, SortBy::Status, SortBy::Result];

#[derive(Clone, Copy)]
pub(super) struct Loaded {
    pub(super) phase: Memo<Phase>,
    reading: StoredValue<Turn>,
    /// `None`: not read yet.
    index: RwSignal<Option<Arc<Index>>>,
    /// Records that cannot be read.
    pub(super) unreadable: RwSignal<usize>,
    pub(super) problem: RwSignal<Option<StorageError>>,
    /// What was typed into the search.
    pub(super) text: RwSignal<String>,
    pub(super) query: Memo<Query>,
    pub(super) sorting: RwSignal<Sorting>,
    /// What the search finds, as rows of the index.
    pub(super) rows: Memo<Arc<Vec<usize>>>,
    /// The call that is open, by its id.
    pub(super) open: RwSignal<Option<String>>,
    pub(super) pair: RwSignal<Pair>,
}

impl Loaded {
    /// Begins to read, and reads again when any tab has changed something.
    /// `asked`: the id of a call that the address names.
    pub(super) fn new(asked: Option<String>) -> Self {
        let index = RwSignal::new(None::<Arc<Index>>);
        let (text, sorting) = (RwSignal::new(String::new()), RwSignal::new(None));
        let query = Memo::new(move |_| text.with(|text| Query::parse(text, dates::offset_minutes())));
        let rows = Memo::new(move |_| {
            let order = sorting.get().and_then(|(column, descending)| Some((*COLUMNS.get(column)?, descending)));
            let found =
                |index: &Option<Arc<Index>>| index.as_ref().map(|index| query.with(|query| index.search(query, order)));
            Arc::new(index.with(found).unwrap_or_default())
        });
        let unreadable = RwSignal::new(0);
        let problem = RwSignal::new(None);
        let phase = Memo::new(move |_| {
            index.with(|index| match index {
                None if problem.with(Option::is_none) => Phase::Reading,
                Some(index) if !index.is_empty() || unreadable.get() != 0 => Phase::Ready,
                None => Phase::Failed,
                Some(_) => Phase::Empty,
            })
        });
        let (open, pair) = (RwSignal::new(asked), RwSignal::new(None));
        let reading = StoredValue::new(Turn::default());
        let loaded = Self { phase, reading, index, unreadable, problem, text, query, sorting, rows, open, pair };
        loaded.read();
        let listener = StoredValue::new_local(listen(move || loaded.read()));
        on_cleanup(move || listener.dispose());
        loaded
    }

    /// Reads all summaries. What changes meanwhile is read once more behind it.
    pub(super) fn read(self) {
        if self.reading.try_update_value(Turn::begin) != Some(true) {
            return;
        }
        spawn_local(async move {
            loop {
                match async { HistoryStore::open().await?.summaries().await }.await {
                    Err(error) => self.fail(error),
                    Ok(texts) => {
                        let read = texts.iter().map(|text| Summary::from_json(text));
                        let summaries: Vec<Summary> = read.filter_map(Result::ok).collect();
                        // The page may have been left meanwhile.
                        self.unreadable.try_set(texts.len() - summaries.len());
                        self.problem.try_set(None);
                        self.index.try_set(Some(Arc::new(Index::new(summaries, &super::list::shown))));
                    }
                }
                if self.reading.try_update_value(Turn::done) != Some(true) {
                    break;
                }
            }
        });
    }

    /// Shows why something did not work. What is on the screen stays.
    pub(super) fn fail(self, error: StorageError) {
        self.problem.try_set(Some(error));
    }

    /// Opens a call. One that is open stays as it is, with what is typed into its note.
    pub(super) fn show(self, id: String) {
        if self.open.with_untracked(|open| open.as_ref() == Some(&id)) {
            dom::focus(CALL_ID);
        } else {
            self.open.set(Some(id));
        }
    }

    /// Closes what is open of single calls.
    pub(super) fn close(self) {
        self.open.set(None);
        self.pair.set(None);
    }

    pub(super) fn count(self) -> usize {
        self.index.with(|index| index.as_ref().map_or(0, |index| index.len()))
    }

    /// Something of a row's summary; of none, where the list has become shorter.
    pub(super) fn of_row<T: Default>(self, row: usize, get: impl Fn(&Summary) -> T) -> T {
        let get = |index: &Option<Arc<Index>>| index.as_ref().and_then(|index| index.get(row).map(&get));
        self.index.with(get).unwrap_or_default()
    }

    pub(super) fn of_id(self, id: &str) -> Option<Summary> {
        self.index.with(|index| index.as_ref().and_then(|index| index.of_id(id).cloned()))
    }

    /// The ids of what the search finds.
    pub(super) fn found_ids(self) -> Vec<String> {
        let rows = self.rows.get_untracked();
        untrack(|| rows.iter().map(|row| self.of_row(*row, |summary| summary.id.clone())).collect())
    }
}
