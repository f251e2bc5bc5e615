//! What can be done here.

use super::{narrow, page_title};
use crate::catalog::{Api, OperationEntry};
use crate::ui::dom::{Child, El, el};
use crate::ui::route::Route;
use crate::ui::state::{AppState, LoadedApi};
use crate::ui::words::words;
use leptos::prelude::*;

/// The list of all operations, with a line about how the console works.
pub(super) fn home(state: AppState) -> El {
    let cards = move || {
        state.apis.with(|apis| {
            Child::many(apis.iter().map(|(_, loaded)| match loaded {
                LoadedApi::Ready(api) => Child::many(api.operations.iter().map(|entry| card(api, entry))),
                _ => Child::none(),
            }))
        })
    };
    narrow()
        .child(page_title(state, words().home_title))
        .child(el("p").class("lead").child(words().home_lead))
        .child(el("ul").class("cards").live(cards))
        .live(move || state.offers_nothing().then(|| el("p").child(words().nothing_offered)).into())
        .child(el("p").class("muted").child(words().home_privacy))
}

fn card(api: &Api, entry: &OperationEntry) -> El {
    let route = Route::Operation { api: api.id.clone(), id: entry.id.clone() };
    el("li")
        .class("card")
        .child(el("p").class("eyebrow").child(api.title.clone()))
        .child(el("h2").child(el("a").attr("href", route.to_hash()).child(entry.summary.clone())))
        .child(endpoint(entry.method.as_str(), &entry.path))
}

/// Verb and path in one line.
pub(super) fn endpoint(method: &str, path: &str) -> El {
    el("p").class("endpoint").child(el("b").child(method)).child(" ").child(el("code").child(path))
}
