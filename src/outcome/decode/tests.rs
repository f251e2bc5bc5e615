use super::{Answer, Operation, Reply};
use crate::catalog::MASK;
use crate::fixtures::*;
use crate::outcome::{BodyKind, Outcome, UndecodableReason};
use crate::viewer::{Document, Expected, Mistake};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use time::OffsetDateTime;
use time::macros::datetime;

const JSON: (&str, &str) = ("content-type", "application/json");
const RECEIVED: OffsetDateTime = datetime!(2026-01-02 03:04:05 UTC);

fn reply(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Reply {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Reply { status, headers, body: body.as_ref().to_vec(), took: Duration::from_millis(5), received: RECEIVED }
}

fn decode(operation: &Operation, reply: &Reply) -> Answer {
    crate::outcome::read(operation, Vec::new(), reply.clone()).answer
}

fn ssl(status: u16, body: &str) -> Answer {
    decode(&switch_ssl(), &reply(status, &[JSON], body))
}

fn https(status: u16, body: &str) -> Answer {
    decode(&open_https(), &reply(status, &[JSON], body))
}

fn api_error(code: &str, message: &str, status: u16) -> Outcome {
    Outcome::ApiError { code: code.into(), message: message.into(), status }
}

fn ids(answer: &Answer) -> Vec<(&str, &str)> {
    answer.request_ids.iter().map(|id| (id.source.as_str(), id.value.as_str())).collect()
}

#[test]
fn the_documented_answers_are_successes_with_their_fields() {
    let answer = ssl(200, r#"{"job_id": "e0fbbfc8-1ac4-4721-b9e9-7dd685c5bdd7"}"#);
    assert_eq!(answer.outcome, Outcome::Success);
    let fields: Vec<_> = answer.fields.iter().map(|field| (field.name.as_str(), field.value.as_str())).collect();
    assert_eq!(fields, [("job_id", "e0fbbfc8-1ac4-4721-b9e9-7dd685c5bdd7")]);
    assert!(answer.fields[0].description.starts_with("ID of the task"));
    let answer = https(200, r#"{"RequestId": "5A5D", "Result": true}"#);
    assert_eq!(answer.outcome, Outcome::Success);
    assert_eq!(answer.fields[0].meaning.as_deref(), Some("Accepted: HTTPS is being enabled"));
    assert_eq!(answer.fields[1].name, "RequestId", "in the order of the description, not of the answer");
    assert_eq!((answer.retry_after, answer.clock_skew, answer.mislabelled), (None, None, None));
}

#[test]
fn result_false_is_a_failure_whatever_the_status_says() {
    let declined = Outcome::Declined {
        field: "Result".into(),
        value: "false".into(),
        meaning: Some("Failed: HTTPS could not be enabled".into()),
    };
    assert_eq!(https(200, r#"{"Result": false}"#).outcome, declined);
    let other = Outcome::Undecodable { status: 200, why: UndecodableReason::MissingField("Result".into()) };
    for not_boolean in [r#"{"Result": "yes"}"#, r#"{"Result": null}"#, r#"{"Result": 1}"#] {
        assert_eq!(https(200, not_boolean).outcome, other, "{not_boolean}");
    }
    assert_eq!(https(200, r#"{"Result": "true"}"#).outcome, Outcome::Success, "in quotes it says the same");
    let in_quotes = https(200, r#"{"Result": "false"}"#).outcome;
    assert!(matches!(in_quotes, Outcome::Declined { .. }), "{in_quotes:?}");
}

#[test]
fn errors_are_found_in_every_shape_that_the_clouds_use() {
    let cases = [
        (r#"{"error_code": "DBS.280238", "error_msg": "no"}"#, "DBS.280238"),
        (r#"{"error_msg": "no", "error_code": "APIGW.0301", "request_id": "r"}"#, "APIGW.0301"),
        (r#"{"errorCode": "DBS.1", "errorMsg": "no"}"#, "DBS.1"),
        (r#"{"error_code": "DBS.1", "error_message": "no"}"#, "DBS.1"),
        (r#"{"Code": "InstanceActivating", "Message": "no", "HostId": "h"}"#, "InstanceActivating"),
        (r#"{"code": "a", "message": "no"}"#, "a"),
        (r#"{"error": {"code": 401, "message": "no", "title": "Unauthorized"}}"#, "401"),
        (r#"{"error": {"error_code": "x", "error_msg": "no"}}"#, "x"),
    ];
    for (body, code) in cases {
        assert_eq!(ssl(400, body).outcome, api_error(code, "no", 400), "{body}");
        assert_eq!(https(503, body).outcome, api_error(code, "no", 503), "{body}");
    }
}

#[test]
fn json_that_is_no_error_of_an_api_is_an_error_of_http() {
    for body in
        [r#"{"error": "no"}"#, r#"{"error_code": ""}"#, r#"{"code": {}, "message": "no"}"#, "[]", "1", "null", "{}"]
    {
        assert_eq!(ssl(403, body).outcome, Outcome::HttpError { status: 403, body: BodyKind::Json }, "{body}");
    }
}

#[test]
fn an_error_behind_a_status_of_success_is_an_error() {
    let body = r#"{"error_code": "APIGW.0101", "error_msg": "no"}"#;
    assert_eq!(ssl(200, body).outcome, api_error("APIGW.0101", "no", 200));
    assert_eq!(https(200, r#"{"Code": "X", "Message": "no"}"#).outcome, api_error("X", "no", 200));
}

#[test]
fn a_body_that_is_not_the_apis_is_told_by_what_it_is() {
    let html = "<!DOCTYPE html><title>Log in</title>";
    let missing = |field: &str| UndecodableReason::MissingField(field.into());
    let cases: [(&str, &str, &[u8], UndecodableReason, BodyKind); 9] = [
        ("application/json", "nothing", b"", UndecodableReason::Empty, BodyKind::Empty),
        ("application/json", "blanks", b" \r\n", UndecodableReason::Empty, BodyKind::Empty),
        ("text/html", "a page", html.as_bytes(), UndecodableReason::Html, BodyKind::Html),
        ("application/json", "a page that claims to be JSON", b"\n<html>", UndecodableReason::Html, BodyKind::Html),
        (
            "text/html; charset=utf-8",
            "text that claims to be a page",
            b"Welcome",
            UndecodableReason::Html,
            BodyKind::Html,
        ),
        ("text/plain", "text", b"upstream error", UndecodableReason::NotJson("text/plain".into()), BodyKind::Text),
        ("", "no type", b"upstream error", UndecodableReason::NotJson(String::new()), BodyKind::Text),
        (
            "application/json",
            "no text",
            b"\xff{",
            UndecodableReason::NotJson("application/json".into()),
            BodyKind::Binary,
        ),
        ("application/json", "another answer", br#"{"Result": true}"#, missing("job_id"), BodyKind::Json),
    ];
    for (content_type, what, body, why, kind) in cases {
        let headers = [("content-type", content_type)];
        let outcome = |status| decode(&switch_ssl(), &reply(status, &headers, body)).outcome;
        assert_eq!(outcome(200), Outcome::Undecodable { status: 200, why }, "{what}");
        assert_eq!(outcome(502), Outcome::HttpError { status: 502, body: kind }, "{what}");
    }
}

#[test]
fn broken_and_truncated_json_is_told_with_line_and_column() {
    let cases = [
        (r#"{"job_id": "e0fb"#, "application/json", (1, 17, Expected::Quote)),
        ("\n{\"job_id\":\n}", "text/plain", (3, 1, Expected::Value)),
        ("oops", "application/json;charset=UTF-8", (1, 1, Expected::Value)),
    ];
    for (body, content_type, (line, column, expected)) in cases {
        let mistake = Mistake { line, column, expected };
        let headers = [("content-type", content_type)];
        let outcome = |status| decode(&switch_ssl(), &reply(status, &headers, body)).outcome;
        assert_eq!(
            outcome(200),
            Outcome::Undecodable { status: 200, why: UndecodableReason::BrokenJson(Some(mistake)) },
            "{body}"
        );
        let viewed = Document::read(Arc::new(body.as_bytes().to_vec()), "application/json").mistake;
        assert_eq!(viewed, Some(mistake), "the viewer says the same");
        assert_eq!(outcome(500), Outcome::HttpError { status: 500, body: BodyKind::Text }, "{body}");
    }
}

#[test]
fn json_with_a_wrong_label_is_read_and_the_label_told() {
    let labelled = |label: &[(&str, &str)]| decode(&open_https(), &reply(200, label, r#"{"Result": true}"#));
    for (label, expected) in [
        ("text/plain", Some("text/plain")),
        ("text/html", Some("text/html")),
        ("application/json", None),
        ("Application/JSON; charset=utf-8", None),
        ("application/problem+json", None),
    ] {
        let answer = labelled(&[("Content-Type", label)]);
        assert_eq!((answer.outcome, answer.mislabelled.as_deref()), (Outcome::Success, expected), "{label}");
    }
    assert_eq!(labelled(&[]).mislabelled.as_deref(), Some(""), "no label is a wrong label");
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    assert_eq!(https(200, "\u{feff}{\"Result\": true}").outcome, Outcome::Success);
}

#[test]
fn an_answer_about_which_nothing_is_documented_may_be_anything_or_nothing() {
    let call = operation("post", "/a", json!({"responses": {"204": {}, "200": {"content": {"application/json": {}}}}}));
    for (status, body) in [(204, ""), (200, ""), (200, "[1]"), (201, "")] {
        assert_eq!(decode(&call, &reply(status, &[JSON], body)).outcome, Outcome::Success, "{status} {body}");
    }
    let html = decode(&call, &reply(200, &[JSON], "<html>"));
    assert_eq!(html.outcome, Outcome::Undecodable { status: 200, why: UndecodableReason::Html });
}

#[test]
fn the_server_may_ask_to_wait_in_seconds_until_a_date_or_in_alibabas_milliseconds() {
    let wait = |headers: &[(&str, &str)]| decode(&switch_ssl(), &reply(429, headers, "")).retry_after;
    type Headers<'a> = &'a [(&'a str, &'a str)];
    let cases: [(Headers<'_>, Option<u64>); 8] = [
        (&[("retry-after", "30")], Some(30_000)),
        (&[("Retry-After", " 30 ")], Some(30_000)),
        (&[("retry-after", "Fri, 02 Jan 2026 03:05:05 GMT")], Some(60_000)),
        (&[("retry-after", "Fri, 02 Jan 2026 03:04:00 GMT")], None),
        (&[("retry-after", "soon")], None),
        (&[("x-acs-retry-after", "1500")], Some(1_500)),
        (&[("retry-after", "2"), ("x-acs-retry-after", "1500")], Some(2_000)),
        (&[], None),
    ];
    for (headers, expected) in cases {
        assert_eq!(wait(headers), expected.map(Duration::from_millis), "{headers:?}");
    }
}

#[test]
fn the_clocks_are_compared() {
    let skew = |date: &str| decode(&switch_ssl(), &reply(200, &[("date", date)], "")).clock_skew;
    assert_eq!(skew("Fri, 02 Jan 2026 03:04:05 GMT"), Some(0));
    assert_eq!(skew("Fri, 02 Jan 2026 03:24:05 GMT"), Some(1200), "the server is ahead");
    assert_eq!(skew("Fri, 02 Jan 2026 02:04:05 GMT"), Some(-3600));
    assert_eq!(skew("2026-01-02"), None);
}

#[test]
fn request_ids_come_from_body_and_headers_and_each_is_told_once() {
    let body = r#"{"error_code": "APIGW.0301", "error_msg": "no", "request_id": "one"}"#;
    let headers = [JSON, ("X-Request-Id", "one"), ("x-acs-request-id", "two"), ("x-iam-trace-id", "")];
    assert_eq!(
        ids(&decode(&switch_ssl(), &reply(401, &headers, body))),
        [("request_id", "one"), ("x-acs-request-id", "two")]
    );
    let headers = [JSON, ("x-acs-request-id", "5A5D"), ("x-acs-trace-id", "t")];
    let body = r#"{"Result": true, "RequestId": "5A5D"}"#;
    assert_eq!(
        ids(&decode(&open_https(), &reply(200, &headers, body))),
        [("RequestId", "5A5D"), ("x-acs-trace-id", "t")]
    );
    assert_eq!(ids(&ssl(200, r#"{"job_id": "j", "request_id": 7}"#)), [], "an id is a text");
}

#[test]
fn numbers_keep_the_digits_that_the_server_wrote() {
    let value = json!({"type": "object", "properties": {"n": {"type": "number"}, "list": {"type": "array"}}});
    let call =
        operation("get", "/a", json!({"responses": {"200": {"content": {"application/json": {"schema": value}}}}}));
    let answer = decode(&call, &reply(200, &[JSON], r#"{"n": 12345678901234567890.10, "list": [1.0, {"a": 2}]}"#));
    let fields: Vec<_> = answer.fields.iter().map(|field| field.value.as_str()).collect();
    assert_eq!(fields, ["12345678901234567890.10", r#"[1.0,{"a":2}]"#]);
}

#[test]
fn nested_fields_are_explained_with_the_meaning_of_their_values() {
    let body = json!({"Code": "Forbidden.RAM", "Message": "no", "Undocumented": 1, "AccessDeniedDetail": {
        "NoPermissionType": "ImplicitDeny", "AuthAction": "elasticsearch:OpenHttps", "PolicyType": "Custom"}});
    let answer = https(403, &body.to_string());
    let fields: Vec<_> =
        answer.fields.iter().map(|f| (f.name.as_str(), f.value.as_str(), f.meaning.as_deref())).collect();
    assert_eq!(
        fields,
        [
            ("Code", "Forbidden.RAM", None),
            ("Message", "no", None),
            ("AccessDeniedDetail.AuthAction", "elasticsearch:OpenHttps", None),
            ("AccessDeniedDetail.NoPermissionType", "ImplicitDeny", Some("No policy allows it")),
            ("AccessDeniedDetail.PolicyType", "Custom", None),
        ]
    );
    assert!(answer.fields.iter().all(|field| !field.description.is_empty()));
    let odd = https(403, r#"{"Code": "c", "Message": "m", "AccessDeniedDetail": "text"}"#);
    assert_eq!(odd.fields[2].value, "text", "an object that is none is shown as it is");
}

#[test]
fn a_list_of_objects_is_a_table_with_the_documented_columns() {
    let item = json!({"type": "object", "properties": {
        "id": {"type": "string", "description": "Its id."},
        "state": {"type": "string", "description": "Its state.", "oneOf": [{"const": "on", "title": "Running"}]},
        "key": {"type": "string", "format": "password", "description": "Its key."},
        "of": {"type": "object", "properties": {"name": {"type": "string"}, "never": {"type": "string"}}},
    }});
    let list = json!({"type": "array", "description": "All of them.", "items": item});
    let schema = json!({"type": "object", "properties": {"Result": {"type": "object", "properties": {"list": list}}}});
    let content = json!({"application/json": {"schema": schema}});
    let parts = json!({"responses": {"200": {"description": "Done.", "content": content}}});
    let call = operation("get", "/a", parts);
    let read = |list: &str| {
        let body = format!(r#"{{"Result": {{"list": {list}}}}}"#);
        decode(&call, &reply(200, &[("content-type", "application/json")], body))
    };
    let answer = read(r#"[{"id": "a", "state": "on", "key": "k"}, {"id": "b", "other": 1, "of": {"name": "n"}}]"#);
    let [table] = answer.tables.as_slice() else { panic!("{answer:?}") };
    let columns: Vec<_> = table.columns.iter().map(|column| (&*column.name, &*column.description)).collect();
    assert_eq!(columns, [("id", "Its id."), ("state", "Its state."), ("key", "Its key."), ("of.name", "")]);
    let row = |row| -> Vec<String> {
        let text = |column| {
            let cell = table.cell(row, column);
            cell.map(|cell| format!("{} {}", cell.value, cell.meaning.unwrap_or_default())).unwrap_or_default()
        };
        table.columns.iter().map(text).collect()
    };
    assert_eq!((&*table.name, table.rows(), answer.fields), ("Result.list", 2, vec![]));
    assert_eq!(row(0), ["a ", "on Running", &format!("{MASK} "), ""]);
    assert_eq!(row(1), ["b ", "", "", "n "]);
    assert_eq!(row(2), ["", "", "", ""], "there is no such row");
    for (list, value) in [("[]", "[]"), ("[1]", "[1]"), (r#"[{"id": "a"}, 1]"#, r#"[{"id":"a"},1]"#), ("7", "7")] {
        let answer = read(list);
        let fields: Vec<_> = answer.fields.iter().map(|field| (&*field.name, &*field.value)).collect();
        assert_eq!((fields, answer.tables.len()), (vec![("Result.list", value)], 0), "{list}");
    }
}

#[test]
fn it_is_certain_what_happened_unless_the_server_failed_or_cannot_be_understood() {
    let http = |status| Outcome::HttpError { status, body: BodyKind::Html };
    let declined = Outcome::Declined { field: "Result".into(), value: "false".into(), meaning: None };
    let cases = [
        (Outcome::Success, true),
        (declined, true),
        (api_error("c", "m", 400), true),
        (api_error("c", "m", 200), true),
        (api_error("c", "m", 408), false),
        (api_error("c", "m", 500), false),
        (http(302), true),
        (http(404), true),
        (http(408), false),
        (http(429), true),
        (http(502), false),
        (Outcome::Undecodable { status: 200, why: UndecodableReason::Empty }, false),
    ];
    for (outcome, certain) in cases {
        assert_eq!(outcome.is_certain(), certain, "{outcome:?}");
    }
}

#[test]
fn secrets_of_an_answer_are_masked() {
    let iam = crate::catalog::Api::load("apis/huawei-iam.json", include_str!("../../../apis/huawei-iam.json")).unwrap();
    let keys = iam.operation("CreateTemporaryAccessKeyByToken").unwrap().unwrap();
    let body = json!({"credential": {"access": "DUMMYAK", "secret": "s-1", "securitytoken": "s-2", "expires_at": "t"}});
    let answer = decode(&keys, &reply(201, &[JSON], body.to_string()));
    let fields: Vec<_> = answer.fields.iter().map(|field| field.value.as_str()).collect();
    assert_eq!((fields, answer.outcome), (vec!["DUMMYAK", MASK, MASK, "t"], Outcome::Success));
}

#[test]
fn where_a_browser_hides_the_date_the_error_tells_the_servers_time() {
    let refused = |time: &str| {
        let message =
            format!("calc aksk signature fail:signature expired, signature time:20260102T030405Z,server time:{time}");
        ssl(401, &json!({"error_code": "APIGW.0301", "error_msg": message}).to_string()).clock_skew
    };
    let ahead = crate::clock::basic(RECEIVED + time::Duration::minutes(20));
    assert_eq!(refused(&ahead), Some(20 * 60));
    assert_eq!(refused("tomorrow, maybe"), None);
}

#[test]
fn json_of_any_depth_and_with_half_pairs_of_surrogates_is_read() {
    for levels in [100, 127, 128, 500, 20_000] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let deep = format!("{}1{}", open.repeat(levels), close.repeat(levels));
            let answer = https(200, &format!("{{\"Result\":true,\"RequestId\":\"r\",\"deep\":{deep}}}"));
            assert_eq!((&answer.outcome, ids(&answer)), (&Outcome::Success, vec![("RequestId", "r")]), "{levels}");
        }
    }
    for half in ["\\ud800", "\\udfff", "\\uD83D\\u0041", "\\udc00\\ud800", "a\\\\\\ud800\\\"b"] {
        let answer = https(403, &format!("{{\"Code\":\"{half}.X\",\"Message\":\"of {half}\",\"\\ud800\":1}}"));
        let Outcome::ApiError { code, message, .. } = &answer.outcome else { panic!("{:?}", answer.outcome) };
        let shown = half.replace("\\\\", "\\").replace("\\\"", "\"").replace("\\u0041", "A");
        let shown = if half.contains("\\\\") { String::from("a\\\\ud800\"b") } else { shown };
        assert_eq!((code, message), (&format!("{shown}.X"), &format!("of {shown}")), "{half}");
    }
    let whole = https(403, r#"{"Code":"\ud83d\ude00","Message":"\ud800"}"#);
    assert_eq!(whole.outcome, api_error("\u{1f600}", "\\ud800", 403));
    let broken = https(200, r#"{"Result":true,"a":"\ud8"}"#).outcome;
    assert!(matches!(broken, Outcome::Undecodable { why: UndecodableReason::BrokenJson(_), .. }), "{broken:?}");
}
