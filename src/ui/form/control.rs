//! From a field's kind to its control.

use super::array::{array_control, object_control};
use super::choice::choice_control;
use super::text_input::{Appearance, text_control};
use crate::catalog::{Field, Kind};
use crate::form::FieldPath;
use crate::ui::dom::El;
use crate::ui::model::CallModel;

/// The control for a field.
pub(super) fn control(model: CallModel, path: FieldPath, field: &Field) -> El {
    match &field.schema.kind {
        Kind::Text => text_control(model, path, field, Appearance::Line),
        Kind::Secret => text_control(model, path, field, Appearance::Secret),
        Kind::Integer | Kind::Number => text_control(model, path, field, Appearance::Number),
        // The choice of a form and the choice of a file have no control yet: the first form, and nothing.
        Kind::OneOf(alternatives) => {
            let first = alternatives.first().map(|first| first.schema.clone()).unwrap_or_default();
            control(model, path, &Field { schema: first, ..field.clone() })
        }
        Kind::Json | Kind::File => text_control(model, path, field, Appearance::Block),
        Kind::Boolean(_) | Kind::Enum(_) => choice_control(model, path, field),
        Kind::Array(items) => array_control(model, path, field, items),
        Kind::Object(fields) => object_control(model, path, field, fields),
    }
}
