//! Every variant of every enum that reaches the screen has words, in every language.

use super::{LANGUAGES, Message, answer_words, check_words, fleet_sandbox_words, follow_words, vault_words, words};
use std::collections::BTreeMap;
use std::fmt::Debug;

/// One value of every variant. A variant that is missing here is a compile error.
macro_rules! every {
    ($kind:ty: $($pattern:pat => $value:expr),+ $(,)?) => {{
        let _exhaustive = |value: &$kind| match value { $($pattern => ()),+ };
        let values: Vec<$kind> = vec![$({ let value = $value; assert!(matches!(&value, $pattern)); value }),+];
        values
    }};
}

mod call;
mod check;
mod comparison;
mod config;
mod diagnosis;
mod fleet;
mod fleet_plan;
mod fleet_sandbox;
mod follow;
mod form;
mod history;
mod pages;
mod reuse;
mod samples;
mod vault;
mod viewer;

/// Names in braces that a person must read as they are: of the tests' own data, of addresses, of files in `deploy/`.
const PLACEHOLDERS: [&str; 5] = ["{id}", "{hots}", "{query}", "{$TLS_CONSOLE_PATH}", "{re.call.1}"];

/// Reads a text as a person would: there is one, and it holds nothing that only programmers read.
fn assert_plain(what: &str, text: &str) {
    assert!(text.trim() == text && text.len() > 1, "{what}: {text:?}");
    for leftover in ["Some(", "None", "::", "()", "Err(", "Ok(", "\\", "  ", " .", "..", " ,"] {
        // “.” and “..” are steps in an address.
        assert!(!text.replace("“..”", "").contains(leftover), "{what} has {leftover:?}: {text}");
    }
    let without = PLACEHOLDERS.iter().fold(text.to_owned(), |text, name| text.replace(name, ""));
    assert!(!without.contains(['{', '}']), "{what}: {text}");
}

/// The same of something that stands alone: it begins with a capital letter.
fn assert_title(what: &str, text: &str) {
    assert_plain(what, text);
    assert!(text.starts_with(|first: char| first.is_uppercase()), "{what}: {text}");
    assert!(!text.ends_with('.'), "{what} is no sentence: {text}");
}

/// The same of a sentence, or of several.
fn assert_sentence(what: &str, text: &str) {
    assert_plain(what, text);
    assert!(text.starts_with(|first: char| first.is_uppercase()), "{what}: {text}");
    assert!(text.ends_with(['.', '?', '!', '…']), "{what}: {text}");
}

/// Reads all words of an enum; no two variants read the same.
fn read_all<T: Debug>(values: &[T], text: impl Fn(&T) -> String, read: fn(&str, &str)) {
    let mut seen = BTreeMap::new();
    for value in values {
        let (what, text) = (format!("{value:?}"), text(value));
        read(&what, &text);
        if let Some(twin) = seen.insert(text.clone(), what.clone()) {
            panic!("{what} and {twin} read the same: {text}");
        }
    }
}

/// Reads a whole message: it says why or what to do.
fn read_message(what: &str, message: &Message) {
    assert_title(what, &message.title);
    message.causes.iter().chain(&message.remedies).for_each(|text| assert_sentence(what, text));
    assert!(!message.causes.is_empty() || !message.remedies.is_empty(), "{what}: {message:?}");
}

/// Reads the messages of an enum; no two variants read the same.
fn read_messages<T: Debug>(values: &[T], message: impl Fn(&T) -> Message) {
    read_all(values, |value| text_of(&message(value)), |_, _| ());
    values.iter().for_each(|value| read_message(&format!("{value:?}"), &message(value)));
}

fn text_of(message: &Message) -> String {
    [std::slice::from_ref(&message.title), &message.causes, &message.remedies].concat().join("\n")
}

#[test]
fn durations_are_told_in_the_unit_that_a_person_would_use() {
    let off = words().explain.clock_off;
    assert_eq!(off(1), "This computer's clock is 1 second behind the server's.");
    assert_eq!(off(1_200), "This computer's clock is 20 minutes behind the server's.");
    assert_eq!(off(-7_200), "This computer's clock is 2 hours ahead of the server's.");
    assert_eq!(off(172_800), "This computer's clock is 2 days behind the server's.");
    for language in LANGUAGES.map(|words| words()) {
        assert_sentence("clock_off", &(language.explain.clock_off)(-300));
        assert_sentence("clock_offset", &(language.explain.clock_offset)(300));
    }
}

#[test]
fn an_offset_says_in_which_direction() {
    let offset = words().explain.clock_offset;
    assert_eq!(offset(1_200), "Signatures are dated 20 minutes later than this computer's clock, as you asked.");
    assert_eq!(offset(-60), "Signatures are dated 60 seconds earlier than this computer's clock, as you asked.");
}
