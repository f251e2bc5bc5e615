//! K1, K3, K4 and K7: what real descriptions ask for, as requests. A line each.

use super::*;
use crate::request::{UnsignedRequest, build};

/// The request of a call that is filled with this value, for its parameter `x` or for its body.
fn request(call: &Operation, value: &Value) -> Result<(UnsignedRequest, Draft), Vec<FieldIssue>> {
    let mut draft = Draft::new(call, &mut String::new);
    match (call.parameters.first(), &call.body) {
        (Some(field), _) => draft.set_as(&FieldPath::of(field), &field.schema, value),
        (None, Some(body)) => draft.set_as(&FieldPath::body(), &body.schema, value),
        (None, None) => panic!("nothing to fill: {:?}", call.omissions),
    }
    Ok((build(call, &validate(call, &draft)?).unwrap(), draft))
}

/// A call with the parameter `x`, of which `more` are further members.
fn parameter(place: &str, schema: &Value, more: &Value) -> Operation {
    let mut parameter = json!({"name": "x", "in": place, "schema": schema});
    parameter.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let template = if place == "path" { "/p/{x}" } else { "/p" };
    operation("get", template, json!({"parameters": [parameter]}))
}

fn with_media(media: &str, schema: &Value, encoding: &Value) -> Operation {
    let content = json!({media: {"schema": schema, "encoding": encoding}});
    operation("post", "/p", json!({"requestBody": {"required": true, "content": content}}))
}

fn read(text: &str) -> Value {
    serde_json::from_str(&text.replace("SECRET", r#"{"type":"string","format":"password"}"#)).unwrap()
}

/// Place or media type, schema, further members, and a value with secrets in it.
const SECRETS: &str = r#"
application/json | {"properties":{"m":{"patternProperties":{"^a":SECRET}}}} | {} | {"m":{"a":"canary-1"}}
application/json | {"properties":{"m":{"oneOf":[{"properties":{"a":{}}},{"properties":{"pin":SECRET}}]}}} | {} | {"m":{"pin":"canary-1"}}
application/json | {"properties":{"pin":{"format":"password"}}} | {} | {"pin":"canary-1"}
application/json | {"properties":{"pin":{"type":"integer","format":"password"}}} | {} | {"pin":47110815}
application/json | {"properties":{"pin":{"enum":["canary-1","b"],"format":"password"}}} | {} | {"pin":"canary-1"}
application/json | {"properties":{"pin":{"type":["string","integer"],"format":"password"}}} | {} | {"pin":"canary-1"}
application/json | {"properties":{"pins":{"type":"array","x-secret":true,"items":{"type":"string"}}}} | {} | {"pins":["canary-1"]}
application/json | {"properties":{"keys":{"type":"object","x-secret":true,"properties":{"a":{"type":"string"}}}}} | {} | {"keys":{"a":"canary-1"}}
application/json | {"properties":{"keys":{"type":"object","x-secret":true}}} | {} | {"keys":{"a":"canary-1"}}
application/xml | {"type":"string"} | {} | "<a>\n <password>canary-1</password></a>"
application/yaml | {"type":"string"} | {} | "a: b\npassword: canary-1"
application/x-ndjson | {"type":"string"} | {} | "{\"a\":1}\n{\"password\":\"canary-1\"}"
application/graphql | {"type":"string"} | {} | "mutation { create(password: \"canary-1\") { id } }"
application/x-www-form-urlencoded | {"properties":{"pins":{"type":"array","items":SECRET}}} | {"pins":{"style":"pipeDelimited"}} | {"pins":["canary-1","canary-2"]}
multipart/form-data | {"properties":{"pin":SECRET,"o":{"type":"object","properties":{"pin":SECRET}}}} | {} | {"pin":"canary-1","o":{"pin":"canary-2"}}
query | {"anyOf":[SECRET,{"type":"integer"}]} | {} | "canary-1"
query | {"type":["string","integer"],"format":"password"} | {} | "canary-1"
query | {"type":"integer","format":"password"} | {} | 47110815
query | {"type":"array","items":SECRET} | {"style":"spaceDelimited"} | ["canary-1","canary-2"]
query | {"type":"object","properties":{"pin":SECRET,"a":{}}} | {"style":"deepObject"} | {"pin":"canary-1","a":"b"}
header | {"type":"object","properties":{"a":{"type":"string"},"pin":SECRET}} | {"explode":true} | {"a":"b","pin":"canary-1"}
path | {"type":"object","properties":{"pin":SECRET}} | {"style":"matrix","explode":true} | {"pin":"canary-1"}
"#;

#[test]
fn k1_what_is_sent_as_a_secret_is_shown_nowhere_kept_nowhere_and_known_in_an_echo() {
    for line in SECRETS.trim().lines() {
        let [place, schema, more, value] = line.split(" | ").collect::<Vec<_>>()[..] else { panic!("{line}") };
        let call = match place.contains('/') {
            true => with_media(place, &read(schema), &read(more)),
            false => parameter(place, &read(schema), &read(more)),
        };
        let (request, draft) = request(&call, &read(value)).unwrap();
        let seen = format!("{request:?} {}", draft.to_value(&call));
        assert!(!seen.contains("canary") && !seen.contains("4711"), "{line}: {seen}");
        for secret in ["canary-1", "canary-2", "47110815"].into_iter().filter(|own| value.contains(own)) {
            let known = |own: &str| own == secret || call.body.is_some() && own.contains(secret);
            assert!(request.secrets().iter().any(|own| known(own)), "{line}: {:?}", request.secrets());
        }
    }
    let harmless = with_media("text/plain", &json!({"type": "string"}), &json!({}));
    let (request, _) = request(&harmless, &json!("Reset my password, please.")).unwrap();
    assert_eq!(request.body_shown, "Reset my password, please.");
}

/// Place, schema, further members, value, and path, query and header of the call.
const ADDRESSES: &str = r#"
query | {"type":["integer","null"],"default":null} | {} | null | /p
query | {"enum":["","a"]} | {} | "" | /p?x=
query | {"anyOf":[{"type":"array","items":{"type":"string"}},{"type":"null"}]} | {} | ["a","b"] | /p?x=a&x=b
query | {"oneOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]} | {} | "a" | /p?x=a
query | {"type":"array","items":{"type":"string"}} | {"explode":false} | ["",""] | /p?x=,
query | {"type":"number"} | {} | 123456789012345678901234567890.50 | /p?x=123456789012345678901234567890.50
query | {"type":"number"} | {} | -0 | /p?x=-0
query | {"type":"array","items":{"type":"string"}} | {"style":"spaceDelimited","explode":true} | ["a","b"] | /p?x=a&x=b
query | {"type":"object","properties":{"a":{"type":"integer"},"b":{}}} | {"style":"pipeDelimited"} | {"a":1,"b":"c"} | /p?x=a%7C1%7Cb%7Cc
query | {"type":"object","additionalProperties":{"type":"string"}} | {"style":"deepObject"} | {"k 1":"v&"} | /p?x[k%201]=v%26
query | {"type":"object","properties":{"a":{}},"additionalProperties":{"type":"integer"}} | {} | {"a":"1","z":2} | /p?a=1&z=2
query | {"type":"array","prefixItems":[{"type":"number"},{"type":"number"}]} | {"explode":false} | [1.5,2] | /p?x=1.5,2
query | {} | {"content":{"application/vnd.x+json":{"schema":{}}}} | [[1],{"a":null}] | /p?x=%5B%5B1%5D%2C%7B%22a%22%3Anull%7D%5D
path | {} | {"content":{"application/json":{"schema":{"type":"object"}}}} | {"a":1} | /p/%7B%22a%22%3A1%7D
path | {"type":"object","properties":{"role":{},"name":{}}} | {"explode":true} | {"role":"admin","name":"A l"} | /p/role=admin,name=A%20l
header | {"type":"string"} | {} | "" | /p x: 
"#;

#[test]
fn k3_k7_addresses_are_spelled_as_the_description_says() {
    for line in ADDRESSES.trim_matches('\n').lines() {
        let [place, schema, more, value, expected] = line.split(" | ").collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let (request, _) = request(&parameter(place, &read(schema), &read(more)), &read(value)).unwrap();
        let header = request.headers.iter().find(|header| header.name == "x");
        let header = header.map(|header| format!(" x: {}", header.sent())).unwrap_or_default();
        assert_eq!(format!("{}{}{header}", request.path, request.query_with_mark()), expected, "{line}");
        assert_eq!(url::Url::parse(&request.url()).unwrap().as_str(), request.url(), "{line}");
    }
}

/// Schema, value, and the body that is sent.
const BODIES: &str = r#"
{"properties":{"a":{"oneOf":[{"properties":{"c":{"default":"d"}}},{"type":"string"}]}}} | {} | {}
{"properties":{"a":{"anyOf":[{"properties":{"b":{"default":"x"}}},{"type":"null"}]}}} | {"a":null} | {"a":null}
{"properties":{"a":{"type":"array","items":{"type":["string","null"]}}}} | {"a":["x",null,""]} | {"a":["x",null,""]}
{"properties":{"a":{"enum":[9007199254740993,1.0]}}} | {"a":9007199254740993} | {"a":9007199254740993}
{"properties":{"a":{"type":"array","items":{"required":["id"],"properties":{"id":{"readOnly":true},"n":{}}}}}} | {"a":[{"id":"7","n":"x"}]} | {"a":[{"n":"x"}]}
{"required":["id"],"allOf":[{"properties":{"id":{"type":"string"}}},{"properties":{"id":{"readOnly":true}}}]} | {} | {}
{"required":["id"],"properties":{"id":{"readOnly":true,"default":"d"},"n":{}}} | {"n":"x"} | {"n":"x"}
{"required":["at"],"properties":{"at":{"anyOf":[{"type":"string"},{"type":"null"}],"readOnly":true},"n":{}}} | {"at":"1","n":"x"} | {"n":"x"}
{"additionalProperties":{"type":"object","properties":{"id":{"readOnly":true},"n":{}}}} | {"k":{"id":"1","n":"x"}} | {"k":{"n":"x"}}
{"oneOf":[{"required":["id","a"],"properties":{"id":{"readOnly":true},"a":{}}},{"required":["id","b"],"properties":{"id":{"readOnly":true},"b":{}}}]} | {"id":"1","b":"x"} | {"b":"x"}
{"oneOf":[{"properties":{"a":{"type":"string"}}},{"properties":{"b":{"type":"string"}}}]} | {"b":"x"} | {"b":"x"}
{"type":"object","patternProperties":{"^x-":{"type":"string"}}} | {"x-a":"1"} | {"x-a":"1"}
{"allOf":[{"properties":{"a":{}}}],"unevaluatedProperties":false} | {"a":"1","b":2} | {"a":"1"}
"#;

#[test]
fn k3_k4_a_body_has_what_was_filled_in_and_nothing_that_only_answers_have() {
    for line in BODIES.trim().lines() {
        let [schema, value, expected] = line.split(" | ").collect::<Vec<_>>()[..] else { panic!("{line}") };
        let (request, _) = request(&with_media("application/json", &read(schema), &json!({})), &read(value)).unwrap();
        assert_eq!(String::from_utf8(request.body).unwrap(), expected, "{line}");
    }
    let pattern =
        with_media("application/json", &json!({"patternProperties": {"^a": {"type": "integer"}}}), &json!({}));
    let refused = request(&pattern, &json!({"a": "x"})).unwrap_err();
    assert_eq!(refused[0].broken, Broken::NotInteger, "a member has the schema of the only pattern");
}

#[test]
fn k7_a_keyword_without_support_is_told_at_its_place() {
    for keyword in [
        r#""dependentRequired":{"a":["b"]}"#,
        r#""propertyNames":{"pattern":"^a"}"#,
        r#""minProperties":1"#,
        r#""maxProperties":1"#,
        r#""if":{"required":["a"]}"#,
    ] {
        let schema = read(&format!(r#"{{"type":"object","properties":{{"a":{{}}}},{keyword}}}"#));
        let name = keyword.split('"').nth(1).unwrap();
        let call = with_media("application/json", &schema, &json!({}));
        assert_eq!(call.omissions.len(), 1, "{keyword}");
        assert!(call.omissions[0].pointer.ends_with(&format!("schema/{name}")), "{}", call.omissions[0]);
    }
    for keyword in [json!({"contains": {"const": 1}}), json!({"prefixItems": [{"type": "integer"}]})] {
        let mut list = json!({"type": "array", "items": {"type": "integer"}});
        list.as_object_mut().unwrap().extend(keyword.as_object().unwrap().clone());
        let call = with_media("application/json", &json!({"properties": {"a": list}}), &json!({}));
        assert_eq!(call.omissions.len(), 1, "{keyword}: {:?}", call.omissions);
    }
    let list = json!({"properties": {"a": {"type": "array", "items": {"type": "string"}}}});
    let parts = with_media("multipart/form-data", &list, &json!({"a": {"style": "form", "explode": false}}));
    assert_eq!(parts.omissions.len(), 2, "style and explode of a part: {:?}", parts.omissions);
}
