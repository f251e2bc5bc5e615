//! What survives a reload: connection, region, forms, the log of the session, and a call that was under way.

use crate::page::{CLUSTER, HTTPS, HTTPS_INPUTS, INSTANCE, KEY_SECRET, PROJECT, Page, SSL, SSL_INPUTS};
use crate::scene::scene;
use serde_json::json;
use thirtyfour::Key;

const LOG: &str = "(document.getElementById('log-list') === null ? ''
    : wordsOf(find('region', document.getElementById('log-title').textContent)))";

/// No call is answered any more; the site's own files come.
const NO_ANSWER: &str = "const fetch = window.fetch;
    window.fetch = (wanted, ...rest) => new URL(wanted.url ?? wanted, location).pathname.includes('/proxy/')
        ? new Promise(() => {}) : fetch(wanted, ...rest);
    return null;";

/// The words of the log once it has these; its calls come after its title.
async fn log_with(page: &Page, words: &[&str]) -> String {
    page.wait_for(&format!("{}.every((words) => {LOG}.includes(words))", json!(words))).await;
    page.eval(LOG).await
}

#[tokio::test]
async fn connection_region_and_page_survive_a_reload_and_secrets_do_not() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.choose("Region", "AP-Singapore").await;
            page.fill_all(&SSL_INPUTS).await;
            page.reload().await;
            page.find("action", "send").await;
            assert_eq!(page.chosen("Connection").await, "Proxy");
            assert!(page.chosen("Region").await.contains("ap-southeast-3"));
            assert_eq!(page.value("instance_id").await, INSTANCE);
            assert_eq!(page.value("X-Auth-Token").await, "");
            let stored = page.everything().await;
            let secret = SSL_INPUTS[0].1;
            assert!(stored.iter().all(|(place, text)| !text.contains(secret) || place.starts_with("the input")));
            // A form that nobody opens in between is kept as well.
            page.open("#/settings").await;
            page.reload().await;
            page.reload().await;
            page.open_operation(SSL).await;
            assert_eq!(page.value("instance_id").await, INSTANCE);
        })
        .await;
}

#[tokio::test]
async fn a_locked_connection_wins_over_what_the_tab_remembers() {
    let config = |locked: &[&str]| {
        json!({
            "connections": [
                { "name": "Sandbox", "kind": "sandbox" },
                { "name": "Proxy", "kind": "proxy", "url": "./proxy/{host}{path}{query}" }
            ],
            "defaultConnection": "Proxy", "locked": locked,
        })
    };
    scene()
        .config(config(&["connection"]))
        .before(
            "sessionStorage.setItem('tls-console.snapshot', JSON.stringify({ version: 2, connection: 'Sandbox',
            profiles: null, forms: [], log: [] }))",
        )
        .run(async |page| {
            page.open_operation(SSL).await;
            assert_eq!(page.chosen("Connection").await, "Proxy");
        })
        .await;
}

#[tokio::test]
async fn the_log_lists_every_call_in_order_is_copied_as_text_and_survives_a_reload() {
    scene()
        .run(async |page| {
            page.open_operation(HTTPS).await;
            page.connect_by("Proxy").await;
            page.fill_all(&HTTPS_INPUTS).await;
            page.call().await;
            page.fill("InstanceId", "es-cn-notfound00000001").await;
            page.call().await;
            page.open_operation(SSL).await;
            page.connect_by("Sandbox").await;
            page.fill_all(&SSL_INPUTS).await;
            page.call().await;
            for hash in ["#/", SSL] {
                page.open(hash).await;
                page.wait_for(&format!("{LOG}.includes('This session (3)')")).await;
                let log = log_with(
                    page,
                    &[
                        CLUSTER,
                        "HTTPS on",
                        "Accepted",
                        "es-cn-notfound00000001",
                        INSTANCE,
                        "SSL on",
                        "Simulated",
                        "job_id",
                    ],
                )
                .await;
                let places = [CLUSTER, "es-cn-notfound00000001", INSTANCE].map(|id| log.find(id));
                assert!(places.is_sorted(), "in the order of sending: {log}");
                let end = "document.getElementById('log-list').getBoundingClientRect().bottom - find('region', \
                    document.getElementById('log-title').textContent).querySelector('li:last-child').getBoundingClientRect().bottom";
                page.wait_for(&format!("{end} > -1")).await;
                page.axe("a log of three calls").await;
            }
            page.click("button", "Copy all calls").await;
            page.wait_for("window.copied.length === 1").await;
            let copied: String = page.eval("window.copied[0]").await;
            let lines: Vec<&str> = copied.lines().collect();
            assert_eq!(lines.len(), 3, "{copied}");
            for (line, wanted) in lines.iter().zip([CLUSTER, "es-cn-notfound00000001", INSTANCE]) {
                assert!(line.contains(wanted) && line.matches('\t').count() == 5, "in the order of sending: {copied}");
            }
            assert!(!copied.contains(KEY_SECRET));
            page.reload().await;
            log_with(page, &["This session (3)", CLUSTER, INSTANCE, "Accepted"]).await;
        })
        .await;
}

#[tokio::test]
async fn a_reload_during_a_call_is_asked_about_and_afterwards_the_page_says_what_was_under_way() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&SSL_INPUTS).await;
            let is_asked = "(() => { const event = new Event('beforeunload', { cancelable: true });
                dispatchEvent(event); return event.defaultPrevented; })()";
            assert!(!page.eval::<bool>(is_asked).await, "nothing is under way");
            // An answer that never comes.
            page.script(NO_ANSWER, Vec::new()).await;
            page.send().await;
            page.confirm().await;
            page.wait_for(&format!("{LOG}.includes('Under way')")).await;
            assert!(page.eval::<bool>(is_asked).await, "the browser asks before the answer is lost");
            page.axe("a call under way").await;

            page.reload().await;
            let title = "A call was under way when this page was reloaded";
            page.find("region", title).await;
            // The page looks by itself, and says what it needs for that: the token went with the page before.
            page.wait_for(&format!("wordsOf(find('region', '{title}')).includes('A credential is needed to look.')"))
                .await;
            let notice: String = page.eval(&format!("wordsOf(find('region', '{title}'))")).await;
            Page::says(&notice, &[INSTANCE, "SSL on", "Proxy", "may have been carried out", "To find out:"]);
            page.axe("a call was under way").await;
            page.wait_for(&format!("{LOG}.includes('Not known')")).await;
            page.click("button", "Dismiss").await;
            page.wait_for(&format!("find('region', '{title}') === null")).await;
            page.reload().await;
            page.wait_for(&format!("{LOG}.includes('Not known')")).await;
            assert!(!page.has("region", title).await, "it is said once");
            // The history knows of it from its sending on.
            page.click("link", "History").await;
            page.shows("Sent; no answer is known").await;
            page.shows(INSTANCE).await;
        })
        .await;
}

#[tokio::test]
async fn a_lost_call_keeps_its_client_token_over_the_reload() {
    scene()
        .run(async |page| {
            page.open_operation(HTTPS).await;
            page.connect_by("Proxy").await;
            page.fill_all(&HTTPS_INPUTS).await;
            let token: String = page.eval("document.querySelector('[name=clientToken]').value").await;
            page.script(NO_ANSWER, Vec::new()).await;
            page.send().await;
            page.confirm().await;
            page.wait_for(&format!("{LOG}.includes('Under way')")).await;
            page.reload().await;
            page.find("action", "send").await;
            page.fill_all(&HTTPS_INPUTS[..2]).await;
            page.call().await;
            assert!(page.received_one().target.contains(&format!("clientToken={token}")), "the same call again");
        })
        .await;
}

#[tokio::test]
async fn recent_ids_are_offered_where_they_were_sent_to() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            let offered = "[...find('field', 'instance_id').list.options].map((option) => option.value)";
            assert_eq!(page.eval::<Vec<String>>(offered).await, [] as [&str; 0]);
            page.call().await;
            page.wait_for(&format!("{offered}.length === 1")).await;
            page.connect_by("Proxy").await;
            page.wait_for(&format!("{offered}.length === 0")).await;
            page.call().await;
            page.wait_for(&format!("{offered}.join() === '{INSTANCE}'")).await;
            // Other calls of the provider take the same project.
            page.open_operation("#/huawei-taurusdb/ListGaussMySqlInstancesUnifyStatus").await;
            let projects = "[...find('field', 'project_id').list.options].map((option) => option.value)";
            page.wait_for(&format!("{projects}.join() === '{PROJECT}'")).await;
            page.open_operation(SSL).await;
            page.reload().await;
            page.find("action", "send").await;
            page.wait_for(&format!("{offered}.join() === '{INSTANCE}'")).await;
        })
        .await;
}

#[tokio::test]
async fn a_deployment_can_switch_the_recent_instances_off() {
    scene()
        .config(json!({ "recentInstances": false }))
        .before(
            "localStorage.setItem('tls-console.recent-instances', '{\"sandbox/Huawei Cloud/instance_id\":[\"old\"]}')",
        )
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            page.call().await;
            assert_eq!(page.eval::<usize>("find('field', 'instance_id').list.options.length").await, 0);
            page.wait_for("!localStorage.getItem('tls-console.recent-instances')").await;
        })
        .await;
}

#[tokio::test]
async fn blanks_that_came_along_with_a_pasted_id_are_removed_with_a_remark() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&SSL_INPUTS).await;
            page.fill("instance_id", &format!("\u{a0}{INSTANCE}\u{200b} ")).await;
            page.shows("Blanks or invisible characters around instance_id were removed.").await;
            assert_eq!(page.value("instance_id").await, INSTANCE);
            page.axe("a tidied id").await;
            page.call().await;
            assert!(page.received_one().target.contains(&format!("/instances/{INSTANCE}/")));
        })
        .await;
}

#[tokio::test]
async fn a_pasted_id_is_tidied_at_once_and_the_first_press_asks() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&SSL_INPUTS).await;
            // Blanks that were typed are removed by the check, and the question stays open.
            page.enter("instance_id", &format!(" {INSTANCE} ")).await;
            page.press(Key::Enter.value().to_string()).await;
            page.find("dialog", "confirm").await;
            page.press(Key::Escape.value().to_string()).await;
            page.wait_for("document.querySelector('dialog[open]') === null").await;

            let origin = page.base.trim_end_matches('/');
            let write = json!({ "permission": { "name": "clipboard-write" }, "setting": "granted", "origin": origin });
            page.browser.devtools("Browser.setPermission", write).await;
            page.later(&format!(
                "const done = arguments[0]; navigator.clipboard.writeText(' {INSTANCE} ').then(done);"
            ))
            .await;
            page.fill("instance_id", "x").await;
            let field = page.find("field", "instance_id").await;
            field.send_keys(Key::Control + "a").await.expect("keys");
            field.send_keys(Key::Control + "v").await.expect("keys");
            page.shows("Blanks or invisible characters around instance_id were removed.").await;
            page.wait_for(&format!("find('field', 'instance_id').value === '{INSTANCE}'")).await;
            page.focus_is("INPUT instance_id Instance ID *").await;
            // The remark is there before the user aims at the act: it does not move any more.
            let top = "find('field', 'project_id').getBoundingClientRect().top + scrollY";
            let before: f64 = page.eval(top).await;
            page.send().await;
            page.press(Key::Escape.value().to_string()).await;
            page.wait_for("document.querySelector('dialog[open]') === null").await;
            assert!((page.eval::<f64>(top).await - before).abs() < 1.0);
            page.call().await;
            assert!(page.received_one().target.contains(&format!("/instances/{INSTANCE}/")));
        })
        .await;
}
