//! The body of an answer.

use super::viewer::BodyViewer;
use crate::call::Exchange;
use crate::outcome::LongBody;
use crate::ui::platform::dom;
use crate::ui::platform::worker_client::bodies;
use crate::ui::words::{viewer_words, words};
use crate::viewer::{Document, Source};
use leptos::prelude::*;
use std::sync::Arc;

pub(super) const BODY_ID: &str = "response-body";

/// The body. One that may hold secrets is shown when the user asks for it.
#[component]
pub(super) fn Body(
    exchange: Arc<Exchange>,
    /// Becomes true when the worker of a long body has it no more.
    lost: RwSignal<bool>,
) -> impl IntoView {
    let (_, answer) = exchange.result.as_ref().ok()?;
    if answer.forgotten.is_some() {
        return Some(view! { <p class="muted">{viewer_words().forgotten}</p> }.into_any());
    }
    if answer.withheld.is_none() {
        return Some(view! { <BodyViewer exchange=exchange lost=lost/> }.into_any());
    }
    let asked = RwSignal::new(false);
    let show = move |_| {
        asked.set(true);
        dom::next_frame(|| dom::focus(BODY_ID));
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
                <BodyViewer exchange=exchange.clone() lost=lost/>
            </Show>
        }
        .into_any(),
    )
}

/// The masked body of a call, where the call has it.
struct MaskedBody(Arc<Exchange>);

impl AsRef<[u8]> for MaskedBody {
    fn as_ref(&self) -> &[u8] {
        match &self.0.result {
            Ok((reply, answer)) => answer.withheld.as_ref().map_or(&reply.body, |withheld| withheld.bytes()),
            Err(_) => &[],
        }
    }
}

/// The body of a call, with its lines; of a body that a worker has, the beginning.
pub(super) fn document(exchange: &Arc<Exchange>) -> Document {
    let content_type = exchange.result.as_ref().ok().and_then(|(reply, _)| reply.header("content-type"));
    let source: Source = Arc::new(MaskedBody(exchange.clone()));
    Document::read(source, content_type.unwrap_or_default())
}

/// The long body of a call, if its worker still has it.
pub(super) fn long_body(exchange: &Exchange) -> Option<&LongBody> {
    let (_, answer) = exchange.result.as_ref().ok()?;
    answer.long.as_ref().filter(|long| bodies::is_kept(long.document))
}
