//! How much is kept, and what is dropped to make room.

use super::Summary;

/// The text of a body that is kept. Answers of these APIs are some kilobytes; a list of ten thousand instances is cut.
pub const MOST_OF_A_BODY: usize = 256 * 1024;

/// The characters of a note: a note is a remark, not a document, and every list reads it.
pub const MOST_OF_A_NOTE: usize = 2_000;

/// What all records together may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub records: usize,
    pub bytes: u64,
}

impl Limits {
    /// 5 000 calls are months of work, and their summaries are still read in a moment. 50 MB is a small part of what a
    /// browser gives to a site, so that the vault beside it never lacks room.
    pub const USUAL: Self = Self { records: 5_000, bytes: 50 * 1024 * 1024 };

    pub const fn is_exceeded(self, records: usize, bytes: u64) -> bool {
        records > self.records || bytes > self.bytes
    }

    /// Where dropping ends: with some room, or every call after it would have to drop again.
    const fn with_room(self) -> Self {
        Self { records: self.records - self.records / 20, bytes: self.bytes - self.bytes / 20 }
    }
}

/// The ids of the records to drop: the oldest first, until both limits hold again with some room. A pinned record stays, and
/// so does the one that was just `written`, whatever the clock says.
pub fn to_drop(summaries: &[Summary], limits: Limits, written: &str) -> Vec<String> {
    let mut records = summaries.len();
    let mut bytes = summaries.iter().fold(0_u64, |sum, summary| sum.saturating_add(summary.bytes));
    if !limits.is_exceeded(records, bytes) {
        return Vec::new();
    }
    let mut candidates: Vec<&Summary> =
        summaries.iter().filter(|summary| !summary.pinned && summary.id != written).collect();
    candidates.sort_by_key(|summary| summary.started);
    let limits = limits.with_room();
    let mut dropped = Vec::new();
    for summary in candidates {
        if !limits.is_exceeded(records, bytes) {
            break;
        }
        records -= 1;
        bytes = bytes.saturating_sub(summary.bytes);
        dropped.push(summary.id.clone());
    }
    dropped
}
