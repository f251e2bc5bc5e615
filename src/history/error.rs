//! Why the browser's store of the history cannot be used.

use thiserror::Error;

/// What the browser says, for the page to tell. Nothing that is on the screen depends on the store.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum HistoryError {
    /// There is no IndexedDB, or the browser refuses it to this site: private windows, settings, policies.
    #[error("no storage: {0}")]
    NoStorage(String),
    /// The disk, or this site's share of it, is full.
    #[error("full")]
    Full,
    /// Another tab holds the store in an older form.
    #[error("blocked")]
    Blocked,
    /// Anything else that the browser complains about.
    #[error("broken: {0}")]
    Broken(String),
}
