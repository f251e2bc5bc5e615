//! What every sample must hold: the values of the form, and no secret.

use super::*;
use crate::catalog::Operation;
use crate::credentials::{Keyring, ProfileChange, ProfileId};
use crate::fixtures::{body, draft, https_on, only_operation, operation, path, query, ssl_on, with_required_body};
use crate::form::{Draft, Raw};
use crate::proxy::{Connection, ConnectionKind};
use proptest::prelude::*;
use serde_json::json;

/// Every one is unlike all other texts.
const SECRETS: [(&str, &str); 6] = [
    ("X-Auth-Token", "canaryToken000001"),
    ("AccessKey ID", "canaryKeyId000002"),
    ("AccessKey secret", "canaryKeySecret000003"),
    ("Security token", "canarySecurityToken000004"),
    ("User name", "canaryUser000005"),
    ("Password", "canary'Password\"$`\\000006"),
];

const TAURUSDB: &str = include_str!("../../apis/huawei-taurusdb.samples.json");
const ELASTICSEARCH: &str = include_str!("../../apis/aliyun-elasticsearch.samples.json");

fn keyring(operation: &Operation, kind: &str) -> Keyring {
    let mut keyring = Keyring::default();
    let change = ProfileChange {
        provider: Some(operation.provider.clone()),
        kind: Some(kind.to_owned()),
        chosen: true,
        ..ProfileChange::default()
    };
    let id = keyring.apply(change, ProfileId::new(1));
    SECRETS.iter().for_each(|(label, text)| keyring.set(id, label, text));
    keyring
}

fn samples(operation: &Operation, draft: &Draft, keyring: &Keyring, vendor: &Vendor) -> Vec<(&'static str, Sample)> {
    let connection = Connection { name: String::new(), kind: ConnectionKind::Direct };
    let planned = PlannedCall { operation, draft, keyring, connection: &connection };
    kinds(vendor).iter().map(|kind| (kind.id, sample(kind, &planned, vendor).unwrap())).collect()
}

fn vendor(text: &str, operation: &Operation) -> Vendor {
    Vendor::load(text, &operation.id).unwrap()
}

fn assert_no_secret(samples: &[(&str, Sample)]) {
    for (id, sample) in samples {
        for (label, secret) in SECRETS {
            assert!(!sample.text.contains(secret), "{label} in {id}: {}", sample.text);
        }
        assert!(!sample.text.contains("canary"), "{id}: {}", sample.text);
    }
}

#[test]
fn every_template_has_a_head() {
    let read: Vec<SampleKind> = TEMPLATES.into_iter().filter_map(SampleKind::read).collect();
    assert_eq!(read.len(), TEMPLATES.len());
    for (index, kind) in read.iter().enumerate() {
        let twin = read.iter().skip(index + 1).any(|other| (other.id, other.tool) == (kind.id, kind.tool));
        assert!(!twin, "{} twice", kind.id);
    }
}

#[test]
fn every_sample_has_the_values_and_the_vendors_variables_and_no_secret() {
    let ssl = crate::fixtures::switch_ssl();
    for kind in ["X-Auth-Token", "SDK-HMAC-SHA256"] {
        let vendor = vendor(TAURUSDB, &ssl);
        let made = samples(&ssl, &ssl_on(), &keyring(&ssl, kind), &vendor);
        assert_no_secret(&made);
        for (id, sample) in made {
            assert!(sample.text.contains(crate::fixtures::TAURUSDB), "{id}: {}", sample.text);
            assert!(sample.missing.is_empty(), "{id}: {sample:?}");
            // These have the credential in a configuration of their own.
            let has_own = ["hcloud", "terraform"].contains(&id);
            assert_eq!(sample.variables.is_empty(), has_own, "{id}: {sample:?}");
        }
    }
    let https = crate::fixtures::open_https();
    let vendor = vendor(ELASTICSEARCH, &https);
    let made = samples(&https, &https_on(), &keyring(&https, "ACS3-HMAC-SHA256"), &vendor);
    assert_no_secret(&made);
    for (id, sample) in made {
        assert!(sample.text.contains(crate::fixtures::CLUSTER), "{id}: {}", sample.text);
    }
}

#[test]
fn temporary_keys_have_their_token_in_the_samples() {
    let https = crate::fixtures::open_https();
    let vendor = vendor(ELASTICSEARCH, &https);
    let of = |id: &str, keyring: &Keyring| {
        let made = samples(&https, &https_on(), keyring, &vendor);
        made.into_iter().find(|(own, _)| *own == id).map(|(_, sample)| sample.text).unwrap()
    };
    let mut keyring = keyring(&https, "ACS3-HMAC-SHA256");
    assert!(of("http", &keyring).contains("\nx-acs-security-token: {{$processEnv "));
    assert!(of("aliyun", &keyring).contains("--sts-token \"$"));
    keyring.set(ProfileId::new(1), "Security token", "");
    assert!(!of("http", &keyring).contains("\nx-acs-security-token"));
    assert!(!of("aliyun", &keyring).contains("sts-token"));
}

#[test]
fn every_kind_of_credential_is_read_from_the_environment() {
    let schemes = json!({
        "B": {"type": "http", "scheme": "basic"}, "R": {"type": "http", "scheme": "bearer"},
        "Q": {"type": "apiKey", "in": "query", "name": "api key"},
    });
    for (name, kind, shell) in [
        (
            "B",
            "Basic",
            r#"'Authorization: Basic '"$(printf %s "$TLS_CONSOLE_USER_NAME:$TLS_CONSOLE_PASSWORD" | base64"#,
        ),
        ("R", "Bearer", r#"'Authorization: Bearer '"$TLS_CONSOLE_ACCESS_TOKEN""#),
        ("Q", "?api key", r#"query='api%20key='"$(percent_encode "$TLS_CONSOLE_API_KEY")""#),
    ] {
        let document = json!({
            "openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "servers": [{"url": "https://api.test"}],
            "components": {"securitySchemes": schemes}, "security": [{name: []}],
            "paths": {"/a": {"get": {"operationId": "Get"}}},
        });
        let operation = only_operation("apis/t.json", &document.to_string());
        let made = samples(&operation, &Draft::default(), &keyring(&operation, kind), &Vendor::default());
        assert_no_secret(&made);
        assert!(made[0].1.text.contains(shell), "{}", made[0].1.text);
    }
}

#[test]
fn secret_fields_become_variables_whether_filled_or_not() {
    let secret = json!({"type": "string", "format": "password", "maxLength": 5});
    let operation = with_required_body(json!({"type": "object", "required": ["password"], "properties": {
        "user": {"type": "string"}, "password": secret, "old": {"type": "object", "properties": {"password": secret}},
        "codes": {"type": "array", "items": secret},
    }}));
    let mut form = draft(&[(body("user"), "me")]);
    let text = |form: &Draft| samples(&operation, form, &Keyring::default(), &Vendor::default())[0].1.text.clone();
    assert!(text(&form).contains(r#""password":"'"$(json_text "$TLS_CONSOLE_PASSWORD")"'"}"#), "{}", text(&form));
    form.set(body("password"), Raw::Text("canary-a".into()));
    form.set(body("old.password"), Raw::Text("canary-b".into()));
    form.set(body("codes"), Raw::Items(2));
    form.set(body("codes.0"), Raw::Text("canary-c".into()));
    form.set(body("codes.1"), Raw::Text("canary-d".into()));
    let made = samples(&operation, &form, &Keyring::default(), &Vendor::default());
    assert_no_secret(&made);
    for name in ["TLS_CONSOLE_PASSWORD", "TLS_CONSOLE_OLD_PASSWORD", "TLS_CONSOLE_0", "TLS_CONSOLE_1"] {
        assert!(made[0].1.variables.iter().any(|own| own == name), "{name}: {:?}", made[0].1.variables);
    }
}

#[test]
fn a_secret_in_a_field_that_is_none_is_masked() {
    let ssl = crate::fixtures::switch_ssl();
    let mut form = ssl_on();
    form.set(path("instance_id"), Raw::Text(format!("a{}b", SECRETS[2].1)));
    assert_no_secret(&samples(&ssl, &form, &keyring(&ssl, "SDK-HMAC-SHA256"), &vendor(TAURUSDB, &ssl)));
    let operation =
        operation("get", "/a", json!({"parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}]}));
    let form = draft(&[(query("q"), SECRETS[5].1)]);
    assert_no_secret(&samples(&operation, &form, &keyring(&operation, ""), &Vendor::default()));
}

#[test]
fn what_marks_a_variable_cannot_be_typed() {
    let ssl = crate::fixtures::switch_ssl();
    let mut form = ssl_on();
    for sign in ['r', 'e', 's'] {
        form.set(path("instance_id"), Raw::Text(format!("a\u{e000}{sign}AWS_SECRET_ACCESS_KEY\u{e001}b")));
        for (_, sample) in samples(&ssl, &form, &keyring(&ssl, "X-Auth-Token"), &vendor(TAURUSDB, &ssl)) {
            assert!(
                !sample.text.contains("$AWS_SECRET_ACCESS_KEY") && !sample.text.contains('\u{e000}'),
                "{}",
                sample.text
            );
        }
    }
}

#[test]
fn an_incomplete_form_has_a_sample_that_says_so() {
    let ssl = crate::fixtures::switch_ssl();
    let made = samples(&ssl, &Draft::default(), &keyring(&ssl, "X-Auth-Token"), &vendor(TAURUSDB, &ssl));
    let curl = &made[0].1;
    assert!(curl.text.contains("/instances/{instance_id}/ssl-option"), "{}", curl.text);
    assert!(curl.text.contains("# Empty or wrong in the form: project_id, instance_id, ssl_option"), "{}", curl.text);
    assert_eq!(curl.missing, ["project_id", "instance_id", "ssl_option"]);
    assert_eq!(curl.file_name, "switch-gauss-my-sql-instance-ssl.sh");
}

#[test]
fn the_bytes_of_a_file_are_in_no_sample() {
    let operation = operation(
        "post",
        "/a",
        json!({"requestBody": {"required": true, "content": {"application/octet-stream": {}}}}),
    );
    let mut form = Draft::default();
    let file = crate::form::File { name: "a".into(), bytes: b"x".to_vec().into() };
    form.set(crate::form::FieldPath::body(), Raw::File(file));
    let connection = Connection { name: String::new(), kind: ConnectionKind::Direct };
    let keyring = Keyring::default();
    let planned = PlannedCall { operation: &operation, draft: &form, keyring: &keyring, connection: &connection };
    let vendor = Vendor::default();
    assert_eq!(sample(&kinds(&vendor)[0], &planned, &vendor), Err(SampleError::File));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is typed, there are samples; whatever is secret is in none, wherever it was typed.
    #[test]
    fn no_text_breaks_a_sample_and_no_secret_is_in_one(
        secret in "[!-~é]{8,20}", before in any::<String>(), note in any::<String>(), id in any::<String>(),
    ) {
        let secret = format!("§{secret}");
        let text = json!({"type": "string"});
        let operation = operation("post", "/a/{id}", json!({
            "parameters": [
                {"name": "id", "in": "path", "required": true, "schema": text},
                {"name": "q", "in": "query", "schema": text}, {"name": "X-H", "in": "header", "schema": text},
                {"name": "k", "in": "query", "schema": {"type": "string", "format": "password"}},
            ],
            "requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {
                "text": text, "password": {"type": "string", "format": "password"}, "raw": {},
            }}}}},
        }));
        let mixed = format!("{before}{secret}{note}");
        let form = draft(&[
            (path("id"), &id), (query("q"), &mixed), (crate::fixtures::header("X-H"), &before),
            (query("k"), &secret), (body("text"), &note), (body("password"), &secret), (body("raw"), &mixed),
        ]);
        let mut keyring = keyring(&operation, "");
        keyring.set(ProfileId::new(1), "X-Auth-Token", &secret);
        let tool = json!({"request": true, "body": "B", "python": {}, "go": {"body": "B"}, "java": {}, "node": {}});
        let tools = ["huaweicloud", "alibabacloud", "terraform"].map(|name| (name.to_owned(), tool.clone()));
        let vendor = Vendor { tools: tools.into_iter().collect(), ..Vendor::default() };
        let connection = Connection { name: String::new(), kind: ConnectionKind::Direct };
        let planned = PlannedCall { operation: &operation, draft: &form, keyring: &keyring, connection: &connection };
        for kind in kinds(&vendor) {
            if let Ok(sample) = sample(&kind, &planned, &vendor) {
                let encoded = crate::request::encode(&secret);
                for form in [secret.as_str(), encoded.as_str()] {
                    prop_assert!(!sample.text.contains(form), "{} in {}: {}", form, kind.id, sample.text);
                }
            }
        }
    }
}
