//! Cells, records and their digest.

use base16ct::lower::encode_string as hex;
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// What stands between cells in some program, so that a new cell begins behind it.
const SEPARATORS: [char; 5] = [',', ';', '\t', '\r', '\n'];

/// A cell that no spreadsheet reads as a formula (OWASP, "CSV Injection"): a `'` stands before what would begin one, at the
/// beginning of the cell and behind anything that a spreadsheet may take for the end of a cell. Blanks and quotes before a
/// formula do not make it harmless.
pub fn guard(cell: &str) -> Cow<'_, str> {
    if !cell.contains(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n']) {
        return Cow::Borrowed(cell);
    }
    let mut guarded = String::with_capacity(cell.len() + 4);
    if begins_with_control(cell) {
        guarded.push('\'');
    }
    for part in cell.split_inclusive(SEPARATORS) {
        if is_formula(part) {
            guarded.push('\'');
        }
        guarded.push_str(part);
    }
    Cow::Owned(guarded)
}

/// The cell that [`guard`] was given.
pub(in crate::fleet) fn unguard(cell: &str) -> Cow<'_, str> {
    if !cell.contains('\'') {
        return Cow::Borrowed(cell);
    }
    let begin = cell.strip_prefix('\'').filter(|rest| begins_with_control(rest)).unwrap_or(cell);
    let part = |part| str::strip_prefix(part, '\'').filter(|rest| is_formula(rest)).unwrap_or(part);
    Cow::Owned(begin.split_inclusive(SEPARATORS).map(part).collect())
}

fn begins_with_control(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['\t', '\r', '\n'])
}

fn is_formula(part: &str) -> bool {
    let begin = part.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '\u{feff}'));
    begin.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// Records as RFC 4180 has them, each cell guarded, and their digest.
pub(in crate::fleet) struct Records {
    writer: csv::Writer<Vec<u8>>,
    digest: Sha256,
    digested: usize,
}

impl Default for Records {
    fn default() -> Self {
        let mut builder = csv::WriterBuilder::new();
        let builder = builder.terminator(csv::Terminator::CRLF).flexible(true);
        Self { writer: builder.from_writer(Vec::new()), digest: Sha256::new(), digested: 0 }
    }
}

impl Records {
    /// Adds a record. A cell that is guarded already stays as it is with [`Self::add_as_is`].
    pub(in crate::fleet) fn add<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        self.add_as_is(cells.into_iter().map(guard));
    }

    pub(super) fn add_as_is<'a>(&mut self, cells: impl IntoIterator<Item = Cow<'a, str>>) {
        // Writing to memory has no errors, and records may differ in length.
        for cell in cells {
            let _ = self.writer.write_field(cell.as_bytes());
        }
        let _ = self.writer.write_record(None::<&[u8]>);
        // Record by record: the whole of ten thousand takes long enough to be felt.
        let _ = self.writer.flush();
        self.digest.update(self.writer.get_ref().get(self.digested..).unwrap_or_default());
        self.digested = self.writer.get_ref().len();
    }

    /// In hexadecimal digits.
    pub(super) fn sha256(&self) -> String {
        hex(&self.digest.clone().finalize())
    }

    pub(in crate::fleet) fn into_text(self) -> String {
        let bytes = self.writer.into_inner().unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_cell_begins_a_formula() {
        for cell in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            " =1",
            "\"=1",
            "'=1",
            " \"' =1",
            "＝1",
            "\u{feff}=1",
            "\u{a0}@a",
        ] {
            let guarded = guard(cell);
            assert!(guarded.starts_with('\''), "{cell:?} {guarded:?}");
            assert_eq!(unguard(&guarded), cell);
        }
    }

    #[test]
    fn no_separator_begins_one_either() {
        assert_eq!(guard("a;=1"), "a;'=1");
        assert_eq!(guard("a, \"=1"), "a,' \"=1");
        assert_eq!(guard("a\t@b\n-c"), "a\t'@b\n'-c");
    }

    #[test]
    fn what_is_harmless_stays_as_it_is() {
        for cell in ["", "es-cn-1", "2026-11-27T04:00:00Z", "a=b; c=d", "o'clock", "'quoted'", "{\"a\":-1}"] {
            assert_eq!(guard(cell), cell);
            assert_eq!(unguard(cell), cell);
        }
    }

    #[test]
    fn records_are_those_of_rfc_4180() {
        let mut records = Records::default();
        records.add(["a", "b \"c\"", "d,e"]);
        records.add(["", "f\r\ng", "=h"]);
        let text = "a,\"b \"\"c\"\"\",\"d,e\"\r\n,\"f\r\ng\",'=h\r\n";
        assert_eq!(records.sha256(), crate::sign::digest::sha256_hex(text.as_bytes()));
        assert_eq!(records.into_text(), text);
    }

    proptest! {
        #[test]
        fn a_guard_is_taken_off_again(cell in "[-=+@'\"a \t\r\n,;＝]{0,12}") {
            let guarded = guard(&cell);
            prop_assert_eq!(&*unguard(&guarded), &cell);
            let first = guarded.trim_start().chars().next().unwrap_or('a');
            prop_assert!(!"=+-@＝".contains(first) && !guarded.starts_with(['\t', '\r', '\n']), "{:?}", guarded);
        }
    }
}
