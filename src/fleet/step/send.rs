//! From the queue to the API: a row is written down, then sent, and its answer is read.

use super::follow::MOST_REPEATS;
use super::{Answer, Step};
use crate::back_off;
use crate::fleet::memory::{Denied, Sending};
use crate::fleet::{
    Due, Effect, Fleet, FleetStage, Halt, LaneKey, MOST_WAITED, PauseReason, RowEnd, RowId, RowState, SendResult,
};
use crate::follow::Follow;
use time::{Duration, OffsetDateTime};

/// The pause after the first of refusals that are temporary, in seconds; then it doubles.
const FIRST_PAUSE: u64 = 5;
const LONGEST_PAUSE: u64 = 300;
/// A look that found nothing of a call lets it be repeated for so long. Then somebody has to look again.
pub(super) const LOOK_LASTS: Duration = Duration::MINUTE;
/// A call to which the provider does not accept the credential is made again with another one; so many are enough. One row can be
/// refused what others of its profile may do.
const MOST_DENIALS: u32 = 3;

impl Fleet {
    /// Puts a row that waits into the queue of its lane.
    pub(super) fn enqueue(&mut self, step: &Step, id: RowId) {
        let (Some(due), Some(slot)) = (self.due(id), self.slot(id)) else { return };
        // The store has not answered yet: the row goes on when it does.
        if self.memory.sending.get(&id) == Some(&Sending::Withdrawn) {
            return;
        }
        if let Some(lane) = self.lane_mut(id) {
            lane.waiting.push(due, step.now, slot.ticket);
        }
    }

    /// A row is to be sent, not before some time. If the user ended the run, it is not.
    pub(super) fn wait(&mut self, step: &mut Step, id: RowId, due: OffsetDateTime) {
        self.leave(step, id, None);
        if self.head.stage == FleetStage::Stopped {
            self.give_up(step, id, RowEnd::Stopped);
        } else {
            self.set(step, id, RowState::Waiting(Due(due)));
            self.enqueue(step, id);
        }
    }

    /// A row is not sent any more. If a call before may have been carried out, that is found out.
    pub(super) fn give_up(&mut self, step: &mut Step, id: RowId, end: RowEnd) {
        let Some(row) = self.rows.get_mut(&id) else { return };
        row.repeats = MOST_REPEATS;
        if row.conflict.is_some() {
            self.refuse(step, id, end);
        } else if !self.look_back(step, id) {
            self.over(step, id, end);
        }
    }

    /// Finds out whether an earlier call of a row was carried out. `false`: that is known.
    pub(super) fn look_back(&mut self, step: &mut Step, id: RowId) -> bool {
        let Some(row) = self.rows.get_mut(&id) else { return false };
        let Some(since) = row.doubt else { return false };
        row.looked = None;
        let call = call_id(row.token, row.sends);
        self.set(step, id, RowState::Sending { call: call.clone(), since });
        self.take_place(id);
        self.recover(step, id, call, since);
        true
    }

    /// The ramp waits for the row.
    pub(super) fn take_place(&mut self, id: RowId) {
        if let Some(lane) = self.lane_mut(id) {
            lane.ramp.begin(id);
        }
    }

    /// Whether nobody knows what became of an earlier call of a row, and nobody has looked lately. A row may have waited for
    /// hours: for the user, for a credential, for its window.
    fn must_look(&self, row: RowId, now: OffsetDateTime) -> bool {
        let Some(row) = self.rows.get(&row).filter(|row| row.doubt.is_some()) else { return false };
        row.looked.is_none_or(|looked| (now - looked).abs() > LOOK_LASTS)
    }

    /// A row begins: what is about to be sent is written down.
    pub(super) fn begin(&mut self, step: &mut Step, id: RowId) {
        let was_looked_for = self.rows.get(&id).is_some_and(|row| row.looked.is_some());
        if self.must_look(id, step.now) && self.look_back(step, id) {
            // A window may be shorter than all looks together.
            if was_looked_for {
                self.memory.sending.insert(id, Sending::LookingAgain);
            }
            return;
        }
        self.take_place(id);
        let Some(row) = self.rows.get_mut(&id) else { return };
        row.sends += 1;
        row.started.get_or_insert(step.now);
        row.sent.push(step.now);
        let call = call_id(row.token, row.sends);
        // A call before this one may still come to light.
        let since = row.doubt.unwrap_or(step.now);
        self.set(step, id, RowState::Sending { call, since });
        step.rows.swap_remove(&id);
        step.effects.push(Effect::WriteDown(id));
        self.memory.sending.insert(id, Sending::Writing);
        if let Some(lane) = self.lane_mut(id) {
            lane.unsent += 1;
        }
    }

    /// The record is stored.
    pub(super) fn written(&mut self, step: &mut Step, id: RowId) {
        match self.memory.sending.get(&id) {
            Some(Sending::Writing) => {
                self.memory.sending.insert(id, Sending::Written);
                if let Some(lane) = self.lane_mut(id) {
                    lane.written.push_back(id);
                }
            }
            Some(Sending::Withdrawn) => {
                self.memory.sending.remove(&id);
                self.enqueue(step, id);
            }
            _ => {}
        }
    }

    /// The record cannot be stored: nothing is sent that would not be known after a reload.
    pub(super) fn not_written(&mut self, step: &mut Step, id: RowId) {
        match self.memory.sending.get(&id) {
            Some(Sending::Writing) => {
                self.memory.sending.insert(id, Sending::Written);
                self.withdraw(step, id);
                if self.is_running() {
                    step.notify = true;
                    self.pause_with(step, PauseReason::Storage);
                }
            }
            Some(Sending::Withdrawn) => {
                self.memory.sending.remove(&id);
                self.enqueue(step, id);
            }
            _ => {}
        }
    }

    /// A row that is not sent yet waits again.
    pub(super) fn withdraw(&mut self, step: &mut Step, id: RowId) {
        let is_stored = match self.memory.sending.get(&id) {
            Some(Sending::Writing) => false,
            Some(Sending::Written) => true,
            _ => return,
        };
        if is_stored {
            self.memory.sending.remove(&id);
        } else {
            self.memory.sending.insert(id, Sending::Withdrawn);
        }
        if let Some(lane) = self.lane_mut(id) {
            lane.unsent = lane.unsent.saturating_sub(1);
            lane.written.retain(|row| *row != id);
        }
        if let Some(row) = self.rows.get_mut(&id) {
            row.sends = row.sends.saturating_sub(1);
            row.sent.pop();
            if row.sends == 0 {
                row.started = None;
            }
        }
        self.wait(step, id, step.now);
    }

    /// Withdraws what is not sent yet, of one lane or of all.
    pub(super) fn withdraw_all(&mut self, step: &mut Step, lane: Option<usize>) {
        let is_unsent = |sending: &Sending| matches!(sending, Sending::Writing | Sending::Written);
        let unsent = self.memory.sending.iter().filter(|(_, sending)| is_unsent(sending)).map(|(row, _)| *row);
        let is_in = |row: &RowId| lane.is_none() || self.slot(*row).map(|slot| slot.lane) == lane;
        let rows: Vec<RowId> = unsent.filter(is_in).collect();
        rows.into_iter().for_each(|row| self.withdraw(step, row));
    }

    /// A row that is written down is sent.
    pub(super) fn send(&mut self, step: &mut Step, id: RowId) {
        let Some(RowState::Sending { call, .. }) = self.rows.get(&id).map(|row| &row.state) else { return };
        step.effects.push(Effect::Send { row: id, call: call.clone() });
        self.memory.sending.insert(id, Sending::Sent);
        let limit = self.limits(id).rate;
        if let Some(lane) = self.lane_mut(id) {
            lane.unsent = lane.unsent.saturating_sub(1);
            lane.rate.take(step.now, limit);
        }
    }

    /// The call of a row is over.
    pub(super) fn sent(&mut self, step: &mut Step, id: RowId, answer: Answer, result: SendResult) {
        let call = &answer.call;
        let is_it = matches!(self.rows.get(&id).map(|row| &row.state), Some(RowState::Sending { call: own, .. }) if own == call);
        if !is_it || self.memory.sending.get(&id) != Some(&Sending::Sent) {
            return;
        }
        self.memory.sending.remove(&id);
        if result != SendResult::NeedsCredential {
            self.memory.denied.remove(&id);
        }
        if let Some(row) =
            self.rows.get_mut(&id).filter(|_| !matches!(result, SendResult::Busy { .. } | SendResult::Conflict(_)))
        {
            row.waited = 0;
        }
        let limit = self.limits(id).rate;
        let random = step.random();
        if let Some(lane) = self.lane_mut(id) {
            match &result {
                SendResult::Busy { throttled: true, retry_after, .. }
                | SendResult::Busy { status: 0, retry_after, .. } => {
                    lane.rate.throttled(step.now, limit, *retry_after, random);
                }
                SendResult::Accepted(_) => lane.rate.went_well(limit),
                _ => {}
            }
        }
        let result = match result {
            SendResult::Conflict(refusal) => {
                self.conflict(id);
                *refusal
            }
            result => {
                self.answered(id, &result);
                result
            }
        };
        match result {
            SendResult::Accepted(None) => {
                self.settled(id);
                self.over(step, id, RowEnd::Accepted);
            }
            SendResult::Accepted(Some(follow)) => {
                self.settled(id);
                self.follow(step, id, follow);
            }
            SendResult::Uncertain(follow) => self.uncertain(step, id, follow),
            SendResult::Busy { code, message, status, throttled, retry_after } => {
                self.busy(step, id, (code, message, status), throttled, retry_after);
            }
            SendResult::NeedsCredential if self.is_denied(id, &answer) => {
                let Answer { code, status, .. } = answer;
                let (message, status) = (String::new(), status.unwrap_or_default());
                self.refuse(step, id, RowEnd::Refused { code, message, status });
            }
            SendResult::NeedsCredential => {
                self.need(step, self.profile(id));
                self.wait(step, id, step.now);
            }
            SendResult::Refused { code, message, status } => {
                self.refuse(step, id, RowEnd::Refused { code, message, status });
            }
            SendResult::NotSent(reason) => self.refuse(step, id, RowEnd::NotSent(reason)),
            SendResult::Conflict(_) => {}
        }
    }

    /// A call of a row was refused, and came no second time: it is known that it was not carried out.
    fn answered(&mut self, id: RowId, result: &SendResult) {
        let is_refusal =
            !matches!(result, SendResult::Accepted(_) | SendResult::Uncertain(_) | SendResult::Conflict(_));
        if let Some(row) = self.rows.get_mut(&id).filter(|_| is_refusal) {
            row.sent.pop();
        }
    }

    /// What is under way may be the change of this call: it is looked for before anything else happens to the row.
    fn conflict(&mut self, id: RowId) {
        let Some(row) = self.rows.get_mut(&id) else { return };
        if let (RowState::Sending { since, .. }, None) = (&row.state, row.doubt) {
            (row.doubt, row.conflict) = (Some(*since), Some(Due(*since)));
        }
    }

    /// A call of a row was refused for good. If nobody knows what became of an earlier one, that comes first.
    fn refuse(&mut self, step: &mut Step, id: RowId, end: RowEnd) {
        if !self.look_back(step, id) {
            self.over(step, id, end);
        } else if let Some(row) = self.rows.get_mut(&id) {
            row.refusal = Some(end);
        }
    }

    /// The credential was not accepted. `true`: too often for this row, with new ones as well.
    pub(super) fn is_denied(&mut self, id: RowId, answer: &Answer) -> bool {
        // Where nobody answered, the page has no credential: that says nothing about the row.
        let Some(status) = answer.status else { return false };
        let profile = self.profile(id);
        self.memory.refused.insert(profile, (answer.code.clone(), status));
        let last = (profile, self.memory.replaced.get(&profile).copied().unwrap_or_default());
        let denied = self.memory.denied.entry(id).or_insert(Denied { credentials: 1, last });
        if denied.last != last {
            *denied = Denied { credentials: denied.credentials + 1, last };
        }
        denied.credentials >= MOST_DENIALS
    }

    /// It is known that a call was carried out.
    pub(super) fn settled(&mut self, id: RowId) {
        if let Some(row) = self.rows.get_mut(&id) {
            (row.refusals, row.waited, row.repeats) = (0, 0, 0);
            (row.doubt, row.conflict, row.looked) = (None, None, None);
            row.sent.clear();
        }
    }

    /// Nobody knows whether the call of a row was carried out.
    fn uncertain(&mut self, step: &mut Step, id: RowId, follow: Box<Follow>) {
        if let Some(row) = self.rows.get_mut(&id) {
            (row.refusals, row.waited, row.looked, row.conflict) = (0, 0, None, None);
            row.doubt.get_or_insert(follow.started());
        }
        self.follow(step, id, self.sent_at(id, follow));
    }

    /// Looks for each call of which nobody knows what became of it.
    pub(super) fn sent_at(&self, id: RowId, follow: Box<Follow>) -> Box<Follow> {
        let sent = self.rows.get(&id).map(|row| row.sent.as_slice()).unwrap_or_default();
        Box::new(follow.sent_at(sent))
    }

    fn busy(
        &mut self,
        step: &mut Step,
        id: RowId,
        (code, message, status): (String, String, u16),
        throttled: bool,
        retry_after: Option<u64>,
    ) {
        let random = step.random();
        let Some(row) = self.rows.get_mut(&id) else { return };
        // What never left the computer, or was one call too many, says nothing about the instance: the run waits for the
        // network, and the lane for the API.
        let is_about_instance = status > 0 && !throttled;
        if is_about_instance && row.waited >= MOST_WAITED {
            self.refuse(step, id, RowEnd::Refused { code, message, status });
            return;
        }
        let mut pause = FIRST_PAUSE;
        if is_about_instance {
            pause = (pause << row.refusals.min(16)).min(LONGEST_PAUSE);
            row.refusals += 1;
        }
        let pause = back_off::pause(pause, retry_after, random);
        let due = step.now.saturating_add(pause);
        if is_about_instance && (row.doubt.is_none() || row.conflict.is_some()) {
            row.wait(pause);
        }
        row.conflict = row.conflict.map(|_| Due(due));
        // A busy instance may be busy with a call of which nobody knows whether it was carried out.
        if is_about_instance && self.look_back(step, id) {
            return;
        }
        self.wait(step, id, due);
    }

    /// More rows failed than the user allowed: the lane takes no new ones.
    pub(super) fn halt(&mut self, step: &mut Step, id: RowId) {
        if let Some(lane) = self.rows.get(&id).map(|row| row.spec.lane()) {
            self.halt_lane(step, &lane);
        }
    }

    pub(super) fn halt_lane(&mut self, step: &mut Step, key: &LaneKey) {
        let is_on = matches!(self.head.stage, FleetStage::Running | FleetStage::Paused(_));
        let Some(lane) = self.memory.lanes.get_index_of(key) else { return };
        if is_on && !self.head.halted.contains_key(key) && self.fails_too_much(key) {
            self.head.halted.insert(key.clone(), Halt::Threshold);
            step.head = true;
            self.withdraw_all(step, Some(lane));
            // Where no row waits, nothing is held.
            step.notify |= self.memory.lanes.get(key).is_some_and(|lane| lane.counts.waiting != 0);
        }
    }
}

/// The id of a call of a row: another one each time, for a proxy does not pass the same call twice.
fn call_id(token: u128, sends: u32) -> String {
    let mut mixed = token ^ u128::from(sends).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
    for _ in 0..2 {
        mixed = (mixed ^ (mixed >> 61)).wrapping_mul(0xda94_2042_e4dd_58b5_2360_ed05_1fc6_5da4_u128 | 1);
    }
    format!("{:032x}", mixed ^ (mixed >> 64))
}
