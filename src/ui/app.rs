//! The frame: header, list of operations, and the page that the address names.

use super::browser;
use super::dom::{Child, El, el, live, value_of};
use super::load;
use super::model::CallModel;
use super::navigation::navigation;
use super::pages;
use super::route::Route;
use super::signer::{choose, context, place, profile_words};
use super::state::AppState;
use super::update::UpdateBanner;
use super::words::words;
use super::widgets::{Icon, button, remembered_theme, theme_button, with_icon};
use js_sys::Array;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

pub(super) const SEARCH_ID: &str = "search";
const MAIN_ID: &str = "main";
const MENU_ID: &str = "menu";

/// The whole page.
pub(super) fn app() -> AnyView {
    let state = AppState::new(remembered_theme());
    load::start(state);
    follow_address(state);
    shortcuts(state);
    tell_panels(state);
    let page = live(move || {
        let route = state.route.get();
        // What a page reads while it is built must not build it anew.
        untrack(|| pages::page(state, route)).into()
    });
    Child::many([
        skip_link(state).view(),
        view! { <UpdateBanner state/> }.into_any(),
        top_bar(state).view(),
        live(move || announcements(state)),
        // For what is wrong with the configuration.
        el("div").attr("data-panel", "config").view(),
        el("div")
            .class("frame")
            .child(navigation(state))
            .child(el("main").attr("id", MAIN_ID).attr("tabindex", "-1").child(page))
            .view(),
        el("div").class("visually-hidden").attr("role", "status").live_text(move || state.announcement.get()).view(),
    ])
    .view()
}

fn skip_link(state: AppState) -> El {
    el("a")
        .class("skip")
        .live_attr("href", move || Some(state.route.get().to_hash()))
        .on("click", |event| {
            event.prevent_default();
            browser::focus(MAIN_ID);
        })
        .child(words().skip)
}

fn top_bar(state: AppState) -> El {
    let menu = button("button quiet menu-button")
        .live_bool("aria-expanded", move || state.menu_open.get())
        .attr("aria-controls", "nav")
        .attr("id", MENU_ID)
        .on("click", move |_| {
            state.menu_open.update(|open| *open = !*open);
            if state.menu_open.get_untracked() {
                browser::next_frame(|| browser::focus(SEARCH_ID));
            }
        });
    let brand = el("a").class("brand").attr("href", Route::Home.to_hash());
    el("header")
        .class("topbar")
        .child(with_icon(menu, Icon::Menu, words().operations))
        .child(brand.live_text(move || state.config.with(|config| config.title.clone())))
        .child(
            el("div")
                .class("topbar-tools")
                .children(connection_select(state))
                .child(signer(state))
                .child(theme_button(state.theme)),
        )
}

/// Who signs what the page would send: the profile, and the project and region that the form names.
fn signer(state: AppState) -> AnyView {
    live(move || {
        let model = state.current.get().filter(|model| !model.operation().schemes.is_empty());
        untrack(|| model.map(|model| Child::many(signer_of(state, model)))).into()
    })
}

fn signer_of(state: AppState, model: CallModel) -> [El; 3] {
    let provider = model.operation().provider.clone();
    let options = move || {
        state.keyring.with(|keyring| {
            let chosen = keyring.chosen(&provider).map(|profile| profile.id);
            let own = keyring.profiles().iter().filter(|profile| profile.provider == provider);
            Child::many(own.map(|profile| {
                let option = el("option").attr("value", profile.id.to_string()).child(profile_words(keyring, profile));
                if chosen == Some(profile.id) { option.flag("selected") } else { option }
            }))
        })
    };
    let choose = move |event| choose(state, value_of(&event).parse().unwrap_or_default());
    let place = move || {
        let (region, project) = place(model);
        [project, region].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    };
    [
        el("label").class("inline-label").attr("for", "profile").child(words().signs_as),
        el("select").attr("id", "profile").attr("aria-label", words().profile).on("change", choose).live(options),
        el("span").class("signer").live_text(place),
    ]
}

fn connection_select(state: AppState) -> [El; 2] {
    let options = move || {
        let connections = state.config.with(|config| config.connections.clone());
        Child::many(connections.into_iter().enumerate().map(|(index, connection)| {
            el("option")
                .attr("value", index.to_string())
                .live_switch("selected", move || state.connection.get() == index)
                .child(connection.name)
        }))
    };
    let is_locked = move || state.config.with(|config| config.is_locked("connection"));
    let choose = move |event| state.connection.set(value_of(&event).parse().unwrap_or_default());
    [
        el("label").class("inline-label").attr("for", "connection").child(words().via),
        el("select")
            .attr("id", "connection")
            .attr("aria-label", words().connection)
            .live_switch("disabled", is_locked)
            .live_attr("title", move || is_locked().then(|| words().locked.to_owned()))
            .on("change", choose)
            .live(options),
    ]
}

/// What the deployment says on every page.
fn announcements(state: AppState) -> Child {
    let note = |words: &str| (!words.is_empty()).then(|| el("p").class("banner").attr("role", "note").child(words));
    state.config.with(|config| {
        Child::many([note(&config.banner), note(if config.is_read_only() { words().read_only } else { "" })])
    })
}

/// Keeps the panels in step with who signs and what is on the screen.
fn tell_panels(state: AppState) {
    let context = Memo::new(move |_| context(state));
    Effect::new(move |_| {
        let context = context.get();
        if state.panels_loaded.get()
            && let Some(panels) = state.panels.get_value()
        {
            panels.call("changed", &Array::of1(&context.into()));
        }
    });
}

/// Keeps the route in step with the address, and puts the focus on the heading of a page that was navigated to.
fn follow_address(state: AppState) {
    let handle = window_event_listener(ev::hashchange, move |_| {
        let route = Route::parse(&browser::hash());
        state.menu_open.set(false);
        if state.route.get_untracked() != route {
            state.route.set(route);
            request_animation_frame(|| {
                browser::focus(pages::TITLE_ID);
                browser::scroll_to_top();
            });
        }
    });
    on_cleanup(move || handle.remove());
}

/// `/` and Ctrl-K go to the search, Escape closes the list where it covers the page.
fn shortcuts(state: AppState) {
    let handle = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let slash = event.key() == "/" && !event.ctrl_key() && !event.meta_key() && !browser::is_typing(target);
        let control_k = event.key().eq_ignore_ascii_case("k") && (event.ctrl_key() || event.meta_key());
        if event.key() == "Escape" && state.menu_open.get_untracked() {
            state.menu_open.set(false);
            browser::focus(MENU_ID);
        }
        if slash || control_k {
            event.prevent_default();
            state.menu_open.set(true);
            request_animation_frame(|| browser::focus(SEARCH_ID));
        }
    });
    on_cleanup(move || handle.remove());
}
