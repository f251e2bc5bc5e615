//! A fleet that runs, in English.

pub(super) mod checked;
mod credential;
mod passage;
mod report;
mod trouble;

use self::checked::{evidence, standing, unknown};
use super::super::{FleetWords, WaitNames};
use crate::fleet::{Counts, FleetStage, Halt, PauseReason, PlanGroup, Row, RowEnd, RowGroup, RowState, Wait};
use crate::follow::{End, Follow, Need};
use time::Duration;

pub(in crate::ui::words) static FLEET: FleetWords = FleetWords {
    lead: "One switch for many instances: choose them, plan, run, and keep the proof.",
    steps: "Steps",
    choose: "1 Choose",
    plan: "2 Plan",
    run: "3 Run",
    nothing_runs: "Nothing runs yet. Choose instances, and let the console plan the change.",
    really_sent: passage::really_sent,
    passage: passage::passage,
    not_offered: "This console does not offer the operation, or cannot read its description.",
    no_server: "The description has no such region any more.",
    no_field,
    no_connection,
    stage,
    ended,
    milestone,
    needs_credential: "Rows wait for a credential that the provider accepts.",
    lock_is_near: "The idle lock will pause the run in a minute. Touch the page to keep it going.",
    watched: "Another tab runs this fleet. This tab shows it, and takes over when that tab is closed.",
    unguarded: "The browser cannot tell this tab whether another one runs this fleet: it has locks for pages on https only. Two tabs could switch an instance twice. Make sure that no other tab runs this fleet, then go on here.",
    run_here: "No other tab runs it: go on here",
    world_is_gone: "This fleet is of the simulated clouds, and they began anew when the page was loaded: what was switched there before is forgotten.",
    halted,
    progress: "Progress",
    group,
    pace,
    remaining,
    stage_waits,
    paused_elsewhere: "The run is paused. The tab that runs it says what it waits for.",
    via,
    pause: "Pause",
    resume: "Resume",
    stop: "Stop",
    stop_question: "Really stop? No new row begins. When what was sent is over, you can go on with the other rows",
    retry_failed,
    retry_question: "Really try again? What failed is sent once more; what is not known is looked at first",
    retry_stopped,
    retry_stopped_question: "Really go on? What “Stop” kept from being sent is sent",
    close: "Close this fleet",
    notify: "Notify me at the end, or when it stops",
    notification,
    resume_after_limits: "Save or cancel the limits that you are changing, then resume.",
    leave_run: "Really leave the run? It pauses until you open it again",
    leave_unwritten: "Really leave? What could not be stored is lost",
    go_on_with,
    try_credential_again: "Try the same one again",
    rows_need_credential: credential::rows_need_credential,
    profile_is_gone: credential::profile_is_gone,
    adopted: credential::adopted,
    to_credentials: "Enter a credential",
    unlock_vault: "Unlock the vault",
    idle_locked: credential::idle_locked,
    taken_over: "The run is paused, because this tab has taken it over. What may have been sent is looked at first. Resume to go on.",
    start,
    start_title,
    start_lead,
    start_act,
    start_simulated: "Simulation: nothing is sent to a real cloud.",
    start_label: "Number of rows",
    start_help,
    start_confirm: "Start",
    nothing_to_start: "No row would change, so there is nothing to start.",
    lanes: "Providers and regions",
    lane: "Provider and region",
    under_way: "Under way",
    calls_a_minute: "Calls of the last minute",
    waits_for: "Waits for",
    edit_limits: "Edit limits",
    of,
    calls_made,
    wait,
    errors: "What went wrong",
    rows,
    remedy: "What to do",
    trouble: trouble::trouble,
    trouble_meaning: trouble::trouble_meaning,
    trouble_remedy: trouble::trouble_remedy,
    all_rows_again,
    show_rows: "Show rows",
    table: "Rows",
    find: "Find rows",
    find_help: "Words of the instance, the act, the region, or an error code.",
    filter: "State",
    all_states: "All states",
    columns: "Columns",
    shown,
    subject: "Instance",
    act: "Act",
    provider: "Provider",
    region: "Region",
    state: "State",
    started: "Sent at",
    ended_at: "Ended at",
    sends: "Sends",
    code: "Last code",
    actions: "Actions",
    open: "Details",
    row_state,
    row_waits,
    row_kind,
    row_outcome,
    skip: "Skip this row",
    retry: "Try again",
    do_after_all: "Do it after all",
    look_again: "Look again",
    insist: "Send all the same",
    insist_unknown: "Really send? The instance may be switched a second time",
    insist_unplanned: "Really send? The plan says that there is no need, or that the provider will refuse",
    insisted_unknown: |state| {
        format!("Sent all the same: the instance may be switched a second time (it was: {state})")
    },
    insisted_unplanned: |state| format!("Sent all the same (it was: {state})"),
    preconditions: "Conditions",
    standing,
    calls: "Calls",
    no_calls: "No call was made for this row yet.",
    time: "Time",
    operation: "Operation",
    answer: "Answer",
    calls_left_out,
    no_answer: "No answer",
    request_id: "Request ID",
    in_history: "Open in the history",
    report: "4 Report",
    report_lead: "Who switched what, when, with which outcome and which evidence. No secret is in it.",
    report_csv: "Download CSV",
    report_json: "Download JSON",
    report_markdown: "Download Markdown",
    report_print: "Print",
    report_compare: "The last line of the CSV has the SHA-256 of the lines before it. Compare:",
    report_command: "sed '$d' report.csv | shasum -a 256",
    making_report: "The report is being made…",
    no_report: "The browser did not take the report.",
    report_labels: report::LABELS,
    fleet: "Fleet",
    not_well: "What is not well",
    all_well: "Every row is as it was wanted.",
    and_more: |count| format!("and {count} more"),
    rows_left: report::rows_left,
    whole_fleet: "The whole fleet",
    digest_later: "The digest is made when every row has an end.",
    kept: "Kept fleets",
    kept_lead: "This browser keeps the fleets that were made here, without secrets.",
    continue_it: "Open",
    delete: "Delete",
    delete_question: "Really delete this fleet?",
    deleted: "The fleet is deleted.",
    in_use: "Another tab runs this fleet. Close that tab first.",
    stage_short,
    unreadable: "This fleet cannot be read. Another version of the console may have written it.",
    store_error: trouble::store_error,
};

fn no_field(name: &str) -> String {
    format!("The description has no field {name} any more.")
}

fn no_connection(name: &str) -> String {
    format!("This console has no connection “{name}” any more.")
}

fn stage(stage: FleetStage) -> String {
    match stage {
        FleetStage::Choosing => "Rows are being chosen. Nothing is asked or sent.",
        FleetStage::Planning => "The conditions of the rows are being read. Nothing is changed.",
        FleetStage::Planned => "Every row is planned. Nothing is changed yet.",
        FleetStage::Running => "The run is under way.",
        FleetStage::Paused(PauseReason::User) => "The run is paused. What was sent is followed on.",
        FleetStage::Paused(PauseReason::IdleLock) => credential::idle_locked(false),
        FleetStage::Paused(PauseReason::Storage) => {
            "The run is paused, because this browser cannot write down what would be sent. Nothing is sent that is not written down."
        }
        FleetStage::Paused(PauseReason::Reopened) => {
            "The run is paused, because the page was opened again. What may have been sent is looked at first. Resume to go on."
        }
        FleetStage::Stopped => "The run is stopped. No new row begins; what was sent is followed to its end.",
        FleetStage::Over => "The run is over.",
    }
    .to_owned()
}

fn stage_short(stage: FleetStage) -> &'static str {
    match stage {
        FleetStage::Choosing => "Choosing",
        FleetStage::Planning => "Planning",
        FleetStage::Planned => "Planned",
        FleetStage::Running => "Running",
        FleetStage::Paused(_) => "Paused",
        FleetStage::Stopped => "Stopped",
        FleetStage::Over => "Over",
    }
}

fn ended(counts: Counts, was_stopped: bool) -> String {
    let mut parts = vec![format!("{} done", counts.done)];
    for kind in RowGroup::ENDS.into_iter().filter(|kind| *kind != RowGroup::Done) {
        let count = counts.of_group(kind);
        if count != 0 {
            parts.push(format!("{count} {}", group(kind).to_lowercase()));
        }
    }
    let stopped = if was_stopped { "The run was stopped, and is over" } else { "The run is over" };
    format!("{stopped}: {}.", parts.join(", "))
}

fn milestone(over: usize, all: usize) -> String {
    format!("{over} of {all} rows are over.")
}

fn notification(is_allowed: bool) -> &'static str {
    if is_allowed {
        "While this page is in the background, the browser notifies you at the end, or when the run stops by itself."
    } else {
        "The browser shows no notifications of this page. Its settings for this site can allow them. The title of the tab says how far the run is."
    }
}

fn halted(lane: &str, is_watched: bool) -> String {
    let next = if is_watched { "then resume in the tab that runs the fleet" } else { "then resume" };
    format!(
        "{lane} takes no new rows: more rows failed, or are not known, than you allowed. Look at what went wrong, {next}."
    )
}

fn group(group: RowGroup) -> &'static str {
    match group {
        RowGroup::New => "Not planned",
        RowGroup::Checking => "Being read",
        RowGroup::WillChange => "Will change",
        RowGroup::AlreadyOn => "As wanted before",
        RowGroup::Refused => "Refused in the plan",
        RowGroup::CannotBeKnown => "Not known in the plan",
        RowGroup::Waiting => "Waiting",
        RowGroup::UnderWay => "Under way",
        RowGroup::Done => "Done",
        RowGroup::Failed => "Failed",
        RowGroup::Unknown => "Not known",
        RowGroup::Skipped => "Left out",
        RowGroup::Stopped => "Stopped",
    }
}

fn pace(calls: u32, ended: u32) -> String {
    let calls = if calls == 1 { String::from("1 call") } else { format!("{calls} calls") };
    let ended = if ended == 1 { String::from("1 row that ended") } else { format!("{ended} rows that ended") };
    format!("Last minute: {calls}, {ended}.")
}

fn remaining(time: Duration, calls: usize) -> String {
    let calls = if calls == 1 { String::from("1 call") } else { format!("{calls} calls") };
    format!("About {} and {calls} are left.", duration(time))
}

/// As [`crate::fleet::Remaining::coarse`] gives it.
pub(super) fn duration(time: Duration) -> String {
    let minutes = (time.whole_seconds() + 59) / 60;
    match minutes {
        i64::MIN..=1 => String::from("a minute"),
        2..=119 => format!("{minutes} minutes"),
        _ => format!("{} hours", (minutes + 30) / 60),
    }
}

fn via(connection: &str) -> String {
    format!("via {connection}")
}

fn retry_failed(failed: usize, unknown: usize) -> String {
    let again = match failed {
        0 => String::new(),
        1 => String::from("Try the failed row again"),
        count => format!("Try {count} failed rows again"),
    };
    let look = match unknown {
        0 => String::new(),
        1 => String::from("Look again at the row that is not known"),
        count => format!("Look again at {count} rows that are not known"),
    };
    match (failed, unknown) {
        (0, _) => look,
        (_, 0) => again,
        _ => format!("{again}, {}", uncapitalised(&look)),
    }
}

fn retry_stopped(count: usize) -> String {
    match count {
        1 => String::from("Go on with the stopped row"),
        count => format!("Go on with {count} stopped rows"),
    }
}

/// The same inside a sentence.
fn uncapitalised(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| first.to_lowercase().chain(rest).collect()).unwrap_or_default()
}

fn go_on_with(profile: &str) -> String {
    format!("Go on with {profile}")
}

fn start(count: usize) -> String {
    if count == 1 { String::from("Start 1 row…") } else { format!("Start {count} rows…") }
}

fn start_title(count: usize) -> String {
    if count == 1 { String::from("Start this run of 1 row?") } else { format!("Start this run of {count} rows?") }
}

fn start_lead(count: usize, connection: &str) -> String {
    let rows = if count == 1 { "1 instance".to_owned() } else { format!("{count} instances") };
    format!("The console will change {rows} through {connection}. Every change is written down before it is sent.")
}

fn start_act(act: &str, count: usize, noun: &str) -> String {
    let noun = if noun.is_empty() { "instance" } else { noun };
    format!("{act}: {count} {noun}{}.", if count == 1 { "" } else { "s" })
}

fn start_help(count: usize) -> String {
    format!("Type {count} to start.")
}

fn rows(count: usize) -> String {
    if count == 1 { String::from("1 row") } else { format!("{count} rows") }
}

fn shown(shown: usize, all: usize) -> String {
    if shown == all { rows(all) } else { format!("{shown} of {}", rows(all)) }
}

/// The name of its group comes first: the filter, the counts and the reports have the same names.
fn row_state(row: &Row) -> String {
    let detail = match &row.state {
        RowState::Planned(group) | RowState::Over(RowEnd::NotPlanned(group)) => planned(row, group),
        RowState::Waiting(_) if row.refusals != 0 => with_reason("refused for now", row.last_code()),
        RowState::Sending { .. } => "being sent".to_owned(),
        RowState::Following(follow) => following(follow),
        RowState::Over(end) => match row.waited_in_vain() {
            Some(seconds) => format!("{}, for {} minutes", over(end), seconds / 60),
            None => over(end),
        },
        RowState::New | RowState::Checking(_) | RowState::Waiting(_) => String::new(),
    };
    with_reason(group(row.group()), &detail)
}

fn row_waits(row: &Row, until: &str) -> String {
    let own = row.calls.iter().rfind(|call| call.operation == row.spec.operation);
    let why = match own {
        _ if row.refusals == 0 && row.repeats != 0 => String::from("a look found that nothing was changed"),
        None => String::new(),
        Some(call) if call.status.is_none() => String::from("no answer came"),
        Some(_) => with_reason("refused for now", row.last_code()),
    };
    let next = if why.is_empty() { format!("until {until}") } else { format!("{why}, tried again at {until}") };
    with_reason(group(row.group()), &next)
}

fn row_kind(row: &Row) -> String {
    let detail = match &row.state {
        RowState::Following(follow) if follow.need().is_none() && !follow.is_recovering() => String::new(),
        RowState::Over(end) if row.waited_in_vain().is_some() => over(end),
        _ => return row_state(row),
    };
    with_reason(group(row.group()), &detail)
}

fn row_outcome(row: &Row, reason: &str) -> String {
    match row.end() {
        Some(RowEnd::NotPlanned(_)) if reason.ends_with('.') => format!("{}. {reason}", group(row.group())),
        Some(RowEnd::NotPlanned(_)) if !reason.is_empty() => with_reason(group(row.group()), reason),
        _ => row_state(row),
    }
}

/// What the plan found, without the texts of the conditions.
fn planned(row: &Row, group: &PlanGroup) -> String {
    let found = |standing: &str| row.checked.iter().find(|checked| checked.standing == standing);
    match group {
        PlanGroup::WillChange | PlanGroup::AlreadyOn => String::new(),
        PlanGroup::Refused(reason) => found("fail").map_or_else(|| reason.clone(), evidence),
        PlanGroup::CannotBeKnown(reason) => found("unknown").map_or_else(|| reason.clone(), unknown),
    }
}

/// A reason of somebody else may be a sentence already.
fn with_reason(what: &str, reason: &str) -> String {
    let reason = reason.trim_end_matches(['.', ' ']);
    if reason.is_empty() { what.to_owned() } else { format!("{what}: {reason}") }
}

fn following(follow: &Follow) -> String {
    match follow.need() {
        Some(Need::Credential) => "waits for a credential".to_owned(),
        Some(Need::Resume) => "nobody looks any more".to_owned(),
        None if follow.is_recovering() => "finding out whether it was carried out".to_owned(),
        None => follow.progress().unwrap_or_default().to_owned(),
    }
}

fn over(end: &RowEnd) -> String {
    let fixed = match end {
        RowEnd::Followed { end, .. } => match end {
            End::Verified => "verified",
            End::Completed => "completed",
            End::Failed(reason) => reason.as_deref().unwrap_or_default(),
            End::Unknown(_) => "",
            End::NotCarriedOut => "not carried out",
            End::NotSeen(_) => "nothing was seen of it",
        },
        RowEnd::Accepted => "accepted",
        RowEnd::Refused { code, status, .. } if code.is_empty() => return format!("refused with status {status}"),
        RowEnd::Refused { code, .. } => return format!("refused with {code}"),
        RowEnd::NotSent(reason) => return with_reason("not sent", reason),
        RowEnd::AlreadyOn | RowEnd::Skipped | RowEnd::Stopped | RowEnd::NotPlanned(_) => "",
    };
    fixed.to_owned()
}

fn of(some: usize, all: usize) -> String {
    format!("{some} of {all}")
}

fn calls_made(calls: u32, rate: f64, limit: f64) -> String {
    // As it is shown, it is lower.
    if rate < limit - 0.05 {
        format!("{calls}, at most {rate:.1} a second: the provider asked for fewer than {limit}")
    } else {
        format!("{calls}, at most {rate:.1} a second")
    }
}

fn stage_waits(waits: &[String]) -> String {
    let begin = "The run is under way, and all of it waits for";
    let waits: Vec<String> = waits.iter().map(|wait| uncapitalised(wait.trim_end_matches('.'))).collect();
    match waits.as_slice() {
        [only] => format!("{begin} this: {only}."),
        several => format!("{begin} {} things: {}.", several.len(), several.join("; and ")),
    }
}

fn wait(wait: &Wait, names: &WaitNames<'_>) -> String {
    match wait {
        Wait::Halted(Halt::Threshold) => {
            String::from("Your “Resume”, as more rows failed, or are not known, than you allowed.")
        }
        Wait::OtherTab => String::from("The fleet of another tab, which uses the same limits."),
        Wait::Window(opens) => format!("The window, which opens at {}.", (names.time)(*opens)),
        Wait::Ramp(0) => String::from("The rows to end that were under way when the page was opened."),
        Wait::Later(at) => format!("The next row that is tried again, at {}.", (names.time)(*at)),
        Wait::Ramp(1) => String::from("The first row to end well."),
        Wait::Ramp(step) => format!("The step of {step} rows to end well."),
        Wait::Concurrency(1) => String::from("The row under way: no second one may begin."),
        Wait::Concurrency(most) => format!("A free place: {most} rows are under way."),
        Wait::Throttled(until) => format!("The provider, which asked to wait until {}.", (names.time)(*until)),
        Wait::Credential(profiles) => {
            let names: Vec<String> = profiles.iter().map(|profile| (names.profile)(*profile)).collect();
            // Where the user has chosen no profile for a row, the one of that moment signs.
            if names.iter().any(String::is_empty) {
                String::from("A credential that the provider accepts.")
            } else {
                format!("A credential of {}.", names.join(", "))
            }
        }
    }
}

fn all_rows_again(count: usize) -> String {
    if count == 1 {
        String::from("Show all rows, not only this one")
    } else {
        format!("Show all rows, not only these {count}")
    }
}

fn calls_left_out(count: u32) -> String {
    if count == 1 { String::from("Left out here: 1 call.") } else { format!("Left out here: {count} calls.") }
}
