//! A refusal because something is under way, which may be the change of the call itself: a browser or a proxy delivered it twice.

use super::doubt::{WITH_TOKEN, WITHOUT_TOKEN, lost};
use super::*;
use crate::fixtures::TAURUSDB;
use crate::follow::{ClockSkew, End, LookBody, Refusal, Why};
use serde_json::{Value, json};

fn conflict(refusal: SendResult) -> SendResult {
    SendResult::Conflict(Box::new(refusal))
}

fn busy_for_long() -> SendResult {
    let SendResult::Busy { code, message, status, throttled, .. } = busy() else { panic!() };
    SendResult::Busy { code, message, status, throttled, retry_after: Some(900) }
}

/// One row, whose first call is refused so.
fn refused_at_first(which: usize, refusal: fn() -> SendResult, then: fn() -> SendResult) -> Page {
    let mut page = lost(which, |_| accepted());
    page.answers = Box::new(move |_, sends| if sends == 1 { conflict(refusal()) } else { then() });
    page
}

fn task(page: &Page) -> Value {
    json!({"jobs": [{
        "job_id": "j", "job_name": "GaussDBforMySQLSwitchSSL", "instance_id": TAURUSDB, "status": "Running",
        "created_time": crate::clock::rfc3339(page.now),
    }], "total_count": 1})
}

/// What a look says that lists it.
fn shown(task: &Value) -> LookResult {
    LookResult::Body(LookBody { value: task.clone(), clock_skew: Some(ClockSkew { least: 0, most: 0 }) })
}

fn recovers(page: &Page) -> usize {
    page.effects.iter().filter(|effect| matches!(effect, Effect::Recover { .. })).count()
}

#[test]
fn it_is_looked_at_and_sent_again_only_when_the_look_shows_nothing() {
    for (which, least) in [(WITHOUT_TOKEN, 300), (WITH_TOKEN, 180)] {
        let mut page = refused_at_first(which, busy, accepted);
        page.run();
        assert_eq!((page.sent.len(), page.end(0)), (2, &RowEnd::Accepted));
        assert!(recovers(&page) >= 1 && page.sent[1].0 - page.sent[0].0 >= least, "{:?}", page.sent);
        assert_eq!((page.fleet.rows[0].doubt, page.fleet.rows[0].conflict), (None, None));
    }
}

#[test]
fn the_change_of_the_call_itself_is_followed_and_nothing_is_sent_again() {
    for refusal in [busy, refused] {
        let mut page = refused_at_first(WITHOUT_TOKEN, refusal, accepted);
        let seen = task(&page);
        page.looks = Box::new(move |_| shown(&seen));
        page.run_until(page.seconds() + 3_000);
        assert!(page.fleet.rows[0].follow().is_some_and(Follow::was_recovered), "{:?}", page.fleet.rows[0].state);
        assert_eq!(page.sent.len(), 1);
    }
}

#[test]
fn a_change_that_may_be_a_colleagues_is_not_taken_for_the_rows_own() {
    let mut page = refused_at_first(WITHOUT_TOKEN, busy, accepted);
    let seen = task(&page);
    // The answers do not tell the time of the cloud.
    page.looks = Box::new(move |_| LookResult::Body(seen.clone().into()));
    page.run();
    assert!(matches!(page.end(0), RowEnd::Followed { end: End::Unknown(Why::Unclear), .. }), "{:?}", page.end(0));
    assert_eq!(page.sent.len(), 1);
}

#[test]
fn where_nothing_is_seen_the_refusal_stands() {
    // For good, or because the user ends the run meanwhile.
    let mut page = refused_at_first(WITHOUT_TOKEN, refused, accepted);
    page.run();
    assert!(matches!(page.end(0), RowEnd::Refused { .. }) && recovers(&page) == 1, "{:?}", page.end(0));
    let mut page = refused_at_first(WITHOUT_TOKEN, busy, accepted);
    page.run_until(page.seconds() + 30);
    page.event(EventKind::Stop);
    page.run();
    assert_eq!(page.sent.len(), 1);
    assert!(matches!(page.end(0), RowEnd::Followed { end: End::NotCarriedOut, .. }), "{:?}", page.end(0));
    let mut page = refused_at_first(WITHOUT_TOKEN, busy_for_long, accepted);
    // A pause that is longer than the look.
    while !matches!(page.fleet.rows[0].state, RowState::Waiting(_)) {
        assert!(page.go_on());
    }
    let sent = page.sent.len();
    page.event(EventKind::Stop);
    page.run();
    assert_eq!((page.sent.len(), page.end(0)), (sent, &RowEnd::Stopped));
}

#[test]
fn an_instance_that_is_busy_for_ever_is_given_up_after_half_an_hour_of_waiting_and_looking() {
    let mut page = refused_at_first(WITHOUT_TOKEN, busy, || conflict(busy()));
    let begun = page.seconds();
    page.run();
    assert!(matches!(page.end(0), RowEnd::Refused { code, .. } if code == "BUSY"), "{:?}", page.end(0));
    let most = i64::from(MOST_WAITED);
    assert!((most..most * 3 / 2 + 600).contains(&(page.seconds() - begun)), "{}", page.seconds() - begun);
    assert!(page.fleet.rows[0].waited_in_vain().is_some());
}

#[test]
fn what_nobody_can_look_at_is_not_sent_again() {
    let mut page = refused_at_first(WITHOUT_TOKEN, busy, accepted);
    page.looks = Box::new(|_| LookResult::Refused(Refusal { status: 403, ..Refusal::default() }));
    page.run();
    assert!(matches!(page.end(0), RowEnd::Followed { end: End::Unknown(Why::Refused(_)), .. }), "{:?}", page.end(0));
    assert_eq!(page.sent.len(), 1);
}

#[test]
fn a_later_call_that_a_reload_cuts_off_may_have_been_carried_out() {
    let mut page = refused_at_first(WITHOUT_TOKEN, busy, accepted);
    page.run_until(page.seconds() + 20);
    // The page is gone while it looks: the conflict is still one.
    page.reload();
    page.event(EventKind::Resume);
    page.takes = Duration::seconds(30);
    while page.sent.len() < 2 {
        assert!(page.go_on(), "{:?}", page.fleet.rows[0].state);
    }
    // The page is gone while the second call has no answer.
    page.reload();
    page.event(EventKind::Resume);
    page.run();
    assert!(matches!(page.end(0), RowEnd::Followed { end: End::NotSeen(_), .. }), "{:?}", page.end(0));
    assert_eq!(page.sent.len(), 2);
}

#[test]
fn a_later_call_that_a_reload_cuts_off_is_looked_for_at_the_time_when_it_was_sent() {
    let mut page = refused_at_first(WITHOUT_TOKEN, busy, accepted);
    page.run_until(page.seconds() + 20);
    page.event(EventKind::Pause(PauseReason::User));
    page.run();
    // The user comes back after hours.
    page.now += Duration::hours(3);
    page.event(EventKind::Resume);
    page.takes = Duration::hours(1);
    while page.sent.len() < 2 {
        assert!(page.go_on(), "{:?}", page.fleet.rows[0].state);
    }
    // The page is gone while the second call has no answer, and that call was carried out.
    let seen = task(&page);
    page.takes = Duration::SECOND;
    page.looks = Box::new(move |_| shown(&seen));
    page.reload();
    page.run_until(page.seconds() + 30);
    assert!(page.fleet.rows[0].follow().is_some_and(Follow::was_recovered), "{:?}", page.fleet.rows[0].state);
}

#[test]
fn only_calls_of_which_nobody_knows_are_looked_for() {
    let sent = |page: &Page| page.fleet.rows[0].sent.len();
    let mut page = refused_at_first(WITHOUT_TOKEN, busy, accepted);
    page.run_until(page.seconds() + 20);
    assert_eq!(sent(&page), 1);
    page.run();
    assert_eq!((page.sent.len(), sent(&page)), (2, 0), "it is settled");
    // A refusal that came once leaves nothing open.
    let mut page = lost(WITHOUT_TOKEN, |_| accepted());
    page.answers = Box::new(|_, sends| if sends < 4 { busy() } else { refused() });
    page.run();
    assert_eq!((page.sent.len(), sent(&page)), (4, 0));
}

#[test]
fn a_row_that_was_looked_at_begins_in_a_window_that_is_shorter_than_the_looks() {
    let mut page = refused_at_first(WITHOUT_TOKEN, busy, accepted);
    page.run_until(page.seconds() + 2);
    // From 04:00, two minutes a day.
    let (lane, window) = (page.fleet.rows[0].spec.lane(), Some(Window { from: 4 * 60, to: 4 * 60 + 2 }));
    page.event(EventKind::Limit { lane, limits: Limits { window, ..free() } });
    page.run();
    assert_eq!((page.end(0), page.sent.len()), (&RowEnd::Accepted, 2));
    assert_eq!(page.sent[1].0 / 86_400, 1, "{:?}", page.sent);
}
