//! Links, exports and pasted commands, in English.

use super::super::ReuseWords;
use crate::export::Labels;
use crate::form::{Misfit, MisfitReason};
use crate::import::{Foreign, OpenQuote, Recognised, Syntax, Unrecognised};
use std::borrow::Cow;

/// A link or a command can have any number of values.
const MOST_NAMED: usize = 20;

const MASKED: &str = "Exported by TLS Console. Secrets and signatures are masked.";
const WITHHELD: &str = "The body is left out: it may hold secrets that could not be found.";
const CUT: &str = "The text is the beginning of a longer body.";

pub(crate) static REUSE: ReuseWords = ReuseWords {
    link_lead: "Whoever opens it finds this form filled in. Nothing is sent by opening it.",
    link: "with these values",
    copy_link: "Copy link",
    withheld,
    filled_by_command,
    names,
    not_filled,
    copy_markdown: "Copy as Markdown",
    markdown: "for a ticket",
    download_har: "Download HAR",
    download_session: "Download all as HAR",
    download_refused: "The browser refuses the download.",
    masked: MASKED,
    body_withheld: WITHHELD,
    body_cut: CUT,
    import: "Command",
    import_lead: "The console says what a command calls and fills the form with its values. The command is not run.",
    import_text: "Command or request",
    import_help,
    recognised,
    unrecognised,
    goes_in: "Goes into the form",
    holds_secrets,
    save_credential: "Save the credential in a profile that signs from now on",
    fill: "Fill the form",
    fills_only: "Nothing is sent.",
    labels: Labels {
        operation: "Operation",
        act: "Act",
        subject: "Subject",
        region: "Region",
        connection: "Connection",
        simulated: "(simulated: nothing left the page)",
        sent: "Sent (UTC)",
        took: "Duration",
        status: "Status",
        code: "Code",
        message: "Message",
        meaning: "What it means:",
        next: "What to do:",
        request: "Request",
        answer: "Answer",
        no_answer: "There is no answer.",
        withheld: WITHHELD,
        forgotten: "The page does not keep this body any more.",
        binary: "The body is no text.",
        cut: "The rest of the text is left out.",
        masked: MASKED,
    },
};

fn withheld(fields: &[String]) -> String {
    format!("Not in the link: {}. Secrets and files never are.", fields.join(", "))
}

fn filled_by_command(fields: &str) -> String {
    format!("Filled in by what you pasted: {fields}. Nothing was sent.")
}

fn import_help(tools: &[String]) -> String {
    let tools = if tools.is_empty() { String::new() } else { format!(", or a command of {}", tools.join(" or ")) };
    format!("A cURL command (bash or Windows), a request of an HTTP file (.http){tools}. It is read in this page only.")
}

fn recognised(found: &Recognised) -> String {
    let what = match found.syntax {
        Syntax::Curl => "cURL command",
        Syntax::HttpFile => "request",
        Syntax::Tool => "command",
    };
    let place = if found.region.is_empty() { String::new() } else { format!(", region {}", found.region) };
    format!("This {what} is “{}” of {}{place}.", found.operation.summary, found.operation.api_title)
}

fn unrecognised(why: &Unrecognised) -> String {
    match why {
        Unrecognised::NoCommand => String::from("The console does not know this as a command or a request."),
        Unrecognised::Foreign(Foreign::PowerShell) => String::from(
            "This is PowerShell, which the console does not read. It reads the same call as a cURL command for bash or for cmd.",
        ),
        Unrecognised::Foreign(Foreign::Fetch) => String::from(
            "This is a call of JavaScript’s fetch, which the console does not read. Browsers copy the same call as cURL, too.",
        ),
        Unrecognised::OpenQuote(OpenQuote { quote, line, column }) => {
            format!(
                "The quote {quote} in line {line}, column {column} is never closed. The console read the rest as part of it."
            )
        }
        Unrecognised::NoOperation { method, host, path } => {
            let call =
                [method.as_str(), host].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
            format!("No operation that is offered here has this address: {call}{path}.")
        }
        Unrecognised::NoSuchCall { service, operation } => {
            let call = [service.as_str(), operation].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
            format!("No operation that is offered here is called “{}”.", call.join(" "))
        }
    }
}

fn holds_secrets(labels: &[&str]) -> String {
    format!("It holds a credential, which does not go into the form: {}.", labels.join(", "))
}

fn names(names: &[String]) -> String {
    let more = names.len().saturating_sub(MOST_NAMED);
    let more = if more == 0 { String::new() } else { format!(", and {more} more") };
    format!("{}{more}", names.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join(", "))
}

fn not_filled(misfits: &[Misfit]) -> String {
    let each: Vec<String> = misfits.iter().map(|misfit| format!("{} ({})", misfit.name, why(misfit.why))).collect();
    format!("Not filled in: {}.", names(&each))
}

fn why(reason: MisfitReason) -> Cow<'static, str> {
    let text = match reason {
        MisfitReason::Broken => "its escapes are broken",
        MisfitReason::Unknown => "the form has no such field",
        MisfitReason::Secret => "a secret is not taken from here",
        MisfitReason::File => "a file cannot be filled in",
        MisfitReason::NotListed => "it is none of the choices",
        MisfitReason::NotJson => "the field takes other JSON",
        MisfitReason::Region => "the operation is not offered there",
        MisfitReason::TooMany => "it has too many items",
        MisfitReason::Generated => "the console makes it anew",
        MisfitReason::GivenAgain => "it is given more than once, and the last value counts",
        MisfitReason::Signature => "the console signs each call anew",
        MisfitReason::Placeholder => "it is a placeholder, not a value",
        MisfitReason::OtherCall => "it is another call, and the form is for one",
        MisfitReason::Option => "the console does not take this option over",
        MisfitReason::StrayWord => "this word belongs to no option",
        MisfitReason::OtherLine { line } => return format!("line {line} is no part of the command").into(),
        MisfitReason::Several => "it stands for several values, and the form is for one call",
        MisfitReason::Shell => "only a shell can do this",
        MisfitReason::OpenQuote { line, column } => {
            return format!("nothing closes it: line {line}, column {column}").into();
        }
    };
    text.into()
}
