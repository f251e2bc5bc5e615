//! A JSON text that is as short as is asked for and says the same of everything but the ends of long lists and long texts.
//! Whoever judges an answer needs no more of it, and the whole never becomes values. Every reader of JSON takes it: it has
//! few levels and no half pairs of surrogates.

use super::index::LineKind;
use super::read::with_whole_pairs;
use super::{Document, Kind};
use serde::{Deserialize, Serialize};

/// A list whose end is not in an excerpt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// The names that lead to it.
    pub path: Vec<String>,
    /// How many items it has.
    pub items: usize,
}

/// A shorter JSON text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    pub text: String,
    /// The lists that objects alone lead to. Lists inside of other lists are cut without a word.
    pub cuts: Vec<Cut>,
}

/// Levels of an excerpt. What is deeper is `…`: `serde_json` goes into the depth, and has room for no more.
const LEVELS: usize = 127;
/// Bytes of a string that are in an excerpt.
const LONGEST: usize = 8_000;
/// Where an object alone is so many times as long as the excerpt may be, its last members are left out.
const HARD_LIMIT: usize = 4;

fn is_level(kind: LineKind) -> bool {
    kind.opens() || matches!(kind, LineKind::EmptyObject | LineKind::EmptyArray)
}

struct Open {
    line: usize,
    is_list: bool,
    values: usize,
    /// A list ends when the excerpt is as long as this.
    limit: usize,
}

impl Document {
    /// An excerpt of about `most` bytes: each list takes at most half of the room that is left, and keeps one item at least.
    /// Of `usize::MAX` bytes, it has the ends of lists and of texts too. `None`: the document is no JSON.
    pub fn excerpt(&self, most: usize) -> Option<Excerpt> {
        if self.kind != Kind::Json {
            return None;
        }
        let index = self.index();
        let mut excerpt = Excerpt::default();
        let mut open: Vec<Open> = Vec::new();
        let mut line = 0;
        while line < self.lines() {
            let kind = index.kind(line);
            if kind.closes() {
                excerpt.text.push(if kind == LineKind::CloseArray { ']' } else { '}' });
                open.pop();
                line += 1;
                continue;
            }
            let length = excerpt.text.len();
            if let Some(top) = open.last_mut() {
                if top.is_list && top.values > 0 && length > top.limit {
                    let (list, close) = (top.line, index.last_of(top.line));
                    if let Some(path) = self.path_of_names(&open) {
                        excerpt.cuts.push(Cut { path, items: self.size(list) });
                    }
                    line = close;
                    continue;
                }
                if !top.is_list && length > most.saturating_mul(HARD_LIMIT) {
                    line = index.last_of(line) + 1;
                    continue;
                }
                if top.values > 0 {
                    excerpt.text.push(',');
                }
                top.values += 1;
            }
            if let Some(end) = self.name_end(line) {
                excerpt.text.push_str(&with_whole_pairs(self.text(index.start(line), end)));
                excerpt.text.push(':');
            }
            match kind {
                kind if is_level(kind) && open.len() >= LEVELS => {
                    excerpt.text.push_str("\"…\"");
                    line = index.last_of(line);
                }
                LineKind::OpenObject | LineKind::OpenArray => {
                    let is_list = kind == LineKind::OpenArray;
                    excerpt.text.push(if is_list { '[' } else { '{' });
                    let length = excerpt.text.len();
                    let room = open.last().map_or(most, |top| top.limit).saturating_sub(length);
                    let limit = length + if is_list && most < usize::MAX { room / 2 } else { room };
                    open.push(Open { line, is_list, values: 0, limit });
                }
                LineKind::EmptyObject => excerpt.text.push_str("{}"),
                LineKind::EmptyArray => excerpt.text.push_str("[]"),
                _ => self.push_scalar(line, most, &mut excerpt.text),
            }
            line += 1;
        }
        Some(excerpt)
    }

    fn path_of_names(&self, open: &[Open]) -> Option<Vec<String>> {
        let (_, around) = open.split_last()?;
        let names = open.iter().skip(1).map(|open| self.name(open.line));
        if around.iter().any(|open| open.is_list) { None } else { names.collect() }
    }

    fn push_scalar(&self, line: usize, most: usize, out: &mut String) {
        let written = self.text(self.value_start(line), self.line_end(line));
        if self.index().kind(line) != LineKind::String {
            return out.push_str(written);
        }
        let written = with_whole_pairs(written);
        if written.len() <= LONGEST || most == usize::MAX {
            return out.push_str(&written);
        }
        let mut end = 1;
        while end < LONGEST {
            // An escape stays whole, and so does the pair that two of them may be.
            end += match written.as_bytes().get(end..end + 2) {
                Some(b"\\u") => 12,
                Some([b'\\', _]) => 2,
                _ => 1,
            };
        }
        // Twelve bytes behind a lone escape may end in the middle of something else.
        let is_whole = |end: &usize| {
            let begun = written.get(..*end).map(|begun| format!("{begun}…\""));
            begun.filter(|text| {
                serde_json::from_str::<&str>(text).is_ok() || serde_json::from_str::<String>(text).is_ok()
            })
        };
        match (1..=end.min(written.len())).rev().find_map(|end| is_whole(&end)) {
            Some(text) => out.push_str(&text),
            None => out.push_str("\"…\""),
        }
    }

    /// Whether every text and every number has a name: what stands in lists alone has none. `is_named` looks into texts.
    pub fn names_all(&self, is_named: impl Fn(&str) -> bool) -> bool {
        let mut line = 0;
        while line < self.lines() {
            match self.index().kind(line) {
                kind if is_level(kind) && self.index().depth(line) >= LEVELS => return false,
                LineKind::OpenObject => line = self.index().last_of(line),
                LineKind::Number => return false,
                LineKind::String if !is_named(&self.value(line)) => return false,
                _ => {}
            }
            line += 1;
        }
        true
    }
}
