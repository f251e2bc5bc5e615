//! Ids of the parts that the focus goes to from other parts of a fleet.

/// The plan.
pub(super) const PLAN_ID: &str = "fleet-plan";
/// How far the run is.
pub(super) const HEADLINE_ID: &str = "fleet-headline";
/// One row of the run.
pub(super) const ROW_ID: &str = "fleet-row-title";
