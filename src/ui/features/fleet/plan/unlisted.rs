//! The regions of a plan that no description lists. They are remarked, and keep nobody from starting.

use crate::fleet::{Row, RowGroup, RowRemark, unlisted_regions};
use crate::ui::features::fleet::acts::Acts;
use crate::ui::state::use_stores;
use crate::ui::words::{fleet_plan_words, fleet_words};
use leptos::prelude::*;

/// One notice for each region.
#[component]
pub(in crate::ui::features::fleet) fn UnlistedRegions(
    acts: Acts,
    /// The rows that are about to be sent only.
    will_change: bool,
) -> impl IntoView {
    let fleet = use_stores().fleet();
    let found = Memo::new(move |_| {
        fleet.version();
        let counts = |row: &&Row| match row.group() {
            RowGroup::Skipped | RowGroup::Stopped => false,
            group => !will_change || group == RowGroup::WillChange,
        };
        fleet
            .with(|fleet| acts.with(|acts| unlisted_regions(fleet.rows.values().filter(counts), acts)))
            .unwrap_or_default()
    });
    let notice = |(remark, rows): (RowRemark, usize)| {
        let text = format!("{}: {}", (fleet_words().rows)(rows), (fleet_plan_words().remark)(&remark));
        view! { <p class="notice" data-tone="unsure" data-remark="region">{text}</p> }.into_any()
    };
    let notices = move || found.get().into_iter().map(notice).collect_view();
    view! { {move || notices()} }
}
