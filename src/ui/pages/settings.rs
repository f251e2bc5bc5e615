//! Appearance, time limit, and the connections that the deployment offers.

use super::PageTitle;
use crate::ui::state::AppState;
use crate::ui::widgets::ThemeSelect;
use crate::ui::{browser, text};
use leptos::prelude::*;

/// The settings of this browser.
#[component]
pub(crate) fn Settings() -> impl IntoView {
    let state = AppState::expect();
    let theme = use_context().unwrap_or_else(crate::ui::widgets::use_theme);
    let connections = move || {
        let connections = state.config.with(|config| config.connections.clone());
        let row = |connection: crate::proxy::Connection| {
            view! { <dt>{connection.name}</dt> <dd><code class="breakable">{text::connection_kind(&connection.kind)}</code></dd> }
        };
        connections.into_iter().map(row).collect_view()
    };
    view! {
        <div class="page narrow">
            <PageTitle text=text::SETTINGS />
            <section class="group">
                <h2>{text::APPEARANCE}</h2>
                <div class="field">
                    <label for="theme">{text::COLOURS}</label>
                    <ThemeSelect theme />
                </div>
            </section>
            <section class="group">
                <h2>{text::SEND}</h2>
                <TimeLimit />
            </section>
            <section class="group">
                <h2>{text::CONNECTIONS}</h2>
                <p>{text::CONNECTIONS_LEAD}</p>
                <dl class="facts">{connections}</dl>
            </section>
        </div>
    }
}

#[component]
fn TimeLimit() -> impl IntoView {
    let state = AppState::expect();
    let typed = RwSignal::new(state.time_limit.get_untracked().to_string());
    let wrong = RwSignal::new(false);
    let read = move |event| {
        typed.set(event_target_value(&event));
        let seconds =
            typed.with_untracked(|text| text.trim().parse().ok().filter(|seconds| (1..=600).contains(seconds)));
        wrong.set(seconds.is_none());
        if let Some(seconds) = seconds {
            state.time_limit.set(seconds);
            browser::remember("time-limit", &seconds.to_string());
        }
    };
    view! {
        <div class="field" data-invalid=move || wrong.get().to_string()>
            <label for="time-limit">{text::TIME_LIMIT}</label>
            <input id="time-limit" type="text" inputmode="numeric" autocomplete="off" prop:value=move || typed.get()
                aria-describedby="time-limit-help time-limit-error" aria-invalid=move || wrong.get().to_string() on:input=read />
            <p id="time-limit-help" class="field-help">{text::TIME_LIMIT_HELP}</p>
            <p id="time-limit-error" class="field-error">{move || wrong.get().then_some(text::TIME_LIMIT_WRONG)}</p>
        </div>
    }
}
