//! A [`Follow`] as JSON.

use super::Follow;
use serde::Deserialize;
use thiserror::Error;

/// The version of the record that is written and read.
pub(super) const VERSION: u32 = 1;

/// Why a record cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RecordError {
    /// Another version of the console wrote it.
    #[error("version {0}")]
    Version(u32),
    /// It is no such record.
    #[error("{0}")]
    Broken(String),
}

impl Follow {
    /// The record to store. It holds ids, times, what to look at and what the last look showed, and no secret.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a record.
    pub fn from_json(text: &str) -> Result<Self, RecordError> {
        #[derive(Deserialize)]
        struct Version {
            version: u32,
        }
        let broken = |error: serde_json::Error| RecordError::Broken(error.to_string());
        let Version { version } = serde_json::from_str(text).map_err(broken)?;
        if version != VERSION {
            return Err(RecordError::Version(version));
        }
        serde_json::from_str(text).map_err(broken)
    }
}
