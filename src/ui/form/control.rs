//! From a field's kind to its control.

use super::array::{ArrayControl, ObjectControl};
use super::choice::ChoiceControl;
use super::text_input::{Appearance, TextControl};
use crate::catalog::{Field, Kind};
use crate::form::FieldPath;
use crate::ui::model::CallModel;
use leptos::prelude::*;

/// The control for a field. Erased, because objects and arrays contain controls.
#[component]
pub(super) fn Control(
    /// The operation's state.
    model: CallModel,
    /// Where the value belongs.
    path: FieldPath,
    /// What the description says of it.
    field: Field,
) -> AnyView {
    match field.schema.kind.clone() {
        Kind::Text => view! { <TextControl model path field appearance=Appearance::Line /> }.into_any(),
        Kind::Secret => view! { <TextControl model path field appearance=Appearance::Secret /> }.into_any(),
        Kind::Integer | Kind::Number => {
            view! { <TextControl model path field appearance=Appearance::Number /> }.into_any()
        }
        Kind::Json => view! { <TextControl model path field appearance=Appearance::Block /> }.into_any(),
        Kind::Boolean(_) | Kind::Enum(_) => view! { <ChoiceControl model path field /> }.into_any(),
        Kind::Array(items) => view! { <ArrayControl model path field items=*items /> }.into_any(),
        Kind::Object(fields) => view! { <ObjectControl model path field fields /> }.into_any(),
    }
}
