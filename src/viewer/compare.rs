//! What two bodies have in common, line by line.

use super::Document;
use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::hash::{DefaultHasher, Hash, Hasher};

/// A line of a comparison, by its place in the older body, in the newer one, or in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Same(usize, usize),
    Removed(usize),
    Added(usize),
    /// So many equal lines are left out.
    Gap(usize),
}

/// The changes with a few lines around each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    pub changes: Vec<Change>,
    pub added: usize,
    pub removed: usize,
    /// The bodies are so long that their ends were not compared.
    pub is_cut: bool,
}

/// A line of a comparison as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ComparedLine {
    Same(String),
    Removed(String),
    Added(String),
    /// So many equal lines are left out.
    Gap(usize),
}

/// A comparison as it is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// The first lines.
    pub lines: Vec<ComparedLine>,
    /// How many lines there are besides.
    pub more_lines: usize,
    pub added: usize,
    pub removed: usize,
    /// The bodies are so long that their ends were not compared.
    pub is_cut: bool,
}

/// Lines of a comparison that are shown.
const SHOWN: usize = 300;
/// Bytes of a line of a comparison that are shown.
const WIDE: usize = 2_000;

/// Lines that are compared at a time. The time is at worst the square of it for as many lines.
const WINDOW: usize = 1_000;
/// Lines that are compared.
const MOST: usize = 100_000;
/// Equal lines around a change.
const AROUND: usize = 3;

/// Compares an older body with a newer one, both as they are laid out.
pub fn compare(older: &Document, newer: &Document) -> Comparison {
    let is_cut = older.lines().max(newer.lines()) > MOST;
    let (old, new) = (hashes(older), hashes(newer));
    let mut all = Vec::new();
    let (mut from_old, mut from_new) = (0, 0);
    while from_old < old.len() || from_new < new.len() {
        let old_window = window(&old, from_old);
        let new_window = window(&new, from_new);
        let is_last = from_old + old_window.len() == old.len() && from_new + new_window.len() == new.len();
        let mut ops = capture_diff_slices(Algorithm::Myers, old_window, new_window);
        // The end of a window is compared again with what follows, unless nothing in it is equal.
        let last_equal = ops.iter().rposition(|op| matches!(op, DiffOp::Equal { .. }));
        if let Some(last) = last_equal.filter(|_| !is_last) {
            ops.truncate(last + 1);
        }
        for op in &ops {
            let (old, new) = (op.old_range(), op.new_range());
            match op {
                DiffOp::Equal { .. } => {
                    all.extend(old.zip(new).map(|(old, new)| Change::Same(from_old + old, from_new + new)));
                }
                _ => {
                    all.extend(old.map(|line| Change::Removed(from_old + line)));
                    all.extend(new.map(|line| Change::Added(from_new + line)));
                }
            }
        }
        let ends = ops.iter().fold((0, 0), |(old, new), op| (old.max(op.old_range().end), new.max(op.new_range().end)));
        if ends == (0, 0) {
            break;
        }
        from_old += ends.0;
        from_new += ends.1;
    }
    let count = |wanted: fn(&Change) -> bool| all.iter().filter(|change| wanted(change)).count();
    let (added, removed) =
        (count(|change| matches!(change, Change::Added(_))), count(|change| matches!(change, Change::Removed(_))));
    Comparison { changes: with_gaps(all), added, removed, is_cut }
}

fn window(lines: &[u64], from: usize) -> &[u64] {
    lines.get(from..lines.len().min(from + WINDOW)).unwrap_or_default()
}

/// A number for each line, equal for equal lines. A comma at the end is no difference: it says only that more follows.
fn hashes(document: &Document) -> Vec<u64> {
    let lines = 0..document.lines().min(MOST);
    let hash = |line| {
        let mut hasher = DefaultHasher::new();
        for span in document.spans(line).iter().filter(|span| span.text != ",") {
            span.text.hash(&mut hasher);
        }
        hasher.finish()
    };
    lines.map(hash).collect()
}

/// Without the equal lines that are far from every change.
fn with_gaps(all: Vec<Change>) -> Vec<Change> {
    let changed: Vec<usize> =
        all.iter().enumerate().filter(|(_, change)| !matches!(change, Change::Same(..))).map(|(at, _)| at).collect();
    let is_near = |at: usize| {
        let next = changed.partition_point(|changed| *changed < at);
        let near = |place: Option<&usize>| place.is_some_and(|changed| changed.abs_diff(at) <= AROUND);
        near(changed.get(next)) || near(next.checked_sub(1).and_then(|before| changed.get(before)))
    };
    let mut shown: Vec<Change> = Vec::new();
    for (at, change) in all.into_iter().enumerate() {
        match (is_near(at), shown.last_mut()) {
            (true, _) => shown.push(change),
            (false, Some(Change::Gap(lines))) => *lines += 1,
            (false, _) => shown.push(Change::Gap(1)),
        }
    }
    shown
}

impl Compared {
    /// The words of what differs between an older body and a newer one.
    pub fn of(older: &Document, newer: &Document) -> Self {
        let Comparison { changes, added, removed, is_cut } = compare(older, newer);
        let words =
            |document: &Document, line| document.piece(line, false, 0, WIDE).iter().map(|span| span.text).collect();
        let line = |change: &Change| match *change {
            Change::Same(_, line) => ComparedLine::Same(words(newer, line)),
            Change::Removed(line) => ComparedLine::Removed(words(older, line)),
            Change::Added(line) => ComparedLine::Added(words(newer, line)),
            Change::Gap(lines) => ComparedLine::Gap(lines),
        };
        let lines: Vec<ComparedLine> = changes.iter().take(SHOWN).map(line).collect();
        Self { more_lines: changes.len() - lines.len(), lines, added, removed, is_cut }
    }
}
