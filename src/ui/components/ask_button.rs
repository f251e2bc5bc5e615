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
    label: String,
    /// The question.
    #[prop(into)]
    question: String,
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
    let button = id.clone();
    let keep = move |_| {
        asks.set(false);
        dom::focus(&button);
    };
    let text = move || if asks.get() { question.clone() } else { label.clone() };
    let cancel = move || {
        asks.get().then(|| {
            let keep = keep.clone();
            view! { <button type="button" class="button quiet" on:click=keep>{words().cancel}</button> }.into_any()
        })
    };
    view! {
        <button id=id type="button" class="button" class:danger=move || asks.get() on:click=press>{move || text()}</button>
        {move || cancel()}
    }
}
