//! What is wrong with a row, or odd about it. The words are in `ui::words`.

use crate::fleet::RowId;
use crate::form::{FieldIssue, FieldWarning};

/// Something that is wrong with a row.
#[derive(Debug, Clone, PartialEq)]
pub enum RowProblem {
    /// No description has such a provider.
    UnknownProvider { text: String, nearest: Option<String> },
    /// The row does not say which API it is about: it may be any of these (their titles).
    NoProvider { candidates: Vec<String> },
    /// No act of the API, or of any, is called so; `offered`: those that there are, in short words.
    UnknownAct { text: String, offered: Vec<String> },
    /// Several acts are called so, or, with an empty text, the row names none.
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
    /// The field is a secret or a file, or a secret stands in it: no table and no plan may hold it.
    Secret { name: String },
    /// The console makes the value of this field for each call.
    Generated { name: String },
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
    /// Another row is about the same subject in this region.
    OtherRegion { region: String },
    /// The act has no such field: the cell is not used.
    UnusedField { name: String },
}
