//! The inputs of a short form. They are controls of fields of the whole form: the request, the code, the link and what is
//! kept are those of the form, whichever of both is filled.

use super::grant::{remember_inputs, remembered};
use crate::call::CallError;
use crate::catalog::{Field, Grant, GrantInput, Kind, Serialization};
use crate::form::{Broken, FieldIssue, ShortForm, Target};
use crate::ui::components::form_field::{FieldFrame, FormField};
use crate::ui::components::text_control::{Appearance, TextControl};
use crate::ui::components::text_field::{id_of, is_enter_in_input};
use crate::ui::features::send;
use crate::ui::platform::dom;
use crate::ui::state::operation_form::{CallState, FieldValue, OperationForm, SEND_ID};
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::words;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use serde_json::{Map, Value};

/// The inputs, and the button that sends the form.
#[component]
pub(super) fn ShortInputs(
    form: OperationForm,
    /// The flow.
    grant: Grant,
) -> impl IntoView {
    let stores = use_stores();
    let title = grant.title.clone();
    let grant = StoredValue::new(grant);
    offer_texts(stores, form, grant);
    remember_who_asked(stores, form, grant);
    let fields = grant.with_value(|grant| {
        grant.inputs.iter().filter_map(|input| control(form, grant, input)).collect::<Vec<_>>().collect_view()
    });
    let submit = move || {
        if form.is_running_untracked() {
            return;
        }
        let checked = send::check(stores, form);
        let missing = require_inputs(form, grant);
        let first = grant.with_value(|grant| first_issue(form, grant));
        match (checked, first) {
            (Ok(()) | Err(CallError::Fields(_)), Some(id)) => dom::focus(&id),
            (Ok(()), None) if !missing && !form.operation().is_mutating() => drop(send::send(stores, form)),
            // The whole form asks, or says what is wrong.
            _ => dom::press(SEND_ID),
        }
    };
    // They stand outside of the whole form.
    let on_enter = move |event: KeyboardEvent| {
        if is_enter_in_input(&event) {
            event.prevent_default();
            submit();
        }
    };
    view! {
        <div class="grant nested" role="group" aria-label=title on:keydown=on_enter>
            {fields}
            <div class="actions">
                <button
                    type="button"
                    class="button primary"
                    aria-disabled=move || form.is_running().to_string()
                    on:click=move |_| submit()
                >
                    {words().get_it}
                </button>
                <span class="progress">{move || form.is_running().then_some(words().asking)}</span>
            </div>
        </div>
    }
}

fn id(input: &GrantInput) -> String {
    id_of("grant", &input.label)
}

fn text(form: OperationForm, grant: &Grant, input: &str) -> String {
    let operation = form.operation();
    form.draft.with(|draft| ShortForm::new(grant, &operation).text(draft, input))
}

/// What an issue of an input is about. `None`: no field is the input's own.
fn target(form: OperationForm, grant: &Grant, input: &GrantInput) -> Option<Target> {
    let operation = form.operation();
    let short = ShortForm::new(grant, &operation);
    form.draft.with_untracked(|draft| short.field(draft, input)).map(|(path, _)| Target::Field(path))
}

fn control(form: OperationForm, grant: &Grant, input: &GrantInput) -> Option<AnyView> {
    let operation = form.operation();
    let short = ShortForm::new(grant, &operation);
    let (path, schema) = form.draft.with_untracked(|draft| short.field(draft, input))?;
    let field = Field {
        name: input.label.clone(),
        location: path.location,
        required: false,
        serialization: Serialization::of(path.location),
        schema: schema.clone(),
    };
    let value = FieldValue::new(form, path.clone(), &field);
    let (target, label) = (Target::Field(path), input.label.clone());
    let error = Signal::derive(move || {
        form.issues.with(|issues| {
            let issue = issues.iter().find(|issue| issue.target == target);
            issue.map(|issue| (words().explain.violation)(&label, &issue.broken)).unwrap_or_default()
        })
    });
    let frame = FieldFrame { required: !input.optional, error, ..FieldFrame::plain(&id(input), &input.label) };
    let appearance = match (input.secret, &schema.kind) {
        (true, _) => Appearance::Secret,
        (false, Kind::Integer | Kind::Number) => Appearance::Number,
        _ => Appearance::Line,
    };
    let help = if input.help.is_empty() { &schema.description } else { &input.help };
    let (help, own, name) = (help.clone(), StoredValue::new(grant.clone()), input.name.clone());
    let shown = {
        let name = name.clone();
        Signal::derive(move || own.with_value(|grant| text(form, grant, &name)))
    };
    let typed = move |typed: String| {
        own.with_value(|grant| fill(form, grant, &[(name.as_str(), typed)]));
        value.check_again();
    };
    Some(
        view! {
            <FormField frame=frame.clone() help=move || view! { <p>{help.clone()}</p> }>
                <TextControl
                    frame=frame
                    appearance=appearance
                    value=shown
                    on_input=typed
                    on_leave=move |()| value.check()
                />
            </FormField>
        }
        .into_any(),
    )
}

fn fill(form: OperationForm, grant: &Grant, texts: &[(&str, String)]) {
    let (operation, region) = (form.operation(), untrack(|| form.region()));
    form.edit(|draft| ShortForm::new(grant, &operation).fill(draft, texts, &region));
}

/// Puts in what was typed the last time, else the default; while nobody has typed something else, also what another region
/// or profile has in its place.
fn offer_texts(stores: Stores, form: OperationForm, grant: StoredValue<Grant>) {
    let operation = form.operation();
    let provider = operation.provider.clone();
    let place = Memo::new(move |_| (form.region(), stores.profiles.chosen_id(&provider).unwrap_or_default()));
    Effect::new(move |before: Option<(String, Vec<(String, String)>)>| {
        let (region, profile) = place.get();
        grant.with_value(|grant| {
            let offer = |input: &GrantInput| {
                let text = remembered(stores, profile, &input.name).unwrap_or_else(|| input.default_in(&region));
                (input.name.clone(), text)
            };
            let offered: Vec<_> = untrack(|| grant.inputs.iter().filter(|input| !input.secret).map(offer).collect());
            let short = ShortForm::new(grant, &operation);
            let own = |name: &str| untrack(|| text(form, grant, name));
            let stands = |(name, _): &&(String, String)| match &before {
                Some((_, before)) => before.iter().any(|(other, text)| other == name && *text == own(name)),
                None => form.draft.with_untracked(|draft| short.is_empty(draft)),
            };
            let new = offered.iter().filter(stands).filter(|(name, text)| *text != own(name));
            let texts: Vec<(&str, String)> = new.map(|(name, text)| (name.as_str(), text.clone())).collect();
            let is_elsewhere = before.as_ref().is_some_and(|(before, _)| *before != region);
            if is_elsewhere || !texts.is_empty() {
                let holds_typed = form.holds_typed();
                fill(form, grant, &texts);
                if !holds_typed {
                    form.note_filled();
                }
            }
            (region.clone(), offered)
        })
    });
}

/// Once the credential has come: asking again takes a password only.
fn remember_who_asked(stores: Stores, form: OperationForm, grant: StoredValue<Grant>) {
    let operation = form.operation();
    Effect::new(move |was_running: Option<bool>| {
        let is_running = form.is_running();
        if was_running == Some(true)
            && let CallState::Done { id, sent, .. } = form.call.get_untracked()
            && let Some(exchange) = untrack(|| stores.calls.exchange(id)).filter(|exchange| exchange.granted.is_some())
        {
            grant.with_value(|grant| {
                let short = ShortForm::new(grant, &operation);
                let public = grant.inputs.iter().filter(|input| !input.secret);
                let inputs: Map<String, Value> =
                    public.map(|input| (input.name.clone(), Value::from(short.text(&sent, &input.name)))).collect();
                remember_inputs(stores, exchange.sender.profile, inputs);
            });
        }
        is_running
    });
}

/// Notes what the short form asks for and the whole form does not. Whether there is any.
fn require_inputs(form: OperationForm, grant: StoredValue<Grant>) -> bool {
    grant.with_value(|grant| {
        let is_empty = |input: &&GrantInput| !input.optional && untrack(|| text(form, grant, &input.name)).is_empty();
        let empty = grant.inputs.iter().filter(is_empty).filter_map(|input| target(form, grant, input));
        let empty: Vec<Target> = empty.collect();
        form.issues.update(|issues| {
            for target in &empty {
                if issues.iter().all(|issue| issue.target != *target) {
                    issues.push(FieldIssue { target: target.clone(), broken: Broken::Required });
                }
            }
        });
        !empty.is_empty()
    })
}

/// The id of the first input with which something is wrong.
fn first_issue(form: OperationForm, grant: &Grant) -> Option<String> {
    let has_issue =
        |target: Target| form.issues.with_untracked(|issues| issues.iter().any(|issue| issue.target == target));
    grant.inputs.iter().find(|input| target(form, grant, input).is_some_and(has_issue)).map(id)
}
