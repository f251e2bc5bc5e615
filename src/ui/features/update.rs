//! Says when a newer version of the console is ready, and loads it when the user wants it.
//!
//! `update.js` speaks with the service worker. It sends the event `update-ready`, and this component answers with
//! `update-accepted`.

use crate::ui::on_use::NotLoaded;
use crate::ui::platform::dom;
use crate::ui::state::{snapshot, use_stores};
use crate::ui::words::words;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Update {
    NotReady,
    Ready,
    /// The user wants the newer version, and a call is under way.
    Waiting,
}

/// The line above the page, as long as there is something to say.
#[component]
pub(crate) fn UpdateBanner() -> impl IntoView {
    let stores = use_stores();
    let update = RwSignal::new(Update::NotReady);
    let handle = window_event_listener_untyped("update-ready", move |_| update.set(Update::Ready));
    on_cleanup(move || handle.remove());
    let reload = move |_| {
        spawn_local(async move {
            match snapshot::save(stores).await {
                Ok(true) => dom::dispatch("update-accepted"),
                Ok(false) => {
                    update.try_set(Update::Waiting);
                }
                // Another click tries again: nothing that was typed is lost for a newer version.
                Err(NotLoaded) => {}
            }
        });
    };
    let text = move || match update.get() {
        Update::Waiting => words().update_waiting,
        _ => words().update_ready,
    };
    view! {
        <div
            aria-live="polite"
            role=move || (update.get() != Update::NotReady).then_some("region")
            aria-label=move || (update.get() != Update::NotReady).then_some(words().version)
            class:banner=move || update.get() != Update::NotReady
        >
            <Show when=move || update.get() != Update::NotReady>
                <p class="value-line">
                    <span>{text}</span>
                    " "
                    <button type="button" class="button" on:click=reload>{words().reload}</button>
                </p>
            </Show>
        </div>
    }
}
