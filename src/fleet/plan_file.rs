//! A plan as a file: rows, groups, what was read of them, limits. It comes back as rows that are checked again.
//!
//! No secret is in it. A profile is named by its name and the last characters of its key's id.

use super::{Checked, Fleet, FleetAct, FleetProfile, LaneKey, Limits, PlanGroup, Row, RowProblem, RowRemark, RowSpec};
use indexmap::IndexMap;
use time::OffsetDateTime;
use zeroize::Zeroizing;

/// The version of the files that are written and read.
pub const PLAN_VERSION: u32 = 1;

/// A plan that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanFile {
    pub name: String,
    pub exported: OffsetDateTime,
    /// The connection that the plan was made with.
    pub connection: String,
    pub limits: IndexMap<LaneKey, Limits>,
    pub rows: Vec<PlanRow>,
    /// The rows that go first, by their places among `rows`.
    pub first: Vec<usize>,
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
    /// More than [`super::table::MOST_BYTES`].
    TooManyBytes { bytes: usize },
    /// More than [`super::table::MOST_ROWS`].
    TooManyRows { rows: usize },
    /// Not JSON: the parser's complaint.
    NotJson(String),
    /// JSON of something else.
    NotAPlan,
    /// Another version of this console wrote it.
    Version { found: String },
    /// A part of it cannot be read: the parser's complaint.
    Broken(String),
}

impl PlanFile {
    /// Whether a text says of itself that it is a plan, so that it is not read as a table.
    pub fn is_plan(_text: &str) -> bool {
        false
    }

    /// Reads a plan. Each row is checked as if it was typed; `rows`: those that the fleet has already.
    pub fn read<'a>(
        _text: &str,
        _acts: &[FleetAct],
        _profiles: &[FleetProfile],
        _rows: impl Iterator<Item = &'a Row>,
    ) -> Result<Self, PlanFileError> {
        Err(PlanFileError::NotAPlan)
    }

    /// The plan of a fleet as JSON. `secrets` are masked, should one stand where none belongs.
    pub fn write(
        _fleet: &Fleet,
        _profiles: &[FleetProfile],
        _now: OffsetDateTime,
        _secrets: &[Zeroizing<String>],
    ) -> String {
        String::new()
    }
}
