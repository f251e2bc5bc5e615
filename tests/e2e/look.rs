//! Narrow, dark, long: how it looks and whether it keeps up.

use serde_json::json;

use crate::page::{HTTPS, HTTPS_INPUTS, Page, SSL, SSL_INPUTS};
use crate::scene::scene;

async fn narrow(page: &Page) {
    let phone = json!({ "width": 320, "height": 640, "deviceScaleFactor": 1, "mobile": false });
    page.browser.devtools("Emulation.setDeviceMetricsOverride", phone).await;
}

/// Nothing sticks out to the side, neither of the page nor of anything in it that does not scroll by itself.
async fn nothing_is_cut(page: &Page, state: &str) {
    assert_eq!(page.eval::<u32>("innerWidth").await, 320);
    let cut: Vec<String> = page
        .eval(
            "(() => {
                const root = document.documentElement;
                const out = [...document.querySelectorAll('body *')].filter((part) => isShown(part)
                    && !part.closest('.visually-hidden, .skip, svg, pre, option')
                    && getComputedStyle(part).clipPath === 'none'
                    && part.getBoundingClientRect().right > root.clientWidth + 1);
                const wide = root.scrollWidth > root.clientWidth ? [`the page: ${root.scrollWidth}`] : [];
                return [...wide, ...out.map((part) => `${part.tagName}.${part.className} ${tidy(part.textContent).slice(0, 40)}`)];
            })()",
        )
        .await;
    assert_eq!(cut, [] as [&str; 0], "{state} at 320 pixels");
    page.axe(&format!("{state} at 320 pixels")).await;
}

#[tokio::test]
async fn at_320_pixels_nothing_is_cut() {
    scene()
        .run(async |page| {
            narrow(page).await;
            page.open("").await;
            nothing_is_cut(page, "home").await;
            page.click("button", "Operations").await;
            page.wait_for("find('link', 'Settings') !== null").await;
            nothing_is_cut(page, "the list of operations").await;
            page.click("link", "Settings").await;
            page.wait_for("document.title.startsWith('Settings')").await;
            nothing_is_cut(page, "settings").await;
            page.open_operation(SSL).await;
            nothing_is_cut(page, "operation").await;
            page.script(
                "for (const part of document.querySelectorAll('details')) part.open = true; return null;",
                Vec::new(),
            )
            .await;
            nothing_is_cut(page, "operation, unfolded").await;
            page.click("button", "Send").await;
            page.wait_for("document.activeElement.id === 'issues'").await;
            nothing_is_cut(page, "summary").await;
            page.fill_all(&SSL_INPUTS).await;
            page.send().await;
            nothing_is_cut(page, "confirmation").await;
            page.confirm().await;
            page.answer().await;
            page.script(
                "for (const part of document.querySelectorAll('details')) part.open = true; return null;",
                Vec::new(),
            )
            .await;
            nothing_is_cut(page, "answer").await;
            page.call().await;
            nothing_is_cut(page, "error").await;
            page.open_operation(HTTPS).await;
            page.fill_all(&HTTPS_INPUTS).await;
            page.fill("AccessKey secret", "wrong-secret").await;
            page.call().await;
            page.script(
                "for (const part of document.querySelectorAll('details')) part.open = true; return null;",
                Vec::new(),
            )
            .await;
            nothing_is_cut(page, "the echo of a signature").await;
            page.open("#/no/such/place").await;
            nothing_is_cut(page, "unknown address").await;
        })
        .await;
}

#[tokio::test]
async fn the_dark_look_is_chosen_remembered_and_readable() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            let ground = "getComputedStyle(document.body).backgroundColor";
            let light: String = page.eval(ground).await;
            page.click("button", "Colours: As the system").await;
            page.click("button", "Colours: Light").await;
            page.find("button", "Colours: Dark").await;
            let dark: String = page.eval(ground).await;
            assert_ne!(dark, light);
            page.axe("operation, dark").await;
            page.click("button", "Send").await;
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
            page.browser.driver.refresh().await.unwrap();
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
                let body: String = page.eval("response().querySelector('pre.body').textContent").await;
                let numbers = "  \"long\": 12345678901234567890.10,\n  \"huge\": 1e400,\n  \"minus_zero\": -0.0,\n  \
                    \"whole\": 9007199254740993,\n  \"exponent\": 1E+2\n}\n";
                assert!(body.ends_with(numbers), "{body}");
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
            // From the click to the frame that shows the answer, measured in the page.
            let script = "const done = arguments[arguments.length - 1];
                const start = performance.now();
                const look = () => {
                    if (!document.querySelector('#response pre.body')) return requestAnimationFrame(look);
                    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
                };
                find('button', 'Confirm').click();
                look();";
            let script = format!("{}\n{script}", include_str!("../support/page.js"));
            let took = page.browser.driver.execute_async(script, Vec::new()).await.unwrap();
            let took = took.json().as_f64().unwrap();
            assert!(took < 2000.0, "shown after {took} ms");
            assert_eq!(page.verdict().await, "good Accepted");
            let nodes = "(() => { const walk = document.createTreeWalker(document, NodeFilter.SHOW_ALL); let n = 0; while (walk.nextNode()) n++; return n; })()";
            let count: u32 = page.eval(nodes).await;
            assert!(count < 3000, "{count} nodes");
            page.axe("a part of two megabytes").await;
            page.find("button", "Download").await;
            let all: String = page.eval("tidy([...response().querySelectorAll('button')].find((b) => b.textContent.startsWith('Show all')).textContent)").await;
            page.click("button", &all).await;
            page.wait_for("response().querySelector('pre.body').textContent.length > 2000000").await;
            assert!(page.eval::<u32>(nodes).await < 6000);
            assert!(!page.has("button", &all).await);
        })
        .await;
}
