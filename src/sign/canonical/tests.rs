//! Captures of the vendors' SDKs, and both schemes against a plain second implementation.

use super::*;
use crate::sign::scheme::{ACS3_SETTINGS, SDK_HMAC_SETTINGS};
use crate::sign::{acs3, sdk_hmac};
use http::Method;
use proptest::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// A captured request as its bytes say, the names of its signed headers and its signature. `None` for other schemes.
fn captured(request: &Value, headers: &str, algorithm: &str) -> Option<(UnsignedRequest, Vec<String>, String)> {
    let headers: Vec<(&str, &str)> = request[headers]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap()))
        .collect();
    let find = |name: &str| headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).unwrap().1;
    let authorization = find("authorization").strip_prefix(algorithm)?;
    let after = |mark: &str| authorization.split(mark).nth(1).unwrap().split(',').next().unwrap().to_owned();
    let (path, query) = {
        let target = request["target"].as_str().or(request["request_line"].as_str()?.split(' ').nth(1)).unwrap();
        target.split_once('?').unwrap_or((target, ""))
    };
    let method = request["method"].as_str().or(request["request_line"].as_str()?.split(' ').next()).unwrap();
    let body = request["body"].as_str().or(request["body_utf8"].as_str()).unwrap_or_default();
    let unsigned = UnsignedRequest {
        method: method.parse().unwrap(),
        host: find("host").to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: headers.iter().map(|(name, value)| Header::plain(name, value).unwrap()).collect(),
        body: body.as_bytes().to_vec(),
        shown_target: None,
        body_shown: String::new(),
    };
    Some((unsigned, after("SignedHeaders=").split(';').map(str::to_owned).collect(), after("Signature=")))
}

/// The stages for a list of signed headers that somebody else chose.
fn stages_signing(settings: &SigningSettings, request: &UnsignedRequest, names: &[String], secret: &str) -> Stages {
    ToSign { settings, request, added: &[] }.stages(names, secret)
}

#[test]
fn what_huaweis_sdk_sent_has_the_signature_that_we_compute_from_its_bytes() {
    let file: Value = serde_json::from_str(include_str!("../../../tests/vectors/huawei-sdk-capture.json")).unwrap();
    let secret = file["credentials"]["sk"].as_str().unwrap();
    let captures = file["captures"].as_array().unwrap();
    let mut verified = 0;
    for request in captures.iter().map(|capture| &capture["request"]).filter(|request| !request.is_null()) {
        let (unsigned, names, signature) = captured(request, "headers", "SDK-HMAC-SHA256 ").unwrap();
        let stages = stages_signing(&SDK_HMAC_SETTINGS, &unsigned, &names, secret);
        assert_eq!(stages.canonical_request.as_str(), request["canonical_request_rebuilt_from_wire"].as_str().unwrap());
        assert_eq!(stages.signature, signature);
        verified += 1;
    }
    assert_eq!(verified, captures.len());
}

#[test]
fn what_alibabas_sdk_sent_has_the_signature_that_we_compute_from_its_bytes() {
    let file: Value = serde_json::from_str(include_str!("../../../tests/vectors/aliyun-sdk-capture.json")).unwrap();
    let captures = file["captures"].as_array().unwrap();
    let requests: Vec<&Value> = captures.iter().flat_map(|case| case["requests"].as_array().unwrap()).collect();
    let mut older = 0;
    for request in &requests {
        let Some((unsigned, names, signature)) = captured(request, "headers_in_order", "ACS3-HMAC-SHA256 ") else {
            older += 1;
            continue;
        };
        let stages = stages_signing(&ACS3_SETTINGS, &unsigned, &names, "DummyAccessKeySecret0123456789");
        assert_eq!(stages.canonical_request.as_str(), request["check"]["canonical_request_rebuilt"].as_str().unwrap());
        assert_eq!(stages.signature, signature);
    }
    assert_eq!(older, 1, "one capture is of the older signature, which is none of ours");
}

/// A request in the words of the person who asks for it: nothing is encoded.
#[derive(Debug, Clone)]
struct Asked {
    method: Method,
    segments: Vec<String>,
    pairs: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Asked {
    /// As `request::build` spells it.
    fn unsigned(&self) -> UnsignedRequest {
        let pairs: Vec<String> =
            self.pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        UnsignedRequest {
            method: self.method.clone(),
            host: String::from("api.test:8443"),
            path: self.segments.iter().map(|segment| format!("/{}", encode(segment))).collect(),
            query: pairs.join("&"),
            headers: self.headers.iter().map(|(name, value)| Header::plain(name, value).unwrap()).collect(),
            body: self.body.clone(),
            shown_target: None,
            body_shown: String::new(),
        }
    }

    /// Written for this test, after the vendors' texts, with nothing of the code above but the hash.
    fn plain(&self, uri: &str, is_signed: fn(&str) -> bool) -> String {
        let mut pairs = self.pairs.clone();
        pairs.sort();
        let query: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{}={}", plain_encode(name), plain_encode(value))).collect();
        let mut headers: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (name, value) in &self.headers {
            headers.entry(name.to_lowercase()).or_default().push(value.trim());
        }
        headers.retain(|name, _| is_signed(name));
        headers.insert("host".into(), vec!["api.test:8443"]);
        let lines: String = headers.iter().map(|(name, values)| format!("{name}:{}\n", values.join(", "))).collect();
        let names: Vec<&str> = headers.keys().map(String::as_str).collect();
        let hash: String = Sha256::digest(&self.body).iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{}\n{uri}\n{}\n{lines}\n{}\n{hash}", self.method, query.join("&"), names.join(";"))
    }
}

fn plain_encode(text: &str) -> String {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    text.bytes()
        .map(|byte| if unreserved(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn asked() -> impl Strategy<Value = Asked> {
    let method = prop::sample::select(vec![Method::GET, Method::PUT, Method::POST, Method::DELETE]);
    let segments = prop::collection::vec("[a-z/ +%.~]{0,4}|%2[Ff5]|\\PC{0,4}", 1..5);
    let pairs = prop::collection::vec(("[a-cB.:+%]{1,2}|\\PC{1,3}", "[ab=&+% ]{0,3}|\\PC{0,4}"), 0..8);
    let name = prop::sample::select(vec![
        "Content-Type",
        "content-TYPE",
        "Accept",
        "User-Agent",
        "X-Language",
        "x-language",
        "X-Sdk-Date",
        "x_odd",
        "X-O_dd",
        "x-acs-date",
        "X-ACS-Version",
        "X-Acs",
    ]);
    let value = " {0,2}[!-~]{0,3}( {1,2}[!-~]{1,3})?[ \t]{0,2}";
    let headers = prop::collection::vec((name.prop_map(str::to_owned), value), 0..8);
    let body = prop::collection::vec(any::<u8>(), 0..8);
    (method, segments, pairs, headers, body).prop_map(|(method, segments, pairs, headers, body)| Asked {
        method,
        segments,
        pairs,
        headers,
        body,
    })
}

proptest! {
    #[test]
    fn alibabas_canonical_request_equals_a_plain_one(asked in asked()) {
        let uri: String = asked.segments.iter().map(|segment| format!("/{}", plain_encode(segment))).collect();
        let plain = asked.plain(&uri, |name| name == "content-type" || name.starts_with("x-acs-"));
        prop_assert_eq!(acs3::stages(&asked.unsigned(), "secret").canonical_request, Zeroizing::new(plain));
    }

    #[test]
    fn huaweis_canonical_request_equals_a_plain_one(asked in asked()) {
        // A slash within a segment separates, as one between them.
        let parts: Vec<String> = asked.segments.join("/").split('/').map(plain_encode).collect();
        let mut uri = format!("/{}", parts.join("/"));
        if !uri.ends_with('/') {
            uri += "/";
        }
        let signed = |name: &str| name == "content-type" || name.starts_with("x-") && !name.contains('_');
        let plain = asked.plain(&uri, signed);
        prop_assert_eq!(sdk_hmac::stages(&asked.unsigned(), "secret").canonical_request, Zeroizing::new(plain));
    }

    #[test]
    fn every_spelling_of_a_query_has_one_canonical_form(pairs in prop::collection::vec(("[a-c é]{1,2}", "[ab ~é]{0,3}"), 0..5)) {
        let spelled = |space: &str, encode: fn(&str) -> String| {
            let spell = |text: &str| text.split(' ').map(encode).collect::<Vec<_>>().join(space);
            pairs.iter().map(|(name, value)| format!("{}={}", spell(name), spell(value))).collect::<Vec<_>>().join("&")
        };
        let raw = canonical_query(&spelled("+", str::to_owned));
        prop_assert_eq!(&raw, &canonical_query(&spelled("%20", encode)));
        let all: fn(&str) -> String = |text| text.bytes().map(|byte| format!("%{byte:02x}")).collect();
        prop_assert_eq!(&raw, &canonical_query(&spelled("%20", all)));
    }
}
