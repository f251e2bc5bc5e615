//! The form of an operation: one file a kind of control, and what holds them together.

mod array;
mod choice;
mod confirm;
mod control;
mod credential;
mod field;
mod issues;
mod sandbox;
mod server;
mod text_input;

use super::model::CallModel;
use super::send;
use super::state::AppState;
use super::text;
use super::widgets::Explained;
use crate::call::CallError;
use crate::catalog::{Field, Location};
use crate::form::FieldPath;
use crate::outcome::describe::{self, Explanation};
use confirm::Confirmation;
use control::Control;
use credential::CredentialFields;
use issues::IssueSummary;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use sandbox::SandboxPanel;
use server::ServerField;

const ISSUES_ID: &str = "issues";

/// The form, from the region to Send.
#[component]
pub(super) fn OperationForm(
    /// The operation and its state.
    model: CallModel,
) -> impl IntoView {
    let state = AppState::expect();
    let operation = model.operation();
    let confirming = RwSignal::new(false);
    let refused = RwSignal::new(None::<Explanation>);
    let mutating = operation.is_mutating();
    let try_to = move |step: fn(AppState, CallModel) -> Result<(), CallError>| match step(state, model) {
        Ok(()) => {
            refused.set(None);
            true
        }
        Err(error) => {
            refused.set(explain(&error));
            request_animation_frame(|| super::browser::focus(ISSUES_ID));
            false
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if model.is_running_untracked() || !try_to(send::check) {
            return;
        }
        if mutating {
            confirming.set(true);
        } else {
            try_to(send::send);
        }
    };
    let groups = [
        (Location::Path, text::PATH),
        (Location::Query, text::QUERY),
        (Location::Header, text::HEADERS),
        (Location::Body, text::BODY),
    ];
    let fields: Vec<Field> = operation.fields().into_iter().cloned().collect();
    let groups = groups.map(|(location, title)| {
        let fields: Vec<Field> = fields.iter().filter(|field| field.location == location).cloned().collect();
        group(model, title, fields)
    });
    let raw_body = operation.body.clone().filter(|body| !matches!(body.schema.kind, crate::catalog::Kind::Object(_)));
    let running = move || model.is_running();
    view! {
        <form class="form" aria-label=text::FORM novalidate on:submit=submit>
            <SandboxPanel model />
            <IssueSummary model id=ISSUES_ID />
            <ServerField model />
            <CredentialFields model />
            {groups.into_iter().collect_view()}
            {raw_body.map(|body| {
                let field = Field { name: String::from("body"), location: Location::Body, required: body.required, schema: body.schema };
                view! { <fieldset class="group"><legend>{text::BODY}</legend><Control model path=FieldPath::body() field /></fieldset> }
            })}
            <div class="actions">
                <button type="submit" class="button primary" disabled=running>{text::SEND}</button>
                <Show when=running>
                    <button type="button" class="button" on:click=move |_| send::cancel(state, model)>{text::CANCEL}</button>
                    <span class="progress">{text::SENDING}</span>
                </Show>
                <Show when=move || !running()>
                    <span class="muted">{move || goes(state)}</span>
                </Show>
            </div>
            {move || refused.get().map(|explanation| view! { <Explained explanation /> })}
        </form>
        <Confirmation model open=confirming accept=Callback::new(move |()| { try_to(send::send); }) />
    }
}

/// In a few words where Send leads.
fn goes(state: AppState) -> String {
    let connection = state.connection();
    format!("{} {}: {}", text::VIA, connection.name, text::connection_kind(&connection.kind))
}

fn explain(error: &CallError) -> Option<Explanation> {
    match error {
        // Shown beside the fields and in the summary above them.
        CallError::Fields(_) => None,
        CallError::Build(error) => Some(describe::build_error(error)),
        CallError::Sign(error) => Some(describe::sign_error(error)),
    }
}

fn group(model: CallModel, title: &'static str, fields: Vec<Field>) -> Option<AnyView> {
    if fields.is_empty() {
        return None;
    }
    let controls = fields.into_iter().map(|field| view! { <Control model path=FieldPath::of(&field) field /> });
    let controls = controls.collect_view();
    Some(view! { <fieldset class="group"><legend>{title}</legend>{controls}</fieldset> }.into_any())
}
