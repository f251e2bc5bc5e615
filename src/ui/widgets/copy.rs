//! A button that copies a text.

use super::button;
use crate::ui::dom::{Child, el};
use crate::ui::browser;
use crate::ui::words::words;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;

/// How long the button says what became of it, in milliseconds.
const SAYS_SO: u32 = 4_000;

/// What became of it. Numbers, because a signal of another type is more code for every visitor.
const ASKED_FOR: usize = 0;
const DONE: usize = 1;
const REFUSED: usize = 2;

/// Copies `value`, and says whether that worked. `what` completes the button's name: "Copy job_id".
pub(crate) fn copy_button(value: String, what: &str) -> Child {
    let state = RwSignal::new(ASKED_FOR);
    let what = what.to_owned();
    let copy = move |_| {
        browser::copy(value.clone(), move |worked| {
            state.try_set(if worked { DONE } else { REFUSED });
            Timeout::new(SAYS_SO, move || {
                state.try_set(ASKED_FOR);
            })
            .forget();
        });
    };
    let word = move || match state.get() {
        DONE => words().copied,
        REFUSED => words().not_copied,
        _ => words().copy,
    };
    let told = move || if state.get() != ASKED_FOR { word().to_owned() } else { String::new() };
    Child::many([
        button("button quiet")
            // What the button says is part of its name, whatever became of it.
            .live_attr("aria-label", move || Some(format!("{} {what}", word())))
            .on("click", copy)
            .child(el("span").live_text(move || word().to_owned())),
        el("span").class("visually-hidden").attr("role", "status").live_text(told),
    ])
}
