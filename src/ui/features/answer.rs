//! What came back for a form's call: the verdict, what to do, and the raw facts.

mod body;
mod document;
mod fields;
mod list_pages;
mod next_calls;
mod table;
mod viewer;

use super::clock::ClockOffer;
use super::diagnosis::{self, explain, explain_as};
use super::follow::{FollowView, OtherFollows, with_entry};
use super::history::NotKept;
use super::lockout::AllowOneMore;
use super::request::{HeaderLines, Request};
use super::reuse::ExchangeActions;
use super::signature::{SignatureComparison, echoed_text};
use crate::call::{CallFailure, CallId, Exchange};
use crate::catalog::{ErrorEntry, Retry};
use crate::follow::Doubt;
use crate::follow::preconditions::unmet;
use crate::outcome::diagnosis::Diagnosis;
use crate::outcome::{Answer, AnswerField, Outcome, Severity};
use crate::sign::SigningTrace;
use crate::transport::Reply;
use crate::ui::components::alert::{Alert, Notice};
use crate::ui::components::copy_button::CopyButton;
use crate::ui::components::later::OnUse;
use crate::ui::on_use::on_use;
use crate::ui::platform::{dates, dom};
use crate::ui::route::Route;
use crate::ui::state::operation_form::{CallState, OperationForm};
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{Message, answer_words, follow_words, words};
use body::Body;
use fields::AnswerFields;
use leptos::prelude::*;
use std::sync::Arc;
use table::AnswerTableView;

const RESPONSE_ID: &str = "response";

/// The region named `Response`.
#[component]
pub(crate) fn ResponseView(form: OperationForm) -> impl IntoView {
    let content = move || match form.call.get() {
        CallState::Idle => {
            // After a reload, or on another page, the log has calls and their changes are followed.
            let log = use_stores().calls.log;
            let any = Memo::new(move |_| log.with(|log| !log.is_empty()));
            let text = move || if any.get() { words().no_answer_here } else { words().nothing_sent };
            view! { <p class="muted">{move || text()}</p> }.into_any()
        }
        CallState::Running { id, .. } => {
            let calls = use_stores().calls;
            let words = move || match calls.reading.get() {
                Some((reading, words)) if reading == id => words,
                _ => words().sending,
            };
            view! { <p class="progress">{move || words()}</p> }.into_any()
        }
        CallState::Done { id, .. } => {
            view! { <OnUse load=Box::new(move || Box::pin(exchange_view(form, id)))/> }.into_any()
        }
    };
    view! {
        <section
            id=RESPONSE_ID
            role="region"
            aria-labelledby="response-title"
            aria-busy=move || form.is_running().to_string()
        >
            <h2 id="response-title" class="visually-hidden">{words().response}</h2>
            {move || content()}
        </section>
    }
}

on_use! { answers =>
    fn exchange_view(form: OperationForm, id: CallId) -> AnyView { view! { <ExchangeView form=form id=id/> }.into_any() }
}

/// A call that is over.
#[component]
fn ExchangeView(form: OperationForm, id: CallId) -> impl IntoView {
    let stores = use_stores();
    let exchange = untrack(|| stores.calls.exchange(id))?;
    // The meaning of an error code arrives after the answer.
    let message = {
        let exchange = exchange.clone();
        Memo::new(move |_| with_unmet(stores, form, &exchange, explain(stores, &exchange)))
    };
    let summary = exchange.operation.summary.clone();
    Effect::new(move |_| {
        stores.shell.announce(format!("{summary}: {}", message.with(|message| message.title.clone())));
    });
    let changed = Memo::new(move |_| form.has_changed());
    // What is below the meaning comes with it: nothing that is on the screen moves.
    let looking_up = {
        let exchange = exchange.clone();
        Memo::new(move |_| match &exchange.result {
            Ok((_, answer)) => diagnosis::is_looking_up(stores.site, &exchange.operation, answer),
            Err(_) => false,
        })
    };
    let rest = {
        let exchange = exchange.clone();
        move || {
            (!looking_up.get()).then(|| {
                untrack(|| {
                    let own = Signal::stored(Some(id.to_string()));
                    view! {
                        {remedy(&exchange)}
                        {onward(form, &exchange)}
                        <ExchangeActions form=form exchange=exchange.clone()/>
                        {facts(&exchange)}
                        <OtherFollows except=own/>
                    }
                    .into_any()
                })
            })
        }
    };
    let followed = Memo::new(move |_| stores.follows.has(&id.to_string()));
    let follow = move || {
        (followed.get() && !looking_up.get()).then(|| untrack(|| view! { <FollowView id=id.to_string()/> }.into_any()))
    };
    let doubt = Memo::new(move |_| stores.follows.get(&id.to_string()).and_then(|follow| follow.doubt()));
    let overtaken = Memo::new(move |_| {
        stores.follows.get(&id.to_string()).is_some_and(|follow| stores.follows.overtaken(&follow).is_some())
    });
    let end = Memo::new(move |_| stores.calls.end_of(&id.to_string()));
    let shown = {
        let exchange = exchange.clone();
        move || match message.get() {
            message if overtaken.get() && message.severity == Severity::Success => calm(&message),
            message => shown(stores, &exchange, message, followed.get(), doubt.get(), end.get()),
        }
    };
    let advice = move || (doubt.get() == Some(Doubt::Open)).then(|| message.with(advice));
    let remark = move || {
        let text = words().changed_since;
        changed.get().then(|| view! { <Notice severity=Severity::Warning text=text/> }.into_any())
    };
    Some(view! {
        <div class="answer" data-old=move || changed.get().to_string()>
            {what(&exchange)}
            {move || remark()}
            {move || shown()}
            {move || follow()}
            {move || advice()}
            {move || rest()}
            <NotKept id=id.to_string()/>
        </div>
    })
}

/// Where a call was refused before which a precondition was read that did not hold, that comes first, and in the place of the
/// advice to wait. What the code says of the credential, or of too many calls, has nothing to do with it.
fn with_unmet(stores: Stores, form: OperationForm, exchange: &Exchange, mut message: Message) -> Message {
    let outcome = exchange.result.as_ref().ok().map(|(_, answer)| &answer.outcome);
    let is_refused = matches!(outcome, Some(Outcome::ApiError { .. } | Outcome::Declined { .. }));
    let is_of_thing =
        |entry: Option<&ErrorEntry>| entry.is_none_or(|entry| entry.fault.is_none() && entry.retry != Retry::Backoff);
    if is_refused && with_entry(stores, exchange, is_of_thing) {
        let operation = form.operation();
        let unmet = form.findings.with_value(|findings| {
            let unmet = unmet(&operation.preconditions, findings).into_iter();
            unmet.map(|(text, read)| (follow_words().unmet)(text, read)).collect::<Vec<_>>()
        });
        // What does not hold may never hold by waiting.
        if !unmet.is_empty() && with_entry(stores, exchange, |entry| entry.is_some_and(|e| e.retry == Retry::Later)) {
            message.remedies.clear();
        }
        message.remedies.splice(0..0, unmet);
    }
    message
}

/// What the answer says, without what the follow-through below it says better. `end`: what the log says became of the change.
fn shown(
    stores: Stores,
    exchange: &Exchange,
    message: Message,
    followed: bool,
    doubt: Option<Doubt>,
    end: Option<(String, String)>,
) -> AnyView {
    let message = match (message.severity == Severity::Success, doubt) {
        // What became of it is told below, or in its place.
        (true, _) if end.as_ref().is_some_and(|(tone, _)| tone != "good") => {
            return match end {
                Some((tone, end)) if !followed => {
                    let severity = if tone == "bad" { Severity::Error } else { Severity::Warning };
                    view! { <Alert message=Message::new(severity, end)/> }.into_any()
                }
                _ => calm(&message),
            };
        }
        (true, _) if followed || end.is_some() => explain_as(stores, exchange, Diagnosis::followed),
        // What is found out comes first.
        (false, Some(Doubt::Open)) => Message { causes: Vec::new(), remedies: Vec::new(), ..message },
        (false, Some(Doubt::NotCarriedOut)) => explain_as(stores, exchange, Diagnosis::not_carried_out),
        // It is known what happened: that the answer was lost alarms nobody any more.
        (false, Some(Doubt::CarriedOut)) => {
            return calm(&message);
        }
        // Nobody shows it any more.
        (false, None) if !followed => match end {
            Some((tone, end)) if tone == "good" => Message::new(Severity::Success, end),
            Some((tone, end)) if tone == "bad" => Message::new(Severity::Error, end),
            _ => message,
        },
        _ => message,
    };
    view! { <Alert message=message/> }.into_any()
}

/// What a person can do while the console itself finds out what became of the call.
fn advice(message: &Message) -> AnyView {
    let items =
        |items: &[String]| items.iter().map(|item| view! { <li>{item.clone()}</li> }.into_any()).collect::<Vec<_>>();
    view! {
        <details class="advice">
            <summary>{words().do_next}</summary>
            <ul>{items(&message.causes)}</ul>
            <ol>{items(&message.remedies)}</ol>
        </details>
    }
    .into_any()
}

/// An answer that says less than what is known since.
fn calm(message: &Message) -> AnyView {
    view! { <p class="muted">{format!("{}: {}", words().response, message.title)}</p> }.into_any()
}

/// What the answer is about: the thing, the act, when and how long.
fn what(exchange: &Exchange) -> impl IntoView + use<> {
    // What has no address has not left the page.
    let simulated = exchange
        .request
        .address
        .is_none()
        .then(|| view! { <b class="simulated">{words().simulated}</b>" " }.into_any());
    let act = (!exchange.act.is_empty()).then(|| view! { <b>{exchange.act.clone()}</b>" " }.into_any());
    let subject = (!exchange.subject.is_empty())
        .then(|| view! { <code class="breakable">{exchange.subject.clone()}</code>" · " }.into_any());
    view! { <p class="what">{simulated}{act}{subject}<span class="muted">{summary(exchange)}</span></p> }
}

/// The ways on: the same for the next thing, and the calls that follow from this answer.
fn onward(form: OperationForm, exchange: &Exchange) -> Option<AnyView> {
    let again = again(form, exchange);
    let next = exchange.result.as_ref().ok().map(|(reply, answer)| next_calls::of_whole(exchange, reply, answer));
    let next = next.unwrap_or_default();
    if again.is_none() && next.is_empty() {
        return None;
    }
    Some(view! { <div class="actions">{again}{next}</div> }.into_any())
}

/// Only the thing itself is to be entered.
fn again(form: OperationForm, exchange: &Exchange) -> Option<AnyView> {
    let impact = exchange.operation.impact.clone()?;
    let field = impact.subject.filter(|_| exchange.operation.is_mutating())?;
    let noun = if impact.noun.is_empty() { words().one.to_owned() } else { impact.noun };
    let clear = move |_| {
        if let Some(control) = form.clear(&field) {
            dom::focus(&control);
        }
    };
    let label = format!("{} {noun}", words().same_again);
    Some(view! { <button type="button" class="button" on:click=clear>{label}</button> }.into_any())
}

/// What can be done about it here and now.
fn remedy(exchange: &Exchange) -> AnyView {
    let sender = &exchange.sender;
    match &exchange.result {
        Err(CallFailure::Stopped { .. }) => view! { <AllowOneMore key_hash=sender.key.clone()/> }.into_any(),
        Ok((_, answer)) => {
            let provider = exchange.operation.provider.clone();
            view! { <ClockOffer skew=answer.clock_skew connection=sender.connection.clone() provider=provider/> }
                .into_any()
        }
        Err(CallFailure::Transport(_)) => ().into_any(),
    }
}

/// Everything that is known besides.
fn facts(exchange: &Arc<Exchange>) -> AnyView {
    let trace = exchange.request.trace.clone();
    let request = exchange.request.clone();
    match &exchange.result {
        Ok((reply, answer)) => {
            let granted = exchange
                .granted
                .as_ref()
                .map(|profile| view! { <p>{(answer_words().granted)(profile)}</p> }.into_any());
            view! {
                {granted}
                {comparison_with(trace, reply, answer)}
                {answered(exchange, reply, answer)}
                <SentRequest request=request/>
            }
            .into_any()
        }
        Err(CallFailure::Transport(_)) => view! {
            <p><a href=Route::ConnectionCheck.to_hash()>{words().check}</a></p>
            <SentRequest request=request/>
        }
        .into_any(),
        // Nothing was sent; the refusal that led here is the one to look at.
        Err(CallFailure::Stopped { before, .. }) => {
            let refused = before.as_ref().and_then(|before| {
                let (reply, answer) = before.result.as_ref().ok()?;
                comparison_with(before.request.trace.clone(), reply, answer)
            });
            refused.into_any()
        }
    }
}

/// The signature beside what a refusal says the server signed, if it says so.
fn comparison_with(trace: SigningTrace, reply: &Reply, answer: &Answer) -> Option<AnyView> {
    echoed_text(&trace, reply, answer)
        .map(|received| view! { <SignatureComparison trace=trace received=received/> }.into_any())
}

#[component]
fn SentRequest(request: crate::call::ShownRequest) -> impl IntoView {
    view! { <details><summary>{words().sent}</summary><Request request=request/></details> }
}

/// When it was sent, how long it took, how much came, which way.
fn summary(exchange: &Exchange) -> String {
    let at = dates::time_of_day(exchange.started.unix_timestamp());
    let took = format!("{} ms", exchange.took.as_millis());
    let size = exchange.result.as_ref().ok().map(|(reply, answer)| (words().size)(answer.body_size(reply)));
    let via = format!("{} {}", words().via, exchange.sender.connection);
    [Some(at), Some(took), size, Some(via)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn answered(exchange: &Arc<Exchange>, reply: &Reply, answer: &Answer) -> impl IntoView + use<> {
    let lost = RwSignal::new(false);
    let ids = answer.request_ids.clone().into_iter().map(|id| {
        let name = format!("{} {}", words().request_ids, id.source);
        view! {
            <div class="request-id">
                <span>{format!("{} ({})", words().request_ids, id.source)}</span>
                <code class="breakable">{id.value.clone()}</code>
                <CopyButton text=id.value what=name/>
            </div>
        }
    });
    // The title of an error has its code and message already.
    let is_said = |field: &AnswerField| match &answer.outcome {
        Outcome::ApiError { code, message, .. } => field.value == *code || field.value == *message,
        _ => false,
    };
    let fields = answer.fields.iter().filter(|field| !is_said(field)).cloned().collect();
    let tables = answer
        .tables
        .clone()
        .into_iter()
        .map(|table| view! { <AnswerTableView table=table exchange=exchange.clone() lost=lost/> }.into_any());
    view! {
        <p class="status-line">
            <b>{reply.status}</b>
            {format!(" {}", (answer_words().status)(reply.status))}
        </p>
        {tables.collect_view()}
        {ids.collect_view()}
        <AnswerFields fields=fields/>
        <h3>{words().body}</h3>
        <Body exchange=exchange.clone() lost=lost/>
        <details><summary>{words().headers}</summary><HeaderLines headers=reply.headers.clone()/></details>
    }
}
