//! Taking the fleet off the page, and the question before something is lost by it.

use super::engine::{self, Unwritten};
use crate::ui::components::ask_button::AskButton;
use crate::ui::platform::dom;
use crate::ui::state::fleet::FleetStore;
use crate::ui::state::use_stores;
use crate::ui::words::fleet_words;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// What the user is asked before the fleet of the page goes. `None`: nothing is lost by it.
pub(super) fn leave_question(fleet: FleetStore) -> Option<(&'static str, Unwritten)> {
    if fleet.has_unwritten() && fleet.problem().is_some() {
        Some((fleet_words().leave_unwritten, Unwritten::GiveUp))
    } else if fleet.is_under_way() {
        Some((fleet_words().leave_run, Unwritten::Store))
    } else {
        None
    }
}

/// The button that takes the fleet off the page. What is stored of it stays.
#[component]
pub(super) fn CloseFleet() -> impl IntoView {
    let fleet = use_stores().fleet();
    let question = Memo::new(move |_| leave_question(fleet));
    let close = |unwritten: Unwritten| {
        spawn_local(async move {
            engine::close(unwritten).await;
            dom::next_frame(|| dom::focus_if_lost(crate::ui::ids::TITLE_ID));
        });
    };
    let button = move || {
        let label = fleet_words().close;
        match question.get() {
            Some((question, unwritten)) => {
                let sure = move |()| close(unwritten);
                view! {
                    <AskButton id="fleet-close" action="fleet-close" label=label question=question on_sure=sure/>
                }
                .into_any()
            }
            None => {
                let click = move |_| close(Unwritten::Store);
                view! {
                    <button type="button" class="button quiet" data-action="fleet-close" on:click=click>{label}</button>
                }
                .into_any()
            }
        }
    };
    view! { {move || button()} }
}
