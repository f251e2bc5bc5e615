//! Everything that is typed: text, secrets, numbers, raw JSON.

use super::field::{FieldFrame, FieldIds, complaint, help, kind_name};
use crate::catalog::Field;
use crate::form::{FieldPath, Raw, Target};
use crate::ui::model::CallModel;
use crate::ui::{browser, text};
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
#[component]
pub(super) fn TextControl(
    /// The operation's state.
    model: CallModel,
    /// Where the value belongs.
    path: FieldPath,
    /// What the description says of it.
    field: Field,
    /// How it is typed.
    appearance: Appearance,
) -> impl IntoView {
    let target = Target::Field(path.clone());
    let ids = FieldIds::of(&target);
    let error = complaint(model, target);
    let (kind, help) = (kind_name(&field), help(&field.schema));
    let Field { schema, required, .. } = field;
    let (nullable, generated) = (schema.nullable, schema.generate.is_some());
    let schema = StoredValue::new(schema);
    let path = StoredValue::new(path);
    let raw = Memo::new(move |_| model.draft.with(|draft| path.with_value(|path| draft.get(path).clone())));
    let value = move || match raw.get() {
        Raw::Text(text) => text,
        _ => String::new(),
    };
    let set = move |raw| schema.with_value(|schema| path.with_value(|path| model.set(path, raw, schema, required)));
    let typed = move |text: String| set(if text.is_empty() { Raw::Unset } else { Raw::Text(text) });
    let leave = move |_| schema.with_value(|schema| path.with_value(|path| model.check(path, schema, required)));
    let is_null = move || raw.get() == Raw::Null;
    let name = path.with_value(|path| path.path.clone());
    let (described_by, control) = (ids.described_by(), ids.control.clone());
    let control = match appearance {
        Appearance::Block => view! {
            <textarea id=control name=name rows="4" autocomplete="off" spellcheck="false" aria-describedby=described_by
                aria-required=required.to_string() aria-invalid=move || error.get().is_some().to_string() disabled=is_null
                prop:value=value on:input=move |event| typed(event_target_value(&event)) on:blur=leave></textarea>
        }
        .into_any(),
        _ => view! {
            <input id=control name=name type=if appearance == Appearance::Secret { "password" } else { "text" }
                inputmode=(appearance == Appearance::Number).then_some("decimal") autocomplete="off" spellcheck="false" autocapitalize="off"
                aria-describedby=described_by aria-required=required.to_string()
                aria-invalid=move || error.get().is_some().to_string() disabled=is_null
                prop:value=value on:input=move |event| typed(event_target_value(&event)) on:blur=leave />
        }
        .into_any(),
    };
    let renew = move |_| set(Raw::Text(browser::new_id()));
    view! {
        <FieldFrame ids=ids label=path.with_value(|path| path.path.clone()) required kind error help>
            <div class="control-row">
                {control}
                {generated.then(|| view! { <button type="button" class="button" on:click=renew>{text::NEW_VALUE}</button> })}
                {nullable.then(|| view! { <NullSwitch is_null=Signal::derive(is_null) set=Callback::new(move |null| set(if null { Raw::Null } else { Raw::Unset })) /> })}
            </div>
        </FieldFrame>
    }
}

/// Chooses `null` as the value.
#[component]
pub(super) fn NullSwitch(
    /// Whether `null` is the value.
    is_null: Signal<bool>,
    /// Told what was chosen.
    set: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=is_null on:change=move |event| set.run(event_target_checked(&event)) />
            {text::SEND_NULL}
        </label>
    }
}
