//! Real documents: one part that nobody needs must not close the whole. Named by the ids of the reports.

use super::*;
use crate::catalog::{BodyFormat, PathFault, Response, Signing};
use crate::form::{Draft, validate};
use crate::request::build;

fn omissions(operation: &Operation) -> Vec<&str> {
    operation.omissions.iter().map(|omission| omission.pointer.as_str()).collect()
}

/// Where a call of the document's operation goes.
fn url(document: &Value, typed: &[(&str, &str)]) -> String {
    let operation = operation(document);
    let mut draft = crate::fixtures::draft(&[(crate::fixtures::path("id"), "1")]);
    typed.iter().for_each(|(name, text)| draft.set_variable(name, (*text).to_owned()));
    build(&operation, &validate(&operation, &draft).unwrap()).unwrap().url()
}

#[test]
fn con_19() {
    let servers = json!([{"url": "https://api.example.com"}, {"url": "http://localhost:8000"}]);
    let both = operation(&with(document(), "/servers", servers));
    assert_eq!(both.servers.iter().map(|server| server.url.as_str()).collect::<Vec<_>>(), ["https://api.example.com"]);
    assert_eq!(omissions(&both), ["#/servers/1/url"]);
    for (server, expected) in [
        ("https://h.test/v1", "https://h.test/v1/a/1"),
        ("https://h.test/v1/", "https://h.test/v1/a/1"),
        ("https://h.test:8443", "https://h.test:8443/a/1"),
        ("https://H.Test:443/API", "https://h.test/API/a/1"),
        ("https://127.0.0.1:9", "https://127.0.0.1:9/a/1"),
        ("//h.test/v1", "https://h.test/v1/a/1"),
    ] {
        let found = url(&with(document(), "/servers/0/url", json!(server)), &[]);
        assert_eq!((found.as_str(), url::Url::parse(&found).unwrap().as_str()), (expected, expected));
    }
}

#[test]
fn a_server_that_a_browser_would_not_call_as_it_is_written_is_not_offered() {
    let urls = [
        "http://a.test",
        "https://",
        "https://a.test:0",
        "https://a.test:99999",
        "https://a.test:08443",
        "https://u@a.test",
        "https://[::1]",
        "/",
        "/v1",
        "",
        "https://a.test?x",
        "https://a.test/v1#x",
        "https://a.test/../b",
        "https://a.test/%2e",
        "https://a.test/a b",
        "https://a.test\\b",
        "https://{region}.test",
        "https://a}.test",
        "https://a.test/{version}",
        "javascript:alert(1)",
        "https://1.2",
        "https://0x7f.1",
        "https://a..test",
        "https://ä.test",
        "https://xn--a.test",
        "https://a%2e.test",
    ];
    for url in urls {
        let operation = operation(&with(document(), "/servers/0/url", json!(url)));
        assert!(operation.servers.is_empty(), "{url}");
        let [omission] = operation.omissions.as_slice() else { panic!("{url}: {:?}", operation.omissions) };
        assert_eq!((omission.pointer.as_str(), &omission.reason), ("#/servers/0/url", &Reason::Server(url.to_owned())));
        assert!(validate(&operation, &crate::fixtures::draft(&[(crate::fixtures::path("id"), "1")])).is_err(), "{url}");
    }
}

#[test]
fn variables_of_a_server_fill_host_port_and_base_path() {
    let servers = json!([{"url": "https://{host}:{port}/{base}", "variables": {
        "host": {"default": "api.h.test"}, "port": {"enum": ["8443", "443"], "default": "8443"}, "base": {"default": ""}}}]);
    let document = with(document(), "/servers", servers);
    assert_eq!(url(&document, &[]), "https://api.h.test:8443/a/1");
    assert_eq!(url(&document, &[("base", "api/v2")]), "https://api.h.test:8443/api/v2/a/1");
    assert_eq!(url(&document, &[("port", "443"), ("host", "Mine")]), "https://mine/a/1");
    let operation = operation(&document);
    for (name, text) in [
        ("host", "evil.test"),
        ("host", "1"),
        ("host", "a/b"),
        ("port", "0"),
        ("base", "../x"),
        ("base", "a?b"),
        ("base", "a#b"),
        ("base", "/evil.test//"),
        ("base", "%2e%2e"),
        ("base", "a\\b"),
    ] {
        let mut draft = crate::fixtures::draft(&[(crate::fixtures::path("id"), "1")]);
        draft.set_variable(name, text.to_owned());
        assert!(validate(&operation, &draft).is_err(), "{name} {text}");
    }
}

#[test]
fn what_an_operation_says_of_its_servers_and_credentials_is_not_replaced_by_what_the_document_says() {
    let found = operation(&in_operation("servers", json!({"url": "https://own.test"})));
    assert!(found.servers.is_empty(), "no other host is called");
    let found = operation(&in_operation("security", json!({"Key": []})));
    assert_eq!((found.security.len(), found.policy.signing), (0, Signing::Proxy));
}

#[test]
fn a_byte_order_mark_before_a_document_is_passed_over() {
    assert!(Api::load("t.json", &format!("\u{feff}{}", document())).is_ok());
}

#[test]
fn con_21() {
    let document = with(
        document(),
        "/paths/~1a~1{id}/put",
        json!({"operationId": "A", "parameters": [
        {"name": "id", "in": "path", "schema": {"type": "string"}}]}),
    );
    let api = load(&document).unwrap();
    let ids: Vec<&str> = api.operations.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, ["get /a/{id}", "put /a/{id}"]);
    for entry in &api.operations {
        let operation = api.operation(&entry.id).unwrap().unwrap();
        assert_eq!((operation.method, entry.operation_id.as_str()), (entry.method.clone(), "A"));
    }
}

#[test]
fn an_operation_id_that_reads_like_another_operation_names_neither() {
    let document = with(document(), "/paths/~1b", json!({"get": {"operationId": "get /a/{id}"}, "put": {}}));
    let document = with(document, &format!("{OPERATION}/operationId"), Value::Null);
    let api = load(&document).unwrap();
    let ids: std::collections::BTreeSet<&str> = api.operations.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids.len(), 3, "{ids:?}");
    assert!(ids.iter().all(|id| api.operation(id).unwrap().is_ok()));
}

#[test]
fn con_24() {
    let cookie = json!([{"name": "session", "in": "cookie", "schema": {"type": "string"}}]);
    let found = operation(&with(document(), "/paths/~1a~1{id}/parameters", cookie));
    assert_eq!(found.parameters.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), ["id"]);
    assert_eq!(omissions(&found), ["#/paths/~1a~1{id}/parameters/0/in"]);
}

#[test]
fn dead_ref_in_answer() {
    let ok = json!({"description": "Done.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/None"}}}});
    let found =
        operation(&in_operation("responses", json!({"200": ok, "404": {"$ref": "#/components/responses/None"}})));
    let [Response { status, schema, .. }] = found.responses.as_slice() else { panic!("one answer is left") };
    assert_eq!((*status, &schema.kind), (StatusRange::Code(200), &Kind::Json));
    let at = |place: &str| format!("#{OPERATION}/responses/{place}");
    assert_eq!(omissions(&found), [at("404"), at("200/content/application~1json/schema")]);
}

#[test]
fn yaml_makes_numbers_of_ports_and_versions() {
    let servers = json!([{"url": "https://h.test:{port}/v{version}", "variables": {
        "port": {"enum": [8443, "443"], "default": 8443}, "version": {"default": 2.1}}}]);
    assert_eq!(url(&with(document(), "/servers", servers), &[]), "https://h.test:8443/v2.1/a/1");
}

#[test]
fn a_scheme_that_can_be_https_is() {
    let servers = json!([{"url": "{scheme}://h.test/v1", "variables": {"scheme": {"enum": ["http", "https"], "default": "http"}}}]);
    let document = with(document(), "/servers", servers);
    assert_eq!(
        (url(&document, &[]).as_str(), operation(&document).servers[0].variables.len()),
        ("https://h.test/v1/a/1", 0)
    );
}

#[test]
fn a_property_whose_reference_leads_nowhere_is_raw_json() {
    let schema = json!({"required": ["a"], "properties": {"a": {"$ref": "#/nowhere"}, "b": {"type": "string"}}});
    let found = operation(&in_operation("requestBody", json!({"content": {"application/json": {"schema": schema}}})));
    let fields: Vec<_> = found.fields().iter().map(|field| (field.name.as_str(), field.schema.kind.clone())).collect();
    assert_eq!(fields, [("id", Kind::Text), ("a", Kind::Json), ("b", Kind::Text)]);
    assert_eq!(omissions(&found), [format!("#{OPERATION}/requestBody/content/application~1json/schema/properties/a")]);
}

#[test]
fn what_stands_beside_a_reference_to_a_parameter_counts() {
    let parameter = json!({"name": "q", "in": "query", "description": "Its own.", "schema": {"type": "string"}});
    let document = with(document(), "/components/parameters", json!({"Q": parameter}));
    let reference = json!([{"$ref": "#/components/parameters/Q", "description": "Here."}]);
    let found = operation(&with(document, "/paths/~1a~1{id}/parameters", reference));
    assert_eq!(found.parameters[0].schema.description, "Here.");
}

#[test]
fn a_parameter_that_the_document_forgot_is_asked_for_as_text() {
    let found = operation(&in_operation("parameters", json!([])));
    let [field] = found.parameters.as_slice() else { panic!("one parameter") };
    assert_eq!((field.name.as_str(), field.location, field.required), ("id", Location::Path, true));
    assert_eq!((&field.schema.kind, found.omissions.len()), (&Kind::Text, 1));
}

#[test]
fn one_usable_scheme_is_enough_and_an_empty_requirement_needs_none() {
    let with_security = |security: Value| operation(&in_operation("security", security));
    let found = with_security(json!([{"Gone": []}, {"Key": []}]));
    assert_eq!((found.security.len(), found.omissions.len()), (1, 1));
    let found = with_security(json!([{"Gone": []}, {}]));
    assert_eq!((found.security.len(), found.omissions.len(), found.policy.signing), (0, 1, Signing::Any));
    let found = with_security(json!([{"Gone": []}]));
    assert_eq!(
        (found.security.len(), found.policy.signing),
        (0, Signing::Proxy),
        "a proxy can still add the credential"
    );
}

#[test]
fn the_body_is_the_first_media_type_that_a_form_can_be_made_for() {
    let body = |content: Value| operation(&in_operation("requestBody", json!({"content": content}))).body;
    let object = json!({"schema": {"type": "object", "properties": {"a": {"type": "string"}}}});
    for (content, media_type, format) in [
        (json!({"text/xml": {}, "application/json": object}), "application/json", BodyFormat::Json),
        (json!({"application/x-www-form-urlencoded": object}), "application/x-www-form-urlencoded", BodyFormat::Form),
        (json!({"multipart/form-data": object, "text/plain": {}}), "multipart/form-data", BodyFormat::Multipart),
        (json!({"application/octet-stream": {}}), "application/octet-stream", BodyFormat::File),
        (json!({"image/png": {}}), "image/png", BodyFormat::File),
        (json!({"*/*": object}), "application/json", BodyFormat::Json),
    ] {
        let body = body(content).unwrap();
        assert_eq!((body.content_type.as_str(), body.format), (media_type, format));
    }
    assert_eq!(body(json!({"multipart/form-data": {}, "multipart/mixed": object})), None);
}

/// How many schemas there are below one.
fn size(schema: &crate::catalog::Schema) -> usize {
    1 + match &schema.kind {
        Kind::Array(item) => size(item),
        Kind::Object(fields) => fields.iter().map(|field| size(&field.schema)).sum(),
        Kind::OneOf(forms) => forms.iter().map(|form| size(&form.schema)).sum(),
        _ => 0,
    }
}

#[test]
fn a_document_of_any_shape_is_read_to_an_end() {
    // Forty schemas, each with all of them inside: without a limit this has no end.
    let names: Vec<String> = (0..40).map(|index| format!("S{index}")).collect();
    let all: Value =
        names.iter().map(|name| (name.clone(), json!({"$ref": format!("#/components/schemas/{name}")}))).collect();
    let schemas: Value =
        names.iter().map(|name| (name.clone(), json!({"properties": all, "anyOf": [all["S1"], all["S2"]]}))).collect();
    // A chain of ten thousand, in each of the ways to lead from one schema to the next.
    let chain = |link: fn(Value) -> Value| -> Value {
        (0..10_000)
            .map(|index| (format!("C{index}"), link(json!({"$ref": format!("#/components/schemas/C{}", index + 1)}))))
            .collect()
    };
    let chains: [fn(Value) -> Value; 5] = [
        |next| next,
        |next| json!({"allOf": [next]}),
        |next| json!({"anyOf": [next, {"type": "null"}]}),
        |next| json!({"type": "array", "items": next}),
        |next| json!({"properties": {"a": next}}),
    ];
    for (schemas, start) in [(schemas, "S0")].into_iter().chain(chains.map(|link| (chain(link), "C0"))) {
        let schema = json!({"schema": {"$ref": format!("#/components/schemas/{start}")}});
        let document = in_operation("requestBody", json!({"content": {"application/json": schema}}));
        let document = with(document, "/components/schemas", schemas);
        let document = with(
            document,
            &format!("{OPERATION}/responses"),
            json!({"200": {"content": {"application/json": schema}}}),
        );
        let operation = operation(&document);
        let _ = Draft::new(&operation, &mut String::new);
        let bodies = operation.body.iter().map(|body| &body.schema);
        let sizes: Vec<usize> =
            bodies.chain(operation.responses.iter().map(|answer| &answer.schema)).map(size).collect();
        assert!(sizes.len() == 2 && sizes.iter().all(|size| *size < 10_000), "{start}: {sizes:?}");
    }
}

/// What keeps a path from being called.
fn path_fault(path: &str) -> Option<PathFault> {
    let document = json!({"openapi": "3.1.0", "info": {"title": "T"}, "servers": [{"url": "https://a.test"}], "paths": {path: {"get": {
        "operationId": "A", "parameters": [{"name": "collection", "in": "query", "schema": {"type": "string"}}]}}}});
    match load(&document).unwrap().operation("A").unwrap() {
        Ok(_) => None,
        Err(error) => match error.reason {
            Reason::Path(fault) => Some(fault),
            other => panic!("{other}"),
        },
    }
}

#[test]
fn sig_8() {
    assert_eq!(path_fault("/_api/index#persistent"), Some(PathFault::Fragment));
}

#[test]
fn a_path_is_one_of_rfc_3986_and_a_browser_calls_it_as_it_is_written() {
    for (path, fault) in [
        ("/a?b=c", PathFault::Query),
        ("/a%zz", PathFault::Percent),
        ("/a%2", PathFault::Percent),
        ("/a%", PathFault::Percent),
        ("/a/../b", PathFault::Dots("..".into())),
        ("/a/.", PathFault::Dots(".".into())),
        ("/a/%2E%2e/b", PathFault::Dots("%2E%2e".into())),
        ("/a/.%2e", PathFault::Dots(".%2e".into())),
        ("/a b", PathFault::Character(' ')),
        ("/ä", PathFault::Character('ä')),
        ("/a\\b", PathFault::Character('\\')),
        ("/a\tb", PathFault::Character('\t')),
        ("/a|b", PathFault::Character('|')),
        ("/{a", PathFault::Braces),
        ("/a}", PathFault::Braces),
        ("/{}", PathFault::Braces),
        ("/{a{b}}", PathFault::Braces),
    ] {
        assert_eq!(path_fault(path), Some(fault), "{path}");
    }
    for path in
        ["/", "//", "/a/", "/a//b", "/%20", "/a:b;c=d,e", "/{a}.json", "/x-{a}-{b}", "/{a}:start", "/{a}/{a}", "/..."]
    {
        assert_eq!(path_fault(path), None, "{path}");
    }
}

#[test]
fn a_variable_can_be_the_scheme_a_base_path_with_its_slash_a_port_or_the_whole_address() {
    for (server, variable, default, expected) in [
        ("{protocol}://ghe.test/api/v3", "protocol", "http", "https://ghe.test/api/v3/a/1"),
        ("https://h.test{base}", "base", "/v1", "https://h.test/v1/a/1"),
        ("https://h.test/{base}", "base", "/v1/", "https://h.test/v1/a/1"),
        ("https://{host}", "host", "h.test:8443", "https://h.test:8443/a/1"),
        ("{baseUrl}/v2", "baseUrl", "https://h.test/v1", "https://h.test/v1/v2/a/1"),
    ] {
        let servers = json!([{"url": server, "variables": {variable: {"default": default}}}]);
        assert_eq!(url(&with(document(), "/servers", servers), &[]), expected);
    }
    let only_http = json!([{"url": "{s}://h.test", "variables": {"s": {"enum": ["http", "ws"], "default": "http"}}}]);
    assert!(operation(&with(document(), "/servers", only_http)).servers.is_empty());
    let servers = json!([{"url": "https://{host}", "variables": {"host": {"default": "h.test:8443"}}}]);
    let operation = operation(&with(document(), "/servers", servers));
    let mut draft = crate::fixtures::draft(&[(crate::fixtures::path("id"), "1")]);
    draft.set_variable("host", "evil.test:8443".into());
    assert!(validate(&operation, &draft).is_err(), "only the description names a host");
}

#[test]
fn a_header_of_the_operation_replaces_that_of_the_path_in_any_case() {
    let header = |name: &str| json!([{"name": name, "in": "header", "schema": {"type": "string"}}]);
    let document =
        with(in_operation("parameters", header("x-request-id")), "/paths/~1a~1{id}/parameters", header("X-Request-ID"));
    let found = operation(&document);
    let headers: Vec<&str> = found.parameters.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(headers, ["x-request-id", "id"]);
}

#[test]
fn a_method_that_no_page_can_send_is_left_out_of_the_list() {
    let api = load(&with(document(), "/paths/~1b", json!({"trace": {}, "head": {}}))).unwrap();
    let ids: Vec<&str> = api.operations.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, ["A", "head /b"]);
    assert_eq!(api.omissions.iter().map(|own| own.pointer.as_str()).collect::<Vec<_>>(), ["#/paths/~1b/trace"]);
}

#[test]
fn a_range_of_media_types_is_sent_as_one_of_its_kind() {
    for (range, sent) in [
        ("text/*", "text/plain"),
        ("image/*", "application/octet-stream"),
        ("application/*", "application/json"),
        ("*/*", "application/json"),
    ] {
        let found = operation(&in_operation("requestBody", json!({"content": {range: {"schema": {}}}})));
        assert_eq!(found.body.unwrap().content_type, sent);
    }
}
