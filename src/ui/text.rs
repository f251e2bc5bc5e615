//! All words of the shell. What an API description says comes from there; what errors mean comes from
//! [`crate::outcome::describe`].

pub(super) const RESPONSE_ID: &str = "response";

pub(super) const SKIP: &str = "Skip to content";
pub(super) const VIA: &str = "via";
pub(super) const CONNECTION: &str = "Connection";
pub(super) const OPERATIONS: &str = "Operations";
pub(super) const SEARCH: &str = "Search operations";
pub(super) const NOTHING_FOUND: &str = "No operation matches. Clear the search to see all.";
pub(super) const SETTINGS: &str = "Settings";
pub(super) const LOADING_API: &str = "Loading…";
pub(super) const BROKEN_API: &str = "cannot be used: see why";

pub(super) const HOME_TITLE: &str = "What do you want to switch?";
pub(super) const HOME_LEAD: &str = "Choose an operation. The console checks what you enter, shows the exact request before it leaves, signs it, \
    and explains the answer. Nothing is sent before you confirm.";
pub(super) const HOME_PRIVACY: &str = "Credentials stay in the memory of this page and are gone when you reload it.";

pub(super) const UNKNOWN_TITLE: &str = "There is no such page";
pub(super) const UNKNOWN_LEAD: &str = "This address leads nowhere, or its description is not configured here:";
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
pub(super) const DOWNLOAD: &str = "Download";
pub(super) const COPY: &str = "Copy";
pub(super) const COPIED: &str = "Copied";
pub(super) const NOT_COPIED: &str = "Copying is blocked here: select the text and copy it by hand.";

pub(super) const NO_SANDBOX: &str = "the sandbox could not be loaded";
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
pub(super) const TIME_LIMIT_HELP: &str = "How long Send waits for an answer: 1 to 600 seconds. 30 is the default.";
pub(super) const TIME_LIMIT_WRONG: &str = "Must be a whole number from 1 to 600. The last good value stays in force.";
pub(super) const CONNECTIONS: &str = "Connections";
pub(super) const CONNECTIONS_LEAD: &str =
    "Set by whoever runs this site, in config.json. Choose one at the top of the page.";
pub(super) const CONFIG_PROBLEMS: &str = "config.json has mistakes";

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

/// A kind of credential in words.
pub(super) fn kind_words(kind: &str) -> &str {
    match kind {
        "SDK-HMAC-SHA256" | "ACS3-HMAC-SHA256" => "AccessKey",
        "proxy" => "Added by the proxy",
        header => header,
    }
}

/// How a connection gets there.
pub(super) fn connection_kind(kind: &crate::proxy::ConnectionKind) -> String {
    use crate::proxy::ConnectionKind;
    match kind {
        ConnectionKind::Sandbox => String::from("answered inside this page; nothing leaves it"),
        ConnectionKind::Direct => String::from("straight to the provider's host"),
        ConnectionKind::Proxy(template) => template.as_str().to_owned(),
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
