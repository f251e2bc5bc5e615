//! The history, in English.

use super::super::{HistoryWords, Message};
use crate::history::{Aspect, Bodies, BodyRecord};
use crate::outcome::Severity;
use crate::storage_error::StorageError;

pub(in crate::ui::words) static HISTORY: HistoryWords = HistoryWords {
    lead: "History keeps your calls, and up to 1,000 changes of a fleet, without their secrets. It does not keep looks. Nothing of it leaves this browser.",
    off: "This deployment has switched the history off. No call is kept.",
    empty: "No call is kept yet. Send a call, and it appears here.",
    reading: "Reading the history…",
    search: "Search the history",
    search_help: "Words and filters, such as: status:4xx code:Forbidden operation:SSL subject:es-cn on:2026-11-27 after:2026-11-01 before:2026-12-01 is:pinned",
    nothing_found: "No call fits this search. Clear it to see all.",
    list: "Calls",
    time: "Time",
    what: "What",
    subject: "Subject",
    status: "Status",
    result: "Result",
    actions: "Actions",
    pinned: "Pinned",
    call: "Call",
    open: "Open",
    close: "Close",
    took: "Took",
    became: "What became of it",
    answer: "Answer",
    no_answer: "No answer came back.",
    sent: "Sent; no answer is known",
    unknown: "The call was sent. The console has no answer to it. Check whether the change was made before you repeat it.",
    pin: "Pin",
    unpin: "Unpin",
    note: "Note",
    save_note: "Save note",
    note_saved: "The note is saved.",
    gone: "The history does not have this call any more: it was deleted, perhaps in another tab. Nothing is saved.",
    repeat: "Repeat",
    repeat_help: "Fills the form with these values. It sends nothing.",
    no_form: "This call was made without a form, so there are no values to fill in.",
    not_offered: "This console does not offer the operation.",
    form_is_busy: "A call of this form is under way. Repeat this one when it is over.",
    delete: "Delete",
    delete_question: "Really delete this call?",
    deleted: "The call is deleted.",
    download: "Download JSON",
    damaged: "The details of this call cannot be read. Delete it, or leave it to a newer version of the console.",
    compare: "Compare with…",
    compare_with_this: "Compare",
    choose_other: "Choose the other call in the list: press Compare in its row.",
    comparison: "Comparison",
    differences: "Differences",
    aspect_column: "What differs",
    first: "First call",
    second: "Second call",
    no_difference: "The two calls do not differ in anything that is kept of them.",
    body_lines: "Lines of the answer that only one call has: − the first, + the second",
    stop_comparing: "End comparison",
    download_all: "Download as JSON",
    delete_all: "Delete history",
    delete_all_question: "Really delete every call?",
    all_deleted: "The history is deleted.",
    shown,
    mistakes,
    unreadable,
    aspect,
    more_lines,
    body,
    repeated,
    other_region,
    bodies,
    not_kept,
    error,
};

fn calls(count: usize) -> String {
    if count == 1 { String::from("1 call") } else { format!("{count} calls") }
}

fn shown(shown: usize, all: usize) -> String {
    if shown == all { calls(all) } else { format!("{shown} of {}", calls(all)) }
}

fn mistakes(filters: &[String]) -> String {
    format!("Not understood and left out: {}.", filters.join(", "))
}

fn unreadable(count: usize) -> String {
    let records = if count == 1 { String::from("1 record") } else { format!("{count} records") };
    format!("The console cannot read {records}: damaged, or written by a newer version of the console.")
}

fn aspect(aspect: &Aspect) -> String {
    match aspect {
        Aspect::Operation => String::from("Operation"),
        Aspect::Act => String::from("Act"),
        Aspect::Subject => String::from("Subject"),
        Aspect::Region => String::from("Region"),
        Aspect::Connection => String::from("Connection"),
        Aspect::Status => String::from("Status"),
        Aspect::Code => String::from("Code"),
        Aspect::Result => String::from("Result"),
        Aspect::FollowThrough => String::from("What became of it"),
        Aspect::Method => String::from("Method"),
        Aspect::Url => String::from("Address"),
        Aspect::Value(name) => format!("Value {name}"),
        Aspect::RequestHeader(name) => format!("Request header {name}"),
        Aspect::BodySize => String::from("Bytes of the body"),
        Aspect::AnswerHeader(name) => format!("Answer header {name}"),
    }
}

fn more_lines(count: usize) -> String {
    format!("And {count} more. Download both calls to compare everything.")
}

fn size(bytes: u64) -> String {
    super::size(usize::try_from(bytes).unwrap_or(usize::MAX))
}

fn body(body: &BodyRecord) -> Option<String> {
    match body {
        BodyRecord::Whole(text) if text.is_empty() => Some(String::from("The body is empty.")),
        BodyRecord::Whole(_) => None,
        BodyRecord::Cut { beginning, bytes } => Some(format!(
            "The body has {}. The history keeps the first {} of it.",
            size(*bytes),
            size(beginning.len() as u64)
        )),
        BodyRecord::Binary(bytes) => {
            Some(format!("The body is no text ({}). The history does not keep it.", size(*bytes)))
        }
        BodyRecord::Withheld(bytes) => {
            Some(format!("The body may hold secrets ({}). The history does not keep it.", size(*bytes)))
        }
    }
}

fn repeated(time: &str) -> String {
    format!("Filled in from the call of {time}. Nothing was sent, and secrets are not kept.")
}

fn other_region(called: &str, chosen: &str) -> String {
    let called =
        if called.is_empty() { String::from("The address of the call") } else { format!("The region {called}") };
    let chosen = if chosen.is_empty() { "another address" } else { chosen };
    format!("{called} is not offered here any more: the form has {chosen} instead. Check it before you send.")
}

fn bodies(bodies: Bodies) -> Option<&'static str> {
    match bodies {
        Bodies::Whole => None,
        Bodies::Beginnings => {
            Some("Only the beginnings of the answers were compared: the history keeps no more of them.")
        }
        Bodies::NotKept => Some("The bodies of the answers were not compared: the history does not keep them."),
    }
}

fn not_kept(error: &StorageError) -> String {
    let why = match error {
        StorageError::NoStorage(_) => "This browser does not let the page store it.",
        StorageError::Full => "The browser's storage is full.",
        StorageError::Blocked => "A tab with an older version of the console holds the storage.",
        StorageError::Broken(_) => "The browser's storage does not work.",
    };
    format!("This call is not in the history. {why} What this page shows of it is complete.")
}

fn error(error: &StorageError) -> Message {
    let failed = |title: &str| Message::new(Severity::Error, title);
    match error {
        StorageError::NoStorage(complaint) => failed("This browser does not let the page keep a history")
            .because(format!("The browser says: {complaint}."))
            .because("A private window, blocked site data or a policy are the usual causes.")
            .then("Allow this site to store data, or use a window that is not private, and load the page again.")
            .then("Without the history everything else works."),
        StorageError::Full => failed("The browser's storage is full")
            .because("The disk, or the part of it that the browser gives to this site, has no room.")
            .then("Delete calls that nobody needs, or make room on the disk."),
        StorageError::Blocked => failed("Another tab holds the history")
            .because("A tab with an older version of the console has the history open.")
            .then("Close or reload the other tabs of the console, and load this page again."),
        StorageError::Broken(complaint) => failed("The history cannot be read or written")
            .because(format!("The browser says: {complaint}."))
            .then("Load the page again.")
            .then("If it goes on, delete the history, or this site's data in the browser."),
    }
}
