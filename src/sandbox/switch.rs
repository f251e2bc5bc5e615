//! A setting that takes its time to change.

use time::Duration;

use super::course::{Course, End};

/// A setting of a resource that a change moves to another value, after a while.
#[derive(Debug, Clone, Copy)]
pub(super) struct Switch {
    before: bool,
    change: Option<Change>,
}

/// A change that was accepted. All times are work times.
#[derive(Debug, Clone, Copy)]
pub(super) struct Change {
    target: bool,
    started: Duration,
    course: Course,
}

/// What can be seen of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Hidden,
    Pending,
    /// With the percentage done.
    Running(u8),
    /// Running, under a name that no document knows.
    Odd(u8),
    /// Running, and seen as if it was not.
    Flapped,
    Ended(End),
}

impl Switch {
    /// A setting that nothing is changing.
    pub(super) fn at(value: bool) -> Self {
        Self { before: value, change: None }
    }

    pub(super) fn value(&self, work: Duration) -> bool {
        self.change
            .filter(|change| change.has_ended(work) && change.course.end == End::Done)
            .map_or(self.before, |c| c.target)
    }

    /// Whether a change is not over yet, seen or not.
    pub(super) fn is_moving(&self, work: Duration) -> bool {
        self.change.is_some_and(|change| !change.has_ended(work))
    }

    /// What can be seen of the last change.
    pub(super) fn stage(&self, work: Duration) -> Option<Stage> {
        self.change.map(|change| change.stage(work))
    }

    pub(super) fn start(&mut self, target: bool, work: Duration, course: Course) -> Change {
        let change = Change { target, started: work, course };
        *self = Self { before: self.value(work), change: Some(change) };
        change
    }
}

impl Change {
    /// How often a state that flaps changes.
    const FLAP: i64 = 10;

    /// The work time of its end.
    pub(super) fn end(&self) -> Duration {
        self.started.saturating_add(self.course.takes)
    }

    fn has_ended(&self, work: Duration) -> bool {
        work >= self.end()
    }

    pub(super) fn stage(&self, work: Duration) -> Stage {
        let past = work.saturating_sub(self.started);
        let Course { hidden, pending, takes, end, flaps, odd } = self.course;
        let milliseconds = takes.whole_milliseconds().max(1);
        let percent = u8::try_from(past.whole_milliseconds().saturating_mul(100) / milliseconds).unwrap_or(99).min(99);
        match past {
            past if past < hidden => Stage::Hidden,
            past if past >= takes => Stage::Ended(end),
            past if past < pending => Stage::Pending,
            past if flaps && (past.whole_seconds() / Self::FLAP) % 2 == 1 => Stage::Flapped,
            _ if odd => Stage::Odd(percent),
            _ => Stage::Running(percent),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::Provider;
    use crate::sandbox::course::CourseKind;

    fn begun(kind: CourseKind, provider: Provider) -> Switch {
        let mut switch = Switch::at(false);
        switch.start(true, Duration::HOUR, kind.course(provider));
        switch
    }

    fn after(seconds: i64) -> Duration {
        Duration::HOUR + Duration::seconds(seconds)
    }

    #[test]
    fn a_switch_keeps_its_old_value_until_the_change_is_done() {
        let mut switch = Switch::at(false);
        let course = Course::ordinary(Provider::Huawei);
        let change = switch.start(true, Duration::HOUR, course);
        assert_eq!(change.end(), after(75));
        assert_eq!((switch.value(after(74)), switch.stage(after(74))), (false, Some(Stage::Running(98))));
        assert_eq!((switch.value(after(75)), switch.stage(after(75))), (true, Some(Stage::Ended(End::Done))));
        assert_eq!(switch.stage(after(4)), Some(Stage::Hidden));
        switch.start(false, after(80), course);
        assert!(switch.value(after(154)) && !switch.value(after(155)));
    }

    #[test]
    fn what_fails_or_is_cancelled_leaves_the_setting_as_it_was() {
        for (kind, end) in [(CourseKind::Failed, End::Failed), (CourseKind::Canceled, End::Canceled)] {
            let switch = begun(kind, Provider::Aliyun);
            assert_eq!(switch.stage(after(90)), Some(Stage::Ended(end)));
            assert!(!switch.value(after(90)) && !switch.is_moving(after(90)) && switch.is_moving(after(10)));
        }
    }

    #[test]
    fn a_change_that_nobody_sees_is_made_and_one_that_never_ends_is_not() {
        let (unseen, endless) =
            (begun(CourseKind::Never, Provider::Huawei), begun(CourseKind::Never, Provider::Aliyun));
        let later = after(1_000_000);
        assert_eq!((unseen.stage(later), unseen.value(later)), (Some(Stage::Hidden), true));
        assert_eq!((endless.stage(later), endless.value(later)), (Some(Stage::Running(0)), false));
    }

    #[test]
    fn a_flapping_state_is_now_this_and_now_that_and_ends_once() {
        let switch = begun(CourseKind::Flapping, Provider::Huawei);
        let seen = [6, 12, 24, 38, 75].map(|seconds| switch.stage(after(seconds)).unwrap());
        let ended = Stage::Ended(End::Done);
        assert_eq!(seen, [Stage::Running(8), Stage::Flapped, Stage::Running(32), Stage::Flapped, ended]);
    }

    #[test]
    fn a_slow_change_waits_before_it_begins_and_an_odd_one_has_a_name_of_its_own() {
        let slow = begun(CourseKind::Slow, Provider::Huawei);
        assert_eq!([59, 61].map(|s| slow.stage(after(s)).unwrap()), [Stage::Pending, Stage::Running(5)]);
        assert_eq!(begun(CourseKind::Odd, Provider::Aliyun).stage(after(11)), Some(Stage::Odd(10)));
    }
}
