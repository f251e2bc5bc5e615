//! Errors before anything is sent: configuration, descriptions, building, signing.

use super::{Explanation, Tone};
use crate::call::CallError;
use crate::catalog::{CatalogError, Reason};
use crate::config::{ConfigIssue, ConfigReason, NameKind, ValueType};
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
        ConfigReason::DuplicateKey => "The last one counts.",
        ConfigReason::InClear => "It is used all the same.",
        ConfigReason::UnknownName(..) => "What stands there does nothing.",
        ConfigReason::FitsNothing(..) => "It offers nothing.",
        _ if issue.path == "#" => "The built-in defaults are in force.",
        _ if issue.fail_closed => "It is there to forbid something: until it is corrected, it forbids everything.",
        _ => "This part is ignored.",
    };
    format!("config.json{}: {}. {used}", issue.path, config_reason(&issue.reason))
}

fn config_reason(reason: &ConfigReason) -> String {
    let name = |what: &NameKind| match what {
        NameKind::Operation => "operation",
        NameKind::Provider => "provider",
        NameKind::Region => "region",
    };
    let hint = |meant: &Option<String>, of: &[String]| match (meant, of) {
        (Some(meant), _) => format!(" (did you mean {meant}?)"),
        (None, []) => String::new(),
        (None, of) => format!(" (known are {})", of.join(", ")),
    };
    match reason {
        ConfigReason::Absent(complaint) => format!("not found: {complaint}"),
        ConfigReason::Syntax(complaint) => format!("not JSON: {complaint}"),
        ConfigReason::UnknownKey(keys) => match &keys.meant {
            Some(meant) => format!("unknown key; did you mean {meant}?"),
            None => format!("unknown key; known are {}", keys.of.join(", ")),
        },
        ConfigReason::Missing => "missing".to_owned(),
        ConfigReason::Type(ValueType::Boolean) => "must be true or false".to_owned(),
        ConfigReason::Type(ValueType::List) => "must be a list".to_owned(),
        ConfigReason::Type(ValueType::Object) => "must be an object".to_owned(),
        ConfigReason::Type(ValueType::String) => "must be a string".to_owned(),
        ConfigReason::Range(least, most) => format!("must be a whole number from {least} to {most}"),
        ConfigReason::Choice(words) => {
            let meant = words.meant.iter().map(|meant| format!("did you mean {meant}? ")).collect::<String>();
            format!("{meant}must be one of {}", words.of.join(", "))
        }
        ConfigReason::Empty => "must not be empty".to_owned(),
        ConfigReason::NothingLeft => "nothing in this list is right".to_owned(),
        ConfigReason::Duplicate(name) => format!("{name} is used twice"),
        ConfigReason::ForeignFile => "must be a file of this site, such as apis/name.json".to_owned(),
        ConfigReason::Host => "must be https:// and a host, and nothing else".to_owned(),
        ConfigReason::Proxy(error) => error.to_string(),
        ConfigReason::DuplicateKey => "this key stands here twice".to_owned(),
        ConfigReason::NoProxy => "only a proxy has this key".to_owned(),
        ConfigReason::InClear => "over http:// credentials travel in clear".to_owned(),
        ConfigReason::UnknownName(what, names) => {
            format!("no description has this {}{}", name(what), hint(&names.meant, &names.of))
        }
        ConfigReason::FitsNothing(what, meant) => {
            format!("fits no {} that the descriptions have{}", name(what), hint(meant, &[]))
        }
    }
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
