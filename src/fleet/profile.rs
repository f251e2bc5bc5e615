//! What a fleet's files and reports say of a profile: its name and the last characters of its key's id.

use super::{Fleet, FleetStage, Head, RowId, RowSpec};
use crate::credentials::{Keyring, ProfileId};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// A profile by what may be written down of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FleetProfile {
    pub id: ProfileId,
    pub provider: String,
    /// Empty for the one that every provider begins with.
    pub name: String,
    /// The last four characters of the id of its key; empty where it has none.
    pub key: String,
    /// It signs for its provider, where a row names none.
    pub chosen: bool,
}

impl FleetProfile {
    /// All profiles of a keyring.
    pub fn all(keyring: &Keyring) -> Vec<Self> {
        let own = keyring.profiles().iter().map(|profile| Self {
            id: profile.id,
            provider: profile.provider.clone(),
            name: profile.name.clone(),
            key: keyring.shown_key(profile.id).unwrap_or_default().trim_start_matches('•').to_owned(),
            chosen: keyring.chosen_id(&profile.provider) == profile.id,
        });
        own.collect()
    }
}

impl Head {
    /// Keeps what is said of a profile: it may be gone when the report is made.
    pub(super) fn add_signer(&mut self, signer: FleetProfile) {
        match self.signers.iter_mut().find(|own| own.id == signer.id) {
            Some(own) => *own = signer,
            None => self.signers.push(signer),
        }
    }
}

impl Fleet {
    /// An API and an operation of each provider of which a row names no profile.
    pub fn operations_without_profile(&self) -> Vec<(String, String)> {
        let mut found: IndexMap<&str, &RowSpec> = IndexMap::new();
        for row in self.rows.values().filter(|row| row.spec.profile.is_none()) {
            found.entry(&row.spec.provider).or_insert(&row.spec);
        }
        found.into_values().map(|spec| (spec.api.clone(), spec.operation.clone())).collect()
    }

    /// Rows that name no profile are signed by the one that is chosen for their provider now, whoever is chosen later: the
    /// plan says whose credential the run takes. Gives the rows that changed; there are none once the run has begun.
    pub fn name_signers(&mut self, profiles: &[FleetProfile]) -> Vec<RowId> {
        let mut changed = Vec::new();
        if !matches!(self.head.stage, FleetStage::Choosing | FleetStage::Planned) {
            return changed;
        }
        for row in self.rows.values_mut().filter(|row| row.spec.profile.is_none()) {
            let own = profiles.iter().find(|profile| profile.chosen && profile.provider == row.spec.provider);
            if let Some(own) = own {
                row.spec.profile = Some(own.id);
                changed.push(row.id);
            }
        }
        let signs = |own: &&FleetProfile| self.rows.values().any(|row| row.spec.profile == Some(own.id));
        let signers: Vec<FleetProfile> = profiles.iter().filter(signs).cloned().collect();
        signers.into_iter().for_each(|signer| self.head.add_signer(signer));
        changed
    }
}
