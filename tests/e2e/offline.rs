//! The service worker: the page without a network.

use crate::browser::until;
use serde_json::{Value, json};

use crate::page::{CONTROLLED, HTTPS, HTTPS_INPUTS, Page, SSL, SSL_INPUTS};
use crate::scene::scene;

/// Every address that the browser keeps for the site.
const KEPT: &str = "const done = arguments[arguments.length - 1];
    (async () => {
        const kept = [];
        for (const name of await caches.keys())
            for (const request of await (await caches.open(name)).keys()) kept.push(request.url);
        return kept;
    })().then(done, (error) => done([String(error)]));";

async fn kept(page: &Page) -> Vec<String> {
    serde_json::from_value(page.later(KEPT).await).expect("addresses")
}

/// Lets the service worker come when the test says so.
const LATE_WORKER: &str = "if (globalThis.ServiceWorkerContainer) {
    const { register } = ServiceWorkerContainer.prototype;
    const allowed = new Promise((allow) => { globalThis.letWorkerCome = () => { allow(); return null; }; });
    ServiceWorkerContainer.prototype.register = async function (...given) {
        await allowed;
        return register.apply(this, given);
    };
}";

#[tokio::test]
async fn the_page_opens_and_works_without_a_network() {
    for prefix in ["", "/tools/tls"] {
        scene()
            .under(prefix)
            .worker()
            .before(LATE_WORKER)
            .run(async |page| {
                page.open_operation(HTTPS).await;
                page.fill_all(&HTTPS_INPUTS).await;
                page.call().await;
                assert_eq!(page.verdict().await, "good Accepted");
                // All this was loaded before there was a worker.
                assert!(!page.eval::<bool>(CONTROLLED).await);
                page.eval::<Value>("globalThis.letWorkerCome()").await;
                page.wait_for(CONTROLLED).await;
                let kept = async || kept(page).await.iter().filter(|url| url.contains("/worker")).count() == 3;
                until("the worker to be kept", async || kept().await.then_some(())).await;

                page.site.go_down();
                page.open_operation(&format!("index.html?from=mail{HTTPS}")).await;
                page.fill_all(&HTTPS_INPUTS).await;
                page.call().await;
                assert_eq!(page.verdict().await, "good Accepted", "off-line");
                page.axe("off-line").await;
                page.connect_by("Proxy").await;
                page.call().await;
                assert!(page.verdict().await.contains("No answer"), "a call of an API needs the network");
                page.allow_console("net::ERR");
            })
            .await;
    }
}

#[tokio::test]
async fn an_answer_of_an_api_is_never_kept() {
    scene()
        .worker()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.wait_for(CONTROLLED).await;
            page.connect_by("Proxy").await;
            page.fill_all(&SSL_INPUTS).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            // As no call of the console's, but as somebody could put it together.
            let by_hand = "const done = arguments[arguments.length - 1];
                fetch('./proxy/iam.cn-north-4.myhuaweicloud.com/v3/projects').then((answer) => done(answer.status));";
            assert!(page.later(by_hand).await.is_number());

            let kept = kept(page).await;
            assert!(kept.iter().any(|url| url.ends_with("/config.json")), "{kept:?}");
            assert!(!kept.iter().any(|url| url.contains("/proxy/") || url.contains('?')), "{kept:?}");
            assert!(kept.iter().all(|url| url.starts_with(&page.base)), "{kept:?}");
        })
        .await;
}

#[tokio::test]
async fn without_service_workers_the_page_works_as_well() {
    // As on plain http with another name than localhost, where browsers know none.
    let insecure = "Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => undefined });";
    scene()
        .worker()
        .run(async |page| {
            page.browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": insecure })).await;
            page.open_operation(HTTPS).await;
            page.fill_all(&HTTPS_INPUTS).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            let asked = page.site.requests();
            assert!(!asked.iter().any(|line| line.contains("/sw.js") || line.contains("/update-")), "{asked:?}");
        })
        .await;
}
