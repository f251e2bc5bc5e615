//! What came back: the verdict, what to do, and the raw facts.

use super::body::Body;
use super::request::Request;
use crate::outcome::describe::{self, Explanation, Lookup};
use crate::outcome::{Answer, AnswerField, Outcome};
use crate::transport::Reply;
use crate::ui::model::{CallModel, CallState, Exchange};
use crate::ui::state::{AppState, CatalogueState};
use crate::ui::text;
use crate::ui::widgets::{CopyButton, Explained};
use leptos::prelude::*;
use std::sync::Arc;

/// The region named `Response`.
#[component]
pub(crate) fn ResponsePanel(
    /// The operation and its state.
    model: CallModel,
) -> impl IntoView {
    let state = AppState::expect();
    let content = move || match model.call.get() {
        CallState::Idle => view! { <p class="muted">{text::NOTHING_SENT}</p> }.into_any(),
        CallState::Running(_) => view! { <p class="progress">{text::SENDING}</p> }.into_any(),
        CallState::Done(exchange) => view! { <Done model exchange /> }.into_any(),
    };
    let _ = state;
    view! {
        <section id=text::RESPONSE_ID class="panel" role="region" aria-labelledby="response-title" aria-busy=move || model.is_running().to_string()>
            <h2 id="response-title">{text::RESPONSE}</h2>
            {content}
        </section>
    }
}

#[component]
fn Done(
    /// The operation and its state.
    model: CallModel,
    /// The call.
    exchange: Arc<Exchange>,
) -> impl IntoView {
    let state = AppState::expect();
    let told = {
        let exchange = exchange.clone();
        Memo::new(move |_| explain(state, model, &exchange))
    };
    Effect::new(move |_| state.announcement.set(told.get().title));
    let facts = match &exchange.result {
        Ok((reply, answer)) => answered(reply, answer, &exchange),
        Err(_) => view! { <p class="muted">{summary(&exchange, None)}</p> }.into_any(),
    };
    let request = exchange.request.clone();
    view! {
        {move || view! { <Explained explanation=told.get() /> }}
        {facts}
        <details>
            <summary>{text::SENT}</summary>
            <Request request />
        </details>
    }
}

fn explain(state: AppState, model: CallModel, exchange: &Exchange) -> Explanation {
    let operation = model.operation();
    let (reply, answer) = match &exchange.result {
        Ok(answered) => answered,
        Err(error) => return describe::transport_error(error, &operation),
    };
    let Outcome::ApiError { code, message, .. } = &answer.outcome else {
        return describe::answer(answer, &operation, Lookup::Unknown);
    };
    let file = operation.errors.clone().unwrap_or_default();
    match state.catalogues.with(|known| known.get(&file).cloned()) {
        Some(CatalogueState::Ready(catalogue)) => {
            let entry = catalogue.find(code, reply.status, message);
            describe::answer(answer, &operation, entry.map_or(Lookup::Unknown, Lookup::Found))
        }
        Some(CatalogueState::Failed) => describe::answer(answer, &operation, Lookup::Failed),
        _ if operation.errors.is_some() => describe::answer(answer, &operation, Lookup::Loading),
        _ => describe::answer(answer, &operation, Lookup::Unknown),
    }
}

/// Status, duration, size and connection in one line.
fn summary(exchange: &Exchange, reply: Option<&Reply>) -> String {
    let took = format!("{} ms", exchange.took.as_millis());
    let via = format!("{} {}", text::VIA, exchange.connection);
    match reply {
        Some(reply) => format!("{took} · {} · {via}", size(reply.body.len())),
        None => format!("{took} · {via}"),
    }
}

fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1_000.0),
        _ => format!("{:.1} MB", bytes as f64 / 1_000_000.0),
    }
}

fn answered(reply: &Reply, answer: &Answer, exchange: &Exchange) -> AnyView {
    let status = reply.status;
    let ids = answer.request_ids.clone().into_iter().map(|id| {
        let what = format!("{} {}", text::REQUEST_IDS, id.source);
        view! {
            <div class="request-id">
                <span>{text::REQUEST_IDS} " (" {id.source} ")"</span> <code class="breakable">{id.value.clone()}</code>
                <CopyButton value=Signal::stored(id.value) what />
            </div>
        }
    });
    let headers = reply.headers.clone().into_iter().map(|(name, value)| {
        view! { <div class="header-line"><span class="header-name">{name}": "</span><span>{value}</span></div> }
    });
    let (ids, headers) = (ids.collect_view(), headers.collect_view());
    view! {
        <p class="status-line">
            <b>{status}</b> " " {describe::status_meaning(status)}
            <br /> <span class="muted">{summary(exchange, Some(reply))}</span>
        </p>
        {ids}
        {fields(&answer.fields)}
        <h3>{text::BODY}</h3>
        <Body reply=reply.clone() />
        <details>
            <summary>{text::HEADERS}</summary>
            <div class="code headers" tabindex="0" role="group" aria-label=text::HEADERS>{headers}</div>
        </details>
    }
    .into_any()
}

/// The documented fields next to what they mean.
fn fields(fields: &[AnswerField]) -> Option<AnyView> {
    if fields.is_empty() {
        return None;
    }
    let rows = fields.iter().cloned().map(|field| {
        let AnswerField { name, value, description, meaning } = field;
        let copied = value.clone();
        view! {
            <dt><code>{name.clone()}</code></dt>
            <dd>
                <span class="value-line"><code class="breakable">{value}</code> <CopyButton value=Signal::stored(copied) what=name /></span>
                {meaning.map(|meaning| view! { <p><strong>{meaning}</strong></p> })}
                <p class="muted">{description}</p>
            </dd>
        }
    });
    let rows = rows.collect_view();
    Some(view! { <h3>{text::WHAT_IT_MEANS}</h3> <dl class="facts">{rows}</dl> }.into_any())
}
