//! The fleets of the sandbox: how many instances, what goes wrong, and rows to begin with.

use crate::outcome::Severity;
use crate::sandbox::{FaultLevel, FleetExample, FleetSetup, Provider, fleet_csv};
use crate::ui::components::alert::Notice;
use crate::ui::components::copy_button::CopyButton;
use crate::ui::platform::download::download;
use crate::ui::platform::worker_client::{fleet, set_fleet};
use crate::ui::state::site::OperationKey;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::fleet_sandbox_words;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// Sets up the simulated clouds, and gives rows for them. For the simulation alone.
#[component]
pub(crate) fn FleetSandbox() -> impl IntoView {
    let applied = RwSignal::new(fleet());
    view! {
        <section class="group" aria-labelledby="fleet-sandbox">
            <h2 id="fleet-sandbox">{fleet_sandbox_words().title}</h2>
            <p>{fleet_sandbox_words().lead}</p>
            <Setup applied=applied/>
            <ExampleRows applied=applied/>
        </section>
    }
}

/// A number that is typed. `None`: it is none of those allowed.
fn number(text: &str, most: usize) -> Option<usize> {
    text.trim().parse().ok().filter(|number| (1..=most).contains(number))
}

#[component]
fn Setup(
    /// What the clouds have.
    applied: RwSignal<FleetSetup>,
) -> impl IntoView {
    let now = applied.get_untracked();
    let size = RwSignal::new(now.huawei.max(now.aliyun).to_string());
    let seed = RwSignal::new(now.seed.to_string());
    let level = RwSignal::new(FaultLevel::of(now.faults));
    // What became of the latest try.
    let outcome = RwSignal::new(None::<Result<(), ()>>);
    let typed_size = move || size.with(|text| number(text, FleetSetup::MOST));
    let typed_seed = move || seed.with(|text| text.trim().parse::<u64>().ok());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (Some(size), Some(seed)) = (untrack(typed_size), untrack(typed_seed)) else { return };
        let faults = level.get_untracked().rates();
        let setup = FleetSetup { seed, huawei: size, aliyun: size, faults };
        outcome.set(None);
        spawn_local(async move {
            let result = set_fleet(setup).await;
            if result.is_ok() {
                applied.try_set(setup);
            }
            outcome.try_set(Some(result.map_err(drop)));
        });
    };
    let notice = move || {
        let view = match outcome.get()? {
            Ok(()) => {
                let FleetSetup { huawei, seed, .. } = applied.get();
                let text = (fleet_sandbox_words().is_set_up)(huawei, seed);
                view! { <Notice severity=Severity::Success text=text/> }.into_any()
            }
            Err(()) => view! { <Notice severity=Severity::Error text=fleet_sandbox_words().not_set_up/> }.into_any(),
        };
        Some(view)
    };
    let size_wrong = move || typed_size().is_none().then(|| (fleet_sandbox_words().size_wrong)(FleetSetup::MOST));
    let seed_wrong = move || typed_seed().is_none().then(|| fleet_sandbox_words().seed_wrong.to_owned());
    view! {
        <form class="form" aria-labelledby="fleet-sandbox" on:submit=submit>
            <NumberField
                id="fleet-sandbox-size"
                label=fleet_sandbox_words().size
                help=(fleet_sandbox_words().size_help)(FleetSetup::MOST)
                text=size
                wrong=Signal::derive(size_wrong)
            />
            <Faults level=level/>
            <NumberField
                id="fleet-sandbox-seed"
                label=fleet_sandbox_words().seed
                help=fleet_sandbox_words().seed_help
                text=seed
                wrong=Signal::derive(seed_wrong)
            />
            <div class="actions">
                <button type="submit" class="button primary">{fleet_sandbox_words().set_up}</button>
                <span class="muted">{fleet_sandbox_words().forgets}</span>
            </div>
            <div role="status">{move || notice()}</div>
        </form>
    }
}

#[component]
fn Faults(
    /// The chosen level.
    level: RwSignal<FaultLevel>,
) -> impl IntoView {
    let option = move |own: FaultLevel| {
        let words = (fleet_sandbox_words().level)(own);
        view! { <option value=format!("{own:?}") prop:selected=move || level.get() == own>{words}</option> }.into_any()
    };
    let choose = move |event| {
        let key = event_target_value(&event);
        level.set(FaultLevel::ALL.into_iter().find(|level| format!("{level:?}") == key).unwrap_or(FaultLevel::None));
    };
    view! {
        <div class="field">
            <label for="fleet-sandbox-faults">{fleet_sandbox_words().faults}</label>
            <select id="fleet-sandbox-faults" aria-describedby="fleet-sandbox-faults-help" on:change=choose>
                {FaultLevel::ALL.map(option).into_iter().collect_view()}
            </select>
            <p id="fleet-sandbox-faults-help" class="field-help">
                {move || (fleet_sandbox_words().level_help)(level.get())}
            </p>
        </div>
    }
}

/// A whole number with its label, help, and what is wrong with it.
#[component]
fn NumberField(
    /// Unique on the page.
    id: &'static str,
    label: &'static str,
    /// What it is for.
    #[prop(optional, into)]
    help: String,
    /// What is typed.
    text: RwSignal<String>,
    /// What is wrong with it.
    #[prop(into)]
    wrong: Signal<Option<String>>,
) -> impl IntoView {
    let (help_id, error_id) = (format!("{id}-help"), format!("{id}-error"));
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                id=id
                type="text"
                inputmode="numeric"
                autocomplete="off"
                aria-describedby=format!("{help_id} {error_id}")
                aria-invalid=move || wrong.with(Option::is_some).to_string()
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            />
            <p id=error_id class="field-error">{move || wrong.get()}</p>
            <p id=help_id class="field-help">{help}</p>
        </div>
    }
}

#[component]
fn ExampleRows(
    /// What the clouds have.
    applied: RwSignal<FleetSetup>,
) -> impl IntoView {
    let stores = use_stores();
    let typed = stores.fleet_choice().examples;
    let most = move || applied.with(|setup| setup.huawei + setup.aliyun);
    let rows = move || typed.with(|text| number(text, most()));
    let wrong = move || rows().is_none().then(|| (fleet_sandbox_words().example_wrong)(most()));
    let csv = move || {
        let rows = rows().unwrap_or_default();
        fleet_csv(applied.get(), rows, &untrack(|| examples(stores)))
    };
    let refused = RwSignal::new(false);
    let save = move |_| {
        if untrack(rows).is_some() {
            refused.set(download("fleet.csv", untrack(csv).as_bytes()).is_none());
        }
    };
    view! {
        <h3>{fleet_sandbox_words().example_title}</h3>
        <p>{fleet_sandbox_words().example_lead}</p>
        <NumberField
            id="fleet-sandbox-rows"
            label=fleet_sandbox_words().example_rows
            text=typed
            wrong=Signal::derive(wrong)
        />
        <div class="actions">
            <CopyButton
                text=Signal::derive(csv)
                what=fleet_sandbox_words().as_csv
                label=fleet_sandbox_words().copy_rows
            />
            <button type="button" class="button" on:click=save>{fleet_sandbox_words().download_rows}</button>
        </div>
        <div role="status">
            {move || {
                let text = fleet_sandbox_words().download_refused;
                refused.get().then(|| view! { <Notice severity=Severity::Error text=text/> }.into_any())
            }}
        </div>
    }
}

/// What the rows of each simulated cloud have in common: the first act of it that has a name.
fn examples(stores: Stores) -> Vec<FleetExample> {
    let mut examples: Vec<FleetExample> = Vec::new();
    for api in stores.site.apis() {
        for entry in api.operations.iter().filter(|entry| entry.is_switch) {
            let key = OperationKey { api: api.id.clone(), operation: entry.id.clone() };
            let Some(operation) = stores.site.operation(&key) else { continue };
            let Some(server) = operation.servers.iter().find(|server| !server.region.contains('{')) else { continue };
            let Some(provider) = Provider::of_host(server.host()) else { continue };
            let Some(act) = operation.acts.iter().find(|act| !act.short.is_empty()) else { continue };
            if !examples.iter().any(|other| other.provider == provider) {
                let (name, region) = (operation.provider.clone(), server.region.clone());
                examples.push(FleetExample { provider, name, region, act: act.short.clone() });
            }
        }
    }
    examples
}
