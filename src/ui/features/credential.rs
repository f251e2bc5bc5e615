//! Around the inputs of a credential: until when it lasts, where to get one, what to keep, and how to be rid of it.

mod expiry;
mod grant;
mod profile_settings;
mod short_form;
mod short_inputs;
mod temporary;

use expiry::SOON;
pub(crate) use expiry::{Expiry, time_left};
pub(crate) use short_form::ShortForm;

use super::clock::AppliedOffset;
use crate::catalog::{Grant, SecurityRequirement};
use crate::credentials::{ProfileId, ProfileSummary};
use crate::outcome::Severity;
use crate::sign::scheme::KEY_ID;
use crate::sign::{ADDED_BY_PROXY, ANONYMOUS, SchemeKind};
use crate::ui::components::alert::Notice;
use crate::ui::components::ask_button::AskButton;
use crate::ui::components::later::{OnUse, ViewOnUse};
use crate::ui::components::text_field::is_enter_in_input;
use crate::ui::on_use::on_use;
use crate::ui::route::Route;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::state::vault::VaultState;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::words;
use grant::GrantForm;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use profile_settings::ProfileSettings;
use short_inputs::ShortInputs;
use temporary::TemporaryKeys;

/// Where to get one, what to keep, and how to be rid of it, for the profile that signs the operation.
#[component]
pub(crate) fn CredentialTools(
    form: OperationForm,
    /// More buttons.
    children: Children,
) -> impl IntoView {
    let stores = use_stores();
    let provider = StoredValue::new(form.operation().provider.clone());
    let profile = move || stores.profiles.chosen(&provider.get_value());
    // What is open or typed for one profile or kind is not for another.
    let shape = Memo::new(move |_| profile().map(|profile| (profile.id, profile.kind)));
    // Enter in an input of the tools must not send the operation around them.
    let keep_enter = |event: KeyboardEvent| {
        if is_enter_in_input(&event) {
            event.prevent_default();
        }
    };
    view! {
        <div class="credential-tools" on:keydown=keep_enter>
            {move || {
                shape.track();
                untrack(|| profile().map(|profile| tools(form, &profile)).into_any())
            }}
            {children()}
        </div>
    }
}

/// Until when the credential lasts, whether another clock is followed, whether the idle lock has cleared it, and whether
/// it is for the region that the call goes to.
#[component]
pub(crate) fn CredentialStatus(form: OperationForm) -> impl IntoView {
    let stores = use_stores();
    let provider = form.operation().provider.clone();
    let own = StoredValue::new(provider.clone());
    let profile = move || stores.profiles.chosen(&own.get_value()).unwrap_or_default();
    let is_empty = move || profile().secrets_present.is_empty();
    let expiry = move || {
        let end = profile().expires?;
        // The line of a complete credential says it as well.
        let shown = form.credential_open.get() || end - stores.clocks.now.get() <= SOON;
        shown.then(|| view! { <Expiry expires=Some(end)/> }.into_any())
    };
    let locked = move || {
        (stores.profiles.idle_locked.get() && is_empty()).then(|| {
            view! { <Notice severity=Severity::Warning text=(words().locked_after)(stores.settings.idle_minutes())/> }.into_any()
        })
    };
    let sealed = move || {
        (stores.vault.state.get() == VaultState::Locked && is_empty())
            .then(|| view! { <p><a href=Route::Credentials.to_hash()>{words().unlock_the_vault}</a></p> }.into_any())
    };
    view! {
        <div class="credential-status">
            {move || expiry()}
            {move || view! { <AppliedOffset connection=stores.settings.connection().name provider=provider.clone()/> }.into_any()}
            {move || region_remark(stores, form)}
            {move || locked()}
            {move || sealed()}
        </div>
    }
}

/// A profile that is for another region than the call; nothing where either is not known.
pub(crate) fn region_remark(stores: Stores, form: OperationForm) -> Option<AnyView> {
    let (own, called) = (stores.profiles.chosen(&form.operation().provider)?.region, form.region());
    let differs = !own.is_empty() && !called.is_empty() && own != called;
    let text = (words().other_region)(&own, &called);
    differs.then(|| view! { <Notice severity=Severity::Warning text=text/> }.into_any())
}

/// A complete credential in a few words: its kind, the profile's name, its key.
pub(crate) fn line_words(stores: Stores, form: OperationForm) -> String {
    let operation = form.operation();
    let used = stores.profiles.with(|keyring| keyring.security(&operation).cloned());
    let has_key = used.iter().flat_map(SecurityRequirement::inputs).any(|input| input.label == KEY_ID);
    let kind = used.map_or_else(|| ADDED_BY_PROXY.to_owned(), |used| used.credential_kind());
    let profile = stores.profiles.chosen(&operation.provider).unwrap_or_default();
    let key = stores.profiles.with(|keyring| keyring.ending_of_key(profile.id)).filter(|_| has_key);
    let left = profile.expires.map(|end| time_left(end - stores.clocks.now.get()));
    let parts = [Some((words().kind_words)(&kind)), Some(profile.name), key, left];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn tools(form: OperationForm, profile: &ProfileSummary) -> impl IntoView + use<> {
    let is_own = ![ADDED_BY_PROXY, ANONYMOUS].contains(&profile.kind.as_str());
    let scheme = SchemeKind::of_credential(&profile.kind);
    let has_temporary_keys = scheme.is_some_and(|scheme| scheme.traits().temporary_keys);
    view! {
        {is_own.then(|| view! { <Grants form=form profile=profile.clone()/> }.into_any())}
        {has_temporary_keys.then(|| view! { <TemporaryKeys profile=profile.id/> }.into_any())}
        <ProfileSettings form=form profile=profile.clone()/>
        {is_own.then(|| view! { <Forget profile=profile.id/> }.into_any())}
    }
}

/// The credential flows for a profile. The descriptions that have them come one by one.
#[component]
fn Grants(form: OperationForm, profile: ProfileSummary) -> impl IntoView {
    let site = use_stores().site;
    let id = profile.id;
    let grants = Memo::new(move |_| {
        let apis = site.apis().into_iter().filter(|api| api.provider == profile.provider);
        let grants = apis.flat_map(|api| api.grants().unwrap_or_default());
        grants.filter(|grant| grant.scheme == profile.kind).collect::<Vec<Grant>>()
    });
    move || {
        let disclosure = |grant| view! { <GrantDisclosure form=form profile=id grant=grant/> }.into_any();
        grants.get().into_iter().map(disclosure).collect_view().into_any()
    }
}

/// A button that opens the form of a credential flow.
#[component]
fn GrantDisclosure(form: OperationForm, profile: ProfileId, grant: Grant) -> impl IntoView {
    let stores = use_stores();
    let open = RwSignal::new(false);
    let renews = move || stores.profiles.summary(profile).is_some_and(|profile| profile.expires.is_some());
    let title = grant.title.clone();
    let label = move || if renews() { format!("{}: {title}", words().renew) } else { title.clone() };
    view! {
        <button
            type="button"
            class="button"
            aria-expanded=move || open.get().to_string()
            on:click=move |_| open.update(|open| *open = !*open)
        >
            {move || label()}
        </button>
        {move || {
            let grant = grant.clone();
            let (done, close) = (move |_| open.set(false), move |()| open.set(false));
            let load = move || -> ViewOnUse {
                Box::pin(grant_form(form, profile, grant.clone(), Callback::new(done), Callback::new(close)))
            };
            open.get().then(|| view! { <OnUse load=Box::new(load)/> }.into_any())
        }}
    }
}

on_use! { pages =>
    fn grant_form(
        form: OperationForm,
        profile: ProfileId,
        grant: Grant,
        on_done: Callback<String>,
        on_close: Callback<()>,
    ) -> AnyView {
        view! { <GrantForm form=form profile=profile grant=grant on_done=on_done on_close=on_close/> }.into_any()
    }
}

on_use! { pages =>
    fn short_inputs(form: OperationForm, grant: Grant) -> AnyView {
        view! { <ShortInputs form=form grant=grant/> }.into_any()
    }
}

/// The way to be rid of the secret, and to all profiles.
#[component]
fn Forget(profile: ProfileId) -> impl IntoView {
    let stores = use_stores();
    let forget = move |()| {
        stores.profiles.update(|keyring| keyring.clear_secrets(Some(profile)));
        stores.shell.announce(words().forgotten);
    };
    view! {
        <AskButton id="forget-secret" label=words().forget question=words().pages.forget_question on_sure=forget/>
        <a href=Route::Credentials.to_hash()>{words().all_credentials}</a>
    }
}
