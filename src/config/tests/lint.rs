//! What is right as far as its form goes, and can hardly be meant.

use super::*;

fn shipped() -> Known {
    let read = |file: &str, text: &str| Api::load(file, text).unwrap();
    Known::of(&[
        read("apis/huawei-taurusdb.json", include_str!("../../../apis/huawei-taurusdb.json")),
        read("apis/aliyun-elasticsearch.json", include_str!("../../../apis/aliyun-elasticsearch.json")),
        read("apis/huawei-iam.json", include_str!("../../../apis/huawei-iam.json")),
    ])
}

/// The remarks on a file that is right otherwise, or has issues that do not matter here.
fn remarked(text: &str) -> Vec<String> {
    remarks(text, || Some(shipped())).iter().map(ToString::to_string).collect()
}

fn nothing_to_remark(settings: &Value) {
    assert_eq!(remarked(&settings.to_string()), [] as [&str; 0], "{settings:#}");
}

#[test]
fn a_provider_that_no_description_has_is_told_wherever_it_stands() {
    let settings = json!({
        "connections": [
            { "name": "S", "kind": "sandbox" },
            { "name": "P", "kind": "proxy", "url": "/{url}", "providers": { "Aliaba Cloud": {}, "A/B": {} } },
        ],
        "providers": { "huawei cloud": { "regions": ["nowhere"] }, "Alibaba Cloud": {} },
    });
    assert_eq!(
        remarked(&settings.to_string()),
        [
            "config.json#/providers/huawei cloud: no description has this provider (did you mean Huawei Cloud?)",
            "config.json#/connections/1/providers/Aliaba Cloud: no description has this provider (did you mean Alibaba Cloud?)",
            "config.json#/connections/1/providers/A~1B: no description has this provider (known are Huawei Cloud, Alibaba Cloud)",
        ]
    );
}

#[test]
fn a_pattern_of_operations_that_fits_none_is_told() {
    let told = |pattern: &str| remarked(&json!({ "operations": [pattern, "huawei-iam/*"] }).to_string());
    let fits_none = "config.json#/operations/0: fits no operation that the descriptions have";
    for (pattern, meant) in [
        ("aliyun-elasticsearch/OpenHttp", " (did you mean aliyun-elasticsearch/OpenHttps?)"),
        ("OpenHttps", " (did you mean aliyun-elasticsearch/OpenHttps?)"),
        ("huawei-taurus/*", " (did you mean huawei-taurusdb/*?)"),
        ("hauwei-*/*", " (did you mean huawei-*/*?)"),
        ("huawei-taurusdb/openhttps", ""),
        ("something/else", ""),
        ("xyzzy", ""),
    ] {
        assert_eq!(told(pattern), [format!("{fits_none}{meant}")], "{pattern}");
    }
    for pattern in ["*", "*/OpenHttps", "huawei-*/*", "aliyun-elasticsearch/Open*", "aliyun-elasticsearch/OpenHttps"] {
        assert_eq!(told(pattern), [] as [&str; 0], "{pattern}");
    }
}

#[test]
fn a_region_that_no_description_has_is_told_where_none_can_be_typed() {
    let server = |region: &str| json!({ "url": format!("https://{region}.test"), "x-region": region });
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "Listed", "version": "1" },
        "servers": [server("cn-hangzhou"), server("cn-beijing"), { "url": "https://{r}.test", "x-region": "{r}",
            "variables": { "r": { "default": "eu-1", "enum": ["eu-1", "eu-2"] } } }],
        "paths": { "/a": { "get": {} } },
    });
    let known = Known::of(&[Api::load("apis/listed.json", &document.to_string()).unwrap()]);
    let settings = json!({
        "connections": [{ "name": "P", "kind": "proxy", "url": "/{url}", "providers": {
            "Listed": { "regions": { "cn-hangzuo": "/h/{url}", "moon-1": "/m/{url}", "cn-beijing": "/b/{url}" } } } }],
        "providers": { "Listed": {
            "regions": ["cn-hangzhou", "cn-bejing", "cnn-*", "moon-*", "own-1", "eu-2"],
            "servers": [{ "url": "https://a.test", "region": "own-1" }],
        } },
    });
    let fits_none = |index: usize| {
        format!("config.json#/providers/Listed/regions/{index}: fits no region that the descriptions have")
    };
    let no_such = |region: &str| {
        format!("config.json#/connections/0/providers/Listed/regions/{region}: no description has this region")
    };
    let told = remarks(&settings.to_string(), || Some(known));
    assert_eq!(
        told.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            format!("{} (did you mean cn-beijing?)", fits_none(1)),
            format!("{} (did you mean cn-*?)", fits_none(2)),
            fits_none(3),
            format!("{} (did you mean cn-hangzhou?)", no_such("cn-hangzuo")),
            no_such("moon-1"),
        ]
    );
}

#[test]
fn where_any_region_can_be_typed_only_a_slip_is_told() {
    let told = |region: &str| {
        let connection = json!({ "name": "P", "kind": "proxy", "url": "/{url}", "providers": {
            "Huawei Cloud": { "regions": { region: "/r/{url}" } } } });
        let settings = json!({ "connections": [connection], "providers": { "Huawei Cloud": { "regions": [region] } } });
        remarked(&settings.to_string())
    };
    for (slip, meant) in
        [("cn-nroth-4", "cn-north-4"), ("cn-north4", "cn-north-4"), ("ap-southeasst-3", "ap-southeast-3")]
    {
        let told = told(slip);
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told.iter().all(|told| told.ends_with(&format!(" (did you mean {meant}?)"))), "{told:?}");
    }
    for new in ["cn-north-4", "cn-north-5", "cn-north-44", "eu-north-4", "stack-1", "tr-west-1"] {
        assert_eq!(told(new), [] as [&str; 0], "{new}");
    }
}

#[test]
fn no_name_is_called_wrong_while_a_description_is_missing() {
    let settings = json!({
        "connections": [{ "name": "P", "kind": "proxy", "url": "/{url}", "providers": { "Else": {} } }],
        "operations": ["else/*"], "providers": { "Else": {} }
    });
    assert_eq!(remarks(&settings.to_string(), || None), []);
    assert_eq!(remarked(&settings.to_string()).len(), 3);
    let mut asked = false;
    let plain = json!({ "connections": [{ "name": "P", "kind": "proxy", "url": "/{url}" }] }).to_string();
    assert_eq!(
        remarks(&plain, || {
            asked = true;
            None
        }),
        []
    );
    assert!(!asked, "a file without names needs no descriptions");
}

#[test]
fn what_names_something_or_stands_in_clear_makes_the_first_program_have_it_looked_at() {
    for settings in [
        json!({ "operations": ["x/*"] }),
        json!({ "providers": { "X": {} } }),
        json!({ "connections": [{ "name": "P", "kind": "proxy", "url": "/{url}", "providers": { "X": {} } }] }),
        json!({ "connections": [{ "name": "P", "kind": "proxy", "url": "http://a.test/{url}" }] }),
    ] {
        let (_, doubtful) = Config::read_quietly(&settings.to_string());
        assert!(doubtful && !remarked(&settings.to_string()).is_empty(), "{settings}");
    }
    assert!(!Config::read_quietly(include_str!("../../../config.json")).1, "the shipped file needs no look");
}

#[test]
fn a_key_that_stands_twice_is_told_with_its_place() {
    let text = r#"{ "readOnly": true, "timeLimit": 3e1, "connections": [
        { "name": "S", "kind": "sandbox" },
        { "name": "P", "kind": "proxy", "url": "/a/{url}", "url": "/b/{url}" }
    ], "providers": { "Huawei Cloud": { "a/b": 1, "a\u002fb": [null, false, -1.5] } }, "readOnly": false }"#;
    let told = remarked(text);
    assert_eq!(
        told,
        [
            "config.json#/connections/1/url: this key stands here twice",
            "config.json#/providers/Huawei Cloud/a~1b: this key stands here twice",
            "config.json#/readOnly: this key stands here twice",
        ]
    );
    assert_eq!(remarked(r#"{"a": 1, "a": "#), [] as [&str; 0], "what is no JSON is told as that");
}

#[test]
fn a_key_of_a_proxy_on_another_connection_is_told() {
    let settings = json!({ "connections": [
        { "name": "S", "kind": "sandbox", "url": "http://a.test/{url}" },
        { "name": "D", "kind": "direct", "providers": {} },
        { "name": "X", "kind": "prosy", "url": "/{url}" },
    ] });
    assert_eq!(
        remarked(&settings.to_string()),
        [
            "config.json#/connections/0/url: only a proxy has this key",
            "config.json#/connections/1/providers: only a proxy has this key",
        ]
    );
}

#[test]
fn a_proxy_without_tls_is_told_unless_it_is_this_computer() {
    let proxy =
        |url: &str| remarked(&json!({ "connections": [{ "name": "P", "kind": "proxy", "url": url }] }).to_string());
    let told = ["config.json#/connections/0/url: over http:// credentials travel in clear"];
    for url in [
        "http://proxy.test/{url}",
        "http://localhost.test/{url}",
        "http://127.0.0.1.test/{url}",
        "http://localhost@a.test/{url}",
        "http://{host}{path}{query}",
        "http://[::2]/{url}",
        "http://10.0.0.1:80?u={url}",
    ] {
        assert_eq!(proxy(url), told, "{url}");
    }
    for url in [
        "/proxy/{url}",
        "./proxy/{url}",
        "https://proxy.test/{url}",
        "http://localhost/{url}",
        "http://localhost:8080/{url}",
        "http://127.0.0.1:8080/{url}",
        "http://[::1]:8080/{url}",
        "http://[::1]?u={url}",
    ] {
        assert_eq!(proxy(url), [] as [&str; 0], "{url}");
    }
    let detours = json!({ "connections": [{ "name": "P", "kind": "proxy", "url": "/{url}", "providers": {
        "Huawei Cloud": { "url": "http://a.test/{url}", "regions": { "cn-north-4": "http://b.test/{url}" } } } }] });
    let path = "config.json#/connections/0/providers/Huawei Cloud";
    let told = [format!("{path}/url"), format!("{path}/regions/cn-north-4")];
    assert_eq!(
        remarked(&detours.to_string()),
        told.map(|path| format!("{path}: over http:// credentials travel in clear"))
    );
}

#[test]
fn nothing_is_remarked_on_what_is_well_meant() {
    nothing_to_remark(&serde_json::from_str(include_str!("../../../config.json")).unwrap());
    let docs = include_str!("../../../docs/config.md");
    let example = docs.split("```json").nth(1).unwrap().split("```").next().unwrap();
    nothing_to_remark(&serde_json::from_str(example).unwrap());
}
