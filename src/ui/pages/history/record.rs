//! What was sent and what came back, as the history keeps it.

use crate::call::{ShownRequest, ShownValue};
use crate::history::{BodyRecord, Details};
use crate::outcome::json;
use crate::sign::SigningTrace;
use crate::ui::components::copy_button::CopyButton;
use crate::ui::features::request::{HeaderLines, Request};
use crate::ui::words::{history_words, words};
use leptos::prelude::*;
use std::sync::Arc;

/// Lines of a body that are laid out. All of it is in the download.
const MOST_LINES: usize = 500;

/// What was sent.
#[component]
pub(super) fn RequestView(details: Arc<Details>) -> impl IntoView {
    let request = &details.request;
    let header = |(name, value): &(String, String)| (name.clone(), ShownValue::Text(value.clone()));
    let shown = ShownRequest {
        method: request.method.clone(),
        url: request.url.clone(),
        address: request.address.clone(),
        headers: request.headers.iter().map(header).collect(),
        body: request.body.text().to_owned(),
        trace: SigningTrace::new(),
    };
    let cut = match &request.body {
        BodyRecord::Whole(_) => None,
        body => (history_words().body)(body).map(|text| view! { <p class="muted">{text}</p> }.into_any()),
    };
    view! { <details><summary>{words().sent}</summary><Request request=shown/>{cut}</details> }
}

/// What came back.
#[component]
pub(super) fn AnswerView(details: Arc<Details>) -> impl IntoView {
    let Some(answer) = &details.answer else {
        let said = if details.is_unknown() { history_words().unknown } else { history_words().no_answer };
        return view! { <p>{said}</p> }.into_any();
    };
    let note = (history_words().body)(&answer.body).map(|text| view! { <p class="muted">{text}</p> }.into_any());
    let text = answer.body.text().to_owned();
    let shown = (!text.is_empty()).then(|| {
        let shown = beginning(&text);
        view! {
            <pre class="code body" tabindex="0" aria-label=words().body>{shown}</pre>
            <div class="actions"><CopyButton text=text what="body"/></div>
        }
        .into_any()
    });
    view! {
        <h3>{history_words().answer}</h3>
        {note}
        {shown}
        <details><summary>{words().headers}</summary><HeaderLines headers=answer.headers.clone()/></details>
    }
    .into_any()
}

fn beginning(text: &str) -> String {
    let text = json::laid_out(text);
    match text.match_indices('\n').nth(MOST_LINES) {
        Some((end, _)) => format!("{}\n…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
