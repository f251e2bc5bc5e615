//! The many instances of both accounts. Each is made from its number, and only when somebody asks for it.

mod setup;
mod strikes;

pub use setup::{FaultLevel, FaultRates, FleetSetup};
pub(super) use strikes::{Call, Strikes, around, course};

use super::ids::mix;

const NAMES: [&str; 8] = ["orders", "payments", "users", "stock", "billing", "sessions", "catalogue", "audit"];

/// The instances of one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fleet {
    pub(super) seed: u64,
    pub(super) size: usize,
}

/// An instance of a fleet as a simulation or a test looks at it; no call reports all of this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FleetInstance {
    pub id: String,
    pub name: String,
    /// As the list shows it while nothing changes the instance.
    pub status: &'static str,
    /// Whether SSL or HTTPS is on.
    pub is_on: bool,
    /// A change that was accepted is not over.
    pub is_changing: bool,
    /// A call that switches on would be accepted now, unless a fault strikes it.
    pub can_switch_on: bool,
    /// How many changes were accepted.
    pub switches: usize,
}

impl Fleet {
    /// `orders-001`
    pub(super) fn name(index: usize) -> String {
        let name = NAMES.get(index % NAMES.len()).copied().unwrap_or_default();
        format!("{name}-{:03}", index + 1)
    }

    /// Eight hexadecimal digits that look like chance.
    pub(super) fn digits(self, index: usize) -> String {
        let mixed = ((index as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ mix(self.seed)) >> 32;
        format!("{mixed:08x}")
    }

    /// The index whose id this is; `digits` is what the id has of it.
    pub(super) fn index_of(self, id: &str, digits: &str, id_of: impl Fn(Self, usize) -> String) -> Option<usize> {
        digits.parse().ok().filter(|index| *index < self.size && id_of(self, *index) == id)
    }

    /// A number below 1000 that decides one aspect of an instance. The same seed always gives the same.
    pub(super) fn chance(self, index: usize, aspect: u64) -> u64 {
        mix(mix(mix(self.seed).wrapping_add(index as u64)).wrapping_add(aspect)) % 1000
    }
}
