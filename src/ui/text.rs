//! All words of the shell. What an API description says comes from there; what errors mean comes from
//! [`crate::outcome::describe`].

pub(super) const RESPONSE_ID: &str = "response";

pub(super) const SKIP: &str = "Skip to content";
pub(super) const VIA: &str = "via";
pub(super) const CONNECTION: &str = "Connection";
pub(super) const OPERATIONS: &str = "Operations";
pub(super) const SEARCH: &str = "Search operations";
pub(super) const NOTHING_FOUND: &str = "No operation matches. Clear the search to see all.";
pub(super) const NOTHING_OFFERED: &str =
    "No operation is offered here: whoever runs this site has set operations in config.json.";
pub(super) const READ_ONLY: &str = "Read-only: nothing that changes anything is sent from here.";
pub(super) const SETTINGS: &str = "Settings";
pub(super) const LOADING_API: &str = "Loading…";
pub(super) const BROKEN_API: &str = "cannot be used: see why";

pub(super) const HOME_TITLE: &str = "What do you want to switch?";
pub(super) const HOME_LEAD: &str = "Choose an operation. The console checks what you enter, shows the exact request before it leaves, signs it, \
    and explains the answer. Nothing is sent before you confirm.";
pub(super) const HOME_PRIVACY: &str = "Credentials stay in the memory of this page and are gone when you reload it.";

pub(super) const UNKNOWN_TITLE: &str = "There is no such page";
pub(super) const UNKNOWN_LEAD: &str = "This address leads nowhere, or what it names is not offered here:";
pub(super) const BACK_HOME: &str = "See all operations";

pub(super) const REFERENCE: &str = "Vendor's reference page";
pub(super) const BEFORE: &str = "Before you send";
pub(super) const MORE_IMPACT: &str = "More about the impact";
pub(super) const REGION: &str = "Region";
pub(super) const HOST: &str = "Host";
pub(super) const CREDENTIAL: &str = "Credential";
pub(super) const CREDENTIAL_NOTE: &str = "Kept in this page's memory only; gone when you reload.";
pub(super) const KIND: &str = "Kind";
pub(super) const AS: &str = "as";
pub(super) const PROFILE: &str = "Profile";
pub(super) const NOBODY: &str = "nobody: this call needs no credential";
pub(super) const SIGNED_BY: &str = "Signed by";
pub(super) const ADDED_BY_PROXY_NOTE: &str = "The console sends no authentication: the proxy of this deployment adds it. \
    Choose this only where whoever runs the proxy says so.";
pub(super) const PATH: &str = "Path";
pub(super) const QUERY: &str = "Query";
pub(super) const HEADERS: &str = "Headers";
pub(super) const BODY: &str = "Body";
pub(super) const SEND: &str = "Send";
pub(super) const CANCEL: &str = "Cancel";
pub(super) const SENDING: &str = "Sending…";
pub(super) const FORM: &str = "Parameters";

pub(super) const NOT_SET: &str = "(not set)";
pub(super) const CHOOSE: &str = "(choose)";
pub(super) const SEND_NULL: &str = "send null";
pub(super) const NEW_VALUE: &str = "New";
pub(super) const ADD_ITEM: &str = "Add item";
pub(super) const REMOVE_ITEM: &str = "Remove";
pub(super) const DEFAULT: &str = "Default";
pub(super) const EXAMPLE: &str = "Example";
pub(super) const REQUIRED: &str = "required";
pub(super) const OPTIONAL: &str = "optional";

pub(super) const CONFIRM_TITLE: &str = "Really send this?";
pub(super) const CONFIRM: &str = "Confirm";
pub(super) const PROVIDER: &str = "Provider";
pub(super) const INSTANCE: &str = "Instance";
pub(super) const EFFECT: &str = "Effect";
pub(super) const GOES: &str = "Goes";

pub(super) const REQUEST: &str = "Request";
pub(super) const REQUEST_NOTE: &str = "Exactly what Send sends. Secrets are masked.";
pub(super) const GOES_TO: &str = "really goes to";
pub(super) const STAYS: &str = "stays in this page: the sandbox answers";
pub(super) const NO_BODY: &str = "No body.";
pub(super) const NO_PREVIEW: &str = "The request cannot be shown yet.";

pub(super) const RESPONSE: &str = "Response";
pub(super) const NOTHING_SENT: &str =
    "Nothing sent yet. Fill in the form and press Send; the answer and its meaning appear here.";
pub(super) const SENT: &str = "Request as sent";
pub(super) const REQUEST_IDS: &str = "Request id";
pub(super) const WHAT_IT_MEANS: &str = "What the answer says";
pub(super) const DO_NEXT: &str = "What to do";
pub(super) const EMPTY_BODY: &str = "The body is empty.";
pub(super) const BINARY_BODY: &str = "The body is not text. Download it to look at it.";
pub(super) const WITHHELD_BODY: &str =
    "The body may contain secrets. The console could not read it, so it could not mask all of them.";
pub(super) const SHOW_BODY: &str = "Show the body";
pub(super) const DOWNLOAD: &str = "Download";
pub(super) const COPY: &str = "Copy";
pub(super) const COPIED: &str = "Copied";
pub(super) const NOT_COPIED: &str = "Copying is blocked here: select the text and copy it by hand.";

pub(super) const SANDBOX_TITLE: &str = "Sandbox";
pub(super) const SANDBOX_LEAD: &str = "Nothing leaves this page: it plays both clouds itself, with state.";
pub(super) const SANDBOX_FILL: &str = "Fill in an example";
pub(super) const SANDBOX_CASES: &str = "Try every other outcome";
pub(super) const SANDBOX_CODES: &str = "Try every documented error code";
pub(super) const SANDBOX_INPUT: &str = "Input";
pub(super) const SANDBOX_LEADS_TO: &str = "Leads to";
pub(super) const SANDBOX_USE: &str = "Use";

pub(super) const APPEARANCE: &str = "Appearance";
pub(super) const COLOURS: &str = "Colours";
pub(super) const COLOURS_SYSTEM: &str = "As the system";
pub(super) const COLOURS_LIGHT: &str = "Light";
pub(super) const COLOURS_DARK: &str = "Dark";
pub(super) const TIME_LIMIT: &str = "Time limit in seconds";
pub(super) const TIME_LIMIT_WRONG: &str = "Must be a whole number from 1 to 600. The last good value stays in force.";
pub(super) const CONNECTIONS: &str = "Connections";
pub(super) const CONNECTIONS_LEAD: &str =
    "Set by whoever runs this site, in config.json. Choose one at the top of the page.";
pub(super) const LOCKED: &str = "Locked: whoever runs this site has set this in config.json.";
pub(super) const SETTINGS_LEAD: &str = "Remembered by this browser. Whoever runs this site can set and lock them.";
pub(super) const BROKEN_TITLE: &str = "This API description cannot be used";
pub(super) const NO_REGION: &str = "No region of this operation is offered here.";
pub(super) const NO_CREDENTIAL: &str = "No kind of credential that this operation takes is offered here.";
pub(super) const CONFIG_PROBLEMS: &str = "config.json has mistakes";

pub(super) const CREDENTIALS: &str = "Credentials";
pub(super) const ALL_CREDENTIALS: &str = "All credentials";
pub(super) const SIGNATURE: &str = "Signature, stage by stage";
pub(super) const SIGNATURE_COPY: &str = "signature";
pub(super) const COMPARE: &str = "Compare with what the server signed";
pub(super) const COMPARE_WITH: &str = "The server's error answer";
pub(super) const COMPARE_HELP: &str =
    "Paste the whole answer or only its message, also one from another tool. It stays in this page.";
pub(super) const NO_SERVER_TEXT: &str =
    "No canonical request or string to sign is found in this text. Paste the whole answer.";
pub(super) const SIDE_BOTH: &str = "both";
pub(super) const SIDE_OURS: &str = "console";
pub(super) const SIDE_THEIRS: &str = "server";
pub(super) const NOT_THERE: &str = "(not there)";
pub(super) const EMPTY_PART: &str = "(empty)";
pub(super) const ALLOW_ONE_MORE: &str = "Allow one more try";
pub(super) const ONE_MORE_ALLOWED: &str = "One more try is allowed: press Send.";
pub(super) const USE_SERVER_TIME: &str = "Sign with the server's time";
pub(super) const USE_OWN_TIME: &str = "Sign with this computer's time";
pub(super) const LOOK_UP: &str = "Look up";
pub(super) const ASKING: &str = "Asking…";
pub(super) const NOTHING_LOOKED_UP: &str = "The provider lists none for this region. You can still enter it.";
pub(super) const MUST_BE_FILLED: &str = "must be filled in";
pub(super) const GET_IT: &str = "Get it";
pub(super) const CLOSE: &str = "Close";
pub(super) const RENEW: &str = "Renew";
pub(super) const TEMPORARY: &str = "Temporary keys (STS)";
pub(super) const TEMPORARY_PASTE: &str = "Answer of the token service";
pub(super) const TEMPORARY_HELP: &str =
    "Paste the JSON of AssumeRole or securitytokens: the three parts and their end are taken from it.";
pub(super) const NOT_TEMPORARY: &str =
    "No temporary keys are found in this text: it must be JSON with all three parts.";
pub(super) const TEMPORARY_TAKEN: &str = "The temporary keys are entered.";
pub(super) const TEMPORARY_END: &str = "Valid until";
pub(super) const TEMPORARY_END_HELP: &str =
    "For example 2026-11-22T18:00:00Z. The console counts down and warns; nothing else depends on it.";
pub(super) const SET_END: &str = "Set the end";
pub(super) const NOT_A_TIME: &str = "Valid until must be a time such as 2026-11-22T18:00:00Z.";
pub(super) const PROFILE_NAME: &str = "Profile name";
pub(super) const PROFILE_NAME_HELP: &str = "What you call it, for example Production.";
pub(super) const PROFILE_REGION_HELP: &str = "Chosen together with the profile. Empty: any.";
pub(super) const REMEMBER: &str = "Remember the public half in this browser";
pub(super) const REMEMBER_HELP: &str = "Name, region, kind, AccessKey ID, project and user names. Never a secret.";
pub(super) const SAVE_PROFILE: &str = "Save profile";
pub(super) const NEW_PROFILE: &str = "New profile";
pub(super) const NAME_TAKEN: &str =
    "Another profile of this provider has this name: choose another, so that they can be told apart.";
pub(super) const BOTH_SIGNED: &str = "The text that both signed";
pub(super) const PROFILE_SAVED: &str = "The profile is saved.";
pub(super) const FORGET: &str = "Forget now";
pub(super) const FORGET_ALL: &str = "Forget all secrets now";
pub(super) const FORGOTTEN: &str = "The secrets are forgotten.";
pub(super) const REMOVE_PROFILE: &str = "Remove";
pub(super) const REMOVED: &str = "The profile is removed.";
pub(super) const CHOOSE_PROFILE: &str = "Choose";
pub(super) const CHOSEN: &str = "In use";
pub(super) const PROFILES: &str = "Profiles";
pub(super) const NO_PROFILES: &str = "There are none yet. Open an operation: its credential makes the first one.";
pub(super) const IN_MEMORY: &str = "In memory";
pub(super) const NOTHING_HELD: &str = "no secret";
pub(super) const IDLE_LOCK: &str = "Idle lock";
pub(super) const IDLE_MINUTES: &str = "Minutes";
pub(super) const IDLE_HELP: &str = "Secrets are forgotten when nobody touches the page for so long: 1 to 480 minutes.";
pub(super) const IDLE_WRONG: &str = "Must be a whole number from 1 to 480. The last good value stays in force.";
pub(super) const CLOCK: &str = "Clock";
pub(super) const NO_SKEW: &str = "No server has answered yet: its clock is not known.";
pub(super) const CLOCK_HELP: &str =
    "Where that keeps a call from being accepted, its answer offers to sign with the server's time.";
pub(super) const CLOCKS_AGREE: &str = "This computer's clock and the server's agree.";
pub(super) const VAULT: &str = "Vault";
pub(super) const VAULT_LEAD: &str = "Secrets are gone when the page is closed. A vault keeps them in this browser, encrypted with a passphrase that only you know.";
pub(super) const VAULT_WORKING: &str = "Working on the key, this takes a moment…";
pub(super) const VAULT_LOCKED: &str = "There is a vault in this browser, and it is locked.";
pub(super) const UNLOCK_THE_VAULT: &str = "Unlock the vault of this browser";
pub(super) const VAULT_IS_OPEN: &str = "The vault is open. What you change is kept when you save it.";
pub(super) const PASSPHRASE: &str = "Passphrase";
pub(super) const PASSPHRASE_AGAIN: &str = "Passphrase again";
pub(super) const VAULT_MAKE: &str = "Keep the secrets in a vault";
pub(super) const VAULT_MADE: &str = "The vault is made.";
pub(super) const VAULT_UNLOCK: &str = "Unlock";
pub(super) const VAULT_OPENED: &str = "The vault is open; its secrets are in memory.";
pub(super) const VAULT_SAVE: &str = "Save to the vault";
pub(super) const VAULT_SAVED: &str = "The secrets are saved in the vault.";
pub(super) const VAULT_LOCK: &str = "Lock";
pub(super) const VAULT_ERASE: &str = "Erase the vault";
pub(super) const VAULT_ERASE_SURE: &str = "Really erase it? There is no way back";
pub(super) const VAULT_ERASED: &str = "The vault is erased.";
pub(super) const CREDENTIALS_LEAD: &str =
    "Who signs your calls. Several can be in memory at once; choose one at the top of an operation's page.";
pub(super) const CHECK: &str = "Check connection";
pub(super) const CHECK_LEAD: &str = "Looks step by step at the way from this page to each provider.";
pub(super) const CHECK_SENDS: &str = "Nothing is sent before you press the button. Then, for each provider and each \
    address that config.json has for it: a GET of the proxy itself; a GET of the provider's hosts and a PUT of an address \
    that does not exist, without a credential; the same GET to a host that must be refused; and, if an access key is \
    there, one signed call that only reads.";
pub(super) const CHECK_PLACE: &str = "The address in config.json:";
pub(super) const CHECK_NOW: &str = "Check";
pub(super) const CHECKING: &str = "Checking";
pub(super) const PASSED: &str = "passed";
pub(super) const NOT_APPLICABLE: &str = "Not applicable";

/// How a check ended, of so many steps that applied.
pub(super) fn checked(faults: usize, all: usize) -> String {
    match (faults, all) {
        (_, 0) => String::from("Checked: there was nothing to check."),
        (0, _) => String::from("Checked: nothing is wrong."),
        (1, _) => String::from("Checked: one step failed."),
        (faults, _) => format!("Checked: {faults} steps failed."),
    }
}

/// What the time limit may be.
pub(super) fn time_limit_help(default: u64) -> String {
    format!("How long Send waits for an answer: 1 to 600 seconds. {default} is the default.")
}

/// The secrets were forgotten.
pub(super) fn locked(minutes: i64) -> String {
    format!("Nobody touched this page for {minutes} min, so its secrets were forgotten.")
}

/// The end of a credential, far away.
pub(super) fn ends_in(left: &str, at: &str) -> String {
    format!("Valid for {left}, until {at}.")
}

/// The end of a credential, near.
pub(super) fn ends_soon(left: &str, at: &str) -> String {
    format!("Ends in {left}, at {at}. Renew it before you begin anything long.")
}

/// The end of a credential, past.
pub(super) fn has_ended(at: &str) -> String {
    format!("Ended at {at}. Calls will be refused: get a new one.")
}

/// The count in front of the list of complaints.
pub(super) fn issues_title(count: usize) -> String {
    if count == 1 { String::from("One field needs attention") } else { format!("{count} fields need attention") }
}

/// What is told of a secret that was entered.
pub(super) fn characters_entered(count: usize) -> String {
    match count {
        0 => String::from("Nothing entered."),
        1 => String::from("1 character entered."),
        count => format!("{count} characters entered."),
    }
}

/// Behind the name of who signs, when the credential ends soon or has ended: `seconds` are left.
pub(super) fn ending(seconds: Option<i64>) -> String {
    match seconds {
        Some(..=0) => String::from(" – it has ended: the call will be refused"),
        Some(seconds @ 1..1_800) => format!(" – it ends in {} min", seconds / 60 + 1),
        _ => String::new(),
    }
}

/// A kind of credential in words.
pub(super) fn kind_words(kind: &str) -> &str {
    match kind {
        "SDK-HMAC-SHA256" | "ACS3-HMAC-SHA256" => "AccessKey",
        "proxy" => "Added by the proxy",
        header => header,
    }
}

/// How a connection gets to a provider and a region.
pub(super) fn connection_kind(kind: &crate::proxy::ConnectionKind, provider: &str, region: &str) -> String {
    use crate::proxy::ConnectionKind;
    match kind {
        ConnectionKind::Sandbox => String::from("answered inside this page; nothing leaves it"),
        ConnectionKind::Direct => String::from("straight to the provider's host"),
        ConnectionKind::Proxy(template) => template.of(provider, region).to_owned(),
    }
}

/// The button below the beginning of a long body.
pub(super) fn show_all(lines: usize) -> String {
    format!("Show all {lines} lines")
}

/// A number of bytes, with one decimal.
pub(super) fn size(bytes: usize) -> String {
    let tenths = |unit: usize| format!("{}.{}", bytes / unit, bytes % unit * 10 / unit);
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", tenths(1_000)),
        _ => format!("{} MB", tenths(1_000_000)),
    }
}

/// A duration in milliseconds; no call lasts longer than 64 bits can count.
pub(super) fn milliseconds(duration: std::time::Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
