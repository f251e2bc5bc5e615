//! Where the rows of a fleet come from: lists of both clouds, a table with mistakes, a plan from another browser, a kept fleet.

use std::path::Path;

use serde_json::{Value, json};
use tls_console::sandbox::Provider;

use crate::fleet::{COLUMNS, FILES, TOKEN, at_once, quick, row};
use crate::page::{PROJECT, Page};
use crate::scene::scene;

/// Forgets all fleets, as another browser that has none.
const FORGET: &str = "const done = arguments[arguments.length - 1];
    const request = indexedDB.deleteDatabase('tls-console.fleet');
    request.onsuccess = () => done(true);
    request.onerror = () => done(String(request.error));
    request.onblocked = () => done('blocked');";

/// All that the browser stores of fleets.
const STORED: &str = "const done = arguments[arguments.length - 1];
    const opening = indexedDB.open('tls-console.fleet');
    opening.onsuccess = () => {
        const database = opening.result, all = [];
        const transaction = database.transaction([...database.objectStoreNames]);
        for (const store of database.objectStoreNames)
            transaction.objectStore(store).getAll().onsuccess = (event) => all.push(...event.target.result);
        transaction.oncomplete = () => { database.close(); done(all.map(String)); };
    };";

#[tokio::test]
async fn rows_come_from_lists_of_both_clouds() {
    scene()
        .run(async |page| {
            page.fleets(24, 24);
            page.sign_fleet().await;
            page.open_fleet().await;
            page.axe_in_both("a fleet before its first list").await;
            page.fill("project_id", PROJECT).await;
            page.act("fleet-list").await;
            page.wait_for("find('action', 'fleet-select-all') !== null").await;
            // Both lists are complete when each source says how many it has.
            page.wait_for(
                "[...document.querySelectorAll('.fleet-source-state')].every((one) => /\\d+ instances?\\./.test(tidy(one.textContent)))",
            )
            .await;
            let count = "Number(/\\d+/.exec(find('action', 'fleet-select-all').textContent)[0])";
            let all: usize = page.eval(count).await;
            assert!(all >= 48, "{all}");
            page.fill("Filter rows", "orders").await;
            page.wait_for(&format!("{count} < {all}")).await;
            let matching: usize = page.eval(count).await;
            page.act("fleet-select-all").await;
            page.shows(&format!("{matching} of {all} chosen")).await;
            page.axe_in_both("instances of two lists").await;
            page.act("fleet-add-rows").await;
            page.shows("Choose an act for").await;
            page.choose("Act for Huawei Cloud TaurusDB", "SSL on").await;
            page.choose("Act for Alibaba Cloud Elasticsearch", "HTTPS on").await;
            page.act("fleet-add-rows").await;
            page.shows(&format!("Rows of the fleet ({matching})")).await;
            page.axe_in_both("rows of a fleet").await;
            page.plan_fleet().await;
            let groups = ["will-change", "already-on", "refused", "cannot-be-known"];
            let mut planned = 0;
            for group in groups {
                planned += page.planned(group).await;
            }
            assert_eq!(planned, matching, "every row is in a group");
            assert!(page.planned("will-change").await > 0);
            page.axe_in_both("a plan of both clouds").await;
            assert_eq!(page.sandbox.changes(), [], "it only reads");
            let received = page.sandbox.received();
            assert!(received.iter().all(|request| request.method == "GET"), "{received:?}");
        })
        .await;
}

#[tokio::test]
async fn each_bad_line_is_named_with_its_reason_and_none_is_lost() {
    scene()
        .before(FILES)
        .run(async |page| {
            page.fleets(24, 24);
            let ids = page.switchable(1);
            let good = row(Provider::Huawei, &ids[0]);
            let cluster = row(Provider::Aliyun, &page.instances(Provider::Aliyun)[0].id);
            let bad = [
                row(Provider::Huawei, "096c0fc43e804757b59946b80dc27f8bin07").replace("Huawei Cloud", "Nobody Cloud"),
                row(Provider::Huawei, ""),
                row(Provider::Huawei, "196c0fc43e804757b59946b80dc27f8bin07").replace("SSL on", "SSL sideways"),
                row(Provider::Aliyun, "es/cn"),
            ];
            // Lines 2 to 8; line 6 says the same as line 2.
            let table = [COLUMNS, &good, &bad[0], &bad[1], &bad[2], &good, &cluster, &bad[3]].concat();
            page.open_fleet().await;
            page.choose_by("Paste or drop").await;
            page.axe_in_both("nothing pasted yet").await;
            page.fill("Rows to paste", &table).await;
            page.shows("2 lines fit, 4 lines do not fit, 1 line is there already.").await;
            page.axe_in_both("lines that do not fit").await;
            let line = |number: usize| {
                format!(
                    "wordsOf([...document.querySelectorAll('section[aria-labelledby=fleet-lines] tbody tr')]
                        .find((row) => tidy(row.querySelector('td')?.textContent) === '{number}'))"
                )
            };
            for (number, why) in [
                (3, "No provider and no API is called “Nobody Cloud”."),
                (4, "is required"),
                (5, "No act is called “SSL sideways”."),
                (6, "Same as line 2"),
                (8, "slash"),
            ] {
                Page::says(&page.eval::<String>(&line(number)).await, &[why]);
            }
            let (name, refused) = page.file_of("fleet-download-refused").await;
            assert!(name.ends_with(".csv"), "{name}");
            let lines: Vec<&str> = refused.lines().collect();
            assert_eq!(lines.len(), 5, "{refused}");
            for (line, bad) in lines[1..].iter().zip(&bad) {
                assert!(line.contains(bad.trim_end()), "{refused}");
            }
            page.wait_for("tidy(find('action', 'fleet-add-rows').textContent) === 'Add 2 rows'").await;
            page.act("fleet-add-rows").await;
            page.shows("Rows of the fleet (2)").await;
            assert_eq!(page.sandbox.received(), []);
        })
        .await;
}

#[tokio::test]
async fn a_plan_is_exported_and_another_browser_imports_it() {
    quick()
        .before(FILES)
        .run(async |page| {
            page.fleets(40, 10);
            let ids = page.switchable(3);
            page.planned_fleet(&ids, at_once("3")).await;
            let (name, plan) = page.file_of("fleet-export-plan").await;
            assert!(name.starts_with("plan-") && name.ends_with(".json"), "{name}");
            let read: Value = serde_json::from_str(&plan).expect("JSON");
            assert_eq!(read["rows"].as_array().map(Vec::len), Some(3), "{plan}");
            let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fleet-plan.json");
            std::fs::write(&file, &plan).unwrap();

            page.open("#/about").await;
            assert_eq!(page.later(FORGET).await, json!(true));
            page.reload().await;
            // No credential is entered here, as none is where rows are pasted.
            page.open_fleet().await;
            page.connect_by("Proxy").await;
            page.until_stage("none").await;
            page.choose_by("Kept fleets and plans").await;
            let input = page.find("field", "File with the plan").await;
            input.send_keys(file.to_string_lossy()).await.unwrap();
            page.shows("brought 3 rows.").await;
            page.shows("1 profile of the plan is not on this page: its rows will be signed with").await;
            page.axe_in_both("an imported plan").await;
            page.sign_huawei(TOKEN).await;
            page.open_fleet().await;
            page.plan_fleet().await;
            assert_eq!(page.planned("will-change").await, 3);
            page.shows("At most 3 rows at once, 50 calls a second.").await;
            page.sandbox.set_speed(1000);
            page.start_fleet().await;
            page.until_stage("over").await;
            page.switched_once(&ids);
        })
        .await;
}

#[tokio::test]
async fn a_kept_fleet_goes_on_after_a_reload_and_is_opened_and_deleted() {
    quick()
        .run(async |page| {
            page.fleets(40, 10);
            let ids = page.switchable(2);
            page.planned_fleet(&ids, at_once("2")).await;
            page.reload().await;
            page.until_stage("planned").await;
            let stored = page.later(STORED).await.to_string();
            assert!(ids.iter().all(|id| stored.contains(id)) && !stored.contains(TOKEN), "{stored}");
            page.sign_huawei(TOKEN).await;
            page.open_fleet().await;
            page.sandbox.set_speed(1000);
            page.start_fleet().await;
            // The page before this one had another profile: the user says that this one goes on.
            page.act("fleet-credential").await;
            page.until_stage("over").await;
            page.switched_once(&ids);
            page.act("fleet-close").await;
            page.until_stage("none").await;
            page.choose_by("Kept fleets and plans").await;
            page.axe_in_both("kept fleets").await;
            page.click_named("button", "Open Fleet of").await;
            page.until_stage("over").await;
            assert_eq!(page.rows_in("done").await, 2);
            page.act("fleet-close").await;
            page.until_stage("none").await;
            page.choose_by("Kept fleets and plans").await;
            page.click_named("button", "Delete Fleet of").await;
            page.click_named("button", "Really delete this fleet?").await;
            page.wait_for("find('action', 'fleet-open') === null").await;
            let stored = page.later(STORED).await;
            assert_eq!(stored, json!([]), "nothing of it is left");
        })
        .await;
}

#[tokio::test]
async fn a_file_does_not_take_what_was_typed() {
    scene()
        .run(async |page| {
            page.fleets(24, 24);
            let ids = page.switchable(2);
            let rows = |id: &str| format!("{COLUMNS}{}", row(Provider::Huawei, id));
            let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fleet-rows.csv");
            std::fs::write(&file, rows(&ids[1])).unwrap();
            let lines = "wordsOf(document.querySelector('section[aria-labelledby=fleet-lines] tbody'))";
            page.open_fleet().await;
            page.choose_by("Paste or drop").await;
            page.fill("Rows to paste", &rows(&ids[0])).await;
            page.wait_for(&format!("({lines} ?? '').includes('{}')", ids[0])).await;
            let input = page.find("field", "File with rows").await;
            input.send_keys(file.to_string_lossy()).await.unwrap();
            page.wait_for(&format!("({lines} ?? '').includes('{}')", ids[1])).await;
            page.click("button", "Remove this text").await;
            page.wait_for("document.activeElement.id === 'fleet-text'").await;
            page.wait_for(&format!("({lines} ?? '').includes('{}')", ids[0])).await;
            page.wait_for(&format!("find('field', 'Rows to paste').value.includes('{}')", ids[0])).await;
        })
        .await;
}

#[tokio::test]
async fn what_the_browser_refused_to_store_is_stored_later() {
    scene()
        .run(async |page| {
            page.fleets(24, 24);
            let rows: String = page.switchable(2).iter().map(|id| row(Provider::Huawei, id)).collect();
            page.open_fleet().await;
            let refuse = "const put = IDBObjectStore.prototype.put;
                window.putAgain = () => { IDBObjectStore.prototype.put = put; };
                IDBObjectStore.prototype.put = () => { throw new DOMException('Full.', 'QuotaExceededError'); };
                return null;";
            page.script(refuse, Vec::new()).await;
            page.add_pasted(&format!("{COLUMNS}{rows}")).await;
            page.shows("There is no room to store the fleet").await;
            page.axe_in_both("rows that are not stored").await;
            page.script("window.putAgain(); return null;", Vec::new()).await;
            page.wait_long("!document.querySelector('main').textContent.includes('There is no room')").await;
            page.reload().await;
            page.until_stage("choosing").await;
            page.shows("Rows of the fleet (2)").await;
        })
        .await;
}
