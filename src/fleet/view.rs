//! What the screen shows of a fleet as a whole.

use super::{Fleet, PlanGroup, RowState};
use time::Duration;

/// How many rows are where. The sum is the number of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Nothing was asked about them.
    pub new: usize,
    /// Their preconditions are read.
    pub checking: usize,
    pub will_change: usize,
    pub already_on: usize,
    pub refused: usize,
    pub cannot_be_known: usize,
    /// To be sent.
    pub waiting: usize,
    /// Sent, and not over.
    pub under_way: usize,
    /// Ended as it was wanted, those that were on already left out.
    pub done: usize,
    pub failed: usize,
    pub skipped: usize,
}

/// How long the rest takes, and how many calls it makes, as far as anybody can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Remaining {
    pub time: Duration,
    pub calls: usize,
}

impl Fleet {
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for row in self.rows.values() {
            let count = match &row.state {
                RowState::New => &mut counts.new,
                RowState::Checking(_) => &mut counts.checking,
                RowState::Planned(PlanGroup::WillChange) => &mut counts.will_change,
                RowState::Planned(PlanGroup::AlreadyOn) => &mut counts.already_on,
                RowState::Planned(PlanGroup::Refused(_)) => &mut counts.refused,
                RowState::Planned(PlanGroup::CannotBeKnown(_)) => &mut counts.cannot_be_known,
                RowState::Waiting(_) => &mut counts.waiting,
                RowState::Sending { .. } | RowState::Following(_) => &mut counts.under_way,
                RowState::Over(super::RowEnd::AlreadyOn) => &mut counts.already_on,
                RowState::Over(end) if end.is_good() => &mut counts.done,
                RowState::Over(end) if end.is_failure() => &mut counts.failed,
                RowState::Over(_) => &mut counts.skipped,
            };
            *count += 1;
        }
        counts
    }
}
