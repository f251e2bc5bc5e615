//! The second step: what would happen. Nothing is changed until the user starts.

mod conditions;
mod group;
mod groups;
mod include;
mod limits;
mod rows;
mod summary;
mod unlisted;

use super::acts::{Acts, acts, profiles, secrets};
use super::choose::{break_off, choose_again, closed_words, plan};
use super::credentials::Credentials;
use super::ids::PLAN_ID;
use super::leave::CloseFleet;
use super::milestones::announce_milestones;
use crate::fleet::plan_file::PlanWriter;
use crate::fleet::{FindRows, Fleet, FleetStage, LaneKey, file_name};
use crate::outcome::Severity;
use crate::ui::components::alert::Notice;
use crate::ui::platform::dom;
use crate::ui::platform::download::download;
use crate::ui::platform::slices::Slices;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::fleet_plan_words;
pub(super) use conditions::reason;
use group::Grouped;
use groups::Groups;
use leptos::prelude::*;
pub(super) use limits::LimitsEditor;
use std::sync::Arc;
pub(super) use summary::impacts;
use summary::{Estimate, Impacts};
pub(super) use unlisted::UnlistedRegions;
use wasm_bindgen_futures::spawn_local;

const BREAK_OFF_ID: &str = "fleet-break-off";

/// How far the plan has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    NotPlanned,
    Planning,
    Planned,
    /// The run has begun.
    Begun,
}

impl Phase {
    const fn of(stage: Option<FleetStage>) -> Self {
        match stage {
            None | Some(FleetStage::Choosing) => Self::NotPlanned,
            Some(FleetStage::Planning) => Self::Planning,
            Some(FleetStage::Planned) => Self::Planned,
            Some(FleetStage::Running | FleetStage::Paused(_) | FleetStage::Stopped | FleetStage::Over) => Self::Begun,
        }
    }
}

/// The step "Plan".
#[component]
pub(crate) fn Plan() -> impl IntoView {
    let fleet = use_stores().fleet();
    // Another fleet has another plan.
    move || {
        fleet.id();
        view! { <PlanOfFleet/> }.into_any()
    }
}

/// The title and the limits stay while the plan is made: the focus and what is typed must not be lost.
#[component]
fn PlanOfFleet() -> impl IntoView {
    let stores = use_stores();
    let fleet = stores.fleet();
    let text = fleet_plan_words();
    let all_acts: Acts = Memo::new(move |_| acts(stores));
    let phase = Memo::new(move |_| Phase::of(fleet.stage()));
    let rows = Memo::new(move |_| {
        fleet.version();
        fleet.with(|fleet| fleet.rows.len()).unwrap_or_default()
    });
    let editing = RwSignal::new(None::<LaneKey>);
    let content = move || match phase.get() {
        Phase::NotPlanned => view! { <NotPlanned rows=rows/> }.into_any(),
        Phase::Planning => view! { <Planning rows=rows/> }.into_any(),
        Phase::Planned => view! { <Planned acts=all_acts/> }.into_any(),
        Phase::Begun => view! { <p>{text.has_begun}</p> }.into_any(),
    };
    let can_limit = Memo::new(move |_| phase.get() != Phase::Begun && rows.get() != 0 && !fleet.is_watched());
    let closed = move || {
        let is_closed = fleet.is_watched() && phase.get() != Phase::Begun;
        is_closed.then(|| {
            view! {
                <Notice severity=Severity::Warning text=closed_words(stores)/>
                <div class="actions"><CloseFleet/></div>
            }
            .into_any()
        })
    };
    let can_start = Memo::new(move |_| phase.get() == Phase::Planned && !fleet.is_watched());
    let is_editing = Memo::new(move |_| editing.with(Option::is_some));
    view! {
        <section class="panel fleet-plan" aria-labelledby=PLAN_ID>
            <div class="panel-head">
                <h2 id=PLAN_ID tabindex="-1">{text.summary}</h2>
                <Show when=move || phase.get() == Phase::Planned><PlanActions/></Show>
            </div>
            {move || content()}
            {move || closed()}
            <Show when=move || can_limit.get()><LimitsEditor editing=editing/></Show>
            <Show when=move || can_start.get()>
                <Show
                    when=move || !is_editing.get()
                    fallback=|| view! { <p class="notice" data-tone="unsure">{fleet_plan_words().limits_open}</p> }
                >
                    <super::StartFleet acts=all_acts/>
                </Show>
            </Show>
        </section>
    }
}

/// The button that plans.
#[component]
fn NotPlanned(
    /// How many there are.
    rows: Memo<usize>,
) -> impl IntoView {
    let stores = use_stores();
    let text = fleet_plan_words();
    let can_plan = move || !stores.fleet().is_watched() && !stores.fleet_choice().is_adding();
    view! {
        <p>{text.not_planned}</p>
        <Show when=move || rows.get() != 0 fallback=|| view! { <p>{fleet_plan_words().no_rows}</p> }>
            <div class="actions">
                <button
                    type="button"
                    class="button primary"
                    data-action="fleet-plan"
                    aria-disabled=move || (!can_plan()).to_string()
                    on:click=move |_| plan(stores)
                >
                    {move || (text.plan_rows)(rows.get())}
                </button>
                <span class="muted">{text.plan_sends_nothing}</span>
            </div>
        </Show>
    }
}

/// How far the reading of preconditions has got.
#[component]
fn Planning(
    /// How many there are.
    rows: Memo<usize>,
) -> impl IntoView {
    let stores = use_stores();
    let fleet = stores.fleet();
    let text = fleet_plan_words();
    let progress = Memo::new(move |_| {
        let counts = fleet.counts();
        let all = rows.get();
        (all.saturating_sub(counts.new + counts.checking), all)
    });
    let said = move || {
        let (done, all) = progress.get();
        (text.planned)(done, all)
    };
    announce_milestones(move || progress.get(), text.planned);
    // The button goes when the plan is made.
    on_cleanup(|| {
        if dom::has_focus(BREAK_OFF_ID) {
            dom::next_frame(|| dom::focus_if_lost(PLAN_ID));
        }
    });
    view! {
        <p>{text.planning}</p>
        <Credentials focus=PLAN_ID/>
        <progress
            class="fleet-progress"
            aria-labelledby=PLAN_ID
            prop:max=move || progress.get().1.max(1) as f64
            prop:value=move || progress.get().0 as f64
        ></progress>
        <p>{move || said()}</p>
        <Show when=move || !fleet.is_watched()>
            <div class="actions">
                <button
                    id=BREAK_OFF_ID
                    type="button"
                    class="button"
                    data-action="fleet-break-off"
                    on:click=move |_| break_off(stores)
                >
                    {text.break_off}
                </button>
            </div>
        </Show>
    }
}

/// What can be done with a plan besides starting it.
#[component]
fn PlanActions() -> impl IntoView {
    let stores = use_stores();
    let text = fleet_plan_words();
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
        <button
            type="button"
            class="button"
            data-action="fleet-export-plan"
            aria-disabled=move || exporting.get().to_string()
            on:click=start_export
        >
            {text.export_plan}
        </button>
        <Show when=move || !stores.fleet().is_watched()>
            <button type="button" class="button" data-action="fleet-plan" on:click=move |_| plan(stores)>
                {text.plan_again}
            </button>
            <button type="button" class="button" data-action="fleet-choose-again" on:click=move |_| choose_again(stores)>
                {text.choose_again}
            </button>
        </Show>
        <div role="status">{move || failed()}</div>
    }
}

/// What was planned.
#[component]
fn Planned(acts: Acts) -> impl IntoView {
    let fleet = use_stores().fleet();
    let grouped = Memo::new(move |_| {
        fleet.version();
        Arc::new(fleet.with(Grouped::of).unwrap_or_default())
    });
    view! {
        <UnlistedRegions acts=acts will_change=false/>
        <Groups grouped=grouped acts=acts/>
        <Impacts grouped=grouped acts=acts/>
        <Estimate grouped=grouped/>
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
    let (visit, mut slices) = (fleet.visit(), Slices::begin());
    let all = rows();
    for id in &all {
        fleet.with(|fleet| fleet.rows.get(id).map(|row| writer.row(row)));
        slices.pause().await;
    }
    if fleet.visit() != visit || rows() != all {
        return None;
    }
    download(&format!("{}.json", file_name("plan", &name)), writer.finish().as_bytes())
}
