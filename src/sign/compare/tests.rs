use super::*;
use crate::catalog::Scheme;
use crate::request::{Header, UnsignedRequest};
use crate::sign::{AccessKey, Credential, SchemeKind, Secret, SigningTime, acs3, sdk_hmac, sign};
use proptest::prelude::*;
use serde_json::json;
use time::macros::datetime;

const ID: &str = "DUMMYAK0000000000001";
const SECRET: &str = "dummySecretKey/000000000000000000000000+1";
const TOKEN: &str = "dummySecurityToken/+=ABC123";

#[derive(Debug, Clone, Copy, PartialEq)]
enum Cloud {
    Huawei,
    Alibaba,
}

const BOTH: [Cloud; 2] = [Cloud::Huawei, Cloud::Alibaba];

fn request(headers: &[(String, String)]) -> UnsignedRequest {
    let mut all = vec![Header::plain("Content-Type", "application/json").unwrap()];
    all.extend(headers.iter().map(|(name, value)| Header::plain(name, value).unwrap()));
    UnsignedRequest {
        method: http::Method::PUT,
        host: "db.test".into(),
        path: "/v3/a%20b/ssl".into(),
        query: "x=1&y=%7C".into(),
        headers: all,
        body: b"{}".to_vec(),
        shown_target: None,
        body_shown: "{}".into(),
    }
}

/// What the console signed, and the texts of a server that saw the same.
fn signed(cloud: Cloud, headers: &[(String, String)]) -> (Vec<Stage>, ServerTexts) {
    let [id, secret, token] = [ID, SECRET, TOKEN].map(Secret::new);
    let key = Credential::AccessKey(AccessKey::new(&id, &secret, Some(&token)));
    let signing_time = SigningTime { now: datetime!(2026-01-02 03:04:05 UTC), nonce: "n".into() };
    let scheme = match cloud {
        Cloud::Huawei => Scheme::new(SchemeKind::SdkHmac),
        Cloud::Alibaba => Scheme { action: "A".into(), version: "1".into(), ..Scheme::new(SchemeKind::Acs3) },
    };
    let signed = sign(request(headers), &[(&scheme, key)], &signing_time).unwrap();
    let stages = match cloud {
        Cloud::Huawei => sdk_hmac::stages(signed.request(), SECRET),
        Cloud::Alibaba => acs3::stages(signed.request(), SECRET),
    };
    let texts = ServerTexts {
        canonical_request: Some(stages.canonical_request.to_string()),
        string_to_sign: (cloud == Cloud::Alibaba).then_some(stages.string_to_sign),
    };
    (signed.trace().to_vec(), texts)
}

/// The message of the answer in which a cloud shows its texts.
fn message(cloud: Cloud, texts: &ServerTexts) -> String {
    let canonical = texts.canonical_request.clone().unwrap_or_default();
    match cloud {
        Cloud::Huawei => format!(
            "Incorrect IAM authentication information: verify aksk signature fail, canonicalRequest:{}",
            canonical.replace('\n', "|")
        ),
        Cloud::Alibaba => format!(
            "Specified signature does not match our calculation. server StringToSign is [{}] server CanonicalRequest \
             is [{canonical}]",
            texts.string_to_sign.clone().unwrap_or_default()
        ),
    }
}

fn body(cloud: Cloud, texts: &ServerTexts) -> String {
    match cloud {
        Cloud::Huawei => json!({"error_msg": message(cloud, texts), "error_code": "APIGW.0301", "request_id": "r"}),
        Cloud::Alibaba => json!({"RequestId": "r", "Code": "SignatureDoesNotMatch", "Message": message(cloud, texts)}),
    }
    .to_string()
}

/// The reasons when the server's canonical request has `from` replaced.
fn reasons(cloud: Cloud, from: &str, to: &str) -> Vec<Difference> {
    let (trace, mut texts) = signed(cloud, &[]);
    let text = texts.canonical_request.unwrap();
    assert!(text.contains(from), "{text}");
    texts.canonical_request = Some(text.replacen(from, to, 1));
    texts.string_to_sign = None;
    compare(&trace, &texts).reasons
}

#[test]
fn an_answer_is_read_as_a_body_as_a_message_and_as_people_copy_them() {
    for cloud in BOTH {
        let (_, texts) = signed(cloud, &[]);
        let (body, message) = (body(cloud, &texts), message(cloud, &texts));
        let escaped = json!(message).to_string();
        let copies = [
            body.clone(),
            message.clone(),
            format!("\n  {body}\n"),
            format!("HTTP/1.1 401 Unauthorized\ncontent-type: application/json\n\n{body}\n-- "),
            escaped.trim_matches('"').to_owned(),
            format!("Message: {}, RequestId: \"r\"", escaped.trim_matches('"')),
            message.replace('\n', "\r\n"),
            message.replace('\n', "\n    "),
            body.replace('/', "\\/"),
        ];
        for copy in copies {
            assert_eq!(read_echo(&copy).as_ref(), Some(&texts), "{copy}");
        }
    }
}

#[test]
fn alibabas_texts_are_read_in_either_order_alone_and_without_brackets() {
    let (_, texts) = signed(Cloud::Alibaba, &[]);
    let (canonical, to_sign) = (texts.canonical_request.clone().unwrap(), texts.string_to_sign.clone().unwrap());
    for text in [
        format!("server StringToSign is [{to_sign}] server CanonicalRequest is [{canonical}]"),
        format!("server CanonicalRequest is [{canonical}] server StringToSign is [{to_sign}]"),
        format!("server StringToSign is:{to_sign} server CanonicalRequest is:{canonical} request id: 1"),
        format!("code: 400, CanonicalRequest: {canonical}\nStringToSign: {to_sign}\n"),
    ] {
        assert_eq!(read_echo(&text), Some(texts.clone()), "{text}");
    }
    let only = read_echo(&format!("server StringToSign is [{to_sign}]")).unwrap();
    assert_eq!((only.canonical_request, only.string_to_sign.unwrap()), (None, to_sign));
    let only = read_echo(&canonical).unwrap();
    assert_eq!((only.canonical_request.unwrap(), only.string_to_sign), (canonical, None));
}

/// As it stands in a public report (huaweicloud-sdk-nodejs-v3, issue 2), and in the FAQ of the signing guide.
#[test]
fn huaweis_texts_are_read_from_the_gateway_and_from_its_log() {
    let hash = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    let message = format!(
        "Incorrect IAM authentication information: verify aksk signature fail, canonicalRequest:DELETE|/v2/p/fgs/\
         functions/urn%3Afss/||host:functiongraph.cn-north-4.myhuaweicloud.com|x-project-id:p|\
         x-sdk-date:20210824T025548Z||host;x-project-id;x-sdk-date|{hash}"
    );
    let expected = format!(
        "DELETE\n/v2/p/fgs/functions/urn%3Afss/\n\nhost:functiongraph.cn-north-4.myhuaweicloud.com\nx-project-id:p\n\
         x-sdk-date:20210824T025548Z\n\nhost;x-project-id;x-sdk-date\n{hash}"
    );
    assert_eq!(read_echo(&message).unwrap().canonical_request, Some(expected));
    let log = format!(
        "2019/01/26 11:34:27 [error] 1211#0: *76 [lua] responses.lua:170: rewrite(): 473a;app-1;verify signature \
         fail;SDK-HMAC-SHA256 Access=071f, SignedHeaders=host;x-sdk-date, Signature=b2ef;canonicalRequest:GET\n\
         /app1/\n\nhost:test.com\nx-sdk-date:20190126T033427Z\n\nhost;x-sdk-date\n{hash}, client: 192.168.0.1, \
         request: \"GET /app1 HTTP/1.1\", host: \"test.com\""
    );
    let expected = format!("GET\n/app1/\n\nhost:test.com\nx-sdk-date:20190126T033427Z\n\nhost;x-sdk-date\n{hash}");
    assert_eq!(read_echo(&log).unwrap().canonical_request, Some(expected));
}

#[test]
fn an_answer_without_texts_has_none() {
    for text in [
        "",
        "{}",
        "{\"error_msg\":\"Incorrect IAM authentication information: verify aksk signature fail\"}",
        "Specified signature does not match our calculation.",
        "GET|/v3/",
        "GET\n/v3/\n\nhost:h\n",
        "<html>\n/html|/|",
        "SDK-HMAC-SHA256\nabc",
        "ÄÖÜ|/ü|ö||ä|",
    ] {
        assert_eq!(read_echo(text), None, "{text}");
    }
}

#[test]
fn equal_texts_mean_that_the_secret_is_wrong() {
    for cloud in BOTH {
        let (trace, texts) = signed(cloud, &[]);
        let found = compare(&trace, &texts);
        assert!(found.lines.iter().all(ComparedLine::is_same), "{found:?}");
        assert_eq!(found.reasons, [Difference::AllEqual]);
    }
}

#[test]
fn each_change_on_the_way_is_named() {
    let (ours, theirs) = (String::from, String::from);
    let [empty, sent, formatted] = ["", "{}", "{ }"].map(|body| format!("\n{}", sha256_hex(body.as_bytes())));
    for cloud in BOTH {
        let uri = if cloud == Cloud::Huawei { "/v3/a%20b/ssl/" } else { "/v3/a%20b/ssl" };
        let token = if cloud == Cloud::Huawei { "x-security-token" } else { "x-acs-security-token" };
        let date = if cloud == Cloud::Huawei { "x-sdk-date:2026" } else { "x-acs-date:2026" };
        let changed = |name: &str, ours: &str, theirs: &str| Difference::HeaderChanged {
            name: name.into(),
            ours: ours.into(),
            theirs: theirs.into(),
        };
        let missing = |name: &str| Difference::HeaderMissing { name: name.into() };
        let cases = [
            ("PUT", "POST", Difference::Method { ours: ours("PUT"), theirs: theirs("POST") }),
            ("a%20b/", "ab/", Difference::Path { ours: ours(uri), theirs: uri.replace("%20", "") }),
            ("x=1&", "", Difference::Query { ours: ours("x=1&y=%7C"), theirs: theirs("y=%7C") }),
            ("host:db.test", "host:proxy.test", changed("host", "db.test", "proxy.test")),
            ("host:db.test\n", "", missing("host")),
            ("content-type:application/json", "content-type:", missing("content-type")),
            ("host:", "x-added:1\nhost:", Difference::HeaderAdded { name: "x-added".into() }),
            ("content-type;", "", Difference::SignedHeaders),
            (sent.as_str(), empty.as_str(), Difference::Payload { lost: true }),
            (sent.as_str(), formatted.as_str(), Difference::Payload { lost: false }),
            (date, &date.replace("2026", "2027"), Difference::DateOnly),
            (TOKEN, "anotherToken", changed(token, MASK, MASK)),
        ];
        for (from, to, expected) in cases {
            assert_eq!(reasons(cloud, from, to), [expected], "{cloud:?}: {from} → {to}");
        }
    }
}

#[test]
fn a_header_on_one_side_is_one_line_and_shifts_no_other() {
    let (trace, mut texts) = signed(Cloud::Huawei, &[]);
    let text = texts.canonical_request.unwrap().replace("content-type:application/json\n", "a-first:1\n");
    texts.canonical_request = Some(text);
    let found = compare(&trace, &texts);
    let unlike: Vec<_> = found.lines.iter().filter(|line| !line.is_same()).collect();
    let expected =
        [(None, Some(String::from("a-first:1"))), (Some(String::from("content-type:application/json")), None)];
    assert_eq!(unlike.iter().map(|line| (line.ours.clone(), line.theirs.clone())).collect::<Vec<_>>(), expected);
    assert!(unlike.iter().all(|line| line.part == "Canonical headers"));
}

#[test]
fn the_servers_copy_of_a_secret_is_never_shown() {
    for cloud in BOTH {
        let (trace, texts) = signed(cloud, &[]);
        let mut other = texts.clone();
        other.canonical_request = other.canonical_request.map(|text| text.replace(TOKEN, "anotherSecret"));
        for texts in [texts, other] {
            let printed = format!("{:?}", compare(&trace, &texts));
            assert!(!printed.contains(TOKEN) && !printed.contains("anotherSecret"), "{printed}");
        }
    }
}

#[test]
fn a_string_to_sign_that_alone_differs_is_said_to() {
    let (trace, mut texts) = signed(Cloud::Alibaba, &[]);
    // The answer's secrets were masked before it was compared, so its hash is all there is to go by.
    texts.canonical_request = texts.canonical_request.map(|text| text.replace(TOKEN, MASK));
    assert_eq!(compare(&trace, &texts).reasons, [Difference::AllEqual]);
    texts.string_to_sign = Some(format!("ACS3-HMAC-SHA256\n{}", "0".repeat(64)));
    assert_eq!(compare(&trace, &texts).reasons, [Difference::StringToSignOnly]);
    texts.canonical_request = None;
    assert_eq!(compare(&trace, &texts).reasons, [Difference::StringToSignOnly]);
}

#[test]
fn a_request_without_a_signature_compares_to_nothing() {
    let (_, texts) = signed(Cloud::Huawei, &[]);
    assert_eq!(compare(&[], &texts), Comparison { lines: Vec::new(), reasons: Vec::new() });
}

proptest! {
    /// Whatever stands in the headers: bars, brackets, colons.
    #[test]
    fn an_echo_of_our_own_text_always_reads_back_equal(
        values in prop::collection::vec("[]|:;a/\\[\" -]{0,6}", 0..4), huawei in any::<bool>(), whole in any::<bool>(),
    ) {
        let cloud = if huawei { Cloud::Huawei } else { Cloud::Alibaba };
        let names = ["X-Language", "x-acs-one", "X-Two", "x-acs-three"];
        let headers: Vec<(String, String)> =
            names.iter().map(|name| (*name).to_owned()).zip(values).collect();
        let (trace, texts) = signed(cloud, &headers);
        let pasted = if whole { body(cloud, &texts) } else { message(cloud, &texts) };
        let read = read_echo(&pasted);
        prop_assert_eq!(read.as_ref(), Some(&texts));
        let found = compare(&trace, &read.unwrap());
        prop_assert_eq!(found.reasons, [Difference::AllEqual]);
        prop_assert!(found.lines.iter().all(ComparedLine::is_same));
    }

    #[test]
    fn any_text_is_read_without_complaint(text in "\\PC{0,80}|[GETPUhost:;|/\n0-9a-f-]{0,120}") {
        let _ = read_echo(&text);
    }
}
