//! The idle lock: what nobody uses is forgotten. The page's clock is moved, so nobody has to wait.

use serde_json::json;

use crate::page::{ACCESS_KEY, HUAWEI_KEY, INSTANCE, INSTANCE_INPUTS, PROJECT, Page, SSL};
use crate::scene::scene;

const CLOCK: &str = "const now = Date.now; window.ahead = 0; Date.now = () => now() + window.ahead;";

async fn later(page: &Page, seconds: u32) {
    page.script(&format!("window.ahead += {}; return null;", seconds * 1_000), Vec::new()).await;
}

#[tokio::test]
async fn secrets_are_forgotten_when_nobody_touches_the_page() {
    scene()
        .before(CLOCK)
        .run(async |page| {
            page.open("#/settings").await;
            assert_eq!(page.value("Idle lock in minutes").await, "15");
            for wrong in ["0", "481", "soon"] {
                page.fill("Idle lock in minutes", wrong).await;
                page.shows("Must be a whole number from 1 to 480. The last good value stays in force.").await;
            }
            page.axe("a wrong number of minutes").await;
            assert!(!page.words("main").await.contains("Saved."));
            page.fill("Idle lock in minutes", "1").await;
            page.shows("Saved.").await;
            page.wait_for("localStorage.getItem('tls-console.idle-minutes') === '1'").await;

            page.open_from_list("Enable or disable SSL").await;
            page.connect_by("Proxy").await;
            page.fill_all(&INSTANCE_INPUTS).await;
            page.sign_with(ACCESS_KEY, &HUAWEI_KEY).await;
            // The countdown of an end moves with the same tick that locks.
            page.unfold("Temporary keys (STS)").await;
            let countdown = "tidy(document.querySelector('.credential-status .notice')?.textContent)";
            later(page, 40).await;
            page.press("x").await;
            // Far ends are told in days; this one in seconds.
            let near: String = page.eval("new Date(Date.now() + 3e6).toISOString()").await;
            page.fill("Expires at", &near).await;
            page.click("button", "Set the end").await;
            page.wait_for(&format!("/Valid for (49|50) min/.test({countdown})")).await;
            later(page, 30).await;
            page.wait_for(&format!("/Valid for (49 min [12]?[0-9] s|48 min)/.test({countdown})")).await;
            assert_eq!(page.value("AccessKey secret").await, HUAWEI_KEY[1].1, "touched half a minute ago");

            later(page, 31).await;
            page.shows("Nobody touched this page for 1 min, so its secrets were forgotten.").await;
            page.announces("Nobody touched this page for 1 min").await;
            assert_eq!(page.value("AccessKey secret").await, "");
            assert_eq!(page.value("AccessKey ID").await, HUAWEI_KEY[0].1, "the public half stays");
            page.axe("locked by idling").await;
            page.click("action", "send").await;
            page.wait_for("document.activeElement.id === 'issues'").await;
            assert_eq!(page.sandbox.received(), []);

            page.fill_all(&HUAWEI_KEY[1..]).await;
            page.wait_for("!wordsOf(document.querySelector('main')).includes('Nobody touched this page')").await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            assert_eq!(page.seen(&[HUAWEI_KEY[1]]).await, [] as [&str; 0]);
        })
        .await;
}

#[tokio::test]
async fn the_usual_time_is_a_quarter_of_an_hour() {
    scene()
        .before(CLOCK)
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill("X-Auth-Token", "any-token-will-do").await;
            page.wait_for("find('field', 'X-Auth-Token').value !== ''").await;
            later(page, 901).await;
            page.shows("Nobody touched this page for 15 min, so its secrets were forgotten.").await;
            assert_eq!(page.value("X-Auth-Token").await, "");
        })
        .await;
}

#[tokio::test]
async fn a_minute_before_the_page_warns_wherever_one_is_and_offers_to_stay() {
    scene()
        .before(CLOCK)
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill("X-Auth-Token", "any-token-will-do").await;
            page.open("#/about").await;
            let warning = "find('region', 'Secrets will be deleted')";
            later(page, 830).await;
            assert!(page.eval::<bool>(&format!("{warning} === null")).await, "70 seconds are left");
            later(page, 20).await;
            page.wait_for(&format!("{warning} !== null")).await;
            let alerts = "[...document.querySelectorAll('[role=alert]')].map((part) => part.textContent).join()";
            page.wait_for(&format!("{alerts}.includes('deletes its secrets')")).await;
            let in_sight = format!(
                "(() => {{ const box = {warning}.getBoundingClientRect();
                return box.top >= 0 && box.bottom <= innerHeight && box.width > 100; }})()"
            );
            assert!(page.eval::<bool>(&in_sight).await, "anywhere on the page");
            page.axe("the idle lock warns").await;
            page.click("button", "Keep them").await;
            page.wait_for(&format!("{warning} === null")).await;
            later(page, 830).await;
            page.open("#/huawei-taurusdb/SwitchGaussMySqlInstanceSsl").await;
            assert_eq!(page.value("X-Auth-Token").await, "any-token-will-do");
            later(page, 71).await;
            page.shows("Nobody touched this page for 15 min, so its secrets were forgotten.").await;
        })
        .await;
}

/// A pasted command has its secrets in its text; nothing is in a profile yet.
#[tokio::test]
async fn a_pasted_command_is_forgotten_too() {
    scene()
        .before(CLOCK)
        .run(async |page| {
            page.open("#/import").await;
            let text = "document.getElementById('import-text')";
            let command = format!(
                "curl -X PUT 'https://gaussdb.cn-north-4.myhuaweicloud.com/v3/{PROJECT}/instances/{INSTANCE}/ssl-option' \
                -H 'X-Auth-Token: a-pasted-token' -d '{{\"ssl_option\":true}}'"
            );
            page.script(
                &format!("{text}.value = arguments[0]; {text}.dispatchEvent(new Event('input')); return null;"),
                vec![json!(command)],
            )
            .await;
            page.shows("“Enable or disable SSL” of Huawei Cloud TaurusDB").await;
            later(page, 901).await;
            page.wait_for(&format!("{text}.value === ''")).await;
            page.wait_for("!document.querySelector('main').textContent.includes('Enable or disable SSL” of')").await;
        })
        .await;
}
