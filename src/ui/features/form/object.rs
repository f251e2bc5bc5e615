//! Named values: the documented ones, and those of any name that an object may have besides.

use super::control::control;
use super::field_frame::{frame_of_field, help};
use super::left_empty::left_empty;
use super::members::Members;
use crate::catalog::{Additional, Field, Kind, Style};
use crate::form::{FieldPath, Raw, Target};
use crate::ui::components::form_field::FormFieldGroup;
use crate::ui::components::later::{OnUse, ViewOnUse};
use crate::ui::on_use::on_use;
use crate::ui::state::operation_form::{FieldValue, OperationForm};
use crate::ui::words::words;
use leptos::prelude::*;

/// Named values in a group.
pub(super) fn object_control(form: OperationForm, path: FieldPath, field: &Field) -> impl IntoView + use<> {
    let frame = frame_of_field(form, Target::Field(path.clone()), field);
    let content = object_content(form, path, field, &frame.label);
    view! {
        <FormFieldGroup frame=frame help=help(&field.schema)>
            {content}
        </FormFieldGroup>
    }
}

/// What is in the group: the values, below a switch where there may be no object.
pub(super) fn object_content(form: OperationForm, path: FieldPath, field: &Field, label: &str) -> AnyView {
    if field.required && !field.takes_null() {
        return parts(form, &path, field, label);
    }
    let (field, label) = (field.clone(), label.to_owned());
    let required = field.required;
    let on = {
        let path = path.clone();
        // A required object needs no value inside to be one.
        Memo::new(move |_| form.draft.with(|draft| *draft.get(&path) != Raw::Null && (required || draft.has(&path))))
    };
    let value = FieldValue::new(form, path.clone(), &field);
    let without = if required { None } else { left_empty(value, &path, &field, &label, None) };
    let switch = {
        let (path, schema) = (path.clone(), field.schema.clone());
        move |_| {
            // Whatever was wrong inside is gone with it.
            form.issues.update(Vec::clear);
            let was_on = on.get_untracked();
            form.edit(|draft| {
                draft.clear(&path);
                if !was_on {
                    draft.turn_on(&path, &schema);
                } else if required {
                    draft.set(path.clone(), Raw::Null);
                }
            });
        }
    };
    let name = label.clone();
    let verb = move || if on.get() { words().remove_item } else { words().add };
    // One button, so that the focus stays on it.
    view! {
        <div class="actions">
            <button
                type="button"
                class="button"
                class:quiet=move || on.get()
                aria-expanded=move || on.get().to_string()
                on:click=switch
            >
                {move || format!("{} {name}", verb())}
            </button>
            {without}
            {move || (required && !on.get()).then(|| view! { <span class="muted">"null"</span> }.into_any())}
        </div>
        {move || on.get().then(|| untrack(|| parts(form, &path, &field, &label)))}
    }
    .into_any()
}

fn parts(form: OperationForm, path: &FieldPath, field: &Field, label: &str) -> AnyView {
    let fields: &[Field] = if let Kind::Object(fields) = &field.schema.kind { fields } else { &[] };
    let control = |child: &Field| control(form, path.child(&child.name), &inside(path, field, child));
    let controls = fields.iter().map(control).collect_view();
    view! {
        {controls}
        {unnamed(form, path, field, label)}
    }
    .into_any()
}

/// The members that the description does not name, from the moment when there is one or one can be added.
fn unnamed(form: OperationForm, path: &FieldPath, field: &Field, label: &str) -> Option<AnyView> {
    let can_add = match field.schema.additional {
        Additional::Refused => return None,
        Additional::Unsaid => false,
        Additional::Of(_) => true,
    };
    let (path, field, label) = (path.clone(), field.clone(), label.to_owned());
    let any = {
        let path = path.clone();
        Memo::new(move |before: Option<&bool>| {
            can_add || before == Some(&true) || form.draft.with(|draft| !draft.members(&path).is_empty())
        })
    };
    let load = move || -> ViewOnUse { Box::pin(members(form, path.clone(), field.clone(), label.clone())) };
    let view = move || {
        let load = load.clone();
        any.get().then(|| view! { <OnUse load=Box::new(load)/> }.into_any())
    };
    Some(view! { {move || view()} }.into_any())
}

on_use! { controls =>
    fn members(form: OperationForm, path: FieldPath, field: Field, label: String) -> AnyView {
        view! { <Members form=form path=path field=field label=label/> }.into_any()
    }
}

/// A part of an object, spelled as the object is. The parts of a form have spellings of their own, and none of them
/// can say `null`.
pub(super) fn inside(path: &FieldPath, object: &Field, part: &Field) -> Field {
    let mut part = part.clone();
    if *path == FieldPath::body() {
        part.schema.nullable &= object.serialization.style == Style::Json;
    } else {
        part.serialization = object.serialization;
    }
    part
}
