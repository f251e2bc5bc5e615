//! Where a line is: as a normalized path (RFC 9535, section 2.7) and as a JSON Pointer (RFC 6901).

use super::Document;
use super::index::LineKind;
use crate::json_pointer::reference_token;
use std::fmt::Write as _;

/// One step from a value to one inside of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Name(String),
    Item(usize),
}

impl Document {
    /// The way to what begins or ends in a line. `None` for text that is not JSON.
    pub fn path(&self, line: usize) -> Option<Vec<Step>> {
        if self.index.kind(line) == LineKind::Text {
            return None;
        }
        let mut at = if self.index.kind(line).closes() { self.index.partner(line) } else { line };
        let mut steps = Vec::new();
        while let Some((parent, before)) = self.index.parent(at) {
            steps.push(self.name(at).map_or(Step::Item(before), Step::Name));
            at = parent;
        }
        steps.reverse();
        Some(steps)
    }
}

/// `$['a'][0]`
pub fn normalized(path: &[Step]) -> String {
    let mut out = String::from("$");
    for step in path {
        match step {
            Step::Item(place) => {
                let _ = write!(out, "[{place}]");
            }
            Step::Name(name) => {
                out.push_str("['");
                for c in name.chars() {
                    match c {
                        '\u{8}' => out.push_str("\\b"),
                        '\u{c}' => out.push_str("\\f"),
                        '\n' => out.push_str("\\n"),
                        '\r' => out.push_str("\\r"),
                        '\t' => out.push_str("\\t"),
                        '\'' => out.push_str("\\'"),
                        '\\' => out.push_str("\\\\"),
                        c if c < ' ' => {
                            let _ = write!(out, "\\u{:04x}", u32::from(c));
                        }
                        c => out.push(c),
                    }
                }
                out.push_str("']");
            }
        }
    }
    out
}

/// `/a/0`; the whole document is the empty text.
pub fn pointer(path: &[Step]) -> String {
    path.iter().fold(String::new(), |mut out, step| {
        out.push('/');
        match step {
            Step::Item(place) => {
                let _ = write!(out, "{place}");
            }
            Step::Name(name) => out.push_str(&reference_token(name)),
        }
        out
    })
}
