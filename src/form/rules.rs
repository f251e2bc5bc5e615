//! One value against the rules of its schema.

use crate::catalog::{Decimal, Location, Rules};

/// A rule that a value breaks, with what is needed to say so. The words are in `ui::words`.
#[derive(Debug, Clone, PartialEq)]
pub enum Broken {
    /// Nothing there, and something must be.
    Required,
    /// Neither `true` nor `false`.
    NotBoolean,
    /// Not a whole number.
    NotInteger,
    NotNumber,
    /// Not JSON: the parser's complaint, with line and column.
    NotJson(String),
    /// The secret of this name is gone, and a mask stands in its place.
    Forgotten(String),
    /// Not one of these.
    NotListed(Vec<String>),
    /// Does not match the pattern.
    Pattern {
        rule: PatternRule,
        /// How many characters there are, where that is wrong as well.
        has: Option<u64>,
    },
    /// Fewer characters than allowed.
    TooShort {
        /// The fewest allowed.
        min: u64,
        /// How many there are.
        has: u64,
    },
    /// More characters than allowed.
    TooLong {
        /// The most allowed.
        max: u64,
        /// How many there are.
        has: u64,
    },
    /// Smaller than this limit.
    BelowMinimum(Decimal),
    /// Greater than this limit.
    AboveMaximum(Decimal),
    /// Not greater than this limit.
    NotGreater(Decimal),
    /// Not smaller than this limit.
    NotSmaller(Decimal),
    /// Not a whole multiple of this.
    NotMultiple(Decimal),
    /// Fewer items than allowed.
    TooFewItems(u64),
    /// More items than allowed.
    TooManyItems(u64),
    /// A blank at either end of something that goes into the path.
    OuterBlanks,
    /// A `/` would change which address is called.
    Slash,
    /// `.` and `..` are steps in a path, not names.
    Dots,
    /// Characters that a header cannot carry.
    HeaderText,
    /// Has a colon, or a character that nobody can see: HTTP's Basic authentication cannot carry it.
    UserText,
    /// A value of the simulation, which goes to no cloud before the user has said so.
    Example,
    /// Not something a host name can have between its dots.
    HostLabel,
    /// Not a part of an address behind its host.
    BasePath,
    /// Fits none of the patterns that the deployment offers.
    NotOffered(Vec<String>),
}

/// What a text must look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PatternRule {
    /// In the words of the description (`x-rule`).
    Described(String),
    /// The regular expression, where the description has no words for it.
    Expression(String),
}

/// Checks a text. Path and header values have rules of their own, before those of the schema.
pub(super) fn check_text(text: &str, location: Location, rules: &Rules) -> Result<(), Broken> {
    match location {
        Location::Path => check_path_segment(text)?,
        Location::Header if http::HeaderValue::from_str(text).is_err() || !text.is_ascii() => {
            return Err(Broken::HeaderText);
        }
        _ => {}
    }
    let has = text.chars().count() as u64;
    let wrong = rules.min_length.is_some_and(|min| has < min) || rules.max_length.is_some_and(|max| has > max);
    if let Some(pattern) = rules.pattern.as_ref().filter(|pattern| !crate::pattern::matches(pattern, text)) {
        return Err(Broken::Pattern {
            rule: match &rules.words {
                Some(words) => PatternRule::Described(words.clone()),
                None => PatternRule::Expression(pattern.clone()),
            },
            has: wrong.then_some(has),
        });
    }
    match (rules.min_length, rules.max_length) {
        (Some(min), _) if has < min => Err(Broken::TooShort { min, has }),
        (_, Some(max)) if has > max => Err(Broken::TooLong { max, has }),
        _ => Ok(()),
    }
}

/// A value that goes between two slashes must not be able to change which address is called.
pub(super) fn check_path_segment(text: &str) -> Result<(), Broken> {
    match text {
        "" => Err(Broken::Required),
        "." | ".." => Err(Broken::Dots),
        _ if text.trim() != text => Err(Broken::OuterBlanks),
        _ if text.contains(['/', '\\']) => Err(Broken::Slash),
        _ => Ok(()),
    }
}

/// Checks a number. What is sent is the text as it was typed: `1.0` stays `1.0`.
pub(super) fn check_number(text: &str, whole: bool, rules: &Rules) -> Result<(), Broken> {
    let broken = if whole { Broken::NotInteger } else { Broken::NotNumber };
    let digits = text.strip_prefix('-').unwrap_or(text);
    if whole && (digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(broken);
    }
    let number: serde_json::Number = serde_json::from_str(text).map_err(|_| broken)?;
    check_range(&Decimal::new(&number), rules)
}

fn check_range(number: &Decimal, rules: &Rules) -> Result<(), Broken> {
    type Check = (fn(&Decimal, &Decimal) -> bool, fn(Decimal) -> Broken);
    let limits: [(&Option<Decimal>, Check); 5] = [
        (&rules.minimum, (|n, limit| n < limit, Broken::BelowMinimum)),
        (&rules.maximum, (|n, limit| n > limit, Broken::AboveMaximum)),
        (&rules.exclusive_minimum, (|n, limit| n <= limit, Broken::NotGreater)),
        (&rules.exclusive_maximum, (|n, limit| n >= limit, Broken::NotSmaller)),
        (&rules.multiple_of, (|n, step| !n.is_multiple_of(step), Broken::NotMultiple)),
    ];
    for (limit, (is_broken, broken)) in limits {
        if let Some(limit) = limit
            && is_broken(number, limit)
        {
            return Err(broken(limit.clone()));
        }
    }
    Ok(())
}

/// RFC 1123: letters, digits, inner hyphens, at most 63.
pub(super) fn is_host_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}
