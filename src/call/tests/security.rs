//! Credentials as vendors declare them. Named by the ids of the reports.

mod authorization;

use super::*;
use crate::catalog::{Kind, Location};
use crate::credentials::ProfileId;
use crate::fixtures::{draft, header, only_operation, query};
use crate::proxy::Template;
use crate::request::UnsignedRequest;
use serde_json::{Value, json};
use time::macros::datetime;

const ID: ProfileId = ProfileId::new(1);
const TOKEN: &str = "canary-token/+=&1";

/// `GET /a` with these members; the document knows a scheme of every kind.
fn operation(parts: Value) -> Operation {
    let mut node = parts;
    node["operationId"] = json!("Call");
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "Test", "version": "1"}, "servers": [{"url": "https://api.test"}],
        "paths": {"/a": {"get": node}},
        "components": {"securitySchemes": {
            "A": {"type": "apiKey", "in": "header", "name": "X-A"},
            "B": {"type": "apiKey", "in": "header", "name": "X-B", "description": "Ask for B."},
            "Token": {"type": "apiKey", "in": "header", "name": "x-auth-token"},
            "Query": {"type": "apiKey", "in": "query", "name": "api_key"},
            "Cookie": {"type": "apiKey", "in": "cookie", "name": "session"},
            "Bearer": {"type": "http", "scheme": "bearer"},
            "Basic": {"type": "http", "scheme": "BASIC"},
            "OAuth": {"type": "oauth2", "description": "Ask the portal.", "flows": {}},
            "Connect": {"type": "openIdConnect", "openIdConnectUrl": "https://id.test"},
            "Digest": {"type": "http", "scheme": "digest"},
            "AkSk": {"type": "http", "scheme": "sdk", "x-signature": "SDK-HMAC-SHA256"},
        }},
    });
    only_operation("apis/test.json", &document.to_string())
}

fn secured(security: Value) -> Operation {
    operation(json!({"security": security}))
}

/// A profile that has the kind and these texts.
fn keyring(operation: &Operation, kind: &str, typed: &[(&str, &str)]) -> Keyring {
    let mut keyring = Keyring::default();
    keyring.ensure_profile(operation, ID);
    if !kind.is_empty() {
        keyring.set_kind(ID, kind);
    }
    typed.iter().for_each(|(label, text)| keyring.set(ID, label, text));
    keyring
}

fn connections() -> [Connection; 3] {
    let proxy = |template: &str| ConnectionKind::Proxy(Template::parse(template).unwrap().into());
    [ConnectionKind::Direct, proxy("/p/{host}{path}{query}"), proxy("/to?url={url_encoded}")]
        .map(|kind| Connection { name: String::new(), kind })
}

fn prepare(operation: &Operation, draft: &Draft, keyring: &Keyring) -> Result<RoutedRequest, CallError> {
    let [direct, ..] = connections();
    let signing_time = SigningTime { now: datetime!(2026-01-02 03:04:05 UTC), nonce: "n".into() };
    PlannedCall { operation, draft, keyring, connection: &direct }.prepare(&signing_time)
}

fn send(operation: &Operation, draft: &Draft, keyring: &Keyring) -> UnsignedRequest {
    prepare(operation, draft, keyring).unwrap().signed().request().clone()
}

/// The values that are sent under a name.
fn sent(request: &UnsignedRequest, name: &str) -> Vec<String> {
    let named = request.headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name));
    named.map(|header| header.sent().to_owned()).collect()
}

fn kinds(operation: &Operation) -> Vec<String> {
    operation.security.iter().map(|own| own.credential_kind()).collect()
}

fn missing(error: &CallError) -> Vec<&str> {
    let CallError::Fields(issues) = error else { panic!("{error}") };
    issues.iter().map(|issue| issue.target.name()).collect()
}

/// All that is shown, printed or kept of a call, whatever the connection.
fn everything_shown(operation: &Operation, draft: &Draft, keyring: &Keyring) -> String {
    let mut all = format!("{draft:?} {} {keyring:?} {}", draft.to_value(operation), keyring.public_records());
    for connection in connections() {
        let call = PlannedCall { operation, draft, keyring, connection: &connection };
        let signing_time = SigningTime { now: datetime!(2026-01-02 03:04:05 UTC), nonce: "n".into() };
        let routed = call.prepare(&signing_time);
        if let Ok(routed) = &routed {
            all.push_str(&format!("{:?}", ShownRequest::of(routed)));
        }
        all.push_str(&format!("{:?} {routed:?} {:?}", call.preview(), consequences(operation, draft)));
    }
    all
}

#[track_caller]
fn hides(operation: &Operation, draft: &Draft, keyring: &Keyring, secret: &str) {
    let shown = everything_shown(operation, draft, keyring);
    for spelled in
        [secret.to_owned(), crate::request::encode(secret), crate::request::encode(&crate::request::encode(secret))]
    {
        assert!(!shown.contains(&spelled), "{spelled} in {shown}");
    }
}

#[test]
fn tok_6() {
    let token = json!({"name": "X-Auth-Token", "in": "header", "required": true, "schema": {"type": "string"},
        "description": "User token."});
    for security in [json!(null), json!([]), json!([{"Token": []}]), json!([{"Token": []}, {"AkSk": []}])] {
        let mut parts = json!({"parameters": [token]});
        if !security.is_null() {
            parts["security"] = security.clone();
        }
        let operation = operation(parts);
        assert!(operation.fields().is_empty(), "no plain text field: {security}");
        let inputs = operation.security[0].inputs();
        assert_eq!((inputs.len(), inputs[0].secret), (1, true));
        let label = inputs[0].label.as_str();
        let keyring = keyring(&operation, "", &[(label, "canary-token")]);
        let draft = Draft::new(&operation, &mut String::new);
        assert_eq!(sent(&send(&operation, &draft, &keyring), "X-Auth-Token"), ["canary-token"], "once: {security}");
        hides(&operation, &draft, &keyring, "canary-token");
        assert_eq!(missing(&prepare(&operation, &draft, &Keyring::default()).unwrap_err()), [label]);
    }
}

#[test]
fn tok_6_a_token_that_may_be_left_out_can_be_left_out() {
    let operation = operation(json!({"parameters": [{"name": "x-auth-token", "in": "header", "schema": {}}]}));
    assert_eq!(kinds(&operation), ["x-auth-token", "anonymous"]);
    assert_eq!(
        sent(&send(&operation, &Draft::default(), &keyring(&operation, "anonymous", &[])), "x-auth-token"),
        [""; 0]
    );
}

#[test]
fn tok_6_a_token_beside_another_scheme_is_sent_beside_it_and_signed() {
    let parameter = json!({"name": "X-Auth-Token", "in": "header", "required": true, "schema": {"type": "string"}});
    let operation = operation(json!({"security": [{"AkSk": []}], "parameters": [parameter]}));
    assert_eq!(kinds(&operation), ["SDK-HMAC-SHA256 + X-Auth-Token"]);
    let typed =
        [("AccessKey ID", "AKDUMMY0001"), ("AccessKey secret", "canary-secret"), ("X-Auth-Token", "canary-token")];
    let keyring = keyring(&operation, "", &typed);
    let request = send(&operation, &Draft::default(), &keyring);
    assert_eq!(sent(&request, "X-Auth-Token"), ["canary-token"]);
    assert!(sent(&request, "Authorization")[0].contains("SignedHeaders=host;x-auth-token;x-sdk-date"));
    hides(&operation, &Draft::default(), &keyring, "canary-token");
}

#[test]
fn tok_6_headers_that_signing_adds_are_no_fields_either() {
    let parameter = |name: &str| json!({"name": name, "in": "header", "schema": {"type": "string"}});
    let names = ["X-Sdk-Date", "X-Security-Token", "X-Project-Id", "Authorization", "X-Language"];
    let operation = operation(json!({"security": [{"AkSk": []}], "parameters": names.map(parameter)}));
    let left: Vec<&str> = operation.fields().iter().map(|field| field.name.as_str()).collect();
    assert_eq!(left, ["X-Language"]);
}

#[test]
fn tok_6_any_parameter_that_is_called_a_credential_is_a_secret() {
    let parameter = |name: &str, place: &str, schema: Value| json!({"name": name, "in": place, "schema": schema});
    let text = || json!({"type": "string"});
    let mut marked = parameter("marked", "query", text());
    marked["x-secret"] = json!(true);
    let operation = operation(json!({"parameters": [
        parameter("X-Subject-Token", "header", text()),
        parameter("access_token", "query", text()),
        parameter("q", "query", json!({"type": "string", "format": "password"})),
        parameter("list", "header", json!({"type": "array", "items": {"type": "string", "x-secret": true}})),
        marked,
        parameter("clientToken", "query", text()),
    ]}));
    let kinds: Vec<bool> = operation.fields().iter().map(|field| field.schema.kind == Kind::Secret).collect();
    assert_eq!(kinds, [true, true, true, false, true, false], "query before header: {:?}", operation.fields());
    let mut draft = draft(&[
        (header("X-Subject-Token"), TOKEN),
        (query("access_token"), TOKEN),
        (query("q"), TOKEN),
        (query("marked"), TOKEN),
        (header("list.0"), TOKEN),
        (header("list.1"), "other-canary"),
    ]);
    draft.set(header("list"), Raw::Items(2));
    hides(&operation, &draft, &Keyring::default(), TOKEN);
    hides(&operation, &draft, &Keyring::default(), "other-canary");
    let request = send(&operation, &draft, &Keyring::default());
    assert_eq!(sent(&request, "list"), [format!("{TOKEN},other-canary")]);
    let secrets = request.secrets();
    for secret in [TOKEN, "other-canary"] {
        assert!(secrets.iter().any(|own| own.as_str() == secret), "{secret} is masked in an echo");
    }
}

#[test]
fn tok_6_a_secret_in_the_path_is_masked_there() {
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "Test", "version": "1"}, "servers": [{"url": "https://api.test"}],
        "paths": {"/bot{key}/a": {"get": {"operationId": "Call", "parameters": [
            {"name": "key", "in": "path", "required": true, "schema": {"type": "string", "format": "password"}}]}}},
    });
    let operation = only_operation("apis/test.json", &document.to_string());
    let mut draft = Draft::default();
    draft.set(crate::fixtures::path("key"), Raw::Text("canary:1".into()));
    let request = send(&operation, &draft, &Keyring::default());
    assert_eq!((request.path.as_str(), request.path_shown()), ("/botcanary%3A1/a", "/bot••••••/a"));
    assert_eq!(request.secrets().iter().map(|own| own.as_str()).collect::<Vec<_>>(), ["canary:1"]);
    hides(&operation, &draft, &Keyring::default(), "canary:1");
}

#[test]
fn tok_8() {
    let operation = secured(json!([{"A": [], "B": []}]));
    assert_eq!(kinds(&operation), ["X-A + X-B"]);
    let labels: Vec<String> = operation.security[0].inputs().into_iter().map(|input| input.label).collect();
    assert_eq!(labels, ["X-A", "X-B"], "both are asked for");
    let error = prepare(&operation, &Draft::default(), &keyring(&operation, "", &[("X-A", "a")])).unwrap_err();
    assert_eq!(missing(&error), ["X-B"]);
    let keyring = keyring(&operation, "", &[("X-A", "canary-a"), ("X-B", "canary-b")]);
    let request = send(&operation, &Draft::default(), &keyring);
    assert_eq!([sent(&request, "X-A"), sent(&request, "X-B")], [["canary-a"], ["canary-b"]], "both are sent");
    assert_eq!(request.secrets().iter().map(|own| own.as_str()).collect::<Vec<_>>(), ["canary-b", "canary-a"]);
}

#[test]
fn tok_8_and_inside_or() {
    let operation = secured(json!([{"A": [], "Query": []}, {"B": [], "Bearer": ["scope"]}, {"B": []}]));
    assert_eq!(kinds(&operation), ["X-A + ?api_key", "X-B + Bearer", "X-B"]);
    let typed = [("X-A", "a"), ("X-B", "b"), ("Access token", "t"), ("api_key", "k")];
    let second = send(&operation, &Draft::default(), &keyring(&operation, "X-B + Bearer", &typed));
    assert_eq!((sent(&second, "X-A").len(), second.query.as_str()), (0, ""), "the other alternative is not sent");
    assert_eq!([sent(&second, "X-B"), sent(&second, "Authorization")], [["b"], ["Bearer t"]]);
    let first = send(&operation, &Draft::default(), &keyring(&operation, "", &typed));
    assert_eq!((first.query.as_str(), sent(&first, "Authorization").len()), ("api_key=k", 0));
}

#[test]
fn tok_8_two_schemes_in_one_header_are_left_out_with_a_reason() {
    let operation = secured(json!([{"Basic": [], "Bearer": []}, {"A": []}]));
    assert_eq!(kinds(&operation), ["X-A"]);
    assert_eq!(operation.omissions.len(), 1, "{:?}", operation.omissions);
    let operation = secured(json!([{"AkSk": [], "Bearer": []}]));
    assert_eq!((kinds(&operation).len(), operation.policy.signing), (0, Signing::Proxy));
}

#[test]
fn tok_9_security_of_the_document_holds_where_the_operation_says_nothing_and_is_replaced_where_it_does() {
    let with_root = |own: Option<Value>| {
        let mut node = json!({"operationId": "Call"});
        own.into_iter().for_each(|own| node["security"] = own);
        let document = json!({
            "openapi": "3.1.0", "info": {"title": "Test", "version": "1"}, "servers": [{"url": "https://api.test"}],
            "security": [{"A": [], "B": []}, {}], "paths": {"/a": {"get": node}},
            "components": {"securitySchemes": {
                "A": {"type": "apiKey", "in": "header", "name": "X-A"}, "B": {"type": "http", "scheme": "bearer"}}},
        });
        kinds(&only_operation("apis/test.json", &document.to_string()))
    };
    assert_eq!(with_root(None), ["X-A + Bearer", "anonymous"]);
    assert_eq!(with_root(Some(json!([]))), [] as [&str; 0]);
    assert_eq!(with_root(Some(json!([{}]))), [] as [&str; 0], "there is nothing to choose");
    assert_eq!(with_root(Some(json!([{"B": []}]))), ["Bearer"]);
}

#[test]
fn tok_9() {
    let operation = secured(json!([{}, {"A": []}]));
    assert_eq!(kinds(&operation), ["anonymous", "X-A"]);
    let mut keyring = keyring(&operation, "", &[("X-A", "canary-a")]);
    assert_eq!(sent(&send(&operation, &Draft::default(), &keyring), "X-A"), [""; 0], "the first is offered first");
    keyring.set_kind(ID, "X-A");
    assert_eq!(sent(&send(&operation, &Draft::default(), &keyring), "X-A"), ["canary-a"]);
    let with_bearer = secured(json!([{"A": []}, {"Bearer": []}]));
    assert_eq!(kinds(&with_bearer), ["X-A", "Bearer"]);
}

#[test]
fn tok_9_what_cannot_be_used_costs_only_its_alternative() {
    for (security, left) in [
        (json!([{"A": []}, {"Digest": []}]), vec!["X-A"]),
        (json!([{"Cookie": []}, {"A": []}]), vec!["X-A"]),
        (json!([{"A": [], "Cookie": []}, {"B": []}]), vec!["X-B"]),
        (json!([{"Gone": []}, {"Basic": []}]), vec!["Basic"]),
        (json!([7, {"A": []}]), vec!["X-A"]),
        (json!([{"A": [], "Gone": []}]), vec![]),
        (json!(["A"]), vec![]),
        (json!([{"$ref": "#/nowhere"}]), vec![]),
    ] {
        let operation = secured(security.clone());
        assert_eq!(
            (kinds(&operation), operation.omissions.len()),
            (left.iter().map(ToString::to_string).collect(), 1),
            "{security}"
        );
        let signing = if left.is_empty() { Signing::Proxy } else { Signing::Any };
        assert_eq!(operation.policy.signing, signing, "nothing becomes anonymous by being unreadable: {security}");
    }
}

#[test]
fn tok_9_nobody_is_left_without_a_credential_by_an_earlier_choice() {
    let open = secured(json!([{}, {"A": []}]));
    let mut keyring = keyring(&open, "anonymous", &[]);
    keyring.ensure_profile(&open, ID);
    assert_eq!(keyring.profile(ID).unwrap().kind, "anonymous", "a choice stays");
    keyring.ensure_profile(&secured(json!([{"B": []}])), ID);
    assert_eq!(keyring.profile(ID).unwrap().kind, "X-B");
}

#[test]
fn http_basic_and_bearer_are_sent_as_their_standards_say_and_masked() {
    let operation = secured(json!([{"Basic": []}, {"Bearer": []}]));
    let typed = [("User name", "Aladdin é"), ("Password", "open sesame: 1"), ("Access token", "canary.token-1")];
    let basic = keyring(&operation, "Basic", &typed);
    let request = send(&operation, &Draft::default(), &basic);
    assert_eq!(sent(&request, "Authorization"), ["Basic QWxhZGRpbiDDqTpvcGVuIHNlc2FtZTogMQ=="]);
    let secrets = request.secrets();
    for secret in ["open sesame: 1", "QWxhZGRpbiDDqTpvcGVuIHNlc2FtZTogMQ==", "Aladdin é"] {
        assert!(secrets.iter().any(|own| own.as_str() == secret), "{secret} is masked in an echo");
        hides(&operation, &Draft::default(), &basic, secret);
    }
    let bearer = keyring(&operation, "Bearer", &typed);
    let request = send(&operation, &Draft::default(), &bearer);
    assert_eq!(sent(&request, "Authorization"), ["Bearer canary.token-1"]);
    assert!(request.secrets().iter().any(|own| own.as_str() == "canary.token-1"));
    hides(&operation, &Draft::default(), &bearer, "canary.token-1");
    for user in ["a:b", "a\u{7}b"] {
        let wrong = keyring(&operation, "Basic", &[("User name", user), ("Password", "p")]);
        assert_eq!(missing(&prepare(&operation, &Draft::default(), &wrong).unwrap_err()), ["User name"]);
    }
    let no_password = keyring(&operation, "Basic", &[("User name", "sk_test")]);
    assert_eq!(sent(&send(&operation, &Draft::default(), &no_password), "Authorization"), ["Basic c2tfdGVzdDo="]);
}

#[test]
fn oauth_and_openid_connect_take_the_token_that_they_end_with() {
    let operation = secured(json!([{"OAuth": ["read"]}, {"Connect": []}, {"A": []}]));
    assert_eq!(kinds(&operation), ["Bearer", "X-A"], "one choice for the user");
    assert_eq!(operation.security[0].description(), "Ask the portal.");
    let keyring = keyring(&operation, "", &[("Access token", "t")]);
    assert_eq!(sent(&send(&operation, &Draft::default(), &keyring), "Authorization"), ["Bearer t"]);
}

#[test]
fn a_key_in_the_query_is_sent_once_and_its_address_masked() {
    let parameters =
        ["api_key", "other"].map(|name| json!({"name": name, "in": "query", "schema": {"type": "string"}}));
    let operation = operation(json!({"security": [{"Query": []}], "parameters": parameters}));
    assert!(operation.security[0].inputs()[0].in_address);
    let keyring = keyring(&operation, "", &[("api_key", TOKEN)]);
    let draft = draft(&[(query("other"), "1")]);
    let request = send(&operation, &draft, &keyring);
    assert_eq!(request.query, "other=1&api_key=canary-token%2F%2B%3D%261");
    assert_eq!(request.query_shown(), "other=1&api_key=••••••");
    assert_eq!(request.secrets().iter().map(|own| own.as_str()).collect::<Vec<_>>(), [TOKEN]);
    hides(&operation, &draft, &keyring, TOKEN);
    let [direct, proxy, encoded] = connections().map(|connection| {
        let call = PlannedCall { operation: &operation, draft: &draft, keyring: &keyring, connection: &connection };
        call.preview().unwrap().address.unwrap()
    });
    assert_eq!(direct, "https://api.test/a?other=1&api_key=••••••");
    assert_eq!(proxy, "/p/api.test/a?other=1&api_key=••••••");
    assert_eq!(encoded, "/to?url=https%3A%2F%2Fapi.test%2Fa%3Fother%3D1%26api_key%3D••••••");
}

#[test]
fn a_key_in_a_signed_query_is_masked_in_the_trace() {
    let operation = secured(json!([{"Query": [], "AkSk": []}]));
    let typed = [("AccessKey ID", "AKDUMMY0001"), ("AccessKey secret", "canary-secret"), ("api_key", TOKEN)];
    let keyring = keyring(&operation, "", &typed);
    let routed = prepare(&operation, &Draft::default(), &keyring).unwrap();
    let trace = &routed.signed().trace()[0].text;
    assert!(trace.contains("api_key=••••••"), "{trace}");
    hides(&operation, &Draft::default(), &keyring, TOKEN);
}

#[test]
fn a_whole_authorization_header_keeps_its_blank() {
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "Test", "version": "1"}, "servers": [{"url": "https://api.test"}],
        "security": [{"K": []}], "paths": {"/a": {"get": {"operationId": "Call"}}},
        "components": {"securitySchemes": {"K": {"type": "apiKey", "in": "header", "name": "Authorization"}}},
    });
    let operation = only_operation("apis/test.json", &document.to_string());
    let keyring = keyring(&operation, "", &[("Authorization", "Token canary ")]);
    assert_eq!(sent(&send(&operation, &Draft::default(), &keyring), "Authorization"), ["Token canary"]);
    hides(&operation, &Draft::default(), &keyring, "canary");
}

#[test]
fn a_preview_shows_what_is_typed_of_several_masked_and_the_rest_open() {
    let operation = secured(json!([{"A": [], "B": [], "Query": []}]));
    let keyring = keyring(&operation, "", &[("X-A", "canary-a"), ("api_key", "canary-k")]);
    let [direct, ..] = connections();
    let draft = Draft::default();
    let shown =
        PlannedCall { operation: &operation, draft: &draft, keyring: &keyring, connection: &direct }.preview().unwrap();
    let value = |name: &str| shown.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone());
    assert_eq!(
        [value("X-A"), value("X-B")],
        [Some(ShownValue::Text(String::from("••••••"))), Some(ShownValue::Incomplete)]
    );
    assert_eq!(shown.url, "https://api.test/a?api_key=••••••");
}

#[test]
fn a_body_property_of_a_well_known_name_is_a_secret() {
    let fields = |properties: Value| {
        let operation = crate::fixtures::with_body(json!({"type": "object", "properties": properties}));
        operation.fields().iter().map(|field| (field.location, field.schema.kind == Kind::Secret)).collect::<Vec<_>>()
    };
    let text = json!({"type": "string"});
    let found = fields(
        json!({"password": text, "client_secret": text, "token": text, "hidden": {"type": "string", "x-secret": true}}),
    );
    assert_eq!(found.iter().map(|(_, secret)| *secret).collect::<Vec<_>>(), [true, true, false, true]);
    assert!(found.iter().all(|(location, _)| *location == Location::Body));
}

#[test]
fn an_echo_of_any_of_several_secrets_is_masked_in_any_spelling() {
    let operation = secured(json!([{"A": [], "Query": [], "Basic": []}]));
    let typed = [("X-A", "canary-a"), ("api_key", TOKEN), ("User name", "canary-user"), ("Password", "canary pass")];
    let keyring = keyring(&operation, "", &typed);
    let request = send(&operation, &Draft::default(), &keyring);
    let encoded = crate::request::encode(TOKEN);
    let basic = sent(&request, "Authorization")[0].trim_start_matches("Basic ").to_owned();
    let echo = format!("{} {TOKEN} {encoded} X-A=canary-a {basic} canary-user:canary%20pass", request.url());
    let reply = crate::transport::Reply {
        status: 403,
        headers: vec![("x-echo".into(), request.url())],
        body: echo.into_bytes(),
        took: std::time::Duration::ZERO,
        received: time::OffsetDateTime::UNIX_EPOCH,
    };
    let reply = crate::outcome::read(&operation, request.secrets(), reply).shown;
    let shown = format!("{:?} {}", reply.headers, String::from_utf8(reply.body).unwrap());
    for secret in ["canary", TOKEN, encoded.as_str(), basic.as_str()] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    assert!(shown.contains("api_key=••••••"), "{shown}");
}

#[test]
fn a_password_keeps_its_blanks_in_the_vault_and_a_token_never_has_any() {
    let operation = secured(json!([{"Basic": []}]));
    let own = keyring(&operation, "", &[("User name", "me"), ("Password", " a  b "), ("Access token", " t\n k ")]);
    let mut restored = Keyring::default();
    restored.restore_sealed(&own.sealed_records(), &Default::default(), &mut || ProfileId::new(9));
    for keyring in [&own, &restored] {
        keyring.get(ID, "Password").unwrap().with(|text| assert_eq!(text, " a  b "));
        keyring.get(ID, "Access token").unwrap().with(|text| assert_eq!(text, "tk"));
    }
}

#[test]
fn a_token_in_a_header_that_browsers_leave_out_is_not_asked_for() {
    let schemes = json!({"K": {"type": "apiKey", "in": "header", "name": "Cookie"}, "A": {"type": "apiKey", "in": "header", "name": "X-A"}});
    let kinds = |security: Value| {
        let document = json!({
            "openapi": "3.1.0", "info": {"title": "Test", "version": "1"}, "servers": [{"url": "https://api.test"}],
            "security": security, "paths": {"/a": {"get": {"operationId": "Call"}}},
            "components": {"securitySchemes": schemes},
        });
        let operation = only_operation("apis/test.json", &document.to_string());
        assert_eq!(operation.omissions.len(), 1);
        (kinds(&operation), operation.policy.signing)
    };
    assert_eq!(kinds(json!([{"K": []}])), (vec![], crate::catalog::Signing::Proxy), "a proxy can still add it");
    assert_eq!(kinds(json!([{"K": []}, {"A": []}])), (vec!["X-A".into()], crate::catalog::Signing::Any));
}

#[test]
fn a_secret_in_an_ordinary_field_is_in_no_stage_of_the_signature() {
    let parameter = json!({"name": "q", "in": "query", "schema": {"type": "string"}});
    let operation = operation(json!({"security": [{"AkSk": []}], "parameters": [parameter]}));
    let keyring = keyring(&operation, "", &[("AccessKey ID", "AKIDEXAMPLE"), ("AccessKey secret", TOKEN)]);
    let [direct, ..] = connections();
    let signing_time = SigningTime { now: datetime!(2026-01-02 03:04:05 UTC), nonce: "n".into() };
    let form = draft(&[(query("q"), TOKEN)]);
    let call = PlannedCall { operation: &operation, draft: &form, keyring: &keyring, connection: &direct };
    let mut shown = ShownRequest::of(&call.prepare(&signing_time).unwrap());
    let own = |shown: &ShownRequest| format!("{shown:?}");
    let spellings = [TOKEN.to_owned(), encode(TOKEN)];
    assert!(own(&shown).contains(&spellings[1]), "it is sent");
    shown.mask(&keyring.secret_texts());
    assert!(!shown.trace.is_empty());
    spellings.iter().for_each(|spelling| assert!(!own(&shown).contains(spelling), "{shown:?}"));
}
