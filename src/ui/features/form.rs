//! The form of an operation: what, where, who, the impact, the act. One file a kind of control, and what holds them
//! together.

mod actions;
mod array;
mod choice;
mod confirmation;
mod control;
mod credential_fields;
mod field_frame;
mod file;
mod impact;
mod issues;
mod left_empty;
mod members;
mod object;
mod one_of;
mod preconditions;
mod remove_button;
mod section;
mod server;
mod text_input;

use super::send;
use crate::call::CallError;
use crate::catalog::FormPart;
use crate::ui::components::alert::Alert;
use crate::ui::components::later::Later;
use crate::ui::ids::FORM_ID;
use crate::ui::platform::dom;
use crate::ui::state::operation_form::OperationForm as Form;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{Message, words};
use actions::Actions;
use confirmation::Confirmation;
use credential_fields::CredentialFields;
use impact::ImpactLine;
use issues::IssueSummary;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use section::{Section, more, of_part, unplaced};
pub(crate) use server::ServerField;

const ISSUES_ID: &str = "issues";
const REFUSAL_ID: &str = "refusal";

/// The form, from what is switched to the act, and the question before the call is sent.
#[component]
pub(crate) fn OperationForm(
    /// What the form holds.
    form: Form,
) -> impl IntoView {
    let stores = use_stores();
    let operation = form.operation();
    let confirming = RwSignal::new(false);
    let refusal = RwSignal::new(None::<Message>);
    let attempt = move |step: fn(Stores, Form) -> Result<(), CallError>| {
        let error = step(stores, form).err();
        let message = error.as_ref().and_then(explain);
        if error.is_some() {
            dom::next_frame(|| dom::focus(ISSUES_ID));
        }
        if let Some(message) = &message {
            stores.shell.announce(message.title.clone());
            dom::next_frame(|| dom::reveal(REFUSAL_ID));
        }
        refusal.set(message);
        error.is_none()
    };
    let send = move || {
        if attempt(send::send) {
            // It has proved complete: one line is enough for the next call.
            form.credential_open.set(false);
        }
    };
    let mutating = operation.is_mutating();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if form.is_running_untracked() || !attempt(send::check) {
            return;
        }
        if mutating {
            confirming.set(true);
        } else {
            send();
        }
    };
    view! {
        <form class="form" id=FORM_ID aria-label=words().form novalidate=true on:submit=submit>
            <IssueSummary form=form id=ISSUES_ID/>
            <div class="parts-of-form">
                {of_part(form, FormPart::What)}
                {unplaced(form)}
                <Section title=words().part_where>
                    <ServerField form=form/>
                    {section::controls(form, FormPart::Where)}
                </Section>
                // What comes first is read first: the rest follows below it, so that nothing moves.
                <Later><CredentialFields form=form/>{more(form)}</Later>
            </div>
            <div id=REFUSAL_ID>
                {move || refusal.get().map(|message| view! { <Alert message=message/> }.into_any())}
            </div>
            <Later>
                <div class="act">
                    <ImpactLine form=form/>
                    <Actions form=form/>
                </div>
            </Later>
        </form>
        <Later><Confirmation form=form open=confirming on_confirm=move |()| send()/></Later>
    }
}

/// Mistakes in fields are shown beside the fields and in the summary above them.
fn explain(error: &CallError) -> Option<Message> {
    (!matches!(error, CallError::Fields(_))).then(|| (words().explain.call_error)(error))
}
