//! Fleets: choose, plan, run, report.

mod acts;
mod choose;
mod plan;

pub(crate) use choose::Choose;
pub(crate) use plan::Plan;
