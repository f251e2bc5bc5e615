//! The worker: when it comes, and what happens when it does not.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::browser::until;
use crate::page::{HTTPS, HTTPS_INPUTS, Page, SSL, SSL_INPUTS};
use crate::scene::{dist, scene};
use crate::upgrade::own_copy;

/// The names of the files that the site was asked for, without their folder.
fn asked(page: &Page, prefix: &str) -> Vec<String> {
    let start = format!("GET {prefix}/");
    let name = |line: String| line.strip_prefix(&start)?.split(' ').next().map(str::to_owned);
    page.site.requests().into_iter().filter_map(name).collect()
}

#[tokio::test]
async fn the_worker_comes_with_the_first_call_to_the_sandbox() {
    for prefix in ["", "/tools/tls"] {
        scene()
            .under(prefix)
            .run(async |page| {
                page.open_operation(SSL).await;
                page.find("button", "Outcomes").await;
                page.fill_all(&SSL_INPUTS).await;
                let of_worker = || asked(page, prefix).iter().filter(|name| name.starts_with("worker")).count();
                assert_eq!(of_worker(), 0, "not before a call is sent");
                page.send().await;
                page.confirm().await;
                page.answer().await;
                assert_eq!(page.verdict().await, "good Accepted");
                assert_eq!(of_worker(), 3, "loader, glue and program");
                page.open_from_list("Enable HTTPS").await;
                page.fill_all(&HTTPS_INPUTS).await;
                page.call().await;
                assert_eq!(page.verdict().await, "good Accepted");
                assert_eq!(of_worker(), 3, "once for all calls");
                let bad: Vec<String> =
                    page.site.requests().into_iter().filter(|line| !line.ends_with(" 200")).collect();
                assert_eq!(bad, [] as [&str; 0]);
            })
            .await;
    }
}

#[tokio::test]
async fn the_budget_counts_what_a_browser_fetches_before_the_first_click() {
    let sizes = concat!(env!("CARGO_MANIFEST_DIR"), "/tools/sizes.mjs");
    let list = Command::new("node").arg(sizes).arg(dist()).arg("--list").output().expect("node");
    let list = String::from_utf8(list.stdout).expect("text");
    let counted: BTreeSet<String> = list.lines().map(str::to_owned).collect();
    assert!(counted.len() > 5, "{counted:?}");
    for operation in [SSL, HTTPS] {
        scene()
            .run(async |page| {
                page.open_operation(operation).await;
                let fetched = || -> BTreeSet<String> {
                    let page_itself = |name: String| if name.is_empty() { String::from("index.html") } else { name };
                    asked(page, "").into_iter().map(page_itself).collect()
                };
                let missing = || counted.difference(&fetched()).cloned().collect::<Vec<_>>();
                until("all that is counted", async || missing().is_empty().then_some(())).await;
                // One more round trip, for what would still be on its way.
                page.wait_for("document.readyState === 'complete'").await;
                assert_eq!(fetched(), counted);
            })
            .await;
    }
}

/// The files of the worker in a folder: loader, glue and program.
fn files(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).expect("the site").filter_map(|entry| Some(entry.ok()?.path()));
    let is_it = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("worker") && (name.ends_with(".js") || name.ends_with(".wasm"))
    };
    let mut found: Vec<PathBuf> = paths.filter(is_it).collect();
    found.sort();
    found
}

async fn calls_and_sees(page: &Page, verdict: &str) -> String {
    let answer = page.call().await;
    assert_eq!(page.verdict().await, verdict, "{answer}");
    answer
}

#[tokio::test]
async fn a_worker_that_cannot_be_loaded_is_told_and_the_next_call_tries_again() {
    let folder = own_copy("worker-missing");
    let files = files(&folder);
    assert_eq!(files.len(), 3, "{files:?}");
    for file in &files {
        let away = folder.join("away");
        fs::rename(file, &away).expect("a file");
        scene()
            .folder(folder.clone())
            .run(async |page| {
                page.allow_console("worker");
                page.open_operation(SSL).await;
                page.fill_all(&SSL_INPUTS).await;
                let answer = calls_and_sees(page, "bad A part of the console could not be loaded").await;
                Page::says(&answer, &["Nothing was sent.", "Send again."]);
                page.axe("no worker").await;
                fs::rename(&away, file).expect("a file");
                calls_and_sees(page, "good Accepted").await;
            })
            .await;
    }
}

#[tokio::test]
async fn a_worker_that_the_policy_forbids_is_told() {
    let folder = own_copy("worker-forbidden");
    let index = folder.join("index.html");
    let text = fs::read_to_string(&index).expect("the page");
    let meta = "<head><meta http-equiv=\"Content-Security-Policy\" content=\"worker-src 'none'\">";
    fs::write(&index, text.replacen("<head>", meta, 1)).expect("the page");
    scene()
        .folder(folder)
        .run(async |page| {
            page.allow_violation("worker-src");
            page.allow_console("Content Security Policy");
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            calls_and_sees(page, "bad A part of the console could not be loaded").await;
        })
        .await;
}

#[tokio::test]
async fn a_worker_that_stops_fails_its_call_at_once_and_the_next_call_starts_another() {
    let folder = own_copy("worker-crash");
    let loader = files(&folder).into_iter().find(|path| path.to_string_lossy().contains("worker_loader-"));
    let loader = loader.expect("the loader");
    let whole = fs::read_to_string(&loader).expect("a script");
    // `Ready`, then an end as after a panic.
    let broken = "onmessage = () => { throw new WebAssembly.RuntimeError('unreachable'); };
        postMessage(new Uint8Array([0, 0]));";
    fs::write(&loader, broken).expect("a script");
    scene()
        .folder(folder)
        .run(async |page| {
            page.allow_console("unreachable");
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            let answer = calls_and_sees(page, "bad The sandbox has stopped").await;
            Page::says(&answer, &["Nothing was sent.", "Send again"]);
            assert!(page.eval::<bool>("document.getElementById('crashed').hidden").await, "the page goes on");
            fs::write(&loader, &whole).expect("a script");
            calls_and_sees(page, "good Accepted").await;
        })
        .await;
}
