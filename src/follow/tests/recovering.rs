//! Calls with an uncertain result.

use super::*;

#[test]
fn a_lost_answer_is_looked_for_and_found() {
    let driven = Driven::open(uncertain(&["old"]));
    assert!(driven.0.is_recovering() && !driven.0.may_repeat());
    let (driven, request) = driven.look(5);
    assert_eq!(request.operation, "ListChanges");
    let change = |key: &str, born: &str, cache: &str| json!({"ref": key, "born": born, "kind": "encryption", "target": {"cache": cache}});
    let others = [
        change("other", "2026-11-22T10:00:01Z", "c2"),
        change("old", "2026-11-22T09:59:58Z", "c1"),
        change("older", "2026-11-22T09:59:50Z", "c1"),
    ];
    let (driven, _) = driven.body(6, json!({"changes": others})).look(12);
    assert_eq!(driven.0.last_look().unwrap().observed.as_ref().unwrap().observation.seen, Seen::Absent);
    let found = [&others[..], &[change("mine", "2026-11-22T10:00:01Z", "c1")]].concat();
    let driven = driven.body(13, json!({"changes": found}));
    assert!(!driven.0.is_recovering() && driven.0.was_recovered() && !driven.0.may_repeat());
    let (driven, request) = driven.look(15);
    assert_eq!((request.operation.as_str(), &request.parameters[0].1), ("GetChange", &json!("mine")));
    assert_eq!(driven.0.values(), ["mine", "g 1", "c1"]);
}

#[test]
fn a_call_that_left_no_trace_can_be_repeated() {
    let mut driven = Driven::open(uncertain(&[]));
    for at in [5, 11, 17, 23, 29, 35] {
        assert!(!driven.0.may_repeat());
        driven = driven.look(at).0.body(at, json!({"changes": []}));
    }
    assert_eq!((driven.0.phase().name(), driven.0.end()), ("unknown", Some(&End::NotSeen(35))));
    assert!(driven.0.may_repeat());
}

#[test]
fn what_appears_late_is_found_by_another_look() {
    let mut driven = Driven::open(uncertain(&[]));
    for at in [5, 11, 17, 23, 29, 35] {
        driven = driven.look(at).0.body(at, json!({"changes": []}));
    }
    let driven = driven.at(90, EventKind::LookNow);
    assert!(matches!(driven.1.last(), Some(Effect::Look(request)) if request.operation == "ListChanges"));
    assert!(!driven.0.may_repeat(), "while it looks, nobody knows");
    let late = json!({"ref": "mine", "born": "2026-11-22T10:00:01Z", "kind": "encryption", "target": {"cache": "c1"}});
    let driven = driven.body(91, json!({"changes": [late]}));
    assert!(driven.0.was_recovered() && !driven.0.may_repeat());
}

#[test]
fn what_cannot_be_told_is_not_told() {
    // An item without a readable time may be of this call.
    let odd = json!({"changes": [{"ref": "t", "born": "today", "kind": "encryption", "target": {"cache": "c1"}}]});
    for body in [odd, json!({"items": []})] {
        let driven = Driven::open(uncertain(&[])).at(60, EventKind::Time).body(60, body);
        assert_eq!(driven.0.end(), Some(&End::Unknown(Why::Limit)));
        assert!(!driven.0.may_repeat());
    }
}
