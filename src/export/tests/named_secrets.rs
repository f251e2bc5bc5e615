//! A canary in raw JSON, in members that no description names and in a number: nothing that leaves the console has it.

use super::*;
use crate::form::{FieldPath, Raw};
use crate::history::{self, Record};
use crate::outcome::Severity;
use crate::samples::{kinds, sample};

const SECRET: &str = "canary-9c07-named";
const NUMBER: &str = "90714433021";

/// Bodies and parameters in which only a name says that something is a secret.
fn operations() -> Vec<(Operation, Value)> {
    let object = json!({"type": "object", "properties": {
        "name": {"type": "string"}, "config": {}, "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
        "list": {"type": "array", "items": {"type": "object", "properties": {"key": {"type": "string"}}}},
        "choice": {"oneOf": [{"type": "object", "properties": {"port": {"type": "integer"}}}, {"type": "string"}]},
    }});
    let value = json!({
        "name": "shown-name", "config": {"user": "shown-user", "password": SECRET, "text": format!("{{\"api_key\":\"{SECRET}\"}}")},
        "labels": {"env": "shown-env", "client_secret": SECRET}, "counts": {"password": NUMBER.parse::<u64>().unwrap(), "n": 3},
        "list": [{"key": "k", "privateKey": SECRET}], "choice": {"port": 1, "access_token": SECRET},
        "secretKey": SECRET, "more": {"deep": [{"session_token": SECRET}]},
    });
    let media = |kind: &str, schema: &Value| {
        let parameters = json!([{"name": "filter", "in": "query", "content": {"application/json": {"schema": {}}}}]);
        let content = json!({kind: {"schema": schema}});
        operation(
            "post",
            "/a",
            json!({"parameters": parameters, "requestBody": {"required": true, "content": content}}),
        )
    };
    let raw = json!({});
    vec![
        (media("application/json", &object), value.clone()),
        (media("application/json", &raw), value.clone()),
        (media("application/x-www-form-urlencoded", &object), value.clone()),
        (media("multipart/form-data", &object), value),
    ]
}

fn filled(operation: &Operation, value: &Value) -> Draft {
    let mut draft = Draft::new(operation, &mut || String::from("id"));
    draft.set_as(&FieldPath::body(), &operation.body.as_ref().unwrap().schema, value);
    draft.set(query("filter"), Raw::Text(format!("{{\"token\": \"{SECRET}\", \"n\": 1}}")));
    draft
}

fn assert_clean(what: &str, text: &str) {
    assert!(!text.contains(SECRET) && !text.contains(NUMBER), "{what}: {text}");
    assert!(!text.contains("canary-9c07"), "{what}: {text}");
}

#[test]
fn nothing_that_leaves_the_console_has_a_secret_that_only_its_name_gives_away() {
    for (operation, value) in operations() {
        let draft = filled(&operation, &value);
        let keyring = Keyring::default();
        let connection = Connection { name: String::from("Direct"), kind: ConnectionKind::Direct };
        let call = PlannedCall { operation: &operation, draft: &draft, keyring: &keyring, connection: &connection };
        let signing_time = SigningTime { now: datetime!(2026-01-02 03:04:05 UTC), nonce: String::from("n") };
        let routed = call.prepare(&signing_time).unwrap();
        let body = String::from_utf8_lossy(&routed.signed().request().body).into_owned();
        assert!(body.matches(SECRET).count() >= 6 && body.contains(NUMBER), "all of it is sent: {body}");

        let preview = call.preview().unwrap();
        assert!(preview.body.contains("shown-name") && preview.body.contains("shown-user"), "{}", preview.body);
        assert_clean("the preview", &format!("{preview:?}"));
        assert_clean("the link", &format!("{:?}", draft.to_link(&operation)));
        assert_clean("the next version of the page", &draft.to_value(&operation).to_string());
        let mut sent = draft.clone();
        sent.drop_secrets(&operation);
        assert_clean("what is left of the form", &sent.to_value(&operation).to_string());

        // The server sends it all back.
        let echo = format!("{{\"echo\": {}}}", Value::from(body));
        let exchange = exchange(operation.clone(), &draft, Ok(reply(400, "application/json", echo)));
        assert_clean("the answer", &String::from_utf8_lossy(&exchange.result.as_ref().unwrap().0.body));
        let title = String::from("Refused");
        let meaning = ExportedMeaning { title: title.clone(), causes: Vec::new(), remedies: Vec::new() };
        assert_clean("Markdown", &markdown(&exchange, &meaning, &LABELS));
        assert_clean("HAR", &har_of(std::slice::from_ref(&exchange)));
        let meaning = history::Meaning { severity: Severity::Error, title, causes: Vec::new() };
        let record = Record::of(&exchange, Some(&draft), meaning).unwrap();
        assert_clean("the history", &history::to_json(std::slice::from_ref(&record)));

        let vendor = crate::catalog::Vendor::default();
        for kind in kinds(&vendor) {
            let sample = sample(&kind, &call, &vendor).unwrap();
            assert_clean(kind.id, &sample.text);
            assert!(
                sample.text.contains("shown-user") && !sample.text.contains(crate::catalog::MASK),
                "{}: {}",
                kind.id,
                sample.text
            );
            assert!(sample.variables.iter().any(|name| name == "TLS_CONSOLE_PASSWORD"), "{}: {sample:?}", kind.id);
        }
    }
}
