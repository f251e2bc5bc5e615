//! The list of operations, grouped by product: the switches, then the helpers.

use crate::catalog::{Api, OperationEntry};
use crate::ui::components::icon::{Icon, IconName};
use crate::ui::route::Route;
use crate::ui::state::site::Description;
use crate::ui::state::use_stores;
use crate::ui::words::words;
use leptos::prelude::*;
use std::sync::Arc;

pub(crate) const SEARCH_ID: &str = "search";

/// Search, operations, settings.
#[component]
pub(crate) fn Navigation() -> impl IntoView {
    let stores = use_stores();
    let groups = move || {
        if stores.site.offers_nothing() {
            return view! { <p class="nav-note">{words().nothing_offered}</p> }.into_any();
        }
        stores.site.descriptions.with(|descriptions| {
            let group = |(file, description): (&String, &Description)| match description {
                Description::Loading => view! { <p class="nav-note">{words().loading}</p> }.into_any(),
                Description::Ready { offered, .. } => operations(offered).into_any(),
                Description::Broken(_) => broken(file).into_any(),
            };
            descriptions.iter().map(group).collect_view().into_any()
        })
    };
    view! {
        <nav
            id="nav"
            class="nav"
            aria-label=words().operations
            data-open=move || stores.shell.menu_open.get().to_string()
        >
            <button
                id=SEARCH_ID
                type="button"
                class="button search"
                aria-haspopup="dialog"
                on:click=move |_| stores.shell.palette_open.set(true)
            >
                <Icon name=IconName::Search/>
                <span>{words().search}</span>
                " "
                <kbd aria-hidden="true">"Ctrl K"</kbd>
            </button>
            <div class="nav-operations">{move || groups()}</div>
            <ul class="nav-list nav-foot">
                <Entry route=Route::Fleet>{words().pages.fleet}</Entry>
                <Entry route=Route::History>{words().pages.history}</Entry>
                <Entry route=Route::Import>{words().pages.import}</Entry>
                <Entry route=Route::Credentials>{words().credentials}</Entry>
                <Entry route=Route::Settings>{words().settings}</Entry>
                <Entry route=Route::About>{words().about}</Entry>
            </ul>
        </nav>
    }
}

/// The operations of an API, those that switch something first.
fn operations(api: &Arc<Api>) -> impl IntoView + use<> {
    let entry = |operation: &OperationEntry| {
        let route = Route::Operation { api: api.id.clone(), id: operation.id.clone() };
        let summary = operation.summary.clone();
        view! { <Entry route=route>{summary}</Entry> }
    };
    let (switches, helpers): (Vec<_>, Vec<_>) = api.operations.iter().partition(|operation| operation.is_switch);
    let entries = switches.into_iter().chain(helpers).map(entry).collect_view();
    (!api.operations.is_empty()).then(|| {
        view! {
            <h2 class="nav-title">{api.title.clone()}</h2>
            <ul class="nav-list">{entries}</ul>
        }
    })
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
