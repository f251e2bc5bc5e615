//! The whole way without a mouse.

use thirtyfour::Key;

use crate::page::{INSTANCE, KEY_ID, KEY_SECRET, PROJECT, Page};
use crate::scene::scene;

/// Presses Tab until the focus is on something of this name, as `focused` tells it.
pub(crate) async fn tab_to(page: &Page, wanted: &str) {
    let mut passed = Vec::new();
    while passed.len() < 100 {
        page.press(Key::Tab.value().to_string()).await;
        let focused = page.focused().await;
        if focused == wanted {
            assert!(page.eval::<bool>(FOCUS_SHOWS).await, "the focus on {wanted} can be seen");
            return;
        }
        passed.push(focused);
    }
    panic!("no way by Tab to {wanted}, only to {passed:?}");
}

/// The element in focus has an outline and is in sight, not hidden behind something that sticks.
const FOCUS_SHOWS: &str = "(() => {
    const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
    const ringed = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return ringed && top !== null && (element === top || element.contains(top) || top.contains(element));
})()";

/// The conditions of the call have been read, and none speaks against it.
const CONDITIONS_HOLD: &str =
    "document.querySelector('[data-action=confirm]').getAttribute('aria-disabled') === 'false'";

async fn enter(page: &Page) {
    page.press(Key::Enter.value().to_string()).await;
}

#[tokio::test]
async fn from_the_search_to_the_answer_by_keyboard_alone() {
    scene()
        .run(async |page| {
            page.open("").await;
            page.axe("home").await;
            assert_eq!(page.eval::<String>("document.title").await, "What do you want to switch? – TLS Console");
            page.press("/").await;
            page.wait_for("document.activeElement.id === 'palette-input'").await;
            let search = "Search operations, pages, calls and actions";
            assert_eq!(page.value(search).await, "", "the slash is a shortcut, not a letter");
            page.axe("the search").await;
            page.press("enable").await;
            page.wait_for("document.querySelectorAll('[role=option]').length === 2").await;
            let chosen =
                "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.textContent";
            page.wait_for(&format!("{chosen}?.startsWith('Enable or disable SSL')")).await;
            page.press(Key::Down.value().to_string()).await;
            page.wait_for(&format!("{chosen}?.startsWith('Enable HTTPS')")).await;
            page.press(Key::Up.value().to_string()).await;
            page.wait_for(&format!("{chosen}?.startsWith('Enable or disable SSL')")).await;
            enter(page).await;
            page.wait_for("document.activeElement.id === 'page-title'").await;
            assert_eq!(page.focused().await, "H1 Enable or disable SSL");
            assert_eq!(page.eval::<String>("document.title").await, "Enable or disable SSL – TLS Console");

            tab_to(page, "INPUT instance_id Instance ID *").await;
            page.press(INSTANCE).await;
            tab_to(page, "INPUT On").await;
            page.press(" ").await;
            assert_eq!(page.chosen("ssl_option").await, "true");
            for (field, text) in
                [("INPUT project_id Project ID *", PROJECT), ("INPUT X-Auth-Token *", "any-token-will-do")]
            {
                tab_to(page, field).await;
                page.press(text).await;
            }
            tab_to(page, "BUTTON Switch SSL on…").await;
            enter(page).await;
            page.find("dialog", "confirm").await;
            assert_eq!(page.focused().await, "BUTTON Cancel", "a stray Enter sends nothing");

            page.press(Key::Escape.value().to_string()).await;
            page.wait_for("document.querySelector('dialog[open]') === null").await;
            page.wait_for("document.activeElement.dataset.action === 'send'").await;
            assert!(page.response_text().await.contains("Nothing sent yet."));

            enter(page).await;
            page.find("dialog", "confirm").await;
            enter(page).await;
            page.wait_for("document.querySelector('dialog[open]') === null").await;
            assert!(page.response_text().await.contains("Nothing sent yet."), "Enter on Cancel sends nothing");

            page.wait_for("document.activeElement.dataset.action === 'send'").await;
            enter(page).await;
            tab_to(page, "BUTTON Switch on and restart").await;
            for _ in 0..4 {
                page.press(Key::Tab.value().to_string()).await;
                let inside =
                    "document.activeElement === document.body || document.activeElement.closest('dialog') !== null";
                assert!(page.eval::<bool>(inside).await, "the focus stays in the dialog");
            }
            tab_to(page, "BUTTON Switch on and restart").await;
            page.wait_for(CONDITIONS_HOLD).await;
            enter(page).await;
            page.answer().await;
            assert_eq!(page.verdict().await, "good Accepted");
            let told: String = page.eval("tidy(document.querySelector('body > [role=status]').textContent)").await;
            assert_eq!(told, "Enable or disable SSL: Accepted", "a screen reader hears the answer");
            page.wait_for("document.activeElement !== document.body").await;
            assert_eq!(page.sandbox.received(), []);
        })
        .await;
}

#[tokio::test]
async fn enter_in_a_field_asks_and_control_k_searches_from_anywhere() {
    scene()
        .run(async |page| {
            page.open("").await;
            page.control('k').await;
            page.wait_for("document.activeElement.id === 'palette-input'").await;
            page.press("no such thing").await;
            page.announces("Nothing matches.").await;
            page.control('a').await;
            page.press("enable https").await;
            page.wait_for("document.querySelectorAll('[role=option]').length === 1").await;
            enter(page).await;
            page.wait_for("document.activeElement.id === 'page-title'").await;

            tab_to(page, "INPUT InstanceId Cluster ID *").await;
            page.press("es/cn").await;
            assert_eq!(page.value("InstanceId").await, "es/cn", "a slash in a field is a letter");
            tab_to(page, "INPUT AccessKey ID *").await;
            page.press(KEY_ID).await;
            tab_to(page, "INPUT AccessKey secret *").await;
            page.press(KEY_SECRET).await;
            enter(page).await;
            page.wait_for("document.activeElement.id === 'issues'").await;
            tab_to(page, "A InstanceId must not contain a slash: it would change which address is called.").await;
            enter(page).await;
            assert_eq!(page.focused().await, "INPUT InstanceId Cluster ID *");
            page.control('a').await;
            page.press("es-cn-n6w1o1x0w001c0001").await;
            enter(page).await;
            page.find("dialog", "confirm").await;
            tab_to(page, "BUTTON Enable and restart").await;
            page.wait_for(CONDITIONS_HOLD).await;
            page.press(" ").await;
            page.answer().await;
            assert_eq!(page.verdict().await, "good Accepted");
            page.control('k').await;
            page.wait_for("document.activeElement.id === 'palette-input'").await;
        })
        .await;
}

#[tokio::test]
async fn the_skip_link_and_the_way_between_pages_move_the_focus() {
    scene()
        .run(async |page| {
            page.open("").await;
            page.press(Key::Tab.value().to_string()).await;
            assert_eq!(page.focused().await, "A Skip to content");
            assert!(page.eval::<bool>(FOCUS_SHOWS).await, "the skip link appears");
            page.axe("skip link").await;
            enter(page).await;
            assert_eq!(page.eval::<String>("document.activeElement.id").await, "main");

            page.click("link", "Settings").await;
            page.wait_for("document.activeElement.id === 'page-title'").await;
            assert_eq!(page.focused().await, "H1 Settings");
            assert_eq!(page.eval::<String>("document.title").await, "Settings – TLS Console");
            let current = "tidy(document.querySelector('nav [aria-current=page]').textContent)";
            assert_eq!(page.eval::<String>(current).await, "Settings");
            page.click("link", "Enable HTTPS").await;
            page.wait_for("document.title === 'Enable HTTPS – TLS Console'").await;
            page.fill("InstanceId", "es-typed").await;
            page.browser.driver.back().await.unwrap();
            page.wait_for("document.title === 'Settings – TLS Console'").await;
            page.browser.driver.forward().await.unwrap();
            page.wait_for("document.title === 'Enable HTTPS – TLS Console'").await;
            assert_eq!(page.value("InstanceId").await, "es-typed", "nothing typed is lost by looking elsewhere");
        })
        .await;
}
