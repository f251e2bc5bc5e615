//! The machine by itself: a page that answers as the test says.

use super::*;
use crate::credentials::ProfileId;
use crate::follow::{Follow, LookResult, Origin, Place};
use std::collections::BTreeMap;
use time::Duration;
use time::macros::datetime;

mod conflict;
mod counted_rows;
mod credentials;
mod doubt;
mod estimates;
mod gates;
mod lanes;
mod never_twice;
mod notes;
mod possible;
mod records;
mod run;
mod scale;
mod uncertain;

pub(super) use counted_rows::Rows;

const START: OffsetDateTime = datetime!(2026-11-27 04:00:00 UTC);

/// A page that carries effects out at once, one second a call.
struct Page {
    fleet: Fleet,
    now: OffsetDateTime,
    /// What is to happen next, by time.
    next: BTreeMap<(OffsetDateTime, usize), EventKind>,
    wake: Option<OffsetDateTime>,
    count: usize,
    /// What a send leads to, by the row; accepted and not to be followed where nothing is said.
    answers: Box<dyn FnMut(RowId, u32) -> SendResult>,
    /// What the reads of a row find.
    standings: Box<dyn FnMut(RowId) -> (&'static str, ReadResult)>,
    takes: Duration,
    /// When which row was sent.
    sent: Vec<(i64, u32)>,
    reads: Vec<(i64, u32)>,
    effects: Vec<Effect>,
    holds_writes: bool,
    /// Whether a fleet of another tab has the lanes, or the browser has not said yet who has them.
    holds_lanes: bool,
    /// What is found where nobody knows what became of a call of some time, now. `None`: nobody can say how to look.
    recovers: Option<Box<dyn FnMut(OffsetDateTime, OffsetDateTime) -> SendResult>>,
    looks: Box<dyn FnMut(RowId) -> LookResult>,
}

fn spec(region: &str, subject: &str) -> RowSpec {
    RowSpec {
        api: String::from("acme"),
        operation: String::from("Set"),
        place: Place::default(),
        region: region.to_owned(),
        values: Vec::new(),
        subject: subject.to_owned(),
        act: String::from("on"),
        provider: String::from("Acme Cloud"),
        profile: Some(ProfileId::new(1)),
    }
}

fn rows(count: u32) -> Vec<Row> {
    (0..count).map(|id| Row::new(RowId(id), spec("south", &format!("i-{id}")), u128::from(id) << 64 | 7)).collect()
}

fn note(at: OffsetDateTime, call: &str, operation: &str) -> CallNote {
    CallNote { status: Some(200), ..CallNote::new(at, call.to_owned(), operation.to_owned()) }
}

fn accepted() -> SendResult {
    SendResult::Accepted(None)
}

fn refused() -> SendResult {
    SendResult::Refused { code: String::from("E"), message: String::new(), status: 400 }
}

fn busy() -> SendResult {
    let (code, message) = (String::from("BUSY"), String::new());
    SendResult::Busy { code, message, status: 409, throttled: false, retry_after: None }
}

impl Page {
    fn new(rows: Vec<Row>, limits: Limits) -> Self {
        let mut head = Head::new(String::from("f"), String::from("Fleet"), START, String::from("Sandbox"));
        for row in &rows {
            head.limits.insert(row.spec.lane(), limits.clone());
        }
        Self {
            fleet: Fleet::new(head, rows),
            now: START,
            next: BTreeMap::new(),
            wake: None,
            count: 0,
            answers: Box::new(|_, _| accepted()),
            standings: Box::new(|_| ("pass", ReadResult::Answered)),
            takes: Duration::SECOND,
            sent: Vec::new(),
            reads: Vec::new(),
            effects: Vec::new(),
            holds_writes: false,
            holds_lanes: false,
            recovers: None,
            looks: Box::new(|_| LookResult::NoAnswer { retry_after: None }),
        }
    }

    /// Planned and started.
    fn started(rows: Vec<Row>, limits: Limits) -> Self {
        let mut page = Self::new(rows, limits);
        page.plan_and_start();
        page
    }

    fn plan_and_start(&mut self) {
        self.event(EventKind::Plan);
        self.run();
        assert_eq!(self.fleet.head.stage, FleetStage::Planned);
        self.event(EventKind::Start);
    }

    fn seconds(&self) -> i64 {
        (self.now - START).whole_seconds()
    }

    fn later(&mut self, after: Duration, kind: EventKind) {
        self.count += 1;
        self.next.insert((self.now + after, self.count), kind);
    }

    fn event(&mut self, kind: EventKind) {
        let before = self.fleet.rows.clone();
        let effects = self.fleet.step(Event { now: self.now, random: 0, kind });
        let stored = |id: &RowId| effects.contains(&Effect::Keep(*id)) || effects.contains(&Effect::WriteDown(*id));
        for (id, row) in &self.fleet.rows {
            assert!(before[id] == *row || stored(id), "a change that is not stored: {row:?}");
            // The history's entry of the call gets its end.
            if let Some(RowEnd::Followed { follow, .. }) = row.end().filter(|_| before[id].end().is_none()) {
                assert!(
                    effects.contains(&Effect::Ended(follow.clone())),
                    "an end that the history does not get: {row:?}"
                );
            }
        }
        assert_eq!(self.fleet.counts(), counted(&self.fleet));
        let mut free = Vec::new();
        for effect in effects {
            self.effects.push(effect.clone());
            match effect {
                Effect::Read { row, read } => {
                    self.reads.push((self.seconds(), row.0));
                    let (standing, result) = (self.standings)(row);
                    let (standing, evidence, why) = (standing.to_owned(), Vec::new(), String::new());
                    let found = vec![Checked { precondition: 0, standing, evidence, why }];
                    let note = Some(note(self.now, "r", "Get"));
                    self.later(self.takes, EventKind::Read { row, read, reads: 1, found, note, result });
                }
                Effect::WriteDown(row) if !self.holds_writes => self.later(Duration::ZERO, EventKind::Written(row)),
                Effect::Send { row, call } => {
                    self.sent.push((self.seconds(), row.0));
                    let result = (self.answers)(row, self.fleet.rows[&row].sends);
                    let note = note(self.now, &call, "Set");
                    self.later(self.takes, EventKind::Sent { row, call, note, result });
                }
                Effect::Recover { row, since, .. } => {
                    if let Some(recovers) = &mut self.recovers {
                        let result = recovers(since, self.now);
                        self.later(Duration::ZERO, EventKind::Recovering { row, result });
                    }
                }
                Effect::Look { row, request } => {
                    let result = (self.looks)(row);
                    let status = (!matches!(result, LookResult::NoAnswer { .. })).then_some(200);
                    let note = Some(CallNote { status, ..note(self.now, "l", "List") });
                    self.later(self.takes, EventKind::Looked { row, look: request.number, note, result });
                }
                Effect::WakeAt(at) => self.wake = Some(at),
                Effect::HoldLane(lane) if !self.holds_lanes => free.push(lane),
                _ => {}
            }
        }
        free.into_iter().for_each(|lane| self.event(EventKind::LaneHeld(lane)));
    }

    /// What is next happens. `false`: nothing is.
    fn go_on(&mut self) -> bool {
        let event = self.next.first_key_value().map(|((at, _), _)| *at);
        match (event, self.wake) {
            (Some(at), wake) if wake.is_none_or(|wake| at <= wake) => {
                self.now = at;
                let (_, kind) = self.next.pop_first().unwrap();
                self.event(kind);
            }
            (_, Some(wake)) => {
                self.now = self.now.max(wake);
                self.wake = None;
                self.event(EventKind::Time);
            }
            _ => return false,
        }
        true
    }

    fn run(&mut self) {
        let mut steps = 0;
        while self.go_on() {
            steps += 1;
            assert!(steps < 100_000, "it never ends: {:?}", self.fleet);
        }
    }

    /// Until so many seconds after the start.
    fn run_until(&mut self, seconds: i64) {
        let until = START + Duration::seconds(seconds);
        let is_before = |page: &Self| {
            let event = page.next.first_key_value().map(|((at, _), _)| *at);
            event.into_iter().chain(page.wake).min().is_some_and(|at| at <= until)
        };
        while is_before(self) {
            self.go_on();
        }
        self.now = until;
    }

    /// The page is gone, and another one reads what is stored.
    fn reload(&mut self) {
        let head = Head::from_json(&self.fleet.head.to_json()).unwrap();
        let rows: Vec<Row> = self.fleet.rows.values().map(|row| Row::from_json(&row.to_json()).unwrap()).collect();
        self.fleet = Fleet::new(head, rows);
        (self.next, self.wake) = Default::default();
        self.effects.clear();
        self.event(EventKind::Opened);
    }

    fn end(&self, row: u32) -> &RowEnd {
        self.fleet.rows[&RowId(row)].end().unwrap_or_else(|| panic!("{:?}", self.fleet.rows[&RowId(row)]))
    }

    fn order(&self) -> Vec<u32> {
        self.sent.iter().map(|(_, row)| *row).collect()
    }
}

/// The counts, by looking at every row.
fn counted(fleet: &Fleet) -> Counts {
    let mut counts = Counts::default();
    fleet.rows.values().for_each(|row| *counts.of(row.group()) += 1);
    counts
}

/// Limits that do not matter.
fn free() -> Limits {
    Limits { concurrency: Share::Number(1000), rate: 50.0, ramp: false, threshold: None, window: None }
}

/// A follow that is over: nobody can say what became of its call.
pub(in crate::fleet) fn blind_follow() -> Box<Follow> {
    let text = String::new;
    let origin = Origin {
        id: text(),
        api: text(),
        operation: text(),
        subject: text(),
        act: text(),
        region: text(),
        place: Place::default(),
        connection: text(),
        profile: None,
    };
    Box::new(Follow::not_offered(origin, START))
}
