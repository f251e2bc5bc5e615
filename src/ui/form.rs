//! The form of an operation: one file a kind of control, and what holds them together.

mod array;
mod choice;
mod confirm;
mod control;
mod credential;
mod field;
mod issues;
mod server;
mod text_input;

use super::browser;
use super::dom::{Child, El, el};
use super::host;
use super::model::CallModel;
use super::send;
use super::state::AppState;
use super::words::words;
use super::widgets::{button, explained};
use crate::call::CallError;
use crate::catalog::{Field, Kind, Location, Serialization};
use crate::form::FieldPath;
use crate::outcome::describe::{self, Explanation};
use crate::proxy::ConnectionKind;
use leptos::prelude::*;

const ISSUES_ID: &str = "issues";
const SEND_ID: &str = "send";
const REFUSED_ID: &str = "refused";

/// The form, from the region to Send, and the question before it is sent.
pub(super) fn operation_form(state: AppState, model: CallModel) -> Child {
    let operation = model.operation();
    let confirming = RwSignal::new(false);
    let refused = RwSignal::new(None::<Explanation>);
    let mutating = operation.is_mutating();
    let attempt = move |step: fn(AppState, CallModel) -> Result<(), CallError>| {
        let error = step(state, model).err();
        let refusal = error.as_ref().map(|error| {
            browser::next_frame(|| browser::focus(ISSUES_ID));
            let told = explain(error)?;
            state.announcement.set(told.title.clone());
            browser::next_frame(|| browser::reveal(REFUSED_ID));
            Some(told)
        });
        refused.set(refusal.flatten());
        error.is_none()
    };
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        if model.is_running_untracked() || !attempt(send::check) {
            return;
        }
        if mutating {
            confirming.set(true);
        } else {
            attempt(send::send);
        }
    };
    let groups = [
        (Location::Path, words().path),
        (Location::Query, words().query),
        (Location::Header, words().headers),
        (Location::Body, words().body),
    ];
    let fields = operation.fields();
    let groups = groups.map(|(location, title)| {
        let fields: Vec<&Field> = fields.iter().copied().filter(|field| field.location == location).collect();
        group(model, title, &fields)
    });
    // In the sandbox they say at once what can be tried.
    let in_sandbox = Memo::new(move |_| state.connection().kind == ConnectionKind::Sandbox);
    Effect::new(move |_| {
        if in_sandbox.get() {
            host::wake(state);
        }
    });
    let guide = el("div").attr("data-panel", "sandbox").attr("data-api", &operation.api).attr("data-id", &operation.id);
    let form = el("form")
        .class("form")
        .attr("aria-label", words().form)
        .flag("novalidate")
        .on("submit", submit)
        // Whoever begins to work will send: what that needs is fetched meanwhile.
        .on("focusin", move |_| host::wake(state))
        .child(guide)
        .child(issues::issue_summary(model, ISSUES_ID))
        .child(server::server_field(model))
        .child(credential::credential_fields(state, model))
        .children(groups)
        .child(raw_body(model))
        .child(
            el("div")
                .attr("id", REFUSED_ID)
                .live(move || refused.with(|refused| refused.as_ref().map(explained)).into()),
        )
        .child(actions(state, model));
    Child::many([
        form,
        confirm::confirmation(state, model, confirming, move || {
            attempt(send::send);
        }),
    ])
}

fn actions(state: AppState, model: CallModel) -> El {
    // Not `disabled`: that would take the focus away from whoever has just pressed it.
    let send = el("button").attr("id", SEND_ID).attr("type", "submit").class("button primary");
    let running = Memo::new(move |_| model.is_running());
    let beside = move || {
        if running.get() {
            let cancel = move |_| {
                send::cancel(state, model);
                browser::focus(SEND_ID);
            };
            let cancel = button("button").on("click", cancel).child(words().cancel);
            Child::many([cancel, el("span").class("progress").child(words().sending)])
        } else {
            el("span").class("muted").live_text(move || goes(state, model)).into()
        }
    };
    el("div")
        .class("actions")
        .child(send.live_bool("aria-disabled", move || running.get()).child(words().send))
        .live(beside)
}

/// In a few words where Send leads.
fn goes(state: AppState, model: CallModel) -> String {
    let (connection, operation) = (state.connection(), model.operation());
    if operation.is_withheld() {
        return words().read_only.to_owned();
    }
    let region = model.draft.with(|draft| draft.region_of(&operation));
    let kind = (words().connection_kind)(&connection.kind, &operation.provider, &region);
    format!("{} {}: {kind}", words().via, connection.name)
}

fn explain(error: &CallError) -> Option<Explanation> {
    match error {
        // Shown beside the fields and in the summary above them.
        CallError::Fields(_) => None,
        CallError::ReadOnly | CallError::NoCredential => Some(describe::not_offered(error)),
        CallError::Build(error) => Some(describe::build_error(error)),
        CallError::Sign(error) => Some(describe::sign_error(error)),
    }
}

fn group(model: CallModel, title: &'static str, fields: &[&Field]) -> Child {
    let controls = fields.iter().map(|field| control::control(model, FieldPath::of(field), field));
    let shown = (!fields.is_empty()).then(|| fieldset(title).child(Child::many(controls)));
    shown.into()
}

/// A part of the form with its title.
fn fieldset(title: &'static str) -> El {
    el("fieldset").class("group").child(el("legend").child(title))
}

/// The control of a body that is not an object with properties.
fn raw_body(model: CallModel) -> Option<El> {
    let body = model.operation().body.clone().filter(|body| !matches!(body.schema.kind, Kind::Object(_)))?;
    let field =
        Field { name: String::from("body"), location: Location::Body, required: body.required, serialization: Serialization::of(Location::Body), schema: body.schema };
    Some(fieldset(words().body).child(control::control(model, FieldPath::body(), &field)))
}
