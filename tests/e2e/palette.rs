//! The search, its actions, and the list of keys.

use crate::page::{HTTPS, HTTPS_INPUTS, Page, SSL};
use crate::scene::scene;
use thirtyfour::Key;

const SEARCH: &str = "Search operations, pages, calls and actions";

/// Opens the search and types.
async fn search(page: &Page, text: &str) {
    page.control('k').await;
    page.wait_for("document.activeElement.id === 'palette-input'").await;
    page.press(text).await;
}

async fn press(page: &Page, key: Key) {
    page.press(key.value().to_string()).await;
}

#[tokio::test]
async fn the_search_opens_pages_switches_the_connection_and_the_colours_and_finds_calls() {
    scene()
        .run(async |page| {
            page.open_operation(HTTPS).await;
            page.fill_all(&HTTPS_INPUTS).await;
            page.call().await;
            search(page, "settings").await;
            press(page, Key::Enter).await;
            page.wait_for("document.activeElement.id === 'page-title' && location.hash === '#/settings'").await;

            search(page, "connection proxy").await;
            press(page, Key::Enter).await;
            page.announces("Connection: Proxy").await;
            assert_eq!(page.chosen("Connection").await, "Proxy");

            search(page, "colours dark").await;
            press(page, Key::Enter).await;
            page.wait_for("document.documentElement.dataset.theme === 'dark'").await;
            search(page, "call").await;
            page.axe("the search, dark").await;
            press(page, Key::Enter).await;
            page.wait_for("location.hash === '#/aliyun-elasticsearch/OpenHttps'").await;

            search(page, "forget all").await;
            press(page, Key::Enter).await;
            page.announces("The secrets are forgotten.").await;
            page.wait_for("find('field', 'AccessKey secret').value === ''").await;
        })
        .await;
}

#[tokio::test]
async fn escape_clears_the_search_and_then_closes_it_and_the_focus_goes_back() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.click("button", "Search Ctrl K").await;
            page.wait_for("document.activeElement.id === 'palette-input'").await;
            page.press("nothing like this").await;
            page.announces("Nothing matches.").await;
            press(page, Key::Escape).await;
            assert_eq!(page.value(SEARCH).await, "");
            assert!(page.eval::<bool>("document.querySelector('#palette').open").await);
            press(page, Key::Escape).await;
            page.wait_for("!document.querySelector('#palette').open").await;
            assert_eq!(page.eval::<String>("document.activeElement.id").await, "search");
        })
        .await;
}

#[tokio::test]
async fn a_question_mark_shows_every_key_and_is_a_letter_where_one_types() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.press("?").await;
            page.find("dialog", "Keys").await;
            Page::says(&page.words("#keys").await, &["/ or Ctrl K", "Escape", "Show this list"]);
            page.axe("the list of keys").await;
            page.click("button", "Close").await;
            page.find("field", "instance_id").await.focus().await.unwrap();
            page.press("?").await;
            assert_eq!(page.value("instance_id").await, "?");
            assert!(!page.eval::<bool>("document.querySelector('#keys').open").await);
        })
        .await;
}
