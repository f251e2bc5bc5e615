//! The time of the fleet: that of the simulated clouds may go faster than this computer's.

use super::FleetStore;
use crate::proxy::ConnectionKind;
use crate::ui::platform::dates;
use leptos::prelude::*;
use time::{Duration, OffsetDateTime, UtcOffset};

impl FleetStore {
    /// Whether it is a fleet of the simulated clouds.
    pub(crate) fn is_simulated(self) -> bool {
        let name = self.with(|fleet| fleet.head.connection.clone()).unwrap_or_default();
        let connection = untrack(|| self.settings.connection_named(&name));
        connection.is_some_and(|connection| connection.kind == ConnectionKind::Sandbox)
    }

    /// By how much its time is ahead of this computer's: the time of the simulated clouds may go faster.
    pub(crate) fn ahead(self) -> Duration {
        if self.is_simulated() { self.follows.simulated_ahead() - self.begun.get_value() } else { Duration::ZERO }
    }

    /// How long this computer has to wait until such a time.
    pub(crate) fn wait_until(self, time: OffsetDateTime) -> std::time::Duration {
        let speed = if self.is_simulated() { untrack(|| self.follows.speed()) } else { 1 };
        ((time - self.now()) / speed.max(1)).try_into().unwrap_or_default()
    }

    /// The time by which the fleet waits, with the offset of the user's clock.
    pub(crate) fn now(self) -> OffsetDateTime {
        let offset =
            UtcOffset::from_whole_seconds(dates::offset_minutes().saturating_mul(60)).unwrap_or(UtcOffset::UTC);
        (dates::now() + self.ahead()).to_offset(offset)
    }
}
