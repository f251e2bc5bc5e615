//! What of a file is right, and what is said of the rest.

use super::*;

#[test]
fn the_shipped_file_is_read_in_full_and_without_complaint() {
    let (config, issues) = Config::read(include_str!("../../../config.json"));
    assert_eq!(issues, []);
    let names: Vec<&str> = config.connections.iter().map(|connection| connection.name.as_str()).collect();
    assert_eq!(names, ["Sandbox", "Proxy"]);
    assert_eq!(config.descriptions, Config::default().descriptions, "the preloads in index.html name these");
}

#[test]
fn what_is_wrong_is_named_and_the_rest_is_used() {
    let text = r#"{"title": "Ours", "conections": [], "descriptions": ["https://evil.test/a.json", "apis/b.json", "\t//evil.test/a.json", "apis/b.json"],
        "connections": [{"name": "P", "kind": "proxy", "url": "/p/{host}{path}"}, {"name": "S", "kind": "sandbox"},
                        {"name": "S", "kind": "direct"}, {"name": "T", "kind": "prosy"}, {"kind": "proxy"}], "defaultConnection": "Q"}"#;
    let (config, _) = Config::read(text);
    assert_eq!(config.title, "Ours");
    assert_eq!(config.descriptions, ["apis/b.json"]);
    assert_eq!(config.connections.len(), 1);
    assert_eq!(
        issues(text),
        [
            "config.json#/conections: unknown key; did you mean connections?",
            "config.json#/descriptions/0: must be a file of this site, such as apis/name.json",
            "config.json#/descriptions/2: must be a file of this site, such as apis/name.json",
            "config.json#/descriptions/3: apis/b.json is used twice",
            "config.json#/connections/0/url: the template says nothing of {query}",
            "config.json#/connections/2/name: S is used twice",
            "config.json#/connections/3/kind: did you mean proxy? must be one of sandbox, direct, proxy",
            "config.json#/connections/4/name: missing",
            "config.json#/connections/4/url: missing",
            "config.json#/defaultConnection: must be one of S",
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
        "config.json#/readonly: unknown key; did you mean readOnly?",
        "config.json#/connections/0/URL: unknown key; did you mean url?",
        "config.json#/connections/0/providers/A~1B/region: unknown key; did you mean regions?",
        "config.json#/connections/0/providers/A~1B/regions/r: not an http(s) address or a path",
        "config.json#/providers/P/regoins: unknown key; did you mean regions?",
        "config.json#/providers/P/servers/0/name: unknown key; known are url, description, region",
        "config.json#/xyzzy: unknown key; known are ",
    ];
    assert_eq!(found.len(), begins.len(), "{found:#?}");
    for (found, begin) in found.iter().zip(begins) {
        assert!(found.starts_with(begin), "{found}");
    }
}

#[test]
fn a_broken_file_leaves_a_usable_console_from_which_nothing_leaves() {
    let (config, found) = Config::read("{\n  \"title\": ,\n}");
    assert_eq!(config, Config::default());
    assert_eq!(found.len(), 1);
    assert!(found[0].to_string().contains("line 2"), "{}", found[0]);
    for text in ["[]", "", "null", "!HTTP status 404"] {
        assert_eq!(Config::read(text).0, Config::default(), "{text}");
        assert_eq!(Config::read(text).1.len(), 1, "{text}");
    }
    assert_eq!(issues("!HTTP status 404"), ["config.json#: not found: HTTP status 404"]);
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
        let place = "config.json#/providers/Huawei Cloud/servers/0/url: must be https:// and a host, and nothing else";
        assert_eq!(issues(&text), [place], "{url}");
        assert_eq!(Config::read(&text).0.limit(switch_ssl()).servers, switch_ssl().servers);
    }
}

#[test]
fn what_forbids_and_cannot_be_read_forbids_everything() {
    let limited = |settings: Value| {
        let (config, issues) = Config::read(&settings.to_string());
        assert!(!issues.is_empty() && issues.iter().all(|issue| issue.closes), "{issues:?}");
        config.limit(switch_ssl())
    };
    assert!(limited(json!({ "readOnly": "no" })).limits.read_only);
    for providers in [json!([]), json!({ "Huawei Cloud": 7 }), json!({ "Huawei Cloud": { "regions": "cn-north-4" } })] {
        let operation = limited(json!({ "providers": providers }));
        assert_eq!(operation.servers, [], "{providers}");
        assert!(send(&operation, &ssl_on(), &with_token(&operation)).is_err());
    }
    let operation = limited(json!({ "providers": { "Huawei Cloud": { "credentials": "proxy" } } }));
    assert_eq!(operation.limits.signing, Signing::Nobody);
    let operation = limited(json!({ "providers": { "Huawei Cloud": { "instances": {} } } }));
    assert_eq!(wrong(&operation, &ssl_on())[0].broken, Broken::NotOffered(vec![]));
    for locked in [r#"{"locked": "timeLimit"}"#, r#"{"locked": ["timelimit", "connection"]}"#] {
        let (config, issues) = Config::read(locked);
        assert!(read::LOCKABLE.iter().all(|setting| config.is_locked(setting)), "{locked}");
        assert!(issues[0].closes, "{locked}");
    }
}

#[test]
fn times_have_their_limits_and_can_be_locked() {
    let plain = config(json!({}));
    assert_eq!((plain.time_limit(), plain.idle_minutes()), (30, 15));
    assert!(!plain.is_locked("timeLimit"));
    let own = config(json!({ "timeLimit": 600, "idleMinutes": 1, "locked": ["timeLimit"] }));
    assert_eq!((own.time_limit(), own.idle_minutes()), (600, 1));
    assert!(own.is_locked("timeLimit") && !own.is_locked("idleMinutes"));
    let text = r#"{"timeLimit": 601, "idleMinutes": "5", "locked": ["timelimit"], "language": "de", "banner": " "}"#;
    let (config, _) = Config::read(text);
    assert_eq!((config.time_limit(), config.idle_minutes()), (30, 15));
    assert_eq!(
        issues(text),
        [
            "config.json#/timeLimit: must be a whole number from 1 to 600",
            "config.json#/idleMinutes: must be a whole number from 1 to 480",
            "config.json#/locked/0: did you mean timeLimit? must be one of timeLimit, idleMinutes, connection",
            "config.json#/language: must be one of en, zh",
            "config.json#/banner: must not be empty",
        ]
    );
}

#[test]
fn a_whole_number_can_be_written_in_any_way_that_json_knows() {
    let (config, issues) = Config::read(r#"{"timeLimit": 3e1, "idleMinutes": 20.0}"#);
    assert_eq!(issues, []);
    assert_eq!((config.time_limit(), config.idle_minutes()), (30, 20));
    for wrong in ["30.5", "6e2000", "-1", "0e5", "6.01e2"] {
        let (config, issues) = Config::read(&format!(r#"{{"timeLimit": {wrong}}}"#));
        assert_eq!(issues.len(), 1, "{wrong}");
        assert_eq!(config.time_limit(), 30, "{wrong}");
    }
}

#[test]
fn a_restriction_with_a_misspelt_name_forbids_rather_than_nothing() {
    let (config, issues) = Config::read(r#"{"readonly": true, "operation": ["a/*"]}"#);
    assert!(issues.iter().all(|issue| issue.closes) && issues.len() == 2, "{issues:?}");
    assert!(config.limit(crate::fixtures::switch_ssl()).limits.read_only, "what was meant is in force");
    let (config, issues) = Config::read(r#"{"titel": "x"}"#);
    assert!(!issues[0].closes && !config.limit(crate::fixtures::switch_ssl()).limits.read_only);
}
