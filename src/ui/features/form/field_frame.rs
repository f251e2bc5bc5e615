//! What the description says of a field, in the shape that `FormField` shows.

use crate::catalog::{Field, Kind, Schema, plain_text};
use crate::form::{Target, constraints};
use crate::ui::components::form_field::FieldFrame;
use crate::ui::state::operation_form::{OperationForm, element_id};
use crate::ui::words::words;
use leptos::prelude::*;
use serde_json::Value;

/// The frame of what an issue can be about.
pub(super) fn frame(
    form: OperationForm,
    target: Target,
    label: &str,
    required: bool,
    kind: &'static str,
) -> FieldFrame {
    let (id, name) = (element_id(&target), label.to_owned());
    let error = Signal::derive(move || {
        form.issues.with(|issues| {
            let issue = issues.iter().find(|issue| issue.target == target);
            issue.map(|issue| (words().explain.violation)(&name, &issue.broken)).unwrap_or_default()
        })
    });
    FieldFrame { id, label: label.to_owned(), title: String::new(), required, kind, error, warning: None }
}

pub(super) fn frame_of_field(form: OperationForm, target: Target, field: &Field) -> FieldFrame {
    let label = if target.name().is_empty() { field.name.clone() } else { target.name().to_owned() };
    let frame = frame(form, target, &label, field.required, kind_name(&field.schema.kind));
    FieldFrame { title: field.schema.label.clone(), ..frame }
}

/// Description, rules, default and example of a schema.
pub(super) fn help(schema: &Schema) -> ViewFn {
    let schema = schema.clone();
    ViewFn::from(move || {
        let rules = constraints(&schema).iter().map(words().explain.constraint).collect::<Vec<_>>().join("; ");
        let rules = (!rules.is_empty()).then(|| view! { <span>{format!("{}.", capitalise(&rules))}</span> });
        let fact = |name: &'static str, value: &Option<Value>| {
            let value = value.as_ref().map(plain_text)?;
            Some(view! { <span>{name}" "<code class="breakable">{value}</code></span> })
        };
        let description = (!schema.description.is_empty()).then(|| view! { <p>{schema.description.clone()}</p> });
        view! {
            {description}
            <p class="facts-line">
                {rules}
                {fact(words().default, &schema.default)}
                {fact(words().example, &schema.example)}
            </p>
        }
    })
}

fn capitalise(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

/// The type in JSON Schema's words.
pub(super) fn kind_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text => "string",
        Kind::Secret => "secret",
        Kind::Boolean(_) => "boolean",
        Kind::Enum(_) => "enum",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Array(_) => "array",
        Kind::Object(_) => "object",
        Kind::OneOf(_) => "one of several",
        Kind::File => "file",
        Kind::Json => "JSON",
    }
}
