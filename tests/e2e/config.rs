//! What a deployment says, locks and offers in `config.json`.

use serde_json::{Value, json};

use crate::look::{cut, narrow};
use crate::page::{HTTPS, HTTPS_INPUTS, Page, SSL, SSL_INPUTS};
use thirtyfour::Key;

use crate::scene::{Scene, scene};

const PROJECTS: &str = "#/huawei-iam/KeystoneListProjects";
const LOGIN: &str = "#/huawei-iam/KeystoneCreateUserTokenByPassword";
const READ_ONLY: &str = "Read-only: nothing that changes anything is sent from here.";
pub(crate) const MISTAKES: &str = "config.json has mistakes";

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
    page.click("action", "send").await;
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
            assert_eq!(page.words(".actions .muted").await, READ_ONLY, "beside Send");
            let preview = page.words(".request").await;
            Page::says(
                &preview,
                &["PUT https://gaussdb.cn-north-4.myhuaweicloud.com/v3/", "X-Auth-Token: ", "Sent through"],
            );
            is_refused(page, &["This call is not sent from here", "This console is read-only", "in config.json"]).await;
            page.announces("This call is not sent from here").await;
            page.axe("a read-only console").await;
            assert_eq!(page.words(".request").await, preview, "it can still be looked at");

            page.open_operation(PROJECTS).await;
            Page::says(
                &page.words(".actions .muted").await,
                &["Goes to iam.cn-north-4.myhuaweicloud.com through Proxy"],
            );
            page.ask().await;
            let read = page.received_one();
            assert_eq!(read.method, "GET");
            assert_eq!(read.header("x-auth-token"), "any-token-will-do");
            page.axe("a call that reads").await;

            page.open_operation(LOGIN).await;
            page.connect_by("Sandbox").await;
            page.fill_example().await;
            page.connect_by("Proxy").await;
            page.ask().await;
            let token = page.received_last();
            assert_eq!(
                (token.method.as_str(), token.target.as_str()),
                ("POST", "/iam.cn-north-4.myhuaweicloud.com/v3/auth/tokens?nocatalog=true"),
                "a call that the description names safe"
            );
            assert_eq!(page.sandbox.received().len(), 2);
        })
        .await;
}

#[tokio::test]
async fn a_read_only_console_says_so_on_every_page() {
    for setting in [json!(true), json!("yes")] {
        configured(&json!({ "readOnly": setting }))
            .run(async |page| {
                narrow(page).await;
                for address in ["", SSL, PROJECTS, "#/settings", "#/credentials", "#/check", "#/no/such/place"] {
                    page.open(address).await;
                    page.wait_for("document.querySelector('[role=note]') !== null").await;
                    assert_eq!(page.words("[role=note]").await, READ_ONLY, "on {address}");
                    assert_eq!(cut(page, address).await, [] as [&str; 0]);
                }
                page.open("#/settings").await;
                page.shows(&format!("{READ_ONLY} Locked: whoever runs this site")).await;
                page.open_operation(SSL).await;
                page.fill_all(&SSL_INPUTS).await;
                is_refused(page, &["This call is not sent from here"]).await;
            })
            .await;
    }
}

#[tokio::test]
async fn messages_are_asked_for_in_the_language_of_the_deployment_unless_the_user_wants_another() {
    configured(&json!({ "language": "zh" }))
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            page.call().await;
            assert_eq!(page.received_one().header("x-language"), "zh-cn");
            page.choose("X-Language", "en-us").await;
            page.call().await;
            assert_eq!(page.received_last().header("x-language"), "en-us");
            assert_eq!(page.eval::<String>("document.documentElement.lang").await, "en", "the console's own words");
        })
        .await;
    for plain in [json!({}), json!({ "language": "en" })] {
        configured(&plain)
            .run(async |page| {
                page.open_operation(SSL).await;
                page.fill_all(&SSL_INPUTS).await;
                page.call().await;
                assert_eq!(page.received_one().header("x-language"), "en-us");
            })
            .await;
    }
}

#[tokio::test]
async fn a_console_that_offers_no_operation_says_so_and_who_can_change_that() {
    configured(&json!({ "operations": ["no/such"] }))
        .run(async |page| {
            page.open("").await;
            let words = "No operation is offered here: whoever runs this site has set operations in config.json.";
            page.shows(words).await;
            Page::says(&page.words("nav").await, &[words]);
            page.control('k').await;
            page.fill("Search operations, pages, calls and actions", "ssl").await;
            page.announces("Nothing matches.").await;
            page.axe("nothing is found").await;
            page.press(Key::Escape + Key::Escape).await;
            page.axe("no operation at all").await;
            page.open(SSL).await;
            page.shows("There is no such page").await;
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
            assert!(!page.has("action", "send").await);
            page.axe("an operation that is not offered").await;
            page.click("link", "Back to all operations").await;
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
            assert_eq!(page.eval::<usize>("document.querySelectorAll('[data-locked]').length").await, 2);
            assert!(!page.has("field", "Time limit in seconds").await);
            let list = "find('choice', 'Connection')";
            assert!(page.eval::<bool>(&format!("{list}.disabled")).await);
            assert_eq!(page.eval::<String>(&format!("{list}.title")).await, note);
            assert_eq!(page.eval::<String>(&format!("tidy({list}.selectedOptions[0].textContent)")).await, "Sandbox");
            page.axe("locked settings").await;

            page.open("#/settings").await;
            page.shows("Idle lock in minutes: 3").await;
            Page::says(&page.words("main").await, &[note]);
            assert!(!page.has("field", "Idle lock in minutes").await);
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
            assert_eq!(page.value("Idle lock in minutes").await, "3");
            page.reload().await;
            page.open("#/settings").await;
            assert_eq!(page.value("Time limit in seconds").await, "8");
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
