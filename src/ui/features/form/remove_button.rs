//! The button that takes a part out of the form.

use crate::ui::words::words;
use leptos::prelude::*;

/// It says to a screen reader what it removes.
#[component]
pub(super) fn RemoveButton(
    /// The name of the part.
    #[prop(into)]
    name: String,
    /// Takes it out.
    #[prop(into)]
    on_remove: Callback<()>,
) -> impl IntoView {
    let label = format!("{} {name}", words().remove_item);
    view! {
        <button type="button" class="button quiet" aria-label=label on:click=move |_| on_remove.run(())>
            {words().remove_item}
        </button>
    }
}
