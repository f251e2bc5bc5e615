//! What a deployment says and locks in `config.json`, and what it is told of its mistakes.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use serde_json::{Value, json};

use crate::page::{HTTPS, HTTPS_INPUTS, Page, SSL, SSL_INPUTS};
use crate::scene::{Scene, dist, scene};

const PROJECTS: &str = "#/huawei-iam/KeystoneListProjects";
const LOGIN: &str = "#/huawei-iam/KeystoneCreateUserTokenByPassword";
const MISTAKES: &str = "config.json has mistakes";

/// The usual site, its proxy chosen at the start, with these keys in its configuration besides.
pub(crate) fn configured(more: &Value) -> Scene {
    let mut config = json!({
        "descriptions": ["apis/huawei-taurusdb.json", "apis/aliyun-elasticsearch.json", "apis/huawei-iam.json"],
        "connections": [
            { "name": "Sandbox", "kind": "sandbox" },
            { "name": "Proxy", "kind": "proxy", "url": "./proxy/{host}{path}{query}" }
        ],
        "defaultConnection": "Proxy"
    });
    for (key, value) in more.as_object().unwrap() {
        config[key] = value.clone();
    }
    scene().config(config)
}

/// Presses Send and waits for these words instead of the question.
pub(crate) async fn is_refused(page: &Page, words: &[&str]) {
    page.click("button", "Send").await;
    for words in words {
        page.shows(words).await;
    }
    assert!(!page.eval::<bool>("document.querySelector('dialog[open]') !== null").await, "nothing is asked");
    assert_eq!(page.sandbox.received(), [], "and nothing is sent");
}

/// The words of a list's options.
pub(crate) async fn options(page: &Page, list: &str) -> Vec<String> {
    page.find("choice", list).await;
    page.eval(&format!("[...find('choice', '{list}').options].map((option) => tidy(option.textContent))")).await
}

async fn mistakes(page: &Page) -> String {
    page.wait_for(&format!("find('region', '{MISTAKES}') !== null")).await;
    page.eval(&format!("wordsOf(find('region', '{MISTAKES}'))")).await
}

#[tokio::test]
async fn the_banner_stands_on_every_page() {
    configured(&json!({ "banner": "Changes to production need a ticket <b>first</b>." }))
        .run(async |page| {
            for address in ["", SSL, HTTPS, "#/settings", "#/credentials", "#/check", "#/no/such/place"] {
                page.open(address).await;
                page.wait_for("document.querySelector('[role=note]') !== null").await;
                let banner = page.words("[role=note]").await;
                assert_eq!(banner, "Changes to production need a ticket <b>first</b>.", "on {address}");
                page.axe(&format!("a banner on {address}")).await;
            }
            assert!(!page.has("region", MISTAKES).await);
        })
        .await;
}

#[tokio::test]
async fn a_read_only_console_shows_everything_and_sends_only_what_reads() {
    configured(&json!({ "readOnly": true }))
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            let preview = page.words(".request").await;
            Page::says(
                &preview,
                &["PUT https://gaussdb.cn-north-4.myhuaweicloud.com/v3/", "X-Auth-Token: ", "really goes to"],
            );
            is_refused(page, &["This call is not sent from here", "this console is read-only", "in config.json"]).await;
            page.announces("This call is not sent from here").await;
            page.axe("a read-only console").await;
            assert_eq!(page.words(".request").await, preview, "it can still be looked at");

            page.open_operation(PROJECTS).await;
            page.click("button", "Send").await;
            page.answer().await;
            let read = page.received_one();
            assert_eq!(read.method, "GET");
            assert_eq!(read.header("x-auth-token"), "any-token-will-do");
            page.axe("a call that reads").await;

            page.open_operation(LOGIN).await;
            page.connect_by("Sandbox").await;
            page.click("button", "Fill in an example").await;
            page.connect_by("Proxy").await;
            page.click("button", "Send").await;
            page.answer().await;
            let token = page.received_last();
            assert_eq!(
                (token.method.as_str(), token.target.as_str()),
                ("POST", "/iam.cn-north-4.myhuaweicloud.com/v3/auth/tokens?nocatalog=true"),
                "a call that the description names harmless"
            );
            assert_eq!(page.sandbox.received().len(), 2);
        })
        .await;
}

#[tokio::test]
async fn operations_that_are_not_offered_are_not_listed_and_have_no_page() {
    configured(&json!({ "operations": ["huawei-*/*"] }))
        .run(async |page| {
            page.open(HTTPS).await;
            page.wait_for("tidy(document.querySelector('h1').textContent) === 'There is no such page'").await;
            page.shows("is not offered here: /aliyun-elasticsearch/OpenHttps").await;
            assert!(!page.has("button", "Send").await);
            page.axe("an operation that is not offered").await;
            page.click("link", "See all operations").await;
            page.shows("Enable or disable SSL").await;
            page.shows("List projects").await;
            assert!(!page.words("body").await.contains("Enable HTTPS"), "neither a card nor an entry of the list");
            page.axe("some operations").await;
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            page.call().await;
            assert_eq!(page.received_one().method, "PUT");
        })
        .await;
}

#[tokio::test]
async fn what_is_locked_is_shown_as_locked_and_memory_does_not_win() {
    let remember = "try {
        localStorage.setItem('tls-console.time-limit', '500');
        localStorage.setItem('tls-console.idle-minutes', '400');
        localStorage.setItem('tls-console.connection', '1');
    } catch {}";
    let locked = json!({
        "timeLimit": 7, "idleMinutes": 3, "defaultConnection": "Sandbox",
        "locked": ["timeLimit", "idleMinutes", "connection"]
    });
    configured(&locked)
        .before(remember)
        .run(async |page| {
            let note = "Locked: whoever runs this site has set this in config.json.";
            page.open("#/settings").await;
            page.shows("Time limit in seconds: 7").await;
            assert_eq!(page.eval::<usize>("document.querySelectorAll('[data-locked]').length").await, 1);
            assert!(!page.has("field", "Time limit in seconds").await);
            let list = "find('choice', 'Connection')";
            assert!(page.eval::<bool>(&format!("{list}.disabled")).await);
            assert_eq!(page.eval::<String>(&format!("{list}.title")).await, note);
            assert_eq!(page.eval::<String>(&format!("tidy({list}.selectedOptions[0].textContent)")).await, "Sandbox");
            page.axe("locked settings").await;

            page.open("#/credentials").await;
            page.shows("Minutes: 3").await;
            Page::says(&page.words("main").await, &[note]);
            assert!(!page.has("field", "Minutes").await);
            page.axe("a locked idle lock").await;

            page.open_operation(HTTPS).await;
            page.fill_all(&HTTPS_INPUTS).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            assert_eq!(page.sandbox.received(), [], "the sandbox of the page answered");
        })
        .await;
}

#[tokio::test]
async fn what_is_not_locked_is_the_users_and_begins_as_the_deployment_says() {
    configured(&json!({ "timeLimit": 7, "idleMinutes": 3 }))
        .run(async |page| {
            page.open("#/settings").await;
            assert_eq!(page.value("Time limit in seconds").await, "7");
            page.fill("Time limit in seconds", "8").await;
            page.open("#/credentials").await;
            assert_eq!(page.value("Minutes").await, "3");
            page.browser.driver.refresh().await.expect("the page");
            page.open("#/settings").await;
            assert_eq!(page.value("Time limit in seconds").await, "8");
        })
        .await;
}

#[tokio::test]
async fn every_kind_of_mistake_is_told_with_what_was_probably_meant() {
    let config = json!({
        "baner": "Hello",
        "title": 7,
        "language": "de",
        "timeLimit": 0,
        "readOnly": "no",
        "operations": [],
        "locked": ["conection"],
        "descriptions": ["https://evil.test/api.json", "apis/aliyun-elasticsearch.json"],
        "connections": [
            { "name": "A", "kind": "proxi", "url": "./p/{url}" },
            { "name": "B", "kind": "proxy" },
            { "name": "C", "kind": "proxy", "url": "ftp://c.test/{url}" },
            { "name": "D", "kind": "proxy", "url": "./p/{hots}" },
            { "name": "Sandbox", "kind": "sandbox" },
            { "name": "Sandbox", "kind": "direct" }
        ],
        "defaultConnection": "Sandbx",
        "providers": { "Alibaba Cloud": { "regoins": ["cn-*"], "servers": [{ "url": "http://a.test" }] } }
    });
    scene()
        .config(config)
        .run(async |page| {
            page.open("").await;
            let told = mistakes(page).await;
            Page::says(
                &told,
                &[
                    "#/baner: unknown key; did you mean banner?",
                    "#/title: must be a string. This part is ignored.",
                    "#/language: must be one of en",
                    "#/timeLimit: must be a whole number from 1 to 600",
                    "#/readOnly: must be true or false. It is there to forbid something: until it is corrected, it forbids everything.",
                    "#/operations: must not be empty. It is there to forbid something",
                    "#/locked/0: did you mean connection? must be one of timeLimit, idleMinutes, connection. It is there to forbid",
                    "#/descriptions/0: must be a file of this site",
                    "#/connections/0/kind: did you mean proxy?",
                    "#/connections/1/url: missing",
                    "#/connections/2/url: not an http(s) address or a path",
                    "#/connections/3/url: unknown placeholder {hots}",
                    "#/connections/5/name: the name Sandbox is used twice",
                    "#/defaultConnection: did you mean Sandbox?",
                    "#/providers/Alibaba Cloud/regoins: unknown key; did you mean regions?",
                    "#/providers/Alibaba Cloud/servers/0/url: must be https:// and a host",
                ],
            );
            page.axe("mistakes of every kind").await;
            page.wait_for("document.querySelectorAll('.loading').length === 0").await;
            assert!(!page.words("body").await.contains("Enable HTTPS"), "operations that cannot be read forbid all");
            assert_eq!(options(page, "Connection").await, ["Sandbox"]);
            assert!(page.eval::<bool>("find('choice', 'Connection').disabled").await, "and so do locks");
            page.open(HTTPS).await;
            page.wait_for("tidy(document.querySelector('h1').textContent) === 'There is no such page'").await;
        })
        .await;
}

#[tokio::test]
async fn nothing_in_the_address_changes_the_configuration() {
    let evil = "url=https%3A%2F%2Fevil.test%2F%7Burl%7D&config=https%3A%2F%2Fevil.test%2Fconfig.json\
        &descriptions=https%3A%2F%2Fevil.test%2Fapi.json&defaultConnection=Sandbox&readOnly=true";
    configured(&json!({}))
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            let plain = page.words(".request").await;
            let connections = options(page, "Connection").await;
            for address in [format!("{SSL}?{evil}"), format!("?{evil}{SSL}")] {
                page.open("#/").await;
                page.open_operation(&address).await;
                page.fill_all(&SSL_INPUTS).await;
                assert_eq!(page.words(".request").await, plain, "{address}");
                assert_eq!(options(page, "Connection").await, connections, "{address}");
                page.axe("a strange address").await;
                page.call().await;
            }
            page.open(&format!("#/?{evil}")).await;
            page.shows("Enable HTTPS").await;
            assert!(!page.words("body").await.contains("evil"));
            let received = page.sandbox.received();
            assert_eq!(received.len(), 2);
            assert!(received.iter().all(|one| one.target.starts_with("/gaussdb.cn-north-4.myhuaweicloud.com/v3/")));
            assert!(page.new_requests().await.iter().all(|url| url.starts_with(&page.base)));
        })
        .await;
}

#[tokio::test]
async fn a_missing_configuration_is_named_and_leaves_the_sandbox() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("without-config");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    for entry in fs::read_dir(dist()).expect("the built site") {
        let entry = entry.expect("an entry");
        if entry.file_name() != "config.json" {
            symlink(entry.path(), folder.join(entry.file_name())).expect("a link");
        }
    }
    scene()
        .folder(folder)
        .run(async |page| {
            page.allow_console("config.json");
            page.open("").await;
            let told = mistakes(page).await;
            Page::says(&told, &["config.json#: not found: HTTP status 404. The built-in defaults are in force."]);
            assert_eq!(options(page, "Connection").await, ["Sandbox"]);
            page.axe("without a configuration").await;
            page.open_operation(HTTPS).await;
            page.fill_all(&HTTPS_INPUTS).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            assert_eq!(page.sandbox.received(), []);
        })
        .await;
}
