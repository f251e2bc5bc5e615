//! The idle lock: secrets that nobody uses are forgotten. It watches from the first moment of the page.

use super::vault;
use crate::ui::platform::dates;
use crate::ui::state::Stores;
use crate::ui::words::words;
use gloo_timers::callback::Interval;
use leptos::prelude::*;

/// Watches for activity, and locks when there is none. It compares times and does not count ticks: the time
/// that a computer slept counts too.
pub(crate) fn watch(stores: Stores) {
    let active = StoredValue::new(dates::now_in_seconds());
    for event in ["pointerdown", "keydown", "wheel", "touchstart"] {
        let handle = window_event_listener_untyped(event, move |_| active.set_value(dates::now_in_seconds()));
        on_cleanup(move || handle.remove());
    }
    let tick = Interval::new(1_000, move || {
        let now = dates::now_in_seconds();
        let has_ends = || untrack(|| stores.profiles.summaries()).iter().any(|profile| profile.expires.is_some());
        // A page without an expiry needs no update.
        if has_ends() {
            stores.clocks.now.set(now);
        }
        let minutes = untrack(|| stores.settings.idle_minutes());
        let idle = u64::try_from(now - active.get_value()).unwrap_or_default();
        if idle >= minutes * 60 && (untrack(|| stores.profiles.hold_secrets()) || stores.forms.hold_secrets()) {
            vault::lock(stores);
            stores.profiles.idle_locked.set(true);
            stores.shell.announce((words().locked_after)(minutes));
        }
    });
    // The page has one clock, for as long as it lives.
    tick.forget();
}
