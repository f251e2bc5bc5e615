//! A button that copies a text.

use crate::ui::platform::clipboard;
use crate::ui::words::words;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use std::pin::Pin;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// How long the button says what became of the copy, in milliseconds.
const FEEDBACK: u32 = 4_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Copy {
    NotAsked,
    Done,
    Refused,
}

/// Copies something when it is asked for. Whether that worked.
pub(crate) type CopyLater = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = bool>>> + Send + Sync>;

/// Copies a text, and says whether that worked.
#[component]
pub(crate) fn CopyButton(
    /// The text to copy.
    #[prop(into)]
    text: Signal<String>,
    /// Completes the button's name: "Copy job_id".
    #[prop(into)]
    what: String,
    /// What the button says; "Copy", where this is left out.
    #[prop(optional)]
    label: Option<&'static str>,
) -> impl IntoView {
    let copy: CopyLater = Arc::new(move || {
        let text = text.get_untracked();
        Box::pin(async move { clipboard::copy(&text).await })
    });
    view! { <CopyLaterButton copy=copy what=what label=label.unwrap_or(words().copy)/> }
}

/// A button that copies what comes when it is pressed.
#[component]
pub(crate) fn CopyLaterButton(
    copy: CopyLater,
    /// Completes the button's name.
    #[prop(into)]
    what: String,
    /// What the button says.
    label: &'static str,
) -> impl IntoView {
    let state = RwSignal::new(Copy::NotAsked);
    let copy = move |_| {
        let copied = copy();
        spawn_local(async move {
            let worked = copied.await;
            state.try_set(if worked { Copy::Done } else { Copy::Refused });
            TimeoutFuture::new(FEEDBACK).await;
            state.try_set(Copy::NotAsked);
        });
    };
    let word = move || match state.get() {
        Copy::NotAsked => label,
        Copy::Done => words().copied,
        Copy::Refused => words().not_copied,
    };
    // What the button says is part of its name, whatever became of the copy.
    let name = move || format!("{} {what}", word());
    let status = move || if state.get() == Copy::NotAsked { "" } else { word() };
    view! {
        <button type="button" class="button quiet" aria-label=move || name() on:click=copy>{move || word()}</button>
        <span class="visually-hidden" role="status">{move || status()}</span>
    }
}
