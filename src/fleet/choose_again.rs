//! Back from a plan to choosing.

use super::{Fleet, FleetStage, RowEnd, RowId, RowState};

impl Fleet {
    /// Forgets what the plan said, so that rows can come and go again. Nothing was sent yet: a run is left as it is. Gives
    /// the rows that changed.
    pub fn choose_again(&mut self) -> Vec<RowId> {
        if self.head.stage != FleetStage::Planned {
            return Vec::new();
        }
        self.forget_plan()
    }

    /// What the plan said may not be true any more when the next one is made.
    pub(super) fn forget_plan(&mut self) -> Vec<RowId> {
        let mut changed = Vec::new();
        for row in self.rows.values_mut() {
            let is_of_plan =
                matches!(row.state, RowState::Checking(_) | RowState::Planned(_) | RowState::Over(RowEnd::Skipped));
            if is_of_plan {
                row.state = RowState::New;
                row.checked.clear();
                row.forced = false;
                row.ended = None;
                changed.push(row.id);
            }
        }
        // Whoever wants a row all the same says so again.
        self.head.overrides.clear();
        self.head.stage = FleetStage::Choosing;
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::{Event, EventKind, Head, PlanGroup, ReadResult, Row, RowSpec};
    use crate::follow::Place;
    use time::OffsetDateTime;

    fn planned() -> Fleet {
        let spec = RowSpec {
            api: String::from("a"),
            operation: String::from("Switch"),
            place: Place::default(),
            region: String::from("north"),
            values: Vec::new(),
            subject: String::from("one"),
            act: String::from("on"),
            provider: String::from("P"),
            profile: None,
        };
        let head = Head::new(String::from("f"), String::new(), OffsetDateTime::UNIX_EPOCH, String::new());
        let mut fleet = Fleet::new(head, [1, 2, 3].map(|id| Row::new(RowId(id), spec.clone(), 0)));
        tell(&mut fleet, EventKind::Plan);
        for (id, result) in [(1, ReadResult::NothingToRead), (2, refused()), (3, ReadResult::NothingToRead)] {
            let (row, found) = (RowId(id), Vec::new());
            tell(&mut fleet, EventKind::Read { row, read: 0, reads: 1, found, note: None, result });
        }
        fleet
    }

    fn refused() -> ReadResult {
        ReadResult::Refused(String::from("no"))
    }

    fn tell(fleet: &mut Fleet, kind: EventKind) {
        fleet.step(Event { now: OffsetDateTime::UNIX_EPOCH, random: 0, kind });
    }

    #[test]
    fn a_plan_is_forgotten_and_can_be_made_again() {
        let mut fleet = planned();
        assert_eq!(fleet.head.stage, FleetStage::Planned);
        tell(&mut fleet, EventKind::Force { row: RowId(2), words: String::from("I want it") });
        tell(&mut fleet, EventKind::Skip(RowId(3)));
        assert_eq!(fleet.choose_again(), [1, 2, 3].map(RowId));
        assert_eq!((fleet.head.stage, fleet.head.overrides.len()), (FleetStage::Choosing, 0));
        assert!(fleet.rows.values().all(|row| row.state == RowState::New && !row.forced && row.ended.is_none()));
        assert_eq!(fleet.counts().new, 3);
        tell(&mut fleet, EventKind::Plan);
        assert_eq!(fleet.head.stage, FleetStage::Planning);
    }

    #[test]
    fn a_run_is_left_as_it_is() {
        let mut fleet = planned();
        tell(&mut fleet, EventKind::Start);
        let before = fleet.clone();
        assert_eq!(fleet.choose_again(), [] as [RowId; 0]);
        assert_eq!(fleet, before);
        assert!(fleet.rows.values().all(|row| row.state != RowState::Planned(PlanGroup::WillChange)));
    }
}
