//! The rows of a table → the rows of a fleet, or everything that is wrong with them.

use super::table::{Column, Table, TableRow};
use super::{FleetAct, FleetProfile, Row, RowId, RowSpec};
use crate::catalog::Operation;
use crate::credentials::ProfileId;
use crate::form::{Draft, FieldIssue, FieldWarning};
use indexmap::IndexMap;

/// What counts where a row says nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Defaults {
    /// As a cell would say it: the name of a provider or of an API.
    pub provider: String,
    /// As a cell would say it: "SSL on", "on", the id of an operation, [`FleetAct::id`].
    pub act: String,
    /// By the name of the provider.
    pub providers: IndexMap<String, ProviderDefaults>,
}

/// What counts for the rows of one provider.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ProviderDefaults {
    /// It comes before [`Defaults::act`].
    pub act: String,
    pub region: String,
    /// Names of fields and their texts, such as a project.
    pub fields: IndexMap<String, String>,
    /// `None`: the proxy signs, or nobody.
    pub profile: Option<ProfileId>,
}

/// A row of a table, read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadRow {
    /// [`TableRow::line`]
    pub line: usize,
    pub result: Result<RowSpec, Vec<RowProblem>>,
    /// What is odd about it and keeps nobody from sending it.
    pub remarks: Vec<RowRemark>,
}

/// Something that is wrong with a row.
#[derive(Debug, Clone, PartialEq)]
pub enum RowProblem {
    /// No description has such a provider.
    UnknownProvider { text: String, nearest: Option<String> },
    /// The row does not say which API it is about: it may be any of these (titles).
    NoProvider { candidates: Vec<String> },
    /// No act of the API, or of any, is called so.
    UnknownAct { text: String, offered: Vec<String> },
    /// Several acts are called so, or the row names none.
    NoAct { text: String, offered: Vec<String> },
    /// The act cannot be called in such a region.
    UnknownRegion { text: String, nearest: Option<String> },
    /// The row names no region.
    NoRegion,
    /// No profile of this provider is called so, or several are.
    UnknownProfile { text: String, provider: String, nearest: Option<String> },
    /// A value is missing or wrong.
    Field {
        issue: FieldIssue,
        /// The field's name for people; empty where the description has none.
        label: String,
    },
    /// The act has no such field.
    UnknownField { name: String },
    /// The field is a secret: no table and no file may hold it.
    Secret { name: String },
    /// Another line is about the same thing; `same_act`: it wants the same of it.
    DoubleOfLine { line: usize, same_act: bool },
    /// A row of the fleet is about the same thing.
    DoubleOfRow { row: RowId, same_act: bool },
    /// The deployment does not offer the act.
    NotOffered { act: String },
}

/// Something that is odd about a row.
#[derive(Debug, Clone, PartialEq)]
pub enum RowRemark {
    /// What the description says of such a value.
    Field(FieldWarning),
    /// The description does not list this region.
    UnlistedRegion { region: String, nearest: Option<String> },
}

/// Reads rows one by one, so that the caller can pause between them.
#[derive(Debug)]
pub struct RowReader {
    columns: Vec<Column>,
    acts: Vec<FleetAct>,
    defaults: Defaults,
    profiles: Vec<FleetProfile>,
}

impl RowReader {
    /// `rows`: those that the fleet has already.
    pub fn new<'a>(
        columns: Vec<Column>,
        acts: Vec<FleetAct>,
        defaults: Defaults,
        profiles: Vec<FleetProfile>,
        rows: impl Iterator<Item = &'a Row>,
    ) -> Self {
        let _ = rows.count();
        Self { columns, acts, defaults, profiles }
    }

    /// Reads one row. Rows have to come in the order of the table: the first of two doubles counts.
    pub fn read(&mut self, row: &TableRow) -> ReadRow {
        let _ = (&self.columns, &self.acts, &self.defaults, &self.profiles);
        ReadRow { line: row.line, result: Err(Vec::new()), remarks: Vec::new() }
    }
}

/// The rows that were refused as CSV, as they were typed, with the reasons in one more column. It can be read again.
/// `reason`: the name of that column.
pub fn refused_csv(table: &Table, read: &[ReadRow], reason: &str, words: &dyn Fn(&RowProblem) -> String) -> String {
    let _ = (table, read, reason, words);
    String::new()
}

impl RowSpec {
    /// The form of a row, as [`crate::form::validate`] wants it. `None`: the operation cannot be called at its place.
    pub fn draft(&self, operation: &Operation, new_id: &mut dyn FnMut() -> String) -> Option<Draft> {
        let draft = Draft::new(operation, new_id);
        let _ = &self.place;
        Some(draft)
    }
}
