//! Fleets: choose, plan, run, report.

mod acts;
mod choose;
mod credentials;
pub(crate) mod engine;
mod ids;
mod kept;
mod lane_name;
mod leave;
mod milestones;
mod passage;
mod plan;
mod report;
mod run;
mod start;

pub(crate) use choose::Choose;
use kept::KeptFleets;
pub(crate) use passage::Passage;
pub(crate) use plan::Plan;
pub(crate) use report::ReportStep;
pub(crate) use run::{Notices, Run};
pub(crate) use start::StartFleet;

use crate::ui::state::Stores;
use engine::Unwritten;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// Makes the page ready for fleets. The first time, the fleet that was under way in this browser comes onto it.
pub(crate) fn begin(stores: Stores) {
    if stores.fleet().has_engine() {
        return;
    }
    engine::start(stores);
    spawn_local(async move {
        if let Some(id) = kept::unfinished().await
            && untrack(|| stores.fleet().stage()).is_none()
            && let Err(error) = engine::open(stores, &id, Unwritten::Store).await
        {
            stores.fleet().set_problem(Some(error));
        }
    });
}
