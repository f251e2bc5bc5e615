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
    /// The fleet took no more.
    pub(super) left: usize,
    /// What is wrong with the first of them.
    pub(super) why: Vec<RowProblem>,
}

/// Whether the fleet of the page takes rows: one that is planned or runs takes no more, and a tab that watches adds none.
pub(super) fn takes_rows(stores: Stores) -> bool {
    matches!(stores.fleet().stage(), None | Some(FleetStage::Choosing)) && !stores.fleet().is_watched()
}

/// Whether rows can be added now.
pub(super) fn can_add(stores: Stores) -> bool {
    takes_rows(stores) && !stores.fleet_choice().is_adding()
}

/// Why no rows can be added now.
pub(in crate::ui::features::fleet) fn closed_words(stores: Stores) -> &'static str {
    let text = fleet_plan_words();
    match stores.fleet().stage() {
        _ if stores.fleet().is_unguarded() => text.closed_unguarded,
        _ if stores.fleet().is_watched() => text.closed_watched,
        None | Some(FleetStage::Choosing) => text.closed_adding,
        Some(FleetStage::Planning | FleetStage::Planned) => text.closed_planned,
        _ => text.closed_running,
    }
}

/// Rows come to the fleet of the page, for as long as this lives. It is not planned meanwhile, and no other is opened.
pub(super) struct Adding {
    stores: Stores,
    /// [`FleetStore::visit`](crate::ui::state::fleet::FleetStore::visit)
    visit: u32,
}

impl Adding {
    /// `None`: no rows can be added now.
    pub(super) fn begin(stores: Stores) -> Option<Self> {
        untrack(|| can_add(stores)).then(|| {
            stores.fleet_choice().adding.update(|works| *works += 1);
            Self { stores, visit: stores.fleet().visit() }
        })
    }

    /// Whether it is the same fleet, and still takes rows.
    pub(super) fn goes_on(&self) -> bool {
        self.visit == self.stores.fleet().visit() && untrack(|| takes_rows(self.stores))
    }

    /// Makes sure that the page has a fleet. `name`: what a new one is called where the user has not said it.
    pub(super) fn ensure_fleet(&mut self, name: &str) {
        let stores = self.stores;
        if !self.goes_on() || untrack(|| stores.fleet().stage()).is_some() {
            return;
        }
        let typed = stores.fleet_choice().name.get_untracked();
        // The next fleet has another one.
        stores.fleet_choice().name.set(String::new());
        match [typed.trim(), name.trim()].into_iter().find(|name| !name.is_empty()) {
            Some(name) => stores.fleet().begin(name),
            None => {
                let time = dates::date_and_time(dates::now_in_seconds());
                stores.fleet().begin(&(fleet_plan_words().default_name)(&time));
            }
        }
        self.visit = stores.fleet().visit();
    }

    /// Adds rows in small parts, so that the page goes on answering, until the fleet takes no more. Gives their ids.
    pub(super) async fn add(&self, mut specs: impl Iterator<Item = RowSpec>) -> Vec<RowId> {
        let mut slices = Slices::begin();
        let mut ids = Vec::new();
        while self.goes_on() {
            let part: Vec<RowSpec> = specs.by_ref().take(AT_ONCE).collect();
            if part.is_empty() {
                break;
            }
            ids.extend(self.stores.fleet().add_rows(part));
            slices.pause().await;
        }
        ids
    }
}

impl Drop for Adding {
    fn drop(&mut self) {
        self.stores.fleet_choice().adding.update(|works| *works = works.saturating_sub(1));
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
