//! From one version of the console to the next, with a service worker.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::page::{CLUSTER, CONTROLLED, HTTPS, HTTPS_INPUTS, KEY_ID, KEY_SECRET, PROJECT, SSL, SSL_INPUTS};
use crate::scene::{dist, scene};

/// A region that is not the first.
const REGION: &str = "AP-Singapore (ap-southeast-3)";

#[tokio::test]
async fn a_new_version_waits_for_the_user_and_then_runs_alone() {
    let folder = own_copy("upgrade");
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
            page.choose("Region", REGION).await;
            assert!(!page.eval::<bool>("find('button', 'Reload') !== null").await);
            let update = "const done = arguments[arguments.length - 1];
                navigator.serviceWorker.getRegistration().then((found) => found.update()).then(() => done(true));";
            page.later(update).await;
            page.find("button", "Reload").await;
            page.axe("a new version is ready").await;

            // Nothing is lost, and what the old page fetches now is its own, though the server has it no more.
            assert_eq!(page.value("project_id").await, PROJECT);
            assert_eq!(page.eval::<Value>("globalThis.release ?? null").await, Value::Null);
            let of_update = "const done = arguments[arguments.length - 1];
                fetch(document.querySelector('script[data-update]').dataset.update).then((answer) => answer.text())
                    .then((text) => done(text.includes('release') ? 'new' : 'old'), (error) => done(String(error)));";
            assert_eq!(page.later(of_update).await, json!("old"));
            page.fill_all(&SSL_INPUTS).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");

            page.click("button", "Reload").await;
            page.wait_for("globalThis.release === 2").await;
            let now: String = page.eval("document.querySelector('script[data-version]').dataset.version").await;
            assert_eq!(now, new);
            page.find("action", "send").await;
            assert_eq!(page.later(of_update).await, json!("new"));
            assert_eq!(page.value("project_id").await, PROJECT);
            assert_eq!(page.value("X-Auth-Token").await, "", "no secret");
            assert_eq!([page.chosen("Connection").await, page.chosen("Region").await], ["Proxy", REGION]);
            assert!(!page.eval::<bool>("find('button', 'Reload') !== null").await);

            page.site.go_down();
            page.reload().await;
            assert_eq!(page.eval::<u8>("globalThis.release").await, 2, "off-line too");
            page.allow_console("net::ERR");
        })
        .await;
}

#[tokio::test]
async fn whoever_comes_back_gets_the_new_version_without_being_asked() {
    let folder = own_copy("comeback");
    scene()
        .worker()
        .folder(folder.clone())
        .run(async |page| {
            page.open_operation(SSL).await;
            page.wait_for(CONTROLLED).await;
            let old: String = page.eval("document.querySelector('script[data-version]').dataset.version").await;
            let new = next_version(&folder, &old);
            page.reload().await;
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
            assert_eq!(page.later(&own).await, json!(true), "the worker of this version took over by itself");
            assert!(!page.eval::<bool>("find('button', 'Reload') !== null").await);
        })
        .await;
}

/// As `update.js` does when a newer version is there.
const READY: &str = "dispatchEvent(new Event('update-ready'))";

#[tokio::test]
async fn the_next_version_has_all_that_was_typed_and_no_secret() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill("project_id", PROJECT).await;
            page.open_operation(HTTPS).await;
            page.connect_by("Proxy").await;
            page.fill_all(&HTTPS_INPUTS).await;
            page.fill("InstanceId", "es-fault-lost").await;
            let lost = page.value("clientToken").await;
            page.call().await;
            page.fill("InstanceId", CLUSTER).await;
            let other = page.value("clientToken").await;

            assert!(page.eval::<bool>(READY).await);
            page.click("button", "Reload").await;
            let kept: String = page.eval("JSON.stringify(sessionStorage)").await;
            assert!(kept.contains(CLUSTER) && !kept.contains(KEY_SECRET), "{kept}");
            page.reload().await;
            page.find("action", "send").await;
            let left: String = page.eval("sessionStorage.getItem('tls-console.snapshot')").await;
            assert!(
                left.contains(r#""profiles":null"#),
                "the public halves are handed over for the moment of loading only: {left}"
            );
            assert_eq!(page.chosen("Connection").await, "Proxy");
            assert_eq!(page.value("AccessKey ID").await, KEY_ID);
            assert_eq!(page.value("AccessKey secret").await, "");
            assert_eq!(page.value("InstanceId").await, CLUSTER);
            assert_eq!(page.value("clientToken").await, other);
            // The call whose answer was lost is still known: the same request has the same token.
            page.fill("InstanceId", "es-fault-lost").await;
            page.fill("AccessKey secret", KEY_SECRET).await;
            page.call().await;
            let sent: Vec<String> = page.sandbox.received().into_iter().map(|received| received.target).collect();
            assert_eq!(sent.len(), 2, "{sent:?}");
            assert!(sent.iter().all(|target| target.ends_with(&format!("?clientToken={lost}"))), "{sent:?}");
            page.open_from_list("Enable or disable SSL").await;
            assert_eq!(page.value("project_id").await, PROJECT);
            // A reload by the user keeps what is no secret as well.
            page.reload().await;
            page.find("action", "send").await;
            assert_eq!(page.value("project_id").await, PROJECT);
        })
        .await;
}

#[tokio::test]
async fn the_next_version_waits_for_a_call_that_is_under_way() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            page.fill("instance_id", "faultSlowxxxxxxxxxxxxxxxxxxxxxxxin07").await;
            page.send().await;
            page.confirm().await;
            page.find("button", "Cancel").await;
            assert!(page.eval::<bool>(READY).await);
            page.click("button", "Reload").await;
            page.wait_for("tidy(document.body.textContent).includes('A call is under way: reload when')").await;
            let left: String = page.eval("sessionStorage.getItem('tls-console.snapshot')").await;
            assert!(left.contains(r#""profiles":null"#), "nothing is handed over yet: {left}");
            page.click("button", "Cancel").await;
            page.find("action", "send").await;
            page.click("button", "Reload").await;
            page.wait_for("sessionStorage.length === 1").await;
        })
        .await;
}

/// The built site once more, for a test to change.
pub(crate) fn own_copy(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    copy(&dist(), &folder);
    folder
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

/// Makes the next version of a built site in its place: two of its scripts are other ones, with other names.
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
    for (start, mark) in [("boot-", "\nglobalThis.release = 2;"), ("update-", "\n// release 2")] {
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
