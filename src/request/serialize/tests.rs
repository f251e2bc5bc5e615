//! The style examples of OpenAPI 3.1.1, as requests.

use crate::fixtures::*;
use crate::form::{Draft, FieldPath, validate};
use crate::request::{UnsignedRequest, build};
use serde_json::{Value, json};

/// The request for one parameter, `color`, with this value.
fn request(location: &str, more: &Value, value: &Value) -> UnsignedRequest {
    let schema = match value {
        Value::Array(_) => json!({"type": "array", "items": {"type": "string"}}),
        Value::Object(_) => json!({"type": "object"}),
        _ => json!({"type": "string"}),
    };
    let mut parameter = json!({"name": "color", "in": location, "schema": schema});
    parameter.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let template = if location == "path" { "/a/{color}" } else { "/a" };
    let call = operation("get", template, json!({"parameters": [parameter]}));
    assert_eq!(call.omissions, []);
    let mut draft = Draft::default();
    draft.set_as(&FieldPath::of(&call.parameters[0]), &call.parameters[0].schema, value);
    let request = build(&call, &validate(&call, &draft).unwrap()).unwrap();
    assert_eq!(url::Url::parse(&request.url()).unwrap().as_str(), request.url(), "a browser respells it");
    request
}

#[test]
fn every_style_is_spelled_as_openapi_spells_it() {
    let (one, list) = (json!("blue"), json!(["blue", "black", "brown"]));
    let members = json!({"R": "100", "G": "200", "B": "150"});
    let cases = [
        ("path", "simple", false, ["blue", "blue,black,brown", "R,100,G,200,B,150"]),
        ("path", "simple", true, ["blue", "blue,black,brown", "R=100,G=200,B=150"]),
        ("path", "label", false, [".blue", ".blue,black,brown", ".R,100,G,200,B,150"]),
        ("path", "label", true, [".blue", ".blue.black.brown", ".R=100.G=200.B=150"]),
        ("path", "matrix", false, [";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"]),
        ("path", "matrix", true, [";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"]),
        ("query", "form", false, ["color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"]),
        ("query", "form", true, ["color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"]),
        (
            "query",
            "spaceDelimited",
            false,
            ["color=blue", "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"],
        ),
        (
            "query",
            "pipeDelimited",
            false,
            ["color=blue", "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"],
        ),
        (
            "query",
            "deepObject",
            true,
            ["color=blue", "color=blue&color=black&color=brown", "color[R]=100&color[G]=200&color[B]=150"],
        ),
        ("header", "simple", false, ["blue", "blue,black,brown", "R,100,G,200,B,150"]),
        ("header", "simple", true, ["blue", "blue,black,brown", "R=100,G=200,B=150"]),
    ];
    for (location, style, explode, expected) in cases {
        let found = [&one, &list, &members].map(|value| {
            let request = request(location, &json!({"style": style, "explode": explode}), value);
            match location {
                "path" => request.path.strip_prefix("/a/").unwrap().to_owned(),
                "query" => request.query,
                _ => request.headers[0].sent().to_owned(),
            }
        });
        assert_eq!(found, expected, "{location} {style} {explode}");
    }
}

#[test]
fn what_joins_values_is_encoded_inside_them() {
    let list = json!(["a,b", "c&d=e", "é;|"]);
    let query = |style: &str| request("query", &json!({"style": style, "explode": false}), &list).query;
    assert_eq!(query("form"), "color=a%2Cb,c%26d%3De,%C3%A9%3B%7C");
    assert_eq!(query("pipeDelimited"), "color=a%2Cb%7Cc%26d%3De%7C%C3%A9%3B%7C");
    let path = request("path", &json!({"style": "matrix"}), &json!(["a,b", "c;d=e"])).path;
    assert_eq!(path, "/a/;color=a%2Cb,c%3Bd%3De");
}

#[test]
fn reserved_characters_stay_where_the_description_allows_it_and_the_query_survives() {
    let reserved = json!({"allowReserved": true});
    let text = ":/?#[]@!$&'()*+,;= é";
    assert_eq!(request("query", &reserved, &json!(text)).query, "color=:/?%23%5B%5D@!$%26%27()*%2B,;=%20%C3%A9");
    let plain = request("query", &json!({}), &json!(text)).query;
    assert_eq!(plain, "color=%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%20%C3%A9");
}

#[test]
fn reserved_characters_stay_in_lists_too_but_what_joins_them() {
    let list = json!(["a/b:c,d", "e;f|g"]);
    let query = |style: &str, explode: bool| {
        let more = json!({"style": style, "explode": explode, "allowReserved": true});
        request("query", &more, &list).query
    };
    assert_eq!(query("form", true), "color=a/b:c,d&color=e;f%7Cg");
    assert_eq!(query("form", false), "color=a/b:c%2Cd,e;f%7Cg");
    assert_eq!(query("pipeDelimited", false), "color=a/b:c%2Cd%7Ce;f%7Cg");
    let members = json!({"a=b": "c/d", "e": "f:g"});
    let deep = request("query", &json!({"style": "deepObject", "allowReserved": true}), &members).query;
    assert_eq!(deep, "color[a%3Db]=c/d&color[e]=f:g");
}

#[test]
fn null_in_a_list_or_an_object_of_texts_is_no_part_of_it() {
    assert_eq!(request("query", &json!({"explode": false}), &json!(["a", null, ""])).query, "color=a,");
    assert_eq!(request("query", &json!({"style": "deepObject"}), &json!({"a": null, "b": ""})).query, "color[b]=");
    assert_eq!(request("query", &json!({}), &json!([null])).query, "");
    assert_eq!(request("path", &json!({}), &json!(["a", null])).path, "/a/a");
}

#[test]
fn what_has_no_spelling_is_not_sent_because_an_example_has_it() {
    let schema =
        json!({"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "array", "items": {}}}});
    let parameter = json!({"name": "color", "in": "query", "style": "deepObject", "schema": schema});
    let call = operation("get", "/a", json!({"parameters": [parameter]}));
    assert_eq!(call.omissions.len(), 1);
    let mut draft = Draft::default();
    draft.set_as(&query("color"), &call.parameters[0].schema, &json!({"a": "x", "b": ["y"]}));
    assert_eq!(build(&call, &validate(&call, &draft).unwrap()).unwrap().query, "color[a]=x");
}

#[test]
fn a_keyword_without_support_or_of_another_type_costs_only_itself_and_is_told() {
    for (parameter, place) in [
        (json!({"name": "a", "in": "query", "style": null, "schema": {"type": "boolean"}}), "style: must be a string"),
        (
            json!({"name": "a", "in": "query", "explode": "no", "schema": {"type": "boolean"}}),
            "explode: must be a boolean",
        ),
        (
            json!({"name": "a", "in": "query", "allowEmptyValue": true, "schema": {"type": "boolean"}}),
            "allowEmptyValue: allowEmptyValue is not supported",
        ),
    ] {
        let call = operation("get", "/a", json!({"parameters": [parameter]}));
        assert_eq!((call.parameters.len(), call.omissions.len()), (1, 1), "{parameter}");
        assert!(call.omissions[0].to_string().contains(place), "{}", call.omissions[0]);
    }
    let text = json!({"name": "a", "in": "query", "allowEmptyValue": true, "schema": {"type": "string"}});
    let call = operation("get", "/a", json!({"parameters": [text]}));
    let request = build(&call, &validate(&call, &draft(&[(query("a"), "")])).unwrap()).unwrap();
    assert_eq!((request.query.as_str(), call.omissions.len()), ("a=", 0));
}

#[test]
fn con_4() {
    assert_eq!(request("query", &json!({"explode": false}), &json!(["foo", "bar"])).query, "color=foo,bar");
}

#[test]
fn con_5() {
    let schema = json!({"type": "object", "properties": {"color": {"type": "string"}}});
    let parameter = json!({"name": "filter", "in": "query", "style": "deepObject", "schema": schema});
    let call = operation("get", "/a", json!({"parameters": [parameter]}));
    let request = build(&call, &validate(&call, &draft(&[(query("filter.color"), "red")])).unwrap()).unwrap();
    assert_eq!(request.query, "filter[color]=red");
}

#[test]
fn con_10() {
    let schema = json!({"type": "object", "properties": {"a": {"type": "array", "items": {"type": "integer"}}}});
    let parameter = json!({"name": "filter", "in": "query", "content": {"application/json": {"schema": schema}}});
    let call = operation("get", "/a", json!({"parameters": [parameter]}));
    let mut draft = Draft::default();
    draft.set_as(&query("filter"), &call.parameters[0].schema, &json!({"a": [1, 2]}));
    let request = build(&call, &validate(&call, &draft).unwrap()).unwrap();
    assert_eq!(request.query, "filter=%7B%22a%22%3A%5B1%2C2%5D%7D");
    assert_eq!(
        (build(&call, &validate(&call, &Draft::default()).unwrap()).unwrap().query.as_str(), call.omissions.len()),
        ("", 0)
    );
}

#[test]
fn a_style_that_means_nothing_in_its_place_is_left_out_and_says_so() {
    let list = json!({"type": "array", "items": {"type": "array", "items": {"type": "string"}}});
    for (parameter, reason) in [
        (
            json!({"name": "a", "in": "query", "style": "label", "schema": {}}),
            "the style label in a query is not supported",
        ),
        (json!({"name": "a", "in": "query", "schema": list}), "outside of JSON is not supported"),
        (json!({"name": "a", "in": "query", "content": {"text/xml": {}}}), "a parameter as text/xml is not supported"),
    ] {
        let call = operation("get", "/a", json!({"parameters": [parameter]}));
        assert!(call.parameters.is_empty());
        assert!(call.omissions[0].to_string().ends_with(reason), "{}", call.omissions[0]);
    }
}

#[test]
fn what_is_encoded_already_stays_where_reserved_characters_do() {
    let reserved = |text: &str| request("query", &json!({"allowReserved": true}), &json!(text)).query;
    assert_eq!(reserved("a%2Fb/c%2"), "color=a%2Fb/c%252");
    assert_eq!(reserved("%%41%é"), "color=%25%41%25%C3%A9");
}
