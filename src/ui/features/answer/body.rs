//! The body of an answer.

use super::document::BODY_ID;
use super::viewer::BodyViewer;
use crate::call::Exchange;
use crate::ui::platform::dom;
use crate::ui::words::{viewer_words, words};
use leptos::prelude::*;
use std::sync::Arc;

/// The body. One that may hold secrets is shown when the user asks for it.
#[component]
pub(super) fn Body(
    exchange: Arc<Exchange>,
    /// Becomes true when the worker of a long body has it no more.
    lost: RwSignal<bool>,
) -> impl IntoView {
    let (_, answer) = exchange.result.as_ref().ok()?;
    if answer.forgotten.is_some() {
        return Some(view! { <p class="muted">{viewer_words().forgotten}</p> }.into_any());
    }
    if answer.withheld.is_none() {
        return Some(view! { <BodyViewer exchange=exchange lost=lost/> }.into_any());
    }
    let asked = RwSignal::new(false);
    let show = move |_| {
        asked.set(true);
        dom::next_frame(|| dom::focus(BODY_ID));
    };
    let ask = move || {
        view! {
            <p class="muted">{words().withheld_body}</p>
            <div class="actions">
                <button type="button" class="button" on:click=show>{words().show_body}</button>
            </div>
        }
        .into_any()
    };
    Some(
        view! {
            <Show when=move || asked.get() fallback=ask>
                <BodyViewer exchange=exchange.clone() lost=lost/>
            </Show>
        }
        .into_any(),
    )
}
