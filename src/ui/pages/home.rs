//! What can be done here.

use super::NarrowPage;
use crate::catalog::{Api, OperationEntry};
use crate::ui::features::omissions::Omissions;
use crate::ui::route::Route;
use crate::ui::state::use_stores;
use crate::ui::words::words;
use leptos::prelude::*;

/// The list of all operations, with a line about how the console works.
#[component]
pub(super) fn HomePage() -> impl IntoView {
    let site = use_stores().site;
    let cards = move || {
        let cards = |api: &Api| {
            api.operations
                .iter()
                .map(|entry| view! { <Card api=api.clone() entry=entry.clone()/> }.into_any())
                .collect_view()
        };
        site.apis().iter().map(|api| cards(api)).collect_view()
    };
    let omissions = move || {
        let omissions = site.apis().iter().flat_map(|api| api.omissions.clone()).collect();
        view! { <Omissions omissions=omissions/> }.into_any()
    };
    view! {
        <NarrowPage title=words().home_title lead=words().home_lead>
            <ul class="cards">{move || cards()}</ul>
            {move || site.offers_nothing().then(|| view! { <p>{words().nothing_offered}</p> }.into_any())}
            {move || omissions()}
            <p class="muted">{words().home_privacy}</p>
        </NarrowPage>
    }
}

#[component]
fn Card(api: Api, entry: OperationEntry) -> impl IntoView {
    let route = Route::Operation { api: api.id.clone(), id: entry.id.clone() };
    view! {
        <li class="card">
            <p class="eyebrow">{api.title}</p>
            <h2><a href=route.to_hash()>{entry.summary}</a></h2>
            <Endpoint method=entry.method.to_string() path=entry.path/>
        </li>
    }
}

/// Verb and path in one line.
#[component]
pub(super) fn Endpoint(method: String, path: String) -> impl IntoView {
    view! { <p class="endpoint"><b>{method}</b>" "<code>{path}</code></p> }
}
