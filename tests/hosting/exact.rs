//! What passes arrives byte for byte, and what comes back does so too: a signature made in front of the proxy holds
//! behind it.

use std::fmt::Write as _;

use http::Method;
use time::OffsetDateTime;
use tls_console::catalog::Scheme;
use tls_console::request::{Header, UnsignedRequest, encode};
use tls_console::sandbox::verify;
use tls_console::sign::{AccessKey, Credential, SchemeKind, Secret, SignedRequest, SigningTime, sign};

use crate::front::Front;
use crate::page::{CLUSTER, INSTANCE, KEY_ID, KEY_SECRET, PROJECT};
use crate::raw::{self, Answer};
use crate::server::Received;

on_each_server!(
    path_query_headers_and_body_arrive_as_they_were_sent,
    signatures_hold_behind_the_proxy,
    both_switches_are_accepted_by_the_clouds,
    nothing_of_the_browser_arrives,
    every_header_of_the_descriptions_and_signatures_passes,
    tokens_of_32_kilobytes_pass_in_both_directions,
    answers_come_back_as_they_are,
);

const HUAWEI: &str = "gaussdb.cn-north-4.myhuaweicloud.com";
const ALIYUN: &str = "elasticsearch.cn-hangzhou.aliyuncs.com";

/// Path and query, as a client may write them.
const TARGETS: &[&str] = &[
    "/v3/a%2Fb/c",
    "/v3/a%2fb",
    "/v3/%7E~%2A%27%28%29%21",
    "/v3/%E4%B8%AD%E6%96%87",
    "/v3/a+b%20c%2Bd",
    "/v3/a;b=c,d@e:f$g&h=i",
    "/v3/slash/at/the/end/",
    "/v3/%25252F",
    "/v3/...dots../.hidden/a..b",
    "/v3/index.html",
    "/",
    "/?",
    "/v3?",
    "/v3?a",
    "/v3?a=&b=&=c&&d",
    "/v3?b=2&a=1&a=0&b=2",
    "/v3?a=1+2&b=1%202&c=%2B&d=%2b",
    "/v3?a=%7E~*%2A'()!&b=%E4%B8%AD",
    "/v3?x=/../..//a/./b&y=%2e%2e%2f",
    "/v3?x=?&y=a=b=c&z=%3D%26",
    "/v3?a;b=c;d",
    "/v3?[0]=a&{b}=c|d^e`",
    "/v3?x=%0a%00&y=%",
    "/v3?url=https://evil.test/&host=evil.test",
    "/v3?a={env.HOME}&b=$uri&c=${x}",
];

fn values(received: &Received, name: &str) -> Vec<String> {
    let same = received.headers.iter().filter(|(other, _)| other == name);
    same.map(|(_, value)| String::from_utf8_lossy(value).into_owned()).collect()
}

pub(crate) async fn path_query_headers_and_body_arrive_as_they_were_sent(front: &Front) {
    let every_byte: Vec<u8> = (0..=255).collect();
    let mut changed = Vec::new();
    for (at, target) in TARGETS.iter().enumerate() {
        let (method, body): (_, &[u8]) = [
            ("PUT", b"{\"ssl_option\": true}\n".as_slice()),
            ("POST", b""),
            ("GET", b""),
            ("DELETE", b""),
            ("POST", &every_byte),
        ][at % 5];
        let headers = [
            ("X-Auth-Token", "a b\tc==  d"),
            ("Authorization", "SDK-HMAC-SHA256 Access=x, SignedHeaders=a;b, Signature=0"),
            ("X-Sdk-Date", "20261122T100000Z"),
            ("x-acs-version", "2017-06-13"),
            ("X-Empty", ""),
            ("Content-Type", "application/json;charset=UTF-8"),
            ("Accept", "application/json"),
            ("Accept-Encoding", "gzip, br"),
            ("X_Underscore", "odd"),
        ];
        let line = format!("{}/proxy/{HUAWEI}{target}", front.path);
        let answer = raw::call(front.addr, method, &line, &headers, body).await;
        let Some(received) = front.clouds.received().get(at - changed.len()).cloned() else {
            changed.push(format!("{target} did not arrive: {answer:?}"));
            continue;
        };
        assert_eq!((received.method.as_str(), received.target.as_str()), (method, *target));
        assert_eq!(received.body, body, "{target}");
        assert_eq!(values(&received, "host"), [HUAWEI], "{target}");
        for (name, value) in headers.iter().filter(|(name, value)| !value.is_empty() && *name != "X_Underscore") {
            assert_eq!(values(&received, &name.to_lowercase()), [*value], "{name} of {target}");
        }
    }
    assert_eq!(changed, [] as [&str; 0]);
}

/// A key that the simulated cloud knows.
fn key(scheme: &Scheme) -> (&'static str, &'static str) {
    match scheme.kind {
        SchemeKind::Acs3 => (KEY_ID, KEY_SECRET),
        _ => ("DUMMYAK0000000000001", "dummySecretKey/000000000000000000000000+1"),
    }
}

/// Signs as the page does.
fn signed(scheme: &Scheme, request: UnsignedRequest) -> SignedRequest {
    let (id, secret) = key(scheme);
    let (id, secret) = (Secret::new(id), Secret::new(secret));
    let key = Credential::AccessKey(AccessKey::new(&id, &secret, None));
    let signing_time = SigningTime { now: OffsetDateTime::now_utc(), nonce: format!("{}", rand()) };
    sign(request, &[(scheme, key)], &signing_time).unwrap()
}

fn rand() -> u128 {
    OffsetDateTime::now_utc().unix_timestamp_nanos().unsigned_abs()
}

fn schemes() -> [(Scheme, &'static str); 2] {
    [
        (Scheme::new(SchemeKind::SdkHmac), HUAWEI),
        (Scheme { action: "OpenHttps".into(), version: "2017-06-13".into(), ..Scheme::new(SchemeKind::Acs3) }, ALIYUN),
    ]
}

fn unsigned(method: Method, host: &str, path: &str, query: &str, body: &[u8]) -> UnsignedRequest {
    let headers = if body.is_empty() {
        Vec::new()
    } else {
        vec![Header::plain("Content-Type", "application/json;charset=UTF-8").unwrap()]
    };
    let (host, path, query) = (host.to_owned(), path.to_owned(), query.to_owned());
    UnsignedRequest {
        method,
        host,
        path,
        query,
        headers,
        body: body.to_vec(),
        shown_target: None,
        body_shown: String::new(),
    }
}

/// Sends a signed call through the server, as a browser would: with headers of its own.
async fn through(front: &Front, signed: &SignedRequest) -> Answer {
    let request = signed.request();
    let target = format!("/proxy/{}{}{}", request.host, request.path, request.query_with_mark());
    let mut headers: Vec<(&str, &str)> = vec![
        ("Origin", "http://localhost"),
        ("Sec-Fetch-Site", "same-origin"),
        ("Sec-Fetch-Dest", "empty"),
        ("User-Agent", "Mozilla/5.0"),
        ("Accept", "*/*"),
    ];
    headers.extend(request.headers.iter().map(|header| (header.name.as_str(), header.sent())));
    raw::call(front.addr, request.method.as_str(), &target, &headers, &request.body).await.unwrap()
}

/// Whether the provider, who has only what arrived, comes to the same signature.
fn holds(received: &Received, scheme: &Scheme) -> bool {
    let host = &values(received, "host")[0];
    let mut request = http::Request::builder()
        .method(received.method.as_str())
        .uri(format!("https://{host}{}", received.target))
        .body(received.body.clone())
        .unwrap();
    for (name, value) in &received.headers {
        let name = http::HeaderName::from_bytes(name.as_bytes()).unwrap();
        request.headers_mut().append(name, http::HeaderValue::from_bytes(value).unwrap());
    }
    let (_, secret) = key(scheme);
    match scheme.kind {
        SchemeKind::Acs3 => verify::acs3::verify(&request, secret) && verify::acs3::body_hash_fits(&request),
        _ => verify::sdk_hmac::verify(&request, secret),
    }
}

async fn signatures_hold_behind_the_proxy(front: &Front) {
    let texts =
        ["a/b", "~", "*", "中文 ü", "a b+c", "100%", "'()!", "a:b@c;d=e&f", "%2F", "\u{1f512}", ".hidden", "x..y"];
    let mut calls = 0;
    for (scheme, host) in schemes() {
        for (at, text) in texts.iter().enumerate() {
            let path = format!("/v3/{}/{}", encode(text), encode(&text.repeat(2)));
            let mut query = format!("{}=&b={}&a={}&a=", encode(text), encode(text), encode(text));
            let _ = write!(query, "&clientToken={}", encode("~*/ +é"));
            let query = if at % 4 == 3 { "" } else { &query };
            let body = format!("{{\"text\": \"{text}\"}}");
            let (method, body) = if at % 2 == 0 { (Method::PUT, body.as_bytes()) } else { (Method::POST, &b""[..]) };
            let signed = signed(&scheme, unsigned(method, host, &path, query, body));
            through(front, &signed).await;
            calls += 1;
            let all = front.clouds.received();
            assert_eq!(all.len(), calls, "{path}?{query}");
            assert!(holds(&all[calls - 1], &scheme), "{text:?}: {:?}", all[calls - 1]);
            let mut other = all[calls - 1].clone();
            other.target = other.target.replacen("/v3/", "/v3/x", 1);
            assert!(!holds(&other, &scheme), "the check is one");
        }
    }
}

async fn both_switches_are_accepted_by_the_clouds(front: &Front) {
    let [(sdk_hmac, _), (acs3, _)] = schemes();
    let ssl = format!("/v3/{PROJECT}/instances/{INSTANCE}/ssl-option");
    let ssl = unsigned(Method::PUT, HUAWEI, &ssl, "", b"{\"ssl_option\":true}");
    let answer = through(front, &signed(&sdk_hmac, ssl)).await;
    assert!(answer.status == 200 && answer.text().contains("job_id"), "{answer:?}");
    assert!(answer.header("x-request-id").is_some() && answer.header("date").is_some(), "{answer:?}");

    let https = format!("/openapi/instances/{CLUSTER}/actions/open-https");
    let https = unsigned(Method::POST, ALIYUN, &https, "clientToken=0a1b2c3d", b"");
    let answer = through(front, &signed(&acs3, https)).await;
    assert!(answer.status == 200 && answer.text().contains("\"Result\":true"), "{answer:?}");
    assert!(answer.header("x-acs-request-id").is_some(), "{answer:?}");
}

async fn nothing_of_the_browser_arrives(front: &Front) {
    let headers = [
        ("Origin", "http://localhost"),
        ("Referer", "http://localhost/?x"),
        ("Cookie", "session=1"),
        ("Sec-Fetch-Site", "same-origin"),
        ("Sec-Fetch-Mode", "cors"),
        ("Sec-Fetch-Dest", "empty"),
        ("Sec-CH-UA", "\"Chromium\""),
        ("Sec-CH-UA-Mobile", "?0"),
        ("Sec-CH-UA-Platform", "\"Linux\""),
        ("X-Forwarded-For", "10.1.2.3"),
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Host", "console.example.org"),
        ("X-Real-IP", "10.1.2.3"),
        ("Forwarded", "for=10.1.2.3"),
        ("Via", "1.1 outer"),
        ("DNT", "1"),
        ("Sec-GPC", "1"),
        ("Sec-Purpose", "1"),
        ("Proxy-Authorization", "1"),
        ("X-Forwarded-User", "1"),
        ("X-Forwarded-Email", "1"),
        ("X-Forwarded-Access-Token", "1"),
        ("X-Forwarded-Groups", "1"),
        ("X-Forwarded-Preferred-Username", "1"),
        ("X-Auth-Request-User", "1"),
        ("X-Auth-Request-Email", "1"),
        ("X-Auth-Request-Groups", "1"),
        ("X-Auth-Request-Access-Token", "1"),
        ("Remote-User", "1"),
        ("CF-Connecting-IP", "1"),
        ("X-Auth-Token", "any"),
    ];
    raw::call(front.addr, "PUT", &format!("/proxy/{HUAWEI}/v3/none"), &headers, b"{}").await;
    let received = front.clouds.received().remove(0);
    let mut names: Vec<&str> = received.headers.iter().map(|(name, _)| name.as_str()).collect();
    // A server may say that it keeps no connection.
    names.retain(|name| *name != "connection");
    names.sort_unstable();
    assert_eq!(names, ["content-length", "host", "x-auth-token"]);
}

/// The headers that the descriptions name: of requests, and of answers.
fn described() -> [Vec<String>; 2] {
    fn look(value: &serde_json::Value, found: &mut [Vec<String>; 2]) {
        match value {
            serde_json::Value::Array(items) => items.iter().for_each(|item| look(item, found)),
            serde_json::Value::Object(members) => {
                if members.get("in").is_some_and(|place| place == "header") {
                    found[0].push(members["name"].as_str().unwrap().to_owned());
                }
                if let (Some(_), Some(headers)) = (members.get("description"), members.get("headers")) {
                    found[1].extend(headers.as_object().unwrap().keys().cloned());
                }
                members.values().for_each(|member| look(member, found));
            }
            _ => {}
        }
    }
    let mut found = [Vec::new(), Vec::new()];
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/apis")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "json") {
            look(&serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap(), &mut found);
        }
    }
    found
}

/// An operation or a scheme with another header is noticed here before it is missed at the provider.
async fn every_header_of_the_descriptions_and_signatures_passes(front: &Front) {
    let [mut sent, mut answered] = described();
    assert!(sent.len() > 2 && answered.len() > 4, "{sent:?} {answered:?}");
    sent.extend(SchemeKind::ALL.iter().flat_map(|kind| kind.traits().headers).map(|header| header.name.to_owned()));
    sent.extend(["Accept", "Accept-Encoding", "Content-Type"].map(str::to_owned));
    sent.sort();
    sent.dedup_by(|one, other| one.eq_ignore_ascii_case(other));
    let odd = ["X-Goog-IAP-JWT-Assertion", "X-Amzn-Oidc-Data", "X-Ms-Client-Principal", "X-Authentik-Username"];
    let others =
        ["Remote-User", "Remote-Groups", "Tailscale-User-Login", "CF-Access-Jwt-Assertion", "X-Forwarded-Server"];
    let more =
        ["X-Forwarded-Scheme", "X-Forwarded-Ssl", "X-Forwarded-Prefix", "X_Auth_Token", "X-Unknown", "User-Agent"];
    let unlisted = [&odd[..], &others, &more, &["Range", "If-None-Match", "TE", "Priority", "-Odd", "0"]].concat();
    let all = sent.iter().map(String::as_str).chain(unlisted.iter().copied());
    let headers: Vec<(&str, &str)> = all.map(|name| (name, "value")).collect();
    answered.extend(
        ["Content-Encoding", "Location", "Retry-After", "X-Acs-Retry-After", "X-Acs-Trace-Id"].map(str::to_owned),
    );
    answered.sort();
    answered.dedup_by(|one, other| one.eq_ignore_ascii_case(other));
    let lines: String = answered.iter().map(|name| format!("{name}: value\r\n")).collect();
    let bytes = format!("HTTP/1.1 200 OK\r\n{lines}Content-Length: 0\r\n\r\n").into_bytes();
    front.clouds.play(crate::clouds::Script::Bytes(bytes));
    let answer = raw::call(front.addr, "PUT", &format!("/proxy/{HUAWEI}/v3"), &headers, b"{}").await.unwrap();
    let [received] = front.clouds.received().try_into().unwrap();
    let received: Received = received;
    let lost = sent.iter().filter(|name| received.header(&name.to_lowercase()) != "value").collect::<Vec<_>>();
    assert_eq!(lost, [] as [&str; 0], "{received:?}");
    let passed = unlisted.iter().filter(|name| received.has(&name.to_lowercase())).collect::<Vec<_>>();
    assert_eq!(passed, [] as [&&str; 0], "{received:?}");
    let lost = answered.iter().filter(|name| answer.header(&name.to_lowercase()) != Some("value")).collect::<Vec<_>>();
    assert_eq!(lost, [] as [&str; 0], "{answer:?}");
}

async fn tokens_of_32_kilobytes_pass_in_both_directions(front: &Front) {
    let token = "M".repeat(32 * 1024);
    let target = "/proxy/gaussdb.long.myhuaweicloud.com/v3/none";
    let headers = [("X-Auth-Token", token.as_str()), ("X-Security-Token", token.as_str())];
    let answer = raw::call(front.addr, "PUT", target, &headers, b"{}").await.unwrap();
    let received = front.clouds.received().remove(0);
    assert_eq!(
        (values(&received, "x-auth-token"), values(&received, "x-security-token")),
        (vec![token.clone()], vec![token.clone()])
    );
    assert_eq!(answer.header("x-subject-token"), Some(token.as_str()), "{}", answer.status);
    assert_eq!(answer.body.len(), 3 * 1024 * 1024);
}

async fn answers_come_back_as_they_are(front: &Front) {
    let accept = [("Accept-Encoding", "gzip")];
    let target = "/proxy/gaussdb.packed.myhuaweicloud.com/v3/none";
    for headers in [&accept[..], &[]] {
        let answer = raw::get(front.addr, target, headers).await;
        assert_eq!((answer.status, answer.header("content-encoding")), (418, Some("gzip")), "{headers:?}");
        assert_eq!(answer.body, crate::clouds::PACKED, "{headers:?}");
        assert_eq!(answer.header("content-type"), Some("application/x-odd"), "{headers:?}");
    }
    // Nobody packs it, and nobody adds a charset.
    for (kind, odd) in [("application/json", "{}"), ("text/html", "<p>"), ("text/css", "p{}")] {
        let body = odd.repeat(2_000);
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n", body.len());
        front.clouds.play(crate::clouds::Script::Bytes(format!("{head}{body}").into_bytes()));
        let answer = raw::get(front.addr, target, &accept).await;
        assert_eq!((answer.status, answer.header("content-encoding")), (200, None), "{kind}");
        assert_eq!((answer.header("content-type"), answer.text()), (Some(kind), body), "{kind}");
    }
}
