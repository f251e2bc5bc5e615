//! Search in the whole text, folded parts included. No match is kept: the next one is found when somebody asks for it.

use super::index::LineKind;
use super::{Document, Token};
use std::ops::Range;

/// What somebody looks for, whatever the case of ASCII letters: in names and values as they are written, and in the words of a
/// line as they are laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    atoms: Vec<Atom>,
    /// A byte that every match has at this place; of several words, the one that is rare in most texts.
    rare: (usize, [u8; 2]),
    /// Blanks and brackets can match across words: then each match is looked at.
    is_ambiguous: bool,
}

/// A part of the words that somebody looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Atom {
    /// In small letters.
    Bytes(Vec<u8>),
    /// A character that writers of JSON may escape.
    Char(char),
    /// What is between a name and its value, however the server wrote it.
    Colon,
}

/// Letters and digits from frequent to rare, as texts of APIs have them. What is not among them is rarer.
const FREQUENT: &[u8] = b"\" e0taionsr1,d:l2c3u4m5p6g7f8h9_-.b/yvkwxjzq";

/// What some writers of JSON escape, although nobody asks for it.
const ESCAPED: &str = "<>&'=+/\u{7f}";

/// What stands between words.
const BETWEEN: &[u8] = b" \t\r\n{}[],:";

fn atoms(words: &str) -> Vec<Atom> {
    let mut atoms = Vec::new();
    let mut rest = words;
    while let Some(next) = rest.chars().next() {
        let ends_name = rest.strip_prefix('"').and_then(|rest| rest.trim_start().strip_prefix(':'));
        if let Some(behind) = ends_name {
            push_byte(&mut atoms, b'"');
            atoms.push(Atom::Colon);
            rest = behind.trim_start();
            continue;
        }
        match u8::try_from(next).ok().filter(u8::is_ascii) {
            Some(byte) if !ESCAPED.contains(next) => push_byte(&mut atoms, byte.to_ascii_lowercase()),
            _ => atoms.push(Atom::Char(next)),
        }
        rest = rest.get(next.len_utf8()..).unwrap_or_default();
    }
    atoms
}

fn push_byte(atoms: &mut Vec<Atom>, byte: u8) {
    match atoms.last_mut() {
        Some(Atom::Bytes(bytes)) => bytes.push(byte),
        _ => atoms.push(Atom::Bytes(vec![byte])),
    }
}

impl Search {
    /// `None`: nothing to look for.
    pub fn new(words: &str) -> Option<Self> {
        let atoms = atoms(words);
        let rank = |byte: &u8| FREQUENT.iter().position(|one| one == byte).unwrap_or(FREQUENT.len());
        let rare = match atoms.first()? {
            Atom::Bytes(bytes) => {
                let (at, byte) = bytes.iter().copied().enumerate().max_by_key(|(_, byte)| rank(byte))?;
                (at, [byte, byte.to_ascii_uppercase()])
            }
            Atom::Char(c) => (0, [*c.encode_utf8(&mut [0; 4]).as_bytes().first()?, b'\\']),
            Atom::Colon => (0, [b':'; 2]),
        };
        let is_ambiguous = words.bytes().any(|byte| BETWEEN.contains(&byte));
        Some(Self { atoms, rare, is_ambiguous })
    }

    /// The places where it stands, in order, with their ends.
    fn places<'a>(&'a self, text: &'a [u8], from: usize, to: usize) -> impl Iterator<Item = (usize, usize)> + 'a {
        let (offset, [small, large]) = self.rare;
        let mut from = from;
        std::iter::from_fn(move || {
            loop {
                let within = text.get(from + offset..to)?;
                let at = from + memchr::memchr2(small, large, within)?;
                from = at + 1;
                if let Some(end) = self.end_at(text, at).filter(|end| *end <= to) {
                    // Matches do not overlap.
                    from = end;
                    return Some((at, end));
                }
            }
        })
    }

    /// Where a match ends that begins here; `None`: none does.
    fn end_at(&self, text: &[u8], at: usize) -> Option<usize> {
        self.atoms.iter().try_fold(at, |at, atom| match atom {
            Atom::Bytes(bytes) => {
                let end = at + bytes.len();
                text.get(at..end)?.eq_ignore_ascii_case(bytes).then_some(end)
            }
            Atom::Char(c) => end_of_char(*c, text, at),
            Atom::Colon => {
                let colon = after_blanks(text, at);
                (text.get(colon) == Some(&b':')).then(|| after_blanks(text, colon + 1))
            }
        })
    }

    /// How often it stands in these lines.
    pub fn count(&self, document: &Document, scope: &[Range<usize>]) -> usize {
        let all = scope.iter().map(|range| {
            let (from, to) = document.borders(range);
            let mut line = range.start;
            self.places(document.bytes(), from, to)
                .filter(|place| {
                    if !self.is_ambiguous {
                        return true;
                    }
                    while line + 1 < range.end && document.index().start(line + 1) <= place.0 {
                        line += 1;
                    }
                    is_seen(document, line, *place)
                })
                .count()
        });
        all.sum()
    }

    /// The first place behind `after`, from the beginning again where there is none; `None` in an empty scope.
    pub fn next(&self, document: &Document, scope: &[Range<usize>], after: Option<usize>) -> Option<usize> {
        let end = |at: usize| self.end_at(document.bytes(), at).unwrap_or(at + 1);
        let after = after.map_or(0, end);
        self.first(document, scope, after).or_else(|| self.first(document, scope, 0))
    }

    fn first(&self, document: &Document, scope: &[Range<usize>], after: usize) -> Option<usize> {
        scope.iter().find_map(|range| {
            let (from, to) = document.borders(range);
            (after < to)
                .then(|| self.places(document.bytes(), from.max(after), to))?
                .find(|place| self.counts(document, *place))
                .map(|(at, _)| at)
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
                let inside = self.places(text, begin, to).take_while(|(at, _)| *at < end);
                if let Some((found, _)) = inside.filter(|place| self.counts(document, *place)).last() {
                    return Some(found);
                }
                end = begin;
            }
            None
        })
    }

    fn counts(&self, document: &Document, place: (usize, usize)) -> bool {
        !self.is_ambiguous || is_seen(document, document.index().line_at(place.0), place)
    }
}

fn after_blanks(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

/// Where a character ends that begins here, as it is or escaped.
fn end_of_char(c: char, text: &[u8], at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let mut plain = [0; 4];
    if rest.starts_with(c.encode_utf8(&mut plain).as_bytes()) {
        return Some(at + c.len_utf8());
    }
    // A backslash that is escaped itself begins nothing.
    let before = text.get(..at).unwrap_or_default();
    let is_escaped = before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1;
    if rest.first() != Some(&b'\\') || is_escaped {
        return None;
    }
    if c == '/' && rest.get(1) == Some(&b'/') {
        return Some(at + 2);
    }
    let mut units = [0; 2];
    c.encode_utf16(&mut units).iter().try_fold(at, |at, unit| {
        let written = text.get(at..at + 6)?.strip_prefix(b"\\u")?;
        let is_it = u16::from_str_radix(std::str::from_utf8(written).ok()?, 16) == Ok(*unit);
        is_it.then_some(at + 6)
    })
}

/// Whether a match that may be across words is one that somebody sees. What stands between the words is laid out, and not as the
/// server wrote it: alone it is no match.
fn is_seen(document: &Document, line: usize, (at, end): (usize, usize)) -> bool {
    if document.index().kind(line) == LineKind::Text {
        return true;
    }
    let start = document.index().start(line);
    let words_end = document.line_end(line);
    let comma = after_blanks(document.bytes(), words_end) + 1;
    let last = if document.index().has_comma(line) { comma } else { words_end };
    let is_word = |byte: &u8| !BETWEEN.contains(byte);
    let has_word = document.bytes().get(at..end).is_some_and(|found| found.iter().any(is_word));
    let is_scalar = matches!(document.index().kind(line), LineKind::String | LineKind::Number | LineKind::Literal);
    let is_inside = document.name_end(line).is_some_and(|name| end <= name)
        || is_scalar && document.value_start(line) <= at && end <= words_end;
    is_inside || has_word && start <= at && end <= last
}

const BLOCK: usize = 64 * 1024;

/// The words of a row in pieces, with whether each is in a match.
pub fn highlight<'a>(search: &Search, words: &'a [(Token, String)]) -> Vec<Vec<(bool, &'a str)>> {
    let row: String = words.iter().map(|(_, text)| text.as_str()).collect();
    let is_between = |token: Token| matches!(token, Token::Blank | Token::Punctuation);
    let mut ends = 0;
    let spans: Vec<(Token, &str, usize)> = words
        .iter()
        .map(|(token, text)| {
            ends += text.len();
            (*token, text.as_str(), ends - text.len())
        })
        .collect();
    let touches = |(at, end): (usize, usize)| {
        spans.iter().any(|(token, text, start)| !is_between(*token) && at < start + text.len() && *start < end)
    };
    let places: Vec<(usize, usize)> =
        search.places(row.as_bytes(), 0, row.len()).filter(|place| touches(*place)).collect();
    let pieces = |&(_, text, start): &(Token, &'a str, usize)| {
        let mut pieces = Vec::new();
        let mut done = 0;
        for (at, end) in &places {
            let (at, end) = (at.saturating_sub(start).min(text.len()), end.saturating_sub(start).min(text.len()));
            if let (Some(before), Some(found)) = (text.get(done..at), text.get(at..end)) {
                pieces.push((false, before));
                pieces.push((true, found));
                done = end;
            }
        }
        pieces.push((false, text.get(done..).unwrap_or_default()));
        pieces.retain(|(_, piece)| !piece.is_empty());
        pieces
    };
    spans.iter().map(pieces).collect()
}

impl Document {
    /// Where lines begin and end in the text.
    fn borders(&self, lines: &Range<usize>) -> (usize, usize) {
        (self.index().start(lines.start), self.index().start(lines.end))
    }
}
