//! K6, K8 and K9: paths, credentials and broken parts of real descriptions. A line each.

use super::*;
use crate::form::{Draft, FieldPath, validate};
use crate::request::build;

/// A path, the values of its parameters in their order, and the path that is called, or nothing where it is refused.
const PATHS: &str = r"
/a/{b}.{c} | x json | /a/x.json
/a/{b}{c} | . . |
/a/.{b} | . |
/{b}:cancel | op:1 | /op%3A1:cancel
/v1/{name} | projects/p |
/v1/{+name} | x | /v1/x
/{Bucket}/{Key+} | x y | /x/y
/a/{b} | %2e%2e | /a/%252e%252e
/a/{b} | a;b,c=d | /a/a%3Bb%2Cc%3Dd
/a/{b} | 日本 | /a/%E6%97%A5%E6%9C%AC
/a/%E4%BD%A0/{b} | x | /a/%E4%BD%A0/x
/Users('{b}') | o'x | /Users('o%27x')
/Products(ID={b},Lang='{c}') | 1 en | /Products(ID=1,Lang='en')
/a;v=1/{b}/ | x | /a;v=1/x/
//{b}//c | x | //x//c
/.well-known/{b} | x | /.well-known/x
/a/{b-c}/{d.e}/{h$i} | 1 2 3 | /a/1/2/3
/{Bucket}?acl | x |
/#Action=X | |
/a[b]/{c} | x |
";

#[test]
fn k6_a_path_is_called_as_it_is_written_or_not_at_all() {
    for line in PATHS.trim().lines() {
        let [path, values, expected] = line.split('|').map(str::trim).collect::<Vec<_>>()[..] else { panic!("{line}") };
        let names: Vec<&str> = path.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        let parameters: Vec<Value> =
            names.iter().map(|name| json!({"name": name, "in": "path", "schema": {"type": "string"}})).collect();
        let document = json!({"openapi": "3.1.0", "info": {"title": "T"}, "servers": [{"url": "https://a.test"}],
            "paths": {path: {"get": {"operationId": "A", "parameters": parameters}}}});
        let called = load(&document).unwrap().operation("A").unwrap().ok().and_then(|operation| {
            let mut draft = Draft::default();
            for (name, value) in names.iter().zip(values.split(' ')) {
                draft.set_value(&crate::fixtures::path(name), &json!(value));
            }
            build(&operation, &validate(&operation, &draft).ok()?).ok()
        });
        let parsed = called.as_ref().map(|request| url::Url::parse(&request.url()).unwrap().path().to_owned());
        assert_eq!(called.map(|request| request.path).unwrap_or_default(), expected, "{line}");
        assert_eq!(parsed.unwrap_or_default(), expected, "a browser: {line}");
    }
}

#[test]
fn k8_requirements_are_read_as_they_are_meant() {
    let schemes = json!({
        "K": {"type": "apiKey", "in": "header", "name": "X-API-Key"}, "L": {"type": "apiKey", "in": "header", "name": "x-api-key"},
        "B": {"type": "http", "scheme": "Bearer"}, "O": {"type": "oauth2", "flows": {}}, "M": {"type": "mutualTLS"},
        "R": {"$ref": "#/components/securitySchemes/K"}, "C": {"type": "apiKey", "in": "cookie", "name": "sid"}, "N": null,
        "A": {"type": "http", "scheme": "basic"},
    });
    for (security, kinds, omissions) in [
        (json!([{"B": [], "O": ["read"]}]), vec!["Bearer"], 0),
        (json!([{"K": [], "L": []}]), vec!["X-API-Key"], 0),
        (json!([{"A": [], "O": []}]), vec![], 1),
        (json!([{"R": []}]), vec!["X-API-Key"], 0),
        (json!([{"M": []}, {"K": []}]), vec!["X-API-Key"], 1),
        (json!([{"M": [], "K": []}]), vec![], 1),
        (json!([{}, {"C": []}]), vec![], 1),
        (json!([{"N": []}, {"K": null}]), vec!["X-API-Key"], 1),
        (json!([{"K": ["a"]}, {"K": ["b"]}]), vec!["X-API-Key"], 0),
    ] {
        let document = with(in_operation("security", security.clone()), "/components/securitySchemes", schemes.clone());
        let found = operation(&document);
        let own: Vec<String> = found.security.iter().map(|own| own.credential_kind()).collect();
        assert_eq!(
            (own, found.omissions.len()),
            (kinds.into_iter().map(str::to_owned).collect(), omissions),
            "{security}"
        );
    }
}

/// What is put where in operation `A`, and how many remarks that makes.
const BROKEN: &str = r##"
parameters/0 | null | 2
parameters/0/schema | {"type": "String"} | 1
parameters/0/schema | {"type": "string", "pattern": "(?i)abc"} | 1
parameters/0/schema | {"type": "string", "pattern": "(?<!a)b"} | 0
parameters/0/schema | {"type": "string", "minLength": -1} | 1
parameters/0/schema | {"allOf": {}} | 1
parameters/0/schema | {"oneOf": []} | 0
parameters/0/schema | {"$ref": "https://x.test/s.json"} | 1
parameters/0/examples | {"a": {"$ref": "#/nope"}, "b": {"externalValue": "https://x"}, "c": {"value": "v"}} | 1
requestBody | {"description": "x"} | 1
requestBody | {"content": {"multipart/mixed": {}}} | 1
requestBody | {"content": {"application/json": {"schema": {"required": "a", "properties": {"a": {}}}}}} | 1
responses | [] | 1
responses | {"20x": {}, "2xx": {}, "200": {"content": []}} | 2
responses | {"200": {"links": {"a": {"operationRef": "#/x"}, "b": 5}, "headers": {"X": {"$ref": "#/nope"}}}} | 3
summary | 5 | 0
description | ["a"] | 1
"##;

#[test]
fn k9_a_broken_part_costs_itself_and_is_told() {
    for line in BROKEN.trim().lines() {
        let [place, value, remarks] = line.split(" | ").collect::<Vec<_>>()[..] else { panic!("{line}") };
        let found = load(&in_operation(place, serde_json::from_str(value).unwrap())).unwrap().operation("A").unwrap();
        let found = found.unwrap_or_else(|error| panic!("{line}: {error}"));
        assert_eq!(found.omissions.len(), remarks.parse::<usize>().unwrap(), "{line}: {:?}", found.omissions);
        assert!(found.parameters.iter().any(|field| FieldPath::of(field) == crate::fixtures::path("id")), "{line}");
    }
}
