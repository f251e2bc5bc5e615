use super::*;
use crate::catalog::{Field, Kind};
use crate::fixtures::*;
use crate::form::{Draft, FieldPath, Raw, validate};
use serde_json::{Value, json};

fn request(operation: &Operation, draft: &Draft) -> Result<UnsignedRequest, BuildError> {
    build(operation, &validate(operation, draft).unwrap())
}

fn lines(request: &UnsignedRequest) -> Vec<String> {
    request.headers.iter().map(|header| format!("{}: {}", header.name, header.sent())).collect()
}

fn text(request: &UnsignedRequest) -> &str {
    std::str::from_utf8(&request.body).unwrap()
}

#[test]
fn switching_ssl_is_spelled_as_the_reference_spells_it() {
    let mut draft = ssl_on();
    draft.set(header("X-Language"), Raw::Text("zh-cn".into()));
    let request = request(&switch_ssl(), &draft).unwrap();
    assert_eq!(request.method, Method::PUT);
    assert_eq!(
        request.url(),
        "https://gaussdb.cn-north-4.myhuaweicloud.com/v3/056538411200d4cd2f79c003c7606412/instances/\
         096c0fc43e804757b59946b80dc27f8bin07/ssl-option"
    );
    assert_eq!(
        lines(&request),
        ["X-Language: zh-cn", "Content-Type: application/json;charset=UTF-8", "Accept: application/json"]
    );
    assert_eq!(text(&request), r#"{"ssl_option":true}"#);
    assert_eq!(request.body_shown, r#"{"ssl_option":true}"#);
}

#[test]
fn enabling_https_has_a_token_in_the_query_and_neither_body_nor_content_type() {
    let request = request(&open_https(), &https_on()).unwrap();
    assert_eq!(request.method, Method::POST);
    assert_eq!(
        request.url(),
        "https://elasticsearch.cn-hangzhou.aliyuncs.com/openapi/instances/es-cn-n6w1o1x0w001c0001/actions/open-https\
         ?clientToken=5A2CFF0E-5718-45B5-9D4D-70B3FF000001"
    );
    assert_eq!(lines(&request), ["Accept: application/json"]);
    assert_eq!((text(&request), request.body_shown.as_str()), ("", ""));
    let without = draft(&[(path("InstanceId"), CLUSTER)]);
    let request = self::request(&open_https(), &without).unwrap();
    assert_eq!((request.query.as_str(), request.query_with_mark().as_str()), ("", ""), "no lonely question mark");
}

#[test]
fn values_that_look_like_placeholders_are_not_expanded() {
    let parameter = |name: &str| json!({"name": name, "in": "path", "schema": {"type": "string"}});
    let parts = json!({"parameters": [parameter("a"), parameter("b")]});
    let call = operation("get", "/{a}/x/{b}/{a}", parts);
    let request = request(&call, &draft(&[(path("a"), "{b}"), (path("b"), "{a}%7Ba%7D")])).unwrap();
    assert_eq!(request.path, "/%7Bb%7D/x/%7Ba%7D%257Ba%257D/%7Bb%7D");
}

#[test]
fn names_and_values_of_the_query_are_encoded_in_the_order_of_the_description() {
    let parameter = |name: &str| json!({"name": name, "in": "query", "schema": {"type": "string"}});
    let call = operation("get", "/a", json!({"parameters": [parameter("z"), parameter("a b"), parameter("c&d")]}));
    let texts = draft(&[(query("z"), ""), (query("a b"), "1=2&3"), (query("c&d"), "é+~*")]);
    assert_eq!(request(&call, &texts).unwrap().query, "z=&a%20b=1%3D2%263&c%26d=%C3%A9%2B~%2A");
}

#[test]
fn the_body_keeps_the_digits_that_were_typed_and_the_order_of_the_description() {
    let number = json!({"type": "number"});
    let call = with_body(json!({"properties": {"z": number, "a": {"type": "string"}, "m": number}}));
    let texts = draft(&[(body("m"), "12345678901234567890.10"), (body("z"), "1.0"), (body("a"), "é\"\n")]);
    let expected = r#"{"z":1.0,"a":"é\"\n","m":12345678901234567890.10}"#;
    assert_eq!(text(&request(&call, &texts).unwrap()), expected);
}

#[test]
fn a_header_that_a_browser_drops_is_left_out_and_says_so() {
    let names = [
        "Cookie",
        "cookie2",
        "HOST",
        "User-Agent",
        "Origin",
        "Referer",
        "Content-Length",
        "Connection",
        "Date",
        "TE",
        "Proxy-Authorization",
        "sec-fetch-mode",
    ];
    let with_header = |name: &str, required: bool| {
        let schema = json!({"type": "string", "default": "x"});
        let parameter = json!({"name": name, "in": "header", "required": required, "schema": schema});
        let call = operation("get", "/a", json!({"parameters": [parameter]}));
        let request = request(&call, &Draft::new(&call, &mut String::new)).unwrap();
        (call.omissions.len(), request.headers.iter().any(|header| header.name == name))
    };
    for (name, required) in names.iter().flat_map(|name| [(name, true), (name, false)]) {
        assert_eq!(with_header(name, required), (1, false), "{name}");
    }
    for name in ["X-Language", "secret", "proxy", "Dated"] {
        assert_eq!(with_header(name, true), (0, true), "{name}");
    }
}

#[test]
fn reading_calls_cannot_carry_a_body() {
    let body = json!({"requestBody": {"content": {"application/json": {"schema": {"properties": {"a": {"type": "string"}}}}}}});
    for (verb, method) in [("get", Method::GET), ("head", Method::HEAD)] {
        let call = operation(verb, "/a", body.clone());
        assert_eq!(
            request(&call, &draft(&[(crate::fixtures::body("a"), "x")])),
            Err(BuildError::BodyNotAllowed(method))
        );
        assert!(request(&call, &Draft::default()).is_ok(), "an empty form makes no body");
    }
}

#[test]
fn secrets_are_in_the_bytes_and_nowhere_else() {
    let call = with_body(json!({"properties": {"password": {"type": "string", "format": "password"}}}));
    let request = request(&call, &draft(&[(body("password"), "hunter2")])).unwrap();
    assert_eq!(text(&request), r#"{"password":"hunter2"}"#);
    assert_eq!(serde_json::from_str::<Value>(&request.body_shown).unwrap(), json!({"password": MASK}));
    assert!(!format!("{request:?}").contains("hunter2"));
}

#[test]
fn a_secret_header_is_masked_wherever_it_is_printed() {
    let header = Header::secret("X-Auth-Token", "hunter2", MASK.to_owned()).unwrap();
    assert_eq!(header.sent(), "hunter2");
    assert_eq!((header.shown(), format!("{header:?}").as_str()), (MASK, "X-Auth-Token: ••••••"));
    assert_eq!(Header::plain("X-A", "v").unwrap().shown(), "v");
    assert_eq!(Header::plain("X-A", "a\r\nX-B: b"), None, "no header can smuggle in another");
}

#[test]
fn a_body_that_is_no_object_is_sent_as_it_was_typed() {
    let call = with_body(json!({}));
    let typed = draft(&[(FieldPath::body(), r#"{"b": 1.00, "a": []}"#)]);
    assert_eq!(text(&request(&call, &typed).unwrap()), r#"{"b": 1.00, "a": []}"#);
}

#[test]
fn a_secret_header_is_sent_and_not_shown() {
    let mut operation = switch_ssl();
    let schema = crate::catalog::Schema { kind: Kind::Secret, ..Default::default() };
    let location = crate::catalog::Location::Header;
    let serialization = crate::catalog::Serialization::of(location);
    operation.parameters.push(Field { name: "X-Passcode".into(), location, required: false, serialization, schema });
    let mut draft = ssl_on();
    draft.set(header("X-Passcode"), Raw::Text("hunter2-123456".into()));
    let request = request(&operation, &draft).unwrap();
    let passcode = request.headers.iter().find(|header| header.name == "X-Passcode").unwrap();
    assert_eq!((passcode.sent(), passcode.shown()), ("hunter2-123456", MASK));
    assert!(!format!("{request:?}").contains("hunter2"));
}
