//! What can be switched here, whether all is ready for it, and what this session has done.

use super::PageTitle;
use crate::catalog::{Api, OperationEntry};
use crate::ui::features::credential::Expiry;
use crate::ui::features::follow::OtherFollows;
use crate::ui::features::omissions::Omissions;
use crate::ui::features::profile_words::profile_words;
use crate::ui::features::session_log::SessionLog;
use crate::ui::features::vault;
use crate::ui::route::Route;
use crate::ui::state::site::OperationKey;
use crate::ui::state::vault::VaultState;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::words;
use leptos::prelude::*;
use std::sync::Arc;

/// The switches with what they do and who signs, connection and vault, the log of this session, and the helpers.
#[component]
pub(super) fn HomePage() -> impl IntoView {
    let stores = use_stores();
    let site = stores.site;
    let switches = move || {
        let apis = site.apis();
        let switches = |api: &Arc<Api>| {
            let switches = api.operations.iter().filter(|entry| entry.is_switch);
            switches.map(|entry| view! { <Switch api=api.clone() entry=entry.clone()/> }.into_any()).collect_view()
        };
        apis.iter().map(switches).collect_view()
    };
    let helpers = move || {
        let apis = site.apis();
        let helpers = |api: &Arc<Api>| {
            let helpers = api.operations.iter().filter(|entry| !entry.is_switch);
            helpers.map(|entry| view! { <li>{link(api, entry)}</li> }.into_any()).collect_view()
        };
        let links: Vec<_> = apis.iter().map(helpers).collect();
        view! { <ul class="inline-list">{links}</ul> }.into_any()
    };
    let has_helpers =
        Memo::new(move |_| site.apis().iter().any(|api| api.operations.iter().any(|entry| !entry.is_switch)));
    let omissions = move || {
        let omissions = site.apis().iter().flat_map(|api| api.omissions.clone()).collect();
        view! { <Omissions omissions=omissions/> }.into_any()
    };
    view! {
        <div class="page home">
            <PageTitle text=words().home_title/>
            <ul class="cards">{move || switches()}</ul>
            {move || site.offers_nothing().then(|| view! { <p>{words().nothing_offered}</p> }.into_any())}
            {move || omissions()}
            <Readiness/>
            <OtherFollows except=Signal::stored(None::<String>) folded=true/>
            <SessionLog/>
            <Show when=move || has_helpers.get()>
                <section class="helpers" aria-labelledby="helpers">
                    <h2 id="helpers">{words().pages.helpers}</h2>
                    {move || helpers()}
                </section>
            </Show>
            <p class="muted">{words().home_privacy}</p>
        </div>
    }
}

fn link(api: &Api, entry: &OperationEntry) -> impl IntoView + use<> {
    let route = Route::Operation { api: api.id.clone(), id: entry.id.clone() };
    view! { <a href=route.to_hash()>{entry.summary.clone()}</a> }
}

/// What switches something: its impact in one line, who signs it, and the lists to pick from.
#[component]
fn Switch(api: Arc<Api>, entry: OperationEntry) -> impl IntoView {
    let stores = use_stores();
    let key = OperationKey { api: api.id.clone(), operation: entry.id.clone() };
    let operation = untrack(|| stores.site.operation(&key));
    let impact = operation.and_then(|operation| operation.impact).map(|impact| impact.summary);
    let lists = api.operations.iter().filter(|other| other.leads_to.contains(&entry.operation_id));
    let lists = lists.map(|other| link(&api, other)).collect_view();
    let has_lists = api.operations.iter().any(|other| other.leads_to.contains(&entry.operation_id));
    let lists =
        has_lists.then(|| view! { <p class="muted card-lists">{words().pages.pick_from}" "{lists}</p> }.into_any());
    let provider = api.provider.clone();
    view! {
        <li class="card">
            <p class="eyebrow">{api.title.clone()}</p>
            <h2>{link(&api, &entry)}</h2>
            {impact.map(|impact| view! { <p>{impact}</p> }.into_any())}
            {lists}
            <div class="card-signer">{move || signer(stores, &provider)}</div>
        </li>
    }
}

/// Who signs for a provider, and whether that profile is ready.
fn signer(stores: Stores, provider: &str) -> impl IntoView + use<> {
    let profile = stores.profiles.chosen(provider).filter(|profile| !profile.is_blank());
    let expires = profile.as_ref().and_then(|profile| profile.expires);
    let holds = profile.as_ref().is_some_and(|profile| !profile.lacks_secret());
    let title = profile.map(|profile| profile_words(stores, &profile));
    let title = match title {
        None if stores.vault.state.get() == VaultState::Locked => words().pages.profile_locked.to_owned(),
        None => words().pages.no_profile_yet.to_owned(),
        Some(title) if holds => title,
        Some(title) => format!("{title}, {}", words().pages.no_credential_yet),
    };
    view! {
        <p class="muted">{format!("{}: {title}", words().profile)}</p>
        <Expiry expires=expires/>
    }
}

/// Connection and vault in one line.
#[component]
fn Readiness() -> impl IntoView {
    let stores = use_stores();
    let connection = move || stores.settings.connection();
    let way = move || (words().connection_kind)(&connection().kind, "", "");
    let vault_action = move || match stores.vault.state.get() {
        VaultState::Locked => words().vault_unlock,
        _ => words().credentials,
    };
    view! {
        <dl class="facts readiness">
            <dt>{words().connection}</dt>
            <dd>
                <b>{move || connection().name}</b>" "<span class="muted breakable">{move || way()}</span>" "
                <a href=Route::ConnectionCheck.to_hash()>{words().check}</a>
            </dd>
            <dt>{words().vault}</dt>
            <dd>{move || vault::status(stores)}" "<a href=Route::Credentials.to_hash()>{move || vault_action()}</a></dd>
        </dl>
    }
}

/// Verb and path in one line.
#[component]
pub(super) fn Endpoint(method: String, path: String) -> impl IntoView {
    view! { <p class="endpoint"><b>{method}</b>" "<code>{path}</code></p> }
}
