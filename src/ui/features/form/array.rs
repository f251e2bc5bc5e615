//! Lists of values.

use super::control::control;
use super::field_frame::{frame_of_field, help};
use super::left_empty::left_empty;
use super::remove_button::RemoveButton;
use crate::catalog::{Field, Schema, Style};
use crate::form::{FieldPath, Raw, Target};
use crate::ui::components::form_field::FormFieldGroup;
use crate::ui::platform::dom;
use crate::ui::state::operation_form::{FieldValue, OperationForm, element_id};
use crate::ui::words::words;
use leptos::prelude::*;

/// A list of values, each with its own control.
pub(super) fn array_control(
    form: OperationForm,
    path: FieldPath,
    field: &Field,
    items: &Schema,
) -> impl IntoView + use<> {
    let frame = frame_of_field(form, Target::Field(path.clone()), field);
    let add_id = frame.part("add");
    let value = FieldValue::new(form, path.clone(), field);
    // Among texts a list of nothing has no spelling of its own.
    let empty = (field.serialization.style == Style::Json).then_some(Raw::Items(0));
    let left_empty = left_empty(value, &path, field, &frame.label, empty);
    let count = {
        let path = path.clone();
        // Rows are built anew when their number changes, not with every letter typed into them.
        Memo::new(move |_| form.draft.with(|draft| draft.items(&path)))
    };
    let add = {
        let (path, items) = (path.clone(), items.clone());
        move |_| {
            let added = element_id(&Target::Field(path.child(count.get_untracked())));
            form.edit(|draft| draft.add_item(&path, &items));
            dom::next_frame(move || dom::focus(&added));
        }
    };
    let item = Field { name: String::new(), required: true, schema: items.clone(), ..field.clone() };
    let (name, after) = (field.name.clone(), add_id.clone());
    let rows = move || {
        let row = |index: usize| {
            let item = Field { name: index.to_string(), ..item.clone() };
            let (list, after) = (path.clone(), after.clone());
            let remove = move |()| {
                // Issues go by position, and the positions change.
                form.issues.update(Vec::clear);
                form.edit(|draft| draft.remove_item(&list, index));
                dom::focus(&after);
            };
            view! {
                <li class="array-item">
                    {untrack(|| control(form, path.child(index), &item))}
                    <RemoveButton name=format!("{name} {index}") on_remove=remove/>
                </li>
            }
            .into_any()
        };
        (0..count.get()).map(row).collect_view()
    };
    view! {
        <FormFieldGroup frame=frame help=help(&field.schema)>
            <ol class="array">{move || rows()}</ol>
            <div class="actions">
                <button id=add_id type="button" class="button" on:click=add>{words().add_item}</button>
                {left_empty}
            </div>
        </FormFieldGroup>
    }
}
