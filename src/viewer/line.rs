//! The words of a line. All are parts of the text: nothing is copied.

use super::Document;
use super::index::LineKind;

/// What a word is, for its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
        let kind = self.index.kind(line);
        let start = self.index.start(line);
        if kind == LineKind::Text {
            return vec![Span { token: Token::Text, text: self.text(start, self.text_end(line)) }];
        }
        let indent = 2 * self.index.depth(line).min(DEEPEST);
        let mut spans = vec![Span { token: Token::Blank, text: BLANKS.get(..indent).unwrap_or_default() }];
        if let Some(end) = self.name_end(line) {
            spans.push(Span { token: Token::Name, text: self.text(start, end) });
            spans.push(Span { token: Token::Punctuation, text: ": " });
        }
        let value = |token| Span { token, text: self.text(self.value_start(line), self.line_end(line)) };
        spans.push(match kind {
            LineKind::Text | LineKind::OpenObject => Span { token: Token::Punctuation, text: "{" },
            LineKind::OpenArray => Span { token: Token::Punctuation, text: "[" },
            LineKind::CloseObject => Span { token: Token::Punctuation, text: "}" },
            LineKind::CloseArray => Span { token: Token::Punctuation, text: "]" },
            LineKind::EmptyObject => Span { token: Token::Punctuation, text: "{}" },
            LineKind::EmptyArray => Span { token: Token::Punctuation, text: "[]" },
            LineKind::String => value(Token::String),
            LineKind::Number => value(Token::Number),
            LineKind::Literal => value(Token::Literal),
        });
        if self.index.has_comma(line) {
            spans.push(Span { token: Token::Punctuation, text: "," });
        }
        spans
    }

    /// The words of a line while what it opens is folded.
    pub fn folded_spans(&self, line: usize) -> Vec<Span<'_>> {
        let mut spans = self.spans(line);
        let close = self.index.last_of(line);
        spans.push(Span { token: Token::Punctuation, text: " … " });
        spans.extend(self.spans(close).into_iter().filter(|span| span.token != Token::Blank));
        spans
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
        if most <= limit { most } else { self.spans(line).iter().map(|span| span.text.len()).sum() }
    }

    /// The end of a line of text, without what breaks the line.
    fn text_end(&self, line: usize) -> usize {
        let (start, end) = (self.index.start(line), self.index.start(line + 1));
        let text = self.bytes().get(start..end).unwrap_or_default();
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        start + text.strip_suffix(b"\r").unwrap_or(text).len()
    }
}

/// The part of a line from one byte to another. Both are moved back to a border of characters.
pub fn cut<'a>(spans: &[Span<'a>], from: usize, to: usize) -> Vec<Span<'a>> {
    let mut before = 0;
    let mut parts = Vec::new();
    for span in spans {
        let border = |at: usize| span.text.floor_char_boundary(at.saturating_sub(before));
        if let Some(text) = span.text.get(border(from)..border(to)).filter(|text| !text.is_empty()) {
            parts.push(Span { token: span.token, text });
        }
        before += span.text.len();
    }
    parts
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
    serde_json::from_str(written).unwrap_or_else(|_| written.trim_matches('"').to_owned())
}
