//! The body of an answer.

use crate::outcome::{Answer, json};
use crate::transport::Reply;
use crate::ui::dom::{Child, El, el, live};
use crate::ui::widgets::{button, copy_button};
use crate::ui::browser;
use crate::ui::words::words;
use leptos::prelude::*;

/// Lines shown at first: enough for every ordinary answer, and quickly laid out.
const FIRST_LINES: usize = 500;
/// Lines in one block; the browser lays out only the blocks that are in sight.
const BLOCK: usize = 200;
const BODY_ID: &str = "response-body";

/// A body that may hold secrets is shown when the user asks for it.
pub(super) fn show_body(reply: &Reply, answer: &Answer) -> Child {
    let Some(withheld) = answer.withheld.clone() else { return body(reply.body.clone()) };
    let asked = RwSignal::new(false);
    let show = move |_| {
        asked.set(true);
        browser::focus(BODY_ID);
    };
    live(move || {
        if asked.get() {
            return body(withheld.bytes().to_vec());
        }
        let why = el("p").class("muted").child(words().withheld_body);
        let show = button("button").on("click", show).child(words().show_body);
        Child::many([why, el("div").class("actions").child(show)])
    })
    .into()
}

/// Pretty-printed when it is JSON, as it came when it is other text.
fn body(bytes: Vec<u8>) -> Child {
    let (content, beside) = match std::str::from_utf8(&bytes) {
        Ok(body) if body.trim().is_empty() => (el("p").class("muted").child(words().empty_body), Child::none()),
        Ok(body) => text_body(body),
        Err(_) => (el("p").class("muted").child(words().binary_body), Child::none()),
    };
    let download = move |_| {
        let name = if is_json(&bytes) { "response.json" } else { "response.txt" };
        let _ = browser::download(name, &bytes);
    };
    let download = button("button quiet").on("click", download).child(words().download);
    Child::many([content, el("div").class("actions").child(beside).child(download)])
}

fn is_json(body: &[u8]) -> bool {
    matches!(body.trim_ascii_start().first(), Some(b'{' | b'['))
}

/// The text, and what can be done with it.
fn text_body(body: &str) -> (El, Child) {
    let laid_out = if is_json(body.as_bytes()) { json::pretty(body) } else { body.to_owned() };
    let lines: Vec<String> = laid_out.lines().map(str::to_owned).collect();
    let count = lines.len();
    let all = RwSignal::new(count <= FIRST_LINES);
    let blocks = move || {
        let shown = lines.get(..if all.get() { count } else { FIRST_LINES }).unwrap_or(&lines);
        Child::many(shown.chunks(BLOCK).map(|block| el("span").class("block").child(block.join("\n") + "\n")))
    };
    let more = move || {
        let show = move |_| {
            all.set(true);
            browser::focus(BODY_ID);
        };
        let more = || button("button").on("click", show).child((words().show_all)(count));
        (!all.get()).then(more).into()
    };
    let text = el("pre")
        .attr("id", BODY_ID)
        .class("code body")
        .attr("tabindex", "0")
        .attr("aria-label", words().body)
        .live(blocks);
    (text, Child::many([live(more).into(), copy_button(laid_out, "body")]))
}
