//! An accepted change is not told as uncertain because its answer is spelled in another way than its description.

use super::*;

#[test]
fn a_word_is_a_success_where_no_content_is_documented() {
    let none = operation("put", "/a", json!({"responses": {"200": {"description": "Done."}}}));
    for (content_type, body) in
        [("text/plain", "OK"), ("", "ok"), ("application/json", "{\"id\":1}"), ("text/plain", "")]
    {
        assert_eq!(outcome(&none, 200, content_type, body), Outcome::Success, "{body}");
    }
    let login = Outcome::Undecodable { status: 200, why: UndecodableReason::Html };
    assert_eq!(outcome(&none, 200, "text/html", "<html>Log in"), login);
    assert_eq!(code_of(&outcome(&none, 200, "text/plain", r#"{"code":"X","message":"no"}"#)), Some("X"));
    let other = outcome(&none, 202, "text/plain", "OK");
    assert!(matches!(other, Outcome::Undecodable { .. }), "nobody documents this status: {other:?}");
}

#[test]
fn plain_values_in_quotes_or_without_and_empty_lists_for_objects_are_what_is_documented() {
    for (kind, value) in [
        (json!({"type": "boolean"}), json!("true")),
        (json!({"type": "string"}), json!(true)),
        (json!({"type": "object"}), json!([])),
        (json!({"type": "object", "properties": {"a": {"type": "string"}}}), json!([])),
    ] {
        let schema = json!({"type": "object", "required": ["x"], "properties": {"x": kind}});
        assert_eq!(json_outcome(schema, &json!({"x": value})), Outcome::Success, "{kind} {value}");
    }
    for (kind, value) in [("boolean", json!("maybe")), ("object", json!([1])), ("string", json!({}))] {
        let kind = json!({"type": kind, "properties": {"a": {}}});
        let schema = json!({"type": "object", "required": ["x"], "properties": {"x": kind}});
        assert!(matches!(json_outcome(schema, &json!({"x": value})), Outcome::Undecodable { .. }), "{kind} {value}");
    }
}

#[test]
fn a_documented_list_of_anything_may_hold_codes_and_messages() {
    let list = json!({"type": "array", "items": {"type": "object"}});
    assert_eq!(json_outcome(list, &json!([{"code": "DE", "message": "Germany"}])), Outcome::Success);
    assert_eq!(code_of(&json_outcome(json!({}), &json!([{"code": "X", "message": "no"}]))), Some("X"));
}

#[test]
fn an_error_in_the_documented_wrapper_of_every_answer_is_one() {
    let inner = fields(json!({"RequestId": {"type": "string"}, "Total": {"type": "integer"}}));
    for (name, error) in [
        ("Response", json!({"Code": "AuthFailure", "Message": "no"})),
        ("ResponseMetadata", json!({"CodeN": 1, "Code": "AuthFailure", "Message": "no"})),
    ] {
        let schema = fields(json!({name: inner}));
        let found = json_outcome(schema.clone(), &json!({name: {"Error": error, "RequestId": "r"}}));
        assert_eq!(code_of(&found), Some("AuthFailure"), "{name}");
        let told = json!({name: {"Total": 3, "Error": error, "RequestId": "r"}});
        assert_eq!(json_outcome(schema.clone(), &told), Outcome::Success, "it tells of something else");
        assert_eq!(json_outcome(schema, &json!({name: {"RequestId": "r"}})), Outcome::Success);
    }
    for job in [
        json!({"id": "1", "error": {"code": "DBS.1"}}),
        json!({"status": "FAILED", "error": {"code": "DBS.1"}}),
        json!({"failure": {}, "error": {"code": "DBS.1"}}),
    ] {
        let schema = fields(json!({"job": {"type": "object"}}));
        assert_eq!(json_outcome(schema, &json!({"job": job})), Outcome::Success, "{job}");
    }
    let named = fields(json!({"job": fields(json!({"error": {"type": "object"}}))}));
    assert_eq!(json_outcome(named, &json!({"job": {"error": {"code": "DBS.1"}}})), Outcome::Success);
}
