//! Booleans and enumerations: a list that begins with "not set", or two buttons.

use super::field_frame::{frame_of_field, help};
use crate::catalog::{Choice, Field, Kind, plain_text};
use crate::form::{FieldPath, Raw, Target};
use crate::ui::components::form_field::{ChoiceField, FieldFrame, FormField};
use crate::ui::components::select_control::SelectControl;
use crate::ui::state::operation_form::{FieldValue, OperationForm};
use crate::ui::words::words;
use leptos::prelude::*;

/// The values that stand for `null` and for an empty text in the list; no API's choice begins with a line feed.
const NULL: &str = "\nnull";
const EMPTY: &str = "\nempty";

/// A list of values; two buttons where exactly two titles are to be chosen from.
pub(super) fn choice_control(form: OperationForm, path: FieldPath, field: &Field) -> AnyView {
    let frame = frame_of_field(form, Target::Field(path.clone()), field);
    let value = FieldValue::new(form, path, field);
    match titles(field) {
        Some(titles) => buttons(frame, value, field, titles).into_any(),
        None => list(frame, value, field).into_any(),
    }
}

/// What `true` and `false` are called, where nothing else can be chosen.
fn titles(field: &Field) -> Option<[(bool, String); 2]> {
    let Kind::Boolean(choices) = &field.schema.kind else { return None };
    let title = |value: bool| choices.iter().find(|choice| choice.value == value)?.label.clone();
    let titles = [(true, title(true)?), (false, title(false)?)];
    (field.required && !field.takes_null()).then_some(titles)
}

fn buttons(frame: FieldFrame, value: FieldValue, field: &Field, titles: [(bool, String); 2]) -> impl IntoView + use<> {
    let button = |(own, title): (bool, String)| {
        // A complaint leads to the first of the two.
        let id = if own { frame.id.clone() } else { frame.part("false") };
        view! {
            <label class="radio">
                <input
                    type="radio"
                    id=id
                    name=frame.label.clone()
                    value=own.to_string()
                    prop:checked=move || value.text() == own.to_string()
                    on:change=move |_| value.set(Raw::Text(own.to_string()))
                />
                {title}
            </label>
        }
        .into_any()
    };
    let buttons = titles.map(button).into_iter().collect_view();
    view! {
        <ChoiceField frame=frame help=help(&field.schema)>
            <div class="radios">{buttons}</div>
        </ChoiceField>
    }
}

fn list(frame: FieldFrame, value: FieldValue, field: &Field) -> impl IntoView + use<> {
    let unset = if field.required { words().choose } else { words().not_set };
    let null = field.takes_null().then(|| (NULL.to_owned(), String::from("null")));
    let options = [(String::new(), unset.to_owned())].into_iter().chain(choices(&field.schema.kind)).chain(null);
    let options: Vec<(String, String)> = options.collect();
    let chosen = Signal::derive(move || match value.raw() {
        Raw::Null => NULL.to_owned(),
        Raw::Text(text) if text.is_empty() => EMPTY.to_owned(),
        _ => value.text(),
    });
    let choose = move |text: String| {
        value.set(match text.as_str() {
            "" => Raw::Unset,
            NULL => Raw::Null,
            EMPTY => Raw::Text(String::new()),
            _ => Raw::Text(text),
        });
    };
    view! {
        <FormField frame=frame.clone() help=help(&field.schema)>
            <SelectControl
                frame=frame
                options=Signal::stored(options)
                chosen=chosen
                on_choose=choose
                on_leave=move |()| value.check()
            />
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
