//! What a description calls a secret, in every way in which it can, and however deep.

use super::*;

fn secret() -> Value {
    json!({"type": "string", "format": "password"})
}

/// An operation of which a success is answered with this schema.
fn answers(schema: Value) -> Operation {
    answers_as("application/json", schema)
}

fn answers_as(media_type: &str, schema: Value) -> Operation {
    operation("get", "/a", json!({"responses": {"200": {"content": {media_type: {"schema": schema}}}}}))
}

/// The operation of a whole document with these components.
fn with_components(components: Value, responses: Value) -> Operation {
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "servers": [{"url": "https://api.test"}],
        "paths": {"/a": {"get": {"operationId": "A", "responses": responses}}}, "components": components,
    });
    crate::fixtures::only_operation("apis/test.json", &document.to_string())
}

fn shown(operation: &Operation, status: u16, body: &Value) -> String {
    let reading = read(operation, Vec::new(), reply(status, &[("content-type", "application/json")], body.to_string()));
    seen(&reading)
}

#[test]
fn a_secret_of_any_schema_is_masked() {
    let object = |schema: Value| json!({"type": "object", "properties": {"x": schema, "id": {"type": "string"}}});
    for schema in [
        json!({"format": "password"}),
        json!({"type": ["string", "null"], "format": "password"}),
        json!({"type": "integer", "format": "password"}),
        json!({"type": "string", "x-secret": true}),
        json!({"type": "object", "x-secret": true}),
        json!({"type": "string", "format": "password", "enum": ["canary-1"]}),
        json!({"anyOf": [secret(), {"type": "null"}]}),
        json!({"allOf": [{"type": "string"}, {"format": "password"}]}),
        json!({"oneOf": [{"type": "integer"}, secret()]}),
        json!({"type": "string", "contentMediaType": "application/json", "contentSchema": secret()}),
        json!({"type": "array", "items": secret()}),
        json!({"type": "array", "prefixItems": [{"type": "string"}, secret()]}),
        json!({"type": "object", "additionalProperties": secret()}),
        json!({"type": "object", "patternProperties": {"^a": secret()}}),
        json!({"type": "array", "items": {"type": "object", "additionalProperties": secret()}}),
        json!({"if": {"type": "string"}, "then": secret()}),
        json!({"type": "string", "writeOnly": true, "format": "password"}),
    ] {
        let operation = answers(object(schema.clone()));
        for value in
            [json!("canary-1"), json!(["a", "canary-1"]), json!({"a": "canary-1"}), json!([{"db": "canary-1"}])]
        {
            for status in [200, 404] {
                let text = shown(&operation, status, &json!({"id": "i", "x": value, "echo": "of canary-1"}));
                assert!(!text.contains("canary"), "{schema} {value}: {text}");
            }
        }
    }
}

#[test]
fn no_depth_and_no_circle_hides_a_secret() {
    let deep = (0..24).fold(json!({"properties": {"x": secret()}}), |inner, level| match level % 3 {
        0 => json!({"properties": {"a": inner}}),
        1 => json!({"type": "array", "items": inner}),
        _ => json!({"allOf": [{"type": "object"}, {"properties": {"b": inner}}]}),
    });
    assert!(!shown(&answers(deep), 200, &json!({"a": [{"x": "canary"}]})).contains("canary"));
    let tree = json!({"type": "object", "properties": {
        "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
        "own": {"$ref": "#/components/schemas/Key"}}});
    let key = json!({"$ref": "#/components/schemas/Text%20of%20it", "x-secret": true});
    let schemas = json!({"Tree": tree, "Key": key, "Text of it": {"$ref": "#/components/schemas/Key"}});
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Tree"}}});
    let call = with_components(
        json!({"schemas": schemas, "responses": {"R": {"content": content}}}),
        json!({"2XX": {"$ref": "#/components/responses/R"}}),
    );
    assert!(!shown(&call, 200, &json!({"children": [{"own": "canary"}]})).contains("canary"));
    let wide: Value =
        (0..8_000).map(|n| (format!("p{n}"), json!({"type": "string"}))).collect::<serde_json::Map<_, _>>().into();
    let wide = json!({"allOf": [{"properties": wide}, {"properties": {"x": secret()}}]});
    assert!(!shown(&answers(wide), 200, &json!({"x": "canary"})).contains("canary"));
}

#[test]
fn a_secret_of_any_media_type_is_masked_in_all_of_them() {
    let object = json!({"type": "object", "properties": {"x": secret()}});
    for media_type in
        ["application/xml", "application/x-www-form-urlencoded", "application/yaml", "text/csv", "application/cbor"]
    {
        let operation = answers_as(media_type, object.clone());
        for body in [
            r#"{"x":"canary"}"#,
            "<a><x>canary</x></a>",
            "x=canary&y=1",
            "x: canary\ny: 1\n",
            "{'x': 'canary'}",
            "canary",
        ] {
            for content_type in [media_type, "application/json", ""] {
                let reading = read(&operation, Vec::new(), reply(200, &[("content-type", content_type)], body));
                assert!(!seen(&reading).contains("canary"), "{media_type} {content_type} {body}");
            }
        }
    }
    let token = answers_as("text/plain", secret());
    let reading =
        read(&token, Vec::new(), reply(200, &[("content-type", "text/plain"), ("x-echo", "canary,a b")], "canary,a b"));
    assert_eq!(reading.answer.outcome, Outcome::Success);
    assert!(reading.answer.withheld.is_some() && !seen(&reading).contains("canary"));
}

#[test]
fn members_of_any_name_that_are_secrets_are_masked_and_an_error_is_readable() {
    for schema in [
        json!({"type": "object", "additionalProperties": secret()}),
        json!({"additionalProperties": {"type": "object", "additionalProperties": secret()}}),
        json!({"anyOf": [{"type": "null"}, {"patternProperties": {"^[a-z]+$": secret()}}]}),
    ] {
        let call = answers(schema);
        for body in [
            json!({"db": "canary-1", "queue": "canary-2", "echo": ["canary-1"]}),
            json!({"a": {"db": "canary-1"}}),
            json!([{"db": "canary-1"}]),
        ] {
            assert!(!shown(&call, 200, &body).contains("canary"), "{body}");
        }
        // Whoever chooses the names may choose that of a part of an error.
        for name in ["code", "message", "request_id", "error"] {
            assert!(!shown(&call, 200, &json!({name: "canary"})).contains("canary"), "{name}");
        }
        let error = json!({"error_code": "X.1", "error_msg": "It is not there.", "request_id": "r"});
        let reading = read(&call, Vec::new(), reply(404, &[], error.to_string()));
        assert_eq!(body_of(&reading), error.to_string());
    }
}

#[test]
fn a_schema_is_found_by_its_anchor() {
    let components = json!({"schemas": {
        "Secret": {"$anchor": "secret", "type": "string", "format": "password"},
        "Any": {"$dynamicAnchor": "any", "properties": {"x": secret()}},
    }});
    for schema in [
        json!({"properties": {"x": {"$ref": "#secret"}}}),
        json!({"$dynamicRef": "#any"}),
        json!({"properties": {"list": {"items": {"$dynamicRef": "#/components/schemas/Any"}}}}),
    ] {
        let content = json!({"application/json": {"schema": schema}});
        let call = with_components(components.clone(), json!({"200": {"content": content}}));
        assert!(!shown(&call, 200, &json!({"x": "canary"})).contains("canary"), "{schema}");
    }
}

#[test]
fn a_header_is_a_secret_however_it_is_described() {
    let components = json!({"headers": {"H": {"content": {"text/plain": {"schema": secret()}}}}});
    let headers = json!({"X-One": {"$ref": "#/components/headers/H"}, "X-Two": {"schema": {"allOf": [secret()]}},
        "X-Three": {"schema": {"type": "array", "items": secret()}}});
    let call = with_components(components, json!({"default": {"headers": headers}}));
    for name in ["x-one", "X-TWO", "x_three"] {
        let headers = [(name, "canary-1, canary-2"), ("x-echo", "canary-2")];
        let reading = read(&call, Vec::new(), reply(401, &headers, r#"{"echo":"canary-1"}"#));
        assert!(!seen(&reading).contains("canary"), "{name}: {}", seen(&reading));
    }
}

#[test]
fn names_are_the_same_in_any_spelling() {
    let call = answers(json!({"properties": {"root_key": secret(), "dbPin": secret()}}));
    for name in ["root_key", "rootKey", "RootKey", "ROOT-KEY", "db_pin", "DBPIN", "db-pin"] {
        assert!(!shown(&call, 200, &json!({name: "canary"})).contains("canary"), "{name}");
    }
}
