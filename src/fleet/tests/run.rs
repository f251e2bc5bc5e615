//! Plan, start, end; order, pause, stop, skip, retry, force.

use super::*;

#[test]
fn a_fleet_is_planned_started_and_ends() {
    let mut page = Page::new(rows(3), free());
    page.event(EventKind::Start);
    assert_eq!(page.fleet.head.stage, FleetStage::Choosing, "what is not planned is not started");
    page.standings = Box::new(|row| (["pass", "already", "fail"][row.0 as usize], ReadResult::Answered));
    page.plan_and_start();
    page.run();
    assert_eq!((page.fleet.head.stage, page.fleet.head.ended.is_some()), (FleetStage::Over, true));
    assert_eq!((page.end(0), page.end(1)), (&RowEnd::Accepted, &RowEnd::AlreadyOn));
    assert_eq!(page.end(2), &RowEnd::NotPlanned(PlanGroup::Refused(String::new())));
    assert_eq!(page.order(), [0]);
    assert_eq!(page.effects.iter().filter(|effect| **effect == Effect::Notify).count(), 2, "plan and run");
}

#[test]
fn the_worst_finding_decides_but_what_is_on_is_on() {
    let group = |found: [&str; 2]| {
        let mut page = Page::new(rows(1), free());
        page.event(EventKind::Plan);
        let checked = |precondition: usize| {
            let standing = found[precondition].to_owned();
            Checked { precondition, standing, evidence: Vec::new(), why: String::from("why") }
        };
        let found = vec![checked(0), checked(1)];
        page.next.clear();
        page.event(EventKind::Read {
            row: RowId(0),
            read: 0,
            reads: 1,
            found,
            note: None,
            result: ReadResult::Answered,
        });
        page.fleet.rows[&RowId(0)].state.clone()
    };
    let planned = RowState::Planned;
    assert_eq!(group(["fail", "already"]), planned(PlanGroup::AlreadyOn));
    assert_eq!(group(["unknown", "fail"]), planned(PlanGroup::Refused(String::new())));
    assert_eq!(group(["pass", "unknown"]), planned(PlanGroup::CannotBeKnown(String::from("why"))));
    assert_eq!(group(["depends", "pass"]), planned(PlanGroup::WillChange));
}

#[test]
fn a_read_that_nobody_answers_is_made_again_and_not_for_ever() {
    let mut page = Page::new(rows(1), free());
    page.standings = Box::new(|_| ("unknown", ReadResult::NoAnswer { retry_after: None }));
    page.event(EventKind::Plan);
    page.run();
    assert_eq!(page.reads.len(), 6);
    assert_eq!(page.fleet.counts().cannot_be_known, 1);
}

#[test]
fn each_read_of_a_row_is_asked_for_one_after_the_other() {
    let mut page = Page::new(rows(1), free());
    page.event(EventKind::Plan);
    let read = |read| {
        let (row, found, note, result) = (RowId(0), Vec::new(), None, ReadResult::Answered);
        EventKind::Read { row, read, reads: 3, found, note, result }
    };
    page.next.clear();
    // The answer to another read, as one of a plan that was broken off, is none to this one.
    for (count, done) in [(1, 0), (0, 1), (0, 1), (2, 1), (1, 2), (1, 2)] {
        page.event(read(count));
        assert_eq!(page.fleet.rows[0].state, RowState::Checking(done));
    }
    page.event(read(2));
    let reads: Vec<usize> = page
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Read { read, .. } => Some(*read),
            _ => None,
        })
        .collect();
    assert_eq!((reads, page.fleet.head.stage), (vec![0, 1, 2], FleetStage::Planned));
}

#[test]
fn a_plan_that_is_broken_off_leaves_nothing_and_can_be_made_again() {
    let mut page = Page::new(rows(20), free());
    page.event(EventKind::Plan);
    page.event(EventKind::Stop);
    assert_eq!((page.fleet.head.stage, page.fleet.counts().new), (FleetStage::Choosing, 20));
    page.run();
    assert_eq!(page.fleet.counts().new, 20, "an answer that comes late changes nothing");
    page.plan_and_start();
    page.run();
    assert_eq!(page.fleet.counts().done, 20);
}

#[test]
fn the_next_plan_reads_every_row_again_after_one_that_was_broken_off() {
    let mut page = Page::new(rows(20), Limits { rate: 2.0, ..free() });
    page.standings = Box::new(|_| ("fail", ReadResult::Answered));
    page.event(EventKind::Plan);
    page.run_until(3);
    assert!(page.fleet.counts().refused > 1);
    page.event(EventKind::Force { row: RowId(0), words: String::from("I know") });
    page.event(EventKind::Stop);
    assert_eq!((page.fleet.counts().new, page.fleet.head.overrides.len()), (20, 0));
    assert!(page.fleet.rows.values().all(|row| !row.forced && row.checked.is_empty()));
    page.reads.clear();
    page.event(EventKind::Plan);
    page.run();
    assert_eq!((page.reads.len(), page.fleet.counts().refused), (20, 20));
}

#[test]
fn a_start_while_it_runs_changes_nothing() {
    let mut page = Page::started(rows(3), Limits { concurrency: Share::Number(1), ..free() });
    page.run_until(page.seconds());
    let before = page.fleet.clone();
    page.event(EventKind::Start);
    assert_eq!(page.fleet, before);
    page.run();
    assert_eq!((page.fleet.counts().done, page.order()), (3, vec![0, 1, 2]));
}

#[test]
fn a_row_that_is_tried_again_is_sent_although_its_lane_was_halted() {
    let mut page = Page::started(rows(4), Limits { threshold: Some(Share::Number(1)), ..free() });
    page.answers = Box::new(|row, sends| if row.0 < 2 && sends == 1 { refused() } else { accepted() });
    page.run();
    assert_eq!((page.fleet.head.stage, page.fleet.head.halted.len()), (FleetStage::Over, 1));
    page.event(EventKind::Retry(vec![RowId(0)]));
    page.run();
    assert_eq!((page.end(0), page.fleet.head.stage), (&RowEnd::Accepted, FleetStage::Over));
    assert!(page.fleet.head.halted.is_empty());
}

#[test]
fn those_that_go_first_go_first_and_then_the_table_decides() {
    let mut page = Page::new(rows(5), Limits { rate: 1.0, ..free() });
    page.fleet.head.first = vec![RowId(3), RowId(1)];
    page.plan_and_start();
    page.run();
    assert_eq!(page.order(), [3, 1, 0, 2, 4]);
}

#[test]
fn a_paused_fleet_begins_nothing_until_it_goes_on() {
    let mut page = Page::started(rows(9), Limits { rate: 1.0, ..free() });
    page.run_until(page.seconds() + 4);
    let sent = page.sent.len();
    assert!(sent > 0 && sent < 9);
    page.event(EventKind::Pause(PauseReason::User));
    page.run_until(100);
    assert_eq!((page.sent.len(), page.fleet.head.stage), (sent, FleetStage::Paused(PauseReason::User)));
    page.event(EventKind::Resume);
    page.run();
    assert_eq!(page.fleet.counts().done, 9);
}

#[test]
fn a_stopped_fleet_sends_nothing_more_and_ends_when_what_was_sent_does() {
    let mut page = Page::started(rows(9), Limits { rate: 1.0, ..free() });
    page.takes = Duration::seconds(30);
    page.run_until(page.seconds() + 4);
    let sent = page.sent.len();
    let at = Some(page.now);
    page.event(EventKind::Stop);
    assert_eq!(page.fleet.head.stage, FleetStage::Stopped);
    page.run();
    assert_eq!((page.sent.len(), page.fleet.head.stage), (sent, FleetStage::Over));
    let Counts { done, skipped, stopped, .. } = page.fleet.counts();
    assert_eq!((done, skipped, stopped), (sent, 0, 9 - sent));
    assert_eq!(page.fleet.head.stopped, at);
    page.event(EventKind::Retry(vec![RowId(8)]));
    page.run();
    assert_eq!(
        (page.fleet.counts().stopped, page.fleet.head.stopped),
        (8 - sent, at),
        "it stays a run that was stopped"
    );
}

#[test]
fn a_row_that_is_skipped_is_not_sent_and_one_that_is_sent_is_not_skipped() {
    let mut page = Page::started(rows(4), Limits { concurrency: Share::Number(1), ..free() });
    page.event(EventKind::Skip(RowId(2)));
    page.run_until(page.seconds());
    page.event(EventKind::Skip(RowId(0)));
    page.run();
    assert_eq!(page.order(), [0, 1, 3]);
    assert_eq!((page.end(0), page.end(2)), (&RowEnd::Accepted, &RowEnd::Skipped));
}

#[test]
fn failed_rows_are_tried_again_as_other_calls() {
    let mut page = Page::started(rows(3), free());
    let before = page.fleet.rows[&RowId(1)].token;
    page.answers = Box::new(|row, sends| if row.0 == 1 && sends == 1 { refused() } else { accepted() });
    page.run();
    assert_eq!((page.fleet.counts().failed, page.fleet.head.stage), (1, FleetStage::Over));
    page.event(EventKind::Retry(vec![RowId(0), RowId(1)]));
    assert_eq!(page.fleet.head.stage, FleetStage::Running);
    page.run();
    assert_eq!((page.fleet.counts().done, page.order()), (3, vec![0, 1, 2, 1]));
    assert_ne!(page.fleet.rows[&RowId(1)].token, before);
}

#[test]
fn a_row_that_the_plan_refuses_goes_when_the_user_insists_and_the_words_are_kept() {
    let mut page = Page::new(rows(2), free());
    page.standings = Box::new(|_| ("fail", ReadResult::Answered));
    page.event(EventKind::Plan);
    page.run();
    page.event(EventKind::Force { row: RowId(1), words: String::from("I know") });
    assert_eq!((page.fleet.counts().will_change, page.fleet.counts().refused), (1, 1));
    page.event(EventKind::Start);
    page.run();
    assert_eq!((page.order(), page.end(1)), (vec![1], &RowEnd::Accepted));
    assert_eq!(page.fleet.head.overrides[0].words, "I know");
    // The other one later.
    page.event(EventKind::Force { row: RowId(0), words: String::new() });
    page.run();
    assert_eq!(page.order(), [1, 0]);
}

#[test]
fn one_bad_row_does_not_stop_the_others() {
    let mut page = Page::started(rows(30), free());
    page.answers = Box::new(|row, _| match row.0 % 3 {
        0 => refused(),
        1 => SendResult::NotSent(String::from("no server")),
        _ => accepted(),
    });
    page.run();
    let Counts { done, failed, .. } = page.fleet.counts();
    assert_eq!((done, failed, page.sent.len()), (10, 20, 30));
    let troubles: Vec<usize> = page.fleet.troubles().iter().map(|group| group.rows.len()).collect();
    assert_eq!(troubles, [10, 10]);
}
