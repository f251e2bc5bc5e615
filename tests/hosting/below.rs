//! Site and proxy below a path: the same files, the same calls, the same fence, and nothing beside them.

use crate::exact::path_query_headers_and_body_arrive_as_they_were_sent;
use crate::files::{NO_PAGE, hashed, is_protected};
use crate::flows::{https_is_switched_on, ssl_is_switched_on};
use crate::front::{AS_SHIPPED, Front, Setup};
use crate::raw::get;
use crate::refusals::no_way_leads_to_another_host;
use crate::site::CSP;

const BELOW: Setup = Setup { path: "/tools/tls", ..AS_SHIPPED };

on_each_server!(
    BELOW: the_files_have_their_headers_there,
    beside_the_path_there_is_nothing,
    path_query_headers_and_body_arrive_as_they_were_sent,
    no_way_leads_to_another_host,
    ssl_is_switched_on,
    https_is_switched_on,
);

async fn the_files_have_their_headers_there(front: &Front) {
    for (target, caching) in [
        ("/".to_owned(), "no-cache"),
        ("/index.html".to_owned(), "no-cache"),
        ("/config.json".to_owned(), "no-cache"),
        ("/apis/huawei-taurusdb.json".to_owned(), "no-cache"),
        (hashed(".js"), "public, max-age=31536000, immutable"),
        (hashed("_bg.wasm"), "public, max-age=31536000, immutable"),
    ] {
        let answer = get(front.addr, &format!("/tools/tls{target}"), &[("Accept-Encoding", "gzip")]).await;
        assert_eq!((answer.status, answer.header("cache-control")), (200, Some(caching)), "{target}: {answer:?}");
        // The configuration is too short for that.
        let packed = (target != "/config.json").then_some("gzip");
        assert_eq!(answer.header("content-encoding"), packed, "{target}");
        is_protected(&target, &answer, CSP);
    }
    let missing = get(front.addr, "/tools/tls/tls-console-0123456789abcdef.js", &[]).await;
    assert_eq!((missing.status, missing.header("cache-control")), (404, Some("no-cache")));
    is_protected("a missing file", &missing, CSP);

    let ready = get(front.addr, "/tools/tls/proxy/", &[]).await;
    assert_eq!((ready.status, ready.header("x-tls-console-proxy")), (200, Some("ready")), "{ready:?}");
    is_protected("the greeting", &ready, NO_PAGE);
    let called = get(front.addr, "/tools/tls/proxy/gaussdb.lost.myhuaweicloud.com/v3", &[]).await;
    assert_eq!((called.status, called.header("x-tls-console-proxy")), (502, Some("unreachable")), "{called:?}");
    assert_eq!(called.header("cache-control"), Some("no-store"));
    is_protected("a call", &called, NO_PAGE);
}

async fn beside_the_path_there_is_nothing(front: &Front) {
    let short = get(front.addr, "/tools/tls", &[]).await;
    assert_eq!((short.status, short.header("location")), (308, Some("/tools/tls/")), "{short:?}");
    assert!(short.header("content-security-policy").is_some(), "{short:?}");
    for target in [
        "/",
        "/index.html",
        "/config.json",
        "/tools",
        "/tools/",
        "/tools/tlsx/",
        "/tools/tls.json",
        "/TOOLS/TLS/",
        "/x/tools/tls/",
        "/tools/tls/tools/tls/",
        "/proxy/",
        "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3/none",
        "/tools/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3/none",
    ] {
        let answer = get(front.addr, target, &[]).await;
        assert_eq!((answer.status, answer.header("x-tls-console-proxy")), (404, None), "{target}: {answer:?}");
        for name in ["content-security-policy", "x-content-type-options", "referrer-policy"] {
            assert!(answer.header(name).is_some(), "{name} of {target}: {answer:?}");
        }
    }
    assert_eq!((front.clouds.connections(), front.names.asked()), (0, Vec::new()));
}
