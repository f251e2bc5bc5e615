//! A fleet without a mouse, and on a phone.

use serde_json::json;
use thirtyfour::Key;
use tls_console::sandbox::Provider;

use crate::fleet::{COLUMNS, TOKEN, at_once, quick, row};
use crate::keyboard::tab_to;
use crate::page::Page;

async fn enter(page: &Page) {
    page.press(Key::Enter.value().to_string()).await;
}

#[tokio::test]
async fn from_the_table_to_the_stop_by_keyboard_alone() {
    quick()
        .run(async |page| {
            page.fleets(40, 10);
            let ids = page.switchable(2);
            page.sign_huawei(TOKEN).await;
            page.open_fleet().await;
            tab_to(page, "BUTTON From lists").await;
            page.press(Key::Right.value().to_string()).await;
            page.focus_is("BUTTON Paste or drop").await;
            tab_to(page, "TEXTAREA Rows to paste").await;
            let rows = ids.iter().map(|id| row(Provider::Huawei, id));
            for line in [COLUMNS.to_owned()].into_iter().chain(rows) {
                page.press(line.trim_end()).await;
                enter(page).await;
            }
            page.wait_for("find('button', 'Add 2 rows') !== null").await;
            tab_to(page, "BUTTON Add 2 rows").await;
            enter(page).await;
            page.wait_for("find('button', 'Plan 2 rows') !== null").await;
            tab_to(page, "BUTTON Plan 2 rows").await;
            enter(page).await;
            // The button is gone with its step; the title of the next one stays while the plan is made.
            page.wait_for("document.activeElement.id === 'fleet-plan'").await;
            page.until_stage("planned").await;
            page.find("button", "Start 2 rows…").await;
            page.wait_for("document.activeElement.id === 'fleet-plan'").await;
            tab_to(page, "BUTTON Change the rows").await;
            enter(page).await;
            page.until_stage("choosing").await;
            page.wait_for("document.activeElement.id === 'fleet-rows'").await;
            tab_to(page, "BUTTON Plan 2 rows").await;
            enter(page).await;
            page.until_stage("planned").await;
            page.find("button", "Start 2 rows…").await;
            tab_to(page, "BUTTON Start 2 rows…").await;
            enter(page).await;
            page.wait_for("document.activeElement.id === 'fleet-start-number'").await;
            page.axe_in_both("the question before a run").await;
            page.press("3").await;
            page.wait_for("find('action', 'fleet-start-confirm').disabled").await;
            page.press(Key::Backspace.value().to_string()).await;
            page.press("2").await;
            page.wait_for("!find('action', 'fleet-start-confirm').disabled").await;
            tab_to(page, "BUTTON Start").await;
            enter(page).await;
            page.until_stage("running").await;
            page.until_accepted(1).await;
            tab_to(page, "BUTTON Pause").await;
            enter(page).await;
            page.until_stage("paused").await;
            page.wait_for("document.activeElement !== document.body").await;
            tab_to(page, "BUTTON Resume").await;
            enter(page).await;
            page.until_stage("running").await;
            let details = format!("BUTTON Details: {}", ids[0]);
            page.wait_for(&format!("find('button', 'Details: {}') !== null", ids[0])).await;
            tab_to(page, &details).await;
            enter(page).await;
            page.wait_for("document.activeElement.id === 'fleet-row-title'").await;
            tab_to(page, "BUTTON Close").await;
            enter(page).await;
            page.focus_is(&details).await;
            tab_to(page, "BUTTON Stop").await;
            enter(page).await;
            page.wait_for("nameOf(document.activeElement).startsWith('Really stop')").await;
            enter(page).await;
            page.until_stage("stopped").await;
            page.wait_for("document.activeElement !== document.body").await;
            let sent = page.sandbox.changes().len();
            assert!((1..=2).contains(&sent), "{:?}", page.sandbox.changes());
        })
        .await;
}

#[tokio::test]
async fn tab_walks_through_a_windowed_table_and_comes_out_at_both_sides() {
    quick()
        .run(async |page| {
            page.fleets(200, 10);
            let ids = page.switchable(60);
            page.sign_huawei(TOKEN).await;
            page.open_fleet().await;
            let rows: String = ids.iter().map(|id| row(Provider::Huawei, id)).collect();
            page.add_pasted(&format!("{COLUMNS}{rows}")).await;
            page.plan_fleet().await;
            assert_eq!(page.planned("will-change").await, ids.len());
            page.wait_for(&format!("{TABLE} !== null && find('button', 'Leave out {}') !== null", ids[0])).await;
            let drawn: usize = page.eval(&format!("{TABLE}.querySelectorAll('td .button').length")).await;
            assert!(drawn < 2 * ids.len(), "only a part of the rows is there: {drawn}");
            page.script(&format!("{TABLE}.focus(); return null;"), Vec::new()).await;
            let focused = format!(
                "[{TABLE}.contains(document.activeElement),
                `${{document.activeElement.tagName}} ${{nameOf(document.activeElement)}}`]"
            );
            let (mut passed, mut is_inside) = (Vec::new(), true);
            while is_inside && passed.len() < 200 {
                page.press(Key::Tab.value().to_string()).await;
                let (inside, name): (bool, String) = page.eval(&focused).await;
                is_inside = inside;
                passed.push(name);
            }
            assert!(!is_inside, "no way out of the table: {passed:?}");
            // Two buttons a row, each row once, in their order.
            let of_rows = ids.iter().flat_map(|id| [format!("BUTTON Why {id}"), format!("BUTTON Leave out {id}")]);
            let of_rows: Vec<String> = of_rows.collect();
            let buttons: Vec<&String> = passed.iter().filter(|name| of_rows.contains(name)).collect();
            assert_eq!(buttons, of_rows.iter().collect::<Vec<_>>());
            page.shift_tab().await;
            page.focus_is(of_rows.last().unwrap()).await;
            // The first rows went while the last ones came. The way back has them again.
            for name in of_rows.iter().rev().skip(1) {
                page.shift_tab().await;
                page.focus_is(name).await;
            }
            assert!(page.sandbox.changes().is_empty(), "{:?}", page.sandbox.changes());
        })
        .await;
}

/// The table of the open group of a plan.
const TABLE: &str = "document.querySelector('.fleet-group .table-window')";

#[tokio::test]
async fn a_phone_watches_a_run_and_stops_it() {
    quick()
        .run(async |page| {
            page.fleets(40, 10);
            let ids = page.switchable(5);
            page.planned_fleet(&ids, at_once("2")).await;
            page.start_fleet().await;
            page.until_accepted(2).await;
            let phone = json!({ "width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true });
            page.browser.devtools("Emulation.setDeviceMetricsOverride", phone).await;
            page.wait_for("innerWidth === 390").await;
            fits(page, "a run").await;
            page.until_rows("under-way", 2).await;
            page.click("button", "Stop").await;
            fits(page, "the question before a stop").await;
            page.click_named("button", "Really stop").await;
            page.until_stage("stopped").await;
            fits(page, "a run that is stopped").await;
            page.sandbox.set_speed(1000);
            page.until_stage("over").await;
            assert_eq!((page.rows_in("done").await, page.rows_in("stopped").await), (2, 3));
            page.click("button", &format!("Details: {}", ids[0])).await;
            page.wait_for("document.activeElement.id === 'fleet-row-title'").await;
            fits(page, "a row").await;
            // With two numbers in them, the words of a button are wider than a phone.
            let longer = "const button = document.querySelector('.fleet-run .actions .button');
                button.removeAttribute('aria-label');
                button.append(', look again at 12 rows of which nobody knows what became of them'); return null;";
            page.script(longer, Vec::new()).await;
            fits(page, "a button with many words").await;
            page.switched_once(&ids[..2]);
        })
        .await;
}

/// Nothing makes the page wider than the phone, and axe has no objection.
async fn fits(page: &Page, state: &str) {
    let width: u32 = page.eval("document.documentElement.scrollWidth").await;
    let parts = "[...document.querySelectorAll('body *')].filter((part) => part.getBoundingClientRect().right > 391)
        .map((part) => String(part.className || part.tagName)).slice(0, 5)";
    let parts: Vec<String> = page.eval(parts).await;
    assert!(width <= 390, "{state} is {width} pixels wide on a phone of 390, by {parts:?}");
    page.axe_in_both(&format!("{state} at 390 pixels")).await;
}
