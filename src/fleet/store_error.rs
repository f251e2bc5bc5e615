//! Why a stored fleet cannot be used.

use super::RecordError;
use crate::storage_error::StorageError;
use thiserror::Error;

/// A run pauses: nothing may be sent that is not written down.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StoreError {
    /// The browser's storage refuses.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// Another version of the console wrote what is stored.
    #[error("version {0}")]
    Version(u32),
    /// A record that cannot be read.
    #[error("unreadable: {0}")]
    Unreadable(String),
}

impl From<RecordError> for StoreError {
    fn from(error: RecordError) -> Self {
        match error {
            RecordError::Version(version) => Self::Version(version),
            RecordError::Broken(complaint) => Self::Unreadable(complaint),
        }
    }
}
