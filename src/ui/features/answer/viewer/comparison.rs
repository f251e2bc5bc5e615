//! Two answers to the same operation, line by line.

use super::super::body::document;
use crate::call::Exchange;
use crate::ui::platform::dates;
use crate::ui::state::use_stores;
use crate::ui::words::viewer_words;
use crate::viewer::{Change, Document, compare};
use leptos::prelude::*;
use std::sync::Arc;

/// Lines of a comparison that are in the page.
const MOST: usize = 300;
/// Bytes of a line that are shown.
const WIDE: usize = 2_000;

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

/// The changes from one answer to another.
#[component]
fn Compared(earlier: Arc<Exchange>, exchange: Arc<Exchange>) -> impl IntoView {
    let (older, newer) = (document(&earlier), document(&exchange));
    let comparison = compare(&older, &newer);
    let row = |change: &Change| {
        let (kind, sign, text) = match *change {
            Change::Same(_, line) => ("same", " ", words_of(&newer, line)),
            Change::Removed(line) => ("removed", "−", words_of(&older, line)),
            Change::Added(line) => ("added", "+", words_of(&newer, line)),
            Change::Gap(lines) => ("gap", "⋯", (viewer_words().gap)(lines)),
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
    let rows = comparison.changes.iter().take(MOST).map(row).collect_view();
    let more = comparison.changes.len().saturating_sub(MOST);
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

fn words_of(document: &Document, line: usize) -> String {
    document.piece(line, false, 0, WIDE).iter().map(|span| span.text).collect()
}
