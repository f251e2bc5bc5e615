//! What stands around a control: its label, what the description says, and what is wrong.

use crate::catalog::{Field, Kind, Schema};
use crate::form::Target;
use crate::outcome::describe;
use crate::ui::model::{CallModel, element_id};
use crate::ui::text;
use leptos::prelude::*;

/// The ids that tie a control to its label, help and complaint.
#[derive(Clone)]
pub(super) struct FieldIds {
    pub(super) control: String,
    pub(super) help: String,
    pub(super) error: String,
}

impl FieldIds {
    pub(super) fn of(target: &Target) -> Self {
        let control = element_id(target);
        Self { help: format!("{control}-help"), error: format!("{control}-error"), control }
    }

    /// For `aria-describedby`.
    pub(super) fn described_by(&self) -> String {
        format!("{} {}", self.error, self.help)
    }
}

/// The complaint about a target, if there is one.
pub(super) fn complaint(model: CallModel, target: Target) -> Memo<Option<String>> {
    Memo::new(move |_| {
        model.issues.with(|issues| {
            let issue = issues.iter().find(|issue| issue.target == target)?;
            Some(format!("{} {}", issue.target.name(), describe::broken(&issue.broken)))
        })
    })
}

/// Label, control, complaint and help, in this order.
#[component]
pub(super) fn FieldFrame(
    /// From [`FieldIds::of`].
    ids: FieldIds,
    /// What the label says; it begins with the API's name.
    #[prop(into)]
    label: String,
    /// Whether a value must be given.
    required: bool,
    /// The type in the words of JSON Schema.
    #[prop(into)]
    kind: String,
    /// From [`complaint`].
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Help below the control.
    help: AnyView,
    /// The control itself.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field" data-invalid=move || error.get().is_some().to_string()>
            <div class="field-head">
                <label for=ids.control.clone()>
                    {label}
                    {required.then(|| view! { <span class="required" title="required">" *"</span> })}
                </label>
                <span class="type">{if required { kind } else { format!("{kind}, {}", text::OPTIONAL) }}</span>
            </div>
            {children()}
            <p id=ids.error class="field-error">{move || error.get()}</p>
            <div id=ids.help class="field-help">{help}</div>
        </div>
    }
}

/// Description, rules, default and example of a schema.
pub(super) fn help(schema: &Schema) -> AnyView {
    let plain = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let rules = describe::constraints(schema).join("; ");
    let fact = |name: &'static str, value: String| view! { <span class="fact">{name} " " <code class="breakable">{value}</code></span> };
    let rules = (!rules.is_empty()).then(|| view! { <span class="fact">{capitalise(&rules)} "."</span> });
    let default = schema.default.as_ref().map(|value| fact("Default", plain(value)));
    let example = schema.example.as_ref().map(|value| fact("Example", plain(value)));
    view! {
        <p>{schema.description.clone()}</p>
        <p class="facts-line">{rules}{default}{example}</p>
    }
    .into_any()
}

fn capitalise(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The type in JSON Schema's words.
pub(super) fn kind_name(field: &Field) -> &'static str {
    match field.schema.kind {
        Kind::Text => "string",
        Kind::Secret => "secret",
        Kind::Boolean(_) => "boolean",
        Kind::Enum(_) => "enum",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Array(_) => "array",
        Kind::Object(_) => "object",
        Kind::Json => "JSON",
    }
}
