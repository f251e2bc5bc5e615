//! The inputs of the panels' own little forms.

use crate::ui::dom::{El, el, value_of};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent};

/// One input of a panel's form: what it is called, and what is typed.
#[derive(Clone, Copy)]
pub(super) struct Input {
    pub(super) value: RwSignal<String>,
    secret: bool,
}

impl Input {
    pub(super) fn new(value: impl Into<String>, secret: bool) -> Self {
        Self { value: RwSignal::new(value.into()), secret }
    }

    /// What is typed, which is gone then if it is a secret.
    pub(super) fn take(self) -> String {
        if self.secret { self.value.try_update(std::mem::take).unwrap_or_default() } else { self.value.get_untracked() }
    }

    /// Label, input and help. `id` is unique on the page.
    pub(super) fn field(self, id: &str, label: &str, required: bool, help: &str) -> El {
        let help_id = format!("{id}-help");
        let input = el("input")
            .attr("id", id)
            .attr("type", if self.secret { "password" } else { "text" })
            .attr("autocomplete", if self.secret { "new-password" } else { "off" })
            .attr("autocapitalize", "off")
            .attr("spellcheck", "false")
            .attr("aria-required", required.to_string())
            .attr("aria-describedby", &help_id)
            .live_value(move || self.value.get())
            .on("input", move |event| self.value.set(value_of(&event)));
        let mark = required.then(|| el("span").class("required").child(" *"));
        el("div")
            .class("field")
            .child(el("div").class("field-head").child(el("label").attr("for", id).child(label).child(mark)))
            .child(input)
            .child(el("p").attr("id", help_id).class("field-help").child(help))
    }
}

/// An id made of words.
pub(super) fn id_of(prefix: &str, words: &str) -> String {
    let words: String =
        words.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    format!("{prefix}-{words}")
}

/// Whether Enter was pressed in an input, which would submit the form around it.
pub(super) fn is_enter_in_input(event: &web_sys::Event) -> bool {
    let enter = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Enter");
    enter && event.target().is_some_and(|target| target.has_type::<HtmlInputElement>())
}
