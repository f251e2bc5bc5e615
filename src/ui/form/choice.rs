//! Booleans and enumerations: a list that begins with "not set".

use super::field::{FieldFrame, FieldIds, complaint, help, kind_name};
use crate::catalog::{Choice, Field, Kind};
use crate::form::{FieldPath, Raw, Target};
use crate::ui::model::CallModel;
use crate::ui::text;
use leptos::prelude::*;

/// The value that stands for `null` in the list; no API's choice begins with a line feed.
const NULL: &str = "\nnull";

/// A list of values.
#[component]
pub(super) fn ChoiceControl(
    /// The operation's state.
    model: CallModel,
    /// Where the value belongs.
    path: FieldPath,
    /// What the description says of it.
    field: Field,
) -> impl IntoView {
    let target = Target::Field(path.clone());
    let ids = FieldIds::of(&target);
    let error = complaint(model, target);
    let (kind, help) = (kind_name(&field), help(&field.schema));
    let Field { schema, required, .. } = field;
    let mut options = vec![(String::new(), String::from(if required { text::CHOOSE } else { text::NOT_SET }))];
    options.extend(choices(&schema.kind));
    if schema.nullable {
        options.push((NULL.to_owned(), String::from("null")));
    }
    let schema = StoredValue::new(schema);
    let path = StoredValue::new(path);
    let chosen = Memo::new(move |_| match model.draft.with(|draft| path.with_value(|path| draft.get(path).clone())) {
        Raw::Text(text) => text,
        Raw::Null => NULL.to_owned(),
        _ => String::new(),
    });
    let choose = move |event| {
        let raw = match event_target_value(&event) {
            text if text.is_empty() => Raw::Unset,
            text if text == NULL => Raw::Null,
            text => Raw::Text(text),
        };
        schema.with_value(|schema| path.with_value(|path| model.set(path, raw, schema, required)));
    };
    let leave = move |_| schema.with_value(|schema| path.with_value(|path| model.check(path, schema, required)));
    let options = options.into_iter().map(|(value, label)| {
        let own = value.clone();
        view! { <option value=value selected=move || chosen.get() == own>{label}</option> }
    });
    let options = options.collect_view();
    let name = path.with_value(|path| path.path.clone());
    view! {
        <FieldFrame ids=ids.clone() label=name.clone() required kind error help>
            <select id=ids.control.clone() name=name aria-describedby=ids.described_by() aria-required=required.to_string()
                aria-invalid=move || error.get().is_some().to_string() on:change=choose on:blur=leave>
                {options}
            </select>
        </FieldFrame>
    }
}

/// Value and words of each choice.
fn choices(kind: &Kind) -> Vec<(String, String)> {
    let plain = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let option = |choice: &Choice| {
        let value = plain(&choice.value);
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
