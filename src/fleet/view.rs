//! What the screen shows of a fleet as a whole.

mod estimate;
mod lanes;

pub(super) use estimate::Measured;
pub use estimate::Remaining;
pub use lanes::{LaneView, Statuses, Trouble, TroubleGroup, Wait};

use super::{Fleet, FleetStage, PlanGroup, Row, RowEnd, RowState};

/// Where a row stands, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowGroup {
    /// Nothing was asked about it.
    New,
    /// Its preconditions are read.
    Checking,
    /// It is to be sent when the run starts, because the plan or the user says so.
    WillChange,
    AlreadyOn,
    /// The plan refused it.
    Refused,
    /// The plan could not find out whether it may be sent.
    CannotBeKnown,
    /// To be sent.
    Waiting,
    /// Sent, and not over.
    UnderWay,
    /// Ended as it was wanted; one that was on already is not in it.
    Done,
    Failed,
    /// Sent, and nobody knows what became of it.
    Unknown,
    /// The user left it out.
    Skipped,
    /// The user stopped the run before.
    Stopped,
}

impl Row {
    pub fn group(&self) -> RowGroup {
        match &self.state {
            RowState::New => RowGroup::New,
            RowState::Checking(_) => RowGroup::Checking,
            RowState::Planned(_) if self.forced => RowGroup::WillChange,
            RowState::Over(RowEnd::AlreadyOn) => RowGroup::AlreadyOn,
            RowState::Planned(group) | RowState::Over(RowEnd::NotPlanned(group)) => match group {
                PlanGroup::WillChange => RowGroup::WillChange,
                PlanGroup::AlreadyOn => RowGroup::AlreadyOn,
                PlanGroup::Refused(_) => RowGroup::Refused,
                PlanGroup::CannotBeKnown(_) => RowGroup::CannotBeKnown,
            },
            RowState::Waiting(_) => RowGroup::Waiting,
            RowState::Sending { .. } | RowState::Following(_) => RowGroup::UnderWay,
            RowState::Over(end) if end.is_good() => RowGroup::Done,
            RowState::Over(end) if end.is_unknown() => RowGroup::Unknown,
            RowState::Over(RowEnd::Stopped) => RowGroup::Stopped,
            RowState::Over(end) if end.is_failure() => RowGroup::Failed,
            RowState::Over(_) => RowGroup::Skipped,
        }
    }
}

/// How many rows are where. The sum is the number of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub new: usize,
    pub checking: usize,
    pub will_change: usize,
    pub already_on: usize,
    pub refused: usize,
    pub cannot_be_known: usize,
    pub waiting: usize,
    pub under_way: usize,
    pub done: usize,
    pub failed: usize,
    pub unknown: usize,
    pub skipped: usize,
    pub stopped: usize,
}

impl Counts {
    pub(super) fn of(&mut self, group: RowGroup) -> &mut usize {
        match group {
            RowGroup::New => &mut self.new,
            RowGroup::Checking => &mut self.checking,
            RowGroup::WillChange => &mut self.will_change,
            RowGroup::AlreadyOn => &mut self.already_on,
            RowGroup::Refused => &mut self.refused,
            RowGroup::CannotBeKnown => &mut self.cannot_be_known,
            RowGroup::Waiting => &mut self.waiting,
            RowGroup::UnderWay => &mut self.under_way,
            RowGroup::Done => &mut self.done,
            RowGroup::Failed => &mut self.failed,
            RowGroup::Unknown => &mut self.unknown,
            RowGroup::Skipped => &mut self.skipped,
            RowGroup::Stopped => &mut self.stopped,
        }
    }

    fn add(&mut self, other: &Self) {
        RowGroup::ALL.into_iter().for_each(|group| *self.of(group) += other.of_group(group));
    }

    /// Rows that the plan has not put into a group.
    pub(super) fn unplanned(&self) -> usize {
        self.new + self.checking
    }

    /// Rows without an end, once a run began: what the plan did not let pass has its end then.
    pub fn open(&self) -> usize {
        self.unplanned() + self.will_change + self.waiting + self.under_way
    }

    /// How many rows of a run are over, of those that it is to change: neither what was as wanted, nor what the plan or the user
    /// left out.
    pub fn progress(&self) -> (usize, usize) {
        let over = self.done + self.failures() + self.stopped;
        (over, over + self.open())
    }

    /// Rows that count against the error threshold, and can be tried again.
    pub const fn failures(&self) -> usize {
        self.failed + self.unknown
    }
}

impl Fleet {
    pub fn counts(&self) -> Counts {
        // While rows are chosen, they come and go by other hands.
        if self.head.stage == FleetStage::Choosing {
            return self.counts_of_rows();
        }
        let mut counts = Counts::default();
        self.memory.lanes.values().for_each(|lane| counts.add(&lane.counts));
        counts
    }
}
