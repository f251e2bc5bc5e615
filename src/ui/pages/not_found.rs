//! An address that leads nowhere.

use super::NarrowPage;
use crate::ui::route::Route;
use crate::ui::words::words;
use leptos::prelude::*;

/// Says so, and shows the way home.
#[component]
pub(super) fn NotFoundPage(
    /// The address behind `#`.
    address: String,
) -> impl IntoView {
    view! {
        <NarrowPage title=words().unknown_title>
            <p class="lead">{words().unknown_lead}" "<code class="breakable">{address}</code></p>
            <p><a class="button primary" href=Route::Home.to_hash()>{words().back_home}</a></p>
        </NarrowPage>
    }
}
