//! Appearance, time limit, and the connections that the deployment offers.

use super::NarrowPage;
use crate::proxy::{ConnectionKind, Proxy, Scope, Template};
use crate::ui::features::top_bar::theme_words;
use crate::ui::route::Route;
use crate::ui::state::theme::Theme;
use crate::ui::state::use_stores;
use crate::ui::words::words;
use leptos::prelude::*;

const TIME_LIMIT_ID: &str = "time-limit";

/// The page "Settings".
#[component]
pub(super) fn SettingsPage() -> impl IntoView {
    view! {
        <NarrowPage title=words().settings lead=words().settings_lead>
            <div class="sections">
                <section class="group"><h2>{words().appearance}</h2><ThemeField/></section>
                <section class="group"><h2>{words().send}</h2><ReadOnly/><TimeLimit/></section>
                <section class="group"><h2>{words().connections}</h2><Connections/></section>
            </div>
        </NarrowPage>
    }
}

#[component]
fn ThemeField() -> impl IntoView {
    let settings = use_stores().settings;
    let options = Theme::ALL.map(|theme| {
        view! {
            <option value=theme.key() prop:selected=move || settings.theme() == theme>{theme_words(theme)}</option>
        }
        .into_any()
    });
    let choose = move |event| settings.choose_theme(Theme::from_key(&event_target_value(&event)));
    view! {
        <div class="field">
            <label for="theme">{words().colours}</label>
            <select id="theme" on:change=choose>{options.into_iter().collect_view()}</select>
        </div>
    }
}

/// A setting that the user cannot change, and why.
#[component]
pub(super) fn LockedSetting(
    #[prop(into)] label: String,
    /// The value in force.
    value: u64,
) -> impl IntoView {
    view! {
        <p>{format!("{label}: {value}")}</p>
        <p class="field-help" data-locked="">{words().locked}</p>
    }
}

#[component]
fn ReadOnly() -> impl IntoView {
    let site = use_stores().site;
    move || {
        site.config.with(|config| config.read_only).then(|| {
            view! {
                <p>{words().read_only}</p>
                <p class="field-help" data-locked="">{words().locked}</p>
            }
            .into_any()
        })
    }
}

#[component]
fn TimeLimit() -> impl IntoView {
    let stores = use_stores();
    let settings = stores.settings;
    let default = stores.site.config.with_untracked(|config| config.time_limit);
    if stores.site.config.with_untracked(|config| config.is_locked(crate::config::Setting::TimeLimit)) {
        let value = untrack(|| settings.time_limit());
        return view! { <LockedSetting label=words().time_limit value=value/> }.into_any();
    }
    let wrong = RwSignal::new(false);
    view! {
        <div class="field">
            <label for=TIME_LIMIT_ID>{words().time_limit}</label>
            <input
                id=TIME_LIMIT_ID
                type="text"
                inputmode="numeric"
                autocomplete="off"
                value=untrack(|| settings.time_limit()).to_string()
                aria-describedby="time-limit-help time-limit-error"
                aria-invalid=move || wrong.get().to_string()
                on:input=move |event| wrong.set(!settings.set_time_limit(&event_target_value(&event)))
            />
            <p id="time-limit-error" class="field-error">{move || wrong.get().then_some(words().time_limit_wrong)}</p>
            <p id="time-limit-help" class="field-help">{(words().time_limit_help)(default)}</p>
        </div>
    }
    .into_any()
}

#[component]
fn Connections() -> impl IntoView {
    let config = use_stores().site.config.get_untracked();
    let facts = config.connections.iter().map(|connection| {
        let exceptions = match &connection.kind {
            ConnectionKind::Proxy(proxy) => exceptions(proxy),
            _ => Vec::new(),
        };
        let exceptions = exceptions.into_iter().map(|(whose, url)| {
            view! { <span><br/>{format!("{whose}: ")}<code class="breakable">{url}</code></span> }
        });
        view! {
            <dt>{connection.name.clone()}</dt>
            <dd>
                <code class="breakable">{(words().connection_kind)(&connection.kind, "", "")}</code>
                {exceptions.collect_view()}
            </dd>
        }
    });
    let facts = facts.collect_view();
    let lead =
        if config.is_locked(crate::config::Setting::Connection) { words().locked } else { words().connections_lead };
    view! {
        <p>{lead}</p>
        <dl class="facts">{facts}</dl>
        <p><a href=Route::ConnectionCheck.to_hash()>{words().check}</a></p>
    }
}

/// The addresses of single providers and regions.
fn exceptions(proxy: &Proxy) -> Vec<(String, String)> {
    let exception = |(scope, template): (Scope<'_>, &Template)| {
        let whose = match scope {
            Scope::All => return None,
            Scope::Provider(provider) => provider.to_owned(),
            Scope::Region(provider, region) => format!("{provider} {region}"),
        };
        Some((whose, template.as_str().to_owned()))
    };
    proxy.templates().filter_map(exception).collect()
}
