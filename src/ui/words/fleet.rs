//! The words of a fleet that runs. Those of choosing and planning are in a file of their own.

use crate::credentials::ProfileId;
use crate::fleet::report::ReportLabels;
use crate::fleet::{Checked, Counts, FleetStage, Row, RowGroup, StoreError, Trouble, Wait};
use crate::ui::words::Message;
use time::{Duration, OffsetDateTime};

/// What a wait names: a profile, and a time of day.
pub(crate) struct WaitNames<'a> {
    pub(crate) profile: &'a dyn Fn(ProfileId) -> String,
    pub(crate) time: &'a dyn Fn(OffsetDateTime) -> String,
}

/// Why rows wait for a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CredentialNeed {
    /// The page has none.
    NotEntered,
    /// The provider refused the last one: the code, which may be empty, and the status.
    Refused(String, u16),
    /// One was entered, and the user has not said that it may go on.
    Entered,
}

/// Through which connection the rows of a fleet go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowsPassage {
    pub(crate) connection: String,
    pub(crate) is_simulated: bool,
    /// There are none yet.
    pub(crate) is_empty: bool,
    /// Another connection is chosen at the top of the page.
    pub(crate) is_apart: bool,
}

#[derive(Debug)]
pub(crate) struct FleetWords {
    pub(crate) lead: &'static str,
    pub(crate) steps: &'static str,
    pub(crate) choose: &'static str,
    pub(crate) plan: &'static str,
    pub(crate) run: &'static str,
    pub(crate) nothing_runs: &'static str,
    /// The rows go through this connection, whatever the page stands at.
    pub(crate) really_sent: fn(&str) -> String,
    /// Where the rows go.
    pub(crate) passage: fn(&RowsPassage) -> String,

    // Why a row cannot be sent.
    pub(crate) not_offered: &'static str,
    pub(crate) no_server: &'static str,
    /// The description has no such field any more.
    pub(crate) no_field: fn(&str) -> String,
    /// The deployment has no connection of this name any more.
    pub(crate) no_connection: fn(&str) -> String,

    // The run as a whole.
    /// How far the fleet has got.
    pub(crate) stage: fn(FleetStage) -> String,
    /// Every row has an end.
    /// And whether the user stopped it.
    pub(crate) ended: fn(Counts, bool) -> String,
    /// So many rows are over, of so many that the run is to change.
    pub(crate) milestone: fn(usize, usize) -> String,
    pub(crate) needs_credential: &'static str,
    pub(crate) lock_is_near: &'static str,
    pub(crate) watched: &'static str,
    /// The browser cannot say whether another tab runs the fleet.
    pub(crate) unguarded: &'static str,
    pub(crate) run_here: &'static str,
    pub(crate) world_is_gone: &'static str,
    /// A lane, and whether another tab runs the fleet.
    pub(crate) halted: fn(&str, bool) -> String,
    pub(crate) progress: &'static str,
    /// The word for rows that are counted together.
    pub(crate) group: fn(RowGroup) -> &'static str,
    /// So many calls and so many ended rows in the last minute.
    pub(crate) pace: fn(u32, u32) -> String,
    /// How long the rest takes, and how many calls it makes.
    pub(crate) remaining: fn(Duration, usize) -> String,
    /// The run is under way, and all of it waits for these.
    pub(crate) stage_waits: fn(&[String]) -> String,
    /// The run is paused in another tab.
    pub(crate) paused_elsewhere: &'static str,
    pub(crate) via: fn(&str) -> String,

    // What the user can do.
    pub(crate) pause: &'static str,
    pub(crate) resume: &'static str,
    pub(crate) stop: &'static str,
    pub(crate) stop_question: &'static str,
    /// Try so many failed rows again, and look at so many that are not known.
    pub(crate) retry_failed: fn(usize, usize) -> String,
    pub(crate) retry_question: &'static str,
    /// Send so many rows that Stop kept from being sent.
    pub(crate) retry_stopped: fn(usize) -> String,
    pub(crate) retry_stopped_question: &'static str,
    pub(crate) close: &'static str,
    pub(crate) notify: &'static str,
    /// Whether the browser shows notifications of this page.
    pub(crate) notification: fn(bool) -> &'static str,
    pub(crate) resume_after_limits: &'static str,
    /// Questions before the fleet leaves the page.
    pub(crate) leave_run: &'static str,
    pub(crate) leave_unwritten: &'static str,
    /// There is another credential for this profile.
    pub(crate) go_on_with: fn(&str) -> String,
    /// The provider refused it, and may have been wrong.
    pub(crate) try_credential_again: &'static str,
    /// Rows wait for a credential of this profile, and why.
    pub(crate) rows_need_credential: fn(&str, &CredentialNeed) -> String,
    /// The profile of these rows is gone from the page; another one is chosen.
    pub(crate) profile_is_gone: fn(&str, &str) -> String,
    /// For the report: this profile goes on in place of one that is gone.
    pub(crate) adopted: fn(&str) -> String,
    pub(crate) to_credentials: &'static str,
    pub(crate) unlock_vault: &'static str,
    /// The idle lock paused the run; whether this browser has a vault.
    pub(crate) idle_locked: fn(bool) -> &'static str,
    /// This tab goes on with the run of another one.
    pub(crate) taken_over: &'static str,

    // The start.
    pub(crate) start: fn(usize) -> String,
    pub(crate) start_title: fn(usize) -> String,
    pub(crate) start_lead: fn(usize, &str) -> String,
    /// An act, of so many of what it changes: the noun of its description.
    pub(crate) start_act: fn(&str, usize, &str) -> String,
    pub(crate) start_simulated: &'static str,
    pub(crate) start_label: &'static str,
    pub(crate) start_help: fn(usize) -> String,
    pub(crate) start_confirm: &'static str,
    pub(crate) nothing_to_start: &'static str,

    // Lanes.
    pub(crate) lanes: &'static str,
    pub(crate) lane: &'static str,
    pub(crate) under_way: &'static str,
    pub(crate) calls_a_minute: &'static str,
    pub(crate) waits_for: &'static str,
    pub(crate) edit_limits: &'static str,
    /// So many of so many.
    pub(crate) of: fn(usize, usize) -> String,
    /// Calls of the last minute, how many a second there may be now, and the limit.
    pub(crate) calls_made: fn(u32, f64, f64) -> String,
    /// What a lane waits for, with the names of profiles.
    pub(crate) wait: fn(&Wait, &WaitNames<'_>) -> String,

    // Errors.
    pub(crate) errors: &'static str,
    /// So many rows.
    pub(crate) rows: fn(usize) -> String,
    pub(crate) remedy: &'static str,
    /// What went wrong, what it means and what to do, where no catalogue says it.
    pub(crate) trouble: fn(&Trouble) -> String,
    pub(crate) trouble_meaning: fn(&Trouble) -> String,
    pub(crate) trouble_remedy: fn(&Trouble) -> String,
    /// The way back from so many rows to all.
    pub(crate) all_rows_again: fn(usize) -> String,
    pub(crate) show_rows: &'static str,

    // The table.
    pub(crate) table: &'static str,
    pub(crate) find: &'static str,
    pub(crate) find_help: &'static str,
    pub(crate) filter: &'static str,
    pub(crate) all_states: &'static str,
    pub(crate) columns: &'static str,
    /// So many rows of so many are shown.
    pub(crate) shown: fn(usize, usize) -> String,
    pub(crate) subject: &'static str,
    pub(crate) act: &'static str,
    pub(crate) provider: &'static str,
    pub(crate) region: &'static str,
    pub(crate) state: &'static str,
    pub(crate) started: &'static str,
    pub(crate) ended_at: &'static str,
    pub(crate) sends: &'static str,
    pub(crate) code: &'static str,
    pub(crate) actions: &'static str,
    pub(crate) open: &'static str,
    /// How far a row has got, in a few words.
    pub(crate) row_state: fn(&Row) -> String,
    /// The same of a row that waits until a time of day.
    pub(crate) row_waits: fn(&Row, &str) -> String,
    /// The same without what differs from row to row: how far it has got, how long it was refused.
    pub(crate) row_kind: fn(&Row) -> String,
    /// The same as the first, with what the plan read where that kept the row from being sent.
    pub(crate) row_outcome: fn(&Row, &str) -> String,

    // One row.
    pub(crate) skip: &'static str,
    pub(crate) retry: &'static str,
    /// For a row that was left out before it was sent.
    pub(crate) do_after_all: &'static str,
    pub(crate) look_again: &'static str,
    /// Sends a row although the plan spoke against it, or nobody knows what became of it.
    pub(crate) insist: &'static str,
    pub(crate) insist_unknown: &'static str,
    pub(crate) insist_unplanned: &'static str,
    /// For the report: the user has sent the row, whose state was this.
    pub(crate) insisted_unknown: fn(&str) -> String,
    pub(crate) insisted_unplanned: fn(&str) -> String,
    pub(crate) preconditions: &'static str,
    /// Whether a condition holds, and why that is not known.
    pub(crate) standing: fn(&Checked) -> String,
    pub(crate) calls: &'static str,
    pub(crate) no_calls: &'static str,
    pub(crate) time: &'static str,
    pub(crate) operation: &'static str,
    pub(crate) answer: &'static str,
    /// So many calls are not noted.
    pub(crate) calls_left_out: fn(u32) -> String,
    pub(crate) no_answer: &'static str,
    pub(crate) request_id: &'static str,
    pub(crate) in_history: &'static str,

    // The report.
    pub(crate) report: &'static str,
    pub(crate) report_lead: &'static str,
    pub(crate) report_csv: &'static str,
    pub(crate) report_json: &'static str,
    pub(crate) report_markdown: &'static str,
    pub(crate) report_print: &'static str,
    /// How a copy is compared, and the command.
    pub(crate) report_compare: &'static str,
    pub(crate) report_command: &'static str,
    pub(crate) making_report: &'static str,
    pub(crate) no_report: &'static str,
    pub(crate) report_labels: ReportLabels,
    pub(crate) fleet: &'static str,
    pub(crate) not_well: &'static str,
    pub(crate) all_well: &'static str,
    /// After the names of some instances: so many more.
    pub(crate) and_more: fn(usize) -> String,
    /// So many rows are not listed.
    pub(crate) rows_left: fn(usize) -> String,
    /// What was set aside counts for all rows.
    pub(crate) whole_fleet: &'static str,
    /// The run is not over.
    pub(crate) digest_later: &'static str,

    // Kept fleets.
    pub(crate) kept: &'static str,
    pub(crate) kept_lead: &'static str,
    pub(crate) continue_it: &'static str,
    pub(crate) delete: &'static str,
    pub(crate) delete_question: &'static str,
    pub(crate) deleted: &'static str,
    pub(crate) in_use: &'static str,
    pub(crate) stage_short: fn(FleetStage) -> &'static str,
    /// A fleet that cannot be read, and why.
    pub(crate) unreadable: &'static str,
    /// The store of the browser cannot be used.
    pub(crate) store_error: fn(&StoreError) -> Message,
}
