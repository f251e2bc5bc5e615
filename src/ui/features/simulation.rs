//! Simulation or real: the bar while nothing is sent, and the question before example values leave the page.

use super::follow;
use super::sandbox_guide::{any_example, example, holds_typed, is_played, outcomes, settle_examples};
use crate::follow::Phase;
use crate::proxy::ConnectionKind;
use crate::ui::components::ask_button::AskButton;
use crate::ui::components::dialog::Dialog;
use crate::ui::components::later::{Later, OnUse, ViewOnUse};
use crate::ui::ids::{CONNECTION_ID, FORM_ID};
use crate::ui::on_use::on_use;
use crate::ui::platform::dom;
use crate::ui::platform::worker_client::set_speed;
use crate::ui::state::fleet::FleetStore;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::words;
use leptos::prelude::*;
use std::pin::Pin;
use wasm_bindgen_futures::spawn_local;

/// The bar on every page, while the chosen connection is the sandbox.
#[component]
pub(crate) fn SimulationBar() -> impl IntoView {
    let stores = use_stores();
    let simulated = Memo::new(move |_| stores.settings.connection().kind == ConnectionKind::Sandbox);
    // The height of the header depends on it.
    Effect::new(move |_| dom::set_root_attribute("data-simulated", &simulated.get().to_string()));
    let bar = move || {
        let form = stores.forms.current.get();
        simulated.get().then(|| untrack(|| view! { <Bar form=form/> }.into_any()))
    };
    view! {
        {move || bar()}
        <Later><ExamplesQuestion/></Later>
    }
}

#[component]
fn Bar(
    /// The form on the screen.
    form: Option<OperationForm>,
) -> impl IntoView {
    let stores = use_stores();
    let tries = form.filter(|form| is_played(*form));
    let leave = real_connection(stores).map(|index| {
        let leave = move |_| {
            // The button goes with the bar.
            dom::focus(CONNECTION_ID);
            stores.settings.choose_connection(index);
        };
        view! { <button type="button" class="button" on:click=leave>{words().leave_simulation}</button> }.into_any()
    });
    let real = stores.fleets.really_sent;
    let sentence = move || match (real.get(), goes_on(stores)) {
        (Some(sentence), _) => sentence,
        (None, None) => words().simulation.to_owned(),
        (None, Some(connection)) => (words().simulation_beside)(&connection),
    };
    let label = move || real.get().unwrap_or_else(|| words().simulated.to_owned());
    let is_real = move || real.with(Option::is_some).then_some("");
    view! {
        <div class="simulation" data-real=move || is_real() role="region" aria-label=move || label()>
            <strong>{move || sentence()}</strong>
            <Speed/>
            {tries.map(|form| view! { <Tries form=form/> }.into_any())}
            {leave}
        </div>
    }
}

/// The connection by which changes go on that were begun outside of the simulation.
fn goes_on(stores: Stores) -> Option<String> {
    let of_fleet = stores.fleets.fleet().filter(|fleet| fleet.is_under_way()).and_then(FleetStore::real_connection);
    of_fleet.or_else(|| {
        let follows = stores.follows.ids().into_iter().filter_map(|id| stores.follows.get(&id));
        let mut real =
            follows.filter(|follow| follow.phase() == Phase::Running && !stores.follows.is_simulated(follow));
        real.next().map(|follow| follow.origin.connection)
    })
}

/// So many times as fast goes the simulated time when somebody does not want to wait.
const FAST: i32 = 60;

on_use! { answers =>
    fn change_speed(stores: Stores, speed: i32) -> Pin<Box<dyn Future<Output = ()>>> {
        Box::pin(async move {
            if set_speed(speed).await.is_ok() {
                stores.follows.set_speed(speed);
                follow::time_changed(stores).await;
            }
        })
    }
}

/// The switch between the speed of the clouds and a faster one.
#[component]
fn Speed() -> impl IntoView {
    let stores = use_stores();
    let is_fast = move || stores.follows.speed() != 1;
    let switch = move |_| {
        let speed = if untrack(is_fast) { 1 } else { FAST };
        spawn_local(async move {
            if let Ok(change) = change_speed(stores, speed).await {
                change.await;
            }
        });
    };
    view! {
        <button type="button" class="button" aria-pressed=move || is_fast().to_string() on:click=switch>
            {(words().faster)(FAST)}
        </button>
    }
}

/// The connection that the deployment begins with, or the first that leaves the page.
fn real_connection(stores: Stores) -> Option<usize> {
    stores.site.config.with_untracked(|config| {
        let is_real = |index: usize| {
            config.connections.get(index).is_some_and(|connection| connection.kind != ConnectionKind::Sandbox)
        };
        std::iter::once(config.default_connection()).chain(0..config.connections.len()).find(|index| is_real(*index))
    })
}

/// An example, and inputs for every outcome.
#[component]
fn Tries(form: OperationForm) -> impl IntoView {
    let stores = use_stores();
    let open = RwSignal::new(false);
    let filled = RwSignal::new(false);
    let tell = Callback::new(move |()| {
        open.set(false);
        filled.set(true);
        // After the dialog has given the focus back.
        dom::next_frame(|| dom::next_frame(|| dom::focus_within(FORM_ID)));
    });
    let asks_if = move |()| untrack(|| holds_typed(stores, form));
    let fill_example = move |()| {
        spawn_local(async move {
            if example(stores, form).await.is_ok() {
                tell.run(());
            }
        });
    };
    let table = move || {
        let load = move || -> ViewOnUse { Box::pin(outcomes(form, tell)) };
        open.get().then(|| view! { <OnUse load=Box::new(load)/> }.into_any())
    };
    view! {
        <AskButton
            label=words().sandbox_fill
            question=words().replace_question
            asks_if=asks_if
            on_sure=fill_example
        />
        <button type="button" class="button" aria-haspopup="dialog" on:click=move |_| open.set(true)>
            {words().outcomes}
        </button>
        <span role="status">{move || filled.get().then_some(words().filled_in)}</span>
        <Later>
            <Dialog id="outcomes" title=words().outcomes open=open>
                {move || table()}
                <div class="actions">
                    <button type="button" class="button" on:click=move |_| open.set(false)>{words().close}</button>
                </div>
            </Dialog>
        </Later>
    }
}

/// Asks what becomes of example values when the connection begins to be a real one. To close the question is to stay in
/// the simulation.
#[component]
fn ExamplesQuestion() -> impl IntoView {
    let stores = use_stores();
    let open = RwSignal::new(false);
    let sandbox = StoredValue::new(None::<usize>);
    Effect::new(move |_| {
        let index = stores.settings.connection_index();
        // A form of the page before may have them too.
        stores.forms.current.track();
        if stores.settings.connection().kind == ConnectionKind::Sandbox {
            sandbox.set_value(Some(index));
            open.set(false);
        } else if any_example(stores) {
            open.set(true);
        }
    });
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        if let (Some(true), false, Some(sandbox)) = (was_open, is_open, sandbox.get_value())
            && any_example(stores)
        {
            stores.settings.choose_connection(sandbox);
        }
        is_open
    });
    let settle = move |keep| {
        settle_examples(stores, keep);
        open.set(false);
    };
    view! {
        <Dialog id="examples" title=words().examples_title open=open>
            <p>{words().examples_note}</p>
            <div class="actions">
                <button type="button" class="button" on:click=move |_| open.set(false)>{words().examples_stay}</button>
                <button type="button" class="button" on:click=move |_| settle(true)>{words().examples_keep}</button>
                <button type="button" class="button primary" autofocus=true on:click=move |_| settle(false)>
                    {words().examples_clear}
                </button>
            </div>
        </Dialog>
    }
}
