//! What a lane does at the moment. It is not stored: a page that is opened again begins slowly.

/// The state of a lane.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Lane {}
