use super::*;
use crate::call::{CallError, prepare, preview};
use crate::catalog::{Api, Operation, Scheme, Signing};
use crate::fixtures::*;
use crate::form::{Broken, Draft, FieldIssue, Target, check_field, check_server};
use crate::sign::{Keyring, Moment};
use serde_json::json;

mod schema;

fn issues(text: &str) -> Vec<String> {
    let (config, found) = Config::read(text);
    assert_eq!(Config::read_quietly(text), (config, !found.is_empty()), "both readers agree");
    found.iter().map(|issue| issue.to_string()).collect()
}

/// The configuration of these settings, which must be right.
fn config(settings: Value) -> Config {
    let (config, issues) = Config::read(&settings.to_string());
    assert_eq!(issues, []);
    config
}

fn huawei(settings: Value) -> Operation {
    config(json!({ "providers": { "Huawei Cloud": settings } })).limit(switch_ssl())
}

fn send(operation: &Operation, draft: &Draft, keyring: &Keyring) -> Result<(), CallError> {
    let connection = Connection { name: "S".into(), kind: ConnectionKind::Sandbox };
    let moment = Moment { now: time::OffsetDateTime::UNIX_EPOCH, nonce: "n".into() };
    prepare(operation, draft, keyring, &connection, &moment).map(drop)
}

/// Somebody with a token.
fn with_token(operation: &Operation) -> Keyring {
    let mut keyring = Keyring::default();
    keyring.begin(operation);
    let id = keyring.chosen(&operation.provider).unwrap().id;
    keyring.take(&json!({ "id": id, "kind": "X-Auth-Token", "values": { "X-Auth-Token": "token" } }));
    keyring
}

fn wrong(operation: &Operation, draft: &Draft) -> Vec<FieldIssue> {
    match send(operation, draft, &with_token(operation)) {
        Err(CallError::Fields(issues)) => issues,
        other => panic!("{other:?}"),
    }
}

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
    let text = r#"{"title": "Ours", "conections": [], "descriptions": ["https://evil.test/a.json", "apis/b.json", "\t//evil.test/a.json"],
        "connections": [{"name": "P", "kind": "proxy", "url": "/p/{host}{path}"}, {"name": "S", "kind": "sandbox"},
                        {"name": "S", "kind": "direct"}, {"name": "T", "kind": "prosy"}, {"kind": "proxy"}], "defaultConnection": "Q"}"#;
    let (config, _) = Config::read(text);
    assert_eq!(config.title, "Ours");
    assert_eq!(config.descriptions, ["apis/b.json"]);
    assert_eq!(config.connections.len(), 1);
    let known = "$schema, title, banner, language, descriptions, connections, defaultConnection, operations, providers, \
                 readOnly, timeLimit, idleMinutes, locked";
    assert_eq!(
        issues(text),
        [
            format!("config.json#/conections: unknown key; did you mean connections? known are {known}").as_str(),
            "config.json#/descriptions/0: must be a file of this site, such as apis/name.json",
            "config.json#/descriptions/2: must be a file of this site, such as apis/name.json",
            "config.json#/connections/0/url: the template says nothing of {query}",
            "config.json#/connections/2/name: the name S is used twice",
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
        "config.json#/readonly: unknown key; did you mean readOnly? ",
        "config.json#/connections/0/URL: unknown key; did you mean url? ",
        "config.json#/connections/0/providers/A~1B/region: unknown key; did you mean regions? ",
        "config.json#/connections/0/providers/A~1B/regions/r: not an http(s) address or a path",
        "config.json#/providers/P/regoins: unknown key; did you mean regions? ",
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
fn only_operations_that_fit_a_pattern_are_offered() {
    let offered = |patterns: Value| {
        let mut api =
            Api::load("apis/aliyun-elasticsearch.json", include_str!("../../../apis/aliyun-elasticsearch.json"))
                .unwrap();
        Config::read(&json!({ "operations": patterns }).to_string()).0.offer(&mut api);
        assert_eq!(api.operation("OpenHttps").is_some(), api.operations.iter().any(|entry| entry.id == "OpenHttps"));
        api.operations.into_iter().map(|entry| entry.id).collect::<Vec<_>>()
    };
    assert!(offered(json!(["*"])).contains(&"OpenHttps".to_owned()));
    assert_eq!(offered(json!(["aliyun-elasticsearch/Open*"])), ["OpenHttps"]);
    assert_eq!(offered(json!(["other/*", "*/OpenHttps"])), ["OpenHttps"]);
    for closed in [json!([]), json!(["OpenHttps"]), json!("aliyun-elasticsearch/OpenHttps"), json!([7]), json!(null)] {
        assert_eq!(offered(closed.clone()), [] as [&str; 0], "{closed}");
    }
}

#[test]
fn only_regions_that_fit_a_pattern_are_in_the_list() {
    let all = switch_ssl().servers.len();
    let limited = huawei(json!({ "regions": ["cn-north-*", "ap-southeast-1"] }));
    assert!(!limited.servers.is_empty() && limited.servers.len() < all);
    let fits = |region: &str| region.starts_with("cn-north-") || region == "ap-southeast-1" || region.contains('{');
    assert!(limited.servers.iter().all(|server| fits(&server.region)), "{:?}", limited.servers);
    assert_eq!(huawei(json!({})).servers.len(), all);
    let other = config(json!({ "providers": { "Alibaba Cloud": { "regions": ["x"] } } })).limit(switch_ssl());
    assert_eq!(other, switch_ssl(), "another provider's settings change nothing");
}

#[test]
fn a_region_that_is_typed_must_fit_a_pattern() {
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "Test", "version": "1" },
        "servers": [{ "url": "https://api.{region}.test", "x-region": "{region}",
                      "variables": { "region": { "default": "cn-a" } } }],
        "paths": { "/a": { "get": { "operationId": "Call" } } },
    });
    let settings = config(json!({ "providers": { "Test": { "regions": ["cn-*"] } } }));
    let operation = settings.limit(only_operation("apis/test.json", &document.to_string()));
    let mut draft = Draft::default();
    assert_eq!(send(&operation, &draft, &Keyring::default()), Ok(()));
    draft.set_variable("region", "ap-1".into());
    let target = Target::Variable("region".into());
    let expected = vec![FieldIssue { target, broken: Broken::NotOffered(vec!["cn-*".into()]) }];
    assert_eq!(check_server(&operation, &draft), expected, "when the field is left");
    assert_eq!(send(&operation, &draft, &Keyring::default()), Err(CallError::Fields(expected)), "and when it is sent");
}

#[test]
fn of_a_region_to_choose_only_what_fits_can_be_chosen() {
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "Test", "version": "1" },
        "servers": [{ "url": "https://api.{region}.test", "x-region": "{region}",
                      "variables": { "region": { "default": "ap-1", "enum": ["ap-1", "cn-a", "cn-b"] } } }],
        "paths": { "/a": { "get": { "operationId": "Call" } } },
    });
    let read = || only_operation("apis/test.json", &document.to_string());
    let limit = |regions: Value| config(json!({ "providers": { "Test": { "regions": regions } } })).limit(read());
    let limited = limit(json!(["cn-*"]));
    assert_eq!(limited.servers[0].variables[0].choices, ["cn-a", "cn-b"]);
    assert_eq!(limited.servers[0].variables[0].default, "cn-a");
    assert_eq!(limit(json!(["eu-*"])).servers, []);
    assert!(send(&limit(json!(["eu-*"])), &Draft::default(), &Keyring::default()).is_err());
}

#[test]
fn instances_must_fit_a_pattern() {
    let limited = huawei(json!({ "instances": ["*in99"] }));
    let target = Target::Field(path("instance_id"));
    let expected = vec![FieldIssue { target, broken: Broken::NotOffered(vec!["*in99".into()]) }];
    assert_eq!(wrong(&limited, &ssl_on()), expected);
    let field = limited.fields().into_iter().find(|field| field.name == "instance_id").unwrap().clone();
    assert_eq!(check_field(&path("instance_id"), &field.schema, true, &ssl_on()), expected, "when the field is left");
    let limited = huawei(json!({ "instances": ["*in99", "096c*in07"] }));
    assert_eq!(send(&limited, &ssl_on(), &with_token(&limited)), Ok(()));
}

#[test]
fn only_the_kinds_of_credential_that_are_named_can_be_used() {
    let signing = |kinds: Value| {
        let operation = huawei(json!({ "credentials": kinds }));
        (
            operation.limits.signing,
            operation.schemes.iter().map(crate::sign::kind).map(str::to_owned).collect::<Vec<_>>(),
        )
    };
    assert_eq!(signing(json!(["proxy", "SDK-HMAC-SHA256"])), (Signing::Any, vec!["SDK-HMAC-SHA256".to_owned()]));
    assert_eq!(signing(json!(["X-Auth-Token"])), (Signing::Own, vec!["X-Auth-Token".to_owned()]));
    assert_eq!(signing(json!(["proxy"])), (Signing::Proxy, vec![]));
    assert_eq!(signing(json!(["ACS3-HMAC-SHA256"])), (Signing::Nobody, vec![]));

    let by_proxy = |operation: &Operation| {
        let mut keyring = with_token(operation);
        let id = keyring.chosen(&operation.provider).unwrap().id;
        keyring.take(&json!({ "id": id, "kind": "proxy" }));
        keyring
    };
    let own = huawei(json!({ "credentials": ["X-Auth-Token"] }));
    let mut keyring = by_proxy(&own);
    assert!(matches!(keyring.scheme(&own), Some(Scheme::Token { .. })), "a remembered choice does not win");
    let shown = |keyring: &mut Keyring, operation: &Operation| {
        keyring.begin(operation);
        keyring.chosen(&operation.provider).unwrap().kind.clone()
    };
    assert_eq!(shown(&mut keyring, &own), "X-Auth-Token", "and the screen says what is used");
    let proxy = huawei(json!({ "credentials": ["proxy"] }));
    assert_eq!(send(&proxy, &ssl_on(), &with_token(&proxy)), Ok(()), "the token stays here");
    assert_eq!(with_token(&proxy).scheme(&proxy), None);
    assert_eq!(shown(&mut with_token(&proxy), &proxy), "proxy");
    let nobody = huawei(json!({ "credentials": ["ACS3-HMAC-SHA256"] }));
    assert_eq!(send(&nobody, &ssl_on(), &by_proxy(&nobody)), Err(CallError::NoCredential));
}

#[test]
fn servers_of_the_configuration_are_added_and_no_region_takes_them_away() {
    let server = json!({ "url": "https://gaussdb.stack.test/", "description": "Ours", "region": "stack-1" });
    let limited = huawei(json!({ "regions": ["cn-north-4"], "servers": [server, { "url": "https://bare.test" }] }));
    let hosts: Vec<&str> = limited.servers.iter().map(|server| server.host()).collect();
    assert_eq!(
        hosts,
        [
            "gaussdb.cn-north-4.myhuaweicloud.com",
            "{service}.{region}.myhuaweicloud.com",
            "gaussdb.stack.test",
            "bare.test"
        ]
    );
    assert_eq!(limited.servers[2].label, "Ours");
    assert_eq!(limited.servers[2].region, "stack-1");
    let mut draft = ssl_on();
    draft.server = 2;
    assert_eq!(send(&limited, &draft, &with_token(&limited)), Ok(()));
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
fn a_read_only_console_shows_everything_and_sends_what_only_reads() {
    let settings = config(json!({ "readOnly": true }));
    let operation = settings.limit(switch_ssl());
    let keyring = with_token(&operation);
    assert_eq!(send(&operation, &ssl_on(), &keyring), Err(CallError::ReadOnly));
    assert_eq!(send(&operation, &Draft::default(), &keyring), Err(CallError::ReadOnly), "whatever else is wrong");
    let sandbox = Connection { name: "S".into(), kind: ConnectionKind::Sandbox };
    let shown = preview(&operation, &ssl_on(), &keyring, &sandbox).unwrap();
    assert_eq!(shown, preview(&switch_ssl(), &ssl_on(), &keyring, &sandbox).unwrap());
    let reading = settings.limit(crate::fixtures::operation("get", "/a", json!({})));
    assert_eq!(send(&reading, &Draft::default(), &Keyring::default()), Ok(()));
    let harmless = settings.limit(crate::fixtures::operation("post", "/a", json!({ "x-harmless": true })));
    assert_eq!(send(&harmless, &Draft::default(), &Keyring::default()), Ok(()));
    let off = config(json!({ "readOnly": false })).limit(switch_ssl());
    assert_eq!(send(&off, &ssl_on(), &with_token(&off)), Ok(()));
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
        assert!(shape::LOCKABLE.iter().all(|setting| config.is_locked(setting)), "{locked}");
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
            "config.json#/language: must be one of en",
            "config.json#/banner: must not be empty",
        ]
    );
}

#[test]
fn a_proxy_can_have_other_addresses_for_a_provider_and_its_regions() {
    let settings = config(json!({ "connections": [{ "name": "P", "kind": "proxy", "url": "/all/{url}", "providers": {
        "Huawei Cloud": { "url": "/huawei/{url}", "regions": { "cn-north-1": "/north/{url}" } },
        "Alibaba Cloud": { "regions": { "cn-hangzhou": "/hangzhou/{url}" } },
    } }] }));
    let ConnectionKind::Proxy(template) = &settings.connections[0].kind else { panic!() };
    assert_eq!(template.of("Huawei Cloud", "cn-north-1"), "/north/{url}");
    assert_eq!(template.of("Huawei Cloud", "cn-north-4"), "/huawei/{url}");
    assert_eq!(template.of("Alibaba Cloud", "cn-hangzhou"), "/hangzhou/{url}");
    assert_eq!(template.of("Alibaba Cloud", "cn-beijing"), "/all/{url}");
    let operation = switch_ssl();
    let address = |server| {
        let mut draft = ssl_on();
        draft.server = server;
        preview(&operation, &draft, &Keyring::default(), &settings.connections[0]).unwrap().address.unwrap()
    };
    for (server, own) in operation.servers.iter().enumerate() {
        let begin = if own.region == "cn-north-1" { "/north/https://" } else { "/huawei/https://" };
        assert!(address(server).starts_with(begin), "{} {}", own.region, address(server));
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
