//! Records as a text to take away.

use super::{Record, VERSION};
use serde::Serialize;

/// The records as JSON, as they are stored.
pub fn to_json(records: &[Record]) -> String {
    #[derive(Serialize)]
    struct File<'a> {
        version: u32,
        records: &'a [Record],
    }
    serde_json::to_string_pretty(&File { version: VERSION, records }).unwrap_or_default()
}
