//! Clients and providers that take their time: an error within a stated time, never a success. Over HTTP/2: `frames`.

use std::time::Duration;

use tokio::time::Instant;

use crate::clouds::Script;
use crate::front::{AS_SHIPPED, Front, Setup};
use crate::raw;

const IMPATIENT: Setup = Setup { patience: "1s", limit: "2", ..AS_SHIPPED };
const SECURE: Setup = Setup { https: true, ..IMPATIENT };
const LONG: Setup = Setup { limit: "6", ..AS_SHIPPED };

on_each_server!(
    IMPATIENT: a_call_without_an_answer_ends_as_unreachable,
    a_provider_that_drips_ends_in_an_error,
    a_request_that_stalls_ends_in_an_error,
    a_body_that_drips_ends_in_an_error,
);

mod long {
    use super::{LONG, an_answer_that_is_too_long_for_a_buffer_ends};
    on_each_server!(LONG: an_answer_that_is_too_long_for_a_buffer_ends);
}

mod https {
    use super::{
        SECURE, a_body_that_drips_ends_in_an_error, a_call_without_an_answer_ends_as_unreachable,
        a_provider_that_drips_ends_in_an_error, a_request_that_stalls_ends_in_an_error,
    };
    on_each_server!(
        SECURE: a_call_without_an_answer_ends_as_unreachable,
        a_provider_that_drips_ends_in_an_error,
        a_request_that_stalls_ends_in_an_error,
        a_body_that_drips_ends_in_an_error,
    );
}

/// A change at this host of a provider, and whether it goes over TLS.
fn change(front: &Front, region: &str, body: &[u8]) -> (bool, Vec<u8>) {
    let https = front.base.starts_with("https:");
    let name = if https { format!("localhost:{}", front.addr.port()) } else { front.addr.to_string() };
    let target = format!("/proxy/gaussdb.{region}.myhuaweicloud.com/v3/none");
    (https, raw::request(&name, "PUT", &target, &[], body))
}

async fn a_call_without_an_answer_ends_as_unreachable(front: &Front) {
    let (https, request) = change(front, "slow", b"{}");
    let heard = raw::heard_from(front, https, &request).await;
    let (answer, _) = raw::head(&heard).expect("an answer");
    assert_eq!((answer.status, answer.header("x-tls-console-proxy")), (502, Some("unreachable")), "{answer:?}");
    assert_eq!(front.clouds.received().len(), 1, "it was sent, and once");
}

/// So much that nginx passes it on: it keeps 64 kB back.
const PIECE: &[u8] = &[b'x'; 40_000];

async fn a_provider_that_drips_ends_in_an_error(front: &Front) {
    for (what, first, next) in [
        ("the head", &b"HTTP/1.1 200 OK\r\nX-A: "[..], &b"x"[..]),
        ("many headers", b"HTTP/1.1 200 OK\r\n", b"X-A: x\r\n"),
        ("a body of chunks", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        ("a body of a length", b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x"),
        ("a body without an end", b"HTTP/1.0 200 OK\r\n\r\n", b"x"),
        ("a body that is too long for its time", b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n", PIECE),
    ] {
        front.clouds.play(Script::Drip(first, next));
        let started = Instant::now();
        let (https, request) = change(front, "cn-north-4", b"{}");
        let heard = raw::heard_from(front, https, &request).await;
        assert!(started.elapsed() < Duration::from_secs(8), "{what}: {:?}", started.elapsed());
        let (answer, body) = raw::head(&heard).expect("an answer");
        // nginx has passed on the head by then: it cuts the body off.
        let length = answer.header("content-length").and_then(|length| length.parse().ok());
        let is_whole = length.map_or(body.ends_with(b"0\r\n\r\n"), |length: usize| body.len() >= length);
        let is_cut = answer.status == 200 && !is_whole;
        assert!(is_cut || answer.status == 502, "{what}: {answer:?}");
    }
}

/// More than the buffer of Caddy holds, which passes on what follows: it ends all the same. Where the machine is slow, sooner.
async fn an_answer_that_is_too_long_for_a_buffer_ends(front: &Front) {
    let chunk = [b"100000\r\n".as_slice(), &vec![b'x'; 0x10_0000], b"\r\n"].concat();
    let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".as_slice();
    let first: &[u8] = [head, &chunk.repeat(66)].concat().leak();
    for next in [b"1\r\nx\r\n".as_slice(), b""] {
        front.clouds.play(Script::Drip(first, next));
        let started = Instant::now();
        let (https, request) = change(front, "cn-north-4", b"{}");
        let heard = raw::heard_from(front, https, &request).await;
        assert!(started.elapsed() < Duration::from_secs(16), "{:?}", started.elapsed());
        let (answer, body) = raw::head(&heard).expect("an answer");
        // Caddy 2.6 closes it as if it were whole, and does not vouch for it.
        let is_doubtful = answer.header("x-tls-console-proxy") == Some("unsure");
        assert!(!body.ends_with(b"\r\n0\r\n\r\n") || is_doubtful, "{answer:?}");
    }
}

/// 10 seconds for a head, and the limit of the whole call for a body (nginx); 15 seconds for all of it (Caddy).
async fn a_request_that_stalls_ends_in_an_error(front: &Front) {
    let (https, whole) = change(front, "cn-north-4", b"{\"a\":1}");
    let head = whole.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let cuts = [head - 10, head + 4, head + 6];
    let stalled = cuts.map(|cut| {
        let part = whole[..cut].to_vec();
        async move { raw::heard_from(front, https, &part).await }
    });
    let [first, second, third] = stalled;
    let (first, second, third) = tokio::join!(first, second, third);
    for heard in [first, second, third] {
        let status = raw::head(&heard).map(|(answer, _)| answer.status);
        assert!(status.is_none_or(|status| status >= 400), "{status:?}");
    }
    assert!(front.clouds.received().is_empty(), "{:?}", front.clouds.received());
}

/// A byte of the body now and then, so that no pause is long: 15 seconds for all of it (Caddy), or the limit of the whole
/// call (nginx).
async fn a_body_that_drips_ends_in_an_error(front: &Front) {
    let body = b"{\"a\":1}".repeat(100);
    let (https, whole) = change(front, "cn-north-4", &body);
    let started = Instant::now();
    let heard = raw::heard_slowly(front, https, &whole, body.len()).await;
    let status = raw::head(&heard).map(|(answer, _)| answer.status);
    assert!(status.is_none_or(|status| status >= 400), "{status:?}");
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    assert!(front.clouds.received().is_empty(), "{:?}", front.clouds.received());
}
