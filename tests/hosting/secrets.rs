//! The logs say what was called and how it ended, and nothing that a credential could be in.

use crate::browser::until;
use crate::front::{Front, Kind, Setup};
use crate::raw;

on_each_server!(no_log_holds_a_credential_a_query_or_a_body);

mod debug {
    use super::{DEBUG, neither_does_one_with_every_detail};
    on_each_server!(DEBUG: neither_does_one_with_every_detail);
}

const DEBUG: Setup = Setup { debug: true, ..AS_SHIPPED };

async fn neither_does_one_with_every_detail(front: &Front) {
    no_log_holds_a_credential_a_query_or_a_body(front).await;
    let logs = front.logs();
    let reasons =
        ["\"level\":\"debug\"", "\"error\":\"x509: certificate signed by unknown authority\"", "\"error\":\"EOF\""];
    assert!(
        front.kind == Kind::Nginx || reasons.iter().all(|reason| logs.contains(reason)),
        "nginx has no such option"
    );
}

const CANARY: &str = "canary7f3a91";

async fn no_log_holds_a_credential_a_query_or_a_body(front: &Front) {
    let pair = format!("x{CANARY}");
    let headers = [
        ("X-Auth-Token", pair.as_str()),
        ("Authorization", &pair),
        ("X-Security-Token", &pair),
        ("Cookie", &pair),
        ("Referer", &pair),
        ("User-Agent", &pair),
        ("X-Forwarded-For", &pair),
    ];
    // First: a line too many, of the way out, would be a little late.
    raw::call(front.addr, "GET", "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3/the-one-that-counts", &[], b"").await;
    let body = format!("{{\"password\":\"{CANARY}\"}}");
    let hosts = ["cn-north-4", "unknown-authority", "another-name", "lost", "elsewhere", "hostile", "UPPER"];
    let mut calls = Vec::new();
    for host in hosts {
        calls.push(format!("/proxy/gaussdb.{host}.myhuaweicloud.com/v3/visible?secret={CANARY}"));
    }
    calls.push(format!("/proxy/evil.test/visible?secret={CANARY}"));
    calls.push(format!("/proxy/?secret={CANARY}"));
    calls.push(format!("/visible.json?secret={CANARY}"));
    calls.push(format!("/?secret={CANARY}#{CANARY}"));
    calls.push(format!("/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3/%zz/visible?secret={CANARY}"));
    calls.push(format!("http://evil.test/visible?secret={CANARY}"));
    for call in &calls {
        for method in ["PUT", "GET"] {
            raw::call(front.addr, method, call, &headers, body.as_bytes()).await;
        }
    }
    let good = &calls[0];
    // A secret in an answer, wherever a server may not understand it: in the name of a site, and in front of one.
    let head = "HTTP/1.1 200 OK\r\n";
    let answers = [
        format!("{head}X-Subject-Token: {CANARY}\r\nX-Any: {CANARY}\r\nContent-Length: 0\r\n\r\n"),
        format!("{head}X-Subject-Token {CANARY}\r\n\r\n"),
        format!("{head}X-Subject-Token: a\r\n {CANARY}\r\n{CANARY}\r\n\r\n"),
        format!("{head} {CANARY}: a\r\n\r\n"),
        format!("{head}Content-Length: {CANARY}\r\n\r\n"),
        format!("{head}Content-Length: 1\r\nContent-Length: {CANARY}\r\n\r\n"),
        format!("{head}Transfer-Encoding: {CANARY}\r\n\r\n"),
        format!("{head}Transfer-Encoding: chunked\r\n\r\n{CANARY}\r\n"),
        format!("{head}Transfer-Encoding: chunked\r\n\r\n1\r\n{CANARY}\r\n"),
        format!("{head}Transfer-Encoding: chunked\r\n\r\n0\r\nX-Subject-Token {CANARY}\r\n\r\n"),
        format!("{head}Transfer-Encoding: chunked\r\nTrailer: {CANARY}\r\n\r\n0\r\n{CANARY}: {CANARY}\r\n\r\n"),
        format!("{head}Content-Length: 100\r\n\r\n{CANARY}"),
        format!("HTTP/1.1 103 Early Hints\r\nX-Any {CANARY}\r\n\r\n"),
        format!("HTTP/1.1 {CANARY}\r\n\r\n"),
        format!("HTTP/1.1 20{CANARY} OK\r\n\r\n"),
        format!("HTTP/1.1 200 {CANARY}\r\nContent-Length: 0\r\n\r\n"),
        format!("HTTP/{CANARY} 200 OK\r\n\r\n"),
        format!("{CANARY}\r\n\r\n"),
    ];
    for answer in answers {
        front.clouds.play(crate::clouds::Script::Bytes(answer.into_bytes()));
        raw::call(front.addr, "PUT", good, &headers, b"{}").await;
    }
    raw::send(front.addr, &raw::request(CANARY, "GET", "/", &[], b"")).await;
    let user = format!("http://{CANARY}:{CANARY}@{}/the-one-with-a-user", front.addr);
    raw::call(front.addr, "GET", &user, &[], b"").await;
    // Under a name that is not the site's.
    raw::send(front.addr, &raw::request("evil.test", "PUT", good, &headers, body.as_bytes())).await;
    // Too long, cut off, and no request at all.
    raw::call(front.addr, "PUT", good, &headers, body.repeat(100_000).as_bytes()).await;
    raw::call(front.addr, "PUT", good, &[("X-Auth-Token", &CANARY.repeat(30_000))], b"").await;
    raw::send(front.addr, format!("PUT {good} HTTP/1.1\r\nX-Auth-Token {CANARY}\r\n\r\n").as_bytes()).await;
    raw::send(front.addr, format!("{CANARY}\r\n\r\n").as_bytes()).await;
    raw::send(front.addr, format!("PUT {good} HTTP/9.9\r\nX: {CANARY}\r\n\r\n").as_bytes()).await;
    raw::send(front.addr, format!("PUT {good} HTTP/1.1\r\nHost: {CANARY}\r\nHost: {CANARY}\r\n\r\n").as_bytes()).await;
    raw::send(front.addr, format!("PUT {good} HTTP/1.1\r\nHost: a\r\nContent-Length: {CANARY}\r\n\r\n").as_bytes())
        .await;
    raw::call(front.addr, "GET", "/the-last-one", &[], b"").await;

    // A server may write the line of a call after its answer, and the lines of two calls in either order.
    let access = || front.log("access.log");
    let listed = |parts: &[&str]| access().lines().any(|line| parts.iter().all(|part| line.contains(part)));
    until("the last call in the log", async || listed(&["GET", "/the-last-one", "127.0.0.1"]).then_some(())).await;
    for host in &hosts[..6] {
        let path = format!("/proxy/gaussdb.{host}.myhuaweicloud.com/v3/visible");
        until(&format!("the call to {host} in the log"), async || listed(&["PUT", &path, "127.0.0.1"]).then_some(()))
            .await;
    }
    let logs = front.logs();
    let access = access();
    let last = access.lines().filter(|line| line.contains("/v3/the-one-that-counts") && !line.contains("\"debug\""));
    assert_eq!(last.count(), 1, "a call is one line");
    let told: Vec<&str> = logs.lines().filter(|line| line.to_lowercase().contains(CANARY)).collect();
    assert_eq!(told, [] as [&str; 0]);
    assert!(!logs.contains("secret=") && !logs.contains("password"), "{logs}");
    assert!(logs.contains(" 502 ") || logs.contains("\"status\":502"), "{logs}");
    assert!(front.clouds.received().iter().any(|received| String::from_utf8_lossy(&received.body).contains(CANARY)));
}
