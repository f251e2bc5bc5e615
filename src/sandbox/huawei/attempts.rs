//! Failures in a row, and the lock that follows.

use std::collections::BTreeMap;

use time::{Duration, OffsetDateTime};

/// Counts for each key or user.
#[derive(Debug)]
pub(super) struct Attempts {
    limit: u32,
    locks_for: Duration,
    /// How many failed in a row, and when the last one was.
    failed: BTreeMap<String, (u32, OffsetDateTime)>,
}

impl Attempts {
    pub(super) fn new(limit: u32, locks_for: Duration) -> Self {
        Self { limit, locks_for, failed: BTreeMap::new() }
    }

    pub(super) fn is_locked(&self, id: &str, now: OffsetDateTime) -> bool {
        self.failed.get(id).is_some_and(|(count, last)| *count >= self.limit && now < *last + self.locks_for)
    }

    /// A failure; the first one after a lock begins a new row.
    pub(super) fn fail(&mut self, id: &str, now: OffsetDateTime) {
        let (count, last) = self.failed.entry(id.to_owned()).or_insert((0, now));
        *count = if *count >= self.limit { 1 } else { *count + 1 };
        *last = now;
    }

    pub(super) fn succeed(&mut self, id: &str) {
        self.failed.remove(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

    #[test]
    fn the_last_failure_allowed_locks_for_the_time_agreed() {
        let mut attempts = Attempts::new(2, Duration::MINUTE);
        attempts.fail("a", NOW);
        assert!(!attempts.is_locked("a", NOW));
        attempts.fail("a", NOW);
        assert!(attempts.is_locked("a", NOW + Duration::seconds(59)) && !attempts.is_locked("b", NOW));
        assert!(!attempts.is_locked("a", NOW + Duration::MINUTE));
        attempts.fail("a", NOW + Duration::MINUTE);
        assert!(!attempts.is_locked("a", NOW + Duration::MINUTE));
    }

    #[test]
    fn a_success_ends_the_row() {
        let mut attempts = Attempts::new(2, Duration::MINUTE);
        attempts.fail("a", NOW);
        attempts.succeed("a");
        attempts.fail("a", NOW);
        assert!(!attempts.is_locked("a", NOW));
    }
}
