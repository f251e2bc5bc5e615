//! Everything that is typed: text, secrets, numbers, raw JSON.

use super::field_frame::{frame_of_field, help};
use super::left_empty::left_empty;
use crate::catalog::{Field, Kind, plain_text};
use crate::form::{FieldPath, Raw, Target, warnings};
use crate::ui::components::form_field::{FieldFrame, FormField};
use crate::ui::components::text_control::{Appearance, TextControl};
use crate::ui::features::lookup::Lookup;
use crate::ui::features::recent::{self, RecentIds};
use crate::ui::platform::random;
use crate::ui::state::operation_form::{FieldValue, OperationForm};
use crate::ui::words::words;
use leptos::prelude::*;

/// An input for a text. Clearing it leaves the value unset.
pub(super) fn text_control(
    form: OperationForm,
    path: FieldPath,
    field: &Field,
    appearance: Appearance,
) -> impl IntoView + use<> {
    let has_warnings = field.schema.kind == Kind::Json || !field.schema.remarks.is_empty();
    let frame = frame_of_field(form, Target::Field(path.clone()), field);
    let warning = has_warnings.then(|| Signal::derive(warning(form, path.clone(), frame.label.clone())));
    let frame = FieldFrame { warning, ..frame };
    let value = FieldValue::new(form, path.clone(), field);
    let typed = move |text: String| value.set(if text.is_empty() { Raw::Unset } else { Raw::Text(text) });
    let may_be_empty = field.schema.kind == Kind::Text && field.schema.generate.is_none();
    let empty = may_be_empty.then(|| Raw::Text(String::new()));
    let left_empty = left_empty(value, &path, field, &frame.label, empty);
    let example = match (&field.schema.example, appearance) {
        (Some(example), Appearance::Line | Appearance::Number) => {
            format!("{} {}", words().such_as, plain_text(example))
        }
        _ => String::new(),
    };
    let new_value = field.schema.generate.map(|_| {
        let make = move |_| value.set(Raw::Text(random::new_id()));
        view! { <button type="button" class="button" on:click=make>{words().new_value}</button> }
    });
    let recent = recent::list_id(field, &frame.id);
    let list = recent.clone().unwrap_or_default();
    let recent = recent.map(|id| {
        let name = field.name.clone();
        view! { <RecentIds form=form name=name id=id/> }.into_any()
    });
    let tidied = tidied(value, field.name.clone());
    let lookup = field.schema.lookup.as_ref().map(|_| view! { <Lookup form=form name=field.name.clone()/> });
    view! {
        <FormField frame=frame.clone() help=help(&field.schema)>
            <div class="control-row">
                <TextControl
                    frame=frame
                    appearance=appearance
                    placeholder=example
                    list=list
                    value=Signal::derive(move || value.text())
                    on_input=typed
                    on_leave=move |()| value.check()
                />
                {new_value}
                {left_empty}
            </div>
            {recent}
            {tidied}
            {lookup}
        </FormField>
    }
}

/// Says that the text is not quite what was pasted.
fn tidied(value: FieldValue, name: String) -> impl IntoView + use<> {
    let text = move || value.was_tidied().then(|| (words().pages.tidied)(&name));
    view! { <p class="field-help" role="status">{move || text()}</p> }
}

/// What is odd about the text; empty for nothing.
fn warning(form: OperationForm, path: FieldPath, label: String) -> impl Fn() -> String + Send + Sync {
    let target = Target::Field(path);
    move || {
        let found = form.draft.with(|draft| warnings(&form.operation(), draft));
        let own = found.iter().filter(|found| found.target == target);
        own.map(|found| (words().explain.warning)(&label, &found.warning)).collect::<Vec<_>>().join(" ")
    }
}
