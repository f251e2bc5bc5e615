//! Errors before anything is sent: configuration, descriptions, building, signing.

use super::{Explanation, Tone};
use crate::call::CallError;
use crate::catalog::{CatalogError, Reason};
use crate::config::{ConfigIssue, ConfigReason};
use crate::request::BuildError;
use crate::sign::SignError;

/// A description that cannot be used.
pub fn catalog_error(error: &CatalogError) -> Explanation {
    let at = Explanation::new(Tone::Bad, "This API description cannot be used")
        .because(format!("File {}, at {}: {}.", error.file, error.pointer, error.reason));
    let at = match &error.reason {
        Reason::Syntax(_) => {
            at.then("Check the file with a JSON checker; a missing comma or quote is the usual cause.")
        }
        Reason::Version(_) => at.then("Convert the document to OpenAPI 3.1."),
        Reason::Unsupported(_) => at.then("apis/README.md lists what the console reads of OpenAPI."),
        _ => at.then("Correct the place that the pointer names; apis/README.md describes the format."),
    };
    at.then("The other APIs are not affected. Reload the page after the correction.")
}

/// A description that did not arrive.
pub fn unreachable(file: &str, complaint: &str) -> Explanation {
    Explanation::new(Tone::Bad, "This API description could not be loaded")
        .because(format!("File {file}: {complaint}."))
        .then("Check that the file is on the server, under the name that config.json gives it.")
        .then("Reload the page. The other APIs are not affected.")
}

/// A part of `config.json` that is not used, or can hardly be meant.
pub fn config_issue(issue: &ConfigIssue) -> String {
    let used = match issue.reason {
        ConfigReason::Absent(_) | ConfigReason::Syntax(_) => "The built-in defaults are in force.",
        ConfigReason::Twice => "The last one counts.",
        ConfigReason::InClear => "It is used all the same.",
        ConfigReason::UnknownName { .. } => "What stands there does nothing.",
        ConfigReason::FitsNothing { .. } => "It offers nothing.",
        _ if issue.path == "#" => "The built-in defaults are in force.",
        _ if issue.closes => "It is there to forbid something: until it is corrected, it forbids everything.",
        _ => "This part is ignored.",
    };
    format!("{issue}. {used}")
}

/// A call that the deployment does not let through, however well it is filled in.
pub fn not_offered(error: &CallError) -> Explanation {
    let told = Explanation::new(Tone::Bad, "This call is not sent from here").because(format!("{error}."));
    let told = match error {
        CallError::ReadOnly => told.because("The call changes something; here it can be looked at and copied only."),
        _ => told,
    };
    told.then("Whoever runs this site decides this, in config.json.")
}

/// A request that could not be built.
pub fn build_error(error: &BuildError) -> Explanation {
    let told = Explanation::new(Tone::Bad, "This request cannot be sent from a browser").because(format!("{error}."));
    match error {
        BuildError::PathStep(_) => told.then("Enter another value: this one would lead to another address."),
        BuildError::HeaderValue(name) => told.then(format!("Remove special characters from {name}.")),
        BuildError::BodyNotAllowed(_) | BuildError::ForbiddenHeader(_) => {
            told.then("The API description asks for something that no web page can send: correct it there.")
        }
    }
}

/// A request that could not be signed.
pub fn sign_error(error: &SignError) -> Explanation {
    let told = Explanation::new(Tone::Bad, "The request could not be signed").because(format!("{error}."));
    match error {
        SignError::WrongKind => told.then("Enter the credential that this operation asks for."),
        SignError::Characters(label) => told.then(format!("Copy {label} again: it has characters it cannot have.")),
    }
}

/// The program that sends did not arrive.
pub fn nothing_to_send_with() -> Explanation {
    Explanation::new(Tone::Bad, "Nothing was sent")
        .because("The part of the console that sends could not be loaded: the network or the site's server fails.")
        .then("Send again. If it goes on, check that the files panels-….js and panels-…_bg.wasm are on the server, and reload the page.")
}
