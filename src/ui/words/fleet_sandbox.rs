//! The words of the sandbox's fleets.

use crate::sandbox::FaultLevel;

#[derive(Debug)]
pub(crate) struct FleetSandboxWords {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) size: &'static str,
    /// From one to so many.
    pub(crate) size_help: fn(usize) -> String,
    pub(crate) size_wrong: fn(usize) -> String,
    pub(crate) faults: &'static str,
    pub(crate) level: fn(FaultLevel) -> &'static str,
    /// What a level does.
    pub(crate) level_help: fn(FaultLevel) -> &'static str,
    pub(crate) seed: &'static str,
    pub(crate) seed_help: &'static str,
    pub(crate) seed_wrong: &'static str,
    pub(crate) set_up: &'static str,
    pub(crate) forgets: &'static str,
    /// Each cloud has so many instances, made from this seed.
    pub(crate) is_set_up: fn(usize, u64) -> String,
    pub(crate) not_set_up: &'static str,
    pub(crate) example_title: &'static str,
    pub(crate) example_lead: &'static str,
    pub(crate) example_rows: &'static str,
    /// From one to so many.
    pub(crate) example_wrong: fn(usize) -> String,
    pub(crate) copy_rows: &'static str,
    /// Completes the name of the button: "Copy rows …".
    pub(crate) as_csv: &'static str,
    pub(crate) download_rows: &'static str,
    pub(crate) download_refused: &'static str,
}
