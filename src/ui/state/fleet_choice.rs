//! What was typed and chosen for the next rows of a fleet. It outlives the page, so that nobody types it twice.

use crate::credentials::ProfileId;
use crate::fleet::Found;
use crate::follow::Place;
use crate::ui::words::Message;
use indexmap::IndexMap;
use leptos::prelude::*;
use std::collections::HashSet;
use std::sync::Arc;

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
    /// The id of the way that is open; empty for the first.
    pub(crate) way: RwSignal<&'static str>,
    /// What the fleet is to be called.
    pub(crate) name: RwSignal<String>,
    pub(crate) sources: RwSignal<Vec<Source>>,
    /// What became of each source, by its id.
    pub(crate) states: RwSignal<IndexMap<u32, SourceState>>,
    /// The sources of [`Self::found`], by their ids.
    pub(crate) listed: RwSignal<Arc<IndexMap<u32, ListedSource>>>,
    pub(crate) found: RwSignal<Found>,
    pub(crate) filter: RwSignal<String>,
    pub(crate) chosen: RwSignal<HashSet<InstanceKey>>,
    /// The act for the chosen instances, by API.
    pub(crate) acts: RwSignal<IndexMap<String, String>>,
    /// Counts the lists: an answer to an earlier one comes too late.
    pub(crate) listing: RwSignal<u32>,
}

impl FleetChoice {
    pub(super) fn new() -> Self {
        Self {
            way: RwSignal::new(""),
            name: RwSignal::new(String::new()),
            sources: RwSignal::new(Vec::new()),
            states: RwSignal::new(IndexMap::new()),
            listed: RwSignal::new(Arc::default()),
            found: RwSignal::new(Found::default()),
            filter: RwSignal::new(String::new()),
            chosen: RwSignal::new(HashSet::new()),
            acts: RwSignal::new(IndexMap::new()),
            listing: RwSignal::new(0),
        }
    }

    /// Changes a source. What it said before is about another place.
    pub(crate) fn change_source(self, id: u32, change: impl FnOnce(&mut Source)) {
        self.sources.update(|sources| {
            if let Some(source) = sources.iter_mut().find(|source| source.id == id) {
                change(source);
            }
        });
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

    /// Whether a source is being asked, or waits for it.
    pub(crate) fn is_listing(self) -> bool {
        let under_way = |state: &SourceState| matches!(state, SourceState::Waiting | SourceState::Asking(_));
        self.states.with(|states| states.values().any(under_way))
    }
}
