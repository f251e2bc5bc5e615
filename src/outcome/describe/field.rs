//! Rules of fields: as help beside a control, and as a complaint when broken.

use crate::catalog::{Kind, Schema};
use crate::form::Broken;

/// What is wrong with a value, as a sentence that completes the field's name.
pub fn broken(broken: &Broken) -> String {
    match broken {
        Broken::Required => String::from("is required."),
        Broken::NotBoolean => String::from("must be true or false."),
        Broken::NotInteger => String::from("must be a whole number, such as 10."),
        Broken::NotNumber => String::from("must be a number, such as 1.5."),
        Broken::NotJson(complaint) => format!("must be JSON: {complaint}."),
        Broken::NotListed(choices) => format!("must be one of: {}.", choices.join(", ")),
        Broken::Pattern { rule, has: None } => format!("must be {rule}."),
        Broken::Pattern { rule, has: Some(has) } => format!("must be {rule}. It has {}.", characters(*has)),
        Broken::TooShort { min, has } => format!("must have at least {}. It has {has}.", characters(*min)),
        Broken::TooLong { max, has } => format!("must have at most {}. It has {has}.", characters(*max)),
        Broken::BelowMinimum(limit) => format!("must be at least {limit}."),
        Broken::AboveMaximum(limit) => format!("must be at most {limit}."),
        Broken::NotGreater(limit) => format!("must be greater than {limit}."),
        Broken::NotSmaller(limit) => format!("must be less than {limit}."),
        Broken::NotMultiple(step) => format!("must be a multiple of {step}."),
        Broken::TooFewItems(min) => format!("must have at least {min} items."),
        Broken::TooManyItems(max) => format!("must have at most {max} items."),
        Broken::OuterBlanks => String::from("begins or ends with a blank, which would become part of the address."),
        Broken::Slash => String::from("must not contain a slash: it would change which address is called."),
        Broken::Dots => String::from("must not be “.” or “..”: these are steps in an address, not names."),
        Broken::HeaderText => {
            String::from("has characters that a header cannot carry: use plain ASCII without blanks.")
        }
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

fn characters(count: u64) -> String {
    if count == 1 { String::from("1 character") } else { format!("{count} characters") }
}

/// The rules of a field in words, for the help beside its control.
pub fn constraints(schema: &Schema) -> Vec<String> {
    let rules = &schema.rules;
    let mut words = Vec::new();
    match (&rules.words, &rules.pattern) {
        (Some(rule), _) => words.push(rule.clone()),
        (None, Some(pattern)) => words.push(format!("matches {pattern}")),
        _ => {}
    }
    match (rules.min_length, rules.max_length) {
        // The pattern in words says as much already.
        (Some(min), Some(max)) if min == max && rules.words.is_some() => {}
        (Some(min), Some(max)) if min == max => words.push(format!("exactly {}", characters(min))),
        (Some(min), Some(max)) => words.push(format!("{min} to {}", characters(max))),
        (Some(min), None) if min > 1 => words.push(format!("at least {}", characters(min))),
        (None, Some(max)) => words.push(format!("at most {}", characters(max))),
        _ => {}
    }
    let limits = [
        ("at least", &rules.minimum),
        ("at most", &rules.maximum),
        ("greater than", &rules.exclusive_minimum),
        ("less than", &rules.exclusive_maximum),
        ("a multiple of", &rules.multiple_of),
    ];
    words.extend(limits.iter().filter_map(|(text, limit)| limit.as_ref().map(|limit| format!("{text} {limit}"))));
    if matches!(schema.kind, Kind::Array(_)) {
        words.extend(rules.min_items.map(|min| format!("at least {min} items")));
        words.extend(rules.max_items.map(|max| format!("at most {max} items")));
    }
    words
}
