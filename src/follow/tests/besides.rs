//! A look besides that of the stage, where that shows nothing of the change.

use super::*;
use crate::follow::Observation;

/// A change whose state is looked at in Acme's cache, and in the list of changes where the cache does not show it.
fn accepted() -> Follow {
    accepted_with(Some(0))
}

fn accepted_with(skew: Option<i64>) -> Follow {
    let mut document: Value = serde_json::from_str(ACME).unwrap();
    let operation = "/paths/~1groups~1{group}~1caches~1{cache}~1encryption/post";
    let links = document.pointer_mut(&format!("{operation}/responses/202/links")).unwrap();
    let follow = &mut links["State"]["x-follow"];
    follow["states"].as_array_mut().unwrap().push(json!({"when": {"/power": ["restarting"]}, "is": "running"}));
    follow["else"] = json!({
        "operationId": "ListChanges",
        "parameters": {"group": "$request.path.group"},
        "item": {"list": "/changes", "where": {"/target/cache": ["$request.path.cache"]}, "since": "/born"},
        "states": [{"when": {"/phase": [1]}, "is": "running"}, {"when": {"/phase": [2]}, "is": "done"}, {"when": {"/phase": [9]}, "is": "failed"}],
        "progress": "/percent", "reason": "/why",
        "shows": [{"label": "Phase", "value": "/phase"}],
    });
    let api = Api::load("apis/acme-cache.json", &document.to_string()).unwrap();
    let follow_up = api.follow_up("SetEncryption").unwrap();
    assert!(follow_up.omissions.is_empty(), "{:?}", follow_up.omissions);
    let exchange = exchange(Some((202, json!({}))));
    Follow::accepted(Origin::of(&exchange, &acme_draft()), follow_up.link_named("State").unwrap(), &exchange, skew)
}

fn old() -> Value {
    json!({"power": "on", "encryption": {"mode": "none"}})
}

fn changes(phase: u32) -> Value {
    let own = json!({"born": "2026-11-22T10:00:01Z", "target": {"cache": "c1"}, "phase": phase, "percent": 60, "why": "A node did not start."});
    let before = json!({"born": "2026-11-22T09:00:00Z", "target": {"cache": "c1"}, "phase": 9});
    json!({"changes": [own, before]})
}

/// The first look, which shows the thing as it was, and the one besides.
fn besides() -> Driven {
    let (driven, request) = Driven::open(accepted()).look(3);
    assert_eq!(request.operation, "GetCache");
    let (driven, request) = driven.body(3, old()).look(7);
    assert_eq!((request.operation.as_str(), request.parameters), ("ListChanges", vec![("group".into(), json!("g 1"))]));
    driven
}

fn seen(observed: Option<&Observed>) -> Option<&[(String, String)]> {
    observed.map(|Observed { observation: Observation { evidence, .. }, .. }| evidence.as_slice())
}

#[test]
fn a_failure_that_the_thing_itself_does_not_show_is_one_when_the_other_look_says_it_twice() {
    let (driven, request) = besides().body(8, changes(9)).look(12);
    assert_eq!(request.operation, "ListChanges");
    let driven = driven.body(12, changes(9));
    assert_eq!(driven.0.end(), Some(&End::Failed(Some("A node did not start.".into()))));
    let last = driven.0.last_look().unwrap();
    assert_eq!(seen(last.observed.as_ref()), Some(&[("Encryption".into(), "none".into())][..]));
    assert_eq!(seen(last.aside.as_ref()), Some(&[("Phase".into(), "9".into())][..]));
}

#[test]
fn an_earlier_failure_is_not_this_ones_where_the_clocks_cannot_be_compared() {
    let driven = Driven::open(accepted_with(None)).look(3).0.body(3, old()).look(7).0.body(8, changes(9));
    let (driven, request) = driven.look(12);
    assert_eq!((request.operation.as_str(), driven.0.was_seen()), ("GetCache", false));
}

#[test]
fn what_the_other_look_shows_as_running_or_done_ends_nothing() {
    let driven = besides().body(8, changes(1));
    assert!(driven.0.is_shown() && driven.0.was_seen());
    assert_eq!(driven.0.progress(), Some("60"));
    let (driven, request) = driven.look(12);
    assert_eq!(request.operation, "GetCache");
    let (driven, request) = driven.body(12, old()).look(16);
    assert_eq!(request.operation, "ListChanges");
    let driven = driven.body(16, changes(2));
    assert!(driven.0.end().is_none() && !driven.0.is_shown(), "the thing itself does not show it");
    let (driven, request) = driven.look(22);
    assert_eq!(request.operation, "GetCache", "a pause that grows while the thing stays the same");
    let driven = driven.body(22, json!({"power": "restarting"}));
    assert!(driven.0.is_shown() && driven.0.last_look().unwrap().aside.is_none());
    let driven = driven.look(26).0.body(26, json!({"power": "on", "encryption": {"mode": "required"}}));
    assert_eq!(driven.0.end(), Some(&End::Verified));
}

#[test]
fn a_thing_that_is_as_it_was_is_not_called_a_change_that_runs() {
    let follow = accepted();
    assert!(follow.last_look().is_none() && !follow.is_shown());
    let driven = besides();
    assert!(!driven.0.is_shown() && !driven.0.was_seen());
    let driven = driven.body(8, json!({"changes": []}));
    assert!(!driven.0.is_shown() && !driven.0.was_seen());
    assert_eq!(driven.0.read(), [("Encryption".into(), "none".into())]);
    let last = driven.0.last_look().unwrap();
    assert!(!last.is_unanswered && last.at == after(8), "the look has an answer, which shows nothing");
}

#[test]
fn the_other_look_is_given_up_where_it_is_refused_and_looks_are_bounded() {
    let (driven, request) = besides().answer(8, refused("Denied", 403, false)).look(12);
    assert_eq!(request.operation, "GetCache");
    let (driven, request) = driven.body(12, old()).look(18);
    assert_eq!(request.operation, "GetCache", "it is not asked for again");
    assert_eq!(driven.0.end(), None);

    for result in [LookResult::NoAnswer { retry_after: None }, refused("Slow", 429, true)] {
        let (driven, request) = besides().answer(8, result).look(12);
        assert_eq!(request.operation, "GetCache");
        let (_, request) = driven.body(12, old()).look(16);
        assert_eq!(request.operation, "ListChanges");
    }

    // The time is over: the thing itself once more, and then the other look, made again a few times if nobody answers.
    let mut driven = besides().body(8, json!({"changes": []})).at(500, EventKind::Time).body(500, old());
    for asked in [504, 508, 516, 532] {
        let (next, request) = driven.look(asked);
        driven = next.answer(asked, LookResult::NoAnswer { retry_after: None });
        assert_eq!((request.operation.as_str(), driven.0.end()), ("ListChanges", None));
    }
    driven = driven.look(564).0.answer(564, LookResult::NoAnswer { retry_after: None });
    assert_eq!((driven.0.end(), driven.0.looks()), (Some(&End::Unknown(Why::Limit)), 8));
}
