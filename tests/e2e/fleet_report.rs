//! What a run leaves behind: a report as CSV, JSON, Markdown and on paper. Its digest fits its rows, and no secret is in it.

use serde_json::Value;
use tls_console::fleet::report::{Verification, verify};
use tls_console::sandbox::Provider;

use crate::fleet::{COLUMNS, FILES, TOKEN, at_once, quick, row};
use crate::page::{KEY_ID, KEY_SECRET, Page};

/// It lacks the nodes that its version needs: the plan refuses it, and so does the API.
const OLD: &str = "es-cn-oldnoclient0001";
const REASON: &str = "agreed with the owner, ticket 4711";

/// What would go to paper, instead of a dialog that nobody answers.
const PRINT: &str = "window.printed = [];
    window.print = () => window.printed.push(document.querySelector('.fleet-print')?.textContent ?? '');";

impl Page {
    async fn text_of_report(&self) -> String {
        self.eval("document.querySelector('.fleet-report').textContent").await
    }
}

#[tokio::test]
async fn a_report_says_what_became_of_each_row_and_its_digest_verifies() {
    quick()
        .before(&format!("{FILES}\n{PRINT}"))
        .run(async |page| {
            page.fleets(40, 20);
            let ids = page.switchable(2);
            let clusters = page.instances(Provider::Aliyun);
            let cluster = &clusters.iter().find(|one| one.can_switch_on && !one.is_on).unwrap().id;
            page.sign_fleet().await;
            page.open_fleet().await;
            page.fill("Name of the fleet", "Friday, TLS everywhere").await;
            let huawei = [&ids[0], &ids[1]].map(|id| row(Provider::Huawei, id)).concat();
            let aliyun = [cluster, OLD].map(|id| row(Provider::Aliyun, id)).concat();
            page.add_pasted(&format!("{COLUMNS}{huawei}{aliyun}")).await;
            page.plan_fleet().await;
            assert_eq!((page.planned("will-change").await, page.planned("refused").await), (3, 1));
            page.act("fleet-include").await;
            page.find("dialog", "fleet-include").await;
            page.axe_in_both("the question before a refused row is included").await;
            page.act("fleet-force").await;
            page.wait_for("wordsOf(document.querySelector('dialog[open]')).includes('Write a reason first.')").await;
            page.fill("Your reason", REASON).await;
            page.act("fleet-force").await;
            page.wait_for("document.querySelector('dialog[open]') === null").await;
            page.wait_for("document.querySelector('[data-group=will-change]').dataset.count === '4'").await;
            page.limit_fleet(at_once("4")).await;
            page.sandbox.set_speed(1000);
            page.start_fleet().await;
            page.until_stage("over").await;
            assert_eq!((page.rows_in("done").await, page.rows_in("failed").await), (3, 1));
            page.click("button", &format!("Details: {OLD}")).await;
            page.wait_for("document.activeElement.id === 'fleet-row-title'").await;
            Page::says(
                &page.words(".fleet-row").await,
                &["Included although the plan says “Required:", REASON, "Read:"],
            );
            page.act("fleet-row-close").await;
            page.act("fleet-step-report").await;
            page.find("action", "fleet-report-csv").await;
            page.axe_in_both("a report").await;
            Page::says(&page.text_of_report().await, &["What is not well", OLD, REASON]);
            // The browser's own button goes from step to step, and the fleet stays.
            for step in ["run", "plan", "choose"] {
                page.browser.driver.back().await.unwrap();
                page.wait_for(&format!("document.querySelector('[data-step]')?.dataset.step === '{step}'")).await;
            }
            page.act("fleet-step-report").await;

            let (name, csv) = page.file_of("fleet-report-csv").await;
            assert_eq!(name, "report-Friday-TLS-everywhere.csv");
            let Verification::Same { rows: 4, sha256 } = verify(&csv) else { panic!("{:?}\n{csv}", verify(&csv)) };
            page.wait_for(&format!("document.querySelector('[data-sha256]')?.textContent === '{sha256}'")).await;
            // As `sed '$d' report.csv | shasum -a 256` has it.
            let (before, last) = csv.trim_end().rsplit_once("\r\n").unwrap();
            assert_eq!(digest(&format!("{before}\r\n")), sha256);
            assert!(last.starts_with(&format!("sha256,{sha256},")), "{last}");
            let changed = csv.replacen("completed", "failed", 1);
            assert!(matches!(verify(&changed), Verification::Changed { .. }), "a change is noticed");
            Page::says(&csv, &[&ids[0], &ids[1], OLD, cluster, REASON, "SSL on", "HTTPS on"]);

            let (name, json) = page.file_of("fleet-report-json").await;
            assert_eq!(name, "report-Friday-TLS-everywhere.json");
            assert!(matches!(verify(&json), Verification::Same { rows: 4, .. }), "{:?}", verify(&json));
            let report: Value = serde_json::from_str(&json).expect("JSON");
            assert_eq!((&report["name"], &report["connection"]), (&"Friday, TLS everywhere".into(), &"Proxy".into()));
            let counts = &report["counts"];
            let count = |name: &str| counts[name].as_u64().unwrap();
            assert_eq!((count("rows"), count("done"), count("failed"), count("open")), (4, 3, 1, 0), "{counts}");
            let described = report["descriptions"].as_array().unwrap();
            assert_eq!(described.len(), 2, "{json}");
            assert!(described.iter().all(|one| one["sha256"].as_str().is_some_and(|text| text.len() == 64)), "{json}");
            let of = |id: &str| report["rows"].as_array().unwrap().iter().find(|row| row["subject"] == *id).unwrap();
            for id in &ids {
                assert_eq!(of(id)["state"], "completed", "{json}");
                assert_eq!(of(id)["jobs"].as_array().map(Vec::len), Some(1), "{json}");
                assert!(!of(id)["request_ids"].as_array().unwrap().is_empty(), "{json}");
                assert!(of(id)["evidence_at"].as_str().unwrap().starts_with("20"), "{json}");
            }
            assert_eq!(of(cluster)["state"], "verified", "{json}");
            assert_eq!(of(cluster)["key"], KEY_ID[KEY_ID.len() - 4..], "who did it, by the end of the key's id");
            assert!(of(OLD)["overridden"].to_string().contains(REASON), "{json}");
            let [set_aside] = report["overrides"].as_array().unwrap().as_slice() else { panic!("{json}") };
            assert_eq!(set_aside["row"], of(OLD)["row"], "{json}");
            assert!(set_aside["words"].to_string().contains(REASON), "{json}");
            assert_eq!(of(OLD)["code"], "HttpsNeedClientNode", "{json}");

            let (name, markdown) = page.file_of("fleet-report-markdown").await;
            assert_eq!(name, "report-Friday-TLS-everywhere.md");
            Page::says(&markdown, &["# Report: Friday, TLS everywhere", &ids[0], cluster, &sha256, "ticket 4711"]);

            page.act("fleet-report-print").await;
            page.wait_for("window.printed.length === 1").await;
            let printed: String = page.eval("window.printed[0]").await;
            Page::says(&printed, &["Friday, TLS everywhere", &ids[0], &ids[1], OLD, cluster, &sha256]);
            let versions = described.iter().map(|one| one["version"].as_str().unwrap()).collect::<Vec<_>>();
            Page::says(&printed, &versions);
            page.wait_for("document.querySelector('.fleet-print') === null").await;
            // The browser's own command.
            page.wait_for("dispatchEvent(new Event('beforeprint'))").await;
            page.wait_for(&format!("document.querySelector('.fleet-print')?.textContent.includes('{sha256}')")).await;
            let paper: String = page.eval("document.querySelector('.fleet-print').textContent").await;
            Page::says(&paper, &["Friday, TLS everywhere", &ids[0], &ids[1], OLD, cluster, &sha256]);
            page.wait_for("dispatchEvent(new Event('afterprint'))").await;
            page.wait_for("document.querySelector('.fleet-print') === null").await;
            for (name, text) in [("CSV", &csv), ("JSON", &json), ("Markdown", &markdown), ("print", &printed)] {
                for secret in [TOKEN, KEY_SECRET, KEY_ID] {
                    assert!(!text.contains(secret), "{secret} in {name}: {text}");
                }
            }
        })
        .await;
}

/// The SHA-256 of a text, in hexadecimal digits.
fn digest(text: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
