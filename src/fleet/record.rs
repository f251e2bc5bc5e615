//! A fleet as JSON: its head, and each of its rows apart.

use super::{Head, Row, VERSION};
use crate::follow::RecordError;
use serde::{Deserialize, Serialize};

/// The record of a row.
#[derive(Debug, Serialize, Deserialize)]
struct RowRecord<T> {
    version: u32,
    row: T,
}

impl Head {
    /// The record to store.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a record.
    pub fn from_json(text: &str) -> Result<Self, RecordError> {
        check_version(text)?;
        serde_json::from_str(text).map_err(broken)
    }
}

impl Row {
    /// The record to store.
    pub fn to_json(&self) -> String {
        serde_json::to_string(&RowRecord { version: VERSION, row: self }).unwrap_or_default()
    }

    /// Reads a record.
    pub fn from_json(text: &str) -> Result<Self, RecordError> {
        check_version(text)?;
        serde_json::from_str(text).map(|record: RowRecord<Self>| record.row).map_err(broken)
    }
}

fn check_version(text: &str) -> Result<(), RecordError> {
    #[derive(Deserialize)]
    struct Version {
        version: u32,
    }
    match serde_json::from_str(text).map_err(broken)? {
        Version { version: VERSION } => Ok(()),
        Version { version } => Err(RecordError::Version(version)),
    }
}

fn broken(error: serde_json::Error) -> RecordError {
    RecordError::Broken(error.to_string())
}
