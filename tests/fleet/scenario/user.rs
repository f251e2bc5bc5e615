//! What the user does.

use super::promises::is_hidden;
use super::setup::limits as other_limits;
use super::{Act, Happening, PROFILES, Scenario};
use crate::observer::group_name;
use crate::store::Store;
use time::Duration;
use tls_console::fleet::{EventKind, FleetStage, PauseReason, PlanGroup, Row, RowEnd, RowId, RowState};
use tls_console::follow::End;
use tls_console::follow::preconditions::Standing;

impl Scenario<'_> {
    pub(super) fn act(&mut self, act: Act) {
        match act {
            Act::Start => self.start(),
            Act::Pause => self.event(EventKind::Pause(PauseReason::User)),
            Act::IdleLock => {
                self.out.count("idle lock");
                self.event(EventKind::Pause(PauseReason::IdleLock));
                self.forgotten = [true; PROFILES];
            }
            Act::Resume => {
                self.resumes = false;
                self.observer.resumed(&self.fleet);
                self.event(EventKind::Resume);
            }
            Act::Stop => {
                self.resumes = false;
                self.out.count("stop");
                self.is_stopped |= matches!(self.fleet.head.stage, FleetStage::Running | FleetStage::Paused(_));
                self.event(EventKind::Stop);
            }
            Act::Skip => {
                let row = RowId(u32::try_from(self.random.between(0, 49)).unwrap());
                self.event(EventKind::Skip(row));
            }
            Act::Retry => self.retry(),
            Act::Insist => self.insist(),
            Act::Limit => {
                let row = usize::try_from(self.random.between(0, 49)).unwrap();
                let lane = self.fleet.rows[row].spec.lane();
                let mut limits = self.fleet.head.limits_of(&lane);
                limits.rate = [0.5, 1.0, 3.0, 20.0][usize::try_from(self.random.between(0, 3)).unwrap()];
                limits.window = None;
                if self.random.percent(50) {
                    let other = other_limits(&mut self.random);
                    (limits.concurrency, limits.threshold) = (other.concurrency, other.threshold);
                }
                self.event(EventKind::Limit { lane, limits });
            }
            Act::Reload => {
                if self.store.is_none() {
                    let events = self.random.between(1, 12);
                    self.store = Some((Store::of(&self.fleet), events));
                }
            }
            Act::Expire(profile) => {
                self.out.count("fault: credential expired");
                self.expired[profile] = true;
            }
            Act::CredentialReady(profile) => {
                let number = (0..PROFILES).find(|number| self.profile(*number) == profile).unwrap();
                self.forgotten[number] = false;
                // The first new one may be of no use either.
                if self.random.percent(80) {
                    self.expired[number] = false;
                }
                self.observer.credential(profile);
                self.event(EventKind::CredentialReady(profile));
            }
            Act::Rival => self.let_rival_switch(),
        }
    }

    /// The plan is there: is it true? Then the run begins, with a few rows that the user insists on.
    fn start(&mut self) {
        self.resumes = false;
        if self.fleet.head.stage != FleetStage::Planned || self.fleet.head.started.is_some() {
            return;
        }
        let rows: Vec<RowId> = self.fleet.rows.keys().copied().collect();
        for id in rows {
            let RowState::Planned(group) = self.fleet.rows[&id].state.clone() else { continue };
            self.out.count_in("plan", group_name(&group));
            let target = &self.targets[id.0 as usize];
            match group {
                PlanGroup::AlreadyOn => assert!(target.was_on, "it is not: {}", target.instance),
                PlanGroup::WillChange => assert!(target.exists && !target.was_on, "it cannot: {}", target.instance),
                PlanGroup::Refused(_) => {
                    // What does not exist is refused by the API's own word, never by a read that failed.
                    let has_failed = self.fleet.rows[&id].checked.iter().any(|checked| checked.is(&Standing::Fail));
                    assert!(target.exists || has_failed, "nobody knows: {}", target.instance);
                }
                PlanGroup::CannotBeKnown(_) => {}
            }
            if group != PlanGroup::WillChange && self.random.percent(4) {
                self.out.count("insisted on");
                self.event(EventKind::Force { row: id, words: String::from("I know") });
            }
        }
        self.event(EventKind::Start);
        self.plan_acts();
    }

    /// Those that failed, once more.
    fn retry(&mut self) {
        let is_worth = |end: &RowEnd| end.is_failure();
        let rows: Vec<RowId> =
            self.fleet.rows.values().filter(|row| row.end().is_some_and(is_worth)).map(|row| row.id).collect();
        if rows.is_empty() {
            return;
        }
        self.out.add_to("tried again", rows.len() as u64);
        for id in &rows {
            if let Some(RowEnd::Followed { end: End::Failed(_), .. }) = self.fleet.rows[id].end() {
                self.targets[id.0 as usize].switched = 0;
            }
        }
        self.is_stopped = false;
        self.observer.resumed(&self.fleet);
        self.event(EventKind::Retry(rows));
        if self.fleet.head.stage == FleetStage::Running {
            self.plan_acts();
        }
    }

    /// Rows of which nothing was seen, once more. The user may not see either that they were switched.
    fn insist(&mut self) {
        let is_it = |row: &&Row| matches!(row.end(), Some(RowEnd::Followed { end: End::NotSeen(_), .. }));
        let rows: Vec<RowId> = self.fleet.rows.values().filter(is_it).map(|row| row.id).collect();
        for id in rows {
            if self.fleet.head.stage == FleetStage::Stopped || self.random.percent(30) {
                continue;
            }
            self.out.count("insisted on what nobody saw");
            let target = &mut self.targets[id.0 as usize];
            if target.switched > target.blind {
                self.out.count("insisted on what was done");
                assert!(is_hidden(target), "it can be seen: {}", target.instance);
                target.blind += 1;
            }
            if self.fleet.head.stage == FleetStage::Over {
                self.observer.resumed(&self.fleet);
            }
            self.event(EventKind::Force { row: id, words: String::from("Nobody sees it") });
        }
    }

    pub(super) fn later_act(&mut self, most: i64, act: Act) {
        let wait = Duration::milliseconds(self.random.between(1, most * 1000));
        self.later(wait, Happening::Act(act));
    }
}
