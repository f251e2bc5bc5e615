use super::*;
use crate::catalog::{MASK, Scheme};
use crate::request::{Header, encode};
use crate::sign::{Credential, SchemeKind, Secret, SignedRequest, SigningTime};

use serde_json::Value;
use std::collections::BTreeMap;
use time::macros::datetime;

const VECTORS: &str = include_str!("../../../tests/vectors/aliyun-acs3-hmac-sha256.json");

fn text<'a>(vector: &'a Value, key: &str) -> &'a str {
    vector[key].as_str().unwrap_or_default()
}

fn pairs(vector: &Value, key: &str) -> Vec<(String, String)> {
    let members = vector[key].as_object().into_iter().flatten();
    members.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect()
}

/// The request that the input of a vector describes, before signing.
fn unsigned(input: &Value) -> UnsignedRequest {
    let query: Vec<String> =
        pairs(input, "query").iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    let mut headers: Vec<Header> = Vec::new();
    let mut add = |name: &str, value: &str| headers.push(Header::plain(name, value).unwrap());
    pairs(input, "extra_headers").iter().for_each(|(name, value)| add(name, value));
    if let Some(media_type) = input["content_type"].as_str() {
        add("Content-Type", media_type);
    }
    if input["sts_adds_x_acs_accesskey_id"] == true {
        add("x-acs-accesskey-id", text(input, "access_key_id"));
    }
    add("Accept", "application/json");
    UnsignedRequest {
        method: text(input, "method").parse().unwrap(),
        host: text(input, "host").to_owned(),
        path: text(input, "path_template").replace("{InstanceId}", &encode(text(input, "instance_id"))),
        query: query.join("&"),
        headers,
        body: text(input, "body_utf8").as_bytes().to_vec(),
        shown_target: None,
        body_shown: text(input, "body_utf8").to_owned(),
    }
}

fn sign_input(input: &Value) -> SignedRequest {
    let [id, secret, token] =
        ["access_key_id", "access_key_secret", "security_token"].map(|key| Secret::new(text(input, key)));
    let credential = Credential::AccessKey(AccessKey::new(&id, &secret, (!token.is_empty()).then_some(&token)));
    let signing_time = SigningTime {
        now: crate::clock::parse_rfc3339(text(input, "date")).unwrap(),
        nonce: text(input, "nonce").to_owned(),
    };
    let (action, version) = (text(input, "action").to_owned(), text(input, "version").to_owned());
    let scheme = Scheme { action, version, ..Scheme::new(SchemeKind::Acs3) };
    crate::sign::sign(unsigned(input), &[(&scheme, credential)], &signing_time).unwrap()
}

/// The headers as they are sent, names in lower case. `host` is added by the browser, from the address.
fn sent_headers(request: &UnsignedRequest) -> BTreeMap<String, String> {
    let own = request.headers.iter().map(|header| (header.name.to_ascii_lowercase(), header.sent().to_owned()));
    own.chain([(String::from("host"), request.host.clone())]).collect()
}

#[test]
fn every_vector_agrees_stage_by_stage() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    let vectors = vectors["acs3"].as_array().unwrap();
    assert_eq!(vectors.len(), 12);
    for vector in vectors {
        let signed = sign_input(&vector["input"]);
        let request = signed.request();
        let stages = stages(request, text(&vector["input"], "access_key_secret"));
        let lines: Vec<&str> = stages.canonical_request.split('\n').collect();
        let [_method, uri, query, headers @ .., "", _names, body_hash] = &lines[..] else {
            panic!("{}: {lines:?}", text(vector, "name"))
        };
        let headers: String = headers.iter().map(|line| format!("{line}\n")).collect();
        let found = [
            ("url", request.url()),
            ("canonical_uri", uri.to_string()),
            ("canonical_query", query.to_string()),
            ("canonical_headers", headers),
            ("signed_headers", stages.signed_headers),
            ("content_sha256", body_hash.to_string()),
            ("hashed_canonical_request", sha256_hex(stages.canonical_request.as_bytes())),
            ("canonical_request", stages.canonical_request.to_string()),
            ("string_to_sign", stages.string_to_sign),
            ("signature", stages.signature),
            ("authorization", sent_headers(request)["authorization"].clone()),
        ];
        for (stage, found) in found {
            // The vectors list the address with a sorted query; ours is sent in the order of the description.
            let expected = text(&vector["expected"], stage);
            let same = if stage == "url" { sorted_query(&found) == expected } else { found == expected };
            assert!(same, "{}, {stage}:\n{found}\nis not\n{expected}", text(vector, "name"));
        }
        let expected: BTreeMap<_, _> = pairs(&vector["expected"], "headers")
            .into_iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), value))
            .collect();
        assert_eq!(sent_headers(request), expected, "{}, headers", text(vector, "name"));
    }
}

fn sorted_query(url: &str) -> String {
    let Some((start, query)) = url.split_once('?') else { return url.to_owned() };
    let mut pairs: Vec<&str> = query.split('&').collect();
    pairs.sort_unstable();
    format!("{start}?{}", pairs.join("&"))
}

#[test]
fn neither_the_printed_request_nor_its_trace_holds_key_secret_or_token() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    let mut temporary = 0;
    for vector in vectors["acs3"].as_array().unwrap() {
        let input = &vector["input"];
        let signed = sign_input(input);
        let signature = text(&vector["expected"], "signature");
        let printed = format!("{signed:?} {:?}", stages(signed.request(), text(input, "access_key_secret")));
        let trace: String = signed.trace().iter().map(|stage| stage.text.as_str()).collect();
        temporary += usize::from(input["security_token"].is_string());
        for key in ["access_key_id", "access_key_secret", "security_token"] {
            if let Some(secret) = input[key].as_str() {
                assert!(
                    !printed.contains(secret) && !trace.contains(secret),
                    "{} shows its {key}",
                    text(vector, "name")
                );
            }
        }
        let shown = format!("{:?}", signed.request());
        assert!(!shown.contains(signature) && trace.contains(signature), "{}", text(vector, "name"));
        let shown: Vec<_> = signed.trace().iter().map(|stage| stage.name).collect();
        assert_eq!(shown, ["Canonical request", "String to sign", "Signature", "Authorization"]);
        assert_eq!(signed.trace()[1].text, text(&vector["expected"], "string_to_sign"));
        assert_eq!(signed.trace()[2].text, signature);
    }
    assert!(temporary > 0, "one vector at least has a security token");
}

#[test]
fn the_trace_shows_the_canonical_request_with_the_token_masked() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    for vector in vectors["acs3"].as_array().unwrap() {
        let token = vector["input"]["security_token"].as_str();
        let expected = text(&vector["expected"], "canonical_request");
        let masked = token.map_or(expected.to_owned(), |token| expected.replace(token, MASK));
        assert_eq!(sign_input(&vector["input"]).trace()[0].text, masked, "{}", text(vector, "name"));
    }
}

#[test]
fn the_date_is_written_in_utc_to_the_second() {
    let (id, secret) = (Secret::new("id"), Secret::new("secret"));
    let signing_time = SigningTime { now: datetime!(2026-01-02 03:04:05.678 +08:00), nonce: "n".into() };
    let request = UnsignedRequest { headers: Vec::new(), ..sample() };
    let signature = sign(&request, "A", "1", &AccessKey::new(&id, &secret, None), &signing_time).unwrap();
    let date = signature.headers.iter().find(|header| header.name == "x-acs-date").unwrap();
    assert_eq!(date.sent(), "2026-01-01T19:04:05Z");
}

#[test]
fn a_credential_that_no_header_can_carry_is_named() {
    let (good, bad) = (Secret::new("good"), Secret::new("b\u{1}d"));
    let signing_time = SigningTime { now: datetime!(2026-01-02 03:04:05 UTC), nonce: "n".into() };
    let try_with = |key: &AccessKey<'_>| sign(&sample(), "A", "1", key, &signing_time).unwrap_err();
    assert_eq!(try_with(&AccessKey::new(&bad, &good, None)), SignError::Characters("AccessKey ID".into()));
    assert_eq!(try_with(&AccessKey::new(&good, &good, Some(&bad))), SignError::Characters("Security token".into()));
}

/// A request with its `x-acs-*` headers, ready for the stages.
fn sample() -> UnsignedRequest {
    UnsignedRequest {
        method: http::Method::POST,
        host: "es.test".into(),
        path: "/a/b".into(),
        query: "x=1&y=2".into(),
        headers: vec![
            Header::plain("Content-Type", "application/json").unwrap(),
            Header::plain("x-acs-date", "2026-01-02T03:04:05Z").unwrap(),
            Header::plain("Accept", "application/json").unwrap(),
        ],
        body: b"{}".to_vec(),
        shown_target: None,
        body_shown: "{}".into(),
    }
}

type Change = fn(&mut UnsignedRequest);

#[test]
fn any_single_change_changes_the_signature_and_what_is_not_signed_does_not() {
    let signature = |change: Change, secret: &str| {
        let mut request = sample();
        change(&mut request);
        stages(&request, secret).signature
    };
    let original = signature(|_| {}, "secret");
    let changes: [(&str, Change); 10] = [
        ("method", |request| request.method = http::Method::PUT),
        ("host", |request| request.host = "et.test".into()),
        ("path", |request| request.path.push('c')),
        ("case of the path", |request| request.path = "/A/b".into()),
        ("query value", |request| request.query = "x=1&y=3".into()),
        ("query name", |request| request.query = "x=1&z=2".into()),
        ("empty pair", |request| request.query.push_str("&z=")),
        ("header", |request| request.headers[1] = Header::plain("x-acs-date", "2026-01-02T03:04:06Z").unwrap()),
        ("content type", |request| request.headers[0] = Header::plain("Content-Type", "text/plain").unwrap()),
        ("body", |request| request.body.push(b' ')),
    ];
    let mut seen = vec![original.clone(), signature(|_| {}, "secres")];
    for (what, change) in changes {
        let found = signature(change, "secret");
        assert!(!seen.contains(&found), "{what} is not signed");
        seen.push(found);
    }
    let harmless: [(&str, Change); 4] = [
        ("another order of the query", |request| request.query = "y=2&x=1".into()),
        ("another order of the headers", |request| request.headers.reverse()),
        ("the case of a header's name", |request| request.headers[1].name = "X-Acs-Date".into()),
        ("a header that proxies may change", |request| request.headers[2] = Header::plain("Accept", "*/*").unwrap()),
    ];
    for (what, change) in harmless {
        assert_eq!(signature(change, "secret"), original, "{what}");
    }
}
