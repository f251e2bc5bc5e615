//! Rows that wait for a credential, while they are planned and while they run.

use super::acts::profiles;
use crate::credentials::{ProfileId, ProfileSummary};
use crate::fleet::{EventKind, RowSpec};
use crate::ui::features::profile_words::profile_words;
use crate::ui::platform::dom;
use crate::ui::route::Route;
use crate::ui::state::fleet::FleetStore;
use crate::ui::state::use_stores;
use crate::ui::words::fleet_words;
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
        fleet.with(crate::fleet::Fleet::in_need_of_credential).unwrap_or_default()
    });
    let entry = move |profile| {
        let words = fleet_words();
        let summary = stores.profiles.summary(profile);
        let spec = spec_of(fleet, profile);
        let provider = spec.as_ref().map(|spec| spec.provider.clone()).unwrap_or_default();
        // The page of an operation has the fields of a credential.
        let entry = spec.map_or(Route::Home, |spec| Route::Operation { api: spec.api, id: spec.operation });
        let is_gone = profile != ProfileId::default() && summary.is_none();
        let name = match &summary {
            Some(summary) => profile_words(stores, summary),
            None => provider.clone(),
        };
        // Another account must not go on without the user's word.
        let other = is_gone.then(|| stores.profiles.chosen(&provider)).flatten();
        let signer = other.as_ref().or(summary.as_ref());
        let is_empty = signer.map_or(is_gone, ProfileSummary::lacks_secret);
        let other = other.and_then(|other| {
            let signer = profiles(stores).into_iter().find(|own| own.id == other.id)?;
            Some((signer, profile_words(stores, &other)))
        });
        let (text, label) = match &other {
            Some((_, other)) => ((words.profile_is_gone)(&name, other), (words.go_on_with)(other)),
            None => ((words.rows_need_credential)(&name), (words.go_on_with)(&name)),
        };
        let comes_too_soon = RwSignal::new(false);
        let first = move || if comes_too_soon.get() { fleet_words().credential_first } else { "" };
        let click = move |_| {
            if is_empty {
                comes_too_soon.set(true);
                return;
            }
            fleet.tell(match &other {
                Some((by, name)) => {
                    EventKind::Adopt { gone: profile, by: Box::new(by.clone()), words: (fleet_words().adopted)(name) }
                }
                None => EventKind::CredentialReady(profile),
            });
            dom::next_frame(move || dom::focus_if_lost(focus));
        };
        view! {
            <div class="notice fleet-credential" data-tone="unsure">
                <p>{text}</p>
                <div class="actions">
                    <a class="button" href=entry.to_hash()>{words.to_credentials}</a>
                    <button type="button" class="button" data-action="fleet-credential" on:click=click>{label}</button>
                </div>
                <p role="status">{move || first()}</p>
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
    let row = |fleet: &crate::fleet::Fleet| {
        let row = fleet.rows.values().find(|row| row.spec.profile.unwrap_or_default() == profile);
        row.map(|row| row.spec.clone())
    };
    fleet.with(row).flatten()
}
