//! Whose access key a refused call was sent with: each provider's keys have a form of their own.

use crate::catalog::ForeignKey;
use crate::pattern;

/// A header or a message has few words; a body that is made of nothing else is not looked through.
const MOST_WORDS: usize = 100;
const LONGEST: usize = 128;

/// The provider of the first word that has the form of another provider's key.
pub(super) fn foreign_key<'a>(keys: &[ForeignKey], texts: impl Iterator<Item = &'a str>) -> Option<String> {
    let words = texts.flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric() && c != '.').take(MOST_WORDS));
    let words = words.map(|word| word.trim_matches('.')).filter(|word| (1..=LONGEST).contains(&word.len()));
    words
        .filter_map(|word| keys.iter().find(|key| pattern::matches(&key.pattern, word)))
        .next()
        .map(|key| key.provider.clone())
}
