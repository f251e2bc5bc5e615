//! What must be true, whatever happens.

use super::{Outcomes, Scenario};
use time::Duration;
use tls_console::follow::{End, Why};
use tls_console::sandbox;

impl Scenario<'_> {
    /// What is said must be true at any time.
    pub(super) fn check(&mut self) {
        self.world.set_now(self.now);
        let switches = self.world.switches(self.instance) - self.before;
        assert!(switches <= 1, "{switches} switches for one act");
        let Some(follow) = &self.follow else { return };
        let is_changing = self.world.is_changing(self.instance);
        match follow.end() {
            Some(End::Verified | End::Completed) => {
                assert!(!is_changing && self.is_on() == self.target, "not so: {follow:#?}");
            }
            Some(End::Failed(_)) => {
                assert!(!is_changing && switches == 1 && self.course.end != sandbox::End::Done, "not so: {follow:#?}");
            }
            Some(End::NotCarriedOut | End::NotSeen(_)) => {
                assert!(switches == 0 && self.late.is_none(), "it was carried out: {follow:#?}");
            }
            Some(End::Unknown(why)) => {
                let waited = self.clock().computer() - follow.started();
                let is_told = match why {
                    Why::Limit | Why::Unclear | Why::NeverSeen | Why::NoAnswer => waited >= Duration::seconds(60),
                    Why::Refused(_) => self.denied.is_some() || waited >= Duration::seconds(60),
                    Why::NotOffered | Why::MissingValue(_) | Why::NotDescribed => false,
                };
                assert!(is_told, "given up too early: {follow:#?}");
            }
            None => {}
        }
    }

    pub(super) fn check_end(mut self) -> Outcomes {
        if self.refused {
            return Outcomes { end: "refused", looks: 0, bound: 0, repeats: 0, conflicts: 0 };
        }
        let follow = self.follow.take().unwrap();
        assert!(follow.end().is_some(), "it does not go on: {follow:#?}");
        let takes = self.course.takes;
        let is_plain = takes < Duration::seconds(900) && self.denied.is_none();
        // A list of changes tells of a failure where the clocks can be compared.
        let is_told = self.course.end == sandbox::End::Done || self.tells_time;
        let is_seen = self.course.hidden < Duration::seconds(60) && !self.course.flaps;
        // Where the clocks are not compared well enough, a task from shortly before the call may be anybody's.
        let is_timed = match self.tells_time {
            true => !self.has_colleague && !self.has_rival,
            // Whose the change is that a call was refused for.
            false => self.ahead < Duration::seconds(60) && self.conflicts == 0,
        };
        if is_plain
            && is_told
            && is_seen
            && self.trouble <= 5
            && self.extensions == 0
            && !follow.may_repeat()
            && is_timed
        {
            assert!(!matches!(follow.end(), Some(End::Unknown(_))), "it could be known: {follow:#?}");
        }
        let once = self.follow_up.links.iter().map(|link| 3_600 / link.stages[0].timing.interval).max().unwrap();
        // The last look, five that nobody answers, one more before a failure; each reload loses one.
        let bound = (once + 12) * (1 + self.extensions + self.repeats);
        assert!(follow.looks() <= bound, "{} looks, {bound} at most", follow.looks());
        let end = if matches!(follow.end(), Some(End::NotSeen(_))) { "not-seen" } else { follow.phase().name() };
        Outcomes { end, looks: follow.looks(), bound, repeats: self.repeats, conflicts: self.conflicts }
    }
}
