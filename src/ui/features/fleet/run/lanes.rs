//! One line for each provider and region: how many rows are under way, how fast they go, and what they wait for.

use crate::fleet::LaneView;
use crate::ui::features::fleet::lane_name::lane_name;
use crate::ui::platform::dates;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{WaitNames, fleet_words};
use leptos::prelude::*;

/// The lanes.
#[component]
pub(super) fn Lanes() -> impl IntoView {
    let stores = use_stores();
    let fleet = stores.fleet();
    // A tab that watches knows the rows and not what the lanes do.
    let lanes = Memo::new(move |_| {
        fleet.version();
        let now = fleet.now();
        if fleet.is_watched() { Vec::new() } else { fleet.with(|fleet| fleet.lanes(now)).unwrap_or_default() }
    });
    let any = Memo::new(move |_| lanes.with(|lanes| !lanes.is_empty()));
    let words = fleet_words();
    let rows = move || lanes.get().into_iter().map(|lane| line(stores, &lane)).collect_view();
    move || {
        any.get().then(|| {
            view! {
                <section class="run-lanes">
                    <h3>{words.lanes}</h3>
                    <div class="table-scroll" role="region" aria-label=words.lanes tabindex="0">
                        <table class="plain-table">
                            <thead>
                                <tr>
                                    <th scope="col">{words.lane}</th>
                                    <th scope="col">{words.under_way}</th>
                                    <th scope="col">{words.calls_a_minute}</th>
                                    <th scope="col">{words.waits_for}</th>
                                </tr>
                            </thead>
                            <tbody>{move || rows()}</tbody>
                        </table>
                    </div>
                </section>
            }
            .into_any()
        })
    }
}

/// What a lane waits for, in words.
pub(super) fn waits(stores: Stores, lane: &LaneView) -> Vec<String> {
    let name = |profile| untrack(|| stores.profiles.summary(profile)).map(|summary| summary.name).unwrap_or_default();
    let time = |time: time::OffsetDateTime| dates::time_or_date(time.unix_timestamp());
    let names = WaitNames { profile: &name, time: &time };
    lane.waits.iter().map(|wait| (fleet_words().wait)(wait, &names)).collect()
}

fn line(stores: Stores, lane: &LaneView) -> AnyView {
    let waits = waits(stores, lane);
    let waits = match waits.as_slice() {
        [] => view! { "–" }.into_any(),
        [only] => only.clone().into_any(),
        // Two sentences in a row would read as one cause.
        several => {
            let item = |wait: &String| view! { <li>{wait.clone()}</li> }.into_any();
            view! { <ul class="plain">{several.iter().map(item).collect_view()}</ul> }.into_any()
        }
    };
    let words = fleet_words();
    let of = (words.of)(lane.counts.under_way, lane.counts.under_way + lane.counts.waiting);
    view! {
        <tr data-lane=lane_name(&lane.lane)>
            <th scope="row">{lane_name(&lane.lane)}</th>
            <td data-label=words.under_way>{of}</td>
            <td data-label=words.calls_a_minute>{(words.calls_made)(lane.calls, lane.rate, lane.limits.rate)}</td>
            <td data-label=words.waits_for>{waits}</td>
        </tr>
    }
    .into_any()
}
