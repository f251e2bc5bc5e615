//! Calls that are not sent, and what a call brings along.

use super::super::super::Message;
use super::form::violation;
use crate::call::CallError;
use crate::catalog::Lockout;
use crate::outcome::Severity;
use crate::request::BuildError;
use crate::sign::SignError;

fn failed(title: &str) -> Message {
    Message::new(Severity::Error, title)
}

pub(super) fn call_error(error: &CallError) -> Message {
    let not_offered = |cause| {
        failed("This call is not sent from here")
            .because(cause)
            .then("Whoever runs this site decides this, in config.json.")
    };
    match error {
        CallError::Fields(issues) => {
            not_complete(issues.iter().map(|issue| violation(issue.target.name(), &issue.broken)).collect())
        }
        CallError::ReadOnly => {
            not_offered("This console is read-only, and the call changes something: you can look at it and copy it.")
        }
        CallError::NoCredential => not_offered("No kind of credential that the call takes is offered here."),
        CallError::Build(error) => build_error(error),
        CallError::Sign(error) => sign_error(error),
    }
}

pub(super) fn build_error(error: &BuildError) -> Message {
    const DESCRIPTION: &str = "The API description asks for something that no web page can send: correct it there.";
    let not_sent = failed("This request cannot be sent from a browser");
    match error {
        BuildError::HeaderValue(name) => not_sent
            .because(format!("The value of {name} cannot be sent in a header."))
            .then(format!("Remove special characters from {name}.")),
        BuildError::BodyNotAllowed(method) => {
            not_sent.because(format!("Browsers send no body with {method}.")).then(DESCRIPTION)
        }
        BuildError::PathStep(step) => not_sent
            .because(format!("The path has the part “{step}”: it leads to another address."))
            .then("Enter another value."),
    }
}

fn sign_error(error: &SignError) -> Message {
    let not_signed = failed("The request could not be signed");
    match error {
        SignError::WrongKind => not_signed
            .because("The credential is of another kind than the operation asks for.")
            .then("Enter the credential that this operation asks for."),
        SignError::Characters(label) => not_signed
            .because(format!("The input {label} has characters that cannot be sent."))
            .then(format!("Copy {label} again, without anything before or after it.")),
    }
}

pub(super) fn not_complete(issues: Vec<String>) -> Message {
    let not_sent = failed("This cannot be sent yet");
    if issues.is_empty() {
        return not_sent.because("Its description could not be read, or the profile cannot sign it.");
    }
    issues.into_iter().fold(not_sent, Message::because)
}

pub(super) fn stopped(failures: u64, lockout: Lockout) -> Message {
    failed("Stopped before the key is locked. Nothing was sent")
        .because(format!("The provider refused {failures} signatures in a row."))
        .because(format!(
            "The provider locks a key for {} minutes after {} bad signatures in a row, for everybody who uses it.",
            lockout.minutes, lockout.failures
        ))
        .then("Open “Compare with what the server signed”, if it is below.")
        .then("Enter the AccessKey secret again, whole, and check that it belongs to this AccessKey ID.")
        .then("Corrected it? Try once more. A failure counts towards the lock.")
}

pub(super) fn granted(profile: &str) -> String {
    format!("The credential is kept in this page's memory, for the profile {profile}. It is masked below.")
}
