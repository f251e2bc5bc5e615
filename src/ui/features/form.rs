//! The form of an operation: one file a kind of control, and what holds them together.

mod array;
mod choice;
mod confirmation;
mod control;
mod credential_fields;
mod field_frame;
mod file;
mod issues;
mod left_empty;
mod members;
mod object;
mod one_of;
mod remove_button;
mod server;
mod text_input;

use super::sandbox_guide::SandboxGuide;
use super::send;
use crate::call::CallError;
use crate::catalog::{Additional, BodyFormat, Field, Kind, Location, Serialization, Style};
use crate::form::FieldPath;
use crate::ui::components::alert::Alert;
use crate::ui::platform::dom;
use crate::ui::state::operation_form::OperationForm as Form;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{Message, words};
use confirmation::Confirmation;
use control::control;
use credential_fields::CredentialFields;
use issues::IssueSummary;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use object::object_content;
pub(crate) use server::ServerField;

const ISSUES_ID: &str = "issues";
const SEND_ID: &str = "send";
const REFUSAL_ID: &str = "refusal";

/// The form, from the region to Send, and the question before the call is sent.
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
    let mutating = operation.is_mutating();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if form.is_running_untracked() || !attempt(send::check) {
            return;
        }
        if mutating {
            confirming.set(true);
        } else {
            attempt(send::send);
        }
    };
    let groups =
        [(Location::Path, words().path), (Location::Query, words().query), (Location::Header, words().headers)];
    let groups = groups.map(|(location, title)| {
        let fields: Vec<Field> =
            operation.fields().into_iter().filter(|field| field.location == location).cloned().collect();
        (!fields.is_empty()).then(|| group(form, title, &fields))
    });
    view! {
        <form class="form" aria-label=words().form novalidate=true on:submit=submit>
            <SandboxGuide form=form/>
            <IssueSummary form=form id=ISSUES_ID/>
            <ServerField form=form/>
            <CredentialFields form=form/>
            {groups.into_iter().collect_view()}
            {body(form)}
            <div id=REFUSAL_ID>
                {move || refusal.get().map(|message| view! { <Alert message=message/> }.into_any())}
            </div>
            <Actions form=form/>
        </form>
        <Confirmation form=form open=confirming on_confirm=move |()| { attempt(send::send); }/>
    }
}

/// Send and Cancel, and where Send leads.
#[component]
fn Actions(form: Form) -> impl IntoView {
    let stores = use_stores();
    let running = Memo::new(move |_| form.is_running());
    let cancel = move |_| {
        send::cancel(stores, form);
        dom::focus(SEND_ID);
    };
    // Not `disabled`: that would take the focus away from the user who has just pressed the button.
    view! {
        <div class="actions">
            <button
                id=SEND_ID
                type="submit"
                class="button primary"
                data-action="send"
                aria-disabled=move || running.get().to_string()
            >
                {words().send}
            </button>
            <Show
                when=move || running.get()
                fallback=move || view! { <span class="muted">{move || destination(stores, form)}</span> }
            >
                <button type="button" class="button" on:click=cancel>{words().cancel}</button>
                <span class="progress">{words().sending}</span>
            </Show>
        </div>
    }
}

/// In a few words where Send leads.
fn destination(stores: Stores, form: Form) -> String {
    let (connection, operation) = (stores.settings.connection(), form.operation());
    if operation.is_withheld() {
        return words().read_only.to_owned();
    }
    let way = (words().connection_kind)(&connection.kind, &operation.provider, &form.region());
    format!("{} {}: {way}", words().via, connection.name)
}

/// Mistakes in fields are shown beside the fields and in the summary above them.
fn explain(error: &CallError) -> Option<Message> {
    (!matches!(error, CallError::Fields(_))).then(|| (words().explain.call_error)(error))
}

fn group(form: Form, title: &'static str, fields: &[Field]) -> impl IntoView + use<> {
    let controls = fields.iter().map(|field| control(form, FieldPath::of(field), field)).collect_view();
    view! { <Section title=title>{controls}</Section> }
}

/// A part of the form with its title.
#[component]
fn Section(title: &'static str, children: Children) -> impl IntoView {
    view! { <fieldset class="group"><legend>{title}</legend>{children()}</fieldset> }
}

/// The body: its properties, or the one control of what is no object.
fn body(form: Form) -> Option<impl IntoView + use<>> {
    let body = form.operation().body.clone()?;
    let mut serialization = Serialization::of(Location::Body);
    if body.format != BodyFormat::Json {
        // Only JSON can say `null`.
        serialization.style = Style::Form;
    }
    let name = String::from("body");
    let field = Field { name, location: Location::Body, required: body.required, serialization, schema: body.schema };
    let path = FieldPath::body();
    let controls = match &field.schema.kind {
        Kind::Object(fields) => {
            let can_grow = matches!(field.schema.additional, Additional::Of(_));
            if fields.is_empty() && field.required && !can_grow {
                return None;
            }
            object_content(form, path, &field, &field.name)
        }
        _ => control(form, path, &field),
    };
    Some(view! { <Section title=words().body>{controls}</Section> })
}
