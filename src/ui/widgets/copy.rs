//! A button that copies a text.

use super::{Icon, button, icon};
use crate::ui::dom::{Child, el};
use crate::ui::{browser, text};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;

/// How long the button says what became of it, in milliseconds.
const SAYS_SO: u32 = 4_000;

/// Copies `value`, and says whether that worked. `what` completes the button's name: "Copy job_id".
pub(crate) fn copy_button(value: String, what: &str) -> Child {
    let state = RwSignal::new(None::<bool>);
    let copy = move |_| {
        browser::copy(value.clone(), move |worked| {
            state.try_set(Some(worked));
            Timeout::new(SAYS_SO, move || {
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
    let told = move || if state.get().is_some() { word().to_owned() } else { String::new() };
    Child::many([
        button("button quiet")
            .attr("aria-label", format!("{} {what}", text::COPY))
            .on("click", copy)
            .child(icon(Icon::Copy))
            .child(el("span").live_text(move || word().to_owned())),
        el("span").class("visually-hidden").attr("role", "status").live_text(told),
    ])
}
