//! The nonces that were used. Each serves once, while its date could still be accepted.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use time::{Duration, OffsetDateTime};

/// Nonces with the time of their use.
#[derive(Default)]
pub(in crate::sandbox) struct Nonces {
    used: HashMap<String, OffsetDateTime>,
    /// How many there may be before the old ones are forgotten.
    most: usize,
}

impl Nonces {
    /// How long a nonce is remembered: a date is accepted this much before the clock and after it.
    const LIFE: Duration = Duration::minutes(30);
    /// So many take no time worth saving.
    const FEW: usize = 1024;

    /// Uses a nonce up. `false`: it was used before.
    pub(super) fn take(&mut self, nonce: &str, now: OffsetDateTime) -> bool {
        let is_remembered = |used: &OffsetDateTime| (now - *used).abs() <= Self::LIFE;
        // Twice as many as there were: each nonce is looked at a few times, however many there are.
        if self.used.len() >= self.most {
            self.used.retain(|_, used| is_remembered(used));
            self.most = Self::FEW.max(2 * self.used.len());
        }
        match self.used.entry(nonce.to_owned()) {
            Entry::Occupied(entry) if is_remembered(entry.get()) => false,
            entry => {
                entry.insert_entry(now);
                true
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_serves_again_when_its_date_cannot_be_accepted_any_more() {
        let start = time::macros::datetime!(2026-11-22 10:00:00 UTC);
        let mut nonces = Nonces::default();
        assert!(nonces.take("one", start));
        assert!(!nonces.take("one", start + Duration::minutes(30)));
        assert!(nonces.take("one", start + Duration::minutes(31)));
    }

    #[test]
    fn old_nonces_are_forgotten() {
        let start = time::macros::datetime!(2026-11-22 10:00:00 UTC);
        let mut nonces = Nonces::default();
        for number in 0..10_000 {
            assert!(nonces.take(&format!("{number}"), start + Duration::seconds(number)));
        }
        assert!(nonces.used.len() < 5_000, "{}", nonces.used.len());
    }
}
