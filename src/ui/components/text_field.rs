//! An input with its label and help, for forms that no API description stands behind.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent};

/// What is typed into a [`TextField`].
#[derive(Clone, Copy)]
pub(crate) struct TypedText {
    pub(crate) value: RwSignal<String>,
    secret: bool,
}

impl TypedText {
    pub(crate) fn new(value: impl Into<String>) -> Self {
        Self { value: RwSignal::new(value.into()), secret: false }
    }

    /// A text that nobody may read over the shoulder. It begins empty.
    pub(crate) fn secret() -> Self {
        Self { value: RwSignal::new(String::new()), secret: true }
    }

    /// What is typed. A secret is gone from the input then.
    pub(crate) fn take(self) -> String {
        if self.secret { self.value.try_update(std::mem::take).unwrap_or_default() } else { self.value.get_untracked() }
    }
}

/// Label, input and help.
#[component]
pub(crate) fn TextField(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// The input's label.
    #[prop(into)]
    label: String,
    /// What the input is for.
    #[prop(optional, into)]
    help: String,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
    /// What is typed.
    typed: TypedText,
) -> impl IntoView {
    let help_id = format!("{id}-help");
    let mark = required.then(|| view! { <span class="required">" *"</span> }.into_any());
    view! {
        <div class="field">
            <div class="field-head"><label for=id.clone()>{label}{mark}</label></div>
            <input
                id=id
                type=if typed.secret { "password" } else { "text" }
                autocomplete=if typed.secret { "new-password" } else { "off" }
                autocapitalize="off"
                spellcheck="false"
                aria-required=required.to_string()
                aria-describedby=help_id.clone()
                prop:value=move || typed.value.get()
                on:input=move |event| typed.value.set(event_target_value(&event))
            />
            <p id=help_id class="field-help">{help}</p>
        </div>
    }
}

/// An id made of words.
pub(crate) fn id_of(prefix: &str, words: &str) -> String {
    let words: String =
        words.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    format!("{prefix}-{words}")
}

/// Whether Enter was pressed in an input. The browser would submit the form around the input.
pub(crate) fn is_enter_in_input(event: &KeyboardEvent) -> bool {
    event.key() == "Enter" && event.target().is_some_and(|target| target.has_type::<HtmlInputElement>())
}
