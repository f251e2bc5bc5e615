//! The report of a fleet, in English.

use crate::fleet::report::ReportLabels;

pub(super) const LABELS: ReportLabels = ReportLabels {
    report: "Report",
    made: "Made",
    started: "Started",
    ended: "Ended",
    stopped: "Stopped",
    simulated: "Nothing was sent to a real cloud. All times are those of the simulation.",
    connection: "Connection",
    console: "Console",
    description: "Description",
    rows: "Rows",
    group: super::group,
    open: "Without an end",
    subject: "Instance",
    provider: "Provider",
    region: "Region",
    act: "Act",
    profile: "Profile",
    outcome: "Outcome",
    request_ids: "Request IDs",
    jobs: "Tasks",
    evidence: "Evidence",
    overridden: "Overridden",
    sha256: "SHA-256 of the rows",
    compare: "A copy with the same SHA-256 has the same rows.",
    masked: "Secrets are masked.",
};

pub(super) fn rows_left(count: usize) -> String {
    let rows = super::rows(count);
    format!("{rows} for other reasons: the downloads name them.")
}
