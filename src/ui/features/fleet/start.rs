//! The start of a run: the user types how many rows it changes.

use super::acts::Acts;
use super::ids::HEADLINE_ID;
use super::plan::{UnlistedRegions, impacts};
use crate::fleet::{EventKind, Fleet, FleetStage, RowGroup};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::text_field::{TextField, TypedText};
use crate::ui::platform::dom;
use crate::ui::state::fleet::FleetStore;
use crate::ui::state::use_stores;
use crate::ui::words::{fleet_words, words};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

const NUMBER_ID: &str = "fleet-start-number";

/// The button that starts what was planned, and the question behind it.
#[component]
pub(crate) fn StartFleet(acts: Acts) -> impl IntoView {
    let stores = use_stores();
    let fleet = stores.fleet();
    let open = RwSignal::new(false);
    let typed = TypedText::new("");
    let count = Memo::new(move |_| fleet.counts().will_change);
    let is_ready = Memo::new(move |_| fleet.stage() == Some(FleetStage::Planned) && count.get() != 0);
    let matches = Memo::new(move |_| is_ready.get() && typed.value.get().trim().parse() == Ok(count.get()));
    let connection = move || {
        fleet.version();
        fleet.head().map(|head| head.connection).unwrap_or_default()
    };
    let title = Signal::derive(move || (fleet_words().start_title)(count.get()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if matches.get_untracked() {
            open.set(false);
            fleet.tell(EventKind::Start);
            dom::next_frame(|| dom::next_frame(|| dom::focus(HEADLINE_ID)));
        }
    };
    let label = move || (fleet_words().start)(count.get());
    let ask = move |_| {
        typed.value.set(String::new());
        open.set(true);
        dom::next_frame(|| dom::next_frame(|| dom::focus(NUMBER_ID)));
    };
    let simulated = move || {
        fleet.version();
        fleet.is_simulated().then(|| view! { <p class="notice">{fleet_words().start_simulated}</p> }.into_any())
    };
    // Red is for what really happens.
    let tone = move || {
        fleet.version();
        if fleet.is_simulated() { "primary" } else { "danger" }
    };
    let field = move || {
        let help = (fleet_words().start_help)(count.get());
        view! { <TextField id=NUMBER_ID label=fleet_words().start_label help=help required=true typed=typed/> }
            .into_any()
    };
    view! {
        <Show
            when=move || count.get() != 0
            fallback=|| view! { <p class="muted">{fleet_words().nothing_to_start}</p> }
        >
            <button
                type="button"
                class="button primary"
                data-action="fleet-start"
                aria-haspopup="dialog"
                prop:disabled=move || !is_ready.get()
                on:click=ask
            >
                {move || label()}
            </button>
        </Show>
        <Dialog id="fleet-start" title=title open=open>
            <form class="fleet-start" on:submit=submit>
                <p>{move || (fleet_words().start_lead)(count.get(), &connection())}</p>
                {move || open.get().then(|| changes(fleet, acts))}
                {move || simulated()}
                {move || open.get().then(|| view! { <UnlistedRegions acts=acts will_change=true/> })}
                {move || field()}
                <div class="actions">
                    <button type="button" class="button" on:click=move |_| open.set(false)>{words().cancel}</button>
                    <button
                        type="submit"
                        class=move || format!("button {}", tone())
                        data-action="fleet-start-confirm"
                        prop:disabled=move || !matches.get()
                    >
                        {fleet_words().start_confirm}
                    </button>
                </div>
            </form>
        </Dialog>
    }
}

/// Each act that the run sends, for how many, and what it does to them.
fn changes(fleet: FleetStore, acts: Acts) -> AnyView {
    acts.track();
    let will_change =
        |fleet: &Fleet| impacts(fleet.rows.values().filter(|row| row.group() == RowGroup::WillChange), acts);
    let items = fleet.with(will_change).unwrap_or_default().into_iter().map(|impact| {
        let act = (fleet_words().start_act)(&impact.short, impact.rows, &impact.noun);
        view! { <li><b>{act}</b>" "{impact.effect}</li> }.into_any()
    });
    view! { <ul>{items.collect_view()}</ul> }.into_any()
}
