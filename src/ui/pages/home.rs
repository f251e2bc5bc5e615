//! What can be done here.

use super::PageTitle;
use crate::ui::route::Route;
use crate::ui::state::{AppState, LoadedApi};
use crate::ui::text;
use leptos::prelude::*;

/// The list of all operations, with a line about how the console works.
#[component]
pub(crate) fn Home() -> impl IntoView {
    let state = AppState::expect();
    let cards = move || {
        let apis = state.apis.get();
        let ready = apis
            .into_iter()
            .filter_map(|(_, loaded)| if let LoadedApi::Ready(api) = loaded { Some(api) } else { None });
        ready
            .flat_map(|api| {
                let (id, title) = (api.id.clone(), api.title.clone());
                api.operations.clone().into_iter().map(move |entry| (id.clone(), title.clone(), entry))
            })
            .map(|(api, title, entry)| {
                let route = Route::Operation { api, id: entry.id };
                view! {
                    <li class="card">
                        <p class="eyebrow">{title}</p>
                        <h2><a href=route.to_hash()>{entry.summary}</a></h2>
                        <p class="endpoint"><b>{entry.method.to_string()}</b> " " <code>{entry.path}</code></p>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <div class="page narrow">
            <PageTitle text=text::HOME_TITLE />
            <p class="lead">{text::HOME_LEAD}</p>
            <ul class="cards">{cards}</ul>
            <p class="muted">{text::HOME_PRIVACY}</p>
        </div>
    }
}
