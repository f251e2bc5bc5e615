//! What the user can do about the run as a whole.

use crate::credentials::ProfileId;
use crate::fleet::{EventKind, FindRows, FleetStage, PauseReason, RowGroup};
use crate::ui::components::ask_button::AskButton;
use crate::ui::features::fleet::engine;
use crate::ui::features::fleet::ids::HEADLINE_ID;
use crate::ui::features::fleet::leave::CloseFleet;
use crate::ui::features::fleet::plan::LimitsEditor;
use crate::ui::platform::{dom, notification};
use crate::ui::state::fleet::FleetStore;
use crate::ui::state::use_stores;
use crate::ui::words::fleet_words;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// Tells the fleet, and keeps the focus from being lost with the button.
pub(super) fn press(fleet: FleetStore, kind: EventKind) {
    fleet.tell(kind);
    dom::next_frame(|| dom::focus_if_lost(HEADLINE_ID));
}

/// What is possible now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Can {
    pause: bool,
    resume: bool,
    stop: bool,
    /// Rows that failed, and rows of which nobody knows what became of them.
    retry: (usize, usize),
    /// Rows that were stopped.
    retry_stopped: usize,
    limits: bool,
    close: bool,
}

impl Can {
    fn of(fleet: FleetStore) -> Self {
        let (Some(stage), counts) = (fleet.stage(), fleet.counts()) else { return Self::default() };
        if fleet.is_watched() {
            return Self { close: true, ..Self::default() };
        }
        fleet.version();
        let is_halted = fleet.with(|fleet| !fleet.halted_lanes().is_empty()).unwrap_or_default();
        let paused = matches!(stage, FleetStage::Paused(_));
        let running = stage == FleetStage::Running;
        Self {
            pause: running,
            resume: paused || running && is_halted,
            stop: running || paused,
            retry: if stage == FleetStage::Stopped { (0, 0) } else { (counts.failed, counts.unknown) },
            retry_stopped: if stage == FleetStage::Stopped { 0 } else { counts.stopped },
            limits: paused || running && is_halted,
            close: counts.under_way == 0 && !running,
        }
    }
}

/// Pause, resume, stop, try again.
#[component]
pub(super) fn Actions() -> impl IntoView {
    let fleet = use_stores().fleet();
    let can = Memo::new(move |_| Can::of(fleet));
    // The buttons stay while only numbers change: the focus must not be lost.
    let part = move |shown: fn(&Can) -> bool, view: fn(FleetStore, Memo<Can>) -> AnyView| {
        let shown = Memo::new(move |_| can.with(shown));
        move || shown.get().then(|| view(fleet, can))
    };
    let editing = RwSignal::new(None);
    // To resume takes the fields of the limits away, with what is typed in them.
    let may_resume = Memo::new(move |_| can.with(|can| can.resume));
    let is_editing = Memo::new(move |_| editing.with(Option::is_some));
    let resume = move || match (may_resume.get(), is_editing.get()) {
        (false, _) => None,
        (true, false) => Some(resume(fleet)),
        (true, true) => {
            let text = fleet_words().resume_after_limits;
            Some(view! { <p class="notice" data-tone="unsure">{text}</p> }.into_any())
        }
    };
    let pause = part(
        |can| can.pause,
        |fleet, _| {
            let click = move |_| press(fleet, EventKind::Pause(PauseReason::User));
            let label = fleet_words().pause;
            view! { <button type="button" class="button" data-action="fleet-pause" on:click=click>{label}</button> }
                .into_any()
        },
    );
    let stop = part(
        |can| can.stop,
        |fleet, _| {
            let stop = Callback::new(move |()| press(fleet, EventKind::Stop));
            let words = fleet_words();
            view! {
                <AskButton
                id="fleet-stop"
                action="fleet-stop"
                label=words.stop
                question=words.stop_question
                on_sure=stop
            />
            }
            .into_any()
        },
    );
    let retry = part(|can| can.retry != (0, 0), retry);
    let retry_stopped = part(|can| can.retry_stopped != 0, retry_stopped);
    let may_edit = Memo::new(move |_| can.get().limits);
    let limits = move || {
        may_edit.get().then(|| {
            view! {
                <details class="fleet-edit">
                    <summary>{fleet_words().edit_limits}</summary>
                    <div class="nested"><LimitsEditor editing=editing/></div>
                </details>
            }
            .into_any()
        })
    };
    let close = part(|can| can.close, |_, _| view! { <CloseFleet/> }.into_any());
    // At a pause as well: who comes then wants to hear of the end.
    let may_notify = Memo::new(move |_| can.with(|can| can.stop));
    view! {
        <div class="actions">
            {move || resume()}
            {move || pause()}
            {move || stop()}
            {move || retry()}
            {move || retry_stopped()}
            {move || close()}
        </div>
        <Show when=move || may_notify.get()><Notify/></Show>
        {move || limits()}
    }
}

/// Offers a notification; says whether there will be one where the browser has been asked.
#[component]
fn Notify() -> impl IntoView {
    let stores = use_stores();
    let allowed = RwSignal::new(notification::is_allowed());
    let click = move |_| {
        spawn_local(async move {
            notification::ask().await;
            let answer = notification::is_allowed();
            stores.shell.announce((fleet_words().notification)(answer == Some(true)));
            allowed.try_set(answer);
            dom::next_frame(|| dom::focus_if_lost(HEADLINE_ID));
        });
    };
    move || match allowed.get() {
        Some(is_allowed) => {
            let text = (fleet_words().notification)(is_allowed);
            view! { <p class="muted" data-notification=is_allowed.to_string()>{text}</p> }.into_any()
        }
        None => view! {
            <div class="actions">
                <button type="button" class="button quiet" data-action="fleet-notify" on:click=click>
                    {fleet_words().notify}
                </button>
            </div>
        }
        .into_any(),
    }
}

fn resume(fleet: FleetStore) -> AnyView {
    let stores = use_stores();
    let click = move |_| {
        fleet.tell(EventKind::Resume);
        // Who resumes has unlocked the vault, or typed the secrets. A profile that is gone needs the user's word.
        let profiles = fleet.with(crate::fleet::Fleet::in_need_of_credential).unwrap_or_default();
        let go_on = |profile: ProfileId| {
            let known = untrack(|| stores.profiles.summary(profile));
            let provider = known.map(|known| known.provider);
            let is_there = profile == ProfileId::default() || provider.is_some();
            is_there.then(|| engine::go_on_with(profile, &provider.unwrap_or_default()))
        };
        fleet.tell_all(profiles.into_iter().filter_map(go_on).collect::<Vec<_>>());
        engine::ask_for_credentials();
        dom::next_frame(|| dom::focus_if_lost(HEADLINE_ID));
    };
    let label = fleet_words().resume;
    view! { <button type="button" class="button primary" data-action="fleet-resume" on:click=click>{label}</button> }
        .into_any()
}

fn retry_all(fleet: FleetStore, groups: Vec<RowGroup>) {
    let rows = fleet.row_ids(&FindRows { groups, ..FindRows::default() });
    press(fleet, EventKind::Retry(rows));
}

fn retry_stopped(fleet: FleetStore, can: Memo<Can>) -> AnyView {
    let label = move || (fleet_words().retry_stopped)(can.get().retry_stopped);
    view! {
        <AskButton
            id="fleet-retry-stopped"
            action="fleet-retry-stopped"
            label=Signal::derive(label)
            question=fleet_words().retry_stopped_question
            on_sure=move |()| retry_all(fleet, vec![RowGroup::Stopped])
        />
    }
    .into_any()
}

fn retry(fleet: FleetStore, can: Memo<Can>) -> AnyView {
    let sure = move |()| retry_all(fleet, vec![RowGroup::Failed, RowGroup::Unknown]);
    let label = move || {
        let (failed, unknown) = can.get().retry;
        (fleet_words().retry_failed)(failed, unknown)
    };
    let question = fleet_words().retry_question;
    view! {
        <AskButton
            id="fleet-retry"
            action="fleet-retry"
            label=Signal::derive(label)
            question=question
            on_sure=sure
        />
    }
    .into_any()
}
