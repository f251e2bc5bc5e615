//! One row of a report.

use serde::{Deserialize, Serialize};

/// The names of the columns of the CSV, in their order.
pub const COLUMNS: [&str; 23] = [
    "row",
    "provider",
    "api",
    "operation",
    "act",
    "region",
    "subject",
    "fields",
    "profile",
    "key",
    "state",
    "outcome",
    "code",
    "status",
    "started",
    "ended",
    "request_ids",
    "jobs",
    "evidence",
    "evidence_at",
    "calls",
    "overridden",
    "made_with",
];

/// What a report says of a row. Every text of it is masked; times are ISO 8601, and empty for what did not happen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportRow {
    pub row: u32,
    pub provider: String,
    pub api: String,
    pub operation: String,
    pub act: String,
    pub region: String,
    pub subject: String,
    /// The other fields and their values, those that make the act among them.
    pub fields: Vec<(String, String)>,
    /// The name of the profile; empty for the one that every provider begins with, and where the proxy signs.
    pub profile: String,
    /// The last four characters of the id of its key; empty where it has none.
    pub key: String,
    /// A word for a program: `verified`, `completed`, `accepted`, `already-on`, `failed`, `refused`, `unknown`,
    /// `not-carried-out`, `not-sent`, `skipped`, `not-planned`; `planned`, `waiting`, `sending`, `following`, `new` for a
    /// row without an end.
    pub state: String,
    /// What became of it, in words.
    pub outcome: String,
    /// The code and the status of a refusal.
    pub code: String,
    pub status: Option<u16>,
    pub started: String,
    pub ended: String,
    pub request_ids: Vec<String>,
    /// The values by which its changes are known, such as the ids of tasks.
    pub jobs: Vec<String>,
    /// What the latest look showed: labels and values, and when.
    pub evidence: Vec<(String, String)>,
    pub evidence_at: String,
    pub calls: Vec<ReportCall>,
    /// What the user set aside for this row: when, and the words.
    pub overridden: Vec<(String, String)>,
    /// The console and the description that it was made with.
    pub made_with: String,
}

/// A call of a row.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportCall {
    pub at: String,
    pub operation: String,
    /// `None`: no answer.
    pub status: Option<u16>,
    pub code: String,
    pub request_id: String,
}
