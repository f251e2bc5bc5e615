//! K1: secrets that a description names in other ways than by a property of JSON, and texts that hold them in other shapes.

use super::*;
use crate::outcome::{BodyToRead, open};

const SECRET: &str = r#"{"type":"string","format":"password"}"#;

/// An operation of a document with these schemas; `SECRET` in a text is a secret's schema.
fn operation_of(schemas: &str, response: &str) -> Operation {
    let read = |text: &str| serde_json::from_str::<Value>(&text.replace("SECRET", SECRET)).unwrap();
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "servers": [{"url": "https://api.test"}],
        "paths": {"/a": {"post": {"operationId": "A", "responses": {"200": read(response)}}}},
        "components": {"schemas": read(schemas)},
    });
    crate::fixtures::only_operation("apis/test.json", &document.to_string())
}

/// All that is seen of an answer, read at once and read by the worker.
fn all_seen(operation: &Operation, sent: &[&str], headers: &[(&str, &str)], status: u16, body: &str) -> String {
    let sent = || sent.iter().map(|text| Zeroizing::new((*text).to_owned())).collect::<Vec<_>>();
    let came = reply(status, headers, body);
    let (reading, document) = open(BodyToRead::new(operation, &sent(), &came), came.body.clone());
    let shown = if reading.is_withheld() { "" } else { std::str::from_utf8(document.bytes()).unwrap() }.to_owned();
    let long = reading.finish(operation, &sent(), Reply { body: Vec::new(), ..came.clone() }, 1);
    seen(&read(operation, sent(), came)) + &seen(&long) + &shown
}

const JSON: [(&str, &str); 1] = [("content-type", "application/json")];

#[test]
fn k1_a_schema_is_found_on_every_way_that_leads_to_it() {
    let schemas = r##"{
        "Base": {"properties": {"kind": {"type": "string"}},
            "discriminator": {"propertyName": "kind", "mapping": {"db": "#/components/schemas/Db", "q": "Queue"}}},
        "Db": {"properties": {"pin": SECRET}}, "Queue": {"properties": {"pin": SECRET}},
        "Pet": {"properties": {"kind": {"type": "string"}}, "discriminator": {"propertyName": "kind"}},
        "Dog": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"properties": {"pin": SECRET}}]},
        "Own": {"$id": "https://x.test/own", "properties": {"pin": {"$ref": "#/$defs/Pin"}}, "$defs": {"Pin": SECRET}},
        "a/b": {"properties": {"pin": SECRET}}
    }"##;
    for reference in [
        "#/components/schemas/Base",
        "#/components/schemas/Pet",
        "#/components/schemas/Own",
        "https://x.test/own",
        "own",
        "#/components/schemas/a~1b",
        "#/components/schemas/a%7E1b",
    ] {
        let response = json!({"content": {"application/json": {"schema": {"$ref": reference}}}}).to_string();
        let call = operation_of(schemas, &response);
        for status in [200, 500] {
            let seen = all_seen(&call, &[], &JSON, status, r#"{"kind":"db","pin":"canary"}"#);
            assert!(!seen.contains("canary"), "{reference}: {seen}");
        }
    }
}

#[test]
fn k1_a_secret_has_another_name_in_xml() {
    let schema = r#"{"properties": {
        "pinCode": {"type": "string", "format": "password", "xml": {"name": "pc"}},
        "root": {"type": "string", "format": "password", "xml": {"name": "r", "attribute": true}},
        "keys": {"type": "array", "xml": {"wrapped": true, "name": "ks"}, "items": {"x-secret": true, "xml": {"name": "k"}}}}}"#;
    let call = operation_of("{}", &format!(r#"{{"content": {{"application/xml": {{"schema": {schema}}}}}}}"#));
    for body in ["<a><pc>canary</pc></a>", "<a r='canary'/>", "<a><ks><k>canary</k><k>canary</k></ks></a>"] {
        let seen = all_seen(&call, &[], &[("content-type", "application/xml")], 200, body);
        assert!(!seen.contains("canary"), "{body}: {seen}");
    }
}

#[test]
fn k1_an_object_in_a_header_is_masked_in_every_style() {
    let object = r#"{"type": "object", "properties": {"access": {"type": "string"}, "pin": SECRET}}"#;
    for header in [
        format!(r#"{{"schema": {object}}}"#),
        format!(r#"{{"schema": {object}, "explode": true}}"#),
        format!(r#"{{"content": {{"application/json": {{"schema": {object}}}}}}}"#),
    ] {
        let call = operation_of("{}", &format!(r#"{{"headers": {{"X-Keys": {header}}}}}"#));
        for text in ["access,AK,pin,canary", "access=AK,pin=canary", r#"{"access":"AK","pin":"canary"}"#] {
            let seen = all_seen(&call, &[], &[("x-keys", text)], 200, "{}");
            assert!(!seen.contains("canary"), "{header} {text}: {seen}");
        }
    }
}

/// Bodies of an operation that documents `pin` and `rootKey`, a line each.
const BODIES: &str = r#"
{"root key":"canary"}
{"pin ":"canary"}
{"errors":[{"field":"pin","rejectedValue":"canary","code":"Size"}]}
{"detail":[{"type":"x","loc":["body","pin"],"msg":"m","input":"canary"}]}
{"errors":[{"type":"field","value":"canary","path":"pin","location":"body"}]}
{"errors":[{"value":"canary","msg":"Invalid","param":"user[pin]"}]}
{"errors":[{"propertyName":"Pin","attemptedValue":"canary"}]}
{"message":[{"property":"pin","value":"canary","constraints":{}}]}
{"errors":[{"instancePath":"/user/pin","data":"canary"}]}
{"message":"spec.pin: Invalid value: \"canary\": must be long"}
{"Tags":[{"TagKey":"pin","TagValue":"canary"}]}
{"Parameters":[{"ParameterName":"pin","ParameterValue":"canary"}]}
{"Outputs":[{"OutputKey":"pin","OutputValue":"canary"}]}
{"u":"data:application/json;base64,eyJwaW4iOiJjYW5hcnkifQ=="}
{"config":"users:\n- user:\n    pin: canary\n    x: y\n"}
{"message":"mutation { create(pin: \"canary\") { id } }"}
{"message":"{\u0022pin\u0022: \u0022canary\u0022}"}
{"id":"1"}{"pin":"canary"}
)]}',{"pin":"canary"}
cb({"pin":"canary"});
data: {"pin":"canary"}
<plist><dict><key>pin</key><string>canary</string></dict></plist>
<r><struct><member><name>pin</name><value><string>canary</string></value></member></struct></r>
<html><input name="pin" value="canary"></html>
"#;

#[test]
fn k1_a_secret_is_masked_in_every_shape_that_servers_give_it() {
    let schema = r#"{"type": "object", "properties": {"pin": SECRET, "rootKey": SECRET, "id": {"type": "string"}}}"#;
    let call = operation_of("{}", &format!(r#"{{"content": {{"application/json": {{"schema": {schema}}}}}}}"#));
    let lines = BODIES.trim().lines().map(str::to_owned);
    let controls =
        ["{\"p\0in\":\"canary\"}", "{\"p\u{1}in\":\"canary\"}", "{\"pin\":\"canary\"}\n{\"pin\":\"canary\"}\n"];
    for body in lines.chain(controls.map(str::to_owned)) {
        for status in [200, 400, 503] {
            let seen = all_seen(&call, &[], &JSON, status, &body);
            assert!(!seen.contains("canary"), "{body}: {seen}");
        }
    }
}

#[test]
fn k1_what_was_sent_is_masked_in_more_spellings() {
    for (sent, echo) in [
        ("it's-canary-4711", r"it\'s-canary-4711"),
        ("it's-canary-4711", "it''s-canary-4711"),
        ("it's-canary-4711", r"it'\''s-canary-4711"),
        ("pä-canary-4711", r"p\u{e4}-canary-4711"),
        ("p🔑-canary-4711", r"p\U0001F511-canary-4711"),
        ("pä-canary-4711", "p%u00e4-canary-4711"),
        ("pä-canary-4711", r"p\303\244-canary-4711"),
        ("p@canary-4711", "p&commat;canary-4711"),
        ("p:canary-4711", "p&colon;canary-4711"),
        ("p$canary-4711", "p&dollar;canary-4711"),
        ("p@canary-4711", "p&#x00000040;canary-4711"),
        ("pä-canary-4711", "p%E4-canary-4711"),
        ("pä-canary-4711", "pÃ¤-canary-4711"),
        ("pä-canary-4711", "p?-canary-4711"),
        ("pä-canary-4711", "p\u{fffd}-canary-4711"),
    ] {
        for body in [json!({"message": format!("of '{echo}'")}).to_string(), format!("<p>of {echo}</p>")] {
            let seen = all_seen(&switch_ssl(), &[sent], &JSON, 400, &body);
            assert!(!seen.contains("canary"), "{body}: {seen}");
        }
    }
}
