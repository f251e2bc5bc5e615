//! The fleet is new on this page.

use super::Step;
use crate::fleet::lane::Nudge;
use crate::fleet::{Fleet, FleetStage, PauseReason, PlanGroup, Row, RowEnd, RowId, RowState};
use crate::follow::{Follow, Need};

impl Fleet {
    /// Takes up what was stored. Some records may be older than others: what came last before the page ended may be lost.
    pub(super) fn opened(&mut self, step: &mut Step) {
        match self.head.stage {
            FleetStage::Choosing | FleetStage::Planned | FleetStage::Planning => self.unstart(step),
            FleetStage::Running if self.rows.values().any(may_be_sent) => {
                self.head.stage = FleetStage::Paused(PauseReason::Reopened);
                step.head = true;
            }
            FleetStage::Over if self.rows.values().any(|row| row.end().is_none()) => {
                self.head.stage = FleetStage::Paused(PauseReason::Reopened);
                self.head.ended = None;
                step.head = true;
            }
            _ => {}
        }
        self.rebuild();
        if self.head.stage != FleetStage::Choosing {
            for (key, lane) in &mut self.memory.lanes {
                lane.rate.begin(step.now, self.head.limits_of(key).rate);
            }
        }
        if self.head.stage == FleetStage::Planning {
            self.read_all(step.now);
        }
        let rows: Vec<RowId> = self.rows.keys().copied().collect();
        let is_run = matches!(self.head.stage, FleetStage::Running | FleetStage::Paused(_) | FleetStage::Stopped);
        if is_run {
            rows.into_iter().for_each(|row| self.take_up(step, row));
        }
    }

    /// Rows of a run whose head was not stored: nothing of it was sent.
    fn unstart(&mut self, step: &mut Step) {
        for row in self.rows.values_mut() {
            if matches!(row.state, RowState::Waiting(_)) && row.sends == 0 {
                row.state = RowState::Planned(PlanGroup::WillChange);
                step.rows.insert(row.id);
            }
        }
    }

    fn take_up(&mut self, step: &mut Step, id: RowId) {
        let is_stopped = self.head.stage == FleetStage::Stopped;
        let Some(row) = self.rows.get(&id) else { return };
        match &row.state {
            RowState::Waiting(_) if is_stopped => self.give_up(step, id, RowEnd::Stopped),
            RowState::New | RowState::Checking(_) if is_stopped => self.over(step, id, RowEnd::Stopped),
            RowState::Planned(group) if is_stopped && (row.forced || *group == PlanGroup::WillChange) => {
                self.over(step, id, RowEnd::Stopped);
            }
            RowState::Planned(_) => {
                self.start_row(step, id);
                self.enqueue(step, id);
            }
            RowState::Waiting(_) => self.enqueue(step, id),
            RowState::Sending { call, since } => {
                let (call, since) = (call.clone(), *since);
                // A row that was being looked at has no fresh look; any other one may have been sent, and its answer is lost.
                let may_be_sent = row.doubt.is_none() || row.looked.is_some();
                if let Some(row) = self.rows.get_mut(&id).filter(|row| may_be_sent && row.conflict.is_some()) {
                    row.conflict = None;
                    step.rows.insert(id);
                }
                self.recover(step, id, call, since);
            }
            RowState::Following(follow) => {
                if follow.need() == Some(Need::Credential) {
                    self.followed(step, id);
                } else {
                    // The user wanted to look again at one that was over, and the page ended before it did.
                    let nudge = if follow.end().is_some() { Nudge::LookNow } else { Nudge::Opened };
                    self.schedule(id, step.now, nudge);
                }
            }
            // Nothing of these can be in a run.
            RowState::New | RowState::Checking(_) => self.over(step, id, RowEnd::Skipped),
            RowState::Over(_) => {}
        }
    }
}

/// Whether a call that switches may still be made for a row.
fn may_be_sent(row: &Row) -> bool {
    match &row.state {
        RowState::Over(_) => false,
        RowState::Following(follow) => Follow::is_recovering(follow),
        _ => true,
    }
}
