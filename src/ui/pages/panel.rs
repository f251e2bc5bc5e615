//! Pages of which only the heading is here: all credentials, and the check of the connection. What stands on them is
//! built by the panels (`ui::panels`).

use super::{narrow, page_title};
use crate::outcome::describe;
use crate::ui::dom::{El, el, live};
use crate::ui::state::AppState;
use crate::ui::widgets::explained;
use crate::ui::{host, text};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// The place for the panel, and what to say while the panels are on their way.
pub(super) fn panel(state: AppState, title: &'static str, lead: &'static str, name: &'static str) -> El {
    let failed = RwSignal::new(false);
    spawn_local(async move {
        if host::panels(state).await.is_none() {
            failed.try_set(true);
        }
    });
    let waiting = live(move || {
        if failed.get() {
            explained(&describe::nothing_to_send_with()).into()
        } else {
            (!state.panels_loaded.get()).then(|| el("p").class("progress").child(text::LOADING_API)).into()
        }
    });
    narrow()
        .child(page_title(state, title))
        .child(el("p").class("lead").child(lead))
        .child(waiting)
        .child(el("div").class("sections").attr("data-panel", name))
}
