//! Whose the limits of a lane are.

use super::*;

fn held(page: &Page) -> Vec<bool> {
    let of_lane = |effect: &Effect| match effect {
        Effect::HoldLane(_) => Some(true),
        Effect::ReleaseLane(_) => Some(false),
        _ => None,
    };
    page.effects.iter().filter_map(of_lane).collect()
}

#[test]
fn no_row_begins_before_it_is_known_whose_the_lane_is_and_the_order_stays() {
    let mut page = Page::new(rows(5), Limits { rate: 1.0, ..free() });
    page.fleet.head.first = vec![RowId(3)];
    page.holds_lanes = true;
    page.plan_and_start();
    page.run_until(page.seconds() + 60);
    let lane = page.fleet.rows[0].spec.lane();
    // Nobody has said yet that it has to wait.
    assert!(!page.effects.iter().any(|effect| matches!(effect, Effect::WriteDown(_))));
    assert_eq!((page.fleet.lanes(page.now)[0].waits.len(), page.fleet.lanes(page.now)[0].is_stuck), (0, false));
    page.event(EventKind::LaneInUse(lane.clone()));
    page.run_until(page.seconds() + 60);
    assert_eq!(page.fleet.lanes(page.now)[0].waits, [Wait::OtherTab]);
    assert!(page.fleet.lanes(page.now)[0].is_stuck && page.sent.is_empty());
    page.event(EventKind::LaneHeld(lane));
    page.run();
    assert_eq!((page.order(), page.fleet.counts().done), (vec![3, 0, 1, 2, 4], 5));
    assert_eq!(held(&page), [true, false], "it is let go when nothing is left to do");
}

#[test]
fn a_lane_that_was_let_go_is_asked_for_again_before_a_row_begins() {
    let mut page = Page::started(rows(2), Limits { concurrency: Share::Number(1), ..free() });
    page.takes = Duration::seconds(10);
    page.answers = Box::new(|row, _| if row.0 == 0 { refused() } else { accepted() });
    page.run_until(page.seconds() + 2);
    let lane = page.fleet.rows[0].spec.lane();
    // What is under way keeps it during a pause.
    page.holds_lanes = true;
    page.event(EventKind::Pause(PauseReason::User));
    assert_eq!((page.sent.len(), held(&page)), (1, vec![true]));
    page.run();
    assert_eq!(held(&page), [true, false]);
    page.event(EventKind::Resume);
    page.run();
    assert_eq!((page.sent.len(), held(&page)), (1, vec![true, false, true]));
    // A wish is taken back with the run; an answer that comes too late counts for nothing.
    page.event(EventKind::Pause(PauseReason::User));
    page.event(EventKind::LaneHeld(lane.clone()));
    page.event(EventKind::Resume);
    page.run();
    assert_eq!((page.sent.len(), held(&page)), (1, vec![true, false, true, false, true]));
    page.event(EventKind::LaneHeld(lane.clone()));
    page.run();
    assert_eq!(page.order(), [0, 1]);
    // Over, and once more.
    page.event(EventKind::Retry(vec![RowId(0)]));
    page.run();
    assert_eq!((page.sent.len(), page.fleet.counts().waiting), (2, 1));
    page.event(EventKind::LaneHeld(lane));
    page.run();
    assert_eq!((page.order(), page.fleet.head.stage), (vec![0, 1, 0], FleetStage::Over));
}

#[test]
fn a_page_that_is_opened_again_asks_anew() {
    let mut page = Page::started(rows(1), free());
    page.takes = Duration::seconds(10);
    page.run_until(page.seconds() + 2);
    page.holds_lanes = true;
    page.reload();
    assert_eq!(held(&page), [] as [bool; 0], "nothing is to be sent while the run waits for the user");
    page.event(EventKind::Resume);
    assert_eq!(held(&page), [true]);
}
