//! Rows whose cells have a character between them (RFC 4180).

#[derive(Debug)]
pub(super) struct Reader {}
