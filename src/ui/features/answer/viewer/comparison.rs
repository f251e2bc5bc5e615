//! Two answers to the same operation, line by line.

use super::super::document::{document, long_body};
use crate::call::Exchange;
use crate::ui::platform::dates;
use crate::ui::platform::worker_client::bodies;
use crate::ui::state::use_stores;
use crate::ui::words::viewer_words;
use crate::viewer::{Compared as Comparison, ComparedLine, Extract};
use js_sys::Uint8Array;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// Offers the earlier answers to compare with; nothing where there is none.
#[component]
pub(super) fn EarlierAnswers(
    /// The call whose answer is shown.
    exchange: Arc<Exchange>,
) -> impl IntoView {
    let earlier = untrack(|| use_stores().calls.answered_before(&exchange));
    let latest = earlier.last()?.id;
    let opened = RwSignal::new(false);
    let chosen = RwSignal::new(latest.to_string());
    let open = move |_| opened.update(|opened| *opened = true);
    let entries = earlier.iter().rev().map(|earlier| {
        let at = dates::time_of_day(earlier.started.unix_timestamp());
        let status = earlier.result.as_ref().map_or(0, |(reply, _)| reply.status);
        let words = [at, earlier.act.clone(), earlier.subject.clone(), status.to_string()];
        let words: Vec<String> = words.into_iter().filter(|words| !words.is_empty()).collect();
        (earlier.id.to_string(), words.join(" · "))
    });
    let entries: Vec<(String, String)> = entries.collect();
    let compared = move || {
        let id = chosen.get();
        let found = earlier.iter().find(|earlier| earlier.id.to_string() == id);
        found.map(|earlier| view! { <Compared earlier=earlier.clone() exchange=exchange.clone()/> }.into_any())
    };
    let content = move || {
        opened.get().then(|| {
            let entries = entries.clone().into_iter().map(|(id, words)| view! { <option value=id>{words}</option> });
            let compared = compared.clone();
            view! {
                <select
                    aria-label=viewer_words().compare_with
                    on:change=move |event| chosen.set(event_target_value(&event))
                >
                    {entries.collect_view()}
                </select>
                {move || compared()}
            }
            .into_any()
        })
    };
    Some(view! {
        <details class="comparison" on:toggle=open>
            <summary>{viewer_words().compare}</summary>
            <div class="nested">{move || content()}</div>
        </details>
    })
}

/// The changes from one answer to another. Where one of them is long, a worker compares.
#[component]
fn Compared(earlier: Arc<Exchange>, exchange: Arc<Exchange>) -> impl IntoView {
    let compared = RwSignal::new(None);
    if long_body(&earlier).is_some() || long_body(&exchange).is_some() {
        spawn_local(async move {
            let result = compared_by_worker(&earlier, &exchange).await;
            compared.try_set(Some(result));
        });
    } else {
        compared.set(Some(Some(Comparison::of(&document(&earlier), &document(&exchange)))));
    }
    move || match compared.get() {
        None => view! { <p class="progress">{viewer_words().comparing}</p> }.into_any(),
        Some(None) => view! { <p class="muted">{viewer_words().not_compared}</p> }.into_any(),
        Some(Some(comparison)) => view! { <Changes comparison=comparison/> }.into_any(),
    }
}

/// `None`: a body is not there any more.
async fn compared_by_worker(earlier: &Arc<Exchange>, exchange: &Arc<Exchange>) -> Option<Comparison> {
    let content_type = |exchange: &Exchange| {
        let reply = exchange.result.as_ref().ok().map(|(reply, _)| reply);
        reply.and_then(|reply| reply.header("content-type")).unwrap_or_default().to_owned()
    };
    let (host, other, is_older) = match long_body(exchange) {
        Some(long) => (long.document, earlier, true),
        None => (long_body(earlier)?.document, exchange, false),
    };
    let bytes = match long_body(other) {
        Some(long) => bodies::extract(long.document, Extract::Written).await?,
        None => Uint8Array::from(document(other).bytes()).buffer(),
    };
    bodies::compare(host, &bytes, content_type(other), is_older).await
}

#[component]
fn Changes(comparison: Comparison) -> impl IntoView {
    let row = |line: &ComparedLine| {
        let (kind, sign, text) = match line {
            ComparedLine::Same(text) => ("same", " ", text.clone()),
            ComparedLine::Removed(text) => ("removed", "−", text.clone()),
            ComparedLine::Added(text) => ("added", "+", text.clone()),
            ComparedLine::Gap(lines) => ("gap", "⋯", (viewer_words().gap)(*lines)),
        };
        let meaning = match kind {
            "removed" => viewer_words().removed_line,
            "added" => viewer_words().added_line,
            _ => "",
        };
        let meaning =
            (!meaning.is_empty()).then(|| view! { <span class="visually-hidden">{meaning}": "</span> }.into_any());
        view! { <div class="line" data-change=kind><span aria-hidden="true">{sign}" "</span>{meaning}{text}</div> }
            .into_any()
    };
    let differs = comparison.added + comparison.removed > 0;
    let rows = comparison.lines.iter().map(row).collect_view();
    let more = comparison.more_lines;
    view! {
        <p role="status">{(viewer_words().compared)(&comparison)}</p>
        {differs.then(|| {
            view! {
                <div class="code lines" role="group" tabindex="0" aria-label=viewer_words().compare data-windowed="true" data-wraps="true">
                    {rows}
                </div>
            }
            .into_any()
        })}
        {(more > 0).then(|| view! { <p class="muted">{(viewer_words().more_changes)(more)}</p> }.into_any())}
    }
}
