//! All profiles, the idle lock, the vault, the clocks.

use super::NarrowPage;
use super::settings::LockedSetting;
use crate::credentials::ProfileSummary;
use crate::ui::components::text_field::{TextField, TypedText};
use crate::ui::features::credential::Expiry;
use crate::ui::features::profile_words::profile_title;
use crate::ui::features::vault::{self, VaultSection};
use crate::ui::state::use_stores;
use crate::ui::words::words;
use leptos::prelude::*;

/// The page "Credentials".
#[component]
pub(super) fn CredentialsPage() -> impl IntoView {
    view! {
        <NarrowPage title=words().credentials lead=words().credentials_lead>
            <div class="sections">
                <section class="group"><h2>{words().profiles}</h2><ProfileList/></section>
                <section class="group"><h2>{words().idle_lock}</h2><IdleLock/></section>
                <section class="group"><h2>{words().vault}</h2><VaultSection/></section>
                <section class="group"><h2>{words().clock}</h2><Clocks/></section>
            </div>
        </NarrowPage>
    }
}

#[component]
fn ProfileList() -> impl IntoView {
    let stores = use_stores();
    let summaries = Memo::new(move |_| stores.profiles.summaries());
    let forget_all = move |_| {
        vault::lock(stores);
        stores.shell.announce(words().forgotten);
    };
    let any_secret = Memo::new(move |_| stores.profiles.hold_secrets());
    view! {
        <Show
            when=move || summaries.with(|summaries| !summaries.is_empty())
            fallback=|| view! { <p>{words().no_profiles}</p> }
        >
            <ul class="profiles">
                <For each=move || summaries.get() key=|profile| profile.id let(listed)>
                    // In place, so that the focus stays.
                    {move || stores.profiles.summary(listed.id).map(|profile| view! { <Row profile=profile/> }.into_any())}
                </For>
            </ul>
            <Show when=move || any_secret.get()>
                <button type="button" class="button" on:click=forget_all>{words().forget_all}</button>
            </Show>
        </Show>
    }
}

#[component]
fn Row(profile: ProfileSummary) -> impl IntoView {
    let stores = use_stores();
    let id = profile.id;
    let title = profile_title(&profile);
    let name = |words: &str| format!("{words} {title}");
    let forget = move |_| {
        stores.profiles.update(|keyring| keyring.clear_secrets(Some(id)));
        stores.shell.announce(words().forgotten);
    };
    let remove = move |_| {
        stores.profiles.update(|keyring| keyring.remove(id));
        stores.shell.announce(words().removed);
    };
    let choose = move |_| stores.profiles.update(|keyring| keyring.choose(id));
    let chosen = if profile.chosen {
        view! { <span class="muted">{words().chosen}</span> }.into_any()
    } else {
        view! {
            <button type="button" class="button" aria-label=name(words().choose_profile) on:click=choose>
                {words().choose_profile}
            </button>
        }
        .into_any()
    };
    let public = profile.public_values.clone().into_iter().map(|(label, value)| {
        view! { <dt>{label}</dt><dd><code class="breakable">{value}</code></dd> }
    });
    let region = profile.region.clone();
    let region = (!region.is_empty()).then(|| view! { <dt>{words().region}</dt><dd>{region}</dd> }.into_any());
    let held = if profile.secrets_present.is_empty() {
        words().nothing_held.to_owned()
    } else {
        profile.secrets_present.join(", ")
    };
    view! {
        <li class="profile">
            <h3>{title.clone()}" "<span class="muted">{profile.provider.clone()}</span></h3>
            <dl class="facts">
                <dt>{words().kind}</dt>
                <dd>{(words().kind_words)(&profile.kind).to_owned()}</dd>
                {region}
                {public.collect_view()}
                <dt>{words().in_memory}</dt>
                <dd>{held}</dd>
            </dl>
            <Expiry expires=profile.expires/>
            <div class="actions">
                {chosen}
                <button type="button" class="button" aria-label=name(words().forget) on:click=forget>
                    {words().forget}
                </button>
                <button type="button" class="button" aria-label=name(words().remove_profile) on:click=remove>
                    {words().remove_profile}
                </button>
            </div>
        </li>
    }
}

#[component]
fn IdleLock() -> impl IntoView {
    let stores = use_stores();
    let settings = stores.settings;
    let minutes = untrack(|| settings.idle_minutes());
    if stores.site.config.with_untracked(|config| config.is_locked(crate::config::Setting::IdleMinutes)) {
        return view! { <LockedSetting label=words().idle_minutes value=minutes/> }.into_any();
    }
    let wrong = RwSignal::new(false);
    let typed = TypedText::new(minutes.to_string());
    Effect::new(move |before: Option<()>| {
        let text = typed.value.get();
        if before.is_some() {
            wrong.set(!settings.set_idle_minutes(&text));
        }
    });
    view! {
        <TextField id="idle-minutes" label=words().idle_minutes help=words().idle_help typed=typed/>
        <p class="field-error">{move || wrong.get().then_some(words().idle_wrong)}</p>
    }
    .into_any()
}

#[component]
fn Clocks() -> impl IntoView {
    let clocks = use_stores().clocks;
    let sentence = move || match clocks.skew.get() {
        None => words().no_skew.to_owned(),
        Some(skew) if skew.abs() < 5 => words().clocks_agree.to_owned(),
        Some(skew) => format!("{} {}", (words().explain.clock_off)(skew), words().clock_help),
    };
    view! { <p>{move || sentence()}</p> }
}
