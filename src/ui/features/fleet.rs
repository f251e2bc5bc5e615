//! Fleets: choose, plan, run, report.

mod acts;
mod choose;
mod plan;

pub(crate) use choose::Choose;
pub(crate) use plan::Plan;

use leptos::prelude::*;

/// Starts what was planned.
#[component]
pub(crate) fn StartFleet() -> impl IntoView {}
