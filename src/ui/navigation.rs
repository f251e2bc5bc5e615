//! The list of operations, grouped by product, with its search.

use super::app::SEARCH_ID;
use super::dom::{Child, El, el, value_of};
use super::route::Route;
use super::state::{AppState, LoadedApi};
use super::words::words;
use super::widgets::{Icon, icon, with_icon};
use crate::catalog::{Api, matches};
use leptos::prelude::*;

/// Search, operations, settings.
pub(super) fn navigation(state: AppState) -> El {
    let query = RwSignal::new(String::new());
    let search = el("input")
        .attr("id", SEARCH_ID)
        .attr("type", "search")
        .attr("aria-label", words().search)
        .attr("placeholder", words().search)
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .on("input", move |event| query.set(value_of(&event)));
    el("nav")
        .attr("id", "nav")
        .class("nav")
        .attr("aria-label", words().operations)
        .live_bool("data-open", move || state.menu_open.get())
        .child(
            el("div")
                .class("search")
                .child(icon(Icon::Search))
                .child(search)
                .child(el("kbd").attr("aria-hidden", "true").child("/")),
        )
        .live(move || query.with(|query| state.apis.with(|apis| groups(state, apis, query))))
        .child(
            el("ul")
                .class("nav-list nav-foot")
                .child(entry(state, Route::Credentials, words().credentials))
                .child(entry(state, Route::Settings, words().settings)),
        )
}

fn groups(state: AppState, apis: &[(String, LoadedApi)], query: &str) -> Child {
    let found = |loaded: &LoadedApi| match loaded {
        LoadedApi::Ready(api) => api.operations.iter().any(|entry| matches(query, api, entry)),
        _ => true,
    };
    if !apis.is_empty() && !apis.iter().any(|(_, loaded)| found(loaded)) {
        let words = if state.offers_nothing() { words().nothing_offered } else { words().nothing_found };
        return el("p").class("nav-note").child(words).into();
    }
    Child::many(apis.iter().filter(|(_, loaded)| found(loaded)).map(|(file, loaded)| match loaded {
        LoadedApi::Loading => el("p").class("nav-note").child(words().loading_api).into(),
        LoadedApi::Ready(api) => group(state, api, query),
        LoadedApi::Broken => {
            let route = Route::Operation { api: Api::id_of(file).to_owned(), id: String::from("error") };
            let words = with_icon(el("span").class("value-line"), Icon::Bad, format!("{file} {}", words().broken_api));
            el("ul").class("nav-list").child(entry(state, route, words)).into()
        }
    }))
}

fn group(state: AppState, api: &Api, query: &str) -> Child {
    let shown = api.operations.iter().filter(|entry| matches(query, api, entry));
    let entries = shown.map(|operation| {
        let route = Route::Operation { api: api.id.clone(), id: operation.id.clone() };
        entry(state, route, operation.summary.clone())
    });
    Child::many([
        el("h2").class("nav-title").child(api.title.clone()),
        el("ul").class("nav-list").child(Child::many(entries)),
    ])
}

/// A link that knows whether one is there.
fn entry(state: AppState, route: Route, words: impl Into<Child>) -> El {
    let link = el("a").attr("href", route.to_hash());
    let current = move || state.route.with(|here| *here == route).then(|| String::from("page"));
    el("li").child(link.live_attr("aria-current", current).child(words))
}
