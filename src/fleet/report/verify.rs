//! Whether a report still says what it said when it was made.

use super::csv::Records;
use super::json;
use super::{COLUMNS, DIGEST};
use std::borrow::Cow;

/// What the digest of a report says of its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verification {
    /// The rows are those that the digest was made of.
    Same { rows: usize, sha256: String },
    /// They are not: something was changed, added, removed or moved.
    Changed { rows: usize, stated: String, computed: String },
    /// It is no report of this console, it has no digest, or it cannot be read any more.
    NoReport,
}

/// Checks a report in CSV or JSON. A CSV may have been saved again by a spreadsheet, as long as its cells are the same.
pub fn verify(text: &str) -> Verification {
    let text = text.trim_start_matches('\u{feff}');
    let found = if text.trim_start().starts_with('{') {
        json::read(text).map(|(rows, stated)| (super::records(&rows), rows.len(), stated))
    } else {
        [b',', b';', b'\t'].into_iter().find_map(|separator| of_csv(text, separator))
    };
    let Some((records, rows, stated)) = found else { return Verification::NoReport };
    let computed = records.sha256();
    if stated.eq_ignore_ascii_case(&computed) {
        Verification::Same { rows, sha256: computed }
    } else {
        Verification::Changed { rows, stated, computed }
    }
}

/// The records, how many rows there are, and the digest in the last one.
fn of_csv(text: &str, separator: u8) -> Option<(Records, usize, String)> {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(separator);
    let mut reader = builder.from_reader(text.as_bytes());
    let mut read = reader.records().map_while(Result::ok);
    let names = read.next()?;
    if !names.iter().eq(COLUMNS) {
        return None;
    }
    let mut records = Records::default();
    records.add_as_is(names.iter().map(Cow::Borrowed));
    let (mut rows, mut stated) = (0, None);
    for record in read {
        let mut cells = record.iter();
        match (cells.next(), &stated) {
            (Some(DIGEST), None) => stated = Some(cells.next()?.to_owned()),
            // A spreadsheet may end with empty rows.
            _ if stated.is_some() && record.iter().all(str::is_empty) => {}
            _ => {
                records.add_as_is(record.iter().map(Cow::Borrowed));
                rows += 1;
            }
        }
    }
    Some((records, rows, stated?))
}
