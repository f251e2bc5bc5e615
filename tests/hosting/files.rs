//! The files of the site: headers, caching, compression, and what is not there.

use crate::front::{Front, Kind};
use crate::raw::{self, Answer, get};
use crate::scene::dist;
use crate::site::CSP;

on_each_server!(
    every_answer_has_the_headers_that_protect_the_page,
    hashed_files_are_kept_for_a_year_and_everything_else_is_asked_for_again,
    text_and_programs_travel_compressed,
    nothing_but_the_files_is_served,
);

/// The policy for what is no page of ours.
pub(crate) const NO_PAGE: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

/// A built file whose name holds a hash.
pub(crate) fn hashed(ending: &str) -> String {
    built("console-", ending)
}

/// The address of a file of the build: every one has a hash in its name.
fn built(beginning: &str, ending: &str) -> String {
    let names = std::fs::read_dir(dist()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut found: Vec<_> = names.filter(|name| name.contains(beginning) && name.ends_with(ending)).collect();
    found.sort();
    format!("/{}", found.pop().unwrap_or_else(|| panic!("no file {beginning}…{ending} in dist/")))
}

pub(crate) fn is_protected(what: &str, answer: &Answer, policy: &str) {
    for (name, value) in [
        ("content-security-policy", policy),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        let found =
            answer.header(name).map(|found| found.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ;", ";"));
        assert_eq!(found.as_deref(), Some(value), "{name} of {what}: {answer:?}");
    }
    assert!(answer.header("permissions-policy").unwrap().contains("camera=()"), "{what}");
    let server = answer.header("server").unwrap_or_default();
    assert!(!server.contains(char::is_numeric), "{what}: {server}");
}

async fn every_answer_has_the_headers_that_protect_the_page(front: &Front) {
    let program = hashed(".wasm");
    for (target, status) in [
        ("/", 200),
        ("/index.html", 200),
        (program.as_str(), 200),
        ("/sw.js", 200),
        ("/config.json", 200),
        ("/apis/huawei-taurusdb.json", 200),
        ("/no-such-file", 404),
        ("/..%2f..%2fetc/passwd", 404),
    ] {
        let answer = get(front.addr, target, &[]).await;
        // nginx takes the second for an attempt to leave the folder, which it is.
        assert!(answer.status == status || (status == 404 && answer.status == 400), "{target}: {answer:?}");
        // It does not know yet which site that would be.
        is_protected(target, &answer, if answer.status == 400 { NO_PAGE } else { CSP });
    }
    let page = get(front.addr, "/", &[(raw::CALL, "")]).await;
    assert_eq!(page.status, 200, "the site is for everybody: {page:?}");
    let (style, script) = (hashed(".css"), hashed(".js"));
    for (target, kind) in [("/", "text/html"), (&style, "text/css"), (&script, "text/javascript")] {
        let answer = get(front.addr, target, &[]).await;
        let found = answer.header("content-type").unwrap_or_default().replace("application/java", "text/java");
        assert!([format!("{kind}; charset=utf-8"), kind.to_owned()].contains(&found), "{target}: {found}");
        assert!(found.contains("utf-8") || front.kind == Kind::Caddy, "{target}: {found}");
    }
    let picture = get(front.addr, "/favicon.png", &[]).await;
    assert_eq!(picture.header("content-type"), Some("image/png"));
    let long = format!("/{}", "x".repeat(4000));
    is_protected("a long address", &get(front.addr, &long, &[]).await, CSP);
    for (target, status) in [("/proxy/", 200), ("/proxy/evil.test/", 403)] {
        let answer = get(front.addr, target, &[]).await;
        assert_eq!(answer.status, status, "{target}: {answer:?}");
        is_protected(target, &answer, NO_PAGE);
    }
    let ready = get(front.addr, "/proxy/", &[]).await;
    assert_eq!(ready.header("x-tls-console-proxy"), Some("ready"));
    assert_eq!(ready.text().trim(), r#"{"proxy":"tls-console"}"#);
    let passed = get(front.addr, "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3/none", &[]).await;
    assert_eq!((passed.status, front.clouds.received().len()), (404, 1), "{passed:?}");
    is_protected("a proxied answer", &passed, NO_PAGE);
    assert_eq!(passed.header("cache-control"), Some("no-store"));
    assert_eq!(passed.header("x-tls-console-proxy"), Some("passed"));
}

async fn hashed_files_are_kept_for_a_year_and_everything_else_is_asked_for_again(front: &Front) {
    let (program, script, style) = ("application/wasm", "text/javascript", "text/css");
    for (file, kind) in [
        (hashed("_bg.wasm"), program),
        (hashed(".js"), script),
        (hashed(".css"), style),
        (built("boot-", ".js"), script),
        (built("update-", ".js"), script),
        (built("worker_loader-", ".js"), script),
        (built("worker-", ".js"), script),
        (built("worker-", "_bg.wasm"), program),
    ] {
        let answer = get(front.addr, &file, &[]).await;
        assert_eq!(answer.header("cache-control"), Some("public, max-age=31536000, immutable"), "{file}");
        let found = answer.header("content-type").unwrap();
        assert!(found.replace("application/javascript", "text/javascript").starts_with(kind), "{file}: {found}");
    }
    for target in ["/", "/sw.js", "/config.schema.json", "/config.json", "/apis/huawei-taurusdb.json"] {
        let answer = get(front.addr, target, &[]).await;
        assert_eq!((answer.status, answer.header("cache-control")), (200, Some("no-cache")), "{target}");
        let tag = answer.header("etag").unwrap().to_owned();
        let again = get(front.addr, target, &[("If-None-Match", &tag)]).await;
        assert_eq!((again.status, again.header("cache-control")), (304, Some("no-cache")), "{target}");
    }
    let missing = get(front.addr, "/tls-console-0123456789abcdef.js", &[]).await;
    assert_eq!(
        (missing.status, missing.header("cache-control")),
        (404, Some("no-cache")),
        "comes with the next release"
    );
}

async fn text_and_programs_travel_compressed(front: &Front) {
    let (program, style) = (hashed("_bg.wasm"), hashed(".css"));
    let worker = built("worker-", "_bg.wasm");
    for target in ["/", &program, &style, "/apis/huawei-taurusdb.json", &worker, "/sw.js"] {
        let plain = get(front.addr, target, &[]).await;
        let packed = get(front.addr, target, &[("Accept-Encoding", "gzip, deflate, br")]).await;
        assert_eq!(plain.header("content-encoding"), None, "{target}");
        // What never changes was compressed by the build: these very bytes are sent.
        let never_changes = target.ends_with("_bg.wasm") || target.ends_with(".css");
        let (encoding, ending) = match front.kind {
            Kind::Caddy if never_changes => ("br", "br"),
            _ => ("gzip", "gz"),
        };
        assert_eq!(packed.header("content-encoding"), Some(encoding), "{target}: {:?}", packed.headers);
        if never_changes {
            let built = std::fs::read(dist().join(format!("{}.{ending}", &target[1..]))).unwrap();
            assert!(packed.body == built, "{target}: {} of {}", packed.body.len(), built.len());
        }
        assert!(packed.header("vary").unwrap().contains("Accept-Encoding"), "{target}");
        assert!(
            packed.body.len() < plain.body.len() * 7 / 10,
            "{target}: {} of {}",
            packed.body.len(),
            plain.body.len()
        );
    }
}

async fn nothing_but_the_files_is_served(front: &Front) {
    for target in ["/apis/", "/apis", "/.git/config", "/../Cargo.toml", "/%2e%2e/Cargo.toml", "/apis/../../Cargo.toml"]
    {
        let answer = get(front.addr, target, &[]).await;
        assert!([301, 308, 400, 403, 404].contains(&answer.status), "{target}: {answer:?}");
        assert!(!answer.text().contains("tls-console\""), "{target}: {answer:?}");
    }
    for method in ["POST", "PUT", "DELETE", "TRACE", "PROPFIND"] {
        let answer = raw::call(front.addr, method, "/index.html", &[], b"").await.unwrap();
        assert!([403, 404, 405].contains(&answer.status), "{method}: {answer:?}");
    }
    assert_eq!(front.clouds.connections(), 0);
}
