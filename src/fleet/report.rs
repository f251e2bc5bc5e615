//! What a run did, to hand on: as CSV, JSON and Markdown, and as data for a page that is printed.
//!
//! **The digest.** `sha256` is the SHA-256 of the rows as CSV: the bytes in UTF-8 of the line of names and one record a row
//! (RFC 4180; CRLF behind each record; quotes only where they are needed; cells guarded against formulas as [`guard`] does).
//! A CSV report is exactly these bytes and one last record, `sha256` and the digest. So a copy of it is compared with
//! `sed '$d' report.csv | shasum -a 256`. The JSON report has the same digest: [`verify`] makes the CSV of its rows again.

mod csv;
mod json;
mod markdown;
mod row;
mod summary;
#[cfg(test)]
mod tests;
mod verify;

pub use csv::guard;
pub(super) use csv::{Records, unguard};
pub use markdown::ReportLabels;
pub use row::{COLUMNS, ReportCall, ReportRow, state};
pub use summary::{SetAside, Unwell};
pub use verify::{Verification, verify};

use self::row::{RowContext, date};
use super::{Counts, Fleet, FleetProfile, Head, Override, Row, RowId};
use crate::catalog::Api;
use crate::clock::rfc3339;
use crate::form::mask_text;
use crate::sign::digest::sha256_hex;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use time::OffsetDateTime;
use zeroize::Zeroizing;

/// The first cell of the last record of a CSV.
const DIGEST: &str = "sha256";

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
    /// The connection is that of the simulated clouds: all times are those of the simulation.
    pub simulated: bool,
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
    /// The SHA-256 of the document, as JSON without blanks.
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
    /// When the user stopped it; empty if nobody did.
    pub stopped: String,
    pub connection: String,
    pub simulated: bool,
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
    counts: Counts,
    context: ReportContext<'a>,
    overrides: HashMap<RowId, Vec<&'a Override>>,
    /// The secrets, also as JSON writes them.
    secrets: Vec<Zeroizing<String>>,
    rows: Vec<ReportRow>,
    records: Records,
}

impl<'a> ReportBuilder<'a> {
    pub fn new(head: &'a Head, context: ReportContext<'a>) -> Self {
        let mut overrides: HashMap<RowId, Vec<&Override>> = HashMap::new();
        for own in &head.overrides {
            if let Some(row) = own.row {
                overrides.entry(row).or_default().push(own);
            }
        }
        let secrets = with_escaped(context.secrets);
        Self { head, counts: Counts::default(), context, overrides, secrets, rows: Vec::new(), records: records(&[]) }
    }

    pub fn row(&mut self, row: &Row) {
        let context = &self.context;
        // The one that signed; it may be another one than the row names, where that one is gone. Else the one that would sign.
        let signed = row.follow().and_then(|follow| follow.origin.profile);
        let mut named = [signed, row.spec.profile].into_iter().flatten();
        // Those of the plan are known after they are gone.
        let all = || context.profiles.iter().chain(&self.head.signers);
        let known = named.find_map(|id| all().find(|profile| profile.id == id));
        let is_chosen = |profile: &&FleetProfile| profile.chosen && profile.provider == row.spec.provider;
        let chosen = || row.spec.profile.is_none().then(|| context.profiles.iter().find(is_chosen)).flatten();
        let profile = known.or_else(chosen);
        let mut reported = ReportRow::new(
            row,
            RowContext {
                number: self.rows.len() + 1,
                connection: &self.head.connection,
                simulated: context.simulated,
                profile,
                description: context.descriptions.iter().find(|own| own.api == row.spec.api),
                console: context.console,
                overrides: self.overrides.get(&row.id).map(Vec::as_slice).unwrap_or_default(),
                outcome: (context.outcome)(row),
            },
        );
        reported.mask(&self.secrets);
        // What is counted is what stands in the report: a run goes on meanwhile.
        *self.counts.of(row.group()) += 1;
        self.records.add(reported.cells().iter().map(String::as_str));
        self.rows.push(reported);
    }

    pub fn finish(self) -> Report {
        let Self { head, counts, context, overrides: _, secrets, rows, records } = self;
        let masked = |text: &str| {
            let mut text = text.to_owned();
            mask_text(&mut text, &secrets);
            text
        };
        let of_fleet = head.overrides.iter().filter(|own| own.row.is_none());
        Report {
            name: masked(&head.name),
            made: rfc3339(context.now),
            started: date(head.started),
            ended: date(head.ended),
            stopped: date(head.stopped),
            simulated: context.simulated,
            connection: masked(&head.connection),
            console: context.console.to_owned(),
            descriptions: context.descriptions.to_vec(),
            counts,
            overrides: of_fleet.map(|own| (rfc3339(own.at), masked(&own.words))).collect(),
            rows,
            sha256: records.sha256(),
            csv: records.into_text(),
        }
    }
}

impl std::fmt::Debug for ReportBuilder<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReportBuilder").field("rows", &self.rows.len()).finish_non_exhaustive()
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
        let mut builder = ReportBuilder::new(&fleet.head, context);
        fleet.rows.values().for_each(|row| builder.row(row));
        builder.finish()
    }

    /// The rows and the digest. The last record has as many cells as the others.
    pub fn to_csv(&self) -> String {
        format!("{}{DIGEST},{}{}\r\n", self.csv, self.sha256, ",".repeat(COLUMNS.len() - 2))
    }

    /// Everything.
    pub fn to_json(&self) -> String {
        self.json_parts().collect()
    }

    /// The same in parts, each a row or less, so that the caller can pause between them.
    pub fn json_parts(&self) -> impl Iterator<Item = String> {
        json::parts(self)
    }

    /// Everything that a ticket needs.
    pub fn to_markdown(&self, labels: &ReportLabels) -> String {
        self.markdown_parts(labels).collect()
    }

    /// The same in parts.
    pub fn markdown_parts(&self, labels: &ReportLabels) -> impl Iterator<Item = String> {
        markdown::parts(self, labels)
    }
}

impl Description {
    /// Everything that is told of it.
    pub fn in_a_line(&self) -> String {
        format!("{} {} ({}), SHA-256 {}", self.title, self.version, self.api, self.sha256)
    }

    pub fn of(api: &Api) -> Self {
        Self {
            api: api.id.clone(),
            title: api.title.clone(),
            version: api.version(),
            sha256: sha256_hex(api.text().as_bytes()),
        }
    }
}

/// The line of names and the rows.
fn records(rows: &[ReportRow]) -> Records {
    let mut records = Records::default();
    records.add(COLUMNS);
    rows.iter().for_each(|row| records.add(row.cells().iter().map(String::as_str)));
    records
}

fn with_escaped(secrets: &[Zeroizing<String>]) -> Vec<Zeroizing<String>> {
    let mut all = secrets.to_vec();
    for secret in secrets {
        let quoted = Zeroizing::new(serde_json::Value::from(secret.as_str()).to_string());
        let inner = quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or_default();
        if inner != secret.as_str() {
            all.push(Zeroizing::new(inner.to_owned()));
        }
    }
    all
}
