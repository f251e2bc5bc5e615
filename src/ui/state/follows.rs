//! The changes that are followed until it is known what became of them. The browser remembers them, so that a page that is
//! opened again goes on.

use super::settings::Settings;
use super::site::Site;
use crate::follow::{Follow, Phase};
use crate::proxy::ConnectionKind;
use crate::ui::platform::{dates, storage};
use gloo_timers::callback::Timeout;
use indexmap::IndexMap;
use leptos::prelude::*;
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

    /// The one that the title of the page tells of: the latest.
    pub(crate) fn latest(self) -> Option<Follow> {
        self.all.with(|all| all.values().next_back().cloned())
    }

    /// The values by which the tasks of all are known, such as their ids.
    pub(crate) fn known_values(self) -> Vec<String> {
        self.all.with(|all| all.values().flat_map(Follow::values).collect())
    }

    pub(crate) fn put(self, follow: Follow) {
        self.all.update(|all| {
            all.insert(follow.origin.id.clone(), follow);
        });
    }

    /// Stores a follow in this browser. The simulated clouds end with the page, and what happens there is forgotten.
    pub(crate) fn keep(self, follow: &Follow) {
        if !self.site.config.with_untracked(|config| config.recent_instances) || self.is_simulated(follow) {
            return;
        }
        storage::remember(&format!("{STORED}{}", follow.origin.id), &follow.to_json());
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
        let ahead = if self.is_simulated(follow) { self.lapse.get_untracked().ahead(now) } else { Duration::ZERO };
        now + ahead
    }

    /// How long this computer has to wait until such a time.
    pub(crate) fn wait_until(self, follow: &Follow, time: OffsetDateTime) -> std::time::Duration {
        let speed = if self.is_simulated(follow) { self.lapse.get_untracked().speed } else { 1 };
        ((time - self.now(follow)) / speed).try_into().unwrap_or_default()
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
