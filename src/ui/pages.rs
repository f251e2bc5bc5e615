//! One file a page.

mod furnished;
mod home;
mod operation;
mod unknown;

use super::browser;
use super::dom::{El, el};
use super::route::Route;
use super::state::AppState;
use super::words::words;
use furnished::{furnished, place};
use leptos::prelude::*;

/// The heading that gets the focus after navigation.
pub(super) const TITLE_ID: &str = "page-title";

/// The page at an address.
pub(super) fn page(state: AppState, route: Route) -> AnyView {
    state.current.set(None);
    match route {
        Route::Home => home::home(state).view(),
        Route::Credentials => furnished(state, words().credentials, words().credentials_lead, place("credentials")).view(),
        Route::Check => furnished(state, words().check, words().check_lead, place("check")).view(),
        Route::Settings => furnished(state, words().settings, words().settings_lead, place("settings")).view(),
        Route::Operation { api, id } => operation::operation_page(state, api, id),
        Route::Unknown(place) => unknown::unknown(state, place).view(),
    }
}

/// The heading of a page; names the browser's tab as well.
fn page_title(state: AppState, text: &str) -> El {
    let name = text.to_owned();
    Effect::new(move |_| {
        let title = state.config.with(|config| config.title.clone());
        if let Some(document) = browser::document() {
            document.set_title(&format!("{name} – {title}"));
        }
    });
    el("h1").attr("id", TITLE_ID).attr("tabindex", "-1").child(text)
}

/// A page of one column.
fn narrow() -> El {
    el("div").class("page narrow")
}
