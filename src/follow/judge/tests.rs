use super::*;
use serde_json::json;

fn look(parts: Value) -> Look {
    let mut all = json!({
        "operation": "Read", "parameters": [], "item": null, "absent": [],
        "states": [{"when": [["/a", [{"Constant": "x"}, {"Constant": 7}, {"Constant": true}, {"Constant": null}]]], "is": "Done"}],
        "shows": [["A", "/a"], ["B", "/b/0"], ["C", "/c"]],
    });
    parts.as_object().unwrap().iter().for_each(|(key, value)| all[key] = value.clone());
    serde_json::from_value(all).unwrap()
}

fn seen(look: &Look, body: Value) -> Seen {
    judge(look, &body, None).seen
}

#[test]
fn values_are_compared_exactly_whatever_their_type_is_called() {
    let look = look(json!({}));
    let done = Seen::Says(Verdict::Done);
    for body in
        [json!({"a": "x"}), json!({"a": 7}), json!({"a": "7"}), json!({"a": "true"}), json!({"a": null}), json!({})]
    {
        assert_eq!(seen(&look, body.clone()), done, "{body}");
    }
    for body in [
        json!({"a": "X"}),
        json!({"a": "x "}),
        json!({"a": 70}),
        json!({"a": false}),
        json!({"a": "null"}),
        json!({"a": {}}),
    ] {
        assert_eq!(seen(&look, body.clone()), Seen::Unclear, "{body}");
    }
}

#[test]
fn all_pointers_must_hold_and_the_first_state_counts() {
    let look = look(json!({"states": [
        {"when": [["/a", [{"Pattern": "^v[0-9]+$"}]], ["/b/c", [{"Constant": "on"}]]], "is": "Pass"},
        {"when": [["/a", [{"Pattern": "v"}]]], "is": "Fail"},
        {"when": [], "is": "Depends"},
    ]}));
    assert_eq!(seen(&look, json!({"a": "v10", "b": {"c": "on"}})), Seen::Says(Verdict::Pass));
    assert_eq!(seen(&look, json!({"a": "v10"})), Seen::Says(Verdict::Fail));
    assert_eq!(
        seen(&look, json!({"a": null})),
        Seen::Says(Verdict::Depends),
        "a pattern does not fit what is not there"
    );
}

#[test]
fn an_expression_without_a_value_is_equal_to_nothing() {
    let look = look(json!({"states": [{"when": [["/a", [{"Expression": "$request.path.x"}]]], "is": "Done"}]}));
    assert_eq!(seen(&look, json!({"a": "$request.path.x"})), Seen::Unclear);
}

#[test]
fn evidence_is_what_there_is_to_show() {
    let found = judge(&look(json!({})), &json!({"a": "x", "b": [true], "c": {"d": 1}}), None);
    assert_eq!(found.evidence, [("A".into(), "x".into()), ("B".into(), "true".into())]);
}

fn item(since: Option<&str>) -> Look {
    look(json!({
        "item": {"list": "/items", "total": null, "filter": [["/of", [{"Constant": "me"}]]], "since": since},
        "states": [{"when": [["/ok", [{"Constant": true}]]], "is": "Done"}],
        "shows": [["Name", "/name"]],
    }))
}

#[test]
fn the_first_item_that_fits_counts() {
    let items = json!({"items": [{"of": "you", "ok": true}, {"of": "me", "name": "n"}, {"of": "me", "ok": true}]});
    let found = judge(&item(None), &items, None);
    assert_eq!((found.seen, found.evidence), (Seen::Unclear, vec![("Name".into(), "n".into())]));
    assert_eq!(seen(&item(None), json!({"items": []})), Seen::Absent);
    for odd in [json!({}), json!({"items": null}), json!([])] {
        assert_eq!(seen(&item(None), odd), Seen::Unclear, "no list is not an empty list");
    }
}

#[test]
fn items_from_before_the_call_are_of_other_calls() {
    let sent = OffsetDateTime::from_unix_timestamp(1_000_000_000).unwrap();
    let seen = |born: i64, skew: Option<i64>, known: &[&str]| {
        let (ids, known) =
            (vec![("/id".into(), "/key".into())], known.iter().map(|id| (*id).into()).collect::<Vec<_>>());
        let after =
            After { sent, last: sent, refused: None, skew: skew.map(ClockSkew::exactly), ids: &ids, known: &known };
        let body = json!({"items": [{"of": "me", "ok": true, "key": "k", "born": 1_000_000_000 + born}]});
        judge(&item(Some("/born")), &body, Some(after)).seen
    };
    let done = Seen::Says(Verdict::Done);
    assert_eq!([seen(0, None, &[]), seen(-60, None, &[])], [done, done]);
    assert_eq!([seen(-61, None, &[]), seen(-900, None, &[])], [Seen::Unclear; 2], "this computer's clock may be ahead");
    assert_eq!([seen(-901, None, &[]), seen(-61, None, &["k"])], [Seen::Absent; 2]);
    assert_eq!([seen(-5, Some(0), &[]), seen(-6, Some(0), &[])], [done, Seen::Absent]);
    assert_eq!([seen(295, Some(300), &[]), seen(294, Some(300), &[])], [done, Seen::Absent]);
    assert_eq!([seen(0, None, &["k"]), seen(0, None, &["j"])], [Seen::Absent, done]);
}

#[test]
fn what_may_have_been_the_reason_of_a_refusal_is_not_taken_for_the_change_itself() {
    let at = |seconds: i64| OffsetDateTime::from_unix_timestamp(1_000_000_000 + seconds).unwrap();
    let calls = [at(0), at(1_000)];
    let seen = |born: i64, skew: Option<ClockSkew>| {
        let after = After { sent: at(0), last: at(1_000), refused: Some(&calls), skew, ids: &[], known: &[] };
        let body = json!({"items": [{"of": "me", "ok": true, "born": 1_000_000_000 + born}]});
        judge(&item(Some("/born")), &body, Some(after)).seen
    };
    let (done, known) = (Seen::Says(Verdict::Done), Some(ClockSkew::exactly(0)));
    // It began while one of the calls was on its way.
    for born in [-5, 0, 95, 995, 1_000, 1_095] {
        assert_eq!(seen(born, known), done, "{born}");
    }
    assert_eq!(seen(-6, known), Seen::Absent, "it was there before");
    for born in [96, 500, 994, 1_096] {
        assert_eq!(seen(born, known), Seen::Unclear, "{born}: a colleague's, or one that the API shows late");
    }
    for born in [-60, 0, 1_000] {
        assert_eq!(seen(born, None), Seen::Unclear, "{born}: nobody can compare the clocks");
    }
    let slow = Some(ClockSkew { least: -30, most: 0 });
    assert_eq!([seen(-6, slow), seen(-5, slow)], [Seen::Unclear, done]);
}

#[test]
fn what_is_not_on_the_page_may_be_on_another() {
    let mut look = item(None);
    look.item.as_mut().unwrap().total = Some(String::from("/of"));
    let items = |of: Value| json!({"items": [{"of": "you"}], "of": of});
    assert_eq!([seen(&look, items(json!(1))), seen(&look, items(json!("1")))], [Seen::Absent, Seen::Absent]);
    for total in [json!(2), json!(null), json!("many"), json!(1.5), json!(-1)] {
        assert_eq!(seen(&look, items(total.clone())), Seen::Unclear, "{total}");
    }
    let found = json!({"items": [{"of": "me", "ok": true}], "of": 7});
    assert_eq!(seen(&look, found), Seen::Says(Verdict::Done));
}

#[test]
fn a_page_that_goes_back_to_before_the_call_is_enough() {
    let sent = OffsetDateTime::from_unix_timestamp(1_000_000_000).unwrap();
    let mut look = item(Some("/born"));
    look.item.as_mut().unwrap().total = Some(String::from("/all"));
    let seen_at = |skew: Option<i64>, born: &[Option<i64>]| {
        let item = |born: &Option<i64>| json!({"of": "you", "born": born.map(|born| 1_000_000_000 + born)});
        let body = json!({"items": born.iter().map(item).collect::<Vec<_>>(), "all": 900});
        let skew = skew.map(ClockSkew::exactly);
        judge(&look, &body, Some(After { sent, last: sent, refused: None, skew, ids: &[], known: &[] })).seen
    };
    let seen = |born: &[Option<i64>]| seen_at(Some(0), born);
    assert_eq!(seen(&[Some(9), Some(3), Some(3), Some(-6)]), Seen::Absent);
    assert_eq!(seen(&[Some(9), Some(3), Some(-5)]), Seen::Unclear, "an earlier clock may have written that");
    assert_eq!(seen(&[Some(3), Some(9), Some(-6)]), Seen::Unclear, "in no order");
    assert_eq!(seen(&[Some(9), None, Some(-6)]), Seen::Unclear, "one without a time");
    assert_eq!(seen(&[]), Seen::Unclear);
    let to = |oldest: i64| seen_at(None, &[Some(9), Some(oldest)]);
    assert_eq!([to(-900), to(-901)], [Seen::Unclear, Seen::Absent], "where the clocks are not compared");
}
