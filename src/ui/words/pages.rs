//! The words of the pages around the operations.

use crate::fleet::FleetStage;

/// Home, the log of calls, the search, the idle lock, credentials.
#[derive(Debug)]
pub(crate) struct PageWords {
    pub(crate) open: &'static str,
    pub(crate) pick_from: &'static str,
    pub(crate) no_credential_yet: &'static str,
    pub(crate) no_profile_yet: &'static str,
    /// The same while a vault is locked.
    pub(crate) profile_locked: &'static str,
    pub(crate) helpers: &'static str,
    pub(crate) dismiss: &'static str,
    pub(crate) log: &'static str,
    pub(crate) log_empty: &'static str,
    pub(crate) copy_all: &'static str,
    pub(crate) all_calls: &'static str,
    pub(crate) under_way: &'static str,
    pub(crate) interrupted: &'static str,
    pub(crate) interrupted_title: &'static str,
    pub(crate) interrupted_lead: &'static str,
    /// The same for a simulated call.
    pub(crate) simulation_gone: &'static str,
    pub(crate) to_find_out: &'static str,
    pub(crate) palette: &'static str,
    pub(crate) palette_help: &'static str,
    pub(crate) operation: &'static str,
    pub(crate) page: &'static str,
    pub(crate) history: &'static str,
    pub(crate) fleet: &'static str,
    /// The beginning of the page's title while it has a run: how far that is, whether it takes no new rows after failures, and
    /// how many rows of how many are over.
    pub(crate) fleet_progress: fn(FleetStage, bool, usize, usize) -> String,
    /// The idle lock will pause the fleet.
    pub(crate) idle_fleet: &'static str,
    pub(crate) call: &'static str,
    pub(crate) action: &'static str,
    pub(crate) unlock_vault: &'static str,
    pub(crate) save_vault: &'static str,
    pub(crate) keys: &'static str,
    /// Key and what it does.
    pub(crate) key_list: &'static [(&'static str, &'static str)],
    pub(crate) stay: &'static str,
    pub(crate) idle_title: &'static str,
    pub(crate) forget_question: &'static str,
    pub(crate) delete_question: &'static str,
    pub(crate) time_limits: &'static str,
    pub(crate) filter: &'static str,
    pub(crate) next_step: &'static str,
    pub(crate) all_fields: &'static str,
    /// The disclosure with the address that fills this form.
    pub(crate) link: &'static str,
    /// The page that reads a pasted command.
    pub(crate) import: &'static str,
    /// A connection to switch to.
    pub(crate) use_connection: fn(&str) -> String,
    /// So many entries of the search are shown.
    pub(crate) palette_count: fn(usize) -> String,
    /// So many seconds until the idle lock.
    pub(crate) idle_in: fn(i64) -> String,
    /// No profile is in sight, and so many are locked in the vault.
    pub(crate) locked_profiles: fn(Option<usize>) -> String,
    /// So many rows of so many.
    pub(crate) rows_shown: fn(usize, usize) -> String,
    /// These fields were filled by the address.
    pub(crate) filled_by_link: fn(&str) -> String,
    /// Blanks and invisible characters were removed from this field.
    pub(crate) tidied: fn(&str) -> String,
}
