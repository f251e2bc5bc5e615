//! The words of choosing the rows of a fleet and of planning it.

use super::Message;
use crate::fleet::plan_file::PlanFileError;
use crate::fleet::table::{Column, TableError};
use crate::fleet::{Checked, LaneKey, LimitField, LimitProblem, Limits, RowProblem, RowRemark};
use time::Duration;

#[derive(Debug)]
pub(crate) struct FleetPlanWords {
    // Choose.
    pub(crate) ways: &'static str,
    pub(crate) from_lists: &'static str,
    pub(crate) paste: &'static str,
    pub(crate) kept: &'static str,
    pub(crate) fleet_name: &'static str,
    pub(crate) fleet_name_help: &'static str,
    /// The name of a fleet that has none, made at this time.
    pub(crate) default_name: fn(&str) -> String,
    pub(crate) closed_planned: &'static str,
    pub(crate) closed_running: &'static str,
    pub(crate) closed_watched: &'static str,
    pub(crate) closed_unguarded: &'static str,
    pub(crate) closed_adding: &'static str,
    /// The fleet went, or was planned, while rows came.
    pub(crate) added_in_part: fn(usize) -> String,
    pub(crate) choose_again: &'static str,
    pub(crate) api: &'static str,
    pub(crate) instance: &'static str,
    pub(crate) name: &'static str,
    pub(crate) act: &'static str,
    /// A field by the API's own name and by its name for people.
    pub(crate) field_label: fn(&str, &str) -> String,

    // From lists.
    pub(crate) lists_lead: &'static str,
    pub(crate) sources: &'static str,
    /// The source of this number.
    pub(crate) source: fn(usize) -> String,
    pub(crate) add_source: &'static str,
    pub(crate) list_instances: &'static str,
    pub(crate) end_list: &'static str,
    pub(crate) chosen_profile: &'static str,
    pub(crate) profile_gone: fn() -> Message,
    /// The description does not say how the values of this field are asked for.
    pub(crate) nothing_to_ask: fn(&str) -> Message,
    /// So many values of a field were found.
    pub(crate) choices_found: fn(usize) -> String,
    pub(crate) waits: &'static str,
    /// So many instances have come, and more are on their way.
    pub(crate) asking: fn(usize) -> String,
    pub(crate) listed: fn(usize) -> String,
    pub(crate) ended: fn(usize) -> String,
    pub(crate) found: &'static str,
    pub(crate) found_table: &'static str,
    /// Chosen, and all.
    pub(crate) chosen: fn(usize, usize) -> String,
    pub(crate) select_all: fn(usize) -> String,
    pub(crate) select_none: &'static str,
    /// The act for the instances of an API, by its title.
    pub(crate) act_for: fn(&str) -> String,
    pub(crate) act_missing: fn(&str) -> String,
    pub(crate) nothing_chosen: &'static str,
    pub(crate) add_rows: fn(usize) -> String,
    /// So many rows are new; the fleet had so many already; so many do not fit.
    pub(crate) added: fn(usize, usize, usize) -> String,

    // Paste or drop.
    pub(crate) rows_to_paste: &'static str,
    pub(crate) paste_help: &'static str,
    pub(crate) example_lines: &'static str,
    pub(crate) file: &'static str,
    /// A text beside the field: the name of its file, its size, its lines.
    pub(crate) long_text: fn(&str, &str, usize) -> String,
    pub(crate) remove_text: &'static str,
    pub(crate) clear_text: &'static str,
    pub(crate) is_plan: &'static str,
    /// So many lines of so many are read.
    pub(crate) reading: fn(usize, usize) -> String,
    pub(crate) table_error: fn(&TableError) -> Message,
    /// So many cells had invisible characters.
    pub(crate) cleaned: fn(usize) -> String,
    pub(crate) columns: &'static str,
    pub(crate) first_line_names: &'static str,
    /// A column by its number and its name.
    pub(crate) column_label: fn(usize, &str) -> String,
    pub(crate) column: fn(&Column) -> String,
    pub(crate) such_as: fn(&str) -> String,
    pub(crate) defaults: &'static str,
    pub(crate) defaults_help: &'static str,
    pub(crate) lines: &'static str,
    pub(crate) lines_table: &'static str,
    pub(crate) line: &'static str,
    pub(crate) result: &'static str,
    pub(crate) show: &'static str,
    pub(crate) all_lines: &'static str,
    pub(crate) refused_lines: &'static str,
    pub(crate) fitting_lines: &'static str,
    pub(crate) known_lines: &'static str,
    /// Lines that fit, that the fleet has already, that do not fit.
    pub(crate) lines_summary: fn(usize, usize, usize) -> String,
    pub(crate) in_fleet: &'static str,
    /// This line brings the same row.
    pub(crate) same_as_line: fn(usize) -> String,
    pub(crate) problem: fn(&RowProblem) -> String,
    pub(crate) remark: fn(&RowRemark) -> String,
    pub(crate) download_refused: fn(usize) -> String,
    /// The name of the column with the reasons.
    pub(crate) reason_column: &'static str,

    // Kept fleets and plans.
    pub(crate) kept_lead: &'static str,
    pub(crate) import: &'static str,
    pub(crate) import_help: &'static str,
    pub(crate) import_file: &'static str,
    pub(crate) plan_error: fn(&PlanFileError) -> Message,
    /// A plan of this name brought so many rows; so many do not fit.
    pub(crate) imported: fn(&str, usize, usize) -> String,
    /// So many profiles of the plan are not here.
    pub(crate) unknown_profiles: fn(usize) -> String,
    /// The connection of the fleet is another one than that of the plan.
    pub(crate) other_connection: fn(&str) -> String,
    /// So many are listed of so many that do not fit.
    pub(crate) not_imported: fn(usize, usize) -> String,

    // The rows of the fleet.
    pub(crate) rows_title: &'static str,
    pub(crate) rows_count: fn(usize) -> String,
    pub(crate) no_rows: &'static str,
    pub(crate) filter_rows: &'static str,
    pub(crate) row_acts: &'static str,
    pub(crate) go_first: &'static str,
    pub(crate) first_help: &'static str,
    pub(crate) first_count: fn(usize) -> String,
    pub(crate) no_first: &'static str,
    pub(crate) remove_shown: &'static str,
    pub(crate) remove_shown_question: &'static str,
    pub(crate) remove_all: &'static str,
    pub(crate) remove_all_question: &'static str,
    pub(crate) no_profile: &'static str,
    pub(crate) profile_missing: &'static str,
    pub(crate) plan_rows: fn(usize) -> String,
    pub(crate) plan_sends_nothing: &'static str,

    // Plan.
    pub(crate) not_planned: &'static str,
    pub(crate) planning: &'static str,
    /// So many rows of so many are planned.
    pub(crate) planned: fn(usize, usize) -> String,
    pub(crate) break_off: &'static str,
    pub(crate) plan_again: &'static str,
    pub(crate) export_plan: &'static str,
    pub(crate) not_exported: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) will_change: &'static str,
    pub(crate) already_on: &'static str,
    pub(crate) refused: &'static str,
    pub(crate) cannot_be_known: &'static str,
    pub(crate) empty_group: &'static str,
    /// The rows of a group with this title.
    pub(crate) rows_of: fn(&str) -> String,
    pub(crate) why: &'static str,
    /// The conditions of an instance.
    pub(crate) conditions_of: fn(&str) -> String,
    /// What is known of a condition, in a few words.
    pub(crate) standing: fn(&Checked) -> String,
    /// What was read; empty for nothing.
    pub(crate) read: fn(&Checked) -> String,
    /// Conditions with what is known of each: the verdict and the evidence first, the same once.
    pub(crate) findings: fn(&[(&str, &Checked)]) -> String,
    pub(crate) not_read: &'static str,
    pub(crate) no_conditions: &'static str,
    pub(crate) nothing_to_read: &'static str,
    pub(crate) left_out: fn(usize) -> String,
    pub(crate) leave_out: &'static str,
    pub(crate) included: &'static str,
    pub(crate) include: &'static str,
    pub(crate) include_shown: fn(usize) -> String,
    /// The question before so many rows are included.
    pub(crate) include_question: fn(usize) -> String,
    pub(crate) include_lead: &'static str,
    pub(crate) include_reason: &'static str,
    pub(crate) include_reason_help: &'static str,
    pub(crate) reason_missing: &'static str,
    /// What the report says: what spoke against it, and the user's words.
    pub(crate) override_words: fn(&str, &str) -> String,
    pub(crate) impact: &'static str,
    /// An act, and how many rows it is for.
    pub(crate) act_rows: fn(&str, usize) -> String,
    pub(crate) impact_details: &'static str,
    pub(crate) no_impact: &'static str,
    pub(crate) estimate: &'static str,
    pub(crate) time_needed: &'static str,
    pub(crate) calls_needed: &'static str,
    /// Calls that switch, and calls in all.
    pub(crate) calls: fn(usize, usize) -> String,
    /// As [`crate::fleet::Remaining::coarse`] gives it.
    pub(crate) about: fn(Duration) -> String,
    pub(crate) estimate_note: &'static str,
    pub(crate) credentials: &'static str,
    /// What signs, how it ends: it outlives the run.
    pub(crate) outlives: fn(&str) -> String,
    /// It ends before the run does.
    pub(crate) ends_before: fn(&str) -> String,
    pub(crate) has_ended: fn(&str) -> String,
    pub(crate) end_unknown: &'static str,
    pub(crate) no_secret: &'static str,
    pub(crate) has_begun: &'static str,

    // Limits.
    pub(crate) limits: &'static str,
    pub(crate) limits_lead: &'static str,
    /// A provider and a region, and its rows.
    pub(crate) lane: fn(&LaneKey, usize) -> String,
    pub(crate) limits_of: fn(&Limits) -> String,
    pub(crate) edit: &'static str,
    pub(crate) save_limits: &'static str,
    pub(crate) save_for_all: &'static str,
    pub(crate) limits_saved: &'static str,
    pub(crate) limits_open: &'static str,
    pub(crate) limit: fn(LimitField) -> &'static str,
    pub(crate) limit_help: fn(LimitField) -> &'static str,
    pub(crate) ramp: &'static str,
    pub(crate) ramp_help: &'static str,
    /// The help of the window for a fleet of the sandbox.
    pub(crate) window_simulated: &'static str,
    pub(crate) limit_problem: fn(LimitProblem) -> String,
}
