//! Search in the whole text, folded parts included. No match is kept: the next one is found when somebody asks for it.

use super::Document;
use super::index::LineKind;
use std::ops::Range;

/// What somebody looks for: in names and values, as they are written, whatever the case of ASCII letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    words: Vec<u8>,
    /// The byte of the words that is rare in most texts, and its place.
    rare: (usize, u8),
    /// Blanks and brackets can match across words: then each match is looked at.
    is_ambiguous: bool,
}

/// Letters and digits from frequent to rare, as texts of APIs have them. What is not among them is rarer.
const FREQUENT: &[u8] = b"\" e0taionsr1,d:l2c3u4m5p6g7f8h9_-.b/yvkwxjzq";

impl Search {
    /// `None`: nothing to look for.
    pub fn new(words: &str) -> Option<Self> {
        let words = words.as_bytes().to_ascii_lowercase();
        let rank = |byte: &u8| FREQUENT.iter().position(|one| one == byte).unwrap_or(FREQUENT.len());
        let rare = words.iter().copied().enumerate().max_by_key(|(_, byte)| rank(byte))?;
        let is_ambiguous = words.iter().any(|byte| b" \t\r\n{}[],:".contains(byte));
        Some(Self { words, rare, is_ambiguous })
    }

    /// The places where it stands, in order.
    fn places<'a>(&'a self, text: &'a [u8], from: usize, to: usize) -> impl Iterator<Item = usize> + 'a {
        let (offset, byte) = self.rare;
        let (mut from, last) = (from, to.checked_sub(self.words.len()));
        std::iter::from_fn(move || {
            loop {
                let within = text.get(from + offset..=last? + offset)?;
                let next = memchr::memchr2(byte, byte.to_ascii_uppercase(), within)?;
                let at = from + next;
                from = at + 1;
                if self.is_at(text, at) {
                    // Matches do not overlap.
                    from = at + self.words.len();
                    return Some(at);
                }
            }
        })
    }

    fn is_at(&self, text: &[u8], at: usize) -> bool {
        text.get(at..at + self.words.len()).is_some_and(|found| found.eq_ignore_ascii_case(&self.words))
    }

    /// How often it stands in these lines.
    pub fn count(&self, document: &Document, scope: &[Range<usize>]) -> usize {
        let all = scope.iter().map(|range| {
            let (from, to) = document.borders(range);
            let mut line = range.start;
            self.places(document.bytes(), from, to)
                .filter(|at| {
                    if !self.is_ambiguous {
                        return true;
                    }
                    while line + 1 < range.end && document.index().start(line + 1) <= *at {
                        line += 1;
                    }
                    self.is_in_a_word(document, line, *at)
                })
                .count()
        });
        all.sum()
    }

    /// The first place behind `after`, from the beginning again where there is none; `None` in an empty scope.
    pub fn next(&self, document: &Document, scope: &[Range<usize>], after: Option<usize>) -> Option<usize> {
        let after = after.map_or(0, |after| after + self.words.len());
        self.first(document, scope, after).or_else(|| self.first(document, scope, 0))
    }

    fn first(&self, document: &Document, scope: &[Range<usize>], after: usize) -> Option<usize> {
        scope.iter().find_map(|range| {
            let (from, to) = document.borders(range);
            (after < to)
                .then(|| self.places(document.bytes(), from.max(after), to))?
                .find(|at| self.counts(document, *at))
        })
    }

    /// The last place before `before`, from the end again where there is none.
    pub fn previous(&self, document: &Document, scope: &[Range<usize>], before: Option<usize>) -> Option<usize> {
        let before = before.unwrap_or_default();
        self.last(document, scope, before).or_else(|| self.last(document, scope, usize::MAX))
    }

    fn last(&self, document: &Document, scope: &[Range<usize>], before: usize) -> Option<usize> {
        let text = document.bytes();
        scope.iter().rev().find_map(|range| {
            let (from, to) = document.borders(range);
            // Backwards in blocks, each of which begins where a match cannot have begun before it.
            let mut end = to.min(before);
            while end > from {
                let begin = end.saturating_sub(BLOCK).max(from);
                let reach = to.min(end + self.words.len() - 1);
                let inside = self.places(text, begin, reach).filter(|at| *at < end && self.counts(document, *at));
                if let Some(found) = inside.last() {
                    return Some(found);
                }
                end = begin;
            }
            None
        })
    }

    fn counts(&self, document: &Document, at: usize) -> bool {
        !self.is_ambiguous || self.is_in_a_word(document, document.index().line_at(at), at)
    }

    /// Whether a match is inside of a name or of a value. What stands between them is laid out, and not as the server wrote it.
    fn is_in_a_word(&self, document: &Document, line: usize, at: usize) -> bool {
        let end = at + self.words.len();
        match document.index().kind(line) {
            LineKind::Text => true,
            kind => {
                let is_scalar = matches!(kind, LineKind::String | LineKind::Number | LineKind::Literal);
                document.name_end(line).is_some_and(|name| end <= name)
                    || is_scalar && document.value_start(line) <= at && end <= document.line_end(line)
            }
        }
    }
}

const BLOCK: usize = 64 * 1024;

/// Where it stands in a piece of a line that is shown.
pub fn highlight<'a>(search: &Search, text: &'a str) -> Vec<(bool, &'a str)> {
    let mut parts = Vec::new();
    let mut done = 0;
    for at in search.places(text.as_bytes(), 0, text.len()) {
        let (before, found) = (text.get(done..at), text.get(at..at + search.words.len()));
        if let (Some(before), Some(found)) = (before, found) {
            parts.push((false, before));
            parts.push((true, found));
            done = at + found.len();
        }
    }
    parts.push((false, text.get(done..).unwrap_or_default()));
    parts.retain(|(_, part)| !part.is_empty());
    parts
}

impl Document {
    /// Where lines begin and end in the text.
    fn borders(&self, lines: &Range<usize>) -> (usize, usize) {
        (self.index().start(lines.start), self.index().start(lines.end))
    }
}
