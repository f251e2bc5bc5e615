//! A setting that takes its time to change.

use time::{Duration, OffsetDateTime};

/// A setting of a resource that a change moves to another value, after a while.
#[derive(Debug, Clone, Copy)]
pub(super) struct Switch {
    before: bool,
    after: bool,
    done: OffsetDateTime,
}

impl Switch {
    /// A setting that nothing is changing.
    pub(super) fn at(value: bool) -> Self {
        Self { before: value, after: value, done: OffsetDateTime::UNIX_EPOCH }
    }

    pub(super) fn value(&self, now: OffsetDateTime) -> bool {
        if self.is_moving(now) { self.before } else { self.after }
    }

    pub(super) fn is_moving(&self, now: OffsetDateTime) -> bool {
        now < self.done
    }

    pub(super) fn start(&mut self, target: bool, now: OffsetDateTime, takes: Duration) {
        *self = Self { before: self.value(now), after: target, done: now + takes };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_keeps_its_old_value_until_the_change_is_done() {
        let start = OffsetDateTime::UNIX_EPOCH;
        let mut switch = Switch::at(false);
        switch.start(true, start, Duration::seconds(20));
        assert!(!switch.value(start + time::Duration::seconds(19)));
        assert!(switch.value(start + time::Duration::seconds(20)));
    }
}
