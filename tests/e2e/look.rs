//! Narrow, dark, long: how it looks and whether it keeps up.

use serde_json::json;
use thirtyfour::Key;

use crate::page::{HTTPS, HTTPS_INPUTS, Page, SSL, SSL_INPUTS};
use crate::scene::scene;

pub(crate) async fn narrow(page: &Page) {
    let phone = json!({ "width": 320, "height": 640, "deviceScaleFactor": 1, "mobile": false });
    page.browser.devtools("Emulation.setDeviceMetricsOverride", phone).await;
    page.wait_for("innerWidth === 320").await;
}

/// What sticks out to the side: the page itself, and the texts that nothing around them lets scroll.
pub(crate) async fn cut(page: &Page, state: &str) -> Vec<String> {
    assert_eq!(page.eval::<u32>("innerWidth").await, 320);
    page.axe(&format!("{state} at 320 pixels")).await;
    let script = "(() => {
        const root = document.documentElement, out = [];
        if (root.scrollWidth > root.clientWidth) out.push(`the page is ${root.scrollWidth} wide`);
        const scrolls = (part) => part && (['auto', 'scroll', 'hidden'].includes(getComputedStyle(part).overflowX) || scrolls(part.parentElement));
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
            const text = texts.currentNode, range = document.createRange();
            if (!text.data.trim() || !isShown(text.parentElement) || scrolls(text.parentElement)) continue;
            range.selectNodeContents(text);
            if ([...range.getClientRects()].some((box) => box.right > root.clientWidth + 1)) out.push(tidy(text.data).slice(0, 60));
        }
        return out;
    })()";
    let found: Vec<String> = page.eval(script).await;
    found.iter().map(|part| format!("{state}: {part}")).collect()
}

#[tokio::test]
async fn what_stands_above_the_page_pushes_no_link_off_the_screen() {
    crate::config::configured(&json!({ "banner": "Changes to production need a ticket. ".repeat(8), "tietl": "" }))
        .run(async |page| {
            let small = json!({ "width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": false });
            page.browser.devtools("Emulation.setDeviceMetricsOverride", small).await;
            page.open_operation(SSL).await;
            page.find("region", "config.json has mistakes").await;
            // The banners are passed, and the list of operations scrolls by itself.
            page.script("scrollTo({ top: 1e6, behavior: 'instant' }); return null;", Vec::new()).await;
            let end: f64 = page.eval("find('link', 'Settings').getBoundingClientRect().bottom").await;
            assert!(end <= page.eval::<f64>("innerHeight").await, "{end}");
        })
        .await;
}

#[tokio::test]
async fn at_320_pixels_nothing_is_cut() {
    scene()
        .run(async |page| {
            narrow(page).await;
            let mut found = Vec::new();
            page.open("").await;
            found.extend(cut(page, "home").await);
            page.click("button", "Operations").await;
            page.wait_for("find('link', 'Settings') !== null").await;
            found.extend(cut(page, "the list of operations").await);
            page.click("link", "Settings").await;
            page.wait_for("document.title.startsWith('Settings')").await;
            found.extend(cut(page, "settings").await);
            page.open_operation(SSL).await;
            found.extend(cut(page, "operation").await);
            page.script(
                "for (const part of document.querySelectorAll('details')) part.open = true; return null;",
                Vec::new(),
            )
            .await;
            found.extend(cut(page, "operation, unfolded").await);
            page.click("action", "send").await;
            page.wait_for("document.activeElement.id === 'issues'").await;
            found.extend(cut(page, "summary").await);
            page.fill_all(&SSL_INPUTS).await;
            page.send().await;
            found.extend(cut(page, "confirmation").await);
            page.confirm().await;
            page.answer().await;
            page.script(
                "for (const part of document.querySelectorAll('details')) part.open = true; return null;",
                Vec::new(),
            )
            .await;
            found.extend(cut(page, "answer").await);
            page.call().await;
            found.extend(cut(page, "error").await);
            page.open_operation(HTTPS).await;
            page.fill_all(&HTTPS_INPUTS).await;
            page.fill("AccessKey secret", "wrong-secret").await;
            page.call().await;
            page.script(
                "for (const part of document.querySelectorAll('details')) part.open = true; return null;",
                Vec::new(),
            )
            .await;
            found.extend(cut(page, "the echo of a signature").await);
            page.open("#/check").await;
            page.click("button", "Check").await;
            page.wait_for("document.querySelectorAll('.steps').length === 2").await;
            found.extend(cut(page, "check").await);
            page.open("#/no/such/place").await;
            found.extend(cut(page, "unknown address").await);
            assert_eq!(found, [] as [&str; 0]);
        })
        .await;
}

#[tokio::test]
async fn the_dark_look_is_chosen_remembered_and_readable() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            let ground = "getComputedStyle(document.documentElement).backgroundColor";
            let light: String = page.eval(ground).await;
            page.click("button", "Colours: As the system").await;
            page.click("button", "Colours: Light").await;
            page.find("button", "Colours: Dark").await;
            let dark: String = page.eval(ground).await;
            assert_ne!(dark, light);
            page.axe("operation, dark").await;
            page.click("action", "send").await;
            page.wait_for("document.activeElement.id === 'issues'").await;
            page.axe("summary, dark").await;
            page.fill_all(&SSL_INPUTS).await;
            page.send().await;
            page.axe("confirmation, dark").await;
            page.confirm().await;
            page.answer().await;
            page.axe("success, dark").await;
            page.call().await;
            page.axe("error, dark").await;
            page.reload().await;
            page.find("button", "Colours: Dark").await;
            assert_eq!(page.eval::<String>(ground).await, dark, "remembered");
            page.open("#/settings").await;
            page.axe("settings, dark").await;
            page.choose("Colours", "As the system").await;
            assert_eq!(page.eval::<String>(ground).await, light);
            let dark_system = json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
            page.browser.devtools("Emulation.setEmulatedMedia", dark_system).await;
            assert_eq!(page.eval::<String>(ground).await, dark, "as the system");
            page.open("").await;
            page.axe("home, dark").await;
        })
        .await;
}

/// The heading of the answer can be read without scrolling, and nothing that sticks hides it.
const ANSWER_IN_SIGHT: &str = "(() => {
    const title = response().querySelector('.explanation-title'), box = title.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + 8);
    return box.y >= 0 && box.y + 16 <= innerHeight && title.contains(top);
})()";

#[tokio::test]
async fn an_answer_comes_into_sight_by_itself() {
    scene()
        .run(async |page| {
            for is_narrow in [false, true] {
                if is_narrow {
                    narrow(page).await;
                }
                page.open("").await;
                page.open_operation(SSL).await;
                page.fill_all(&SSL_INPUTS).await;
                for verdict in ["good Accepted", "bad DBS.200019"] {
                    page.call().await;
                    Page::says(&page.verdict().await, &[verdict]);
                    page.wait_for(ANSWER_IN_SIGHT).await;
                }
                page.reload().await;
            }
        })
        .await;
}

#[tokio::test]
async fn odd_numbers_keep_their_text() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            page.fill("instance_id", &format!("{:x<32}in07", "faultNumbers")).await;
            for connection in ["Sandbox", "Proxy"] {
                page.connect_by(connection).await;
                page.call().await;
                let rows = "[...document.querySelectorAll('#response-body .line .words')].map((row) => row.textContent.trim())";
                page.wait_for(&format!("{rows}.at(-1) === '}}'")).await;
                let rows: Vec<String> = page.eval(rows).await;
                let numbers = [
                    "\"long\": 12345678901234567890.10,",
                    "\"huge\": 1e400,",
                    "\"minus_zero\": -0.0,",
                    "\"whole\": 9007199254740993,",
                    "\"exponent\": 1E+2",
                    "}",
                ];
                assert!(rows.ends_with(&numbers.map(str::to_owned)), "{rows:?}");
                page.fill("instance_id", &format!("{:x<32}in07", "faultNumbers")).await;
            }
        })
        .await;
}

#[tokio::test]
async fn two_megabytes_are_shown_in_parts() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            page.fill("instance_id", &format!("{:x<32}in07", "faultBig")).await;
            page.connect_by("Proxy").await;
            page.send().await;
            page.wait_for("document.querySelector('[data-action=confirm]').getAttribute('aria-disabled') === 'false'").await;
            // From the click to the frame that shows the answer, measured in the page.
            let script = "const done = arguments[arguments.length - 1];
                const start = performance.now();
                const look = () => {
                    if (!document.querySelector('#response-body')) return requestAnimationFrame(look);
                    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
                };
                find('action', 'confirm').click();
                look();";
            let script = format!("{}\n{script}", include_str!("../support/page.js"));
            let took = page.browser.driver.execute_async(script, Vec::new()).await.unwrap();
            let took = took.json().as_f64().unwrap();
            assert!(took < 2000.0, "shown after {took} ms");
            assert_eq!(page.verdict().await, "good Accepted");
            let nodes = "(() => { const walk = document.createTreeWalker(document, NodeFilter.SHOW_ALL); let n = 0; while (walk.nextNode()) n++; return n; })()";
            let count: u32 = page.eval(nodes).await;
            assert!(count < 3000, "{count} nodes");
            let elements: u32 = page.eval("document.querySelectorAll('*').length").await;
            assert!(elements < 2000, "{elements} elements");
            page.axe("a part of two megabytes").await;
            page.find("button", "Download").await;
            // The end is there as soon as somebody wants to see it.
            page.script(
                "const body = document.getElementById('response-body'); body.scrollTop = body.scrollHeight; return null;",
                Vec::new(),
            )
            .await;
            page.wait_for("[...document.querySelectorAll('#response-body .line')].at(-1).textContent.trim() === '}'").await;
            assert!(page.eval::<u32>(nodes).await < 3000);
        })
        .await;
}

#[tokio::test]
async fn on_a_phone_the_list_of_operations_opens_where_one_is() {
    scene()
        .run(async |page| {
            narrow(page).await;
            page.open_operation(HTTPS).await;
            page.script("scrollTo(0, 800); return null;", vec![]).await;
            page.wait_for("scrollY > 400").await;
            page.click("button", "Operations").await;
            page.wait_for("document.activeElement.id === 'search'").await;
            let nav = "(() => { const box = document.getElementById('nav').getBoundingClientRect(); \
                       return box.top >= 0 && box.top < innerHeight / 2; })()";
            page.wait_for(nav).await;
            page.press(Key::Escape).await;
            page.wait_for("document.activeElement.id === 'menu'").await;
            assert!(!page.has("link", "Settings").await, "the list is closed");
        })
        .await;
}
