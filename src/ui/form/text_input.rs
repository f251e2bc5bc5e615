//! Everything that is typed: text, secrets, numbers, raw JSON.

use super::field::{Frame, help};
use crate::catalog::Field;
use crate::form::{FieldPath, Raw, Target};
use crate::ui::dom::{Child, El, el, value_of};
use crate::ui::model::{CallModel, ModelField};
use crate::ui::widgets::button;
use crate::ui::browser;
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
pub(super) fn text_control(model: CallModel, path: FieldPath, field: &Field, appearance: Appearance) -> El {
    let frame = Frame::of_field(model, Target::Field(path.clone()), field);
    let value = ModelField::new(model, path, field);
    let control = match appearance {
        Appearance::Block => el("textarea").attr("rows", "4"),
        Appearance::Secret => el("input").attr("type", "password"),
        Appearance::Number => el("input").attr("type", "text").attr("inputmode", "decimal"),
        Appearance::Line => el("input").attr("type", "text"),
    };
    let control = frame
        .tie(control)
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .live_value(move || value.text())
        .live_switch("disabled", move || value.raw() == Raw::Null)
        .on("input", move |event| {
            let text = value_of(&event);
            value.set(if text.is_empty() { Raw::Unset } else { Raw::Text(text) });
        })
        .on("blur", move |_| value.check());
    let renew = field.schema.generate.map(|_| {
        let renew = move |_| value.set(Raw::Text(browser::new_id()));
        button("button").on("click", renew).child(words().new_value)
    });
    let null = field.schema.nullable.then(|| null_switch(value));
    // The panels ask the provider for its values.
    let operation = model.operation();
    let lookup = field.schema.lookup.as_ref().map(|_| {
        el("div")
            .attr("data-panel", "lookup")
            .attr("data-api", &operation.api)
            .attr("data-id", &operation.id)
            .attr("data-name", &field.name)
    });
    let row = el("div").class("control-row").child(control).child(renew).child(null);
    frame.around(Child::many([Some(row), lookup]), help(&field.schema))
}

/// Chooses `null` as the value.
fn null_switch(value: ModelField) -> El {
    let choose = move |event| value.set(if event_target_checked(&event) { Raw::Null } else { Raw::Unset });
    let switch = el("input").attr("type", "checkbox").live_switch("checked", move || value.raw() == Raw::Null);
    el("label").class("check").child(switch.on("change", choose)).child(words().send_null)
}
