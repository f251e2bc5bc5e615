//! Real cases: nothing, null, empty and text are four things in every place. Named by the ids of the reports.

use super::*;
use crate::form::{Warning, warnings};
use crate::request::build;

/// A call with one parameter, `x`.
fn parameter(location: &str, schema: Value) -> Operation {
    let template = if location == "path" { "/p/{x}" } else { "/p" };
    operation("get", template, json!({"parameters": [{"name": "x", "in": location, "schema": schema}]}))
}

/// Path and query of the call.
fn address(operation: &Operation, draft: &Draft) -> String {
    let request = build(operation, &validate(operation, draft).unwrap()).unwrap();
    format!("{}{}", request.path, request.query_with_mark())
}

/// The bytes of the body.
fn body_of(operation: &Operation, draft: &Draft) -> String {
    let request = build(operation, &validate(operation, draft).unwrap()).unwrap();
    String::from_utf8(request.body).unwrap()
}

#[test]
fn con_7() {
    let call = parameter("query", json!({"anyOf": [{"type": "string"}, {"type": "null"}], "title": "X"}));
    assert_eq!((&call.parameters[0].schema.kind, call.parameters[0].schema.nullable), (&Kind::Text, true));
    for text in ["abc", "2024-01-01", "007", "null"] {
        assert_eq!(address(&call, &draft(&[(query("x"), text)])), format!("/p?x={text}"));
    }
    assert_eq!(address(&call, &Draft::new(&call, &mut String::new)), "/p", "untouched: not sent");
    let with_default = parameter("query", json!({"anyOf": [{"type": "integer"}, {"type": "null"}], "default": null}));
    assert_eq!(address(&with_default, &Draft::new(&with_default, &mut String::new)), "/p");
    assert_eq!(issues(&with_default, &draft(&[(query("x"), "abc")])), [("x".into(), Broken::NotInteger)]);
}

#[test]
fn con_8() {
    for text in ["00123", "null", "1e3", "a b", "{}"] {
        let expected = format!("/p/{}", crate::request::encode(text));
        assert_eq!(address(&parameter("path", json!({})), &draft(&[(path("x"), text)])), expected);
    }
    assert_eq!(address(&parameter("query", json!(true)), &draft(&[(query("x"), "00123")])), "/p?x=00123");
}

#[test]
fn con_9() {
    let null = |path: FieldPath| {
        let mut draft = Draft::default();
        draft.set(path, Raw::Null);
        draft
    };
    let schema = json!({"type": ["string", "null"]});
    assert_eq!(issues(&parameter("path", schema.clone()), &null(path("x"))), [("x".into(), Broken::Required)]);
    assert_eq!(address(&parameter("query", schema.clone()), &null(query("x"))), "/p");
    let call = parameter("header", schema);
    let request = build(&call, &validate(&call, &null(header("x"))).unwrap()).unwrap();
    assert!(!request.headers.iter().any(|header| header.name == "x"));
    assert_eq!(
        body_of(&with_body(json!({"properties": {"x": {"type": ["string", "null"]}}})), &null(body("x"))),
        r#"{"x":null}"#
    );
}

#[test]
fn con_14() {
    let volume = json!({"type": "object", "required": ["size"], "properties": {
        "size": {"type": "integer"}, "type": {"type": "string", "default": "SSD"}}});
    let call = with_required_body(json!({"type": "object", "required": ["name"], "properties": {
        "name": {"type": "string"}, "volume": volume}}));
    let mut draft = Draft::new(&call, &mut String::new);
    draft.set(body("name"), Raw::Text("x".into()));
    assert_eq!(body_of(&call, &draft), r#"{"name":"x"}"#);
    let crate::catalog::Kind::Object(fields) = &call.body.as_ref().unwrap().schema.kind else { panic!("an object") };
    draft.turn_on(&body("volume"), &fields[1].schema);
    assert_eq!(issues(&call, &draft), [("volume.size".into(), Broken::Required)]);
    draft.set(body("volume.size"), Raw::Text("40".into()));
    assert_eq!(body_of(&call, &draft), r#"{"name":"x","volume":{"size":40,"type":"SSD"}}"#);
    draft.clear(&body("volume"));
    assert_eq!(body_of(&call, &draft), r#"{"name":"x"}"#);
    let optional = with_body(json!({"properties": {"type": {"type": "string", "default": "SSD"}}}));
    assert_eq!(body_of(&optional, &Draft::new(&optional, &mut String::new)), "", "an optional body is off too");
}

#[test]
fn an_item_that_is_added_has_the_defaults_of_what_it_requires() {
    let item = json!({"type": "object", "required": ["size", "kind"], "properties": {
        "size": {"type": "integer", "default": 3}, "kind": {"const": "disk"}, "note": {"type": "string"}}});
    let call = with_body(json!({"properties": {"disks": {"type": "array", "items": item}}}));
    let crate::catalog::Kind::Array(items) = &call.fields()[0].schema.kind else { panic!("a list") };
    let mut draft = Draft::default();
    draft.add_item(&body("disks"), items);
    assert_eq!(body_of(&call, &draft), r#"{"disks":[{"size":3,"kind":"disk"}]}"#);
}

#[test]
fn con_26() {
    let empty = |path: FieldPath| draft(&[(path, "")]);
    assert_eq!(address(&parameter("query", json!({"type": "string"})), &empty(query("x"))), "/p?x=");
    let alias = with_body(json!({"properties": {"alias": {"type": "string"}}}));
    assert_eq!(body_of(&alias, &empty(body("alias"))), r#"{"alias":""}"#);
    let restored = Draft::from_value(&alias, &empty(body("alias")).to_value(&alias));
    assert_eq!(restored.get(&body("alias")), &Raw::Text(String::new()), "and it stays so");
    let mut list = Draft::default();
    list.set(body("tags"), Raw::Items(0));
    let tags = with_body(json!({"properties": {"tags": {"type": "array", "items": {"type": "string"}}}}));
    assert_eq!(body_of(&tags, &list), r#"{"tags":[]}"#, "an empty list is not nothing");
}

#[test]
fn con_1() {
    let call = with_required_body(json!({"required": ["id", "name"], "properties": {
        "id": {"type": "string", "readOnly": true}, "name": {"type": "string"}}}));
    assert_eq!(call.fields().iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), ["name"]);
    assert_eq!(body_of(&call, &draft(&[(body("name"), "box")])), r#"{"name":"box"}"#);
    let mut example = Draft::default();
    example.set_as(
        &FieldPath::body(),
        &call.body.as_ref().unwrap().schema,
        &json!({"id": "7", "name": "box", "more": 1}),
    );
    assert_eq!(body_of(&call, &example), r#"{"name":"box","more":1}"#);
}

#[test]
fn con_12() {
    let call = with_body(json!({"type": "object", "properties": {"name": {"type": "string"}},
        "additionalProperties": {"type": "integer"}}));
    let schema = &call.body.as_ref().unwrap().schema;
    let mut draft = Draft::default();
    draft.set_as(&FieldPath::body(), schema, &json!({"name": "n", "size": 3}));
    assert_eq!(body_of(&call, &draft), r#"{"name":"n","size":3}"#, "the example keeps it");
    assert!(draft.add_member(&FieldPath::body(), "count", schema));
    assert!(
        !draft.add_member(&FieldPath::body(), "size", schema) && !draft.add_member(&FieldPath::body(), "name", schema)
    );
    assert_eq!(issues(&call, &draft), [("count".into(), Broken::Required)]);
    draft.set(body("count"), Raw::Text("many".into()));
    assert_eq!(issues(&call, &draft), [("count".into(), Broken::NotInteger)]);
    draft.remove_member(&FieldPath::body(), "count");
    assert_eq!(draft.members(&FieldPath::body()), ["size"]);
    let restored = Draft::from_value(&call, &draft.to_value(&call));
    assert_eq!(restored, draft);
    let closed = with_body(json!({"properties": {"name": {"type": "string"}}, "additionalProperties": false}));
    let mut draft = Draft::default();
    draft.set_as(&FieldPath::body(), &closed.body.as_ref().unwrap().schema, &json!({"name": "n", "size": 3}));
    assert_eq!(body_of(&closed, &draft), r#"{"name":"n"}"#);
}

#[test]
fn con_18() {
    let typed = "{\"a\":1,\"a\":2,\n \"n\":1E5, \"z\": 1.0, \"b\": [{\"x\":1,\"x\":1}]}";
    let call = with_body(json!({}));
    let draft = draft(&[(FieldPath::body(), typed)]);
    assert_eq!(body_of(&call, &draft), typed);
    let found = |operation: &Operation, draft: &Draft| -> Vec<(String, String)> {
        let pointer = |warning: Warning| match warning {
            Warning::DuplicateName { pointer } => pointer,
            Warning::Remark(text) => text,
        };
        let all = warnings(operation, draft).into_iter();
        all.map(|found| (found.target.name().to_owned(), pointer(found.warning))).collect()
    };
    assert_eq!(found(&call, &draft), [(String::new(), "#/a".into()), (String::new(), "#/b/0/x".into())]);
    let part = with_body(json!({"properties": {"any": {}, "n": {"type": "number"}}}));
    let draft = crate::fixtures::draft(&[(body("any"), "{\"a\":1E5,\"a\":2}"), (body("n"), "1E5")]);
    assert_eq!(body_of(&part, &draft), r#"{"any":{"a":1E5,"a":2},"n":1E5}"#);
    assert_eq!(found(&part, &draft), [("any".into(), "#/a".into())]);
    assert_eq!(issues(&call, &crate::fixtures::draft(&[(FieldPath::body(), &"[".repeat(100_000))])).len(), 1);
}

#[test]
fn one_of_several_forms_is_filled_in_and_sent() {
    let form = |name: &str| json!({"type": "object", "required": ["kind", name], "properties": {"kind": {"const": name}, name: {"type": "string"}}});
    let call =
        with_required_body(json!({"properties": {"pet": {"oneOf": [form("cat"), form("dog"), {"type": "string"}]}}}));
    let schema = call.fields()[0].schema.clone();
    let mut draft = Draft::new(&call, &mut String::new);
    assert_eq!(body_of(&call, &draft), "{}", "an optional choice is off");
    draft.choose(&body("pet"), 1, &schema);
    assert_eq!(issues(&call, &draft), [("pet.dog".into(), Broken::Required)]);
    draft.set(body("pet.dog"), Raw::Text("Rex".into()));
    assert_eq!(body_of(&call, &draft), r#"{"pet":{"kind":"dog","dog":"Rex"}}"#);
    assert_eq!(Draft::from_value(&call, &draft.to_value(&call)), draft);
    draft.choose(&body("pet"), 2, &schema);
    draft.set(body("pet"), Raw::Text("Tom".into()));
    assert_eq!(body_of(&call, &draft), r#"{"pet":"Tom"}"#);
    let mut example = Draft::default();
    example.set_as(&body("pet"), &schema, &json!({"kind": "dog", "dog": "Rex"}));
    assert_eq!(
        (example.alternative(&body("pet")), body_of(&call, &example).as_str()),
        (1, r#"{"pet":{"kind":"dog","dog":"Rex"}}"#)
    );
}

#[test]
fn forms_texts_and_files_are_bodies_too() {
    let call = |media: &str, schema: Value| {
        operation("post", "/a", json!({"requestBody": {"required": true, "content": {media: {"schema": schema}}}}))
    };
    let form = call(
        "application/x-www-form-urlencoded",
        json!({"required": ["a"], "properties": {"a": {"type": "string"},
        "list": {"type": "array", "items": {"type": "integer"}}, "part": {"type": "object", "properties": {"x": {"type": "boolean"}}},
        "password": {"type": "string", "format": "password"}, "none": {"type": ["string", "null"]}}}),
    );
    let mut filled = Draft::default();
    let value = json!({"a": "é &=", "list": [1, 2], "part": {"x": true}, "password": "hunter2&", "none": null});
    filled.set_as(&FieldPath::body(), &form.body.as_ref().unwrap().schema, &value);
    let request = build(&form, &validate(&form, &filled).unwrap()).unwrap();
    let sent = String::from_utf8(request.body.clone()).unwrap();
    assert_eq!(sent, "a=%C3%A9%20%26%3D&list=1&list=2&part=%7B%22x%22%3Atrue%7D&password=hunter2%26");
    assert!(request.body_shown.ends_with("&password=••••••"), "{}", request.body_shown);
    assert_eq!(request.secrets().iter().map(|secret| secret.as_str()).collect::<Vec<_>>(), ["hunter2&"]);

    let mut more = Draft::default();
    more.set_as(&FieldPath::body(), &form.body.as_ref().unwrap().schema, &json!({"a": "b", "more": "x y"}));
    assert_eq!(body_of(&form, &more), "a=b&more=x%20y");

    let text = call("text/csv", json!({"type": "string"}));
    assert_eq!(body_of(&text, &draft(&[(FieldPath::body(), "a;b\r\n1;2")])), "a;b\r\n1;2");
    assert_eq!(issues(&text, &Draft::default()).len(), 1);

    let binary = call("application/octet-stream", json!({"type": "string", "format": "binary"}));
    let mut chosen = Draft::default();
    let bytes: std::sync::Arc<[u8]> = [0_u8, 255, 13, 10].as_slice().into();
    chosen.set(FieldPath::body(), Raw::File(crate::form::File { name: "a.bin".into(), bytes }));
    let request = build(&binary, &validate(&binary, &chosen).unwrap()).unwrap();
    assert_eq!(
        (request.body.as_slice(), request.body_shown.as_str()),
        ([0_u8, 255, 13, 10].as_slice(), "a.bin (4 bytes)")
    );
    assert_eq!(Draft::from_value(&binary, &chosen.to_value(&binary)), Draft::default(), "a file is not kept");
    assert_eq!(issues(&binary, &Draft::default()).len(), 1);
}

#[test]
fn a_part_has_the_media_type_that_its_encoding_names() {
    let schema = json!({"properties": {
        "file": {"type": "string", "format": "binary"}, "list": {"type": "array", "items": {"type": "integer"}},
        "note": {"type": "string"}, "meta": {"type": "object", "properties": {"a": {"type": "integer"}}}}});
    let encoding = json!({"file": {"contentType": "image/*, image/png, image/jpeg", "headers": {"X-A": {"schema": {}}}},
        "list": {"contentType": "application/json"}, "note": {"contentType": "text/markdown"},
        "meta": {"contentType": "application/vnd.x+json"}});
    let content = json!({"multipart/form-data": {"schema": schema, "encoding": encoding}});
    let call = operation("post", "/a", json!({"requestBody": {"required": true, "content": content}}));
    assert_eq!(call.omissions.len(), 1, "headers of a part: {:?}", call.omissions);
    let mut filled = Draft::default();
    let value = json!({"list": [1, 2], "note": "*x*", "meta": {"a": 1}});
    filled.set_as(&FieldPath::body(), &call.body.as_ref().unwrap().schema, &value);
    let bytes: std::sync::Arc<[u8]> = b"png".as_slice().into();
    filled.set(body("file"), Raw::File(crate::form::File { name: "a.png".into(), bytes }));
    let sent = body_of(&call, &filled);
    for part in [
        "name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\npng\r\n",
        "name=\"list\"\r\nContent-Type: application/json\r\n\r\n[1,2]\r\n",
        "name=\"note\"\r\nContent-Type: text/markdown\r\n\r\n*x*\r\n",
        "name=\"meta\"\r\nContent-Type: application/vnd.x+json\r\n\r\n{\"a\":1}\r\n",
    ] {
        assert!(sent.contains(part), "{part} in {sent}");
    }
}

#[test]
fn a_member_of_a_form_travels_as_its_encoding_says() {
    let list = json!({"type": "array", "items": {"type": "string"}});
    let schema = json!({"properties": {"a": list, "b": list, "c": list}});
    let encoding = json!({"a": {"contentType": "application/json"}, "b": {"style": "form", "explode": false}});
    let content = json!({"application/x-www-form-urlencoded": {"schema": schema, "encoding": encoding}});
    let call = operation("post", "/a", json!({"requestBody": {"required": true, "content": content}}));
    let mut filled = Draft::default();
    let value = json!({"a": ["x", "y"], "b": ["x", "y"], "c": ["x", "y"]});
    filled.set_as(&FieldPath::body(), &call.body.as_ref().unwrap().schema, &value);
    assert_eq!(body_of(&call, &filled), "a=%5B%22x%22%2C%22y%22%5D&b=x,y&c=x&c=y");
}

#[test]
fn a_body_in_parts_has_files_and_a_boundary_that_is_in_none_of_them() {
    let schema = json!({"required": ["file"], "properties": {
        "file": {"type": "string", "format": "binary"}, "name": {"type": "string"}, "tags": {"type": "array", "items": {"type": "string"}},
        "meta": {"type": "object", "properties": {"a": {"type": "integer"}}}, "pass": {"type": "string", "format": "password"}}});
    let content = json!({"multipart/form-data": {"schema": schema}});
    let call = operation("post", "/a", json!({"requestBody": {"required": true, "content": content}}));
    assert_eq!(issues(&call, &Draft::default()), [("file".into(), Broken::Required)]);
    let mut filled = Draft::default();
    let value = json!({"name": "a\"b", "tags": ["x", "y"], "meta": {"a": 1}, "pass": "hunter2"});
    filled.set_as(&FieldPath::body(), &call.body.as_ref().unwrap().schema, &value);
    let bytes: std::sync::Arc<[u8]> = b"--tls-console-form-0\r\n".as_slice().into();
    filled.set(body("file"), Raw::File(crate::form::File { name: "a\".txt".into(), bytes }));
    let request = build(&call, &validate(&call, &filled).unwrap()).unwrap();
    let content_type = request.headers.iter().find(|header| header.name == "Content-Type").unwrap();
    assert_eq!(content_type.sent(), "multipart/form-data; boundary=tls-console-form-1");
    let parts: Vec<String> =
        String::from_utf8(request.body.clone()).unwrap().split("--tls-console-form-1").map(str::to_owned).collect();
    let part = |name: &str, more: &str, text: &str| {
        format!("\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{text}\r\n")
    };
    let file = "; filename=\"a%22.txt\"\r\nContent-Type: application/octet-stream";
    let expected = [
        String::new(),
        part("file", file, "--tls-console-form-0\r\n"),
        part("name", "", "a\"b"),
        part("tags", "", "x"),
        part("tags", "", "y"),
        part("meta", "\r\nContent-Type: application/json", "{\"a\":1}"),
        part("pass", "", "hunter2"),
        "--\r\n".into(),
    ];
    assert_eq!(parts, expected);
    assert!(
        !request.body_shown.contains("hunter2") && request.body_shown.contains("a\".txt (22 bytes)"),
        "{}",
        request.body_shown
    );
}

#[test]
fn a_choice_of_plain_values_travels_as_a_text_in_a_form() {
    let choice = json!({"anyOf": [{"type": "string", "maxLength": 9}, {"type": "string", "enum": [""]}]});
    let schema =
        json!({"properties": {"a": choice, "b": {"anyOf": [choice, {"type": "object", "properties": {"x": {}}}]}}});
    let content = json!({"application/x-www-form-urlencoded": {"schema": schema}});
    let call = operation("post", "/a", json!({"requestBody": {"required": true, "content": content}}));
    let sent = |value: Value| {
        let mut filled = Draft::default();
        filled.set_as(&FieldPath::body(), &call.body.as_ref().unwrap().schema, &value);
        body_of(&call, &filled)
    };
    assert_eq!(sent(json!({"a": ""})), "a=");
    assert_eq!(sent(json!({"a": "x y"})), "a=x%20y");
    assert_eq!(sent(json!({"b": {"x": 1}})), "b=%7B%22x%22%3A1%7D");
}

#[test]
fn a_part_with_an_encoding_is_a_text_that_somebody_encoded() {
    let schema = json!({"properties": {
        "icon": {"type": "string", "contentEncoding": "base64", "contentMediaType": "image/png"},
        "file": {"type": "string", "contentMediaType": "image/png"}}});
    let content = json!({"multipart/form-data": {"schema": schema}});
    let call = operation("post", "/a", json!({"requestBody": {"required": true, "content": content}}));
    let kinds: Vec<&Kind> = call.fields().iter().map(|field| &field.schema.kind).collect();
    assert_eq!(kinds, [&Kind::Text, &Kind::File]);
}

#[test]
fn a_default_that_breaks_the_rules_of_its_field_is_not_sent() {
    for schema in [
        json!({"type": "integer", "default": ""}),
        json!({"type": "integer", "default": []}),
        json!({"type": "integer", "minimum": 1, "default": 0}),
        json!({"type": "boolean", "default": "None"}),
        json!({"type": "string", "enum": ["asc", "desc"], "default": "ASC"}),
    ] {
        let call = parameter("query", schema.clone());
        assert_eq!(address(&call, &Draft::new(&call, &mut String::new)), "/p", "{schema}");
    }
    for (schema, expected) in [
        (json!({"type": "integer", "default": "10"}), "/p?x=10"),
        (json!({"type": "boolean", "default": false}), "/p?x=false"),
    ] {
        let call = parameter("query", schema);
        assert_eq!(address(&call, &Draft::new(&call, &mut String::new)), expected);
    }
}

#[test]
fn the_only_value_is_sent_also_where_it_is_null_or_an_object() {
    for value in [json!(null), json!(false), json!(1), json!({"a": 1})] {
        let call = with_required_body(json!({"required": ["x"], "properties": {"x": {"const": value}}}));
        assert_eq!(body_of(&call, &Draft::new(&call, &mut String::new)), json!({"x": value}).to_string());
    }
}

#[test]
fn listed_values_have_the_type_that_the_schema_names() {
    for (kind, listed, expected) in [
        ("integer", json!(["10", "20"]), r#"{"x":10}"#),
        ("string", json!([10, 20]), r#"{"x":"10"}"#),
        ("integer", json!([10, 20]), r#"{"x":10}"#),
        ("string", json!(["10"]), r#"{"x":"10"}"#),
    ] {
        let call = with_body(json!({"properties": {"x": {"type": kind, "enum": listed}}}));
        assert_eq!(body_of(&call, &draft(&[(body("x"), "10")])), expected);
    }
}

#[test]
fn alternatives_inside_an_alternative_can_all_be_chosen() {
    let form = |name: &str| json!({"title": name, "type": "object", "required": [name], "properties": {name: {"type": "string"}}});
    let nested = json!({"oneOf": [{"title": "x", "oneOf": [form("a"), form("b")]}, form("c")]});
    let two = json!({"allOf": [{"oneOf": [form("a"), form("b")]}, {"anyOf": [form("c"), form("d")]}]});
    for (schema, names, value) in [
        (nested, vec!["x, a", "x, b", "c"], json!({"b": "1"})),
        (two, vec!["a, c", "a, d", "b, c", "b, d"], json!({"d": "1", "b": "2"})),
    ] {
        let call = with_required_body(schema);
        let schema = &call.body.as_ref().unwrap().schema;
        let Kind::OneOf(forms) = &schema.kind else { panic!("a choice") };
        assert_eq!(forms.iter().map(|form| form.name.as_str()).collect::<Vec<_>>(), names);
        let mut filled = Draft::default();
        filled.set_as(&FieldPath::body(), schema, &value);
        assert_eq!(body_of(&call, &filled), value.to_string());
    }
}
