//! Hosts, the order of issues, and what holds for any text.

use super::*;
use crate::request::build;
use proptest::prelude::*;

/// The real call, in "another region": the last server.
fn another_region(service: &str, region: &str) -> (Operation, Draft) {
    let (operation, mut draft) = (switch_ssl(), ssl_on());
    draft.server = operation.servers.len() - 1;
    draft.set_variable("service", service.to_owned());
    draft.set_variable("region", region.to_owned());
    (operation, draft)
}

#[test]
fn server_variables_fill_the_host_and_begin_with_their_defaults() {
    let (operation, draft) = another_region("gaussdb-mysql", "eu-west-101");
    assert_eq!(validate(&operation, &draft).unwrap().host(), "gaussdb-mysql.eu-west-101.myhuaweicloud.com");
    let mut draft = ssl_on();
    draft.server = operation.servers.len() - 1;
    assert_eq!(validate(&operation, &draft).unwrap().host(), "gaussdb.cn-north-4.myhuaweicloud.com");
    draft.server = 0;
    draft.set_variable("region", "evil.test/".into());
    assert_eq!(validate(&operation, &draft).unwrap().host(), "gaussdb.cn-north-4.myhuaweicloud.com");
}

#[test]
fn no_text_in_a_server_variable_can_lead_to_another_host() {
    let long = "a".repeat(64);
    let texts = [
        "evil.test/",
        "evil.test#",
        "evil.test?",
        "a.b",
        "x@y",
        "a:1",
        "a/b",
        "a\\b",
        "-a",
        "a-",
        "a b",
        "é",
        "a%2e",
        "{region}",
        &long,
    ];
    for text in texts {
        let (operation, draft) = another_region("gaussdb", text);
        let found = validate(&operation, &draft).unwrap_err();
        let expected = FieldIssue { target: Target::Variable("region".into()), broken: Broken::HostLabel };
        assert_eq!(found, [expected], "{text}");
    }
    let (operation, draft) = another_region("gaussdb", "");
    assert_eq!(issues(&operation, &draft), [("region".into(), Broken::Required)]);
    let (operation, draft) = another_region("evil", "cn-north-4");
    let services = ["gaussdb", "gaussdbformysql", "gaussdb-mysql"].map(str::to_owned).to_vec();
    assert_eq!(issues(&operation, &draft), [("service".into(), Broken::NotListed(services))]);
    let (operation, draft) = another_region("gaussdb", &"a".repeat(63));
    assert!(validate(&operation, &draft).is_ok(), "63 characters are a host label");
}

#[test]
fn without_a_server_nothing_is_sent() {
    let mut draft = ssl_on();
    draft.server = 1000;
    assert_eq!(issues(&switch_ssl(), &draft), [("region".into(), Broken::NotOffered(vec![]))]);
}

#[test]
fn issues_come_in_the_order_of_the_form() {
    let (operation, mut draft) = another_region("gaussdb", "a.b");
    draft.set(path("project_id"), Raw::Unset);
    draft.set(path("instance_id"), Raw::Text("..".into()));
    draft.set(header("X-Language"), Raw::Text("fr".into()));
    draft.set(body("ssl_option"), Raw::Unset);
    let names: Vec<String> = issues(&operation, &draft).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["region", "project_id", "instance_id", "X-Language", "ssl_option"]);
    let any = |place: &str| json!({"name": place, "in": place, "required": true, "schema": {"type": "string"}});
    let media = json!({"application/json": {"schema": {"required": ["b"], "properties": {"b": {"type": "string"}}}}});
    let call = crate::fixtures::operation(
        "post",
        "/a/{path}",
        json!({
        "parameters": [any("header"), any("query"), any("path")], "requestBody": {"required": true, "content": media}}),
    );
    let names: Vec<String> = issues(&call, &Draft::default()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["path", "query", "header", "b"], "whatever the order of the document");
}

#[test]
fn a_field_that_is_left_is_checked_with_all_below_it_and_nothing_else() {
    let operation = switch_ssl();
    let fields = operation.fields();
    let draft = draft(&[(path("project_id"), "x")]);
    let check = |field: &Field| check_field(&FieldPath::of(field), &field.schema, field.required, &draft);
    assert!(matches!(&check(fields[0])[..], [FieldIssue { broken: Broken::Pattern { has: Some(1), .. }, .. }]));
    assert_eq!(check(fields[1]).len(), 1, "required");
    assert_eq!(check(fields[2]), [], "optional");
}

/// Texts that people and attackers put into a path.
fn typed() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        ".", "..", "/", "\\", "%2e", "%2F", "?", "#", ";", "@", ":", "{id}", " ", "\t", "\n", "é", "😀", "\u{feff}",
        "a", "in07",
    ]);
    prop_oneof![any::<String>(), prop::collection::vec(parts, 0..5).prop_map(|parts| parts.concat())]
}

/// Parts of a path or an address in a description, right and wrong ones.
fn template_piece() -> impl Strategy<Value = String> {
    let parts = vec![
        "{a}", "{b}", "/", "/", "//", ".", "..", "%2e", "%2E", "%20", "%", "%g0", "#", "?", "\\", "\t", "é", " ", "a",
        "v1", ":", ";", "=", ",", "@", ":8443", ":443", "{", "}", "|", "^", "`", "\"", "'", "<", "~", "!$&'()*+", ".1",
        "xn--a", "A",
    ];
    prop::sample::select(parts).prop_map(str::to_owned)
}

/// One of these, or anything made of pieces.
fn mostly(good: &'static [&'static str]) -> impl Strategy<Value = String> {
    let any = prop::collection::vec(template_piece(), 0..6).prop_map(|pieces| pieces.concat());
    prop_oneof![3 => prop::sample::select(good).prop_map(str::to_owned), 2 => any]
}

proptest! {
    #[test]
    fn a_text_in_the_path_is_refused_or_arrives_as_one_segment(text in typed(), other in typed()) {
        let parameter = |name: &str| json!({"name": name, "in": "path", "schema": {"type": "string"}});
        let parts = json!({"parameters": [parameter("id"), parameter("name")]});
        let call = crate::fixtures::operation("get", "/v1/{id}/of/{name}", parts);
        let filled = draft(&[(path("id"), &text), (path("name"), &other)]);
        if let Ok(arguments) = validate(&call, &filled) {
            let request = build(&call, &arguments).unwrap();
            // As a browser reads it, which removes "." and "..".
            let read = url::Url::parse(&request.url()).unwrap();
            prop_assert_eq!(read.path(), &request.path);
            prop_assert_eq!((read.host_str(), read.query(), read.fragment()), (Some("api.test"), None, None));
            let segments: Vec<_> = request.path.split('/')
                .map(|segment| percent_encoding::percent_decode_str(segment).decode_utf8().unwrap().into_owned())
                .collect();
            prop_assert_eq!(segments, ["", "v1", &text, "of", &other]);
        }
    }

    /// Whatever the document has for a path and a server, and whatever is typed: refused, or called as it is signed.
    #[test]
    fn a_browser_calls_what_was_signed(
        template in mostly(&["{a}", "v1/{a}/x/{b}.json", "{a}:{b}", "a//{b};x=1,2/", ".{a}", "%20/{a}{b}"]),
        server in mostly(&["", ".test", ".test:8443/v1", ".{b}.test/{a}", ":{a}"]),
        texts in prop::collection::vec(typed(), 4), style in 0_usize..3, reserved in any::<bool>(),
    ) {
        let template = format!("/{template}");
        let style = ["simple", "label", "matrix"][style];
        let parameter = |name: &str| json!({"name": name, "in": "path", "style": style, "schema": {}});
        let document = json!({
            "openapi": "3.1.0", "info": {"title": "T"},
            "servers": [{"url": format!("https://h{server}"), "variables": {"a": {"default": texts[2]}, "b": {"default": "x"}}}],
            "paths": {template: {"get": {"operationId": "A", "parameters": [parameter("a"), parameter("b"),
                {"name": texts[3], "in": "query", "allowReserved": reserved, "schema": {}}]}}},
        });
        let api = crate::catalog::Api::load("t.json", &document.to_string()).unwrap();
        if let Ok(call) = api.operation("A").unwrap() {
            let filled = draft(&[(path("a"), &texts[0]), (path("b"), &texts[1]), (query(&texts[3]), &texts[2])]);
            if let Ok(request) = validate(&call, &filled).map(|arguments| build(&call, &arguments))
                && let Ok(request) = request
            {
                let read = url::Url::parse(&request.url()).unwrap();
                prop_assert_eq!(read.as_str(), request.url());
                let port = read.port().map_or(String::new(), |port| format!(":{port}"));
                prop_assert_eq!(format!("{}{port}", read.host_str().unwrap()), request.host);
                prop_assert_eq!((read.path(), read.query().unwrap_or_default()), (&*request.path, &*request.query));
                prop_assert_eq!(read.fragment(), None);
            }
        }
    }

    #[test]
    fn ids_are_accepted_exactly_when_a_plain_check_accepts_them(
        project in "[A-Za-z0-9]{31,33}|[A-Za-z0-9-]{32}|[a-z0-9]{31}é|[a-z0-9]{32}\n",
        instance in "[A-Za-z0-9]{31,33}in0[67]|[A-Za-z0-9]{32}(in07|IN07|in07 )|[a-z]{32}",
        token in "[ -~]{60,66}|[\\x00-\\x7f]{0,64}|[a-zé]{0,4}",
    ) {
        let alphanumeric = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let good_project = project.len() == 32 && alphanumeric(&project);
        let good_instance = instance.len() == 36 && alphanumeric(&instance) && instance.ends_with("in07");
        let mut ssl = ssl_on();
        ssl.set(path("project_id"), Raw::Text(project));
        ssl.set(path("instance_id"), Raw::Text(instance));
        let wrong: Vec<String> =
            validate(&switch_ssl(), &ssl).err().unwrap_or_default().iter().map(|issue| issue.target.name().to_owned()).collect();
        prop_assert_eq!(wrong.contains(&"project_id".to_owned()), !good_project);
        prop_assert_eq!(wrong.contains(&"instance_id".to_owned()), !good_instance);
        let good_token = token.is_ascii() && token.len() <= 64;
        let mut https = https_on();
        https.set(query("clientToken"), Raw::Text(token));
        prop_assert_eq!(validate(&open_https(), &https).is_ok(), good_token);
    }
}
