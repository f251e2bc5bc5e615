//! Appearance, time limits, and the connections that the deployment offers.

use super::NarrowPage;
use crate::config::Setting;
use crate::proxy::{ConnectionKind, Proxy, Scope, Template};
use crate::ui::features::connection_check::ConnectionCheck;
use crate::ui::features::top_bar::theme_words;
use crate::ui::state::theme::Theme;
use crate::ui::state::use_stores;
use crate::ui::words::words;
use leptos::prelude::*;

/// The page "Settings".
#[component]
pub(super) fn SettingsPage() -> impl IntoView {
    view! {
        <NarrowPage title=words().settings lead=words().settings_lead>
            <div class="sections">
                <section class="group"><h2>{words().appearance}</h2><ThemeField/></section>
                <section class="group">
                    <h2>{words().pages.time_limits}</h2>
                    <ReadOnly/>
                    <TimeLimit/>
                    <IdleLock/>
                </section>
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
fn LockedSetting(
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
    view! {
        <NumberSetting
            id="time-limit"
            label=words().time_limit
            help=(words().time_limit_help)(default)
            complaint=words().time_limit_wrong
            setting=Setting::TimeLimit
            value=untrack(|| settings.time_limit())
            set=Callback::new(move |text: String| settings.set_time_limit(&text))
        />
    }
}

#[component]
fn IdleLock() -> impl IntoView {
    let settings = use_stores().settings;
    view! {
        <NumberSetting
            id="idle-minutes"
            label=words().idle_minutes
            help=words().idle_help
            complaint=words().idle_wrong
            setting=Setting::IdleMinutes
            value=untrack(|| settings.idle_minutes())
            set=Callback::new(move |text: String| settings.set_idle_minutes(&text))
        />
    }
}

/// A number that the user may set, unless the deployment has locked it.
#[component]
fn NumberSetting(
    /// The input's id.
    id: &'static str,
    /// Its label.
    label: &'static str,
    /// What it is for.
    #[prop(into)]
    help: String,
    /// What is said of anything but a number in its range.
    complaint: &'static str,
    /// The lock.
    setting: Setting,
    /// The value in force.
    value: u64,
    /// Sets it. `false`: it is no number in its range.
    set: Callback<String, bool>,
) -> impl IntoView {
    if use_stores().site.config.with_untracked(|config| config.is_locked(setting)) {
        return view! { <LockedSetting label=label value=value/> }.into_any();
    }
    let wrong = RwSignal::new(false);
    let saved = RwSignal::new(false);
    let take = move |event| {
        let is_good = set.run(event_target_value(&event));
        wrong.set(!is_good);
        saved.set(is_good);
    };
    let (help_id, error_id) = (format!("{id}-help"), format!("{id}-error"));
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                id=id
                type="text"
                inputmode="numeric"
                autocomplete="off"
                value=value.to_string()
                aria-describedby=format!("{help_id} {error_id}")
                aria-invalid=move || wrong.get().to_string()
                on:input=take
            />
            <p id=error_id class="field-error">{move || wrong.get().then_some(complaint)}</p>
            <p id=help_id class="field-help">
                {help}" "<b role="status">{move || saved.get().then_some(words().saved)}</b>
            </p>
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
    let lead = if config.is_locked(Setting::Connection) { words().locked } else { words().connections_lead };
    view! {
        <p>{lead}</p>
        <dl class="facts">{facts}</dl>
        <ConnectionCheck/>
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
