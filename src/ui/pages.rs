//! One file a page, one page an address.

mod about;
mod connection_check;
mod credentials;
mod fleet;
mod history;
mod home;
mod import;
mod not_found;
mod operation;
mod settings;

use super::components::later::{OnUse, ViewOnUse};
use super::features::change_words::title_mark;
use super::ids::TITLE_ID;
use super::on_use::on_use;
use super::platform::dom;
use super::route::Route;
use super::state::fleet::FleetStore;
use super::state::{Stores, use_stores};
use super::words::words;
use crate::fleet::FleetStage;
use crate::follow::{Follow, Phase};
use about::AboutPage;
use connection_check::ConnectionCheckPage;
use credentials::CredentialsPage;
use fleet::FleetPage;
use history::HistoryPage;
use home::HomePage;
use import::ImportPage;
use leptos::prelude::*;
use not_found::NotFoundPage;
use operation::OperationPage;
use settings::SettingsPage;

/// The page at an address.
pub(super) fn page(route: Route) -> AnyView {
    match route {
        Route::Home => view! { <HomePage/> }.into_any(),
        Route::History => on_use(|| Box::pin(history_page())),
        Route::Fleet => on_use(|| Box::pin(fleet_page())),
        Route::Credentials => on_use(|| Box::pin(credentials_page())),
        Route::ConnectionCheck => on_use(|| Box::pin(connection_check_page())),
        Route::Settings => on_use(|| Box::pin(settings_page())),
        Route::Import => on_use(|| Box::pin(import_page())),
        Route::About => view! { <AboutPage/> }.into_any(),
        Route::Operation { api, id } => view! { <OperationPage api=api operation=id/> }.into_any(),
        Route::NotFound(address) => view! { <NotFoundPage address=address/> }.into_any(),
    }
}

on_use! { fleet => fn fleet_page() -> AnyView { with_focus(view! { <FleetPage/> }.into_any()) } }
on_use! { pages => fn history_page() -> AnyView { with_focus(view! { <HistoryPage/> }.into_any()) } }
on_use! { pages => fn credentials_page() -> AnyView { with_focus(view! { <CredentialsPage/> }.into_any()) } }
on_use! { pages => fn connection_check_page() -> AnyView { with_focus(view! { <ConnectionCheckPage/> }.into_any()) } }
on_use! { pages => fn import_page() -> AnyView { with_focus(view! { <ImportPage/> }.into_any()) } }
on_use! { pages => fn settings_page() -> AnyView { with_focus(view! { <SettingsPage/> }.into_any()) } }

/// A page that comes later than its address takes the focus when it comes.
fn with_focus(page: AnyView) -> AnyView {
    if use_stores().shell.has_moved.get_value() {
        dom::next_frame(|| dom::focus(TITLE_ID));
    }
    page
}

fn on_use(load: fn() -> ViewOnUse) -> AnyView {
    view! { <OnUse load=Box::new(load)/> }.into_any()
}

/// The heading of a page. It names the browser's tab as well.
#[component]
fn PageTitle(#[prop(into)] text: String) -> impl IntoView {
    let stores = use_stores();
    let name = text.clone();
    let mark = Memo::new(move |_| match stores.fleets.fleet().and_then(FleetStore::progress) {
        Some((over, all)) => fleet_mark(stores, over, all),
        None => change_to_tell(stores).as_ref().map(title_mark).unwrap_or_default(),
    });
    Effect::new(move |_| {
        let site = stores.site.config.with(|config| config.title.clone());
        dom::set_title(&format!("{}{name} – {site}", mark.get()));
    });
    view! { <h1 id=TITLE_ID tabindex="-1">{text}</h1> }
}

/// The change that the title tells of: one that is under way, else the last one, unless another was sent since.
fn change_to_tell(stores: Stores) -> Option<Follow> {
    let is_last = |follow: &Follow| stores.calls.last_change().is_none_or(|call| call.to_string() == follow.origin.id);
    stores.follows.foremost().filter(|follow| follow.phase() == Phase::Running || is_last(follow))
}

/// The beginning of the title while the page has a run. What else is followed comes before one that is over.
fn fleet_mark(stores: Stores, over: usize, all: usize) -> String {
    let Some((fleet, stage)) = stores.fleets.fleet().and_then(|fleet| Some((fleet, fleet.stage()?))) else {
        return String::new();
    };
    let mark = || (words().pages.fleet_progress)(stage, fleet.is_halted(), over, all);
    match change_to_tell(stores).filter(|_| stage == FleetStage::Over) {
        Some(follow) => title_mark(&follow),
        None => mark(),
    }
}

/// A page of one column.
#[component]
fn NarrowPage(
    /// The heading.
    #[prop(into)]
    title: String,
    /// One sentence below the heading.
    #[prop(optional)]
    lead: &'static str,
    /// The rest of the page.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="page narrow">
            <PageTitle text=title/>
            {(!lead.is_empty()).then(|| view! { <p class="lead">{lead}</p> }.into_any())}
            {children()}
        </div>
    }
}
