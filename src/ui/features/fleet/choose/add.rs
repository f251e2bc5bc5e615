//! Adding rows to the fleet of the page.

use crate::fleet::{FleetStage, RowId, RowProblem, RowSpec};
use crate::ui::platform::dates;
use crate::ui::platform::slices::Slices;
use crate::ui::state::Stores;
use crate::ui::words::fleet_plan_words;
use leptos::prelude::*;

/// So many rows are added at once.
const AT_ONCE: usize = 100;

/// What became of rows that were to be added.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct AddedRows {
    pub(super) new: usize,
    /// The fleet had them already.
    pub(super) known: usize,
    /// Something is wrong with them.
    pub(super) refused: usize,
    /// What is wrong with the first of them.
    pub(super) why: Vec<RowProblem>,
}

/// Whether rows can be added now: a fleet that is planned or runs takes no more.
pub(super) fn takes_rows(stores: Stores) -> bool {
    matches!(stores.fleet().stage(), None | Some(FleetStage::Choosing))
}

/// Why no rows can be added now.
pub(super) fn closed_words(stores: Stores) -> &'static str {
    let text = fleet_plan_words();
    match stores.fleet().stage() {
        Some(FleetStage::Planning | FleetStage::Planned) => text.closed_planned,
        _ => text.closed_running,
    }
}

/// Makes sure that the page has a fleet.
pub(super) fn ensure_fleet(stores: Stores) {
    if untrack(|| stores.fleet().stage()).is_none() {
        let name = stores.fleet_choice().name.get_untracked();
        let name = name.trim();
        // The next fleet has another one.
        stores.fleet_choice().name.set(String::new());
        if name.is_empty() {
            stores.fleet().begin(&(fleet_plan_words().default_name)(&dates::date_and_time(dates::now_in_seconds())));
        } else {
            stores.fleet().begin(name);
        }
    }
}

/// Adds rows in small parts, so that the page goes on answering. Gives their ids.
pub(super) async fn add_specs(stores: Stores, mut specs: impl Iterator<Item = RowSpec>) -> Vec<RowId> {
    let mut slices = Slices::begin();
    let mut ids = Vec::new();
    loop {
        let part: Vec<RowSpec> = specs.by_ref().take(AT_ONCE).collect();
        if part.is_empty() {
            return ids;
        }
        ids.extend(stores.fleet().add_rows(part));
        slices.pause().await;
    }
}

/// Whether nothing is wrong with a row but that it is there already.
pub(super) fn is_known(problems: &[RowProblem]) -> bool {
    let is_double = |problem: &RowProblem| {
        matches!(
            problem,
            RowProblem::DoubleOfRow { same_act: true, .. } | RowProblem::DoubleOfLine { same_act: true, .. }
        )
    };
    !problems.is_empty() && problems.iter().all(is_double)
}
