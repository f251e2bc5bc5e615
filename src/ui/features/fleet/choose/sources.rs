//! The places that are asked for their instances: API, region, profile, and what the list needs besides.

use super::list::{end, list_all};
use super::listable::{ListableApi, listable};
use super::source_fields::{SourceFields, source_id};
use crate::credentials::ProfileId;
use crate::follow::Place;
use crate::outcome::Severity;
use crate::ui::components::alert::Notice;
use crate::ui::components::form_field::FieldFrame;
use crate::ui::components::select_control::SelectControl;
use crate::ui::features::lockout::{Refusal, RefusalAlert};
use crate::ui::platform::dom;
use crate::ui::state::fleet_choice::{Source, SourceState};
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{fleet_plan_words, words};
use indexmap::IndexMap;
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;

const LIST_ID: &str = "fleet-sources";

type Apis = Memo<Arc<Vec<ListableApi>>>;

/// The sources, and the button that asks them.
#[component]
pub(super) fn Sources() -> impl IntoView {
    let stores = use_stores();
    let choice = stores.fleet_choice();
    let apis: Apis = Memo::new(move |_| Arc::new(listable(stores)));
    // One for each API to begin with; the descriptions come one by one.
    Effect::new(move |_| {
        for api in apis.get().iter() {
            let is_new = choice.offered.try_update_value(|offered| offered.insert(api.id.clone()));
            if is_new == Some(true) {
                add(stores, api);
            }
        }
    });
    let ids =
        Memo::new(move |_| choice.sources.with(|sources| sources.iter().map(|source| source.id).collect::<Vec<_>>()));
    let add_one = move |_| {
        let id = apis.with_untracked(|apis| {
            let api = apis.first()?;
            add(stores, api);
            choice.sources.with_untracked(|sources| sources.last().map(|source| source.id))
        });
        if let Some(id) = id {
            dom::next_frame(move || dom::focus_within(&source_id(id)));
        }
    };
    let is_listing = Memo::new(move |_| choice.is_listing());
    let number = move |id: u32| ids.with(|ids| ids.iter().position(|other| *other == id)).unwrap_or_default() + 1;
    view! {
        <p class="field-help">{fleet_plan_words().lists_lead}</p>
        <ul id=LIST_ID class="fleet-sources" tabindex="-1" aria-label=fleet_plan_words().sources>
            <For each=move || ids.get() key=|id| *id let(id)>
                <SourceCard id=id apis=apis number=Signal::derive(move || number(id))/>
            </For>
        </ul>
        <div class="actions">
            <button type="button" class="button" on:click=add_one>{fleet_plan_words().add_source}</button>
            <button
                type="button"
                class="button primary"
                data-action="fleet-list"
                aria-disabled=move || is_listing.get().to_string()
                on:click=move |_| {
                    if !is_listing.get_untracked() {
                        list_all(stores);
                    }
                }
            >
                {fleet_plan_words().list_instances}
            </button>
            <Show when=move || is_listing.get()>
                <button type="button" class="button" on:click=move |_| end(choice)>{fleet_plan_words().end_list}</button>
            </Show>
        </div>
    }
}

/// Adds a source of an API: where its profile is for, with the project that its token is for.
fn add(stores: Stores, api: &ListableApi) {
    let choice = stores.fleet_choice();
    choice.sources.update(|sources| {
        let id = sources.iter().map(|source| source.id).max().map_or(0, |id| id + 1);
        sources.push(new_source(stores, api, id, None));
    });
}

fn new_source(stores: Stores, api: &ListableApi, id: u32, profile: Option<ProfileId>) -> Source {
    let summary = untrack(|| match profile {
        Some(id) => stores.profiles.summary(id),
        None => stores.profiles.chosen(&api.provider),
    });
    let region = summary.as_ref().map(|profile| profile.region.clone()).unwrap_or_default();
    let server = api.operation.servers.iter().find(|server| server.region == region && !region.is_empty());
    let server = server.or(api.operation.servers.first());
    let variables = server.map(|server| server.variables.clone()).unwrap_or_default();
    let place = Place {
        server: server.map(|server| server.url.clone()).unwrap_or_default(),
        variables: variables.into_iter().map(|variable| (variable.name, variable.default)).collect(),
    };
    // What the screen keeps with a profile: a token tells the project that it is for.
    let metadata = summary.map(|profile| profile.metadata).unwrap_or_default();
    let metadata: Value = serde_json::from_str(&metadata).unwrap_or_default();
    let known = |name: &str| metadata.get("inputs")?.get(name)?.as_str().map(str::to_owned);
    let fields: IndexMap<String, String> =
        api.needed.iter().filter_map(|field| Some((field.name.clone(), known(&field.name)?))).collect();
    Source { id, api: api.id.clone(), place, profile, fields }
}

/// One source.
#[component]
fn SourceCard(
    /// Its id.
    id: u32,
    /// What can be listed.
    apis: Apis,
    /// Its place in the list, from 1 on.
    #[prop(into)]
    number: Signal<usize>,
) -> impl IntoView {
    let stores = use_stores();
    let choice = stores.fleet_choice();
    let title = move || (fleet_plan_words().source)(number.get());
    let api_id = Memo::new(move |_| choice.source(id).map(|source| source.api).unwrap_or_default());
    let remove = move |_| {
        choice.sources.update(|sources| sources.retain(|source| source.id != id));
        choice.states.update(|states| {
            states.shift_remove(&id);
        });
        dom::next_frame(|| dom::focus(LIST_ID));
    };
    let api_options = Signal::derive(move || {
        apis.with(|apis| apis.iter().map(|api| (api.id.clone(), api.title.clone())).collect::<Vec<_>>())
    });
    let choose_api = move |wanted: String| {
        let api = apis.with_untracked(|apis| apis.iter().find(|api| api.id == wanted).cloned());
        if let Some(api) = api {
            choice.change_source(id, |source| *source = new_source(stores, &api, id, None));
        }
    };
    let frame = FieldFrame::plain(&format!("{}-api", source_id(id)), fleet_plan_words().api);
    // The other fields are those of the API.
    let fields = move || {
        let api_id = api_id.get();
        let api = apis.with(|apis| apis.iter().find(|api| api.id == api_id).cloned());
        api.map(|api| view! { <SourceFields id=id api=api/> }.into_any())
    };
    view! {
        <li>
            <fieldset id=source_id(id) class="fleet-source">
                <legend>{move || title()}</legend>
                <div class="fields">
                    <div class="field">
                        <label for=frame.id.clone()>{fleet_plan_words().api}</label>
                        <SelectControl frame=frame options=api_options chosen=api_id on_choose=choose_api/>
                    </div>
                    {move || fields()}
                </div>
                <div class="fleet-source-foot">
                    <State id=id/>
                    <button
                        type="button"
                        class="button quiet"
                        aria-label=move || format!("{} {}", words().remove_item, title())
                        on:click=remove
                    >
                        {words().remove_item}
                    </button>
                </div>
            </fieldset>
        </li>
    }
}

/// What became of asking a source.
#[component]
fn State(
    /// The source.
    id: u32,
) -> impl IntoView {
    let choice = use_stores().fleet_choice();
    let state = move || choice.states.with(|states| states.get(&id).cloned());
    // It changes with every page: a screen reader hears of the end.
    let progress = move || {
        let text = match state()? {
            SourceState::Waiting => fleet_plan_words().waits.to_owned(),
            SourceState::Asking(count) => (fleet_plan_words().asking)(count),
            _ => return None,
        };
        Some(view! { <p class="progress">{text}</p> }.into_any())
    };
    let end = move || {
        Some(match state()? {
            SourceState::Waiting | SourceState::Asking(_) => return None,
            SourceState::Listed(count) => {
                let text = (fleet_plan_words().listed)(count);
                view! { <Notice severity=Severity::Success text=text/> }.into_any()
            }
            SourceState::Ended(count) => {
                let text = (fleet_plan_words().ended)(count);
                view! { <Notice severity=Severity::Warning text=text/> }.into_any()
            }
            SourceState::Failed { message, stopped_key } => {
                view! { <RefusalAlert refusal=Refusal { message, stopped_key }/> }.into_any()
            }
        })
    };
    view! { <div class="fleet-source-state">{move || progress()}<div role="status">{move || end()}</div></div> }
}
