//! What happens around a change that is followed: a second tab, an idle lock, no network, a user who looks elsewhere.

use serde_json::json;

use crate::browser::until;
use crate::page::{CLUSTER, HTTPS, HTTPS_INPUTS, INSTANCE, Page, SSL, SSL_INPUTS};
use crate::scene::scene;

const CLOCK: &str = "localStorage.setItem('tls-console.idle-minutes', '1');
    const now = Date.now; window.ahead = 0; Date.now = () => now() + window.ahead;";

/// As if the user had allowed notifications, and looked at another tab while `away`; what is shown is written down.
const NOTIFICATIONS: &str = "window.notified = [];
    window.Notification = class {
        static permission = 'granted';
        constructor(title, options) { window.notified.push(`${title} | ${options.body}`); }
    };
    Object.defineProperty(document, 'hidden', { get: () => window.away === true });";

#[tokio::test]
async fn of_two_tabs_one_follows_and_the_other_goes_on_when_it_is_closed() {
    scene()
        .run(async |page| {
            page.prepare(SSL, &SSL_INPUTS, ("instance_id", INSTANCE)).await;
            page.call().await;
            page.until_followed("running").await;
            let driver = &page.browser.driver;
            let first = driver.window().await.unwrap();
            let second = driver.new_tab().await.unwrap();
            driver.switch_to_window(second.clone()).await.unwrap();
            page.open_operation(SSL).await;
            page.connect_by("Sandbox").await;
            page.fill_example().await;
            // The first tab holds the lock of the change, and this one waits for it.
            let waits = "window.told = arguments[arguments.length - 1]; navigator.locks.query().then(({ pending }) => window.told(pending.length))";
            until("the lock to be waited for", async || (page.later(waits).await == json!(1)).then_some(())).await;
            assert_eq!(page.followed().await, "", "two tabs would look twice");

            driver.switch_to_window(first).await.unwrap();
            driver.close_window().await.unwrap();
            driver.switch_to_window(second).await.unwrap();
            // A credential of another tab's user looks only when somebody says so.
            page.until_it_needs_a_credential().await;
            // The example's token goes to no cloud, and the change says where it would have gone.
            let before = page.sandbox.looks().len();
            page.click("button", "Go on with the new credential").await;
            page.wait_for(
                "wordsOf(document.querySelector('[data-follow]')).includes('X-Auth-Token still holds a value of the simulation')",
            )
            .await;
            Page::says(&page.words("[data-follow]").await, &["Looks go through Proxy"]);
            page.axe("a change that lacks a credential").await;
            assert_eq!(page.sandbox.looks().len(), before);
            page.fill("X-Auth-Token", "another-token-of-the-user").await;
            page.click("button", "Go on with the new credential").await;
            page.sandbox.set_speed(1000);
            page.look_until("completed").await;
            assert_eq!(page.sandbox.switches(INSTANCE), 1);
        })
        .await;
}

/// A change that is followed, and the page is loaded again: it has no credential any more.
async fn followed_and_reloaded(page: &Page) {
    page.prepare(HTTPS, &HTTPS_INPUTS, ("InstanceId", CLUSTER)).await;
    page.call().await;
    page.until_followed("running").await;
    page.reload().await;
    page.all_fields().await;
}

#[tokio::test]
async fn after_a_reload_a_look_uses_the_credential_that_was_typed() {
    scene()
        .run(async |page| {
            followed_and_reloaded(page).await;
            // The first look is due in half a minute, and there is nothing to look with.
            page.until_the_change_says("A credential is needed to look").await;
            let words = page.follow_words().await;
            assert!(!words.contains("look in") && !words.contains("checks whether"), "{words}");
            page.fill_all(&HTTPS_INPUTS[..2]).await;
            page.until_the_change_says("first look in").await;
            let before = page.sandbox.looks().len();
            page.click("button", "Look now").await;
            until("the look to arrive", async || (page.sandbox.looks().len() > before).then_some(())).await;
            page.sandbox.set_speed(1000);
            page.look_until("verified").await;
            assert_eq!(page.sandbox.switches(CLUSTER), 1);
        })
        .await;
}

#[tokio::test]
async fn a_look_that_was_asked_for_without_a_credential_is_made_when_there_is_one() {
    scene()
        .run(async |page| {
            followed_and_reloaded(page).await;
            page.click("button", "Look now").await;
            page.until_the_change_says("A credential is needed to look").await;
            let before = page.sandbox.looks().len();
            page.fill_all(&HTTPS_INPUTS[..2]).await;
            until("the look to arrive", async || (page.sandbox.looks().len() > before).then_some(())).await;
            page.sandbox.set_speed(1000);
            page.look_until("verified").await;
        })
        .await;
}

#[tokio::test]
async fn after_an_idle_lock_a_change_waits_for_a_credential_and_goes_on() {
    scene()
        .before(CLOCK)
        .run(async |page| {
            page.prepare(HTTPS, &HTTPS_INPUTS, ("InstanceId", CLUSTER)).await;
            page.call().await;
            page.until_followed("running").await;
            page.script("window.ahead += 61_000; return null;", Vec::new()).await;
            page.shows("Nobody touched this page for 1 min, so its secrets were forgotten.").await;
            page.click("button", "Look now").await;
            page.until_it_needs_a_credential().await;
            assert_eq!(page.followed().await, "running", "a lock is no failure");
            page.fill_all(&HTTPS_INPUTS[..2]).await;
            page.click("button", "Go on with the new credential").await;
            page.sandbox.set_speed(1000);
            page.look_until("verified").await;
            assert_eq!(page.sandbox.switches(CLUSTER), 1);
        })
        .await;
}

#[tokio::test]
async fn without_a_network_a_change_is_followed_on_as_soon_as_there_is_one() {
    scene()
        .run(async |page| {
            let network = |offline: bool| {
                json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 })
            };
            page.prepare(SSL, &SSL_INPUTS, ("instance_id", INSTANCE)).await;
            page.call().await;
            page.until_followed("running").await;
            page.sandbox.set_speed(1000);
            page.browser.devtools("Network.emulateNetworkConditions", network(true)).await;
            let before = page.sandbox.looks().len();
            page.click("button", "Look now").await;
            page.wait_for("wordsOf(document.querySelector('[data-follow]')).includes('without an answer')").await;
            page.wait_for("wordsOf(document.querySelector('[data-follow]')).includes('waiting for the network')").await;
            assert_eq!(page.followed().await, "running", "a network that is away says nothing of the change");
            assert_eq!(page.sandbox.looks().len(), before);
            page.browser.devtools("Network.emulateNetworkConditions", network(false)).await;
            page.look_until("completed").await;
            assert_eq!(page.sandbox.switches(INSTANCE), 1);
        })
        .await;
}

#[tokio::test]
async fn the_end_is_notified_once_without_a_secret() {
    scene()
        .before(NOTIFICATIONS)
        .run(async |page| {
            page.sandbox.set_speed(1000);
            page.prepare(SSL, &SSL_INPUTS, ("instance_id", INSTANCE)).await;
            page.call().await;
            page.look_until("completed").await;
            assert_eq!(page.eval::<u32>("window.notified.length").await, 0, "the user has seen it");
            page.choose("ssl_option", "false").await;
            page.call().await;
            page.script("window.away = true; return null;", Vec::new()).await;
            page.look_until("completed").await;
            page.wait_for("window.notified.length > 0").await;
            let notified: Vec<String> = page.eval("window.notified").await;
            assert_eq!(notified.len(), 1, "{notified:?}");
            Page::says(&notified[0], &["SSL off", INSTANCE, "Completed"]);
            assert!(!notified[0].contains("any-token-will-do"), "{notified:?}");
        })
        .await;
}
