//! What stands around a control: its label, what the description says, and what is wrong.

use crate::catalog::{Field, Kind, Schema, plain_text};
use crate::form::Target;
use crate::outcome::describe;
use crate::ui::dom::{Child, El, el};
use crate::ui::model::{CallModel, element_id};
use crate::ui::words::words;
use crate::ui::widgets::code;
use leptos::prelude::*;
use serde_json::Value;

/// What ties a control to its label, help and complaint.
pub(super) struct Frame {
    /// The control's id; the others are made from it.
    pub(super) id: String,
    /// The API's name.
    pub(super) label: String,
    /// Whether a value must be given.
    pub(super) required: bool,
    /// The type in the words of JSON Schema.
    pub(super) kind: &'static str,
    model: CallModel,
    target: Target,
}

impl Frame {
    pub(super) fn new(model: CallModel, target: Target, label: &str, required: bool, kind: &'static str) -> Self {
        Self { id: element_id(&target), label: label.to_owned(), required, kind, model, target }
    }

    pub(super) fn of_field(model: CallModel, target: Target, field: &Field) -> Self {
        let label = target.name().to_owned();
        let label = if label.is_empty() { &field.name } else { &label };
        Self::new(model, target.clone(), label, field.required, kind_name(&field.schema.kind))
    }

    /// The complaint about the target; empty when there is none.
    pub(super) fn complaint(&self) -> impl Fn() -> String + Send + Clone + use<> {
        let (model, target, label) = (self.model, self.target.clone(), self.label.clone());
        move || {
            model.issues.with(|issues| {
                let issue = issues.iter().find(|issue| issue.target == target);
                issue.map(|issue| format!("{label} {}", describe::broken(&issue.broken))).unwrap_or_default()
            })
        }
    }

    /// Gives a control all that ties it to the rest.
    pub(super) fn tie(&self, control: El) -> El {
        let complaint = self.complaint();
        control
            .attr("id", self.id.clone())
            .attr("name", self.label.clone())
            .attr("aria-describedby", format!("{0}-error {0}-help", self.id))
            .attr("aria-required", self.required.to_string())
            .live_bool("aria-invalid", move || !complaint().is_empty())
    }

    /// Label, control, complaint and help, in this order.
    pub(super) fn around(self, control: impl Into<Child>, help: impl Into<Child>) -> El {
        let required = self.required.then(|| el("span").class("required").attr("title", words().required).child(" *"));
        let kind = if self.required { self.kind.to_owned() } else { format!("{}, {}", self.kind, words().optional) };
        let head = el("div")
            .class("field-head")
            .child(el("label").attr("for", self.id.clone()).child(self.label.clone()).child(required))
            .child(el("span").class("type").child(kind));
        let (error, below) = self.told(help);
        el("div").class("field").child(head).child(control).child(error).child(below)
    }

    /// Title, help, complaint and controls of a group.
    pub(super) fn around_group(self, help: impl Into<Child>, controls: impl Into<Child>) -> El {
        let title = format!("{}{}", self.label, if self.required { " *" } else { "" });
        let group = el("fieldset")
            .class("nested")
            .attr("id", self.id.clone())
            .attr("tabindex", "-1")
            .attr("aria-describedby", format!("{0}-error {0}-help", self.id))
            .child(el("legend").child(title));
        let (error, below) = self.told(help);
        group.child(below).child(error).child(controls)
    }

    fn told(self, help: impl Into<Child>) -> (El, El) {
        (
            el("p").attr("id", format!("{}-error", self.id)).class("field-error").live_text(self.complaint()),
            el("div").attr("id", format!("{}-help", self.id)).class("field-help").child(help),
        )
    }
}

/// Description, rules, default and example of a schema.
pub(super) fn help(schema: &Schema) -> Child {
    let rules = describe::constraints(schema).join("; ");
    let rules = (!rules.is_empty()).then(|| el("span").child(format!("{}.", capitalise(&rules))));
    let fact = |name: &'static str, value: &Option<Value>| {
        value.as_ref().map(|value| el("span").child(name).child(" ").child(code(plain_text(value))))
    };
    let facts = [rules, fact(words().default, &schema.default), fact(words().example, &schema.example)];
    let description = (!schema.description.is_empty()).then(|| el("p").child(schema.description.clone()));
    Child::many([description, Some(el("p").class("facts-line").children(facts))])
}

fn capitalise(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

/// The type in JSON Schema's words.
fn kind_name(kind: &Kind) -> &'static str {
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
