//! A link brings the form that it was made of, and nothing secret.

use super::*;
use crate::fixtures::*;
use proptest::prelude::*;
use serde_json::json;

const CANARY: &str = "canary-5f1e";

/// An operation with a field of every kind, twice the same name, names with dots, and a server with variables.
fn rich() -> Operation {
    let secret = json!({"type": "string", "format": "password"});
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "Test", "version": "1"},
        "servers": [
            {"url": "https://a.test", "x-region": "a"},
            {"url": "https://{service}.{region}.b.test/{base}", "x-region": "{region}", "variables": {
                "service": {"default": "s", "enum": ["s", "t"]}, "region": {"default": "north"}, "base": {"default": "v1"},
            }},
        ],
        "paths": {"/x/{id}": {"post": {
            "operationId": "Call",
            "parameters": [
                {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
                {"name": "limit", "in": "query", "schema": {"type": "integer", "default": 10}},
                {"name": "name", "in": "query", "schema": {"type": "string"}},
                {"name": "a.b", "in": "query", "schema": {"type": "string"}},
                {"name": "~null.body.name", "in": "query", "schema": {"type": "string"}},
                {"name": "ids", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
                {"name": "clientToken", "in": "query", "schema": {"type": "string", "x-generate": "uuid"}},
                {"name": "X-Pass", "in": "header", "schema": secret},
                {"name": "X-Mode", "in": "header", "schema": {"enum": ["on", "off"]}},
            ],
            "requestBody": {"required": true, "content": {"application/json": {"schema": {"type": "object", "properties": {
                "name": {"type": ["string", "null"]},
                "flag": {"type": "boolean", "default": true},
                "number": {"type": "number"},
                "any": {},
                "a": {"type": "object", "properties": {"b": {"type": "string", "default": "d"}, "secret": secret}},
                "labels": {"type": "object", "additionalProperties": {"type": "string"}},
                "tags": {"type": "array", "items": {"type": "object", "properties": {
                    "key": {"type": "string"}, "values": {"type": "array", "items": {"type": "integer"}}, "pin": secret,
                }}},
                "target": {"oneOf": [
                    {"type": "object", "properties": {"port": {"type": "integer", "default": 443}}},
                    {"type": "string"},
                    {"type": "array", "items": {"type": "string"}},
                ]},
                "password": {"type": "string"},
            }}}}},
        }}},
    });
    only_operation("apis/test.json", &document.to_string())
}

/// The places of every field, with items and members that an edit may have made.
fn places(operation: &Operation, draft: &Draft) -> Vec<(FieldPath, Schema)> {
    fn add(draft: &Draft, path: FieldPath, schema: &Schema, list: &mut Vec<(FieldPath, Schema)>) {
        list.push((path.clone(), schema.clone()));
        match &schema.kind {
            Kind::Object(fields) => {
                fields.iter().for_each(|field| add(draft, path.child(&field.name), &field.schema, list));
                let members = draft.members(&path);
                members.iter().for_each(|name| add(draft, path.child(name), schema.additional.schema(), list));
            }
            Kind::Array(item) => (0..draft.items(&path)).for_each(|index| add(draft, path.child(index), item, list)),
            Kind::OneOf(alternatives) => {
                let chosen = alternatives.get(draft.alternative(&path)).unwrap();
                add(draft, path, &chosen.schema, list);
            }
            _ => {}
        }
    }
    let mut list = Vec::new();
    operation.parameters.iter().for_each(|field| add(draft, FieldPath::of(field), &field.schema, &mut list));
    add(draft, FieldPath::body(), &operation.body.as_ref().unwrap().schema, &mut list);
    list
}

/// One thing that a person does to the form.
fn edit(draft: &mut Draft, operation: &Operation, place: usize, what: usize, text: &str) {
    let places = places(operation, draft);
    let (path, schema) = &places[place % places.len()];
    match (&schema.kind, what % 4) {
        (Kind::Secret, _) => draft.set(path.clone(), Raw::Text(format!("{CANARY}{text}"))),
        (Kind::OneOf(alternatives), _) => draft.choose(path, what % alternatives.len(), schema),
        (Kind::Array(item), 0) => draft.add_item(path, item),
        (Kind::Array(_), 1) => draft.remove_item(path, what % 3),
        (Kind::Object(_), 0) if !path.path.is_empty() && !draft.has(path) => draft.turn_on(path, schema),
        (Kind::Object(_), 1) if path.path == "labels" => drop(draft.add_member(path, text, schema)),
        (Kind::Object(_) | Kind::Array(_), 2) if !path.path.is_empty() => draft.clear(path),
        (Kind::Object(_) | Kind::Array(_), _) => {}
        (_, 0) => draft.set(path.clone(), Raw::Unset),
        (_, 1) if schema.nullable => draft.set(path.clone(), Raw::Null),
        (Kind::Boolean(_), _) => draft.set(path.clone(), Raw::Text(what.is_multiple_of(3).to_string())),
        (Kind::Enum(choices), _) => draft.set_value(path, &choices[what % choices.len()].value),
        (Kind::Json, _) => draft.set(path.clone(), Raw::Text(format!("{{\"api_key\": \"{CANARY}\", \"x\": {what}}}"))),
        _ => draft.set(path.clone(), Raw::Text(text.to_owned())),
    }
}

fn without_secrets(draft: &Draft, operation: &Operation) -> Draft {
    let mut draft = draft.clone();
    draft.drop_secrets(operation);
    draft.clear(&body("any"));
    draft.generate(operation, &mut || String::from("id"));
    draft
}

/// The order in which values came is no part of a form.
fn sorted(mut draft: Draft) -> Draft {
    draft.values.sort_keys();
    draft.alternatives.sort_keys();
    draft.variables.sort_keys();
    draft
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_link_brings_the_form_that_it_was_made_of(
        edits in prop::collection::vec((0..40_usize, 0..12_usize, "[a-z.~é/\" ]{0,6}"), 0..40),
        server in 0..2_usize, service in "[st]", region in "[a-z]{1,5}",
    ) {
        let operation = rich();
        let mut draft = Draft::new(&operation, &mut || String::from("id"));
        draft.server = server;
        if server == 1 {
            draft.set_variable("service", service);
            draft.set_variable("region", region);
        }
        for (place, what, text) in &edits {
            edit(&mut draft, &operation, *place, *what, text);
        }
        let link = draft.to_link(&operation);
        prop_assert!(!format!("{link:?}").contains(CANARY), "{link:?}");
        let mut opened = Draft::new(&operation, &mut || String::from("id"));
        let filling = opened.fill_from_link(&operation, &link.pairs);
        prop_assert_eq!(&filling.misfits, &[], "{:?}", link);
        prop_assert_eq!(sorted(opened), sorted(without_secrets(&draft, &operation)), "{:?}", link);
    }

    #[test]
    fn no_link_fills_a_secret_or_empties_what_it_does_not_name(
        pairs in prop::collection::vec((prop_oneof![
            "\\PC{0,12}",
            "~(text|null|unset|items|members|form|variable)\\.(body|query|header|path)\\.[a-zA-Z.0-9-]{0,12}",
            "(tags|a|labels|target|X-Pass|password|ids)(\\.(0|secret|pin|b|key)){0,2}",
            Just(String::from("~server")), Just(String::from("region")), Just(String::from("~variable.region")),
        ], prop_oneof![
            "\\PC{0,12}", "[0-9]{0,25}", Just(String::from("[{\"pin\":\"p\",\"key\":\"k\"}]")),
            Just(String::from("{\"secret\":\"p\",\"b\":[]}")), Just(String::from("[\"x\"]")),
        ]), 0..12),
    ) {
        let operation = rich();
        let mut before = Draft::new(&operation, &mut || String::from("id"));
        before.set(path("id"), Raw::Text(String::from("typed")));
        let mut after = before.clone();
        let filling = after.fill_from_link(&operation, &pairs);
        prop_assert!(!after.holds_secrets(&operation), "{:?}", after.to_value(&operation));
        let named = pairs.iter().any(|(name, _)| name == "id" || name.ends_with("path.id"));
        prop_assert!(named || after.get(&path("id")) == before.get(&path("id")));
        let host = operation.servers.get(after.server).map(|server| after.host(server)).unwrap();
        prop_assert!(host == "a.test" || host.ends_with(".b.test"), "{host}");
        let is_told_twice = |(index, name): (usize, &String)| filling.filled.iter().skip(index + 1).any(|other| other == name);
        prop_assert!(!filling.filled.iter().enumerate().any(is_told_twice), "{filling:?}");
        let both = |misfit: &Misfit| misfit.why == MisfitReason::Secret && filling.filled.contains(&misfit.name);
        prop_assert!(!filling.misfits.iter().any(both), "{filling:?}");
    }
}

#[test]
fn broken_escapes_are_told() {
    let (_, filling) = opened(&[("target", "a\u{fffd}")]);
    let broken = Misfit { name: String::from("target"), why: MisfitReason::Broken };
    assert_eq!(filling, Filling { filled: vec![], misfits: vec![broken] });
}

fn opened(pairs: &[(&str, &str)]) -> (Draft, Filling) {
    let operation = rich();
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let mut draft = Draft::new(&operation, &mut || String::from("id"));
    let filling = draft.fill_from_link(&operation, &pairs);
    (draft, filling)
}

#[test]
fn texts_at_the_top_go_by_their_names() {
    let operation = switch_ssl();
    let link = Draft { server: 2, ..ssl_on() }.to_link(&operation);
    let pairs: Vec<_> = link.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let wanted = [
        ("region", "cn-north-9"),
        ("project_id", PROJECT),
        ("instance_id", TAURUSDB),
        ("ssl_option", "true"),
        ("~unset.header.X-Language", ""),
    ];
    assert_eq!(pairs, wanted);
}

#[test]
fn what_does_not_fit_is_told_with_its_reason() {
    let (draft, filling) = opened(&[
        ("id", "i"),
        ("nothing", "1"),
        ("X-Pass", "p"),
        ("X-Mode", "sideways"),
        ("flag", "maybe"),
        ("tags", "no json"),
        ("~text.body.tags", "{}"),
        ("~items.body.tags", "1001"),
        ("region", "north-1"),
        ("region", "evil.test/"),
        ("~server", "https://evil.test"),
        ("a", r#"{"b": "B", "secret": "s"}"#),
    ]);
    assert_eq!(filling.filled, ["id", "a.b"]);
    assert!(filling.misfits.contains(&Misfit { name: String::from("a.secret"), why: MisfitReason::Secret }));
    let reasons: Vec<_> = filling.misfits.iter().map(|misfit| misfit.why).collect();
    use MisfitReason::*;
    assert_eq!(
        reasons,
        [Unknown, Secret, NotListed, NotListed, NotJson, NotJson, TooMany, GivenAgain, Region, Region, Secret]
    );
    assert_eq!(draft.get(&body("a.b")), &Raw::Text(String::from("B")), "all of it but the secret");
    assert_eq!((draft.get(&body("flag")), draft.server), (&Raw::Text(String::from("true")), 0));
}

#[test]
fn a_person_can_write_json_for_what_has_parts() {
    let (draft, filling) = opened(&[
        ("tags", r#"[{"key": "k", "values": [1, 2]}]"#),
        ("labels", r#"{"x": "y"}"#),
        ("target", "text"),
        ("ids", r#"["1"]"#),
    ]);
    assert_eq!(
        filling,
        Filling { filled: ["tags", "labels.x", "target", "ids"].map(str::to_owned).into(), misfits: vec![] }
    );
    for (at, text) in [
        (body("tags.0.key"), "k"),
        (body("tags.0.values.1"), "2"),
        (body("labels.x"), "y"),
        (body("target"), "text"),
        (query("ids.0"), "1"),
    ] {
        assert_eq!(draft.get(&at), &Raw::Text(text.to_owned()), "{at:?}");
    }
    assert_eq!(draft.alternative(&body("target")), 1);
}

#[test]
fn a_region_without_a_server_of_its_own_is_a_variable() {
    let (draft, filling) = opened(&[("region", "far-away-1")]);
    assert_eq!((filling.filled, draft.region_of(&rich())), (vec![String::from("region")], String::from("far-away-1")));
    let mut operation = rich();
    operation.policy.regions = Some(vec![String::from("^north")]);
    assert!(!Draft::default().choose_region(&operation, "far-away-1"));
}

#[test]
fn two_people_who_open_one_link_send_different_tokens() {
    let operation = crate::fixtures::open_https();
    for name in ["clientToken", "~text.query.clientToken", "~null.query.clientToken"] {
        let mut draft = Draft::new(&operation, &mut || String::from("my own"));
        let before = draft.clone();
        let filling = draft.fill_from_link(&operation, &[(name.to_owned(), String::from("abc"))]);
        assert_eq!(filling.misfits, [Misfit { name: name.to_owned(), why: MisfitReason::Generated }], "{name}");
        assert_eq!(draft, before, "{name}");
    }
}
