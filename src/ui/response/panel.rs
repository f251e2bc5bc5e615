//! The region for the answer. What stands in it once a call is over is built by the panels (`ui::panels`).

use crate::outcome::describe;
use crate::ui::browser;
use crate::ui::dom::{El, el};
use crate::ui::model::{CallModel, CallState};
use crate::ui::state::AppState;
use crate::ui::text;
use crate::ui::widgets::explained;
use js_sys::Array;
use leptos::prelude::*;

const ANSWER_ID: &str = "answer";

/// The region named `Response`.
pub(crate) fn response_panel(state: AppState, model: CallModel) -> El {
    let content = move || match model.call.get() {
        CallState::Idle => el("p").class("muted").child(text::NOTHING_SENT),
        CallState::Running(_) => el("p").class("progress").child(text::SENDING),
        CallState::NotSent => explained(&describe::nothing_to_send_with()),
        CallState::Done => {
            browser::next_frame(move || show(state, model));
            el("div").attr("id", ANSWER_ID).class("answer")
        }
    };
    el("section")
        .attr("id", text::RESPONSE_ID)
        .class("panel")
        .attr("role", "region")
        .attr("aria-labelledby", "response-title")
        .live_bool("aria-busy", move || model.is_running())
        .child(el("h2").attr("id", "response-title").child(text::RESPONSE))
        .live(move || content().into())
}

/// Has the panels build the answer, and brings its beginning into sight.
fn show(state: AppState, model: CallModel) {
    let (Some(panels), operation) = (state.panels.get_value(), model.operation()) else { return };
    let key = [&operation.api, &operation.id].map(|text| text.as_str().into());
    let [api, id] = key;
    panels.call("show_answer", &Array::of3(&api, &id, &ANSWER_ID.into()));
    if model.fresh.get_value() {
        model.fresh.set_value(false);
        browser::reveal(text::RESPONSE_ID);
    }
}
