//! The rail before the lock: Huawei locks a key after six bad signatures in a row, the console stops after two.

use tls_console::sandbox::Provider;

use crate::fleet::{COLUMNS, quick, row};
use crate::page::{ACCESS_KEY, HUAWEI_KEY, INSTANCE_INPUTS, Page, SSL};
use crate::scene::scene;

const STOPPED: &str = "bad Stopped before the key is locked. Nothing was sent";

async fn with_secret(page: &Page, secret: &str) {
    page.fill_all(&INSTANCE_INPUTS).await;
    page.sign_with(ACCESS_KEY, &[HUAWEI_KEY[0], ("AccessKey secret", secret)]).await;
}

/// How many calls the cloud got, and how many looks.
fn sent(page: &Page) -> (usize, usize) {
    (page.sandbox.received().len(), page.sandbox.looks().len())
}

#[tokio::test]
async fn the_third_bad_signature_in_a_row_is_not_sent() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            with_secret(page, "not-the-secret").await;
            // The look at the instance before the call, and the call.
            let answer = page.call().await;
            Page::says(&answer, &["verify aksk signature fail"]);
            let answer = page.call().await;
            assert_eq!(page.verdict().await, STOPPED);
            Page::says(
                &answer,
                &[
                    "The provider refused 2 signatures in a row.",
                    "locks a key for 5 minutes after 6 bad signatures in a row, for everybody who uses it.",
                    "Enter the AccessKey secret again",
                ],
            );
            assert_eq!(sent(page), (1, 1), "the third one never left");
            page.axe("stopped").await;

            // What a panel would sign is stopped as well.
            page.click("button", "Look up project_id").await;
            page.wait_for(
                "[...document.querySelectorAll('.lookup')].some((one) => one.textContent.includes('Stopped before the key'))",
            )
            .await;
            assert_eq!(sent(page), (1, 1));

            page.click("button", "Allow one more try").await;
            page.shows("One more try is allowed: press Send.").await;
            page.axe("one more is allowed").await;
            let answer = page.call().await;
            Page::says(&answer, &["verify aksk signature fail"]);
            assert_eq!(sent(page), (2, 1), "exactly one");
            page.call().await;
            assert_eq!(page.verdict().await, STOPPED);
            assert_eq!(sent(page), (2, 1));

            page.click("button", "Allow one more try").await;
            page.fill_all(&HUAWEI_KEY[1..]).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            // A good signature begins the count anew.
            page.fill("AccessKey secret", "not-the-secret").await;
            for received in [4, 4] {
                page.call().await;
                assert_eq!(page.sandbox.received().len(), received);
            }
            assert_eq!(page.verdict().await, STOPPED);
        })
        .await;
}

#[tokio::test]
async fn another_key_and_a_token_are_not_stopped() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            with_secret(page, "not-the-secret").await;
            for _ in 0..3 {
                page.call().await;
            }
            assert_eq!(page.verdict().await, STOPPED, "in the page's own sandbox too");
            page.unfold("Profile").await;
            page.click("button", "New profile").await;
            page.wait_for("find('choice', 'Profile').options.length === 2 && find('field', 'AccessKey ID').value === ''")
                .await;
            with_secret(page, HUAWEI_KEY[1].1).await;
            page.call().await;
            assert_eq!(page.verdict().await, STOPPED, "the same key under another name");
            page.fill("AccessKey ID", "DUMMYAKDENIED0000001").await;
            let answer = page.call().await;
            Page::says(&answer, &["DBS.200010"]);
            page.script("const list = find('choice', 'Profile'); list.selectedIndex = 0; list.dispatchEvent(new Event('change')); return null;", Vec::new()).await;
            page.wait_for("document.querySelector('.credential-line') !== null").await;
            assert_eq!(page.value("AccessKey secret").await, "not-the-secret");
            page.call().await;
            assert_eq!(page.verdict().await, STOPPED);
            page.sign_with("X-Auth-Token", &[("X-Auth-Token", "any-token-will-do")]).await;
            let answer = page.call().await;
            Page::says(&answer, &["job_id"]);
        })
        .await;
}

/// The cloud counts on, whether the page is reloaded or not.
#[tokio::test]
async fn a_reload_does_not_begin_the_count_anew() {
    scene()
        .run(async |page| {
            for before in [0, 2] {
                page.open_operation(SSL).await;
                page.connect_by("Proxy").await;
                with_secret(page, "not-the-secret").await;
                for _ in before..2 {
                    page.call().await;
                }
                if before == 0 {
                    page.reload().await;
                    page.find("action", "send").await;
                }
            }
            page.call().await;
            assert_eq!(page.verdict().await, STOPPED);
            assert_eq!(sent(page), (1, 1), "the third one never left");
            let stored: String = page.eval("JSON.stringify({ ...localStorage })").await;
            assert!(!stored.contains(HUAWEI_KEY[0].1), "the key is not named: {stored}");
        })
        .await;
}

/// A look-up that is stopped has the way on beside it.
#[tokio::test]
async fn a_stopped_look_up_can_be_allowed_where_it_was_stopped() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            with_secret(page, "not-the-secret").await;
            page.call().await;
            page.call().await;
            page.click("button", "Look up project_id").await;
            page.shows("Stopped before the key is locked").await;
            page.click("button", "Allow one more try").await;
            page.sign_with(ACCESS_KEY, &HUAWEI_KEY).await;
            page.click("button", "Look up project_id").await;
            page.wait_for("document.querySelectorAll('.lookup .choice').length > 0").await;
            assert_eq!(sent(page), (2, 1));
        })
        .await;
}

/// The rows of a fleet are read several at once, and in each region for itself.
#[tokio::test]
async fn the_plan_of_a_fleet_tries_a_wrong_secret_once() {
    quick()
        .run(async |page| {
            page.fleets(40, 0);
            let ids = page.switchable(12);
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            with_secret(page, "not-the-secret").await;
            page.open_fleet().await;
            let (here, there) = ids.split_at(6);
            let rows = here.iter().map(|id| row(Provider::Huawei, id));
            let elsewhere = there.iter().map(|id| row(Provider::Huawei, id).replace("cn-north-4", "ap-southeast-1"));
            page.add_pasted(&format!("{COLUMNS}{}", rows.chain(elsewhere).collect::<String>())).await;
            page.act("fleet-plan").await;
            page.find("action", "fleet-credential").await;
            page.until_stage("planning").await;
            assert_eq!(sent(page), (0, 1), "one bad signature, not one for each row");

            page.open_operation(SSL).await;
            page.click("button", "Change").await;
            page.fill_all(&HUAWEI_KEY[1..]).await;
            page.open_fleet().await;
            page.act("fleet-credential").await;
            page.until_stage("planned").await;
            assert_eq!(page.planned("will-change").await, 12);
        })
        .await;
}
