//! The state machine: [`Fleet::step`].
//!
//! ```text
//!  New ─▶ Checking ─▶ Planned ──Start──▶ Waiting ─▶ Sending ───────▶ Following ─▶ Over
//!   step/plan.rs          step/user.rs      ▲        │ WriteDown, Written, Send, Sent
//!                                           └────────┴── not carried out, refused for now
//!                                          step/send.rs                step/follow.rs
//! ```
//!
//! After every event the lanes that it touches are served ([`Fleet::serve`]): what is written down is sent, what is due is
//! looked at, new rows begin, preconditions are read, as far as limits, window and pause allow. Work of a row costs no look at
//! all the others: each lane has queues and counts ([`super::lane`]).
//!
//! A row begins only in a lane that is known to be this fleet's ([`Effect::HoldLane`]): until the page has answered, its rows wait
//! in their order.
//!
//! A page that opens a running fleet does not begin new rows by itself: it pauses with [`PauseReason::Reopened`], for a closed
//! tab may have been meant as a stop, and the credentials are gone as a rule. What was sent, or may have been sent, is looked
//! at at once.

mod follow;
mod lanes;
mod opened;
mod plan;
mod send;
mod serve;
mod user;

use super::row::CallNote;
use super::{Effect, Event, EventKind, Fleet, FleetStage, PauseReason, RowEnd, RowGroup, RowId, RowState, SendResult};
use crate::credentials::ProfileId;
use indexmap::IndexSet;
pub(super) use serve::{Gate, MOST_READING};
use time::OffsetDateTime;

/// One event at work.
struct Step {
    now: OffsetDateTime,
    random: u32,
    /// The head changed.
    head: bool,
    /// The rows that changed.
    rows: IndexSet<RowId>,
    effects: Vec<Effect>,
    notify: bool,
    /// More than one lane is concerned.
    all: bool,
}

/// What is known of an answer besides what it means.
#[derive(Debug, Default)]
struct Answer {
    call: String,
    code: String,
    /// `None`: nobody answered.
    status: Option<u16>,
}

impl Answer {
    fn of(note: Option<&CallNote>) -> Self {
        note.map(|note| Self { call: note.call.clone(), code: note.code.clone(), status: note.status })
            .unwrap_or_default()
    }
}

impl Step {
    /// Another random number of the same event.
    fn random(&mut self) -> u32 {
        // A step of a linear congruential generator: many rows of one event must not wait for the same moment.
        self.random = self.random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.random >> 4
    }
}

impl Fleet {
    /// What becomes of it by an event, and what is to be done. Records to store come first.
    pub fn step(&mut self, event: Event) -> Vec<Effect> {
        let Event { now, random, kind } = event;
        let (head, notify, all, rows, effects) = Default::default();
        let mut step = Step { now, random, head, rows, effects, notify, all };
        self.follow_clock(now);
        let is_timer = matches!(kind, EventKind::Time | EventKind::Opened);
        let row = self.happen(&mut step, kind);
        match row.and_then(|row| self.slot(row)) {
            Some(slot) if !step.all => self.serve(&mut step, slot.lane),
            _ => (0..self.memory.lanes.len()).for_each(|lane| self.serve(&mut step, lane)),
        }
        if self.end(&mut step) || step.all {
            (0..self.memory.lanes.len()).for_each(|lane| self.serve(&mut step, lane));
        }
        self.hold_lanes(&mut step);
        let wake = self.memory.lanes.values().filter_map(|lane| lane.wake).min();
        if is_timer || wake != self.memory.wake {
            step.effects.extend(wake.map(Effect::WakeAt));
        }
        self.memory.wake = wake;
        let head = step.head.then_some(Effect::KeepHead);
        let keep = step.rows.into_iter().map(Effect::Keep);
        head.into_iter().chain(keep).chain(step.effects).chain(step.notify.then_some(Effect::Notify)).collect()
    }

    /// Takes the event in. Gives the row that it is about; `None`: all lanes are concerned.
    fn happen(&mut self, step: &mut Step, kind: EventKind) -> Option<RowId> {
        match kind {
            EventKind::Opened => self.opened(step),
            EventKind::Time => {}
            EventKind::Plan => self.plan(step),
            EventKind::Start => self.start(step),
            EventKind::Pause(reason) => self.pause(step, reason),
            EventKind::Resume => self.resume(step),
            EventKind::Stop => self.stop(step),
            EventKind::Limit { lane, limits } => {
                self.head.limits.insert(lane.clone(), limits);
                step.head = true;
                self.halt_lane(step, &lane);
            }
            EventKind::LaneHeld(lane) => self.lane_answered(&lane, true),
            EventKind::LaneInUse(lane) => self.lane_answered(&lane, false),
            EventKind::Force { row, words } => self.force(step, row, words),
            EventKind::Skip(row) => self.skip(step, row),
            EventKind::Retry(rows) => self.retry(step, rows),
            EventKind::CredentialReady(profile) => self.credential_ready(step, profile),
            EventKind::CredentialAgain(profile) => self.try_credential(step, profile),
            EventKind::CredentialMissing(profile) => self.credential_missing(step, profile),
            EventKind::Adopt { gone, by, words } => self.adopt(step, gone, *by, words),
            EventKind::Written(row) => {
                self.written(step, row);
                return Some(row);
            }
            EventKind::NotWritten(row) => {
                self.not_written(step, row);
            }
            EventKind::Read { row, read, reads, found, note, result } => {
                let answer = Answer::of(note.as_ref());
                if note.is_some() {
                    self.made(step, row);
                }
                self.note(step, row, note, false);
                self.read(step, row, (read, reads), found, answer, result);
                return Some(row);
            }
            EventKind::Sent { row, call, note, result } => {
                let answer = Answer { call, ..Answer::of(Some(&note)) };
                // Without a credential, or a network, nothing left.
                if answer.status.is_some() || matches!(result, SendResult::Uncertain(_)) {
                    self.made(step, row);
                }
                self.note(step, row, Some(note), false);
                self.sent(step, row, answer, result);
                return Some(row);
            }
            EventKind::Looked { row, look, note, result } => {
                let answer = Answer::of(note.as_ref());
                if note.is_some() {
                    self.made(step, row);
                }
                self.note(step, row, note, true);
                self.looked(step, row, look, answer, result);
                return Some(row);
            }
            EventKind::Recovering { row, result } => {
                self.recovering(step, row, result);
                return Some(row);
            }
        }
        None
    }

    /// A call left the computer.
    fn made(&mut self, step: &Step, row: RowId) {
        if let Some(lane) = self.lane_mut(row) {
            lane.measured.call(step.now);
        }
    }

    /// A call of a row is over.
    fn note(&mut self, step: &mut Step, row: RowId, note: Option<CallNote>, is_look: bool) {
        let Some((row, note)) = self.rows.get_mut(&row).zip(note) else { return };
        row.note(note, is_look);
        step.rows.insert(row.id);
    }

    /// Moves a row to another state, and counts it there.
    fn set(&mut self, step: &mut Step, id: RowId, state: RowState) {
        let Some(row) = self.rows.get_mut(&id) else { return };
        let before = row.group();
        row.state = state;
        let after = row.group();
        self.count(id, before, after);
        step.rows.insert(id);
    }

    fn count(&mut self, row: RowId, before: RowGroup, after: RowGroup) {
        let Some(lane) = self.lane_mut(row).filter(|_| before != after) else { return };
        let count = lane.counts.of(before);
        *count = count.saturating_sub(1);
        *lane.counts.of(after) += 1;
        lane.forgiven = lane.forgiven.min(lane.counts.failures());
    }

    /// A row has its end.
    fn over(&mut self, step: &mut Step, id: RowId, end: RowEnd) {
        let is_good = end.is_good();
        self.leave(step, id, Some(is_good));
        if let Some(row) = self.rows.get_mut(&id) {
            row.ended = Some(step.now);
            let took = row.started.map(|started| step.now - started);
            let looks = match &end {
                RowEnd::Followed { follow, .. } => Some(follow.looks()),
                RowEnd::Accepted => Some(0),
                _ => None,
            };
            if let (Some(took), Some(lane)) = (took, self.lane_mut(id)) {
                lane.measured.end(step.now);
                if let Some(looks) = looks {
                    lane.measured.followed(took, looks);
                }
            }
        }
        self.set(step, id, RowState::Over(end));
        // A row that is left out makes the others fewer, and the failures a larger part of them.
        if !is_good {
            self.halt(step, id);
        }
    }

    /// A row is not under way any more. `end`: whether it ended well; `None`: it will begin again.
    fn leave(&mut self, step: &mut Step, id: RowId, end: Option<bool>) {
        let Some(row) = self.rows.get(&id).filter(|row| row.is_under_way()) else { return };
        let freed: Vec<RowId> = self.siblings(row).map(|row| row.id).collect();
        if let Some(lane) = self.lane_mut(id) {
            lane.held.remove(&id);
            match end {
                Some(is_good) => lane.ramp.end(id, is_good),
                None => lane.ramp.take_back(id),
            }
        }
        for sibling in freed {
            if self.memory.blocked.remove(&sibling) {
                self.enqueue(step, sibling);
                step.all = true;
            }
        }
    }

    /// A profile needs a credential that the provider accepts: asks for it, once.
    fn need(&mut self, step: &mut Step, profile: ProfileId) {
        if let std::collections::btree_map::Entry::Vacant(entry) = self.memory.in_need.entry(profile) {
            entry.insert(Default::default());
            step.effects.push(Effect::NeedCredential(profile));
            step.all = true;
        }
    }

    fn profile(&self, row: RowId) -> ProfileId {
        self.rows.get(&row).and_then(|row| row.spec.profile).unwrap_or_default()
    }

    /// The end of a plan, or of the run. `true`: something changed.
    fn end(&mut self, step: &mut Step) -> bool {
        let stage = match self.head.stage {
            FleetStage::Planning if self.counts().unplanned() == 0 => FleetStage::Planned,
            FleetStage::Running | FleetStage::Paused(_) | FleetStage::Stopped if self.counts().open() == 0 => {
                self.head.ended = Some(step.now);
                FleetStage::Over
            }
            _ => return false,
        };
        self.head.stage = stage;
        (step.head, step.notify) = (true, true);
        true
    }

    fn pause_with(&mut self, step: &mut Step, reason: PauseReason) {
        if self.is_running() {
            self.head.stage = FleetStage::Paused(reason);
            (step.head, step.all) = (true, true);
            self.withdraw_all(step, None);
        }
    }
}
