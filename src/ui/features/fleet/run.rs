//! The third step: the run as it goes on, and what the user can do about it.

mod actions;
mod detail;
mod errors;
mod lanes;
mod progress;
mod table;

use super::credentials::Credentials;
use super::engine;
use super::ids::HEADLINE_ID;
use super::lane_name::lane_name;
use crate::fleet::{FleetStage, PauseReason};
use crate::outcome::Severity;
use crate::ui::components::alert::{Alert, Notice};
use crate::ui::platform::dom;
use crate::ui::state::vault::VaultState;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{fleet_words, words};
use actions::Actions;
use detail::Detail;
use errors::Errors;
use lanes::{Lanes, waits};
use leptos::prelude::*;
pub(super) use progress::Counted;
use progress::Progress;
use table::{Shown, Table};
use wasm_bindgen_futures::spawn_local;

/// A run.
#[component]
pub(crate) fn Run() -> impl IntoView {
    let fleet = use_stores().fleet();
    let has_begun = Memo::new(move |_| fleet.progress().is_some());
    move || {
        // Another fleet has other rows of the same numbers.
        fleet.id();
        if has_begun.get() {
            view! { <Begun/> }.into_any()
        } else {
            view! { <p>{fleet_words().nothing_runs}</p> }.into_any()
        }
    }
}

#[component]
fn Begun() -> impl IntoView {
    let stores = use_stores();
    let fleet = stores.fleet();
    let shown = Shown::new(fleet);
    let name = move || {
        fleet.version();
        let head = fleet.head();
        head.map(|head| (head.name, (fleet_words().via)(&head.connection)))
    };
    let title = move || name().map(|(name, via)| view! { {name}" "<span class="muted">{via}</span> }.into_any());
    let simulated = move || {
        fleet.version();
        fleet.is_simulated().then(|| view! { <span class="tag">{words().simulated}</span> }.into_any())
    };
    let sentence = Memo::new(move |_| match fleet.stage() {
        Some(FleetStage::Over) => {
            fleet.version();
            (fleet_words().ended)(fleet.counts(), fleet.was_stopped())
        }
        // Here is no Resume button: another tab has it.
        Some(FleetStage::Paused(_)) if fleet.is_watched() => fleet_words().paused_elsewhere.to_owned(),
        Some(FleetStage::Paused(PauseReason::IdleLock)) => {
            (fleet_words().idle_locked)(stores.vault.state.get() != VaultState::Absent).to_owned()
        }
        Some(FleetStage::Paused(PauseReason::Reopened)) if fleet.is_taken_over() => fleet_words().taken_over.to_owned(),
        Some(FleetStage::Running) => standstill(stores)
            .map_or_else(|| (fleet_words().stage)(FleetStage::Running), |waits| (fleet_words().stage_waits)(&waits)),
        Some(stage) => (fleet_words().stage)(stage),
        None => String::new(),
    });
    view! {
        <div class="fleet-run">
            <h2 class="fleet-title">{move || title()}" "{move || simulated()}</h2>
            <p id=HEADLINE_ID tabindex="-1" class="fleet-headline">{move || sentence.get()}</p>
            <Actions/>
            <Credentials focus=HEADLINE_ID/>
            <Progress/>
            <Lanes/>
            <Errors shown=shown/>
            <Table shown=shown/>
            <Detail shown=shown/>
        </div>
    }
}

/// What all of a run waits for, in words. `None`: something of it goes on.
fn standstill(stores: Stores) -> Option<Vec<String>> {
    let fleet = stores.fleet();
    fleet.version();
    if fleet.is_watched() {
        return None;
    }
    let now = fleet.now();
    let mut lanes = fleet.with(|fleet| fleet.lanes(now))?;
    lanes.retain(|lane| lane.counts.waiting + lane.counts.under_way != 0);
    if !lanes.iter().all(|lane| lane.is_stuck) {
        return None;
    }
    let mut all: Vec<String> = Vec::new();
    for wait in lanes.iter().flat_map(|lane| waits(stores, lane)) {
        if !all.contains(&wait) {
            all.push(wait);
        }
    }
    (!all.is_empty()).then_some(all)
}

/// What keeps the run from going on.
#[component]
pub(crate) fn Notices() -> impl IntoView {
    let fleet = use_stores().fleet();
    let watched = move || match (fleet.is_watched(), fleet.is_unguarded()) {
        (false, _) => None,
        (true, false) => Some(view! { <Notice severity=Severity::Warning text=fleet_words().watched/> }.into_any()),
        (true, true) => Some(view! { <Unguarded/> }.into_any()),
    };
    let problem =
        move || fleet.problem().map(|error| view! { <Alert message=(fleet_words().store_error)(&error)/> }.into_any());
    let world = Memo::new(move |_| {
        fleet.version();
        fleet.is_of_another_page() && fleet.is_simulated()
    });
    let world = move || {
        world.get().then(|| view! { <Notice severity=Severity::Warning text=fleet_words().world_is_gone/> }.into_any())
    };
    let halted = Memo::new(move |_| {
        fleet.version();
        fleet.with(|fleet| fleet.halted_lanes().into_iter().map(lane_name).collect::<Vec<_>>()).unwrap_or_default()
    });
    let halted = move || {
        let lanes = halted.get().into_iter();
        let is_watched = fleet.is_watched();
        let notice = |lane: String| {
            view! { <Notice severity=Severity::Error text=(fleet_words().halted)(&lane, is_watched)/> }
        };
        lanes.map(|lane| notice(lane).into_any()).collect_view()
    };
    view! { {move || watched()}{move || problem()}{move || world()}{move || halted()} }
}

/// Nobody knows whether another tab runs the fleet: the user's word comes first.
#[component]
fn Unguarded() -> impl IntoView {
    let click = |_| {
        spawn_local(async {
            engine::run_here().await;
            dom::next_frame(|| dom::focus_if_lost(crate::ui::ids::TITLE_ID));
        });
    };
    view! {
        <Notice severity=Severity::Warning text=fleet_words().unguarded/>
        <div class="actions">
            <button type="button" class="button" data-action="fleet-run-here" on:click=click>
                {fleet_words().run_here}
            </button>
        </div>
    }
}
