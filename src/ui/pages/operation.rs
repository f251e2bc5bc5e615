//! One operation: what it does, the form, the request and the answer.

use super::furnished::{furnished, place};
use super::home::endpoint;
use super::page_title;
use super::unknown::unknown;
use crate::catalog::{Api, Operation};
use crate::ui::browser;
use crate::ui::dom::{Child, El, el, live};
use crate::ui::form::operation_form;
use crate::ui::host;
use crate::ui::model::CallModel;
use crate::ui::response::{request_panel, response_panel};
use crate::ui::route::Route;
use crate::ui::state::{AppState, LoadedApi};
use crate::ui::words::words;
use crate::ui::widgets::{Icon, details, items, with_icon};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// The page of the operation that the address names, as far as its description has arrived.
pub(super) fn operation_page(state: AppState, api: String, id: String) -> AnyView {
    let of_this = {
        let api = api.clone();
        move |file: &str| Api::id_of(file) == api
    };
    // Only this API's own arrival matters: the others must not rebuild the page under the user's hands.
    let waiting = Memo::new({
        let of_this = of_this.clone();
        move |_| {
            let is_loading =
                |(file, loaded): &(String, LoadedApi)| of_this(file) && matches!(loaded, LoadedApi::Loading);
            state.apis.with(|apis| apis.is_empty() || apis.iter().any(is_loading))
        }
    });
    live(move || {
        if waiting.get() {
            return el("p").class("loading").child(words().loading_api).into();
        }
        let found = state.apis.with_untracked(|apis| apis.iter().find(|(file, _)| of_this(file)).cloned());
        untrack(|| match found {
            Some((file, LoadedApi::Ready(loaded))) => match loaded.operation(&id) {
                None => unknown(state, format!("/{api}/{id}")),
                Some(Err(_)) => broken(state, &file, &id),
                Some(Ok(operation)) => call(state, state.model(state.config.with(|config| config.restrict(operation)))),
            },
            Some((file, LoadedApi::Broken)) => broken(state, &file, &id),
            Some((_, LoadedApi::Loading)) | None => unknown(state, format!("/{api}/{id}")),
        })
        .into()
    })
}

fn broken(state: AppState, file: &str, id: &str) -> El {
    let home = el("a").class("button").attr("href", Route::Home.to_hash()).child(words().back_home);
    let place = place("broken").attr("data-file", file).attr("data-id", id);
    furnished(state, words().broken_title, "", place).child(el("p").child(home))
}

fn call(state: AppState, model: CallModel) -> El {
    let operation = model.operation();
    state.keyring.update(|keyring| keyring.begin(&operation, browser::new_profile_id()));
    state.current.set(Some(model));
    // What comes after the first sight is fetched when that is on the screen.
    spawn_local(async move { drop(host::panels(state).await) });
    let reference = operation.reference.as_ref().map(|href| {
        let link = el("a").attr("href", href).attr("target", "_blank").attr("rel", "noopener noreferrer");
        el("p").child(link.child(words().reference))
    });
    let head = el("header")
        .class("page-head")
        .child(el("p").class("eyebrow").child(operation.api_title.clone()))
        .child(page_title(state, &operation.summary))
        .child(endpoint(operation.method.as_str(), &operation.path))
        .child(el("p").child(operation.description.clone()))
        .child(reference);
    el("div").class("page operation").child(head).child(before(&operation)).child(
        el("div")
            .class("columns")
            .child(operation_form(state, model))
            .child(el("div").class("results").child(request_panel(state, model)).child(response_panel(model))),
    )
}

/// Impact and preconditions.
fn before(operation: &Operation) -> Child {
    if operation.impact.is_none() && operation.preconditions.is_empty() {
        return Child::none();
    }
    let impact = operation.impact.clone().unwrap_or_default();
    let preconditions = operation.preconditions.iter().map(|precondition| {
        let exceptions = &precondition.exceptions;
        let exceptions = (!exceptions.is_empty()).then(|| el("ul").child(items(exceptions.clone())));
        el("li").child(precondition.text.clone()).child(exceptions)
    });
    let more = (!impact.details.is_empty()).then(|| details(words().more_impact, el("ul").child(items(impact.details))));
    el("section")
        .class("banner")
        .attr("data-tone", "unsure")
        .attr("aria-labelledby", "before")
        .child(with_icon(el("h2").attr("id", "before"), Icon::Unsure, words().before))
        .child(el("p").child(el("strong").child(impact.summary)))
        .child(el("ul").class("preconditions").child(Child::many(preconditions)))
        .child(more)
        .into()
}
