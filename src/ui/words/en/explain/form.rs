//! Rules of fields: as help beside a control, and as a complaint when broken.

use crate::form::{Broken, Constraint, PatternRule, Warning};

/// A sentence that begins with the field's name.
pub(super) fn violation(name: &str, broken: &Broken) -> String {
    format!("{name} {}", predicate(broken))
}

fn predicate(broken: &Broken) -> String {
    match broken {
        Broken::Required => String::from("is required."),
        Broken::NotBoolean => String::from("must be true or false."),
        Broken::NotInteger => String::from("must be a whole number, such as 10."),
        Broken::NotNumber => String::from("must be a number, such as 1.5."),
        Broken::NotJson(complaint) => format!("must be JSON: {complaint}."),
        Broken::Forgotten(name) => format!("has no secret any more in {name}: enter it in the place of the dots."),
        Broken::NotListed(choices) => format!("must be one of: {}.", choices.join(", ")),
        Broken::Pattern { rule, has } => {
            let rule = match rule {
                PatternRule::Described(words) => words.clone(),
                PatternRule::Expression(pattern) => format!("text that matches {pattern}"),
            };
            let has = has.map(|has| format!(" It has {}.", characters(has))).unwrap_or_default();
            format!("must be {rule}.{has}")
        }
        Broken::TooShort { min, has } => format!("must have at least {}. It has {has}.", characters(*min)),
        Broken::TooLong { max, has } => format!("must have at most {}. It has {has}.", characters(*max)),
        Broken::BelowMinimum(limit) => format!("must be at least {limit}."),
        Broken::AboveMaximum(limit) => format!("must be at most {limit}."),
        Broken::NotGreater(limit) => format!("must be greater than {limit}."),
        Broken::NotSmaller(limit) => format!("must be less than {limit}."),
        Broken::NotMultiple(step) => format!("must be a multiple of {step}."),
        Broken::TooFewItems(min) => format!("must have at least {}.", items(*min)),
        Broken::TooManyItems(max) => format!("must have at most {}.", items(*max)),
        Broken::OuterBlanks => String::from("begins or ends with a blank, which would become part of the address."),
        Broken::Slash => String::from("must not contain a slash: it would change which address is called."),
        Broken::Dots => String::from("must not be “.” or “..”: these are steps in an address, not names."),
        Broken::HeaderText => {
            String::from("has characters that a header cannot carry: use plain ASCII without blanks.")
        }
        Broken::UserText => {
            String::from("has a colon or a character that cannot be seen: Basic authentication cannot carry it.")
        }
        Broken::Example => String::from(
            "still holds a value of the simulation. Enter your own, or choose the real connection above: it asks whether to keep it.",
        ),
        Broken::HostLabel => String::from("must be letters, digits and inner hyphens, as in a host name."),
        Broken::BasePath => {
            String::from("must be a part of a path: letters, digits, hyphens, dots and single slashes.")
        }
        Broken::NotOffered(patterns) if patterns.is_empty() => {
            String::from("is not offered here: whoever runs this site offers none.")
        }
        Broken::NotOffered(patterns) => {
            format!("is not offered here: whoever runs this site offers {}.", patterns.join(", "))
        }
    }
}

/// A sentence that begins with the field's name.
pub(super) fn warning(name: &str, warning: &Warning) -> String {
    match warning {
        Warning::Remark(text) => format!("{name} {text}"),
        Warning::DuplicateName { pointer } => {
            format!("{name} has a name twice, at {pointer}: most servers take one of the two and say nothing.")
        }
    }
}

fn characters(count: u64) -> String {
    if count == 1 { String::from("1 character") } else { format!("{count} characters") }
}

fn items(count: u64) -> String {
    if count == 1 { String::from("1 item") } else { format!("{count} items") }
}

pub(super) fn constraint(constraint: &Constraint) -> String {
    match constraint {
        Constraint::Pattern(PatternRule::Described(words)) => words.clone(),
        Constraint::Pattern(PatternRule::Expression(pattern)) => format!("matches {pattern}"),
        Constraint::Length(count) => format!("exactly {}", characters(*count)),
        Constraint::LengthBetween(min, max) => format!("{min} to {}", characters(*max)),
        Constraint::MinLength(min) => format!("at least {}", characters(*min)),
        Constraint::MaxLength(max) => format!("at most {}", characters(*max)),
        Constraint::Minimum(limit) => format!("at least {limit}"),
        Constraint::Maximum(limit) => format!("at most {limit}"),
        Constraint::ExclusiveMinimum(limit) => format!("greater than {limit}"),
        Constraint::ExclusiveMaximum(limit) => format!("less than {limit}"),
        Constraint::MultipleOf(step) => format!("a multiple of {step}"),
        Constraint::MinItems(min) => format!("at least {}", items(*min)),
        Constraint::MaxItems(max) => format!("at most {}", items(*max)),
    }
}
