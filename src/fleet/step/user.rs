//! What the user does.

use super::Step;
use crate::credentials::ProfileId;
use crate::fleet::lane::Nudge;
use crate::fleet::{Due, Fleet, FleetStage, Override, PauseReason, RowEnd, RowId, RowState};
use crate::follow::{End, Why};

impl Fleet {
    pub(super) fn start(&mut self, step: &mut Step) {
        self.rebuild();
        // Rows may have come after the plan was made.
        if self.head.stage != FleetStage::Planned || self.counts().unplanned() > 0 {
            return;
        }
        self.head.stage = FleetStage::Running;
        self.head.started = Some(step.now);
        (step.head, step.all) = (true, true);
        let rows: Vec<RowId> = self.rows.keys().copied().collect();
        for row in rows {
            self.start_row(step, row);
            self.enqueue(step, row);
        }
    }

    pub(super) fn pause(&mut self, step: &mut Step, reason: PauseReason) {
        self.pause_with(step, reason);
    }

    pub(super) fn resume(&mut self, step: &mut Step) {
        if !matches!(self.head.stage, FleetStage::Paused(_) | FleetStage::Running) {
            return;
        }
        self.head.stage = FleetStage::Running;
        for (key, _) in std::mem::take(&mut self.head.halted) {
            if let Some(lane) = self.memory.lanes.get_mut(&key) {
                lane.forgiven = lane.counts.failed;
            }
        }
        (step.head, step.all) = (true, true);
    }

    pub(super) fn stop(&mut self, step: &mut Step) {
        match self.head.stage {
            FleetStage::Planning => self.break_plan_off(step),
            FleetStage::Running | FleetStage::Paused(_) => {
                self.head.stage = FleetStage::Stopped;
                (step.head, step.all) = (true, true);
                self.withdraw_all(step, None);
                let is_waiting = |id: &RowId| self.due(*id).is_some();
                let rows: Vec<RowId> = self.rows.keys().copied().filter(is_waiting).collect();
                rows.into_iter().for_each(|row| self.give_up(step, row));
                self.memory.lanes.values_mut().for_each(|lane| lane.waiting = Default::default());
                self.memory.blocked.clear();
            }
            _ => {}
        }
    }

    /// The user insists on a row.
    pub(super) fn force(&mut self, step: &mut Step, id: RowId, words: String) {
        let Some(row) = self.rows.get_mut(&id) else { return };
        let before = row.group();
        let is_run = matches!(self.head.stage, FleetStage::Running | FleetStage::Paused(_) | FleetStage::Over);
        match &row.state {
            RowState::Planned(_) if !is_run && !row.forced => {
                row.forced = true;
                let after = row.group();
                step.rows.insert(id);
                self.count(id, before, after);
            }
            RowState::Over(
                RowEnd::NotPlanned(_) | RowEnd::AlreadyOn | RowEnd::Followed { end: End::Unknown(_), .. },
            ) if is_run => {
                row.forced = true;
                self.begin_again(step, id);
            }
            _ => return,
        }
        self.head.overrides.push(Override { at: step.now, row: Some(id), words });
        step.head = true;
    }

    /// The user does not want a row that is not sent.
    pub(super) fn skip(&mut self, step: &mut Step, id: RowId) {
        self.withdraw(step, id);
        let Some(row) = self.rows.get(&id) else { return };
        match row.state {
            RowState::New | RowState::Checking(_) | RowState::Planned(_) | RowState::Waiting(_) => {}
            RowState::Sending { .. } | RowState::Following(_) | RowState::Over(_) => return,
        }
        let due = self.due(id);
        if let Some(slot) = self.slot(id)
            && let Some(lane) = self.lane_mut(id)
        {
            lane.waiting.remove(slot.ticket, due);
            lane.to_read.remove(slot.ticket, None);
            lane.reading.remove(&id);
        }
        self.memory.blocked.remove(&id);
        self.give_up(step, id);
    }

    pub(super) fn retry(&mut self, step: &mut Step, rows: Vec<RowId>) {
        let is_run = matches!(
            self.head.stage,
            FleetStage::Running | FleetStage::Paused(_) | FleetStage::Stopped | FleetStage::Over
        );
        for id in rows {
            let Some(RowState::Over(end)) = self.rows.get(&id).filter(|_| is_run).map(|row| &row.state) else {
                continue;
            };
            match end {
                RowEnd::Followed { end: end @ (End::Unknown(_) | End::NotSeen(_)), follow } => {
                    // Nothing can be looked at: only the user can say what became of it.
                    if !matches!(end, End::Unknown(Why::MissingValue(_) | Why::NotDescribed)) {
                        let follow = follow.clone();
                        self.reopen(step);
                        if let Some(row) = self.rows.get_mut(&id) {
                            (row.repeats, row.ended) = (0, None);
                        }
                        self.set(step, id, RowState::Following(follow));
                        self.schedule(id, step.now, Nudge::LookNow);
                    }
                }
                RowEnd::Followed { end: End::Failed(_) | End::NotCarriedOut, .. }
                | RowEnd::Refused { .. }
                | RowEnd::NotSent(_)
                | RowEnd::Skipped => self.begin_again(step, id),
                RowEnd::Followed { .. } | RowEnd::Accepted | RowEnd::AlreadyOn | RowEnd::NotPlanned(_) => {}
            }
        }
    }

    /// A row that was over waits again. It is a new call for the API, unless nobody knows what became of the one before.
    fn begin_again(&mut self, step: &mut Step, id: RowId) {
        if self.head.stage == FleetStage::Stopped {
            return;
        }
        self.reopen(step);
        let random = [step.random(), step.random(), step.random(), step.random()];
        let Some(row) = self.rows.get_mut(&id) else { return };
        if row.doubt.is_none() {
            row.token ^= random.into_iter().fold(0, |all, random| (all << 32) | u128::from(random));
        }
        (row.refusals, row.repeats, row.ended) = (0, 0, None);
        self.set(step, id, RowState::Waiting(Due(step.now)));
        self.enqueue(step, id);
    }

    /// A run that was over goes on.
    fn reopen(&mut self, step: &mut Step) {
        step.all = true;
        if self.head.stage == FleetStage::Over {
            self.head.stage = FleetStage::Running;
            self.head.ended = None;
            step.head = true;
        }
    }

    pub(super) fn credential_ready(&mut self, step: &mut Step, profile: ProfileId) {
        let Some(rows) = self.memory.in_need.remove(&profile) else { return };
        step.all = true;
        rows.into_iter().for_each(|row| self.schedule(row, step.now, Nudge::CredentialReady));
    }
}
