//! The header of every page: the menu, the name, the connection, who signs, the theme.

use super::navigation;
use super::profile_words::profile_words;
use super::simulation::SimulationBar;
use crate::config::Setting;
use crate::ui::components::form_field::FieldFrame;
use crate::ui::components::icon::{Icon, IconName};
use crate::ui::components::select_control::SelectControl;
use crate::ui::ids::{CONNECTION_ID, MAIN_ID};
use crate::ui::platform::dom;
use crate::ui::route::Route;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::state::theme::Theme;
use crate::ui::state::use_stores;
use crate::ui::words::words;
use leptos::ev::MouseEvent;
use leptos::prelude::*;

pub(crate) const MENU_ID: &str = "menu";

/// The header.
#[component]
pub(crate) fn TopBar() -> impl IntoView {
    let stores = use_stores();
    let shell = stores.shell;
    let toggle_menu = move |_| {
        shell.menu_open.update(|open| *open = !*open);
        if shell.menu_open.get_untracked() {
            dom::next_frame(|| dom::focus(navigation::SEARCH_ID));
        }
    };
    let signed_form = Memo::new(move |_| {
        stores.forms.current.get().filter(|form| form.operation().takes_credential()).map(|form| form.key())
    });
    let signer = move || {
        signed_form.get();
        untrack(|| {
            let form = stores.forms.current.get().filter(|form| form.operation().takes_credential());
            form.map(|form| view! { <Signer form=form/> }.into_any())
        })
    };
    view! {
        <header class="topbar">
            <SkipLink/>
            <div class="topbar-row">
            <button
                type="button"
                class="button quiet menu-button"
                id=MENU_ID
                aria-controls="nav"
                aria-expanded=move || shell.menu_open.get().to_string()
                on:click=toggle_menu
            >
                <Icon name=IconName::Menu/>" "<span>{words().operations}</span>
            </button>
            <a class="brand" href=Route::Home.to_hash()>{move || stores.site.config.with(|config| config.title.clone())}</a>
            <div class="topbar-tools"><ConnectionSelect/>{move || signer()}<ThemeButton/></div>
            </div>
            <SimulationBar/>
        </header>
    }
}

#[component]
fn SkipLink() -> impl IntoView {
    let stores = use_stores();
    let skip = |event: MouseEvent| {
        event.prevent_default();
        dom::focus(MAIN_ID);
    };
    view! { <a class="skip" href=move || stores.shell.route.with(Route::to_hash) on:click=skip>{words().skip}</a> }
}

#[component]
fn ConnectionSelect() -> impl IntoView {
    let stores = use_stores();
    let options = Signal::derive(move || {
        stores.site.config.with(|config| {
            let names = config.connections.iter().map(|connection| connection.name.clone()).enumerate();
            names.map(|(index, name)| (index.to_string(), name)).collect::<Vec<_>>()
        })
    });
    let locked = Signal::derive(move || {
        stores.site.config.with(|config| config.is_locked(Setting::Connection)).then_some(words().locked)
    });
    view! {
        <label for=CONNECTION_ID>{words().connection}</label>
        <SelectControl
            frame=FieldFrame::plain(CONNECTION_ID, words().connection)
            options=options
            chosen=Signal::derive(move || stores.settings.connection_index().to_string())
            on_choose=move |index: String| stores.settings.choose_connection(index.parse().unwrap_or_default())
            locked=locked
        />
    }
}

/// Who signs what the page would send.
#[component]
fn Signer(form: OperationForm) -> impl IntoView {
    let stores = use_stores();
    let provider = StoredValue::new(form.operation().provider.clone());
    let own = Signal::derive(move || {
        let own = stores.profiles.summaries().into_iter();
        // The page with the form may be gone already.
        let provider = provider.try_get_value().unwrap_or_default();
        let own = own.filter(|profile| profile.provider == provider);
        own.map(|profile| (profile.id.to_string(), profile_words(stores, &profile))).collect::<Vec<_>>()
    });
    let chosen = move || {
        stores
            .profiles
            .chosen_id(&provider.try_get_value().unwrap_or_default())
            .map(|id| id.to_string())
            .unwrap_or_default()
    };
    let choose = move |value: String| {
        let profiles = untrack(|| stores.profiles.summaries());
        if let Some(profile) = profiles.into_iter().find(|profile| profile.id.to_string() == value) {
            stores.profiles.update(|keyring| keyring.choose(profile.id));
            form.choose_region(&profile.region);
        }
    };
    view! {
        <label for="profile">{words().profile}</label>
        <SelectControl
            frame=FieldFrame::plain("profile", words().profile)
            options=own
            chosen=Signal::derive(chosen)
            on_choose=choose
        />
    }
}

/// The name of a theme.
pub(crate) fn theme_words(theme: Theme) -> &'static str {
    match theme {
        Theme::System => words().colours_system,
        Theme::Light => words().colours_light,
        Theme::Dark => words().colours_dark,
    }
}

/// Steps through the themes.
#[component]
fn ThemeButton() -> impl IntoView {
    let settings = use_stores().settings;
    let name = move || format!("{}: {}", words().colours, theme_words(settings.theme()));
    let icon = move || match settings.theme() {
        Theme::System => view! { <Icon name=IconName::Auto/> },
        Theme::Light => view! { <Icon name=IconName::Sun/> },
        Theme::Dark => view! { <Icon name=IconName::Moon/> },
    };
    let step = move |_| settings.choose_theme(untrack(|| settings.theme()).next());
    view! {
        <button type="button" class="button quiet icon-only" aria-label=move || name() title=move || name() on:click=step>{move || icon()}</button>
    }
}
