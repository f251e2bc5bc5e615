//! `config.schema.json` and `docs/config.md` say what the reader does.

use super::super::form::{Form, form};
use super::*;

const SCHEMA: &str = include_str!("../../../config.schema.json");
const DOCS: &str = include_str!("../../../docs/config.md");

/// A right file with every key that there is.
fn full() -> Value {
    json!({
        "$schema": "./config.schema.json", "title": "T", "banner": "B", "language": "en",
        "descriptions": ["apis/a.json", "b.json"],
        "connections": [
            { "name": "S", "kind": "sandbox" },
            { "name": "D", "kind": "direct" },
            { "name": "P", "kind": "proxy", "url": "/p/{host}{path}{query}", "callId": true, "providers": {
                "Huawei Cloud": { "url": "https://a.test/{url}", "regions": { "cn-north-4": "./n/{url_encoded}" } } } },
        ],
        "defaultConnection": "P",
        "operations": ["a/*"],
        "providers": { "Huawei Cloud": {
            "regions": ["cn-*"], "instances": ["*in07"],
            "credentials": ["X-Auth-Token", "SDK-HMAC-SHA256", "ACS3-HMAC-SHA256", "proxy"],
            "servers": [{ "url": "https://a.test", "description": "A", "region": "a-1" }] } },
        "readOnly": false, "recentInstances": true, "history": true, "timeLimit": 1, "idleMinutes": 480, "locked": ["timeLimit", "idleMinutes", "connection"],
    })
}

/// Every place of a document.
fn places(value: &Value, here: &str, all: &mut Vec<String>) {
    all.push(here.to_owned());
    if let Value::Object(members) = value {
        members.iter().for_each(|(key, value)| places(value, &format!("{here}/{key}"), all));
    }
    if let Value::Array(items) = value {
        items.iter().enumerate().for_each(|(index, value)| places(value, &format!("{here}/{index}"), all));
    }
}

/// The full file, and whatever can be made of it by exchanging, adding or leaving out one thing.
fn corpus() -> Vec<Value> {
    let probes = [
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(480),
        json!(481),
        json!(600),
        json!(601),
        json!(-1),
        json!(2.5),
        json!(30.0),
        json!(""),
        json!(" "),
        json!("en"),
        json!("de"),
        json!("zh"),
        json!("sandbox"),
        json!("proxy"),
        json!("direct"),
        json!("connection"),
        json!("apis/x.json"),
        json!("/x.json"),
        json!("a/../x.json"),
        json!("https://a.test/x.json"),
        json!("x.txt"),
        json!("/{url}"),
        json!("./{host}{path}{query}"),
        json!("//a.test/{url}"),
        json!("/{host}{path}"),
        json!("/{hots}{url}"),
        json!("/{url}#"),
        json!("/a b/{url}"),
        json!("/\\a/{url}"),
        json!("http://a.test/?u={url_encoded}"),
        json!("ftp://a/{url}"),
        json!("/}{url}"),
        json!("/{url"),
        json!("https://b.test"),
        json!("https://b.test/"),
        json!("https://b.test/x"),
        json!("https://b.test:1"),
        json!("http://b.test"),
        json!("https://{b}.test"),
        json!([]),
        json!({}),
        json!([""]),
        json!(["x"]),
        json!([{}]),
        json!({ "x": {} }),
        json!({ "x": "y" }),
    ];
    let mut all = Vec::new();
    let full = full();
    places(&full, "", &mut all);
    let mut corpus = vec![full.clone()];
    for place in all {
        for probe in &probes {
            let mut changed = full.clone();
            *changed.pointer_mut(&place).unwrap() = probe.clone();
            corpus.push(changed);
        }
        let (parent, key) = place.rsplit_once('/').unwrap_or_default();
        if let Some(Value::Object(members)) = full.pointer(parent) {
            for (leave, add) in [(true, false), (false, true)] {
                let mut changed = full.clone();
                let members_now = changed.pointer_mut(parent).unwrap().as_object_mut().unwrap();
                if leave && members.contains_key(key) {
                    members_now.remove(key);
                }
                if add {
                    members_now.insert(String::from("unheardOf"), json!({}));
                }
                corpus.push(changed);
            }
        }
    }
    corpus
}

#[test]
fn the_schema_and_the_reader_agree_on_every_file() {
    let schema = serde_json::from_str(SCHEMA).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let corpus = corpus();
    let mut right = 0;
    for file in &corpus {
        let (_, mut issues) = Config::parse(&file.to_string());
        // No schema can look up a name elsewhere in the file.
        issues.retain(|issue| match issue.reason {
            ConfigReason::Duplicate(_) | ConfigReason::NoProxy | ConfigReason::InClear => false,
            ConfigReason::Choice(_) => issue.path != "#/defaultConnection",
            _ => true,
        });
        assert_eq!(schema.is_valid(file), issues.is_empty(), "{issues:#?}\n{file:#}");
        right += usize::from(issues.is_empty());
    }
    assert!(right > 50 && corpus.len() - right > 1_000, "{right} right files of {}", corpus.len());
}

#[test]
fn exactly_the_restrictions_fail_closed() {
    let mut all = Vec::new();
    places(&full(), "", &mut all);
    let fails_closed = |place: &String| {
        let mut file = full();
        *file.pointer_mut(place).unwrap() = json!(null);
        Config::parse(&file.to_string()).1.first().is_some_and(|issue| issue.fail_closed)
    };
    let closed: Vec<String> = all.into_iter().filter(fails_closed).collect();
    let of_provider = ["", "/regions", "/instances", "/credentials"].map(|key| format!("/providers/Huawei Cloud{key}"));
    let locks = ["", "/0", "/1", "/2"].map(|key| format!("/locked{key}"));
    let expected = [
        &["/operations".into(), "/providers".into()],
        &of_provider[..],
        &["/readOnly".into(), "/recentInstances".into(), "/history".into()],
        &locks,
    ]
    .concat();
    assert_eq!(closed, expected);
}

/// The keys that may stand at a path and below.
fn keys(path: &[&str], all: &mut Vec<&'static str>) {
    match form(path) {
        Form::Object(keys_here) => keys_here.iter().for_each(|key| {
            all.push(key);
            keys(&[path, &[key]].concat(), all);
        }),
        Form::List | Form::Allowed | Form::Set | Form::ByName => keys(&[path, &["0"]].concat(), all),
        _ => {}
    }
}

#[test]
fn every_key_is_in_the_schema_in_the_documentation_and_in_the_corpus() {
    let mut all = Vec::new();
    keys(&[], &mut all);
    assert!(all.len() > 20);
    let full = full().to_string();
    for key in all {
        assert!(full.contains(&format!("\"{key}\":")), "{key} in the corpus");
        assert!(SCHEMA.contains(&format!("\"{key}\": {{")), "{key} in the schema");
        assert!(DOCS.contains(&format!("`{key}`")), "{key} in docs/config.md");
    }
}

#[test]
fn the_example_of_the_documentation_is_right() {
    let example = DOCS.split("```json").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(issues(example), [] as [&str; 0]);
}
