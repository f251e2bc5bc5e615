//! Booleans and enumerations: a list that begins with "not set".

use super::field_frame::{FieldFrame, help};
use crate::catalog::{Choice, Field, Kind, plain_text};
use crate::form::{FieldPath, Raw, Target};
use crate::ui::components::form_field::FormField;
use crate::ui::state::operation_form::{FieldValue, OperationForm};
use crate::ui::words::words;
use leptos::prelude::*;

/// The values that stand for `null` and for an empty text in the list; no API's choice begins with a line feed.
const NULL: &str = "\nnull";
const EMPTY: &str = "\nempty";

/// A list of values.
pub(super) fn choice_control(form: OperationForm, path: FieldPath, field: &Field) -> impl IntoView + use<> {
    let frame = FieldFrame::of_field(form, Target::Field(path.clone()), field);
    let value = FieldValue::new(form, path, field);
    let unset = if field.required { words().choose } else { words().not_set };
    let null = field.takes_null().then(|| (NULL.to_owned(), String::from("null")));
    let options = [(String::new(), unset.to_owned())].into_iter().chain(choices(&field.schema.kind)).chain(null);
    let chosen = move || match value.raw() {
        Raw::Null => NULL.to_owned(),
        Raw::Text(text) if text.is_empty() => EMPTY.to_owned(),
        _ => value.text(),
    };
    let options = options.map(move |(own, words)| {
        let shown = own.clone();
        let chosen = chosen;
        view! { <option value=shown prop:selected=move || chosen() == own>{words}</option> }
    });
    let choose = move |event| {
        value.set(match event_target_value(&event) {
            text if text.is_empty() => Raw::Unset,
            text if text == NULL => Raw::Null,
            text if text == EMPTY => Raw::Text(String::new()),
            text => Raw::Text(text),
        });
    };
    let (described_by, invalid) = (frame.described_by(), frame.invalid());
    let FieldFrame { id, label, required, kind, error } = frame;
    view! {
        <FormField id=id.clone() label=label.clone() required=required kind=kind error=error help=help(&field.schema)>
            <select
                id=id
                name=label
                aria-describedby=described_by
                aria-required=required.to_string()
                aria-invalid=invalid
                on:change=choose
                on:blur=move |_| value.check()
            >
                {options.collect_view()}
            </select>
        </FormField>
    }
}

/// Value and words of each choice.
fn choices(kind: &Kind) -> Vec<(String, String)> {
    let option = |choice: &Choice| {
        let value = plain_text(&choice.value);
        if value.is_empty() {
            return (EMPTY.to_owned(), choice.label.clone().unwrap_or_else(|| words().empty_part.to_owned()));
        }
        let words = choice.label.as_ref().map_or_else(|| value.clone(), |label| format!("{value} – {label}"));
        (value, words)
    };
    match kind {
        Kind::Boolean(meanings) => [true, false]
            .map(|value| {
                let meaning = meanings.iter().find(|choice| choice.value == value);
                meaning.map_or_else(|| (value.to_string(), value.to_string()), option)
            })
            .to_vec(),
        Kind::Enum(choices) => choices.iter().map(option).collect(),
        _ => Vec::new(),
    }
}
