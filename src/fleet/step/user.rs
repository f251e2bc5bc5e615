//! What the user does.

use super::Step;
use crate::credentials::ProfileId;
use crate::fleet::lane::Nudge;
use crate::fleet::{Due, Fleet, FleetProfile, FleetStage, Override, PauseReason, Row, RowEnd, RowId, RowState};
use crate::follow::{End, Why};

impl Fleet {
    pub(super) fn start(&mut self, step: &mut Step) {
        if self.head.stage != FleetStage::Planned {
            return;
        }
        // Rows may have come after the plan was made.
        self.rebuild();
        if self.counts().unplanned() > 0 {
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
        self.forgive();
        (step.head, step.all) = (true, true);
    }

    /// Failures until now halt no lane any more.
    fn forgive(&mut self) {
        for (key, _) in std::mem::take(&mut self.head.halted) {
            if let Some(lane) = self.memory.lanes.get_mut(&key) {
                lane.forgiven = lane.counts.failures();
            }
        }
    }

    pub(super) fn stop(&mut self, step: &mut Step) {
        match self.head.stage {
            FleetStage::Planning => self.break_plan_off(step),
            FleetStage::Running | FleetStage::Paused(_) => {
                self.head.stage = FleetStage::Stopped;
                self.head.stopped = Some(step.now);
                (step.head, step.all) = (true, true);
                self.withdraw_all(step, None);
                let is_waiting = |id: &RowId| self.due(*id).is_some();
                let rows: Vec<RowId> = self.rows.keys().copied().filter(is_waiting).collect();
                rows.into_iter().for_each(|row| self.give_up(step, row, RowEnd::Stopped));
                self.memory.lanes.values_mut().for_each(|lane| lane.waiting = Default::default());
                self.memory.blocked.clear();
            }
            _ => {}
        }
    }

    /// The user insists on a row.
    pub(super) fn force(&mut self, step: &mut Step, id: RowId, words: String) {
        if !self.rows.get(&id).is_some_and(|row| self.possible(row).insist) {
            return;
        }
        let Some(row) = self.rows.get_mut(&id) else { return };
        let before = row.group();
        row.forced = true;
        if matches!(row.state, RowState::Over(_)) {
            // The user knows what the looks found.
            row.looked = Some(step.now);
            self.begin_again(step, id);
        } else {
            let after = row.group();
            step.rows.insert(id);
            self.count(id, before, after);
        }
        self.head.overrides.push(Override { at: step.now, row: Some(id), words });
        step.head = true;
    }

    /// The user does not want a row that is not sent.
    pub(super) fn skip(&mut self, step: &mut Step, id: RowId) {
        self.withdraw(step, id);
        if !self.rows.get(&id).is_some_and(|row| self.possible(row).skip) {
            return;
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
        self.give_up(step, id, RowEnd::Skipped);
    }

    pub(super) fn retry(&mut self, step: &mut Step, rows: Vec<RowId>) {
        for id in rows {
            let Some(possible) = self.rows.get(&id).map(|row| self.possible(row)) else { continue };
            if possible.look_again {
                self.look_again(step, id);
            } else if possible.try_again {
                self.begin_again(step, id);
            }
        }
    }

    /// A row of which nobody knows what became of it is looked at once more.
    fn look_again(&mut self, step: &mut Step, id: RowId) {
        self.reopen(step);
        let Some(row) = self.rows.get_mut(&id) else { return };
        (row.repeats, row.ended) = (0, None);
        let RowState::Over(RowEnd::Followed { end, follow }) = &row.state else { return };
        // There was nothing to look with: there may be now.
        let is_blind = matches!(end, End::Unknown(Why::NotOffered));
        let follow = follow.clone();
        if !is_blind || !self.look_back(step, id) {
            self.set(step, id, RowState::Following(follow));
            self.take_place(id);
            self.schedule(id, step.now, Nudge::LookNow);
        }
    }

    /// A row that was over waits again. It is a new call for the API, unless nobody knows what became of the one before.
    fn begin_again(&mut self, step: &mut Step, id: RowId) {
        self.reopen(step);
        let random = [step.random(), step.random(), step.random(), step.random()];
        let Some(row) = self.rows.get_mut(&id) else { return };
        if row.doubt.is_none() {
            row.token ^= random.into_iter().fold(0, |all, random| (all << 32) | u128::from(random));
        }
        (row.refusals, row.waited, row.repeats, row.ended) = (0, 0, 0, None);
        self.memory.denied.remove(&id);
        self.set(step, id, RowState::Waiting(Due(step.now)));
        self.enqueue(step, id);
    }

    /// A run that was over goes on. No row waited in it: none but those that the user wants begins in a lane that was halted, or
    /// would have been if rows had still waited.
    fn reopen(&mut self, step: &mut Step) {
        step.all = true;
        if self.head.stage == FleetStage::Over {
            self.head.halted.clear();
            self.memory.lanes.values_mut().for_each(|lane| lane.forgiven = lane.counts.failures());
            self.head.stage = FleetStage::Running;
            self.head.ended = None;
            step.head = true;
        }
    }

    /// Another profile signs the rows of one that is gone, but for those that it sent and that are over: it did sign them.
    pub(super) fn adopt(&mut self, step: &mut Step, gone: ProfileId, signer: FleetProfile, words: String) {
        let by = signer.id;
        self.head.add_signer(signer);
        let is_own = |row: &Row| row.spec.profile == Some(gone) && (row.end().is_none() || row.sends == 0);
        for row in self.rows.values_mut().filter(|row| is_own(row)) {
            row.spec.profile = Some(by);
            step.rows.insert(row.id);
        }
        self.memory.adopt(&step.rows, gone, by);
        self.head.overrides.push(Override { at: step.now, row: None, words });
        (step.head, step.all) = (true, true);
        self.credential_ready(step, gone);
    }

    /// The page has no credential of this profile. It is asked for at once, not when the next call is due.
    pub(super) fn credential_missing(&mut self, step: &mut Step, profile: ProfileId) {
        if self.row_of_each_profile().iter().any(|row| row.spec.profile.unwrap_or_default() == profile) {
            self.need(step, profile);
        }
    }

    pub(super) fn credential_ready(&mut self, step: &mut Step, profile: ProfileId) {
        *self.memory.replaced.entry(profile).or_default() += 1;
        self.try_credential(step, profile);
    }

    /// Goes on with the credential that the profile has.
    pub(super) fn try_credential(&mut self, step: &mut Step, profile: ProfileId) {
        self.memory.refused.remove(&profile);
        let Some(rows) = self.memory.in_need.remove(&profile) else { return };
        step.all = true;
        for row in rows {
            if let Some(lane) = self.lane_mut(row) {
                lane.held.remove(&row);
            }
            self.take_place(row);
            self.schedule(row, step.now, Nudge::CredentialReady);
        }
    }
}
