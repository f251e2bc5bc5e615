//! What stands around a control: its label, its help, and what is wrong with its value.

use crate::ui::words::words;
use leptos::prelude::*;

/// The id of the element with what is wrong, and of the one with the help.
pub(crate) fn described_by(id: &str) -> String {
    format!("{id}-error {id}-help")
}

/// Label, control, error and help, in this order.
#[component]
pub(crate) fn FormField(
    /// The control's id.
    #[prop(into)]
    id: String,
    /// The control's label.
    #[prop(into)]
    label: String,
    /// Whether a value must be given.
    required: bool,
    /// The type in the words of JSON Schema.
    kind: &'static str,
    /// What is wrong; empty for nothing.
    #[prop(into)]
    error: Signal<String>,
    /// What the field is for.
    #[prop(into)]
    help: ViewFn,
    /// The control.
    children: Children,
) -> impl IntoView {
    let kind = if required { kind.to_owned() } else { format!("{kind}, {}", words().optional) };
    let mark = required.then(|| view! { <span class="required" title=words().required>" *"</span> }.into_any());
    view! {
        <div class="field">
            <div class="field-head">
                <label for=id.clone()>{label}{mark}</label>
                <span class="type">{kind}</span>
            </div>
            {children()}
            <p id=format!("{id}-error") class="field-error">{move || error.get()}</p>
            <div id=format!("{id}-help") class="field-help">{help.run()}</div>
        </div>
    }
}

/// Title, help, error and controls of a group of fields.
#[component]
pub(crate) fn FormFieldGroup(
    /// The group's id.
    #[prop(into)]
    id: String,
    /// The group's title.
    #[prop(into)]
    label: String,
    /// Whether a value must be given.
    required: bool,
    /// What is wrong; empty for nothing.
    #[prop(into)]
    error: Signal<String>,
    /// What the group is for.
    #[prop(into)]
    help: ViewFn,
    /// The controls.
    children: Children,
) -> impl IntoView {
    let title = format!("{label}{}", if required { " *" } else { "" });
    view! {
        <fieldset class="nested" id=id.clone() tabindex="-1" aria-describedby=described_by(&id)>
            <legend>{title}</legend>
            <div id=format!("{id}-help") class="field-help">{help.run()}</div>
            <p id=format!("{id}-error") class="field-error">{move || error.get()}</p>
            {children()}
        </fieldset>
    }
}
