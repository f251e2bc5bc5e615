//! Choosing the rows of a fleet and planning it, in English.

mod limits;
mod problems;

use super::super::{FleetPlanWords, Message};
use super::fleet::checked::{findings, read, standing};
use crate::fleet::table::Column;
use crate::outcome::Severity;

pub(in crate::ui::words) static FLEET_PLAN: FleetPlanWords = FleetPlanWords {
    ways: "Where the rows come from",
    from_lists: "From lists",
    paste: "Paste or drop",
    kept: "Kept fleets and plans",
    fleet_name: "Name of the fleet",
    fleet_name_help: "For your list of fleets and the report. Without one, the console takes the date.",
    default_name,
    closed_planned: "This fleet is planned. To change its rows, go back to choosing; the plan is made again afterwards.",
    closed_running: "This fleet has begun and takes no more rows. Close it to begin another one.",
    closed_watched: "Another tab has this fleet. Change, plan and start it there, or close it here to begin another one.",
    closed_unguarded: "Say first that no other tab runs this fleet. Then it can be changed here.",
    closed_adding: "Rows are being added. Wait until all are there.",
    added_in_part: |count| {
        format!("The fleet takes no more rows: {} added before.", counted(count, "row was", "rows were"))
    },
    choose_again: "Change the rows",
    api: "API",
    instance: "Instance",
    name: "Name",
    act: "Act",
    field_label,
    lists_lead: "Each source is an API in a region, asked as one profile. The console only reads.",
    sources: "Sources",
    source: |number| format!("Source {number}"),
    add_source: "Add a source",
    list_instances: "List instances",
    end_list: "Stop listing",
    chosen_profile: "The chosen profile",
    profile_gone,
    nothing_to_ask,
    choices_found: |count| counted(count, "value found", "values found"),
    waits: "Waits for its turn…",
    asking: |count| format!("Asking… {} so far", counted(count, "instance", "instances")),
    listed: |count| format!("{}.", counted(count, "instance", "instances")),
    ended: |count| format!("You stopped after {}.", counted(count, "instance", "instances")),
    found: "Instances found",
    found_table: "Table of instances",
    chosen: |chosen, all| format!("{chosen} of {all} chosen"),
    select_all: |count| match count {
        1 => String::from("Select the one that matches"),
        count => format!("Select all {count} that match"),
    },
    select_none: "Select none",
    act_for: |title| format!("Act for {title}"),
    act_missing: |title| format!("Choose an act for {title}."),
    nothing_chosen: "Choose instances in the table first.",
    add_rows: |count| format!("Add {}", counted(count, "row", "rows")),
    added,
    rows_to_paste: "Rows to paste",
    paste_help: "CSV, TSV, JSON, or lines with commas, one row a line. You can drop a file here too. Nothing is sent.",
    example_lines: "provider, region, project, instance, act",
    file: "File with rows",
    long_text,
    remove_text: "Remove this text",
    clear_text: "Clear",
    is_plan: "This is an exported plan. Import it as one.",
    reading: |read, all| format!("Reading… {read} of {}", counted(all, "line", "lines")),
    table_error: problems::table_error,
    cleaned: |cells| format!("Invisible characters in {} were removed.", counted(cells, "cell", "cells")),
    columns: "What the columns are",
    first_line_names: "The first line has the names of the columns",
    column_label,
    column,
    such_as: |value| format!("Such as {value}"),
    defaults: "What counts where a line says nothing",
    defaults_help: "A line that has its own value keeps it.",
    lines: "Lines",
    lines_table: "Table of lines",
    line: "Line or item",
    result: "Result",
    show: "Show",
    all_lines: "All lines",
    refused_lines: "Lines that do not fit",
    fitting_lines: "Lines that fit",
    known_lines: "Lines that are there already",
    lines_summary,
    in_fleet: "In the fleet already",
    same_as_line: |line| format!("Same as line {line}"),
    problem: problems::problem,
    remark: problems::remark,
    download_refused: |count| format!("Download the {} not fit", counted(count, "line that does", "lines that do")),
    reason_column: "reason",
    kept_lead: "Fleets stay in this browser until you delete them. One that you continue goes on where it stopped.",
    import: "Import a plan",
    import_help: "A plan that “Export plan” wrote, here or elsewhere. Its rows are checked again.",
    import_file: "File with the plan",
    plan_error: problems::plan_error,
    imported: |name, rows, refused| {
        let refused = match refused {
            0 => String::new(),
            count => format!(" {} not fit.", counted(count, "row does", "rows do")),
        };
        format!("The plan “{name}” brought {}.{refused}", counted(rows, "row", "rows"))
    },
    other_connection: |name| format!("The plan was made with the connection {name}. This fleet takes the chosen one."),
    unknown_profiles,
    not_imported: |listed, all| {
        let rows = "rows of the plan that do not fit";
        if listed == all { rows.replace("rows", "Rows") } else { format!("The first {listed} of {all} {rows}") }
    },
    rows_title: "Rows of the fleet",
    rows_count: |count| format!("Rows of the fleet ({count})"),
    no_rows: "No rows yet. Add some above.",
    filter_rows: "Filter the rows of the fleet",
    row_acts: "Actions",
    go_first: "Go first",
    first_help: "Rows that go first begin before the others of their provider and region, in the order in which you marked them.",
    first_count: |count| match count {
        0 => String::from("No row is marked."),
        count => format!("{} first.", counted(count, "row goes", "rows go")),
    },
    no_first: "Unmark all",
    remove_shown: "Remove all that match",
    remove_shown_question: "Really remove all that match?",
    remove_all: "Remove all rows",
    remove_all_question: "Really remove every row?",
    no_profile: "the chosen profile",
    profile_missing: "a profile that is gone",
    plan_rows: |count| format!("Plan {}", counted(count, "row", "rows")),
    plan_sends_nothing: "Reads the conditions. Nothing is changed.",
    not_planned: "Nothing is planned yet. The plan reads the conditions of every row and changes nothing.",
    planning: "Reading the conditions of every row. Nothing is changed.",
    planned: |done, all| format!("{done} of {} planned", counted(all, "row", "rows")),
    break_off: "Stop planning",
    plan_again: "Plan again",
    export_plan: "Export plan",
    not_exported: "The browser did not take the file.",
    summary: "What would happen",
    will_change: "Will change",
    already_on: "Already as wanted",
    refused: "Refused",
    cannot_be_known: "Cannot be known",
    empty_group: "No rows.",
    rows_of: |title| format!("Rows: {title}"),
    why: "Why",
    conditions_of: |instance| format!("Conditions of {instance}"),
    standing,
    read,
    findings,
    not_read: "Not known: the API does not tell",
    no_conditions: "The description has no conditions for this act.",
    nothing_to_read: "nothing to read",
    left_out: |count| format!("{} left out.", counted(count, "row is", "rows are")),
    leave_out: "Leave out",
    included: "Included anyway",
    include: "Include anyway",
    include_shown: |count| match count {
        1 => String::from("Include this one anyway"),
        count => format!("Include all {count} that match anyway"),
    },
    include_question: |count| format!("Include {} anyway?", counted(count, "row", "rows")),
    include_lead: "The provider may refuse the change, or it may restart something for nothing. Your reason goes into the report.",
    include_reason: "Your reason",
    include_reason_help: "Such as: agreed with the owner, ticket 4711.",
    reason_missing: "Write a reason first.",
    override_words,
    impact: "What it does",
    act_rows: |act, count| format!("{act} · {}", counted(count, "row", "rows")),
    impact_details: "Details",
    no_impact: "The description does not say what it does to the instance.",
    estimate: "Estimate",
    time_needed: "Time",
    calls_needed: "Calls",
    calls: |switching, all| format!("{} in all, {switching} of them change something", counted(all, "call", "calls")),
    about: |time| format!("about {}", super::fleet::duration(time)),
    estimate_note: "From the limits below and the times that the descriptions give. A window adds the hours outside it.",
    credentials: "Credentials",
    outlives: |left| format!("lasts {left}: longer than the run"),
    ends_before: |left| {
        format!("lasts {left}: it ends before the run does. Renew it first, or the run pauses and asks.")
    },
    has_ended: |at| format!("has ended at {at}. Renew it first."),
    end_unknown: "its end is not known",
    no_secret: "has no secret in memory. Enter it on the page Credentials first.",
    has_begun: "The run has begun: see “Run”. What was planned is in the exported plan and in the report.",
    limits: "Limits",
    limits_lead: "How fast the run may go, for each provider and region.",
    lane: limits::lane,
    limits_of: limits::limits_of,
    edit: "Change limits",
    save_limits: "Save limits",
    save_for_all: "Save for all regions",
    limits_saved: "The limits are saved.",
    limits_open: "Save or cancel the limits that you are changing, then start.",
    limit: limits::limit,
    limit_help: limits::limit_help,
    window_simulated: "A time of day such as 01:00, by the clock of the simulation: it goes faster than this computer's where you let it. Empty: at any time.",
    ramp: "Begin slowly",
    ramp_help: "First 1 row, then 2, then 4, up to the limit. Each step waits until every row of the one before has ended well.",
    limit_problem: limits::limit_problem,
};

fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

fn default_name(time: &str) -> String {
    format!("Fleet of {}", time.get(..16).unwrap_or(time))
}

fn field_label(name: &str, label: &str) -> String {
    if label.is_empty() { name.to_owned() } else { format!("{name} {label}") }
}

fn profile_gone() -> Message {
    Message {
        severity: Severity::Warning,
        title: String::from("The profile is gone"),
        causes: vec![String::from("Somebody deleted it, or the vault is locked.")],
        remedies: vec![String::from("Choose another profile for this source, or unlock the vault.")],
    }
}

fn nothing_to_ask(field: &str) -> Message {
    Message {
        severity: Severity::Warning,
        title: format!("The values of {field} cannot be asked for"),
        causes: vec![String::from("The description does not say how, or this site does not offer the call.")],
        remedies: vec![String::from("Type the value.")],
    }
}

fn added(new: usize, known: usize, refused: usize) -> String {
    let mut said = format!("{} added.", counted(new, "row", "rows"));
    if known != 0 {
        said.push_str(&format!(" {} in the fleet already.", counted(known, "was", "were")));
    }
    if refused != 0 {
        said.push_str(&format!(" {} not fit and stayed chosen.", counted(refused, "does", "do")));
    }
    said
}

fn long_text(name: &str, size: &str, lines: usize) -> String {
    let name = if name.is_empty() { "Pasted text" } else { name };
    format!("{name}, {size}, {}", counted(lines, "line", "lines"))
}

fn column_label(number: usize, name: &str) -> String {
    if name.is_empty() { format!("Column {number}") } else { format!("Column {number}: {name}") }
}

fn column(column: &Column) -> String {
    let fixed = match column {
        Column::Provider => "Provider or API",
        Column::Region => "Region",
        Column::Subject => "Instance",
        Column::Act => "Act",
        Column::Field(name) => return format!("Field {name}"),
        Column::Profile => "Profile",
        Column::Ignored => "(not used)",
    };
    fixed.to_owned()
}

fn unknown_profiles(count: usize) -> String {
    let profiles = counted(count, "profile of the plan is", "profiles of the plan are");
    let rows = if count == 1 { "its rows" } else { "their rows" };
    format!("{profiles} not on this page: {rows} will be signed with the profile that is chosen for the provider.")
}

fn lines_summary(fitting: usize, known: usize, refused: usize) -> String {
    let mut parts = vec![counted(fitting, "line fits", "lines fit")];
    if refused != 0 {
        parts.push(counted(refused, "line does not fit", "lines do not fit"));
    }
    if known != 0 {
        parts.push(counted(known, "line is there already", "lines are there already"));
    }
    format!("{}.", parts.join(", "))
}

fn override_words(against: &str, reason: &str) -> String {
    match against.trim_end_matches(['.', ' ']) {
        "" => format!("Included although the plan does not say that it will change. The reason: {reason}"),
        against => format!("Included although the plan says “{against}”. The reason: {reason}"),
    }
}
