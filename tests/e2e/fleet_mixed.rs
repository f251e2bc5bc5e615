//! Two hundred instances of both clouds, on, off and refused, with everything that goes wrong: pasted, planned, started, reloaded in
//! the middle, and right in the end, by the server's own log.

use std::collections::BTreeSet;

use tls_console::sandbox::{FaultRates, FleetInstance, Provider};

use crate::fleet::{COLUMNS, TOKEN, at_once, quick_for, row};
use crate::page::{KEY_SECRET, Page};

/// So many instances of Huawei Cloud. Its list of tasks, which says whether a call with a lost answer was carried out, has
/// fifty on a page.
const HUAWEI: usize = 45;
const ALIYUN: usize = 200 - HUAWEI;

/// What goes wrong with reads: none of it makes the console wait.
const UNANSWERED: FaultRates = FaultRates {
    throttle: 0,
    server_error: 50,
    lost: 50,
    busy: 0,
    failed_job: 0,
    late_job: 0,
    expires_with_call: None,
    calls_a_second: None,
};

/// Instances of both clouds in turn. What is on already cannot be known of Huawei Cloud, so those are left out.
fn chosen(page: &Page) -> Vec<(Provider, FleetInstance)> {
    let mut huawei = page.instances(Provider::Huawei).into_iter().filter(|one| !one.is_on).take(HUAWEI);
    let aliyun = page.instances(Provider::Aliyun).into_iter().take(ALIYUN);
    let with_another = |aliyun| {
        let another = huawei.next().map(|huawei| (Provider::Huawei, huawei));
        another.into_iter().chain([(Provider::Aliyun, aliyun)])
    };
    aliyun.flat_map(with_another).collect()
}

fn ids(of: &[(Provider, FleetInstance)], wanted: impl Fn(&FleetInstance) -> bool) -> BTreeSet<String> {
    of.iter().filter(|(_, one)| wanted(one)).map(|(_, one)| one.id.clone()).collect()
}

#[tokio::test]
async fn two_hundred_mixed_rows_with_faults_are_reloaded_in_the_middle_and_end_right() {
    // Alibaba Cloud never says that a change has failed: it is unknown when the time is over.
    quick_for(12)
        .run(async |page| {
            page.fleets(2 * HUAWEI, ALIYUN);
            let before = chosen(page);
            assert_eq!(before.len(), HUAWEI + ALIYUN);
            let to_change = ids(&before, |one| !one.is_on && one.can_switch_on);
            let already_on = ids(&before, |one| one.is_on);
            let refused = ids(&before, |one| !one.is_on && !one.can_switch_on);
            for (what, some) in [("to be switched", &to_change), ("on", &already_on), ("refused", &refused)] {
                assert!(some.len() >= 10, "the fleet is mixed: {} are {what}", some.len());
            }

            page.sign_fleet().await;
            page.open_fleet().await;
            let rows: Vec<String> = before.iter().map(|(provider, one)| row(*provider, &one.id)).collect();
            page.add_pasted(&format!("{COLUMNS}{}", rows.concat())).await;
            // The limits count for the reads of the plan as well.
            page.act("fleet-step-plan").await;
            page.limit_fleet(at_once("40")).await;
            page.sandbox.set_faults(UNANSWERED);
            page.plan_fleet().await;
            let will_change = page.planned("will-change").await;
            assert_eq!(page.planned("already-on").await, already_on.len());
            // Of some, nobody can say before whether they will be refused.
            assert!((to_change.len()..=to_change.len() + refused.len()).contains(&will_change), "{will_change}");
            assert_eq!(page.sandbox.changes(), [], "a plan changes nothing");

            page.sandbox.set_faults(FaultRates::each(50));
            page.sandbox.set_speed(1000);
            page.start_fleet().await;
            page.until_rows("done", 20).await;
            page.act("fleet-step-report").await;
            page.find("action", "fleet-report-csv").await;
            page.reload().await;
            page.until_stage("paused").await;
            page.wait_for("document.querySelector('[data-step]')?.dataset.step === 'report'").await;
            page.sign_fleet().await;
            page.open_fleet().await;
            page.act("fleet-resume").await;
            page.until_over().await;

            // Of a few calls nobody has seen anything: without a token, those of Huawei Cloud are not sent again by themselves.
            let accepted = page.sandbox.accepted();
            assert!(accepted.values().all(|times| *times == 1), "{accepted:#?}");
            let unseen: BTreeSet<&String> = to_change.iter().filter(|id| !accepted.contains_key(*id)).collect();
            assert!(accepted.keys().all(|id| to_change.contains(id)), "{accepted:#?}");
            let is_huawei = |id: &&String| before.iter().any(|(of, one)| *of == Provider::Huawei && one.id == **id);
            assert!(unseen.iter().all(is_huawei) && unseen.len() < HUAWEI / 2, "{unseen:?}");
            let after = [Provider::Huawei, Provider::Aliyun].map(|provider| page.instances(provider)).concat();
            assert!(after.iter().all(|one| !one.is_changing), "the console waited for every end");
            let is_on: BTreeSet<&String> = after.iter().filter(|one| one.is_on).map(|one| &one.id).collect();
            let switched_on = to_change.iter().filter(|id| is_on.contains(id)).count();
            // What failed at the provider is told as failed, what nobody knows as not known; neither is sent again by itself.
            assert_eq!(page.rows_in("done").await, switched_on);
            let failed = page.rows_in("failed").await + page.rows_in("not-known").await;
            assert_eq!(failed, will_change - switched_on);
            assert!(switched_on < to_change.len(), "some changes failed at the provider");
            assert_eq!(page.rows_in("already-on").await, already_on.len());
            assert!(already_on.iter().all(|id| is_on.contains(id)), "what was on is on");
            assert_eq!(page.seen(&[("X-Auth-Token", TOKEN), ("AccessKey secret", KEY_SECRET)]).await, [] as [&str; 0]);
            page.axe_in_both("a fleet of 200 rows that is over").await;
            let nodes: usize = page.eval("document.querySelectorAll('*').length").await;
            assert!(nodes <= 3_000, "{nodes} nodes");
        })
        .await;
}
