//! The words of a fleet that runs. Those of choosing and planning are beside this file.

#[derive(Debug)]
pub(crate) struct FleetWords {
    pub(crate) lead: &'static str,
    pub(crate) steps: &'static str,
    pub(crate) choose: &'static str,
    pub(crate) plan: &'static str,
    pub(crate) run: &'static str,
    pub(crate) report: &'static str,
    pub(crate) nothing_runs: &'static str,
}
