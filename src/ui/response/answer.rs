//! What came back: the verdict, what to do, and the raw facts.

use super::body::show_body;
use super::request::{header_lines, show_request};
use crate::outcome::describe::{self, Explanation, Lookup};
use crate::outcome::{Answer, AnswerField, Outcome};
use crate::transport::Reply;
use crate::ui::dom::{Child, El, el, live};
use crate::ui::model::{CallModel, CallState, Exchange};
use crate::ui::state::{AppState, CatalogueState};
use crate::ui::text;
use crate::ui::widgets::{code, copy_button, details, explained};
use leptos::prelude::*;
use std::sync::Arc;

/// The region named `Response`.
pub(crate) fn response_panel(state: AppState, model: CallModel) -> El {
    let content = move || match model.call.get() {
        CallState::Idle => el("p").class("muted").child(text::NOTHING_SENT).into(),
        CallState::Running(_) => el("p").class("progress").child(text::SENDING).into(),
        CallState::Done(exchange) => untrack(|| done(state, model, exchange)),
    };
    el("section")
        .attr("id", text::RESPONSE_ID)
        .class("panel")
        .attr("role", "region")
        .attr("aria-labelledby", "response-title")
        .live_bool("aria-busy", move || model.is_running())
        .child(el("h2").attr("id", "response-title").child(text::RESPONSE))
        .live(content)
}

fn done(state: AppState, model: CallModel, exchange: Arc<Exchange>) -> Child {
    let facts = match &exchange.result {
        Ok((reply, answer)) => answered(reply, answer, &exchange),
        Err(_) => el("p").class("muted").child(summary(&exchange, None)).into(),
    };
    let sent = details(text::SENT, show_request(exchange.request.clone()));
    // The meaning of an error code arrives after the answer.
    let told = live(move || {
        let explanation = explain(state, model, &exchange);
        let shown = explained(&explanation);
        state.announcement.set(format!("{}: {}", model.operation().summary, explanation.title));
        shown.into()
    });
    Child::many([told.into(), facts, sent.into()])
}

fn explain(state: AppState, model: CallModel, exchange: &Exchange) -> Explanation {
    let operation = model.operation();
    let (reply, answer) = match &exchange.result {
        Ok(answered) => answered,
        Err(error) => return describe::transport_error(error, &operation),
    };
    let (Outcome::ApiError { code, message, .. }, Some(file)) = (&answer.outcome, &operation.errors) else {
        return describe::answer(answer, &operation, Lookup::Unknown);
    };
    state.catalogues.with(|known| {
        let lookup = match known.find(|other| other == file) {
            Some(CatalogueState::Ready(catalogue)) => {
                catalogue.find(code, reply.status, message).map_or(Lookup::Unknown, Lookup::Found)
            }
            Some(CatalogueState::Failed) => Lookup::Failed,
            _ => Lookup::Loading,
        };
        describe::answer(answer, &operation, lookup)
    })
}

/// Duration, size and connection in one line.
fn summary(exchange: &Exchange, reply: Option<&Reply>) -> String {
    let took = format!("{} ms", text::milliseconds(exchange.took));
    let size = reply.map(|reply| format!(" · {}", text::size(reply.body.len()))).unwrap_or_default();
    format!("{took}{size} · {} {}", text::VIA, exchange.connection)
}

fn answered(reply: &Reply, answer: &Answer, exchange: &Exchange) -> Child {
    let status = el("p")
        .class("status-line")
        .child(el("b").child(reply.status.to_string()))
        .child(format!(" {}", describe::status_meaning(reply.status)))
        .child(el("br"))
        .child(el("span").class("muted").child(summary(exchange, Some(reply))));
    let ids = answer.request_ids.iter().map(|id| {
        el("div")
            .class("request-id")
            .child(el("span").child(format!("{} ({})", text::REQUEST_IDS, id.source)))
            .child(code(id.value.as_str()))
            .child(copy_button(id.value.clone(), &format!("{} {}", text::REQUEST_IDS, id.source)))
    });
    Child::many([
        status.into(),
        Child::many(ids),
        fields(&answer.fields),
        el("h3").child(text::BODY).into(),
        show_body(reply),
        details(text::HEADERS, header_lines(&reply.headers)).into(),
    ])
}

/// The documented fields next to what they mean.
fn fields(fields: &[AnswerField]) -> Child {
    if fields.is_empty() {
        return Child::none();
    }
    let rows = fields.iter().flat_map(|field| {
        let value = el("span")
            .class("value-line")
            .child(code(field.value.as_str()))
            .child(copy_button(field.value.clone(), &field.name));
        let meaning = field.meaning.as_ref().map(|meaning| el("p").child(el("strong").child(meaning.as_str())));
        let told = el("dd").child(value).child(meaning);
        [
            el("dt").child(el("code").child(field.name.as_str())),
            told.child(el("p").class("muted").child(field.description.as_str())),
        ]
    });
    Child::many([el("h3").child(text::WHAT_IT_MEANS), el("dl").class("facts").child(Child::many(rows))])
}
