use super::*;
use crate::follow::tests::{acme, acme_request};
use serde_json::json;

fn acme_reads() -> Vec<Read> {
    let (operation, follow_up) = acme();
    reads(&follow_up, &Subject::planned(&operation, &acme_request(&operation))).unwrap()
}

fn names(findings: &[Finding]) -> Vec<(usize, &'static str)> {
    findings.iter().map(|finding| (finding.precondition, finding.standing.name())).collect()
}

#[test]
fn checks_that_read_the_same_share_a_read() {
    let reads = acme_reads();
    let shape: Vec<_> = reads.iter().map(|read| (read.operation.as_str(), read.preconditions())).collect();
    assert_eq!(shape, [("GetCache", vec![0, 1, 2]), ("ListChanges", vec![3])]);
    assert_eq!(reads[0].parameters, [("group".into(), json!("g 1")), ("cache".into(), json!("c1"))]);
    assert_eq!(reads[1].parameters[1], ("open".into(), json!(true)));
}

#[test]
fn each_precondition_is_judged_by_the_answer() {
    let [cache, changes] = acme_reads().try_into().unwrap();
    let body = |body| LookResult::Body(Value::into(body));
    let good = cache.judge(&body(json!({"power": "on", "engine": "6.10", "encryption": {"mode": "none"}})));
    assert_eq!(names(&good), [(0, "pass"), (1, "pass"), (2, "pass")]);
    assert_eq!(good[0].evidence, [(String::from("Power"), String::from("on"))]);
    let bad = cache.judge(&body(json!({"power": "off", "engine": "5.4", "encryption": {"mode": "required"}})));
    assert_eq!(names(&bad), [(0, "fail"), (1, "fail"), (2, "already")]);
    let odd = cache.judge(&body(json!({"power": "asleep", "engine": "6.1", "edition": "trial"})));
    assert_eq!(names(&odd), [(0, "unknown"), (1, "depends"), (2, "unknown")]);
    assert_eq!(odd[0].standing, Standing::Unknown(Unknown::Unclear));

    let other = |of: u32| body(json!({"changes": [{"ref": "r", "target": {"cache": "c2"}}], "of": of}));
    let none = changes.judge(&other(1));
    assert_eq!(names(&none), [(3, "pass")]);
    assert_eq!(none[0].evidence, [("Changes going on".into(), "0".into())], "what was read, in a number");
    assert_eq!(names(&changes.judge(&other(2))), [(3, "unknown")], "there is another page");
    let own = json!({"changes": [{"ref": "r", "target": {"cache": "c1"}}]});
    assert_eq!(names(&changes.judge(&body(own))), [(3, "fail")]);
    assert_eq!(names(&changes.judge(&body(json!({"changes": null})))), [(3, "unknown")], "no list says nothing");
}

#[test]
fn a_read_without_an_answer_is_never_a_pass() {
    let refusal = Refusal { code: String::from("Denied"), status: 403, ..Refusal::default() };
    let results = [
        LookResult::Refused(refusal),
        LookResult::NoAnswer { retry_after: None },
        LookResult::NeedsCredential,
        LookResult::NoCredential,
        LookResult::NotOffered,
        LookResult::Body(Value::Null.into()),
    ];
    for result in results {
        for read in acme_reads() {
            let found = read.judge(&result);
            assert!(found.iter().all(|finding| finding.standing.name() == "unknown"), "{found:?}");
        }
    }
}

#[test]
fn what_nobody_answered_was_not_read() {
    let [cache, _] = acme_reads().try_into().unwrap();
    let offline = cache.unread(&Unknown::Offline);
    assert_eq!(names(&offline), [(0, "unknown"), (1, "unknown"), (2, "unknown")]);
    assert!(offline.iter().all(|finding| !finding.standing.was_answered() && finding.evidence.is_empty()));
    let refused = cache.judge(&LookResult::Refused(Refusal::default()));
    assert!(refused.iter().all(|finding| finding.standing.was_answered()));
}

#[test]
fn what_did_not_hold_is_named_with_what_was_read() {
    let [cache, _] = acme_reads().try_into().unwrap();
    let body = LookResult::Body(json!({"power": "off", "engine": "6.10", "encryption": {"mode": "required"}}).into());
    let operation = acme().0;
    let found = cache.judge(&body);
    let unmet = unmet(&operation.preconditions, &found);
    assert_eq!(unmet, [("The cache runs.", &[(String::from("Power"), String::from("off"))][..])]);
}

#[test]
fn nothing_is_read_for_a_form_that_lacks_what_a_read_needs() {
    let (operation, follow_up) = acme();
    let mut request = acme_request(&operation);
    request.url = String::from("https://cache.south.acme.test/groups/g%201/caches/{cache}/encryption");
    let missing = reads(&follow_up, &Subject::planned(&operation, &request)).unwrap_err();
    assert_eq!(missing, MissingValue(String::from("$request.path.cache")));
}
