//! Huawei's own definitions of TaurusDB.

use super::swagger::convert;
use serde_json::Value;
use std::path::PathBuf;
use std::process::Command;
use tls_console::catalog::{Api, Location, Operation};
use tls_console::form::{Draft, FieldPath, validate};
use tls_console::request::build;

const CRATE: &str = "huawei-cloud-api-definitions-GaussDB";

/// Where Cargo keeps the files of the package.
fn folder() -> PathBuf {
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(metadata.status.success(), "run cargo fetch: {}", String::from_utf8_lossy(&metadata.stderr));
    let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let package = metadata["packages"].as_array().unwrap().iter().find(|package| package["name"] == CRATE).unwrap();
    PathBuf::from(package["manifest_path"].as_str().unwrap()).with_file_name("src")
}

/// Every definition, in OpenAPI 3.1.
fn documents() -> Vec<(String, Value)> {
    let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|end| end == "json")).collect();
    files.sort();
    let read = |path: &PathBuf| serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    files.iter().map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), convert(&read(path)))).collect()
}

fn open(name: &str, document: &Value) -> Operation {
    let api = Api::load(&format!("{name}.json"), &document.to_string()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(api.operations.len(), 1, "{name}");
    api.operation(&api.operations[0].id).unwrap().unwrap_or_else(|error| panic!("{error}"))
}

/// Whether a value obeys a schema of the document, in the eyes of a validator that is not ours.
fn obeys(document: &Value, schema: &Value, value: &Value) -> bool {
    let mut schema = schema.clone();
    schema["components"] = document["components"].clone();
    jsonschema::validator_for(&schema).is_ok_and(|validator| validator.is_valid(value))
}

/// The value of a parameter's example: a text where only texts travel, read as the schema wants it.
fn typed(schema: &Value, example: &Value) -> Value {
    match (schema["type"].as_str(), example) {
        (Some("integer" | "number"), Value::String(text)) => serde_json::from_str(text).unwrap_or(Value::Null),
        (Some("string"), other) if !other.is_string() => Value::from(other.to_string()),
        _ => example.clone(),
    }
}

#[test]
fn every_definition_opens_and_those_whose_example_obeys_its_rules_build() {
    let documents = documents();
    assert_eq!(documents.len(), 183);
    let (mut built, mut tokens, mut wrong, mut omissions) = (0, 0, Vec::new(), Vec::new());
    for (name, document) in &documents {
        let operation = open(name, document);
        omissions.extend(operation.omissions.iter().map(ToString::to_string));
        let node = document["paths"].as_object().unwrap().values().next().unwrap().as_object().unwrap();
        let node = node.values().next().unwrap();
        let mut draft = Draft::new(&operation, &mut String::new);
        let mut fits = true;
        for parameter in node["parameters"].as_array().unwrap() {
            let Some(field) = operation.parameters.iter().find(|field| field.name == parameter["name"]) else {
                // OpenAPI leaves these to the body and the answers; the token is the credential.
                let inputs: Vec<String> =
                    operation.security.iter().flat_map(|own| own.inputs()).map(|input| input.label).collect();
                tokens += usize::from(inputs == ["X-Auth-Token"] && parameter["name"] == "X-Auth-Token");
                assert!(
                    inputs
                        .iter()
                        .chain(&["Content-Type", "Accept"].map(String::from))
                        .any(|name| parameter["name"] == **name),
                    "{name}: {parameter}"
                );
                continue;
            };
            let example = match parameter.get("example") {
                Some(example) => example.clone(),
                None if field.required => Value::from("an-example"),
                None => continue,
            };
            fits &= obeys(document, &parameter["schema"], &typed(&parameter["schema"], &example));
            // An empty text is no part of a path, and a header or a path carries no blanks at its ends.
            fits &= field.location != Location::Path || example.as_str().is_none_or(|text| !text.trim().is_empty());
            draft.set_as(&FieldPath::of(field), &field.schema, &example);
        }
        let media = &node["requestBody"]["content"]["application/json"];
        let example = media.get("example");
        if let (Some(body), Some(example)) = (&operation.body, example) {
            fits &= obeys(document, &media["schema"], example);
            draft.set_as(&FieldPath::body(), &body.schema, example);
        }
        fits &= operation.body.is_none() || example.is_some() || node["requestBody"]["required"] != true;
        let arguments = match validate(&operation, &draft) {
            Err(issues) if fits => panic!("{name}: {issues:?}"),
            Err(issues) => {
                let why: Vec<String> =
                    issues.iter().map(|issue| format!("{} {:?}", issue.target.name(), issue.broken)).collect();
                wrong.push(format!("{name}: {}", why.join(", ")));
                continue;
            }
            Ok(arguments) => arguments,
        };
        let request = build(&operation, &arguments).unwrap_or_else(|error| panic!("{name}: {error}"));
        if let (Some(example), true) = (example, fits) {
            assert_eq!(&serde_json::from_slice::<Value>(&request.body).unwrap(), example, "{name}: nothing is lost");
        }
        built += 1;
    }
    println!(
        "{CRATE}: {0} of {0} open, {built} build. Without an example of a required value, or with a wrong one:",
        183
    );
    wrong.iter().for_each(|why| println!("  {why}"));
    omissions.iter().for_each(|omission| println!("  left out: {omission}"));
    assert!(built > 150, "{built}");
    assert_eq!(tokens, 181, "the token is the credential, and no field");
}
