//! The changes that are followed until it is known what became of them. The browser remembers them, so that a page that is
//! opened again goes on.

use super::settings::Settings;
use super::site::{OperationKey, Site};
use crate::catalog::Operation;
use crate::follow::{Follow, Need, Overtaken, Phase};
use crate::proxy::ConnectionKind;
use crate::ui::platform::{dates, storage};
use gloo_timers::callback::Timeout;
use indexmap::{IndexMap, IndexSet};
use leptos::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;
use time::{Duration, OffsetDateTime};

/// Where each follow is stored: its id stands behind.
const STORED: &str = "follow.";
/// So many follows that are over are kept.
const MOST_OVER: usize = 20;

#[derive(Clone, Copy)]
pub(crate) struct Follows {
    site: Site,
    settings: Settings,
    /// By the id of the call that made the change, the latest one last.
    all: RwSignal<IndexMap<String, Follow>>,
    /// The next event of each.
    timers: StoredValue<IndexMap<String, Timeout>, LocalStorage>,
    lapse: RwSignal<TimeLapse>,
    /// How far the simulated time was ahead when a simulated change was made.
    begun: StoredValue<IndexMap<String, Duration>>,
    /// The operations that looks call, each read once: a fleet looks thousands of times.
    operations: StoredValue<HashMap<OperationKey, Arc<Operation>>>,
    /// The changes that any profile may look at: the one that made them is gone, and the user has said so.
    adopted: StoredValue<IndexSet<String>>,
}

/// How fast the time of the simulated clouds goes, and how far it is ahead of this computer's clock.
#[derive(Debug, Clone, Copy, PartialEq)]
struct TimeLapse {
    speed: i32,
    since: OffsetDateTime,
    ahead: Duration,
}

impl TimeLapse {
    fn ahead(self, now: OffsetDateTime) -> Duration {
        self.ahead + (now - self.since) * (self.speed - 1)
    }
}

impl Follows {
    pub(super) fn new(site: Site, settings: Settings) -> Self {
        Self {
            site,
            settings,
            all: RwSignal::new(IndexMap::new()),
            timers: StoredValue::new_local(IndexMap::new()),
            lapse: RwSignal::new(TimeLapse { speed: 1, since: dates::now(), ahead: Duration::ZERO }),
            begun: StoredValue::new(IndexMap::new()),
            operations: StoredValue::new(HashMap::new()),
            adopted: StoredValue::new(IndexSet::new()),
        }
    }

    pub(crate) fn get(self, id: &str) -> Option<Follow> {
        self.all.with(|all| all.get(id).cloned())
    }

    pub(crate) fn has(self, id: &str) -> bool {
        self.all.with(|all| all.contains_key(id))
    }

    pub(crate) fn any(self) -> bool {
        self.all.with(|all| !all.is_empty())
    }

    /// The ids of all, the latest first.
    pub(crate) fn ids(self) -> Vec<String> {
        self.all.with(|all| all.keys().rev().cloned().collect())
    }

    /// Whether any of them is not over.
    pub(crate) fn any_running(self) -> bool {
        self.all.with(|all| all.values().any(|follow| follow.phase() == Phase::Running))
    }

    /// The one that the title of the page tells of: the latest that is not over, else the latest.
    pub(crate) fn foremost(self) -> Option<Follow> {
        self.all.with(|all| {
            let running = all.values().rev().find(|follow| follow.phase() == Phase::Running);
            running.or(all.values().next_back()).cloned()
        })
    }

    /// The values by which the tasks of all others are known, such as their ids.
    pub(crate) fn values_of_others(self, id: &str) -> Vec<String> {
        self.all
            .with(|all| all.iter().filter(|(other, _)| *other != id).flat_map(|(_, other)| other.values()).collect())
    }

    /// The ids of those that wait for a credential.
    pub(crate) fn in_need_of_credential(self) -> Vec<String> {
        self.all.with(|all| {
            let in_need = all.iter().filter(|(_, follow)| follow.need() == Some(Need::Credential));
            in_need.map(|(id, _)| id.clone()).collect()
        })
    }

    /// An operation as it is offered here.
    pub(crate) fn operation(self, key: OperationKey) -> Option<Arc<Operation>> {
        if let Some(known) = self.operations.with_value(|known| known.get(&key).cloned()) {
            return Some(known);
        }
        let operation = Arc::new(untrack(|| self.site.operation(&key))?);
        self.operations.update_value(|known| drop(known.insert(key, operation.clone())));
        Some(operation)
    }

    /// Lets any profile look at a change whose own profile is gone.
    pub(crate) fn adopt(self, id: &str) {
        self.adopted.update_value(|adopted| {
            adopted.insert(id.to_owned());
        });
    }

    /// Whether any profile may look at it.
    pub(crate) fn is_adopted(self, id: &str) -> bool {
        self.adopted.with_value(|adopted| adopted.contains(id))
    }

    /// Adds a follow, or replaces it. They stand in the order of their calls, whenever they were read back.
    pub(crate) fn put(self, follow: Follow) {
        if self.is_simulated(&follow) && !self.all.with_untracked(|all| all.contains_key(&follow.origin.id)) {
            let ahead = self.lapse.get_untracked().ahead(dates::now());
            self.begun.update_value(|begun| {
                begun.insert(follow.origin.id.clone(), ahead);
            });
        }
        self.all.update(|all| {
            all.insert(follow.origin.id.clone(), follow);
            all.sort_by(|_, one, _, other| one.started().cmp(&other.started()));
        });
    }

    /// Stores a follow in this browser. The simulated clouds end with the page, and what happens there is forgotten.
    pub(crate) fn keep(self, follow: &Follow) {
        if self.site.config.with_untracked(|config| config.recent_instances) && !self.is_simulated(follow) {
            storage::remember(&format!("{STORED}{}", follow.origin.id), &follow.to_json());
        }
        let over = self.all.with_untracked(|all| {
            all.values()
                .filter(|follow| follow.end().is_some())
                .map(|follow| follow.origin.id.clone())
                .collect::<Vec<_>>()
        });
        over.iter().rev().skip(MOST_OVER).for_each(|id| self.remove(id));
    }

    /// The ids of the follows that this browser remembers.
    pub(crate) fn stored_ids(self) -> Vec<String> {
        let keys = storage::remembered_keys();
        keys.iter().filter_map(|key| key.strip_prefix(STORED)).map(str::to_owned).collect()
    }

    /// A follow as this browser remembers it. One that cannot be read is forgotten.
    pub(crate) fn stored(self, id: &str) -> Option<Follow> {
        let key = format!("{STORED}{id}");
        let follow = Follow::from_json(&storage::remembered(&key)?).ok();
        if follow.is_none() {
            storage::forget(&key);
        }
        follow
    }

    /// A follow in the place of those whose call it repeats: they are gone, for all are of one act. Gives their ids too.
    pub(crate) fn in_place(self, follow: Follow) -> (Follow, Vec<String>) {
        let is_before = |before: &&Follow| follow.is_repeat_of(before);
        let before: Vec<Follow> = self.all.with_untracked(|all| all.values().filter(is_before).cloned().collect());
        before.iter().for_each(|before| self.remove(&before.origin.id));
        let ids = before.iter().map(|before| before.origin.id.clone()).collect();
        (before.iter().fold(follow, Follow::in_place_of), ids)
    }

    /// Whether the follow is of an act for which an earlier call is looked for.
    pub(crate) fn has_before(self, follow: &Follow) -> bool {
        self.all.with_untracked(|all| all.values().any(|before| follow.is_repeat_of(before)))
    }

    /// What a later change of the same thing makes of a result.
    pub(crate) fn overtaken(self, follow: &Follow) -> Option<Overtaken> {
        self.all.with(|all| all.values().find_map(|later| follow.overtaken_by(later)))
    }

    /// The ids of the calls of which nobody knew what became of them, and which were sent again with this one.
    pub(crate) fn sent_again_with(self, later: &Follow) -> Vec<String> {
        self.all.with_untracked(|all| {
            let again = all.values().filter(|follow| follow.overtaken_by(later) == Some(Overtaken::SentAgain));
            again.map(|follow| follow.origin.id.clone()).collect()
        })
    }

    /// Takes a follow off the page and out of this browser.
    pub(crate) fn remove(self, id: &str) {
        storage::forget(&format!("{STORED}{id}"));
        self.set_timer(id, None);
        self.all.update(|all| {
            all.shift_remove(id);
        });
    }

    /// Replaces the timer of a follow; the one before does not ring any more.
    pub(crate) fn set_timer(self, id: &str, timer: Option<Timeout>) {
        self.timers.update_value(|timers| {
            match timer {
                Some(timer) => timers.insert(id.to_owned(), timer),
                None => timers.shift_remove(id),
            };
        });
    }

    /// Whether the change was made in the sandbox of this page.
    pub(crate) fn is_simulated(self, follow: &Follow) -> bool {
        let connection = untrack(|| self.settings.connection_named(&follow.origin.connection));
        connection.is_some_and(|connection| connection.kind == ConnectionKind::Sandbox)
    }

    /// The time by which a follow waits: that of the simulated clouds may go faster.
    pub(crate) fn now(self, follow: &Follow) -> OffsetDateTime {
        let now = dates::now();
        if !self.is_simulated(follow) {
            return now;
        }
        // What ran ahead before the change was made is not its time.
        let before = self.begun.with_value(|begun| begun.get(&follow.origin.id).copied()).unwrap_or_default();
        now + self.lapse.get_untracked().ahead(now) - before
    }

    /// How long this computer has to wait until such a time.
    pub(crate) fn wait_until(self, follow: &Follow, time: OffsetDateTime) -> std::time::Duration {
        let speed = if self.is_simulated(follow) { self.lapse.get_untracked().speed } else { 1 };
        ((time - self.now(follow)) / speed).try_into().unwrap_or_default()
    }

    /// How far the time of the simulated clouds is ahead of this computer's.
    pub(crate) fn simulated_ahead(self) -> Duration {
        self.lapse.get_untracked().ahead(dates::now())
    }

    /// How fast the time of the simulated clouds goes.
    pub(crate) fn speed(self) -> i32 {
        self.lapse.with(|lapse| lapse.speed)
    }

    pub(crate) fn set_speed(self, speed: i32) {
        let now = dates::now();
        self.lapse.update(|lapse| *lapse = TimeLapse { speed, since: now, ahead: lapse.ahead(now) });
    }
}
