//! What the user can do about the run as a whole.

use super::HEADLINE_ID;
use crate::credentials::ProfileId;
use crate::fleet::{EventKind, FindRows, FleetStage, PauseReason, RowGroup};
use crate::ui::components::ask_button::AskButton;
use crate::ui::features::fleet::engine;
use crate::ui::features::fleet::plan::LimitsEditor;
use crate::ui::features::profile_words::profile_words;
use crate::ui::platform::{dom, notification};
use crate::ui::route::Route;
use crate::ui::state::fleet::FleetStore;
use crate::ui::state::use_stores;
use crate::ui::words::fleet_words;
use leptos::prelude::*;

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
    retry: usize,
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
        let is_halted = fleet.with(|fleet| !fleet.head.halted.is_empty()).unwrap_or_default();
        let paused = matches!(stage, FleetStage::Paused(_));
        let running = stage == FleetStage::Running;
        Self {
            pause: running,
            resume: paused || running && is_halted,
            stop: running || paused,
            retry: if stage == FleetStage::Stopped { 0 } else { counts.failed },
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
    let asked = RwSignal::new(notification::is_allowed().is_some());
    let notify = move || {
        (can.get().pause && !asked.get()).then(|| {
            let click = move |_| {
                wasm_bindgen_futures::spawn_local(async move {
                    notification::ask().await;
                    asked.try_set(true);
                });
            };
            view! { <button type="button" class="button quiet" on:click=click>{fleet_words().notify}</button> }
                .into_any()
        })
    };
    let resume = part(|can| can.resume, resume);
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
    let retry = part(|can| can.retry != 0, retry);
    let editing = RwSignal::new(None);
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
    let close = part(
        |can| can.close,
        |fleet, _| {
            let click = move |_| {
                engine::close(fleet);
                dom::next_frame(|| dom::focus_if_lost(crate::ui::pages::TITLE_ID));
            };
            let label = fleet_words().close;
            view! { <button type="button" class="button quiet" data-action="fleet-close" on:click=click>{label}</button> }
            .into_any()
        },
    );
    view! {
        <div class="actions">
            {move || resume()}
            {move || pause()}
            {move || stop()}
            {move || retry()}
            {move || notify()}
            {move || close()}
        </div>
        {move || limits()}
    }
}

fn resume(fleet: FleetStore, _: Memo<Can>) -> AnyView {
    let stores = use_stores();
    let click = move |_| {
        fleet.tell(EventKind::Resume);
        // Who resumes has unlocked the vault, or typed the secrets. A profile that is gone needs the user's word.
        let profiles = fleet.with(crate::fleet::Fleet::in_need_of_credential).unwrap_or_default();
        let is_there = |profile: &ProfileId| {
            *profile == ProfileId::default()
                || fleet.is_adopted(*profile)
                || stores.profiles.keyring.with_untracked(|keyring| keyring.profile(*profile).is_some())
        };
        fleet.tell_all(profiles.into_iter().filter(is_there).map(EventKind::CredentialReady));
        dom::next_frame(|| dom::focus_if_lost(HEADLINE_ID));
    };
    let label = fleet_words().resume;
    view! { <button type="button" class="button primary" data-action="fleet-resume" on:click=click>{label}</button> }
        .into_any()
}

fn retry(fleet: FleetStore, can: Memo<Can>) -> AnyView {
    let click = move |_| {
        let failed = fleet.row_ids(&FindRows { groups: vec![RowGroup::Failed], ..FindRows::default() });
        press(fleet, EventKind::Retry(failed));
    };
    let label = move || (fleet_words().retry_failed)(can.get().retry);
    view! { <button type="button" class="button" data-action="fleet-retry" on:click=click>{move || label()}</button> }
        .into_any()
}

/// The profiles whose rows wait for another credential.
#[component]
pub(super) fn Credentials() -> impl IntoView {
    let stores = use_stores();
    let fleet = stores.fleet();
    let in_need = Memo::new(move |_| {
        fleet.version();
        fleet.with(crate::fleet::Fleet::in_need_of_credential).unwrap_or_default()
    });
    let entry = move |profile| {
        let words = fleet_words();
        let summary = stores.profiles.summary(profile);
        let provider = provider_of(fleet, profile);
        let is_gone = profile != ProfileId::default() && summary.is_none();
        let name = match &summary {
            Some(summary) => profile_words(stores, summary),
            None => provider.clone(),
        };
        // Another account must not go on without the user's word.
        let other = is_gone.then(|| stores.profiles.chosen(&provider)).flatten();
        let other = other.map(|other| profile_words(stores, &other));
        let (text, label) = match &other {
            Some(other) => ((words.profile_is_gone)(&name, other), (words.go_on_with)(other)),
            None => ((words.rows_need_credential)(&name), (words.go_on_with)(&name)),
        };
        let click = move |_| {
            if let Some(other) = other.clone() {
                fleet.adopt(profile, (fleet_words().adopted)(&other));
            }
            press(fleet, EventKind::CredentialReady(profile));
        };
        view! {
            <div class="notice fleet-credential" data-tone="unsure">
                <p>{text}</p>
                <div class="actions">
                    <a class="button" href=Route::Credentials.to_hash()>{words.to_credentials}</a>
                    <button type="button" class="button" data-action="fleet-credential" on:click=click>{label}</button>
                </div>
            </div>
        }
        .into_any()
    };
    move || {
        if fleet.is_watched() {
            return ().into_any();
        }
        in_need.get().into_iter().map(entry).collect_view().into_any()
    }
}

/// The provider of the rows that a profile signs.
fn provider_of(fleet: FleetStore, profile: ProfileId) -> String {
    let row = |fleet: &crate::fleet::Fleet| {
        let row = fleet.rows.values().find(|row| row.spec.profile.unwrap_or_default() == profile);
        row.map(|row| row.spec.provider.clone())
    };
    fleet.with(row).flatten().unwrap_or_default()
}
