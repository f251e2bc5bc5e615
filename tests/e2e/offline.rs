//! The service worker: the page without a network, and from one version to the next.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::page::{HTTPS, HTTPS_INPUTS, PROJECT, Page, SSL, SSL_INPUTS};
use crate::scene::{dist, scene};

/// Every address that the browser keeps for the site.
const KEPT: &str = "const done = arguments[arguments.length - 1];
    (async () => {
        const kept = [];
        for (const name of await caches.keys())
            for (const request of await (await caches.open(name)).keys()) kept.push(request.url);
        return kept;
    })().then(done, (error) => done([String(error)]));";

const CONTROLLED: &str = "navigator.serviceWorker.controller !== null";

async fn later(page: &Page, script: &str) -> Value {
    let answer = page.browser.driver.execute_async(script, Vec::new()).await.expect("an answer");
    answer.json().clone()
}

async fn kept(page: &Page) -> Vec<String> {
    serde_json::from_value(later(page, KEPT).await).expect("addresses")
}

/// Opens the page again, as its user does.
async fn reload(page: &Page) {
    page.browser.driver.refresh().await.expect("the page");
    page.wait_for("document.querySelector('h1') !== null").await;
}

#[tokio::test]
async fn the_page_opens_and_works_without_a_network() {
    for prefix in ["", "/tools/tls"] {
        scene()
            .under(prefix)
            .worker()
            .run(async |page| {
                page.open_operation(HTTPS).await;
                page.wait_for(CONTROLLED).await;
                // The sandbox is kept from its first use on.
                reload(page).await;
                page.fill_all(&HTTPS_INPUTS).await;
                page.call().await;
                assert_eq!(page.verdict().await, "good Accepted");

                page.site.go_down();
                reload(page).await;
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
            assert!(later(page, by_hand).await.is_number());

            let kept = kept(page).await;
            assert!(kept.iter().any(|url| url.ends_with("/config.json")), "{kept:?}");
            assert!(!kept.iter().any(|url| url.contains("/proxy/") || url.contains('?')), "{kept:?}");
            assert!(kept.iter().all(|url| url.starts_with(&page.base)), "{kept:?}");
        })
        .await;
}

#[tokio::test]
async fn a_new_version_waits_for_the_user_and_then_runs_alone() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("upgrade");
    let _ = fs::remove_dir_all(&folder);
    copy(&dist(), &folder);
    scene()
        .worker()
        .folder(folder.clone())
        .run(async |page| {
            page.open_operation(SSL).await;
            page.wait_for(CONTROLLED).await;
            page.connect_by("Proxy").await;
            let old: String = page.eval("document.querySelector('script[data-version]').dataset.version").await;
            let new = next_version(&folder, &old);

            page.fill("project_id", PROJECT).await;
            assert!(!page.eval::<bool>("find('button', 'Reload') !== null").await);
            let update = "const done = arguments[arguments.length - 1];
                navigator.serviceWorker.getRegistration().then((found) => found.update()).then(() => done(true));";
            later(page, update).await;
            page.find("button", "Reload").await;
            page.axe("a new version is ready").await;

            // Nothing is lost, and what the old page fetches now is its own, though the server has it no more.
            assert_eq!(page.value("project_id").await, PROJECT);
            assert_eq!(page.eval::<Value>("globalThis.release ?? null").await, Value::Null);
            let panels = "const done = arguments[arguments.length - 1];
                import(document.querySelector('script[data-panels]').dataset.panels)
                    .then((program) => done(program.release ?? 'old'), (error) => done(String(error)));";
            assert_eq!(later(page, panels).await, json!("old"));
            page.fill_all(&SSL_INPUTS).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");

            page.click("button", "Reload").await;
            page.wait_for("globalThis.release === 2").await;
            let now: String = page.eval("document.querySelector('script[data-version]').dataset.version").await;
            assert_eq!(now, new);
            page.find("button", "Send").await;
            assert_eq!(later(page, panels).await, json!("new"));
            assert!(!page.eval::<bool>("find('button', 'Reload') !== null").await);

            page.site.go_down();
            reload(page).await;
            assert_eq!(page.eval::<u8>("globalThis.release").await, 2, "off-line too");
            page.allow_console("net::ERR");
        })
        .await;
}

#[tokio::test]
async fn whoever_comes_back_gets_the_new_version_without_being_asked() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("comeback");
    let _ = fs::remove_dir_all(&folder);
    copy(&dist(), &folder);
    scene()
        .worker()
        .folder(folder.clone())
        .run(async |page| {
            page.open_operation(SSL).await;
            page.wait_for(CONTROLLED).await;
            let old: String = page.eval("document.querySelector('script[data-version]').dataset.version").await;
            let new = next_version(&folder, &old);
            reload(page).await;
            assert_eq!(page.eval::<u8>("globalThis.release").await, 2, "the server is asked first");
            let own = format!(
                "const done = arguments[arguments.length - 1];
                (async () => {{
                    const registration = await navigator.serviceWorker.getRegistration();
                    await registration.update();
                    while (registration.installing || registration.waiting)
                        await new Promise((resolve) => requestAnimationFrame(resolve));
                    return (await caches.keys()).some((name) => name.endsWith('{new}'));
                }})().then(done);"
            );
            assert_eq!(later(page, &own).await, json!(true), "the worker of this version took over by itself");
            assert!(!page.eval::<bool>("find('button', 'Reload') !== null").await);
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
            assert!(!asked.iter().any(|line| line.contains("/sw.js") || line.contains("/renew-")), "{asked:?}");
        })
        .await;
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("the built site") {
        let (path, to) = entry.map(|entry| (entry.path(), to.join(entry.file_name()))).expect("an entry");
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).expect("a copy");
        }
    }
}

/// Makes the next version of a built site in its place: loader and panels are other ones, with other names.
fn next_version(folder: &Path, old: &str) -> String {
    let new = String::from("00000000000000f2");
    let find = |start: &str, end: &str| -> PathBuf {
        let mut names = fs::read_dir(folder).expect("the site").filter_map(|entry| Some(entry.ok()?.path()));
        let is_it = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            name.starts_with(start) && name.ends_with(end)
        };
        names.find(is_it).expect("such a file")
    };
    let mut renamed = vec![(old.to_owned(), new.clone())];
    for (start, mark) in [("boot-", "\nglobalThis.release = 2;"), ("panels-", "\nexport const release = 'new';")] {
        let path = find(start, ".js");
        let text = fs::read_to_string(&path).expect("a script");
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let other = format!("{start}00000000000000f2.js");
        fs::write(folder.join(&other), text + mark).expect("a script");
        fs::remove_file(&path).expect("no old script");
        renamed.push((name, other));
    }
    for name in ["index.html", "sw.js"] {
        let text = fs::read_to_string(folder.join(name)).expect("a file");
        let text = renamed.iter().fold(text, |text, (from, to)| text.replace(from, to));
        fs::write(folder.join(name), text).expect("a file");
    }
    new
}
