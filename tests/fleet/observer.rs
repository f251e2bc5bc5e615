//! Watches what a fleet asks its page for, and knows nothing of its counters: every limit is counted again.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use time::{Duration, OffsetDateTime};
use tls_console::credentials::ProfileId;
use tls_console::fleet::{
    Effect, EventKind, Fleet, FleetStage, LaneKey, Limits, PlanGroup, ReadResult, Row, RowEnd, RowId, RowState,
    SendResult,
};
use tls_console::follow::{LookResult, Need};

#[derive(Default)]
pub(crate) struct Observer {
    /// The calls of the last second, and the last one.
    calls: BTreeMap<LaneKey, VecDeque<OffsetDateTime>>,
    /// The rows of each lane.
    lanes: BTreeMap<LaneKey, Vec<RowId>>,
    /// Rows whose call went out, of this page or of one before.
    sent: BTreeSet<RowId>,
    /// Rows that are written down, or about to be.
    begun: BTreeSet<RowId>,
    /// Rows that ended well since the page was opened.
    good: BTreeMap<LaneKey, BTreeSet<RowId>>,
    forgiven: BTreeMap<LaneKey, usize>,
    in_need: BTreeSet<ProfileId>,
    /// Lanes of which it is known that no other tab has them.
    held: BTreeSet<LaneKey>,
    /// Lanes to which the API said that it is too much.
    slow: BTreeMap<LaneKey, Slow>,
    /// The row that is written down, and not sent.
    written: BTreeSet<RowId>,
    pub(crate) sends: u32,
    pub(crate) looks: u32,
    pub(crate) reads: u32,
    pub(crate) throttled: u32,
}

/// A lane after it was too much.
struct Slow {
    /// Nobody calls before.
    until: OffsetDateTime,
    /// Calls a second afterwards, at most.
    rate: f64,
    limit: f64,
}

/// So many calls that go well bring the rate back.
const RECOVERY: f64 = 40.0;

impl Observer {
    pub(crate) fn begin(&mut self, fleet: &Fleet) {
        self.lanes.clear();
        for row in fleet.rows.values() {
            self.lanes.entry(row.spec.lane()).or_default().push(row.id);
        }
    }

    /// Another page took over: what it knows is what was stored.
    pub(crate) fn reloaded(&mut self, fleet: &Fleet) {
        self.good.clear();
        self.slow.clear();
        self.begun.clear();
        self.in_need.clear();
        self.held.clear();
        self.written.clear();
        for (lane, rows) in &self.lanes {
            let failures = failures(fleet, rows);
            let allowed = allowed(&fleet.head.limits_of(lane), to_change(fleet, rows));
            let is_halted = fleet.head.halted.contains_key(lane);
            let forgiven = if !is_halted && allowed.is_some_and(|allowed| failures > allowed) { failures } else { 0 };
            self.forgiven.insert(lane.clone(), forgiven);
        }
    }

    /// The user goes on after failures.
    pub(crate) fn resumed(&mut self, fleet: &Fleet) {
        let is_over = fleet.head.stage == FleetStage::Over;
        for (lane, rows) in self.lanes.iter().filter(|(lane, _)| is_over || fleet.head.halted.contains_key(*lane)) {
            self.forgiven.insert(lane.clone(), failures(fleet, rows));
        }
    }

    /// What an answer says about the rate, and about the lanes.
    pub(crate) fn happens(&mut self, now: OffsetDateTime, fleet: &Fleet, kind: &EventKind) {
        let (row, wait) = match kind {
            EventKind::Limit { lane, .. } => {
                self.slow.remove(lane);
                return;
            }
            EventKind::LaneHeld(lane) => {
                self.held.insert(lane.clone());
                return;
            }
            EventKind::Sent { row, result: SendResult::Busy { throttled: true, retry_after, .. }, .. } => {
                (row, Some(*retry_after))
            }
            EventKind::Read { row, result: ReadResult::Throttled { retry_after }, .. } => (row, Some(*retry_after)),
            EventKind::Looked { row, result: LookResult::Refused(refusal), .. }
                if refusal.temporary && refusal.status < 500 =>
            {
                (row, Some(refusal.retry_after))
            }
            EventKind::Sent { row, .. } | EventKind::Read { row, .. } | EventKind::Looked { row, .. } => (row, None),
            _ => return,
        };
        let lane = fleet.rows[row].spec.lane();
        let limit = fleet.head.limits_of(&lane).rate;
        match wait {
            Some(wait) => {
                let until = now + Duration::seconds(wait.unwrap_or(1).try_into().unwrap());
                let slow = self.slow.entry(lane).or_insert(Slow { until, rate: limit / 2.0, limit });
                slow.until = slow.until.max(until);
                self.throttled += 1;
            }
            None => {
                if let Some(slow) = self.slow.get_mut(&lane) {
                    slow.rate += slow.limit / RECOVERY;
                    if slow.rate >= slow.limit && slow.until <= now {
                        self.slow.remove(&lane);
                    }
                }
            }
        }
    }

    pub(crate) fn credential(&mut self, profile: ProfileId) {
        self.in_need.remove(&profile);
    }

    pub(crate) fn stored(&mut self, row: RowId) {
        self.written.insert(row);
    }

    /// A row has its end, or begins again.
    pub(crate) fn changed(&mut self, row: &Row) {
        match &row.state {
            RowState::Over(end) => {
                self.sent.remove(&row.id);
                self.begun.remove(&row.id);
                if end.is_good() {
                    self.good.entry(row.spec.lane()).or_default().insert(row.id);
                }
            }
            RowState::Waiting(_) => {
                self.sent.remove(&row.id);
                self.begun.remove(&row.id);
                self.written.remove(&row.id);
            }
            RowState::Following(_) => drop(self.sent.insert(row.id)),
            _ => {}
        }
    }

    pub(crate) fn effect(&mut self, now: OffsetDateTime, fleet: &Fleet, effect: &Effect) {
        match effect {
            Effect::Read { row, .. } => {
                assert_eq!(fleet.head.stage, FleetStage::Planning, "a read outside a plan");
                self.reads += 1;
                self.call(now, fleet, *row);
            }
            Effect::Look { row, .. } => {
                self.looks += 1;
                self.call(now, fleet, *row);
            }
            Effect::Send { row, .. } => {
                self.sends += 1;
                self.call(now, fleet, *row);
                self.send(now, fleet, *row);
            }
            Effect::WriteDown(row) => {
                assert_eq!(fleet.head.stage, FleetStage::Running, "a row begins");
                self.written.remove(row);
                self.begin_row(fleet, *row);
            }
            Effect::HoldLane(lane) => assert!(!self.held.contains(lane), "it has the lane"),
            Effect::ReleaseLane(lane) => {
                let is_under_way = self.lanes[lane].iter().any(|row| fleet.rows[row].is_under_way());
                assert!(!(self.held.remove(lane) && is_under_way), "a row is under way in a lane that is let go");
            }
            Effect::NeedCredential(profile) => assert!(self.in_need.insert(*profile), "asks twice"),
            _ => {}
        }
    }

    /// One call more.
    fn call(&mut self, now: OffsetDateTime, fleet: &Fleet, row: RowId) {
        let lane = fleet.rows[&row].spec.lane();
        let rate = fleet.head.limits_of(&lane).rate;
        let slow = self.slow.get(&lane);
        assert!(slow.is_none_or(|slow| now >= slow.until), "the API asked to wait");
        // Below two a second, calls have the same pause between them: a second can have one more.
        let slowed = slow.map_or(rate, |slow| slow.rate.ceil()).min(rate);
        let calls = self.calls.entry(lane).or_default();
        calls.push_back(now);
        if rate < 2.0 {
            let span = Duration::seconds_f64(1.0 / rate);
            let before = calls.len().checked_sub(2).map(|index| calls[index]);
            assert!(before.is_none_or(|before| now - before >= span), "faster than {rate} a second");
        }
        while calls.len() > 2 && calls.front().is_some_and(|call| now - *call >= Duration::SECOND) {
            calls.pop_front();
        }
        let of_second = calls.iter().filter(|call| now - **call < Duration::SECOND).count();
        assert!(
            rate < 2.0 || of_second as f64 <= slowed,
            "{of_second} calls in a second, {slowed} of {rate} are allowed"
        );
    }

    /// A row begins: it will be sent when it is written down.
    fn begin_row(&mut self, fleet: &Fleet, id: RowId) {
        let lane = fleet.rows[&id].spec.lane();
        let limits = fleet.head.limits_of(&lane);
        assert!(self.held.contains(&lane), "another tab may have the lane");
        self.begun.insert(id);
        let rows = &self.lanes[&lane];
        let rows_to_change = to_change(fleet, rows);
        // One that waits for a credential leaves its place to another.
        let is_held = |row: &RowId| {
            let row = &fleet.rows[row];
            row.spec.profile.is_some_and(|profile| self.in_need.contains(&profile))
                && row.follow().is_some_and(|follow| follow.need() == Some(Need::Credential))
        };
        let under_way =
            rows.iter().filter(|row| (self.sent.contains(*row) || self.begun.contains(*row)) && !is_held(row)).count();
        let most = limits.concurrency.of(rows_to_change).max(1);
        assert!(under_way <= most, "{under_way} rows under way, {most} are allowed");
        if limits.ramp {
            // 1, 2, 4, … with every step ended well before the next: never more than ended well, and one.
            let good = self.good.get(&lane).map_or(0, BTreeSet::len);
            assert!(under_way <= good + 1, "{under_way} rows under way after {good} that ended well");
        }
    }

    fn send(&mut self, now: OffsetDateTime, fleet: &Fleet, id: RowId) {
        let row = &fleet.rows[&id];
        let lane = row.spec.lane();
        let limits = fleet.head.limits_of(&lane);
        assert!(self.written.remove(&id), "it is not written down");
        assert_eq!(fleet.head.stage, FleetStage::Running, "nothing is sent in a fleet that does not run");
        assert!(!fleet.head.halted.contains_key(&lane), "nothing is sent in a lane that is halted");
        assert!(self.held.contains(&lane), "another tab may have the lane");
        assert!(!self.in_need.contains(&row.spec.profile.unwrap()), "its profile needs a credential");
        self.begun.remove(&id);
        self.sent.insert(id);
        let rows = &self.lanes[&lane];
        let rows_to_change = to_change(fleet, rows);
        if let Some(allowed) = allowed(&limits, rows_to_change) {
            let failures = failures(fleet, rows);
            let forgiven = self.forgiven.get(&lane).copied().unwrap_or_default().min(failures);
            assert!(failures - forgiven <= allowed, "{failures} failures, {allowed} are allowed");
        }
        if let Some(window) = limits.window {
            let minute = u16::from(now.hour()) * 60 + u16::from(now.minute());
            let is_open = match window.from <= window.to {
                true => window.from == window.to || (window.from..window.to).contains(&minute),
                false => minute >= window.from || minute < window.to,
            };
            assert!(is_open, "{minute} is outside {window:?}");
        }
    }
}

fn allowed(limits: &Limits, rows: usize) -> Option<usize> {
    limits.threshold.map(|share| share.of(rows))
}

fn failures(fleet: &Fleet, rows: &[RowId]) -> usize {
    rows.iter().filter(|row| fleet.rows[*row].end().is_some_and(RowEnd::is_failure)).count()
}

/// The rows that are to change, or did.
fn to_change(fleet: &Fleet, rows: &[RowId]) -> usize {
    let is_to = |row: &&RowId| match &fleet.rows[*row].state {
        RowState::Waiting(_) | RowState::Sending { .. } | RowState::Following(_) => true,
        RowState::Over(end) => end.is_failure() || (end.is_good() && *end != RowEnd::AlreadyOn),
        RowState::New | RowState::Checking(_) | RowState::Planned(_) => false,
    };
    rows.iter().filter(is_to).count()
}

/// The groups that a plan makes, by name.
pub(crate) fn group_name(group: &PlanGroup) -> &'static str {
    match group {
        PlanGroup::WillChange => "will change",
        PlanGroup::AlreadyOn => "already on",
        PlanGroup::Refused(_) => "refused",
        PlanGroup::CannotBeKnown(_) => "cannot be known",
    }
}
