//! The console's own line, from the form to the signature, against the sandbox: what the guide says fits the form and is
//! answered as it says. The sandbox checks with code of its own, so that each holds the other to the documents.

use serde_json::Value;
use tls_console::call::PlannedCall;
use tls_console::catalog::{Api, Kind, Operation, SecurityRequirement};
use tls_console::credentials::Keyring;
use tls_console::credentials::ProfileId;
use tls_console::form::{Draft, FieldPath};
use tls_console::proxy::{Connection, ConnectionKind};
use tls_console::sandbox::{Case, Guide, Provider, Request, guide_to};
use tls_console::sign::SigningTime;

use super::calls::{NOW, send, world};
use super::guided::check;

fn operation(api: &str, id: &str) -> Operation {
    let file = format!("{}/apis/{api}.json", env!("CARGO_MANIFEST_DIR"));
    let api = Api::load(&file, &std::fs::read_to_string(&file).unwrap()).unwrap();
    api.operation(id).unwrap().unwrap()
}

/// Fills an input by its label as the page does, and with it chooses the kind of credential.
fn put(operation: &Operation, keyring: &mut Keyring, draft: &mut Draft, label: &str, value: &str) {
    let takes = |own: &&SecurityRequirement| own.inputs().iter().any(|input| input.label == label);
    let profile = keyring.chosen_id(&operation.provider);
    if let Some(requirement) = operation.security.iter().find(takes) {
        keyring.set(profile, label, value);
        if !keyring.security(operation).is_some_and(|used| takes(&used)) {
            keyring.set_kind(profile, &requirement.credential_kind());
        }
        return;
    }
    let fields = operation.fields();
    let field = fields.iter().find(|field| field.name == label).unwrap_or_else(|| panic!("no input {label}"));
    let parsed = matches!(field.schema.kind, Kind::Object(_)).then(|| serde_json::from_str(value).unwrap());
    draft.set_as(&FieldPath::of(field), &field.schema, &parsed.unwrap_or_else(|| Value::from(value)));
}

/// What the console would send for the guide's example with a case in it.
fn request(operation: &Operation, guide: &Guide, case: Option<&Case>) -> Request {
    let mut draft = Draft::new(operation, &mut || String::from("6b7d3c1e-0000-4000-8000-000000000001"));
    let mut keyring = Keyring::default();
    keyring.ensure_profile(operation, ProfileId::new(1));
    let special = case.map(|case| (case.input, case.value.as_str()));
    let with = case.iter().flat_map(|case| case.with).copied();
    for (label, value) in guide.example.iter().copied().chain(special).chain(with) {
        put(operation, &mut keyring, &mut draft, label, value);
    }
    let connection = Connection { name: String::new(), kind: ConnectionKind::Sandbox };
    let signing_time = SigningTime { now: NOW, nonce: String::from("0123456789abcdef0123456789abcdef") };
    let call = PlannedCall { operation, draft: &draft, keyring: &keyring, connection: &connection };
    let routed = call.prepare(&signing_time);
    let routed = routed.unwrap_or_else(|error| panic!("{}: {case:?}: {error:?}", operation.id));
    let sent = routed.signed().request();
    let builder = http::Request::builder().method(sent.method.as_str()).uri(sent.url());
    let add = |builder: http::request::Builder, header: &tls_console::request::Header| {
        builder.header(&header.name, header.sent())
    };
    sent.headers.iter().fold(builder, add).body(sent.body.clone()).unwrap()
}

#[test]
fn what_the_guide_says_to_type_leads_to_what_it_says() {
    let played = [
        ("huawei-taurusdb", "SwitchGaussMySqlInstanceSsl", Provider::Huawei),
        ("huawei-taurusdb", "ListGaussMySqlInstancesUnifyStatus", Provider::Huawei),
        ("huawei-taurusdb", "ShowGaussMySqlInstanceInfoUnifyStatus", Provider::Huawei),
        ("huawei-taurusdb", "ShowGaussMySqlJobInfo", Provider::Huawei),
        ("huawei-taurusdb", "ListImmediateJobs", Provider::Huawei),
        ("aliyun-elasticsearch", "OpenHttps", Provider::Aliyun),
        ("aliyun-elasticsearch", "CloseHttps", Provider::Aliyun),
        ("aliyun-elasticsearch", "DescribeInstance", Provider::Aliyun),
        ("aliyun-elasticsearch", "ListActionRecords", Provider::Aliyun),
        ("aliyun-elasticsearch", "ListInstance", Provider::Aliyun),
        ("huawei-iam", "KeystoneCreateUserTokenByPassword", Provider::Huawei),
        ("huawei-iam", "KeystoneListProjects", Provider::Huawei),
        ("huawei-iam", "CreateTemporaryAccessKeyByToken", Provider::Huawei),
    ];
    for (api, id, provider) in played {
        let operation = operation(api, id);
        let guide = guide_to(operation.servers[0].host(), &operation.path).unwrap();
        let reply = send(&mut world(), &request(&operation, &guide, None));
        assert!(matches!(reply.status(), 200 | 201), "{id}: {}", reply.text());
        for case in &guide.cases {
            check(provider, case, &send(&mut world(), &request(&operation, &guide, Some(case))));
        }
    }
}
