//! The body of an answer as lines to look at: an index over its text, made once, from which every line in sight is drawn.
//!
//! ```text
//!  masked bytes ──Document::read──▶ Document (text + Index) ──Rows::of──▶ the rows on the screen
//!                                       │                       ▲ folds, filter, width
//!                                       ├──search──▶ places     │
//!                                       ├──path────▶ $['a'][0]  │
//!                                       └──filter──▶ ranges of lines
//! ```
//!
//! No tree of values is built. A line costs ten bytes, and its words stay in the text as the server wrote them: the digits
//! of numbers, escapes, the order of names, and names that stand twice. What comes in here is masked already.

mod compare;
mod excerpt;
mod filter;
mod folds;
mod index;
mod kind;
mod line;
mod path;
mod picture;
mod read;
mod rows;
mod search;
mod view;
mod window;

pub use compare::{Change, Compared, ComparedLine, Comparison, compare};
pub use excerpt::{Cut, Excerpt};
pub use filter::{Filter, NoFilter, ranges};
pub use folds::Folds;
pub use index::{Index, LineKind};
pub use kind::{ImageFormat, Kind, hex};
pub use line::{Span, Token};
pub use path::{Step, normalized, pointer};
pub use picture::{MOST_PIXELS, NoPicture, PictureSize, picture_size};
pub use read::{Expected, Mistake};
pub use rows::{LongLines, Row, Rows};
pub use search::{Search, highlight};
pub use view::{Action, Cursor, Extract, Filtered, Found, MoveKey, Shown, ShownRow, Sight, View};
pub use window::{ROW, Window};

use std::ops::Range;
use std::sync::Arc;

/// Where the bytes are. Whoever has them already need not copy them.
pub type Source = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// A body with the index of its lines.
pub struct Document {
    source: Source,
    /// What it is.
    pub kind: Kind,
    /// Where it is no JSON although it should be.
    pub mistake: Option<Mistake>,
    index: Index,
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Document({:?}, {} lines)", self.kind, self.index.len())
    }
}

impl Document {
    /// JSON laid out a value a line; other text in the lines that it has.
    pub fn read(source: Source, content_type: &str) -> Self {
        let bytes = source.as_ref().as_ref();
        let (kind, index, mistake) = match Kind::of(bytes, content_type) {
            Kind::Json => match read::json(bytes) {
                Ok(index) => (Kind::Json, index, None),
                Err(mistake) => {
                    let mistake = kind::is_json_type(content_type).then_some(mistake);
                    (Kind::Text, Index::of_text(bytes), mistake)
                }
            },
            kind if kind.is_text() => (kind, Index::of_text(bytes), None),
            kind => (kind, Index::default(), None),
        };
        Self { source, kind, mistake, index }
    }

    /// Where a text stops being JSON.
    pub fn mistake_in(text: &[u8]) -> Option<Mistake> {
        read::json(text).err()
    }

    /// The same text in the lines that it has.
    pub fn raw(&self) -> Self {
        let index = Index::of_text(self.bytes());
        Self { source: self.source.clone(), kind: Kind::Text, mistake: None, index }
    }

    pub fn bytes(&self) -> &[u8] {
        self.source.as_ref().as_ref()
    }

    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Whether there is something to fold: it is laid out as JSON.
    pub fn is_tree(&self) -> bool {
        self.kind == Kind::Json && !self.index.is_empty()
    }

    /// How many lines it has when nothing is folded.
    pub fn lines(&self) -> usize {
        self.index.len()
    }

    /// All lines, as one range.
    #[allow(clippy::single_range_in_vec_init, reason = "a range among ranges is meant")]
    pub fn all(&self) -> [Range<usize>; 1] {
        [0..self.lines()]
    }

    /// A part of the text. Every place that the index knows is at a border of characters.
    fn text(&self, from: usize, to: usize) -> &str {
        self.bytes().get(from..to).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// The whole as it is laid out.
    pub fn whole(&self) -> String {
        self.lines_of(&self.all())
    }

    /// The lines of these ranges as they are laid out.
    fn lines_of(&self, ranges: &[Range<usize>]) -> String {
        let parts: Vec<String> = ranges.iter().map(|range| self.laid_out(range.start, range.end)).collect();
        parts.join("\n")
    }

    /// These lines as they are laid out.
    fn laid_out(&self, from: usize, to: usize) -> String {
        let mut out = String::new();
        for line in from..to {
            if line > from {
                out.push('\n');
            }
            out.extend(self.spans(line).iter().map(|span| span.text));
        }
        out
    }
}

#[cfg(test)]
mod tests;
