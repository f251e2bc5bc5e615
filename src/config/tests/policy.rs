//! What is offered of the APIs.

use super::*;

#[test]
fn only_operations_that_fit_a_pattern_are_offered() {
    let offered = |patterns: Value| {
        let mut api =
            Api::load("apis/aliyun-elasticsearch.json", include_str!("../../../apis/aliyun-elasticsearch.json"))
                .unwrap();
        Config::parse(&json!({ "operations": patterns }).to_string()).0.filter(&mut api);
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
    let other = config(json!({ "providers": { "Alibaba Cloud": { "regions": ["x"] } } })).restrict(switch_ssl());
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
    let operation = settings.restrict(only_operation("apis/test.json", &document.to_string()));
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
    let limit = |regions: Value| config(json!({ "providers": { "Test": { "regions": regions } } })).restrict(read());
    let limited = limit(json!(["cn-*"]));
    assert_eq!(limited.servers[0].variables[0].choices, ["cn-a", "cn-b"]);
    assert_eq!(limited.servers[0].variables[0].default, "cn-a");
    assert_eq!(limit(json!(["eu-*"])).servers, []);
    let complaint = FieldIssue { target: Target::Variable("region".into()), broken: Broken::NotOffered(vec![]) };
    let refused = send(&limit(json!(["eu-*"])), &Draft::default(), &Keyring::default());
    assert_eq!(refused, Err(CallError::Fields(vec![complaint])));
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
        (operation.policy.signing, operation.schemes().map(Scheme::credential_kind).collect::<Vec<_>>())
    };
    assert_eq!(signing(json!(["proxy", "SDK-HMAC-SHA256"])), (Signing::Any, vec!["SDK-HMAC-SHA256".to_owned()]));
    assert_eq!(signing(json!(["X-Auth-Token"])), (Signing::Own, vec!["X-Auth-Token".to_owned()]));
    assert_eq!(signing(json!(["proxy"])), (Signing::Proxy, vec![]));
    assert_eq!(signing(json!(["ACS3-HMAC-SHA256"])), (Signing::Nobody, vec![]));

    let by_proxy = |operation: &Operation| {
        let mut keyring = with_token(operation);
        let id = keyring.chosen(&operation.provider).unwrap().id;
        keyring.set_kind(id, "proxy");
        keyring
    };
    let own = huawei(json!({ "credentials": ["X-Auth-Token"] }));
    let mut keyring = by_proxy(&own);
    assert!(
        keyring.security(&own).is_some_and(|own| own.schemes[0].kind == SchemeKind::Token),
        "a remembered choice does not win"
    );
    let shown = |keyring: &mut Keyring, operation: &Operation| {
        keyring.ensure_profile(operation, ProfileId::new(2));
        keyring.chosen(&operation.provider).unwrap().kind.clone()
    };
    assert_eq!(shown(&mut keyring, &own), "X-Auth-Token", "and the screen says what is used");
    let proxy = huawei(json!({ "credentials": ["proxy"] }));
    assert_eq!(send(&proxy, &ssl_on(), &with_token(&proxy)), Ok(()), "the token stays here");
    assert_eq!(with_token(&proxy).security(&proxy), None);
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
fn a_read_only_console_shows_everything_and_sends_what_only_reads() {
    let settings = config(json!({ "readOnly": true }));
    let operation = settings.restrict(switch_ssl());
    let keyring = with_token(&operation);
    assert_eq!(send(&operation, &ssl_on(), &keyring), Err(CallError::ReadOnly));
    assert_eq!(send(&operation, &Draft::default(), &keyring), Err(CallError::ReadOnly), "whatever else is wrong");
    let sandbox = Connection { name: "S".into(), kind: ConnectionKind::Sandbox };
    let preview = |operation: &Operation| {
        PlannedCall { operation, draft: &ssl_on(), keyring: &keyring, connection: &sandbox }.preview().unwrap()
    };
    assert_eq!(preview(&operation), preview(&switch_ssl()));
    let reading = settings.restrict(crate::fixtures::operation("get", "/a", json!({})));
    assert_eq!(send(&reading, &Draft::default(), &Keyring::default()), Ok(()));
    let safe = settings.restrict(crate::fixtures::operation("post", "/a", json!({ "x-safe": true })));
    assert_eq!(send(&safe, &Draft::default(), &Keyring::default()), Ok(()));
    let off = config(json!({ "readOnly": false })).restrict(switch_ssl());
    assert_eq!(send(&off, &ssl_on(), &with_token(&off)), Ok(()));
}

#[test]
fn a_proxy_can_have_other_addresses_for_a_provider_and_its_regions() {
    let settings = config(json!({ "connections": [{ "name": "P", "kind": "proxy", "url": "/all/{url}", "providers": {
        "Huawei Cloud": { "url": "/huawei/{url}", "regions": { "cn-north-1": "/north/{url}" } },
        "Alibaba Cloud": { "regions": { "cn-hangzhou": "/hangzhou/{url}" } },
    } }] }));
    let ConnectionKind::Proxy(proxy) = &settings.connections[0].kind else { panic!() };
    let template = |provider: &str, region: &str| proxy.template(provider, region).as_str();
    assert_eq!(template("Huawei Cloud", "cn-north-1"), "/north/{url}");
    assert_eq!(template("Huawei Cloud", "cn-north-4"), "/huawei/{url}");
    assert_eq!(template("Alibaba Cloud", "cn-hangzhou"), "/hangzhou/{url}");
    assert_eq!(template("Alibaba Cloud", "cn-beijing"), "/all/{url}");
    let operation = switch_ssl();
    let address = |server| {
        let mut draft = ssl_on();
        draft.server = server;
        let (keyring, connection) = (Keyring::default(), &settings.connections[0]);
        let call = PlannedCall { operation: &operation, draft: &draft, keyring: &keyring, connection };
        call.preview().unwrap().address.unwrap()
    };
    for (server, own) in operation.servers.iter().enumerate() {
        let begin = if own.region == "cn-north-1" { "/north/https://" } else { "/huawei/https://" };
        assert!(address(server).starts_with(begin), "{} {}", own.region, address(server));
    }
}

/// The language that the form of Huawei's switch begins with.
fn language(settings: Value) -> Raw {
    let operation = config(settings).restrict(switch_ssl());
    let path = FieldPath { location: Location::Header, path: "X-Language".into() };
    Draft::new(&operation, &mut String::new).get(&path).clone()
}

#[test]
fn messages_are_asked_for_in_the_language_of_the_deployment() {
    let begins = |language: &str| Raw::Text(language.to_owned());
    assert_eq!(language(json!({})), begins("en-us"));
    assert_eq!(language(json!({ "language": "en" })), begins("en-us"));
    assert_eq!(language(json!({ "language": "zh" })), begins("zh-cn"));
}

#[test]
fn only_a_field_that_the_description_marks_follows_the_language() {
    let parameter = |name: &str, schema: Value| json!({ "name": name, "in": "query", "schema": schema });
    let parameters = json!([
        parameter("marked", json!({ "enum": ["fr", "zh-tw", "zh-cn"], "default": "fr", "x-language": true })),
        parameter("unmarked", json!({ "enum": ["en", "zh"], "default": "en" })),
        parameter("other", json!({ "enum": ["fr", "de"], "default": "fr", "x-language": true })),
        parameter("typed", json!({ "type": "string", "default": "en", "x-language": true })),
    ]);
    let operation = crate::fixtures::operation("get", "/a", json!({ "parameters": parameters }));
    let limited = config(json!({ "language": "zh" })).restrict(operation.clone());
    let defaults = limited.fields().into_iter().map(|field| field.schema.default.clone().unwrap());
    assert_eq!(defaults.collect::<Vec<_>>(), ["zh-tw", "en", "fr", "en"]);
}

#[test]
fn a_list_of_which_nothing_is_right_forbids_all_and_says_so() {
    let text = json!({ "providers": { "Huawei Cloud": { "credentials": ["hmac", 7] } } }).to_string();
    let (config, issues) = Config::parse(&text);
    let told: Vec<(String, bool)> = issues.iter().map(|issue| (issue.path.clone(), issue.fail_closed)).collect();
    let at = |path: &str| format!("#/providers/Huawei Cloud/credentials{path}");
    assert_eq!(told, [(at("/0"), false), (at("/1"), false), (at(""), true)]);
    assert_eq!(config.restrict(switch_ssl()).policy.signing, Signing::Nobody);
}
