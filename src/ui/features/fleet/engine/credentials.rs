//! Credentials that the page has, does not have, or has and the provider refused.

use super::Engine;
use super::calls::NotPrepared;
use crate::credentials::ProfileId;
use crate::fleet::{CallNote, EventKind, Fleet, Row, RowSpec};
use crate::ui::state::Stores;
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

/// Hashes of what the provider refused, by the profile that proved itself with it. No secret can be read from them.
#[derive(Default)]
pub(super) struct Refused(RefCell<HashMap<ProfileId, HashSet<String>>>);

impl Refused {
    pub(super) fn forget(&self) {
        self.0.take();
    }
}

/// A hash of what signs the rows of a profile now; those of no profile are signed by the chosen one.
pub(super) fn hash(stores: Stores, profile: Option<ProfileId>, provider: &str) -> String {
    stores
        .profiles
        .keyring
        .with_untracked(|keyring| keyring.credential_hash(profile.unwrap_or_else(|| keyring.chosen_id(provider))))
}

impl Engine {
    /// A call for a row was signed with what has this hash. `is_refused`: the provider did not accept it.
    pub(super) fn learn_refusal(&self, spec: &RowSpec, hash: String, note: Option<&CallNote>, is_refused: bool) {
        // Where nobody answered, nothing is known of the credential.
        if is_refused && note.is_some_and(|note| note.status.is_some()) {
            self.refused.0.borrow_mut().entry(spec.profile.unwrap_or_default()).or_default().insert(hash);
        }
    }

    pub(super) fn is_refused(&self, profile: ProfileId, provider: &str) -> bool {
        let named = (profile != ProfileId::default()).then_some(profile);
        let refused = self.refused.0.borrow();
        refused.get(&profile).is_some_and(|refused| refused.contains(&hash(self.stores, named, provider)))
    }

    /// Asks for the credentials that the rows need and the page does not have, before the first call is due.
    pub(super) fn ask_for_credentials(&self) {
        let one_of_each = |fleet: &Fleet| fleet.row_of_each_profile().into_iter().cloned().collect::<Vec<_>>();
        let rows = self.stores.fleet().with(one_of_each).unwrap_or_default();
        let lacks = |row: &Row| {
            let prepared = self.planned(row).map(|planned| self.prepared(row, &planned));
            matches!(prepared, Ok(Err(NotPrepared::NeedsCredential)))
        };
        let missing = rows.iter().filter(|row| lacks(row)).map(|row| row.spec.profile.unwrap_or_default());
        self.stores.fleet().tell_all(missing.map(EventKind::CredentialMissing).collect::<Vec<_>>());
    }
}
