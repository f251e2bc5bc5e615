use super::*;
use crate::catalog::{Act, FormPart, Kind, Location, Lockout, Remark, Scheme, StatusRange};
use crate::sign::SchemeKind;
use serde_json::json;

mod k_rows;
mod strict_by_need;

const OPERATION: &str = "/paths/~1a~1{id}/get";

/// A document with one operation, `A`.
fn document() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Test", "version": "1"},
        "servers": [{"url": "https://root.test"}],
        "security": [{"Key": []}],
        "paths": {"/a/{id}": {"get": {
            "operationId": "A",
            "parameters": [{"name": "id", "in": "path", "schema": {"type": "string"}}],
            "responses": {},
        }}},
        "components": {"securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}}},
    })
}

/// The document with `value` at a pointer; `null` removes what is there.
fn with(mut document: Value, at: &str, value: Value) -> Value {
    let (parent, key) = at.rsplit_once('/').unwrap();
    let key = &key.replace("~1", "/");
    match document.pointer_mut(parent).unwrap() {
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        Value::Object(members) if value.is_null() => drop(members.shift_remove(key)),
        Value::Object(members) => drop(members.insert(key.to_owned(), value)),
        other => panic!("{at} is below {other}"),
    }
    document
}

fn in_operation(key: &str, value: Value) -> Value {
    with(document(), &format!("{OPERATION}/{key}"), value)
}

fn load(document: &Value) -> Result<Api> {
    Api::load("apis/t.json", &document.to_string())
}

fn operation(document: &Value) -> Operation {
    load(document).unwrap().operation("A").unwrap().unwrap()
}

/// Place of a defect, what is put there (`null`: nothing), and the complaint without the file. A `.` is operation `A`.
/// These keep the document, or the operation, from being used at all.
const REFUSED: &str = r##"
/openapi | "3.0.3" | #/openapi: only OpenAPI 3.1 is read, this is 3.0.3
/openapi | "3.10.0" | #/openapi: only OpenAPI 3.1 is read, this is 3.10.0
/openapi | null | #/openapi: only OpenAPI 3.1 is read, this is something else
/openapi | 3.0 | #/openapi: only OpenAPI 3.1 is read, this is 3.0
/paths | [] | #/paths: must be an object, is an array
.parameters/0 | {"name": "s", "in": "cookie", "required": true, "schema": {}} | #.parameters/0/in: a parameter in cookie is not supported
.parameters/0 | {"name": "X Y", "in": "header", "required": true, "schema": {}} | #.parameters/0/name: the header X Y is not supported
.requestBody | {"required": true} | #.requestBody/content: missing
.requestBody | {"required": true, "content": {"multipart/mixed": {}}} | #.requestBody/content: a body as multipart/mixed is not supported
"##;

/// These cost only themselves.
const LEFT_OUT: &str = r##"
.parameters | [] | #/paths/~1a~1{id}: the path and its parameters do not agree on {id}
.parameters | [{"name": "id", "in": "query", "schema": {}}] | #/paths/~1a~1{id}: the path and its parameters do not agree on {id}
/paths/~1a~1{id}/parameters | [{"name": "no", "in": "path", "schema": {}}] | #/paths/~1a~1{id}: the path and its parameters do not agree on {no}
/paths/~1a~1{id}/parameters | [{"name": "s", "in": "cookie", "schema": {}}] | #/paths/~1a~1{id}/parameters/0/in: a parameter in cookie is not supported
/paths/~1a~1{id}/parameters | [{"name": "X Y", "in": "header", "schema": {}}] | #/paths/~1a~1{id}/parameters/0/name: the header X Y is not supported
/paths/~1a~1{id}/parameters | [{"in": "query", "schema": {}}] | #/paths/~1a~1{id}/parameters/0/name: missing
/paths/~1a~1{id}/parameters | [{"name": "q", "in": "query", "required": "yes", "schema": {}}] | #/paths/~1a~1{id}/parameters/0/required: must be a boolean, is a string
/paths/~1a~1{id}/parameters | [{"$ref": "#/components/None"}] | #/paths/~1a~1{id}/parameters/0: the reference #/components/None leads nowhere in this document
/paths/~1a~1{id}/parameters | [{"$ref": "other.json#/P"}] | #/paths/~1a~1{id}/parameters/0: the reference other.json#/P leads nowhere in this document
.parameters/0/schema/pattern | "(" | #.parameters/0/schema/pattern: not an ECMAScript pattern: Unbalanced parenthesis
.parameters/0/schema/minLength | "three" | #.parameters/0/schema/minLength: must be a whole number from 0, is a string
.parameters/0/schema/maxLength | -1 | #.parameters/0/schema/maxLength: must be a whole number from 0, is a number
.parameters/0/schema/maximum | [] | #.parameters/0/schema/maximum: must be a number, is an array
.parameters/0/schema/type | "date" | #.parameters/0/schema/type: date is not supported
.parameters/0/schema/x-generate | "ulid" | #.parameters/0/schema/x-generate: x-generate ulid is not supported
.requestBody | {} | #.requestBody/content: missing
.requestBody | {"content": {"multipart/mixed": {}}} | #.requestBody/content: a body as multipart/mixed is not supported
.responses | {"4YY": {}} | #.responses/4YY: the status 4YY is not supported
.responses | {"200": {"$ref": "#/nowhere"}} | #.responses/200: the reference #/nowhere leads nowhere in this document
.externalDocs | {"url": "javascript:alert(1)"} | #.externalDocs/url: a link to javascript:alert(1) is not supported
.externalDocs | {"url": "http://docs.test"} | #.externalDocs/url: a link to http://docs.test is not supported
.security | [{"None": []}, {"Key": []}] | #.security/0/None: the reference None leads nowhere in this document
.security | [{"None": []}] | #.security/0/None: the reference None leads nowhere in this document
/components | {} | #/security/0/Key: the reference Key leads nowhere in this document
/components/securitySchemes/Key/x-signature | "MD5" | #/components/securitySchemes/Key: MD5 is not supported
/components/securitySchemes/Key/name | "X Key" | #/components/securitySchemes/Key/name: the header X Key is not supported
/components/securitySchemes/Key | {"type": "mutualTLS"} | #/components/securitySchemes/Key: mutualTLS is not supported
/components/securitySchemes/Key | {"type": "apiKey", "in": "cookie", "name": "k"} | #/components/securitySchemes/Key: apiKey cookie is not supported
/components/securitySchemes/Key | {"type": "http", "scheme": "digest"} | #/components/securitySchemes/Key: http digest is not supported
/servers | null | #/servers: missing
/servers/0 | {} | #/servers/0/url: missing
.servers | [{"url": "https://{x}.test", "variables": {"x": {}}}] | #.servers/0/variables/x/default: missing
/servers/0 | {"url": "https://a.test", "x-region": "{r}"} | #/servers/0/url: https://a.test is not of the form https://host:port/path
.servers | {"url": "https://a.test"} | #.servers: must be an array, is an object
.security | {"Key": []} | #.security: must be an array, is an object
.parameters/0/schema/multipleOf | 0 | #.parameters/0/schema/multipleOf: 0 is not supported
.servers | [{"url": "http://localhost:8000"}, {"url": "https://a.test"}] | #.servers/0/url: http://localhost:8000 is not of the form https://host:port/path
.x-impact | {} | #.x-impact/summary: missing
.x-impact | {"summary": "s", "effects": [{"when": {}}]} | #.x-impact/effects/0/text: missing
.x-safe | "yes" | #.x-safe: must be a boolean, is a string
.x-preconditions | [{"text": "t", "exceptions": [null]}] | #.x-preconditions/0/exceptions/0: must be a string, is null
"##;

/// These are about the list of operations.
const UNLISTED: &str = r##"
/info/title | null | #/info/title: missing
/info | null | #/info: missing
/x-provider | 1 | #/x-provider: must be a string, is a number
.operationId | true | #.operationId: must be a string, is a boolean
.summary | {} | #.summary: must be a string, is an object
/paths/~1b | {"$ref": "#/nowhere"} | #/paths/~1b: the reference #/nowhere leads nowhere in this document
/paths/b | {"get": {}} | #/paths/b: the path cannot be called: it does not begin with a slash
/paths/~1b | {"get": 1} | #/paths/~1b/get: must be an object, is a number
"##;

/// The complaints of a table, each beside the document that it is about.
fn defects(table: &str) -> Vec<(Value, String)> {
    let read = |line: &str| {
        let [at, value, expected] = line.split(" | ").collect::<Vec<_>>().try_into().unwrap();
        let at = at.replace('.', &format!("{OPERATION}/"));
        let expected = expected.replace("#.", &format!("#{OPERATION}/"));
        (with(document(), &at, serde_json::from_str(value).unwrap()), format!("apis/t.json{expected}"))
    };
    table.trim().lines().map(read).collect()
}

#[test]
fn what_cannot_be_called_is_refused_by_file_pointer_and_reason() {
    for (document, expected) in defects(REFUSED) {
        let error = load(&document).and_then(|api| api.operation("A").unwrap()).expect_err(&expected);
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn what_nobody_needs_costs_only_itself_and_is_remembered_once() {
    for (document, expected) in defects(LEFT_OUT) {
        let omissions: Vec<String> = operation(&document).omissions.iter().map(ToString::to_string).collect();
        assert_eq!(omissions, [expected.as_str()]);
    }
    assert_eq!(operation(&document()).omissions, []);
}

#[test]
fn the_list_of_operations_remembers_what_it_leaves_out() {
    for (document, expected) in defects(UNLISTED) {
        let api = load(&document).unwrap();
        assert_eq!(api.omissions.iter().map(ToString::to_string).collect::<Vec<_>>(), [expected.as_str()]);
        assert!(api.operation(&api.operations[0].id).unwrap().is_ok());
    }
}

#[test]
fn text_that_is_not_json_is_refused_with_line_and_column() {
    let error = Api::load("apis/t.json", "{\n  \"openapi\": \n}").unwrap_err();
    assert_eq!((error.file.as_str(), error.pointer.as_str()), ("apis/t.json", "#"));
    assert!(matches!(&error.reason, Reason::Syntax(text) if text.contains("line 3 column 1")), "{error}");
}

#[test]
fn references_are_followed_through_chains_into_components_and_by_encoded_pointers() {
    let document = with(
        document(),
        "/components/parameters",
        json!({
            "First": {"$ref": "#/components/parameters/Second"},
            "Second": {"$ref": "#/components/parameters/The%20id"},
            "The id": {"name": "id", "in": "path", "schema": {"$ref": "#/components/schemas/a~1b"}},
        }),
    );
    let document = with(document, "/components/schemas", json!({"a/b": {"type": "string", "maxLength": 3}}));
    let document =
        with(document, &format!("{OPERATION}/parameters"), json!([{"$ref": "#/components/parameters/First"}]));
    assert_eq!(operation(&document).parameters[0].schema.rules.max_length, Some(3));
    // A complaint names the place where the text stands, not the way there.
    let omissions = operation(&with(document, "/components/schemas/a~1b/pattern", json!("["))).omissions;
    assert_eq!(omissions[0].pointer, "#/components/schemas/a~1b/pattern");
}

#[test]
fn references_in_a_circle_lead_nowhere() {
    let circle = json!({"P": {"$ref": "#/components/parameters/Q"}, "Q": {"$ref": "#/components/parameters/P"}});
    let document = with(document(), "/components/parameters", circle);
    let document = with(document, &format!("{OPERATION}/parameters/0"), json!({"$ref": "#/components/parameters/P"}));
    let error = &operation(&document).omissions[0];
    assert!(error.pointer.starts_with("#/components/parameters/"), "{error}");
    assert!(matches!(error.reason, Reason::Reference(_)), "{error}");
}

#[test]
fn a_parameter_of_the_operation_replaces_the_one_of_the_path() {
    let of_path = json!([
        {"name": "id", "in": "path", "schema": {"type": "integer"}},
        {"name": "id", "in": "query", "schema": {"type": "boolean"}},
    ]);
    let operation = operation(&with(document(), "/paths/~1a~1{id}/parameters", of_path));
    let found: Vec<_> = operation.parameters.iter().map(|field| (field.location, &field.schema.kind)).collect();
    assert_eq!(found, [(Location::Query, &Kind::Boolean(Vec::new())), (Location::Path, &Kind::Text)]);
    assert!(operation.parameters[1].required, "a part of the path is required even if the document does not say so");
}

#[test]
fn header_parameters_that_openapi_ignores_are_ignored() {
    let header = |name: &str| json!({"name": name, "in": "header", "required": true, "schema": {"type": "string"}});
    let names = ["Accept", "content-type", "Authorization", "X-Own"];
    let parameters = names.map(header).to_vec();
    let operation = operation(&with(document(), "/paths/~1a~1{id}/parameters", json!(parameters)));
    assert_eq!(operation.parameters.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), ["X-Own", "id"]);
    assert_eq!(operation.security.len(), 1, "the document says how to prove who sends");
}

#[test]
fn yaml_makes_a_number_of_the_version() {
    assert!(load(&with(document(), "/openapi", json!(3.1))).is_ok());
}

#[test]
fn the_innermost_servers_count_and_an_empty_list_does_not() {
    let server = |host: &str| json!([{"url": format!("https://{host}")}]);
    let hosts = |document: &Value| operation(document).servers.iter().map(|s| s.url.clone()).collect::<Vec<_>>();
    assert_eq!(hosts(&document()), ["https://root.test"]);
    let of_path = with(document(), "/paths/~1a~1{id}/servers", server("path.test"));
    assert_eq!(hosts(&of_path), ["https://path.test"]);
    let of_operation = with(of_path.clone(), &format!("{OPERATION}/servers"), server("own.test"));
    assert_eq!(hosts(&of_operation), ["https://own.test"]);
    assert_eq!(hosts(&with(of_path, &format!("{OPERATION}/servers"), json!([]))), ["https://path.test"]);
}

#[test]
fn security_of_the_operation_replaces_that_of_the_document() {
    let key = Scheme { name: "X-Key".into(), action: "A".into(), ..Scheme::new(SchemeKind::Token) };
    assert_eq!(operation(&document()).security, [key.into()]);
    assert_eq!(operation(&in_operation("security", json!([]))).security, []);
    let signed = json!({"type": "http", "x-signature": "ACS3-HMAC-SHA256", "description": "d"});
    let document = with(document(), "/components/securitySchemes/Key", signed);
    let (action, version, description) = ("A".into(), "1".into(), "d".into());
    let acs3 = Scheme { action, version, description, ..Scheme::new(SchemeKind::Acs3) };
    assert_eq!(operation(&document).security, [acs3.into()]);
}

#[test]
fn huaweis_signature_says_after_how_many_failures_a_key_is_locked() {
    let scheme = |more: Value| {
        let mut signed = json!({"type": "http", "x-signature": "SDK-HMAC-SHA256", "description": "d"});
        signed.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let document = with(document(), "/components/securitySchemes/Key", signed);
        load(&document).unwrap().operation("A").unwrap().map(|operation| operation.security)
    };
    let sdk_hmac = |lockout| {
        let (action, description) = ("A".into(), "d".into());
        Scheme { action, description, lockout, ..Scheme::new(SchemeKind::SdkHmac) }
    };
    assert_eq!(scheme(json!({})).unwrap(), [sdk_hmac(None).into()]);
    let lockout = Lockout { failures: 6, minutes: 5 };
    assert_eq!(scheme(json!({"x-lockout": {"failures": 6, "minutes": 5}})).unwrap(), [sdk_hmac(Some(lockout)).into()]);
    let wrong = |lockout: Value| {
        let signed = json!({"type": "http", "x-signature": "SDK-HMAC-SHA256", "x-lockout": lockout});
        operation(&with(document(), "/components/securitySchemes/Key", signed)).omissions[0].pointer.clone()
    };
    let at = "#/components/securitySchemes/Key/x-lockout";
    assert_eq!(wrong(json!({"failures": 6})), format!("{at}/minutes"));
    assert_eq!(wrong(json!({"failures": "six", "minutes": 5})), format!("{at}/failures"));
}

#[test]
fn a_broken_operation_prevents_neither_the_list_nor_the_others() {
    let broken = json!({"post": {"operationId": "B", "summary": "Broken", "requestBody": {"required": true}}});
    let api = load(&with(document(), "/paths/~1b", broken)).unwrap();
    let listed: Vec<_> = api.operations.iter().map(|entry| (entry.id.as_str(), entry.summary.as_str())).collect();
    assert_eq!(listed, [("A", "A"), ("B", "Broken")], "without a summary the id is the name");
    assert!(api.operation("A").unwrap().is_ok());
    let error = api.operation("B").unwrap().unwrap_err();
    assert_eq!(error.pointer, "#/paths/~1b/post/requestBody/content");
    assert!(api.operation("C").is_none());
}

#[test]
fn what_is_not_read_does_no_harm() {
    let document = with(document(), "/paths/x-origin", json!("vendor"));
    let document = with(document, "/paths/~1a~1{id}/x-owner", json!([1]));
    let document = with(document, &format!("{OPERATION}/responses/x-more"), json!(1));
    let document = with(document, &format!("{OPERATION}/callbacks"), json!({"$ref": "#/nowhere"}));
    let document = with(document, "/webhooks", json!({"a": {"$ref": "#/nowhere"}}));
    assert_eq!(operation(&document).responses, []);
}

#[test]
fn answers_are_read_with_status_fields_and_headers() {
    let fields = json!({"type": "object", "properties": {"id": {"type": "string"}}});
    let operation = operation(&in_operation(
        "responses",
        json!({
            "200": {"description": "Done.", "content": {"text/html": {}, "application/vnd.a+json": {"schema": fields}}},
            "4XX": {"headers": {"X-Id": {"description": "An id.", "schema": {"type": "string"}}}},
            "default": {},
        }),
    ));
    let status = |status| operation.response(status).unwrap().status;
    assert_eq!(
        [status(200), status(404), status(503)],
        [StatusRange::Code(200), StatusRange::Class(4), StatusRange::Default]
    );
    let done = operation.response(200).unwrap();
    assert!(matches!(&done.schema.kind, Kind::Object(fields) if fields[0].name == "id"));
    let header = &operation.response(404).unwrap().headers[0];
    assert_eq!((header.name.as_str(), header.schema.description.as_str()), ("X-Id", "An id."));
}

#[test]
fn impact_preconditions_and_the_error_catalogue_are_read() {
    let impact = json!({"summary": "s", "details": ["d"], "subject": "id", "verify": "f", "noun": "n",
        "effects": [{"when": {"id": "x", "a.b": true}, "text": "t"}, {"text": "else"}]});
    let document = in_operation("x-impact", impact);
    let document = with(document, &format!("{OPERATION}/x-preconditions"), json!([{"text": "p", "exceptions": ["e"]}]));
    let operation = operation(&with(document, "/x-errors", json!("t.errors.json")));
    let impact = operation.impact.unwrap();
    assert_eq!((impact.summary.as_str(), impact.details.as_slice()), ("s", ["d".to_owned()].as_slice()));
    assert_eq!((impact.subject.as_deref(), impact.noun.as_str()), (Some("id"), "n"));
    assert_eq!(impact.verify, ["f"], "one step may be a text");
    assert_eq!(impact.effects[0].when, [("id".to_owned(), json!("x")), ("a.b".to_owned(), json!(true))]);
    assert_eq!(impact.effects[1], Effect { when: Vec::new(), text: "else".into() });
    assert_eq!(operation.preconditions, [Precondition { text: "p".into(), exceptions: vec!["e".into()] }]);
    assert_eq!(operation.errors.as_deref(), Some("apis/t.errors.json"));
    assert_eq!((operation.api.as_str(), operation.api_title.as_str()), ("t", "Test"));
}

#[test]
fn names_parts_remarks_and_the_words_of_the_act_are_read() {
    let id = json!({"name": "id", "in": "path", "required": true, "x-label": "Instance ID", "x-part": "what",
        "schema": {"type": "string", "x-label": "ID", "x-part": "more",
            "x-remarks": [{"pattern": "[*]", "text": "t"}, {"pattern": "^es-", "not": true, "text": "u"}]}});
    let zone =
        json!({"name": "zone", "in": "query", "schema": {"type": "string", "x-label": "Zone", "x-part": "where"}});
    let odd = json!({"name": "odd", "in": "query", "schema": {"type": "string", "x-part": "left", "x-remarks": [{"pattern": "("}]}});
    let document = in_operation("parameters", json!([id, zone, odd]));
    let acts =
        json!([{"when": {"id": "x"}, "send": "Go…", "question": "Go to {id}?", "confirm": "Go", "short": "gone"}, {}]);
    let operation = operation(&with(document, &format!("{OPERATION}/x-act"), acts));
    let [id, zone, odd] = operation.parameters.as_slice() else { panic!("three fields") };
    assert_eq!((id.schema.label.as_str(), id.schema.part), ("Instance ID", Some(FormPart::What)), "the parameter wins");
    assert_eq!((zone.schema.label.as_str(), zone.schema.part), ("Zone", Some(FormPart::Where)));
    assert_eq!((odd.schema.part, odd.schema.remarks.as_slice()), (None, [].as_slice()));
    assert_eq!(operation.omissions.len(), 2, "what cannot be read is noted: {:?}", operation.omissions);
    let remark = |pattern: &str, not, text: &str| Remark { pattern: pattern.into(), not, text: text.into() };
    assert_eq!(id.schema.remarks, [remark("[*]", false, "t"), remark("^es-", true, "u")]);
    assert_eq!(operation.acts.len(), 2);
    assert_eq!((operation.acts[0].send.as_str(), operation.acts[0].short.as_str()), ("Go…", "gone"));
    assert_eq!(operation.acts[1], Act::default());
}

#[test]
fn an_operation_without_an_id_goes_by_its_verb_and_path() {
    let api = load(&with(document(), &format!("{OPERATION}/operationId"), Value::Null)).unwrap();
    let entry = &api.operations[0];
    assert_eq!(entry.id, format!("{} {}", entry.method.as_str().to_lowercase(), entry.path));
    assert!(api.operation(&entry.id).unwrap().is_ok());
}

#[test]
fn credentials_belong_to_a_provider_and_servers_to_a_region() {
    assert_eq!(
        (operation(&document()).provider.as_str(), operation(&document()).servers[0].region.as_str()),
        ("Test", "")
    );
    let servers = json!([
        {"url": "https://a.test", "x-region": "r-1"},
        {"url": "https://{r}.test", "x-region": "{r}", "variables": {"r": {"default": "r-2"}}},
    ]);
    let document = with(with(document(), "/x-provider", json!("Cloud")), "/servers", servers);
    assert_eq!(load(&document).unwrap().provider, "Cloud");
    let operation = operation(&document);
    assert_eq!(operation.provider, "Cloud");
    assert_eq!(operation.servers.iter().map(|s| s.region.as_str()).collect::<Vec<_>>(), ["r-1", "{r}"]);
    let draft = crate::form::Draft::default();
    assert_eq!(operation.servers.iter().map(|server| draft.region(server)).collect::<Vec<_>>(), ["r-1", "r-2"]);
}

#[test]
fn a_safe_post_is_no_change() {
    let posted = |parts: Value| crate::fixtures::operation("post", "/a", parts);
    assert!(posted(json!({})).is_mutating() && posted(json!({"x-safe": false})).is_mutating());
    assert!(!posted(json!({"x-safe": true})).is_mutating());
}

#[test]
fn a_lookup_is_kept_as_it_stands() {
    let lookup = json!({"operation": "a/B", "with": {"$ref": "#/nowhere"}});
    let schema = json!({"type": "string", "x-lookup": lookup});
    let operation = operation(&with(document(), &format!("{OPERATION}/parameters/0/schema"), schema));
    assert_eq!(operation.parameters[0].schema.lookup, Some(lookup));
}

#[test]
fn what_a_document_is_for_is_known_from_its_list() {
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "servers": [{"url": "https://a.test"}],
        "paths": {
            "/list": {"get": {"operationId": "List", "responses": {"200": {"description": "", "links": {
                "One": {"operationId": "Switch", "parameters": {"path.id": "$response.body#/items/0/id"}},
                "Loose": {"operationId": "Switch", "x-unless": {"$response.body#/items/0/state": "on"}},
                "Odd": {"operationRef": "#/paths/~1x"}}}}}},
            "/switch/{id}": {"put": {"operationId": "Switch", "x-impact": {"summary": "S."}, "parameters": [
                {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}]}},
            "/token": {"post": {"operationId": "Token", "x-safe": true, "x-impact": {"summary": "S."}, "x-grants": {}}},
        },
    });
    let api = Api::load("apis/a.json", &document.to_string()).unwrap();
    let of = |id: &str| api.operations.iter().find(|entry| entry.id == id).unwrap();
    let kinds = ["List", "Switch", "Token"].map(|id| (of(id).is_switch, of(id).is_grant));
    assert_eq!(kinds, [(false, false), (true, false), (false, true)]);
    assert_eq!(
        (of("List").leads_to.as_slice(), of("Switch").leads_to.as_slice()),
        (&["Switch".to_owned()][..], &[][..])
    );
    let list = api.operation("List").unwrap().unwrap();
    let links = &list.response(200).unwrap().links;
    assert_eq!(links.len(), 1, "a link that cannot be used costs only itself");
    assert_eq!(links[0].parameters, [("id".to_owned(), json!("$response.body#/items/0/id"))]);
}

#[test]
fn the_list_of_clusters_leads_to_the_switch() {
    let api =
        Api::load("apis/aliyun-elasticsearch.json", include_str!("../../../apis/aliyun-elasticsearch.json")).unwrap();
    let list = api.operations.iter().find(|entry| entry.id == "ListInstance").unwrap();
    assert_eq!(list.leads_to, ["OpenHttps", "CloseHttps", "DescribeInstance"]);
}
