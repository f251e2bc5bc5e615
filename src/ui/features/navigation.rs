//! The list of operations, grouped by product, with its search.

use crate::catalog::{Api, SearchIndex};
use crate::ui::components::icon::{Icon, IconName};
use crate::ui::route::Route;
use crate::ui::state::site::Description;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::words;
use leptos::prelude::*;
use std::sync::Arc;

pub(crate) const SEARCH_ID: &str = "search";

/// A description, and what the search finds in it.
#[derive(Clone)]
struct Group {
    file: String,
    description: Description,
    index: Arc<SearchIndex>,
}

/// Search, operations, settings.
#[component]
pub(crate) fn Navigation() -> impl IntoView {
    let stores = use_stores();
    let query = RwSignal::new(String::new());
    // What is searched is made once for each description, not at each key.
    let groups = Memo::new_with_compare(move |_| groups(stores), |_, _| true);
    view! {
        <nav
            id="nav"
            class="nav"
            aria-label=words().operations
            data-open=move || stores.shell.menu_open.get().to_string()
        >
            <div class="search">
                <Icon name=IconName::Search/>
                <input
                    id=SEARCH_ID
                    type="search"
                    aria-label=words().search
                    placeholder=words().search
                    autocomplete="off"
                    spellcheck="false"
                    on:input=move |event| query.set(event_target_value(&event))
                />
                <kbd aria-hidden="true">"/"</kbd>
            </div>
            {move || query.with(|query| groups.with(|groups| shown_groups(stores, groups, query)))}
            <ul class="nav-list nav-foot">
                <Entry route=Route::Credentials>{words().credentials}</Entry>
                <Entry route=Route::Settings>{words().settings}</Entry>
                <Entry route=Route::About>{words().about}</Entry>
            </ul>
        </nav>
    }
}

fn groups(stores: Stores) -> Vec<Group> {
    stores.site.descriptions.with(|descriptions| {
        let group = |(file, description): (&String, &Description)| {
            let index = match description {
                Description::Ready { offered, .. } => SearchIndex::of(offered),
                _ => SearchIndex::default(),
            };
            Group { file: file.clone(), description: description.clone(), index: Arc::new(index) }
        };
        descriptions.iter().map(group).collect()
    })
}

fn shown_groups(stores: Stores, groups: &[Group], query: &str) -> AnyView {
    let is_found = |group: &&Group| match &group.description {
        Description::Ready { .. } => !group.index.find(query).is_empty(),
        _ => true,
    };
    if !groups.is_empty() && !groups.iter().any(|group| is_found(&group)) {
        let note = if stores.site.offers_nothing() { words().nothing_offered } else { words().nothing_found };
        return view! { <p class="nav-note">{note}</p> }.into_any();
    }
    groups
        .iter()
        .filter(is_found)
        .map(|group| match &group.description {
            Description::Loading => view! { <p class="nav-note">{words().loading_api}</p> }.into_any(),
            Description::Ready { offered, .. } => operations(offered, &group.index.find(query)).into_any(),
            Description::Broken(_) => broken(&group.file).into_any(),
        })
        .collect_view()
        .into_any()
}

/// The operations of an API by their places in its list.
fn operations(api: &Arc<Api>, found: &[usize]) -> impl IntoView + use<> {
    let found = found.iter().filter_map(|index| api.operations.get(*index));
    let entries = found.map(|operation| {
        let route = Route::Operation { api: api.id.clone(), id: operation.id.clone() };
        let summary = operation.summary.clone();
        view! { <Entry route=route>{summary}</Entry> }
    });
    let entries = entries.collect_view();
    view! {
        <h2 class="nav-title">{api.title.clone()}</h2>
        <ul class="nav-list">{entries}</ul>
    }
}

fn broken(file: &str) -> impl IntoView + use<> {
    let route = Route::Operation { api: Api::id_of(file).to_owned(), id: String::from("error") };
    let label = format!("{file} {}", words().broken_api);
    view! {
        <ul class="nav-list">
            <Entry route=route><span class="value-line"><Icon name=IconName::Bad/>" "<span>{label}</span></span></Entry>
        </ul>
    }
}

/// A link that knows whether its page is on the screen.
#[component]
fn Entry(route: Route, children: Children) -> impl IntoView {
    let shell = use_stores().shell;
    let href = route.to_hash();
    let current = move || shell.route.with(|here| *here == route).then_some("page");
    view! { <li><a href=href aria-current=move || current()>{children()}</a></li> }
}
