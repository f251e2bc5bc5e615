//! Rows that were refused, to be corrected and read again.

use super::{ReadRow, RowProblem};
use crate::fleet::report::Records;
use crate::fleet::table::Table;
use crate::form::mask_text;
use std::borrow::Cow;
use zeroize::Zeroizing;

/// The rows that were refused as CSV, as they were typed but for `secrets`, with the reasons in one more column. It can be
/// read again. `reason`: the name of that column.
pub fn refused_csv(
    table: &Table,
    read: &[ReadRow],
    reason: &str,
    words: &dyn Fn(&RowProblem) -> String,
    secrets: &[Zeroizing<String>],
) -> String {
    let masked = |text: &str| {
        let mut own = text.to_owned();
        mask_text(&mut own, secrets);
        own
    };
    let mut records = Records::default();
    let mut add = |cells: &[String], last: &str| {
        let blanks = table.width.saturating_sub(cells.len());
        let cells = cells.iter().map(String::as_str).chain(std::iter::repeat_n("", blanks)).chain([last]);
        let cells: Vec<Cow<'_, str>> = if secrets.is_empty() {
            cells.map(Cow::from).collect()
        } else {
            cells.map(|cell| masked(cell).into()).collect()
        };
        records.add(cells.iter().map(AsRef::as_ref));
    };
    if let Some(header) = table.header() {
        add(&header.cells, reason);
    }
    for row in read {
        if let (Err(problems), Some(typed)) = (&row.result, table.rows.get(row.index)) {
            let reasons: Vec<String> = problems.iter().map(words).collect();
            add(&typed.cells, &reasons.join(" "));
        }
    }
    records.into_text()
}
