//! Rows that wait for a credential, while they are planned and while they run.

use super::acts::profiles;
use super::engine;
use crate::credentials::{ProfileId, ProfileSummary};
use crate::fleet::{EventKind, Fleet, RowSpec};
use crate::ui::features::profile_words::profile_words;
use crate::ui::platform::dom;
use crate::ui::route::Route;
use crate::ui::state::fleet::FleetStore;
use crate::ui::state::use_stores;
use crate::ui::state::vault::VaultState;
use crate::ui::words::{CredentialNeed, fleet_words};
use leptos::prelude::*;

/// The profiles whose rows wait for another credential.
#[component]
pub(super) fn Credentials(
    /// The id of what takes the focus when the button is gone.
    focus: &'static str,
) -> impl IntoView {
    let stores = use_stores();
    let fleet = stores.fleet();
    let in_need = Memo::new(move |_| {
        fleet.version();
        let in_need = |fleet: &Fleet| {
            let profiles = fleet.in_need_of_credential().into_iter();
            profiles.map(|profile| (profile, fleet.credential_refusal(profile))).collect::<Vec<_>>()
        };
        fleet.with(in_need).unwrap_or_default()
    });
    let entry = move |(profile, refusal): (ProfileId, Option<(String, u16)>)| {
        let words = fleet_words();
        let summary = stores.profiles.summary(profile);
        let spec = spec_of(fleet, profile);
        let provider = spec.as_ref().map(|spec| spec.provider.clone()).unwrap_or_default();
        let is_gone = profile != ProfileId::default() && summary.is_none();
        let title = summary.as_ref().map_or_else(|| provider.clone(), |summary| profile_words(stores, summary));
        // Both clouds may have a profile of the same name, or of none.
        let name = if summary.is_some() { format!("{title} ({provider})") } else { provider.clone() };
        // Another account must not go on without the user's word.
        let other = is_gone.then(|| stores.profiles.chosen(&provider)).flatten();
        // Rows that name no profile are signed by the chosen one.
        let chosen = (profile == ProfileId::default()).then(|| stores.profiles.chosen(&provider)).flatten();
        let signer = [&other, &summary, &chosen].into_iter().find_map(Option::as_ref);
        let is_empty = signer.is_none_or(ProfileSummary::lacks_secret);
        let other = other.filter(|_| !is_empty).and_then(|other| {
            let signer = profiles(stores).into_iter().find(|own| own.id == other.id)?;
            Some((signer, profile_words(stores, &other)))
        });
        let is_refused = refusal.is_some() && engine::is_refused(profile, &provider);
        let need = match refusal {
            _ if is_empty => CredentialNeed::NotEntered,
            Some((code, status)) if is_refused => CredentialNeed::Refused(code, status),
            _ => CredentialNeed::Entered,
        };
        let (text, label) = match &other {
            Some((_, other)) => ((words.profile_is_gone)(&name, other), (words.go_on_with)(other)),
            None if is_refused => ((words.rows_need_credential)(&name, &need), words.try_credential_again.to_owned()),
            None => ((words.rows_need_credential)(&name, &need), (words.go_on_with)(&title)),
        };
        let class = if is_refused { "button" } else { "button primary" };
        let click = move |_| {
            fleet.tell(match &other {
                Some((by, name)) => {
                    EventKind::Adopt { gone: profile, by: Box::new(by.clone()), words: (fleet_words().adopted)(name) }
                }
                None => engine::go_on_with(profile, &provider),
            });
            dom::next_frame(move || dom::focus_if_lost(focus));
        };
        let go_on = (!is_empty).then(|| {
            view! {
                <button type="button" class=class data-action="fleet-credential" on:click=click>{label}</button>
            }
            .into_any()
        });
        // The page Credentials has no fields to enter one; that of an operation has, for the chosen profile.
        let entry = spec.map_or(Route::Home, |spec| Route::Operation { api: spec.api, id: spec.operation });
        let choose = move |_| {
            if !is_gone {
                stores.profiles.update(|keyring| keyring.choose(profile));
            }
        };
        let is_locked = is_empty && stores.vault.state.get() == VaultState::Locked;
        let unlock = is_locked
            .then(|| view! { <a class="button" href=Route::Credentials.to_hash()>{words.unlock_vault}</a> }.into_any());
        view! {
            <div class="notice fleet-credential" data-tone="unsure">
                <p>{text}</p>
                <div class="actions">
                    {go_on}
                    {unlock}
                    <a class="button" href=entry.to_hash() on:click=choose>{words.to_credentials}</a>
                </div>
            </div>
        }
        .into_any()
    };
    move || {
        if fleet.is_watched() {
            return ().into_any();
        }
        in_need.get().into_iter().map(entry).collect_view().into_any()
    }
}

/// A row that a profile signs.
fn spec_of(fleet: FleetStore, profile: ProfileId) -> Option<RowSpec> {
    let row = |fleet: &Fleet| {
        let row = fleet.rows.values().find(|row| row.spec.profile.unwrap_or_default() == profile);
        row.map(|row| row.spec.clone())
    };
    fleet.with(row).flatten()
}
