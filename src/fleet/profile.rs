//! What a fleet's files and reports say of a profile: its name and the last characters of its key's id.

use crate::credentials::{Keyring, ProfileId};

/// A profile by what may be written down of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
