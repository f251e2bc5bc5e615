//! What a viewer shows of a body, and what a person does with it. The page asks it for the lines in sight: of a short body
//! where it is, of a long one in the worker, with the same questions.

use super::{Document, Filter, Folds, LongLines, NoFilter, Rows, Search, Token, Window, normalized, pointer, ranges};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;

/// A body of so many rows is in the page as a whole; of a longer one, the rows in sight are.
const WHOLE: usize = 100;
/// Bytes of a row that is not wrapped.
const WIDE: usize = 4_000;
/// Rows that a page key goes.
const PAGE: usize = 20;

/// How far the lines are scrolled, and how high their window is, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sight {
    pub position: usize,
    pub inside: usize,
}

impl Sight {
    /// Of a body that nobody has scrolled. The style sheet sets the height.
    pub const FIRST: Self = Self { position: 0, inside: 500 };
}

/// What a person does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Action {
    /// Looks at what is in sight.
    Look,
    /// Goes to a line that is shown.
    Go(usize),
    Fold {
        line: usize,
        folded: bool,
    },
    /// Folds everything that has so many levels around it.
    FoldTo(usize),
    UnfoldAll,
    /// Breaks long lines behind so many bytes; `None`: they are not wrapped.
    Wrap(Option<usize>),
    /// Shows the text as the server wrote it, or laid out again.
    Raw(bool),
    /// Shows what a path leads to; an empty path shows everything.
    Filter(String),
    Search(String),
    /// Goes to the next match or to the one before, around the ends.
    Step {
        forward: bool,
    },
    Move(MoveKey),
    /// Ends search and filter: without tools, all lines are shown.
    PutToolsAway,
}

/// The keys of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MoveKey {
    Down,
    Up,
    PageDown,
    PageUp,
    Home,
    End,
    Left,
    Right,
    /// Folds and unfolds.
    Turn,
}

impl MoveKey {
    /// By the name that the browser gives the key.
    pub fn of(key: &str) -> Option<Self> {
        Some(match key {
            "ArrowDown" => Self::Down,
            "ArrowUp" => Self::Up,
            "PageDown" => Self::PageDown,
            "PageUp" => Self::PageUp,
            "Home" => Self::Home,
            "End" => Self::End,
            "ArrowLeft" => Self::Left,
            "ArrowRight" => Self::Right,
            "Enter" | " " => Self::Turn,
            _ => return None,
        })
    }
}

/// A part of a body that leaves the viewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Extract {
    /// The value that begins or ends in a line.
    Value(usize),
    /// All that the filter shows, as it is laid out.
    Whole,
    /// All of it, as the server wrote it.
    Written,
}

/// What is on the screen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    pub window: Window,
    /// The rows of the window.
    pub rows: Vec<ShownRow>,
    /// How many rows there are.
    pub all_rows: usize,
    /// Another number when the same rows say something else: raw, or wrapped elsewhere.
    pub layout: u32,
    /// There is something to fold.
    pub is_tree: bool,
    pub is_raw: bool,
    /// Only the rows in sight are in the page.
    pub is_windowed: bool,
    pub cursor: Cursor,
    /// What is searched for.
    pub searched: String,
    pub found: Found,
    pub filtered: Filtered,
    /// The row that is to be in sight now, with its line and its piece.
    pub reveal: Option<(usize, usize, usize)>,
}

/// A row on the screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownRow {
    pub line: usize,
    /// Which piece of the line, from 0.
    pub piece: usize,
    /// Levels around it; `None` in a text that is no tree.
    pub level: Option<usize>,
    /// Whether what begins here is folded; `None` where nothing begins.
    pub fold: Option<bool>,
    /// How many values are folded.
    pub inside: usize,
    pub words: Vec<(Token, String)>,
}

/// The line that keys and copies are about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    pub line: usize,
    /// Whether what begins here is folded; `None` where nothing begins.
    pub fold: Option<bool>,
    /// As a normalized path and as a JSON Pointer; `None` in a text.
    pub path: Option<(String, String)>,
}

/// The matches of a search.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub count: usize,
    /// Which of them one is at, from 1; 0 before the first step.
    pub ordinal: usize,
}

/// What a filter does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Filtered {
    #[default]
    Everything,
    /// So many values have the path.
    Values(usize),
    /// The path cannot be read from this character on.
    Wrong(usize),
}

/// A body that is looked at.
#[derive(Debug)]
pub struct View {
    /// The body as it is laid out at first.
    laid_out: Arc<Document>,
    /// The same, or the raw text.
    document: Arc<Document>,
    is_raw: bool,
    layout: u32,
    is_windowed: bool,
    /// Where long lines are broken, if somebody wants it.
    columns: Option<usize>,
    /// Bytes of a row.
    width: usize,
    long: LongLines,
    folds: Folds,
    scope: Vec<Range<usize>>,
    rows: Rows,
    cursor: usize,
    searched: String,
    search: Option<Search>,
    found: Found,
    place: Option<usize>,
    filtered: Filtered,
    reveal: Option<(usize, usize, usize)>,
}

impl View {
    pub fn new(document: Arc<Document>) -> Self {
        let mut view = Self {
            laid_out: document.clone(),
            scope: document.all().to_vec(),
            document,
            is_raw: false,
            layout: 0,
            is_windowed: false,
            columns: None,
            width: WIDE,
            long: LongLines::default(),
            folds: Folds::default(),
            rows: Rows::default(),
            cursor: 0,
            searched: String::new(),
            search: None,
            found: Found::default(),
            place: None,
            filtered: Filtered::default(),
            reveal: None,
        };
        view.measure();
        view
    }

    /// The body as it is laid out.
    pub fn laid_out(&self) -> &Arc<Document> {
        &self.laid_out
    }

    /// Does what a person does, and gives what is in sight then.
    pub fn act(&mut self, action: Action, sight: Sight) -> Shown {
        self.reveal = None;
        match action {
            Action::Look => {}
            Action::Go(line) => self.cursor = line.min(self.document.lines().saturating_sub(1)),
            Action::Fold { line, folded } => {
                self.cursor = line.min(self.document.lines().saturating_sub(1));
                self.fold(line, folded);
            }
            Action::FoldTo(depth) => {
                self.folds = Folds::to_depth(&self.document, depth);
                self.lay_rows();
                let row = self.rows.get(self.rows.row_of(self.cursor));
                self.show(row.map_or(0, |row| row.line));
            }
            Action::UnfoldAll => {
                self.folds = Folds::default();
                self.lay_rows();
                self.show(self.cursor);
            }
            Action::Wrap(columns) => {
                self.columns = columns.map(|columns| columns.max(1));
                self.measure();
                self.show(self.cursor);
            }
            Action::Raw(is_raw) => self.set_raw(is_raw),
            Action::Filter(path) => self.filter(&path),
            Action::Search(words) => self.search(words),
            Action::Step { forward } => self.step(forward),
            Action::Move(key) => self.go(key),
            Action::PutToolsAway => {
                self.filter("");
                self.search(String::new());
                self.reveal = None;
            }
        }
        self.shown(sight)
    }

    /// A part of the body, as text or as bytes.
    pub fn extract(&self, extract: Extract) -> Vec<u8> {
        match extract {
            Extract::Value(line) => self.document.value(line).into_bytes(),
            Extract::Whole => self.document.lines_of(&self.scope).into_bytes(),
            Extract::Written => self.laid_out.bytes().to_vec(),
        }
    }

    fn shown(&self, sight: Sight) -> Shown {
        let all_rows = self.rows.len();
        let window = match self.is_windowed {
            true => Window::at(all_rows, sight.position, sight.inside),
            false => Window { end: all_rows, ..Window::default() },
        };
        let is_tree = self.document.is_tree();
        let rows = (window.first..window.end).filter_map(|row| self.row(row)).collect();
        let path = self.document.path(self.cursor).map(|path| (normalized(&path), pointer(&path)));
        Shown {
            window,
            rows,
            all_rows,
            layout: self.layout,
            is_tree,
            is_raw: self.is_raw,
            is_windowed: self.is_windowed,
            cursor: Cursor { line: self.cursor, fold: self.fold_of(self.cursor), path },
            searched: self.searched.clone(),
            found: self.found,
            filtered: self.filtered,
            reveal: self.reveal,
        }
    }

    fn fold_of(&self, line: usize) -> Option<bool> {
        self.document.index().kind(line).opens().then(|| self.folds.contains(line))
    }

    fn row(&self, row: usize) -> Option<ShownRow> {
        let row = self.rows.get(row)?;
        let fold = self.fold_of(row.line).filter(|_| row.piece == 0);
        let is_folded = fold == Some(true);
        let from = row.piece * self.width;
        let words = self.document.piece(row.line, is_folded, from, from + self.width);
        Some(ShownRow {
            line: row.line,
            piece: row.piece,
            level: self.document.is_tree().then(|| self.document.index().depth(row.line) + 1),
            fold,
            inside: if is_folded { self.document.size(row.line) } else { 0 },
            words: words.into_iter().map(|span| (span.token, span.text.to_owned())).collect(),
        })
    }

    fn lay_rows(&mut self) {
        self.rows = Rows::of(&self.document, &self.scope, &self.folds, &self.long);
    }

    /// Finds out how long its lines are.
    fn measure(&mut self) {
        let long = self.document.long_lines(WIDE);
        let all = Rows::of(&self.document, &self.document.all(), &Folds::default(), &long).len();
        self.is_windowed = all > WHOLE;
        // A short body is wrapped by the browser.
        let columns = self.columns.filter(|_| self.is_windowed);
        self.width = columns.unwrap_or(WIDE);
        self.long = if columns.is_some() { self.document.long_lines(self.width) } else { long };
        self.layout += 1;
        self.lay_rows();
    }

    fn set_raw(&mut self, is_raw: bool) {
        self.document = if is_raw { Arc::new(self.laid_out.raw()) } else { self.laid_out.clone() };
        self.is_raw = is_raw;
        self.folds = Folds::default();
        self.scope = self.document.all().to_vec();
        self.filtered = Filtered::Everything;
        self.measure();
        self.count();
        self.show(0);
    }

    fn fold(&mut self, line: usize, folded: bool) {
        self.folds.set(&self.document, line, folded);
        self.lay_rows();
    }

    /// Goes to a line that is shown.
    fn show(&mut self, line: usize) {
        self.show_at(line, 0);
    }

    /// Goes to a line, and to the piece of it that has this byte.
    fn show_at(&mut self, line: usize, byte: usize) {
        self.cursor = line;
        let wanted = byte / self.width.max(1);
        let first = self.rows.row_of(line);
        let piece = self.rows.get(first + wanted).filter(|row| row.line == line).map_or(0, |row| row.piece);
        self.reveal = Some((first + piece, line, piece));
    }

    fn filter(&mut self, path: &str) {
        let filter = if path.trim().is_empty() { Ok(None) } else { Filter::parse(path).map(Some) };
        let everything = self.document.all().to_vec();
        let (scope, filtered) = match filter {
            Ok(Some(filter)) => {
                let lines = filter.lines(&self.document);
                (ranges(&self.document, &lines), Filtered::Values(lines.len()))
            }
            Ok(None) => (everything, Filtered::Everything),
            Err(NoFilter(place)) => (everything, Filtered::Wrong(place)),
        };
        let first = scope.first().map_or(0, |range| range.start);
        self.filtered = filtered;
        if self.scope != scope {
            self.scope = scope;
            self.lay_rows();
        }
        self.count();
        self.show(first);
    }

    fn search(&mut self, words: String) {
        self.search = Search::new(&words);
        self.searched = words;
        self.count();
    }

    fn count(&mut self) {
        let count = self.search.as_ref().map_or(0, |search| search.count(&self.document, &self.scope));
        (self.found, self.place) = (Found { count, ordinal: 0 }, None);
    }

    /// What the match is in is unfolded.
    fn step(&mut self, forward: bool) {
        let Some(search) = &self.search else { return };
        let place = match forward {
            true => search.next(&self.document, &self.scope, self.place),
            false => search.previous(&self.document, &self.scope, self.place),
        };
        let Some(place) = place else { return };
        self.place = Some(place);
        self.found.ordinal = match (forward, self.found.ordinal) {
            (true, ordinal) if ordinal < self.found.count => ordinal + 1,
            (true, _) => 1,
            (false, 0 | 1) => self.found.count,
            (false, ordinal) => ordinal - 1,
        };
        let document = self.document.clone();
        let line = document.index().line_at(place);
        if self.folds.reveal(&document, line) {
            self.lay_rows();
        }
        let indent = 2 * document.index().depth(line);
        self.show_at(line, place - document.index().start(line) + indent);
    }

    /// A key, as in a tree.
    fn go(&mut self, key: MoveKey) {
        let line = self.cursor;
        let row = self.rows.row_of(line);
        let line_at = |row: usize| self.rows.get(row).map_or(line, |row| row.line);
        let last = self.rows.len().saturating_sub(1);
        let to = match (key, self.fold_of(line)) {
            (MoveKey::Left, Some(false)) => return self.fold(line, true),
            (MoveKey::Right, Some(true)) => return self.fold(line, false),
            (MoveKey::Turn, Some(is_folded)) => return self.fold(line, !is_folded),
            (MoveKey::Turn, None) => return,
            (MoveKey::Down, _) | (MoveKey::Right, Some(false)) => line_at(self.rows.row_after(line)),
            (MoveKey::Up, _) => line_at(row.saturating_sub(1)),
            (MoveKey::PageDown, _) => line_at((row + PAGE).min(last)),
            (MoveKey::PageUp, _) => line_at(row.saturating_sub(PAGE)),
            (MoveKey::Home, _) => line_at(0),
            (MoveKey::End, _) => line_at(last),
            (MoveKey::Left, _) => self.document.index().parent(line).map_or(line, |(parent, _)| parent),
            (MoveKey::Right, None) => line,
        };
        self.show(line_at(self.rows.row_of(to)));
    }
}
