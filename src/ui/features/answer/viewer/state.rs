//! What the viewer shows of a body: what is folded, filtered, found, and where one is.

use super::super::body::BODY_ID;
use crate::ui::platform::dom;
use crate::viewer::{Document, Filter, Folds, LongLines, NoFilter, Rows, Search, Window, ranges};
use leptos::prelude::*;
use std::ops::Range;
use std::sync::Arc;

/// A body of so many rows is in the page as a whole; of a longer one, the rows in sight are.
const WHOLE: usize = 100;
/// The height of the window in pixels, as the style sheet sets it.
const HEIGHT: usize = 500;
/// Bytes of a row that is not wrapped.
const WIDE: usize = 4_000;
/// Bytes of a wrapped row where the browser does not say how many fit.
const NARROW: usize = 80;
pub(super) const RULER_ID: &str = "response-body-ruler";

/// The matches of a search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) count: usize,
    /// Which of them one is at, from 1; 0 before the first step.
    pub(super) ordinal: usize,
    place: Option<usize>,
}

#[derive(Clone, Copy)]
pub(super) struct Viewer {
    /// The body as it is laid out at first.
    laid_out: StoredValue<Arc<Document>>,
    /// The same, or the raw text.
    pub(super) document: RwSignal<Arc<Document>>,
    pub(super) is_raw: RwSignal<bool>,
    pub(super) wraps: RwSignal<bool>,
    /// Only the rows in sight are in the page.
    pub(super) is_windowed: RwSignal<bool>,
    /// Bytes of a row.
    pub(super) width: RwSignal<usize>,
    long: RwSignal<LongLines>,
    pub(super) folds: RwSignal<Folds>,
    scope: RwSignal<Vec<Range<usize>>>,
    pub(super) rows: Memo<Arc<Rows>>,
    /// The line that keys and copies are about.
    pub(super) cursor: RwSignal<usize>,
    pub(super) search: RwSignal<Option<Search>>,
    pub(super) found: RwSignal<Found>,
    /// How far the lines are scrolled, and how high their window is.
    pub(super) scrolled: RwSignal<(usize, usize)>,
}

impl Viewer {
    pub(super) fn new(document: Arc<Document>) -> Self {
        let scope = RwSignal::new(document.all().to_vec());
        let (folds, long) = (RwSignal::new(Folds::default()), RwSignal::new(LongLines::default()));
        let laid_out = StoredValue::new(document.clone());
        let document = RwSignal::new(document);
        let rows = Memo::new(move |_| {
            let document = document.get();
            Arc::new(scope.with(|scope| folds.with(|folds| long.with(|long| Rows::of(&document, scope, folds, long)))))
        });
        let viewer = Self {
            laid_out,
            document,
            is_raw: RwSignal::new(false),
            wraps: RwSignal::new(false),
            is_windowed: RwSignal::new(false),
            width: RwSignal::new(WIDE),
            long,
            folds,
            scope,
            rows,
            cursor: RwSignal::new(0),
            search: RwSignal::new(None),
            found: RwSignal::new(Found::default()),
            scrolled: RwSignal::new((0, HEIGHT)),
        };
        viewer.measure();
        // A long body is scrolled sideways, until somebody wants it wrapped.
        viewer.wraps.set(!viewer.is_windowed.get_untracked());
        viewer
    }

    /// Finds out how long its lines are.
    fn measure(self) {
        let document = self.document.get_untracked();
        let long = document.long_lines(WIDE);
        let all = Rows::of(&document, &document.all(), &Folds::default(), &long).len();
        self.is_windowed.set(all > WHOLE);
        // A short body is wrapped by the browser.
        let is_cut = all > WHOLE && self.wraps.get_untracked() && dom::exists(RULER_ID);
        let width = if is_cut { dom::columns(BODY_ID, RULER_ID).unwrap_or(NARROW) } else { WIDE };
        self.width.set(width);
        self.long.set(if is_cut { document.long_lines(width) } else { long });
    }

    pub(super) fn set_wraps(self, wraps: bool) {
        self.wraps.set(wraps);
        self.measure();
        self.show(self.cursor.get_untracked());
    }

    /// Shows the text as the server wrote it, or laid out again.
    pub(super) fn set_raw(self, is_raw: bool) {
        let laid_out = self.laid_out.get_value();
        let document = if is_raw { Arc::new(laid_out.raw()) } else { laid_out };
        self.is_raw.set(is_raw);
        self.folds.set(Folds::default());
        self.scope.set(document.all().to_vec());
        self.document.set(document);
        self.measure();
        self.count();
        self.show(0);
    }

    /// Whether there is something to fold in what is shown.
    pub(super) fn is_json(self) -> bool {
        self.document.with(|document| document.path(0).is_some())
    }

    /// Whether the raw text is another one: what is text at first has no other form.
    pub(super) fn has_raw(self) -> bool {
        self.laid_out.with_value(|document| document.path(0).is_some())
    }

    /// Without its tools, all lines are shown.
    pub(super) fn put_tools_away(self) {
        let all = self.document.with_untracked(|document| document.all());
        if self.scope.with_untracked(|scope| *scope != all) {
            let _ = self.filter("");
        }
        self.set_search("");
    }

    pub(super) fn fold(self, line: usize, folded: bool) {
        let document = self.document.get_untracked();
        self.folds.update(|folds| folds.set(&document, line, folded));
    }

    /// Folds everything that has so many levels around it.
    pub(super) fn fold_to(self, depth: usize) {
        let document = self.document.get_untracked();
        self.folds.set(Folds::to_depth(&document, depth));
        let rows = self.rows.get_untracked();
        let row = rows.get(rows.row_of(self.cursor.get_untracked()));
        self.show(row.map_or(0, |row| row.line));
    }

    pub(super) fn unfold_all(self) {
        self.folds.set(Folds::default());
        self.show(self.cursor.get_untracked());
    }

    /// Goes to a line that is shown.
    pub(super) fn show(self, line: usize) {
        self.show_at(line, 0);
    }

    /// Goes to a line, and to the piece of it that has this byte.
    fn show_at(self, line: usize, byte: usize) {
        self.cursor.set(line);
        let wanted = byte / self.width.get_untracked().max(1);
        let (row, piece) = self.rows.with_untracked(|rows| {
            let first = rows.row_of(line);
            let piece = rows.get(first + wanted).filter(|row| row.line == line).map_or(0, |row| row.piece);
            (first + piece, piece)
        });
        if self.is_windowed.get_untracked() {
            let rows = self.rows.with_untracked(|rows| rows.len());
            dom::next_frame(move || {
                let Some((position, inside)) = dom::scroll_position(BODY_ID) else { return };
                if let Some(position) = Window::position_of(row, rows, position, inside) {
                    dom::scroll_to(BODY_ID, position);
                }
            });
        } else {
            dom::next_frame(move || dom::keep_in_sight(&row_id(line, piece)));
        }
    }

    /// Shows what a path leads to; an empty path shows everything. How many values it leads to.
    pub(super) fn filter(self, path: &str) -> Result<Option<usize>, NoFilter> {
        let document = self.document.get_untracked();
        let filter = if path.trim().is_empty() { Ok(None) } else { Filter::parse(path).map(Some) };
        let (scope, values) = match &filter {
            Ok(Some(filter)) => {
                let lines = filter.lines(&document);
                (ranges(&document, &lines), Some(lines.len()))
            }
            _ => (document.all().to_vec(), None),
        };
        let first = scope.first().map_or(0, |range| range.start);
        self.scope.set(scope);
        self.count();
        self.show(first);
        filter.map(|_| values)
    }

    pub(super) fn set_search(self, words: &str) {
        self.search.set(Search::new(words));
        self.count();
    }

    fn count(self) {
        let document = self.document.get_untracked();
        let count = self.search.with_untracked(|search| {
            self.scope.with_untracked(|scope| search.as_ref().map_or(0, |search| search.count(&document, scope)))
        });
        self.found.set(Found { count, ..Found::default() });
    }

    /// Goes to the next match or to the one before, around the ends. What it is in is unfolded.
    pub(super) fn step(self, forward: bool) {
        let document = self.document.get_untracked();
        let found = self.found.get_untracked();
        let place = self.search.with_untracked(|search| {
            let search = search.as_ref()?;
            self.scope.with_untracked(|scope| match forward {
                true => search.next(&document, scope, found.place),
                false => search.previous(&document, scope, found.place),
            })
        });
        let Some(place) = place else { return };
        let ordinal = match (forward, found.ordinal) {
            (true, ordinal) if ordinal < found.count => ordinal + 1,
            (true, _) => 1,
            (false, 0 | 1) => found.count,
            (false, ordinal) => ordinal - 1,
        };
        self.found.set(Found { place: Some(place), ordinal, ..found });
        let index = document.index();
        let line = index.line_at(place);
        self.folds.update(|folds| {
            folds.reveal(&document, line);
        });
        let indent = 2 * index.depth(line);
        self.show_at(line, place - index.start(line) + indent);
    }

    /// A key in the lines, as in a tree. Whether it does something.
    pub(super) fn key(self, key: &str) -> bool {
        let document = self.document.get_untracked();
        let rows = self.rows.get_untracked();
        let line = self.cursor.get_untracked();
        let index = document.index();
        let opens = index.kind(line).opens();
        let is_folded = self.folds.with_untracked(|folds| folds.contains(line));
        let row = rows.row_of(line);
        let line_at = |row: usize| rows.get(row).map_or(line, |row| row.line);
        let last = rows.len().saturating_sub(1);
        let to = match key {
            "ArrowDown" => line_at(rows.row_after(line)),
            "ArrowUp" => line_at(row.saturating_sub(1)),
            "PageDown" => line_at((row + PAGE).min(last)),
            "PageUp" => line_at(row.saturating_sub(PAGE)),
            "Home" => line_at(0),
            "End" => line_at(last),
            "ArrowLeft" if opens && !is_folded => return self.turn(line, true),
            "ArrowLeft" => index.parent(line).map_or(line, |(parent, _)| parent),
            "ArrowRight" if is_folded => return self.turn(line, false),
            "ArrowRight" if opens => line_at(rows.row_after(line)),
            "ArrowRight" => line,
            "Enter" | " " if opens => return self.turn(line, !is_folded),
            _ => return false,
        };
        self.show(line_at(rows.row_of(to)));
        true
    }

    fn turn(self, line: usize, folded: bool) -> bool {
        self.fold(line, folded);
        true
    }
}

/// Rows that a page key goes.
const PAGE: usize = 20;

/// The id of a row.
pub(super) fn row_id(line: usize, piece: usize) -> String {
    format!("response-body-{line}-{piece}")
}
