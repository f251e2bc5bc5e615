//! The servers that other tests stand on: sandbox, proxy, site.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by a panic")]

#[path = "support/listen.rs"]
mod listen;
#[path = "support/proxy.rs"]
mod proxy;
#[path = "support/server.rs"]
mod server;
#[path = "support/site.rs"]
mod site;

use std::net::SocketAddr;

use hyper::body::Bytes;
use proxy::exchange;
use server::SandboxServer;
use site::Site;
use time::macros::datetime;
use tls_console::sandbox::{FaultRates, FleetSetup, Provider};

const ANY_PORT: &str = "127.0.0.1:0";
const SSL: &str = "/gaussdb.cn-north-4.myhuaweicloud.com/v3/056538411200d4cd2f79c003c7606412/instances/\
                   096c0fc43e804757b59946b80dc27f8bin07/ssl-option";
const INSTANCE: &str = "096c0fc43e804757b59946b80dc27f8bin07";

async fn sandbox() -> SandboxServer {
    SandboxServer::spawn(ANY_PORT).await.unwrap()
}

fn put(target: &str) -> http::request::Builder {
    http::Request::put(target)
        .header("host", "localhost")
        .header("content-type", "application/json")
        .header("x-auth-token", "any")
}

fn body() -> Bytes {
    Bytes::from_static(b"{\"ssl_option\": true}")
}

async fn get(addr: SocketAddr, target: &str) -> http::Response<Bytes> {
    let request = http::Request::get(target).header("host", "localhost").body(Bytes::new()).unwrap();
    exchange(addr, request).await.unwrap()
}

#[tokio::test]
async fn a_call_through_the_proxy_arrives_byte_for_byte_and_succeeds() {
    let sandbox = sandbox().await;
    let now = datetime!(2026-11-22 10:00:00 UTC);
    sandbox.set_now(Some(now));
    let proxy = proxy::spawn(ANY_PORT, sandbox.addr).await.unwrap();
    let odd = "?a=%7e&b=~'()*!|&&c=1+2&d=%2B;e=/../?x";
    let request = put(&format!("/proxy{SSL}{odd}"))
        .header("origin", "http://localhost")
        .header("referer", "http://localhost/")
        .header("cookie", "a=b")
        .header("x-language", "en-us");
    let answer = exchange(proxy.addr, request.body(body()).unwrap()).await.unwrap();
    assert_eq!(answer.status(), 200, "{:?}", answer.body());
    assert_eq!(answer.headers()["date"], "Sun, 22 Nov 2026 10:00:00 GMT");
    assert!(answer.headers().contains_key("x-request-id"));
    assert!(answer.body().starts_with(b"{\"job_id\":"));

    let received = sandbox.received();
    assert_eq!(received.len(), 1);
    assert_eq!((received[0].method.as_str(), received[0].target.as_str()), ("PUT", format!("{SSL}{odd}").as_str()));
    assert_eq!(received[0].body, body());
    let names: Vec<&str> = received[0].headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["host", "content-type", "x-auth-token", "x-language", "content-length"]);

    sandbox.set_now(Some(now + time::Duration::seconds(75)));
    assert_eq!(sandbox.look(|world| world.ssl(INSTANCE)), Some(true));
}

#[tokio::test]
async fn jobs_go_on_at_the_speed_that_is_set_and_accepted_switches_are_counted() {
    let sandbox = sandbox().await;
    let now = datetime!(2026-11-22 10:00:00 UTC);
    sandbox.set_now(Some(now));
    sandbox.set_speed(60);
    let send = async || exchange(sandbox.addr, put(SSL).body(body()).unwrap()).await.unwrap().status().as_u16();
    assert_eq!((send().await, send().await, sandbox.switches(INSTANCE)), (200, 409, 1));
    sandbox.set_now(Some(now + time::Duration::seconds(1)));
    assert_eq!(sandbox.look(|world| world.ssl(INSTANCE)), Some(false));
    sandbox.set_now(Some(now + time::Duration::seconds(2)));
    assert_eq!(sandbox.look(|world| world.ssl(INSTANCE)), Some(true));
    assert_eq!((send().await, sandbox.switches(INSTANCE)), (200, 2));
}

#[tokio::test]
async fn the_server_has_the_fleet_that_is_set_and_notes_what_was_to_change_it() {
    let sandbox = sandbox().await;
    let now = datetime!(2026-11-22 10:00:00 UTC);
    sandbox.set_now(Some(now));
    sandbox.set_fleet(FleetSetup { seed: 7, huawei: 300, aliyun: 0, faults: FaultRates::default() });
    let fleet = sandbox.look(|world| world.fleet_instances(Provider::Huawei));
    assert_eq!((fleet.len(), sandbox.look(|world| world.fleet_instances(Provider::Aliyun).len())), (300, 0));
    let id = &fleet.iter().find(|instance| instance.can_switch_on).unwrap().id;
    let target = SSL.replace(INSTANCE, id);
    let send = async || exchange(sandbox.addr, put(&target).body(body()).unwrap()).await;
    assert_eq!((send().await.unwrap().status(), send().await.unwrap().status().as_u16()), (http::StatusCode::OK, 409));
    sandbox.set_now(Some(now + time::Duration::MINUTE * 2));
    sandbox.set_faults(FaultRates { lost: 1000, ..FaultRates::default() });
    assert!(send().await.is_err());
    sandbox.expire_credential(Provider::Huawei);
    assert_eq!(send().await.unwrap().status(), 401);

    let changes = sandbox.changes();
    let seen = |change: &server::Change| (change.at - now, change.status, change.lost);
    let (start, later) = (time::Duration::ZERO, time::Duration::MINUTE * 2);
    let expected = [(start, 200, false), (start, 409, false), (later, 200, true), (later, 401, false)];
    assert_eq!(changes.iter().map(seen).collect::<Vec<_>>(), expected);
    assert!(changes.iter().all(|change| change.instance == *id && change.target == target && change.method == "PUT"));
    let accepted: Vec<bool> = changes.iter().map(|change| change.accepted).collect();
    assert!(matches!(accepted.as_slice(), [true, false, _, false]), "{accepted:?}");
    let switches = accepted.iter().filter(|accepted| **accepted).count();
    assert_eq!(sandbox.accepted(), [(id.clone(), switches)].into());
    assert_eq!(sandbox.switches(id), switches);
}

#[tokio::test]
async fn a_captured_signature_survives_the_proxy() {
    let text = std::fs::read_to_string("tests/vectors/aliyun-sdk-capture.json").unwrap();
    let capture: serde_json::Value = serde_json::from_str(&text).unwrap();
    let captured = &capture["captures"][0]["requests"][0];
    let sandbox = sandbox().await;
    sandbox.set_now(Some(datetime!(2026-11-22 04:42:00 UTC)));
    let proxy = proxy::spawn(ANY_PORT, sandbox.addr).await.unwrap();

    let target = captured["target"].as_str().unwrap();
    let mut request = http::Request::post(format!("/proxy/elasticsearch.cn-hangzhou.aliyuncs.com{target}"));
    for pair in captured["headers_in_order"].as_array().unwrap() {
        request = request.header(pair[0].as_str().unwrap(), pair[1].as_str().unwrap());
    }
    let answer = exchange(proxy.addr, request.body(Bytes::new()).unwrap()).await.unwrap();
    assert_eq!(answer.status(), 200, "{:?}", answer.body());
}

#[tokio::test]
async fn a_clock_that_is_wrong_dates_the_answers_and_judges_the_dates() {
    let sandbox = sandbox().await;
    let now = datetime!(2026-11-22 04:36:04 UTC);
    sandbox.set_now(Some(now));
    let text = std::fs::read_to_string("tests/vectors/huawei-sdk-capture.json").unwrap();
    let capture: serde_json::Value = serde_json::from_str(&text).unwrap();
    let captured = &capture["captures"][0]["request"];
    let target = captured["target"].as_str().unwrap();
    let signed_for_another_host = || {
        let mut request = http::Request::put(format!("/gaussdb.cn-north-4.myhuaweicloud.com{target}"));
        for pair in captured["headers"].as_array().unwrap() {
            request = request.header(pair[0].as_str().unwrap(), pair[1].as_str().unwrap());
        }
        request.body(body()).unwrap()
    };
    let answer = exchange(sandbox.addr, signed_for_another_host()).await.unwrap();
    assert!(String::from_utf8_lossy(answer.body()).contains("verify aksk signature fail"), "{:?}", answer.body());

    sandbox.set_offset(time::Duration::minutes(16));
    let answer = exchange(sandbox.addr, signed_for_another_host()).await.unwrap();
    assert!(String::from_utf8_lossy(answer.body()).contains("server time:20261122T045204Z"), "{:?}", answer.body());
    assert_eq!(answer.headers()["date"], "Sun, 22 Nov 2026 04:52:04 GMT");
}

#[tokio::test]
async fn a_proxy_may_add_a_credential_of_its_own() {
    let sandbox = sandbox().await;
    let upstream = sandbox.addr;
    let site =
        Site { upstream: Some(upstream), adds: vec![("x-auth-token", "of-the-proxy".to_owned())], ..Site::default() };
    let site = site.spawn(ANY_PORT).await.unwrap();
    let request = http::Request::put(format!("/proxy{SSL}"))
        .header("host", "localhost")
        .header("content-type", "application/json");
    let answer = exchange(site.addr, request.body(body()).unwrap()).await.unwrap();
    assert_eq!(answer.status(), 200, "{:?}", answer.body());
    let received = sandbox.received().pop().unwrap();
    assert!(received.headers.contains(&("x-auth-token".to_owned(), b"of-the-proxy".to_vec())));
}

#[tokio::test]
async fn a_token_of_32_kilobytes_passes_proxy_and_server() {
    let sandbox = sandbox().await;
    let proxy = proxy::spawn(ANY_PORT, sandbox.addr).await.unwrap();
    for length in [32 * 1024, 64 * 1024] {
        let token = "M".repeat(length);
        let mut request = put(&format!("/proxy{SSL}")).body(body()).unwrap();
        request.headers_mut().insert("x-auth-token", token.parse().unwrap());
        let answer = exchange(proxy.addr, request).await.unwrap();
        assert!([200, 409].contains(&answer.status().as_u16()), "{}", answer.status());
        let received = sandbox.received().pop().unwrap();
        assert!(received.headers.contains(&("x-auth-token".to_owned(), token.into_bytes())));
    }
}

#[tokio::test]
async fn a_body_above_a_megabyte_is_refused() {
    let sandbox = sandbox().await;
    let long = Bytes::from(vec![b' '; listen::BODY_LIMIT + 1]);
    // The server may end the connection while the client is still sending.
    if let Ok(answer) = exchange(sandbox.addr, put(SSL).body(long).unwrap()).await {
        assert_eq!(answer.status(), 413);
    }
    assert_eq!(sandbox.received(), []);
}

#[tokio::test]
async fn a_lost_answer_ends_the_connection_after_the_change() {
    let sandbox = sandbox().await;
    let lost = "faultLostxxxxxxxxxxxxxxxxxxxxxxxin07";
    let target = SSL.replace(INSTANCE, lost);
    assert!(exchange(sandbox.addr, put(&target).body(body()).unwrap()).await.is_err());
    assert_eq!(sandbox.look(|world| world.ssl(lost)), Some(false));
    sandbox.set_now(Some(time::OffsetDateTime::now_utc() + time::Duration::minutes(2)));
    assert_eq!(sandbox.look(|world| world.ssl(lost)), Some(true));
    assert_eq!(sandbox.switches(lost), 1);

    let proxy = proxy::spawn(ANY_PORT, sandbox.addr).await.unwrap();
    let answer = exchange(proxy.addr, put(&format!("/proxy{target}")).body(body()).unwrap()).await.unwrap();
    assert_eq!((answer.status().as_u16(), &answer.headers()["content-type"]), (502, &"text/html".parse().unwrap()));
}

#[tokio::test]
async fn the_proxy_says_so_when_nothing_is_behind_it() {
    let closed = sandbox().await.addr;
    let proxy = proxy::spawn(ANY_PORT, closed).await.unwrap();
    assert_eq!(get(proxy.addr, "/proxy/host/path").await.status(), 502);
    assert_eq!(get(proxy.addr, "/elsewhere").await.status(), 404);
}

#[tokio::test]
async fn a_path_without_a_cloud_is_answered() {
    let sandbox = sandbox().await;
    assert_eq!(get(sandbox.addr, "/").await.status(), 400);
    assert_eq!(get(sandbox.addr, "/example.org?x").await.status(), 404);
}

#[tokio::test]
async fn the_site_serves_files_config_and_proxy_with_production_headers() {
    let dist = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("site");
    std::fs::create_dir_all(&dist).unwrap();
    for (name, content) in [("index.html", "<p>page"), ("app.wasm", "\0asm"), ("config.json", "{}")] {
        std::fs::write(dist.join(name), content).unwrap();
    }
    let sandbox = sandbox().await;
    for prefix in ["", "/console"] {
        let config = Some("{\"title\":\"other\"}".to_owned());
        let site = Site {
            dist: dist.clone(),
            prefix: prefix.to_owned(),
            config,
            upstream: Some(sandbox.addr),
            ..Site::default()
        };
        let site = site.spawn(ANY_PORT).await.unwrap();
        let page = get(site.addr, &format!("{prefix}/")).await;
        assert_eq!((page.status().as_u16(), page.body().as_ref()), (200, b"<p>page".as_ref()), "{prefix}");
        assert_eq!(page.headers()["content-security-policy"], site::CSP);
        assert_eq!(page.headers()["x-content-type-options"], "nosniff");
        let wasm = get(site.addr, &format!("{prefix}/app.wasm")).await;
        assert_eq!(wasm.headers()["content-type"], "application/wasm");
        let config = get(site.addr, &format!("{prefix}/config.json")).await;
        assert_eq!(config.body().as_ref(), b"{\"title\":\"other\"}");
        assert_eq!(get(site.addr, &format!("{prefix}/none")).await.status(), 404);
        let target = format!("{prefix}/proxy/example.org/a%7e?x=~'|");
        assert_eq!(get(site.addr, &target).await.status(), 404);
        assert_eq!(sandbox.received().pop().unwrap().target, "/example.org/a%7e?x=~'|");
    }
}
