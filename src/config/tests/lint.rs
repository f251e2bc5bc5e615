//! What is right as far as its form goes, and can hardly be meant.

use super::*;

fn shipped() -> [Api; 3] {
    let read = |file: &str, text: &str| Api::load(file, text).unwrap();
    [
        read("apis/huawei-taurusdb.json", include_str!("../../../apis/huawei-taurusdb.json")),
        read("apis/aliyun-elasticsearch.json", include_str!("../../../apis/aliyun-elasticsearch.json")),
        read("apis/huawei-iam.json", include_str!("../../../apis/huawei-iam.json")),
    ]
}

/// What is told of the names in a file.
fn linted(text: &str, apis: &[Api]) -> Vec<String> {
    lint(&ConfigSource::Text(text.to_owned()), apis).iter().map(line).collect()
}

/// All that is told of a file when the shipped descriptions are there.
fn told(text: &str) -> Vec<String> {
    [issues(text), linted(text, &shipped())].concat()
}

fn nothing_is_told(settings: &Value) {
    assert_eq!(told(&settings.to_string()), [] as [&str; 0], "{settings:#}");
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
        told(&settings.to_string()),
        [
            "#/connections/1/providers/Aliaba Cloud: UnknownName(Provider), Alibaba Cloud",
            "#/connections/1/providers/A~1B: UnknownName(Provider), one of Huawei Cloud, Alibaba Cloud",
            "#/providers/huawei cloud: UnknownName(Provider), Huawei Cloud",
        ]
    );
}

#[test]
fn a_pattern_of_operations_that_fits_none_is_told() {
    let told = |pattern: &str| told(&json!({ "operations": [pattern, "huawei-iam/*"] }).to_string());
    let fits_none = "#/operations/0: FitsNothing(Operation)";
    for (pattern, meant) in [
        ("aliyun-elasticsearch/OpenHttp", ", aliyun-elasticsearch/OpenHttps"),
        ("OpenHttps", ", aliyun-elasticsearch/OpenHttps"),
        ("huawei-taurus/*", ", huawei-taurusdb/*"),
        ("hauwei-*/*", ", huawei-*/*"),
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
    let apis = [Api::load("apis/listed.json", &document.to_string()).unwrap()];
    let settings = json!({
        "connections": [{ "name": "P", "kind": "proxy", "url": "/{url}", "providers": {
            "Listed": { "regions": { "cn-hangzuo": "/h/{url}", "moon-1": "/m/{url}", "cn-beijing": "/b/{url}" } } } }],
        "providers": { "Listed": {
            "regions": ["cn-hangzhou", "cn-bejing", "cnn-*", "moon-*", "own-1", "eu-2"],
            "servers": [{ "url": "https://a.test", "region": "own-1" }],
        } },
    });
    let fits_nothing = |index: usize| format!("#/providers/Listed/regions/{index}: FitsNothing(Region)");
    let unknown = |region: &str| format!("#/connections/0/providers/Listed/regions/{region}: UnknownName(Region), ");
    assert_eq!(
        linted(&settings.to_string(), &apis),
        [
            unknown("cn-hangzuo") + "cn-hangzhou",
            unknown("moon-1") + "one of ",
            fits_nothing(1) + ", cn-beijing",
            fits_nothing(2) + ", cn-*",
            fits_nothing(3),
        ]
    );
}

#[test]
fn where_any_region_can_be_typed_only_a_slip_is_told() {
    let told = |region: &str| {
        let connection = json!({ "name": "P", "kind": "proxy", "url": "/{url}", "providers": {
            "Huawei Cloud": { "regions": { region: "/r/{url}" } } } });
        let settings = json!({ "connections": [connection], "providers": { "Huawei Cloud": { "regions": [region] } } });
        told(&settings.to_string())
    };
    for (slip, meant) in
        [("cn-nroth-4", "cn-north-4"), ("cn-north4", "cn-north-4"), ("ap-southeasst-3", "ap-southeast-3")]
    {
        let told = told(slip);
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told.iter().all(|told| told.ends_with(&format!(", {meant}"))), "{told:?}");
    }
    for new in ["cn-north-4", "cn-north-5", "cn-north-44", "eu-north-4", "stack-1", "tr-west-1"] {
        assert_eq!(told(new), [] as [&str; 0], "{new}");
    }
}

#[test]
fn no_name_is_called_wrong_without_the_descriptions() {
    let named = json!({
        "connections": [{ "name": "P", "kind": "proxy", "url": "/{url}", "providers": { "Else": {} } }],
        "operations": ["else/*"], "providers": { "Else": {} }
    });
    let text = named.to_string();
    assert_eq!(issues(&text), [] as [&str; 0]);
    assert_eq!(linted(&text, &shipped()).len(), 3);
    let plain = json!({ "connections": [{ "name": "P", "kind": "proxy", "url": "/{url}" }], "title": "operations" });
    let asked = std::iter::from_fn(|| panic!("a file without names needs no descriptions"));
    assert_eq!(lint(&ConfigSource::Text(plain.to_string()), asked), []);
    assert_eq!(lint(&ConfigSource::Missing("HTTP status 404".into()), &shipped()), []);
}

#[test]
fn a_key_that_stands_twice_is_told_with_its_place() {
    let text = r#"{ "readOnly": true, "timeLimit": 3e1, "connections": [
        { "name": "S", "kind": "sandbox" },
        { "name": "P", "kind": "proxy", "url": "/a/{url}", "url": "/b/{url}" }
    ], "providers": { "Huawei Cloud": { "a/b": 1, "a\u002fb": [null, false, -1.5] } }, "readOnly": false }"#;
    let duplicates: Vec<String> = issues(text).into_iter().filter(|line| line.ends_with("DuplicateKey")).collect();
    assert_eq!(
        duplicates,
        [
            "#/connections/1/url: DuplicateKey",
            "#/providers/Huawei Cloud/a~1b: DuplicateKey",
            "#/readOnly: DuplicateKey",
        ]
    );
    assert!(!Config::parse(text).0.read_only, "the last one counts");
    assert!(issues(r#"{"a": 1, "a": "#)[0].starts_with("#: Syntax("), "what is no JSON is told as that only");
}

#[test]
fn a_key_of_a_proxy_on_another_connection_is_told() {
    let settings = json!({ "connections": [
        { "name": "S", "kind": "sandbox", "url": "http://a.test/{url}" },
        { "name": "D", "kind": "direct", "providers": {} },
        { "name": "X", "kind": "prosy", "url": "/{url}" },
    ] });
    assert_eq!(
        issues(&settings.to_string()),
        ["#/connections/2/kind: Choice, proxy", "#/connections/0/url: NoProxy", "#/connections/1/providers: NoProxy"]
    );
}

#[test]
fn a_proxy_without_tls_is_told_unless_it_is_this_computer() {
    let proxy =
        |url: &str| issues(&json!({ "connections": [{ "name": "P", "kind": "proxy", "url": url }] }).to_string());
    let told = ["#/connections/0/url: InClear"];
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
    let path = "#/connections/0/providers/Huawei Cloud";
    let told = [format!("{path}/url"), format!("{path}/regions/cn-north-4")];
    assert_eq!(issues(&detours.to_string()), told.map(|path| format!("{path}: InClear")));
}

#[test]
fn nothing_is_remarked_on_what_is_well_meant() {
    nothing_is_told(&serde_json::from_str(include_str!("../../../config.json")).unwrap());
    let docs = include_str!("../../../docs/config.md");
    let example = docs.split("```json").nth(1).unwrap().split("```").next().unwrap();
    nothing_is_told(&serde_json::from_str(example).unwrap());
}
