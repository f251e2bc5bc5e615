//! The words of a line. All are parts of the text: nothing is copied.

use super::Document;
use super::index::LineKind;
use serde::{Deserialize, Serialize};

/// What a word is, for its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Token {
    Blank,
    Punctuation,
    Name,
    String,
    Number,
    Literal,
    Text,
}

/// A part of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span<'a> {
    pub token: Token,
    pub text: &'a str,
}

/// A word that the layout adds, or a part of the text.
#[derive(Debug, Clone, Copy)]
enum Part {
    Word(&'static str),
    Text(usize, usize),
}

impl Part {
    fn len(self) -> usize {
        match self {
            Self::Word(word) => word.len(),
            Self::Text(start, end) => end - start,
        }
    }
}

/// Nobody counts blanks beyond this depth, and a hostile answer could make millions of them.
const DEEPEST: usize = 50;
const BLANKS: &str =
    "                                                                                                    ";

impl Document {
    /// Where the name of a line ends in the text; `None` without one.
    pub(super) fn name_end(&self, line: usize) -> Option<usize> {
        let start = self.index.start(line);
        self.index.has_name(line).then(|| string_end(self.bytes(), start))
    }

    /// Where the value of a line begins in the text.
    pub(super) fn value_start(&self, line: usize) -> usize {
        let Some(end) = self.name_end(line) else { return self.index.start(line) };
        let rest = self.bytes().get(end..).unwrap_or_default();
        end + rest.iter().position(|byte| !byte.is_ascii_whitespace() && *byte != b':').unwrap_or_default()
    }

    /// Where the words of a line end in the text; of what opens, where its bracket is.
    pub(super) fn line_end(&self, line: usize) -> usize {
        match self.index.kind(line) {
            LineKind::Text => self.text_end(line),
            LineKind::OpenObject | LineKind::OpenArray => self.value_start(line) + 1,
            LineKind::CloseObject | LineKind::CloseArray => self.index.start(line) + 1,
            _ => self.index.partner(line),
        }
    }

    /// The words of a line, without a line break.
    pub fn spans(&self, line: usize) -> Vec<Span<'_>> {
        self.piece(line, false, 0, usize::MAX)
    }

    /// The words of a line from one byte to another; both are moved back to a border of characters. Of a line that is
    /// folded, with what closes it. Only this part of the text is looked at, however long the line is.
    pub fn piece(&self, line: usize, is_folded: bool, from: usize, to: usize) -> Vec<Span<'_>> {
        let mut parts = self.parts(line);
        if is_folded {
            parts.push((Token::Punctuation, Part::Word(" … ")));
            let close = self.parts(self.index.last_of(line));
            parts.extend(close.into_iter().filter(|(token, _)| *token != Token::Blank));
        }
        let mut before = 0;
        let mut spans = Vec::new();
        for (token, part) in parts {
            let (from, to) = (from.saturating_sub(before), to.saturating_sub(before));
            let text = match part {
                Part::Word(word) => word.get(word.floor_char_boundary(from)..word.floor_char_boundary(to)),
                Part::Text(start, end) => {
                    let border = |at: usize| self.border(start.saturating_add(at).min(end), start);
                    Some(self.text(border(from), border(to)))
                }
            };
            spans.extend(text.filter(|text| !text.is_empty()).map(|text| Span { token, text }));
            before += part.len();
        }
        spans
    }

    /// The place, or the beginning of the character that it is in.
    fn border(&self, place: usize, least: usize) -> usize {
        let is_inside = |at: usize| self.bytes().get(at).is_some_and(|byte| byte & 0xc0 == 0x80);
        (least..=place).rev().find(|at| !is_inside(*at)).unwrap_or(least)
    }

    /// What a line consists of.
    fn parts(&self, line: usize) -> Vec<(Token, Part)> {
        let kind = self.index.kind(line);
        let start = self.index.start(line);
        if kind == LineKind::Text {
            return vec![(Token::Text, Part::Text(start, self.text_end(line)))];
        }
        let indent = 2 * self.index.depth(line).min(DEEPEST);
        let mut parts = vec![(Token::Blank, Part::Word(BLANKS.get(..indent).unwrap_or_default()))];
        if let Some(end) = self.name_end(line) {
            parts.push((Token::Name, Part::Text(start, end)));
            parts.push((Token::Punctuation, Part::Word(": ")));
        }
        let value = |token| (token, Part::Text(self.value_start(line), self.line_end(line)));
        parts.push(match kind {
            LineKind::Text | LineKind::OpenObject => (Token::Punctuation, Part::Word("{")),
            LineKind::OpenArray => (Token::Punctuation, Part::Word("[")),
            LineKind::CloseObject => (Token::Punctuation, Part::Word("}")),
            LineKind::CloseArray => (Token::Punctuation, Part::Word("]")),
            LineKind::EmptyObject => (Token::Punctuation, Part::Word("{}")),
            LineKind::EmptyArray => (Token::Punctuation, Part::Word("[]")),
            LineKind::String => value(Token::String),
            LineKind::Number => value(Token::Number),
            LineKind::Literal => value(Token::Literal),
        });
        if self.index.has_comma(line) {
            parts.push((Token::Punctuation, Part::Word(",")));
        }
        parts
    }

    /// The name, `None` for what has none. Escapes are read.
    pub fn name(&self, line: usize) -> Option<String> {
        let end = self.name_end(line)?;
        Some(unescaped(self.text(self.index.start(line), end)))
    }

    /// What somebody wants who copies the value of a line: the text itself of a string, what begins here as it is laid out.
    pub fn value(&self, line: usize) -> String {
        let line = if self.index.kind(line).closes() { self.index.partner(line) } else { line };
        let words = || self.text(self.value_start(line), self.line_end(line));
        match self.index.kind(line) {
            LineKind::Text | LineKind::Number | LineKind::Literal => words().to_owned(),
            LineKind::String => unescaped(words()),
            LineKind::EmptyObject => String::from("{}"),
            LineKind::EmptyArray => String::from("[]"),
            kind => {
                let (last, indent) = (self.index.last_of(line), 2 * self.index.depth(line).min(DEEPEST));
                let inside = self.laid_out(line + 1, last);
                let blanks = BLANKS.get(..indent).unwrap_or_default();
                let inside: Vec<&str> = inside.lines().map(|line| line.strip_prefix(blanks).unwrap_or(line)).collect();
                let (open, close) = if kind == LineKind::OpenObject { ('{', '}') } else { ('[', ']') };
                format!("{open}\n{}\n{close}", inside.join("\n"))
            }
        }
    }

    /// How many values are inside.
    pub fn size(&self, line: usize) -> usize {
        self.index.children(line).count()
    }

    /// How many bytes a line has as it is shown. Counted without its words where that is enough to be below `limit`.
    pub(super) fn width(&self, line: usize, limit: usize) -> usize {
        // At most: blanks before it, a blank after the colon.
        let most = self.index.start(line + 1).saturating_sub(self.index.start(line)) + 2 * DEEPEST + 1;
        if most <= limit { most } else { self.parts(line).iter().map(|(_, part)| part.len()).sum() }
    }

    /// The end of a line of text, without what breaks the line.
    fn text_end(&self, line: usize) -> usize {
        let (start, end) = (self.index.start(line), self.index.start(line + 1));
        let text = self.bytes().get(start..end).unwrap_or_default();
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        start + text.strip_suffix(b"\r").unwrap_or(text).len()
    }
}

/// Where a string that begins at `start` ends.
pub(super) fn string_end(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(next) = memchr::memchr2(b'"', b'\\', text.get(at..).unwrap_or_default()) {
        at += next + 1;
        match text.get(at - 1) {
            Some(b'\\') => at += 1,
            _ => return at,
        }
    }
    text.len()
}

/// The text of a string with its quotation marks. Half a pair of surrogates has no text: then it stays as it is written.
pub(super) fn unescaped(written: &str) -> String {
    let plain = || written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(written);
    serde_json::from_str(written).unwrap_or_else(|_| plain().to_owned())
}
