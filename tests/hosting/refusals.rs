//! What the proxy refuses, as bytes that no browser would send. Nothing of it reaches a host, and no name is looked up.

use tokio::net::TcpListener;

use crate::front::{Front, Kind};
use crate::raw::{self, Answer};

on_each_server!(
    no_way_leads_to_another_host,
    only_calls_that_the_console_makes_are_passed_on,
    every_host_of_the_descriptions_is_allowed,
    a_path_holds_nothing_but_what_a_signed_one_can_hold,
    only_the_greeting_as_the_console_sends_it_is_answered,
    a_second_request_inside_a_body_stays_there,
    a_header_holds_no_control_character,
    no_trailer_of_a_body_passes,
    a_body_has_the_length_that_it_says,
    what_the_proxy_says_itself_is_json_whatever_the_path_ends_with,
);

const GOOD: &str = "gaussdb.cn-north-4.myhuaweicloud.com";

/// Targets that lead elsewhere. `PORT` is one where somebody listens who must hear nothing.
const TARGETS: &[&str] = &[
    // Another host, and names that only look right.
    "/proxy/evil.test/",
    "/proxy/evilmyhuaweicloud.com/",
    "/proxy/gaussdb.cn-north-4.evilmyhuaweicloud.com/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com.evil.test/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.comevil.test/",
    "/proxy/x.aliyuncs.com.evil.test/",
    "/proxy/evil.test.aliyuncs.com/",
    "/proxy/elasticsearch.aliyuncs.com/",
    "/proxy/xiam.cn-north-4.myhuaweicloud.com/",
    "/proxy/iam.cn-north-4.myhuaweicloud.eu.evil.test/",
    "/proxy/iam.a.b.myhuaweicloud.com/",
    "/proxy/iam.myhuaweicloud.com.evil.test/",
    "/proxy/evil.test.iam.myhuaweicloud.com/",
    "/proxy/gaussdb.a.b.myhuaweicloud.com/",
    "/proxy/evil.test.gaussdb-mysql.cn-north-4.myhuaweicloud.com/",
    "/proxy/gaussdbformysql.cn-north-4.myhuaweicloud.com.evil.test/",
    "/proxy/evil.test.elasticsearch.cn-hangzhou.aliyuncs.com/",
    "/proxy/elasticsearch-vpc.cn-hangzhou.aliyuncs.com.evil.test/",
    "/proxy/xgaussdb.cn-north-4.myhuaweicloud.com/",
    "/proxy/xelasticsearch.cn-hangzhou.aliyuncs.com/",
    "/proxy/elasticsearch.cn-hangzhou.aliyuncs.com.cn/",
    "/proxy/elasticsearch.a.b.aliyuncs.com/",
    "/proxy/elasticsearch..aliyuncs.com/",
    "/proxy/oss.cn-hangzhou.aliyuncs.com/",
    "/proxy/obs.cn-north-4.myhuaweicloud.com/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloudxcom/",
    "/proxy/gaussdb.cn_north_4.myhuaweicloud.com/",
    "/proxy/myhuaweicloud.com/",
    "/proxy/localhost/",
    "/proxy/metadata/",
    // The right name in another writing.
    "/proxy/GAUSSDB.cn-north-4.myhuaweicloud.com/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com./",
    "/proxy/.gaussdb.cn-north-4.myhuaweicloud.com/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com?x=1",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com#/",
    "/proxy/gaussdb%2ecn-north-4.myhuaweicloud.com/",
    "/proxy/%67aussdb.cn-north-4.myhuaweicloud.com/",
    "/proxy/gau\u{17f}\u{17f}db.cn-north-4.myhuaweicloud.com/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud\u{3002}com/",
    // Who says so, and where at.
    "/proxy/user@gaussdb.cn-north-4.myhuaweicloud.com/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com@evil.test/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com:pass@127.0.0.1:PORT/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com%40evil.test/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com:443/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com:PORT/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com%3APORT/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com:80/",
    "/proxy/:PORT/",
    // Addresses in all their forms.
    "/proxy/127.0.0.1/",
    "/proxy/127.0.0.1:PORT/",
    "/proxy/127.1:PORT/",
    "/proxy/2130706433:PORT/",
    "/proxy/0x7f000001/",
    "/proxy/0177.0.0.1/",
    "/proxy/0:PORT/",
    "/proxy/169.254.169.254/latest/meta-data/",
    "/proxy/100.100.100.200/latest/meta-data/",
    "/proxy/[::1]:PORT/",
    "/proxy/[::ffff:127.0.0.1]:PORT/",
    "/proxy/[::]/",
    "/proxy/[fe80::1%25lo]/",
    "/proxy/%5B::1%5D:PORT/",
    "/proxy/::1/",
    "/proxy/127.0.0.1.nip.io/",
    // Slashes and dots, plain and encoded.
    "/proxy//evil.test/",
    "/proxy///evil.test/",
    "//proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3",
    "/proxy/https://gaussdb.cn-north-4.myhuaweicloud.com/v3",
    "/proxy/https:/evil.test/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com%2f..%2f..%2fevil.test/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com\\@evil.test/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com\\evil.test/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com%5cevil.test/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com%2fevil.test",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com%252f@evil.test/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/../evil.test/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/../../proxy/evil.test/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3/../../x",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3/..",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3/..?x=1",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/./v3",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3/%2e%2e/x",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3/.%2E/x",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3/..%2fx",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3%2F..%2Fx",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3%5c..%5cx",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com//v3",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3//x",
    "/proxy/../proxy/evil.test/",
    "/proxy/../../proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3",
    "/x/../proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3",
    "/./proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3",
    "/%70roxy/gaussdb.cn-north-4.myhuaweicloud.com/v3",
    "/proxy%2fgaussdb.cn-north-4.myhuaweicloud.com/v3",
    "/PROXY/gaussdb.cn-north-4.myhuaweicloud.com/v3",
    // Ends of lines, and what other parsers take for them.
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com%0d%0aHost:%20evil.test/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3%0d%0aHost:%20evil.test%0d%0a",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3%0A",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com%00.evil.test/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3%00",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com\t.evil.test/",
    "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3 HTTP/1.1\r\nHost: evil.test\r\nX: /",
    "/proxy/evil.test\r/",
    // Whole addresses, and none.
    "http://evil.test/",
    "http://127.0.0.1:PORT/",
    "https://gaussdb.cn-north-4.myhuaweicloud.com/v3",
    "http://evil.test/proxy/evil.test/",
    "http://gaussdb.cn-north-4.myhuaweicloud.com@evil.test/proxy/evil.test/",
    "evil.test:443",
    "*",
    "proxy/evil.test/",
    "?/proxy/evil.test/",
    // Words that the servers' own languages would replace.
    "/proxy/{env.HOME}/",
    "/proxy/{http.request.header.X-Host}/",
    "/proxy/$http_x_host/",
    "/proxy/${provider}/",
    "/proxy/gaussdb.{http.request.header.X-Label}.myhuaweicloud.com/",
];

/// Whether the server itself said no: with a refusal, with its “not found”, by ending the connection.
fn is_no(answer: &Option<Answer>) -> bool {
    let refusals = [400, 403, 404, 405, 421, 501];
    answer.as_ref().is_none_or(|answer| refusals.contains(&answer.status))
}

/// Below the path of the site, and above it where it has one.
pub(crate) async fn no_way_leads_to_another_host(front: &Front) {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = silent.local_addr().unwrap().port().to_string();
    let mut led_on = Vec::new();
    let above = TARGETS.iter().map(|target| target.replace("PORT", &port));
    let below = above.clone().filter(|target| target.starts_with('/')).map(|target| format!("{}{target}", front.path));
    let targets: Vec<String> = if front.path.is_empty() { above.collect() } else { below.chain(above).collect() };
    for method in ["GET", "PUT", "POST", "CONNECT"] {
        for target in &targets {
            let headers = [
                ("X-Auth-Token", "canary"),
                ("X-Host", "evil.test"),
                ("X-Label", "cn-north-4"),
                ("X-Forwarded-Host", "evil.test"),
                ("X-Original-URL", "/proxy/evil.test/"),
                ("X-Rewrite-URL", "/proxy/evil.test/"),
            ];
            let answer = raw::call(front.addr, method, target, &headers, b"").await;
            let (reached, asked) = (front.clouds.connections(), front.names.asked());
            // Outside of /proxy/ there are the files of the site.
            let page = answer.as_ref().is_some_and(|answer| answer.status == 200 && answer.text().contains("<title>"));
            let moved = answer.as_ref().is_some_and(|answer| [301, 308].contains(&answer.status));
            if !(is_no(&answer) || page && method == "GET" || moved) || reached + asked.len() > 0 {
                led_on.push(format!("{method} {target:?}: {answer:?}, {asked:?}"));
            }
        }
    }
    assert_eq!(led_on, [] as [&str; 0]);
    let heard = tokio::time::timeout(std::time::Duration::ZERO, silent.accept()).await;
    assert!(heard.is_err(), "somebody called the port that nobody should call");
    // What is refused is the target: the right one passes, whatever the headers say, and goes where it says.
    let target = format!("{}/proxy/{GOOD}/v3/none", front.path);
    let answer = raw::call(front.addr, "GET", &target, &[("X-Forwarded-Host", "evil.test")], b"").await.unwrap();
    assert_eq!(answer.status, 404, "{answer:?}");
    assert!(front.names.asked().iter().all(|name| name == GOOD), "{:?}", front.names.asked());
    for received in front.clouds.received() {
        assert_eq!(received.target, "/v3/none");
        assert!(received.headers.contains(&("host".to_owned(), GOOD.into())), "{received:?}");
    }
}

async fn only_calls_that_the_console_makes_are_passed_on(front: &Front) {
    let target = format!("/proxy/{GOOD}/v3/none");
    for (method, headers) in [
        ("OPTIONS", vec![("Origin", "https://evil.test"), ("Access-Control-Request-Method", "PUT")]),
        ("TRACE", vec![]),
        ("HEAD", vec![]),
        ("PROPFIND", vec![]),
        ("get", vec![]),
        ("POST", vec![("Origin", "https://evil.test"), ("Sec-Fetch-Site", "cross-site")]),
        ("PUT", vec![("Sec-Fetch-Site", "same-site")]),
        ("GET", vec![("Sec-Fetch-Site", "none"), ("Sec-Fetch-Mode", "navigate")]),
    ] {
        let answer = raw::call(front.addr, method, &target, &headers, b"").await;
        assert!(is_no(&answer), "{method} {headers:?}: {answer:?}");
        assert_eq!(front.clouds.connections(), 0, "{method} {headers:?}: {answer:?}");
        if let Some(answer) = answer {
            assert_eq!(answer.header("access-control-allow-origin"), None);
        }
    }
    let upgrade = [("Connection", "Upgrade"), ("Upgrade", "websocket")];
    let answer = raw::call(front.addr, "GET", &target, &upgrade, b"").await.unwrap();
    for received in front.clouds.received() {
        assert!(!received.headers.iter().any(|(name, _)| name == "upgrade"), "{answer:?} {received:?}");
    }
    let before = front.clouds.received().len();
    let answer =
        raw::call(front.addr, "GET", &target, &[("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Dest", "empty")], b"")
            .await
            .unwrap();
    assert_eq!((answer.status, front.clouds.received().len()), (404, before + 1), "{answer:?}");
}

async fn a_path_holds_nothing_but_what_a_signed_one_can_hold(front: &Front) {
    let mut passed = Vec::new();
    for odd in [
        "\u{e9}", "\"", "|", "#part", "#", "<", ">", "\\", "^", "`", "{", "}", "[", "]", "%2F\"", "%22|", "!", "'",
        "(", ")", "*",
    ] {
        for target in [format!("/v3/a{odd}"), format!("/v3/{odd}/b?x=1"), format!("/{odd}")] {
            let answer = raw::call(front.addr, "PUT", &format!("/proxy/{GOOD}{target}"), &[], b"{}").await;
            let refused = answer
                .as_ref()
                .is_some_and(|answer| answer.status == 403 && answer.header("x-tls-console-proxy") == Some("refused"));
            if !refused {
                passed.push(format!("{target}: {answer:?}"));
            }
        }
    }
    assert_eq!(passed, [] as [&str; 0]);
    let part = raw::get(front.addr, &format!("/proxy/{GOOD}/v3?a=1#part"), &[]).await;
    assert_eq!((part.status, part.header("x-tls-console-proxy")), (403, Some("refused")), "{part:?}");
    assert_eq!((front.clouds.connections(), front.names.asked()), (0, Vec::new()));
    // The same letter as a signed path holds it.
    let answer = raw::get(front.addr, &format!("/proxy/{GOOD}/v3/%C3%A9%22%7C%23"), &[]).await;
    assert_eq!((answer.status, front.clouds.received().remove(0).target.as_str()), (404, "/v3/%C3%A9%22%7C%23"));
}

async fn only_the_greeting_as_the_console_sends_it_is_answered(front: &Front) {
    let answer = raw::get(front.addr, "/proxy/", &[]).await;
    assert_eq!((answer.status, answer.header("x-tls-console-proxy")), (200, Some("ready")));
    for (method, target) in [
        ("GET", format!("/proxy/{GOOD}%2F..%2f/")),
        ("GET", format!("/proxy/{GOOD}/../")),
        ("GET", "/proxy/?x=1".to_owned()),
        ("GET", "/proxy/?".to_owned()),
        ("GET", "/proxy/#".to_owned()),
        ("GET", "//proxy/".to_owned()),
        ("GET", "/proxy//".to_owned()),
        ("GET", "/proxy/.".to_owned()),
        ("GET", "/%70roxy/".to_owned()),
        ("GET", "/x/../proxy/".to_owned()),
        ("GET", format!("http://{}/proxy/", front.addr)),
        ("POST", "/proxy/".to_owned()),
        ("HEAD", "/proxy/".to_owned()),
    ] {
        let answer = raw::call(front.addr, method, &target, &[], b"").await.unwrap();
        assert!([403, 404].contains(&answer.status), "{method} {target}: {answer:?}");
        assert_ne!(answer.header("x-tls-console-proxy"), Some("ready"), "{method} {target}: {answer:?}");
    }
}

async fn every_host_of_the_descriptions_is_allowed(front: &Front) {
    let mut hosts = Vec::new();
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/apis")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "json") {
            continue;
        }
        let document: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        for server in document["servers"].as_array().into_iter().flatten() {
            let mut url = server["url"].as_str().unwrap().to_owned();
            for (name, variable) in server["variables"].as_object().into_iter().flatten() {
                url = url.replace(&format!("{{{name}}}"), variable["default"].as_str().unwrap());
            }
            hosts.push(url.strip_prefix("https://").unwrap().to_owned());
        }
    }
    assert!(hosts.len() > 60, "{hosts:?}");
    for host in &hosts {
        let answer = raw::get(front.addr, &format!("/proxy/{host}/none"), &[]).await;
        let received = front.clouds.received().pop().unwrap_or_else(|| panic!("{host}: {answer:?}"));
        assert!(received.headers.contains(&("host".to_owned(), host.clone().into_bytes())), "{host}: {answer:?}");
    }
}

async fn a_second_request_inside_a_body_stays_there(front: &Front) {
    let inner = "GET /inner HTTP/1.1\r\nHost: gaussdb.cn-north-4.myhuaweicloud.com\r\n\r\n";
    let target = format!("/proxy/{GOOD}/outer");
    let length = inner.len() + 5;
    for lengths in [
        format!("Content-Length: {length}\r\nTransfer-Encoding: chunked"),
        format!("Transfer-Encoding: chunked\r\nContent-Length: {length}"),
        format!("Content-Length: {length}\r\nTransfer-Encoding : chunked"),
        format!("Content-Length: {length}\r\nTransfer-Encoding: xchunked"),
        format!("Content-Length: {length}\r\nContent-Length: 5"),
        format!("Content-Length: 5\r\nContent-Length: {length}"),
    ] {
        let request =
            format!("POST {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{lengths}\r\n\r\n0\r\n\r\n{inner}");
        let own = format!("Host: {}\r\n{}: {}", front.addr, raw::CALL, raw::call_id());
        let request = request.replace("Host: x", &own);
        let answer = raw::send(front.addr, request.as_bytes()).await;
        let targets: Vec<String> = front.clouds.received().into_iter().map(|received| received.target).collect();
        assert!(!targets.iter().any(|target| target.contains("inner")), "{lengths}: {targets:?} {answer:?}");
    }
}

async fn a_header_holds_no_control_character(front: &Front) {
    let target = format!("/proxy/{GOOD}/v3/none");
    for byte in (0..0x20).filter(|byte| !b"\t\r\n".contains(byte)).chain([0x7f]) {
        for name in ["X-Auth-Token", "Authorization", "Accept", "x-acs-version", "X-Unknown"] {
            let value = format!("a{}b", char::from(byte));
            let answer = raw::call(front.addr, "PUT", &target, &[(name, &value)], b"{}").await;
            assert!(is_no(&answer), "{name} {byte}: {answer:?}");
        }
    }
    assert_eq!(front.clouds.connections(), 0);
}

/// Caddy refuses a body without a length, nginx gives it one. For other methods, which no browser sends so, Caddy passes
/// the name of a trailer on.
async fn no_trailer_of_a_body_passes(front: &Front) {
    for method in ["PUT", "POST"] {
        let target = format!("/proxy/{GOOD}/v3/none");
        let own = format!("Host: {}\r\n{}: {}", front.addr, raw::CALL, raw::call_id());
        let head =
            format!("{method} {target} HTTP/1.1\r\n{own}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n");
        let request = format!("{head}Trailer: X-Auth-Token\r\n\r\n2\r\n{{}}\r\n0\r\nX-Auth-Token: a\r\n\r\n");
        let answer = raw::send(front.addr, request.as_bytes()).await;
        for received in front.clouds.received() {
            assert!(!received.has("trailer") && !received.has("x-auth-token"), "{answer:?} {received:?}");
            assert_eq!(received.body, b"{}", "{answer:?}");
        }
    }
}

/// The provider receives the body as long as the one length says, or nothing. Of a method that needs no body, Caddy takes a
/// length that is empty for none.
async fn a_body_has_the_length_that_it_says(front: &Front) {
    let body = "{\"a\":1}";
    let mut wrongs = Vec::new();
    for method in ["PUT", "POST", "PATCH", "DELETE", "GET"] {
        for lengths in [
            "",
            " ",
            "x",
            "-1",
            "+7",
            "0x7",
            "7,7",
            "7 7",
            "7.0",
            "\t",
            "99999999999999999999",
            "7\r\nContent-Length: 8",
            "8\r\nContent-Length: 7",
            "\r\nContent-Length: 7",
            "7\r\nContent-Length: ",
            "1",
            "7",
            "0",
            "00007",
        ] {
            let before = front.clouds.received().len();
            let own = format!("Host: {}\r\nConnection: close\r\n{}: {}", front.addr, raw::CALL, raw::call_id());
            let head = format!("{method} /proxy/{GOOD}/v3/none HTTP/1.1\r\n{own}\r\nContent-Length: {lengths}\r\n\r\n");
            let answer = raw::send(front.addr, format!("{head}{body}").as_bytes()).await;
            let needs_none = front.kind == Kind::Caddy && !["PUT", "POST"].contains(&method);
            if needs_none && lengths.trim().is_empty() {
                continue;
            }
            let length = lengths.parse().unwrap_or(usize::MAX).min(body.len());
            for received in front.clouds.received().split_off(before) {
                if received.body != body.as_bytes()[..length] {
                    wrongs.push(format!("{method} {lengths:?}: {:?} {answer:?}", received.body));
                }
            }
        }
    }
    assert_eq!(wrongs, [] as [&str; 0]);
}

async fn what_the_proxy_says_itself_is_json_whatever_the_path_ends_with(front: &Front) {
    let lost = "/proxy/gaussdb.lost.myhuaweicloud.com/v3/none.html";
    let (id, long) = (raw::call_id(), vec![b' '; 2 * 1024 * 1024]);
    let same = [(raw::CALL, id.as_str())];
    for (target, headers, body, status) in [
        ("/proxy/evil.test/none.html", &[][..], &b""[..], 403),
        (lost, &[(raw::CALL, "none")], b"", 403),
        (lost, &same, b"", 502),
        (lost, &same, b"", if front.kind == Kind::Nginx { 409 } else { 502 }),
        (lost, &[], &long, 413),
    ] {
        // The server may end the connection while the client is still sending.
        let Some(answer) = raw::call(front.addr, "PUT", target, headers, body).await else { continue };
        assert_eq!((answer.status, answer.header("content-type")), (status, Some("application/json")), "{answer:?}");
        assert!(answer.header("x-tls-console-proxy").is_some_and(|mark| mark != "passed"), "{answer:?}");
        assert!(answer.text().starts_with("{\"proxy\":\"tls-console\","), "{answer:?}");
    }
    let other = raw::send(front.addr, &raw::request("evil.test", "GET", "/none.html", &[], b"")).await.unwrap();
    assert!(other.header("content-type").is_some_and(|kind| kind.starts_with("text/plain")), "{other:?}");
}
