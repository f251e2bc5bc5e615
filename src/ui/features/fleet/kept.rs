//! The fleets that this browser keeps.

use super::engine::{self, Unwritten};
use super::leave::leave_question;
use crate::fleet::{FleetStage, Head, StoreError};
use crate::outcome::Severity;
use crate::ui::components::alert::{Alert, Notice};
use crate::ui::components::ask_button::AskButton;
use crate::ui::platform::fleet_store::FleetDatabase;
use crate::ui::platform::{dates, dom, locks};
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::fleet_words;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// A fleet that is stored: its head, and how many rows it has; only its id where the head cannot be read.
#[derive(Clone, PartialEq)]
struct KeptFleet {
    id: String,
    head: Option<Head>,
    rows: usize,
}

impl KeptFleet {
    /// What is shown of it.
    fn key(&self) -> (String, Option<(String, &'static str, String)>, usize) {
        let stage = |head: &Head| (fleet_words().stage_short)(head.stage);
        let head = self.head.as_ref().map(|head| (head.name.clone(), stage(head), head.connection.clone()));
        (self.id.clone(), head, self.rows)
    }
}

async fn all() -> Result<Vec<KeptFleet>, StoreError> {
    let database = FleetDatabase::open().await?;
    let mut fleets = Vec::new();
    for (id, text) in database.heads().await? {
        let rows = database.count(&id).await?;
        fleets.push(KeptFleet { head: Head::from_json(&text).ok(), rows, id });
    }
    // The latest first.
    fleets.sort_by_key(|fleet| std::cmp::Reverse(fleet.head.as_ref().map(|head| head.created)));
    Ok(fleets)
}

/// The fleet that a page shows when it is opened: the latest whose run is not over, else the latest that is chosen or planned.
pub(super) async fn unfinished() -> Option<String> {
    let fleets = all().await.ok()?;
    let stage = |fleet: &KeptFleet| fleet.head.as_ref().filter(|_| fleet.rows != 0).map(|head| head.stage);
    let runs = |fleet: &&KeptFleet| {
        matches!(stage(fleet), Some(FleetStage::Running | FleetStage::Paused(_) | FleetStage::Stopped))
    };
    let is_open = |fleet: &&KeptFleet| stage(fleet).is_some_and(|stage| stage != FleetStage::Over);
    fleets.iter().find(runs).or_else(|| fleets.iter().find(is_open)).map(|fleet| fleet.id.clone())
}

/// The list of kept fleets: open one, delete one. Nothing where there is none.
#[component]
pub(crate) fn KeptFleets() -> impl IntoView {
    let stores = use_stores();
    let fleets = RwSignal::new(Vec::<KeptFleet>::new());
    let problem = RwSignal::new(None::<StoreError>);
    let in_use = RwSignal::new(false);
    let read = move || {
        spawn_local(async move {
            // The page may have been left meanwhile.
            match all().await {
                Ok(found) => {
                    fleets.try_set(found);
                    problem.try_set(None);
                }
                Err(error) => drop(problem.try_set(Some(error))),
            }
        });
    };
    Effect::new(move |_| {
        // A fleet that was closed is in the list again.
        stores.fleet().stage();
        read();
    });
    let open = move |id: String, unwritten: Unwritten| {
        // Rows that are being added belong to the fleet that is there.
        if stores.fleet_choice().is_adding_untracked() {
            return;
        }
        spawn_local(async move {
            problem.try_set(engine::open(stores, &id, unwritten).await.err());
            dom::next_frame(|| dom::focus_if_lost(crate::ui::ids::TITLE_ID));
        });
    };
    let delete = move |id: String| {
        spawn_local(async move {
            match remove(stores, &id).await {
                Ok(true) => {
                    stores.shell.announce(fleet_words().deleted);
                    in_use.try_set(false);
                    fleets.try_update(|fleets| fleets.retain(|fleet| fleet.id != id));
                    dom::next_frame(|| dom::focus_if_lost(crate::ui::ids::TITLE_ID));
                }
                Ok(false) => drop(in_use.try_set(true)),
                Err(error) => drop(problem.try_set(Some(error))),
            }
        });
    };
    let others = Memo::new(move |_| {
        let shown = stores.fleet().id();
        fleets.get().into_iter().filter(|fleet| Some(&fleet.id) != shown.as_ref()).collect::<Vec<_>>()
    });
    let any = Memo::new(move |_| others.with(|others| !others.is_empty()));
    let problem =
        move || problem.get().map(|error| view! { <Alert message=(fleet_words().store_error)(&error)/> }.into_any());
    let in_use = move || {
        in_use.get().then(|| view! { <Notice severity=Severity::Warning text=fleet_words().in_use/> }.into_any())
    };
    view! {
        <div role="status">{move || problem()}{move || in_use()}</div>
        <Show when=move || any.get()>
            <section class="fleet-kept" aria-labelledby="fleet-kept-title">
                <h2 id="fleet-kept-title">{fleet_words().kept}</h2>
                <p class="muted">{fleet_words().kept_lead}</p>
                <ul>
                    <For each=move || others.get() key=KeptFleet::key let(fleet)>{item(stores, fleet, open, delete)}</For>
                </ul>
            </section>
        </Show>
    }
}

fn item(
    stores: Stores,
    fleet: KeptFleet,
    open: impl Fn(String, Unwritten) + Copy + Send + Sync + 'static,
    delete: impl Fn(String) + Copy + Send + Sync + 'static,
) -> AnyView {
    let words = fleet_words();
    let KeptFleet { id, head, rows } = fleet;
    let name = head.as_ref().map(|head| head.name.clone()).unwrap_or_default();
    let facts = match &head {
        Some(head) => [
            dates::local(head.created.unix_timestamp()),
            (words.rows)(rows),
            (words.stage_short)(head.stage).to_owned(),
            (words.via)(&head.connection),
        ]
        .join(" · "),
        None => words.unreadable.to_owned(),
    };
    let question = Memo::new(move |_| leave_question(stores.fleet()));
    let (own, own_name) = (id.clone(), name.clone());
    // What is there may be a run: it is not left without the user's word.
    let open_button = move || {
        let own = own.clone();
        match question.get() {
            Some((question, unwritten)) => {
                let button_id = format!("fleet-open-{own}");
                let sure = move |()| open(own.clone(), unwritten);
                view! {
                    <AskButton
                        action="fleet-open"
                        id=button_id
                        label=words.continue_it
                        what=own_name.clone()
                        question=question
                        on_sure=sure
                    />
                }
                .into_any()
            }
            None => view! {
                <button
                    type="button"
                    class="button"
                    data-action="fleet-open"
                    aria-label=format!("{} {own_name}", words.continue_it)
                    aria-disabled=move || stores.fleet_choice().is_adding().to_string()
                    on:click=move |_| open(own.clone(), Unwritten::Store)
                >
                    {words.continue_it}
                </button>
            }
            .into_any(),
        }
    };
    let open_button = head.is_some().then(|| view! { {move || open_button()} }.into_any());
    let own = id.clone();
    let sure = Callback::new(move |()| delete(own.clone()));
    view! {
        <li>
            <p><b>{name.clone()}</b>" "<span class="muted">{facts}</span></p>
            <div class="actions">
                {open_button}
                <AskButton
                    action="fleet-delete"
                    id=format!("fleet-delete-{id}")
                    label=words.delete
                    what=name
                    question=words.delete_question
                    on_sure=sure
                />
            </div>
        </li>
    }
    .into_any()
}

/// Deletes a fleet. `false`: another tab has it.
async fn remove(stores: Stores, id: &str) -> Result<bool, StoreError> {
    let is_here = stores.fleet().with(|fleet| fleet.head.id == id) == Some(true);
    let lock = locks::try_lock(&engine::lock_name(id)).await;
    if is_here || lock.is_none() {
        return Ok(false);
    }
    FleetDatabase::open().await?.delete(id).await?;
    Ok(true)
}
