//! Home: the switches, whether all is ready for them, and the helpers.

use crate::page::{CLUSTER, HTTPS, HTTPS_INPUTS, INSTANCE, Page, SSL, SSL_INPUTS};
use crate::scene::scene;

#[tokio::test]
async fn home_shows_the_three_switches_with_their_impact_and_who_signs() {
    scene()
        .run(async |page| {
            page.open("").await;
            page.wait_for("document.querySelectorAll('.card').length === 3").await;
            let cards: Vec<String> = page.eval("[...document.querySelectorAll('.card')].map(wordsOf)").await;
            Page::says(&cards[0], &["TaurusDB", "Enable or disable SSL", "Restarts", "Profile: none yet"]);
            Page::says(&cards[1], &["Elasticsearch", "Enable HTTPS", "or pick from a list: List clusters"]);
            Page::says(&cards[2], &["Elasticsearch", "Disable HTTPS", "unencrypted"]);
            page.shows("Connection Sandbox").await;
            page.shows("This browser has no vault.").await;
            let helpers: String = page.eval("wordsOf(find('region', 'Helpers'))").await;
            Page::says(&helpers, &["List clusters", "List instances"]);
            assert!(!helpers.contains("Enable HTTPS"));
            page.axe("home").await;

            page.open_operation(SSL).await;
            page.fill("X-Auth-Token", "any-token-will-do").await;
            page.open("#/").await;
            page.wait_for("wordsOf(document.querySelector('.card')).includes('Profile: X-Auth-Token')").await;
            assert!(!page.eval::<bool>("wordsOf(document.querySelector('.card')).includes('no secret yet')").await);
        })
        .await;
}

#[tokio::test]
async fn a_profile_that_nobody_made_is_none() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.open_operation(HTTPS).await;
            page.open("#/").await;
            let cards = "[...document.querySelectorAll('.card')].map(wordsOf)";
            page.wait_for(&format!(
                "{cards}.length === 3 && {cards}.every((card) => card.includes('Profile: none yet'))"
            ))
            .await;
            page.open("#/credentials").await;
            page.shows("There are none yet.").await;
            page.axe("no profile").await;
        })
        .await;
}

#[tokio::test]
async fn changes_are_one_line_each_and_those_that_are_over_go_at_once() {
    scene()
        .run(async |page| {
            page.sandbox.set_speed(1000);
            page.prepare(SSL, &SSL_INPUTS, ("instance_id", INSTANCE)).await;
            page.call().await;
            page.look_until("completed").await;
            page.choose("ssl_option", "false").await;
            page.call().await;
            page.look_until("completed").await;
            page.sandbox.set_speed(1);
            page.prepare(HTTPS, &HTTPS_INPUTS, ("InstanceId", CLUSTER)).await;
            page.call().await;
            page.until_followed("running").await;
            page.open("#/").await;
            page.wait_for("document.querySelectorAll('.follow[data-folded]').length === 3").await;
            assert_eq!(page.followed().await, "running", "those under way come first");
            let folded = "[...document.querySelectorAll('.follow[data-folded] > details')].every((one) => !one.open)";
            assert!(page.eval::<bool>(folded).await);
            let seen: String = page.eval("document.querySelector('main').innerText").await;
            assert!(!seen.contains("The API does not show the state"), "{seen}");
            Page::says(
                &seen,
                &["Completed: the task is finished.", "A later change of the same instance was accepted."],
            );
            page.axe("changes on Home").await;
            page.click("button", "Dismiss all that are over").await;
            page.wait_for("document.querySelectorAll('.follow').length === 1").await;
            page.wait_for("document.activeElement.tagName !== 'BODY'").await;
            assert_eq!(page.followed().await, "running");
        })
        .await;
}
