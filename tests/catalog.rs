//! The shipped API descriptions and catalogues, as the deployment serves them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tls_console::catalog::{Api, ErrorCatalogue, Field, Kind, Location, Operation, Schema};
use tls_console::form::{Draft, FieldPath, validate};
use tls_console::request::build;
use tls_console::session::Config;

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
    files(|name| name.ends_with(".json") && !name.ends_with(".errors.json"))
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
        assert!(!operation.servers.is_empty() && !operation.schemes.is_empty(), "{id}");
        assert!(operation.response(200).is_some() && operation.response(500).is_some(), "{id}");
        assert!(matches!(operation.method.as_str(), "GET" | "PUT" | "POST" | "DELETE" | "PATCH"), "{id}");
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
    let (config, issues) = Config::read(&read("config.json"));
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

/// Reading passes over keys it does not know; a misspelt one would be lost without a word.
#[test]
fn every_error_entry_has_known_keys_only() {
    const KNOWN: [&str; 9] = ["code", "aliases", "status", "message", "meaning", "remedy", "retry", "source", "basis"];
    for file in files(|name| name.ends_with(".errors.json")) {
        let entries: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(&read(&file)).unwrap();
        for (key, entry) in entries.iter().flat_map(|entry| entry.keys().map(move |key| (key, entry))) {
            assert!(KNOWN.contains(&key.as_str()), "{file}: {key} in {entry:?}");
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
            assert!(!response.description.is_empty(), "{}: {:?}", operation.id, response.status);
            for (path, field) in fields_below("", &response.schema) {
                assert!(!field.schema.description.is_empty(), "{}: {path} in {:?}", operation.id, response.status);
            }
        }
        let labels: BTreeSet<&str> = operation.servers.iter().map(|server| server.label.as_str()).collect();
        assert_eq!(labels.len(), operation.servers.len(), "{}: two regions have one name", operation.id);
        let variables = operation.servers.iter().flat_map(|server| &server.variables);
        assert!(variables.into_iter().all(|variable| !variable.description.is_empty()), "{}", operation.id);
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
        assert!(!impact.summary.is_empty() && impact.find_out.is_some(), "{id}");
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
