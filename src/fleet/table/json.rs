//! Rows from JSON: an array, or values one after the other.

#[derive(Debug)]
pub(super) struct Reader {}
