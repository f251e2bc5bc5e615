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
        }
        .into_any()
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
    let name = if is_json { "response.json" } else { "response.txt" };
    let (content, copied) = match std::str::from_utf8(&bytes) {
        Ok(body) if body.trim().is_empty() => (view! { <p class="muted">{words().empty_body}</p> }.into_any(), None),
        Err(_) => (view! { <p class="muted">{words().binary_body}</p> }.into_any(), None),
        Ok(body) => {
            let text = Text { body: Arc::from(body), is_json };
            let whole = text.clone();
            let copied = Signal::derive(move || whole.whole());
            (view! { <Lines text=text/> }.into_any(), Some(copied))
        }
    };
    let has_body = !bytes.trim_ascii().is_empty();
    let download = move |_| {
        let _ = download::download(name, &bytes);
    };
    view! {
        {content}
        <div class="actions">
            {copied.map(|text| view! { <CopyButton text=text what="body"/> }.into_any())}
            {has_body.then(|| {
                view! { <button type="button" class="button quiet" on:click=download>{words().download}</button> }.into_any()
            })}
        </div>
    }
}

/// A text that can be long: it is laid out as far as it is shown.
#[derive(Clone)]
struct Text {
    body: Arc<str>,
    is_json: bool,
}

impl Text {
    fn whole(&self) -> String {
        if self.is_json { json::pretty(&self.body) } else { self.body.to_string() }
    }

    /// The first lines; `None` where that is all.
    fn beginning(&self, lines: usize) -> Option<String> {
        if self.is_json {
            return json::pretty_beginning(&self.body, lines);
        }
        let (end, _) = self.body.match_indices('\n').nth(lines - 1)?;
        self.body.get(..end).map(str::to_owned)
    }
}

/// The beginning of a text, and the rest on demand.
#[component]
fn Lines(text: Text) -> impl IntoView {
    let beginning = text.beginning(FIRST_LINES);
    let all = RwSignal::new(beginning.is_none());
    let blocks = move || {
        let shown = if all.get() { text.whole() } else { beginning.clone().unwrap_or_default() };
        let lines: Vec<&str> = shown.lines().collect();
        let block = |lines: &[&str]| view! { <span class="block">{lines.join("\n") + "\n"}</span> }.into_any();
        lines.chunks(BLOCK).map(block).collect_view()
    };
    let show_all = move |_| {
        all.set(true);
        dom::focus(BODY_ID);
    };
    view! {
        <pre id=BODY_ID class="code body" tabindex="0" aria-label=words().body>{move || blocks()}</pre>
        <Show when=move || !all.get()>
            <button type="button" class="button" on:click=show_all>{words().show_all}</button>
        </Show>
    }
}
