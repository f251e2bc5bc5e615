//! Credentials that a fleet waits for, in English.

use crate::ui::words::CredentialNeed;

pub(super) fn rows_need_credential(profile: &str, need: &CredentialNeed) -> String {
    let why = match need {
        CredentialNeed::NotEntered => String::from(": none is entered on this page"),
        CredentialNeed::Refused(code, status) if code.is_empty() => {
            format!(": the provider refused the last one with status {status}")
        }
        CredentialNeed::Refused(code, _) => format!(": the provider refused the last one with {code}"),
        CredentialNeed::Entered => String::from(". One is entered now: go on with it"),
    };
    let next = match need {
        CredentialNeed::NotEntered => {
            " The page of an operation has the fields. Come back to this page then, and go on."
        }
        CredentialNeed::Refused(..) => {
            " Enter another one, and go on with it. If the provider was wrong, try the same one again."
        }
        CredentialNeed::Entered => "",
    };
    format!("Rows wait for a credential of {profile}{why}.{next}")
}

pub(super) fn profile_is_gone(provider: &str, other: &str) -> String {
    format!(
        "The profile that signed for {provider} is not on this page any more. {other} is chosen now: make sure that it is of the same account."
    )
}

pub(super) fn adopted(profile: &str) -> String {
    format!("{profile} goes on in place of a profile that was gone.")
}

pub(super) fn idle_locked(has_vault: bool) -> &'static str {
    if has_vault {
        "The run is paused, because the idle lock has deleted the secrets. Unlock the vault or enter them again, then resume."
    } else {
        "The run is paused, because the idle lock has deleted the secrets. Enter them again, then resume."
    }
}
