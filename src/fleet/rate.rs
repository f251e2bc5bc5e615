//! How many calls a second a lane makes: never more than its limit, and fewer after an API said that it is too much.

use super::limits::{LEAST_RATE, MOST_RATE};
use crate::back_off;
use std::collections::VecDeque;
use time::{Duration, OffsetDateTime};

/// The pauses double up to 2 to this power of seconds, unless an API asks for longer ones.
const MOST_DOUBLINGS: u32 = 6;
/// So many calls that go well bring the rate back from nothing to the limit.
const RECOVERY: f64 = 40.0;
/// What is usual is the mean of so many calls, the first of them as fast as the limit lets them be.
const USUAL: u32 = 400;
const USUAL_AT_FIRST: u32 = 50;

/// The calls of a lane, and how fast they may follow each other.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Rate {
    /// Calls a second at the moment. `None`: the limit.
    current: Option<f64>,
    /// When the calls of the last second were made, and at least the latest one.
    calls: VecDeque<OffsetDateTime>,
    /// The API asked to wait until then.
    not_before: Option<OffsetDateTime>,
    /// How often in a row it was too much.
    throttled: u32,
    /// So many seconds of waiting that the API asked for stand before the next call.
    waited: f64,
    /// How much longer than the limit says a call usually takes: half as fast is 1.
    slowness: f64,
    /// How many calls that is the mean of, up to [`USUAL`].
    known: u32,
}

impl Rate {
    /// When one more call may be made, after `others` that are as good as made.
    pub(super) fn next(&self, now: OffsetDateTime, limit: f64, others: usize) -> OffsetDateTime {
        let (most, span) = self.pace(limit);
        let made = self.calls.len() + others;
        let next = match made.checked_sub(most) {
            None => now,
            Some(index) => self.calls.get(index).map_or(now, |call| *call).saturating_add(span),
        };
        next.max(self.not_before.unwrap_or(now)).max(now)
    }

    /// So many calls in such a span, at most.
    fn pace(&self, limit: f64) -> (usize, Duration) {
        let limit = sane(limit);
        let rate = self.current.unwrap_or(limit).min(limit);
        if rate < 2.0 {
            // In whole milliseconds, as timers and records have them.
            (1, Duration::milliseconds((1000.0 / rate).ceil() as i64))
        } else {
            // Positive and small: no digit is lost.
            (rate as usize, Duration::SECOND)
        }
    }

    /// A call is made.
    pub(super) fn take(&mut self, now: OffsetDateTime, limit: f64) {
        let limit = sane(limit);
        let (most, span) = self.pace(limit);
        let takes = span.as_seconds_f64() / most as f64 + std::mem::take(&mut self.waited);
        let slowness = takes * limit - 1.0;
        self.known = (self.known + 1).min(USUAL - USUAL_AT_FIRST);
        self.slowness += (slowness - self.slowness) / f64::from(self.known + USUAL_AT_FIRST);
        let is_past = |call: &OffsetDateTime| now - *call >= Duration::SECOND;
        while self.calls.len() > 1 && self.calls.front().is_some_and(is_past) {
            self.calls.pop_front();
        }
        self.calls.push_back(now);
    }

    /// Another page may have made as many calls as it might a moment ago.
    pub(super) fn begin(&mut self, now: OffsetDateTime, limit: f64) {
        let (most, _) = self.pace(limit);
        self.calls = std::iter::repeat_n(now, most).collect();
    }

    /// A call was too much: nothing for a while, then half as fast. Calls that were under way meanwhile count once.
    pub(super) fn throttled(&mut self, now: OffsetDateTime, limit: f64, retry_after: Option<u64>, random: u32) {
        let limit = sane(limit);
        if self.not_before.is_none_or(|until| until <= now) {
            self.current = Some((self.current.unwrap_or(limit).min(limit) / 2.0).max(limit / 16.0));
            self.throttled = self.throttled.saturating_add(1);
        }
        let wait = back_off::pause(1 << self.throttled.min(MOST_DOUBLINGS), retry_after, random);
        let before = self.not_before.unwrap_or(now).max(now);
        let until = before.max(now.saturating_add(wait));
        self.waited += (until - before).as_seconds_f64();
        self.not_before = Some(until);
    }

    /// A call went well: a little faster again.
    pub(super) fn went_well(&mut self, limit: f64) {
        let limit = sane(limit);
        self.throttled = 0;
        self.current = self.current.map(|current| current + limit / RECOVERY).filter(|current| *current < limit);
    }

    /// Until when the API asked to wait.
    pub(super) fn throttled_until(&self, now: OffsetDateTime) -> Option<OffsetDateTime> {
        self.not_before.filter(|until| *until > now)
    }

    /// Calls a second at the moment.
    pub(super) fn current(&self, limit: f64) -> f64 {
        self.current.unwrap_or(limit).min(limit)
    }

    /// Calls a second as they were of late, with the waits that the API asked for: it changes slowly.
    pub(super) fn usual(&self, limit: f64) -> f64 {
        sane(limit) / (1.0 + self.slowness.max(0.0))
    }

    /// The clock was set by so much.
    pub(super) fn shift(&mut self, by: Duration) {
        self.calls.iter_mut().for_each(|call| *call = call.saturating_add(by));
        self.not_before = self.not_before.map(|until| until.saturating_add(by));
    }
}

/// A limit that comes from a file may be any number.
fn sane(limit: f64) -> f64 {
    if limit.is_finite() { limit.clamp(LEAST_RATE, MOST_RATE) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: OffsetDateTime = time::macros::datetime!(2026-11-27 04:00:00 UTC);

    /// The milliseconds at which so many calls are made, as fast as they may.
    fn calls(rate: &mut Rate, limit: f64, count: usize) -> Vec<i64> {
        let mut now = START;
        let mut call = || {
            now = rate.next(now, limit, 0);
            rate.take(now, limit);
            i64::try_from((now - START).whole_milliseconds()).unwrap()
        };
        (0..count).map(|_| call()).collect()
    }

    #[test]
    fn no_second_has_more_calls_than_the_limit() {
        assert_eq!(calls(&mut Rate::default(), 3.0, 7), [0, 0, 0, 1000, 1000, 1000, 2000]);
        assert_eq!(calls(&mut Rate::default(), 1.0, 3), [0, 1000, 2000]);
        assert_eq!(calls(&mut Rate::default(), 0.25, 3), [0, 4000, 8000]);
        assert_eq!(calls(&mut Rate::default(), 3.9, 4), [0, 0, 0, 1000]);
        for limit in [f64::NAN, f64::INFINITY, 0.0, -1.0, f64::MAX] {
            calls(&mut Rate::default(), limit, 3);
        }
    }

    #[test]
    fn calls_that_are_as_good_as_made_count() {
        let mut rate = Rate::default();
        assert_eq!([0, 1, 2, 3].map(|others| (rate.next(START, 2.0, others) - START).whole_seconds()), [0, 0, 1, 1]);
        rate.take(START, 5.0);
        assert_eq!([0, 1, 2].map(|others| (rate.next(START, 2.0, others) - START).whole_seconds()), [0, 1, 1]);
    }

    #[test]
    fn too_much_makes_it_wait_and_slow_and_good_calls_bring_it_back() {
        let mut rate = Rate::default();
        rate.throttled(START, 8.0, Some(30), 0);
        // Another answer of the same moment does not halve it again.
        rate.throttled(START, 8.0, Some(10), 0);
        assert_eq!(rate.next(START, 8.0, 0), START + Duration::seconds(30));
        assert_eq!((rate.current(8.0), rate.throttled_until(START)), (4.0, Some(START + Duration::seconds(30))));
        (0..19).for_each(|_| rate.went_well(8.0));
        assert!(rate.current(8.0) > 7.7 && rate.current(8.0) < 8.0);
        (0..2).for_each(|_| rate.went_well(8.0));
        assert_eq!(rate.current(8.0), 8.0);
        // Without a word how long: longer each time, up to a minute.
        let mut now = START + Duration::HOUR;
        let mut pauses = Vec::new();
        for _ in 0..7 {
            rate.throttled(now, 8.0, None, 0);
            let next = rate.next(now, 8.0, 0);
            pauses.push((next - now).whole_seconds());
            now = next;
        }
        assert_eq!(pauses, [2, 4, 8, 16, 32, 64, 64]);
        assert_eq!(rate.current(8.0), 0.5);
    }
}
