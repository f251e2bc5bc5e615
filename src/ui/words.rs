//! Every sentence that a person reads. One language is one file beside this one, with a folder for its parts: it is a
//! `Language`, and the compiler notices what it lacks.

mod en;
mod explain;
mod fleet;
mod fleet_plan;
mod fleet_sandbox;
mod follow;
mod history;
mod pages;
mod reuse;
mod samples;
mod viewer;

pub(crate) use explain::{AnswerWords, CheckWords, ExplainWords, FileWords, Message, VaultWords};
pub(crate) use fleet::{CredentialNeed, FleetWords, RowsPassage, WaitNames};
pub(crate) use fleet_plan::FleetPlanWords;
pub(crate) use fleet_sandbox::FleetSandboxWords;
pub(crate) use follow::FollowWords;
pub(crate) use history::HistoryWords;
pub(crate) use pages::PageWords;
pub(crate) use reuse::ReuseWords;
pub(crate) use samples::SampleWords;
pub(crate) use viewer::ViewerWords;

/// The words of one language.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) skip: &'static str,
    pub(crate) not_loaded: &'static str,
    pub(crate) not_loaded_remedy: &'static str,
    pub(crate) try_again: &'static str,
    pub(crate) help: &'static str,
    pub(crate) announcements: &'static str,
    pub(crate) such_as: &'static str,
    pub(crate) about_operation: &'static str,
    pub(crate) part_what: &'static str,
    pub(crate) part_where: &'static str,
    pub(crate) part_who: &'static str,
    pub(crate) part_more: &'static str,
    pub(crate) change: &'static str,
    pub(crate) done: &'static str,
    pub(crate) project: &'static str,
    pub(crate) only_if: &'static str,
    pub(crate) result: &'static str,
    pub(crate) panel: &'static str,
    pub(crate) nothing_signed: &'static str,
    pub(crate) unsigned: &'static str,
    pub(crate) changed_since: &'static str,
    pub(crate) same_again: &'static str,
    pub(crate) one: &'static str,
    pub(crate) simulated: &'static str,
    pub(crate) simulation: &'static str,
    /// The same while changes go on by a real connection.
    pub(crate) simulation_beside: fn(connection: &str) -> String,
    pub(crate) outcomes: &'static str,
    pub(crate) leave_simulation: &'static str,
    pub(crate) filled_in: &'static str,
    pub(crate) examples_title: &'static str,
    /// Does what Escape does.
    pub(crate) examples_stay: &'static str,
    pub(crate) examples_note: &'static str,
    pub(crate) examples_clear: &'static str,
    pub(crate) examples_keep: &'static str,
    pub(crate) via: &'static str,
    pub(crate) connection: &'static str,
    pub(crate) operations: &'static str,
    pub(crate) search: &'static str,
    pub(crate) nothing_offered: &'static str,
    pub(crate) read_only: &'static str,
    pub(crate) settings: &'static str,
    pub(crate) about: &'static str,
    pub(crate) about_lead: &'static str,
    pub(crate) version: &'static str,
    pub(crate) libraries: &'static str,
    pub(crate) loading: &'static str,
    pub(crate) broken_api: &'static str,
    pub(crate) home_title: &'static str,
    pub(crate) home_privacy: &'static str,
    pub(crate) unknown_title: &'static str,
    pub(crate) unknown_lead: &'static str,
    pub(crate) back_home: &'static str,
    pub(crate) reference: &'static str,
    pub(crate) region: &'static str,
    pub(crate) host: &'static str,
    pub(crate) credential_note: &'static str,
    pub(crate) anonymous_note: &'static str,
    pub(crate) secret_in_address: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) profile: &'static str,
    pub(crate) nobody: &'static str,
    pub(crate) signed_by: &'static str,
    pub(crate) added_by_proxy_note: &'static str,
    pub(crate) path: &'static str,
    pub(crate) query: &'static str,
    pub(crate) headers: &'static str,
    pub(crate) body: &'static str,
    pub(crate) send: &'static str,
    pub(crate) cancel: &'static str,
    pub(crate) sending: &'static str,
    pub(crate) form: &'static str,
    pub(crate) not_set: &'static str,
    pub(crate) choose: &'static str,
    pub(crate) new_value: &'static str,
    pub(crate) add_item: &'static str,
    pub(crate) add_member: &'static str,
    pub(crate) add: &'static str,
    pub(crate) remove_item: &'static str,
    pub(crate) left_empty: &'static str,
    pub(crate) one_of: &'static str,
    pub(crate) member_name: &'static str,
    pub(crate) member_unnamed: &'static str,
    pub(crate) member_exists: &'static str,
    pub(crate) file_unreadable: &'static str,
    pub(crate) omitted: &'static str,
    pub(crate) default: &'static str,
    pub(crate) example: &'static str,
    pub(crate) required: &'static str,
    pub(crate) optional: &'static str,
    pub(crate) confirm_title: &'static str,
    pub(crate) confirm: &'static str,
    pub(crate) provider: &'static str,
    pub(crate) instance: &'static str,
    pub(crate) effect: &'static str,
    pub(crate) goes: &'static str,
    pub(crate) request: &'static str,
    pub(crate) made_at_send: &'static str,
    pub(crate) incomplete: &'static str,
    pub(crate) goes_to: &'static str,
    pub(crate) stays: &'static str,
    pub(crate) no_body: &'static str,
    pub(crate) no_preview: &'static str,
    pub(crate) response: &'static str,
    pub(crate) nothing_sent: &'static str,
    /// The same where there were calls before.
    pub(crate) no_answer_here: &'static str,
    pub(crate) sent: &'static str,
    pub(crate) request_ids: &'static str,
    pub(crate) what_it_means: &'static str,
    pub(crate) do_next: &'static str,
    pub(crate) empty_body: &'static str,
    pub(crate) withheld_body: &'static str,
    pub(crate) show_body: &'static str,
    pub(crate) download: &'static str,
    pub(crate) copy: &'static str,
    pub(crate) copied: &'static str,
    pub(crate) not_copied: &'static str,
    pub(crate) sandbox_fill: &'static str,
    /// Filling the form would replace what somebody has typed.
    pub(crate) replace_question: &'static str,
    pub(crate) sandbox_cases: &'static str,
    pub(crate) sandbox_codes: &'static str,
    pub(crate) sandbox_input: &'static str,
    pub(crate) sandbox_leads_to: &'static str,
    pub(crate) sandbox_use: &'static str,
    pub(crate) appearance: &'static str,
    pub(crate) colours: &'static str,
    pub(crate) colours_system: &'static str,
    pub(crate) colours_light: &'static str,
    pub(crate) colours_dark: &'static str,
    pub(crate) time_limit: &'static str,
    pub(crate) time_limit_wrong: &'static str,
    pub(crate) connections: &'static str,
    pub(crate) connections_lead: &'static str,
    pub(crate) locked: &'static str,
    pub(crate) settings_lead: &'static str,
    pub(crate) broken_title: &'static str,
    pub(crate) no_region: &'static str,
    pub(crate) no_credential: &'static str,
    pub(crate) config_problems: &'static str,
    pub(crate) credentials: &'static str,
    pub(crate) all_credentials: &'static str,
    pub(crate) signature: &'static str,
    pub(crate) signature_copy: &'static str,
    pub(crate) compare: &'static str,
    pub(crate) compare_with: &'static str,
    pub(crate) compare_help: &'static str,
    pub(crate) no_server_text: &'static str,
    pub(crate) side_both: &'static str,
    pub(crate) side_ours: &'static str,
    pub(crate) side_theirs: &'static str,
    pub(crate) not_there: &'static str,
    pub(crate) empty_part: &'static str,
    pub(crate) allow_one_more: &'static str,
    pub(crate) one_more_allowed: &'static str,
    pub(crate) use_server_time: &'static str,
    pub(crate) use_own_time: &'static str,
    pub(crate) look_up: &'static str,
    pub(crate) asking: &'static str,
    pub(crate) nothing_looked_up: &'static str,
    pub(crate) get_it: &'static str,
    pub(crate) close: &'static str,
    pub(crate) update_ready: &'static str,
    pub(crate) update_waiting: &'static str,
    pub(crate) reload: &'static str,
    pub(crate) renew: &'static str,
    pub(crate) temporary: &'static str,
    pub(crate) temporary_paste: &'static str,
    pub(crate) temporary_help: &'static str,
    pub(crate) not_temporary: &'static str,
    pub(crate) temporary_taken: &'static str,
    pub(crate) temporary_end: &'static str,
    pub(crate) temporary_end_help: &'static str,
    pub(crate) set_end: &'static str,
    pub(crate) not_a_time: &'static str,
    pub(crate) profile_name: &'static str,
    pub(crate) profile_name_help: &'static str,
    pub(crate) profile_region_help: &'static str,
    pub(crate) remember: &'static str,
    pub(crate) remember_help: &'static str,
    pub(crate) save_profile: &'static str,
    pub(crate) new_profile: &'static str,
    pub(crate) name_taken: &'static str,
    pub(crate) both_signed: &'static str,
    pub(crate) profile_saved: &'static str,
    pub(crate) forget: &'static str,
    pub(crate) forget_all: &'static str,
    pub(crate) forgotten: &'static str,
    pub(crate) remove_profile: &'static str,
    pub(crate) removed: &'static str,
    pub(crate) choose_profile: &'static str,
    pub(crate) chosen: &'static str,
    pub(crate) profiles: &'static str,
    pub(crate) no_profiles: &'static str,
    pub(crate) in_memory: &'static str,
    pub(crate) nothing_held: &'static str,
    pub(crate) idle_minutes: &'static str,
    pub(crate) idle_help: &'static str,
    pub(crate) idle_wrong: &'static str,
    pub(crate) clock: &'static str,
    pub(crate) no_skew: &'static str,
    pub(crate) clock_help: &'static str,
    pub(crate) clocks_agree: &'static str,
    pub(crate) vault: &'static str,
    pub(crate) vault_lead: &'static str,
    pub(crate) vault_working: &'static str,
    pub(crate) vault_absent: &'static str,
    /// A locked vault, of so many profiles.
    pub(crate) vault_locked: fn(Option<usize>) -> String,
    pub(crate) unlock_the_vault: &'static str,
    pub(crate) vault_is_open: &'static str,
    pub(crate) vault_unsaved: &'static str,
    pub(crate) keep_mine: &'static str,
    pub(crate) keep_theirs: &'static str,
    pub(crate) passphrase: &'static str,
    pub(crate) passphrase_again: &'static str,
    pub(crate) vault_make: &'static str,
    pub(crate) vault_made: &'static str,
    pub(crate) vault_unlock: &'static str,
    pub(crate) vault_opened: &'static str,
    pub(crate) vault_save: &'static str,
    pub(crate) vault_saved: &'static str,
    pub(crate) vault_lock: &'static str,
    pub(crate) vault_erase: &'static str,
    pub(crate) vault_erase_sure: &'static str,
    pub(crate) vault_erased: &'static str,
    pub(crate) credentials_lead: &'static str,
    pub(crate) check: &'static str,
    pub(crate) check_lead: &'static str,
    pub(crate) check_sends: &'static str,
    pub(crate) check_place: &'static str,
    pub(crate) check_now: &'static str,
    pub(crate) checking: &'static str,
    pub(crate) passed: &'static str,
    /// How a check ended, of so many steps that applied.
    pub(crate) checked: fn(usize, usize) -> String,
    /// What the time limit may be.
    pub(crate) saved: &'static str,
    pub(crate) time_limit_help: fn(u64) -> String,
    /// The secrets were forgotten.
    pub(crate) locked_after: fn(u64) -> String,
    /// The end of a credential, far away.
    pub(crate) ends_in: fn(&str, &str) -> String,
    /// The end of a credential, near.
    pub(crate) ends_soon: fn(&str, &str) -> String,
    /// The end of a credential, past.
    pub(crate) has_ended: fn(&str) -> String,
    /// The count in front of the list of complaints.
    pub(crate) issues_title: fn(usize) -> String,
    /// What the console says about a secret that was entered.
    pub(crate) characters_entered: fn(usize) -> String,
    /// Behind the name of who signs, when the credential ends soon or has ended: `seconds` are left.
    pub(crate) ending: fn(Option<i64>) -> String,
    /// A kind of credential in words.
    pub(crate) kind_words: fn(&str) -> String,
    /// How many conditions a call has.
    pub(crate) conditions: fn(usize) -> String,
    /// Where a call to a host goes.
    pub(crate) destination: fn(&crate::proxy::Connection, &str) -> String,
    /// A profile for one region, and a call to another.
    pub(crate) other_region: fn(&str, &str) -> String,
    /// How a connection gets to a provider and a region.
    pub(crate) connection_kind: fn(&crate::proxy::ConnectionKind, &str, &str) -> String,
    /// The heading of a list in an answer: its name, and how many things are in it.
    pub(crate) table_title: fn(&str, usize) -> String,
    /// A number of bytes, with one decimal.
    pub(crate) size: fn(usize) -> String,
    /// A file is larger than so many bytes.
    pub(crate) file_too_large: fn(usize) -> String,
    /// What every page has besides operations: home, credentials, the log, the search.
    pub(crate) pages: &'static PageWords,
    /// The tab with the call as a program.
    pub(crate) code: &'static str,
    /// Lets the time of the simulated clouds go so many times as fast.
    pub(crate) faster: fn(i32) -> String,
    /// What speaks against a change, in the question before it.
    pub(crate) send_all_the_same: &'static str,
    pub(crate) send_without_waiting: &'static str,
    /// The act, where it would change nothing.
    pub(crate) already_confirm: fn(state: &str, confirm: &str) -> String,
    pub(crate) already_on: &'static str,
    pub(crate) condition_fails: &'static str,
    pub(crate) credential_refused: &'static str,
    /// Mistakes and rules.
    pub(crate) explain: &'static ExplainWords,
}

/// One language. All that [`Words`] leads to is in the first download, so what comes later has words of its own: they come
/// with the code that says them.
trait Language {
    fn words() -> &'static Words;
    fn answer() -> &'static AnswerWords;
    fn check() -> &'static CheckWords;
    fn files() -> &'static FileWords;
    fn fleet() -> &'static FleetWords;
    fn fleet_plan() -> &'static FleetPlanWords;
    fn fleet_sandbox() -> &'static FleetSandboxWords;
    fn follow() -> &'static FollowWords;
    fn history() -> &'static HistoryWords;
    fn reuse() -> &'static ReuseWords;
    fn samples() -> &'static SampleWords;
    fn vault() -> &'static VaultWords;
    fn viewer() -> &'static ViewerWords;
}

/// The language in use.
type Current = en::English;

/// What every page says.
pub(crate) fn words() -> &'static Words {
    Current::words()
}

/// What is said of an answer.
pub(crate) fn answer_words() -> &'static AnswerWords {
    Current::answer()
}

/// The check of a connection.
pub(crate) fn check_words() -> &'static CheckWords {
    Current::check()
}

/// What is wrong with a file of the site.
pub(crate) fn file_words() -> &'static FileWords {
    Current::files()
}

/// A fleet: running, watching, reporting.
pub(crate) fn fleet_words() -> &'static FleetWords {
    Current::fleet()
}

/// A fleet: choosing its rows, planning.
pub(crate) fn fleet_plan_words() -> &'static FleetPlanWords {
    Current::fleet_plan()
}

/// The fleets of the sandbox.
pub(crate) fn fleet_sandbox_words() -> &'static FleetSandboxWords {
    Current::fleet_sandbox()
}

/// Before a change and after it.
pub(crate) fn follow_words() -> &'static FollowWords {
    Current::follow()
}

/// The history.
pub(crate) fn history_words() -> &'static HistoryWords {
    Current::history()
}

/// Links, exports, pasted commands.
pub(crate) fn reuse_words() -> &'static ReuseWords {
    Current::reuse()
}

/// Code samples.
pub(crate) fn sample_words() -> &'static SampleWords {
    Current::samples()
}

/// The vault.
pub(crate) fn vault_words() -> &'static VaultWords {
    Current::vault()
}

/// The body of an answer.
pub(crate) fn viewer_words() -> &'static ViewerWords {
    Current::viewer()
}

/// All languages, for the tests that read every sentence.
#[cfg(test)]
const LANGUAGES: [fn() -> &'static Words; 1] = [en::English::words];

#[cfg(test)]
mod tests;
