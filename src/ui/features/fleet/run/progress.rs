//! How far the run has got: numbers and words, and a bar that shows the same.

use crate::fleet::{Remaining, RowGroup};
use crate::ui::features::fleet::milestones::announce_milestones;
use crate::ui::state::fleet::FleetStore;
use crate::ui::state::use_stores;
use crate::ui::words::fleet_words;
use leptos::prelude::*;

/// How many rows are where, and how fast it goes.
#[component]
pub(crate) fn Progress() -> impl IntoView {
    let fleet = use_stores().fleet();
    // What is said stays as long as it is about right.
    let remaining = Memo::new(move |before: Option<&Option<Remaining>>| {
        fleet.version();
        let now = fleet.now();
        let remaining = fleet.with(|fleet| fleet.remaining(now))?;
        Some(remaining.coarse(before.copied().flatten()))
    });
    announce_milestones(move || fleet.progress().unwrap_or_default(), fleet_words().milestone);
    view! {
        <section class="run-progress" aria-label=fleet_words().progress>
            <Counted/>
            <p class="muted">{move || pace(fleet, remaining)}</p>
        </section>
    }
}

/// How many rows are where: a bar, and the same in words.
#[component]
pub(crate) fn Counted() -> impl IntoView {
    let fleet = use_stores().fleet();
    let count = move |kind: RowGroup| fleet.counts().of_group(kind);
    let item = move |kind: RowGroup| {
        view! {
            <li data-state=kind.name() data-count=move || count(kind).to_string() prop:hidden=move || count(kind) == 0>
                <b>{move || count(kind)}</b>
                " "
                <span>{(fleet_words().group)(kind)}</span>
            </li>
        }
        .into_any()
    };
    let segment = move |kind: RowGroup| {
        let share = move || count(kind).to_string();
        view! { <span data-state=kind.name() style:flex-grow=move || share()></span> }.into_any()
    };
    let label = move || {
        let (over, all) = fleet.counts().progress();
        (fleet_words().milestone)(over, all)
    };
    view! {
        <div class="run-bar" role="img" aria-label=move || label()>{RowGroup::ALL.map(segment).into_iter().collect_view()}</div>
        <ul class="fleet-counts">{RowGroup::ALL.map(item).into_iter().collect_view()}</ul>
    }
}

/// How fast it goes, and how long the rest takes.
fn pace(fleet: FleetStore, remaining: Memo<Option<Remaining>>) -> Option<String> {
    fleet.version();
    let (over, all) = fleet.progress()?;
    // A tab that watches measures nothing.
    if over == all || fleet.is_watched() {
        return None;
    }
    let now = fleet.now();
    let (calls, ended) = fleet.with(|fleet| fleet.last_minute(now))?;
    let remaining = remaining.get()?;
    let words = fleet_words();
    Some(format!("{} {}", (words.pace)(calls, ended), (words.remaining)(remaining.time, remaining.calls)))
}
