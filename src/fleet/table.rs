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

pub use columns::{Column, guess_columns};

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
    /// The first row has the names of the columns. It is a guess that the user may change, but for JSON.
    pub has_header: bool,
    /// All rows, the names of the columns among them.
    pub rows: Vec<TableRow>,
    /// The most cells that a row has.
    pub width: usize,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableRow {
    /// The line of the text that it begins in, from 1.
    pub line: usize,
    /// The cells as they were typed, but for blanks around them.
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
    /// It begins like JSON and is none: the parser's complaint, with the line.
    NotJson { line: usize, reason: String },
    /// JSON, and not a list of objects or texts.
    NotAList { line: usize },
}

impl Table {
    /// Reads all of it.
    pub fn read(text: &str) -> Result<Self, TableError> {
        let mut reader = TableReader::new(text)?;
        while reader.read(usize::MAX)? {}
        Ok(reader.finish())
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
    #[allow(dead_code)]
    source: Source,
    table: Table,
}

#[derive(Debug)]
#[allow(dead_code)]
enum Source {
    Separated(separated::Reader),
    Json(json::Reader),
}

impl TableReader {
    /// Finds out what the text is. Nothing of it is kept but its rows.
    pub fn new(_text: &str) -> Result<Self, TableError> {
        Err(TableError::Empty)
    }

    /// Reads so many rows more at most. `false`: that was all.
    pub fn read(&mut self, _rows: usize) -> Result<bool, TableError> {
        Ok(false)
    }

    /// What was read.
    pub fn finish(self) -> Table {
        self.table
    }
}

/// The text of a file: UTF-8, or UTF-16 with a byte order mark, as spreadsheets write it.
pub fn decode(_bytes: &[u8]) -> Result<String, TableError> {
    Err(TableError::NotText)
}
