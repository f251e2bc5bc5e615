//! The frame: header, list of operations, and the page that the address names.

use super::components::later::Later;
use super::features::config_issues::ConfigIssues;
use super::features::follow;
use super::features::idle_lock::{self, IdleWarning};
use super::features::navigation::Navigation;
use super::features::palette::Palette;
use super::features::session_log::{self, InterruptedCalls};
use super::features::shortcuts::{self, KeyList};
use super::features::top_bar::TopBar;
use super::features::update::UpdateBanner;
use super::ids::{MAIN_ID, TITLE_ID};
use super::pages;
use super::platform::{dom, press};
use super::route::{Route, address_values};
use super::state::site::{OperationKey, ReadConfig};
use super::state::snapshot::Snapshot;
use super::state::{Stores, provide_stores};
use super::words::words;
use leptos::prelude::*;

/// The whole page.
#[component]
pub(super) fn App(
    /// `config.json`.
    config: ReadConfig,
    /// What the page before this one has left.
    snapshot: Option<Snapshot>,
) -> impl IntoView {
    let stores = provide_stores(config, snapshot);
    let opened = stores.shell.route.get_untracked();
    let first = match opened {
        Route::Operation { api, id } => Some(OperationKey { api, operation: id }),
        _ => None,
    };
    stores.site.load_descriptions(first.as_ref());
    follow_address(stores);
    press::watch();
    shortcuts::watch(stores);
    idle_lock::watch(stores);
    session_log::watch(stores);
    follow::watch(stores);
    dom::when_idle(move || stores.vault.look());
    let page = move || {
        let route = stores.shell.route.get();
        // What a page reads while it is built must not build it anew.
        untrack(|| pages::page(route))
    };
    // A page of an operation has them beside its answer, and Home among the rest.
    let elsewhere = Memo::new(move |_| !matches!(stores.shell.route.get(), Route::Operation { .. } | Route::Home));
    let none = Signal::stored(None::<String>);
    let follows = move || {
        elsewhere.get().then(|| view! { <div class="page narrow"><follow::OtherFollows except=none/></div> }.into_any())
    };
    view! {
        <Later><UpdateBanner/></Later>
        <TopBar/>
        <Announcements/>
        <Later><ConfigIssues/></Later>
        <InterruptedCalls/>
        <div class="frame">
            <Navigation/>
            <main id=MAIN_ID tabindex="-1">{move || page()}{move || follows()}</main>
        </div>
        <Later>
            <IdleWarning/>
            <Palette/>
            <KeyList/>
        </Later>
        <div class="visually-hidden" role="status">{move || stores.shell.announcement.get()}</div>
    }
}

/// What the deployment says on every page.
#[component]
fn Announcements() -> impl IntoView {
    let site = super::state::use_stores().site;
    let note = |sentence: String| view! { <p class="banner" role="note">{sentence}</p> }.into_any();
    move || {
        site.config.with(|config| {
            let read_only = if config.read_only { words().read_only } else { "" };
            let notes: Vec<String> =
                [config.banner.clone(), read_only.to_owned()].into_iter().filter(|note| !note.is_empty()).collect();
            (!notes.is_empty()).then(|| {
                let notes: Vec<AnyView> = notes.into_iter().map(note).collect();
                view! { <aside aria-label=words().announcements>{notes}</aside> }.into_any()
            })
        })
    }
}

/// Keeps the route in step with the address, and puts the focus on the heading of a page that was navigated to.
fn follow_address(stores: Stores) {
    let handle = window_event_listener(leptos::ev::hashchange, move |_| {
        let hash = dom::hash();
        let route = Route::parse(&hash);
        stores.shell.menu_open.set(false);
        if stores.shell.route.get_untracked() != route {
            stores.shell.has_moved.set_value(true);
            stores.shell.route.set(route);
            dom::next_frame(|| {
                dom::focus(TITLE_ID);
                dom::scroll_to_top();
            });
        }
        stores.shell.address_values.set(address_values(&hash));
    });
    on_cleanup(move || handle.remove());
}
