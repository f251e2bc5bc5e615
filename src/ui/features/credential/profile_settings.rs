//! A name for the profile, its region, and whether this browser remembers its public half.

use crate::credentials::{ProfileChange, ProfileSummary};
use crate::ui::components::later::{Disclosure, ViewOnUse};
use crate::ui::components::text_field::{TextField, TypedText};
use crate::ui::on_use::on_use;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::state::use_stores;
use crate::ui::words::words;
use leptos::prelude::*;

/// The settings of a profile.
#[component]
pub(super) fn ProfileSettings(
    /// Its region is offered to the profile.
    form: OperationForm,
    /// The profile.
    profile: ProfileSummary,
) -> impl IntoView {
    let load = move || -> ViewOnUse { Box::pin(settings(form, profile.clone())) };
    view! { <Disclosure summary=words().profile load=Box::new(load)/> }
}

on_use! { pages =>
    fn settings(form: OperationForm, profile: ProfileSummary) -> AnyView {
        view! { <Settings form=form profile=profile/> }.into_any()
    }
}

#[component]
fn Settings(form: OperationForm, profile: ProfileSummary) -> impl IntoView {
    let stores = use_stores();
    let ProfileSummary { id, provider, kind, .. } = profile.clone();
    let name = TypedText::new(profile.name);
    let region = TypedText::new(profile.region.as_str());
    if profile.region.is_empty() {
        offer_region(form, region);
    }
    let remembered = RwSignal::new(profile.remembered);
    let error = RwSignal::new("");
    let new_profile = {
        let (provider, kind) = (provider.clone(), kind);
        move |_| {
            let (provider, kind) = (Some(provider.clone()), Some(kind.clone()));
            stores.profiles.apply(ProfileChange { provider, kind, chosen: true, ..ProfileChange::default() });
        }
    };
    let save = move |_| {
        let typed = name.value.get_untracked();
        let wanted = typed.trim();
        let is_twin = |other: &ProfileSummary| other.id != id && other.provider == provider && other.name == wanted;
        let has_twin = !wanted.is_empty() && untrack(|| stores.profiles.summaries()).iter().any(is_twin);
        error.set(if has_twin { words().name_taken } else { "" });
        if has_twin {
            return;
        }
        stores.profiles.apply(ProfileChange {
            id: Some(id),
            name: Some(wanted.to_owned()),
            region: Some(region.value.get_untracked().trim().to_owned()),
            remembered: Some(remembered.get_untracked()),
            ..ProfileChange::default()
        });
        stores.shell.announce(words().profile_saved);
    };
    view! {
                <TextField id="profile-name" label=words().profile_name help=words().profile_name_help typed=name/>
                <p id="profile-name-error" class="field-error" role="status">{move || error.get()}</p>
                <TextField id="profile-region" label=words().region help=words().profile_region_help typed=region/>
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=move || remembered.get()
                        on:change=move |event| remembered.set(event_target_checked(&event))
                    />
                    {words().remember}
                </label>
                <p class="field-help">{words().remember_help}</p>
                <div class="actions">
                    <button type="button" class="button" on:click=save>{words().save_profile}</button>
                    <button type="button" class="button" on:click=new_profile>{words().new_profile}</button>
                </div>
    }
}

/// Offers the form's region, whatever becomes of it, until another one is typed.
fn offer_region(form: OperationForm, region: TypedText) {
    let offered = Memo::new(move |_| form.region());
    Effect::new(move |before: Option<String>| {
        let offered = offered.get();
        if region.value.with_untracked(|typed| before.is_none_or(|before| before == *typed)) {
            region.value.set(offered.clone());
        }
        offered
    });
}
