//! A request on the screen: before it is sent, and as it was sent.

use crate::call::{ShownRequest, preview};
use crate::outcome::{describe, json};
use crate::ui::model::CallModel;
use crate::ui::state::AppState;
use crate::ui::widgets::CopyButton;
use crate::ui::{browser, text};
use leptos::prelude::*;

/// The request that Send would send now.
#[component]
pub(crate) fn RequestPanel(
    /// The operation and its state.
    model: CallModel,
) -> impl IntoView {
    let state = AppState::expect();
    let shown = Memo::new(move |_| {
        let connection = state.connection();
        state.keyring.with(|keyring| model.draft.with(|draft| preview(&model.operation(), draft, keyring, &connection)))
    });
    let body = move || match shown.get() {
        Ok(request) => view! { <Request request /> }.into_any(),
        Err(error) => {
            let told = describe::build_error(&error);
            view! { <p>{text::NO_PREVIEW} " " {told.causes.join(" ")}</p> }.into_any()
        }
    };
    view! {
        <section class="panel" aria-labelledby="request-title">
            <h2 id="request-title">{text::REQUEST}</h2>
            <p class="muted">{text::REQUEST_NOTE}</p>
            {body}
        </section>
    }
}

/// One request: address, where it really goes, headers, body, stages of the signature.
#[component]
pub(super) fn Request(
    /// What to show.
    request: ShownRequest,
) -> impl IntoView {
    let copied = as_text(&request);
    let ShownRequest { method, url, address, headers, body, trace } = request;
    let goes = address.map(|address| {
        view! { {text::GOES_TO} " " <code class="breakable">{browser::absolute(&address)}</code> }.into_any()
    });
    let goes = goes.unwrap_or_else(|| text::STAYS.into_any());
    let headers = headers.into_iter().map(|(name, value)| {
        view! { <div class="header-line"><span class="header-name">{name}": "</span><span>{value}</span></div> }
    });
    let body = if body.is_empty() {
        view! { <p class="muted">{text::NO_BODY}</p> }.into_any()
    } else {
        view! { <pre class="code" tabindex="0" aria-label=text::BODY>{json::pretty(&body)}</pre> }.into_any()
    };
    let stages = trace.into_iter().map(|stage| {
        view! { <details class="stage"><summary>{stage.name}</summary><pre class="code" tabindex="0">{stage.text}</pre></details> }
    });
    view! {
        <div class="request">
            <p class="request-line"><b>{method}</b> " " <code class="breakable">{url}</code></p>
            <p class="goes">{goes}</p>
            <div class="code headers" tabindex="0" role="group" aria-label=text::HEADERS>{headers.collect_view()}</div>
            {body}
            {stages.collect_view()}
            <CopyButton value=Signal::stored(copied) what="request" />
        </div>
    }
}

/// The request as text, secrets masked.
fn as_text(request: &ShownRequest) -> String {
    let headers: String = request.headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    format!("{} {}\n{headers}\n{}", request.method, request.url, request.body)
}
