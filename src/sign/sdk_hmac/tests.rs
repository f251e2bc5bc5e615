use super::*;
use crate::catalog::Scheme;
use crate::request::{Header, encode};
use crate::sign::{Credential, Secret, SignError, SignedRequest, sign};
use serde_json::Value;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use time::macros::datetime;

const VECTORS: &str = include_str!("../../../tests/vectors/huawei-sdk-hmac-sha256.json");

fn vectors() -> Vec<Value> {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    vectors["vectors"].as_array().unwrap().clone()
}

fn text<'a>(vector: &'a Value, key: &str) -> &'a str {
    vector[key].as_str().unwrap_or_default()
}

/// `20240102T030405Z`
fn read_date(text: &str) -> OffsetDateTime {
    let part = |range: std::ops::Range<usize>| text.get(range).unwrap();
    let spelled =
        format!("{}-{}-{}T{}:{}:{}Z", part(0..4), part(4..6), part(6..8), part(9..11), part(11..13), part(13..15));
    crate::clock::parse_rfc3339(&spelled).unwrap()
}

/// The request that the input of a vector describes, before signing.
fn unsigned(input: &Value) -> UnsignedRequest {
    let pairs = input["query"].as_array().unwrap().iter();
    let query: Vec<String> = pairs
        .map(|pair| format!("{}={}", encode(pair[0].as_str().unwrap()), encode(pair[1].as_str().unwrap())))
        .collect();
    let headers = input["headers"].as_object().unwrap().iter();
    UnsignedRequest {
        method: text(input, "method").parse().unwrap(),
        host: text(input, "host").to_owned(),
        path: text(input, "path").to_owned(),
        query: query.join("&"),
        headers: headers.map(|(name, value)| Header::plain(name, value.as_str().unwrap()).unwrap()).collect(),
        body: text(input, "body").as_bytes().to_vec(),
        shown_target: None,
        body_shown: text(input, "body").to_owned(),
    }
}

fn sign_input(input: &Value) -> SignedRequest {
    let [id, secret, token] = ["ak", "sk", "security_token"].map(|key| Secret::new(text(input, key)));
    let key = AccessKey::new(&id, &secret, (!token.is_empty()).then_some(&token));
    let credential = Credential::AccessKey(key.with_project(input["project_id"].as_str()));
    let signing_time = SigningTime { now: read_date(text(input, "date")), nonce: String::new() };
    let scheme = Scheme::new(SchemeKind::SdkHmac);
    sign(unsigned(input), &[(&scheme, credential)], &signing_time).unwrap()
}

/// Names in lower case, because HTTP compares them so.
fn by_name<'a>(headers: impl Iterator<Item = (&'a str, &'a str)>) -> BTreeMap<String, String> {
    headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect()
}

#[test]
fn every_vector_agrees_stage_by_stage() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 14);
    for vector in vectors {
        let signed = sign_input(&vector["input"]);
        let request = signed.request();
        let stages = stages(request, text(&vector["input"], "sk"));
        let canonical_query = stages.canonical_request.split('\n').nth(2).unwrap().to_owned();
        let names: Vec<&str> =
            vector["signed_headers"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        let found = [
            ("canonical_query", canonical_query),
            ("canonical_request", stages.canonical_request.to_string()),
            ("string_to_sign", stages.string_to_sign),
            ("signature", stages.signature),
        ];
        for (stage, found) in found {
            assert_eq!(found, text(&vector, stage), "{}, {stage}", text(&vector, "name"));
        }
        assert_eq!(stages.signed_headers, names.join(";"), "{}", text(&vector, "name"));
        // `Host` is added by the browser, from the address.
        let sent = request.headers.iter().map(|header| (header.name.as_str(), header.sent()));
        let sent = by_name(sent.chain([("Host", request.host.as_str())]));
        let expected = vector["expected_headers"].as_object().unwrap();
        let expected = by_name(expected.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())));
        assert_eq!(sent, expected, "{}, headers", text(&vector, "name"));
        assert_eq!(request.headers[0].name, "Authorization");
    }
}

#[test]
fn the_trace_shows_every_stage_and_neither_id_nor_token() {
    let mut temporary = 0;
    for vector in vectors() {
        let input = &vector["input"];
        let signed = sign_input(input);
        let trace: Vec<(&str, &str)> = signed.trace().iter().map(|stage| (stage.name, stage.text.as_str())).collect();
        let masked = text(input, "security_token");
        let canonical = text(&vector, "canonical_request");
        let canonical =
            if masked.is_empty() { canonical.to_owned() } else { canonical.replace(masked, "••••••") };
        temporary += usize::from(!masked.is_empty());
        let id = text(input, "ak");
        let authorization = text(&vector["expected_headers"], "Authorization");
        let shown = authorization.replace(id, &format!("••••{}", id.get(id.len() - 4..).unwrap()));
        let expected = [
            ("Canonical request", canonical.as_str()),
            ("String to sign", text(&vector, "string_to_sign")),
            ("Signature", text(&vector, "signature")),
            ("Authorization", shown.as_str()),
        ];
        assert_eq!(trace, expected, "{}", text(&vector, "name"));
        let header = signed.request().headers[0].shown();
        assert_eq!(header, shown.replace(text(&vector, "signature"), "••••••"), "{}", text(&vector, "name"));
        let printed = format!("{signed:?}");
        assert!(!printed.contains(id) && (masked.is_empty() || !printed.contains(masked)), "{printed}");
    }
    assert_eq!(temporary, 1);
}

#[test]
fn what_a_proxy_may_change_is_not_signed_and_what_the_provider_acts_upon_is() {
    let mut request = unsigned(&vectors()[0]["input"]);
    let names = ["Accept", "User-Agent", "X-Language", "x-sdk-date", "X-Auth-Token", "X_Odd", "x-odd_name"];
    request.headers.extend(names.iter().map(|name| Header::plain(name, "v").unwrap()));
    assert_eq!(stages(&request, "s").signed_headers, "content-type;host;x-auth-token;x-language;x-sdk-date");
}

#[test]
fn a_key_that_no_header_can_carry_is_named() {
    let (bad, good) = (Secret::new("b\u{1}d"), Secret::new("good"));
    let signing_time = SigningTime { now: datetime!(2026-01-02 03:04:05 UTC), nonce: String::new() };
    let request = || unsigned(&vectors()[0]["input"]);
    let try_with = |key: &AccessKey<'_>| super::sign(&request(), key, &signing_time).unwrap_err();
    assert_eq!(try_with(&AccessKey::new(&bad, &good, None)), SignError::Characters("AccessKey ID".into()));
    let project = AccessKey::new(&good, &good, None).with_project(Some("a\nb"));
    assert_eq!(try_with(&project), SignError::Characters("X-Project-Id".into()));
}

/// As the vendor's SDK does: what is not JSON is sent with a word that the body is not signed.
#[test]
fn a_body_that_is_not_json_is_not_signed_and_says_so() {
    let signed = |content_type: &str, body: &str| {
        let mut input = vectors()[0]["input"].clone();
        input["headers"] = serde_json::json!({"Content-Type": content_type});
        input["body"] = body.into();
        let signed = sign_input(&input);
        let header = signed.request().headers.iter().find(|header| header.name == "X-Sdk-Content-Sha256");
        let last = signed.trace()[0].text.lines().last().unwrap().to_owned();
        (header.map(|header| header.sent().to_owned()), last)
    };
    let unsigned = || Some("UNSIGNED-PAYLOAD".to_owned());
    assert_eq!(signed("text/csv", "a"), (unsigned(), "UNSIGNED-PAYLOAD".to_owned()));
    assert_eq!(signed("application/octet-stream", ""), (unsigned(), crate::sign::digest::sha256_hex(b"")));
    assert_eq!(signed("application/json;charset=utf-8", "{}"), (None, crate::sign::digest::sha256_hex(b"{}")));
}
