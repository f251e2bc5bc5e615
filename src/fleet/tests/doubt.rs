//! Calls of which nobody knows whether they were carried out: at an API that recognises a repeated call by its token, and at one
//! that does not. Both are the shipped ones.

use super::*;
use crate::catalog::{FollowUp, Operation};
use crate::fixtures::{CLUSTER, PROJECT, TAURUSDB, shipped_apis};
use crate::fleet::call::LostCall;
use crate::follow::{End, Why};
use serde_json::{Value, json};
use std::sync::Arc;

/// An API, and what its answers to looks are.
struct Cloud {
    operation: Arc<Operation>,
    follow_up: Arc<FollowUp>,
    nothing: Value,
}

pub(super) const WITHOUT_TOKEN: usize = 0;
pub(super) const WITH_TOKEN: usize = 1;

fn cloud(which: usize) -> Cloud {
    let (id, nothing) = match which {
        WITHOUT_TOKEN => ("SwitchGaussMySqlInstanceSsl", json!({"jobs": [], "total_count": 0})),
        _ => ("OpenHttps", json!({"Result": {"protocol": "HTTP", "status": "active"}})),
    };
    let api = &shipped_apis()[which];
    let operation = Arc::new(api.operation(id).unwrap().unwrap());
    Cloud { operation, follow_up: Arc::new(api.follow_up(id).unwrap()), nothing }
}

/// A call with an uncertain result, which is looked for.
pub(super) fn running(now: OffsetDateTime) -> SendResult {
    let Cloud { operation, follow_up, .. } = cloud(WITHOUT_TOKEN);
    let spec = spec_at(WITHOUT_TOKEN, &operation);
    LostCall { spec: &spec, token: 7, call: "c", since: now, connection: "Sandbox" }
        .recover(&operation, &follow_up, now)
}

fn spec_at(which: usize, operation: &Operation) -> RowSpec {
    let mut spec = spec("south", [TAURUSDB, CLUSTER][which]);
    let values = match which {
        WITHOUT_TOKEN => {
            vec![("project_id", json!(PROJECT)), ("instance_id", json!(TAURUSDB)), ("ssl_option", json!(true))]
        }
        _ => vec![("InstanceId", json!(CLUSTER))],
    };
    spec.values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    spec.place = Place::of(operation, &crate::form::Draft::default());
    spec
}

/// One row, whose first call is lost. What comes of the others: `answers`.
pub(super) fn lost(which: usize, answers: impl Fn(u32) -> SendResult + 'static) -> Page {
    let Cloud { operation, follow_up, nothing } = cloud(which);
    let spec = spec_at(which, &operation);
    let own = spec.clone();
    let recover = move |since, now| {
        let lost = LostCall { spec: &own, token: 7, call: "c", since, connection: "Sandbox" };
        lost.recover(&operation, &follow_up, now)
    };
    let mut page = Page::new(vec![Row::new(RowId(0), spec, 7)], free());
    page.plan_and_start();
    let (began, first) = (page.now, recover.clone());
    page.answers = Box::new(move |_, sends| if sends == 1 { first(began, began) } else { answers(sends) });
    page.recovers = Some(Box::new(recover));
    page.looks = Box::new(move |_| LookResult::Body(nothing.clone().into()));
    page
}

fn state(page: &Page) -> &RowState {
    &page.fleet.rows[0].state
}

fn is_not_seen(page: &Page) -> bool {
    matches!(page.fleet.rows[0].end(), Some(RowEnd::Followed { end: End::NotSeen(_), .. }))
}

fn insist(page: &mut Page) {
    page.event(EventKind::Force { row: RowId(0), words: String::from("Huawei has no task of it") });
}

fn count(page: &Page, is_it: impl Fn(&Effect) -> bool) -> usize {
    page.effects.iter().filter(|effect| is_it(effect)).count()
}

#[test]
fn what_nobody_has_seen_is_sent_again_by_itself_only_where_the_api_recognises_it() {
    let mut page = lost(WITHOUT_TOKEN, |_| accepted());
    page.run();
    assert!(is_not_seen(&page) && page.sent.len() == 1, "{:?}", state(&page));
    let token = page.fleet.rows[0].token;
    insist(&mut page);
    page.run();
    assert_eq!((page.sent.len(), page.end(0), page.fleet.rows[0].token), (2, &RowEnd::Accepted, token));
    assert_eq!(page.fleet.head.overrides[0].words, "Huawei has no task of it");
    let mut page = lost(WITH_TOKEN, |_| accepted());
    page.run();
    assert_eq!((page.sent.len(), page.end(0), page.fleet.rows[0].token), (2, &RowEnd::Accepted, token));
}

#[test]
fn a_look_that_a_reload_prevents_is_made_and_nothing_is_sent() {
    let mut page = lost(WITHOUT_TOKEN, |_| accepted());
    page.run();
    let RowEnd::Followed { follow, .. } = page.end(0).clone() else { panic!("{:?}", state(&page)) };
    page.event(EventKind::Retry(vec![RowId(0)]));
    // The look has not begun yet: its lane may have made as many calls as it might.
    page.fleet.rows[0].state = RowState::Following(follow);
    page.fleet.rows[0].repeats = 0;
    page.reload();
    page.event(EventKind::Resume);
    page.run_until(page.seconds() + 2);
    assert!(matches!(state(&page), RowState::Following(follow) if follow.end().is_none()), "{:?}", state(&page));
    page.run();
    assert!(is_not_seen(&page) && page.sent.len() == 1, "{:?}", state(&page));
}

#[test]
fn a_refusal_after_a_call_that_may_have_been_carried_out_is_not_the_end() {
    for answer in [refused(), SendResult::NotSent(String::from("no server"))] {
        // A task comes to light.
        let refusal = answer.clone();
        let mut page = lost(WITHOUT_TOKEN, move |_| refusal.clone());
        page.run();
        insist(&mut page);
        let seen = json!({"jobs": [{
            "job_id": "j", "job_name": "GaussDBforMySQLSwitchSSL", "instance_id": TAURUSDB, "status": "Running",
            "created_time": crate::clock::rfc3339(page.now),
        }], "total_count": 1});
        page.looks = Box::new(move |_| LookResult::Body(seen.clone().into()));
        page.run_until(page.seconds() + 30);
        assert!(matches!(state(&page), RowState::Following(follow) if follow.was_recovered()), "{:?}", state(&page));
        // Nothing does.
        let refusal = answer.clone();
        let mut page = lost(WITHOUT_TOKEN, move |_| refusal.clone());
        page.run();
        insist(&mut page);
        page.run();
        assert!(matches!(page.end(0), RowEnd::Refused { .. } | RowEnd::NotSent(_)), "{:?}", page.end(0));
        assert!(page.fleet.rows[0].refusal.is_none() && page.fleet.rows[0].doubt.is_some());
        // Who tries it again gets a look first.
        page.event(EventKind::Retry(vec![RowId(0)]));
        page.run();
        assert!(is_not_seen(&page) && page.sent.len() == 2, "{:?}", state(&page));
    }
}

#[test]
fn a_row_in_doubt_that_waited_is_looked_at_before_it_is_sent() {
    for reloads in [false, true] {
        let mut page = lost(WITH_TOKEN, |_| accepted());
        while !matches!(state(&page), RowState::Waiting(_)) {
            assert!(page.go_on());
        }
        page.event(EventKind::Pause(PauseReason::User));
        page.now += Duration::HOUR;
        if reloads {
            page.reload();
        }
        let before = count(&page, |effect| matches!(effect, Effect::Recover { .. }));
        page.event(EventKind::Resume);
        page.run_until(page.seconds() + 2);
        assert_eq!(count(&page, |effect| matches!(effect, Effect::Recover { .. })), before + 1, "{:?}", state(&page));
        assert_eq!(count(&page, |effect| matches!(effect, Effect::WriteDown(_))), usize::from(!reloads));
        page.run();
        assert_eq!((page.sent.len(), page.end(0)), (2, &RowEnd::Accepted));
    }
}

#[test]
fn a_call_that_nobody_can_look_for_keeps_its_token() {
    let mut page = Page::started(rows(1), free());
    page.answers = Box::new(|_, sends| match sends {
        1 => SendResult::Uncertain(blind_follow()),
        _ => accepted(),
    });
    page.run();
    let before = page.fleet.rows[0].clone();
    assert!(matches!(before.end(), Some(RowEnd::Followed { end: End::Unknown(Why::NotOffered), .. })));
    assert_eq!(before.doubt, Some(START));
    page.event(EventKind::Force { row: RowId(0), words: String::new() });
    page.run();
    assert_eq!((page.fleet.rows[0].token, page.end(0)), (before.token, &RowEnd::Accepted));
}
