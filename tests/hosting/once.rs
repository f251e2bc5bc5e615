//! One act reaches the provider at most once, whatever breaks between browser and server: browsers send a call again by
//! themselves when a connection ends before its answer.

use crate::browser::until;
use crate::clouds::Script;
use crate::front::{Front, Kind, Setup};
use crate::page::{HTTPS, HTTPS_INPUTS, Page, SSL, SSL_INPUTS};
use crate::raw;
use crate::relay::Relay;
use crate::scene::scene;

const FORGETFUL: Setup = Setup { forgets: true, ..AS_SHIPPED };
const SECURE: Setup = Setup { https: true, ..AS_SHIPPED };

on_each_server!(a_change_that_breaks_arrives_once, another_act_has_another_id);

mod forgetful {
    use super::{FORGETFUL, a_call_that_runs_is_not_sent_again};
    on_each_server!(FORGETFUL: a_call_that_runs_is_not_sent_again);
}

mod https {
    use super::{SECURE, a_change_that_breaks_arrives_once};
    on_each_server!(SECURE: a_change_that_breaks_arrives_once);
}

/// An answer that takes more than one piece.
fn answer(body: &str) -> Script {
    let body = format!("{body}{}", " ".repeat(200_000));
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json";
    Script::Bytes(format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).into_bytes())
}

/// After how many bytes the answer breaks: before its first one, or in its middle. On a new connection over TLS the
/// handshake passes before it.
fn places(front: &Front, fresh: bool) -> [usize; 2] {
    let is_new = fresh || front.kind == Kind::Caddy;
    [if front.base.starts_with("https:") && is_new { 3_000 } else { 0 }, 60_000]
}

/// How many changes have arrived. What only reads may arrive more than once.
fn changes(front: &Front) -> usize {
    front.clouds.received().iter().filter(|received| received.method != "GET").count()
}

async fn a_change_that_breaks_arrives_once(front: &Front) {
    let relay = Relay::spawn(front.addr).await;
    let base = front.base.replace(&front.addr.port().to_string(), &relay.addr.port().to_string());
    scene()
        .served_at(&base)
        .run(async |page| {
            page.allow_console("/proxy/");
            page.allow_console("net::");
            let (mut calls, mut repeated) = (0, 0);
            for (operation, inputs, body) in [
                (SSL, &SSL_INPUTS[..], "{\"job_id\":\"1\"}"),
                (HTTPS, &HTTPS_INPUTS, "{\"RequestId\":\"1\",\"Result\":true}"),
            ] {
                front.clouds.play(answer(body));
                page.open_operation(operation).await;
                page.connect_by("Proxy").await;
                page.fill_all(inputs).await;
                let cases = [(false, false), (false, true), (true, false)];
                let cases = cases
                    .into_iter()
                    .flat_map(|(fresh, reset)| places(front, fresh).map(|place| (place, fresh, reset)));
                for (place, fresh, reset) in cases {
                    let what = format!("{operation} {place} fresh: {fresh} reset: {reset}");
                    page.send().await;
                    if fresh {
                        relay.cut(false);
                    } else {
                        // A connection that another call was sent on, where the server keeps one. Chromium has others
                        // for what is fetched with cookies, such as the site's files.
                        let call = "const headers = { 'X-TLS-Console-Call': [...crypto.getRandomValues(new Uint8Array(16))]
                                .map((byte) => byte.toString(16).padStart(2, '0')).join('') };
                            return fetch('./proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3', { headers, credentials: 'omit' })
                                .then((answer) => answer.text());";
                        page.script(call, Vec::new()).await;
                    }
                    relay.hold(place);
                    page.confirm().await;
                    calls += 1;
                    until(&what, async || (changes(front) >= calls).then_some(())).await;
                    relay.cut(reset);
                    let words = page.answer().await;
                    let verdict = page.verdict().await;
                    assert_eq!(changes(front), calls, "{what}: {verdict}");
                    assert!(!verdict.starts_with("good") && !verdict.starts_with("bad"), "{what}: {verdict}");
                    Page::says(&words, &["may have been carried out"]);
                    repeated += usize::from(verdict.contains("Sent before: what happened to the first is not known"));
                }
            }
            // Chromium sends again by itself where the connection was used before. A call that finds it taken, as by one that
            // the page makes beside it, has a fresh one; so does one over HTTP/2, often.
            let is_repeated = front.kind == Kind::Nginx && base.starts_with("http:");
            assert!(repeated > 0 || !is_repeated, "Chromium has sent a change again, and was refused");
        })
        .await;
}

/// The same bytes once more, and at the same time: nginx remembers the id. Caddy cannot; there no browser repeats.
async fn another_act_has_another_id(front: &Front) {
    let target = "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3/none";
    let id = raw::call_id();
    let headers = [(raw::CALL, id.as_str())];
    for (at, method) in ["GET", "GET"].iter().enumerate() {
        let answer = raw::call(front.addr, method, target, &headers, b"").await.unwrap();
        assert_eq!((answer.status, front.clouds.received().len()), (404, at + 1), "what only reads may be repeated");
    }
    for (at, method) in ["POST", "PUT", "PATCH", "DELETE"].iter().enumerate() {
        let id = raw::call_id();
        let headers = [(raw::CALL, id.as_str())];
        let first = raw::call(front.addr, method, target, &headers, b"").await.unwrap();
        assert_eq!((first.status, front.clouds.received().len()), (404, at + 3), "{method}: {first:?}");
        if front.kind == Kind::Nginx {
            let again = raw::call(front.addr, method, target, &headers, b"").await.unwrap();
            assert_eq!((again.status, again.header("x-tls-console-proxy")), (409, Some("repeated")), "{again:?}");
            assert!(again.text().contains("sent before"), "{again:?}");
            assert_eq!(front.clouds.received().len(), at + 3, "{method}");
        }
    }
    // Every answer of Caddy's proxy ends its connection, so that none is there to be used again.
    if front.kind == Kind::Caddy {
        let answer = raw::call(front.addr, "PUT", target, &[("Connection", "keep-alive")], b"").await.unwrap();
        assert_eq!(answer.header("connection"), Some("close"), "{answer:?}");
    }
}

/// A provider may take longer to answer than nginx remembers an id.
async fn a_call_that_runs_is_not_sent_again(front: &Front) {
    let target = "/proxy/gaussdb.slow.myhuaweicloud.com/v3/none";
    let id = raw::call_id();
    let addr = front.addr;
    let request = raw::request(&addr.to_string(), "PUT", target, &[(raw::CALL, &id)], b"{}");
    let again = request.clone();
    let first = tokio::spawn(async move { raw::send(addr, &request).await });
    until("the first", async || (front.clouds.received().len() == 1).then_some(())).await;
    if front.kind == Kind::Nginx {
        let answer = raw::send(addr, &again).await.unwrap();
        assert_eq!((answer.status, answer.header("x-tls-console-proxy")), (409, Some("repeated")), "{answer:?}");
    }
    assert_eq!(front.clouds.received().len(), 1);
    first.abort();
}
