//! The header that says what became of a call is on the answer that it belongs to, and on none that the server makes of a
//! request that it cannot read, or whose conditions are not met.

use crate::clouds::Script;
use crate::front::{Front, Setup};
use crate::raw;

const SECURE: Setup = Setup { https: true, ..AS_SHIPPED };

on_each_server!(no_mark_is_on_another_answer);

mod https {
    use super::{SECURE, no_mark_is_on_another_answer};
    on_each_server!(SECURE: no_mark_is_on_another_answer);
}

/// What the proxy says of itself, and of which statuses. `passed` is the provider's own answer, whatever it is.
const MARKS: [(&str, u16); 6] =
    [("ready", 200), ("foreign", 403), ("refused", 403), ("refused", 413), ("repeated", 409), ("unreachable", 502)];

/// Lines of a head, and what follows it.
fn odd() -> Vec<(String, String)> {
    let line = |line: &str| (format!("{line}\r\n"), String::new());
    let long = "x".repeat(70_000);
    let mut odd: Vec<(String, String)> = [
        "If-Match: \"x\"",
        "If-Match: *",
        "If-None-Match: *",
        "If-None-Match: \"x\"",
        "If-Modified-Since: Mon, 01 Jan 2024 00:00:00 GMT",
        "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT",
        "If-Unmodified-Since: Mon, 01 Jan 1990 00:00:00 GMT",
        "If-Range: \"x\"\r\nRange: bytes=0-1",
        "Range: bytes=0-1",
        "Range: bytes=900-",
        "Range: bytes=0-0,2-3,5-6",
        "Content-Length: 3000000",
        "Content-Length: x",
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding: gzip",
        "Transfer-Encoding: chunked, chunked",
        "Host: evil.test",
        "Expect: 100-continue",
        "Expect: nothing",
        "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
        "Accept-Encoding: gzip",
        "TE: trailers",
        "X\0Y: 1",
        "X Y: 1",
        ": 1",
        "no colon",
        "X-A: a\u{1}b",
    ]
    .into_iter()
    .map(line)
    .collect();
    odd.push(line(&format!("X-Long: {long}")));
    odd.push(line(&format!("X-Many: {}\r\n", "x".repeat(9_000)).repeat(40)));
    for chunks in [
        "zz\r\n",
        "-2\r\n",
        "5\r\n{}\r\n0\r\n\r\n",
        "ffffffffffffffffff\r\n{}",
        "2\r\n{}\r\n0\r\nX\0: 1\r\n\r\n",
        "300000\r\n{}",
    ] {
        odd.push((String::from("Transfer-Encoding: chunked\r\n"), String::from(chunks)));
    }
    odd
}

async fn no_mark_is_on_another_answer(front: &Front) {
    let https = front.base.starts_with("https:");
    let host = if https { format!("localhost:{}", front.addr.port()) } else { front.addr.to_string() };
    let good = "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3/none";
    let lost = "/proxy/gaussdb.lost.myhuaweicloud.com/v3/none";
    let mut wrongs = Vec::new();
    let mut told = std::collections::BTreeMap::<(u16, String), usize>::new();
    for (head, body) in odd() {
        for (method, target, version) in [
            ("GET", "/proxy/", "HTTP/1.1"),
            ("GET", "/proxy/", "HTTP/1.0"),
            ("GET", "/proxy/", "HTTP/2.0"),
            ("GET", "/proxy/", "HTTP/9.9"),
            ("TRACE", "/proxy/", "HTTP/1.1"),
            ("CONNECT", "/proxy/", "HTTP/1.1"),
            ("GET", "/proxy/?x", "HTTP/1.1"),
            ("PUT", "/proxy/evil.test/", "HTTP/1.1"),
            ("GET", good, "HTTP/1.1"),
            ("PUT", good, "HTTP/1.1"),
            ("DELETE", lost, "HTTP/1.1"),
        ] {
            for call in [raw::call_id(), String::from("none")] {
                let before = front.clouds.received().len();
                let own = format!("Host: {host}\r\nConnection: close\r\n{}: {call}\r\n", raw::CALL);
                let own = if head.starts_with("Host:") { own.replace(&format!("Host: {host}\r\n"), "") } else { own };
                let length = if head.contains("Content-Length") || head.contains("Transfer") {
                    ""
                } else {
                    "Content-Length: 0\r\n"
                };
                let request = format!("{method} {target} {version}\r\n{own}{length}{head}\r\n{body}");
                let bytes = request.as_bytes();
                let is_short = head.contains("3000000") || !body.is_empty();
                let heard = if is_short {
                    raw::heard_at_once(front, https, bytes).await
                } else {
                    raw::heard_from(front, https, bytes).await
                };
                let Some((answer, _)) = raw::head(&heard) else { continue };
                let Some(mark) = answer.header("x-tls-console-proxy") else { continue };
                *told.entry((answer.status, mark.to_owned())).or_default() += 1;
                let is_own = MARKS.contains(&(mark, answer.status));
                let is_passed = ["passed", "unsure"].contains(&mark) && front.clouds.received().len() == before + 1;
                if !is_own && !is_passed {
                    wrongs.push(format!("{} {mark}: {method} {target} {version} {head:.60} {body:?}", answer.status));
                }
            }
        }
    }
    // An answer that the conditions of a request could be applied to: they do not reach the provider, and nobody else knows.
    let tags = "ETag: \"y\"\r\nLast-Modified: Mon, 01 Jan 2024 00:00:00 GMT\r\nAccept-Ranges: bytes";
    let answer = format!("HTTP/1.1 200 OK\r\n{tags}\r\nContent-Length: 26\r\n\r\nabcdefghijklmnopqrstuvwxyz");
    front.clouds.play(Script::Bytes(answer.into_bytes()));
    for (head, _) in odd().into_iter().filter(|(head, _)| head.starts_with("If-") || head.starts_with("Range")) {
        let own = format!("Host: {host}\r\nConnection: close\r\n{}: {}\r\n", raw::CALL, raw::call_id());
        let heard = raw::heard_from(front, https, format!("GET {good} HTTP/1.1\r\n{own}{head}\r\n").as_bytes()).await;
        let (answer, body) = raw::head(&heard).expect("an answer");
        if (answer.status, answer.header("x-tls-console-proxy"), body.len()) != (200, Some("passed"), 26) {
            wrongs.push(format!("{head:.60}: {answer:?}"));
        }
    }
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
    assert!(told.len() >= 5, "{told:?}");
}
