//! The time that work takes. It can pass faster than the time by which signatures and tokens are judged.

use time::{Duration, OffsetDateTime};

/// A clock of work done, and the dates that belong to it.
#[derive(Debug)]
pub(super) struct WorkClock {
    now: OffsetDateTime,
    work: Duration,
    /// Where each speed began, the present one last.
    spans: Vec<Span>,
}

#[derive(Debug, Clone, Copy)]
struct Span {
    work: Duration,
    date: OffsetDateTime,
    speed: i32,
}

impl WorkClock {
    pub(super) fn new() -> Self {
        let (now, work) = (OffsetDateTime::UNIX_EPOCH, Duration::ZERO);
        Self { now, work, spans: vec![Span { work, date: now, speed: 1 }] }
    }

    fn speed(&self) -> i32 {
        self.spans.last().map_or(1, |span| span.speed)
    }

    /// Lets work go on until now. A clock that was set back undoes no work.
    pub(super) fn set_now(&mut self, now: OffsetDateTime) {
        let passed = now - self.now;
        self.now = now;
        if passed.is_negative() {
            self.set_speed(self.speed());
        } else {
            self.work = self.work.saturating_add(passed.saturating_mul(self.speed()));
        }
    }

    /// From now on, work passes so many times as fast as the time; at least once, at most a thousand times.
    pub(super) fn set_speed(&mut self, speed: i32) {
        self.spans.push(Span { work: self.work, date: self.now, speed: speed.clamp(1, 1000) });
    }

    pub(super) fn work(&self) -> Duration {
        self.work
    }

    /// The date at which so much work was done.
    pub(super) fn date(&self, work: Duration) -> OffsetDateTime {
        let Some(span) = self.spans.iter().rev().find(|span| span.work <= work) else { return self.now };
        span.date.checked_add(work.saturating_sub(span.work) / span.speed).unwrap_or(self.now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: OffsetDateTime = time::macros::datetime!(2026-11-22 10:00:00 UTC);

    #[test]
    fn work_passes_with_the_time_until_it_is_told_to_pass_faster() {
        let mut clock = WorkClock::new();
        clock.set_now(START);
        let begun = clock.work();
        clock.set_now(START + Duration::seconds(10));
        clock.set_speed(60);
        clock.set_now(START + Duration::seconds(12));
        assert_eq!(clock.work() - begun, Duration::seconds(130));
        assert_eq!(clock.date(begun + Duration::seconds(5)), START + Duration::seconds(5));
        assert_eq!(clock.date(begun + Duration::seconds(70)), START + Duration::seconds(11));
    }

    #[test]
    fn a_clock_that_is_set_back_undoes_no_work() {
        let mut clock = WorkClock::new();
        clock.set_now(START);
        let begun = clock.work();
        clock.set_now(START - Duration::HOUR);
        assert_eq!(clock.work(), begun);
        clock.set_now(START - Duration::MINUTE * 59);
        assert_eq!(clock.date(begun + Duration::seconds(30)), START - Duration::MINUTE * 59 - Duration::seconds(30));
    }

    #[test]
    fn no_speed_stops_or_overflows_it() {
        let mut clock = WorkClock::new();
        clock.set_speed(0);
        clock.set_speed(i32::MAX);
        clock.set_now(time::macros::datetime!(9999-12-31 23:59:59 UTC));
        assert!(clock.work() > Duration::DAY);
        assert!(clock.date(Duration::MAX) <= clock.now);
    }
}
