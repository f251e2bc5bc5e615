//! A request on the screen: before it is sent, and as it was sent.

use crate::call::{ShownRequest, preview};
use crate::outcome::json;
use crate::ui::dom::{Child, El, el};
use crate::ui::model::CallModel;
use crate::ui::state::AppState;
use crate::ui::widgets::{code, copy_button};
use crate::ui::browser;
use crate::ui::words::words;
use leptos::prelude::*;

/// The request that Send would send now.
pub(crate) fn request_panel(state: AppState, model: CallModel) -> El {
    let shown = move || {
        let connection = state.connection();
        state.keyring.with(|keyring| model.draft.with(|draft| preview(&model.operation(), draft, keyring, &connection)))
    };
    let content = move || match shown() {
        Ok(request) => show_request(request).into(),
        Err(error) => {
            let why = (words().explain.build_error)(&error).causes.join(" ");
            el("p").child(format!("{} {why}", words().no_preview)).into()
        }
    };
    el("section")
        .class("panel")
        .attr("aria-labelledby", "request-title")
        .child(el("h2").attr("id", "request-title").child(words().request))
        .child(el("p").class("muted").child(words().request_note))
        .live(content)
}

/// One request: address, where it really goes, headers, body.
pub(crate) fn show_request(request: ShownRequest) -> El {
    let copied = as_text(&request);
    let ShownRequest { method, url, address, headers, body, .. } = request;
    let goes = match address {
        Some(address) => {
            Child::many([Child::from(words().goes_to), " ".into(), code(browser::absolute(&address)).into()])
        }
        None => words().stays.into(),
    };
    let body = if body.is_empty() {
        el("p").class("muted").child(words().no_body)
    } else {
        el("pre").class("code").attr("tabindex", "0").attr("aria-label", words().body).child(json::pretty(&body))
    };
    el("div")
        .class("request")
        .child(el("p").class("request-line").child(el("b").child(method)).child(" ").child(code(url)))
        .child(el("p").class("goes").child(goes))
        .child(header_lines(&headers))
        .child(body)
        .child(el("div").child(copy_button(copied, "request")))
}

/// Headers, one a line.
pub(crate) fn header_lines(headers: &[(String, String)]) -> El {
    let lines = headers.iter().map(|(name, value)| {
        el("div")
            .class("header-line")
            .child(el("span").class("header-name").child(format!("{name}: ")))
            .child(el("span").child(value.as_str()))
    });
    el("div")
        .class("code headers")
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-label", words().headers)
        .child(Child::many(lines))
}

/// The request as text, secrets masked.
fn as_text(request: &ShownRequest) -> String {
    let headers: String = request.headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    format!("{} {}\n{headers}\n{}", request.method, request.url, request.body)
}
