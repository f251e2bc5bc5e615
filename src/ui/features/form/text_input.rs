//! Everything that is typed: text, secrets, numbers, raw JSON.

use super::field_frame::{FieldFrame, help};
use super::left_empty::left_empty;
use crate::catalog::{Field, Kind};
use crate::form::{FieldPath, Raw, Target, warnings};
use crate::ui::components::form_field::FormField;
use crate::ui::features::lookup::Lookup;
use crate::ui::features::recent::{self, RecentInstances};
use crate::ui::platform::random;
use crate::ui::state::operation_form::{FieldValue, OperationForm};
use crate::ui::words::words;
use leptos::prelude::*;

/// How the text is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Appearance {
    /// One line.
    Line,
    /// One line that nobody reads over the shoulder.
    Secret,
    /// One line with a numeric keyboard where there is one.
    Number,
    /// Several lines.
    Block,
}

/// An input for a text. Clearing it leaves the value unset.
pub(super) fn text_control(
    form: OperationForm,
    path: FieldPath,
    field: &Field,
    appearance: Appearance,
) -> impl IntoView + use<> {
    let frame = FieldFrame::of_field(form, Target::Field(path.clone()), field);
    let value = FieldValue::new(form, path.clone(), field);
    let typed = move |event| {
        let text = event_target_value(&event);
        value.set(if text.is_empty() { Raw::Unset } else { Raw::Text(text) });
    };
    let may_be_empty = field.schema.kind == Kind::Text && field.schema.generate.is_none();
    let empty = may_be_empty.then(|| Raw::Text(String::new()));
    let left_empty = left_empty(value, &path, field, &frame.label, empty);
    let warning = (field.schema.kind == Kind::Json).then(|| {
        let (id, text) = (frame.part("warning"), warning(form, path.clone(), frame.label.clone()));
        (id.clone(), view! { <p id=id class="field-warning">{move || text()}</p> }.into_any())
    });
    let (warning_id, warning) = warning.unzip();
    let described_by = [frame.described_by()].into_iter().chain(warning_id).collect::<Vec<_>>().join(" ");
    let invalid = frame.invalid();
    let FieldFrame { id, label, required, kind, error } = frame;
    let recent = recent::list_id(form, field, &id);
    let control = if appearance == Appearance::Block {
        view! {
            <textarea
                id=id.clone()
                name=label.clone()
                rows="4"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-describedby=described_by
                aria-required=required.to_string()
                aria-invalid=invalid
                prop:value=move || value.text()
                on:input=typed
                on:blur=move |_| value.check()
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                id=id.clone()
                name=label.clone()
                type=if appearance == Appearance::Secret { "password" } else { "text" }
                list=recent.clone()
                inputmode=(appearance == Appearance::Number).then_some("decimal")
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-describedby=described_by
                aria-required=required.to_string()
                aria-invalid=invalid
                prop:value=move || value.text()
                on:input=typed
                on:blur=move |_| value.check()
            />
        }
        .into_any()
    };
    let new_value = field.schema.generate.map(|_| {
        let make = move |_| value.set(Raw::Text(random::new_id()));
        view! { <button type="button" class="button" on:click=make>{words().new_value}</button> }
    });
    let tidied = tidied(value, field.name.clone());
    let lookup = field.schema.lookup.as_ref().map(|_| view! { <Lookup form=form name=field.name.clone()/> });
    view! {
        <FormField id=id label=label required=required kind=kind error=error help=help(&field.schema)>
            <div class="control-row">{control}{new_value}{left_empty}</div>
            {recent.map(|id| view! { <RecentInstances form=form id=id/> }.into_any())}
            {tidied}
            {warning}
            {lookup}
        </FormField>
    }
}

/// Says that the text is not quite what was pasted.
fn tidied(value: FieldValue, name: String) -> impl IntoView + use<> {
    let text = move || value.was_tidied().then(|| (words().pages.tidied)(&name));
    view! { <p class="field-help" role="status">{move || text()}</p> }
}

/// What is odd about raw JSON; empty for nothing.
fn warning(form: OperationForm, path: FieldPath, label: String) -> impl Fn() -> String + Send + Sync {
    let target = Target::Field(path);
    move || {
        let found = form.draft.with(|draft| warnings(&form.operation(), draft));
        let own = found.iter().filter(|found| found.target == target);
        own.map(|found| (words().explain.warning)(&label, &found.warning)).collect::<Vec<_>>().join(" ")
    }
}
