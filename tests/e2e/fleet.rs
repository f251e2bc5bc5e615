//! A fleet as its user handles it: what the flows of fleets have in common. The clouds are behind the proxy, and what happened is
//! read from the server's own log.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};
use tls_console::sandbox::{FaultRates, FleetInstance, FleetSetup, Provider};

use crate::browser::retry_within;
use crate::page::{HTTPS, HTTPS_INPUTS, PROJECT, Page, SSL};
use crate::scene::{Scene, scene};

pub(crate) const FLEET: &str = "#/fleet";
pub(crate) const TOKEN: &str = "canary-fleet-token-51c7";

/// The names of the columns of [`row`].
pub(crate) const COLUMNS: &str = "provider,region,project,instance,act\n";

/// Keeps what is offered as a file, by name and text.
pub(crate) const FILES: &str = "window.files = [];
    const made = URL.createObjectURL.bind(URL), blobs = new Map();
    URL.createObjectURL = (blob) => { const address = made(blob); blobs.set(address, blob); return address; };
    HTMLAnchorElement.prototype.click = function () {
        blobs.get(this.href)?.text().then((text) => window.files.push([this.download, text]));
    };";

/// So long a browser on a busy machine may take for many rows.
pub(crate) const LONG: Duration = Duration::from_secs(60);

/// The usual site, where the console looks every second at what it follows, for an hour.
pub(crate) fn quick() -> Scene {
    quick_for(3600)
}

/// The same, for so many seconds: what nobody can see becomes unknown then.
pub(crate) fn quick_for(limit: u32) -> Scene {
    ["huawei-taurusdb", "aliyun-elasticsearch"].into_iter().fold(scene(), |scene, api| {
        let file = format!("{}/apis/{api}.json", env!("CARGO_MANIFEST_DIR"));
        let mut document: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        hurry(&mut document, limit);
        scene.file(&format!("apis/{api}.json"), document.to_string())
    })
}

/// Shortens the times of following and of finding out.
fn hurry(value: &mut Value, limit: u32) {
    if let Value::Object(members) = value {
        let is_timing = ["first", "interval", "limit"].iter().all(|name| members.get(*name).is_some_and(Value::is_u64));
        if is_timing {
            let is_short = members["limit"].as_u64().unwrap() < 600;
            members.insert("first".into(), 1.into());
            members.insert("interval".into(), 1.into());
            members.insert("limit".into(), if is_short { 6 } else { limit }.into());
            if let Some(after_a_conflict) = members.get_mut("conflict-limit") {
                *after_a_conflict = 6.into();
            }
        }
    }
    match value {
        Value::Object(members) => members.values_mut().for_each(|value| hurry(value, limit)),
        Value::Array(items) => items.iter_mut().for_each(|value| hurry(value, limit)),
        _ => {}
    }
}

/// One line of a table, behind [`COLUMNS`].
pub(crate) fn row(provider: Provider, instance: &str) -> String {
    match provider {
        Provider::Huawei => format!("Huawei Cloud,cn-north-4,{PROJECT},{instance},SSL on\n"),
        Provider::Aliyun => format!("Alibaba Cloud,cn-hangzhou,,{instance},HTTPS on\n"),
    }
}

/// Limits of every lane as they are typed; empty leaves the field empty.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TypedLimits<'a> {
    pub(crate) concurrency: &'a str,
    pub(crate) threshold: &'a str,
    pub(crate) window: (&'a str, &'a str),
    pub(crate) ramp: bool,
}

/// So many rows at once, whatever fails, at any time.
pub(crate) const fn at_once(concurrency: &str) -> TypedLimits<'_> {
    TypedLimits { concurrency, threshold: "", window: ("", ""), ramp: false }
}

impl Page {
    /// Gives the clouds fresh fleets without faults.
    pub(crate) fn fleets(&self, huawei: usize, aliyun: usize) {
        self.sandbox.set_fleet(FleetSetup { seed: 7, huawei, aliyun, faults: FaultRates::default() });
    }

    /// The instances of a cloud's fleet.
    pub(crate) fn instances(&self, provider: Provider) -> Vec<FleetInstance> {
        self.sandbox.look(|world| world.fleet_instances(provider))
    }

    /// The ids of so many instances of Huawei Cloud that are off and can be switched on.
    pub(crate) fn switchable(&self, count: usize) -> Vec<String> {
        let fit = self.instances(Provider::Huawei).into_iter().filter(|one| one.can_switch_on && !one.is_on);
        let ids: Vec<String> = fit.map(|one| one.id).take(count).collect();
        assert_eq!(ids.len(), count, "the fleet is too small");
        ids
    }

    /// A look until an expression is true that may take long.
    pub(crate) async fn wait_long(&self, expression: &str) {
        let script = format!("return {expression};");
        retry_within(LONG, expression, async || match self.try_script(&script, Vec::new()).await? {
            Value::Bool(true) => Ok(()),
            other => Err(format!("it is {other}")),
        })
        .await;
    }

    /// Presses the button of an act once it can be pressed.
    pub(crate) async fn act(&self, action: &str) {
        let ready = format!(
            "(() => {{ const one = find('action', '{action}');
            return one !== null && !one.disabled && one.getAttribute('aria-disabled') !== 'true'; }})()"
        );
        self.wait_for(&ready).await;
        self.click("action", action).await;
    }

    /// The name of the first thing of a kind whose name begins so.
    pub(crate) async fn named(&self, kind: &str, begin: &str) -> String {
        let names = format!("findAll({}, null).map(nameOf)", json!(kind));
        let is_there = format!("{names}.some((name) => name.startsWith({}))", json!(begin));
        self.wait_for(&is_there).await;
        self.eval(&format!("{names}.find((name) => name.startsWith({}))", json!(begin))).await
    }

    /// Clicks the first thing of a kind whose name begins so.
    pub(crate) async fn click_named(&self, kind: &str, begin: &str) {
        let name = self.named(kind, begin).await;
        self.click(kind, &name).await;
    }

    /// Enters a credential of each cloud, with the proxy as the connection.
    pub(crate) async fn sign_fleet(&self) {
        self.sign_huawei(TOKEN).await;
        self.open_operation(HTTPS).await;
        self.fill_all(&HTTPS_INPUTS[..2]).await;
    }

    /// Enters a token of Huawei Cloud, with the proxy as the connection.
    pub(crate) async fn sign_huawei(&self, token: &str) {
        self.open_operation(SSL).await;
        self.connect_by("Proxy").await;
        self.fill("X-Auth-Token", token).await;
    }

    pub(crate) async fn open_fleet(&self) {
        self.open(FLEET).await;
        self.wait_for("document.querySelector('.fleet-steps') !== null").await;
    }

    /// Opens a way to rows.
    pub(crate) async fn choose_by(&self, tab: &str) {
        self.click("tab", tab).await;
        self.wait_for(&format!("find('tab', {}).getAttribute('aria-selected') === 'true'", json!(tab))).await;
    }

    /// Pastes a table and adds its rows; all of them fit.
    pub(crate) async fn add_pasted(&self, table: &str) {
        let rows = table.lines().count() - 1;
        self.choose_by("Paste or drop").await;
        self.fill("Rows to paste", table).await;
        let label = if rows == 1 { String::from("Add 1 row") } else { format!("Add {rows} rows") };
        self.wait_long(&format!("tidy(find('action', 'fleet-add-rows')?.textContent) === {}", json!(label))).await;
        let before: usize = self.eval(ROWS_SO_FAR).await;
        self.act("fleet-add-rows").await;
        self.wait_long(&format!("{ROWS_SO_FAR} === {}", before + rows)).await;
    }

    /// Plans, and waits until every row is in a group.
    pub(crate) async fn plan_fleet(&self) {
        self.act("fleet-plan").await;
        self.until_stage("planned").await;
        self.find("action", "fleet-start").await;
    }

    /// Changes the limits of every lane of a plan.
    pub(crate) async fn limit_fleet(&self, limits: TypedLimits<'_>) {
        self.click_named("button", "Change limits").await;
        self.find("field", "Rows at once").await;
        let beside = "find('field', 'Only from').getBoundingClientRect().top === find('field', 'until').getBoundingClientRect().top";
        assert!(self.eval::<bool>(beside).await, "the two times of a window belong together");
        for (label, text) in [
            ("Rows at once", limits.concurrency),
            ("Calls a second", "50"),
            ("Failures allowed", limits.threshold),
            ("Only from", limits.window.0),
            ("until", limits.window.1),
        ] {
            self.fill(label, text).await;
        }
        if self.eval::<bool>("find('field', 'Begin slowly').checked").await != limits.ramp {
            self.click("field", "Begin slowly").await;
        }
        let for_all = self.has("button", "Save for all regions").await;
        self.click("button", if for_all { "Save for all regions" } else { "Save limits" }).await;
        self.wait_for("find('field', 'Rows at once') === null").await;
    }

    /// Begins a fleet of these rows of Huawei Cloud, planned and limited.
    pub(crate) async fn planned_fleet(&self, ids: &[String], limits: TypedLimits<'_>) {
        self.sign_huawei(TOKEN).await;
        self.open_fleet().await;
        let rows: String = ids.iter().map(|id| row(Provider::Huawei, id)).collect();
        self.add_pasted(&format!("{COLUMNS}{rows}")).await;
        self.plan_fleet().await;
        assert_eq!(self.planned("will-change").await, ids.len());
        self.limit_fleet(limits).await;
    }

    /// Starts what is planned: types how many rows will change.
    pub(crate) async fn start_fleet(&self) {
        let rows = self.planned("will-change").await;
        self.act("fleet-start").await;
        self.find("dialog", "fleet-start").await;
        self.fill("Number of rows", &rows.to_string()).await;
        self.act("fleet-start-confirm").await;
        self.wait_for("document.querySelector('dialog[open]') === null").await;
        self.wait_for("document.querySelector('[data-state][data-count]') !== null").await;
    }

    /// Waits until the fleet has come so far.
    pub(crate) async fn until_stage(&self, stage: &str) {
        self.wait_long(&format!("document.querySelector('[data-stage]')?.dataset.stage === '{stage}'")).await;
    }

    /// Waits until a run that goes on is over, and says so whenever the page asks whether the credential of now may go on.
    pub(crate) async fn until_over(&self) {
        let go_on = "(() => {
            find('action', 'fleet-credential')?.click();
            return document.querySelector('[data-stage]')?.dataset.stage === 'over';
        })()";
        self.wait_long(go_on).await;
    }

    /// Waits until so many rows are in a state of the run, at least.
    pub(crate) async fn until_rows(&self, state: &str, least: usize) {
        self.wait_long(&format!("{} >= {least}", rows_in(state))).await;
    }

    /// Waits until no row is in a state of the run.
    pub(crate) async fn until_none(&self, state: &str) {
        self.wait_long(&format!("{} === 0", rows_in(state))).await;
    }

    /// How many rows of a run are in a state.
    pub(crate) async fn rows_in(&self, state: &str) -> usize {
        self.eval(&rows_in(state)).await
    }

    /// How many rows of a plan are in a group.
    pub(crate) async fn planned(&self, group: &str) -> usize {
        let count = format!("Number(document.querySelector('[data-group={group}]')?.dataset.count ?? NaN)");
        self.wait_for(&format!("!Number.isNaN({count})")).await;
        self.eval(&count).await
    }

    /// Waits until the server has accepted so many changes, at least.
    pub(crate) async fn until_accepted(&self, least: usize) {
        retry_within(LONG, &format!("{least} changes that are accepted"), async || {
            let accepted: usize = self.sandbox.accepted().values().sum();
            if accepted >= least { Ok(()) } else { Err(format!("there are {accepted}")) }
        })
        .await;
    }

    /// Asserts that each of these was switched once, and nothing else.
    pub(crate) fn switched_once<'a>(&self, ids: impl IntoIterator<Item = &'a String>) {
        let wanted: BTreeMap<String, usize> = ids.into_iter().map(|id| (id.clone(), 1)).collect();
        assert_eq!(self.sandbox.accepted(), wanted, "{:#?}", self.sandbox.changes());
    }

    /// Asks axe in light and in dark colours.
    pub(crate) async fn axe_in_both(&self, state: &str) {
        self.axe(state).await;
        self.colours("dark").await;
        self.axe(&format!("{state}, dark")).await;
        self.colours("light").await;
    }

    pub(crate) async fn colours(&self, scheme: &str) {
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.browser.devtools("Emulation.setEmulatedMedia", media).await;
    }

    /// The next file that an act offers: its name and text. No secret is in it.
    pub(crate) async fn file_of(&self, action: &str) -> (String, String) {
        self.script("window.files = []; return null;", Vec::new()).await;
        self.act(action).await;
        self.wait_for("window.files.length === 1").await;
        let (name, text): (String, String) = self.eval("window.files[0]").await;
        for secret in [TOKEN, HTTPS_INPUTS[1].1] {
            assert!(!text.contains(secret), "{secret} in {name}: {text}");
        }
        (name, text)
    }
}

/// The number of rows of the fleet, as its table says.
const ROWS_SO_FAR: &str =
    "Number(/\\((\\d+)\\)/.exec(document.getElementById('fleet-rows')?.textContent ?? '')?.[1] ?? 0)";

fn rows_in(state: &str) -> String {
    format!("Number(document.querySelector('[data-state={state}][data-count]')?.dataset.count ?? NaN)")
}
