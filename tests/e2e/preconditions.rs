//! What the API says of the preconditions, in the question before a change. The clouds are behind the proxy; each flow asserts
//! what they received.

use serde_json::json;
use thirtyfour::Key;

use crate::page::{HTTPS, HTTPS_INPUTS, INSTANCE, Page, SSL, SSL_INPUTS};
use crate::scene::scene;

impl Page {
    async fn standings(&self) -> Vec<String> {
        self.eval(
            "[...document.querySelectorAll('#confirm .standing[data-standing]')].map((one) => one.dataset.standing)",
        )
        .await
    }
}

#[tokio::test]
async fn a_precondition_that_fails_keeps_the_call_from_being_sent_until_the_user_says_so_once_more() {
    let single = "single00000000000000000000000000in07";
    scene()
        .run(async |page| {
            page.prepare(SSL, &SSL_INPUTS, ("instance_id", single)).await;
            page.send().await;
            page.wait_for("document.querySelectorAll('#confirm .standing[data-standing]').length >= 3").await;
            assert!(page.standings().await.contains(&String::from("fail")));
            page.axe("a precondition fails").await;
            let blocked: String =
                page.eval("document.querySelector('[data-action=confirm]').getAttribute('aria-disabled')").await;
            assert_eq!(blocked, "true");
            page.click("action", "confirm").await;
            assert!(page.has("dialog", "confirm").await);
            assert_eq!(page.sandbox.received(), [], "it is not sent");
            let reads = page.sandbox.looks();
            assert_eq!(reads.len(), 2, "one read of the instance and one of its tasks: {reads:?}");

            page.confirm().await;
            let answer = page.answer().await;
            assert_eq!(page.sandbox.received().len(), 1);
            // What was read says more than the advice of the code.
            Page::says(&answer, &["This did not hold when the console read it:", "Nodes 1.", "only when it holds"]);
            assert!(!answer.contains("Wait until"), "waiting adds no node: {answer}");
        })
        .await;
}

#[tokio::test]
async fn without_a_network_nothing_was_read_and_the_question_says_why() {
    scene()
        .run(async |page| {
            page.prepare(SSL, &SSL_INPUTS, ("instance_id", INSTANCE)).await;
            // The question has been asked before: its code is there.
            page.send().await;
            page.wait_for("document.querySelector('#confirm .standing[data-standing=pass]') !== null").await;
            page.press(Key::Escape.value().to_string()).await;
            let before = page.sandbox.looks().len();
            let offline = json!({ "offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
            page.browser.devtools("Network.emulateNetworkConditions", offline).await;
            page.send().await;
            page.wait_for("document.querySelector('#confirm .standing[data-standing=unknown]') !== null").await;
            let words = page.words("#confirm").await;
            Page::says(&words, &["Not known: this computer is offline"]);
            assert!(!words.contains("read at"), "{words}");
            assert_eq!(page.sandbox.looks().len(), before);
        })
        .await;
}

#[tokio::test]
async fn a_condition_that_holds_says_what_was_read() {
    scene()
        .run(async |page| {
            page.prepare(SSL, &SSL_INPUTS, ("instance_id", INSTANCE)).await;
            page.send().await;
            page.wait_for("document.querySelector('#confirm')?.textContent.includes('Tasks under way 0') === true")
                .await;
        })
        .await;
}

#[tokio::test]
async fn what_is_on_already_is_said_and_asked_once_more() {
    let on = "es-cn-https00000001";
    scene()
        .run(async |page| {
            page.prepare(HTTPS, &HTTPS_INPUTS, ("InstanceId", on)).await;
            page.send().await;
            page.wait_for("document.querySelector('#confirm .standing[data-standing=already]') !== null").await;
            Page::says(
                &page.words("#confirm").await,
                &[
                    "It is in this state already",
                    "may restart it for nothing",
                    "Protocol HTTPS",
                    "HTTPS on already: Enable",
                ],
            );
            page.click("action", "confirm").await;
            assert_eq!(page.sandbox.received(), []);
            assert_eq!(page.eval::<String>("document.activeElement.id").await, "override");
            page.click("action", "override").await;
            page.click("action", "confirm").await;
            page.answer().await;
            assert_eq!(page.sandbox.received().len(), 1, "asked once more, and sent");
            page.send().await;
            page.press(Key::Escape.value().to_string()).await;
            assert_eq!(page.sandbox.received().len(), 1);
        })
        .await;
}

#[tokio::test]
async fn a_word_that_was_given_before_the_read_came_is_no_answer_to_what_it_says() {
    // Its state comes after five seconds, and is the wanted one.
    let on = "es-read-slow-https";
    let blocked = "document.querySelector('[data-action=confirm]').getAttribute('aria-disabled')";
    scene()
        .run(async |page| {
            page.prepare(HTTPS, &HTTPS_INPUTS, ("InstanceId", on)).await;
            page.send().await;
            Page::says(&page.words("#confirm").await, &["Send without waiting for the conditions"]);
            page.click("action", "override").await;
            page.wait_for(&format!("{blocked} === 'false'")).await;
            page.wait_for("document.querySelector('#confirm .standing[data-standing=already]') !== null").await;
            page.wait_for(&format!("{blocked} === 'true'")).await;
            Page::says(&page.words("#confirm").await, &["Send anyway"]);
            page.click("action", "confirm").await;
            assert_eq!(page.sandbox.received(), []);
        })
        .await;
}

#[tokio::test]
async fn a_read_that_is_refused_is_unknown_and_keeps_nobody_from_sending() {
    let denied = "readDeniedxxxxxxxxxxxxxxxxxxxxxxin07";
    scene()
        .run(async |page| {
            page.prepare(SSL, &SSL_INPUTS, ("instance_id", denied)).await;
            page.send().await;
            page.wait_for("document.querySelector('#confirm .standing[data-standing=unknown]') !== null").await;
            page.wait_for("document.querySelector('[data-action=confirm]').getAttribute('aria-disabled') === 'false'")
                .await;
            page.confirm().await;
            page.answer().await;
            assert_eq!(page.sandbox.switches(denied), 1);
            // The looks are refused as well: nobody knows, and it has not failed.
            page.look_until("unknown").await;
            let words = page.follow_words().await;
            Page::says(&words, &["Not known. The provider answered the look with"]);
            assert_eq!(words.matches("answered the look with").count(), 1, "once is enough: {words}");
        })
        .await;
}

#[tokio::test]
async fn an_instance_that_does_not_exist_is_a_condition_that_does_not_hold() {
    let nobody = "ffffffffffffffffffffffffffffffffin07";
    scene()
        .run(async |page| {
            page.prepare(SSL, &SSL_INPUTS, ("instance_id", nobody)).await;
            page.send().await;
            page.wait_for("document.querySelector('#confirm .standing[data-standing=fail]') !== null").await;
            Page::says(&page.words("#confirm").await, &["Does not hold", "DBS.200002", "does not exist"]);
            assert_eq!(page.sandbox.received(), []);
        })
        .await;
}
