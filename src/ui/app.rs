//! The frame: header, list of operations, and the page that the address names.

use super::browser;
use super::load;
use super::pages::{Home, OperationPage, Settings, Unknown};
use super::route::Route;
use super::state::{AppState, LoadedApi};
use super::text;
use super::widgets::{Icon, ThemeButton, icon, use_theme};
use crate::catalog::{Api, matches};
use leptos::ev;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

const SEARCH_ID: &str = "search";
const MAIN_ID: &str = "main";

/// The whole page.
#[component]
pub(super) fn App() -> impl IntoView {
    let state = AppState::new();
    provide_context(state);
    load::start(state);
    follow_address(state);
    let menu_open = RwSignal::new(false);
    shortcuts(menu_open);
    let theme = use_theme();
    provide_context(theme);
    Effect::new(move |_| {
        state.route.track();
        menu_open.set(false);
    });
    view! {
        <a class="skip" href=move || state.route.get().to_hash() on:click=move |event| {
            event.prevent_default();
            browser::focus(MAIN_ID);
        }>{text::SKIP}</a>
        <header class="topbar">
            <button type="button" class="button quiet menu-button" aria-expanded=move || menu_open.get().to_string() aria-controls="nav"
                on:click=move |_| menu_open.update(|open| *open = !*open)>
                {icon(Icon::Menu)} <span>{text::OPERATIONS}</span>
            </button>
            <a class="brand" href=Route::Home.to_hash()>{move || state.config.with(|config| config.title.clone())}</a>
            <div class="topbar-tools">
                <ConnectionSelect />
                <ThemeButton theme />
            </div>
        </header>
        <ConfigProblems />
        <div class="frame">
            <Navigation open=menu_open />
            <main id=MAIN_ID tabindex="-1">{move || page(state, state.route.get())}</main>
        </div>
        <div class="visually-hidden" role="status" aria-live="polite">{move || state.announcement.get()}</div>
    }
}

fn page(state: AppState, route: Route) -> AnyView {
    match route {
        Route::Home => view! { <Home /> }.into_any(),
        Route::Settings => view! { <Settings /> }.into_any(),
        Route::Operation { api, id } => view! { <OperationPage api id /> }.into_any(),
        Route::Unknown(place) => {
            let _ = state;
            view! { <Unknown place /> }.into_any()
        }
    }
}

/// Keeps the route in step with the address, and puts the focus on the heading of a page that was navigated to.
fn follow_address(state: AppState) {
    let handle = window_event_listener(ev::hashchange, move |_| {
        let hash = browser::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
        let route = Route::parse(&hash);
        if state.route.get_untracked() != route {
            state.route.set(route);
            request_animation_frame(|| {
                browser::focus("page-title");
                if let Some(window) = browser::window() {
                    window.scroll_to_with_x_and_y(0.0, 0.0);
                }
            });
        }
    });
    on_cleanup(move || handle.remove());
}

/// `/` and Ctrl-K go to the search.
fn shortcuts(menu_open: RwSignal<bool>) {
    let handle = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let slash = event.key() == "/" && !event.ctrl_key() && !event.meta_key() && !browser::is_typing(target);
        let control_k = event.key().eq_ignore_ascii_case("k") && (event.ctrl_key() || event.meta_key());
        if slash || control_k {
            event.prevent_default();
            menu_open.set(true);
            request_animation_frame(|| browser::focus(SEARCH_ID));
        }
    });
    on_cleanup(move || handle.remove());
}

#[component]
fn ConnectionSelect() -> impl IntoView {
    let state = AppState::expect();
    let options = move || {
        let connections = state.config.with(|config| config.connections.clone());
        connections.into_iter().enumerate().map(|(index, connection)| {
            view! { <option value=index.to_string() selected=move || state.connection.get() == index>{connection.name}</option> }
        }).collect_view()
    };
    view! {
        <label class="inline-label" for="connection">{text::VIA}</label>
        <select id="connection" aria-label=text::CONNECTION
            on:change=move |event| state.connection.set(event_target_value(&event).parse().unwrap_or_default())>
            {options}
        </select>
    }
}

#[component]
fn ConfigProblems() -> impl IntoView {
    let state = AppState::expect();
    let problems = move || {
        let issues = state.config_issues.get();
        (!issues.is_empty()).then(|| {
            let items = issues.iter().map(|issue| view! { <li>{crate::outcome::describe::config_issue(issue)}</li> });
            view! {
                <section class="banner" data-tone="unsure" aria-label=text::CONFIG_PROBLEMS>
                    <h2>{icon(Icon::Unsure)} <span>{text::CONFIG_PROBLEMS}</span></h2>
                    <ul>{items.collect_view()}</ul>
                </section>
            }
        })
    };
    view! { {problems} }
}

#[component]
fn Navigation(
    /// Whether the list is shown where there is no room beside the page.
    open: RwSignal<bool>,
) -> impl IntoView {
    let state = AppState::expect();
    let query = RwSignal::new(String::new());
    let groups = move || {
        let apis = state.apis.get();
        let query = query.get();
        let found = apis.iter().any(|(_, loaded)| match loaded {
            LoadedApi::Ready(api) => api.operations.iter().any(|entry| matches(&query, api, entry)),
            _ => true,
        });
        if !found {
            return view! { <p class="nav-note">{text::NOTHING_FOUND}</p> }.into_any();
        }
        apis.into_iter().map(|(file, loaded)| group(state, file, loaded, &query)).collect_view().into_any()
    };
    view! {
        <nav id="nav" class="nav" aria-label=text::OPERATIONS data-open=move || open.get().to_string()>
            <div class="search">
                {icon(Icon::Search)}
                <input id=SEARCH_ID type="search" aria-label=text::SEARCH placeholder=text::SEARCH autocomplete="off" spellcheck="false"
                    bind:value=query />
                <kbd aria-hidden="true">"/"</kbd>
            </div>
            {groups}
            <ul class="nav-list nav-foot">
                <li><a href=Route::Settings.to_hash() aria-current=move || current(state, &Route::Settings)>{text::SETTINGS}</a></li>
            </ul>
        </nav>
    }
}

fn current(state: AppState, route: &Route) -> Option<&'static str> {
    state.route.with(|here| here == route).then_some("page")
}

fn group(state: AppState, file: String, loaded: LoadedApi, query: &str) -> AnyView {
    match loaded {
        LoadedApi::Loading => view! { <p class="nav-note">{text::LOADING_API}</p> }.into_any(),
        LoadedApi::Ready(api) => api_group(state, &api, query),
        LoadedApi::Broken(_) | LoadedApi::Unreachable(_) => {
            let route = Route::Operation { api: file_id(&file), id: String::from("error") };
            view! {
                <ul class="nav-list">
                    <li><a href=route.to_hash() aria-current=move || current(state, &route)>
                        {icon(Icon::Bad)} <span>{format!("{file} {}", text::BROKEN_API)}</span>
                    </a></li>
                </ul>
            }
            .into_any()
        }
    }
}

/// The id that an API has by the name of its file, whether it could be read or not.
pub(super) fn file_id(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.strip_suffix(".json").unwrap_or(name).to_owned()
}

fn api_group(state: AppState, api: &Arc<Api>, query: &str) -> AnyView {
    let entries: Vec<_> = api.operations.iter().filter(|entry| matches(query, api, entry)).collect();
    if entries.is_empty() {
        return ().into_any();
    }
    let links = entries.into_iter().map(|entry| {
        let route = Route::Operation { api: api.id.clone(), id: entry.id.clone() };
        let summary = entry.summary.clone();
        view! { <li><a href=route.to_hash() aria-current=move || current(state, &route)>{summary}</a></li> }
    });
    view! {
        <h2 class="nav-title">{api.title.clone()}</h2>
        <ul class="nav-list">{links.collect_view()}</ul>
    }
    .into_any()
}
