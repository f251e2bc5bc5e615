//! A button that copies a text.

use super::{Icon, icon};
use crate::ui::{browser, text};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;

/// Copies, and says whether that worked.
#[component]
pub(crate) fn CopyButton(
    /// What is copied.
    #[prop(into)]
    value: Signal<String>,
    /// What it is, for the button's name: "Copy job_id".
    #[prop(into)]
    what: String,
) -> impl IntoView {
    let state = RwSignal::new(None::<bool>);
    let copy = move |_| {
        browser::copy(value.get_untracked(), move |worked| {
            state.try_set(Some(worked));
            Timeout::new(4_000, move || {
                state.try_set(None);
            })
            .forget();
        });
    };
    let word = move || match state.get() {
        None => text::COPY,
        Some(true) => text::COPIED,
        Some(false) => text::NOT_COPIED,
    };
    view! {
        <button type="button" class="button quiet" on:click=copy aria-label=format!("{} {what}", text::COPY)>
            {icon(Icon::Copy)}
            <span>{word}</span>
        </button>
        <span class="visually-hidden" role="status">{move || state.get().map(|_| word())}</span>
    }
}
