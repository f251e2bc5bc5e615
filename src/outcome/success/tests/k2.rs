//! K2: answers of real services to calls that read and to calls that change something.

use super::*;

/// Verb, documented members, body, and the beginning of the verdict: `ok`, the code of an error, `no` or `unclear`.
const ANSWERS: &str = r#"
get | job_id status error_code fail_reason | {"job_id":"1","status":"FAIL","error_code":"Ecs.0001","fail_reason":"no quota"} | ok
get | sid status error_code error_message | {"sid":"SM1","status":"failed","error_code":30008,"error_message":"Unknown error"} | ok
get | version status code message | {"version":"1","status":"error","code":"X","message":"no"} | X
get | version status error_code error_msg | {"version":"1","status":"error","error_code":"X","error_msg":"no"} | X
get | job_id status error_code | {"job_id":null,"error_code":"Ecs.0001","error_msg":"no"} | Ecs.0001
put | id status error_code | {"id":"1","status":"x","error_code":"Ecs.0001","error_msg":"no"} | Ecs.0001
post | sid error_code error_message | {"sid":"SM1","error_code":null,"error_message":null} | ok
post | data errors | {"data":{"deploy":null},"errors":[{"message":"no","path":["deploy"]}]} | unclear no
post | data errors | {"data":{"deploy":{"id":"1"}},"extensions":{"cost":1}} | ok
post | took errors items | {"took":3,"errors":false,"items":[{"index":{"status":201}}]} | ok
post | took errors items | {"took":3,"errors":true,"items":[{"index":{"status":400}}]} | unclear
put | id | {"success":0,"message":"no"} | no
put | id | {"success":"N","message":"no"} | no
put | id | {"is_success":"F","error":"ILLEGAL_SIGN"} | no
put | success failure | {"success":0,"failure":0,"results":[]} | ok
put | id | {"success":1,"message":"done"} | ok
put | id | {"returnCode":"FAIL","returnMsg":"bad sign"} | FAIL
put | id | {"respCode":"96","respMsg":"busy"} | 96
put | id | {"respCode":"00","respMsg":"成功"} | ok
put | id | {"status":"nok","message":"busy"} | unclear busy
put | id | {"hasError":true,"message":"busy"} | unclear busy
put | id | {"isError":true,"id":null,"message":"busy"} | unclear busy
put | id | {"Message":"An error has occurred.","ExceptionMessage":"boom"} | unclear boom
put | jsonrpc id result error | {"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method not found"}} | -32601
put | jsonrpc id result error | {"jsonrpc":"2.0","id":1,"result":{"code":1,"message":"hello"}} | ok
delete | kind status metadata | {"kind":"Status","metadata":{},"status":"Failure","message":"no","code":404} | 404
delete | kind status metadata | {"kind":"Status","metadata":{},"status":"Success","details":{"name":"a"}} | ok
post | Successful Failed | {"Successful":[{"Id":"1"}],"Failed":[{"Id":"2","Code":"X","Message":"no"}]} | ok
get | value | {"@odata.context":"c","value":[{"code":"a","message":"b"}]} | ok
"#;

/// The verdict in a word or two.
fn verdict(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Success => String::from("ok"),
        Outcome::ApiError { code, .. } => code.clone(),
        Outcome::Declined { .. } => String::from("no"),
        Outcome::Undecodable { why: UndecodableReason::Error(message), .. } => format!("unclear {message}"),
        other => format!("{other:?}"),
    }
}

#[test]
fn k2_an_accepted_change_is_a_success_and_an_error_is_none() {
    for line in ANSWERS.trim().lines() {
        let [verb, names, body, expected] = line.split(" | ").collect::<Vec<_>>()[..] else { panic!("{line}") };
        let properties: Value = names.split(' ').map(|name| (name.to_owned(), json!({}))).collect();
        let content = json!({"application/json": {"schema": fields(properties)}});
        let call = operation(verb, "/a", json!({"responses": {"200": {"content": content}}}));
        let found = verdict(&outcome(&call, 200, "application/json", body));
        assert!(found.starts_with(expected), "{line}: {found}");
    }
}

#[test]
fn k2_a_problem_is_an_error_whatever_the_status() {
    let problem = r#"{"type":"urn:x:quota","title":"Quota exceeded","detail":"no more"}"#;
    for content_type in ["application/problem+json", "application/problem+json; charset=utf-8"] {
        for schema in [json!({}), fields(json!({"id": {"type": "string"}}))] {
            let call = answered_with_json(schema);
            assert_eq!(verdict(&outcome(&call, 200, content_type, problem)), "unclear no more");
        }
    }
    let xml = "<problem xmlns='urn:ietf:rfc:7807'><title>Quota</title><detail>no</detail></problem>";
    let call = answered_with(json!({"application/xml": {}}));
    assert_eq!(verdict(&outcome(&call, 200, "application/problem+xml", xml)), "unclear no");
}

#[test]
fn k2_a_part_that_failed_makes_many_statuses_unclear() {
    let call = |content: Value| operation("post", "/a", json!({"responses": {"207": {"content": content}}}));
    let json = call(json!({"application/json": {"schema": fields(json!({"responses": {"type": "array"}}))}}));
    let of = |body: &str| verdict(&outcome(&json, 207, "application/json", body));
    assert_eq!(of(r#"{"responses":[{"id":"1","status":201},{"id":"2","status":403,"message":"no"}]}"#), "unclear no");
    assert_eq!(of(r#"{"responses":[{"id":"1","status":201},{"id":"2","status":"200"}]}"#), "ok");
    let xml = call(json!({"application/xml": {}}));
    let of = |status: &str| {
        let body = format!("<multistatus><response><href>/a</href><status>{status}</status></response></multistatus>");
        verdict(&outcome(&xml, 207, "application/xml", body))
    };
    assert_eq!(of("HTTP/1.1 423 Locked"), "unclear HTTP/1.1 423 Locked");
    assert_eq!(of("HTTP/1.1 200 OK"), "ok");
}

#[test]
fn k2_json_that_comes_line_by_line_is_read_line_by_line() {
    let (good, bad) =
        ("{\"id\":\"1\"}\r\n{\"id\":\"2\"}\n", "{\"id\":\"1\"}\n{\"error\":{\"code\":\"X\",\"message\":\"no\"}}\n");
    for documented in ["application/x-ndjson", "application/jsonl", "application/json-seq"] {
        let call = answered_with(json!({documented: {}}));
        for content_type in [documented, "application/json"] {
            assert_eq!(verdict(&outcome(&call, 200, content_type, good)), "ok", "{documented} {content_type}");
            assert_eq!(verdict(&outcome(&call, 200, content_type, bad)), "unclear no", "{documented} {content_type}");
        }
    }
    let none = operation("post", "/a", json!({"responses": {"200": {"description": "As Docker answers."}}}));
    assert_eq!(verdict(&outcome(&none, 200, "application/json", good)), "ok");
    assert_eq!(verdict(&outcome(&none, 200, "application/json", "{\"a\":1}\n{\"error\":\"no\"}\n")), "unclear no");
    let events = answered_with(json!({"text/event-stream": {}}));
    let event =
        |data: &str| verdict(&outcome(&events, 200, "text/event-stream", format!("event: x\ndata: {data}\n\n")));
    assert_eq!(event(r#"{"id":"1"}"#), "ok");
    assert_eq!(
        event(r#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#),
        "unclear Overloaded"
    );
    let json = answered_with_json(fields(json!({"id": {}})));
    assert!(verdict(&outcome(&json, 200, "application/json", good)).contains("BrokenJson"));
}

#[test]
fn k2_media_types_with_several_names_are_the_same() {
    for (documented, came, body) in [
        ("application/xml", "application/vnd.x+xml", "<a><b>1</b></a>"),
        ("application/soap+xml", "text/xml", "<a><b>1</b></a>"),
        ("application/yaml", "text/yaml", "a: 1"),
        ("application/x-yaml", "application/yaml", "a: 1"),
    ] {
        let call = answered_with(json!({documented: {}}));
        assert_eq!(outcome(&call, 200, came, body), Outcome::Success, "{documented} {came}");
    }
}

#[test]
fn k2_an_error_of_the_server_in_a_good_answer_leaves_a_change_unclear() {
    let call = answered_with_json(fields(json!({"id": {"type": "string"}})));
    for (body, is_certain) in [
        (r#"{"code":500,"message":"Internal Server Error"}"#, false),
        (r#"{"error":{"code":"503","message":"x"}}"#, false),
        (r#"{"code":408,"message":"x"}"#, false),
        (r#"{"code":400,"message":"x"}"#, true),
        (r#"{"code":"50001","message":"x"}"#, true),
    ] {
        assert_eq!(outcome(&call, 200, "application/json", body).is_certain(), is_certain, "{body}");
    }
}
