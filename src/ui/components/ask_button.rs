//! A button that asks once more before it acts.

use crate::ui::platform::dom;
use crate::ui::words::words;
use leptos::prelude::*;

/// The first press shows the question on the button itself, and a way out beside it; the second press acts.
#[component]
pub(crate) fn AskButton(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What the button does.
    #[prop(into)]
    label: Signal<String>,
    /// Completes the button's name: "Delete profile Production".
    #[prop(optional, into)]
    what: String,
    /// The question.
    question: &'static str,
    /// The button's `data-action`.
    #[prop(optional)]
    action: Option<&'static str>,
    /// Called at the second press.
    #[prop(into)]
    on_sure: Callback<()>,
) -> impl IntoView {
    let asks = RwSignal::new(false);
    let press = move |_| {
        if asks.get_untracked() {
            asks.set(false);
            on_sure.run(());
        } else {
            asks.set(true);
        }
    };
    let text = move || if asks.get() { question.to_owned() } else { label.get() };
    let name = move || format!("{} {what}", text()).trim_end().to_owned();
    let button = StoredValue::new(id.clone());
    let keep = move |_| {
        asks.set(false);
        dom::focus(&button.get_value());
    };
    view! {
        <button
            id=id
            type="button"
            class="button"
            data-action=action
            class:danger=move || asks.get()
            aria-label=move || name()
            on:click=press
        >
            {move || text()}
        </button>
        <Show when=move || asks.get()>
            <button type="button" class="button quiet" on:click=keep>{words().cancel}</button>
        </Show>
    }
}
