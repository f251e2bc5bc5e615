//! Who is believed, and how far a call may go.

use crate::browser::until;
use crate::clouds::HOSTILE;
use crate::front::{Front, Kind};
use crate::raw;

on_each_server!(
    a_host_that_cannot_prove_its_name_gets_nothing,
    a_redirect_is_handed_on_and_not_followed,
    an_answer_can_do_nothing_to_the_site,
    a_call_whose_answer_is_lost_is_sent_once,
    each_call_has_a_connection_of_its_own_that_ends_with_it,
    a_body_ends_at_a_megabyte,
    a_line_of_the_request_ends_at_64_kilobytes_and_more_is_refused,
);

const GOOD: &str = "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3/none";

async fn a_host_that_cannot_prove_its_name_gets_nothing(front: &Front) {
    let secret = [("X-Auth-Token", "canary")];
    for (at, host) in ["unknown-authority", "another-name", "expired"].iter().enumerate() {
        let target = format!("/proxy/gaussdb.{host}.myhuaweicloud.com/v3/none");
        let answer = raw::call(front.addr, "PUT", &target, &secret, b"{}").await.unwrap();
        assert_eq!(
            (answer.status, answer.header("x-tls-console-proxy")),
            (502, Some("unreachable")),
            "{host}: {answer:?}"
        );
        assert!(answer.text().contains("could not prove who it is"), "{answer:?}");
        assert_eq!(front.clouds.connections(), at + 1, "{host} was asked for its certificate");
        assert_eq!(front.clouds.received(), [], "{host} was told something");
    }
    let answer = raw::call(front.addr, "PUT", GOOD, &secret, b"{}").await.unwrap();
    assert_eq!((answer.status, front.clouds.received().len()), (404, 1), "{answer:?}");
    assert!(front.clouds.modern() > 0, "the newest version that both know");
}

async fn a_redirect_is_handed_on_and_not_followed(front: &Front) {
    let target = "/proxy/gaussdb.elsewhere.myhuaweicloud.com/v3/none";
    let answer = raw::call(front.addr, "PUT", target, &[("X-Auth-Token", "canary")], b"{}").await.unwrap();
    assert_eq!(answer.status, 307);
    assert_eq!(answer.header("location"), Some("https://gaussdb.cn-south-1.myhuaweicloud.com/elsewhere?a=%2F"));
    assert_eq!((front.clouds.connections(), front.clouds.received().len()), (1, 1));
    assert!(front.names.asked().iter().all(|name| name == "gaussdb.elsewhere.myhuaweicloud.com"));
}

async fn an_answer_can_do_nothing_to_the_site(front: &Front) {
    let answer = raw::get(front.addr, "/proxy/gaussdb.hostile.myhuaweicloud.com/v3/none", &[]).await;
    assert_eq!((answer.status, answer.text().as_str()), (200, "<script>alert(1)</script>"), "no file of ours");
    let policy = "default-src 'none'; frame-ancestors 'none'; sandbox";
    assert_eq!(answer.header("content-security-policy"), Some(policy));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.header("x-request-id"), Some("of-the-provider"), "what the console needs stays");
    for (name, value) in HOSTILE.iter().filter(|(name, _)| *name != "x-request-id") {
        assert!(!answer.headers.contains(&((*name).to_owned(), (*value).to_owned())), "{name}: {answer:?}");
    }
}

async fn a_call_whose_answer_is_lost_is_sent_once(front: &Front) {
    let target = "/proxy/gaussdb.lost.myhuaweicloud.com/v3/none";
    for (at, method) in ["PUT", "POST", "GET", "DELETE"].iter().enumerate() {
        let answer = raw::call(front.addr, method, target, &[], b"").await.unwrap();
        assert_eq!((answer.status, answer.header("x-tls-console-proxy")), (502, Some("unreachable")), "{answer:?}");
        assert_eq!(front.clouds.received().len(), at + 1, "{method}");
    }
}

/// On a connection that was kept, a server takes it upon itself to send a call again.
async fn each_call_has_a_connection_of_its_own_that_ends_with_it(front: &Front) {
    let last = raw::request(&front.addr.to_string(), "GET", GOOD, &[], b"");
    let kept = String::from_utf8_lossy(&last).replace("Connection: close\r\n", "").repeat(2);
    let answer = raw::send(front.addr, &[kept.as_bytes(), &last].concat()).await;
    // Caddy ends the connection of a call with its answer.
    let calls = if front.kind == Kind::Nginx { 3 } else { 1 };
    assert_eq!((front.clouds.received().len(), front.clouds.connections()), (calls, calls), "{answer:?}");
    until("all connections to the provider to end", async || (front.clouds.open() == 0).then_some(())).await;
}

async fn a_body_ends_at_a_megabyte(front: &Front) {
    const LIMIT: usize = 1024 * 1024;
    let answer = raw::call(front.addr, "PUT", GOOD, &[], &vec![b' '; LIMIT]).await.unwrap();
    assert_eq!((answer.status, front.clouds.received().len()), (404, 1), "a whole megabyte: {answer:?}");
    for length in [LIMIT + 1, 3 * LIMIT] {
        // The server may end the connection while the client is still sending.
        let answer = raw::call(front.addr, "PUT", GOOD, &[], &vec![b' '; length]).await;
        let own = |answer: &raw::Answer| answer.status == 413 && answer.text().contains("longer than a megabyte");
        assert!(answer.as_ref().is_none_or(own), "{length}: {answer:?}");
        assert_eq!(front.clouds.received().len(), 1, "{length}");
    }
    // Of a PUT, Caddy wants a length.
    let head = format!("PATCH {GOOD} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", front.addr);
    let mut chunked = format!("{head}{}: {}\r\n", raw::CALL, raw::call_id()).into_bytes();
    chunked.extend(b"Transfer-Encoding: chunked\r\n\r\n");
    for _ in 0..33 {
        chunked.extend(b"8000\r\n");
        chunked.extend(vec![b' '; 0x8000]);
        chunked.extend(b"\r\n");
    }
    chunked.extend(b"0\r\n\r\n");
    let answer = raw::send(front.addr, &chunked).await;
    assert!(answer.as_ref().is_none_or(|answer| [413, 502].contains(&answer.status)), "chunked: {answer:?}");
    assert!(answer.is_none_or(|answer| answer.header("x-tls-console-proxy").is_some()), "not the provider's word");
    assert_eq!(front.clouds.received().len(), 1, "chunked");
}

async fn a_line_of_the_request_ends_at_64_kilobytes_and_more_is_refused(front: &Front) {
    let long = "x".repeat(300 * 1024);
    let answer = raw::call(front.addr, "PUT", GOOD, &[("X-Auth-Token", &long)], b"{}").await;
    // 400 is nginx's word for it.
    let expected = if front.kind == Kind::Nginx { 400 } else { 431 };
    assert!(answer.as_ref().is_none_or(|answer| answer.status == expected), "{answer:?}");
    assert_eq!(front.clouds.connections(), 0);
}
