//! The second step: what would happen. Nothing is changed until the user starts.

mod conditions;
mod groups;
mod include;
mod limits;
mod rows;
mod summary;

use super::acts::{Acts, acts, profiles, secrets};
use super::choose::plan;
use crate::fleet::plan_file::PlanWriter;
use crate::fleet::{EventKind, FindRows, Fleet, FleetStage, LaneKey};
use crate::outcome::Severity;
use crate::ui::components::alert::Notice;
use crate::ui::platform::download::download;
use crate::ui::platform::slices::Slices;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::fleet_plan_words;
use groups::{Grouped, Groups};
use leptos::prelude::*;
pub(super) use limits::LimitsEditor;
use std::sync::Arc;
use summary::{Estimate, Impacts};
use wasm_bindgen_futures::spawn_local;

/// Takes the focus when what had it is gone.
const TITLE_ID: &str = "fleet-plan";

/// The step "Plan".
#[component]
pub(crate) fn Plan() -> impl IntoView {
    let stores = use_stores();
    let all_acts: Acts = Memo::new(move |_| acts(stores));
    let content = move || match stores.fleet().stage() {
        None | Some(FleetStage::Choosing) => view! { <NotPlanned/> }.into_any(),
        Some(FleetStage::Planning) => view! { <Planning/> }.into_any(),
        Some(FleetStage::Planned) => view! { <Planned acts=all_acts/> }.into_any(),
        Some(_) => view! { <Begun/> }.into_any(),
    };
    view! { {move || content()} }
}

/// The button that plans.
#[component]
fn NotPlanned() -> impl IntoView {
    let stores = use_stores();
    let text = fleet_plan_words();
    let rows = Memo::new(move |_| {
        stores.fleet().version();
        stores.fleet().with(|fleet| fleet.rows.len()).unwrap_or_default()
    });
    view! {
        <section class="panel" aria-labelledby=TITLE_ID>
            <h2 id=TITLE_ID tabindex="-1">{text.summary}</h2>
            <p>{text.not_planned}</p>
            <Show when=move || rows.get() != 0 fallback=|| view! { <p>{fleet_plan_words().no_rows}</p> }>
                <div class="actions">
                    <button type="button" class="button primary" data-action="fleet-plan" on:click=move |_| plan(stores)>
                        {move || (text.plan_rows)(rows.get())}
                    </button>
                    <span class="muted">{text.plan_sends_nothing}</span>
                </div>
            </Show>
        </section>
    }
}

/// How far the reading of preconditions has got.
#[component]
fn Planning() -> impl IntoView {
    let stores = use_stores();
    let text = fleet_plan_words();
    let progress = Memo::new(move |_| {
        let counts = stores.fleet().counts();
        let all = stores.fleet().with(|fleet| fleet.rows.len()).unwrap_or_default();
        (all.saturating_sub(counts.new + counts.checking), all)
    });
    let said = move || {
        let (done, all) = progress.get();
        (text.planned)(done, all)
    };
    view! {
        <section class="panel" aria-labelledby=TITLE_ID>
            <h2 id=TITLE_ID tabindex="-1">{text.summary}</h2>
            <p>{text.planning}</p>
            <progress
                class="fleet-progress"
                aria-labelledby=TITLE_ID
                prop:max=move || progress.get().1.max(1) as f64
                prop:value=move || progress.get().0 as f64
            ></progress>
            <p role="status">{move || said()}</p>
            <div class="actions">
                <button
                    type="button"
                    class="button"
                    data-action="fleet-break-off"
                    on:click=move |_| stores.fleet().tell(EventKind::Stop)
                >
                    {text.break_off}
                </button>
            </div>
        </section>
    }
}

/// The run has begun.
#[component]
fn Begun() -> impl IntoView {
    let text = fleet_plan_words();
    view! {
        <section class="panel" aria-labelledby=TITLE_ID>
            <h2 id=TITLE_ID tabindex="-1">{text.summary}</h2>
            <p>{text.has_begun}</p>
        </section>
    }
}

/// What was planned.
#[component]
fn Planned(acts: Acts) -> impl IntoView {
    let stores = use_stores();
    let text = fleet_plan_words();
    let grouped = Memo::new(move |_| {
        stores.fleet().version();
        Arc::new(stores.fleet().with(Grouped::of).unwrap_or_default())
    });
    let editing = RwSignal::new(None::<LaneKey>);
    let is_editing = Memo::new(move |_| editing.with(Option::is_some));
    let problem = RwSignal::new(false);
    let exporting = RwSignal::new(false);
    let start_export = move |_| {
        if !exporting.get_untracked() {
            exporting.set(true);
            spawn_local(async move {
                problem.try_set(export(stores).await.is_none());
                exporting.try_set(false);
            });
        }
    };
    let failed =
        move || problem.get().then(|| view! { <Notice severity=Severity::Error text=text.not_exported/> }.into_any());
    view! {
        <section class="panel fleet-plan" aria-labelledby=TITLE_ID>
            <div class="panel-head">
                <h2 id=TITLE_ID tabindex="-1">{text.summary}</h2>
                <button
                    type="button"
                    class="button"
                    data-action="fleet-export-plan"
                    aria-disabled=move || exporting.get().to_string()
                    on:click=start_export
                >
                    {text.export_plan}
                </button>
                <button
                    type="button"
                    class="button"
                    data-action="fleet-plan"
                    on:click=move |_| plan(stores)
                >
                    {text.plan_again}
                </button>
                <button
                    type="button"
                    class="button"
                    data-action="fleet-choose-again"
                    on:click=move |_| stores.fleet().choose_again()
                >
                    {text.choose_again}
                </button>
            </div>
            <div role="status">{move || failed()}</div>
            <Groups grouped=grouped acts=acts/>
            <Impacts grouped=grouped acts=acts/>
            <Estimate grouped=grouped/>
            <LimitsEditor editing=editing/>
            <Show
                when=move || !is_editing.get()
                fallback=|| view! { <p class="notice" data-tone="unsure">{fleet_plan_words().limits_open}</p> }
            >
                <super::StartFleet/>
            </Show>
        </section>
    }
}

/// Offers the plan as a file. `None`: the browser does not take it, or the rows are others meanwhile.
async fn export(stores: Stores) -> Option<()> {
    let secrets = secrets(stores);
    let profiles = untrack(|| profiles(stores));
    let (fleet, now) = (stores.fleet(), stores.fleet().now());
    let rows = || fleet.row_ids(&FindRows::default());
    let begin = |fleet: &Fleet| (fleet.head.name.clone(), PlanWriter::new(fleet, &profiles, now, &secrets));
    let (name, mut writer) = fleet.with(begin)?;
    let mut slices = Slices::begin();
    let all = rows();
    for id in &all {
        fleet.with(|fleet| fleet.rows.get(id).map(|row| writer.row(row)));
        slices.pause().await;
    }
    if rows() != all {
        return None;
    }
    download(&file_name(&name), writer.finish().as_bytes())
}

/// The name of the file of a plan: letters and digits of the fleet's name.
fn file_name(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    format!("plan-{}.json", parts.join("-"))
}
