//! The signature check against the vendor's vectors, captures of its SDK, and changed bytes.

use proptest::prelude::*;
use serde_json::Value;
use tls_console::sandbox::Request;
use tls_console::sandbox::verify::{self, acs3, sdk_hmac};

use super::calls::sign_huawei;

const SECRET: &str = "DummyAccessKeySecret0123456789";

fn load(name: &str) -> Value {
    let path = format!("{}/tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn request<'a>(method: &str, uri: &str, headers: impl Iterator<Item = (&'a str, &'a str)>, body: &str) -> Request {
    let builder = http::Request::builder().method(method).uri(uri);
    headers.fold(builder, |builder, (name, value)| builder.header(name, value)).body(body.into()).unwrap()
}

#[test]
fn every_vector_verifies_with_every_intermediate_text() {
    let vectors = load("aliyun-acs3-hmac-sha256.json");
    let vectors = vectors["acs3"].as_array().unwrap();
    assert_eq!(vectors.len(), 12);
    for vector in vectors {
        let (input, expected) = (&vector["input"], &vector["expected"]);
        let headers = expected["headers"].as_object().unwrap();
        let headers = headers.iter().map(|(name, value)| (name.as_str(), text(value)));
        let request = request(text(&input["method"]), text(&expected["url"]), headers, text(&input["body_utf8"]));

        let signed: Vec<&str> = text(&expected["signed_headers"]).split(';').collect();
        let view = acs3::server_view(&request, &signed);
        let name = &vector["name"];
        assert_eq!(String::from_utf8_lossy(&view.canonical_request), text(&expected["canonical_request"]), "{name}");
        assert_eq!(view.string_to_sign, text(&expected["string_to_sign"]), "{name}");
        assert!(acs3::verify(&request, text(&input["access_key_secret"])), "{name}");
        assert!(!acs3::verify(&request, "another secret"), "{name}");
    }
}

#[test]
fn the_captured_requests_of_the_sdk_verify_from_their_wire_bytes() {
    let capture = load("aliyun-sdk-capture.json");
    let mut verified = 0;
    for captured in capture["captures"].as_array().unwrap().iter().flat_map(|case| case["requests"].as_array().unwrap())
    {
        let headers: Vec<(&str, &str)> = captured["headers_in_order"]
            .as_array()
            .unwrap()
            .iter()
            .map(|pair| (text(&pair[0]), text(&pair[1])))
            .collect();
        // One capture is of the older signature, which is none of ours.
        if !headers.iter().any(|(name, value)| *name == "Authorization" && value.starts_with("ACS3-")) {
            continue;
        }
        let target = text(&captured["target"]);
        let request = request(text(&captured["method"]), target, headers.into_iter(), text(&captured["body_utf8"]));
        assert!(acs3::verify(&request, SECRET), "{target}");
        verified += 1;
    }
    assert!(verified >= 15, "{verified}");
}

#[test]
fn every_huawei_vector_verifies_with_every_intermediate_text() {
    let vectors = load("huawei-sdk-hmac-sha256.json");
    let vectors = vectors["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 14);
    for vector in vectors {
        let input = &vector["input"];
        let headers = vector["expected_headers"].as_object().unwrap();
        let headers = headers.iter().map(|(name, value)| (name.as_str(), text(value)));
        let request = request(text(&input["method"]), text(&vector["url"]), headers, text(&input["body"]));
        let signed: Vec<&str> = vector["signed_headers"].as_array().unwrap().iter().map(text).collect();
        let view = sdk_hmac::server_view(&request, &signed);
        let name = &vector["name"];
        assert_eq!(String::from_utf8_lossy(&view.canonical_request), text(&vector["canonical_request"]), "{name}");
        assert_eq!(view.string_to_sign, text(&vector["string_to_sign"]), "{name}");
        assert_eq!(verify::signature(text(&input["sk"]), &view.string_to_sign), text(&vector["signature"]), "{name}");
        assert!(sdk_hmac::verify(&request, text(&input["sk"])), "{name}");
        assert!(!sdk_hmac::verify(&request, "another secret"), "{name}");
    }
}

#[test]
fn the_captured_requests_of_huaweis_sdk_verify_from_their_wire_bytes() {
    let capture = load("huawei-sdk-capture.json");
    let captures = capture["captures"].as_array().unwrap();
    assert_eq!(captures.len(), 12);
    for captured in captures.iter().map(|case| &case["request"]) {
        let headers = captured["headers"].as_array().unwrap().iter().map(|pair| (text(&pair[0]), text(&pair[1])));
        let request = request(text(&captured["method"]), text(&captured["target"]), headers, text(&captured["body"]));
        assert!(sdk_hmac::verify(&request, text(&capture["credentials"]["sk"])), "{captured}");
    }
}

/// What is signed, in parts that can be changed one by one.
#[derive(Debug, Clone)]
struct Parts {
    path: String,
    query: String,
    header: String,
    body: Vec<u8>,
}

impl Parts {
    fn request(&self) -> Request {
        http::Request::post(format!("https://elasticsearch.cn-hangzhou.aliyuncs.com/{}?{}", self.path, self.query))
            .header("x-acs-custom", &self.header)
            .body(self.body.clone())
            .unwrap()
    }

    fn signed(&self) -> Request {
        let mut request = self.request();
        // The hash stands at the end of the canonical request; nothing else of the view is needed for it.
        let view = acs3::server_view(&request, &[]);
        let hash = String::from_utf8(view.canonical_request).unwrap().lines().last().unwrap().to_owned();
        request.headers_mut().insert("x-acs-content-sha256", hash.parse().unwrap());
        let names = ["host", "x-acs-content-sha256", "x-acs-custom"];
        let signature = verify::signature(SECRET, &acs3::server_view(&request, &names).string_to_sign);
        let value = format!("ACS3-HMAC-SHA256 Credential=id,SignedHeaders={},Signature={signature}", names.join(";"));
        request.headers_mut().insert("authorization", value.parse().unwrap());
        request
    }

    fn signed_for_huawei(&self) -> Request {
        let mut request = self.request();
        request.headers_mut().insert("x-sdk-date", "20261122T100000Z".parse().unwrap());
        sign_huawei(request, "id", SECRET, &[])
    }
}

/// The text with one letter or digit replaced by another one.
fn flip(text: &str, index: usize, step: u8) -> String {
    const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    let mut bytes = text.as_bytes().to_vec();
    let index = index % bytes.len();
    let place = LETTERS.iter().position(|letter| *letter == bytes[index]).unwrap_or(0);
    let mut new = LETTERS[(place + 1 + usize::from(step)) % LETTERS.len()];
    if new == bytes[index] {
        new = b'Z';
    }
    bytes[index] = new;
    String::from_utf8(bytes).unwrap()
}

proptest! {
    #[test]
    fn any_one_byte_changed_breaks_the_signature(
        path in "[a-z0-9/._~-]{1,40}",
        query in "[a-z0-9._~-]{1,10}=[a-z0-9._~-]{0,20}",
        header in "[a-z0-9]([a-z0-9 ]{0,10}[a-z0-9])?",
        body in proptest::collection::vec(any::<u8>(), 1..40),
        index in any::<usize>(),
        step in 0u8..35,
        xor in 1u8..=255,
        part in 0usize..5,
        huawei in any::<bool>(),
    ) {
        let parts = Parts { path, query, header, body };
        let signed = if huawei { parts.signed_for_huawei() } else { parts.signed() };
        let verifies = if huawei { sdk_hmac::verify } else { acs3::verify };
        prop_assert!(verifies(&signed, SECRET));

        let mut changed = parts.clone();
        match part {
            0 => changed.path = flip(&parts.path, index, step),
            1 => changed.query = flip(&parts.query, index, step),
            2 => changed.header = flip(&parts.header, index, step),
            3 => {
                let place = index % parts.body.len();
                changed.body[place] ^= xor;
            }
            _ => {}
        }
        let mut request = changed.request();
        for name in ["x-acs-content-sha256", "x-sdk-date", "authorization"] {
            signed.headers().get(name).map(|value| request.headers_mut().insert(name, value.clone()));
        }
        if part == 4 {
            let value = signed.headers()["authorization"].to_str().unwrap();
            let (start, signature) = value.rsplit_once('=').unwrap();
            let value = format!("{start}={}", flip(signature, index, step));
            request.headers_mut().insert("authorization", value.parse().unwrap());
        }
        prop_assert!(!verifies(&request, SECRET), "{:?}", request);
    }
}
