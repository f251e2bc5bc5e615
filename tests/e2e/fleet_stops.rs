//! What makes a run stand still: pause, stop, failures, its window, another tab, the idle lock, a token that has ended. Whoever
//! controls the simulated time controls how far a run gets: at its usual speed no change ends within a test.

use thirtyfour::prelude::*;
use tls_console::sandbox::{FaultRates, Provider};

use crate::browser::until;
use crate::fleet::{COLUMNS, FILES, TOKEN, TypedLimits, at_once, quick, row};
use crate::page::{KEY_SECRET, Page, SSL};

/// Keeps the secrets for so many minutes, and lets the page's clock be set ahead.
fn clock(minutes: u32) -> String {
    format!(
        "localStorage.setItem('tls-console.idle-minutes', '{minutes}');
        const now = Date.now; window.ahead = 0; Date.now = () => now() + window.ahead;"
    )
}

/// Sets the page's clock ahead, and wakes the page as a computer does.
async fn ahead(page: &Page, seconds: u32) {
    let script = "window.ahead += arguments[0] * 1000; window.dispatchEvent(new Event('focus')); return null;";
    page.script(script, vec![seconds.into()]).await;
}

#[tokio::test]
async fn a_pause_begins_no_row_and_a_resumed_run_ends() {
    quick()
        .run(async |page| {
            page.fleets(40, 10);
            let ids = page.switchable(6);
            page.planned_fleet(&ids, at_once("2")).await;
            page.axe_in_both("a plan with its limits").await;
            page.start_fleet().await;
            page.until_accepted(2).await;
            page.axe_in_both("a run under way").await;
            page.act("fleet-pause").await;
            page.until_stage("paused").await;
            page.sandbox.set_speed(1000);
            // What was sent is followed to its end, and leaves its place free.
            page.until_rows("done", 2).await;
            page.until_none("under-way").await;
            page.axe_in_both("a run that is paused").await;
            assert_eq!(page.rows_in("waiting").await, 4);
            assert_eq!(page.sandbox.changes().len(), 2);
            page.act("fleet-resume").await;
            page.until_stage("over").await;
            page.switched_once(&ids);
            assert_eq!(page.rows_in("done").await, 6);
        })
        .await;
}

#[tokio::test]
async fn after_a_stop_nothing_more_arrives_and_a_row_shows_its_calls() {
    quick()
        .run(async |page| {
            page.fleets(40, 10);
            let ids = page.switchable(6);
            page.planned_fleet(&ids, at_once("2")).await;
            page.start_fleet().await;
            page.until_accepted(2).await;
            page.click("button", "Stop").await;
            page.click_named("button", "Really stop").await;
            page.until_stage("stopped").await;
            page.axe_in_both("a run that is stopped").await;
            page.sandbox.set_speed(1000);
            page.until_stage("over").await;
            assert_eq!((page.rows_in("done").await, page.rows_in("stopped").await), (2, 4));
            assert_eq!(page.sandbox.changes().len(), 2, "{:?}", page.sandbox.changes());
            page.switched_once(&ids[..2]);

            page.click("button", &format!("Details: {}", ids[0])).await;
            page.wait_for("document.activeElement.id === 'fleet-row-title'").await;
            let row = page.words(".fleet-row").await;
            Page::says(&row, &[&ids[0], "SSL on", "Done: completed", "SwitchGaussMySqlInstanceSsl", "200"]);
            page.axe_in_both("a row with its calls").await;
            page.act("fleet-row-close").await;
            page.wait_for("document.querySelector('.fleet-row') === null").await;

            // What the stop kept from being sent is sent with one button.
            page.find("button", "Go on with 4 stopped rows").await;
            page.act("fleet-retry-stopped").await;
            page.click_named("button", "Really go on?").await;
            page.until_rows("done", 6).await;
            page.until_stage("over").await;
            page.switched_once(&ids);
        })
        .await;
}

#[tokio::test]
async fn more_failures_than_allowed_take_no_new_rows_until_the_user_goes_on() {
    quick()
        .run(async |page| {
            page.fleets(40, 10);
            let ids = page.switchable(6);
            page.planned_fleet(&ids, TypedLimits { threshold: "1", ..at_once("1") }).await;
            page.sandbox.set_faults(FaultRates { failed_job: 1000, ..FaultRates::default() });
            page.sandbox.set_speed(1000);
            page.start_fleet().await;
            page.until_rows("failed", 2).await;
            page.shows("takes no new rows: more rows failed, or are not known, than you allowed").await;
            page.axe_in_both("a lane that is halted").await;
            assert_eq!((page.rows_in("under-way").await, page.rows_in("waiting").await), (0, 4));
            assert_eq!(page.sandbox.changes().len(), 2, "{:?}", page.sandbox.changes());
            // The errors are grouped, with what to do.
            let errors = page.words(".fleet-errors").await;
            Page::says(&errors, &["The change failed", "2 rows", "What to do"]);

            page.sandbox.set_faults(FaultRates::default());
            page.act("fleet-resume").await;
            page.until_stage("over").await;
            page.switched_once(&ids);
            assert_eq!((page.rows_in("done").await, page.rows_in("failed").await), (4, 2));
            page.act("fleet-retry").await;
            page.click_named("button", "Really try again?").await;
            page.until_rows("done", 6).await;
            page.until_stage("over").await;
            let twice: Vec<usize> = ids.iter().map(|id| page.sandbox.switches(id)).collect();
            assert_eq!(twice.iter().filter(|switches| **switches == 2).count(), 2, "only what failed: {twice:?}");
            assert!(page.instances(Provider::Huawei).iter().all(|one| !ids.contains(&one.id) || one.is_on));
        })
        .await;
}

#[tokio::test]
async fn outside_its_window_a_run_sends_nothing() {
    quick()
        .before(&clock(480))
        .run(async |page| {
            page.fleets(40, 10);
            let ids = page.switchable(6);
            // In an hour it opens, for half an hour. A window may go over midnight.
            let time = |minutes: u32| {
                format!("(() => {{ const then = new Date(Date.now() + {minutes} * 60000);
                return [then.getHours(), then.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':'); }})()")
            };
            let (from, to): (String, String) = (page.eval(&time(60)).await, page.eval(&time(90)).await);
            page.planned_fleet(&ids, TypedLimits { window: (&from, &to), ..at_once("1") }).await;
            page.start_fleet().await;
            page.shows("The window, which opens at").await;
            page.axe_in_both("a run outside its window").await;
            assert_eq!((page.rows_in("under-way").await, page.rows_in("waiting").await), (0, 6));
            assert_eq!(page.sandbox.changes(), []);

            ahead(page, 61 * 60).await;
            page.until_accepted(1).await;
            // It closes while a row is under way, which is followed to its end.
            ahead(page, 30 * 60).await;
            page.sandbox.set_speed(1000);
            page.until_rows("done", 1).await;
            page.shows("The window, which opens at").await;
            assert_eq!((page.rows_in("under-way").await, page.rows_in("waiting").await), (0, 5));
            assert_eq!(page.sandbox.changes().len(), 1, "{:?}", page.sandbox.changes());
        })
        .await;
}

#[tokio::test]
async fn of_two_tabs_one_runs_a_fleet_and_the_other_watches_and_takes_over() {
    quick()
        .run(async |page| {
            page.fleets(40, 10);
            let ids = page.switchable(6);
            page.planned_fleet(&ids, at_once("1")).await;
            page.start_fleet().await;
            page.until_accepted(1).await;
            let driver = &page.browser.driver;
            let first = driver.window().await.unwrap();
            let second = driver.new_tab().await.unwrap();
            driver.switch_to_window(second.clone()).await.unwrap();
            page.open_fleet().await;
            page.until_stage("running").await;
            page.shows("Another tab runs this fleet.").await;
            page.axe_in_both("a fleet of another tab").await;
            // What this tab shows may be old: it neither changes nor stores anything.
            page.act("fleet-step-choose").await;
            page.shows("Another tab has this fleet.").await;
            assert!(!page.has("field", "Name of the fleet").await, "it only watches");
            page.act("fleet-step-plan").await;
            assert!(!page.has("action", "fleet-start").await, "it only watches");
            page.act("fleet-step-run").await;
            assert!(!page.has("action", "fleet-pause").await, "it only watches");
            page.until_rows("under-way", 1).await;
            page.sandbox.set_speed(1000);
            page.until_rows("done", 2).await;
            page.sandbox.set_speed(1);
            let accepted = page.sandbox.accepted().len();
            assert!(accepted < ids.len(), "the first tab is not through");

            driver.switch_to_window(first.clone()).await.unwrap();
            page.act("fleet-pause").await;
            page.until_stage("paused").await;
            driver.switch_to_window(second.clone()).await.unwrap();
            page.until_stage("paused").await;
            page.shows("The run is paused. The tab that runs it says what it waits for.").await;
            driver.switch_to_window(first).await.unwrap();
            page.act("fleet-resume").await;
            page.until_stage("running").await;
            driver.close_window().await.unwrap();
            driver.switch_to_window(second).await.unwrap();
            page.until_stage("paused").await;
            page.shows("The run is paused, because this tab has taken it over.").await;
            // It asks at once, not when a look is due.
            page.shows("none is entered on this page").await;
            assert!(!page.has("action", "fleet-credential").await, "there is nothing to go on with");
            page.sign_huawei("another-token-of-this-tab").await;
            page.open_fleet().await;
            page.sandbox.set_speed(1000);
            page.act("fleet-resume").await;
            page.until_over().await;
            page.switched_once(&ids);
            assert_eq!(page.rows_in("done").await, 6);
        })
        .await;
}

#[tokio::test]
async fn the_idle_lock_warns_and_pauses_a_run_which_goes_on_with_a_credential() {
    quick()
        .before(&clock(2))
        .run(async |page| {
            page.fleets(40, 10);
            let ids = page.switchable(4);
            page.planned_fleet(&ids, at_once("1")).await;
            page.start_fleet().await;
            page.until_accepted(1).await;
            ahead(page, 65).await;
            page.wait_for("find('region', 'Secrets will be deleted') !== null").await;
            page.until_stage("running").await;
            ahead(page, 60).await;
            page.until_stage("paused").await;
            // There is no vault to unlock.
            page.shows("because the idle lock has deleted the secrets. Enter them again, then resume.").await;
            page.axe_in_both("a run that the idle lock has paused").await;
            assert_eq!(page.sandbox.changes().len(), 1, "{:?}", page.sandbox.changes());

            // A person who is back presses keys; the text of a test comes without.
            page.press(Key::Shift).await;
            page.sign_huawei("the-token-after-the-lock").await;
            page.open_fleet().await;
            page.sandbox.set_speed(1000);
            page.act("fleet-resume").await;
            page.until_over().await;
            page.switched_once(&ids);
        })
        .await;
}

#[tokio::test]
async fn an_expired_token_pauses_its_rows_and_asks_for_another() {
    quick()
        .before(FILES)
        .run(async |page| {
            page.fleets(40, 10);
            let ids = page.switchable(4);
            page.planned_fleet(&ids, at_once("1")).await;
            page.start_fleet().await;
            page.until_accepted(1).await;
            page.sandbox.expire_credential(Provider::Huawei);
            page.shows("the provider refused the last one with").await;
            page.find("button", "Try the same one again").await;
            // The provider may be wrong for a while: the same credential may be tried as often as the user likes.
            for _ in 0..4 {
                let before = page.sandbox.looks().len();
                until("another look", async || {
                    let press = "(() => { find('action', 'fleet-credential')?.click(); return true; })()";
                    page.eval::<bool>(press).await;
                    (page.sandbox.looks().len() > before).then_some(())
                })
                .await;
                page.shows("the provider refused the last one with").await;
            }
            let ended =
                "[...document.querySelectorAll('[data-state=unknown][data-count], [data-state=failed][data-count]')]
                .map((one) => Number(one.dataset.count)).reduce((sum, count) => sum + count, 0)";
            assert_eq!(page.eval::<usize>(ended).await, 0);
            assert!(!page.has("button", "Go on with X-Auth-Token").await, "no other one was entered");
            page.sandbox.set_speed(1000);
            page.axe_in_both("rows that wait for a credential").await;
            assert_eq!(page.sandbox.accepted().len(), 1, "nothing is switched without a credential");
            page.until_stage("running").await;

            page.sign_huawei("the-token-after-the-expired-one").await;
            page.open_fleet().await;
            page.click("button", "Go on with X-Auth-Token").await;
            page.until_over().await;
            page.switched_once(&ids);
            assert_eq!((page.rows_in("done").await, page.rows_in("failed").await), (4, 0));
            let none =
                page.seen(&[("X-Auth-Token", "the-token-after-the-expired-one"), ("AccessKey secret", KEY_SECRET)]);
            assert_eq!(none.await, [] as [&str; 0]);
            let last = until("the last change", async || page.sandbox.received().pop()).await;
            assert_eq!(last.header("x-auth-token"), "the-token-after-the-expired-one");
        })
        .await;
}

#[tokio::test]
async fn a_run_is_left_after_a_question_and_each_of_two_fleets_ends_by_its_own_answers() {
    quick()
        .run(async |page| {
            page.fleets(40, 10);
            let ids = page.switchable(4);
            let (first, second) = ids.split_at(2);
            page.planned_fleet(first, at_once("1")).await;
            page.start_fleet().await;
            page.until_accepted(1).await;
            page.act("fleet-step-choose").await;
            page.act("fleet-close").await;
            page.click_named("button", "Really leave the run?").await;
            page.until_stage("none").await;

            // The rows of the second fleet have the numbers of those of the first.
            let rows: String = second.iter().map(|id| row(Provider::Huawei, id)).collect();
            page.add_pasted(&format!("{COLUMNS}{rows}")).await;
            page.plan_fleet().await;
            page.limit_fleet(at_once("1")).await;
            page.start_fleet().await;
            page.until_accepted(2).await;
            page.act("fleet-step-choose").await;
            page.choose_by("Kept fleets and plans").await;
            page.click_named("button", "Open Fleet of").await;
            page.axe_in_both("the question before a run is left").await;
            page.click_named("button", "Really leave the run?").await;
            page.until_stage("paused").await;
            page.find("button", &format!("Details: {}", first[0])).await;
            assert!(!page.has("button", &format!("Details: {}", second[0])).await, "it is another fleet");
            page.sandbox.set_speed(1000);
            page.act("fleet-resume").await;
            page.until_over().await;
            assert_eq!(page.rows_in("done").await, 2);

            page.act("fleet-step-choose").await;
            page.choose_by("Kept fleets and plans").await;
            page.click_named("button", "Open Fleet of").await;
            page.until_stage("paused").await;
            page.act("fleet-resume").await;
            page.until_over().await;
            assert_eq!(page.rows_in("done").await, 2);
            page.switched_once(&ids);
        })
        .await;
}

#[tokio::test]
async fn a_plan_without_a_credential_asks_for_one_and_goes_on() {
    quick()
        .run(async |page| {
            page.fleets(40, 10);
            let ids = page.switchable(2);
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.open_fleet().await;
            let rows: String = ids.iter().map(|id| row(Provider::Huawei, id)).collect();
            page.add_pasted(&format!("{COLUMNS}{rows}")).await;
            page.act("fleet-plan").await;
            page.shows("none is entered on this page").await;
            assert!(!page.has("action", "fleet-credential").await, "there is nothing to go on with");
            page.until_stage("planning").await;
            page.axe_in_both("a plan that waits for a credential").await;
            page.sign_huawei(TOKEN).await;
            page.open_fleet().await;
            page.act("fleet-credential").await;
            page.until_stage("planned").await;
            assert_eq!(page.planned("will-change").await, 2);
        })
        .await;
}

#[tokio::test]
async fn a_plan_asks_for_the_credentials_of_all_its_providers_at_once() {
    quick()
        .run(async |page| {
            page.fleets(40, 10);
            let id = page.switchable(1).remove(0);
            let cluster = page.instances(Provider::Aliyun).remove(0).id;
            page.open_fleet().await;
            page.connect_by("Proxy").await;
            let rows = [row(Provider::Huawei, &id), row(Provider::Aliyun, &cluster)].concat();
            page.add_pasted(&format!("{COLUMNS}{rows}")).await;
            page.act("fleet-plan").await;
            page.wait_for("document.querySelectorAll('.fleet-credential').length === 2").await;
            let asked = page.words(".fleet-content").await;
            Page::says(
                &asked,
                &["(Huawei Cloud): none is entered on this page", "(Alibaba Cloud): none is entered on this page"],
            );
            page.axe_in_both("a plan that waits for two credentials").await;
        })
        .await;
}
