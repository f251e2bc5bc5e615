//! What was typed and chosen for the next rows of a fleet. It outlives the page, so that nobody types it twice.

use crate::credentials::ProfileId;
use crate::fleet::table::{Column, Table, TableError};
use crate::fleet::{Defaults, ListedInstances, ReadRow};
use crate::follow::Place;
use crate::ui::words::Message;
use indexmap::IndexMap;
use leptos::prelude::*;
use std::collections::HashSet;
use std::sync::Arc;

/// The id of the way that is open first.
pub(crate) const FIRST_WAY: &str = "fleet-lists";

/// A place that is asked for its instances.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    /// Tells it from the others of the page.
    pub(crate) id: u32,
    pub(crate) api: String,
    pub(crate) place: Place,
    /// Who signs. `None`: the profile that signs for the provider at that moment.
    pub(crate) profile: Option<ProfileId>,
    /// What the list needs besides the region, by the names of fields: a project.
    pub(crate) fields: IndexMap<String, String>,
}

/// What became of asking a source.
#[derive(Debug, Clone)]
pub(crate) enum SourceState {
    /// Its turn comes.
    Waiting,
    /// So many instances have come.
    Asking(usize),
    /// All have come.
    Listed(usize),
    /// The user ended it after so many.
    Ended(usize),
    /// The list, or the rest of it, did not come.
    Failed {
        message: Message,
        /// The key that must not be refused once more; `None` for other reasons.
        stopped_key: Option<String>,
    },
}

/// A source as it was when it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListedSource {
    pub(crate) source: Source,
    pub(crate) provider: String,
    pub(crate) api_title: String,
    /// As the API knows it.
    pub(crate) region: String,
    /// What the profile is called.
    pub(crate) signer: String,
}

/// What tells an instance from all others: API, region, id.
pub(crate) type InstanceKey = (String, String, String);

#[derive(Clone, Copy)]
pub(crate) struct FleetChoice {
    /// The id of the way that is open.
    pub(crate) way: RwSignal<&'static str>,
    /// What the fleet is to be called.
    pub(crate) name: RwSignal<String>,
    pub(crate) sources: RwSignal<Vec<Source>>,
    /// What became of each source, by its id.
    pub(crate) states: RwSignal<IndexMap<u32, SourceState>>,
    /// The sources of [`Self::found`], by their ids.
    pub(crate) listed: RwSignal<Arc<IndexMap<u32, ListedSource>>>,
    pub(crate) found: RwSignal<ListedInstances>,
    /// The connection that [`Self::found`] came through.
    via: StoredValue<Option<String>>,
    pub(crate) filter: RwSignal<String>,
    pub(crate) chosen: RwSignal<HashSet<InstanceKey>>,
    /// The act for the chosen instances, by API.
    pub(crate) acts: RwSignal<IndexMap<String, String>>,
    /// Counts the lists: an answer to an earlier one comes too late.
    pub(crate) listing: RwSignal<u32>,
    /// How many works are adding rows to the fleet.
    pub(crate) adding: RwSignal<usize>,
    /// The APIs of which a source was offered: one that the user has removed does not come again.
    pub(crate) offered: StoredValue<HashSet<String>>,
    pub(crate) pasted: Pasted,
    /// How many example rows of the simulated clouds there are to be.
    pub(crate) examples: RwSignal<String>,
}

/// A text with rows, and how it is read.
#[derive(Clone, Copy)]
pub(crate) struct Pasted {
    /// What stands in the field.
    pub(crate) text: RwSignal<String>,
    /// A file, or a text that is too long for the field. It counts in place of what is typed, which comes back after it.
    pub(crate) long: RwSignal<Option<LongText>>,
    /// The text is an exported plan, and no table.
    pub(crate) is_plan: RwSignal<bool>,
    /// `None`: nothing was read yet.
    pub(crate) table: RwSignal<Option<Result<Arc<Table>, TableError>>>,
    /// What each column is about.
    pub(crate) columns: RwSignal<Vec<Column>>,
    /// The names of the columns that the user has said something about. `None`: the console guesses.
    pub(crate) said_of: RwSignal<Option<Vec<String>>>,
    pub(crate) defaults: RwSignal<Defaults>,
    pub(crate) rows: RwSignal<Arc<Vec<ReadRow>>>,
    /// Lines that were read, and lines in all, while they are read.
    pub(crate) progress: RwSignal<Option<(usize, usize)>>,
    /// Which lines are shown.
    pub(crate) shown: RwSignal<ShownLines>,
    /// Counts the readings: what an earlier one brings comes too late.
    pub(crate) reading: RwSignal<u32>,
    /// The table is not that of the text: nothing has read the text to its end since it changed.
    pub(crate) is_stale: StoredValue<bool>,
}

/// A text that does not stand in the field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LongText {
    /// The name of its file; empty for one that was pasted.
    pub(crate) name: String,
    pub(crate) text: Arc<str>,
}

/// Which lines of a text are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum ShownLines {
    #[default]
    All,
    Refused,
    Fitting,
    Known,
}

impl ShownLines {
    pub(crate) const ALL: [Self; 4] = [Self::All, Self::Refused, Self::Fitting, Self::Known];

    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Refused => "refused",
            Self::Fitting => "fitting",
            Self::Known => "known",
        }
    }
}

impl Pasted {
    /// The names of the columns of a table; empty where it has none.
    pub(crate) fn names(table: &Table) -> Vec<String> {
        table.header().map(|header| header.cells.clone()).unwrap_or_default()
    }

    /// The text that counts.
    pub(crate) fn text(self) -> Arc<str> {
        let long = self.long.with_untracked(|long| long.as_ref().map(|long| Arc::clone(&long.text)));
        long.unwrap_or_else(|| self.text.with_untracked(|text| Arc::from(text.as_str())))
    }

    fn new() -> Self {
        Self {
            text: RwSignal::new(String::new()),
            long: RwSignal::new(None),
            is_plan: RwSignal::new(false),
            table: RwSignal::new(None),
            columns: RwSignal::new(Vec::new()),
            said_of: RwSignal::new(None),
            defaults: RwSignal::new(Defaults::default()),
            rows: RwSignal::new(Arc::default()),
            progress: RwSignal::new(None),
            shown: RwSignal::new(ShownLines::default()),
            reading: RwSignal::new(0),
            is_stale: StoredValue::new(false),
        }
    }
}

impl FleetChoice {
    pub(super) fn new() -> Self {
        Self {
            way: RwSignal::new(FIRST_WAY),
            name: RwSignal::new(String::new()),
            sources: RwSignal::new(Vec::new()),
            states: RwSignal::new(IndexMap::new()),
            listed: RwSignal::new(Arc::default()),
            found: RwSignal::new(ListedInstances::default()),
            via: StoredValue::new(None),
            filter: RwSignal::new(String::new()),
            chosen: RwSignal::new(HashSet::new()),
            acts: RwSignal::new(IndexMap::new()),
            listing: RwSignal::new(0),
            adding: RwSignal::new(0),
            offered: StoredValue::new(HashSet::new()),
            pasted: Pasted::new(),
            examples: RwSignal::new(String::from("20")),
        }
    }

    /// What was found through another connection is not there through this one.
    pub(crate) fn list_via(self, connection: &str) {
        let before = self.via.try_update_value(|via| via.replace(connection.to_owned())).flatten();
        if before.is_some_and(|before| before != connection) {
            self.listing.update(|number| *number = number.wrapping_add(1));
            self.states.set(IndexMap::new());
            self.found.set(ListedInstances::default());
            self.chosen.set(HashSet::new());
        }
    }

    /// Changes a source. What it said before is about another place.
    pub(crate) fn change_source(self, id: u32, change: impl FnOnce(&mut Source)) {
        self.sources.update(|sources| {
            if let Some(source) = sources.iter_mut().find(|source| source.id == id) {
                change(source);
            }
        });
        let is_over = |state: &SourceState| !matches!(state, SourceState::Waiting | SourceState::Asking(_));
        if self.states.with_untracked(|states| states.get(&id).is_some_and(is_over)) {
            self.states.update(|states| {
                states.shift_remove(&id);
            });
        }
    }

    pub(crate) fn source(self, id: u32) -> Option<Source> {
        self.sources.with(|sources| sources.iter().find(|source| source.id == id).cloned())
    }

    pub(crate) fn set_state(self, id: u32, state: SourceState) {
        self.states.update(|states| {
            states.insert(id, state);
        });
    }

    /// What tells the instance of a row from all others.
    pub(crate) fn key(self, row: usize) -> Option<InstanceKey> {
        self.found.with(|found| {
            let instance = found.get(row)?;
            self.listed.with(|listed| {
                let listed = listed.get(&instance.source)?;
                Some((listed.source.api.clone(), listed.region.clone(), instance.id.clone()))
            })
        })
    }

    /// Whether rows are being added to the fleet. It is not planned meanwhile, and stays on the page.
    pub(crate) fn is_adding(self) -> bool {
        self.adding.get() != 0
    }

    pub(crate) fn is_adding_untracked(self) -> bool {
        self.adding.get_untracked() != 0
    }

    /// Whether a source is being asked, or waits for it.
    pub(crate) fn is_listing(self) -> bool {
        let under_way = |state: &SourceState| matches!(state, SourceState::Waiting | SourceState::Asking(_));
        self.states.with(|states| states.values().any(under_way))
    }
}
