//! Samples are run as a person runs them, against the simulated clouds: what arrives has a valid signature and the values of
//! the form.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by a panic")]

#[path = "support/listen.rs"]
mod listen;
#[path = "support/proxy.rs"]
mod proxy;
#[path = "support/server.rs"]
mod server;

#[path = "samples/http_file.rs"]
mod http_file;
#[path = "samples/programs.rs"]
mod programs;
#[path = "samples/sdk.rs"]
mod sdk;

use programs::{Form, RUNNABLE, run};
use serde_json::json;
use server::SandboxServer;
use sha2::{Digest, Sha256};

const PROJECT: &str = "056538411200d4cd2f79c003c7606412";
const INSTANCE: &str = "096c0fc43e804757b59946b80dc27f8bin07";
const CLUSTER: &str = "es-cn-n6w1o1x0w001c0001";
/// What shells, programs and encodings stumble over.
const HOSTILE: &str = "a'b\"c\\d $HOME ${x} `id` $(id) %41 +&=#?/;|<>*!~ {{x}} é 漢 🔒";

const TOKEN: [(&str, &str); 1] = [("HW_AUTH_TOKEN", "any-token-will-do")];
const HUAWEI_KEY: [(&str, &str); 2] = [
    ("HUAWEICLOUD_SDK_AK", "DUMMYAK0000000000001"),
    ("HUAWEICLOUD_SDK_SK", "dummySecretKey/000000000000000000000000+1"),
];
const HUAWEI_STS: [(&str, &str); 3] = [
    ("HUAWEICLOUD_SDK_AK", "HSTADUMMYAK000000001"),
    HUAWEI_KEY[1],
    ("HUAWEICLOUD_SDK_SECURITY_TOKEN", "dummySecurityToken/+=ABC123"),
];
const ALIYUN_KEY: [(&str, &str); 2] = [
    ("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAI5tDummyAccessKeyId"),
    ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "DummyAccessKeySecret0123456789"),
];
const ALIYUN_STS: [(&str, &str); 3] = [
    ("ALIBABA_CLOUD_ACCESS_KEY_ID", "STS.NTDummyAccessKeyId"),
    ALIYUN_KEY[1],
    ("ALIBABA_CLOUD_SECURITY_TOKEN", "CAISdummy+STS/token==with+/=chars"),
];

fn switch() -> Form {
    Form::of("huawei-taurusdb", "SwitchGaussMySqlInstanceSsl").with(json!({
        "project_id": PROJECT, "instance_id": INSTANCE, "ssl_option": true, "X-Language": "en-us",
    }))
}

fn list_instances() -> Form {
    Form::of("huawei-taurusdb", "ListGaussMySqlInstancesUnifyStatus")
        .with(json!({"project_id": PROJECT, "name": HOSTILE, "limit": 10, "offset": 0}))
}

async fn sandbox() -> SandboxServer {
    SandboxServer::spawn("127.0.0.1:0").await.unwrap()
}

#[tokio::test]
async fn huaweis_switch_is_carried_out_by_every_sample_and_credential() {
    for kind in RUNNABLE {
        let by_key = || switch().by("SDK-HMAC-SHA256");
        for (credential, form, variables) in [
            ("token", switch().by("X-Auth-Token"), &TOKEN[..]),
            ("key", by_key(), &HUAWEI_KEY[..]),
            ("temporary key that the profile lacks", by_key(), &HUAWEI_STS[..]),
            ("temporary key", by_key().temporary(), &HUAWEI_STS[..]),
        ] {
            let sandbox = sandbox().await;
            let run = run(kind, &form, variables, &sandbox).await;
            assert!(run.worked && run.output.contains("job_id"), "{kind} by {credential}: {}", run.output);
            let received = sandbox.received().pop().unwrap();
            let target = format!("/gaussdb.cn-north-4.myhuaweicloud.com/v3/{PROJECT}/instances/{INSTANCE}/ssl-option");
            assert_eq!((received.method.as_str(), received.target.as_str()), ("PUT", target.as_str()), "{kind}");
            assert_eq!(received.body, br#"{"ssl_option":true}"#, "{kind}");
            assert_eq!(received.header("x-language"), "en-us", "{kind}");
            assert_eq!(sandbox.switches(INSTANCE), 1, "{kind} by {credential}");
            let token = variables.iter().find(|(name, _)| name.ends_with("SECURITY_TOKEN"));
            assert_eq!(received.header("x-security-token"), token.map_or("", |(_, token)| *token), "{kind}");
        }
    }
}

#[tokio::test]
async fn alibabas_switch_is_carried_out_by_every_sample() {
    for kind in RUNNABLE {
        let form = || {
            Form::of("aliyun-elasticsearch", "OpenHttps")
                .with(json!({"InstanceId": CLUSTER, "clientToken": "5A2CFF0E-5718-45B5-9D4D-70B3FF000001"}))
                .by("ACS3-HMAC-SHA256")
        };
        for (form, variables) in
            [(form(), &ALIYUN_KEY[..]), (form(), &ALIYUN_STS[..]), (form().temporary(), &ALIYUN_STS[..])]
        {
            let sandbox = sandbox().await;
            let run = run(kind, &form, variables, &sandbox).await;
            assert!(run.worked && run.output.contains("RequestId"), "{kind}: {}", run.output);
            let received = sandbox.received().pop().unwrap();
            let target = format!(
                "/elasticsearch.cn-hangzhou.aliyuncs.com/openapi/instances/{CLUSTER}/actions/open-https\
                 ?clientToken=5A2CFF0E-5718-45B5-9D4D-70B3FF000001"
            );
            assert_eq!((received.method.as_str(), received.target.as_str()), ("POST", target.as_str()), "{kind}");
            assert_eq!(sandbox.switches(CLUSTER), 1, "{kind}");
            let token = variables.iter().find(|(name, _)| name.ends_with("SECURITY_TOKEN"));
            assert_eq!(received.header("x-acs-security-token"), token.map_or("", |(_, token)| *token), "{kind}");
        }
    }
}

#[tokio::test]
async fn hostile_values_in_a_query_are_signed_and_arrive_as_typed() {
    let encoded = tls_console::request::encode(HOSTILE);
    for kind in RUNNABLE {
        for (credential, variables) in [("X-Auth-Token", &TOKEN[..]), ("SDK-HMAC-SHA256", &HUAWEI_KEY[..])] {
            let sandbox = sandbox().await;
            let run = run(kind, &list_instances().by(credential), variables, &sandbox).await;
            assert!(run.worked && run.output.contains("total_count"), "{kind}: {}", run.output);
            let target = sandbox.received().pop().unwrap().target;
            assert!(target.contains(&format!("name={encoded}")), "{kind} by {credential}: {target}");
        }
        let sandbox = sandbox().await;
        let form = Form::of("aliyun-elasticsearch", "ListInstance").with(json!({"description": HOSTILE, "size": 2}));
        let run = run(kind, &form, &ALIYUN_KEY, &sandbox).await;
        assert!(run.worked && run.output.contains("RequestId"), "{kind}: {}", run.output);
        let target = sandbox.received().pop().unwrap().target;
        assert!(target.contains(&format!("description={encoded}&size=2")), "{kind}: {target}");
    }
}

/// Nobody answers at this host; the server keeps what arrives.
fn noting(signature: &str) -> Form {
    let text = json!({"type": "string"});
    let schema = json!({"type": "object", "required": ["text", "password"], "properties": {
        "text": text, "lines": text, "password": {"type": "string", "format": "password"}, "raw": {},
    }});
    let parameters = json!([
        {"name": "id", "in": "path", "required": true, "schema": text},
        {"name": "X-Note", "in": "header", "schema": text},
        {"name": "key", "in": "query", "schema": {"type": "string", "format": "password"}},
    ]);
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "T\n\"'`$(id)", "version": "1"},
        "servers": [{"url": "https://api.test"}], "security": [{"S": []}],
        "components": {"securitySchemes": {"S": {"type": "http", "scheme": "x", "x-signature": signature}}},
        "paths": {"/a/{id}": {"post": {"operationId": "Note", "summary": "A\nnote \"'`$(id)", "parameters": parameters,
            "requestBody": {"required": true, "content": {"application/json": {"schema": schema}}}}}},
    });
    Form::of_document("note", &document.to_string(), "Note")
}

#[tokio::test]
async fn hostile_values_in_path_header_and_body_arrive_as_typed_and_secrets_from_the_environment() {
    let header = "a'b\"c\\d $HOME `id` $(id) %41 ~";
    let body = format!("{HOSTILE}\nnext\tline\r\n'''\"\"\"\u{1}");
    let path = HOSTILE.replace(['/', '\\'], "");
    for signature in ["SDK-HMAC-SHA256", "ACS3-HMAC-SHA256"] {
        let form = noting(signature)
            .with(json!({"id": path, "X-Note": header, "text": body, "lines": "a\n\nb", "password": "x", "key": "y"}));
        for kind in RUNNABLE {
            let sandbox = sandbox().await;
            // An .http file can encode nothing.
            let (password, key) = match kind {
                "http" => ("pass word'$x`", "plain-key"),
                _ => ("pass\"word'\\$x`é", "k&y=é/ +%41'\"漢"),
            };
            let variables = [
                ("TLS_CONSOLE_ACCESSKEY_ID", "id"),
                ("TLS_CONSOLE_ACCESSKEY_SECRET", "sec'ret$\"`"),
                ("TLS_CONSOLE_PASSWORD", password),
                ("TLS_CONSOLE_KEY", key),
            ];
            let run = run(kind, &form, &variables, &sandbox).await;
            let received = sandbox.received().pop().unwrap_or_else(|| panic!("{kind}: {}", run.output));
            let [path, key] = [&path, key].map(tls_console::request::encode);
            assert_eq!(received.target, format!("/api.test/a/{path}?key={key}"), "{kind}");
            assert_eq!(received.header("x-note"), header, "{kind}");
            let got: serde_json::Value = serde_json::from_slice(&received.body).unwrap();
            assert_eq!(got, json!({"text": body, "lines": "a\n\nb", "password": password}), "{kind}");
            assert_eq!(programs::signature_of(&received, "api.test", "sec'ret$\"`"), received.signature(), "{kind}");
            if signature.starts_with("ACS3") {
                let hash: String = Sha256::digest(&received.body).iter().map(|byte| format!("{byte:02x}")).collect();
                assert_eq!(received.header("x-acs-content-sha256"), hash, "{kind}");
            }
        }
    }
}

#[tokio::test]
async fn a_sample_without_its_variables_sends_nothing_and_names_them() {
    for kind in ["curl", "python"] {
        let sandbox = sandbox().await;
        let run = run(kind, &switch().by("SDK-HMAC-SHA256"), &[], &sandbox).await;
        assert!(!run.worked && run.output.contains("HUAWEICLOUD_SDK_"), "{kind}: {}", run.output);
        assert_eq!(sandbox.received(), [], "{kind}");
    }
}

#[tokio::test]
async fn a_refusal_is_printed_and_the_program_fails() {
    for kind in ["curl", "python"] {
        let sandbox = sandbox().await;
        let wrong = [HUAWEI_KEY[0], ("HUAWEICLOUD_SDK_SK", "not-the-secret")];
        let run = run(kind, &switch().by("SDK-HMAC-SHA256"), &wrong, &sandbox).await;
        assert!(!run.worked && run.output.contains("APIGW.0301"), "{kind}: {}", run.output);
    }
}

#[tokio::test]
async fn a_password_in_a_form_is_read_from_the_environment() {
    let auth = json!({
        "identity": {"methods": ["password"], "password": {"user": {
            "name": "DummyUser", "password": "typed-into-the-form", "domain": {"name": "DummyAccount"},
        }}},
        "scope": {"project": {"name": "cn-north-4"}},
    });
    let form = Form::of("huawei-iam", "KeystoneCreateUserTokenByPassword").with(json!({"auth": auth}));
    for kind in RUNNABLE {
        assert!(!form.sample(kind).text.contains("typed-into-the-form"), "{kind}");
        for (password, works) in [("DummyPassword!0", true), ("another", false)] {
            let sandbox = sandbox().await;
            let run = run(kind, &form, &[("TLS_CONSOLE_PASSWORD", password)], &sandbox).await;
            assert_eq!(run.worked, works, "{kind} with {password}: {}", run.output);
            let body: serde_json::Value = serde_json::from_slice(&sandbox.received().pop().unwrap().body).unwrap();
            assert_eq!(body["auth"]["identity"]["password"]["user"]["password"], password, "{kind}");
            // A client for .http files shows all headers.
            let has_token = run.output.to_lowercase().contains("x-subject-token: mii");
            assert_eq!(has_token, works && kind != "http", "{kind} prints what it asked for: {}", run.output);
        }
    }
}

#[tokio::test]
async fn a_header_without_a_value_is_sent_and_signed() {
    let values = json!({"id": "1", "X-Note": "", "text": "t", "password": "x", "key": "y"});
    let form = noting("SDK-HMAC-SHA256").with(values);
    for kind in ["curl", "python"] {
        let sandbox = sandbox().await;
        let variables = [
            ("TLS_CONSOLE_ACCESSKEY_ID", "id"),
            ("TLS_CONSOLE_ACCESSKEY_SECRET", "secret"),
            ("TLS_CONSOLE_PASSWORD", "p"),
            ("TLS_CONSOLE_KEY", "k"),
        ];
        let run = run(kind, &form, &variables, &sandbox).await;
        let received = sandbox.received().pop().unwrap_or_else(|| panic!("{kind}: {}", run.output));
        assert!(received.has("x-note"), "{kind}: {received:?}");
        assert_eq!(programs::signature_of(&received, "api.test", "secret"), received.signature(), "{kind}");
    }
}
