//! Why the browser's store of the fleets cannot be used.

use super::RecordError;
use thiserror::Error;

/// What the browser says, for the page to tell. A run pauses: nothing may be sent that is not written down.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StoreError {
    /// There is no IndexedDB, or the browser refuses it to this site: private windows, settings, policies.
    #[error("no storage: {0}")]
    NoStorage(String),
    /// The disk, or this site's share of it, is full.
    #[error("full")]
    Full,
    /// Another tab holds the store in an older form.
    #[error("blocked")]
    Blocked,
    /// Another version of the console wrote what is stored.
    #[error("version {0}")]
    Version(u32),
    /// Anything else that the browser complains about, or a record that cannot be read.
    #[error("broken: {0}")]
    Broken(String),
}

impl From<RecordError> for StoreError {
    fn from(error: RecordError) -> Self {
        match error {
            RecordError::Version(version) => Self::Version(version),
            RecordError::Broken(complaint) => Self::Broken(complaint),
        }
    }
}
