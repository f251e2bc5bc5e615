//! Links, exports and pasted commands, in English.

use super::super::ReuseWords;
use crate::export::Labels;
use crate::form::{Misfit, MisfitReason};

const MASKED: &str = "Exported by TLS Console. Secrets and signatures are masked.";
const WITHHELD: &str = "The body is left out: it may hold secrets that could not be found.";

pub(crate) static REUSE: ReuseWords = ReuseWords {
    link_lead: "Whoever opens it finds this form filled in. Nothing is sent by opening it.",
    link: "link",
    copy_link: "Copy link",
    withheld,
    filled_by_command,
    not_filled,
    copy_markdown: "Copy as Markdown",
    markdown: "call and answer",
    download_har: "Download HAR",
    download_session: "Download all as HAR",
    download_refused: "The browser refuses the download.",
    masked: MASKED,
    body_withheld: WITHHELD,
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

fn not_filled(misfits: &[Misfit]) -> String {
    let each: Vec<String> = misfits.iter().map(|misfit| format!("{} ({})", misfit.name, why(misfit.why))).collect();
    format!("Not filled in: {}.", each.join(", "))
}

fn why(reason: MisfitReason) -> &'static str {
    match reason {
        MisfitReason::Unknown => "the form has no such field",
        MisfitReason::Secret => "a secret is not taken from here",
        MisfitReason::File => "a file cannot be filled in",
        MisfitReason::NotListed => "it is none of the choices",
        MisfitReason::NotJson => "the field takes other JSON",
        MisfitReason::Region => "the operation is not offered there",
        MisfitReason::TooMany => "it has too many items",
        MisfitReason::Generated => "the console makes it anew",
        MisfitReason::Placeholder => "it is the name of a variable, not its value",
    }
}
