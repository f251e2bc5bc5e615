//! The pages around the operations, in English.

use super::super::PageWords;
use crate::fleet::FleetStage;

pub(super) static PAGES: PageWords = PageWords {
    open: "Open",
    pick_from: "or pick from a list:",
    no_credential_yet: "no secret yet",
    no_profile_yet: "none yet",
    profile_locked: "locked in the vault",
    helpers: "Helpers",
    dismiss: "Dismiss",
    log: "This session",
    log_empty: "No call yet.",
    copy_all: "Copy all",
    all_calls: "calls",
    under_way: "Under way…",
    interrupted: "Not known: the page was reloaded during the call",
    interrupted_title: "A call was under way when this page was reloaded",
    interrupted_lead: "Its answer is lost. The change may have been carried out.",
    simulation_gone: "The simulation began anew with this page: nothing is left of the call.",
    to_find_out: "To find out:",
    palette: "Search operations, pages, calls and actions",
    palette_help: "Arrow keys choose, Enter opens, Escape clears.",
    operation: "Operation",
    page: "Page",
    history: "History",
    fleet: "Fleet",
    fleet_progress,
    idle_fleet: "A fleet is running. It will be paused, and nothing of it is lost.",
    call: "Call",
    action: "Action",
    unlock_vault: "Unlock the vault",
    save_vault: "Save changes to the vault",
    keys: "Keys",
    key_list: &[
        ("/ or Ctrl K", "Search operations, pages, calls and actions"),
        ("?", "Show this list"),
        ("Tab", "Next control; the first one skips to the content"),
        ("↑ ↓", "Choose in the search; scroll in a list"),
        ("Enter", "Open what is chosen; send the form"),
        ("Escape", "Clear the search, close a dialog or the menu"),
    ],
    stay: "Keep them",
    idle_title: "Secrets will be deleted",
    forget_question: "Really forget the secret?",
    delete_question: "Really delete this profile?",
    time_limits: "Time limits",
    filter: "Filter rows",
    next_step: "Next step",
    all_fields: "All fields",
    link: "Link to this form",
    import: "Paste a command",
    use_connection,
    palette_count,
    idle_in,
    locked_profiles,
    rows_shown,
    filled_by_link,
    tidied,
};

fn fleet_progress(stage: FleetStage, is_halted: bool, over: usize, all: usize) -> String {
    let stage = match stage {
        FleetStage::Over => return String::from("Run over · "),
        FleetStage::Paused(_) => "Paused, ",
        FleetStage::Stopped => "Stopped, ",
        _ if is_halted => "Stopped by failures, ",
        _ => "",
    };
    format!("{stage}{over} of {all} · ")
}

fn use_connection(name: &str) -> String {
    format!("Use the connection {name}")
}

fn palette_count(entries: usize) -> String {
    match entries {
        0 => String::from("Nothing matches."),
        1 => String::from("1 entry"),
        entries => format!("{entries} entries"),
    }
}

fn idle_in(seconds: i64) -> String {
    format!("Nobody has touched this page for a while. It deletes its secrets from memory in {seconds} s.")
}

fn locked_profiles(profiles: Option<usize>) -> String {
    match profiles {
        None => String::from("Profiles are locked in the vault. Unlock it below."),
        Some(1) => String::from("1 profile is locked in the vault. Unlock it below."),
        Some(count) => format!("{count} profiles are locked in the vault. Unlock it below."),
    }
}

fn rows_shown(shown: usize, all: usize) -> String {
    format!("{shown} of {all}")
}

fn filled_by_link(fields: &str) -> String {
    format!("Filled in by the link: {fields}. Nothing was sent.")
}

fn tidied(field: &str) -> String {
    format!("Blanks or invisible characters around {field} were removed.")
}
