//! The body of an answer.

use crate::outcome::json;
use crate::transport::Reply;
use crate::ui::widgets::CopyButton;
use crate::ui::{browser, text};
use leptos::prelude::*;

/// Lines shown at first: enough for every ordinary answer, and quickly laid out.
const FIRST_LINES: usize = 500;
/// Lines in one block; the browser lays out only the blocks that are in sight.
const BLOCK: usize = 200;

/// Pretty-printed when it is JSON, as it came when it is other text.
#[component]
pub(super) fn Body(
    /// The answer.
    reply: Reply,
) -> impl IntoView {
    let bytes = StoredValue::new(reply.body);
    let download = move |_| {
        let _ = bytes.with_value(|bytes| browser::download("response.txt", bytes));
    };
    let content = bytes.with_value(|bytes| match std::str::from_utf8(bytes) {
        Ok(body) if body.trim().is_empty() => view! { <p class="muted">{text::EMPTY_BODY}</p> }.into_any(),
        Ok(body) => text_body(body),
        Err(_) => view! { <p class="muted">{text::BINARY_BODY}</p> }.into_any(),
    });
    view! {
        {content}
        <button type="button" class="button quiet" on:click=download>{text::DOWNLOAD}</button>
    }
}

fn text_body(body: &str) -> AnyView {
    let is_json = body.trim_start().starts_with(['{', '[']);
    let laid_out = if is_json { json::pretty(body) } else { body.to_owned() };
    let lines: Vec<String> = laid_out.lines().map(str::to_owned).collect();
    let count = lines.len();
    let all = RwSignal::new(count <= FIRST_LINES);
    let lines = StoredValue::new(lines);
    let blocks = move || {
        let shown = if all.get() { count } else { FIRST_LINES };
        lines.with_value(|lines| {
            let blocks = lines.get(..shown).unwrap_or(lines).chunks(BLOCK).map(|block| block.join("\n") + "\n");
            blocks.map(|block| view! { <span class="block">{block}</span> }).collect_view()
        })
    };
    let more = move || format!("{} ({count} lines)", text::SHOW_ALL);
    view! {
        <pre class="code body" tabindex="0" aria-label=text::BODY>{blocks}</pre>
        <Show when=move || !all.get()>
            <button type="button" class="button" on:click=move |_| all.set(true)>{more}</button>
        </Show>
        <CopyButton value=Signal::stored(laid_out) what="body" />
    }
    .into_any()
}
