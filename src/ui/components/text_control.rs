//! Everything that is typed into a form.

use super::form_field::FieldFrame;
use crate::ui::platform::{dom, press};
use leptos::ev::Event;
use leptos::prelude::*;

/// How a text is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Appearance {
    /// One line.
    Line,
    /// One line that nobody reads over the shoulder.
    Secret,
    /// One line with a numeric keyboard where there is one.
    Number,
    /// Several lines.
    Block,
}

/// An input, or a text area for several lines. Browsers send `blur` for a control that is taken off the page as well, and
/// its callbacks are gone by then.
#[component]
pub(crate) fn TextControl(
    /// What ties it to its label.
    frame: FieldFrame,
    appearance: Appearance,
    /// A text that would do, shown while there is none.
    #[prop(optional)]
    placeholder: String,
    /// The id of the suggestions; empty for none.
    #[prop(optional)]
    list: String,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// Takes what is typed.
    #[prop(into)]
    on_input: Callback<String>,
    /// The user leaves it.
    #[prop(into)]
    on_leave: Callback<()>,
) -> impl IntoView {
    let (name, described_by, invalid) = (frame.name(), frame.described_by(), frame.invalid());
    let FieldFrame { id, required, .. } = frame;
    let typed = move |event: Event| {
        let _ = on_input.try_run(event_target_value(&event));
        // A text that was pasted is whole. What is to be said of it is said now: later it would move what the user aims at.
        if dom::is_pasted(&event) {
            dom::next_frame(move || {
                let _ = on_leave.try_run(());
            });
        }
    };
    let left = move |_| {
        press::after(move || {
            let _ = on_leave.try_run(());
        });
    };
    let is_secret = appearance == Appearance::Secret;
    if appearance == Appearance::Block {
        return view! {
            <textarea
                id=id
                name=name
                rows="4"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-describedby=described_by
                aria-required=required.to_string()
                aria-invalid=invalid
                prop:value=move || value.get()
                on:input=typed
                on:blur=left
            ></textarea>
        }
        .into_any();
    }
    view! {
        // "off" is ignored for passwords; "new-password" keeps browsers from offering the one for this site.
        <input
            id=id
            name=name
            type=if is_secret { "password" } else { "text" }
            inputmode=(appearance == Appearance::Number).then_some("decimal")
            list=(!list.is_empty()).then_some(list)
            placeholder=(!placeholder.is_empty()).then_some(placeholder)
            autocomplete=if is_secret { "new-password" } else { "off" }
            autocapitalize="off"
            spellcheck="false"
            aria-describedby=described_by
            aria-required=required.to_string()
            aria-invalid=invalid
            prop:value=move || value.get()
            on:input=typed
            on:blur=left
        />
    }
    .into_any()
}
