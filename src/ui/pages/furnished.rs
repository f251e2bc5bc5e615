//! Pages of which all but the heading is built by the panels (`ui::panels`).

use super::{narrow, page_title};
use crate::ui::dom::{El, el, live};
use crate::ui::state::AppState;
use crate::ui::widgets::explained;
use crate::ui::host;
use crate::ui::words::words;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// The place that a panel furnishes.
pub(super) fn place(panel: &'static str) -> El {
    el("div").class("sections").attr("data-panel", panel)
}

/// The page around such a place, and what to say while the panels are on their way.
pub(super) fn furnished(state: AppState, title: &'static str, lead: &'static str, place: El) -> El {
    let failed = RwSignal::new(false);
    spawn_local(async move {
        if host::panels(state).await.is_none() {
            failed.try_set(true);
        }
    });
    let waiting = live(move || {
        if failed.get() {
            explained(&(words().explain.sender_not_loaded)()).into()
        } else {
            (!state.panels_loaded.get()).then(|| el("p").class("progress").child(words().loading_api)).into()
        }
    });
    narrow()
        .child(page_title(state, title))
        .child((!lead.is_empty()).then(|| el("p").class("lead").child(lead)))
        .child(waiting)
        .child(place)
}
