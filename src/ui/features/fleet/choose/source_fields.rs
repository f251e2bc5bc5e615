//! Where a source is, who asks it, and what its list needs besides.

use super::list::choices;
use super::listable::ListableApi;
use crate::catalog::{Field, LookupRow};
use crate::credentials::ProfileId;
use crate::follow::Place;
use crate::ui::components::form_field::FieldFrame;
use crate::ui::components::select_control::SelectControl;
use crate::ui::features::lockout::{Refusal, RefusalAlert};
use crate::ui::features::profile_words::profile_words;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{fleet_plan_words, words};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

pub(super) fn source_id(id: u32) -> String {
    format!("fleet-source-{id}")
}

/// Region, profile, and the fields that the list needs.
#[component]
pub(super) fn SourceFields(
    /// The source.
    id: u32,
    /// Its API.
    api: ListableApi,
) -> impl IntoView {
    let stores = use_stores();
    let choice = stores.fleet_choice();
    let place = Memo::new(move |_| choice.source(id).map(|source| source.place).unwrap_or_default());
    let servers = api.operation.servers.clone();
    let options: Vec<(String, String)> =
        servers.iter().map(|server| (server.url.clone(), server.label.clone())).collect();
    let server_variables = servers.clone();
    let choose_server = move |url: String| {
        let server = servers.iter().find(|server| server.url == url);
        let variables = server.map(|server| server.variables.clone()).unwrap_or_default();
        let variables = variables.into_iter().map(|variable| (variable.name, variable.default)).collect();
        choice.change_source(id, |source| source.place = Place { server: url, variables });
    };
    let region = FieldFrame::plain(&format!("{}-region", source_id(id)), words().region);
    let server = Memo::new(move |_| place.with(|place| place.server.clone()));
    let variables = move || {
        let url = server.get();
        let server = server_variables.iter().find(|server| server.url == url).cloned();
        let variables = server.map(|server| server.variables).unwrap_or_default();
        variables.into_iter().map(|variable| variable_field(stores, id, &variable.name)).collect_view()
    };
    let provider = api.provider.clone();
    let profiles = Signal::derive(move || {
        let own = stores.profiles.summaries().into_iter().filter(|profile| profile.provider == provider);
        let own = own.map(|profile| (profile.id.to_string(), profile_words(stores, &profile)));
        std::iter::once((String::new(), fleet_plan_words().chosen_profile.to_owned())).chain(own).collect::<Vec<_>>()
    });
    let profile = Memo::new(move |_| {
        let profile = choice.source(id).and_then(|source| source.profile);
        profile.map(|profile| profile.to_string()).unwrap_or_default()
    });
    let signer = FieldFrame::plain(&format!("{}-profile", source_id(id)), words().profile);
    let choose_profile =
        move |wanted: String| choice.change_source(id, |source| source.profile = wanted.parse::<ProfileId>().ok());
    let api = StoredValue::new(api);
    let needed = api.with_value(|api| api.needed.clone());
    let needed = needed.into_iter().map(|field| view! { <NeededField id=id api=api field=field/> }.into_any());
    view! {
        <div class="field">
            <label for=region.id.clone()>{words().region}</label>
            <SelectControl frame=region options=Signal::stored(options) chosen=server on_choose=choose_server/>
        </div>
        {move || variables()}
        <div class="field">
            <label for=signer.id.clone()>{words().profile}</label>
            <SelectControl frame=signer options=profiles chosen=profile on_choose=choose_profile/>
        </div>
        {needed.collect_view()}
    }
}

/// A part of the host that is typed.
fn variable_field(stores: Stores, id: u32, name: &str) -> AnyView {
    let choice = stores.fleet_choice();
    let (own_id, label) = (format!("{}-{name}", source_id(id)), name.to_owned());
    let name = StoredValue::new(name.to_owned());
    let value = Signal::derive(move || {
        let place = choice.source(id).map(|source| source.place).unwrap_or_default();
        let own = place.variables.into_iter().find(|(other, _)| name.with_value(|name| name == other));
        own.map(|(_, value)| value).unwrap_or_default()
    });
    let typed = move |text: String| {
        choice.change_source(id, |source| {
            for (other, value) in &mut source.place.variables {
                if name.with_value(|name| name == other) {
                    *value = text.trim().to_ascii_lowercase();
                }
            }
        });
    };
    view! {
        <div class="field">
            <label for=own_id.clone()>{label}</label>
            <input
                id=own_id
                type="text"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                prop:value=move || value.get()
                on:change=move |event| typed(event_target_value(&event))
            />
        </div>
    }
    .into_any()
}

/// A field that the list needs, such as a project, and what it can be.
#[component]
fn NeededField(
    /// The source.
    id: u32,
    /// Its API.
    api: StoredValue<ListableApi>,
    /// The field.
    field: Field,
) -> impl IntoView {
    let stores = use_stores();
    let choice = stores.fleet_choice();
    let name = StoredValue::new(field.name.clone());
    let own_id = format!("{}-{}", source_id(id), field.name);
    let list_id = format!("{own_id}--choices");
    let found = RwSignal::new(Vec::<LookupRow>::new());
    let asking = RwSignal::new(false);
    let refusal = RwSignal::new(None::<Refusal>);
    let value = move || {
        choice
            .source(id)
            .and_then(|source| name.with_value(|name| source.fields.get(name).cloned()))
            .unwrap_or_default()
    };
    let set = move |text: String| {
        choice.change_source(id, |source| {
            source.fields.insert(name.get_value(), text.trim().to_owned());
        });
    };
    let can_ask = field.schema.lookup.is_some();
    let ask = move |_| {
        let Some(source) = choice.source(id).filter(|_| !asking.get_untracked()) else { return };
        asking.set(true);
        refusal.set(None);
        spawn_local(async move {
            let (Some(api), Some(name)) = (api.try_get_value(), name.try_get_value()) else { return };
            let result = choices(stores, &api, &source, &name).await;
            asking.try_set(false);
            match result {
                Err(why) => drop(refusal.try_set(Some(why))),
                Ok(rows) => {
                    if let ([only], true) = (rows.as_slice(), untrack(value).is_empty()) {
                        set(only.value.clone());
                    }
                    stores.shell.announce((fleet_plan_words().choices_found)(rows.len()));
                    found.try_set(rows);
                }
            }
        });
    };
    let options = move || {
        let option = |row: LookupRow| view! { <option value=row.value>{row.label}</option> }.into_any();
        found.get().into_iter().map(option).collect_view()
    };
    let state = move || match (refusal.get(), asking.get()) {
        (Some(refusal), _) => Some(view! { <RefusalAlert refusal=refusal/> }.into_any()),
        (None, true) => Some(view! { <p class="progress">{words().asking}</p> }.into_any()),
        (None, false) => None,
    };
    let count = move || {
        let count = found.with(Vec::len);
        (count != 0).then(|| view! { <p class="field-help">{(fleet_plan_words().choices_found)(count)}</p> }.into_any())
    };
    let button = can_ask.then(|| {
        let label = format!("{} {}", words().look_up, field.name);
        view! { <button type="button" class="button" on:click=ask>{label}</button> }.into_any()
    });
    view! {
        <div class="field">
            <label for=own_id.clone()>{field.name.clone()}</label>
            <div class="control-row">
                <input
                    id=own_id
                    type="text"
                    list=list_id.clone()
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    prop:value=move || value()
                    on:input=move |event| set(event_target_value(&event))
                />
                {button}
            </div>
            <datalist id=list_id>{move || options()}</datalist>
            {move || count()}
            <div role="status">{move || state()}</div>
        </div>
    }
}
