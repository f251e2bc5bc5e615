//! What the descriptions say of the time around a call leads to calls, fields and codes that there are.

use super::{documents, fields_below, form_fields, operations, read, success};
use serde_json::{Map, Value};
use std::sync::LazyLock;
use tls_console::catalog::{ErrorCatalogue, Operation};

/// Reading them takes its time.
static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(operations);

fn operation(api: &str, id: &str) -> &'static Operation {
    let found = OPERATIONS.iter().find(|operation| operation.api == api && operation.id == id);
    found.unwrap_or_else(|| panic!("no operation {api}/{id}"))
}

/// Every operation of every document, with what its node says.
fn nodes() -> Vec<(&'static Operation, Value)> {
    let mut all = Vec::new();
    for file in documents() {
        let document: Value = serde_json::from_str(&read(&file)).unwrap();
        let api = file.trim_start_matches("apis/").trim_end_matches(".json").to_owned();
        let items = document["paths"].as_object().unwrap().values().filter_map(Value::as_object);
        for node in items.flat_map(Map::values).filter(|node| node["operationId"].is_string()) {
            all.push((operation(&api, node["operationId"].as_str().unwrap()), node.clone()));
        }
    }
    all
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// The names of an operation's fields, and of those that it cannot do without.
fn field_names(operation: &Operation) -> (Vec<String>, Vec<String>) {
    let fields = form_fields(operation);
    let required = operation.fields().into_iter().filter(|field| field.required).map(|field| field.name.clone());
    (fields.into_iter().map(|(path, _)| path).collect(), required.collect())
}

/// The documented fields of an operation's answer, with dots.
fn answered(operation: &Operation) -> Vec<String> {
    fields_below("", &success(operation).schema).into_iter().map(|(path, _)| path).collect()
}

/// A pointer with dots; the numbers of a list do not count.
fn dotted(pointer: &str) -> String {
    let names = pointer.trim_start_matches(['#', '/']).split('/');
    names.filter(|name| !name.is_empty() && name.parse::<usize>().is_err()).collect::<Vec<_>>().join(".")
}

/// An expression is about the call that is asked after: fields that it has, and for an answer fields that it documents.
fn check_expression(asking: &Operation, value: &Value, in_answer: bool) {
    let Some(text) = value.as_str().filter(|text| text.starts_with('$')) else { return };
    let what = format!("{}: {text}", asking.id);
    if let Some(pointer) = text.strip_prefix("$response.body#") {
        assert!(in_answer, "{what} before there is an answer");
        assert!(answered(asking).contains(&dotted(pointer)), "{what}");
        return;
    }
    let field = ["$request.path.", "$request.query.", "$request.header."].iter().find_map(|at| text.strip_prefix(at));
    let field = field.or_else(|| text.strip_prefix("$request.body#/")).unwrap_or_else(|| panic!("{what}"));
    assert!(field_names(asking).0.iter().any(|name| name == field), "{what}");
}

/// The call that a link or a look leads to, with all that it needs.
fn check_target(asking: &Operation, look: &Value, in_answer: bool) -> &'static Operation {
    let id = look["operationId"].as_str().unwrap_or_else(|| panic!("{}: {look}", asking.id));
    let target = operation(&asking.api, id);
    let (names, _) = field_names(target);
    for (name, value) in members(&look["parameters"]) {
        assert!(names.contains(name), "{}: {id} has no {name}", asking.id);
        check_expression(asking, value, in_answer);
    }
    target
}

fn check_look(asking: &Operation, target: &Operation, parameters: &Value, look: &Value, kinds: &[&str]) {
    let what = format!("{}: {look}", asking.id);
    assert!(!target.is_mutating(), "{what}");
    let (_, required) = field_names(target);
    assert!(required.iter().all(|name| parameters.get(name).is_some()), "{what} leaves out one of {required:?}");
    let fields = answered(target);
    let mut at = String::new();
    let check = |at: &str, pointer: &str| {
        let path = format!("{at}.{}", dotted(pointer));
        assert!(fields.iter().any(|field| field == path.trim_matches('.')), "{what}: {pointer} is not documented");
    };
    let item = &look["item"];
    if let Some(pointer) = item["list"].as_str() {
        check("", pointer);
        at = dotted(pointer);
        members(&item["where"]).for_each(|(pointer, _)| check(&at, pointer));
        check("", item["total"].as_str().unwrap_or_else(|| panic!("{what}: a list can be longer than its page")));
        item["since"].as_str().into_iter().for_each(|pointer| check(&at, pointer));
    }
    assert!(!list(&look["states"]).is_empty() && !list(&look["shows"]).is_empty(), "{what}");
    for state in list(&look["states"]) {
        assert!(kinds.contains(&state["is"].as_str().unwrap()), "{what}: {state}");
        members(&state["when"]).for_each(|(pointer, values)| {
            check(&at, pointer);
            assert!(!list(values).is_empty(), "{what}: {state}");
        });
    }
    for shown in list(&look["shows"]) {
        check(&at, shown["value"].as_str().unwrap());
        assert!(shown["label"].is_string(), "{what}");
    }
    for pointer in ["progress", "reason"].iter().filter_map(|key| look[*key].as_str()) {
        check(&at, pointer);
    }
    let file = target.errors.as_ref().unwrap();
    let catalogue = ErrorCatalogue::load(file, &read(file)).unwrap();
    for code in list(&look["absent"]) {
        assert!(catalogue.entries().iter().any(|entry| code == &entry.code), "{what}: {code}");
    }
}

fn check_times(what: &str, times: &Value) {
    let seconds = |key: &str| times[key].as_u64().unwrap_or_else(|| panic!("{what}: {key}"));
    assert!(seconds("first") < seconds("limit") && seconds("interval") >= 5, "{what}");
}

fn links(node: &Value) -> impl Iterator<Item = (&String, &Value)> {
    members(&node["responses"]).flat_map(|(_, response)| members(&response["links"]))
}

#[test]
fn links_lead_to_calls_and_are_filled_from_fields_that_there_are() {
    let mut followed = Vec::new();
    for (asking, node) in nodes() {
        for (name, link) in links(&node) {
            let target = check_target(asking, link, true);
            let follow = &link["x-follow"];
            if follow.is_null() {
                continue;
            }
            check_look(asking, target, &link["parameters"], follow, &["running", "done", "failed"]);
            check_times(&asking.id, follow);
            let besides = &follow["else"];
            if !besides.is_null() {
                let target = check_target(asking, besides, false);
                // What such a look does not see ends nothing: its list may go on.
                let mut whole = besides.clone();
                whole["item"]["total"] = besides["item"]["list"].clone();
                check_look(asking, target, &besides["parameters"], &whole, &["running", "done", "failed"]);
            }
            let is_seen = follow["proof"] == true || !list(&follow["see"]).is_empty();
            assert!(is_seen, "{}: {name} neither proves nor says how to see the state", asking.id);
            followed.push(asking.id.clone());
        }
    }
    followed.sort();
    assert_eq!(followed, ["CloseHttps", "OpenHttps", "SwitchGaussMySqlInstanceSsl"]);
}

#[test]
fn every_switch_says_what_to_look_at_when_its_result_is_uncertain() {
    for (asking, node) in nodes().into_iter().filter(|(asking, _)| asking.is_mutating()) {
        let recover = &node["x-recover"];
        let looks = &recover["looks"];
        let target = check_target(asking, looks, false);
        check_look(asking, target, &looks["parameters"], looks, &["carried-out", "not-carried-out", "running"]);
        check_times(&asking.id, looks);
        let follow = recover["follow"].as_str().unwrap();
        let link =
            links(&node).find(|(name, _)| *name == follow).unwrap_or_else(|| panic!("{}: {follow}", asking.id)).1;
        assert!(link["x-follow"].is_object(), "{}: {follow}", asking.id);
        for (own, item) in members(&recover["with"]) {
            let item = format!("{}/0{}", looks["item"]["list"].as_str().unwrap(), item.as_str().unwrap());
            assert!(answered(asking).contains(&dotted(own)) && answered(target).contains(&dotted(&item)), "{item}");
        }
        let is_token = asking.fields().iter().any(|field| field.schema.generate.is_some());
        let repeat = if is_token { "same-token" } else { "when-absent" };
        assert_eq!(recover["repeat"], repeat, "{}", asking.id);
    }
}

#[test]
fn every_switch_has_preconditions_that_are_checked_by_at_most_two_reads() {
    for (asking, node) in nodes().into_iter().filter(|(asking, _)| asking.is_mutating()) {
        let mut reads = Vec::new();
        for check in list(&node["x-preconditions"]).iter().map(|entry| &entry["check"]).filter(|check| !check.is_null())
        {
            let target = check_target(asking, check, false);
            check_look(asking, target, &check["parameters"], check, &["pass", "fail", "depends", "already"]);
            // What is absent is an item of a list, or the thing itself, which a code says.
            let can_be_absent = check["item"].is_object() || check["absent"].is_array();
            assert!(check["when-absent"].is_null() || can_be_absent, "{}: {check}", asking.id);
            let read = (&check["operationId"], &check["parameters"]);
            if !reads.contains(&read) {
                reads.push(read);
            }
        }
        assert!((1..=2).contains(&reads.len()), "{}: {reads:?}", asking.id);
    }
}

#[test]
fn the_version_decides_whether_coordinating_nodes_are_needed() {
    let (_, node) = nodes().into_iter().find(|(operation, _)| operation.id == "OpenHttps").unwrap();
    let check = &node["x-preconditions"][0]["check"];
    let is = |version: &str| {
        let state = list(&check["states"]).iter().find(|state| {
            let pattern = state["when"]["/Result/esVersion"][0]["pattern"].as_str();
            pattern.is_none_or(|pattern| tls_console::pattern::matches(pattern, version))
                && state["when"]["/Result/haveClientNode"][0] != true
        });
        state.unwrap()["is"].as_str().unwrap().to_owned()
    };
    let versions = ["7.16.2_with_X-Pack", "7.17", "8.5.1_with_X-Pack", "7.10.0_with_X-Pack", "8.9.1", "8.50", "10.1"];
    assert_eq!(versions.map(is), ["pass", "pass", "pass", "depends", "depends", "depends", "depends"]);
    assert_eq!(["6.7.0_with_X-Pack", "7.1", "7.100", "7.15", "5.5.3"].map(is), ["fail"; 5]);
}

#[test]
fn a_picker_shows_documented_fields_and_asks_for_pages_as_the_list_takes_them() {
    let mut pickers = Vec::new();
    for (asking, _) in nodes() {
        for (path, field) in form_fields(asking) {
            let Some(lookup) = field.schema.lookup.clone().filter(|lookup| !lookup["columns"].is_null()) else {
                continue;
            };
            let (api, id) = lookup["operation"].as_str().unwrap().split_once('/').unwrap();
            let list_of = operation(api, id);
            let (names, required) = field_names(list_of);
            let fields = answered(list_of);
            let items = lookup["items"].as_str().unwrap();
            for column in list(&lookup["columns"]) {
                assert!(fields.contains(&format!("{items}.{}", column["value"].as_str().unwrap())), "{column}");
            }
            let page = &lookup["page"];
            for name in [&page["field"], &page["size"]["field"]] {
                assert!(names.iter().any(|other| name == other), "{page}");
            }
            assert!(fields.contains(&page["total"].as_str().unwrap().to_owned()), "{page}");
            assert!(["items", "pages"].contains(&page["by"].as_str().unwrap()), "{page}");
            assert!(required.iter().all(|name| lookup["with"].get(name).is_some()), "{lookup}");
            let own = field_names(asking).0;
            for (_, value) in members(&lookup["with"]) {
                let name = value.as_str().unwrap().trim_matches(['{', '}']).to_owned();
                assert!(name == "region" || own.contains(&name), "{}: {path} needs {name}", asking.id);
            }
            pickers.push(asking.id.clone());
        }
    }
    assert!(pickers.len() >= 5, "{pickers:?}");
}
