//! What people call providers, acts and regions: each text against what the descriptions say.

use crate::catalog::{Choice, Field, Kind, is_found, plain_text};
use crate::fleet::{ActRegion, FleetAct};
use serde_json::Value;

/// Words of an act that people write in tables of all clouds, and the word that stands for all of them.
const WORDS: [(&str, &[&str]); 2] = [
    ("on", &["on", "enable", "enabled", "true", "yes", "1", "open", "activate"]),
    ("off", &["off", "disable", "disabled", "false", "no", "0", "close", "deactivate"]),
];

/// A name without what stands between its words, in small letters: `Project ID` and `project_id` are one name.
pub(super) fn plain_name(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| canonical_word(&word.to_lowercase()).to_owned()).collect()
}

/// The places of the acts whose provider, or whose API, is called so.
pub(super) fn providers_called(acts: &[FleetAct], text: &str) -> Vec<usize> {
    let name = plain_name(text);
    let is_exact = |act: &FleetAct| {
        let own = [act.provider(), &act.operation.api_title, act.api()];
        own.into_iter().any(|own| plain_name(own) == name)
    };
    let exact = places(acts, is_exact);
    if !exact.is_empty() || name.len() < 3 {
        return exact;
    }
    let own = |act: &FleetAct| format!("{} {} {}", act.provider(), act.operation.api_title, act.api());
    places(acts, |act| is_found(&own(act), text))
}

/// The places of the acts that are called so: several, if the text leaves open which one is meant.
pub(super) fn acts_called(acts: &[FleetAct], text: &str) -> Vec<usize> {
    let name = plain_name(text);
    let wanted = words(text);
    if wanted.is_empty() {
        return Vec::new();
    }
    let has_words = |act: &FleetAct| {
        let own = words(&act.short);
        wanted.iter().all(|word| own.contains(word))
    };
    let is_value = |act: &FleetAct| act.values.iter().any(|(field, value)| is_called(act, field, value, text));
    // The closest kind of name that any act has.
    let kinds: [&dyn Fn(&FleetAct) -> bool; 5] = [
        &|act| act.id == text,
        &|act| plain_name(&act.short) == name,
        &|act| act.operation.id.eq_ignore_ascii_case(text) || plain_name(&act.operation.summary) == name,
        &has_words,
        &is_value,
    ];
    kinds.into_iter().map(|is_it| places(acts, is_it)).find(|found| !found.is_empty()).unwrap_or_default()
}

/// Whether a value that makes an act is written so: `true`, or as the description calls it.
pub(super) fn is_called(act: &FleetAct, field: &str, value: &Value, text: &str) -> bool {
    let field = act.operation.fields().into_iter().find(|own| own.name == field);
    field.is_some_and(|field| plain_text(value) == field_text(field, text))
}

/// The region of the description's list that is called so.
pub(super) fn region_called<'a>(act: &'a FleetAct, text: &str) -> Option<&'a str> {
    let is_exact = |own: &&ActRegion| own.region.eq_ignore_ascii_case(text) || own.label.eq_ignore_ascii_case(text);
    // A title without its id says which region is meant only where no other one has the same.
    let is_titled = |own: &&ActRegion| {
        let title = own.label.strip_suffix(&format!(" ({})", own.region));
        title.is_some_and(|title| title.eq_ignore_ascii_case(text))
    };
    let only = || {
        let mut titled = act.regions.iter().filter(is_titled);
        titled.next().filter(|_| titled.next().is_none())
    };
    act.regions.iter().find(is_exact).or_else(only).map(|own| own.region.as_str())
}

/// What is meant by the text of a cell, where the field has a list of values: theirs are often written in other letters, or as
/// the description calls them.
pub(super) fn field_text(field: &Field, text: &str) -> String {
    let (Kind::Boolean(choices) | Kind::Enum(choices)) = &field.schema.kind else { return text.to_owned() };
    let is_it = |choice: &&Choice| {
        let label = choice.label.as_deref().unwrap_or_default();
        plain_text(&choice.value).eq_ignore_ascii_case(text) || label.eq_ignore_ascii_case(text)
    };
    match choices.iter().find(is_it) {
        Some(choice) => plain_text(&choice.value),
        None if matches!(field.schema.kind, Kind::Boolean(_)) => match canonical_word(&text.to_lowercase()) {
            "on" => String::from("true"),
            "off" => String::from("false"),
            _ => text.to_owned(),
        },
        None => text.to_owned(),
    }
}

fn places(acts: &[FleetAct], is_it: impl Fn(&FleetAct) -> bool) -> Vec<usize> {
    let found = acts.iter().enumerate().filter(|(_, act)| is_it(act));
    found.map(|(place, _)| place).collect()
}

/// The word that stands for all that mean the same.
fn canonical_word(word: &str) -> &str {
    WORDS.iter().find(|(_, words)| words.contains(&word)).map_or(word, |(canonical, _)| canonical)
}
