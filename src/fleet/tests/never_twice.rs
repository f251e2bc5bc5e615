//! What is written down, when it is sent, and what happens to it when the page is gone.

use super::*;

fn is_write(effect: &&Effect) -> bool {
    matches!(effect, Effect::WriteDown(_))
}

/// One row whose record is being stored.
fn writing() -> Page {
    let mut page = Page::new(rows(1), free());
    page.holds_writes = true;
    page.plan_and_start();
    assert_eq!(page.effects.iter().filter(is_write).count(), 1);
    page
}

#[test]
fn nothing_is_sent_before_it_is_stored() {
    let mut page = writing();
    page.run();
    assert!(page.sent.is_empty());
    page.event(EventKind::Written(RowId(0)));
    assert_eq!(page.sent.len(), 1);
    // Only once.
    page.event(EventKind::Written(RowId(0)));
    assert_eq!(page.sent.len(), 1);
}

#[test]
fn what_has_to_wait_is_written_down_anew_with_the_time_when_it_is_sent() {
    let mut page = Page::started(rows(2), Limits { rate: 1.0, ..free() });
    let (code, message) = (String::from("SLOW"), String::new());
    let slow = SendResult::Busy { code, message, status: 429, throttled: true, retry_after: Some(3_600) };
    page.answers = Box::new(move |row, sends| if row.0 == 0 && sends == 1 { slow.clone() } else { accepted() });
    page.run_until(page.seconds());
    // The second row is written down when the API asks to wait for an hour.
    page.holds_writes = true;
    page.run_until(page.seconds() + 1);
    page.event(EventKind::Written(RowId(1)));
    assert!(matches!(page.fleet.rows[1].state, RowState::Waiting(_)), "{:?}", page.fleet.rows[1].state);
    page.holds_writes = false;
    while !page.order().contains(&1) {
        assert!(page.go_on() && page.order().len() < 9, "{:?}", page.sent);
    }
    let RowState::Sending { since, .. } = page.fleet.rows[1].state else { panic!("{:?}", page.fleet.rows[1].state) };
    assert_eq!((since, page.fleet.rows[1].sent.as_slice()), (page.now, [page.now].as_slice()));
    assert!(page.seconds() >= 3_600);
}

#[test]
fn what_was_stored_long_ago_is_written_down_anew() {
    for (seconds, writes) in [(30, 1), (31, 2)] {
        let mut page = writing();
        // The computer sleeps.
        page.now += Duration::seconds(seconds);
        page.event(EventKind::Written(RowId(0)));
        assert_eq!((page.sent.len(), page.effects.iter().filter(is_write).count()), (2 - writes, writes));
        page.event(EventKind::Written(RowId(0)));
        assert_eq!((page.sent.len(), page.fleet.rows[0].sends), (1, 1));
    }
}

#[test]
fn a_store_that_refuses_pauses_the_fleet() {
    let mut page = writing();
    page.event(EventKind::NotWritten(RowId(0)));
    assert_eq!(page.fleet.head.stage, FleetStage::Paused(PauseReason::Storage));
    assert_eq!(page.effects.iter().filter(|effect| **effect == Effect::Notify).count(), 2);
    page.holds_writes = false;
    page.event(EventKind::Resume);
    page.run();
    assert_eq!((page.sent.len(), page.fleet.rows[&RowId(0)].sends), (1, 1));
}

#[test]
fn a_row_that_is_withdrawn_is_not_written_down_again_before_the_store_has_answered() {
    let mut page = writing();
    page.event(EventKind::Pause(PauseReason::User));
    page.event(EventKind::Resume);
    assert_eq!(page.effects.iter().filter(is_write).count(), 1, "the answer is still to come");
    page.event(EventKind::Written(RowId(0)));
    assert!(page.sent.is_empty(), "that record is an old one");
    assert_eq!(page.effects.iter().filter(is_write).count(), 2);
    page.event(EventKind::Written(RowId(0)));
    assert_eq!(page.sent.len(), 1);
}

#[test]
fn a_stop_or_a_skip_between_writing_and_sending_sends_nothing() {
    for (kind, end) in [(EventKind::Stop, RowEnd::Stopped), (EventKind::Skip(RowId(0)), RowEnd::Skipped)] {
        let mut page = writing();
        page.event(kind);
        page.event(EventKind::Written(RowId(0)));
        assert!(page.sent.is_empty());
        assert_eq!((page.end(0), page.fleet.head.stage), (&end, FleetStage::Over));
    }
}

#[test]
fn after_a_reload_a_row_that_may_have_been_sent_is_looked_at_first_and_nothing_begins_by_itself() {
    let mut page = Page::new(rows(3), Limits { concurrency: Share::Number(2), ..free() });
    page.holds_writes = true;
    page.plan_and_start();
    page.reload();
    let recovered: Vec<&Effect> =
        page.effects.iter().filter(|effect| matches!(effect, Effect::Recover { .. })).collect();
    assert_eq!(recovered.len(), 2);
    assert_eq!(page.fleet.head.stage, FleetStage::Paused(PauseReason::Reopened));
    page.run();
    assert!(page.sent.is_empty());
    page.holds_writes = false;
    page.event(EventKind::Resume);
    page.run();
    assert!(page.sent.is_empty(), "two rows are under way still");
}

#[test]
fn an_answer_to_another_call_changes_nothing() {
    let mut page = Page::started(rows(1), free());
    page.run_until(page.seconds());
    let before = page.fleet.rows[&RowId(0)].state.clone();
    let (row, call) = (RowId(0), String::from("other"));
    let note = note(page.now, "other", "Set");
    page.event(EventKind::Sent { row, call, note, result: accepted() });
    assert_eq!(page.fleet.rows[&RowId(0)].state, before);
}

#[test]
fn every_call_of_a_row_has_an_id_of_its_own() {
    let mut page = Page::started(rows(4), free());
    page.answers = Box::new(|_, sends| if sends < 5 { busy() } else { accepted() });
    page.run();
    let calls: std::collections::BTreeSet<&String> = page
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Send { call, .. } => Some(call),
            _ => None,
        })
        .collect();
    assert_eq!((calls.len(), page.sent.len()), (20, 20));
    assert!(calls.iter().all(|call| crate::call::CallId::parse(call).is_some_and(|id| id.to_string() == **call)));
}

#[test]
fn two_rows_of_one_instance_are_never_under_way_together() {
    let mut all = rows(3);
    all[1].spec.subject = all[0].spec.subject.clone();
    let mut page = Page::started(all, free());
    page.takes = Duration::seconds(10);
    let begun = page.seconds();
    page.run();
    let sent: Vec<(i64, u32)> = page.sent.iter().map(|(second, row)| (second - begun, *row)).collect();
    assert_eq!(sent, [(0, 0), (0, 2), (10, 1)]);
}

#[test]
fn a_run_whose_last_records_were_lost_is_taken_up_again() {
    // The head says that the run began; one row says so too.
    let mut page = Page::started(rows(3), Limits { concurrency: Share::Number(1), ..free() });
    for id in [1, 2] {
        page.fleet.rows[id].state = RowState::Planned(PlanGroup::WillChange);
    }
    page.reload();
    assert_eq!(page.fleet.counts().waiting, 2);
    // The head says that it is over, and a row does not.
    let mut page = Page::started(rows(2), free());
    page.run();
    page.fleet.rows[1].state = RowState::Waiting(Due(START));
    page.reload();
    assert_eq!(page.fleet.head.stage, FleetStage::Paused(PauseReason::Reopened));
    // The head says that it is stopped: a row that waits is not sent.
    page.fleet.head.stage = FleetStage::Stopped;
    page.reload();
    assert_eq!((page.end(1), page.fleet.head.stage), (&RowEnd::Stopped, FleetStage::Over));
}
