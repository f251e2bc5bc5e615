//! The region: which of the API's servers is called.

use super::field::{FieldFrame, FieldIds, complaint};
use crate::catalog::{Server, ServerVariable};
use crate::form::Target;
use crate::ui::model::CallModel;
use crate::ui::text;
use leptos::prelude::*;

/// The list of servers, and the variables of the chosen one.
#[component]
pub(super) fn ServerField(
    /// The operation and its state.
    model: CallModel,
) -> impl IntoView {
    let operation = model.operation();
    let servers = StoredValue::new(operation.servers.clone());
    let chosen = Memo::new(move |_| model.draft.with(|draft| draft.server));
    let options = servers.with_value(|servers| {
        let labels = servers.iter().map(|server| server.label.clone()).enumerate();
        labels.map(|(index, label)| view! { <option value=index.to_string() selected=move || chosen.get() == index>{label}</option> }).collect_view()
    });
    let choose = move |event| {
        let index = event_target_value(&event).parse().unwrap_or_default();
        model.issues.update(|issues| issues.retain(|issue| !matches!(issue.target, Target::Variable(_))));
        model.edit(|draft| draft.server = index);
    };
    let server = move || servers.with_value(|servers| servers.get(chosen.get()).cloned());
    let host = move || server().map(|server| model.draft.with(|draft| draft.host(&server)));
    let variables = move || {
        server().map(|server| {
            let fields = server.variables.clone().into_iter();
            fields.map(|variable| view! { <VariableField model server=server.clone() variable /> }).collect_view()
        })
    };
    view! {
        <fieldset class="group">
            <legend>{text::REGION}</legend>
            <div class="field">
                <select id="server" aria-label=text::REGION on:change=choose>{options}</select>
                <p class="field-help">{text::HOST} " " <code class="breakable">{host}</code></p>
            </div>
            {variables}
        </fieldset>
    }
}

/// One `{variable}` of the server's host.
#[component]
fn VariableField(
    /// The operation's state.
    model: CallModel,
    /// The server that has it.
    server: Server,
    /// What the description says of it.
    variable: ServerVariable,
) -> impl IntoView {
    let target = Target::Variable(variable.name.clone());
    let ids = FieldIds::of(&target);
    let error = complaint(model, target);
    let help = view! { <p>{variable.description.clone()}</p> }.into_any();
    let name = variable.name.clone();
    let read = name.clone();
    let value = Memo::new(move |_| model.draft.with(|draft| draft.variable(&server, &read).to_owned()));
    let set = StoredValue::new(name.clone());
    let change = move |event| {
        let text = event_target_value(&event);
        model.edit(|draft| set.with_value(|name| draft.set_variable(name, text)));
        set.with_value(|name| model.replace_issues(&Target::Variable(name.clone()), Vec::new()));
    };
    let control = if variable.choices.is_empty() {
        view! {
            <input id=ids.control.clone() name=name.clone() type="text" autocomplete="off" spellcheck="false" autocapitalize="off"
                aria-describedby=ids.described_by() aria-invalid=move || error.get().is_some().to_string()
                prop:value=move || value.get() on:input=change />
        }
        .into_any()
    } else {
        let option = |choice: String| {
            let (own, value_of) = (choice.clone(), choice.clone());
            view! { <option value=value_of selected=move || value.get() == own>{choice}</option> }
        };
        let options = variable.choices.into_iter().map(option).collect_view();
        view! { <select id=ids.control.clone() name=name.clone() aria-describedby=ids.described_by() on:change=change>{options}</select> }.into_any()
    };
    view! { <FieldFrame ids=ids.clone() label=name required=true kind="string" error help>{control}</FieldFrame> }
}
