//! No answer at all, as real networks and policies do it.

use serde_json::json;

use crate::gate::{Gate, Mode};
use crate::page::{INSTANCE, Page, SSL, SSL_INPUTS};
use crate::scene::scene;

const SILENT: &str = "unsure No answer, and the browser does not say why";

#[tokio::test]
async fn a_dead_proxy_is_told_with_its_likely_causes() {
    // A port where nobody listens any more.
    let dead = Gate::open().await.origin();
    scene()
        .connect(&dead)
        .other_proxy(&format!("{dead}/{{host}}{{path}}{{query}}"))
        .run(async |page| {
            page.allow_origin(&dead);
            page.allow_console("net::ERR_CONNECTION_REFUSED");
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            let answer = page.call().await;
            assert_eq!(page.verdict().await, SILENT);
            Page::says(
                &answer,
                &[
                    "it may have been carried out",
                    "Look for task GaussDBforMySQLSwitchSSL",
                    "Refused: nothing listens at the address",
                    "CORS: the address is on another site",
                    "Redirected:",
                    "Cut off:",
                    "Check that the proxy of the chosen connection runs",
                    "via Other",
                ],
            );
            assert!(!answer.contains("Mixed content"), "this page is not https");
            page.find("link", "Check connection").await;
            page.axe("dead proxy").await;
            assert_eq!(page.sandbox.received(), []);
        })
        .await;
}

#[tokio::test]
async fn a_proxy_that_the_pages_policy_forbids_is_told_as_that() {
    let gate = Gate::open().await;
    scene()
        .other_proxy(&gate.template())
        .run(async |page| {
            page.allow_violation("connect-src");
            page.allow_console("Content Security Policy");
            page.allow_console("violates the document's Content Security Policy");
            gate.lead_to(page.sandbox.addr);
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            let answer = page.call().await;
            assert_eq!(page.verdict().await, "bad Stopped by this site's security policy");
            Page::says(&answer, &["Content-Security-Policy", "Nothing was sent.", "connect-src"]);
            assert!(!answer.contains("may have been carried out"), "{answer}");
            page.axe("stopped by the policy").await;
            assert_eq!(page.sandbox.received(), []);
        })
        .await;
}

#[tokio::test]
async fn cors_redirects_and_broken_connections_are_uncertain_and_never_followed() {
    let gate = Gate::open().await;
    scene()
        .connect(&gate.origin())
        .other_proxy(&gate.template())
        .run(async |page| {
            page.allow_origin(&gate.origin());
            page.allow_console(&gate.origin());
            gate.lead_to(page.sandbox.addr);
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            for mode in [Mode::Redirect, Mode::Drop] {
                gate.set(mode);
                let answer = page.call().await;
                assert_eq!(page.verdict().await, SILENT, "{mode:?}");
                Page::says(&answer, &["it may have been carried out"]);
            }
            let reached = page.sandbox.received().len();
            assert_eq!(reached, 2, "both calls arrived once");
            gate.set(Mode::WithoutCors);
            let answer = page.call().await;
            assert_eq!(page.verdict().await, SILENT);
            Page::says(&answer, &["CORS:"]);
            assert_eq!(page.sandbox.received().len(), reached, "the preflight was refused");
            assert!(!page.new_requests().await.iter().any(|url| url.ends_with("/elsewhere")));
        })
        .await;
}

#[tokio::test]
async fn offline_is_said_and_nothing_is_sent() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&SSL_INPUTS).await;
            let network = |offline: bool| json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
            // What reads answers has come with an earlier question; a service worker would have it as well.
            page.send().await;
            page.press(thirtyfour::Key::Escape.value().to_string()).await;
            page.browser.devtools("Network.enable", json!({})).await;
            page.browser.devtools("Network.emulateNetworkConditions", network(true)).await;
            let answer = page.call().await;
            assert_eq!(page.verdict().await, "bad This computer is offline");
            Page::says(&answer, &["Nothing was sent."]);
            page.axe("offline").await;
            page.browser.devtools("Network.emulateNetworkConditions", network(false)).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            assert!(page.received_one().target.contains(INSTANCE));
        })
        .await;
}

#[tokio::test]
async fn a_proxy_without_the_provider_behind_it_answers_with_a_page() {
    let gate = Gate::open().await;
    scene()
        .connect(&gate.origin())
        .other_proxy(&gate.template())
        .run(async |page| {
            page.allow_origin(&gate.origin());
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            let answer = page.call().await;
            Page::says(&page.verdict().await, &["unsure HTTP 502: Bad gateway"]);
            Page::says(
                &answer,
                &["The answer is a web page", "Ask who runs the proxy whether it reaches the provider."],
            );
        })
        .await;
}

#[tokio::test]
async fn a_token_of_32_kilobytes_arrives_whole() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&SSL_INPUTS).await;
            let token = format!("MII{}==", "x".repeat(32 * 1024 - 5));
            page.fill("X-Auth-Token", &format!(" \n{token}\n ")).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            let received = page.received_one();
            assert!(received.headers.contains(&("x-auth-token".to_owned(), token.into_bytes())));
            page.fill("X-Auth-Token", &"x".repeat(32 * 1024 + 1)).await;
            page.click("action", "send").await;
            page.wait_for("document.activeElement.id === 'issues'").await;
            Page::says(
                &page.eval::<String>("wordsOf(document.activeElement)").await,
                &["at most 32768 characters. It has 32769"],
            );
        })
        .await;
}
