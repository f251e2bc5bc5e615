//! A plan as a file: rows, groups, what was read of them, limits. It comes back as rows that are checked again.
//!
//! No secret is in it. A profile is named by its name and the last characters of its key's id: on another computer, or in
//! another browser, it has another id.

mod read;
#[cfg(test)]
pub(in crate::fleet) mod tests;
mod write;

pub use read::PlanReader;
pub use write::PlanWriter;

use super::{Checked, Fleet, FleetAct, FleetProfile, LaneKey, Limits, PlanGroup, Row, RowProblem, RowRemark, RowSpec};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::OffsetDateTime;
use zeroize::Zeroizing;

/// The version of the files that are written and read.
pub const PLAN_VERSION: u32 = 1;

/// A file with more bytes is not read.
pub const MOST_PLAN_BYTES: usize = 64 * 1024 * 1024;

/// What a plan says of itself.
const FORMAT: &str = "tls-console-plan";

/// A plan that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanFile {
    pub name: String,
    pub exported: OffsetDateTime,
    /// The version of the console that wrote it.
    pub console: String,
    /// The connection that the plan was made with.
    pub connection: String,
    pub limits: IndexMap<LaneKey, Limits>,
    /// The rows that go first, by their places among `rows`.
    pub first: Vec<usize>,
    pub rows: Vec<PlanRow>,
    /// So many profiles of its rows are not in this browser: those rows name none.
    pub unknown_profiles: usize,
}

/// A row of a plan that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanRow {
    /// Its subject as the file has it, for a row that is refused.
    pub subject: String,
    pub result: Result<RowSpec, Vec<RowProblem>>,
    pub remarks: Vec<RowRemark>,
    /// What the plan said when it was exported. It may be out of date: another plan reads it again.
    pub group: Option<PlanGroup>,
    pub checked: Vec<Checked>,
    /// The user wanted it all the same.
    pub forced: bool,
}

/// Why a text is no plan that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanFileError {
    /// More than [`MOST_PLAN_BYTES`].
    TooManyBytes { bytes: usize },
    /// More than [`super::table::MOST_ROWS`].
    TooManyRows { rows: usize },
    /// Not JSON: the parser's complaint.
    NotJson(String),
    /// JSON of something else.
    NotAPlan,
    /// Another version of this console wrote it.
    Version { found: String },
    /// A part of it cannot be read: the parser's complaint. `row`: from 1; `None`: what stands before the rows.
    Broken { row: Option<usize>, reason: String },
    /// Limits that no fleet can have.
    Limits { lane: LaneKey },
}

impl PlanFile {
    /// Whether a text says of itself that it is a plan, so that it is not read as a table.
    pub fn is_plan(text: &str) -> bool {
        #[derive(Deserialize)]
        struct Named {
            format: String,
        }
        let text = text.trim_start_matches('\u{feff}').trim_start();
        // A table is not read twice.
        let begin: String = text.chars().take(200).collect();
        begin.starts_with('{')
            && begin.contains(FORMAT)
            && serde_json::from_str::<Named>(text).is_ok_and(|named| named.format == FORMAT)
    }

    /// Reads a plan. Each row is checked as if it was typed; `rows`: those that the fleet has already;
    /// rows with one of `secrets` are refused.
    pub fn read<'a>(
        text: &str,
        acts: &[FleetAct],
        profiles: &[FleetProfile],
        rows: impl Iterator<Item = &'a Row>,
        secrets: Vec<Zeroizing<String>>,
    ) -> Result<Self, PlanFileError> {
        let mut reader = PlanReader::new(text, acts.to_vec(), profiles.to_vec(), rows)?.without_secrets(secrets);
        while reader.read(usize::MAX)? {}
        Ok(reader.finish())
    }

    /// The plan of a fleet as JSON, a line a row. `secrets` are masked, should one stand where none belongs.
    pub fn write(
        fleet: &Fleet,
        profiles: &[FleetProfile],
        now: OffsetDateTime,
        secrets: &[Zeroizing<String>],
    ) -> String {
        let mut writer = PlanWriter::new(fleet, profiles, now, secrets);
        fleet.rows.values().for_each(|row| writer.row(row));
        writer.finish()
    }
}

/// A row in the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRow {
    provider: String,
    api: String,
    operation: String,
    act: String,
    region: String,
    server: String,
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    variables: IndexMap<String, String>,
    subject: String,
    values: IndexMap<String, Value>,
    /// `None`: the proxy signs, or nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    profile: Option<FileProfile>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    group: Option<PlanGroup>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    checked: Vec<Checked>,
    #[serde(default, skip_serializing_if = "is_false")]
    forced: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileProfile {
    name: String,
    /// The last four characters of the id of its key; empty where it has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    key: String,
}

const fn is_false(flag: &bool) -> bool {
    !*flag
}
