//! The report as Markdown, for a ticket.

/// The words around the facts.
#[derive(Debug, Clone, Copy)]
pub struct ReportLabels {
    /// Stands before the name of the fleet in the title.
    pub report: &'static str,
    pub made: &'static str,
    pub started: &'static str,
    pub ended: &'static str,
    pub connection: &'static str,
    pub console: &'static str,
    pub description: &'static str,
    /// Names of the counts.
    pub rows: &'static str,
    pub done: &'static str,
    pub already_on: &'static str,
    pub failed: &'static str,
    pub skipped: &'static str,
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
