//! A fleet keeps its connection, whatever is chosen at the top of the page: what is really sent is never told as simulated, nor the
//! other way round.

use tls_console::sandbox::Provider;

use crate::fleet::{COLUMNS, at_once, quick, row};
use crate::page::{INSTANCE, Page, SSL};

/// What the bar of the simulation says.
async fn bar_says(page: &Page, words: &str) {
    page.wait_for(&format!("wordsOf(document.querySelector('.simulation')).includes('{words}')")).await;
}

#[tokio::test]
async fn a_fleet_that_is_really_sent_says_so_while_the_simulation_is_chosen() {
    quick()
        .run(async |page| {
            page.fleets(40, 10);
            let ids = page.switchable(2);
            page.planned_fleet(&ids, at_once("2")).await;
            page.shows("The rows of this fleet go through Proxy.").await;
            page.connect_by("Sandbox").await;
            bar_says(page, "This fleet goes through Proxy: what you do here is sent.").await;
            page.shows(
                "The rows of this fleet go through Proxy. The connection that is chosen at the top is another one",
            )
            .await;
            page.axe_in_both("a fleet that is sent while the simulation is chosen").await;
            page.act("fleet-start").await;
            page.find("dialog", "fleet-start").await;
            let question = page.words("dialog[open]").await;
            let effect = "SSL on: 2 instances. The instance restarts at once; nobody can connect meanwhile.";
            Page::says(&question, &["through Proxy", effect]);
            let buttons =
                "[...document.querySelectorAll('dialog[open] .actions button')].map((one) => tidy(one.textContent))";
            assert_eq!(page.eval::<Vec<String>>(buttons).await, ["Cancel", "Start"]);
            assert!(!question.contains("Simulation"), "{question}");
            page.fill("Number of rows", "2").await;
            page.act("fleet-start-confirm").await;
            page.sandbox.set_speed(1000);
            page.until_stage("over").await;
            page.switched_once(&ids);
            bar_says(page, "This fleet goes through Proxy: what you do here is sent.").await;
            // On other pages nothing of it can be sent.
            page.open_operation(SSL).await;
            bar_says(page, "Simulation: nothing is sent.").await;
        })
        .await;
}

#[tokio::test]
async fn a_simulated_fleet_says_so_while_a_real_connection_is_chosen() {
    quick()
        .run(async |page| {
            page.open_fleet().await;
            page.shows("New rows will go through Sandbox, a simulation: nothing is sent to a real cloud.").await;
            page.add_pasted(&format!("{COLUMNS}{}", row(Provider::Huawei, INSTANCE))).await;
            // A window follows the clock of the simulation.
            page.act("fleet-step-plan").await;
            page.click_named("button", "Change limits").await;
            page.shows("by the clock of the simulation").await;
            page.connect_by("Proxy").await;
            page.wait_for("document.querySelector('.simulation') === null").await;
            page.shows("The rows of this fleet go through Sandbox, a simulation: nothing is sent to a real cloud.")
                .await;
            assert!(page.sandbox.received().is_empty(), "{:?}", page.sandbox.received());
        })
        .await;
}
