//! Rows whose cells have a character between them (RFC 4180).

use super::{TableError, TableRow};
use crate::fleet::report::unguard;
use csv::{ByteRecord, ReaderBuilder};
use std::io::Cursor;

/// So much of a text shows what stands between its cells.
const SAMPLE_BYTES: usize = 64 * 1024;
const SAMPLE_ROWS: usize = 20;

/// In the order in which they are taken where all fit.
const SEPARATORS: [u8; 3] = [b'\t', b';', b','];

pub(super) struct Reader {
    reader: csv::Reader<Cursor<String>>,
    separator: u8,
    record: ByteRecord,
    /// Where the next row begins, in bytes, and in which line.
    at: usize,
    line: usize,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("line", &self.line).finish_non_exhaustive()
    }
}

impl Reader {
    pub(super) fn new(text: &str) -> Self {
        // Lines of old Macs: their ends would not be counted.
        let text = if text.contains('\n') { text.to_owned() } else { text.replace('\r', "\n") };
        match stated_separator(&text) {
            // An empty line stands for it: the others keep their numbers.
            Some((separator, rest)) => Self::with(rest, separator),
            None => Self::with(&text, separator(&text)),
        }
    }

    pub(super) fn with(text: &str, separator: u8) -> Self {
        let reader = builder(separator).from_reader(Cursor::new(text.to_owned()));
        Self { reader, separator, record: ByteRecord::new(), at: 0, line: 1 }
    }

    pub(super) fn separator(&self) -> char {
        self.separator.into()
    }

    /// The next row in which anything stands.
    pub(super) fn next(&mut self) -> Result<Option<TableRow>, TableError> {
        loop {
            // A reader of bytes in memory has no errors but those of lengths, which may differ here.
            if !self.reader.read_byte_record(&mut self.record).unwrap_or(false) {
                return Ok(None);
            }
            let end = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
            let typed = self.reader.get_ref().get_ref().as_bytes().get(self.at..end).unwrap_or_default();
            self.at = end;
            // The reader passes over empty lines.
            let blank = typed.iter().take_while(|byte| byte.is_ascii_whitespace() && **byte != self.separator);
            let before = blank.filter(|byte| **byte == b'\n').count();
            let lines = typed.iter().filter(|byte| **byte == b'\n').count();
            let line = self.line + before;
            self.line += lines;
            if is_open(typed.trim_ascii()) {
                return Err(TableError::OpenQuote { line });
            }
            if is_comment(&self.record) {
                continue;
            }
            let cells: Vec<String> = self.record.iter().map(cell).collect();
            if cells.iter().any(|cell| !cell.is_empty()) {
                return Ok(Some(TableRow { index: 0, line, cells }));
            }
        }
    }
}

fn cell(bytes: &[u8]) -> String {
    // The reader cuts a text at single bytes of ASCII only: every cell is valid.
    let text = String::from_utf8_lossy(bytes);
    let text = if text.starts_with(char::is_whitespace) { text.trim() } else { &text };
    unguard(text).trim().to_owned()
}

/// What the first line says of all others, as Excel writes and reads it (`sep=;`), and the text from the end of that line on.
fn stated_separator(text: &str) -> Option<(u8, &str)> {
    let end = text.find('\n').unwrap_or(text.len());
    let (line, rest) = text.split_at(end);
    let (name, separator) = line.trim_end_matches('\r').trim_matches('"').split_at_checked("sep=".len())?;
    match separator.as_bytes() {
        [byte] if name.eq_ignore_ascii_case("sep=") && byte.is_ascii() => Some((*byte, rest)),
        _ => None,
    }
}

/// A line that begins with `#` is for people. `#` by itself is the name of a column of numbers.
fn is_comment(record: &ByteRecord) -> bool {
    let first = record.get(0).unwrap_or_default().trim_ascii();
    first.starts_with(b"#") && (first.len() > 1 || record.len() == 1)
}

/// Whether a quote that has no second one swallowed the rest of the text.
fn is_open(typed: &[u8]) -> bool {
    typed.contains(&b'\n') && typed.iter().filter(|byte| **byte == b'"').count() % 2 == 1
}

fn builder(separator: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(separator).has_headers(false).flexible(true);
    builder
}

/// What stands between the cells: what gives the most rows as many cells as the first one, and more than one.
fn separator(text: &str) -> u8 {
    let sample = text.as_bytes().get(..SAMPLE_BYTES).unwrap_or(text.as_bytes());
    let fit = |separator: &u8| {
        let mut reader = builder(*separator).from_reader(sample);
        let rows = reader.byte_records().flatten().filter(|row| !is_comment(row)).take(SAMPLE_ROWS);
        let widths: Vec<usize> = rows.map(|row| row.len()).collect();
        let first = widths.first().copied().unwrap_or_default();
        if first < 2 { (0, 0) } else { (widths.iter().filter(|width| **width == first).count(), first) }
    };
    SEPARATORS.into_iter().max_by_key(fit).unwrap_or(b',')
}
