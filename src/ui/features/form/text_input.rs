//! Everything that is typed: text, secrets, numbers, raw JSON.

use super::field_frame::{FieldFrame, help};
use crate::catalog::Field;
use crate::form::{FieldPath, Raw, Target};
use crate::ui::components::form_field::FormField;
use crate::ui::features::lookup::Lookup;
use crate::ui::platform::random;
use crate::ui::state::operation_form::{FieldValue, OperationForm};
use crate::ui::words::words;
use leptos::prelude::*;

/// How the text is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Appearance {
    /// One line.
    Line,
    /// One line that nobody reads over the shoulder.
    Secret,
    /// One line with a numeric keyboard where there is one.
    Number,
    /// Several lines.
    Block,
}

/// An input for a text. Clearing it leaves the value unset.
pub(super) fn text_control(
    form: OperationForm,
    path: FieldPath,
    field: &Field,
    appearance: Appearance,
) -> impl IntoView + use<> {
    let frame = FieldFrame::of_field(form, Target::Field(path.clone()), field);
    let value = FieldValue::new(form, path, field);
    let typed = move |event| {
        let text = event_target_value(&event);
        value.set(if text.is_empty() { Raw::Unset } else { Raw::Text(text) });
    };
    let is_null = move || value.raw() == Raw::Null;
    let (described_by, invalid) = (frame.described_by(), frame.invalid());
    let FieldFrame { id, label, required, kind, error } = frame;
    let control = if appearance == Appearance::Block {
        view! {
            <textarea
                id=id.clone()
                name=label.clone()
                rows="4"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-describedby=described_by
                aria-required=required.to_string()
                aria-invalid=invalid
                prop:value=move || value.text()
                prop:disabled=is_null
                on:input=typed
                on:blur=move |_| value.check()
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                id=id.clone()
                name=label.clone()
                type=if appearance == Appearance::Secret { "password" } else { "text" }
                inputmode=(appearance == Appearance::Number).then_some("decimal")
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-describedby=described_by
                aria-required=required.to_string()
                aria-invalid=invalid
                prop:value=move || value.text()
                prop:disabled=is_null
                on:input=typed
                on:blur=move |_| value.check()
            />
        }
        .into_any()
    };
    let new_value = field.schema.generate.map(|_| {
        let make = move |_| value.set(Raw::Text(random::new_id()));
        view! { <button type="button" class="button" on:click=make>{words().new_value}</button> }
    });
    let null = field.schema.nullable.then(|| view! { <NullSwitch value=value/> });
    let lookup =
        field.schema.lookup.as_ref().map(|_| view! { <Lookup form=form name=field.name.clone()/> });
    view! {
        <FormField id=id label=label required=required kind=kind error=error help=help(&field.schema)>
            <div class="control-row">{control}{new_value}{null}</div>
            {lookup}
        </FormField>
    }
}

/// Chooses `null` as the value.
#[component]
fn NullSwitch(value: FieldValue) -> impl IntoView {
    let choose = move |event| value.set(if event_target_checked(&event) { Raw::Null } else { Raw::Unset });
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=move || value.raw() == Raw::Null on:change=choose/>
            {words().send_null}
        </label>
    }
}
