use super::doubt;
use crate::catalog::Operation;
use crate::fixtures::operation;
use crate::outcome::{Outcome, UndecodableReason, read};
use crate::proxy::Passage;
use crate::transport::Reply;
use serde_json::{Value, json};
use std::time::Duration;
use time::OffsetDateTime;

fn seen(call: &Operation, passage: Passage, status: u16, mark: Option<&str>, body: &str) -> Outcome {
    let mark = mark.map(|mark| (String::from("x-tls-console-proxy"), mark.to_owned()));
    let headers = mark.into_iter().chain([(String::from("content-type"), String::from("application/json"))]).collect();
    let received = OffsetDateTime::UNIX_EPOCH;
    let reply = Reply { status, headers, body: body.as_bytes().to_vec(), took: Duration::ZERO, received };
    let mut reading = read(call, Vec::new(), reply);
    doubt(&mut reading.answer, call, &reading.shown, passage);
    reading.answer.outcome
}

/// An operation that changes something, with these answers.
fn change(responses: &str) -> Operation {
    operation("put", "/a", json!({"responses": serde_json::from_str::<Value>(responses).unwrap()}))
}

/// One that only reads.
fn read_only() -> Operation {
    operation("get", "/a", json!({"responses": {"200": {"description": "Done."}}}))
}

const JOB: &str = r#"{"200": {"description": "", "content": {"application/json": {"schema": {
    "type": "object", "properties": {"job_id": {"type": "string"}, "list": {"type": "array", "items": {
    "type": "object", "properties": {"a": {"type": "string"}}}}}}}}}}"#;

fn undecodable(outcome: &Outcome) -> Option<&UndecodableReason> {
    match outcome {
        Outcome::Undecodable { why, .. } => Some(why),
        _ => None,
    }
}

#[test]
fn an_answer_that_the_proxy_may_have_made_up_is_no_success() {
    let (job, nothing) = (change(JOB), change(r#"{"200": {"description": "Done."}}"#));
    let missing = UndecodableReason::MissingField("job_id".into());
    for (operation, status, body, why) in [
        (&job, 200, "", UndecodableReason::Empty),
        (&job, 200, " \r\n", UndecodableReason::Empty),
        (&job, 204, "", UndecodableReason::Undocumented),
        (&job, 202, r#"{"job_id": "1"}"#, UndecodableReason::Undocumented),
        (&job, 200, "{}", missing.clone()),
        (&job, 200, r#"{"ok": true}"#, missing),
        (&nothing, 200, "", UndecodableReason::Empty),
        (&nothing, 201, "", UndecodableReason::Undocumented),
    ] {
        for (passage, mark) in [
            (Passage::OtherProxy, None),
            (Passage::OwnProxy, None),
            (Passage::OwnProxy, Some("ready")),
            // Another proxy than one of `deploy/` vouches for nothing.
            (Passage::OtherProxy, Some("passed")),
        ] {
            let outcome = seen(operation, passage, status, mark, body);
            assert_eq!(undecodable(&outcome), Some(&why), "{passage:?} {mark:?} {status} {body:?}");
            assert!(!outcome.is_certain());
        }
    }
}

#[test]
fn a_body_that_does_not_parse_is_no_success_whoever_passed_it_on() {
    for passage in [Passage::Provider, Passage::OwnProxy, Passage::OtherProxy] {
        let outcome = seen(&change(JOB), passage, 200, Some("passed"), r#"{"job_id": "1"#);
        assert!(matches!(undecodable(&outcome), Some(UndecodableReason::BrokenJson(_))), "{outcome:?}");
    }
}

#[test]
fn what_is_documented_and_what_is_vouched_for_stay_successes() {
    let none = change(r#"{"204": {"description": "Done."}}"#);
    let any = change(r#"{"200": {"description": "Done."}}"#);
    for (operation, passage, status, mark, body) in [
        (change(JOB), Passage::OtherProxy, 200, None, r#"{"job_id": "1"}"#),
        (change(JOB), Passage::OtherProxy, 200, None, r#"{"list": [{"a": "1"}]}"#),
        (none, Passage::OtherProxy, 204, None, ""),
        (any.clone(), Passage::OwnProxy, 200, Some("passed"), ""),
        (any.clone(), Passage::Provider, 200, None, ""),
        (any, Passage::Page, 200, None, ""),
        (read_only(), Passage::OtherProxy, 204, None, ""),
    ] {
        let outcome = seen(&operation, passage, status, mark, body);
        assert_eq!(outcome, Outcome::Success, "{passage:?} {status} {body:?}");
    }
}

#[test]
fn a_repetition_that_the_proxy_refused_says_nothing_of_the_first() {
    let body = r#"{"proxy":"tls-console","repeated":"This call was sent before."}"#;
    assert_eq!(seen(&change(JOB), Passage::OwnProxy, 409, Some("repeated"), body), Outcome::Repeated);
    // The word of another proxy is not taken for it.
    let other = seen(&change(JOB), Passage::OtherProxy, 409, Some("repeated"), body);
    assert!(matches!(other, Outcome::HttpError { status: 409, .. }), "{other:?}");
}
