//! A lane does what it may do now: send, look, begin new rows, read.

use super::Step;
use crate::fleet::lane::{Hold, Nudge};
use crate::fleet::memory::Sending;
use crate::fleet::{Effect, Fleet, FleetStage, LaneKey, Limits, RowId, RowState};
use time::{Duration, OffsetDateTime};

/// So many reads of preconditions have no answer yet, at most, in each lane.
pub(in crate::fleet) const MOST_READING: usize = 6;

/// A row that was written down is sent within this time, or written down anew.
const LATEST: Duration = Duration::seconds(30);

/// Whether new rows may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::fleet) enum Gate {
    Open,
    /// Until something happens.
    Shut,
    /// Until the window opens.
    Until(OffsetDateTime),
}

impl Fleet {
    /// The limits of the lane of a row.
    pub(super) fn limits(&self, row: RowId) -> Limits {
        let lane = self.slot(row).and_then(|slot| self.memory.lanes.get_index(slot.lane));
        lane.map(|(key, _)| self.head.limits_of(key)).unwrap_or_default()
    }

    pub(in crate::fleet) fn gate(&self, lane: &LaneKey, limits: &Limits, now: OffsetDateTime) -> Gate {
        let is_own = self.memory.lanes.get(lane).is_some_and(|lane| lane.hold == Hold::Own);
        if !self.is_running() || self.head.halted.contains_key(lane) || !is_own {
            return Gate::Shut;
        }
        match limits.window.and_then(|window| window.opens(now)) {
            Some(opens) => Gate::Until(opens),
            None => Gate::Open,
        }
    }

    /// Does what the lane of this index may do now, and sets when it wants to be woken.
    pub(super) fn serve(&mut self, step: &mut Step, index: usize) {
        let Some((key, _)) = self.memory.lanes.get_index(index) else { return };
        let limits = self.head.limits_of(key);
        let gate = self.gate(key, &limits, step.now);
        self.send_written(step, index, &limits, gate);
        self.look(step, index, &limits);
        self.begin_rows(step, index, &limits, gate);
        self.read_rows(step, index, &limits);
        let wake = self.wake(step.now, index, &limits, gate);
        if let Some((_, lane)) = self.memory.lanes.get_index_mut(index) {
            lane.wake = wake;
        }
    }

    fn send_written(&mut self, step: &mut Step, index: usize, limits: &Limits, gate: Gate) {
        while let Some((_, lane)) = self.memory.lanes.get_index_mut(index) {
            let Some(row) = lane.written.front().copied() else { return };
            let is_free = lane.rate.next(step.now, limits.rate, 0) <= step.now;
            let is_asked_to_wait = lane.rate.throttled_until(step.now).is_some();
            let in_need = self.memory.in_need.contains_key(&self.profile(row));
            if gate != Gate::Open || is_asked_to_wait || in_need || self.is_late(row, step.now) {
                self.withdraw(step, row);
            } else if is_free {
                if let Some((_, lane)) = self.memory.lanes.get_index_mut(index) {
                    lane.written.pop_front();
                }
                self.send(step, row);
            } else {
                return;
            }
        }
    }

    /// What is sent must be sent at about the time that is written down. The computer may have slept since.
    fn is_late(&self, row: RowId, now: OffsetDateTime) -> bool {
        let written = self.rows.get(&row).and_then(|row| row.sent.last());
        written.is_some_and(|written| (now - *written).abs() > LATEST)
    }

    fn look(&mut self, step: &mut Step, index: usize, limits: &Limits) {
        while let Some((_, lane)) = self.memory.lanes.get_index_mut(index) {
            let Some((&(due, row), &nudge)) = lane.looks.first_key_value() else { return };
            let is_free = lane.rate.next(step.now, limits.rate, 0) <= step.now;
            let in_need = self.memory.in_need.contains_key(&self.profile(row));
            if due > step.now || !(is_free || in_need) {
                return;
            }
            if let Some((_, lane)) = self.memory.lanes.get_index_mut(index) {
                lane.looks.pop_first();
            }
            self.nudge(step, row, nudge, in_need);
        }
    }

    fn begin_rows(&mut self, step: &mut Step, index: usize, limits: &Limits, gate: Gate) {
        if gate != Gate::Open {
            return;
        }
        if let Some((_, lane)) = self.memory.lanes.get_index_mut(index) {
            lane.waiting.ripen(step.now);
        }
        while let Some((_, lane)) = self.memory.lanes.get_index_mut(index) {
            let most = limits.concurrency.of(lane.to_change()).max(1);
            let is_full = lane.taken() >= most || (limits.ramp && lane.ramp.room(most) == 0);
            if is_full || lane.rate.next(step.now, limits.rate, lane.unsent) > step.now {
                return;
            }
            let Some(ticket) = lane.waiting.next(&self.memory.in_need) else { return };
            lane.waiting.remove(ticket, None);
            let row = self.rows.get(&ticket.row).filter(|row| matches!(row.state, RowState::Waiting(_)));
            let Some(row) = row else { continue };
            // No look could tell which of two calls made a change.
            if self.siblings(row).any(|other| other.is_under_way()) {
                self.memory.blocked.insert(ticket.row);
            } else {
                self.begin(step, ticket.row);
            }
        }
    }

    fn read_rows(&mut self, step: &mut Step, index: usize, limits: &Limits) {
        if self.head.stage != FleetStage::Planning {
            return;
        }
        if let Some((_, lane)) = self.memory.lanes.get_index_mut(index) {
            lane.to_read.ripen(step.now);
        }
        while let Some((_, lane)) = self.memory.lanes.get_index_mut(index) {
            let is_free = lane.rate.next(step.now, limits.rate, 0) <= step.now;
            if lane.reading.len() >= MOST_READING || !is_free {
                return;
            }
            let Some(ticket) = lane.to_read.next(&self.memory.in_need) else { return };
            lane.to_read.remove(ticket, None);
            let id = ticket.row;
            let read = match self.rows.get(&id).map(|row| &row.state) {
                Some(RowState::New) => 0,
                Some(RowState::Checking(read)) => *read,
                _ => continue,
            };
            lane.reading.insert(id);
            lane.rate.take(step.now, limits.rate);
            if read == 0 {
                self.set(step, id, RowState::Checking(0));
            }
            step.effects.push(Effect::Read { row: id, read });
        }
    }

    /// When the lane can do something that it cannot do now, if nothing happens until then.
    fn wake(&mut self, now: OffsetDateTime, index: usize, limits: &Limits, gate: Gate) -> Option<OffsetDateTime> {
        let (_, lane) = self.memory.lanes.get_index_mut(index)?;
        let most = limits.concurrency.of(lane.to_change()).max(1);
        let is_full = lane.taken() >= most || (limits.ramp && lane.ramp.room(most) == 0);
        let lane = &*lane;
        let free = |others: usize| lane.rate.next(now, limits.rate, others);
        let in_need = &self.memory.in_need;
        let mut wakes: Vec<OffsetDateTime> = Vec::new();
        if gate == Gate::Open && !lane.written.is_empty() {
            wakes.push(free(0));
        }
        wakes.extend(lane.looks.first_key_value().map(|((due, _), _)| (*due).max(free(0))));
        if gate != Gate::Shut && !is_full {
            let opens = if let Gate::Until(opens) = gate { opens } else { now };
            let ready = lane.waiting.next(in_need).map(|_| free(lane.unsent));
            wakes.extend(ready.into_iter().chain(lane.waiting.first_later()).map(|wake| wake.max(opens)));
        }
        if self.head.stage == FleetStage::Planning && lane.reading.len() < MOST_READING {
            wakes.extend(lane.to_read.next(in_need).map(|_| free(0)));
            wakes.extend(lane.to_read.first_later());
        }
        // What can be done now is done: a moment that has passed would never end.
        wakes.into_iter().min().map(|wake| wake.max(now.saturating_add(Duration::MILLISECOND)))
    }

    /// Lets a follow look. `in_need`: there is no credential, so no call is made.
    fn nudge(&mut self, step: &mut Step, id: RowId, nudge: Nudge, in_need: bool) {
        let Some(request) = self.feed(step, id, nudge.event()) else { return };
        if in_need {
            let look = request.number;
            let kind = crate::follow::EventKind::Answer { look, result: crate::follow::LookResult::NoCredential };
            self.feed(step, id, kind);
            return;
        }
        let limit = self.limits(id).rate;
        if let Some(lane) = self.lane_mut(id) {
            lane.rate.take(step.now, limit);
        }
        step.effects.push(Effect::Look { row: id, request });
    }

    /// The page finds out what became of the call of a row.
    pub(super) fn recover(&mut self, step: &mut Step, id: RowId, call: String, since: OffsetDateTime) {
        self.memory.sending.insert(id, Sending::Recovering);
        step.effects.push(Effect::Recover { row: id, call, since });
    }
}
