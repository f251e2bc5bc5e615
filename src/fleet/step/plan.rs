//! The plan: preconditions are read, and each row comes into a group.

use super::{Answer, Step};
use crate::back_off;
use crate::fleet::{Checked, Due, Fleet, FleetStage, PlanGroup, ReadResult, Row, RowId, RowState};
use crate::follow::preconditions::{Standing, Unknown};
use time::OffsetDateTime;

/// So many tries of one read, where nobody answers or the API says that it is too much; then it cannot be known.
const MOST_TRIES: u32 = 6;

impl Fleet {
    /// Reads the preconditions of every row that has no group, or of all if all have one.
    pub(super) fn plan(&mut self, step: &mut Step) {
        if !matches!(self.head.stage, FleetStage::Choosing | FleetStage::Planned) {
            return;
        }
        let again = self.head.stage == FleetStage::Planned;
        for row in self.rows.values_mut() {
            if matches!(row.state, RowState::Checking(_)) || (again && matches!(row.state, RowState::Planned(_))) {
                row.state = RowState::New;
                row.checked.clear();
                step.rows.insert(row.id);
            }
        }
        self.rebuild();
        self.head.stage = FleetStage::Planning;
        step.head = true;
        self.read_all(step.now);
    }

    /// Every row without a group waits for its read.
    pub(super) fn read_all(&mut self, now: OffsetDateTime) {
        let is_open = |row: &&Row| matches!(row.state, RowState::New | RowState::Checking(_));
        let rows: Vec<RowId> = self.rows.values().filter(is_open).map(|row| row.id).collect();
        rows.into_iter().for_each(|row| self.read_at(row, now, now));
    }

    fn read_at(&mut self, row: RowId, due: OffsetDateTime, now: OffsetDateTime) {
        let Some(slot) = self.slot(row) else { return };
        if let Some(lane) = self.lane_mut(row) {
            lane.to_read.push(due, now, slot.ticket);
        }
    }

    /// A read is over.
    pub(super) fn read(
        &mut self,
        step: &mut Step,
        id: RowId,
        (read, reads): (usize, usize),
        found: Vec<Checked>,
        answer: Answer,
        result: ReadResult,
    ) {
        let limit = self.limits(id).rate;
        let random = step.random();
        // The answer may be one to another read: that of a plan that was broken off.
        let is_it = matches!(self.rows.get(&id).map(|row| &row.state), Some(RowState::Checking(done)) if *done == read);
        let Some(lane) = self.lane_mut(id) else { return };
        let was_asked = is_it && lane.reading.remove(&id);
        match &result {
            ReadResult::Throttled { retry_after } => lane.rate.throttled(step.now, limit, *retry_after, random),
            ReadResult::NoAnswer { retry_after: Some(wait) } => {
                lane.rate.throttled(step.now, limit, Some(*wait), random);
            }
            ReadResult::Answered => lane.rate.went_well(limit),
            _ => {}
        }
        // The row may have been skipped, or the plan broken off.
        let Some(row) = self.rows.get(&id).filter(|_| was_asked) else { return };
        let RowState::Checking(done) = row.state else { return };
        if result != ReadResult::NeedsCredential {
            self.memory.denied.remove(&id);
        }
        let tries = self.memory.tries.get(&id).copied().unwrap_or_default() + 1;
        match result {
            ReadResult::Throttled { .. } | ReadResult::NoAnswer { .. } if tries < MOST_TRIES => {
                self.memory.tries.insert(id, tries);
                let pause = back_off::pause(1 << tries.min(6), None, step.random());
                self.read_at(id, step.now.saturating_add(pause), step.now);
            }
            ReadResult::NeedsCredential if self.is_denied(id, &answer) => {
                self.planned(step, id, PlanGroup::CannotBeKnown(answer.code));
            }
            ReadResult::NeedsCredential => {
                self.need(step, self.profile(id));
                self.read_at(id, step.now, step.now);
            }
            ReadResult::Refused(reason) => self.planned(step, id, PlanGroup::Refused(reason)),
            ReadResult::NothingToRead => self.planned(step, id, PlanGroup::WillChange),
            ReadResult::Answered | ReadResult::Throttled { .. } | ReadResult::NoAnswer { .. } => {
                self.memory.tries.remove(&id);
                let Some(row) = self.rows.get_mut(&id) else { return };
                row.checked.extend(found);
                if done + 1 < reads {
                    self.set(step, id, RowState::Checking(done + 1));
                    self.read_at(id, step.now, step.now);
                } else {
                    let group = group(&row.checked);
                    self.planned(step, id, group);
                }
            }
        }
    }

    fn planned(&mut self, step: &mut Step, id: RowId, group: PlanGroup) {
        self.memory.tries.remove(&id);
        let reads = match self.rows.get(&id).map(|row| &row.state) {
            Some(RowState::Checking(done)) if matches!(group, PlanGroup::Refused(_)) => *done,
            Some(RowState::Checking(done)) => done + 1,
            _ => 0,
        };
        if let Some(lane) = self.lane_mut(id) {
            lane.measured.plan(reads);
        }
        self.set(step, id, RowState::Planned(group));
    }

    /// Nobody wants to know any more.
    pub(super) fn break_plan_off(&mut self, step: &mut Step) {
        step.rows.extend(self.forget_plan());
        step.head = true;
        self.rebuild();
    }

    /// Where the rows go when the run starts.
    pub(super) fn start_row(&mut self, step: &mut Step, id: RowId) {
        let Some(row) = self.rows.get(&id) else { return };
        let RowState::Planned(group) = &row.state else { return };
        if row.forced || *group == PlanGroup::WillChange {
            self.set(step, id, RowState::Waiting(Due(step.now)));
        } else {
            let end = match group.clone() {
                PlanGroup::AlreadyOn => crate::fleet::RowEnd::AlreadyOn,
                group => crate::fleet::RowEnd::NotPlanned(group),
            };
            self.over(step, id, end);
        }
    }
}

/// What the findings say together. A check that depends on what nobody publishes does not refuse.
fn group(checked: &[Checked]) -> PlanGroup {
    let any = |standing: &Standing| checked.iter().any(|checked| checked.is(standing));
    let unknown = checked.iter().find(|checked| checked.is(&Standing::Unknown(Unknown::Unclear)));
    if any(&Standing::Already) {
        PlanGroup::AlreadyOn
    } else if any(&Standing::Fail) {
        PlanGroup::Refused(String::new())
    } else if let Some(unknown) = unknown {
        PlanGroup::CannotBeKnown(unknown.why.clone())
    } else {
        PlanGroup::WillChange
    }
}
