//! A provider's answer is never a page of the console: nothing but the console's own calls gets below the proxy's path,
//! whatever Chromium is told to load from there.

use serde_json::json;

use crate::browser::Browser;
use crate::clouds::Script;
use crate::flows::ssl_is_switched_on;
use crate::front::{Front, Setup};
use crate::raw;

/// A site without a certificate, under a name: no secure context, and no Sec-Fetch.
const NAMED: Setup = Setup { name: "console.test", ..AS_SHIPPED };
const SECURE: Setup = Setup { https: true, ..AS_SHIPPED };

on_each_server!(nothing_is_loaded_from_a_provider, only_a_fetch_of_the_console_passes);

mod https {
    use super::{SECURE, nothing_is_loaded_from_a_provider};
    on_each_server!(SECURE: nothing_is_loaded_from_a_provider);
}

mod named {
    use super::{NAMED, nothing_is_loaded_from_a_provider, ssl_is_switched_on};
    on_each_server!(NAMED: nothing_is_loaded_from_a_provider, ssl_is_switched_on);
}

const TARGET: &str = "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3";

/// Everything in a page that loads something. Each is over when it has loaded, failed or been refused by the policy.
const LOADS: &str = "const done = arguments[arguments.length - 1], [url] = arguments;
    const element = (tag, name, more = {}) => new Promise((over) => {
        const made = Object.assign(document.createElement(tag), more);
        made.addEventListener('load', over);
        made.addEventListener('error', over);
        document.addEventListener('securitypolicyviolation', over, { once: true });
        made[name] = url;
        document.body.append(made);
    });
    const tried = (load) => new Promise((over) => { try { load(over); } catch { over(); } });
    const all = [
        element('script', 'src'), element('script', 'src', { type: 'module' }), element('img', 'src'),
        element('link', 'href', { rel: 'stylesheet' }), element('link', 'href', { rel: 'preload', as: 'fetch' }),
        element('link', 'href', { rel: 'modulepreload' }), element('link', 'href', { rel: 'manifest' }),
        element('iframe', 'src'), element('object', 'data'), element('embed', 'src'), element('video', 'src'),
        import(url).catch(() => {}),
        tried((over) => { const worker = new Worker(url); worker.onerror = over; worker.onmessage = over; }),
        tried((over) => { const worker = new Worker(url, { type: 'module' }); worker.onerror = over; worker.onmessage = over; }),
        tried((over) => { const worker = new SharedWorker(url); worker.onerror = over; }),
        navigator.serviceWorker?.register(url).catch(() => {}),
        navigator.serviceWorker?.register(url, { scope: './' }).catch(() => {}),
        tried((over) => { const source = new EventSource(url); source.onerror = over; source.onopen = over; }),
        tried((over) => { const socket = new WebSocket(url.replace('http', 'ws')); socket.onerror = over; socket.onopen = over; }),
        tried((over) => over(navigator.sendBeacon(url, 'x'))),
        fetch(url).catch(() => {}), fetch(url, { mode: 'no-cors', method: 'POST', body: 'x' }).catch(() => {}),
    ];
    const late = new Promise((over) => setTimeout(over, 5000));
    Promise.race([Promise.all(all), late]).then(() => done(null));";

/// What a script of the provider would leave behind.
const LEFT: &str = "return [typeof window.ran, ...[sessionStorage, localStorage].map((storage) =>
        Object.keys(storage).filter((key) => !key.startsWith('tls-console.'))), document.cookie,
    getComputedStyle(document.body).fontSize === '99px'].join(' ');";

async fn nothing_is_loaded_from_a_provider(front: &Front) {
    let evil =
        "globalThis.ran = 1; try { sessionStorage.ran = localStorage.ran = 1; document.cookie = 'ran=1'; } catch {}";
    let body = format!("/*<script>*/{evil}//</script>\nbody{{font-size:99px}}");
    let head =
        "HTTP/1.1 200 OK\r\nService-Worker-Allowed: /\r\nSet-Cookie: ran=1\r\nContent-Security-Policy: script-src *";
    let head = format!("{head}\r\nContent-Type: text/javascript\r\nContent-Length: {}\r\n\r\n", body.len());
    front.clouds.play(Script::Bytes(format!("{head}{body}").into_bytes()));
    let browser = Browser::open().await;
    let driver = &browser.driver;
    driver.goto(&front.base).await.unwrap();
    let url = format!("{}{TARGET}", front.base);
    driver.execute_async(LOADS, vec![json!(url)]).await.unwrap();
    let left = driver.execute(LEFT, Vec::new()).await.unwrap();
    assert_eq!(left.json(), "undefined    false");

    // Typed, from a page of the site, and from a page of nobody.
    driver.goto(&url).await.unwrap();
    let refused = |text: &str| text.contains("Only the console's own calls are passed on.");
    assert!(refused(&driver.source().await.unwrap()), "typed");
    driver.goto(&front.base).await.unwrap();
    driver.execute("location.href = arguments[0];", vec![json!(url)]).await.unwrap();
    crate::browser::until("the refusal", async || refused(&driver.source().await.ok()?).then_some(())).await;
    driver.goto("data:text/html,<title>elsewhere</title>").await.unwrap();
    driver.execute("location.href = arguments[0];", vec![json!(url)]).await.unwrap();
    crate::browser::until("the refusal", async || refused(&driver.source().await.ok()?).then_some(())).await;
    driver.goto("data:text/html,<form method=post></form>").await.unwrap();
    let submit = "const form = document.forms[0]; form.action = arguments[0]; form.submit();";
    driver.execute(submit, vec![json!(url)]).await.unwrap();
    crate::browser::until("the refusal", async || refused(&driver.source().await.ok()?).then_some(())).await;
    let left = driver.execute("return typeof window.ran;", Vec::new()).await.unwrap();
    assert_eq!(left.json(), "undefined");

    driver.goto(&front.base).await.unwrap();
    let left = driver.execute(LEFT, Vec::new()).await.unwrap();
    assert_eq!(left.json(), "undefined    false");
    let workers = "const done = arguments[arguments.length - 1];
        const all = navigator.serviceWorker?.getRegistrations() ?? Promise.resolve([]);
        all.then((found) => done(found.filter((one) => (one.active ?? one.installing ?? one.waiting)?.scriptURL.includes('/proxy/')).length));";
    assert_eq!(driver.execute_async(workers, Vec::new()).await.unwrap().json(), 0);
    browser.driver.quit().await.unwrap();
    assert_eq!((front.clouds.connections(), front.names.asked()), (0, Vec::new()));
}

/// The header has the one form that an id has, and where there is Sec-Fetch, it says that a fetch of this site asks.
async fn only_a_fetch_of_the_console_passes(front: &Front) {
    let id = raw::call_id();
    let site = |site: &'static str| ("Sec-Fetch-Site", site);
    let dest = |dest: &'static str| ("Sec-Fetch-Dest", dest);
    let short = &id[1..];
    let (upper, long, quoted) = (id.replace('0', "A"), format!("{id}0"), format!("\"{id}\""));
    let mut refused: Vec<Vec<(&str, &str)>> = vec![
        vec![(raw::CALL, "")],
        vec![(raw::CALL, "1")],
        vec![(raw::CALL, short)],
        vec![(raw::CALL, &upper)],
        vec![(raw::CALL, &long)],
        vec![(raw::CALL, &quoted)],
        vec![("X_TLS_Console_Call", &id), (raw::CALL, "")],
        vec![site("same-origin")],
        vec![dest("empty")],
        vec![site("cross-site"), dest("empty")],
        vec![site("same-site"), dest("empty")],
        vec![site("none"), dest("empty")],
        vec![("Upgrade", "websocket"), ("Connection", "Upgrade")],
        vec![("Upgrade", "h2c"), ("HTTP2-Settings", "AAMAAABkAAQAAP__")],
        vec![("Expect", "100-continue")],
        vec![("Expect", "200-ok")],
    ];
    for other in ["document", "script", "worker", "sharedworker", "serviceworker", "style", "image", "iframe", "object"]
    {
        refused.push(vec![site("same-origin"), dest(other)]);
    }
    for target in [TARGET, "/proxy/", "/proxy/evil.test/"] {
        for headers in &refused {
            for method in ["GET", "PUT", "POST"] {
                let said = raw::call(front.addr, method, target, headers, b"").await;
                let mark = said.as_ref().and_then(|said| said.header("x-tls-console-proxy"));
                // Go's server refuses an expectation that it does not know by itself.
                let own = said.as_ref().is_some_and(|said| [100, 417].contains(&said.status));
                assert!(mark == Some("foreign") || own, "{method} {target} {headers:?}: {said:?}");
            }
        }
    }
    assert_eq!((front.clouds.connections(), front.names.asked()), (0, Vec::new()));
    let both = [site("same-origin"), dest("empty")];
    for headers in [&both[..], &[]] {
        let said = raw::call(front.addr, "PUT", TARGET, headers, b"{}").await.unwrap();
        assert_eq!((said.status, said.header("x-tls-console-proxy")), (404, Some("passed")), "{said:?}");
    }
    let received = front.clouds.received();
    assert_eq!(received.len(), 2);
    assert!(!received.iter().any(|received| received.has("x-tls-console-call")), "{received:?}");
}
