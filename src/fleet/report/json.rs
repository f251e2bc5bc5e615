//! The report as JSON.

use super::{Counts, Description, Report, ReportRow};
use serde::{Deserialize, Serialize};

/// What a report says of itself.
const FORMAT: &str = "tls-console-report";
const VERSION: u32 = 1;

#[derive(Serialize)]
struct File<'a> {
    format: &'a str,
    version: u32,
    name: &'a str,
    made: &'a str,
    started: &'a str,
    ended: &'a str,
    connection: &'a str,
    console: &'a str,
    descriptions: &'a [Description],
    counts: CountsOf,
    overrides: &'a [(String, String)],
    sha256: &'a str,
    rows: &'a [ReportRow],
}

/// The sum is the number of rows.
#[derive(Serialize)]
struct CountsOf {
    rows: usize,
    done: usize,
    already_on: usize,
    failed: usize,
    skipped: usize,
    /// Rows without an end.
    open: usize,
}

impl CountsOf {
    fn new(rows: usize, counts: &Counts) -> Self {
        let Counts { done, already_on, failed, skipped, .. } = *counts;
        Self { rows, done, already_on, failed, skipped, open: super::open(rows, counts) }
    }
}

pub(super) fn write(report: &Report) -> String {
    let file = File {
        format: FORMAT,
        version: VERSION,
        name: &report.name,
        made: &report.made,
        started: &report.started,
        ended: &report.ended,
        connection: &report.connection,
        console: &report.console,
        descriptions: &report.descriptions,
        counts: CountsOf::new(report.rows.len(), &report.counts),
        overrides: &report.overrides,
        sha256: &report.sha256,
        rows: &report.rows,
    };
    serde_json::to_string_pretty(&file).unwrap_or_default()
}

/// The rows of such a file and the digest that it states.
pub(super) fn read(text: &str) -> Option<(Vec<ReportRow>, String)> {
    #[derive(Deserialize)]
    struct Read {
        format: String,
        version: u32,
        sha256: String,
        rows: Vec<ReportRow>,
    }
    let read: Read = serde_json::from_str(text).ok()?;
    (read.format == FORMAT && read.version == VERSION).then_some((read.rows, read.sha256))
}
