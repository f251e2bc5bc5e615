//! The acts that a fleet can carry out here.

use crate::catalog::{Api, Operation};
use crate::credentials::Keyring;
use crate::fleet::{FleetAct, FleetProfile, RowId, RowSpec, fleet_acts};
use crate::ui::features::profile_words::profile_words;
use crate::ui::state::Stores;
use crate::ui::state::site::OperationKey;
use crate::ui::words::fleet_plan_words;
use leptos::prelude::*;
use std::sync::Arc;
use zeroize::Zeroizing;

/// Those of all descriptions that have come and that the deployment lets somebody send.
pub(super) fn acts(stores: Stores) -> Vec<FleetAct> {
    let apis = stores.site.apis();
    let operation =
        |api: &Api, id: &str| stores.site.operation(&OperationKey { api: api.id.clone(), operation: id.to_owned() });
    let mut acts = fleet_acts(apis.iter().map(Arc::as_ref), &operation);
    acts.retain(FleetAct::is_offered);
    acts
}

/// All profiles, by what may be written down of them.
pub(super) fn profiles(stores: Stores) -> Vec<FleetProfile> {
    stores.profiles.keyring.with(FleetProfile::all)
}

/// The secrets of all profiles: they stand in no row and in no file.
pub(super) fn secrets(stores: Stores) -> Vec<Zeroizing<String>> {
    stores.profiles.keyring.with_untracked(Keyring::secret_texts)
}

/// Who signs a row, in words.
pub(super) fn signer_words(stores: Stores, spec: &RowSpec) -> String {
    match spec.profile {
        None => match stores.profiles.chosen(&spec.provider) {
            Some(profile) => profile_words(stores, &profile),
            None => fleet_plan_words().no_profile.to_owned(),
        },
        Some(id) => match stores.profiles.summary(id) {
            Some(profile) => profile_words(stores, &profile),
            None => fleet_plan_words().profile_missing.to_owned(),
        },
    }
}

/// The row of a line of a table.
pub(super) fn row_id(line: usize) -> Option<RowId> {
    u32::try_from(line).ok().map(RowId)
}

/// All acts, for as long as a page needs them.
pub(super) type Acts = Memo<Vec<FleetAct>>;

/// The operation of a row, as the deployment offers it.
pub(super) fn operation_of(acts: Acts, spec: &RowSpec) -> Option<Arc<Operation>> {
    // The page may have been left.
    let found = acts.try_with_untracked(|acts| {
        let is_own = |act: &&FleetAct| act.api() == spec.api && act.operation.id == spec.operation;
        acts.iter().find(is_own).map(|act| Arc::clone(&act.operation))
    });
    found.flatten()
}
