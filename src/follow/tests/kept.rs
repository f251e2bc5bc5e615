//! What is kept of a follow.

use super::*;

#[test]
fn no_secret_is_kept() {
    let (_, mut follow_up) = acme();
    let text = accepted().to_json();
    assert!(text.contains("t-1") && !text.contains("hunter2"), "{text}");
    // Not even where a description asks for one.
    let secret = crate::catalog::follow::Operand::Expression(String::from("$request.header.Acme-Key"));
    follow_up.links[0].stages[0].look.parameters.push((String::from("key"), secret));
    let exchange = exchange(Some((202, json!({"change": {"ref": "t-1"}}))));
    let link = &follow_up.links[0];
    let follow = Follow::accepted(Origin::of(&exchange, &acme_draft()), link, &exchange, None);
    let missing = MissingValue(String::from("$request.header.Acme-Key"));
    assert_eq!(follow.end(), Some(&End::Unknown(Why::MissingValue(missing))));
}

#[test]
fn a_record_of_another_version_is_refused() {
    let text = accepted().to_json();
    assert_eq!(Follow::from_json(&text.replace("\"version\":1", "\"version\":2")), Err(RecordError::Version(2)));
    for broken in ["", "[]", "{}", "{\"version\":1}", "{\"version\":\"1\"}"] {
        assert!(matches!(Follow::from_json(broken), Err(RecordError::Broken(_))), "{broken}");
    }
}

#[test]
fn a_call_that_no_profile_signed_is_kept_too() {
    let unsigned = Exchange { sender: Sender::default(), ..exchange(Some((202, json!({"change": {"ref": "t-1"}})))) };
    let origin = Origin::of(&unsigned, &acme_draft());
    assert_eq!(origin.profile, None);
    let follow = Follow::accepted(origin, acme().1.link(202).unwrap(), &unsigned, None);
    assert_eq!(Follow::from_json(&follow.to_json()), Ok(follow));
}

#[test]
fn looks_go_where_the_call_went() {
    let (operation, _) = acme();
    let place = Place::of(&operation, &acme_draft());
    let mut draft = Draft::default();
    assert!(place.apply(&operation, &mut draft));
    assert_eq!(draft.region_of(&operation), "south");
    let elsewhere = Place { server: String::from("https://other.test"), ..place };
    assert!(!elsewhere.apply(&operation, &mut draft));
    assert_eq!(draft.get(&path("cache")), &Raw::Unset);
}

#[test]
fn no_number_in_a_record_ends_the_page() {
    let text = uncertain(&[]).to_json();
    for skew in ["9223372036854775807", "-9223372036854775808"] {
        let follow = Follow::from_json(&text.replace("\"skew\":0", &format!("\"skew\":{skew}"))).unwrap();
        let change =
            json!({"ref": "t", "born": "2026-11-22T10:00:00Z", "kind": "encryption", "target": {"cache": "c1"}});
        let driven = Driven::open(follow).at(60, EventKind::Time).body(60, json!({"changes": [change]}));
        assert!(!driven.0.was_recovered(), "no clock is so far off");
    }
}
