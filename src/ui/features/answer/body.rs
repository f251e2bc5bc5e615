//! The body of an answer.

use crate::call::Exchange;
use crate::outcome::json;
use crate::ui::components::copy_button::CopyButton;
use crate::ui::platform::{dom, download};
use crate::ui::words::words;
use leptos::prelude::*;
use std::sync::Arc;

/// Lines shown at first: enough for every ordinary answer, and quickly laid out.
const FIRST_LINES: usize = 500;
/// Lines in one block; the browser lays out only the blocks that are in sight.
const BLOCK: usize = 200;
const BODY_ID: &str = "response-body";

/// The body. One that may hold secrets is shown when the user asks for it.
#[component]
pub(super) fn Body(exchange: Arc<Exchange>) -> impl IntoView {
    let (reply, answer) = exchange.result.as_ref().ok()?;
    let asked = RwSignal::new(false);
    let show = move |_| {
        asked.set(true);
        dom::next_frame(|| dom::focus(BODY_ID));
    };
    let bytes = match &answer.withheld {
        None => return Some(view! { <BodyText bytes=reply.body.clone()/> }.into_any()),
        Some(withheld) => withheld.clone(),
    };
    let ask = move || {
        view! {
            <p class="muted">{words().withheld_body}</p>
            <div class="actions">
                <button type="button" class="button" on:click=show>{words().show_body}</button>
            </div>
        }.into_any()
    };
    Some(
        view! {
            <Show when=move || asked.get() fallback=ask>
                <BodyText bytes=bytes.bytes().to_vec()/>
            </Show>
        }
        .into_any(),
    )
}

/// Pretty-printed when it is JSON, as it came when it is other text.
#[component]
fn BodyText(bytes: Vec<u8>) -> impl IntoView {
    let is_json = matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'['));
    let text = match std::str::from_utf8(&bytes) {
        Ok(body) if body.trim().is_empty() => Err(words().empty_body),
        Ok(body) => Ok(if is_json { json::pretty(body) } else { body.to_owned() }),
        Err(_) => Err(words().binary_body),
    };
    let name = if is_json { "response.json" } else { "response.txt" };
    let download = move |_| {
        let _ = download::download(name, &bytes);
    };
    let (content, copied) = match text {
        Err(note) => (view! { <p class="muted">{note}</p> }.into_any(), None),
        Ok(text) => (view! { <Lines text=text.clone()/> }.into_any(), Some(text)),
    };
    view! {
        {content}
        <div class="actions">
            {copied.map(|text| view! { <CopyButton text=text what="body"/> }.into_any())}
            <button type="button" class="button quiet" on:click=download>{words().download}</button>
        </div>
    }
}

/// The beginning of a text, and the rest on demand.
#[component]
fn Lines(text: String) -> impl IntoView {
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let count = lines.len();
    let all = RwSignal::new(count <= FIRST_LINES);
    let blocks = move || {
        let shown = lines.get(..if all.get() { count } else { FIRST_LINES }).unwrap_or(&lines);
        shown.chunks(BLOCK).map(|block| view! { <span class="block">{block.join("\n") + "\n"}</span> }.into_any()).collect_view()
    };
    let show_all = move |_| {
        all.set(true);
        dom::focus(BODY_ID);
    };
    view! {
        <pre id=BODY_ID class="code body" tabindex="0" aria-label=words().body>{move || blocks()}</pre>
        <Show when=move || !all.get()>
            <button type="button" class="button" on:click=show_all>{(words().show_all)(count)}</button>
        </Show>
    }
}
