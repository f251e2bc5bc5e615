use super::*;
use serde_json::json;

fn api(grants: &Value) -> Api {
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "Test", "version": "1"}, "servers": [{"url": "https://a.test"}],
        "paths": {
            "/plain": {"get": {"operationId": "Plain"}},
            "/token": {"post": {"operationId": "Token", "x-grants": grants}},
        },
    });
    Api::load("apis/t.json", &document.to_string()).unwrap()
}

fn raw() -> Value {
    json!({
        "title": "Get a token",
        "scheme": "X-Auth-Token",
        "inputs": [
            {"name": "user", "label": "User"},
            {"name": "password", "label": "Password", "secret": true},
            {"name": "passcode", "label": "Passcode", "optional": true, "help": "Six digits."},
            {"name": "id", "label": "User ID", "optional": true},
            {"name": "scope", "label": "Scope", "default": "{region}"},
            {"name": "seconds", "label": "Seconds", "default": "3600", "number": true},
        ],
        "variants": [
            {"needs": ["passcode", "id"], "values": {"auth": {"mfa": ["{id}", "{passcode}"], "password": "{password}"}}},
            {"values": {"auth": {"name": "{user}@{scope}", "password": "{password}", "life": "{seconds}"}}},
        ],
        "gives": {"X-Auth-Token": {"header": "X-Subject-Token"}, "Key": {"body": "token.key"}},
        "expires": "token.expires_at",
    })
}

fn grant() -> Grant {
    api(&raw()).grants().unwrap().remove(0)
}

fn inputs(texts: &[(&str, &str)]) -> Vec<(String, String)> {
    texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn a_grant_names_its_call_and_its_inputs() {
    let grant = grant();
    assert_eq!((grant.api.as_str(), grant.operation.as_str(), grant.scheme.as_str()), ("t", "Token", "X-Auth-Token"));
    assert!(grant.inputs[1].secret && grant.inputs[2].optional && grant.inputs[5].number);
    assert_eq!((grant.inputs[2].help.as_str(), grant.inputs[4].default_in("r-1").as_str()), ("Six digits.", "r-1"));
}

#[test]
fn the_inputs_fill_the_body_and_an_empty_one_has_its_default() {
    let values = grant().request_values(&inputs(&[("user", "u"), ("password", "{user}"), ("scope", "")]), "r-1");
    let auth = json!({"name": "u@r-1", "password": "{user}", "life": 3600});
    assert_eq!(values, Ok(vec![("auth".to_owned(), auth)]), "what is typed is no placeholder");
    let other = inputs(&[("user", "u"), ("password", "p"), ("scope", "s"), ("seconds", "soon")]);
    let auth = json!({"name": "u@s", "password": "p", "life": "soon"});
    assert_eq!(grant().request_values(&other, "r-1"), Ok(vec![("auth".to_owned(), auth)]));
}

#[test]
fn the_first_variant_that_has_all_it_needs_is_sent() {
    let mut texts = inputs(&[("user", "u"), ("password", "p"), ("passcode", "123456"), ("id", "i")]);
    let auth = json!({"mfa": ["i", "123456"], "password": "p"});
    assert_eq!(grant().request_values(&texts, "r-1"), Ok(vec![("auth".to_owned(), auth)]));
    texts.pop();
    assert_eq!(grant().request_values(&texts, "r-1"), Err(vec!["User ID".to_owned()]), "a passcode is not dropped");
}

#[test]
fn what_is_still_to_be_filled_is_named_by_its_labels() {
    let missing = |texts: &[(&str, &str)], region| grant().request_values(&inputs(texts), region).unwrap_err();
    assert_eq!(missing(&[("user", " ")], "r-1"), ["User", "Password"]);
    assert_eq!(missing(&[("user", "u"), ("password", "p")], ""), ["Scope"], "no region, no default");
}

#[test]
fn an_answer_gives_the_whole_credential_or_nothing() {
    let headers = inputs(&[("x-subject-token", "secret-1")]);
    let body = json!({"token": {"key": "secret-2", "expires_at": "2026-01-01T00:00:00Z"}});
    let granted = grant().given(&headers, &body).unwrap();
    assert_eq!(granted.values, inputs(&[("X-Auth-Token", "secret-1"), ("Key", "secret-2")]));
    assert_eq!(granted.expires.as_deref(), Some("2026-01-01T00:00:00Z"));
    assert!(!format!("{granted:?}").contains("secret"), "{granted:?}");
    assert_eq!(grant().given(&[], &body), None);
    assert_eq!(grant().given(&headers, &json!({"token": {"key": ""}})), None);
    assert_eq!(grant().missing(&headers, &body), None);
    assert_eq!(grant().missing(&[], &body), Some("X-Subject-Token"));
    assert_eq!(grant().missing(&headers, &json!({"token": {"key": ""}})), Some("token.key"));
}

#[test]
fn a_credential_is_for_the_region_that_the_answer_names_if_it_is_one() {
    let granted = |place: Option<&str>| Granted {
        values: Vec::new(),
        expires: None,
        fills: Vec::new(),
        place: place.map(str::to_owned),
    };
    let known = || ["", "cn-north-4", "cn-north-11"].into_iter();
    assert_eq!(granted(Some("cn-north-4")).region(known()), Some("cn-north-4"));
    assert_eq!(granted(Some("cn-north-4_team")).region(known()), Some("cn-north-4"));
    assert_eq!(granted(Some("cn-north-41")).region(known()), None);
    assert_eq!(granted(Some("MOS")).region(known()), None);
    assert_eq!(granted(None).region(known()), None);
}

#[test]
fn what_is_wrong_with_a_grant_is_said_with_its_place() {
    let complaint = |pointer: &str, value: Value| {
        let mut raw = raw();
        *raw.pointer_mut(pointer).unwrap() = value;
        let error = api(&raw).grants().unwrap_err().to_string();
        error.replace("apis/t.json#/paths/~1token/post/x-grants", "")
    };
    assert_eq!(complaint("/title", json!(1)), "/title: must be a string, is a number");
    assert_eq!(complaint("/inputs/0", json!({"name": "a"})), "/inputs/0/label: missing");
    assert_eq!(complaint("/variants/0", json!({})), "/variants/0/values: missing");
    let either = "/gives/Key: anything but either header or body is not supported";
    assert_eq!(complaint("/gives/Key", json!({})), either);
}

#[test]
fn what_the_answer_says_of_other_fields_is_given_as_far_as_it_is_there() {
    let mut raw = raw();
    raw["fills"] = json!({"project_id": "token.project.id", "other": "token.none"});
    let grant = api(&raw).grants().unwrap().remove(0);
    let headers = [("X-Subject-Token".to_owned(), "t".to_owned())];
    let body = json!({"token": {"key": "k", "project": {"id": "0565"}}});
    let granted = grant.given(&headers, &body).unwrap();
    assert_eq!(granted.fills, [("project_id".to_owned(), "0565".to_owned())]);
    raw["fills"] = json!({"project_id": 1});
    assert!(api(&raw).grants().is_err());
}
