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

/// A time in milliseconds since 1970.
pub(super) mod milliseconds {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};
    use time::OffsetDateTime;

    pub(in crate::follow) fn serialize<S: Serializer>(time: &OffsetDateTime, serializer: S) -> Result<S::Ok, S::Error> {
        // The years that the type knows fit 64 bits.
        serializer.serialize_i64(i64::try_from(time.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX))
    }

    pub(in crate::follow) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<OffsetDateTime, D::Error> {
        let milliseconds = i64::deserialize(deserializer)?;
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000).map_err(D::Error::custom)
    }
}
