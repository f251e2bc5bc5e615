//! A text that somebody pasted or dropped → a table: CSV, TSV, JSON, or lines with commas.
//!
//! ```text
//!  text ──TableReader──▶ Table ──guess_columns──▶ Column for each of its columns ──super::rows──▶ rows of a fleet
//! ```
//!
//! [`TableReader`] reads as many rows at a time as the caller has time for. [`Table::read`] reads all of them.

mod columns;
mod json;
mod separated;
mod synonyms;
#[cfg(test)]
mod tests;

pub use columns::{Column, guess_columns};

use super::FleetAct;
use crate::charset;
use crate::invisible::visible;
use std::borrow::Cow;

/// A text with more bytes is not read.
pub const MOST_BYTES: usize = 8 * 1024 * 1024;

/// A table with more rows is not read.
pub const MOST_ROWS: usize = 20_000;

/// A table with more columns is not read.
pub const MOST_COLUMNS: usize = 100;

/// The rows of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub format: TableFormat,
    /// The first row has the names of the columns. It is a guess that the user may change, but for objects of JSON.
    pub has_header: bool,
    /// All rows, the names of the columns among them.
    pub rows: Vec<TableRow>,
    /// The most cells that a row has.
    pub width: usize,
    /// So many cells had characters that nobody can see; they are gone.
    pub cleaned: usize,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableRow {
    /// Its place among [`Table::rows`]; many rows can be in one line.
    pub index: usize,
    /// The line of the text that it begins in, from 1; the number of the item, where JSON has all of them in one line.
    pub line: usize,
    /// The cells as they were typed, but for blanks around them and for what nobody can see.
    pub cells: Vec<String>,
}

/// What a text was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// Cells with this character between them: `,`, `;` or a tab.
    Separated(char),
    /// A JSON array, or lines of JSON.
    Json,
}

/// Why a text is no table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableError {
    /// Nothing is in it.
    Empty,
    /// Its bytes are no text in UTF-8 or UTF-16.
    NotText,
    /// More than [`MOST_BYTES`].
    TooManyBytes { bytes: usize },
    /// More than [`MOST_ROWS`].
    TooManyRows,
    /// More than [`MOST_COLUMNS`].
    TooManyColumns { line: usize },
    /// A cell begins with a quote and never ends.
    OpenQuote { line: usize },
    /// It begins like JSON and is none: the parser's complaint.
    NotJson { line: usize, reason: String },
    /// JSON, and not a list of objects, lists or texts.
    NotAList { line: usize },
}

impl Table {
    /// Reads all of it.
    pub fn read(text: &str, acts: &[FleetAct]) -> Result<Self, TableError> {
        let mut reader = TableReader::new(text)?;
        while reader.read(usize::MAX)? {}
        reader.finish(acts)
    }

    /// The names of the columns; an empty text for a column without one.
    pub fn header(&self) -> Option<&TableRow> {
        self.rows.first().filter(|_| self.has_header)
    }

    /// The rows without the names of the columns.
    pub fn data(&self) -> &[TableRow] {
        self.rows.get(usize::from(self.has_header)..).unwrap_or_default()
    }
}

impl TableRow {
    /// The text of a cell; empty where the row is too short.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map(String::as_str).unwrap_or_default()
    }
}

/// Reads a table piece by piece.
#[derive(Debug)]
pub struct TableReader {
    source: Source,
    rows: Vec<TableRow>,
    cleaned: usize,
}

#[derive(Debug)]
enum Source {
    Separated(separated::Reader),
    Json(json::Reader),
}

impl TableReader {
    /// Finds out what the text is.
    pub fn new(text: &str) -> Result<Self, TableError> {
        // Some editors begin a file with a byte order mark.
        let text = text.trim_start_matches('\u{feff}');
        if text.len() > MOST_BYTES {
            return Err(TableError::TooManyBytes { bytes: text.len() });
        }
        let source = match text.trim_start().chars().next() {
            None => return Err(TableError::Empty),
            Some('[' | '{') => Source::Json(json::Reader::new(text)?),
            Some(_) => Source::Separated(separated::Reader::new(text)),
        };
        Ok(Self { source, rows: Vec::new(), cleaned: 0 })
    }

    /// Reads so many rows more at most. `false`: that was all.
    pub fn read(&mut self, rows: usize) -> Result<bool, TableError> {
        for _ in 0..rows {
            let row = match &mut self.source {
                Source::Separated(reader) => reader.next()?,
                Source::Json(reader) => reader.next()?,
            };
            let Some(mut row) = row else { return Ok(false) };
            let cleaned = clean(&mut row.cells);
            // A line of nothing else is an empty one.
            if cleaned > 0 && row.cells.iter().all(String::is_empty) {
                continue;
            }
            self.cleaned += cleaned;
            if row.cells.len() > MOST_COLUMNS {
                return Err(TableError::TooManyColumns { line: row.line });
            }
            if self.rows.len() >= MOST_ROWS {
                return Err(TableError::TooManyRows);
            }
            self.rows.push(row);
        }
        Ok(true)
    }

    /// What was read. The acts tell whether the first row has names or values.
    pub fn finish(self, acts: &[FleetAct]) -> Result<Table, TableError> {
        let Self { source, mut rows, mut cleaned } = self;
        let (format, names) = match source {
            Source::Separated(reader) => (TableFormat::Separated(reader.separator()), None),
            Source::Json(reader) => (TableFormat::Json, reader.into_names()),
        };
        if rows.is_empty() {
            return Err(TableError::Empty);
        }
        let is_named = names.is_some();
        if let Some(mut cells) = names {
            cleaned += clean(&mut cells);
            rows.insert(0, TableRow { index: 0, line: 1, cells });
        }
        rows.iter_mut().enumerate().for_each(|(index, row)| row.index = index);
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        let table = Table { format, has_header: is_named, rows, width, cleaned };
        let has_header = is_named || columns::begins_with_names(&table, acts);
        Ok(Table { has_header, ..table })
    }
}

/// Takes out of cells what nobody can see. Gives how many had any of it.
fn clean(cells: &mut [String]) -> usize {
    let mut cleaned = 0;
    for cell in cells {
        if let Cow::Owned(visible) = visible(cell) {
            *cell = visible;
            cleaned += 1;
        }
    }
    cleaned
}

/// The text of a file: UTF-8, or UTF-16 with a byte order mark, as spreadsheets write it.
pub fn decode(bytes: &[u8]) -> Result<String, TableError> {
    if bytes.len() > MOST_BYTES {
        return Err(TableError::TooManyBytes { bytes: bytes.len() });
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if !bytes.contains(&0) => Ok(text.to_owned()),
        _ => charset::decode(bytes, "text/csv", true).ok_or(TableError::NotText),
    }
}
