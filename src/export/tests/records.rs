//! What the history keeps of a call is exported as the call itself, as far as it is kept.

use super::*;
use crate::history::{self, BodyRecord, Record};
use crate::outcome::Severity;

#[test]
fn a_record_is_exported_as_the_call_was() {
    let body = r#"{"error_code": "DBS.200019", "error_msg": "Busy."}"#;
    let causes = vec![String::from("Another task runs.")];
    let meaning = ExportedMeaning { title: String::from("T"), causes: causes.clone(), remedies: Vec::new() };
    let kept = history::Meaning { severity: Severity::Error, title: String::from("T"), causes };
    let file = |call: ExportedCall<'_>| har([(call, String::from("T"))], &REMARKS);
    for call in [switched(409, "application/json", body), lost()] {
        let record = Record::of(&call, Some(&ssl_on()), kept.clone()).unwrap();
        let causes = record.details.causes.clone();
        let meaning = ExportedMeaning { causes, ..meaning.clone() };
        assert_eq!(markdown(&record, &meaning, &LABELS), markdown(&call, &meaning, &LABELS));
        assert_eq!(file((&record).into()), file((&call).into()));
    }
}

#[test]
fn the_beginning_of_a_request_is_not_told_as_all_of_it() {
    let call = switched(200, "application/json", "{}");
    let kept = history::Meaning { severity: Severity::Success, title: String::from("T"), causes: Vec::new() };
    let mut record = Record::of(&call, None, kept).unwrap();
    let request_of = |record: &Record| {
        let file: Value = serde_json::from_str(&har([(record.into(), String::from("T"))], &REMARKS)).unwrap();
        assert!(SCHEMA.is_valid(&file), "{file:#}");
        file["log"]["entries"][0]["request"].clone()
    };
    assert_eq!(request_of(&record)["postData"]["comment"], Value::Null);
    record.details.request.body = BodyRecord::Cut { beginning: String::from("{\"a\": [1"), bytes: 900_000 };
    let request = request_of(&record);
    assert_eq!((&request["postData"]["comment"], &request["bodySize"]), (&json!("Cut."), &json!(900_000)));
    let text = markdown(&record, &ExportedMeaning::default(), &LABELS);
    let (request, _) = text.split_once("### Answer").unwrap();
    assert!(request.contains(LABELS.cut), "{text}");
}

#[test]
fn a_body_that_is_no_json_keeps_its_blanks() {
    let mut call = switched(200, "application/json", "{}");
    call.request.body = String::from("name = a  b , c\n  key: [ 1 ]");
    let text = markdown(&call, &ExportedMeaning::default(), &LABELS);
    assert!(text.contains("\nname = a  b , c\n  key: [ 1 ]\n"), "{text}");
}

#[test]
fn a_body_that_the_page_has_let_go_of_is_not_told_as_empty() {
    let mut call = switched(200, "application/json", r#"{"job_id": "j-1", "list": [{"a": 1}]}"#);
    let (reply, answer) = call.result.as_mut().unwrap();
    let size = reply.body.len();
    assert_eq!(answer.forget_body(reply), None);
    assert!(reply.body.is_empty() && answer.tables.is_empty());
    assert_eq!((answer.body_size(reply), answer.bytes_here(reply)), (size, 0));
    let file: Value = serde_json::from_str(&har_of(std::slice::from_ref(&call))).unwrap();
    let content = &file["log"]["entries"][0]["response"]["content"];
    assert_eq!((&content["comment"], &content["size"]), (&json!("Not kept."), &json!(size)));
    assert!(markdown(&call, &ExportedMeaning::default(), &LABELS).contains(LABELS.forgotten));
    let kept = history::Meaning { severity: Severity::Success, title: String::from("T"), causes: Vec::new() };
    assert_eq!(Record::of(&call, None, kept), None, "what was kept before says more");
}

#[test]
fn the_page_keeps_the_bodies_of_the_last_answers() {
    let keep = |bodies: &[&str]| {
        let mut exchanges: indexmap::IndexMap<CallId, Arc<Exchange>> = indexmap::IndexMap::new();
        let mut calls = 0;
        for body in bodies {
            calls += 1;
            let call = Exchange { id: CallId::new(calls), ..switched(200, "text/plain", *body) };
            exchanges.insert(call.id, Arc::new(call));
            crate::call::forget_old_bodies(&mut exchanges);
            // A call without an answer takes nobody's place.
            calls += 1;
            exchanges.insert(CallId::new(calls), Arc::new(Exchange { id: CallId::new(calls), ..lost() }));
        }
        let answers = exchanges.values().filter_map(|exchange| exchange.result.as_ref().ok());
        answers.map(|(_, answer)| answer.forgotten.is_none()).collect::<Vec<_>>()
    };
    let kept = keep(&["short"; 25]);
    assert_eq!(kept.iter().filter(|is_kept| **is_kept).count(), 20);
    assert!(kept.ends_with(&[true; 20]), "the last ones: {kept:?}");
    let long = "x".repeat(9_000_000);
    assert_eq!(keep(&[&long, "a", &long, "b"]), [false, true, true, true]);
    let longest = "x".repeat(17_000_000);
    assert_eq!(keep(&["a", &longest]), [false, true], "the last one is on the screen");
}

#[test]
fn what_is_not_kept_of_a_body_is_said() {
    let call = switched(200, "application/json", "{}");
    let kept = history::Meaning { severity: Severity::Success, title: String::from("T"), causes: Vec::new() };
    let mut record = Record::of(&call, None, kept).unwrap();
    let cut = BodyRecord::Cut { beginning: String::from("{\"a\": 1"), bytes: 900_000 };
    for (body, in_har, in_markdown) in [
        (BodyRecord::Binary(7), "No text.", LABELS.binary),
        (BodyRecord::Withheld(7), "Left out.", LABELS.withheld),
        (cut, "Cut.", LABELS.cut),
    ] {
        let size = body.size();
        record.details.answer.as_mut().unwrap().body = body;
        let file: Value = serde_json::from_str(&har([((&record).into(), String::from("T"))], &REMARKS)).unwrap();
        assert!(SCHEMA.is_valid(&file), "{file:#}");
        let content = &file["log"]["entries"][0]["response"]["content"];
        assert_eq!((&content["comment"], &content["size"]), (&json!(in_har), &json!(size)));
        let text = markdown(&record, &ExportedMeaning::default(), &LABELS);
        assert!(text.contains(in_markdown), "{text}");
    }
}
