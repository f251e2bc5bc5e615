//! When the program cannot go on, or cannot begin.

use serde_json::json;

use crate::page::Page;
use crate::scene::scene;

#[tokio::test]
async fn a_panic_shows_the_way_to_reload() {
    scene()
        .run(async |page| {
            page.open("").await;
            assert!(page.eval::<bool>("document.getElementById('crashed').hidden").await);
            // Any other error is no panic.
            page.allow_console("an ordinary mistake");
            page.script("dispatchEvent(new ErrorEvent('error', { error: new Error('an ordinary mistake') })); return null;", Vec::new()).await;
            assert!(page.eval::<bool>("document.getElementById('crashed').hidden").await);
            let panic = "dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('unreachable') })); return null;";
            page.script(panic, Vec::new()).await;
            page.wait_for("!document.getElementById('crashed').hidden").await;
            let told: String = page.eval("wordsOf(document.querySelector('[role=alert]'))").await;
            Page::says(&told, &["The console has stopped working.", "it may have been carried out", "Reload the page"]);
            page.axe("stopped").await;
            page.script("window.isBefore = true; return null;", Vec::new()).await;
            page.click("link", "Reload the page").await;
            page.wait_for("window.isBefore === undefined && document.querySelector('h1') !== null").await;
            assert!(page.eval::<bool>("document.getElementById('crashed').hidden").await);
        })
        .await;
}

#[tokio::test]
async fn going_elsewhere_with_the_focus_in_a_field_is_no_crash() {
    scene()
        .run(async |page| {
            for field in ["project_id", "ssl_option", "X-Auth-Token", "X-Language"] {
                page.open_operation(crate::page::SSL).await;
                let focus = "unfoldTo(arguments[0]); document.querySelector(`main [name='${arguments[0]}']`).focus(); return null;";
                page.script(focus, vec![json!(field)]).await;
                page.script("location.hash = '#/'; return null;", Vec::new()).await;
                page.wait_for("tidy(document.querySelector('h1').textContent) === 'What do you want to switch?'").await;
                assert!(page.eval::<bool>("document.getElementById('crashed').hidden").await, "{field}");
            }
        })
        .await;
}

#[tokio::test]
async fn the_reload_link_works_on_the_page_of_an_operation() {
    scene()
        .run(async |page| {
            page.open_operation(crate::page::SSL).await;
            page.script(
                "window.isBefore = true; document.getElementById('crashed').hidden = false; return null;",
                Vec::new(),
            )
            .await;
            page.click("link", "Reload the page").await;
            page.wait_for("window.isBefore === undefined && document.querySelector('h1') !== null").await;
        })
        .await;
}

#[tokio::test]
async fn without_scripts_the_page_says_what_it_needs() {
    scene()
        .run(async |page| {
            page.browser.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
            page.browser.driver.goto(page.base.clone()).await.unwrap();
            let told: String = page.eval("tidy(document.body.innerText)").await;
            Page::says(&told, &["it needs JavaScript to be allowed for this site"]);
            page.browser.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": false })).await;
            page.open("").await;
        })
        .await;
}

#[tokio::test]
async fn a_program_that_does_not_arrive_is_told() {
    let index = std::fs::read_to_string(crate::scene::dist().join("index.html")).unwrap();
    let (_, name) = index.split_once("data-wasm=\"./").unwrap();
    let (name, _) = name.split_once('"').unwrap();
    scene()
        .file(name, "not a program")
        .run(async |page| {
            page.allow_console("TLS Console could not start");
            page.allow_console("WebAssembly");
            page.browser.driver.goto(page.base.clone()).await.unwrap();
            page.wait_for("!document.getElementById('crashed').hidden").await;
            page.wait_for("!document.body.textContent.includes('Loading…')").await;
            page.axe("could not start").await;
        })
        .await;
}
