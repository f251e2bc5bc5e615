//! Booleans and enumerations: a list that begins with "not set".

use super::field::{Frame, help};
use crate::catalog::{Choice, Field, Kind, plain_text};
use crate::form::{FieldPath, Raw, Target};
use crate::ui::dom::{Child, El, el, value_of};
use crate::ui::model::{CallModel, ModelField};
use crate::ui::words::words;

/// The value that stands for `null` in the list; no API's choice begins with a line feed.
const NULL: &str = "\nnull";

/// A list of values.
pub(super) fn choice_control(model: CallModel, path: FieldPath, field: &Field) -> El {
    let frame = Frame::of_field(model, Target::Field(path.clone()), field);
    let value = ModelField::new(model, path, field);
    let unset = if field.required { words().choose } else { words().not_set };
    let null = field.schema.nullable.then(|| (NULL.to_owned(), String::from("null")));
    let options = [(String::new(), unset.to_owned())].into_iter().chain(choices(&field.schema.kind)).chain(null);
    let chosen = move || match value.raw() {
        Raw::Null => NULL.to_owned(),
        _ => value.text(),
    };
    let options = options.map(|(own, words)| {
        let shown = own.clone();
        el("option").attr("value", shown).live_switch("selected", move || chosen() == own).child(words)
    });
    let choose = move |event| {
        value.set(match value_of(&event) {
            text if text.is_empty() => Raw::Unset,
            text if text == NULL => Raw::Null,
            text => Raw::Text(text),
        });
    };
    let select =
        frame.tie(el("select")).child(Child::many(options)).on("change", choose).on("blur", move |_| value.check());
    frame.around(select, help(&field.schema))
}

/// Value and words of each choice.
fn choices(kind: &Kind) -> Vec<(String, String)> {
    let words = |choice: &Choice| {
        let value = plain_text(&choice.value);
        let words = choice.label.as_ref().map_or_else(|| value.clone(), |label| format!("{value} – {label}"));
        (value, words)
    };
    match kind {
        Kind::Boolean(meanings) => [true, false]
            .map(|value| {
                let meaning = meanings.iter().find(|choice| choice.value == value);
                meaning.map_or_else(|| (value.to_string(), value.to_string()), words)
            })
            .to_vec(),
        Kind::Enum(choices) => choices.iter().map(words).collect(),
        _ => Vec::new(),
    }
}
