//! The lock-out rail: a cloud that locks a key after several bad signatures never gets that far.

use super::Panels;
use crate::small_map::SmallMap;
use crate::ui::text;
use leptos::prelude::*;

/// Bad signatures in a row after which the console stops by itself.
pub(super) const STOP_AFTER: usize = 2;

/// Bad signatures in a row, by profile.
#[derive(Debug, Default)]
pub(super) struct Failures(SmallMap<u64, Count>);

#[derive(Debug, Clone, Copy, Default)]
struct Count {
    in_a_row: usize,
    /// The user wants one more try.
    allowed: bool,
}

impl Failures {
    fn of(&self, profile: u64) -> Count {
        self.0.find(|other| *other == profile).copied().unwrap_or_default()
    }
}

impl Panels {
    /// The number of bad signatures in a row, if no more may be sent with this profile.
    pub(super) fn stopped(self, profile: u64) -> Option<usize> {
        let count = self.failures.with(|failures| failures.of(profile));
        (count.in_a_row >= STOP_AFTER && !count.allowed).then_some(count.in_a_row)
    }

    /// Lets one more request be signed.
    pub(super) fn allow_one(self, profile: u64) {
        self.failures.update(|failures| {
            let count = Count { allowed: true, ..failures.of(profile) };
            failures.0.insert(profile, count);
        });
        self.announce(text::ONE_MORE_ALLOWED);
    }

    /// Counts what became of a signature.
    pub(super) fn signature_was(self, profile: u64, good: bool) {
        self.failures.update(|failures| {
            let in_a_row = if good { 0 } else { failures.of(profile).in_a_row + 1 };
            failures.0.insert(profile, Count { in_a_row, allowed: false });
        });
    }
}
