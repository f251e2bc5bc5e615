//! Home: the switches, whether all is ready for them, and the helpers.

use crate::page::{Page, SSL};
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
