//! All profiles, the vault, the clocks.

use super::NarrowPage;
use crate::credentials::ProfileSummary;
use crate::ui::components::ask_button::AskButton;
use crate::ui::features::credential::Expiry;
use crate::ui::features::profile_words::profile_title;
use crate::ui::features::vault::{self, VaultSection};
use crate::ui::platform::dom;
use crate::ui::state::use_stores;
use crate::ui::state::vault::VaultState;
use crate::ui::words::words;
use leptos::prelude::*;

/// Takes the focus when a profile is gone.
const PROFILES_ID: &str = "profiles";

/// The page "Credentials".
#[component]
pub(super) fn CredentialsPage() -> impl IntoView {
    view! {
        <NarrowPage title=words().credentials lead=words().credentials_lead>
            <div class="sections">
                <section class="group">
                    <h2 id=PROFILES_ID tabindex="-1">{words().profiles}</h2>
                    <ProfileList/>
                </section>
                <section class="group"><h2>{words().vault}</h2><VaultSection/></section>
                <section class="group"><h2>{words().clock}</h2><Clocks/></section>
            </div>
        </NarrowPage>
    }
}

#[component]
fn ProfileList() -> impl IntoView {
    let stores = use_stores();
    let summaries = Memo::new(move |_| {
        let all = stores.profiles.summaries().into_iter();
        all.filter(|profile| !profile.is_blank()).collect::<Vec<ProfileSummary>>()
    });
    let forget_all = move |_| {
        vault::lock(stores);
        stores.shell.announce(words().forgotten);
        dom::next_frame(|| dom::focus(PROFILES_ID));
    };
    let none = move || match stores.vault.state.get() {
        VaultState::Locked => (words().pages.locked_profiles)(stores.vault.profiles.get()),
        _ => words().no_profiles.to_owned(),
    };
    let any_secret = Memo::new(move |_| stores.profiles.hold_secrets());
    view! {
        <Show
            when=move || summaries.with(|summaries| !summaries.is_empty())
            fallback=move || view! { <p>{move || none()}</p> }
        >
            <ul class="profiles">
                <For each=move || summaries.get() key=|profile| profile.id let(listed)>
                    // In place, so that the focus stays.
                    {move || stores.profiles.summary(listed.id).map(|profile| view! { <Row profile=profile/> }.into_any())}
                </For>
            </ul>
            <Show when=move || any_secret.get()>
                <div class="actions">
                    <button type="button" class="button" on:click=forget_all>{words().forget_all}</button>
                </div>
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
    let heading = format!("profile-{id}");
    let focused = heading.clone();
    let forget = move |()| {
        stores.profiles.update(|keyring| keyring.clear_secrets(Some(id)));
        stores.shell.announce(words().forgotten);
        let heading = focused.clone();
        dom::next_frame(move || {
            // Without a name and a secret nothing is left of it.
            dom::focus(PROFILES_ID);
            dom::focus(&heading);
        });
    };
    let remove = move |()| {
        stores.profiles.update(|keyring| keyring.remove(id));
        stores.shell.announce(words().removed);
        dom::next_frame(|| dom::focus(PROFILES_ID));
    };
    let choose = {
        let heading = heading.clone();
        move |_| {
            stores.profiles.update(|keyring| keyring.choose(id));
            let heading = heading.clone();
            dom::next_frame(move || dom::focus(&heading));
        }
    };
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
    let fact = |label: &'static str, value: String| {
        (!value.is_empty()).then(|| view! { <dt>{label}</dt><dd>{value}</dd> }.into_any())
    };
    // A profile without a name is called by its kind.
    let kind = if profile.name.is_empty() { String::new() } else { (words().kind_words)(&profile.kind) };
    let holds = !profile.secrets_present.is_empty();
    let held = if holds { profile.secrets_present.join(", ") } else { words().nothing_held.to_owned() };
    let forget = holds.then(|| {
        let question = words().pages.forget_question;
        view! {
            <AskButton
                id=format!("forget-{id}")
                label=words().forget
                what=title.clone()
                question=question
                on_sure=forget
            />
        }
        .into_any()
    });
    view! {
        <li class="profile">
            <h3 id=heading tabindex="-1">{title.clone()}" "<span class="muted">{profile.provider.clone()}</span></h3>
            <dl class="facts">
                {fact(words().kind, kind)}
                {fact(words().region, profile.region.clone())}
                {public.collect_view()}
                <dt>{words().in_memory}</dt>
                <dd>{held}</dd>
            </dl>
            <Expiry expires=profile.expires/>
            <div class="actions">
                {chosen}
                {forget}
                <AskButton
                    id=format!("delete-{id}")
                    label=words().remove_profile
                    what=title.clone()
                    question=words().pages.delete_question
                    on_sure=remove
                />
            </div>
        </li>
    }
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
