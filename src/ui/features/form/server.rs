//! The region: which of the API's servers is called.

use super::Section;
use super::field_frame::FieldFrame;
use crate::catalog::{Server, ServerVariable};
use crate::form::{Target, check_server};
use crate::ui::components::form_field::FormField;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::words::words;
use leptos::prelude::*;

/// The list of servers, and the variables of the chosen one.
#[component]
pub(crate) fn ServerField(form: OperationForm) -> impl IntoView {
    let operation = form.operation();
    let chosen = Memo::new(move |_| form.draft.with(|draft| draft.server));
    let field = if operation.servers.is_empty() {
        // The issue that there is none leads here.
        view! { <p id="server-region" tabindex="-1">{words().no_region}</p> }.into_any()
    } else {
        let options = operation.servers.iter().enumerate().map(|(index, server)| {
            view! {
                <option value=index.to_string() prop:selected=move || chosen.get() == index>
                    {server.label.clone()}
                </option>
            }
        });
        let choose = move |event| {
            form.issues.update(|issues| issues.retain(|issue| !matches!(issue.target, Target::Variable(_))));
            form.edit(|draft| draft.server = event_target_value(&event).parse().unwrap_or_default());
        };
        let host = move || {
            form.draft.with(|draft| {
                form.operation().servers.get(draft.server).map(|server| draft.host(server)).unwrap_or_default()
            })
        };
        view! {
            <div class="field">
                <select id="server" aria-label=words().region on:change=choose>{options.collect_view()}</select>
                <p class="field-help">{words().host}" "<code class="breakable">{host}</code></p>
            </div>
        }
        .into_any()
    };
    let variables = move || {
        let server = operation.servers.get(chosen.get()).cloned();
        let fields = server.into_iter().flat_map(|server| {
            server
                .variables
                .clone()
                .into_iter()
                .map(move |variable| view! { <VariableField form=form server=server.clone() variable=variable/> })
        });
        fields.collect_view()
    };
    view! { <Section title=words().region>{field}{variables}</Section> }
}

/// One `{variable}` of the server's host.
#[component]
fn VariableField(form: OperationForm, server: Server, variable: ServerVariable) -> impl IntoView {
    let target = Target::Variable(variable.name.clone());
    let kind = if variable.choices.is_empty() { "string" } else { "enum" };
    let frame = FieldFrame::new(form, target.clone(), &variable.name, true, kind);
    let value = {
        let name = variable.name.clone();
        move || form.draft.with(|draft| draft.variable(&server, &name).to_owned())
    };
    let change = {
        let (target, name) = (target.clone(), variable.name.clone());
        move |event| {
            form.edit(|draft| draft.set_variable(&name, event_target_value(&event)));
            form.replace_issues(&target, Vec::new());
        }
    };
    let leave = move |_| {
        let mut found = form.draft.with_untracked(|draft| check_server(&form.operation(), draft));
        found.retain(|issue| issue.target == target);
        form.replace_issues(&target, found);
    };
    let (described_by, invalid) = (frame.described_by(), frame.invalid());
    let FieldFrame { id, label, required, kind, error } = frame;
    let control = if variable.choices.is_empty() {
        view! {
            <input
                id=id.clone()
                name=label.clone()
                type="text"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-describedby=described_by
                aria-required="true"
                aria-invalid=invalid
                prop:value=value
                on:input=change
                on:blur=leave
            />
        }
        .into_any()
    } else {
        let options = variable.choices.iter().map(|choice| {
            let (own, value) = (choice.clone(), value.clone());
            view! { <option value=choice.clone() prop:selected=move || value() == own>{choice.clone()}</option> }
        });
        view! {
            <select
                id=id.clone()
                name=label.clone()
                aria-describedby=described_by
                aria-required="true"
                aria-invalid=invalid
                on:change=change
            >
                {options.collect_view()}
            </select>
        }
        .into_any()
    };
    let description = variable.description.clone();
    let help = ViewFn::from(move || view! { <p>{description.clone()}</p> });
    view! {
        <FormField id=id label=label required=required kind=kind error=error help=help>{control}</FormField>
    }
}
