//! From a field's kind to its control.

use super::array::array_control;
use super::choice::choice_control;
use super::file::file_control;
use super::object::object_control;
use super::one_of::one_of_control;
use super::text_input::text_control;
use crate::catalog::{Field, Kind, Location};
use crate::form::FieldPath;
use crate::ui::components::later::{OnUse, ViewOnUse};
use crate::ui::components::text_control::Appearance;
use crate::ui::on_use::on_use;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::words::words;
use leptos::prelude::*;

/// The control for a field. Its type is erased, because a list contains controls and is one.
pub(super) fn control(form: OperationForm, path: FieldPath, field: &Field) -> AnyView {
    match &field.schema.kind {
        Kind::Text => text_control(form, path, field, Appearance::Line).into_any(),
        Kind::Secret => {
            let in_address = matches!(path.location, Location::Path | Location::Query);
            let note = in_address.then(|| view! { <p class="field-help">{words().secret_in_address}</p> });
            view! { {text_control(form, path, field, Appearance::Secret)}{note} }.into_any()
        }
        Kind::Integer | Kind::Number => text_control(form, path, field, Appearance::Number).into_any(),
        Kind::Json => text_control(form, path, field, Appearance::Block).into_any(),
        Kind::Boolean(_) | Kind::Enum(_) => choice_control(form, path, field),
        Kind::File | Kind::Array(_) | Kind::Object(_) | Kind::OneOf(_) => {
            let field = field.clone();
            let load = move || -> ViewOnUse { Box::pin(rare_control(form, path.clone(), field.clone())) };
            view! { <OnUse load=Box::new(load)/> }.into_any()
        }
    }
}

on_use! { controls =>
    /// The controls that few operations have.
    fn rare_control(form: OperationForm, path: FieldPath, field: Field) -> AnyView {
        match &field.schema.kind {
            Kind::File => file_control(form, path, &field).into_any(),
            Kind::Array(items) => array_control(form, path, &field, items).into_any(),
            Kind::Object(_) => object_control(form, path, &field).into_any(),
            Kind::OneOf(alternatives) => one_of_control(form, path, &field, alternatives).into_any(),
            _ => ().into_any(),
        }
    }
}
