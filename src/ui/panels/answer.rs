//! What came back: the verdict, what to do, and the raw facts.

use super::body::show_body;
use super::exchange::{Exchange, Trouble};
use super::{Key, Panels, clock, trace};
use crate::catalog::Operation;
use crate::outcome::diagnosis::of_transport_error;
use crate::outcome::{Answer, AnswerField};
use crate::transport::Reply;
use crate::ui::dom::{Child, el, live};
use crate::ui::response::{header_lines, show_request};
use crate::ui::route::Route;
use crate::ui::words::words;
use crate::ui::widgets::{code, copy_button, details, explained, milliseconds};
use leptos::prelude::*;
use std::sync::Arc;

/// What came back for an operation's last call.
pub(super) fn answer(panels: Panels, key: Key) -> AnyView {
    live(move || {
        let exchange = panels.exchanges.with(|exchanges| exchanges.find(|other| *other == key).cloned());
        let shown = exchange.zip(panels.operation(&key));
        untrack(|| shown.map(|(exchange, operation)| done(panels, operation, exchange))).into()
    })
}

fn done(panels: Panels, operation: Operation, exchange: Arc<Exchange>) -> Child {
    let remedy = remedy(panels, &exchange);
    let facts = facts(&exchange);
    // The meaning of an error code arrives after the answer.
    let told = live(move || {
        let message = match &exchange.result {
            Ok((reply, answer)) => panels.explain(&operation, reply, answer),
            Err(Trouble::Transport(error)) => words().explain.diagnosis(&of_transport_error(error, &operation)),
            Err(Trouble::Stopped(failures, lockout, _)) => (words().explain.stopped)(*failures, *lockout),
        };
        let shown = explained(&message);
        panels.announce(&format!("{}: {}", operation.summary, message.title));
        shown.into()
    });
    Child::many([told.into(), remedy, facts])
}

/// Everything that is known besides.
fn facts(exchange: &Exchange) -> Child {
    let trace = &exchange.sent.request.trace;
    let sent = details(words().sent, show_request(exchange.sent.request.clone()));
    let signature = trace::signature(trace);
    match &exchange.result {
        Ok((reply, answer)) => {
            let granted = exchange.granted.as_ref().map(|profile| el("p").child((words().explain.granted)(profile)));
            let (refused, compare) = (trace::refused(trace, reply), trace::compare_with(trace));
            let compare = if refused.is_some() { None } else { compare };
            let answered = answered(reply, answer, exchange);
            Child::many([granted.into(), refused.into(), answered, signature, compare.into(), sent.into()])
        }
        Err(Trouble::Transport(_)) => {
            let summary = el("p").class("muted").child(summary(exchange, None));
            let check = el("p").child(el("a").attr("href", Route::Check.to_hash()).child(words().check));
            Child::many([check.into(), summary.into(), signature, sent.into()])
        }
        // Nothing was sent; the refusal that led here is the one to look at.
        Err(Trouble::Stopped(_, _, before)) => {
            let refused = before.as_ref().and_then(|before| {
                let (reply, _) = before.result.as_ref().ok()?;
                trace::refused(&before.sent.request.trace, reply)
            });
            refused.into()
        }
    }
}

/// What can be done about it here and now.
fn remedy(panels: Panels, exchange: &Exchange) -> Child {
    match &exchange.result {
        Err(Trouble::Stopped(..)) => panels.offer_one_more(exchange.sent.key.clone()),
        Ok((_, answer)) => clock::offer(panels, answer.clock_skew),
        Err(Trouble::Transport(_)) => Child::none(),
    }
}

/// Duration, size and connection in one line.
fn summary(exchange: &Exchange, reply: Option<&Reply>) -> String {
    let took = format!("{} ms", milliseconds(exchange.took));
    let size = reply.map(|reply| format!(" · {}", (words().size)(reply.body.len()))).unwrap_or_default();
    format!("{took}{size} · {} {}", words().via, exchange.sent.connection)
}

fn answered(reply: &Reply, answer: &Answer, exchange: &Exchange) -> Child {
    let status = el("p")
        .class("status-line")
        .child(el("b").child(reply.status.to_string()))
        .child(format!(" {}", (words().explain.status)(reply.status)))
        .child(el("br"))
        .child(el("span").class("muted").child(summary(exchange, Some(reply))));
    let ids = answer.request_ids.iter().map(|id| {
        el("div")
            .class("request-id")
            .child(el("span").child(format!("{} ({})", words().request_ids, id.source)))
            .child(code(id.value.as_str()))
            .child(copy_button(id.value.clone(), &format!("{} {}", words().request_ids, id.source)))
    });
    Child::many([
        status.into(),
        Child::many(ids),
        fields(&answer.fields),
        el("h3").child(words().body).into(),
        show_body(reply),
        details(words().headers, header_lines(&reply.headers)).into(),
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
        let description =
            (!field.description.is_empty()).then(|| el("p").class("muted").child(field.description.as_str()));
        [el("dt").child(el("code").child(field.name.as_str())), el("dd").child(value).child(meaning).child(description)]
    });
    Child::many([el("h3").child(words().what_it_means), el("dl").class("facts").child(Child::many(rows))])
}
