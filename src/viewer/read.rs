//! Reads JSON into an index. It goes through the text once, without recursion, and builds no values.

use super::index::{Index, LineKind};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What the text should have at the place where it is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Expected {
    Value,
    Name,
    Colon,
    CommaOrEnd,
    /// Nothing more: the value is complete.
    End,
    /// The rest of a text between quotation marks.
    Quote,
    /// One of the escapes that JSON knows, and no control character.
    Escape,
    /// Fewer levels.
    LessDepth,
}

/// Where a text stops being JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mistake {
    /// Counted from 1.
    pub line: usize,
    /// Characters of the line up to the place, counted from 1.
    pub column: usize,
    pub expected: Expected,
}

/// More levels than any answer has: each costs memory while the text is read.
const DEEPEST: usize = 100_000;

/// No JSON text has more lines than half of its bytes, but for its levels: brackets alone do not ask for memory.
pub(super) fn most_lines(text: &[u8]) -> usize {
    count(text).min(text.len() / 2 + 2 * DEEPEST)
}

/// The index of a JSON text.
pub(super) fn json(text: &[u8]) -> Result<Index, Mistake> {
    let index = Index::with_capacity(most_lines(text), text.len());
    let mut reader = Reader { text, at: 0, index, open: Vec::new() };
    match reader.read() {
        Ok(()) => Ok(reader.index),
        Err(expected) => Err(mistake(text, reader.at, expected)),
    }
}

fn mistake(text: &[u8], at: usize, expected: Expected) -> Mistake {
    let before = text.get(..at.min(text.len())).unwrap_or_default();
    let line_start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
    let column = String::from_utf8_lossy(before.get(line_start..).unwrap_or_default()).chars().count() + 1;
    Mistake { line: memchr::memchr_iter(b'\n', before).count() + 1, column, expected }
}

/// How many lines there will be: room for exactly these is taken, and nothing is moved.
fn count(text: &[u8]) -> usize {
    let mut lines = 1_usize;
    let mut at = 0;
    // Whether nothing but blanks came since the last opening bracket.
    let mut empty = false;
    while let Some(byte) = text.get(at) {
        at += 1;
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => continue,
            b'{' | b'[' => {
                lines += 2;
                empty = true;
                continue;
            }
            b'}' | b']' if empty => lines -= 2,
            b',' => lines += 1,
            b'"' => {
                while let Some(next) = memchr::memchr2(b'"', b'\\', text.get(at..).unwrap_or_default()) {
                    at += next + 1;
                    match text.get(at - 1) {
                        Some(b'\\') => at += 1,
                        _ => break,
                    }
                }
            }
            _ => {}
        }
        empty = false;
    }
    lines
}

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
    index: Index,
    /// The lines that opened what is not closed yet.
    open: Vec<u32>,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), Expected> {
        loop {
            self.blanks();
            let start = self.at;
            let named = self.is_in_object();
            if named {
                self.string(Expected::Name)?;
                self.blanks();
                self.take(b':').ok_or(Expected::Colon)?;
                self.blanks();
            }
            if self.value(start, named)? && self.after_value()? {
                return Ok(());
            }
        }
    }

    /// One value. `false`: it has only been opened.
    fn value(&mut self, start: usize, named: bool) -> Result<bool, Expected> {
        let depth = self.open.len();
        let (kind, end) = match self.peek() {
            Some(b'{') => return self.opening(start, named, (LineKind::OpenObject, LineKind::EmptyObject, b'}')),
            Some(b'[') => return self.opening(start, named, (LineKind::OpenArray, LineKind::EmptyArray, b']')),
            Some(b'"') => {
                self.string(Expected::Value)?;
                (LineKind::String, self.at)
            }
            Some(b'-' | b'0'..=b'9') => {
                self.number()?;
                (LineKind::Number, self.at)
            }
            _ => {
                let rest = self.text.get(self.at..).unwrap_or_default();
                let literals: [&[u8]; 3] = [b"true", b"false", b"null"];
                let found = literals.into_iter().find(|literal| rest.starts_with(literal)).ok_or(Expected::Value)?;
                self.at += found.len();
                (LineKind::Literal, self.at)
            }
        };
        self.index.push(start, kind, end, depth, named);
        Ok(true)
    }

    fn opening(
        &mut self,
        start: usize,
        named: bool,
        (opens, empty, close): (LineKind, LineKind, u8),
    ) -> Result<bool, Expected> {
        let depth = self.open.len();
        if depth == DEEPEST {
            return Err(Expected::LessDepth);
        }
        self.at += 1;
        self.blanks();
        if self.take(close).is_some() {
            self.index.push(start, empty, self.at, depth, named);
            return Ok(true);
        }
        let line = self.index.push(start, opens, 0, depth, named);
        self.open.push(u32::try_from(line).map_err(|_| Expected::End)?);
        Ok(false)
    }

    /// Closes what ends here. `true`: that was all; `false`: another value comes.
    fn after_value(&mut self) -> Result<bool, Expected> {
        loop {
            self.blanks();
            let Some(opener) = self.open.last().map(|line| *line as usize) else {
                return if self.at == self.text.len() { Ok(true) } else { Err(Expected::End) };
            };
            if self.take(b',').is_some() {
                self.index.add_comma();
                return Ok(false);
            }
            let (close, kind) = match self.index.kind(opener) {
                LineKind::OpenObject => (b'}', LineKind::CloseObject),
                _ => (b']', LineKind::CloseArray),
            };
            let start = self.at;
            self.take(close).ok_or(Expected::CommaOrEnd)?;
            self.open.pop();
            let line = self.index.push(start, kind, opener, self.open.len(), false);
            self.index.set_partner(opener, line);
        }
    }

    fn is_in_object(&self) -> bool {
        self.open.last().is_some_and(|line| self.index.kind(*line as usize) == LineKind::OpenObject)
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn string(&mut self, expected: Expected) -> Result<(), Expected> {
        self.take(b'"').ok_or(expected)?;
        loop {
            match self.peek().ok_or(Expected::Quote)? {
                b'"' => break,
                b'\\' => self.at += Escape::at(self.text, self.at).ok_or(Expected::Escape)?.length,
                0..=0x1f => return Err(Expected::Escape),
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Expected> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start { Err(Expected::Value) } else { Ok(()) }
    }

    fn number(&mut self) -> Result<(), Expected> {
        let _ = self.take(b'-');
        // No digit may follow a zero at the beginning.
        if self.take(b'0').is_none() {
            self.digits()?;
        }
        if self.take(b'.').is_some() {
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(())
    }
}

/// An escape in a string.
struct Escape {
    length: usize,
    /// It stands for half a pair of surrogates: RFC 8259 allows it, and no text has one.
    is_half_pair: bool,
}

impl Escape {
    /// The escape that begins here; a pair of surrogates is one.
    fn at(text: &[u8], at: usize) -> Option<Self> {
        let (length, is_half_pair) = match text.get(at + 1)? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => (2, false),
            b'u' => match (unit(text, at)?, unit(text, at + 6)) {
                (0xd800..=0xdbff, Some(0xdc00..=0xdfff)) => (12, false),
                (0xd800..=0xdfff, _) => (6, true),
                _ => (6, false),
            },
            _ => return None,
        };
        Some(Self { length, is_half_pair })
    }
}

/// The number of an escape of the form `\u0000` that begins here.
fn unit(text: &[u8], at: usize) -> Option<u32> {
    let digits = text.get(at..at + 6)?.strip_prefix(b"\\u")?;
    digits.iter().try_fold(0, |unit, digit| Some(unit * 16 + char::from(*digit).to_digit(16)?))
}

/// A string of JSON in which half a pair of surrogates is the six characters of its escape: every reader takes it.
pub(super) fn with_whole_pairs(written: &str) -> Cow<'_, str> {
    let text = written.as_bytes();
    let (mut whole, mut done, mut at) = (String::new(), 0, 0);
    while let Some(next) = memchr::memchr(b'\\', text.get(at..).unwrap_or_default()) {
        at += next;
        let Some(Escape { length, is_half_pair }) = Escape::at(text, at) else { break };
        if is_half_pair {
            whole.push_str(written.get(done..at).unwrap_or_default());
            whole.push('\\');
            done = at;
        }
        at += length;
    }
    if whole.is_empty() {
        return Cow::Borrowed(written);
    }
    whole.push_str(written.get(done..).unwrap_or_default());
    Cow::Owned(whole)
}
