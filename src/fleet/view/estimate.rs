//! How long the rest takes, and how many calls it makes.

use crate::credentials::ProfileId;
use crate::fleet::lane::Lane;
use crate::fleet::step::MOST_READING;
use crate::fleet::{Fleet, FleetStage, LaneKey, Limits, Window};
use time::{Duration, OffsetDateTime};

/// What a row is expected to need before anything is measured. It counts as much as so many rows that were measured: one row
/// that was quick says little of the others.
const EXPECTED: f64 = 3.0;
const READS: f64 = 1.5;
const LOOKS: f64 = 6.0;
const SECONDS: f64 = 120.0;
/// How long a read takes.
const READ_SECONDS: f64 = 0.5;

/// How long the rest takes, and how many calls it makes, as far as anybody can tell: of the plan while it is made, else of the
/// run. A pause does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Remaining {
    pub time: Duration,
    pub calls: usize,
}

/// What was measured in a lane since the page was opened.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::fleet) struct Measured {
    calls: LastMinute,
    ended: LastMinute,
    /// Rows that were planned, and their reads.
    planned: (f64, f64),
    /// Rows that were followed to their end, their looks and their seconds.
    followed: (f64, f64, f64),
}

impl Measured {
    pub(in crate::fleet) fn call(&mut self, now: OffsetDateTime) {
        self.calls.count(now);
    }

    pub(in crate::fleet) fn plan(&mut self, reads: usize) {
        self.planned.0 += 1.0;
        self.planned.1 += reads as f64;
    }

    /// A row that was begun has its end.
    pub(in crate::fleet) fn end(&mut self, now: OffsetDateTime) {
        self.ended.count(now);
    }

    /// A row was followed to its end.
    pub(in crate::fleet) fn followed(&mut self, took: Duration, looks: u32) {
        let (rows, all_looks, seconds) = &mut self.followed;
        (*rows, *all_looks, *seconds) = (*rows + 1.0, *all_looks + f64::from(looks), *seconds + took.as_seconds_f64());
    }

    pub(in crate::fleet) fn calls_of_last_minute(&self, now: OffsetDateTime) -> u32 {
        self.calls.sum(now)
    }

    /// The clock was set by so much.
    pub(in crate::fleet) fn shift(&mut self, by: Duration) {
        self.calls.shift(by);
        self.ended.shift(by);
    }

    fn reads(&self) -> f64 {
        (READS * EXPECTED + self.planned.1) / (EXPECTED + self.planned.0)
    }

    /// Looks and seconds of a row.
    fn row(&self) -> (f64, f64) {
        let (rows, looks, seconds) = self.followed;
        let mean = |expected: f64, sum: f64| (expected * EXPECTED + sum) / (EXPECTED + rows);
        (mean(LOOKS, looks), mean(SECONDS, seconds).max(1.0))
    }
}

/// How often something happened in each of the last sixty seconds.
#[derive(Debug, Clone, PartialEq)]
struct LastMinute {
    seconds: [u32; 60],
    /// The latest of them.
    at: i64,
}

impl Default for LastMinute {
    fn default() -> Self {
        Self { seconds: [0; 60], at: 0 }
    }
}

impl LastMinute {
    fn count(&mut self, now: OffsetDateTime) {
        let now = now.unix_timestamp();
        for second in (self.at + 1..=now).rev().take(60) {
            if let Some(count) = self.seconds.get_mut(index(second)) {
                *count = 0;
            }
        }
        self.at = self.at.max(now);
        if let Some(count) = self.seconds.get_mut(index(now)) {
            *count += 1;
        }
    }

    fn shift(&mut self, by: Duration) {
        self.at = self.at.saturating_add(by.whole_seconds());
        self.seconds.rotate_right(index(by.whole_seconds()));
    }

    fn sum(&self, now: OffsetDateTime) -> u32 {
        let now = now.unix_timestamp();
        // Behind the latest of them are seconds of the minute before.
        (now.max(self.at) - 59..=now.min(self.at))
            .map(|second| self.seconds.get(index(second)).copied().unwrap_or_default())
            .sum()
    }
}

fn index(second: i64) -> usize {
    usize::try_from(second.rem_euclid(60)).unwrap_or_default()
}

impl Fleet {
    pub fn remaining(&self, now: OffsetDateTime) -> Remaining {
        self.remaining_of(now, |_| true)
    }

    /// Whether a credential of this profile that expires then is of use to the end, as far as anybody can tell.
    pub fn is_outlived_by(&self, profile: ProfileId, expires: OffsetDateTime, now: OffsetDateTime) -> bool {
        let Remaining { time, .. } = self.remaining_of(now, |lane| lane.profiles.contains(&profile));
        now.saturating_add(time) <= expires
    }

    /// Calls that were made, and rows that ended, in the last minute.
    pub fn last_minute(&self, now: OffsetDateTime) -> (u32, u32) {
        let lanes = self.memory.lanes.values().map(|lane| &lane.measured);
        lanes
            .fold((0, 0), |(calls, ended), measured| (calls + measured.calls.sum(now), ended + measured.ended.sum(now)))
    }

    fn remaining_of(&self, now: OffsetDateTime, counts: impl Fn(&Lane) -> bool) -> Remaining {
        let lanes = self.memory.lanes.iter().filter(|(_, lane)| counts(lane));
        let all = lanes.map(|(key, lane)| self.of_lane(key, lane, now));
        // Lanes do not wait for each other.
        all.fold(Remaining::default(), |all, one| Remaining {
            time: all.time.max(one.time),
            calls: all.calls + one.calls,
        })
    }

    fn of_lane(&self, key: &LaneKey, lane: &Lane, now: OffsetDateTime) -> Remaining {
        let limits = self.head.limits_of(key);
        let rate = lane.rate.usual(limits.rate);
        let counts = lane.counts;
        if matches!(self.head.stage, FleetStage::Choosing | FleetStage::Planning) {
            let calls = counts.unplanned() as f64 * lane.measured.reads();
            let seconds = (calls / rate).max(calls * READ_SECONDS / MOST_READING as f64);
            return remaining(seconds, calls);
        }
        let (looks, seconds) = lane.measured.row();
        let rows = (counts.will_change + counts.waiting) as f64;
        let under_way = counts.under_way as f64;
        let calls = rows * (1.0 + looks) + under_way * looks / 2.0;
        let work = (calls / rate).max(rounds(lane, &limits, rows, under_way) * seconds);
        let wait = lane.rate.throttled_until(now).map_or(0.0, |until| (until - now).as_seconds_f64());
        let closed = if rows > 0.0 { limits.window.map_or(0.0, |window| closed(window, now, work)) } else { 0.0 };
        remaining(work + wait + closed, calls)
    }
}

impl Remaining {
    /// What can be said of it: an estimate has no more than two digits. `before`: what was said last, which stays as long as it
    /// is about right.
    pub fn coarse(self, before: Option<Self>) -> Self {
        let minutes = (self.time.as_seconds_f64() / 60.0).max(0.0);
        // It becomes less by itself. That it becomes more is said when it is sure.
        let stays =
            |before: f64, now: f64, step: f64| before - now < step && now - before < (before * 0.25).max(step * 1.5);
        let said = before.map(|before| (before.time.as_seconds_f64() / 60.0, before.calls as f64));
        let time = match said {
            Some((before, _)) if self.time.is_positive() && stays(before, minutes, step(before)) => before,
            _ => (minutes / step(minutes)).round().max(1.0) * step(minutes),
        };
        let calls = self.calls as f64;
        let digit = |calls: f64| 10_f64.powf((calls.max(10.0).log10().floor() - 1.0).max(0.0));
        let calls = match said {
            Some((_, before)) if calls > 0.0 && stays(before, calls, digit(before)) => before,
            _ => (calls / digit(calls)).round() * digit(calls),
        };
        Self { time: Duration::seconds((time * 60.0) as i64), calls: calls as usize }
    }
}

/// The step in which so many minutes are told, in minutes.
fn step(minutes: f64) -> f64 {
    match minutes {
        ..10.5 => 1.0,
        ..31.0 => 2.0,
        ..62.5 => 5.0,
        ..125.0 => 10.0,
        _ => 60.0,
    }
}

fn remaining(seconds: f64, calls: f64) -> Remaining {
    // Both are positive; what is too large is as good as for ever.
    Remaining { time: Duration::seconds(seconds.ceil() as i64), calls: calls.ceil() as usize }
}

/// How often a lane waits for a set of rows, one after the other.
fn rounds(lane: &Lane, limits: &Limits, rows: f64, under_way: f64) -> f64 {
    let most = limits.concurrency.of(lane.to_change().max(rows as usize)).max(1) as f64;
    let (mut left, mut rounds) = (rows, if under_way > 0.0 { 0.5 } else { 0.0 });
    let mut step = lane.ramp.step().filter(|_| limits.ramp).map_or(most, |step| (step as f64).max(1.0));
    while step < most && left > 0.0 {
        left -= step;
        rounds += 1.0;
        step *= 2.0;
    }
    // A place that is free is taken at once, and the last row takes its time.
    rounds + if left > 0.0 { (left / most).max(1.0) } else { 0.0 }
}

/// How many seconds of the way to the end of so much work the window is closed.
fn closed(window: Window, now: OffsetDateTime, work: f64) -> f64 {
    let Some(open) = window.length().filter(|minutes| *minutes < 24 * 60) else { return 0.0 };
    let (open, closed) = (f64::from(open) * 60.0, f64::from(24 * 60 - open) * 60.0);
    let opens = window.opens(now);
    let left = if opens.is_some() { open } else { window.closes_in(now).as_seconds_f64() };
    let more = ((work - left) / open).ceil().max(0.0);
    opens.map_or(0.0, |opens| (opens - now).as_seconds_f64()) + more * closed
}
