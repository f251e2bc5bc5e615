//! What a name gives away.

use super::*;
use crate::fixtures::*;
use crate::form::{ArgumentValue, Broken, Draft, Raw, check_field, sketch};
use serde_json::json;

fn masked(text: &str) -> Option<String> {
    without_credentials(text, &body("config"), &Kind::Json)
}

#[test]
fn credentials_in_json_are_masked_wherever_they_stand() {
    let shown = |text: &str| masked(text).unwrap().replace(MASK, "*");
    assert_eq!(shown(r#"{"a": 1.50, "password": "hunter2"}"#), r#"{"a":1.50,"password":"*"}"#);
    assert_eq!(
        shown(r#"[{"api_key": 12345}, {"Secret-Key": ["a", "b"]}]"#),
        r#"[{"api_key":"*"},{"Secret-Key":["*","*"]}]"#
    );
    assert_eq!(
        shown(r#"{"password": {"user": "u", "old": null, "is_old": true}}"#),
        r#"{"password":{"user":"*","old":null,"is_old":true}}"#
    );
    assert_eq!(shown(r#"{"data": "{\"password\": \"hunter2\"}"}"#), r#"{"data":"{\"password\":\"*\"}"}"#);
    // The whole of a field that is called so.
    assert_eq!(without_credentials(r#"["a"]"#, &body("a.password"), &Kind::Json).unwrap(), format!(r#"["{MASK}"]"#));
}

#[test]
fn what_names_no_credential_is_left_alone() {
    for text in [
        r#"{"name": "password", "token": "t", "a": ["{", "[1"]}"#,
        "12",
        r#""text""#,
        r#"{"password": ""}"#,
        "not json",
        "",
    ] {
        assert_eq!(masked(text), None, "{text}");
    }
    // In a query a token proves who asks.
    assert!(without_credentials(r#"{"token": "t"}"#, &query("filter"), &Kind::Json).is_some());
}

#[test]
fn a_field_for_texts_may_hold_json_and_ordinary_words_are_none() {
    let masked = |text: &str| without_credentials(text, &body("script"), &Kind::Text);
    assert_eq!(masked(r#"{"api_key": "k"}"#), Some(format!(r#"{{"api_key":"{MASK}"}}"#)));
    for text in ["Reset the password.", "{password: hunter2}", "password"] {
        assert_eq!(masked(text), None, "{text}");
    }
}

#[test]
fn nothing_is_left_of_a_text_that_names_one_and_is_not_json_yet() {
    for text in [r#"{"password": "hunter2""#, "password: hunter2", "{'api_key': 'hunter2'}"] {
        assert_eq!(masked(text).as_deref(), Some(""), "{text}");
    }
}

/// A body with raw JSON, with members of any name, and with a list.
fn open() -> crate::catalog::Operation {
    with_required_body(json!({"type": "object", "required": ["name"], "properties": {
        "name": {"type": "string"}, "config": {}, "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
    }}))
}

fn filled() -> Draft {
    let operation = open();
    let mut draft = Draft::new(&operation, &mut String::new);
    let value = json!({
        "name": "n", "config": {"user": "u", "password": "hunter2"}, "labels": {"env": "e", "api_key": "hunter2"},
        "counts": {"password": 4711, "other": 3}, "secretKey": "hunter2", "more": {"private_key": "hunter2"},
    });
    draft.set_as(&FieldPath::body(), &operation.body.as_ref().unwrap().schema, &value);
    draft
}

#[test]
fn all_is_sent_and_no_credential_is_shown() {
    let arguments = sketch(&open(), &filled());
    let value = arguments.body().unwrap();
    let sent = r#"{"name":"n","config":{"user":"u","password":"hunter2"},"labels":{"env":"e","api_key":"hunter2"},"counts":{"password":4711,"other":3},"secretKey":"hunter2","more":{"private_key":"hunter2"}}"#;
    assert_eq!(value.to_json(), sent);
    let shown = value.to_shown_json();
    assert_eq!(shown, sent.replace("hunter2", MASK).replace("4711", &format!("\"{MASK}\"")));
    assert_eq!(value.masked().to_json(), shown);
    assert_eq!(format!("{value:?}"), shown);
}

#[test]
fn what_was_sent_is_forgotten_and_has_to_be_entered_again() {
    let operation = open();
    let mut draft = filled();
    assert!(draft.holds_secrets(&operation));
    draft.drop_secrets(&operation);
    assert!(!draft.holds_secrets(&operation), "once is enough");
    assert_eq!(draft.get(&body("config")), &Raw::Text(format!(r#"{{"user":"u","password":"{MASK}"}}"#)));
    assert_eq!(draft.get(&body("labels.env")), &Raw::Text("e".into()));
    assert_eq!(draft.get(&body("counts.other")), &Raw::Text("3".into()));
    for gone in ["labels.api_key", "counts.password", "secretKey"] {
        assert_eq!(draft.get(&body(gone)), &Raw::Unset, "{gone}");
    }
    let schema = &operation.body.as_ref().unwrap().schema;
    let issues = check_field(&FieldPath::body(), schema, true, &draft);
    let broken: Vec<_> = issues.iter().map(|issue| (issue.target.name(), &issue.broken)).collect();
    let forgotten = |name: &str| Broken::Forgotten(name.to_owned());
    assert_eq!(
        broken,
        [
            ("config", &forgotten("password")),
            ("labels.api_key", &Broken::Required),
            ("counts.password", &Broken::Required),
            ("secretKey", &Broken::Required),
            ("more", &forgotten("private_key")),
        ]
    );
}

#[test]
fn a_link_fills_the_rest_and_says_what_it_left_out() {
    let operation = open();
    let mut draft = Draft::new(&operation, &mut String::new);
    let pairs = [
        ("config", r#"{"user":"u","password":"hunter2"}"#),
        ("counts", r#"{"password": 4711, "other": 3}"#),
        ("~members.body.", r#"["secretKey"]"#),
        ("~text.body.secretKey", "\"hunter2\""),
    ];
    let filling = draft.fill_from_link(&operation, &pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let misfits: Vec<&str> = filling.misfits.iter().map(|misfit| misfit.name.as_str()).collect();
    assert_eq!(misfits, ["config", "counts.password", "~text.body.secretKey"]);
    assert!(!draft.to_value(&operation).to_string().contains("hunter2"));
    assert!(!draft.holds_secrets(&operation));
    assert_eq!(draft.get(&body("counts.other")), &Raw::Text("3".into()));
}

#[test]
fn an_echo_of_such_a_secret_is_known() {
    let operation = open();
    let request = crate::request::build(&operation, &sketch(&operation, &filled())).unwrap();
    let secrets = request.secrets();
    for secret in ["hunter2", "4711"] {
        assert!(secrets.iter().any(|known| known.as_str() == secret), "{secret}");
    }
}

#[test]
fn the_value_of_a_documented_switch_is_no_secret() {
    let value = ArgumentValue::from(&json!({"a": {"password": true}, "b": 1})).hiding_credentials(Location::Body);
    assert_eq!(value.to_shown_json(), r#"{"a":{"password":true},"b":1}"#);
}
