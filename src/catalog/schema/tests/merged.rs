//! One schema in several places: references with siblings, `allOf`, alternatives, and what older versions left behind.

use super::*;
use crate::catalog::Additional;

/// The schema at `#/S` of a document.
fn in_document(document: &Value, place: Place) -> Schema {
    read(&Node::root("t.json", document).require("S").unwrap(), place)
}

fn fields(schema: &Schema) -> Vec<(&str, bool)> {
    match &schema.kind {
        Kind::Object(fields) => fields.iter().map(|field| (field.name.as_str(), field.required)).collect(),
        other => panic!("{other:?} is no object"),
    }
}

#[test]
fn con_11() {
    let document = json!({"S": {"$ref": "#/String", "default": "en", "description": "Mine."},
        "String": {"type": "string", "description": "Its own.", "minLength": 2, "maxLength": 5}});
    let schema = in_document(&document, Place::Json);
    assert_eq!((schema.kind, schema.default, schema.description.as_str()), (Kind::Text, Some(json!("en")), "Mine."));
    assert_eq!((schema.rules.min_length, schema.rules.max_length), (Some(2), Some(5)));
    let through_two =
        json!({"S": {"$ref": "#/A", "maxLength": 3}, "A": {"$ref": "#/B", "maxLength": 4}, "B": {"type": "string"}});
    assert_eq!(in_document(&through_two, Place::Json).rules.max_length, Some(3));
}

#[test]
fn con_20() {
    let schema =
        schema(json!({"type": "integer", "minimum": "1", "maximum": "10", "minLength": "3", "maxLength": 3.0}));
    assert_eq!((schema.rules.minimum, schema.rules.maximum), (Some(decimal("1")), Some(decimal("10"))));
    assert_eq!((schema.rules.min_length, schema.rules.max_length), (Some(3), Some(3)));
    let (schema, omitted) = noting(&json!({"type": "integer", "minimum": "one"}), Place::Json);
    assert_eq!((schema.kind, schema.rules), (Kind::Integer, Rules::default()));
    assert_eq!(omitted, ["t.json#/minimum: must be a number, is a string"]);
}

#[test]
fn con_22() {
    let old = schema(
        json!({"type": "integer", "minimum": 0, "exclusiveMinimum": true, "maximum": 9, "exclusiveMaximum": false}),
    );
    assert_eq!((old.rules.minimum, old.rules.exclusive_minimum), (None, Some(decimal("0"))));
    assert_eq!((old.rules.maximum, old.rules.exclusive_maximum), (Some(decimal("9")), None));
    assert!(schema(json!({"type": "string", "nullable": true})).nullable);
}

#[test]
fn con_23() {
    let document = json!({"S": {"allOf": [{"$ref": "#/A"}]},
        "A": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}}});
    assert_eq!(fields(&in_document(&document, Place::Json)), [("a", true), ("b", false)]);
    let merged =
        schema(json!({"description": "Both.", "required": ["b"], "properties": {"c": {"type": "string"}}, "allOf": [
            {"properties": {"a": {"type": "string", "maxLength": 9}}, "required": ["a"]},
            {"allOf": [{"properties": {"b": {"type": "string"}, "a": {"maxLength": 3, "description": "An a."}}}]},
        ]}));
    assert_eq!(fields(&merged), [("c", false), ("a", true), ("b", true)]);
    let Kind::Object(fields) = &merged.kind else { panic!("an object") };
    assert_eq!((fields[1].schema.rules.max_length, fields[1].schema.description.as_str()), (Some(3), "An a."));
    let narrow = schema(
        json!({"allOf": [{"type": ["string", "null"], "enum": ["a", "b", null]}, {"type": "string", "enum": ["b", "c"]}]}),
    );
    assert_eq!(narrow.kind, Kind::Enum(vec![choice(json!("b"), None)]));
}

#[test]
fn a_union_with_null_is_the_one_type_and_may_be_null() {
    let cases = [
        (json!({"anyOf": [{"type": "string"}, {"type": "null"}]}), Kind::Text),
        (json!({"oneOf": [{"type": "null"}, {"type": "integer"}]}), Kind::Integer),
        (json!({"type": ["number", "null"]}), Kind::Number),
        (json!({"anyOf": [{"enum": ["a"]}, {"const": null}]}), Kind::Enum(vec![choice(json!("a"), None)])),
        (json!({"anyOf": [{"anyOf": [{"type": "boolean"}, {"type": "null"}]}]}), Kind::Boolean(Vec::new())),
    ];
    for (value, kind) in cases {
        let (schema, omitted) = noting(&value, Place::Json);
        assert_eq!((schema.kind, schema.nullable, omitted.len()), (kind, true, 0), "{value}");
    }
    let titled = schema(
        json!({"title": "T", "description": "D", "default": "x", "maxLength": 3, "anyOf": [{"type": "string"}, {"type": "null"}]}),
    );
    assert_eq!(
        (titled.description.as_str(), titled.default, titled.rules.max_length),
        ("D", Some(json!("x")), Some(3))
    );
    let objects = schema(json!({"anyOf": [{"type": "object", "properties": {"a": {}}}, {"type": "null"}]}));
    assert_eq!((fields(&objects), objects.nullable), (vec![("a", false)], true));
}

#[test]
fn alternatives_are_a_choice_of_forms_that_their_discriminator_tells_apart() {
    let pet = |sound: &str| json!({"type": "object", "required": ["kind", sound], "properties": {"kind": {"type": "string"}, sound: {"type": "string"}}});
    let document = json!({
        "S": {"oneOf": [{"$ref": "#/Cat"}, {"$ref": "#/Dog"}], "discriminator": {"propertyName": "kind", "mapping": {"feline": "#/Cat"}}},
        "Cat": pet("purr"), "Dog": pet("bark"),
    });
    let Kind::OneOf(forms) = in_document(&document, Place::Json).kind else { panic!("a choice") };
    let told: Vec<_> = forms
        .iter()
        .map(|form| {
            let Kind::Object(fields) = &form.schema.kind else { panic!("objects") };
            (form.name.as_str(), fields[0].schema.kind.clone(), fields[1].name.as_str())
        })
        .collect();
    let only = |value: &str| Kind::Enum(vec![choice(json!(value), None)]);
    assert_eq!(told, [("Cat", only("feline"), "purr"), ("Dog", only("Dog"), "bark")]);
    let mixed = schema(
        json!({"properties": {"a": {}, "b": {}}, "anyOf": [{"title": "First", "required": ["a"]}, {"required": ["b"]}]}),
    );
    let Kind::OneOf(forms) = mixed.kind else { panic!("a choice") };
    let required: Vec<_> = forms.iter().map(|form| fields(&form.schema)).collect();
    assert_eq!(required, [vec![("a", true), ("b", false)], vec![("a", false), ("b", true)]]);
    let types = schema(json!({"type": ["string", "integer", "null"]}));
    let Kind::OneOf(forms) = types.kind else { panic!("a choice") };
    assert_eq!(forms.iter().map(|form| form.schema.kind.clone()).collect::<Vec<_>>(), [Kind::Text, Kind::Integer]);
}

#[test]
fn where_only_texts_travel_a_union_of_plain_values_is_a_text() {
    for value in [
        json!({}),
        json!({"anyOf": [{"type": "integer"}, {"type": "string"}]}),
        json!({"type": ["integer", "string", "null"]}),
        json!({"anyOf": [{"enum": ["a", "b"]}, {"type": "string"}]}),
        json!({"type": "string", "not": {"const": "a"}}),
    ] {
        assert_eq!(noting(&value, Place::Text).0.kind, Kind::Text, "{value}");
    }
}

#[test]
fn a_property_that_only_answers_have_has_no_input_and_one_that_is_only_sent_need_not_come_back() {
    let value = json!({"required": ["id", "name", "secret"], "properties": {
        "id": {"type": "string", "readOnly": true}, "name": {"type": "string"}, "secret": {"type": "string", "writeOnly": true}}});
    let (sent, answered) = (noting(&value, Place::Json).0, noting(&value, Place::Answer).0);
    assert_eq!((fields(&sent), &sent.unsent), (vec![("name", true), ("secret", true)], &vec!["id".to_owned()]));
    assert_eq!(fields(&answered), [("id", true), ("name", true), ("secret", false)]);
    let referred = json!({"S": {"properties": {"id": {"$ref": "#/Id", "readOnly": true}, "b": {"allOf": [{"$ref": "#/Id"}], "readOnly": true}}},
        "Id": {"type": "string"}});
    assert_eq!(in_document(&referred, Place::Json).kind, Kind::Object(Vec::new()));
}

#[test]
fn further_members_are_named_where_the_document_speaks_of_them() {
    let additional = |value: Value| schema(value).additional;
    let of = |kind: Kind| Additional::Of(Box::new(Schema { kind, ..Schema::default() }));
    assert_eq!(additional(json!({"properties": {}})), Additional::Unsaid);
    assert_eq!(additional(json!({"properties": {}, "additionalProperties": false})), Additional::Refused);
    assert_eq!(additional(json!({"properties": {}, "additionalProperties": true})), of(Kind::Json));
    assert_eq!(additional(json!({"type": "object", "additionalProperties": {"type": "string"}})), of(Kind::Text));
    assert_eq!(additional(json!({"type": "object", "unevaluatedProperties": {"type": "integer"}})), of(Kind::Integer));
    assert_eq!(
        schema(json!({"type": "object", "additionalProperties": {"type": "string"}})).kind,
        Kind::Object(Vec::new())
    );
}

#[test]
fn what_is_not_checked_and_what_is_required_of_nobody_is_remembered() {
    let value = json!({"type": "object", "required": ["a", "lost"], "properties": {"a": {}}, "not": {}, "if": {}});
    let omitted = noting(&value, Place::Json).1;
    assert_eq!(
        omitted,
        [
            "t.json#/required: lost is required and not among the properties",
            "t.json#/not: not is not supported",
            "t.json#/if: if is not supported",
        ]
    );
    assert_eq!(noting(&value, Place::Answer).1, Vec::<String>::new());
}

#[test]
fn a_text_must_fit_the_patterns_of_all_parts() {
    let both = schema(json!({"type": "string", "allOf": [{"pattern": "^a|b"}, {"pattern": "c$"}, {"pattern": "c$"}]}));
    let pattern = both.rules.pattern.unwrap();
    for (text, fits) in [("a\nc", true), ("xbc", true), ("ac", true), ("xc", false), ("ab", false), ("", false)] {
        assert_eq!(crate::pattern::matches(&pattern, text), fits, "{text:?}");
    }
}

#[test]
fn a_choice_of_a_property_stays_where_another_part_describes_it_too() {
    let choice = json!({"oneOf": [{"type": "object", "properties": {"b": {}}}, {"type": "integer"}]});
    let merged =
        schema(json!({"allOf": [{"properties": {"a": choice}}, {"properties": {"a": {"description": "An a."}}}]}));
    let Kind::Object(fields) = &merged.kind else { panic!("an object") };
    assert!(matches!(&fields[0].schema.kind, Kind::OneOf(forms) if forms.len() == 2), "{:?}", fields[0].schema.kind);
}
