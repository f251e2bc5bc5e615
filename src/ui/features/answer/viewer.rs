//! The viewer of a body: its lines, and what can be done with them.

mod comparison;
mod lines;
mod state;
mod tools;

use super::body::{BODY_ID, document};
use crate::call::Exchange;
use crate::ui::components::copy_button::CopyButton;
use crate::ui::platform::{dom, download};
use crate::ui::words::{viewer_words, words};
use crate::viewer::{Document, Kind, hex};
use comparison::EarlierAnswers;
use leptos::prelude::*;
use lines::Lines;
use state::Viewer;
use std::sync::Arc;
use tools::{LineTools, Tools};

/// A body of so many lines is read without tools.
const SHORT: usize = 12;
/// Bytes of a binary body that are shown.
const FIRST_BYTES: usize = 256;

/// The body of a call that was answered.
#[component]
pub(super) fn BodyViewer(exchange: Arc<Exchange>) -> impl IntoView {
    let document = Arc::new(document(&exchange));
    let kind = document.kind;
    if kind == Kind::Empty {
        return view! { <p class="muted">{words().empty_body}</p> }.into_any();
    }
    let viewer = kind.is_text().then(|| Viewer::new(document.clone()));
    let tools = RwSignal::new(document.lines() > SHORT);
    let name = format!("response.{}", kind.extension());
    let saved = document.clone();
    let download = move |_| {
        let _ = download::download(&name, saved.bytes());
    };
    let content = match viewer {
        None => view! { <NoText document=document/> }.into_any(),
        Some(viewer) => {
            let mistake = document.mistake.map(|mistake| (viewer_words().mistake)(&mistake));
            view! {
                {mistake.map(|mistake| view! { <p class="muted">{mistake}</p> }.into_any())}
                <Show when=move || tools.get()><Tools viewer=viewer/></Show>
                <Lines viewer=viewer numbered=Signal::derive(move || tools.get())/>
                <Show when=move || tools.get() && kind == Kind::Json><LineTools viewer=viewer/></Show>
            }
            .into_any()
        }
    };
    let copy = viewer.map(|viewer| {
        let text = Signal::derive(move || viewer.document.with(|document| document.whole()));
        view! { <CopyButton text=text what="body"/> }.into_any()
    });
    let offer_tools = viewer.map(|viewer| {
        let show = move |_| {
            if tools.get_untracked() {
                viewer.put_tools_away();
            }
            tools.update(|tools| *tools = !*tools);
        };
        view! {
            <button type="button" class="button quiet" aria-expanded=move || tools.get().to_string() on:click=show>
                {viewer_words().tools}
            </button>
        }
        .into_any()
    });
    view! {
        {content}
        <div class="actions">
            {copy}
            <button type="button" class="button quiet" on:click=download>{words().download}</button>
            {offer_tools}
        </div>
        {viewer.map(|_| view! { <EarlierAnswers exchange=exchange/> }.into_any())}
    }
    .into_any()
}

/// An image or another body without lines. The policy of the page shows no image that comes from an answer.
#[component]
fn NoText(document: Arc<Document>) -> impl IntoView {
    let bytes = document.bytes();
    view! {
        <p class="muted">{(viewer_words().no_text)(document.kind, bytes.len())}</p>
        <pre id=BODY_ID class="code body hex" tabindex="0" role="group" aria-label=viewer_words().first_bytes>
            {hex(bytes, FIRST_BYTES)}
        </pre>
    }
}

/// Puts the focus on the lines.
fn focus_lines() {
    dom::next_frame(|| dom::focus(BODY_ID));
}
