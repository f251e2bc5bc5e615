//! English.

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

use super::{
    AnswerWords, CheckWords, FileWords, FleetPlanWords, FleetSandboxWords, FleetWords, FollowWords, HistoryWords,
    Language, ReuseWords, SampleWords, VaultWords, ViewerWords, Words,
};
use crate::sign::scheme::{CredentialLabel, IN_QUERY, TOGETHER};

pub(super) struct English;

impl Language for English {
    fn words() -> &'static Words {
        &WORDS
    }

    fn answer() -> &'static AnswerWords {
        &explain::ANSWER
    }

    fn check() -> &'static CheckWords {
        &explain::CHECK
    }

    fn files() -> &'static FileWords {
        &explain::FILES
    }

    fn fleet() -> &'static FleetWords {
        &fleet::FLEET
    }

    fn fleet_plan() -> &'static FleetPlanWords {
        &fleet_plan::FLEET_PLAN
    }

    fn fleet_sandbox() -> &'static FleetSandboxWords {
        &fleet_sandbox::FLEET_SANDBOX
    }

    fn follow() -> &'static FollowWords {
        &follow::FOLLOW
    }

    fn history() -> &'static HistoryWords {
        &history::HISTORY
    }

    fn reuse() -> &'static ReuseWords {
        &reuse::REUSE
    }

    fn samples() -> &'static SampleWords {
        &samples::SAMPLES
    }

    fn vault() -> &'static VaultWords {
        &explain::VAULT
    }

    fn viewer() -> &'static ViewerWords {
        &viewer::VIEWER
    }
}

static WORDS: Words = Words {
    skip: "Skip to content",
    not_loaded: "A part of the console did not arrive",
    not_loaded_remedy: "Check the network and try again. If this site was updated meanwhile, load the page again.",
    try_again: "Try again",
    help: "Help on",
    announcements: "About this site",
    such_as: "e.g.",
    about_operation: "Address",
    part_what: "What",
    part_where: "Where",
    part_who: "Who",
    part_more: "More",
    change: "Change",
    done: "Done",
    project: "Project",
    only_if: "Only if",
    result: "Result",
    panel: "Call",
    nothing_signed: "Nothing is signed yet. The stages of the signature appear here after the call.",
    unsigned: "This call is sent without a signature.",
    changed_since: "The form has changed since. This is the answer to what was sent before.",
    same_again: "Same for another",
    one: "one",
    simulated: "Simulated",
    simulation: "Simulation: nothing is sent. A reload begins it anew.",
    simulation_beside: |connection| {
        format!("Simulation: what you send here goes nowhere. Changes by “{connection}” go on.")
    },
    outcomes: "Outcomes",
    leave_simulation: "Leave",
    filled_in: "Filled in.",
    examples_title: "Keep the example values?",
    examples_stay: "Stay in the simulation",
    examples_note: "Fields or credentials still hold values of the simulation.",
    examples_clear: "Clear them",
    examples_keep: "Keep them",
    via: "via",
    connection: "Connection",
    operations: "Operations",
    search: "Search",
    nothing_offered: "No operation is offered here: whoever runs this site has set operations in config.json.",
    read_only: "Read-only: nothing that changes anything is sent from here.",
    settings: "Settings",
    about: "About",
    about_lead: "TLS Console is free software under the MIT licence.",
    version: "Version",
    libraries: "Libraries and their licences",
    loading: "Loading…",
    broken_api: "cannot be used: see why",
    home_title: "What do you want to switch?",
    home_privacy: "A call that changes something is sent only after you confirm it. Secrets stay in the memory of this page unless you keep them in the vault.",
    unknown_title: "There is no such page",
    unknown_lead: "This address leads nowhere, or what it names is not offered here:",
    back_home: "Back to all operations",
    reference: "Reference",
    region: "Region",
    host: "Host",
    credential_note: "Kept in this page's memory only; gone when you reload.",
    anonymous_note: "This call is sent without a credential.",
    secret_in_address: "It becomes a part of the address. The console masks it, but servers and proxies on the way often \
                        write addresses into their logs.",
    kind: "Kind",
    profile: "Profile",
    nobody: "nobody: this call needs no credential",
    signed_by: "Signed by",
    added_by_proxy_note: "The console sends no authentication: the proxy of this deployment adds it. \
    Choose this only if the operator of the proxy tells you to.",
    path: "Path",
    query: "Query",
    headers: "Headers",
    body: "Body",
    send: "Send",
    cancel: "Cancel",
    sending: "Sending…",
    form: "Parameters",
    not_set: "(not set)",
    choose: "(choose)",
    new_value: "New",
    add_item: "Add item",
    add_member: "Add member",
    add: "Add",
    remove_item: "Remove",
    left_empty: "left empty",
    one_of: "one of",
    member_name: "name of a new member",
    member_unnamed: "The new member needs a name.",
    member_exists: "There is a member of this name already.",
    file_unreadable: "The browser could not read the file. Choose it again.",
    omitted: "What the description has and the console leaves out",
    default: "Default",
    example: "Example",
    required: "required",
    optional: "optional",
    confirm_title: "Really send this?",
    confirm: "Confirm",
    provider: "Provider",
    instance: "What",
    effect: "Effect",
    goes: "Destination",
    request: "Request",
    made_at_send: "(made when you send)",
    incomplete: "(not complete yet)",
    goes_to: "Sent through",
    stays: "Not sent (simulation)",
    no_body: "No body.",
    no_preview: "The request cannot be shown yet.",
    response: "Response",
    nothing_sent: "Nothing sent yet. The answer and its meaning appear here.",
    no_answer_here: "The next answer and its meaning appear here. Earlier calls are in the log.",
    sent: "Request as sent",
    request_ids: "Request id",
    what_it_means: "What the answer says",
    do_next: "What to do",
    empty_body: "The body is empty.",
    withheld_body: "The body may contain secrets. The console could not read it, so it could not mask all of them.",
    show_body: "Show the body",
    download: "Download",
    copy: "Copy",
    copied: "Copied",
    not_copied: "Copying is blocked here: select the text and copy it by hand.",
    sandbox_fill: "Fill in an example",
    replace_question: "Replace what is typed?",
    sandbox_cases: "Every other outcome",
    sandbox_codes: "Every documented error code",
    sandbox_input: "Input",
    sandbox_leads_to: "Leads to",
    sandbox_use: "Use",
    appearance: "Appearance",
    colours: "Colours",
    colours_system: "As the system",
    colours_light: "Light",
    colours_dark: "Dark",
    time_limit: "Time limit in seconds",
    time_limit_wrong: "Must be a whole number from 1 to 600. The last good value stays in force.",
    connections: "Connections",
    connections_lead: "Set by whoever runs this site, in config.json. Choose one at the top of the page.",
    locked: "Locked: whoever runs this site has set this in config.json.",
    settings_lead: "This browser remembers them. Whoever runs this site can set and lock them.",
    broken_title: "This API description cannot be used",
    no_region: "No region of this operation is offered here.",
    no_credential: "No kind of credential that this operation takes is offered here.",
    config_problems: "config.json has mistakes",
    credentials: "Credentials",
    all_credentials: "All credentials",
    signature: "Signature",
    signature_copy: "signature",
    compare: "Compare with what the server signed",
    compare_with: "The server's error answer",
    compare_help: "Paste the whole answer or only its message, also one from another tool. It stays in this page.",
    no_server_text: "No canonical request or string to sign is found in this text. Paste the whole answer.",
    side_both: "both",
    side_ours: "console",
    side_theirs: "server",
    not_there: "(not there)",
    empty_part: "(empty)",
    allow_one_more: "Allow one more try",
    one_more_allowed: "One more try is allowed: press Send.",
    use_server_time: "Sign with the server's time",
    use_own_time: "Sign with this computer's time",
    look_up: "Look up",
    asking: "Asking…",
    nothing_looked_up: "The provider lists none for this region. You can still enter it.",
    get_it: "Get it",
    close: "Close",
    update_ready: "A new version of the console is ready. Reloading keeps what is typed, but no secrets and no answers.",
    update_waiting: "A new version of the console is ready. A call is under way: reload when its answer is there.",
    reload: "Reload",
    renew: "Renew",
    temporary: "Temporary keys (STS)",
    temporary_paste: "Answer of the token service",
    temporary_help: "Paste the JSON of AssumeRole or securitytokens, a profile of the command line, a file credentials.csv, or lines such as ALIBABA_CLOUD_ACCESS_KEY_ID=…: all parts and their end are taken from it.",
    not_temporary: "No keys are found in this text.",
    temporary_taken: "The temporary keys are entered.",
    temporary_end: "Expires at (optional)",
    temporary_end_help: "Only for the warning. For example 2026-11-22T18:00:00Z.",
    set_end: "Set the end",
    not_a_time: "Expires at must be a time such as 2026-11-22T18:00:00Z.",
    profile_name: "Profile name",
    profile_name_help: "What you call it, for example Production.",
    profile_region_help: "Chosen together with the profile. Empty: any.",
    remember: "Remember this profile without its secret",
    remember_help: "Name, region, kind, AccessKey ID, project and user names. Never a secret.",
    save_profile: "Save profile",
    new_profile: "New profile",
    name_taken: "Another profile of this provider has this name: choose another, so that they can be told apart.",
    both_signed: "The text that both signed",
    profile_saved: "The profile is saved.",
    forget: "Forget secret",
    forget_all: "Forget all secrets now",
    forgotten: "The secrets are forgotten.",
    remove_profile: "Delete profile",
    removed: "The profile is deleted.",
    choose_profile: "Choose",
    chosen: "In use",
    profiles: "Profiles",
    no_profiles: "There are none yet. Open an operation and enter a credential: that makes the first one.",
    in_memory: "In memory",
    nothing_held: "no secret",
    idle_minutes: "Idle lock in minutes",
    idle_help: "Delete secrets from memory after this many minutes without activity: 1 to 480.",
    idle_wrong: "Must be a whole number from 1 to 480. The last good value stays in force.",
    clock: "Clock",
    no_skew: "No server has answered yet: its clock is not known.",
    clock_help: "If a provider refuses a call because of this, the answer offers to sign with the server's time.",
    clocks_agree: "This computer's clock and the server's agree.",
    vault: "Vault",
    vault_lead: "Secrets are gone when the page is closed. A vault keeps them in this browser, encrypted with a passphrase that only you know.",
    vault_working: "Working on the key, this takes a moment…",
    vault_absent: "This browser has no vault.",
    vault_locked,
    unlock_the_vault: "Unlock the vault of this browser",
    vault_is_open: "Vault unlocked.",
    vault_unsaved: "Vault unlocked. Changes are not saved yet.",
    keep_mine: "Keep what this page has",
    keep_theirs: "Take what the other tab saved",
    passphrase: "Passphrase",
    passphrase_again: "Passphrase again",
    vault_make: "Keep the secrets in a vault",
    vault_made: "The vault is made.",
    vault_unlock: "Unlock",
    vault_opened: "The vault is unlocked; its secrets are in memory.",
    vault_save: "Save changes",
    vault_saved: "The changes are saved in the vault.",
    vault_lock: "Lock the vault",
    vault_erase: "Erase the vault",
    vault_erase_sure: "Really erase it? There is no way back",
    vault_erased: "The vault is erased.",
    credentials_lead: "Who signs your calls. Choose the profile at the top of each operation.",
    check: "Check connection",
    check_lead: "Looks step by step at the way from this page to each provider.",
    check_sends: "Nothing is sent before you press Check. The check changes nothing.",
    check_place: "The address in config.json:",
    check_now: "Check",
    checking: "Checking",
    passed: "passed",
    saved: "Saved.",
    checked,
    time_limit_help,
    locked_after,
    ends_in,
    ends_soon,
    has_ended,
    issues_title,
    characters_entered,
    ending,
    kind_words,
    conditions,
    destination,
    other_region,
    connection_kind,
    table_title,
    size,
    file_too_large,
    pages: &pages::PAGES,
    code: "Code",
    faster,
    send_all_the_same: "Send anyway",
    send_without_waiting: "Send without waiting for the conditions",
    already_on: "It is in this state already. Sending it again may restart it for nothing.",
    already_confirm: |state, confirm| format!("{state} already: {confirm}"),
    condition_fails: "A condition does not hold. The provider may refuse the change.",
    credential_refused: "The provider did not accept the credential. It will refuse the change too.",
    explain: &explain::EXPLAIN,
};

fn faster(times: i32) -> String {
    format!("Time {times}×")
}

fn checked(faults: usize, all: usize) -> String {
    match (faults, all) {
        (_, 0) => String::from("Checked: there was nothing to check."),
        (0, _) => String::from("Checked: nothing is wrong."),
        (1, _) => String::from("Checked: one step failed."),
        (faults, _) => format!("Checked: {faults} steps failed."),
    }
}

fn time_limit_help(default: u64) -> String {
    format!("How long the console waits for an answer: 1 to 600 seconds. {default} is the default.")
}

fn locked_after(minutes: u64) -> String {
    format!("Nobody touched this page for {minutes} min, so its secrets were forgotten.")
}

fn vault_locked(profiles: Option<usize>) -> String {
    match profiles {
        None => String::from("The vault is locked."),
        Some(1) => String::from("The vault is locked. It holds 1 profile."),
        Some(count) => format!("The vault is locked. It holds {count} profiles."),
    }
}

fn ends_in(left: &str, at: &str) -> String {
    format!("Valid for {left}, until {at}.")
}

fn ends_soon(left: &str, at: &str) -> String {
    format!("Ends in {left}, at {at}. Renew it before you begin anything long.")
}

fn has_ended(at: &str) -> String {
    format!("Ended at {at}. Calls will be refused: get a new one.")
}

fn issues_title(count: usize) -> String {
    if count == 1 { String::from("One field needs attention") } else { format!("{count} fields need attention") }
}

fn characters_entered(count: usize) -> String {
    match count {
        0 => String::from("Nothing entered."),
        1 => String::from("1 character entered."),
        count => format!("{count} characters entered."),
    }
}

fn ending(seconds: Option<i64>) -> String {
    match seconds {
        Some(..=0) => String::from(" – it has ended: the call will be refused"),
        Some(seconds @ 1..1_800) => format!(" – it ends in {} min", seconds / 60 + 1),
        _ => String::new(),
    }
}

fn kind_words(kind: &str) -> String {
    let one = |kind: &str| match CredentialLabel::of(kind) {
        CredentialLabel::HeaderName => kind.to_owned(),
        CredentialLabel::QueryName => format!("{} in the query", kind.trim_start_matches(IN_QUERY)),
        CredentialLabel::AccessToken => String::from("Access token"),
        CredentialLabel::Password => String::from("User and password"),
        CredentialLabel::AccessKey => String::from("AccessKey"),
        CredentialLabel::AddedByProxy => String::from("Added by the proxy"),
        CredentialLabel::Anonymous => String::from("None: anybody may call"),
    };
    kind.split(TOGETHER).map(one).collect::<Vec<_>>().join(" and ")
}

fn conditions(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => String::from("1 condition"),
        count => format!("{count} conditions"),
    }
}

fn destination(connection: &crate::proxy::Connection, host: &str) -> String {
    use crate::proxy::ConnectionKind;
    match &connection.kind {
        ConnectionKind::Sandbox => String::from("Not sent (simulation)"),
        ConnectionKind::Direct => format!("Goes to {host}"),
        ConnectionKind::Proxy(_) => format!("Goes to {host} through {}", connection.name),
    }
}

fn other_region(own: &str, called: &str) -> String {
    format!("This profile is for {own}, and the call goes to {called}.")
}

fn connection_kind(kind: &crate::proxy::ConnectionKind, provider: &str, region: &str) -> String {
    use crate::proxy::ConnectionKind;
    match kind {
        ConnectionKind::Sandbox => String::from("answered inside this page; nothing leaves it"),
        ConnectionKind::Direct => String::from("straight to the provider's host"),
        ConnectionKind::Proxy(proxy) => proxy.template(provider, region).as_str().to_owned(),
    }
}

fn table_title(name: &str, rows: usize) -> String {
    if rows == 1 { format!("{name}: 1 item") } else { format!("{name}: {rows} items") }
}

fn file_too_large(limit: usize) -> String {
    format!("The file is larger than {}: the console sends no larger ones.", size(limit))
}

fn size(bytes: usize) -> String {
    let tenths = |unit: usize| format!("{}.{}", bytes / unit, bytes % unit * 10 / unit);
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", tenths(1_000)),
        _ => format!("{} MB", tenths(1_000_000)),
    }
}
