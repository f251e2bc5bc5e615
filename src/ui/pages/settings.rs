//! Appearance, time limit, and the connections that the deployment offers.

use super::{narrow, page_title};
use crate::ui::dom::{Child, El, el, value_of};
use crate::ui::route::Route;
use crate::ui::state::AppState;
use crate::ui::widgets::{code, theme_select};
use crate::ui::{browser, text};
use leptos::prelude::*;

/// The settings of this browser.
pub(super) fn settings(state: AppState) -> El {
    let section = |title: &str| el("section").class("group").child(el("h2").child(title));
    let connections = move || {
        let connections = state.config.with(|config| config.connections.clone());
        Child::many(connections.into_iter().flat_map(|connection| {
            let kind = text::connection_kind(&connection.kind);
            [el("dt").child(connection.name), el("dd").child(code(kind))]
        }))
    };
    let colours = el("div")
        .class("field")
        .child(el("label").attr("for", "theme").child(text::COLOURS))
        .child(theme_select(state.theme));
    narrow()
        .child(page_title(state, text::SETTINGS))
        .child(section(text::APPEARANCE).child(colours))
        .child(section(text::SEND).child(time_limit(state)))
        .child(
            section(text::CONNECTIONS)
                .child(el("p").child(text::CONNECTIONS_LEAD))
                .child(el("dl").class("facts").live(connections))
                .child(el("p").child(el("a").attr("href", Route::Check.to_hash()).child(text::CHECK))),
        )
}

fn time_limit(state: AppState) -> El {
    let wrong = RwSignal::new(false);
    let read = move |event| {
        let seconds = value_of(&event).trim().parse().ok().filter(|seconds| (1..=600).contains(seconds));
        wrong.set(seconds.is_none());
        if let Some(seconds) = seconds {
            state.time_limit.set(seconds);
            browser::remember("time-limit", &seconds.to_string());
        }
    };
    let complaint = move || if wrong.get() { text::TIME_LIMIT_WRONG.to_owned() } else { String::new() };
    let input = el("input")
        .attr("id", "time-limit")
        .attr("type", "text")
        .attr("inputmode", "numeric")
        .attr("autocomplete", "off")
        .attr("value", state.time_limit.get_untracked().to_string())
        .attr("aria-describedby", "time-limit-help time-limit-error")
        .live_bool("aria-invalid", move || wrong.get())
        .on("input", read);
    el("div")
        .class("field")
        .child(el("label").attr("for", "time-limit").child(text::TIME_LIMIT))
        .child(input)
        .child(el("p").attr("id", "time-limit-error").class("field-error").live_text(complaint))
        .child(el("p").attr("id", "time-limit-help").class("field-help").child(text::TIME_LIMIT_HELP))
}
