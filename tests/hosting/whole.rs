//! The proxy vouches for an answer that it knows to be whole, and for no other. And none comes back that would make a
//! browser send the call again.

use crate::clouds::Script;
use crate::front::{Front, Kind};
use crate::raw;

on_each_server!(
    what_is_known_to_be_whole_is_vouched_for,
    nothing_else_is,
    no_answer_makes_a_browser_send_a_call_again,
    what_no_provider_answered_is_not_vouched_for,
);

const TARGET: &str = "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3";

/// Answers of which nobody can know whether something is missing, and such as lack something.
const OPEN: [&str; 26] = [
    "HTTP/1.1 200 OK\r\n\r\n",
    "HTTP/1.1 200 OK\r\n\r\n{\"job",
    "HTTP/1.0 200 OK\r\n\r\n{\"job",
    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\n\r\n{\"job",
    "HTTP/1.1 200 OK\r\nX-TLS-Console-Proxy: passed\r\n\r\n{\"job",
    "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n{\"job",
    "HTTP/1.1 200 OK\r\nContent-Length: 4,4\r\n\r\n{\"job",
    "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{\"job",
    "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\n{\"job",
    "HTTP/1.1 200 OK\r\nContent-Length: 0x5\r\n\r\n{\"job",
    "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n{\"job",
    "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{\"job",
    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nContent-Length: 5\r\n\r\n{\"job",
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 100\r\n\r\n{\"job",
    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"job",
    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nTransfer-Encoding: identity\r\n\r\n{\"job",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n{\"job",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1f\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"job",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"job\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"job\r\n-1\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{\"job",
];

async fn heard(front: &Front, script: Script) -> Vec<u8> {
    front.clouds.play(script);
    raw::heard_from(front, false, &raw::request(&front.addr.to_string(), "PUT", TARGET, &[], b"{}")).await
}

/// Status, mark, and whether nothing is missing as far as the client can see.
fn told(heard: &[u8]) -> Option<(u16, Option<String>, bool)> {
    let (answer, body) = raw::head(heard)?;
    let is_whole = match answer.header("content-length") {
        _ if matches!(answer.status, 204 | 304) => body.is_empty(),
        Some(length) => length.parse() == Ok(body.len()),
        None => body.ends_with(b"\r\n0\r\n\r\n") || body == b"0\r\n\r\n",
    };
    Some((answer.status, answer.header("x-tls-console-proxy").map(str::to_owned), is_whole))
}

async fn what_is_known_to_be_whole_is_vouched_for(front: &Front) {
    for answer in [
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.0 500 No\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    ] {
        let heard = heard(front, Script::Bytes(answer.into())).await;
        let (status, mark, is_whole) = told(&heard).expect("an answer");
        // Caddy 2.6 cannot tell whole chunks from torn ones.
        let is_open = front.kind == Kind::Caddy && answer.contains("chunked");
        let expected = if is_open { "unsure" } else { "passed" };
        assert_eq!((mark.as_deref(), is_whole), (Some(expected), true), "{answer:?}: {status}");
        assert_eq!(answer[9..12], status.to_string(), "{answer:?}");
    }
}

async fn nothing_else_is(front: &Front) {
    let mut wrongs = Vec::new();
    for answer in OPEN {
        // What the two ends of Caddy see of an answer that ends at once is a matter of luck.
        for (end, script) in [("ended", Script::Bytes as fn(_) -> _), ("reset", Script::Reset)].repeat(3) {
            let told = told(&heard(front, script(answer.into())).await);
            if matches!(&told, Some((_, Some(mark), true)) if mark == "passed") {
                wrongs.push(format!("{answer:?}, {end}"));
            }
        }
    }
    assert_eq!(wrongs, [] as [&str; 0]);
    // More than the buffer of Caddy holds has no limit of time there.
    let huge = "HTTP/1.1 200 OK\r\nContent-Length: 67108865\r\n\r\n{";
    let told = told(&heard(front, Script::Bytes(huge.into())).await).expect("an answer");
    if front.kind == Kind::Caddy {
        assert_eq!(told, (502, Some("unreachable".to_owned()), true));
    }
}

/// Chromium and Firefox do so for 421, for 408 on a connection that was used before, and for 425 where the first bytes went
/// with the handshake.
async fn no_answer_makes_a_browser_send_a_call_again(front: &Front) {
    for (at, status) in [408, 421, 425].into_iter().enumerate() {
        let answer = format!("HTTP/1.1 {status} No\r\nContent-Length: 2\r\n\r\n{{}}");
        let told = told(&heard(front, Script::Bytes(answer.into())).await);
        assert_eq!(told, Some((502, Some("unreachable".to_owned()), true)), "{status}");
        assert_eq!(front.clouds.received().len(), at + 1, "{status}");
    }
    // All others are the provider's own.
    for status in [400, 401, 403, 404, 407, 409, 413, 429, 500, 502, 503, 504] {
        let answer = format!("HTTP/1.1 {status} No\r\nContent-Length: 2\r\n\r\n{{}}");
        let told = told(&heard(front, Script::Bytes(answer.into())).await);
        assert_eq!(told, Some((status, Some("passed".to_owned()), true)));
    }
}

/// The server's own answer to a body that is none.
async fn what_no_provider_answered_is_not_vouched_for(front: &Front) {
    for body in ["-2\r\n", "zz\r\n", "5\r\n{}\r\n0\r\n\r\n"] {
        let head = [("Transfer-Encoding", "chunked")];
        let mut bytes = raw::request(&front.addr.to_string(), "PATCH", TARGET, &head, b"");
        bytes.extend(body.as_bytes());
        let told = told(&raw::heard_from(front, false, &bytes).await);
        assert!(told.as_ref().is_none_or(|(_, mark, _)| mark.as_deref() != Some("passed")), "{body:?}: {told:?}");
    }
    assert!(front.clouds.received().is_empty(), "{:?}", front.clouds.received());
}
