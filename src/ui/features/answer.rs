//! What came back for a form's call: the verdict, what to do, and the raw facts.

mod body;
mod fields;
mod table;

use super::clock::ClockOffer;
use super::diagnosis;
use super::lockout::AllowOneMore;
use super::request::{HeaderLines, Request};
use super::signature::{SignatureComparison, SignatureStages, echoed_text};
use crate::call::{CallFailure, CallId, Exchange};
use crate::outcome::Answer;
use crate::outcome::diagnosis::of_transport_error;
use crate::transport::Reply;
use crate::ui::components::alert::Alert;
use crate::ui::components::copy_button::CopyButton;
use crate::ui::platform::dom;
use crate::ui::route::Route;
use crate::ui::state::operation_form::{CallState, OperationForm};
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{Message, words};
use body::Body;
use fields::AnswerFields;
use leptos::prelude::*;
use std::sync::Arc;
use table::AnswerTableView;

const RESPONSE_ID: &str = "response";

/// The region named `Response`.
#[component]
pub(crate) fn ResponsePanel(form: OperationForm) -> impl IntoView {
    // A call that ends while its page is on the screen is brought into view.
    Effect::new(move |before: Option<bool>| {
        let running = form.is_running();
        if before == Some(true) && !running {
            dom::next_frame(|| dom::reveal(RESPONSE_ID));
        }
        running
    });
    let content = move || match form.call.get() {
        CallState::Idle => view! { <p class="muted">{words().nothing_sent}</p> }.into_any(),
        CallState::Running { .. } => view! { <p class="progress">{words().sending}</p> }.into_any(),
        CallState::Done(id) => view! { <ExchangeView id=id/> }.into_any(),
    };
    view! {
        <section
            id=RESPONSE_ID
            class="panel"
            role="region"
            aria-labelledby="response-title"
            aria-busy=move || form.is_running().to_string()
        >
            <h2 id="response-title">{words().response}</h2>
            {move || content()}
        </section>
    }
}

/// A call that is over.
#[component]
fn ExchangeView(id: CallId) -> impl IntoView {
    let stores = use_stores();
    let exchange = untrack(|| stores.calls.exchange(id))?;
    // The meaning of an error code arrives after the answer.
    let message = {
        let exchange = exchange.clone();
        Memo::new(move |_| explain(stores, &exchange))
    };
    let summary = exchange.operation.summary.clone();
    Effect::new(move |_| {
        stores.shell.announce(format!("{summary}: {}", message.with(|message| message.title.clone())));
    });
    Some(view! {
        <div class="answer">
            {move || view! { <Alert message=message.get()/> }.into_any()}
            {remedy(&exchange)}
            {facts(&exchange)}
        </div>
    })
}

fn explain(stores: Stores, exchange: &Exchange) -> Message {
    match &exchange.result {
        Ok((reply, answer)) => diagnosis::of_answer(stores.site, &exchange.operation, reply, answer),
        Err(CallFailure::Transport(error)) => {
            words().explain.diagnosis(&of_transport_error(error, &exchange.operation, exchange.sender.passage))
        }
        Err(CallFailure::Stopped { failures, lockout, .. }) => (words().explain.stopped)(*failures, *lockout),
    }
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
                .map(|profile| view! { <p>{(words().explain.granted)(profile)}</p> }.into_any());
            let echoed = echoed_text(&trace, reply);
            let (above, below) = match echoed {
                Some(received) => (Some(received), None),
                None => (None, Some(String::new())),
            };
            let comparison = |received: Option<String>| {
                received
                    .map(|received| view! { <SignatureComparison trace=trace.clone() received=received/> }.into_any())
            };
            view! {
                {granted}
                {comparison(above)}
                {answered(exchange, reply, answer)}
                <SignatureStages trace=trace.clone()/>
                {comparison(below)}
                <SentRequest request=request/>
            }
            .into_any()
        }
        Err(CallFailure::Transport(_)) => view! {
            <p><a href=Route::ConnectionCheck.to_hash()>{words().check}</a></p>
            <p class="muted">{summary(exchange, None)}</p>
            <SignatureStages trace=trace/>
            <SentRequest request=request/>
        }
        .into_any(),
        // Nothing was sent; the refusal that led here is the one to look at.
        Err(CallFailure::Stopped { before, .. }) => {
            let refused = before.as_ref().and_then(|before| {
                let (reply, _) = before.result.as_ref().ok()?;
                let trace = before.request.trace.clone();
                echoed_text(&trace, reply)
                    .map(|received| view! { <SignatureComparison trace=trace received=received/> }.into_any())
            });
            refused.into_any()
        }
    }
}

#[component]
fn SentRequest(request: crate::call::ShownRequest) -> impl IntoView {
    view! { <details><summary>{words().sent}</summary><Request request=request/></details> }
}

/// Duration, size and connection in one line.
fn summary(exchange: &Exchange, answered: Option<(&Reply, &Answer)>) -> String {
    let took = format!("{} ms", exchange.took.as_millis());
    let length = |(reply, answer): (&Reply, &Answer)| match &answer.withheld {
        Some(withheld) => withheld.bytes().len(),
        None => reply.body.len(),
    };
    let size = answered.map(|answered| format!(" · {}", (words().size)(length(answered)))).unwrap_or_default();
    format!("{took}{size} · {} {}", words().via, exchange.sender.connection)
}

fn answered(exchange: &Arc<Exchange>, reply: &Reply, answer: &Answer) -> impl IntoView + use<> {
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
    let tables = answer.tables.clone().into_iter().map(|table| view! { <AnswerTableView table=table/> }.into_any());
    view! {
        <p class="status-line">
            <b>{reply.status}</b>
            {format!(" {}", (words().explain.status)(reply.status))}
            <br/>
            <span class="muted">{summary(exchange, Some((reply, answer)))}</span>
        </p>
        {ids.collect_view()}
        <AnswerFields fields=answer.fields.clone()/>
        {tables.collect_view()}
        <h3>{words().body}</h3>
        <Body exchange=exchange.clone()/>
        <details><summary>{words().headers}</summary><HeaderLines headers=reply.headers.clone()/></details>
    }
}
