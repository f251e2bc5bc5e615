//! A request on the screen: before it is sent, and as it was sent.

use crate::call::{PlannedCall, ShownRequest, ShownValue};
use crate::outcome::json;
use crate::ui::components::copy_button::CopyButton;
use crate::ui::platform::url;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::state::use_stores;
use crate::ui::words::words;
use leptos::prelude::*;

/// The request that Send would send now.
#[component]
pub(crate) fn RequestPreview(form: OperationForm) -> impl IntoView {
    let stores = use_stores();
    let preview = move || {
        let connection = stores.settings.connection();
        stores.profiles.with(|keyring| {
            let operation = form.operation();
            form.draft
                .with(|draft| PlannedCall { operation: &operation, draft, keyring, connection: &connection }.preview())
        })
    };
    let content = move || match preview() {
        Ok(request) => view! { <Request request=request/> }.into_any(),
        Err(error) => {
            let why = (words().explain.build_error)(&error).causes.join(" ");
            view! { <p>{format!("{} {why}", words().no_preview)}</p> }.into_any()
        }
    };
    move || content()
}

/// One request: address, where it really goes, headers, body.
#[component]
pub(crate) fn Request(
    /// Secrets are masked.
    request: ShownRequest,
) -> impl IntoView {
    let copied = as_text(&request);
    let headers = header_texts(&request);
    let ShownRequest { method, url, address, body, .. } = request;
    let destination = match address {
        Some(address) => {
            view! { {words().goes_to}" "<code class="breakable">{url::absolute(&address)}</code> }.into_any()
        }
        None => words().stays.into_any(),
    };
    let body = if body.is_empty() {
        view! { <p class="muted">{words().no_body}</p> }.into_any()
    } else {
        view! { <pre class="code" tabindex="0" aria-label=words().body>{json::laid_out(&body)}</pre> }.into_any()
    };
    view! {
        <div class="request">
            <p class="request-line"><b>{method}</b>" "<code class="breakable">{url}</code></p>
            <p class="goes">{destination}</p>
            <HeaderLines headers=headers/>
            {body}
            <div><CopyButton text=copied what="request"/></div>
        </div>
    }
}

/// Headers, one a line.
#[component]
pub(crate) fn HeaderLines(
    /// Names and values.
    headers: Vec<(String, String)>,
) -> impl IntoView {
    let line = |(name, value): (String, String)| {
        view! {
            <div class="header-line"><span class="header-name">{name}": "</span><span>{value}</span></div>
        }
    };
    view! {
        <div class="code" tabindex="0" role="group" aria-label=words().headers>
            {headers.into_iter().map(line).collect_view()}
        </div>
    }
}

fn header_texts(request: &ShownRequest) -> Vec<(String, String)> {
    let text = |value: &ShownValue| match value {
        ShownValue::Text(text) => text.clone(),
        ShownValue::MadeAtSend => words().made_at_send.to_owned(),
        ShownValue::Incomplete => words().incomplete.to_owned(),
    };
    request.headers.iter().map(|(name, value)| (name.clone(), text(value))).collect()
}

/// The request as text, secrets masked.
fn as_text(request: &ShownRequest) -> String {
    let headers: String = header_texts(request).iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    format!("{} {}\n{headers}\n{}", request.method, request.url, request.body)
}
