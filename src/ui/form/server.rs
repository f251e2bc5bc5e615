//! The region: which of the API's servers is called.

use super::field::Frame;
use super::fieldset;
use crate::catalog::{Server, ServerVariable};
use crate::form::{Target, check_server};
use crate::ui::dom::{Child, El, el, value_of};
use crate::ui::model::CallModel;
use crate::ui::words::words;
use crate::ui::widgets::code;
use leptos::prelude::*;

/// The list of servers, and the variables of the chosen one.
pub(super) fn server_field(model: CallModel) -> El {
    let operation = model.operation();
    let chosen = Memo::new(move |_| model.draft.with(|draft| draft.server));
    let options = operation.servers.iter().enumerate().map(|(index, server)| {
        el("option")
            .attr("value", index.to_string())
            .live_switch("selected", move || chosen.get() == index)
            .child(server.label.clone())
    });
    let options = Child::many(options);
    let choose = move |event| {
        model.issues.update(|issues| issues.retain(|issue| !matches!(issue.target, Target::Variable(_))));
        model.edit(|draft| draft.server = value_of(&event).parse().unwrap_or_default());
    };
    let host = move || {
        model.draft.with(|draft| {
            model.operation().servers.get(draft.server).map(|server| draft.host(server)).unwrap_or_default()
        })
    };
    let variables = move || {
        let server = operation.servers.get(chosen.get());
        let fields = server.into_iter().flat_map(|server| {
            server.variables.iter().map(|variable| untrack(|| variable_field(model, server.clone(), variable)))
        });
        Child::many(fields)
    };
    let select = el("select").attr("id", "server").attr("aria-label", words().region).child(options);
    let help = el("p").class("field-help").child(words().host).child(" ").child(code(Child::none()).live_text(host));
    let field = if model.operation().servers.is_empty() {
        // The complaint that there is none leads here.
        el("p").attr("id", "server-region").attr("tabindex", "-1").child(words().no_region)
    } else {
        el("div").class("field").child(select.on("change", choose)).child(help)
    };
    fieldset(words().region).child(field).live(variables)
}

/// One `{variable}` of the server's host.
fn variable_field(model: CallModel, server: Server, variable: &ServerVariable) -> El {
    let target = Target::Variable(variable.name.clone());
    let kind = if variable.choices.is_empty() { "string" } else { "enum" };
    let frame = Frame::new(model, target.clone(), &variable.name, true, kind);
    let value = {
        let name = variable.name.clone();
        move || model.draft.with(|draft| draft.variable(&server, &name).to_owned())
    };
    let name = variable.name.clone();
    let change = {
        let target = target.clone();
        move |event| {
            model.edit(|draft| draft.set_variable(&name, value_of(&event)));
            model.replace_issues(&target, Vec::new());
        }
    };
    let leave = {
        let target = target.clone();
        move |_| {
            let mut found = model.draft.with_untracked(|draft| check_server(&model.operation(), draft));
            found.retain(|issue| issue.target == target);
            model.replace_issues(&target, found);
        }
    };
    let control = if variable.choices.is_empty() {
        frame
            .tie(el("input").attr("type", "text"))
            .attr("autocomplete", "off")
            .attr("autocapitalize", "off")
            .attr("spellcheck", "false")
            .live_value(value)
            .on("input", change)
            .on("blur", leave)
    } else {
        let options = variable.choices.iter().map(|choice| {
            let (own, value) = (choice.clone(), value.clone());
            el("option").attr("value", choice).live_switch("selected", move || value() == own).child(choice.as_str())
        });
        frame.tie(el("select")).child(Child::many(options)).on("change", change)
    };
    frame.around(control, el("p").child(variable.description.clone()))
}
