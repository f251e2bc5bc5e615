//! What the fleet of each account is like: how many instances, made from which seed, and what goes wrong how often.

use serde::{Deserialize, Serialize};

/// The fleet of each account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FleetSetup {
    /// Ids and states are made from it. 0 is the fleet that a new world has, and that the examples name.
    pub seed: u64,
    /// How many instances Huawei Cloud has, up to [`Self::MOST`].
    pub huawei: usize,
    /// How many instances Alibaba Cloud has, up to [`Self::MOST`].
    pub aliyun: usize,
    pub faults: FaultRates,
}

/// What goes wrong, with the calls for an instance of the fleet and with the list of tasks. Lists of instances are left
/// alone. All rates are per mille of the calls, or of the changes that they are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FaultRates {
    /// 429 with `Retry-After`.
    pub throttle: u16,
    /// 5xx, with JSON or without. Of one in four the call is carried out all the same.
    pub server_error: u16,
    /// No answer. In half of the cases the call is carried out all the same.
    pub lost: u16,
    /// A change is refused because something else is under way. The next call finds it over.
    pub busy: u16,
    /// A change that was accepted fails, and the setting stays as it was.
    pub failed_job: u16,
    /// Nobody sees a change for 30 seconds after its acceptance.
    pub late_job: u16,
    /// From this call on, counted for each cloud, the first token or temporary key that a call carries is over: one only,
    /// and for ever. A key that is no temporary one goes on.
    pub expires_with_call: Option<u32>,
    /// How many calls each cloud takes in a second; those above are throttled.
    pub calls_a_second: Option<u32>,
}

/// How often something goes wrong, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultLevel {
    /// Nothing does.
    None,
    /// One call in a hundred, in each way, and a cloud takes a hundred calls in a second.
    Few,
    /// Five calls in a hundred, in each way, a cloud takes twenty calls in a second, and one token of each ends on the way.
    Many,
}

impl FaultLevel {
    pub const ALL: [Self; 3] = [Self::None, Self::Few, Self::Many];

    pub fn rates(self) -> FaultRates {
        match self {
            Self::None => FaultRates::default(),
            Self::Few => FaultRates { calls_a_second: Some(100), ..FaultRates::each(10) },
            Self::Many => FaultRates { calls_a_second: Some(20), expires_with_call: Some(300), ..FaultRates::each(50) },
        }
    }

    /// The level that these rates are; [`Self::None`] where they are those of no level.
    pub fn of(rates: FaultRates) -> Self {
        Self::ALL.into_iter().find(|level| level.rates() == rates).unwrap_or(Self::None)
    }
}

impl FleetSetup {
    /// The most instances of an account.
    pub const MOST: usize = 10_000;

    /// As many instances as there may be at most.
    pub(in crate::sandbox) fn within_limits(self) -> Self {
        Self { huawei: self.huawei.min(Self::MOST), aliyun: self.aliyun.min(Self::MOST), ..self }
    }
}

impl Default for FleetSetup {
    fn default() -> Self {
        Self { seed: 0, huawei: 120, aliyun: 120, faults: FaultRates::default() }
    }
}

impl FaultRates {
    /// Every fault at this rate, without an expired credential and without a limit.
    pub const fn each(per_mille: u16) -> Self {
        Self {
            throttle: per_mille,
            server_error: per_mille,
            lost: per_mille,
            busy: per_mille,
            failed_job: per_mille,
            late_job: per_mille,
            expires_with_call: None,
            calls_a_second: None,
        }
    }

    pub(super) fn strikes_calls(&self) -> bool {
        [self.throttle, self.server_error, self.lost, self.busy].iter().any(|rate| *rate > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_known_by_their_level() {
        for level in FaultLevel::ALL {
            assert_eq!(FaultLevel::of(level.rates()), level);
        }
        assert_eq!(FaultLevel::of(FaultRates::each(33)), FaultLevel::None);
    }
}
