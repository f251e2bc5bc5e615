//! The region for the answer. What stands in it once a call is over is built by the panels (`ui::panels`).

use crate::ui::browser;
use crate::ui::dom::{El, el};
use crate::ui::model::{CallModel, CallState};
use crate::ui::words::words;
use crate::ui::widgets::{RESPONSE_ID, explained};
use leptos::prelude::*;

/// The region named `Response`.
pub(crate) fn response_panel(model: CallModel) -> El {
    let content = move || match model.call.get() {
        CallState::Idle => el("p").class("muted").child(words().nothing_sent),
        CallState::Running(_) => el("p").class("progress").child(words().sending),
        CallState::NotSent => explained(&(words().explain.sender_not_loaded)()),
        CallState::Done => {
            if model.fresh.get_value() {
                model.fresh.set_value(false);
                // The panels furnish the place before that.
                browser::next_frame(|| browser::reveal(RESPONSE_ID));
            }
            let operation = model.operation();
            el("div")
                .class("answer")
                .attr("data-panel", "answer")
                .attr("data-api", &operation.api)
                .attr("data-id", &operation.id)
        }
    };
    el("section")
        .attr("id", RESPONSE_ID)
        .class("panel")
        .attr("role", "region")
        .attr("aria-labelledby", "response-title")
        .live_bool("aria-busy", move || model.is_running())
        .child(el("h2").attr("id", "response-title").child(words().response))
        .live(move || content().into())
}
