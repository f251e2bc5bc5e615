//! What the user can do with a row.

use super::*;
use crate::follow::{End, Why};

/// What is possible with a row in this state, in one letter each.
fn possible(stage: FleetStage, state: RowState) -> String {
    let mut page = Page::new(rows(1), free());
    page.fleet.head.stage = stage;
    page.fleet.rows[0].state = state;
    let Possible { look_again, try_again, insist, skip } = page.fleet.possible(&page.fleet.rows[0]);
    [(look_again, 'l'), (try_again, 't'), (insist, 'i'), (skip, 's')]
        .into_iter()
        .filter_map(|(can, letter)| can.then_some(letter))
        .collect()
}

#[test]
fn what_is_possible_depends_on_the_row_and_on_the_run() {
    let followed = |end: End| RowState::Over(RowEnd::Followed { end, follow: blind_follow() });
    let refused = RowEnd::Refused { code: String::new(), message: String::new(), status: 400 };
    let planned = |group| RowState::Planned(group);
    let on_the_way = RowState::Sending { call: String::new(), since: START };
    for (state, planned, running, stopped) in [
        (RowState::New, "s", "s", "s"),
        (planned(PlanGroup::WillChange), "s", "s", "s"),
        (planned(PlanGroup::AlreadyOn), "is", "s", "s"),
        (RowState::Waiting(Due(START)), "s", "s", "s"),
        (on_the_way, "", "", ""),
        (RowState::Following(blind_follow()), "", "", ""),
        (followed(End::Verified), "", "", ""),
        (followed(End::Failed(None)), "", "t", ""),
        (followed(End::NotCarriedOut), "", "t", ""),
        (followed(End::NotSeen(60)), "", "li", "l"),
        (followed(End::Unknown(Why::Limit)), "", "li", "l"),
        (followed(End::Unknown(Why::NotDescribed)), "", "i", ""),
        (RowState::Over(refused), "", "t", ""),
        (RowState::Over(RowEnd::Skipped), "", "t", ""),
        (RowState::Over(RowEnd::Stopped), "", "t", ""),
        (RowState::Over(RowEnd::NotPlanned(PlanGroup::AlreadyOn)), "", "i", ""),
        (RowState::Over(RowEnd::Accepted), "", "", ""),
    ] {
        let at = |stage| possible(stage, state.clone());
        assert_eq!(at(FleetStage::Planned), planned, "{state:?}");
        for stage in [FleetStage::Running, FleetStage::Paused(PauseReason::User), FleetStage::Over] {
            assert_eq!(at(stage), running, "{state:?} {stage:?}");
        }
        assert_eq!(at(FleetStage::Stopped), stopped, "{state:?}");
    }
}

#[test]
fn what_is_not_possible_changes_nothing() {
    let mut page = Page::started(rows(1), free());
    page.run();
    let before = page.fleet.clone();
    for kind in [
        EventKind::Force { row: RowId(0), words: String::new() },
        EventKind::Skip(RowId(0)),
        EventKind::Retry(vec![RowId(0), RowId(9)]),
    ] {
        page.event(kind);
        assert_eq!(page.fleet, before);
    }
}
