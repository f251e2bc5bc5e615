//! The instances that the lists brought: filtered, sorted, chosen, and added to the fleet with an act.

use super::add::{AddedRows, Adding, can_add, closed_words, is_known};
use crate::fleet::table::{Column, TableRow};
use crate::fleet::{Defaults, FleetAct, ProviderDefaults, RowReader, RowSpec};
use crate::ui::components::form_field::FieldFrame;
use crate::ui::components::select_control::SelectControl;
use crate::ui::components::windowed_table::{RowView, WindowedTable};
use crate::ui::features::fleet::acts::{acts, profiles, secrets};
use crate::ui::platform::dom;
use crate::ui::platform::slices::Slices;
use crate::ui::state::fleet_choice::{InstanceKey, ListedSource};
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{fleet_plan_words, words};
use indexmap::IndexMap;
use leptos::prelude::*;
use std::collections::HashSet;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

const PROBLEM_ID: &str = "fleet-found-problem";

/// The table, and what can be done with it; nothing before the first list.
#[component]
pub(super) fn FoundInstances() -> impl IntoView {
    let choice = use_stores().fleet_choice();
    let any = Memo::new(move |_| choice.found.with(|found| !found.is_empty()));
    view! {
        <Show when=move || any.get()>
            <Table/>
        </Show>
    }
}

#[component]
fn Table() -> impl IntoView {
    let choice = use_stores().fleet_choice();
    let text = fleet_plan_words();
    let sorting = RwSignal::new(None);
    let rows = Memo::new(move |_| {
        let about = |source: u32| choice.listed.with(|listed| listed.get(&source).map(about).unwrap_or_default());
        Arc::new(choice.found.with(|found| choice.filter.with(|filter| found.order(filter, sorting.get(), &about))))
    });
    let columns = Memo::new(move |_| choice.found.with(|found| found.columns().to_vec()));
    let table = move || {
        let own = columns.get();
        let count = own.len();
        let titles = [text.instance, text.name].map(str::to_owned).into_iter().chain(own);
        let titles = titles.chain([text.api, words().region, words().profile].map(str::to_owned));
        let titles = titles.map(|title| (title, String::new())).collect();
        let row: RowView = Arc::new(move |row| cells(row, count));
        view! {
            <WindowedTable label=text.found_table columns=titles last=String::new() rows=rows sorting=sorting row=row/>
        }
        .into_any()
    };
    let all = move || choice.found.with(|found| found.len());
    let matching = move || rows.with(|rows| rows.len());
    let count = move || (text.chosen)(choice.chosen.with(HashSet::len), all());
    let shown = move || if matching() == all() { String::new() } else { (words().pages.rows_shown)(matching(), all()) };
    let select_all = move |_| {
        let keys: Vec<InstanceKey> =
            rows.with_untracked(|rows| rows.iter().filter_map(|row| choice.key(*row)).collect());
        choice.chosen.update(|chosen| chosen.extend(keys));
    };
    let select_none = move |_| choice.chosen.set(HashSet::new());
    view! {
        <section class="panel" aria-labelledby="fleet-found">
            <div class="panel-head">
                <h2 id="fleet-found">{text.found}</h2>
                <span class="muted" role="status">{move || shown()}</span>
                <input
                    class="filter"
                    type="search"
                    aria-label=words().pages.filter
                    placeholder=words().pages.filter
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || choice.filter.get()
                    on:input=move |event| choice.filter.set(event_target_value(&event))
                />
            </div>
            {move || table()}
            <div class="actions">
                <button type="button" class="button" data-action="fleet-select-all" on:click=select_all>
                    {move || (text.select_all)(matching())}
                </button>
                <button type="button" class="button" on:click=select_none>{text.select_none}</button>
                <span role="status">{move || count()}</span>
            </div>
            <AddChosen/>
        </section>
    }
}

/// What the filter finds of a source, besides its instances.
fn about(listed: &ListedSource) -> Vec<String> {
    vec![listed.api_title.clone(), listed.region.clone(), listed.signer.clone()]
}

fn cells(row: usize, columns: usize) -> AnyView {
    let choice = use_stores().fleet_choice();
    let key = untrack(|| choice.key(row)).unwrap_or_default();
    let id = key.2.clone();
    let texts = untrack(|| {
        choice.found.with(|found| (1..columns + 2).map(|column| found.cell(row, column).to_owned()).collect::<Vec<_>>())
    });
    let listed = untrack(|| {
        let source = choice.found.with(|found| found.get(row).map(|instance| instance.source))?;
        choice.listed.with(|listed| listed.get(&source).map(about))
    });
    let texts = texts.into_iter().chain(listed.unwrap_or_default());
    let texts = texts.map(|text| view! { <td>{text}</td> }.into_any()).collect_view();
    let key = StoredValue::new(key);
    let is_chosen = move || choice.chosen.with(|chosen| key.with_value(|key| chosen.contains(key)));
    let turn = move |event| {
        let wanted = event_target_checked(&event);
        choice.chosen.update(|chosen| {
            if wanted {
                chosen.insert(key.get_value())
            } else {
                key.with_value(|key| chosen.remove(key))
            };
        });
    };
    view! {
        <td>
            <label class="check">
                <input type="checkbox" prop:checked=move || is_chosen() on:change=turn/>
                <code>{id}</code>
            </label>
        </td>
        {texts}
    }
    .into_any()
}

/// The act for each API of which something is chosen, and the button that adds the rows.
#[component]
fn AddChosen() -> impl IntoView {
    let stores = use_stores();
    let choice = stores.fleet_choice();
    let text = fleet_plan_words();
    let all_acts = Memo::new(move |_| acts(stores));
    // The ids and titles of the APIs of which something is chosen.
    let apis = Memo::new(move |_| {
        let chosen: HashSet<String> = choice.chosen.with(|chosen| chosen.iter().map(|key| key.0.clone()).collect());
        let acts = all_acts.get();
        let mut apis: Vec<(String, String)> = Vec::new();
        for act in acts.iter().filter(|act| chosen.contains(act.api())) {
            if apis.iter().all(|(id, _)| id != act.api()) {
                apis.push((act.api().to_owned(), act.operation.api_title.clone()));
            }
        }
        apis
    });
    let problem = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let selects = move || {
        let select = |(api, title): (String, String)| {
            let frame = FieldFrame::plain(&format!("fleet-act-{api}"), &(text.act_for)(&title));
            let own = api.clone();
            let options = Signal::derive(move || {
                let acts = all_acts.get();
                let own = acts.iter().filter(|act| act.api() == own).map(|act| (act.id.clone(), act.short.clone()));
                std::iter::once((String::new(), words().choose.to_owned())).chain(own).collect::<Vec<_>>()
            });
            let own = api.clone();
            let chosen = Signal::derive(move || choice.acts.with(|acts| acts.get(&own).cloned().unwrap_or_default()));
            let choose = move |act: String| {
                problem.set(String::new());
                choice.acts.update(|acts| {
                    acts.insert(api.clone(), act);
                });
            };
            view! {
                <div class="field">
                    <label for=frame.id.clone()>{frame.label.clone()}</label>
                    <SelectControl frame=frame options=options chosen=chosen on_choose=choose/>
                </div>
            }
            .into_any()
        };
        apis.get().into_iter().map(select).collect_view()
    };
    let count = Memo::new(move |_| choice.chosen.with(HashSet::len));
    let add = move |_| {
        if busy.get_untracked() {
            return;
        }
        if !untrack(|| can_add(stores)) {
            problem.set(untrack(|| closed_words(stores)).to_owned());
            return;
        }
        let missing: Vec<(String, String)> = apis.with_untracked(|apis| {
            let is_missing = |(api, _): &&(String, String)| {
                choice.acts.with_untracked(|acts| acts.get(api).is_none_or(String::is_empty))
            };
            apis.iter().filter(is_missing).cloned().collect()
        });
        if let Some((api, title)) = missing.first() {
            problem.set((text.act_missing)(title));
            dom::focus(&format!("fleet-act-{api}"));
            return;
        }
        if count.get_untracked() == 0 {
            problem.set(text.nothing_chosen.to_owned());
            return;
        }
        problem.set(String::new());
        busy.set(true);
        spawn_local(async move {
            let added = add_chosen(stores).await.unwrap_or_default();
            busy.try_set(false);
            let said = match added.left {
                0 => (text.added)(added.new, added.known, added.refused),
                _ => (text.added_in_part)(added.new),
            };
            stores.shell.announce(said.clone());
            let why = added.why.iter().map(text.problem).collect::<Vec<_>>().join(" ");
            let is_well = added.refused == 0 && added.left == 0;
            problem.try_set(if is_well { String::new() } else { format!("{said} {why}").trim_end().to_owned() });
        });
    };
    view! {
        <div class="fields">{move || selects()}</div>
        <div class="actions">
            <button
                type="button"
                class="button primary"
                data-action="fleet-add-rows"
                aria-disabled=move || busy.get().to_string()
                aria-describedby=PROBLEM_ID
                on:click=add
            >
                {move || (text.add_rows)(count.get())}
            </button>
            <p id=PROBLEM_ID class="field-error" role="status">{move || problem.get()}</p>
        </div>
    }
}

/// Adds the chosen instances, source by source. Those that are added are chosen no more. `None`: the fleet takes none.
async fn add_chosen(stores: Stores) -> Option<AddedRows> {
    let mut adding = Adding::begin(stores)?;
    let choice = stores.fleet_choice();
    let (all_acts, profiles) = untrack(|| (acts(stores), profiles(stores)));
    let chosen = choice.chosen.get_untracked();
    let mut by_source: IndexMap<u32, Vec<String>> = IndexMap::new();
    untrack(|| {
        for row in 0..choice.found.with(|found| found.len()) {
            if choice.key(row).is_some_and(|key| chosen.contains(&key)) {
                choice.found.with(|found| {
                    if let Some(instance) = found.get(row) {
                        by_source.entry(instance.source).or_default().push(instance.id.clone());
                    }
                });
            }
        }
    });
    adding.ensure_fleet("");
    let mut slices = Slices::begin();
    let mut all = AddedRows::default();
    for (source, ids) in by_source {
        let Some(listed) = choice.listed.with_untracked(|listed| listed.get(&source).cloned()) else { continue };
        let act = choice.acts.with_untracked(|acts| acts.get(&listed.source.api).cloned());
        let own: Vec<FleetAct> = all_acts.iter().filter(|other| Some(&other.id) == act.as_ref()).cloned().collect();
        let defaults = Defaults {
            provider: listed.source.api.clone(),
            act: act.unwrap_or_default(),
            providers: IndexMap::from([(
                listed.provider.clone(),
                ProviderDefaults {
                    act: String::new(),
                    region: listed.region.clone(),
                    fields: listed.source.fields.clone(),
                    profile: listed.source.profile,
                },
            )]),
        };
        let reader = stores
            .fleet()
            .with(|fleet| RowReader::new(vec![Column::Subject], own, defaults, profiles.clone(), fleet.rows.values()));
        let Some(mut reader) = reader.map(|reader| reader.without_secrets(secrets(stores))) else { continue };
        let (mut new, mut settled): (Vec<(RowSpec, InstanceKey)>, HashSet<InstanceKey>) = Default::default();
        for (index, id) in ids.into_iter().enumerate() {
            let key: InstanceKey = (listed.source.api.clone(), listed.region.clone(), id.clone());
            let read = reader.read(&TableRow { index, line: index + 1, cells: vec![id] });
            match read.result {
                Ok(spec) => new.push((spec, key)),
                Err(problems) if is_known(&problems) => {
                    all.known += 1;
                    settled.insert(key);
                }
                Err(problems) => {
                    if all.refused == 0 {
                        all.why = problems;
                    }
                    all.refused += 1;
                }
            }
            slices.pause().await;
        }
        let added = adding.add(new.iter().map(|(spec, _)| spec.clone())).await.len();
        all.new += added;
        all.left += new.len() - added;
        settled.extend(new.into_iter().take(added).map(|(_, key)| key));
        choice.chosen.update(|chosen| chosen.retain(|key| !settled.contains(key)));
    }
    Some(all)
}
