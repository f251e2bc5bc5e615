//! A change is followed until it is known what became of it. The clouds are behind the proxy, a thousand times as fast, so that
//! a look on demand shows the end; each flow asserts what the clouds received.

use serde_json::json;
use thirtyfour::Key;

use crate::browser::retry;
use crate::page::{CLUSTER, HTTPS, HTTPS_INPUTS, INSTANCE, Page, SSL, SSL_INPUTS};
use crate::scene::scene;

const CLOSE: &str = "#/aliyun-elasticsearch/CloseHttps";

/// Lets the page's clock jump.
const JUMPING_CLOCK: &str = "{
    const now = Date.now.bind(Date);
    let ahead = 0;
    Date.now = () => now() + ahead;
    window.jump = (hours) => { ahead += hours * 3_600_000; window.dispatchEvent(new Event('focus')); };
}";

impl Page {
    /// The word of the change on the screen; empty where none is followed.
    pub(crate) async fn followed(&self) -> String {
        self.eval("document.querySelector('[data-follow]')?.dataset.follow ?? ''").await
    }

    /// The words of the first change on the screen: that of the answer, or the latest.
    pub(crate) async fn follow_words(&self) -> String {
        self.words("[data-follow]").await
    }

    pub(crate) async fn until_followed(&self, word: &str) {
        self.wait_for(&format!("(document.querySelector('[data-follow]')?.dataset.follow ?? '') === '{word}'")).await;
    }

    /// Waits until the first change on the screen asks for another credential.
    pub(crate) async fn until_it_needs_a_credential(&self) {
        let needs = "document.querySelector('[data-follow]')?.dataset.needsCredential === 'true'";
        self.wait_for(needs).await;
        self.until_the_change_says("A credential is needed to look").await;
    }

    pub(crate) async fn until_the_change_says(&self, words: &str) {
        self.wait_for(&format!("document.querySelector('[data-follow]')?.textContent.includes('{words}') === true"))
            .await;
    }

    /// Looks until the first change on the screen has come to this end.
    pub(crate) async fn look_until(&self, word: &str) {
        self.look_until_all(&[word]).await;
    }

    /// Looks until the first changes on the screen have come to these ends.
    async fn look_until_all(&self, words: &[&str]) {
        let look = format!(
            "(() => {{
                const all = [...document.querySelectorAll('[data-follow]')].slice(0, {});
                const look = (one) => [...one.querySelectorAll('button')].find((one) => one.textContent === 'Look now');
                if (JSON.stringify(all.map((one) => one.dataset.follow)) === JSON.stringify({})) return true;
                all.forEach((one) => look(one)?.click());
                return false;
            }})()",
            words.len(),
            json!(words)
        );
        self.wait_for(&look).await;
    }

    /// Fills the form of an operation, with another instance, and the proxy as the connection.
    pub(crate) async fn prepare(&self, operation: &str, inputs: &[(&str, &str)], instance: (&str, &str)) {
        self.open_operation(operation).await;
        self.connect_by("Proxy").await;
        self.fill_all(inputs).await;
        self.fill(instance.0, instance.1).await;
    }
}

#[tokio::test]
async fn ssl_is_followed_until_its_task_is_finished_on_and_off() {
    scene()
        .run(async |page| {
            page.sandbox.set_speed(1000);
            page.prepare(SSL, &SSL_INPUTS, ("instance_id", INSTANCE)).await;
            page.call().await;
            page.look_until("completed").await;
            Page::says(
                &page.follow_words().await,
                &["Completed", "GaussDBforMySQLSwitchSSL", "The API does not show the state"],
            );
            page.axe("completed").await;
            assert_eq!(page.sandbox.look(|world| world.ssl(INSTANCE)), Some(true));

            page.choose("ssl_option", "false").await;
            page.call().await;
            page.look_until("completed").await;
            assert_eq!(page.sandbox.look(|world| world.ssl(INSTANCE)), Some(false));
            assert_eq!(page.sandbox.switches(INSTANCE), 2);
            let looks = page.sandbox.looks();
            assert!(looks.iter().any(|look| look.target.contains("/jobs?id=")), "{looks:?}");
            page.wait_for(&format!("document.title.startsWith('✓ SSL off {INSTANCE} · ')")).await;

            // A later change that is not followed: the title does not tell of an older success.
            page.prepare(HTTPS, &HTTPS_INPUTS, ("InstanceId", "es-cn-resultfalse0001")).await;
            page.call().await;
            page.wait_for("document.title.startsWith('Enable HTTPS')").await;
        })
        .await;
}

#[tokio::test]
async fn https_is_verified_by_the_state_that_the_api_reports_on_and_off() {
    scene()
        .run(async |page| {
            page.sandbox.set_speed(1000);
            page.prepare(HTTPS, &HTTPS_INPUTS, ("InstanceId", CLUSTER)).await;
            page.call().await;
            page.look_until("verified").await;
            Page::says(&page.follow_words().await, &["Verified", "Evidence", "HTTPS", "active"]);
            // A look has one time.
            let times = "new Set([...wordsOf(document.querySelector('[data-follow]')).matchAll(/\\bat ([0-9]+:[0-9]+:[0-9]+)/g)]
                .map((found) => found[1])).size";
            assert_eq!(page.eval::<u32>(times).await, 1, "{}", page.follow_words().await);
            assert_eq!(page.sandbox.look(|world| world.https(CLUSTER)), Some(true));

            page.open_operation(CLOSE).await;
            page.fill("InstanceId", CLUSTER).await;
            page.call().await;
            page.look_until("verified").await;
            assert_eq!(page.sandbox.look(|world| world.https(CLUSTER)), Some(false));
            assert_eq!(page.sandbox.switches(CLUSTER), 2);

            // What was verified first is not so any more.
            page.open_operation(HTTPS).await;
            page.until_the_change_says("A later change of the same instance was accepted.").await;
            page.wait_for(
                "response().querySelector('[data-follow]').dataset.overtaken === 'true' && response().querySelector('.explanation[data-tone=good]') === null",
            )
            .await;
            page.axe("a result that is overtaken").await;
        })
        .await;
}

#[tokio::test]
async fn a_failure_that_only_the_list_of_changes_shows_is_told_with_its_reason() {
    for (id, told) in [
        ("es-job-failed", ["Failed: A node did not start again in time.", "FAILED"]),
        ("es-job-canceled", ["Failed: the change was not carried out.", "INTERRUPTED"]),
    ] {
        scene()
            .run(async |page| {
                page.sandbox.set_speed(1000);
                page.prepare(HTTPS, &HTTPS_INPUTS, ("InstanceId", id)).await;
                page.call().await;
                page.look_until("failed").await;
                Page::says(&page.follow_words().await, &told);
                assert_eq!((page.sandbox.switches(id), page.sandbox.look(|world| world.https(id))), (1, Some(false)));
                let received = page.sandbox.received();
                assert!(received.iter().any(|look| look.target.contains("actionNames=OpenHttps")), "{received:?}");
            })
            .await;
    }
}

#[tokio::test]
async fn a_failed_task_is_told_with_the_providers_reason() {
    let failed = "jobFailedxxxxxxxxxxxxxxxxxxxxxxxin07";
    scene()
        .run(async |page| {
            page.sandbox.set_speed(1000);
            page.prepare(SSL, &SSL_INPUTS, ("instance_id", failed)).await;
            page.call().await;
            page.look_until("failed").await;
            let reason = page.follow_words().await;
            assert!(reason.contains("Failed: ") && !reason.contains("the change was not carried out"), "{reason}");
            assert_eq!(page.sandbox.switches(failed), 1);
            assert_eq!(page.sandbox.look(|world| world.ssl(failed)), Some(false));
            page.axe("failed").await;
        })
        .await;
}

#[tokio::test]
async fn a_task_that_nobody_ever_sees_is_unknown_when_the_time_is_over_and_never_failed() {
    let never = "jobNeverxxxxxxxxxxxxxxxxxxxxxxxxin07";
    scene()
        .before(JUMPING_CLOCK)
        .run(async |page| {
            page.prepare(SSL, &SSL_INPUTS, ("instance_id", never)).await;
            page.call().await;
            page.until_followed("running").await;
            // The computer sleeps for two hours; the limit is one.
            page.wait_for(
                "(() => { window.jump(2); return document.querySelector('[data-follow=unknown]') !== null; })()",
            )
            .await;
            Page::says(&page.follow_words().await, &["Not known: the provider never showed this change."]);
            assert_eq!(page.sandbox.switches(never), 1);
        })
        .await;
}

#[tokio::test]
async fn a_lost_answer_is_found_again_and_nothing_is_switched_twice() {
    let lost = "faultLostxxxxxxxxxxxxxxxxxxxxxxxin07";
    scene()
        .run(async |page| {
            page.sandbox.set_speed(1000);
            page.prepare(SSL, &SSL_INPUTS, ("instance_id", lost)).await;
            page.call().await;
            page.look_until("completed").await;
            Page::says(&page.follow_words().await, &["The call got no usable answer", "found the change."]);
            assert_eq!(page.sandbox.switches(lost), 1);
            assert_eq!(page.sandbox.received().len(), 1, "one act, one call");
        })
        .await;
}

#[tokio::test]
async fn a_call_that_is_repeated_with_its_token_is_followed_once() {
    let lost = "es-fault-lost";
    scene()
        .run(async |page| {
            page.prepare(HTTPS, &HTTPS_INPUTS, ("InstanceId", lost)).await;
            page.call().await;
            page.until_followed("running").await;
            let kept = "Object.keys(localStorage).filter((key) => key.includes('follow.')).length";
            assert_eq!(page.eval::<u32>(kept).await, 1);
            page.click("button", "Send again…").await;
            page.confirm().await;
            page.wait_for("response().querySelector('.explanation[data-tone=good]') !== null").await;
            // What is kept of the first call goes when the second is followed.
            page.wait_for(&format!("{kept} === 1 && document.querySelectorAll('[data-follow]').length === 1")).await;
            page.sandbox.set_speed(1000);
            page.look_until("verified").await;
            assert_eq!((page.sandbox.received().len(), page.sandbox.switches(lost)), (2, 1), "one act");
            assert!(!page.follow_words().await.contains("no usable answer"), "its answer came");
        })
        .await;
}

#[tokio::test]
async fn an_act_that_nobody_has_seen_is_not_called_failed_and_can_be_looked_for_and_sent_again() {
    let lost = "faultLostBeforexxxxxxxxxxxxxxxxxin07";
    scene()
        .before(JUMPING_CLOCK)
        .run(async |page| {
            page.prepare(SSL, &SSL_INPUTS, ("instance_id", lost)).await;
            page.call().await;
            page.wait_for(
                "(() => { window.jump(0.05); return document.querySelector('[data-follow=unknown]') !== null; })()",
            )
            .await;
            Page::says(&page.follow_words().await, &["the provider shows no such change", "It may still appear"]);
            page.find("button", "Look now").await;
            // What the console found comes first; what a person can do is below it, folded.
            let order = "(() => {
                const found = response().querySelector('[data-follow]'), advice = response().querySelector('.advice');
                return response().querySelector('.explanation li') === null && !advice.open
                    && found.compareDocumentPosition(advice) === Node.DOCUMENT_POSITION_FOLLOWING;
            })()";
            assert!(page.eval::<bool>(order).await);
            assert_eq!(page.sandbox.switches(lost), 0);
            page.click("button", "Send again…").await;
            // The question is open at once, and nothing goes before it is answered.
            assert_eq!(page.sandbox.received().len(), 1);
            page.confirm().await;
            page.answer().await;
            assert_eq!(page.sandbox.switches(lost), 1);
            page.shows("Sent again: the later call shows what became of it.").await;
        })
        .await;
}

#[tokio::test]
async fn a_change_whose_page_was_left_before_the_answer_is_looked_for_by_the_next_page() {
    let silent = "faultTimeoutxxxxxxxxxxxxxxxxxxxxin07";
    scene()
        .run(async |page| {
            page.sandbox.set_speed(1000);
            page.prepare(SSL, &SSL_INPUTS, ("instance_id", silent)).await;
            page.send().await;
            page.confirm().await;
            retry("the call to arrive", async || match page.sandbox.switches(silent) {
                1 => Ok(()),
                switches => Err(format!("{switches} switches")),
            })
            .await;
            page.reload().await;
            page.all_fields().await;
            page.until_followed("running").await;
            let title = "A call was under way when this page was reloaded";
            page.find("region", title).await;
            // The token went with the page.
            page.until_it_needs_a_credential().await;
            page.fill("X-Auth-Token", "any-token-will-do").await;
            page.click("button", "Go on with the new credential").await;
            page.look_until("completed").await;
            let notice: String = page.eval(&format!("wordsOf(find('region', '{title}'))")).await;
            Page::says(&notice, &["Completed", "the console found the change."]);
            assert!(!notice.contains("may have been"), "{notice}");
            page.axe("a change that the next page has found").await;
            assert_eq!((page.sandbox.switches(silent), page.sandbox.received().len()), (1, 1), "it only looked");
        })
        .await;
}

#[tokio::test]
async fn a_change_is_followed_on_after_a_reload_and_with_a_new_credential() {
    scene()
        .run(async |page| {
            page.prepare(SSL, &SSL_INPUTS, ("instance_id", INSTANCE)).await;
            page.call().await;
            page.until_followed("running").await;
            page.reload().await;
            page.all_fields().await;
            page.until_followed("running").await;
            let kept: String = page.eval("JSON.stringify({ ...localStorage, ...sessionStorage })").await;
            assert!(!kept.contains("any-token-will-do"), "no secret is kept: {kept}");
            // The token went with the page.
            page.until_it_needs_a_credential().await;
            page.axe("a credential is needed").await;
            page.fill("X-Auth-Token", "expired-token").await;
            page.click("button", "Go on with the new credential").await;
            page.until_the_change_says("does not accept the credential").await;
            page.fill("X-Auth-Token", "any-token-will-do").await;
            page.click("button", "Go on with the new credential").await;
            page.sandbox.set_speed(1000);
            page.look_until("completed").await;
            assert_eq!(page.sandbox.switches(INSTANCE), 1);
        })
        .await;
}

#[tokio::test]
async fn a_new_version_of_the_page_goes_on_following() {
    scene()
        .run(async |page| {
            page.prepare(HTTPS, &HTTPS_INPUTS, ("InstanceId", CLUSTER)).await;
            page.call().await;
            page.until_followed("running").await;
            // As `update.js` says it when a newer version is there.
            assert!(page.eval::<bool>("dispatchEvent(new Event('update-ready'))").await);
            page.click("button", "Reload").await;
            page.reload().await;
            page.all_fields().await;
            page.until_followed("running").await;
            // The secret went with the page.
            page.click("button", "Look now").await;
            page.until_it_needs_a_credential().await;
            page.fill_all(&HTTPS_INPUTS[..2]).await;
            page.click("button", "Go on with the new credential").await;
            page.sandbox.set_speed(1000);
            page.look_until("verified").await;
            assert_eq!(page.sandbox.switches(CLUSTER), 1);
        })
        .await;
}

#[tokio::test]
async fn two_changes_on_two_clouds_are_followed_at_once_while_the_user_is_elsewhere() {
    scene()
        .run(async |page| {
            page.prepare(SSL, &SSL_INPUTS, ("instance_id", INSTANCE)).await;
            page.call().await;
            page.open_from_list("Enable HTTPS").await;
            page.all_fields().await;
            page.fill_all(&HTTPS_INPUTS).await;
            page.call().await;
            page.wait_for("document.querySelectorAll('[data-follow=running]').length === 2").await;
            page.axe("two changes").await;
            page.sandbox.set_speed(1000);
            page.look_until_all(&["verified", "completed"]).await;
            assert_eq!((page.sandbox.switches(INSTANCE), page.sandbox.switches(CLUSTER)), (1, 1));
        })
        .await;
}

#[tokio::test]
async fn looking_can_be_stopped_taken_up_again_and_dismissed() {
    scene()
        .run(async |page| {
            page.prepare(SSL, &SSL_INPUTS, ("instance_id", INSTANCE)).await;
            page.call().await;
            page.until_followed("running").await;
            page.click("button", "Stop looking").await;
            page.until_followed("unknown").await;
            let before = page.sandbox.looks().len();
            page.click("button", "Look again").await;
            page.until_followed("running").await;
            page.sandbox.set_speed(1000);
            page.look_until("completed").await;
            assert!(page.sandbox.looks().len() > before);
            page.click("button", "Dismiss").await;
            page.until_followed("").await;
            page.wait_for("!JSON.stringify({ ...localStorage }).includes('follow.')").await;
        })
        .await;
}

#[tokio::test]
async fn the_simulated_time_goes_faster_on_demand_and_the_end_comes_by_itself() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.click("button", "Time 60×").await;
            page.fill_all(&SSL_INPUTS).await;
            page.call().await;
            page.until_followed("completed").await;
            Page::says(&page.follow_words().await, &["60 times as fast"]);
            assert_eq!(page.sandbox.received(), [], "nothing left the page");
        })
        .await;
}

#[tokio::test]
async fn an_instance_is_picked_from_a_list_by_pages_and_letters() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.click("button", "Look up instance_id").await;
            page.wait_for("document.querySelector('main').textContent.includes('Fill in project_id first')").await;
            page.fill_all(&SSL_INPUTS).await;
            page.fill("instance_id", "").await;
            page.click("button", "Look up instance_id").await;
            page.find("button", "More").await;
            page.axe("the list of instances").await;
            page.script("find('button', 'Look up instance_id').focus(); return null;", Vec::new()).await;
            page.press(Key::Down.value().to_string()).await;
            page.wait_for("document.activeElement === document.querySelector('.choice')").await;
            // The first page has more rows than are shown at first.
            let shown = "document.querySelectorAll('.choice').length";
            assert_eq!(page.eval::<usize>(shown).await, 50);
            page.click("button", "More").await;
            page.wait_for(&format!("{shown} === 100")).await;
            assert_eq!(page.sandbox.received().len(), 1);
            page.click("button", "More").await;
            page.wait_for("find('button', 'More') === null").await;
            page.wait_for(&format!("{shown} > 100")).await;
            page.focus_is("INPUT instance_id Instance ID *").await;
            let lists = page.sandbox.received();
            assert_eq!(lists.len(), 2, "{lists:?}");
            assert!(lists[1].target.contains("offset=100"), "{lists:?}");
            page.fill("instance_id", "orders").await;
            let choices = "[...document.querySelectorAll('.choice')].map((one) => one.textContent)";
            page.wait_for(&format!("{choices}.length > 0 && {choices}.every((one) => one.includes('orders'))")).await;
            let first: String = page.eval("document.querySelector('.choice code').textContent").await;
            page.fill("instance_id", "no such name").await;
            page.wait_for("document.querySelector('main').textContent.includes('matches none of the')").await;
            page.enter("instance_id", "orders").await;
            let in_list = "document.activeElement === document.querySelector('.choice')";
            page.press(Key::Down.value().to_string()).await;
            page.wait_for(in_list).await;
            page.press(Key::Up.value().to_string()).await;
            page.focus_is("INPUT instance_id Instance ID *").await;
            page.press(Key::Down.value().to_string()).await;
            page.wait_for(in_list).await;
            page.press(Key::Enter.value().to_string()).await;
            assert_eq!(page.value("instance_id").await, first);
            page.wait_for("document.querySelector('.choice') === null").await;
            page.focus_is("INPUT instance_id Instance ID *").await;
            assert_ne!(json!(first), json!(INSTANCE));
        })
        .await;
}
