//! Rows that were refused, to be corrected and read again.

use super::{ReadRow, RowProblem};
use crate::fleet::report::Records;
use crate::fleet::table::Table;
use std::collections::HashMap;

/// The rows that were refused as CSV, as they were typed, with the reasons in one more column. It can be read again.
/// `reason`: the name of that column.
pub fn refused_csv(table: &Table, read: &[ReadRow], reason: &str, words: &dyn Fn(&RowProblem) -> String) -> String {
    let rows: HashMap<usize, &[String]> = table.data().iter().map(|row| (row.line, row.cells.as_slice())).collect();
    let mut records = Records::default();
    let mut add = |cells: &[String], last: &str| {
        let blanks = table.width.saturating_sub(cells.len());
        let cells = cells.iter().map(String::as_str).chain(std::iter::repeat_n("", blanks)).chain([last]);
        records.add(cells);
    };
    if let Some(header) = table.header() {
        add(&header.cells, reason);
    }
    for row in read {
        if let (Err(problems), Some(cells)) = (&row.result, rows.get(&row.line)) {
            let reasons: Vec<String> = problems.iter().map(words).collect();
            add(cells, &reasons.join(" "));
        }
    }
    records.into_text()
}
