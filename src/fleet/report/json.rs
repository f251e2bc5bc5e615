//! The report as JSON.

use super::{Counts, Description, Report, ReportRow};
use serde::{Deserialize, Serialize};

/// What a report says of itself.
const FORMAT: &str = "tls-console-report";
/// Version 2 said `already-on` also of what was off, as it was wanted. Version 3 had only what was set aside for the whole fleet in
/// `overrides`, as pairs.
const VERSION: u32 = 4;
const OLDEST: u32 = 2;

/// What stands before the rows.
#[derive(Serialize)]
struct Head<'a> {
    format: &'a str,
    version: u32,
    name: &'a str,
    made: &'a str,
    started: &'a str,
    ended: &'a str,
    stopped: &'a str,
    connection: &'a str,
    /// All times are those of the simulation.
    simulated: bool,
    console: &'a str,
    descriptions: &'a [Description],
    counts: CountsOf,
    overrides: Vec<Override<'a>>,
    sha256: &'a str,
}

/// What was set aside, and with which words. `row`: the number of the row; `None`: for the whole fleet.
#[derive(Serialize)]
struct Override<'a> {
    at: &'a str,
    row: Option<usize>,
    words: &'a str,
}

fn overrides(report: &Report) -> Vec<Override<'_>> {
    let of_fleet = report.overrides.iter().map(|(at, words)| Override { at, row: None, words });
    let of_rows = report
        .rows
        .iter()
        .flat_map(|row| row.overridden.iter().map(|(at, words)| Override { at, row: Some(row.row), words }));
    of_fleet.chain(of_rows).collect()
}

/// The sum is the number of rows.
#[derive(Serialize)]
struct CountsOf {
    rows: usize,
    done: usize,
    as_wanted: usize,
    failed: usize,
    not_known: usize,
    plan_refused: usize,
    plan_not_known: usize,
    skipped: usize,
    stopped: usize,
    /// Rows without an end.
    open: usize,
}

impl CountsOf {
    fn new(rows: usize, counts: &Counts) -> Self {
        let Counts { done, already_on: as_wanted, failed, skipped, stopped, .. } = *counts;
        let (not_known, plan_refused, plan_not_known) = (counts.unknown, counts.refused, counts.cannot_be_known);
        let open = counts.open();
        Self { rows, done, as_wanted, failed, not_known, plan_refused, plan_not_known, skipped, stopped, open }
    }
}

/// The file in parts: what stands before the rows, a line a row, the end.
pub(super) fn parts(report: &Report) -> impl Iterator<Item = String> {
    let head = Head {
        format: FORMAT,
        version: VERSION,
        name: &report.name,
        made: &report.made,
        started: &report.started,
        ended: &report.ended,
        stopped: &report.stopped,
        connection: &report.connection,
        simulated: report.simulated,
        console: &report.console,
        descriptions: &report.descriptions,
        counts: CountsOf::new(report.rows.len(), &report.counts),
        overrides: overrides(report),
        sha256: &report.sha256,
    };
    let head = serde_json::to_string_pretty(&head).unwrap_or_default();
    let head = format!("{},\n  \"rows\": [", head.trim_end_matches(['}', '\n']));
    let row = |(index, row): (usize, &ReportRow)| {
        let comma = if index > 0 { "," } else { "" };
        format!("{comma}\n    {}", serde_json::to_string(row).unwrap_or_default())
    };
    let rows = report.rows.iter().enumerate().map(row);
    std::iter::once(head).chain(rows).chain(std::iter::once(String::from("\n  ]\n}\n")))
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
    (read.format == FORMAT && (OLDEST..=VERSION).contains(&read.version)).then_some((read.rows, read.sha256))
}
