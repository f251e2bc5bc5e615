//! Why the browser's storage cannot be used.

use thiserror::Error;

/// What the browser says of its storage, for the page to tell.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StorageError {
    /// There is no IndexedDB, or the browser refuses it to this site: private windows, settings, policies.
    #[error("no storage: {0}")]
    NoStorage(String),
    /// The disk, or this site's share of it, is full.
    #[error("full")]
    Full,
    /// Another tab holds the storage in an older form.
    #[error("blocked")]
    Blocked,
    /// Anything else that the browser complains about.
    #[error("broken: {0}")]
    Broken(String),
}
