//! What must be true, whatever happens.

use super::setup::ROWS;
use super::{Outcomes, Scenario, Target};
use time::Duration;
use tls_console::fleet::{FleetStage, Row, RowEnd, RowId};
use tls_console::follow::{End, Why};
use tls_console::sandbox;

impl Scenario<'_> {
    fn is_as_wanted(&self, target: &Target) -> bool {
        let is_on =
            if target.cloud == 0 { self.world.ssl(&target.instance) } else { self.world.https(&target.instance) };
        is_on == Some(target.target)
    }

    /// A call of a row was made. No row switches twice, at any time, unless the user insisted without knowing of the first time.
    pub(super) fn count_switches(&mut self, row: RowId, before: usize) {
        let target = &mut self.targets[row.0 as usize];
        target.switched += self.world.switches(&target.instance) - before;
        let Target { switched, blind, instance, .. } = target;
        assert!(*switched <= 1 + *blind, "{switched} switches of {instance}: {:#?}", self.fleet.rows[&row]);
    }

    /// What is said of a row must be true.
    pub(super) fn check(&mut self, id: RowId) {
        self.world.set_now(self.now);
        let row = &self.fleet.rows[&id];
        let Some(end) = row.end() else { return };
        let target = &self.targets[id.0 as usize];
        let (switches, is_changing) = (target.switched, self.world.is_changing(&target.instance));
        let is_once = (1..=1 + target.blind).contains(&switches);
        let says = |what: &str| format!("{what}: {switches} switches, {row:#?}");
        match end {
            // The user insists on a row that was on: it is on whatever happens to its call, and no state tells of the change.
            RowEnd::Followed { end: End::Verified | End::Completed, .. } if target.was_on => {
                assert!(self.is_as_wanted(target), "{}", says("it is not so"));
            }
            // What another row has done looks like one's own. The change of the other one may go on.
            RowEnd::Followed { end: End::Verified | End::Completed, .. } if target.is_twin => {
                assert!(self.world.switches(&target.instance) > 0, "{}", says("it is not so"));
            }
            // Of two changes, the first may be seen and the second go on.
            RowEnd::Followed { end: End::Verified | End::Completed, .. } if target.blind > 0 => {
                assert!(is_once, "{}", says("it is not so"));
            }
            RowEnd::Followed { end: End::Verified | End::Completed, .. } => {
                assert!(!is_changing && self.is_as_wanted(target) && is_once, "{}", says("it is not so"));
            }
            RowEnd::Followed { end: End::Failed(_), .. } => {
                let has_failed = target.course.end != sandbox::End::Done;
                let is_over = target.is_twin || target.blind > 0 || (!is_changing && is_once);
                assert!(is_over && has_failed, "{}", says("it has not failed"));
            }
            RowEnd::Followed { end: End::NotSeen(_), .. } if is_hidden(target) => {}
            RowEnd::Followed { end: End::NotCarriedOut | End::NotSeen(_), .. } => {
                assert!(switches == 0 && target.late == 0, "{}", says("it was carried out"));
            }
            RowEnd::Followed { end: End::Unknown(why), .. } => {
                let waited = row.started.map_or(Duration::ZERO, |started| self.now - started);
                let is_told = match why {
                    Why::Limit | Why::Unclear | Why::NeverSeen | Why::NoAnswer | Why::Refused(_) => {
                        waited >= Duration::seconds(60)
                    }
                    Why::NotOffered | Why::MissingValue(_) | Why::NotDescribed => false,
                };
                assert!(is_told, "{}", says("given up too early"));
            }
            RowEnd::Refused { .. } if target.blind > 0 => {}
            RowEnd::Refused { .. } | RowEnd::NotSent(_) | RowEnd::Skipped | RowEnd::Stopped => {
                assert!(switches == 0 && target.late == 0, "{}", says("it was sent"));
            }
            RowEnd::AlreadyOn => assert!(target.was_on && switches == 0, "{}", says("it was not on")),
            RowEnd::NotPlanned(_) => assert_eq!(switches, 0, "{}", says("it was not planned")),
            RowEnd::Accepted => panic!("{}", says("it can be followed")),
        }
    }

    pub(super) fn check_end(mut self) -> Outcomes {
        assert_eq!(self.fleet.head.stage, FleetStage::Over, "it does not go on: {:?}", self.fleet.counts());
        for id in (0..ROWS).map(RowId) {
            self.check(id);
            let row = &self.fleet.rows[&id];
            let target = &self.targets[id.0 as usize];
            self.out.count_in("end", name(row.end().unwrap()));
            if !self.is_stopped {
                self.check_as_well_as_can_be(row, target);
            }
        }
        let Scenario { observer, mut out, .. } = self;
        out.add_to("throttled", observer.throttled.into());
        out.add_to("sends", observer.sends.into());
        out.add_to("looks", observer.looks.into());
        out.add_to("reads", observer.reads.into());
        let hours = (self.now - crate::sky::START).whole_seconds();
        out.add_to("seconds of virtual time", u64::try_from(hours).unwrap());
        out
    }

    /// A change that nothing special happens to is brought to its end.
    fn check_as_well_as_can_be(&self, row: &Row, target: &Target) {
        let is_plain = target.course.takes < Duration::seconds(900) && target.course.end == sandbox::End::Done;
        let end = row.end().unwrap();
        // Whose the change is that a call was refused for.
        let is_told = self.tells_time || !target.had_conflict;
        if is_plain && is_told && !is_hidden(target) && !is_denied(row) && row.sends > 0 && target.switched == 1 {
            assert!(end.is_good(), "it is done, and nobody says so: {row:#?}");
        }
    }
}

/// Whether its task is hidden for longer than anybody looks for it.
pub(super) fn is_hidden(target: &Target) -> bool {
    target.course.hidden > Duration::seconds(45)
}

/// Whether the latest credentials, one after the other, were of no use to it: then it ends.
fn is_denied(row: &Row) -> bool {
    let Some(RowEnd::Followed { end: End::Unknown(Why::Refused(refusal)), .. }) = row.end() else { return false };
    let denied = row.calls.iter().rev().take_while(|call| call.code == refusal.code).count();
    // The API's own refusals have a message.
    refusal.message.is_empty() && denied >= 3
}

fn name(end: &RowEnd) -> &'static str {
    match end {
        RowEnd::Followed { end: End::Verified, .. } => "verified",
        RowEnd::Followed { end: End::Completed, .. } => "completed",
        RowEnd::Followed { end: End::Failed(_), .. } => "failed",
        RowEnd::Followed { end: End::Unknown(_), .. } => "unknown",
        RowEnd::Followed { end: End::NotCarriedOut, .. } => "not carried out",
        RowEnd::Followed { end: End::NotSeen(_), .. } => "not seen",
        RowEnd::Accepted => "accepted",
        RowEnd::Refused { .. } => "refused",
        RowEnd::NotSent(_) => "not sent",
        RowEnd::AlreadyOn => "already on",
        RowEnd::Skipped => "skipped",
        RowEnd::Stopped => "stopped",
        RowEnd::NotPlanned(_) => "not planned",
    }
}
