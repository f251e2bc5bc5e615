//! The shipped API descriptions and catalogues, as the deployment serves them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by a panic")]

#[path = "catalog/follow_up.rs"]
mod follow_up;
#[path = "catalog/mutations.rs"]
mod mutations;

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tls_console::catalog::{
    Api, CredentialInput, ErrorCatalogue, ErrorEntry, Field, Grant, Kind, Location, Lookup, Operation, Response,
    Schema, Scheme, Vendor,
};
use tls_console::config::Config;
use tls_console::form::{Draft, FieldPath, validate};
use tls_console::request::build;

fn site() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &str) -> String {
    fs::read_to_string(site().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The files of `apis/` that end so.
fn files(ends: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let names = fs::read_dir(site().join("apis")).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter(|name| ends(name)).map(|name| format!("apis/{name}")).collect()
}

fn documents() -> BTreeSet<String> {
    files(|name| name.ends_with(".json") && !name.ends_with(".errors.json") && !name.ends_with(".samples.json"))
}

fn apis() -> Vec<Api> {
    documents().iter().map(|file| Api::load(file, &read(file)).unwrap_or_else(|error| panic!("{error}"))).collect()
}

fn operations() -> Vec<Operation> {
    let open = |api: &Api| -> Vec<Operation> {
        let ids = api.operations.iter().map(|entry| &entry.id);
        ids.map(|id| api.operation(id).unwrap().unwrap_or_else(|error| panic!("{error}"))).collect()
    };
    apis().iter().flat_map(open).collect()
}

fn grants() -> Vec<(Api, Grant)> {
    let of =
        |api: Api| api.grants().unwrap_or_else(|error| panic!("{error}")).into_iter().map(move |g| (api.clone(), g));
    apis().into_iter().flat_map(of).collect()
}

fn operation(api: &str, id: &str) -> Operation {
    let found = operations().into_iter().find(|operation| operation.api == api && operation.id == id);
    found.unwrap_or_else(|| panic!("no operation {api}/{id}"))
}

/// The answer of a success.
fn success(operation: &Operation) -> &Response {
    let found = [200, 201].map(|status| operation.response(status));
    let is_meant = |response: &&&Response| response.status.covers(599).is_none();
    found.iter().flatten().find(is_meant).unwrap_or_else(|| panic!("{} has no success", operation.id))
}

/// The fields of a schema and all below them, with their paths.
fn fields_below(prefix: &str, schema: &Schema) -> Vec<(String, Field)> {
    match &schema.kind {
        Kind::Object(fields) => fields.iter().flat_map(|field| with_fields_below(prefix, field)).collect(),
        Kind::Array(items) => fields_below(prefix, items),
        _ => Vec::new(),
    }
}

fn with_fields_below(prefix: &str, field: &Field) -> Vec<(String, Field)> {
    let path = if prefix.is_empty() { field.name.clone() } else { format!("{prefix}.{}", field.name) };
    let below = fields_below(&path, &field.schema);
    [vec![(path, field.clone())], below].concat()
}

fn form_fields(operation: &Operation) -> Vec<(String, Field)> {
    operation.fields().into_iter().flat_map(|field| with_fields_below("", field)).collect()
}

#[test]
fn every_description_is_read_and_every_operation_resolves() {
    assert!(!operations().is_empty());
    for operation in operations() {
        let id = &operation.id;
        assert!(!operation.summary.is_empty() && !operation.description.is_empty(), "{id} has no words");
        assert!(operation.reference.is_some(), "{id} has no link to the vendor's page");
        assert_eq!(operation.omissions, [], "{id}");
        let open = grants().iter().any(|(_, grant)| grant.operation == *id);
        assert!(!operation.servers.is_empty() && (open || operation.takes_credential()), "{id}");
        let has_success = (200..300).any(|status| operation.response(status).is_some());
        assert!(has_success && operation.response(500).is_some(), "{id}");
        assert!(matches!(operation.method.as_str(), "GET" | "PUT" | "POST" | "DELETE" | "PATCH"), "{id}");
    }
}

#[test]
fn all_that_comes_before_and_after_a_call_is_read() {
    for api in apis() {
        for entry in &api.operations {
            let follow_up = api.follow_up(&entry.id).unwrap();
            assert_eq!(follow_up.omissions, [], "{}", entry.id);
            assert_eq!(follow_up.link(200).is_some() && follow_up.recover.is_some(), entry.is_switch, "{}", entry.id);
        }
    }
}

#[test]
fn operation_ids_are_unique_over_all_descriptions() {
    let all: Vec<String> = operations().into_iter().map(|operation| operation.id).collect();
    let different: BTreeSet<&String> = all.iter().collect();
    assert_eq!(different.len(), all.len(), "{all:?}");
}

#[test]
fn the_configuration_lists_exactly_the_descriptions_that_are_there() {
    let (config, issues) = Config::parse(&read("config.json"));
    assert_eq!(issues, []);
    assert_eq!(config.descriptions.len(), documents().len(), "none twice");
    assert_eq!(config.descriptions.into_iter().collect::<BTreeSet<_>>(), documents());
}

#[test]
fn every_error_catalogue_loads_and_belongs_to_a_description() {
    let named: BTreeSet<String> = operations().into_iter().filter_map(|operation| operation.errors).collect();
    assert_eq!(named, files(|name| name.ends_with(".errors.json")));
    for file in named {
        let catalogue = ErrorCatalogue::load(&file, &read(&file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        for entry in catalogue.entries() {
            let words = [&entry.code, &entry.meaning, &entry.remedy];
            assert!(words.iter().all(|text| !text.trim().is_empty()), "{file}: {entry:?}");
            assert!(entry.status.is_none_or(|status| (100..600).contains(&status)), "{file}: {}", entry.code);
        }
    }
}

/// Nothing may tell to send a change again before somebody has looked whether the first one was carried out.
#[test]
fn what_may_be_the_answer_to_a_change_that_was_carried_out_tells_to_look_first() {
    let changing = operations().into_iter().filter(|operation| operation.impact.is_some());
    for file in changing.filter_map(|operation| operation.errors).collect::<BTreeSet<_>>() {
        let catalogue = ErrorCatalogue::load(&file, &read(&file)).unwrap();
        let is_open = |entry: &&ErrorEntry| entry.status.is_none_or(|status| status >= 500 || status == 408);
        for entry in catalogue.entries().iter().filter(is_open) {
            let text = entry.remedy.to_lowercase();
            let (send, look) = (text.find("send "), ["look ", "shows"].iter().filter_map(|word| text.find(word)).min());
            assert!(send.is_none_or(|send| look.is_some_and(|look| look < send)), "{file}: {}: {text}", entry.code);
        }
    }
}

#[test]
fn every_file_for_code_samples_loads_and_names_operations_that_are_there() {
    let named: BTreeSet<String> = apis().iter().filter_map(Api::samples_file).collect();
    assert_eq!(named, files(|name| name.ends_with(".samples.json")));
    for api in apis() {
        let file = api.samples_file().unwrap();
        let document: Value = serde_json::from_str(&read(&file)).unwrap();
        for operation in document["operations"].as_object().into_iter().flat_map(|all| all.keys()) {
            assert!(api.operations.iter().any(|entry| entry.id == *operation), "{file}: {operation}");
            assert!(!Vendor::load(&read(&file), operation).unwrap().tools.is_empty(), "{file}: {operation}");
        }
        let labels: BTreeSet<String> = api
            .operations
            .iter()
            .flat_map(|entry| api.operation(&entry.id).unwrap().unwrap().security)
            .flat_map(|requirement| requirement.inputs())
            .map(|input| input.label)
            .collect();
        for label in Vendor::load(&read(&file), "").unwrap().variables.keys() {
            assert!(labels.contains(label), "{file}: {label}");
        }
    }
}

/// A command that the console writes is one that it reads.
#[test]
fn the_service_in_a_sample_of_a_command_line_is_one_that_a_pasted_command_is_known_by() {
    let mut checked = 0;
    for api in apis() {
        let cli = serde_json::from_str::<Value>(&api.text()).unwrap()["x-cli"].clone();
        let command = cli["command"].as_str().unwrap();
        let samples: Value = serde_json::from_str(&read(&api.samples_file().unwrap())).unwrap();
        for tool in samples["tools"].as_object().into_iter().flat_map(|tools| tools.values()) {
            if let Some(service) = tool.get(command) {
                assert!(cli["service"].as_array().unwrap().contains(service), "{}: {service}", api.id);
                checked += 1;
            }
        }
    }
    assert_eq!(checked, 2);
}

/// Reading passes over keys it does not know; a misspelt one would be lost without a word.
#[test]
fn every_error_entry_has_known_keys_only() {
    const KNOWN: [&str; 10] =
        ["code", "aliases", "status", "message", "meaning", "remedy", "retry", "fault", "source", "basis"];
    for file in files(|name| name.ends_with(".errors.json")) {
        let entries: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(&read(&file)).unwrap();
        for (key, entry) in entries.iter().flat_map(|entry| entry.keys().map(move |key| (key, entry))) {
            assert!(KNOWN.contains(&key.as_str()), "{file}: {key} in {entry:?}");
        }
    }
}

/// OpenAPI asks for it; the console does not read it.
#[test]
fn every_response_has_a_description() {
    for file in documents() {
        let document: Value = serde_json::from_str(&read(&file)).unwrap();
        let paths = document["paths"].as_object().unwrap().values().filter_map(Value::as_object).flatten();
        for (method, operation) in paths.filter(|(_, operation)| operation.is_object()) {
            for (status, response) in operation["responses"].as_object().unwrap() {
                let is_described = response["$ref"].is_string()
                    || response["description"].as_str().is_some_and(|text| !text.is_empty());
                assert!(is_described, "{file}: {method} {} {status}", operation["operationId"]);
            }
        }
    }
}

#[test]
fn every_field_server_and_scheme_is_explained() {
    for operation in operations() {
        for (path, field) in form_fields(&operation) {
            assert!(!field.schema.description.is_empty(), "{}: {path} has no description", operation.id);
        }
        for response in &operation.responses {
            for (path, field) in fields_below("", &response.schema) {
                assert!(!field.schema.description.is_empty(), "{}: {path} in {:?}", operation.id, response.status);
            }
        }
        let labels: BTreeSet<&str> = operation.servers.iter().map(|server| server.label.as_str()).collect();
        assert_eq!(labels.len(), operation.servers.len(), "{}: two regions have one name", operation.id);
        let variables = operation.servers.iter().flat_map(|server| &server.variables);
        assert!(variables.into_iter().all(|variable| !variable.description.is_empty()), "{}", operation.id);
        let regions: BTreeSet<&str> = operation.servers.iter().map(|server| server.region.as_str()).collect();
        assert_eq!(regions.len(), operation.servers.len(), "{}: two servers are in one region", operation.id);
    }
}

#[test]
fn a_form_filled_with_the_examples_can_be_sent_to_every_region() {
    for operation in operations() {
        let mut draft = Draft::new(&operation, &mut || String::from("0b9c0a4e-8d0f-4d3c-9f57-6a1c5ed51e6f"));
        for field in operation.fields() {
            if let Some(example) = &field.schema.example {
                draft.set_as(&FieldPath::of(field), &field.schema, example);
            }
        }
        if let Some(body) = &operation.body
            && let Some(example) = &body.schema.example
        {
            draft.set_as(&FieldPath::body(), &body.schema, example);
        }
        for server in 0..operation.servers.len() {
            draft.server = server;
            let arguments =
                validate(&operation, &draft).unwrap_or_else(|issues| panic!("{}: {issues:?}", operation.id));
            let url = build(&operation, &arguments).unwrap().url();
            assert_eq!(url::Url::parse(&url).unwrap().as_str(), url, "a browser respells it");
        }
    }
}

#[test]
fn impacts_name_fields_that_exist_and_values_that_they_can_have() {
    for operation in operations().into_iter().filter(Operation::is_mutating) {
        let id = &operation.id;
        let impact =
            operation.impact.as_ref().unwrap_or_else(|| panic!("{id} changes something and does not say what"));
        let fields = form_fields(&operation);
        let find = |name: &str| fields.iter().find(|(path, _)| path == name).map(|(_, field)| field);
        assert!(!impact.summary.is_empty() && !impact.verify.is_empty(), "{id}");
        let subject = impact.subject.as_deref().and_then(find);
        assert!(subject.is_some_and(|field| field.location == Location::Path), "{id}: {:?}", impact.subject);
        assert!(!impact.effects.is_empty(), "{id}");
        for effect in &impact.effects {
            assert!(!effect.text.is_empty(), "{id}");
            for (name, value) in &effect.when {
                let field = find(name).unwrap_or_else(|| panic!("{id}: no field {name}"));
                let possible = match &field.schema.kind {
                    Kind::Boolean(_) => value.is_boolean(),
                    Kind::Enum(choices) => choices.iter().any(|choice| &choice.value == value),
                    _ => true,
                };
                assert!(possible, "{id}: {name} is never {value}");
            }
        }
    }
}

#[test]
fn every_lookup_names_a_call_that_answers_with_a_list_of_values() {
    let mut found = 0;
    for asking in operations() {
        for (_, field) in form_fields(&asking) {
            let Some(raw) = &field.schema.lookup else { continue };
            let lookup = Lookup::read(raw).unwrap_or_else(|error| panic!("{}: {error}", asking.id));
            let asked = operation(&lookup.operation.0, &lookup.operation.1);
            assert_eq!(asked.provider, asking.provider, "another provider's credential is asked for");
            assert!(!asked.is_mutating(), "{}", asked.id);
            let names: BTreeSet<String> = form_fields(&asked).into_iter().map(|(path, _)| path).collect();
            assert!(lookup.values.iter().all(|(name, _)| names.contains(name)), "{lookup:?}");
            let answer: Vec<String> = fields_below("", &success(&asked).schema).into_iter().map(|(p, _)| p).collect();
            let path = |name: &str| format!("{}.{name}", lookup.items);
            assert!(answer.contains(&path(&lookup.value)) && answer.contains(&path(&lookup.label)), "{answer:?}");
            for server in &asking.servers {
                assert!(asked.servers.get(asked.server_in(&server.region)).is_some());
            }
            found += 1;
        }
    }
    assert!(found > 0);
}

/// The name of an input where its text would stand.
fn filled(grant: &Grant, with_optional: bool) -> Vec<(String, String)> {
    let inputs = grant.inputs.iter().filter(|input| with_optional || !input.optional);
    let text = |name: &str, number: bool| if number { String::from("3600") } else { format!("<{name}>") };
    inputs.map(|input| (input.name.clone(), text(&input.name, input.number))).collect()
}

#[test]
fn what_every_grant_sends_fits_its_operation_and_its_secrets_are_masked() {
    for (api, grant) in grants() {
        let operation = operation(&api.id, &grant.operation);
        assert!(operation.safe, "{}: a credential is asked for without a warning", operation.id);
        let mut sent = String::new();
        for inputs in [filled(&grant, true), filled(&grant, false)] {
            let values = grant.request_values(&inputs, "cn-north-4").unwrap();
            let mut draft = Draft::new(&operation, &mut String::new);
            draft.server = operation.server_in("cn-north-4");
            for (name, value) in &values {
                let fields = operation.fields();
                let field = fields.into_iter().find(|field| field.name == *name).unwrap_or_else(|| panic!("no {name}"));
                draft.set_as(&FieldPath::of(field), &field.schema, value);
            }
            let arguments = validate(&operation, &draft).unwrap_or_else(|issues| panic!("{issues:?}"));
            let body: Value = serde_json::from_str(&arguments.body().unwrap().to_json()).unwrap();
            for (name, value) in &values {
                assert_eq!(&body[name], value, "nothing is lost on the way");
            }
            let request = build(&operation, &arguments).unwrap();
            for input in grant.inputs.iter().filter(|input| input.secret) {
                assert!(!request.body_shown.contains(&format!("<{}>", input.name)), "{} is shown", input.name);
            }
            sent += &String::from_utf8(request.body).unwrap();
        }
        let is_sent = |text: &String| sent.contains(text);
        let unused: Vec<_> = filled(&grant, true).into_iter().filter(|(_, text)| !is_sent(text)).collect();
        assert!(unused.is_empty() && !sent.contains("{region}"), "{}: {unused:?}", grant.title);
    }
}

#[test]
fn every_grant_finds_its_credential_in_the_documented_answer() {
    for (api, grant) in grants() {
        let operation = operation(&api.id, &grant.operation);
        let answer = success(&operation);
        let fields = fields_below("", &answer.schema);
        // An answer with every documented field, each with its own name for a value.
        let mut body = Value::Object(serde_json::Map::new());
        for (path, _) in fields.iter().filter(|(_, field)| !matches!(field.schema.kind, Kind::Object(_))) {
            let names: Vec<&str> = path.split('.').collect();
            names.iter().fold(&mut body, |value, name| &mut value[*name]).clone_from(&Value::from(path.as_str()));
        }
        let headers: Vec<_> = answer.headers.iter().map(|h| (h.name.to_ascii_lowercase(), h.name.clone())).collect();
        let granted = grant.given(&headers, &body).unwrap_or_else(|| panic!("{}: not in {body}", grant.title));
        assert!(granted.expires.is_some(), "{}", grant.title);

        let secret_header =
            |name: &String| answer.headers.iter().any(|h| h.name == *name && h.schema.kind == Kind::Secret);
        let secret_field = |path: &String| fields.iter().any(|(p, f)| p == path && f.schema.kind == Kind::Secret);
        for (label, place) in &granted.values {
            let open = label == "AccessKey ID";
            assert!(open || secret_header(place) || secret_field(place), "{label} is shown in the answer at {place}");
        }

        let schemes = operations()
            .into_iter()
            .filter(|other| other.provider == api.provider)
            .flat_map(|o| o.security)
            .flat_map(|own| own.schemes);
        let filled = |scheme: Scheme| {
            let fills = |input: &CredentialInput| granted.values.iter().any(|(label, _)| *label == input.label);
            let secrets = scheme.inputs().into_iter().filter(|input| input.secret || input.required);
            scheme.credential_kind() == grant.scheme && secrets.into_iter().all(|input| fills(&input))
        };
        assert!(schemes.into_iter().any(filled), "{}: nothing takes a {}", grant.title, grant.scheme);
    }
}

/// A form with these values.
fn typed(operation: &Operation, values: &[(&str, Value)]) -> Draft {
    let mut draft = Draft::new(operation, &mut String::new);
    for (name, value) in values {
        let field = operation.fields().into_iter().find(|field| field.name == *name).unwrap();
        draft.set_as(&FieldPath::of(field), &field.schema, value);
    }
    draft
}

/// The vendor's SDK was made to list clusters; the same values in the form are signed as the same text.
#[test]
fn the_list_of_clusters_is_asked_for_as_the_vendors_sdk_does() {
    let captured: Value = serde_json::from_str(&read("tests/vectors/aliyun-sdk-capture.json")).unwrap();
    let cases = captured["captures"].as_array().unwrap();
    let sent = &cases.iter().find(|case| case["name"] == "list_instance").unwrap()["requests"][0];
    let operation = operation("aliyun-elasticsearch", "ListInstance");
    let tags = Value::from(r#"[{"tagKey":"key1","tagValue":"value1"}]"#);
    let texts = [("description", Value::from("测试 ab~*")), ("status", Value::from("active")), ("tags", tags)];
    let pages = [("page", Value::from(1)), ("size", Value::from(10))];
    let draft = typed(&operation, &[&texts[..], &pages].concat());
    let request = build(&operation, &validate(&operation, &draft).unwrap()).unwrap();
    let mut pairs: Vec<&str> = request.query.split('&').collect();
    pairs.sort_unstable();
    let canonical = sent["check"]["canonical_request_rebuilt"].as_str().unwrap();
    let expected: Vec<&str> = canonical.lines().take(3).collect();
    assert_eq!([request.method.as_str(), &request.path, &pairs.join("&")], expected[..]);
    assert_eq!(sent["headers_in_order"][3], serde_json::json!(["x-acs-action", operation.id]));
}

#[test]
fn the_limits_of_a_page_of_clusters_are_the_documented_ones() {
    let operation = operation("aliyun-elasticsearch", "ListInstance");
    let takes = |(name, value)| validate(&operation, &typed(&operation, &[(name, Value::from(value))])).is_ok();
    assert_eq!([("page", 0), ("page", 1), ("page", 1000)].map(takes), [false, true, true]);
    assert_eq!([("size", 1), ("size", 100), ("size", 101)].map(takes), [true, true, false]);
    assert!(!operation.is_mutating() && operation.fields().iter().all(|field| !field.required));
}

/// Whoever adds a library to the page adds it, with its licence, to the page "About".
#[test]
fn the_about_page_names_the_libraries_of_the_page() {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let names = |section: &toml::Value| section.as_table().unwrap().keys().cloned().collect::<Vec<_>>();
    let of_the_browser = &manifest["target"]["cfg(target_arch = \"wasm32\")"]["dependencies"];
    let mut expected = [names(&manifest["dependencies"]), names(of_the_browser)].concat();
    expected.sort();
    let listed = read("src/ui/pages/about/libraries.txt");
    let listed: Vec<(&str, &str)> = listed.lines().map(|line| line.split_once(": ").unwrap()).collect();
    assert_eq!(listed.iter().map(|(name, _)| *name).collect::<Vec<_>>(), expected);
    assert!(listed.iter().all(|(_, licence)| licence.contains("MIT") || licence.contains("Apache-2.0")), "{listed:?}");
}
