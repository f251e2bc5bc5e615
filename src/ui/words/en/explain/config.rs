//! Files of the site: the configuration and the API descriptions.

use super::super::super::Message;
use crate::catalog::{CatalogError, JsonType, PathFault, Reason, Unsupported};
use crate::config::{ConfigIssue, ConfigReason, NameKind, ValueType};
use crate::outcome::Severity;
use crate::proxy::ProxyError;

pub(super) fn catalog_error(error: &CatalogError) -> Message {
    let remedy = match &error.reason {
        Reason::Syntax(_) => "Check the file with a JSON checker; a missing comma or quote is the usual cause.",
        Reason::Version(_) => "Convert the document to OpenAPI 3.1.",
        Reason::Unsupported(_) => "The file apis/README.md lists what the console reads of OpenAPI.",
        _ => "Correct the place that the pointer names; apis/README.md describes the format.",
    };
    Message::new(Severity::Error, "This API description cannot be used")
        .because(omission(error))
        .then(remedy)
        .then("The other APIs are not affected. Reload the page after the correction.")
}

/// File, pointer and reason.
pub(super) fn omission(error: &CatalogError) -> String {
    format!("File {}, at {}: {}.", error.file, error.pointer, reason(&error.reason))
}

fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Syntax(complaint) => format!("not JSON: {complaint}"),
        Reason::Version(found) => format!("only OpenAPI 3.1 is read, this is {found}"),
        Reason::Missing => String::from("missing"),
        Reason::Type { expected, found } => format!("must be {}, is {}", json_type(*expected), json_type(*found)),
        Reason::Reference(target) => format!("the reference {target} leads nowhere in this document"),
        Reason::Path(fault) => format!("the path cannot be called: {}", path_fault(fault)),
        Reason::NoProperty(name) => format!("{name} is required, and no property describes it"),
        Reason::Placeholder(name) => format!("the path and its parameters do not agree on {{{name}}}"),
        Reason::Server(url) => format!("{url} is not of the form https://host:port/path"),
        Reason::Pattern(complaint) => format!("not an ECMAScript pattern: {complaint}"),
        Reason::Unsupported(what) => format!("{} is not supported", unsupported(what)),
    }
}

fn path_fault(fault: &PathFault) -> String {
    match fault {
        PathFault::NoSlash => String::from("it does not begin with a slash"),
        PathFault::Fragment => String::from("a browser does not send what follows #"),
        PathFault::Query => String::from("the query begins at the ?"),
        PathFault::Percent => String::from("two hexadecimal digits must follow a %"),
        PathFault::Dots(step) => format!("“{step}” is a step to another address, not a name"),
        PathFault::Character(character) => format!("the character {character:?} cannot be part of a path"),
        PathFault::Braces => String::from("a brace does not belong to a {name}"),
    }
}

fn json_type(name: JsonType) -> &'static str {
    match name {
        JsonType::Null => "null",
        JsonType::Boolean => "true or false",
        JsonType::Number => "a number",
        JsonType::Count => "a whole number from 0",
        JsonType::String => "a string",
        JsonType::Array => "an array",
        JsonType::Object => "an object",
    }
}

fn unsupported(what: &Unsupported) -> String {
    match what {
        Unsupported::Method(name) => format!("the method {name}"),
        Unsupported::Link(target) => format!("a link to {target}"),
        Unsupported::ParameterIn(place) => format!("a parameter in {place}"),
        Unsupported::Header(name) => format!("the header {name}"),
        Unsupported::Body(types) => format!("a body as {types}"),
        Unsupported::ParameterAs(media_type) => format!("a parameter as {media_type}"),
        Unsupported::Style { style, place } => format!("the style {style} in a {place}"),
        Unsupported::Nested => String::from("a list or an object inside another one, where the value is not JSON"),
        Unsupported::Keyword(keyword) => format!("the keyword {keyword}"),
        Unsupported::SchemaType(kind) => format!("the type {kind}"),
        Unsupported::Step(step) => format!("a multiple of {step}"),
        Unsupported::Status(key) => format!("the status {key}"),
        Unsupported::Scheme(name) => format!("the security scheme {name}"),
        Unsupported::Generate(value) => format!("x-generate {value}"),
        Unsupported::Retry(value) => format!("retry {value}"),
        Unsupported::Fault(value) => format!("fault {value}"),
        Unsupported::CredentialSource => String::from("anything but either header or body"),
    }
}

pub(super) fn description_not_loaded(file: &str, complaint: Option<&str>) -> Message {
    let complaint = complaint.unwrap_or("it was not there before, now it is");
    Message::new(Severity::Error, "This API description could not be loaded")
        .because(format!("File {file}: {complaint}."))
        .then("Check that the file is on the server, under the name that config.json gives it.")
        .then("Reload the page. The other APIs are not affected.")
}

/// A part of `config.json` that is not used, or can hardly be meant.
pub(super) fn config_issue(issue: &ConfigIssue) -> String {
    let used = match issue.reason {
        ConfigReason::Absent(_) | ConfigReason::Syntax(_) => "The built-in defaults are in force.",
        ConfigReason::DuplicateKey => "The last one counts.",
        ConfigReason::InClear => "It is used all the same.",
        ConfigReason::UnknownName(..) => "This name does nothing.",
        ConfigReason::FitsNothing(..) => "It offers nothing.",
        _ if issue.path == "#" => "The built-in defaults are in force.",
        _ if issue.fail_closed => "It is there to forbid something: until it is corrected, it forbids everything.",
        _ => "This part is ignored.",
    };
    let complaint = complaint(&issue.reason);
    let stop = if complaint.ends_with(['.', '?']) { "" } else { "." };
    format!("config.json{}: {complaint}{stop} {used}", issue.path)
}

fn complaint(reason: &ConfigReason) -> String {
    match reason {
        ConfigReason::Absent(complaint) => format!("not found: {complaint}"),
        ConfigReason::Syntax(complaint) => format!("not JSON: {complaint}"),
        ConfigReason::UnknownKey(keys) => match &keys.meant {
            Some(known) => format!("unknown key; did you mean {known}?"),
            None => format!("unknown key; known are {}", keys.of.join(", ")),
        },
        ConfigReason::Missing => String::from("missing"),
        ConfigReason::Type(ValueType::Boolean) => String::from("must be true or false"),
        ConfigReason::Type(ValueType::List) => String::from("must be a list"),
        ConfigReason::Type(ValueType::Object) => String::from("must be an object"),
        ConfigReason::Type(ValueType::String) => String::from("must be a string"),
        ConfigReason::Range(least, most) => format!("must be a whole number from {least} to {most}"),
        ConfigReason::Choice(words) => {
            let hint = words.meant.as_ref().map(|known| format!("did you mean {known}? ")).unwrap_or_default();
            format!("{hint}must be one of {}", words.of.join(", "))
        }
        ConfigReason::Empty => String::from("must not be empty"),
        ConfigReason::NothingLeft => String::from("nothing in this list is right"),
        ConfigReason::Duplicate(name) => format!("{name} is used twice"),
        ConfigReason::ForeignFile => String::from("must be a file of this site, such as apis/name.json"),
        ConfigReason::Host => String::from("must be https:// and a host, and nothing else"),
        ConfigReason::Proxy(error) => proxy(error),
        ConfigReason::DuplicateKey => String::from("this key is in the object twice"),
        ConfigReason::NoProxy => String::from("only a proxy has this key"),
        ConfigReason::InClear => String::from("over http:// credentials travel in clear"),
        ConfigReason::UnknownName(what, names) => {
            format!("no description has this {}{}", name(*what), hint(names.meant.as_deref(), &names.of))
        }
        ConfigReason::FitsNothing(what, meant) => {
            format!("fits no {} that the descriptions have{}", name(*what), hint(meant.as_deref(), &[]))
        }
    }
}

fn name(what: NameKind) -> &'static str {
    match what {
        NameKind::Operation => "operation",
        NameKind::Provider => "provider",
        NameKind::Region => "region",
    }
}

fn proxy(error: &ProxyError) -> String {
    match error {
        ProxyError::UnknownPlaceholder(name) => format!("unknown placeholder {name}"),
        ProxyError::Incomplete(part) => format!("the address says nothing of {part}"),
        ProxyError::Scheme => String::from("not an http(s) address or a path"),
    }
}

/// The one that was meant; all that there are where nothing is near.
fn hint(meant: Option<&str>, of: &[String]) -> String {
    match (meant, of) {
        (Some(meant), _) => format!(" (did you mean {meant}?)"),
        (None, []) => String::new(),
        (None, of) => format!(" (known are {})", of.join(", ")),
    }
}
