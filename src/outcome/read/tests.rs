use super::*;
use crate::catalog::{Api, Granted};
use crate::fixtures::{operation, switch_ssl};
use crate::outcome::{Outcome, UndecodableReason};
use crate::request::{Header, UnsignedRequest};
use serde_json::json;
use std::time::Duration;
use time::OffsetDateTime;

mod assignments;
mod canary;
mod documented;
mod elements;
mod encoded;
mod k1;

const TOKEN: &str = "KeystoneCreateUserTokenByPassword";
const KEYS: &str = "CreateTemporaryAccessKeyByToken";

fn iam() -> Api {
    Api::load("apis/huawei-iam.json", include_str!("../../../apis/huawei-iam.json")).unwrap()
}

fn iam_operation(id: &str) -> Operation {
    iam().operation(id).unwrap().unwrap()
}

fn reply(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Reply {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let (took, received) = (Duration::ZERO, OffsetDateTime::UNIX_EPOCH);
    Reply { status, headers, body: body.as_ref().to_vec(), took, received }
}

fn keys(status: u16, body: impl AsRef<[u8]>) -> Reading {
    read(&iam_operation(KEYS), Vec::new(), reply(status, &[("content-type", "application/json")], body))
}

/// All that leaves [`read`] and is not kept for credentials.
fn seen(reading: &Reading) -> String {
    format!("{reading:?} {}", String::from_utf8_lossy(&reading.shown.body))
}

fn body_of(reading: &Reading) -> &str {
    std::str::from_utf8(&reading.shown.body).unwrap()
}

fn granted(id: &str, reading: &Reading) -> Option<Granted> {
    let grant = iam().grants().unwrap().into_iter().find(|grant| grant.operation == id).unwrap();
    grant.given(&reading.unmasked.headers, &reading.unmasked.body)
}

const GIVEN: &str = r#"{"credential":{"access":"AK","secret":"canary-1","securitytoken":"canary-2","expires_at":"t"}}"#;
const SHOWN: &str = r#"{"credential":{"access":"AK","secret":"••••••","securitytoken":"••••••","expires_at":"t"}}"#;

#[test]
fn tok_3_a_token_is_masked_whatever_the_status_and_the_case_of_its_header() {
    for status in [200, 201, 202, 203, 299, 302, 400, 401, 500] {
        for name in ["X-Subject-Token", "x-subject-token", "X-SUBJECT-TOKEN"] {
            let headers = [("content-type", "application/json"), (name, "MIIcanary"), ("x-echo", "of MIIcanary")];
            let body = r#"{"token":{"expires_at":"t"},"echo":"MIIcanary"}"#;
            let reading = read(&iam_operation(TOKEN), Vec::new(), reply(status, &headers, body));
            assert_eq!(reading.shown.header("x-subject-token"), Some(MASK), "{status}");
            assert_eq!(reading.shown.header("x-echo"), Some("of ••••••"));
            assert!(!seen(&reading).contains("canary"), "{status} {name}");
            assert!(granted(TOKEN, &reading).is_some(), "the credential is kept");
        }
    }
}

#[test]
fn tok_3_temporary_keys_are_masked_whatever_the_status() {
    for status in [200, 201, 202, 203, 400, 500] {
        let reading = keys(status, GIVEN);
        assert_eq!(body_of(&reading), SHOWN, "{status}");
        assert!(!seen(&reading).contains("canary"), "{status}");
        assert_eq!(granted(KEYS, &reading).unwrap().values[1].1, "canary-1");
    }
}

#[test]
fn an_answer_that_is_to_give_a_credential_and_gives_none_is_no_success() {
    for (id, missing) in [(TOKEN, "X-Subject-Token"), (KEYS, "credential.access")] {
        let grant = iam().grants().unwrap().into_iter().find(|grant| grant.operation == id).unwrap();
        let mut reading =
            read(&iam_operation(id), Vec::new(), reply(200, &[("content-type", "application/json")], "{}"));
        let Unmasked { headers, body } = &reading.unmasked;
        reading.answer.outcome = Outcome::Success;
        reading.answer.lacks_credential(200, grant.missing(headers, body));
        let why = UndecodableReason::NoCredential(missing.to_owned());
        assert_eq!(reading.answer.outcome, Outcome::Undecodable { status: 200, why });
    }
    let mut given = keys(201, GIVEN);
    given.answer.lacks_credential(201, None);
    assert_eq!(given.answer.outcome, Outcome::Success);
}

#[test]
fn tok_4_a_byte_order_mark_hides_no_secret_from_the_mask_and_no_credential_from_the_console() {
    for body in [format!("\u{feff}{GIVEN}"), format!("\u{feff}\u{feff} {GIVEN}\r\n")] {
        let reading = keys(201, body);
        assert_eq!(reading.answer.outcome, Outcome::Success);
        assert_eq!(body_of(&reading).trim(), SHOWN);
        assert!(!seen(&reading).contains("canary"));
        assert_eq!(granted(KEYS, &reading).unwrap().values[2].1, "canary-2");
    }
}

#[test]
fn tok_7_a_doubled_name_is_masked_twice() {
    for (body, shown) in [
        (
            r#"{"credential":{"secret":"acanary","a":1,"secret":"bcanary"}}"#,
            r#"{"credential":{"secret":"••••••","a":1,"secret":"••••••"}}"#,
        ),
        (
            r#"{"credential":{"secret":"acanary"},"credential":{}}"#,
            r#"{"credential":{"secret":"••••••"},"credential":{}}"#,
        ),
        (
            r#"{"Secret":"acanary","SECRET":"bcanary","s\u0065cret" : "ccanary"}"#,
            r#"{"Secret":"••••••","SECRET":"••••••","s\u0065cret" : "••••••"}"#,
        ),
    ] {
        let reading = keys(201, body);
        assert_eq!(body_of(&reading), shown);
        assert!(!seen(&reading).contains("canary"));
    }
}

#[test]
fn a_secret_is_masked_however_it_is_wrapped() {
    let text = |value: &str| serde_json::to_string(value).unwrap();
    let wrapped = [
        (format!("[{GIVEN}]"), format!("[{SHOWN}]")),
        (text(GIVEN), text(SHOWN)),
        (text(&text(GIVEN)), text(&text(SHOWN))),
        (json!({"data": [GIVEN]}).to_string(), json!({"data": [SHOWN]}).to_string()),
    ];
    for (body, shown) in wrapped {
        let reading = keys(201, &body);
        assert_eq!(body_of(&reading), shown, "{body}");
        assert!(!seen(&reading).contains("canary"), "{body}");
    }
    for packed in ["%7B%22secret%22%3A%22canary-1%22%7D", "{&quot;secret&quot;:&quot;canary-1&quot;}"] {
        let reading = keys(400, json!({"message": packed}).to_string());
        assert!(body_of(&reading).contains("secret") && !seen(&reading).contains("canary"), "{packed}");
    }
    let deep = (0..8).fold(GIVEN.to_owned(), |inner, _| text(&inner));
    assert!(!seen(&keys(201, deep)).contains("canary"), "deeper than anybody looks");
}

#[test]
fn values_of_every_type_are_masked_under_the_name_of_a_secret() {
    let body = r#"{"secret":123456789,"a":[{"secret": {"x":["canary-1",{"y":7654321}]} }],"securitytoken":["canary-2"],
        "secret":null,"secret":"","secret":true,"b":"canary-1","c":{"n":123456789,"m":1.1234567890},"d":"7654321"}"#;
    let shown = r#"{"secret":"••••••","a":[{"secret": "••••••" }],"securitytoken":"••••••",
        "secret":null,"secret":"","secret":"••••••","b":"••••••","c":{"n":"••••••","m":"••••••"},"d":"••••••"}"#;
    assert_eq!(body_of(&keys(200, body)), shown);
}

#[test]
fn what_only_credentials_are_called_is_masked_in_any_answer() {
    let of = |body: &str| {
        let shown = read(&switch_ssl(), Vec::new(), reply(200, &[], body)).shown.body;
        String::from_utf8(shown).unwrap()
    };
    for (body, shown) in [
        (
            r#"{"access_token":"canary-1","token_type":"Bearer","NextToken":"page-2","a":[{"privateKey":"canary-2"}]}"#,
            r#"{"access_token":"••••••","token_type":"Bearer","NextToken":"page-2","a":[{"privateKey":"••••••"}]}"#,
        ),
        (
            r#"{"password":null,"api_key":"","token":"of a job","n":"{\"Password\":\"canary-3\"}"}"#,
            r#"{"password":null,"api_key":"","token":"of a job","n":"{\"Password\":\"••••••\"}"}"#,
        ),
        (
            "<a><SecretAccessKey>canary-4</SecretAccessKey><Token>t</Token></a>",
            "<a><SecretAccessKey>••••••</SecretAccessKey><Token>t</Token></a>",
        ),
        (
            r#"{"accessKeySecret":"canary-5","echo":"with canary-5."}"#,
            r#"{"accessKeySecret":"••••••","echo":"with ••••••."}"#,
        ),
    ] {
        assert_eq!(of(body), shown);
    }
}

#[test]
fn a_body_that_cannot_be_read_is_withheld_by_an_operation_that_gives_secrets() {
    let cut = GIVEN.strip_suffix("\"}}").unwrap();
    let bodies: [&[u8]; 8] = [
        cut.as_bytes(),
        b"secret=canary",
        b"<p>canary",
        b"\xff\"canary",
        b"canary\"}}",
        b"\"canary\"",
        b"[\"canary\"]",
        b"4711",
    ];
    for body in bodies {
        let reading = keys(201, body);
        assert_eq!(reading.shown.body, b"", "nothing to show, copy or download");
        assert!(reading.answer.withheld.is_some() && !seen(&reading).contains("canary"), "{body:?}");
        let known = read(&switch_ssl(), Vec::new(), reply(201, &[], body));
        assert_eq!(known.answer.withheld, None, "it gives no secret");
        if body != cut.as_bytes() && body != b"secret=canary" {
            assert_eq!(known.shown.body, body);
        }
    }
    let asked = keys(201, cut).answer.withheld.unwrap();
    let asked = std::str::from_utf8(asked.bytes()).unwrap();
    assert!(asked.contains("\"access\":\"AK\"") && !asked.contains("canary"), "masked as far as it can be: {asked}");
    for empty in ["", " \r\n", "{}", "[]", "null"] {
        assert_eq!(keys(201, empty).answer.withheld, None, "{empty:?}");
    }
}

#[test]
fn what_the_description_calls_a_secret_is_masked_in_headers_and_body() {
    let secret = json!({"type": "string", "format": "password"});
    let operation = operation(
        "post",
        "/tokens",
        json!({"responses": {"201": {"description": "Given.",
            "headers": {"X-Subject-Token": {"schema": secret}},
            "content": {"application/json": {"schema": {"type": "object", "properties": {"credential":
                {"type": "object", "properties": {"access": {"type": "string"}, "secret": secret}}}}}}}}}),
    );
    let headers = [("x-subject-token", "MIIcanary"), ("x-echo", "of MIIcanary")];
    let body = r#"{"credential":{"access":"AK","secret":"can\/ary\"1"},"again":"can\/ary\"1 MIIcanary"}"#;
    let reading = read(&operation, Vec::new(), reply(201, &headers, body));
    let masked = [("x-subject-token".to_owned(), MASK.to_owned()), ("x-echo".to_owned(), format!("of {MASK}"))];
    assert_eq!(reading.shown.headers, masked);
    assert_eq!(body_of(&reading), r#"{"credential":{"access":"AK","secret":"••••••"},"again":"•••••• ••••••"}"#);
}

#[test]
fn an_answer_that_is_a_secret_itself_is_masked_as_a_whole() {
    for schema in [
        json!({"type": "string", "format": "password"}),
        json!({"type": "array", "items": {"type": "string", "format": "password"}}),
    ] {
        let answers = json!({"responses": {"200": {"content": {"application/json": {"schema": schema}}}}});
        let operation = operation("get", "/a", answers);
        for body in [r#" "canary""#, r#"["canary", "canary-2"]"#] {
            let reading = read(&operation, Vec::new(), reply(200, &[], body));
            assert_eq!(body_of(&reading).trim(), r#""••••••""#);
            assert!(!seen(&reading).contains("canary"));
        }
        let error = r#"{"message":"no"}"#;
        assert_eq!(body_of(&read(&operation, Vec::new(), reply(400, &[], error))), error);
    }
}

fn request(headers: &[Option<Header>], body: &str, body_shown: &str) -> UnsignedRequest {
    UnsignedRequest {
        method: http::Method::POST,
        host: String::from("iam.test"),
        path: String::from("/"),
        query: String::new(),
        headers: headers.iter().flatten().cloned().collect(),
        body: body.into(),
        shown_target: None,
        body_shown: body_shown.into(),
    }
}

/// A body as it is shown after this request to an operation that gives no secrets.
fn echoed(request: &UnsignedRequest, body: &str) -> String {
    let echo = reply(400, &[("x-echo", body)], body);
    let Reading { answer, shown, .. } = read(&switch_ssl(), request.secrets(), echo);
    assert_eq!(answer.withheld, None, "{body}");
    String::from_utf8(shown.body).unwrap()
}

#[test]
fn a_sent_secret_is_found_in_every_spelling() {
    let request = request(&[Header::secret("X-Security-Token", "canary/a+b==", MASK.into())], "", "");
    let echo = r#"{"list":[{"error_msg":"x-security-token:canary\/a\u002bb\u003d\u003d|host","code":1}],"again":"canary\/a+b=\u003d"}"#;
    let expected = r#"{"list":[{"error_msg":"x-security-token:••••••|host","code":1}],"again":"••••••"}"#;
    assert_eq!(echoed(&request, echo), expected);
    let harmless = r#"{ "a":"\u003d" }"#;
    assert_eq!(echoed(&request, harmless), harmless, "an answer without a secret stays as it came");
    for spelled in [
        "canary%2Fa%2Bb%3D%3D",
        "canary%2fa%2bb==",
        "canary%252Fa%252Bb%253D%253D",
        "canary&#x2F;a&#43;b&#61;=",
        "canary&amp;#x2F;a+b==",
        r"canary\\\/a+b==",
        r"\u0063anary/a+b==",
        r"\\u0063anary/a+b==",
        "%63%61nary/a+b%3d=",
    ] {
        assert_eq!(echoed(&request, &format!("<{spelled}>")), "<••••••>", "{spelled}");
        assert_eq!(echoed(&request, &format!(r#"{{"m":"{spelled}."}}"#)), r#"{"m":"••••••."}"#, "{spelled}");
    }
}

#[test]
fn a_secret_that_looks_escaped_is_found_as_it_is_and_escaped() {
    for secret in ["a%41b\\nc&amp;d", "canary%", "41abcdef", "pass word", "\"quoted\"", "\\\\host\\share", "ключ-🔑"]
    {
        let body = json!({"password": secret}).to_string();
        let request = request(&[], &body, r#"{"password":"••••••"}"#);
        let percent = crate::request::encode(secret);
        let html = secret.replace('&', "&amp;").replace('"', "&quot;");
        for spelled in [secret.to_owned(), percent, html, format!("%{secret}")] {
            let message = json!({"m": format!("<{spelled}>"), "n": json!({"o": spelled}).to_string()});
            let shown = echoed(&request, &message.to_string());
            let again: Value = serde_json::from_str(&shown).unwrap();
            assert!(again["m"].as_str().unwrap().contains(MASK), "{spelled} {shown}");
            assert!(again["n"].as_str().unwrap().contains(MASK), "{spelled} {shown}");
        }
    }
}

#[test]
fn secrets_of_headers_and_body_are_masked_wherever_they_are_echoed() {
    let headers =
        [Header::secret("X-Auth-Token", "canary-token", MASK.into()), Header::plain("X-Language", "en-us-and-more")];
    let sent = r#"{"user":{"name":"someone","password":"pass word"},"codes":["123456","12"]}"#;
    let shown = r#"{"user":{"name":"someone","password":"••••••"},"codes":["••••••","••••••"]}"#;
    let request = request(&headers, sent, shown);
    let echo = "canary-token en-us-and-more someone pass word pass+word pass%20word 123456 12";
    assert_eq!(echoed(&request, echo), "•••••• en-us-and-more someone •••••• •••••• •••••• •••••• 12");
    let number = r#"{"time":1234567890,"list":[-0.1234567,1]}"#;
    assert_eq!(echoed(&request, number), r#"{"time":"••••••","list":["••••••",1]}"#, "still JSON");
    let binary = read(&switch_ssl(), request.secrets(), reply(200, &[], b"\xff canary-token"));
    assert_eq!(binary.shown.body, [b"\xff ", MASK.as_bytes()].concat(), "for the download");
}

#[test]
fn an_echo_that_is_cut_off_is_masked_as_far_as_it_goes() {
    let token = "0123456789abcdefghijklmnopqrstuvwxyz/0123456789ключ";
    let request = request(&[Header::secret("X-Auth-Token", &token.replace("ключ", ""), MASK.into())], "", "");
    assert_eq!(echoed(&request, "<0123456789abcdefghijklmnopqrstuvwxyz%2F01...>"), "<••••••...>");
    assert_eq!(echoed(&request, "<0123456789abcdef...>"), "<••••••...>", "a part is enough");
    assert_eq!(echoed(&request, "<0123456789...>"), "<0123456789...>", "too little of it");
}

#[test]
fn nothing_is_left_of_an_echo_in_the_spelling_of_html() {
    let token = "not-a-real-secret-MIICANARY+/=xyz&<q";
    let request = request(&[Header::secret("X-Auth-Token", token, MASK.into())], "", "");
    for spelled in ["xyz&amp;&lt;q", "xyz&AMP;&LT;q", "xyz&amp;&#60;q", "xyz&#38;&#60;&#113;", "xyz%26%3Cq"] {
        let echo = format!("<p>not-a-real-secret-MIICANARY+/={spelled}</p>");
        assert_eq!(echoed(&request, &echo), "<p>••••••</p>", "{spelled}");
    }
}

#[test]
fn the_signature_is_a_secret_and_its_name_is_none() {
    let sent = "ACS3-HMAC-SHA256 Credential=LTAI5tDummyAccessKeyId,SignedHeaders=host,Signature=0123456789abcdef";
    let shown = "ACS3-HMAC-SHA256 Credential=••••eyId,SignedHeaders=host,Signature=••••••";
    let request = request(&[Header::secret("Authorization", sent, shown.into())], "", "");
    let echo = format!("ACS3-HMAC-SHA256 e3b0c442 0123456789abcdef {sent}");
    assert_eq!(echoed(&request, &echo), echo.replace("0123456789abcdef", MASK));
}

#[test]
fn headers_that_prove_who_asks_are_masked_in_any_answer() {
    let headers = [("X-SUBJECT-TOKEN", "canary-1"), ("x-auth-token", "canary-2"), ("date", "today")];
    let reading = read(&switch_ssl(), Vec::new(), reply(500, &headers, "canary-1"));
    let values: Vec<&str> = reading.shown.headers.iter().map(|(_, value)| value.as_str()).collect();
    assert_eq!((values, &*reading.shown.body), (vec![MASK, MASK, "today"], MASK.as_bytes()));
}

/// Each row has a secret of its own, and each place of the text could be the beginning of one.
#[test]
fn many_secrets_and_texts_made_to_be_slow_are_read_in_one_pass() {
    let rows: Vec<Value> = (0..5_000).map(|row| json!({"secret": format!("canary-{row:06}"), "id": row})).collect();
    let reading = keys(200, json!({ "rows": rows }).to_string());
    assert!(!seen(&reading).contains("canary"));
    let slow = format!(r#"{{"secret":"{}","echo":"{}b"}}"#, "a".repeat(100_000), "a".repeat(99_999));
    assert_eq!(body_of(&keys(200, slow)), r#"{"secret":"••••••","echo":"••••••b"}"#);
    for filler in ["%25", "\\\\", "&amp;", "%", "&#"] {
        let text = json!({"secret": "%%%%%%%%%%", "echo": filler.repeat(2_000)}).to_string();
        assert!(body_of(&keys(200, text)).contains("echo"), "{filler}");
    }
}

#[test]
fn a_secret_is_masked_at_any_depth_and_beside_half_a_pair_of_surrogates() {
    let (open, close) = ("{\"a\":".repeat(500), "}".repeat(500));
    let inner = r#"{"securitytoken":"canary-2","echo":["\ud800canary-2","\ud800\u0063anary-2\udfff","canary-sent"]}"#;
    let body = format!(
        "{{\"credential\":{{\"access\":\"AK\",\"secret\":\"\\ud800first-canary\"}},\"a\":{open}{inner}{close}}}"
    );
    let sent = vec![Zeroizing::new(String::from("canary-sent"))];
    let reply = reply(201, &[("content-type", "application/json")], &body);
    let reading = read(&iam_operation(KEYS), sent, reply);
    assert!(!seen(&reading).contains("canary"), "{}", body_of(&reading));
    let masked = r#"{"securitytoken":"••••••","echo":["\ud800••••••","\ud800••••••\udfff","••••••"]}"#;
    assert!(body_of(&reading).contains(masked), "{}", body_of(&reading));
    assert_eq!((reading.answer.withheld, reading.answer.long), (None, None), "it is shown");
    assert_eq!(reading.unmasked.body["credential"]["access"], "AK");
}
