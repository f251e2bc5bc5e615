//! Simulation or real: the bar, the example, and what becomes of example values.

use thirtyfour::Key;

use crate::page::{HTTPS, INSTANCE, PROJECT, Page, SSL, SSL_INPUTS};
use crate::scene::scene;

const BAR: &str = "Simulation: nothing is sent.";

#[tokio::test]
async fn every_page_says_that_nothing_is_sent_while_nothing_is() {
    scene()
        .run(async |page| {
            for place in ["", SSL, HTTPS, "#/settings", "#/credentials", "#/check", "#/about"] {
                page.open(place).await;
                page.wait_for("document.querySelector('.simulation') !== null").await;
                Page::says(&page.words(".simulation").await, &[BAR, "Leave"]);
                page.axe(&format!("the bar on {place}")).await;
            }
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            Page::says(&page.call().await, &["Simulated", "SSL on", INSTANCE, "via Sandbox"]);
            page.click("button", "Leave").await;
            page.wait_for("document.querySelector('.simulation') === null").await;
            assert_eq!(page.chosen("Connection").await, "Proxy");
            assert!(!page.has("dialog", "examples").await, "nobody has filled in an example");
            page.open("#/settings").await;
        })
        .await;
}

#[tokio::test]
async fn the_example_is_filled_in_where_one_looks() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_example().await;
            page.wait_for("document.activeElement === find('field', 'instance_id')").await;
            assert_eq!(page.value("instance_id").await, INSTANCE);
            page.axe("an example").await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
        })
        .await;
}

#[tokio::test]
async fn example_values_do_not_leave_without_being_asked_about() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_example().await;
            // To close the question is to stay.
            page.choose("Connection", "Proxy").await;
            page.find("dialog", "examples").await;
            page.axe("the question about examples").await;
            page.press(Key::Escape.value().to_string()).await;
            page.wait_for(
                "document.querySelector('dialog[open]') === null && document.querySelector('.simulation') !== null",
            )
            .await;
            assert_eq!(page.chosen("Connection").await, "Sandbox");
            assert_eq!(page.value("instance_id").await, INSTANCE);

            page.choose("Connection", "Proxy").await;
            page.click("button", "Clear them").await;
            page.wait_for("document.querySelector('dialog[open]') === null").await;
            assert_eq!(page.chosen("Connection").await, "Proxy");
            for field in ["instance_id", "project_id", "X-Auth-Token"] {
                assert_eq!(page.value(field).await, "", "{field}");
            }
            page.click("action", "send").await;
            page.wait_for("document.activeElement.id === 'issues'").await;
            assert_eq!(page.sandbox.received(), [], "nothing has left");

            // What the user typed over is the user's own.
            page.connect_by("Sandbox").await;
            page.fill_example().await;
            page.fill_all(&[
                ("instance_id", "b0000000000000000000000000000000in07"),
                ("project_id", "b".repeat(32).as_str()),
                ("X-Auth-Token", "own"),
            ])
            .await;
            page.choose("Connection", "Proxy").await;
            page.wait_for("document.querySelector('.simulation') === null").await;
            assert!(!page.has("dialog", "examples").await);
            assert_eq!(page.value("X-Auth-Token").await, "own");
        })
        .await;
}

/// Leaves the simulation, and clears what the question is about.
async fn leave_and_clear(page: &Page) {
    page.choose("Connection", "Proxy").await;
    page.find("dialog", "examples").await;
    page.script("document.querySelector('#examples .primary').click(); return null;", Vec::new()).await;
    page.wait_for("document.querySelector('dialog[open]') === null").await;
}

#[tokio::test]
async fn example_values_are_asked_about_after_a_reload_too_and_the_act_goes_with_them() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_example().await;
            page.reload().await;
            page.find("action", "send").await;
            assert_eq!(page.value("instance_id").await, INSTANCE, "the form is kept");
            leave_and_clear(page).await;
            assert_eq!((page.value("instance_id").await, page.value("project_id").await), Default::default());
            assert_eq!(page.chosen("ssl_option").await, "", "on or off is chosen for a real instance anew");
            assert_eq!((page.sandbox.received(), page.sandbox.looks().len()), (Vec::new(), 0));
        })
        .await;
}

#[tokio::test]
async fn what_was_picked_from_a_simulated_answer_is_the_simulations() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&[("project_id", PROJECT), ("X-Auth-Token", "own")]).await;
            page.click("button", "Look up instance_id").await;
            page.wait_for("document.querySelector('.choice') !== null").await;
            page.script("document.querySelector('.choice').click(); return null;", Vec::new()).await;
            page.wait_for("find('field', 'instance_id').value !== ''").await;
            leave_and_clear(page).await;
            assert_eq!(page.value("instance_id").await, "");
            assert_eq!(page.value("X-Auth-Token").await, "own", "what the user typed stays");
        })
        .await;
}

#[tokio::test]
async fn the_question_about_examples_has_a_button_for_each_answer_and_the_focus_is_not_lost() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_example().await;
            let closed = "document.querySelector('dialog[open]') === null";
            for stays in ["Escape", "Stay in the simulation"] {
                page.click("button", "Leave").await;
                page.find("dialog", "examples").await;
                Page::says(&page.words("dialog[open]").await, &["Keep the example values?", "Keep them", "Clear them"]);
                if stays == "Escape" {
                    page.press(Key::Escape.value().to_string()).await;
                } else {
                    page.click("button", stays).await;
                }
                page.wait_for(&format!("{closed} && document.querySelector('.simulation') !== null")).await;
                assert_eq!(page.chosen("Connection").await, "Sandbox");
                assert_eq!(page.value("instance_id").await, INSTANCE);
                page.focus_is("SELECT Connection").await;
            }
            page.click("button", "Leave").await;
            page.find("dialog", "examples").await;
            page.click("button", "Clear them").await;
            page.wait_for(closed).await;
            page.focus_is("SELECT Connection").await;
            assert_eq!(page.chosen("Connection").await, "Proxy");
            assert_eq!(page.sandbox.received(), [], "nothing has left");
        })
        .await;
}
