//! The console's own line, from the form to the signature, against the sandbox: what the guide says fits the form and is
//! answered as it says. The sandbox checks with code of its own, so that each holds the other to the documents.

use serde_json::Value;
use tls_console::call::PlannedCall;
use tls_console::catalog::{Api, Field, Kind, Operation, SecurityRequirement};
use tls_console::credentials::Keyring;
use tls_console::credentials::ProfileId;
use tls_console::form::{Draft, FieldPath};
use tls_console::proxy::{Connection, ConnectionKind};
use tls_console::sandbox::{Case, Guide, Provider, Request, code_cases_of, guide_to};
use tls_console::sign::SigningTime;

use super::calls::{NOW, catalogue, send, world};
use super::guided::check;

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

/// Every operation of the descriptions.
fn operations() -> Vec<Operation> {
    let open = |api: &str| {
        let file = format!("{}/apis/{api}.json", env!("CARGO_MANIFEST_DIR"));
        let api = Api::load(&file, &std::fs::read_to_string(&file).unwrap()).unwrap();
        let ids: Vec<String> = api.operations.iter().map(|entry| entry.id.clone()).collect();
        ids.into_iter().map(move |id| api.operation(&id).unwrap().unwrap())
    };
    ["huawei-taurusdb", "huawei-iam", "aliyun-elasticsearch"].into_iter().flat_map(open).collect()
}

#[test]
fn every_operation_is_played_and_what_its_guide_says_to_type_leads_to_what_it_says() {
    for operation in operations() {
        let id = &operation.id;
        let guide = guide_to(operation.servers[0].host(), &operation.path);
        let guide = guide.unwrap_or_else(|| panic!("the sandbox has no guide to {id}"));
        let provider = if operation.api.starts_with("huawei") { Provider::Huawei } else { Provider::Aliyun };
        let reply = send(&mut world(), &request(&operation, &guide, None));
        assert!(matches!(reply.status(), 200 | 201), "{id}: {}", reply.text());
        for case in &guide.cases {
            check(provider, case, &send(&mut world(), &request(&operation, &guide, Some(case))));
        }
    }
}

#[test]
fn documented_errors_are_reached_through_every_operation_that_names_an_instance_or_a_job() {
    for operation in operations() {
        let host = operation.servers[0].host();
        let provider = if operation.api.starts_with("huawei") { Provider::Huawei } else { Provider::Aliyun };
        let guide = guide_to(host, &operation.path).unwrap();
        let catalogue = catalogue(provider);
        let cases = code_cases_of(host, &operation.path, &catalogue);
        assert_eq!(cases.is_empty(), operation.api == "huawei-iam", "{}", operation.id);
        for (index, code) in cases.into_iter().enumerate().filter(|(index, _)| index % 20 == 0) {
            let case = Case { input: code.input, value: code.value, with: &[], leads_to: "" };
            let reply = send(&mut world(), &request(&operation, &guide, Some(&case)));
            let entry = &catalogue.entries()[index];
            assert_eq!(reply.status(), entry.status.unwrap_or(400), "{} {case:?}", operation.id);
            assert_eq!(reply.code(), entry.code.replace("{ParameterName}", "InstanceId"), "{} {case:?}", operation.id);
        }
    }
}

/// An answer of the sandbox is what the description promises: every required field is there.
#[test]
fn every_answer_of_the_sandbox_has_what_its_description_requires() {
    for operation in operations() {
        let guide = guide_to(operation.servers[0].host(), &operation.path).unwrap();
        let reply = send(&mut world(), &request(&operation, &guide, None));
        let documented = operation.response(reply.status()).unwrap();
        let Kind::Object(fields) = &documented.schema.kind else { panic!("{}", operation.id) };
        let missing = missing(fields, &reply.json());
        assert_eq!(missing, [""; 0], "{}: {}", operation.id, reply.text());
    }
}

/// The required fields that an object lacks, and the objects in it.
fn missing(fields: &[Field], object: &Value) -> Vec<String> {
    let of = |field: &Field| match (&field.schema.kind, object.get(&field.name)) {
        (_, None) if field.required => vec![field.name.clone()],
        (Kind::Object(fields), Some(value)) => missing(fields, value),
        (Kind::Array(items), Some(Value::Array(values))) => match &items.kind {
            Kind::Object(fields) => values.iter().flat_map(|value| missing(fields, value)).collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    fields.iter().flat_map(of).collect()
}
