//! The report as Markdown, for a ticket. Whatever a server or a user wrote stays text.

use super::row::pairs;
use super::{Report, ReportRow};
use crate::export::plain;
use crate::fleet::RowGroup;
use std::fmt::Write;

/// The words around the facts.
#[derive(Debug, Clone, Copy)]
pub struct ReportLabels {
    /// Stands before the name of the fleet in the title.
    pub report: &'static str,
    pub made: &'static str,
    pub started: &'static str,
    pub ended: &'static str,
    /// When the user stopped the run.
    pub stopped: &'static str,
    /// A sentence that says that the times are those of a simulation.
    pub simulated: &'static str,
    pub connection: &'static str,
    pub console: &'static str,
    pub description: &'static str,
    /// Names of the counts.
    pub rows: &'static str,
    pub group: fn(RowGroup) -> &'static str,
    /// Rows that have no end yet.
    pub open: &'static str,
    /// Names of the columns.
    pub subject: &'static str,
    pub provider: &'static str,
    pub region: &'static str,
    pub act: &'static str,
    pub profile: &'static str,
    pub outcome: &'static str,
    pub request_ids: &'static str,
    pub jobs: &'static str,
    pub evidence: &'static str,
    /// What was set aside; also the title of what was set aside for the whole fleet.
    pub overridden: &'static str,
    /// Stands before the digest.
    pub sha256: &'static str,
    /// A sentence that says what the digest is good for.
    pub compare: &'static str,
    /// A sentence that says that secrets are masked.
    pub masked: &'static str,
}

/// The file in parts: what stands before the rows, a line a row, the end.
pub(super) fn parts(report: &Report, labels: &ReportLabels) -> impl Iterator<Item = String> {
    let rows = report.rows.iter().map(row);
    std::iter::once(head(report, labels)).chain(rows).chain(std::iter::once(format!("\n{}\n", plain(labels.masked))))
}

fn head(report: &Report, labels: &ReportLabels) -> String {
    let mut out = format!("# {}: {}\n\n", plain(labels.report), plain(&report.name));
    let mut fact = |label: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "- **{}:** {}", plain(label), plain(value));
        }
    };
    fact(labels.made, &report.made);
    fact(labels.started, &report.started);
    fact(labels.ended, &report.ended);
    fact(labels.stopped, &report.stopped);
    fact(labels.connection, &report.connection);
    fact(labels.console, &report.console);
    for own in &report.descriptions {
        fact(labels.description, &own.in_a_line());
    }
    let counts = &report.counts;
    fact(labels.rows, &report.rows.len().to_string());
    for group in RowGroup::ENDS {
        fact((labels.group)(group), &counts.of_group(group).to_string());
    }
    fact(labels.open, &counts.open().to_string());
    fact(labels.sha256, &report.sha256);
    if report.simulated {
        let _ = write!(out, "\n{}\n", plain(labels.simulated));
    }
    let _ = write!(out, "\n{}\n\n", plain(labels.compare));
    if !report.overrides.is_empty() {
        let _ = write!(out, "## {}\n\n", plain(labels.overridden));
        for (at, words) in &report.overrides {
            let _ = writeln!(out, "- {} {}", plain(at), plain(words));
        }
        out.push('\n');
    }
    let names = [
        "#",
        labels.subject,
        labels.act,
        labels.provider,
        labels.region,
        labels.profile,
        labels.outcome,
        labels.started,
        labels.ended,
        labels.request_ids,
        labels.jobs,
        labels.evidence,
        labels.overridden,
    ];
    line(&mut out, names.iter().map(|name| plain(name)));
    line(&mut out, names.iter().map(|_| String::from("---")));
    out
}

fn row(row: &ReportRow) -> String {
    let profile = format!("{} {}", row.profile, row.shown_key());
    let evidence = match row.evidence_at.as_str() {
        _ if row.evidence.is_empty() => String::new(),
        "" => pairs(&row.evidence, ": "),
        at => format!("{} ({at})", pairs(&row.evidence, ": ")),
    };
    let cells = [
        &row.row.to_string(),
        &row.subject,
        &row.act,
        &row.provider,
        &row.region,
        &profile,
        &row.outcome,
        &row.started,
        &row.ended,
        &row.request_ids.join(" "),
        &row.jobs.join(" "),
        &evidence,
        &pairs(&row.overridden, " "),
    ];
    let mut out = String::new();
    line(&mut out, cells.into_iter().map(|cell| plain(cell.trim())));
    out
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    for cell in cells {
        let _ = write!(out, "| {cell} ");
    }
    out.push_str("|\n");
}
