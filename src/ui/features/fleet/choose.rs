//! The first step: which instances, and what is to happen to them. Three ways lead to rows: lists, a text, a fleet that was
//! kept.

mod add;
mod columns;
mod found;
mod import;
mod kept;
mod lines;
mod list;
mod listable;
mod paste;
mod reading;
mod rows;
mod source_fields;
mod sources;

pub(super) use add::closed_words;
pub(super) use rows::{break_off, choose_again, plan};

use crate::fleet::FleetStage;
use crate::outcome::Severity;
use crate::ui::components::alert::Notice;
use crate::ui::components::tabs::{Tab, Tabs};
use crate::ui::components::text_field::{TextField, TypedText};
use crate::ui::features::fleet::leave::CloseFleet;
use crate::ui::state::fleet_choice::FIRST_WAY;
use crate::ui::state::use_stores;
use crate::ui::words::fleet_plan_words;
use found::FoundInstances;
use kept::Kept;
use leptos::prelude::*;
use paste::Paste;
use rows::RowsSoFar;
use sources::Sources;

const PASTE: &str = "fleet-paste";
const KEPT: &str = "fleet-kept";

/// The step "Choose".
#[component]
pub(crate) fn Choose() -> impl IntoView {
    let stores = use_stores();
    let choice = stores.fleet_choice();
    let text = fleet_plan_words();
    // Only the way that is shown is there: the others would have controls of the same names.
    let panel = move |id: &'static str, content: fn() -> AnyView| {
        let content = move || (choice.way.get() == id).then(content);
        view! { {move || content()} }.into_any()
    };
    let tabs = vec![
        Tab {
            id: FIRST_WAY,
            title: text.from_lists,
            panel: panel(FIRST_WAY, || view! { <Sources/> <FoundInstances/> }.into_any()),
        },
        Tab { id: PASTE, title: text.paste, panel: panel(PASTE, || view! { <Paste/> }.into_any()) },
        Tab { id: KEPT, title: text.kept, panel: panel(KEPT, || view! { <Kept/> }.into_any()) },
    ];
    let takes_rows = Memo::new(move |_| add::takes_rows(stores));
    // A fleet without rows belongs to no connection yet.
    Effect::new(move |_| {
        stores.fleet().version();
        let connection = stores.settings.connection().name;
        stores.fleet().connect(&connection);
        let own = stores.fleet().head().map_or(connection, |head| head.connection);
        choice.list_via(&own);
    });
    // Another fleet has another name.
    let name = move || {
        stores.fleet().id();
        view! { <Name/> }.into_any()
    };
    view! {
        <Show when=move || takes_rows.get() fallback=|| view! { <Closed/> }>
            {move || name()}
        </Show>
        <div class="fleet-ways"><Tabs label=text.ways tabs=tabs chosen=choice.way/></div>
        <RowsSoFar/>
    }
}

/// What the fleet is called.
#[component]
fn Name() -> impl IntoView {
    let stores = use_stores();
    let choice = stores.fleet_choice();
    let text = fleet_plan_words();
    let name = untrack(|| stores.fleet().head()).map(|head| head.name).unwrap_or_else(|| choice.name.get_untracked());
    let typed = TypedText::new(name);
    Effect::new(move |before: Option<()>| {
        let name = typed.value.get();
        if before.is_none() {
            return;
        }
        if untrack(|| stores.fleet().stage()).is_none() {
            choice.name.set(name);
        } else if !name.trim().is_empty() {
            stores.fleet().rename(name.trim());
        }
    });
    view! { <TextField id="fleet-name" label=text.fleet_name help=text.fleet_name_help typed=typed/> }
}

/// Why no rows can be added now, and the way to.
#[component]
fn Closed() -> impl IntoView {
    let stores = use_stores();
    let text = fleet_plan_words();
    let is_planned =
        Memo::new(move |_| stores.fleet().stage() == Some(FleetStage::Planned) && !stores.fleet().is_watched());
    let closed = move || add::closed_words(stores);
    view! {
        {move || view! { <Notice severity=Severity::Warning text=closed()/> }.into_any()}
        <div class="actions">
            <Show when=move || is_planned.get()>
                <button type="button" class="button" data-action="fleet-choose-again" on:click=move |_| rows::choose_again(stores)>
                    {text.choose_again}
                </button>
            </Show>
            <CloseFleet/>
        </div>
    }
}
