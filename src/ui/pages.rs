//! One file a page.

mod home;
mod operation;
mod settings;
mod unknown;

pub(super) use home::Home;
pub(super) use operation::OperationPage;
pub(super) use settings::Settings;
pub(super) use unknown::Unknown;

use super::browser;
use super::state::AppState;
use leptos::prelude::*;

/// The heading of a page: gets the focus after navigation, and names the browser's tab.
#[component]
fn PageTitle(
    /// The words.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let state = AppState::expect();
    let heading = text.clone();
    Effect::new(move |_| {
        let title = state.config.with(|config| config.title.clone());
        if let Some(document) = browser::document() {
            document.set_title(&format!("{text} – {title}"));
        }
    });
    view! { <h1 id="page-title" tabindex="-1">{heading}</h1> }
}
