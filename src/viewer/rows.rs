//! The rows on the screen: the lines that no fold and no filter hides, and long lines in pieces.

use super::{Document, Folds};
use std::ops::Range;

/// A row: a line, or a piece of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Row {
    pub line: usize,
    /// Which piece of the line, from 0.
    pub piece: usize,
}

/// Rows that follow each other: so many lines of a row each, or one line in pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    row: usize,
    line: usize,
    rows: usize,
    in_pieces: bool,
}

/// Which line stands in which row. Both directions take a binary search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    runs: Vec<Run>,
}

/// The lines that are longer than a row, and how many pieces each has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LongLines(Vec<(usize, usize)>);

impl Document {
    /// The lines of more than `width` bytes.
    pub fn long_lines(&self, width: usize) -> LongLines {
        let pieces = |line| (line, self.width(line, width).div_ceil(width.max(1)));
        LongLines((0..self.lines()).map(pieces).filter(|(_, pieces)| *pieces > 1).collect())
    }
}

impl Rows {
    /// The rows of these ranges of lines, which are in order and do not overlap.
    pub fn of(document: &Document, scope: &[Range<usize>], folds: &Folds, long: &LongLines) -> Self {
        let mut rows = Self::default();
        for range in scope {
            let mut line = range.start;
            let mut long = long.0.iter().skip(long.0.partition_point(|(long, _)| *long < line)).peekable();
            let mut folded = folds.next(line).unwrap_or(usize::MAX);
            while line < range.end {
                while long.next_if(|(long, _)| *long < line).is_some() {}
                if folded < line {
                    folded = folds.next(line).unwrap_or(usize::MAX);
                }
                let next_long = long.peek().map_or(usize::MAX, |(long, _)| *long);
                let next = folded.min(next_long);
                if next >= range.end {
                    rows.push(line, range.end - line, false);
                    break;
                }
                if next == folded {
                    rows.push(line, next + 1 - line, false);
                    line = document.index().last_of(next) + 1;
                } else {
                    rows.push(line, next - line, false);
                    rows.push(next, long.peek().map_or(1, |(_, pieces)| *pieces), true);
                    line = next + 1;
                }
            }
        }
        rows
    }

    fn push(&mut self, line: usize, rows: usize, in_pieces: bool) {
        if rows > 0 {
            self.runs.push(Run { row: self.len(), line, rows, in_pieces });
        }
    }

    pub fn len(&self) -> usize {
        self.runs.last().map_or(0, |run| run.row + run.rows)
    }

    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// What stands in a row.
    pub fn get(&self, row: usize) -> Option<Row> {
        let run = self.runs.get(self.runs.partition_point(|run| run.row <= row).checked_sub(1)?)?;
        let within = row - run.row;
        let found = if run.in_pieces {
            Row { line: run.line, piece: within }
        } else {
            Row { line: run.line + within, piece: 0 }
        };
        (within < run.rows).then_some(found)
    }

    /// The first row of a line; of a hidden line, the row of the line before it that is shown.
    pub fn row_of(&self, line: usize) -> usize {
        let run = self.runs.partition_point(|run| run.line <= line).checked_sub(1).and_then(|at| self.runs.get(at));
        run.map_or(0, |run| run.row + if run.in_pieces { 0 } else { (line - run.line).min(run.rows - 1) })
    }

    /// The first row behind a line; the last row where there is none.
    pub fn row_after(&self, line: usize) -> usize {
        let row = self.row_of(line);
        let run = self.runs.partition_point(|run| run.row <= row).checked_sub(1).and_then(|at| self.runs.get(at));
        let rows = run.filter(|run| run.in_pieces).map_or(1, |run| run.rows);
        (row + rows).min(self.len().saturating_sub(1))
    }
}
