//! Lists and groups of values: controls that contain controls.

use super::control::control;
use super::field_frame::{FieldFrame, help};
use crate::catalog::{Field, Schema};
use crate::form::{FieldPath, Target};
use crate::ui::components::form_field::FormFieldGroup;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::words::words;
use leptos::prelude::*;

/// A list of values, each with its own control.
pub(super) fn array_control(
    form: OperationForm,
    path: FieldPath,
    field: &Field,
    items: &Schema,
) -> impl IntoView + use<> {
    let FieldFrame { id, label, required, error, .. } = FieldFrame::of_field(form, Target::Field(path.clone()), field);
    let count = {
        let path = path.clone();
        // Rows are built anew when their number changes, not with every letter typed into them.
        Memo::new(move |_| form.draft.with(|draft| draft.items(&path)))
    };
    let add = {
        let path = path.clone();
        move |_| form.edit(|draft| draft.push_item(&path))
    };
    let item = Field { name: String::new(), required: true, schema: items.clone(), ..field.clone() };
    let name = field.name.clone();
    let rows = move || {
        let row = |index: usize| {
            let item = Field { name: index.to_string(), ..item.clone() };
            view! {
                <li class="array-item">
                    {untrack(|| control(form, path.child(index), &item))}
                    <RemoveButton form=form path=path.clone() index=index name=name.clone()/>
                </li>
            }
        };
        (0..count.get()).map(row).collect_view()
    };
    view! {
        <FormFieldGroup id=id label=label required=required error=error help=help(&field.schema)>
            <ol class="array">{rows}</ol>
            <button type="button" class="button" on:click=add>{words().add_item}</button>
        </FormFieldGroup>
    }
}

#[component]
fn RemoveButton(
    form: OperationForm,
    /// The list.
    path: FieldPath,
    index: usize,
    /// The list's name.
    name: String,
) -> impl IntoView {
    let remove = move |_| {
        // Issues go by position, and the positions change.
        form.issues.update(Vec::clear);
        form.edit(|draft| draft.remove_item(&path, index));
    };
    let label = format!("{} {name} {index}", words().remove_item);
    view! { <button type="button" class="button quiet" aria-label=label on:click=remove>{words().remove_item}</button> }
}

/// Named values, each with its own control.
pub(super) fn object_control(
    form: OperationForm,
    path: FieldPath,
    field: &Field,
    fields: &[Field],
) -> impl IntoView + use<> {
    let FieldFrame { id, label, required, error, .. } = FieldFrame::of_field(form, Target::Field(path.clone()), field);
    let controls = fields.iter().map(|child| control(form, path.child(&child.name), child)).collect_view();
    view! {
        <FormFieldGroup id=id label=label required=required error=error help=help(&field.schema)>
            {controls}
        </FormFieldGroup>
    }
}
