//! The viewer of a body: its lines, and what can be done with them.

mod comparison;
mod lines;
mod picture;
mod state;
mod tools;

use super::document::{BODY_ID, document, long_body};
use crate::call::Exchange;
use crate::outcome::BodySummary;
use crate::ui::components::copy_button::{CopyLater, CopyLaterButton};
use crate::ui::platform::worker_client::bodies;
use crate::ui::platform::{dom, download};
use crate::ui::words::{reuse_words, viewer_words, words};
use crate::viewer::{Action, Extract, Kind, hex};
use comparison::EarlierAnswers;
use leptos::prelude::*;
use lines::Lines;
use picture::Picture;
use state::Viewer;
use std::sync::Arc;
use tools::{LineTools, Tools};
use wasm_bindgen_futures::spawn_local;

/// A body of so many lines is read without tools.
const SHORT: usize = 12;
/// Bytes of a binary body that are shown.
const FIRST_BYTES: usize = 256;

/// The body of a call that was answered. A long one is in a worker; where that has it no more, its beginning is shown.
#[component]
pub(super) fn BodyViewer(
    exchange: Arc<Exchange>,
    /// Becomes true when the worker of a long body has it no more.
    lost: RwSignal<bool>,
) -> impl IntoView {
    let content = move || {
        let long = long_body(&exchange).filter(|_| !lost.get());
        let was_long = exchange.result.as_ref().is_ok_and(|(_, answer)| answer.long.is_some());
        match long {
            Some(long) => {
                let viewer = long.summary.kind.is_text().then(|| Viewer::of_worker(long.document, lost));
                let summary = long.summary.clone();
                view! { <BodyContent exchange=exchange.clone() viewer=viewer summary=summary lost=lost/> }.into_any()
            }
            None => {
                let document = Arc::new(document(&exchange));
                let summary = if was_long { BodySummary::of_beginning(&document) } else { BodySummary::of(&document) };
                if was_long && summary.kind == Kind::Empty {
                    return view! { <p class="muted">{viewer_words().long_gone}</p> }.into_any();
                }
                let viewer = summary.kind.is_text().then(|| Viewer::new(document, lost));
                let note = was_long.then(|| view! { <p class="muted">{viewer_words().beginning}</p> }.into_any());
                let exchange = exchange.clone();
                view! { {note}<BodyContent exchange=exchange viewer=viewer summary=summary lost=lost/> }.into_any()
            }
        }
    };
    view! { {move || content()} }
}

/// The lines of a body, and what can be done with them.
#[component]
fn BodyContent(
    exchange: Arc<Exchange>,
    /// `None`: it has no lines.
    viewer: Option<Viewer>,
    summary: BodySummary,
    lost: RwSignal<bool>,
) -> impl IntoView {
    let BodySummary { bytes, kind, lines, mistake, has_replaced } = summary;
    if kind == Kind::Empty {
        return view! { <p class="muted">{words().empty_body}</p> }.into_any();
    }
    let tools = RwSignal::new(lines > SHORT);
    let name = format!("response.{}", kind.extension());
    let saved = exchange.clone();
    let refused = RwSignal::new(false);
    let download = move |_| save(saved.clone(), name.clone(), refused, lost);
    let status = move || if refused.get() { reuse_words().download_refused } else { "" };
    let content = match viewer {
        None => match kind {
            Kind::Image(format) => view! { <Picture exchange=exchange.clone() format=format bytes=bytes/> }.into_any(),
            _ => {
                let text = (viewer_words().no_text)(bytes);
                view! { <p class="muted">{text}</p><FirstBytes exchange=exchange.clone()/> }.into_any()
            }
        },
        Some(viewer) => {
            let mistake = mistake.map(|mistake| (viewer_words().mistake)(&mistake));
            view! {
                {mistake.map(|mistake| view! { <p class="muted">{mistake}</p> }.into_any())}
                {has_replaced.then(|| view! { <p class="muted">{viewer_words().replaced}</p> }.into_any())}
                <Show when=move || tools.get()><Tools viewer=viewer has_raw=kind == Kind::Json/></Show>
                <Lines viewer=viewer numbered=Signal::derive(move || tools.get())/>
                <Show when=move || tools.get() && kind == Kind::Json><LineTools viewer=viewer/></Show>
            }
            .into_any()
        }
    };
    let copy = viewer.map(|viewer| {
        let copy: CopyLater = Arc::new(move || Box::pin(viewer.copy(Extract::Whole)));
        view! { <CopyLaterButton copy=copy what="body" label=words().copy/> }.into_any()
    });
    let offer_tools = viewer.map(|viewer| {
        let show = move |_| {
            if tools.get_untracked() {
                viewer.act(Action::PutToolsAway);
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
            <span class="muted" role="status">{move || status()}</span>
            {offer_tools}
        </div>
        {viewer.map(|_| view! { <EarlierAnswers exchange=exchange/> }.into_any())}
    }
    .into_any()
}

/// Offers the masked body as a file. `refused` becomes true where the browser does not take it, and `lost` where the worker
/// has the body no more.
fn save(exchange: Arc<Exchange>, name: String, refused: RwSignal<bool>, lost: RwSignal<bool>) {
    let Some(body) = long_body(&exchange).map(|long| long.document) else {
        refused.set(download::download(&name, document(&exchange).bytes()).is_none());
        return;
    };
    spawn_local(async move {
        match bodies::extract(body, Extract::Written).await {
            Some(bytes) => drop(refused.try_set(download::download_buffer(&name, &bytes).is_none())),
            None => drop(lost.try_set(true)),
        }
    });
}

/// A body without lines.
#[component]
fn FirstBytes(exchange: Arc<Exchange>) -> impl IntoView {
    view! {
        <pre id=BODY_ID class="code body hex" tabindex="0" role="group" aria-label=viewer_words().first_bytes>
            {hex(document(&exchange).bytes(), FIRST_BYTES)}
        </pre>
    }
}

/// Puts the focus on the lines.
fn focus_lines() {
    dom::next_frame(|| dom::focus(BODY_ID));
}
