//! Calls with an uncertain result.

use super::*;

/// A task of this kind for the same cache.
fn change(key: &str, born: OffsetDateTime) -> Value {
    let born = crate::clock::rfc3339(born);
    json!({"ref": key, "born": born, "kind": "encryption", "target": {"cache": "c1"}})
}

/// A call whose answer was lost, with looks that list this task and tell how far the provider's clock is ahead.
fn looked_for(task: Value, clock_skew: Option<ClockSkew>) -> Follow {
    let exchange = exchange(None);
    let follow = Follow::uncertain(Origin::of(&exchange, &acme_draft()), &acme().1, &exchange, None, Vec::new());
    let mut driven = Driven::open(follow);
    for at in [5, 11, 17, 23, 29, 35] {
        if driven.0.is_recovering() {
            let body = LookBody { value: json!({"changes": [task.clone()]}), clock_skew };
            driven = driven.look(at).0.answer(at, LookResult::Body(body));
        }
    }
    driven.0
}

#[test]
fn a_look_tells_the_clock_that_its_times_are_of() {
    // This computer's clock is two minutes fast: what the call began seems to be from before.
    let own = change("mine", after(-119));
    assert!(looked_for(own.clone(), Some(ClockSkew::exactly(-120))).was_recovered());
    let unknown = looked_for(own, None);
    assert_eq!(unknown.end(), Some(&End::Unknown(Why::Unclear)));
    assert!(!unknown.may_repeat(), "nobody knows whose it is");
    // It is two minutes slow: what somebody began a minute before the call seems to be from after it.
    let other = looked_for(change("other", after(60)), Some(ClockSkew::exactly(120)));
    assert!(!other.was_recovered() && other.may_repeat(), "{other:?}");
    // An answer that took half a minute tells the time no better.
    let slow = looked_for(change("other", after(-20)), Some(ClockSkew { least: -30, most: 0 }));
    assert_eq!(slow.end(), Some(&End::Unknown(Why::Unclear)));
}

#[test]
fn a_lost_answer_is_looked_for_and_found() {
    let driven = Driven::open(uncertain(&["old"]));
    assert!(driven.0.is_recovering() && !driven.0.may_repeat());
    assert_eq!(driven.0.doubt(), Some(Doubt::Open));
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
    assert!(!driven.0.is_recovered_success(), "it still goes on");
    assert_eq!(driven.0.doubt(), Some(Doubt::CarriedOut));
}

#[test]
fn a_change_that_was_found_and_failed_is_not_what_was_wanted() {
    let found = |body: Value| {
        let task = json!({"changes": [change("mine", after(1))]});
        Driven::open(uncertain(&[])).look(5).0.body(6, task).look(8).0.body(9, body)
    };
    let failed = found(json!({"phase": 9})).look(14).0.body(15, json!({"phase": 9})).0;
    assert!(failed.was_recovered() && matches!(failed.end(), Some(End::Failed(_))));
    assert!(!failed.is_recovered_success());
    assert_eq!(failed.doubt(), Some(Doubt::CarriedOut), "that the answer was lost is no news any more");
    let done =
        found(json!({"phase": 2})).look(10).0.body(11, json!({"power": "on", "encryption": {"mode": "required"}}));
    assert!(done.0.is_recovered_success(), "{:?}", done.0);
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
    assert_eq!(driven.0.doubt(), Some(Doubt::Open));
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
        assert_eq!(driven.0.end(), Some(&End::Unknown(Why::Unclear)));
        assert!(!driven.0.may_repeat());
    }
}

#[test]
fn a_call_that_was_under_way_when_its_page_was_left_has_the_whole_time_from_the_next_page_on() {
    let (driven, request) = Driven(uncertain(&[]), Vec::new()).at(600, EventKind::Opened).look(603);
    assert_eq!(request.operation, "ListChanges");
    let driven = driven.body(604, json!({"changes": []}));
    assert_eq!((driven.0.phase(), driven.0.doubt()), (Phase::Running, Some(Doubt::Open)));
    let stopped = Driven(uncertain(&[]), Vec::new()).at(2, EventKind::Cancel).at(600, EventKind::Opened);
    assert_eq!(stopped.0.need(), Some(Need::Resume), "who stopped it has stopped it");
}

#[test]
fn what_begins_much_later_is_not_taken_for_the_call() {
    let change = |born: &str| json!({"ref": "theirs", "born": born, "kind": "encryption", "target": {"cache": "c1"}});
    let driven = Driven(uncertain(&[]), Vec::new()).at(86_400, EventKind::Opened).look(86_403).0;
    let driven = driven.body(86_404, json!({"changes": [change("2026-11-23T09:00:00Z")]}));
    assert_eq!(driven.0.last_look().unwrap().observed.as_ref().unwrap().observation.seen, Seen::Unclear);
    assert_eq!((driven.0.doubt(), driven.0.was_recovered()), (Some(Doubt::Open), false));
    assert!(!driven.0.may_repeat());
}

#[test]
fn a_call_that_is_sent_once_more_with_the_same_token_is_the_same_act() {
    let with = |id: u128, made: &str| {
        let call = Exchange { id: CallId::new(id), started: after(60), ..exchange(None) };
        let origin = Origin::of(&call, &acme_draft());
        let mut follow = Follow::uncertain(origin, &acme().1, &call, None, Vec::new());
        (follow.repeat, follow.made) = (Some(Repeat::SameToken), vec![made.to_owned()]);
        follow
    };
    let first = Follow { started: SENT, ..with(1, "token") };
    let repeat = with(2, "token");
    assert!(repeat.is_repeat_of(&first));
    // The change may have begun with the first call.
    assert_eq!(repeat.clone().in_place_of(&first).started(), SENT);
    assert_eq!(repeat.clone().in_place_of(&first).sent, [SENT, after(60)]);
    let restored = Follow::from_json(&repeat.to_json()).unwrap();
    assert!(restored.is_repeat_of(&first), "also after a reload");
    // Found meanwhile or not: its answer was lost, and both are one act.
    assert!(repeat.is_repeat_of(&Follow { recovery: None, recovered: true, ..first.clone() }));
    let mut elsewhere = with(3, "token");
    elsewhere.origin.profile = None;
    let others = [
        ("itself", repeat.clone()),
        ("another token", with(3, "other")),
        ("another account", elsewhere),
        ("answered", Follow { recovery: None, ..first.clone() }),
        ("no token that the API knows", Follow { repeat: Some(Repeat::WhenAbsent), ..first.clone() }),
    ];
    for (what, other) in others {
        assert!(!repeat.is_repeat_of(&other), "{what}");
    }
    let without = Follow { made: Vec::new(), ..first };
    assert!(!Follow { made: Vec::new(), ..repeat }.is_repeat_of(&without), "no token is no sign");
}

/// A call that was refused because something is under way.
fn in_conflict() -> Follow {
    let exchange = exchange(None);
    let origin = Origin::of(&exchange, &acme_draft());
    Follow::uncertain(origin, &acme().1, &exchange, None, Vec::new()).after_conflict()
}

/// What looks for such a call say that list these changes, where the clocks can be compared.
fn after_looks(follow: Follow, changes: &Value) -> Follow {
    after_looks_with(follow, changes, Some(ClockSkew::exactly(0)))
}

fn after_looks_with(follow: Follow, changes: &Value, clock_skew: Option<ClockSkew>) -> Follow {
    let mut driven = Driven::open(follow);
    while let Some(next) = driven.0.next_look().filter(|_| driven.0.is_recovering()) {
        let at = (next - SENT).whole_seconds();
        let body = LookBody { value: json!({"changes": changes}), clock_skew };
        driven = driven.look(at).0.answer(at, LookResult::Body(body));
    }
    driven.0
}

#[test]
fn a_refusal_of_a_change_that_was_under_way_already_is_found_out() {
    let none = after_looks(in_conflict(), &json!([]));
    assert_eq!((none.end(), none.doubt(), none.may_repeat()), (Some(&End::NotCarriedOut), None, true));
    let own = after_looks(in_conflict(), &json!([change("mine", after(1))]));
    assert_eq!((own.was_recovered(), own.may_repeat(), own.doubt()), (true, false, Some(Doubt::CarriedOut)));
    // Somebody else's change may be the reason of the refusal.
    let unclear = after_looks_with(in_conflict(), &json!([change("whose", after(1))]), None);
    assert_eq!((unclear.end(), unclear.may_repeat()), (Some(&End::Unknown(Why::Unclear)), false));
    // The refusal of a repeat says nothing about the call before, whose answer was lost.
    let first = after_looks(uncertain(&[]), &json!([]));
    let mut repeat = in_conflict();
    repeat.origin.id = String::from("another");
    assert!(repeat.is_repeat_of(&first));
    let both = after_looks(repeat.clone().in_place_of(&first), &json!([]));
    assert!(matches!(both.end(), Some(End::NotSeen(_))), "{both:?}");
    repeat.origin.subject = String::from("another");
    assert!(!repeat.is_repeat_of(&first));
}

#[test]
fn what_begins_long_after_the_first_call_may_be_of_the_one_that_was_sent_again() {
    let late = json!([change("late", after(3_600))]);
    let alone = after_looks(uncertain(&[]), &late);
    assert_eq!(alone.end(), Some(&End::Unknown(Why::Unclear)));
    assert!(after_looks(uncertain(&[]).sent_at(&[after(3_590)]), &late).was_recovered());
}
