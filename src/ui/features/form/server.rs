//! The region: which of the API's servers is called.

use super::field_frame::frame;
use crate::catalog::{Server, ServerVariable};
use crate::form::{Target, check_server};
use crate::ui::components::form_field::{FieldFrame, FormField};
use crate::ui::components::select_control::SelectControl;
use crate::ui::components::text_control::{Appearance, TextControl};
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
        let options = operation.servers.iter().enumerate();
        let options: Vec<_> = options.map(|(index, server)| (index.to_string(), server.label.clone())).collect();
        let choose = move |index: String| {
            form.issues.update(|issues| issues.retain(|issue| !matches!(issue.target, Target::Variable(_))));
            form.edit(|draft| draft.server = index.parse().unwrap_or_default());
        };
        let host = move || {
            form.draft.with(|draft| {
                form.operation().servers.get(draft.server).map(|server| draft.host(server)).unwrap_or_default()
            })
        };
        let frame = FieldFrame::plain("server", words().region);
        let help = ViewFn::from(move || view! { <p>{words().host}" "<code class="breakable">{host}</code></p> });
        view! {
            <FormField frame=frame.clone() help=help>
                <SelectControl
                    frame=frame
                    options=Signal::stored(options)
                    chosen=Signal::derive(move || chosen.get().to_string())
                    on_choose=choose
                />
            </FormField>
        }
        .into_any()
    };
    let variables = move || {
        let server = operation.servers.get(chosen.get()).cloned();
        let fields = server.into_iter().flat_map(|server| {
            let variables = server.variables.clone().into_iter();
            variables.map(move |variable| {
                view! { <VariableField form=form server=server.clone() variable=variable/> }.into_any()
            })
        });
        fields.collect_view()
    };
    view! { {field}{move || variables()} }
}

/// One `{variable}` of the server's host.
#[component]
fn VariableField(form: OperationForm, server: Server, variable: ServerVariable) -> impl IntoView {
    let target = Target::Variable(variable.name.clone());
    let is_typed = variable.choices.is_empty();
    let frame = frame(form, target.clone(), &variable.name, true, if is_typed { "string" } else { "enum" });
    let value = {
        let name = variable.name.clone();
        Signal::derive(move || form.draft.with(|draft| draft.variable(&server, &name).to_owned()))
    };
    let set = {
        let (target, name) = (target.clone(), variable.name.clone());
        Callback::new(move |text: String| {
            form.edit(|draft| draft.set_variable(&name, text));
            form.replace_issues(&target, Vec::new());
        })
    };
    let leave = move |()| {
        // A host is written in small letters, whatever is typed; the user sees what is sent.
        let text = value.get_untracked();
        if text.chars().any(|letter| letter.is_ascii_uppercase()) {
            set.run(text.to_ascii_lowercase());
        }
        let mut found = form.draft.with_untracked(|draft| check_server(&form.operation(), draft));
        found.retain(|issue| issue.target == target);
        form.replace_issues(&target, found);
    };
    let control = if is_typed {
        view! {
            <TextControl frame=frame.clone() appearance=Appearance::Line value=value on_input=set on_leave=leave/>
        }
        .into_any()
    } else {
        let options: Vec<_> = variable.choices.iter().map(|choice| (choice.clone(), choice.clone())).collect();
        view! { <SelectControl frame=frame.clone() options=Signal::stored(options) chosen=value on_choose=set/> }
            .into_any()
    };
    let description = variable.description.clone();
    let help = ViewFn::from(move || view! { <p>{description.clone()}</p> });
    view! { <FormField frame=frame help=help>{control}</FormField> }
}
