//! A value that has one of several forms.

use super::control::control;
use super::field_frame::{frame_of_field, help, kind_name};
use crate::catalog::{Alternative, Field};
use crate::form::{Draft, FieldPath, Raw, Target};
use crate::ui::components::form_field::{FieldFrame, FormField};
use crate::ui::components::select_control::SelectControl;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::words::words;
use leptos::prelude::*;

const NULL: &str = "null";

/// The choice of a form, and the control of the chosen one.
pub(super) fn one_of_control(
    form: OperationForm,
    path: FieldPath,
    field: &Field,
    alternatives: &[Alternative],
) -> impl IntoView + use<> {
    let frame = frame_of_field(form, Target::Field(path.clone()), field);
    // The control of the chosen form has the field's own id and name: a complaint leads there.
    let title = format!("{} – {}", frame.label, words().one_of);
    let plain = FieldFrame::plain(&frame.part("one-of"), &title);
    let frame = FieldFrame { required: field.required, kind: frame.kind, ..plain };
    let required = field.required;
    let chosen = {
        let path = path.clone();
        let read = move |draft: &Draft| match draft.get(&path) {
            Raw::Null => NULL.to_owned(),
            _ if !required && !draft.has(&path) => String::new(),
            _ => draft.alternative(&path).to_string(),
        };
        Memo::new(move |_| form.draft.with(&read))
    };
    let unset = (!required).then(|| (String::new(), words().not_set.to_owned()));
    let forms = names(alternatives).into_iter().enumerate().map(|(index, name)| (index.to_string(), name));
    let null = field.takes_null().then(|| (NULL.to_owned(), NULL.to_owned()));
    let options: Vec<(String, String)> = unset.into_iter().chain(forms).chain(null).collect();
    let choose = {
        let (path, schema) = (path.clone(), field.schema.clone());
        move |choice: String| {
            // Whatever was wrong with the form before is gone with it.
            form.issues.update(Vec::clear);
            form.edit(|draft| match choice.parse() {
                Ok(index) => draft.choose(&path, index, &schema),
                Err(_) => {
                    draft.clear(&path);
                    draft.set(path.clone(), if choice == NULL { Raw::Null } else { Raw::Unset });
                }
            });
        }
    };
    let shown = {
        let (field, alternatives) = (field.clone(), alternatives.to_vec());
        move || {
            let mut schema = alternatives.get(chosen.get().parse::<usize>().ok()?)?.schema.clone();
            if schema.description == field.schema.description {
                // It stands above.
                schema.description.clear();
            }
            let field = Field { required: true, schema, ..field.clone() };
            Some(view! { <div class="nested">{untrack(|| control(form, path.clone(), &field))}</div> }.into_any())
        }
    };
    view! {
        <FormField frame=frame.clone() help=help(&field.schema)>
            <SelectControl frame=frame options=Signal::stored(options) chosen=chosen on_choose=choose/>
        </FormField>
        {move || shown()}
    }
}

/// What each form is called: its name, or its type; with a number, where that is not enough to tell them apart.
fn names(alternatives: &[Alternative]) -> Vec<String> {
    let name = |one: &Alternative| match one.name.as_str() {
        "" => kind_name(&one.schema.kind).to_owned(),
        name => name.to_owned(),
    };
    let names: Vec<String> = alternatives.iter().map(name).collect();
    let is_double = |name: &String| names.iter().filter(|other| *other == name).count() > 1;
    let number = |(index, name): (usize, &String)| {
        if is_double(name) { format!("{name} {}", index + 1) } else { name.clone() }
    };
    names.iter().enumerate().map(number).collect()
}
