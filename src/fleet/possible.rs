//! What the user can do with a row now.

use super::{Fleet, FleetStage, PlanGroup, Row, RowEnd, RowState};
use crate::follow::{End, Why};

/// What the user can do with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Possible {
    /// [`super::EventKind::Retry`] looks once more for what became of its change. It is sent again only if the look shows that
    /// it was not carried out, or if the API recognises a repeated call.
    pub look_again: bool,
    /// [`super::EventKind::Retry`] sends it once more. If nobody knows what became of a call before, it is looked for first.
    pub try_again: bool,
    /// [`super::EventKind::Force`]: the user wants it all the same, with a reason. One that was sent is sent once more, although
    /// the change may be carried out twice then.
    pub insist: bool,
    /// [`super::EventKind::Skip`]
    pub skip: bool,
}

impl Fleet {
    /// What is possible with a row of this fleet.
    pub fn possible(&self, row: &Row) -> Possible {
        let stage = self.head.stage;
        // Whoever has stopped a run wants nothing sent.
        let sends = matches!(stage, FleetStage::Running | FleetStage::Paused(_) | FleetStage::Over);
        let looks = sends || stage == FleetStage::Stopped;
        let none = Possible::default();
        match &row.state {
            RowState::New | RowState::Checking(_) | RowState::Waiting(_) => Possible { skip: true, ..none },
            RowState::Planned(group) => {
                let insist = !looks && !row.forced && *group != PlanGroup::WillChange;
                Possible { insist, skip: true, ..none }
            }
            RowState::Sending { .. } | RowState::Following(_) => none,
            RowState::Over(end) => match end {
                RowEnd::Followed { end: End::NotSeen(_), .. } => Possible { look_again: looks, insist: sends, ..none },
                RowEnd::Followed { end: End::Unknown(why), .. } => {
                    // Nothing can be looked at: only the user can say what became of it.
                    let is_blind = matches!(why, Why::MissingValue(_) | Why::NotDescribed);
                    Possible { look_again: looks && !is_blind, insist: sends, ..none }
                }
                RowEnd::Followed { end: End::Failed(_) | End::NotCarriedOut, .. }
                | RowEnd::Refused { .. }
                | RowEnd::NotSent(_)
                | RowEnd::Skipped
                | RowEnd::Stopped => Possible { try_again: sends, ..none },
                RowEnd::NotPlanned(_) | RowEnd::AlreadyOn => Possible { insist: sends, ..none },
                RowEnd::Followed { end: End::Verified | End::Completed, .. } | RowEnd::Accepted => none,
            },
        }
    }
}
