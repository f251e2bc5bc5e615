//! Lists and groups of values: controls that contain controls.

use super::control::Control;
use super::field::{FieldIds, complaint, help};
use crate::catalog::{Field, Schema};
use crate::form::{FieldPath, Target};
use crate::ui::model::CallModel;
use crate::ui::text;
use leptos::prelude::*;

/// A list of values, each with its own control.
#[component]
pub(super) fn ArrayControl(
    /// The operation's state.
    model: CallModel,
    /// Where the list belongs.
    path: FieldPath,
    /// What the description says of it.
    field: Field,
    /// What each item may be.
    items: Schema,
) -> impl IntoView {
    let target = Target::Field(path.clone());
    let ids = FieldIds::of(&target);
    let error = complaint(model, target);
    let help = help(&field.schema);
    let path = StoredValue::new(path);
    let count = Memo::new(move |_| model.draft.with(|draft| path.with_value(|path| draft.items(path))));
    let add = move |_| model.edit(|draft| path.with_value(|path| draft.push_item(path)));
    let name = field.name.clone();
    let rows = move || {
        let row = |index: usize| {
            let item =
                Field { name: index.to_string(), required: true, schema: items.clone(), location: field.location };
            let label = format!("Remove {name} {index}");
            let remove = move |_| {
                model.issues.update(Vec::clear);
                model.edit(|draft| path.with_value(|path| draft.remove_item(path, index)));
            };
            view! {
                <li class="array-item">
                    <Control model path=path.with_value(|path| path.child(index)) field=item />
                    <button type="button" class="button quiet" aria-label=label on:click=remove>"Remove"</button>
                </li>
            }
        };
        (0..count.get()).map(row).collect_view()
    };
    view! {
        <fieldset class="nested" id=ids.control.clone() tabindex="-1" aria-describedby=ids.described_by() data-invalid=move || error.get().is_some().to_string()>
            <legend>{field.name.clone()}{field.required.then_some(" *")}</legend>
            <div id=ids.help.clone() class="field-help">{help}</div>
            <p id=ids.error.clone() class="field-error">{move || error.get()}</p>
            <ol class="array">{rows}</ol>
            <button type="button" class="button" on:click=add>{text::ADD_ITEM}</button>
        </fieldset>
    }
}

/// Named values, each with its own control.
#[component]
pub(super) fn ObjectControl(
    /// The operation's state.
    model: CallModel,
    /// Where the object belongs.
    path: FieldPath,
    /// What the description says of it.
    field: Field,
    /// Its properties.
    fields: Vec<Field>,
) -> impl IntoView {
    let target = Target::Field(path.clone());
    let ids = FieldIds::of(&target);
    let error = complaint(model, target);
    let help = help(&field.schema);
    let controls = fields.into_iter().map(|child| view! { <Control model path=path.child(&child.name) field=child /> });
    let controls = controls.collect_view();
    view! {
        <fieldset class="nested" id=ids.control.clone() tabindex="-1" aria-describedby=ids.described_by()>
            <legend>{field.name.clone()}{field.required.then_some(" *")}</legend>
            <div id=ids.help.clone() class="field-help">{help}</div>
            <p id=ids.error.clone() class="field-error">{move || error.get()}</p>
            {controls}
        </fieldset>
    }
}
