//! Swagger 2 → OpenAPI 3.1, as plainly as the two formats allow.

use serde_json::{Map, Value, json};

/// The document in OpenAPI 3.1.
pub(crate) fn convert(swagger: &Value) -> Value {
    let mut paths = Map::new();
    for (path, item) in swagger["paths"].as_object().unwrap() {
        let operations = item.as_object().unwrap().iter().map(|(verb, node)| (verb.clone(), operation(node))).collect();
        paths.insert(path.clone(), Value::Object(operations));
    }
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": swagger["product_short"], "version": swagger["info_version"]},
        "servers": [{"url": format!("https://{}", swagger["host"].as_str().unwrap())}],
        "paths": paths,
        "components": {"schemas": swagger["definitions"]},
    });
    serde_json::from_str(&document.to_string().replace("\"#/definitions/", "\"#/components/schemas/")).unwrap()
}

fn operation(node: &Value) -> Value {
    let mut converted = node.clone();
    let parameters = node["parameters"].as_array().cloned().unwrap_or_default();
    let (bodies, others): (Vec<Value>, Vec<Value>) = parameters.into_iter().partition(|one| one["in"] == "body");
    converted["parameters"] = others.iter().map(parameter).collect();
    if let Some(body) = bodies.first() {
        let mut media = json!({"schema": body["schema"]});
        if let Some(example) = node.get("x-request-examples-1") {
            media["example"] = example.clone();
        }
        converted["requestBody"] =
            json!({"required": body["required"] == true, "content": {"application/json": media}});
    }
    for response in converted["responses"].as_object_mut().unwrap().values_mut() {
        if let Some(schema) = response.get("schema").cloned() {
            response["content"] = json!({"application/json": {"schema": schema}});
        }
    }
    converted
}

fn parameter(node: &Value) -> Value {
    let mut schema = node.as_object().unwrap().clone();
    let described = ["in", "name", "required", "description", "x-example"];
    schema.retain(|key, _| !described.contains(&key.as_str()));
    let mut converted = json!({"in": node["in"], "name": node["name"], "schema": schema});
    for (from, to) in [("required", "required"), ("description", "description"), ("x-example", "example")] {
        if let Some(value) = node.get(from) {
            converted[to] = value.clone();
        }
    }
    converted
}
