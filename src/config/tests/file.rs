//! What of a file is right, and what is said of the rest.

use super::*;

#[test]
fn the_shipped_file_is_read_in_full_and_without_complaint() {
    let (config, issues) = Config::parse(include_str!("../../../config.json"));
    assert_eq!(issues, []);
    let names: Vec<&str> = config.connections.iter().map(|connection| connection.name.as_str()).collect();
    assert_eq!(names, ["Sandbox", "Proxy"]);
    assert_eq!(config.descriptions, Config::default().descriptions, "they are used while the file cannot be read");
    let page = include_str!("../../../index.html");
    let preloads = page.split("href=\"./apis/").skip(1).filter_map(|rest| rest.split_once('"'));
    let preloads: Vec<String> = preloads.map(|(file, _)| format!("apis/{file}")).collect();
    assert_eq!(config.descriptions, preloads, "the page fetches them before it has read the file");
}

#[test]
fn what_is_wrong_is_named_and_the_rest_is_used() {
    let text = r#"{"title": "Ours", "conections": [], "descriptions": ["https://evil.test/a.json", "apis/b.json", "\t//evil.test/a.json", "apis/b.json"],
        "connections": [{"name": "P", "kind": "proxy", "url": "/p/{host}{path}"}, {"name": "S", "kind": "sandbox"},
                        {"name": "S", "kind": "direct"}, {"name": "T", "kind": "prosy"}, {"kind": "proxy"}], "defaultConnection": "Q"}"#;
    let (config, _) = Config::parse(text);
    assert_eq!(config.title, "Ours");
    assert_eq!(config.descriptions, ["apis/b.json"]);
    assert_eq!(config.connections.len(), 1);
    assert_eq!(
        issues(text),
        [
            "#/descriptions/0: ForeignFile",
            "#/descriptions/2: ForeignFile",
            "#/descriptions/3: Duplicate(\"apis/b.json\")",
            "#/connections/0/url: Proxy(Incomplete(\"{query}\"))",
            "#/connections/2/name: Duplicate(\"S\")",
            "#/connections/3/kind: Choice, proxy",
            "#/connections/4/name: Missing",
            "#/connections/4/url: Missing",
            "#/conections: UnknownKey, connections",
            "#/defaultConnection: Choice, one of S",
        ]
    );
}

#[test]
fn the_nearest_key_is_named_at_every_level() {
    let settings = json!({
        "readonly": true,
        "connections": [{ "name": "P", "kind": "proxy", "URL": "x", "url": "/{url}", "providers": {
            "A/B": { "region": {}, "regions": { "r": "//evil.test/{url}" } } } }],
        "providers": { "P": { "regoins": ["a"], "servers": [{ "url": "https://a.test", "name": "A" }] } },
        "xyzzy": 1
    });
    let found = issues(&settings.to_string());
    let begins = [
        "#/connections/0/providers/A~1B/regions/r: Proxy(Scheme)",
        "#/connections/0/providers/A~1B/region: UnknownKey, regions",
        "#/connections/0/URL: UnknownKey, url",
        "#/providers/P/servers/0/name: UnknownKey, one of url, description, region",
        "#/providers/P/regoins: UnknownKey, regions",
        "#/readonly: UnknownKey, readOnly",
        "#/xyzzy: UnknownKey, one of $schema, title, ",
    ];
    assert_eq!(found.len(), begins.len(), "{found:#?}");
    for (found, begin) in found.iter().zip(begins) {
        assert!(found.starts_with(begin), "{found}");
    }
}

#[test]
fn a_broken_file_leaves_a_usable_console_from_which_nothing_leaves() {
    let (config, found) = Config::parse("{\n  \"title\": ,\n}");
    assert_eq!(config, Config::default());
    assert_eq!(found.len(), 1);
    assert!(line(&found[0]).contains("line 2"), "{found:?}");
    for text in ["[]", "", "null", " "] {
        assert_eq!(Config::parse(text).0, Config::default(), "{text}");
        assert_eq!(Config::parse(text).1.len(), 1, "{text}");
    }
    let (missing, found) = Config::read(&ConfigSource::Missing("HTTP status 404".into()));
    assert_eq!(missing, Config::default());
    assert_eq!(found.iter().map(line).collect::<Vec<_>>(), ["#: Absent(\"HTTP status 404\")"]);
    assert!(config.connections.iter().all(|connection| connection.kind == ConnectionKind::Sandbox));
}

#[test]
fn a_server_is_https_and_a_host_and_nothing_else() {
    for url in [
        "http://a.test",
        "https://a.test:8443",
        "https://a.test/x",
        "https://u@a.test",
        "https://{h}.test",
        "a.test",
        "https://a.test?x",
        "https://",
        "https://a.test\\@b.test",
    ] {
        let text = json!({ "providers": { "Huawei Cloud": { "servers": [{ "url": url }] } } }).to_string();
        let place = "#/providers/Huawei Cloud/servers/0/url: Host";
        assert_eq!(issues(&text), [place], "{url}");
        assert_eq!(Config::parse(&text).0.restrict(switch_ssl()).servers, switch_ssl().servers);
    }
}

#[test]
fn what_forbids_and_cannot_be_read_forbids_everything() {
    let limited = |settings: Value| {
        let (config, issues) = Config::parse(&settings.to_string());
        assert!(!issues.is_empty() && issues.iter().all(|issue| issue.fail_closed), "{issues:?}");
        config.restrict(switch_ssl())
    };
    assert!(limited(json!({ "readOnly": "no" })).policy.read_only);
    for providers in [json!([]), json!({ "Huawei Cloud": 7 }), json!({ "Huawei Cloud": { "regions": "cn-north-4" } })] {
        let operation = limited(json!({ "providers": providers }));
        assert_eq!(operation.servers, [], "{providers}");
        assert!(send(&operation, &ssl_on(), &with_token(&operation)).is_err());
    }
    let operation = limited(json!({ "providers": { "Huawei Cloud": { "credentials": "proxy" } } }));
    assert_eq!(operation.policy.signing, Signing::Nobody);
    let operation = limited(json!({ "providers": { "Huawei Cloud": { "instances": {} } } }));
    assert_eq!(wrong(&operation, &ssl_on())[0].broken, Broken::NotOffered(vec![]));
    for locked in [r#"{"locked": "timeLimit"}"#, r#"{"locked": ["timelimit", "connection"]}"#] {
        let (config, issues) = Config::parse(locked);
        assert!(ALL_SETTINGS.iter().all(|setting| config.is_locked(*setting)), "{locked}");
        assert!(issues[0].fail_closed, "{locked}");
    }
}

#[test]
fn times_have_their_limits_and_can_be_locked() {
    let plain = config(json!({}));
    assert_eq!((plain.time_limit, plain.idle_minutes), (30, 15));
    assert!(!plain.is_locked(Setting::TimeLimit));
    let own = config(json!({ "timeLimit": 600, "idleMinutes": 1, "locked": ["timeLimit"] }));
    assert_eq!((own.time_limit, own.idle_minutes), (600, 1));
    assert!(own.is_locked(Setting::TimeLimit) && !own.is_locked(Setting::IdleMinutes));
    let text = r#"{"timeLimit": 601, "idleMinutes": "5", "locked": ["timelimit"], "language": "de", "banner": " "}"#;
    let (config, _) = Config::parse(text);
    assert_eq!((config.time_limit, config.idle_minutes), (30, 15));
    assert_eq!(
        issues(text),
        [
            "#/timeLimit: Range(1, 600)",
            "#/idleMinutes: Range(1, 480)",
            "#/locked/0: Choice, timeLimit",
            "#/language: Choice, one of en, zh",
            "#/banner: Empty",
        ]
    );
}

#[test]
fn a_whole_number_can_be_written_in_any_way_that_json_knows() {
    let (config, issues) = Config::parse(r#"{"timeLimit": 3e1, "idleMinutes": 20.0}"#);
    assert_eq!(issues, []);
    assert_eq!((config.time_limit, config.idle_minutes), (30, 20));
    for wrong in ["30.5", "6e2000", "-1", "0e5", "6.01e2"] {
        let (config, issues) = Config::parse(&format!(r#"{{"timeLimit": {wrong}}}"#));
        assert_eq!(issues.len(), 1, "{wrong}");
        assert_eq!(config.time_limit, 30, "{wrong}");
    }
}

#[test]
fn a_restriction_with_a_misspelt_name_forbids_rather_than_nothing() {
    let (config, issues) = Config::parse(r#"{"readonly": true, "operation": ["a/*"]}"#);
    assert!(issues.iter().all(|issue| issue.fail_closed) && issues.len() == 2, "{issues:?}");
    assert!(config.restrict(crate::fixtures::switch_ssl()).policy.read_only, "what was meant is in force");
    let (config, issues) = Config::parse(r#"{"titel": "x"}"#);
    assert!(!issues[0].fail_closed && !config.restrict(crate::fixtures::switch_ssl()).policy.read_only);
}
