//! What goes wrong with rows and with the store of fleets, in English.

use super::with_reason;
use crate::fleet::{Statuses, StoreError, Trouble};
use crate::follow::{End, Why};
use crate::outcome::Severity;
use crate::storage_error::StorageError;
use crate::ui::words::Message;

pub(super) fn trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Refused { code, status } if code.is_empty() => format!("Status {status}"),
        Trouble::Refused { code, .. } => code.clone(),
        Trouble::NotSent(_) => String::from("Not sent"),
        Trouble::Failed(reason) => with_reason("The change failed", reason.as_deref().unwrap_or_default()),
        Trouble::Unknown(Why::Refused(refusal)) if !refusal.code.is_empty() => {
            format!("Not known, because the provider refuses to show it: {}", refusal.code)
        }
        Trouble::Unknown(Why::Refused(refusal)) => {
            format!("Not known, because the provider refuses to show it: status {}", refusal.status)
        }
        Trouble::Unknown(why) => {
            let why = (super::super::follow::FOLLOW.end)(&End::Unknown(why.clone()));
            why.trim_end_matches('.').to_owned()
        }
        Trouble::NotCarriedOut(_) => String::from("Not carried out"),
        Trouble::NotSeen(_) => String::from("Not known: nothing was seen of the change"),
    }
}

pub(super) fn trouble_meaning(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Refused { .. } => String::from("The provider refused the call. Nothing was changed."),
        Trouble::NotSent(reason) => format!("Nothing left this computer. {reason}"),
        Trouble::Failed(_) => String::from("The provider accepted the change, and says that it failed."),
        Trouble::Unknown(why @ Why::Refused(_)) => {
            let end = (super::super::follow::FOLLOW.end)(&End::Unknown(why.clone()));
            format!("{}.", end.trim_end_matches('.'))
        }
        Trouble::Unknown(_) => String::from("The change may have been carried out, or not."),
        Trouble::NotCarriedOut(status) => {
            format!("{}. The provider shows that nothing was changed.", told_nothing(status))
        }
        Trouble::NotSeen(status) => {
            format!("{}. The provider has shown no such change since. It may still appear.", told_nothing(status))
        }
    }
}

/// Why nobody knew whether a call was carried out.
fn told_nothing(statuses: &Statuses) -> String {
    let known: Vec<String> = statuses.iter().flatten().map(u16::to_string).collect();
    let (known, nothing) = (known.join(" or "), "which does not tell whether the call was carried out");
    match (known.as_str(), statuses.contains(&None)) {
        ("", _) => String::from("No answer came"),
        (known, false) => format!("An answer with the status {known} came, {nothing}"),
        (known, true) => format!("No answer came, or one with the status {known}, {nothing}"),
    }
}

pub(super) fn trouble_remedy(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Refused { .. } => "Open a row to read the whole answer. Correct the cause, then try the rows again.",
        Trouble::NotSent(_) => "Correct what is named, then try the rows again.",
        Trouble::Failed(_) => "Look at the instance in the provider's console, then try the rows again.",
        Trouble::Unknown(Why::MissingValue(_) | Why::NotDescribed) => {
            "Look at the instance in the provider's console. If it is not switched, open the row and send it all the same."
        }
        Trouble::Unknown(_) => "Try the rows again: the console looks first. It sends again only what was not carried out, and what the provider recognises as the same call.",
        Trouble::NotSeen(_) => {
            "Try the rows again: the console looks first. It sends again only what was not carried out, and what the provider recognises as the same call. If an instance is not switched, open its row and send it all the same."
        }
        Trouble::NotCarriedOut(_) => "Try the rows again.",
    }
    .to_owned()
}

pub(super) fn store_error(error: &StoreError) -> Message {
    let message = |title: &str| Message::new(Severity::Error, title);
    match error {
        StoreError::Storage(StorageError::NoStorage(complaint)) => message("This browser does not let the console store fleets")
            .because(format!("It says: {complaint}."))
            .then("Private windows and strict settings refuse storage. Use a normal window, or allow storage for this site."),
        StoreError::Storage(StorageError::Full) => message("There is no room to store the fleet")
            .because("The disk, or this site's share of it, is full.")
            .then("Delete kept fleets or the history, or make room on the disk. Then resume."),
        StoreError::Storage(StorageError::Blocked) => message("Another tab holds the store of the fleets in an older form")
            .then("Close the other tabs of this console, then load this page again."),
        StoreError::Version(version) => message("Another version of the console wrote this fleet")
            .because(format!("Its records have the version {version}."))
            .then("Open it with the version of the console that wrote it."),
        StoreError::Storage(StorageError::Broken(complaint)) => message("The store of the fleets does not work")
            .because(format!("The browser says: {complaint}."))
            .then("Load the page again. What was stored before is still there."),
        StoreError::Unreadable(complaint) => message("A stored fleet cannot be read")
            .because(format!("Reading it failed: {complaint}."))
            .then("Load the page again. If that does not help, make a new fleet of the same rows: the plan finds out which of them are switched already."),
    }
}
