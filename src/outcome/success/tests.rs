//! Answers with a status of success: what is documented is accepted, and an error never is.

use crate::catalog::Operation;
use crate::fixtures::{open_https, operation, switch_ssl};
use crate::outcome::{Answer, Outcome, UndecodableReason, read};
use crate::transport::Reply;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use std::time::Duration;
use time::OffsetDateTime;

mod k2;
mod leniency;

fn answer(operation: &Operation, status: u16, content_type: &str, body: impl AsRef<[u8]>) -> Answer {
    let headers = vec![(String::from("content-type"), content_type.to_owned())];
    let headers = if content_type.is_empty() { Vec::new() } else { headers };
    let (took, received) = (Duration::ZERO, OffsetDateTime::UNIX_EPOCH);
    read(operation, Vec::new(), Reply { status, headers, body: body.as_ref().to_vec(), took, received }).answer
}

fn outcome(operation: &Operation, status: u16, content_type: &str, body: impl AsRef<[u8]>) -> Outcome {
    answer(operation, status, content_type, body).outcome
}

/// A call that changes something, and is answered with status 200 and this content.
fn answered_with(content: Value) -> Operation {
    operation("put", "/a", json!({"responses": {"200": {"description": "Done.", "content": content}}}))
}

fn answered_with_json(schema: Value) -> Operation {
    answered_with(json!({"application/json": {"schema": schema}}))
}

fn json_outcome(schema: Value, body: &Value) -> Outcome {
    outcome(&answered_with_json(schema), 200, "application/json", body.to_string())
}

fn fields(properties: Value) -> Value {
    json!({"type": "object", "properties": properties})
}

fn code_of(outcome: &Outcome) -> Option<&str> {
    if let Outcome::ApiError { code, .. } = outcome { Some(code) } else { None }
}

#[test]
fn con_2_a_required_field_may_be_null_where_the_document_says_so() {
    let of = |note: Value, body: Value| {
        json_outcome(json!({"type": "object", "required": ["note"], "properties": {"note": note}}), &body)
    };
    for note in [
        json!({"type": ["string", "null"]}),
        json!({"type": ["null", "integer"]}),
        json!({"type": ["object", "null"], "properties": {"a": {"type": "string"}}}),
        json!({"type": ["array", "null"], "items": {"type": "string"}}),
        json!({"type": ["string", "null"], "format": "password"}),
        json!({"enum": ["a", null]}),
        json!({"type": "string", "enum": ["a", null]}),
        json!({"anyOf": [{"type": "string"}, {"type": "null"}]}),
        json!({"type": "string", "nullable": true}),
        json!({"type": "null"}),
        json!({}),
    ] {
        assert_eq!(of(note.clone(), json!({"note": null})), Outcome::Success, "{note}");
    }
    let missing = Outcome::Undecodable { status: 200, why: UndecodableReason::MissingField("note".into()) };
    assert_eq!(of(json!({"type": ["string", "null"]}), json!({})), missing, "null is not the same as nothing");
    assert_eq!(of(json!({"type": "string"}), json!({"note": null})), missing);
    assert_eq!(json_outcome(json!({"type": ["object", "null"], "properties": {}}), &Value::Null), Outcome::Success);
}

#[test]
fn a_field_that_is_only_written_is_not_asked_for_in_an_answer() {
    let schema = json!({"type": "object", "required": ["id", "password"], "properties": {
        "id": {"type": "string"}, "password": {"type": "string", "format": "password", "writeOnly": true}}});
    assert_eq!(json_outcome(schema.clone(), &json!({"id": "a"})), Outcome::Success);
    let missing = Outcome::Undecodable { status: 200, why: UndecodableReason::MissingField("id".into()) };
    assert_eq!(json_outcome(schema.clone(), &json!({"password": "a"})), missing);
    let call = answered_with_json(schema);
    let (took, received) = (Duration::ZERO, OffsetDateTime::UNIX_EPOCH);
    let body = br#"{"id":"a","password":"canary"}"#.to_vec();
    let reading = read(&call, Vec::new(), Reply { status: 200, headers: Vec::new(), body, took, received });
    assert!(
        !String::from_utf8_lossy(&reading.shown.body).contains("canary"),
        "it is masked where it comes all the same"
    );
}

#[test]
fn con_15_a_documented_media_type_is_a_success_when_it_comes_so() {
    let png: &[u8] = b"\x89PNG\r\n\x1a\n\0\0";
    let utf16: &[u8] = b"\xff\xfeH\0i\0";
    for (documented, content_type, body) in [
        ("text/plain", "text/plain", b"Hello".as_slice()),
        ("text/plain; charset=utf-8", "Text/Plain;charset=UTF-8", b"Hello"),
        ("text/plain", "text/plain; charset=utf-16le", utf16),
        ("text/plain", "", b"Hello"),
        ("text/plain", "text/plain", b""),
        ("text/plain", "text/plain", b"{ is no JSON"),
        ("text/plain", "text/plain", b"12"),
        ("text/plain", "text/plain", b"<a>"),
        ("text/*", "text/csv", b"a;b"),
        ("*/*", "text/plain", b"Hello"),
        ("text/html", "text/html", b"<!doctype html><p>Done"),
        ("image/png", "image/png", png),
        ("application/octet-stream", "application/octet-stream", png),
        ("application/octet-stream", "", png),
        ("application/octet-stream", "application/octet-stream", b"\xff\xfe"),
        ("application/xml", "text/xml; charset=utf-8", b"<a><b>x</b></a>"),
        ("text/xml", "application/xml", b"<?xml version='1.0'?><a/>"),
        ("application/x-ndjson", "application/x-ndjson", b"{\"a\":1}\n{\"a\":2}\n"),
        ("application/yaml", "application/yaml", b"a: 1"),
    ] {
        let call = answered_with(json!({documented: {"schema": {"type": "string"}}}));
        let found = answer(&call, 200, content_type, body);
        let what = format!("{documented} {content_type} {}", String::from_utf8_lossy(body));
        assert_eq!((found.outcome, found.mislabelled), (Outcome::Success, None), "{what}");
    }
    let both = answered_with(json!({"text/plain": {}, "application/json": {"schema": fields(json!({"a": {}}))}}));
    assert_eq!(outcome(&both, 200, "text/plain", "Hello"), Outcome::Success);
    assert_eq!(outcome(&both, 200, "application/json", r#"{"a":1}"#), Outcome::Success);
    assert!(
        matches!(outcome(&both, 200, "application/json", "Hello"), Outcome::Undecodable { .. }),
        "it is broken JSON"
    );
}

#[test]
fn what_is_not_documented_is_no_success() {
    let text = answered_with(json!({"text/plain": {}}));
    let html = Outcome::Undecodable { status: 200, why: UndecodableReason::Html };
    for (content_type, body) in [("text/html", "<html>Log in"), ("", "<!DOCTYPE html>"), ("text/html", "Log in")] {
        assert_eq!(outcome(&text, 200, content_type, body), html);
        assert_eq!(outcome(&answered_with(json!({"*/*": {}})), 200, content_type, body), html);
    }
    for (content_type, body) in [("image/png", b"\xff".as_slice()), ("text/csv", b"a;b"), ("text/xml", b"<a/>")] {
        let other = Outcome::Undecodable { status: 200, why: UndecodableReason::NotJson(content_type.into()) };
        assert_eq!(outcome(&text, 200, content_type, body), other);
        assert_eq!(outcome(&switch_ssl(), 200, content_type, body), other);
    }
    let error = r#"{"error_code":"DBS.1","error_msg":"no"}"#;
    assert_eq!(code_of(&outcome(&text, 200, "text/plain", error)), Some("DBS.1"), "a text may be an error, too");
    let xml = answered_with(json!({"application/xml": {}}));
    let error = "<Error><Code>NoSuchKey</Code><Message>no</Message></Error>";
    assert_eq!(code_of(&outcome(&xml, 200, "application/xml", error)), Some("NoSuchKey"));
    let alone = outcome(&xml, 200, "application/xml", "<Error><Message>no</Message></Error>");
    assert_eq!(alone, Outcome::Undecodable { status: 200, why: UndecodableReason::Error("no".into()) });
}

#[test]
fn con_16_the_answer_to_head_has_no_body() {
    let schema = json!({"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}});
    let content = json!({"application/json": {"schema": schema}});
    let responses = json!({"responses": {"200": {"content": content}, "2XX": {"content": content}}});
    for status in [200, 206, 299] {
        assert_eq!(
            outcome(&operation("head", "/a", responses.clone()), status, "application/json", ""),
            Outcome::Success
        );
        let get = outcome(&operation("get", "/a", responses.clone()), status, "application/json", "");
        assert_eq!(get, Outcome::Undecodable { status, why: UndecodableReason::Empty });
    }
    let refused = outcome(&operation("head", "/a", responses), 404, "", "");
    assert!(matches!(refused, Outcome::HttpError { status: 404, .. }));
}

#[test]
fn statuses_without_a_body_are_successes_without_one() {
    let content = json!({"application/json": {"schema": fields(json!({"id": {"type": "string"}}))}});
    let call = |verb: &str, key: &str| operation(verb, "/a", json!({"responses": {key: {"content": content}}}));
    for status in [204, 205] {
        for key in ["204", "205", "200", "2XX", "default"] {
            assert_eq!(outcome(&call("put", key), status, "", ""), Outcome::Success, "{status} {key}");
        }
    }
    assert_eq!(outcome(&call("get", "200"), 304, "", ""), Outcome::Success, "nothing new");
    assert_eq!(outcome(&call("post", "304"), 304, "", ""), Outcome::Success, "the document says what it means");
    let odd = outcome(&call("post", "200"), 304, "", "");
    assert!(odd.is_certain() && odd != Outcome::Success);
}

#[test]
fn ops_5_an_error_behind_a_status_of_success_is_an_error_also_where_nothing_is_required() {
    let schema = fields(json!({"Result": {"type": "boolean"}, "RequestId": {"type": "string"}}));
    let body = json!({"RequestId": "5A5D", "Code": "InstanceNotFound", "Message": "The instance does not exist."});
    let found = answer(&answered_with_json(schema.clone()), 200, "application/json", body.to_string());
    let error = Outcome::ApiError {
        code: "InstanceNotFound".into(),
        message: "The instance does not exist.".into(),
        status: 200,
    };
    assert_eq!(found.outcome, error);
    assert_eq!(found.request_ids[0].value, "5A5D");
    for body in [
        json!({"Code": "InstanceNotFound"}),
        json!({"RequestId": "r", "Code": "InstanceNotFound", "Message": "no", "Result": null}),
        json!({"RequestId": "r", "Code": "InstanceNotFound", "Message": "no", "Result": true}),
        json!({"error_code": "InstanceNotFound"}),
        json!({"error": {"code": "InstanceNotFound"}}),
        json!({"Response": {"Error": {"Code": "InstanceNotFound", "Message": "no"}, "RequestId": "r"}}),
        json!({"badRequest": {"code": "InstanceNotFound", "message": "no"}}),
        json!({"errors": [{"code": "InstanceNotFound"}]}),
        json!({"Success": false, "Code": "InstanceNotFound", "Message": "no"}),
        json!({"error": "InstanceNotFound", "error_description": "no"}),
        json!([{"code": "InstanceNotFound", "message": "no"}]),
    ] {
        for schema in [schema.clone(), json!({}), json!({"type": "object"})] {
            let found = json_outcome(schema.clone(), &body);
            let is_told = code_of(&found) == Some("InstanceNotFound");
            // Without a schema a code alone may be anything: the code of a voucher.
            assert!(
                is_told || (body.as_object().is_some_and(|body| body.len() == 1) && schema != fields(json!({}))),
                "{schema} {body} {found:?}"
            );
        }
        let documented = fields(json!({"RequestId": {}, "Code": {"type": "string"}, "Message": {"type": "string"}}));
        assert_eq!(code_of(&json_outcome(documented, &body)), Some("InstanceNotFound"), "{body}");
    }
}

#[test]
fn a_code_that_means_success_is_no_error() {
    for code in [
        json!("200"),
        json!(200),
        json!("0"),
        json!(0),
        json!("OK"),
        json!("Success"),
        json!("success"),
        json!("CBC.0000"),
        json!(null),
        json!(""),
    ] {
        for (name, message) in [("Code", "Message"), ("code", "message"), ("code", "msg"), ("error_code", "error_msg")]
        {
            let body = json!({name: code, message: "Operation accepted.", "RequestId": "r"});
            for schema in [fields(json!({name: {}, message: {}})), fields(json!({"RequestId": {}})), json!({})] {
                // A message of an error without a code is one.
                if name == "error_code" && (code.is_null() || code == "") {
                    continue;
                }
                assert_eq!(json_outcome(schema.clone(), &body), Outcome::Success, "{body} {schema}");
            }
        }
    }
    let of =
        |code: Value, body: Value| json_outcome(fields(json!({"code": code, "message": {"type": "string"}})), &body);
    let body = json!({"code": "1000", "message": "done"});
    for said in [
        json!({"const": "1000"}),
        json!({"enum": ["1000"]}),
        json!({"type": "string", "x-success": "1000"}),
        json!({"type": "string", "example": "1000"}),
    ] {
        assert_eq!(of(said.clone(), body.clone()), Outcome::Success, "{said}");
    }
    assert_eq!(code_of(&of(json!({"type": "string"}), body.clone())), Some("1000"));
    assert_eq!(code_of(&of(json!({"type": "string", "x-success": "1"}), body)), Some("1000"));
    for body in [json!({"code": "1", "message": "success"}), json!({"success": true, "code": "1", "message": "done"})] {
        assert_eq!(of(json!({"type": "string"}), body.clone()), Outcome::Success, "{body}");
    }
}

#[test]
fn ordinary_answers_with_codes_and_errors_in_them_are_successes() {
    for (properties, body) in [
        (json!({"code": {"type": "string"}, "name": {"type": "string"}}), json!({"code": "DE", "name": "Germany"})),
        (json!({"code": {"type": "string"}}), json!({"code": "voucher-1"})),
        (
            json!({"code": {"type": "string"}, "description": {"type": "string"}}),
            json!({"code": "DE", "description": "Germany"}),
        ),
        (
            json!({"id": {"type": "string"}, "error": {"type": "object", "properties": {"code": {}}}}),
            json!({"id": "job-1", "error": {"code": "DBS.1", "message": "It failed."}}),
        ),
        (
            json!({"job": {"type": "object", "properties": {"error_code": {}}}}),
            json!({"job": {"id": "1", "error_code": "DBS.1", "error_msg": "It failed."}}),
        ),
        (
            json!({"jobs": {"type": "array", "items": {"type": "object"}}}),
            json!({"jobs": [{"code": "a", "message": "b"}], "errors": []}),
        ),
        (json!({"job_id": {"type": "string"}}), json!({"job_id": "1", "warnings": [{"code": "W1", "message": "old"}]})),
        (json!({"job_id": {"type": "string"}}), json!({"job_id": "1", "error": null, "error_msg": ""})),
        (json!({"job_id": {"type": "string"}}), json!({})),
        (json!({"job_id": {"type": "string"}}), json!([])),
        (json!({"Success": {"type": "boolean"}}), json!({"Success": true})),
        (json!({"status": {"type": "string"}}), json!({"status": "failed", "message": "The job failed."})),
        (json!({}), json!({"state": "FAILED", "reason": "The disk is full."})),
        (json!({}), json!({"id": "job-1", "status": "failed", "progress": 20})),
    ] {
        assert_eq!(json_outcome(fields(properties.clone()), &body), Outcome::Success, "{properties} {body}");
    }
    let list = json!({"type": "array", "items": {"type": "object", "properties": {"code": {}, "message": {}}}});
    assert_eq!(json_outcome(list, &json!([{"code": "a", "message": "b"}])), Outcome::Success);
}

#[test]
fn errors_without_a_code_are_no_successes() {
    let schema = fields(json!({"job_id": {"type": "string"}}));
    let error = |message: &str| Outcome::Undecodable { status: 200, why: UndecodableReason::Error(message.into()) };
    for (body, message) in [
        (json!({"error": "busy"}), "busy"),
        (json!({"errors": [{"message": "busy"}], "data": null}), "busy"),
        (json!({"error": {"message": "busy"}}), "busy"),
        (json!({"error_msg": "busy"}), "busy"),
        (json!({"status": "error", "message": "busy"}), "busy"),
        (json!({"error": true, "message": "busy"}), "busy"),
        (json!({"status": 500, "message": "busy"}), "busy"),
        (json!({"httpCode": 403, "message": "busy"}), "busy"),
        (json!({"status": false, "msg": "busy"}), "busy"),
        (json!({"errors": ["busy"]}), "busy"),
        (json!({"msg": "fail"}), "fail"),
        (json!({"status": "error"}), "error"),
        (json!({"ret": ["FAIL_SYS_BUSY::busy"]}), "[\"FAIL_SYS_BUSY::busy\"]"),
    ] {
        assert_eq!(json_outcome(schema.clone(), &body), error(message), "{body}");
    }
    for no in [json!({"success": false, "message": "busy"}), json!({"Success": "false", "Message": "busy"})] {
        let found = json_outcome(schema.clone(), &no);
        assert!(matches!(&found, Outcome::Declined { meaning: Some(why), .. } if why == "busy"), "{found:?}");
    }
    let other = Outcome::Undecodable { status: 200, why: UndecodableReason::OtherType };
    for body in [json!("Internal error"), json!(7), json!(true), json!(["a"])] {
        assert_eq!(json_outcome(schema.clone(), &body), other, "{body}");
    }
}

/// What real services answer when they have done what was asked.
#[test]
fn an_accepted_change_is_a_success_whatever_else_the_answer_says() {
    let schema = json!({"type": "object", "required": ["id"], "properties": {
        "id": {"type": "integer"}, "name": {"type": "string"}, "on": {"type": "boolean"}}});
    for body in [
        json!({"id": "9007199254740993"}),
        json!({"id": 1, "name": 7, "on": "true"}),
        json!({"id": 1, "code": 20000, "message": "操作成功"}),
        json!({"id": 1, "code": 1000, "msg": "Request successful."}),
        json!({"id": 1, "code": "A1", "status": "success", "message": "created"}),
        json!({"id": 1, "code": 1, "ok": true, "message": "created"}),
        json!({"id": 1, "IsSuccess": true, "code": 7, "msg": "done"}),
        json!({"id": 1, "error": "0", "errors": {}}),
        json!({"id": 1, "error": 0, "msg": "ok"}),
        json!({"id": 1, "err": "none", "error_msg": "SUCCESS"}),
    ] {
        assert_eq!(json_outcome(schema.clone(), &body), Outcome::Success, "{body}");
    }
    let nothing_said = json!({"type": "object", "properties": {"job_id": {"type": "string"}}});
    for body in [
        json!({"error": "0"}),
        json!({"error": "", "error_code": "0"}),
        json!({"errcode": 0, "errmsg": "ok"}),
        json!({"ret": 0, "msg": "success", "data": null}),
        json!({"code": 20000, "message": "success", "success": true}),
        json!({"error": "none"}),
    ] {
        assert_eq!(json_outcome(nothing_said.clone(), &body), Outcome::Success, "{body}");
    }
}

#[test]
fn an_error_is_none_whatever_word_it_has_for_it() {
    let schema = fields(json!({"job_id": {"type": "string"}}));
    for body in [
        json!({"ok": false, "error": "invalid_auth"}),
        json!({"IsSuccess": false, "Message": "busy"}),
        json!({"errcode": 40001, "errmsg": "invalid credential"}),
        json!({"code": 1, "message": "The operation was not successful"}),
        json!({"code": 1, "message": "操作不成功"}),
        json!({"code": 1, "message": "Unsuccessful"}),
        json!({"type": "about:blank", "title": "Not Found", "status": 404, "detail": "There is none."}),
        json!({"data": null, "errors": [{"message": "no", "extensions": {"code": "FORBIDDEN"}}]}),
        json!({"fault": {"faultstring": "Invalid ApiKey", "detail": {"errorcode": "oauth.v2.InvalidApiKey"}}}),
        json!({"ResponseMetadata": {"RequestId": "r", "Error": {"Code": "X", "Message": "no"}}}),
        json!({"error_response": {"code": 25, "msg": "Invalid signature", "request_id": "r"}}),
        json!({"status": "FAIL", "message": "busy"}),
    ] {
        let found = json_outcome(schema.clone(), &body);
        assert_ne!(found, Outcome::Success, "{body}");
    }
    let declined = json_outcome(schema, &json!({"ok": false, "error": "invalid_auth"}));
    assert!(
        matches!(&declined, Outcome::Declined { field, meaning: Some(why), .. } if field == "ok" && why == "invalid_auth")
    );
}

#[test]
fn a_default_that_stands_beside_successes_is_of_failures() {
    let error = json!({"application/json": {"schema": {"type": "object", "required": ["code", "message"],
        "properties": {"code": {"type": "string"}, "message": {"type": "string"}}}}});
    let call = |success: &str| {
        operation(
            "delete",
            "/a",
            json!({"responses": {success: {"description": "Done."}, "default": {"content": error}}}),
        )
    };
    for success in ["200", "204", "2XX"] {
        for (status, body) in [(202, ""), (200, ""), (204, ""), (200, "{}"), (202, r#"{"job_id":"1"}"#)] {
            assert_eq!(
                outcome(&call(success), status, "application/json", body),
                Outcome::Success,
                "{success} {status} {body}"
            );
        }
        let refused = outcome(&call(success), 202, "application/json", r#"{"code":"X","message":"no"}"#);
        assert_eq!(code_of(&refused), Some("X"));
    }
    let alone = operation("put", "/a", json!({"responses": {"default": {"content": error}}}));
    assert!(matches!(outcome(&alone, 202, "", ""), Outcome::Undecodable { .. }), "it is all that is documented");
}

#[test]
fn a_string_of_json_may_come_without_its_quotes() {
    let call = answered_with_json(json!({"type": "string"}));
    for content_type in ["application/json", "text/plain", ""] {
        assert_eq!(outcome(&call, 200, content_type, "OK"), Outcome::Success, "{content_type}");
        assert_eq!(outcome(&call, 200, content_type, "\"OK\""), Outcome::Success, "{content_type}");
    }
    for body in ["{\"a\":", "\"cut", "<html>Log in"] {
        assert!(matches!(outcome(&call, 200, "application/json", body), Outcome::Undecodable { .. }), "{body}");
    }
    let object = answered_with_json(fields(json!({"a": {}})));
    assert!(matches!(outcome(&object, 200, "application/json", "OK"), Outcome::Undecodable { .. }));
}

fn error_document() -> impl Strategy<Value = (Value, String)> {
    let error = (
        select(vec![
            ("error_code", "error_msg"),
            ("errorCode", "errorMsg"),
            ("Code", "Message"),
            ("code", "message"),
            ("code", "msg"),
        ]),
        "[A-Z][A-Za-z]{3,12}\\.[0-9]{0,5}1",
        "[A-Za-z ]{1,20}[a-z]ed",
        any::<bool>(),
    );
    let error = error.prop_map(|((code_name, message_name), code, message, with_id)| {
        let mut error = json!({code_name: code, message_name: message});
        if with_id {
            error["RequestId"] = json!("id");
        }
        (error, code)
    });
    (error, select(vec!["", "error", "Error", "errors", "badRequest", "fault", "[]", "errors[]"])).prop_map(
        |((error, code), around)| {
            let wrapped = match around {
                "" => error,
                "[]" => json!([error]),
                "errors[]" => json!({"errors": [error]}),
                name => json!({name: error}),
            };
            (wrapped, code)
        },
    )
}

fn documented() -> impl Strategy<Value = Value> {
    select(vec![
        json!({}),
        fields(json!({"job_id": {"type": "string"}})),
        fields(json!({"Result": {"type": "boolean"}, "RequestId": {"type": "string"}})),
        fields(json!({"Code": {"type": "string"}, "Message": {"type": "string"}, "Data": {}})),
        json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}),
        json!({"type": "object"}),
    ])
}

proptest! {
    #[test]
    fn an_error_never_becomes_a_success((body, code) in error_document(), schema in documented(), status in 200_u16..300,
        verb in select(vec!["get", "put", "post", "delete"]), key in select(vec!["200", "2XX", "default"]), spoilt: bool)
    {
        let call = operation(verb, "/a", json!({"responses": {key: {"content": {"application/json": {"schema": schema}}}}}));
        let text = if spoilt { body.to_string().replacen('}', "", 1) } else { body.to_string() };
        let found = outcome(&call, status, "application/json", text);
        prop_assert!(found != Outcome::Success && (spoilt || code_of(&found) == Some(&code)), "{} {:?}", body, found);
    }

    #[test]
    fn nothing_ends_the_program(status in 100_u16..600, content_type in "[ -~]{0,30}", body in any::<Vec<u8>>(), tail in "[<>{}\\[\\]\":,&;/a-c0-9 ]{0,40}",
        verb in select(vec!["get", "head", "put"]), label in select(vec!["application/json", "text/xml", "text/html; charset=GBK", "text/plain; charset=utf-16"]))
    {
        let call = operation(verb, "/a", json!({"responses": {"2XX": {"content": {"application/json": {"schema": fields(json!({"Key": {"type": "string", "format": "password"}}))}}}}}));
        let both = [body.as_slice(), tail.as_bytes()].concat();
        for call in [&call, &open_https()] {
            for content_type in [content_type.as_str(), label] {
                let _ = answer(call, status, content_type, &both);
                let _ = answer(call, status, content_type, &tail);
            }
        }
    }
}
