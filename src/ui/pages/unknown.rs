//! An address that leads nowhere.

use super::PageTitle;
use crate::ui::route::Route;
use crate::ui::text;
use leptos::prelude::*;

/// Says so, and shows the way home.
#[component]
pub(crate) fn Unknown(
    /// The part behind `#`.
    place: String,
) -> impl IntoView {
    view! {
        <div class="page narrow">
            <PageTitle text=text::UNKNOWN_TITLE />
            <p class="lead">{text::UNKNOWN_LEAD} " " <code class="breakable">{place}</code></p>
            <p><a class="button primary" href=Route::Home.to_hash()>{text::BACK_HOME}</a></p>
        </div>
    }
}
