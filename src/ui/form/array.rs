//! Lists and groups of values: controls that contain controls.

use super::control::control;
use super::field::{Frame, help};
use crate::catalog::{Field, Schema, Serialization};
use crate::form::{FieldPath, Target};
use crate::ui::dom::{Child, El, el};
use crate::ui::model::CallModel;
use crate::ui::words::words;
use crate::ui::widgets::button;
use leptos::prelude::*;

/// A list of values, each with its own control.
pub(super) fn array_control(model: CallModel, path: FieldPath, field: &Field, items: &Schema) -> El {
    let frame = Frame::of_field(model, Target::Field(path.clone()), field);
    let count = {
        let path = path.clone();
        // Rows are built anew when their number changes, not with every letter typed into them.
        Memo::new(move |_| model.draft.with(|draft| draft.items(&path)))
    };
    let add = {
        let path = path.clone();
        move |_| model.edit(|draft| draft.push_item(&path))
    };
    let (items, name, location) = (items.clone(), field.name.clone(), field.location);
    let rows = move || {
        let count = count.get();
        untrack(|| {
            Child::many((0..count).map(|index| {
                let item = Field { name: index.to_string(), required: true, schema: items.clone(), location, serialization: Serialization::of(location) };
                let remove = remove_button(model, path.clone(), index, &name);
                el("li").class("array-item").child(control(model, path.child(index), &item)).child(remove)
            }))
        })
    };
    frame.around_group(
        help(&field.schema),
        Child::many([el("ol").class("array").live(rows), button("button").on("click", add).child(words().add_item)]),
    )
}

fn remove_button(model: CallModel, path: FieldPath, index: usize, name: &str) -> El {
    let remove = move |_| {
        // The complaints go by position, and the positions change.
        model.issues.update(Vec::clear);
        model.edit(|draft| draft.remove_item(&path, index));
    };
    let label = format!("{} {name} {index}", words().remove_item);
    button("button quiet").attr("aria-label", label).on("click", remove).child(words().remove_item)
}

/// Named values, each with its own control.
pub(super) fn object_control(model: CallModel, path: FieldPath, field: &Field, fields: &[Field]) -> El {
    let frame = Frame::of_field(model, Target::Field(path.clone()), field);
    let controls = fields.iter().map(|child| control(model, path.child(&child.name), child));
    frame.around_group(help(&field.schema), Child::many(controls))
}
