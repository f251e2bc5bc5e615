//! A button that asks once more before it acts.

use crate::ui::words::words;
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::html::Button;
use leptos::prelude::*;

/// The first press shows the question on the button itself, and a way out beside it; the second press acts.
#[component]
pub(crate) fn AskButton(
    /// Unique on the page.
    #[prop(optional, into)]
    id: Option<String>,
    /// What the button does.
    #[prop(into)]
    label: Signal<String>,
    /// Completes the button's name: "Delete profile Production".
    #[prop(optional, into)]
    what: String,
    /// The question.
    question: &'static str,
    /// Whether there is anything to ask. Without it: always.
    #[prop(optional, into)]
    asks_if: Option<Callback<(), bool>>,
    /// The button's `data-action`.
    #[prop(optional)]
    action: Option<&'static str>,
    /// The button's class while it does not ask.
    #[prop(default = "button")]
    class: &'static str,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// The id of what describes the button.
    #[prop(optional)]
    described_by: Option<&'static str>,
    /// Called when the user is sure.
    #[prop(into)]
    on_sure: Callback<()>,
) -> impl IntoView {
    let asks = RwSignal::new(false);
    let press = move |event: MouseEvent| {
        // The second click of a double click answers no question that the first one asked.
        if asks.get_untracked() && event.detail() > 1 {
            return;
        }
        if asks.get_untracked() || asks_if.is_some_and(|asks_if| !asks_if.run(())) {
            asks.set(false);
            on_sure.run(());
        } else {
            asks.set(true);
        }
    };
    let text = move || if asks.get() { question.to_owned() } else { label.get() };
    let name = move || format!("{} {what}", text()).trim_end().to_owned();
    let button = NodeRef::<Button>::new();
    let keep = move || {
        asks.set(false);
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    };
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" && asks.get_untracked() {
            // It closes nothing else.
            event.prevent_default();
            event.stop_propagation();
            keep();
        }
    };
    view! {
        <button
            id=id
            node_ref=button
            type="button"
            class=move || if asks.get() { "button danger" } else { class }
            data-action=action
            disabled=move || disabled.get()
            aria-label=move || name()
            aria-describedby=described_by
            on:click=press
            on:keydown=escape
        >
            {move || text()}
        </button>
        <Show when=move || asks.get()>
            <button type="button" class="button quiet" on:click=move |_| keep()>{words().cancel}</button>
        </Show>
        <span class="visually-hidden" role="status">{move || asks.get().then_some(question)}</span>
    }
}
