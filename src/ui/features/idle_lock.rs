//! The idle lock: secrets that nobody uses are forgotten. It watches from the first moment of the page.

use super::vault;
use crate::fleet::FleetStage;
use crate::ui::ids::TITLE_ID;
use crate::ui::platform::{dates, dom};
use crate::ui::state::fleet::FleetStore;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::words;
use gloo_timers::callback::Interval;
use leptos::prelude::*;

/// So many seconds before the lock it warns; half of the time where that is less.
const WARNING: i64 = 60;

/// Watches for activity, and locks when there is none. It compares times and does not count ticks: the time
/// that a computer slept counts too.
pub(crate) fn watch(stores: Stores) {
    let active = StoredValue::new(dates::now_in_seconds());
    for event in ["pointerdown", "keydown", "wheel", "touchstart"] {
        let handle = window_event_listener_untyped(event, move |_| {
            active.set_value(dates::now_in_seconds());
            if stores.profiles.locks_in.get_untracked().is_some() {
                stores.profiles.locks_in.set(None);
            }
        });
        on_cleanup(move || handle.remove());
    }
    let tick = Interval::new(1_000, move || {
        let now = dates::now_in_seconds();
        let has_ends = || untrack(|| stores.profiles.summaries()).iter().any(|profile| profile.expires.is_some());
        // A page without an expiry, and without a change of which it says how long ago it was, needs no update.
        if has_ends() || untrack(|| stores.follows.any_running()) {
            stores.clocks.now.set(now);
        }
        let minutes = untrack(|| stores.settings.idle_minutes());
        let limit = i64::try_from(minutes * 60).unwrap_or(i64::MAX);
        let left = limit - (now - active.get_value());
        let holds_secrets =
            left <= WARNING && (untrack(|| stores.profiles.hold_secrets()) || stores.forms.hold_secrets());
        let locks_in = (holds_secrets && left > 0 && left <= WARNING.min(limit / 2)).then_some(left);
        if stores.profiles.locks_in.get_untracked() != locks_in {
            // The user may be in another window.
            if stores.profiles.locks_in.get_untracked().is_none() {
                before_lock(stores, false);
            }
            stores.profiles.locks_in.set(locks_in);
        }
        if left <= 0 && holds_secrets {
            before_lock(stores, true);
            vault::lock(stores);
            stores.profiles.idle_locked.set(true);
            // The control of a secret may have had it.
            dom::next_frame(|| dom::focus_if_lost(TITLE_ID));
            stores.shell.announce((words().locked_after)(minutes));
        }
    });
    // The page has one clock, this one, for as long as it lives.
    tick.forget();
}

/// A fleet that runs has to know before its credentials are gone.
fn before_lock(stores: Stores, is_now: bool) {
    if let Some(fleet) = untrack(|| stores.fleets.fleet()) {
        fleet.before_lock(is_now);
    }
}

/// Above every page: the secrets will be gone soon. Any key and any touch keeps them, and so does the button.
#[component]
pub(crate) fn IdleWarning() -> impl IntoView {
    let stores = use_stores();
    let locks_in = stores.profiles.locks_in;
    let runs = Memo::new(move |_| stores.fleets.fleet().and_then(FleetStore::stage) == Some(FleetStage::Running));
    let fleet = move || runs.get().then(|| view! { <p>{words().pages.idle_fleet}</p> }.into_any());
    let warns = Memo::new(move |_| locks_in.with(Option::is_some));
    // The seconds change, and nobody wants to hear each of them.
    let announced =
        move || warns.get().then(|| (words().pages.idle_in)(untrack(|| locks_in.get()).unwrap_or_default()));
    view! {
        <Show when=move || warns.get()>
            <section class="idle-warning banner" data-tone="unsure" aria-label=words().pages.idle_title>
                <h2>{words().pages.idle_title}</h2>
                <p aria-hidden="true">{move || locks_in.get().map(words().pages.idle_in)}</p>
                {move || fleet()}
                <div class="actions">
                    <button type="button" class="button primary" on:click=move |_| locks_in.set(None)>
                        {words().pages.stay}
                    </button>
                </div>
            </section>
        </Show>
        <p class="visually-hidden" role="alert">{move || announced()}</p>
    }
}
