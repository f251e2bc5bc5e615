//! A modal dialog.

use crate::ui::platform::dom;
use leptos::html;
use leptos::prelude::*;

/// A dialog that is open while a signal says so. Escape closes it, and the focus goes back to where it was.
#[component]
pub(crate) fn Dialog(
    /// Its id; its title has this id with `-title` behind it.
    id: &'static str,
    /// The title.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let open = open.get();
        if let Some(dialog) = dialog.get() {
            dom::show_dialog(&dialog, open);
        }
    });
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    view! {
        // It scrolls where it is long, and browsers would make a Tab stop of it.
        <dialog
            id=id
            class="dialog"
            tabindex="-1"
            aria-labelledby=labelled_by
            node_ref=dialog
            on:close=move |_| open.set(false)
        >
            <h2 id=title_id class="breakable">{move || title.get()}</h2>
            {children()}
        </dialog>
    }
}
