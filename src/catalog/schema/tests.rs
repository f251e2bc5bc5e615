use super::*;
use crate::catalog::{Decimal, Rules};
use serde_json::json;

mod merged;

fn schema(value: Value) -> Schema {
    read(&Node::root("t.json", &value), Place::Json)
}

/// A schema, and what it leaves out.
fn noting(value: &Value, place: Place) -> (Schema, Vec<String>) {
    let notes = crate::catalog::node::Notes::new();
    let schema = read(&Node::root("t.json", value).noting(&notes), place);
    (schema, notes.into_omissions().iter().map(ToString::to_string).collect())
}

fn choice(value: Value, label: Option<&str>) -> Choice {
    Choice { value, label: label.map(str::to_owned) }
}

#[test]
fn every_kind_of_value_has_its_control() {
    let text = || Schema { kind: Kind::Text, ..Schema::default() };
    let yes_no = || vec![choice(json!(true), Some("On")), choice(json!(false), Some("Off"))];
    let cases = [
        (json!({"type": "string"}), Kind::Text),
        (json!({"type": "string", "format": "password"}), Kind::Secret),
        (json!({"type": "string", "format": "uuid"}), Kind::Text),
        (json!({"type": "boolean"}), Kind::Boolean(Vec::new())),
        (json!({"oneOf": [{"const": true, "title": "On"}, {"const": false, "title": "Off"}]}), Kind::Boolean(yes_no())),
        (json!({"type": "integer"}), Kind::Integer),
        (json!({"type": "number"}), Kind::Number),
        (json!({"enum": ["a", 1]}), Kind::Enum(vec![choice(json!("a"), None), choice(json!(1), None)])),
        (json!({"const": "a"}), Kind::Enum(vec![choice(json!("a"), None)])),
        (json!({"const": true}), Kind::Enum(vec![choice(json!(true), None)])),
        (
            json!({"oneOf": [{"const": "en", "title": "English"}, {"const": "zh", "description": "Chinese"}, {"const": "x"}]}),
            Kind::Enum(vec![
                choice(json!("en"), Some("English")),
                choice(json!("zh"), Some("Chinese")),
                choice(json!("x"), None),
            ]),
        ),
        (json!({"type": "array", "items": {"type": "string"}}), Kind::Array(Box::new(text()))),
        (
            json!({"type": "array", "items": {"type": "array", "items": {"type": "string"}}}),
            Kind::Array(Box::new(Schema { kind: Kind::Array(Box::new(text())), ..Schema::default() })),
        ),
    ];
    for (value, kind) in cases {
        assert_eq!(schema(value.clone()).kind, kind, "{value}");
    }
}

#[test]
fn what_has_no_control_becomes_raw_json() {
    let cases = [
        json!({}),
        json!(true),
        json!({"type": "null"}),
        json!({"type": "object"}),
        json!({"type": "array"}),
        json!({"type": "array", "items": {}}),
        json!({"type": "array", "items": {"type": "array"}}),
    ];
    for value in cases {
        assert_eq!(schema(value.clone()).kind, Kind::Json, "{value}");
    }
}

#[test]
fn null_among_the_types_makes_a_value_nullable_and_keeps_its_kind() {
    let nullable = |value: Value| {
        let schema = schema(value);
        (schema.kind, schema.nullable)
    };
    assert_eq!(nullable(json!({"type": ["string", "null"]})), (Kind::Text, true));
    assert_eq!(nullable(json!({"type": ["null", "integer"]})), (Kind::Integer, true));
    assert_eq!(nullable(json!({"type": ["string"]})), (Kind::Text, false));
    let listed = nullable(json!({"type": ["string", "null"], "enum": ["a", null]}));
    assert_eq!(listed, (Kind::Enum(vec![choice(json!("a"), None)]), true));
}

#[test]
fn objects_nest_and_know_what_they_require() {
    let inner =
        json!({"type": "object", "required": ["c"], "properties": {"c": {"type": "integer"}, "d": {"type": "string"}}});
    let Kind::Object(outer) = schema(json!({"properties": {"a": inner, "b": {"type": "boolean"}}})).kind else {
        panic!("properties make an object, with or without a type");
    };
    let shape = |fields: &[Field]| fields.iter().map(|f| (f.name.clone(), f.required, f.location)).collect::<Vec<_>>();
    assert_eq!(shape(&outer), [("a".into(), false, Location::Body), ("b".into(), false, Location::Body)]);
    let Kind::Object(inner) = &outer[0].schema.kind else { panic!("a is an object") };
    assert_eq!(shape(inner), [("c".into(), true, Location::Body), ("d".into(), false, Location::Body)]);
}

#[test]
fn a_schema_inside_itself_becomes_raw_json_where_it_recurs() {
    let document = json!({"Node": {"type": "object", "properties": {
        "name": {"type": "string"},
        "next": {"$ref": "#/Node"},
        "children": {"type": "array", "items": {"$ref": "#/Node"}},
        "twin": {"$ref": "#/Leaf"}, "other": {"$ref": "#/Leaf"},
    }}, "Leaf": {"type": "integer"}});
    let node = Node::root("t.json", &document).require("Node").unwrap();
    let Kind::Object(fields) = read(&node, Place::Json).kind else { panic!("Node is an object") };
    let kinds: Vec<_> = fields.into_iter().map(|field| field.schema.kind).collect();
    assert_eq!(kinds, [Kind::Text, Kind::Json, Kind::Json, Kind::Integer, Kind::Integer], "twice is not recursion");
}

#[test]
fn rules_and_words_for_people_are_read() {
    let schema = schema(json!({
        "type": "string", "description": "An id.", "default": "d", "examples": ["first", "second"],
        "pattern": "^\\p{L}+$", "x-rule": "letters", "minLength": 1, "maxLength": 9, "minimum": -1, "maximum": 1.5,
        "exclusiveMinimum": -2, "exclusiveMaximum": 2, "multipleOf": 0.5, "minItems": 3, "maxItems": 4,
        "x-generate": "uuid", "x-success": true,
    }));
    let rules = Rules {
        pattern: Some("^\\p{L}+$".into()),
        words: Some("letters".into()),
        min_length: Some(1),
        max_length: Some(9),
        minimum: Some(decimal("-1.0")),
        maximum: Some(decimal("1.5")),
        exclusive_minimum: Some(decimal("-2.0")),
        exclusive_maximum: Some(decimal("2.0")),
        multiple_of: Some(decimal("0.5")),
        min_items: Some(3),
        max_items: Some(4),
        offered: None,
    };
    assert_eq!(schema.rules, rules);
    assert_eq!((schema.description.as_str(), schema.default), ("An id.", Some(json!("d"))));
    assert_eq!((schema.example, schema.generate), (Some(json!("first")), Some(Generate::Uuid)));
    assert_eq!(schema.success, Some(json!(true)));
    assert_eq!(self::schema(json!({"example": 1, "examples": [2]})).example, Some(json!(1)));
}

#[test]
fn a_pattern_is_ecmascript_with_the_unicode_flag() {
    for pattern in [r"^(?=.*\d)[a-z\d]+$", r"^[\x00-\x7F]*$", r"\u{1F600}", r"\p{Lu}", r"(?<year>\d{4})-\k<year>"] {
        assert_eq!(schema(json!({"pattern": pattern})).rules.pattern.as_deref(), Some(pattern));
    }
    for pattern in ["(", "[z-a]", "a**", r"\q", r"(?P<name>a)"] {
        let (schema, omitted) = noting(&json!({"type": "string", "pattern": pattern}), Place::Json);
        assert_eq!((schema.kind, schema.rules), (Kind::Text, Rules::default()));
        assert!(omitted[0].starts_with("t.json#/pattern: not an ECMAScript pattern"), "{omitted:?}");
    }
}

fn decimal(text: &str) -> Decimal {
    Decimal::new(&serde_json::from_str(text).unwrap())
}
