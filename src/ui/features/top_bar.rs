//! The header of every page: the menu, the name, the connection, who signs, the theme.

use super::navigation;
use super::profile_words::profile_words;
use crate::ui::components::icon::{Icon, IconName};
use crate::ui::platform::dom;
use crate::ui::route::Route;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::state::theme::Theme;
use crate::ui::state::use_stores;
use crate::ui::words::words;
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
        </header>
    }
}

#[component]
fn ConnectionSelect() -> impl IntoView {
    let stores = use_stores();
    let options = move || {
        let connections = stores.site.config.with(|config| config.connections.clone());
        let option = |(index, connection): (usize, crate::proxy::Connection)| {
            let selected = move || stores.settings.connection_index() == index;
            view! { <option value=index.to_string() prop:selected=selected>{connection.name}</option> }
        };
        connections.into_iter().enumerate().map(option).collect_view()
    };
    let is_locked = move || stores.site.config.with(|config| config.is_locked(crate::config::Setting::Connection));
    let choose = move |event| stores.settings.choose_connection(event_target_value(&event).parse().unwrap_or_default());
    view! {
        <label class="inline-label" for="connection">{words().via}</label>
        <select
            id="connection"
            aria-label=words().connection
            prop:disabled=move || is_locked()
            title=move || is_locked().then_some(words().locked)
            on:change=choose
        >
            {move || options()}
        </select>
    }
}

/// Who signs what the page would send: the profile, and the project and region that the form names.
#[component]
fn Signer(form: OperationForm) -> impl IntoView {
    let stores = use_stores();
    let provider = form.operation().provider.clone();
    let own = move || {
        let own = stores.profiles.summaries().into_iter().filter(|profile| profile.provider == provider);
        own.map(|profile| (profile.id.to_string(), profile_words(stores, &profile), profile.chosen)).collect::<Vec<_>>()
    };
    let choose = move |event| {
        let value = event_target_value(&event);
        let profiles = untrack(|| stores.profiles.summaries());
        if let Some(profile) = profiles.into_iter().find(|profile| profile.id.to_string() == value) {
            stores.profiles.update(|keyring| keyring.choose(profile.id));
            form.choose_region(&profile.region);
        }
    };
    let place = move || {
        [form.project(), form.region()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    };
    view! {
        <label class="inline-label" for="profile">{words().signs_as}</label>
        <select id="profile" aria-label=words().profile on:change=choose>
            // The key has the choice in it: the attribute counts only for an option that is made anew.
            <For each=own key=Clone::clone let((id, words, chosen))>
                <option value=id selected=chosen>{words}</option>
            </For>
        </select>
        <span class="signer">{move || place()}</span>
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
