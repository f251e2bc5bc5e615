//! The profiles of this page, and the secrets that belong to them.
//!
//! A [`Profile`] is public: it can be shown and remembered. What was typed for it lies here as [`Secret`]s, in memory, for
//! as long as the page. Every provider has one profile that is chosen; it signs what is sent.

mod examples;
mod inputs;
mod merge;
mod restore;

pub use merge::{Fingerprints, Preferred};

use super::profile::{Profile, ProfileChange, ProfileSummary};
use super::profile_id::ProfileId;
use crate::catalog::{Operation, SecurityRequirement, Signing};
use crate::sign::digest::{masked_id, sha256_hex};
use crate::sign::scheme::{KEY_ID, is_public};
use crate::sign::{ADDED_BY_PROXY, ANONYMOUS, SchemeKind, Secret};
use indexmap::IndexMap;
use zeroize::Zeroizing;

/// All profiles and what was typed for them.
#[derive(Debug, Default)]
pub struct Keyring {
    profiles: Vec<Profile>,
    /// By provider.
    chosen: IndexMap<String, ProfileId>,
    /// What was typed, by label: the public texts are among it.
    typed: IndexMap<ProfileId, IndexMap<String, Secret>>,
    /// What the simulation has given, by label, until the user has said what becomes of it.
    examples: Vec<(String, Secret)>,
}

impl Keyring {
    /// The profile that signs for a provider.
    pub fn chosen(&self, provider: &str) -> Option<&Profile> {
        self.profile(*self.chosen.get(provider)?)
    }

    /// The id of that profile; of none if the provider has none yet.
    pub fn chosen_id(&self, provider: &str) -> ProfileId {
        self.chosen(provider).map(|profile| profile.id).unwrap_or_default()
    }

    pub fn profile(&self, id: ProfileId) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.id == id)
    }

    /// All profiles, in the order in which they were made.
    pub fn profiles(&self) -> &[Profile] {
        &self.profiles
    }

    /// Lets a profile sign for its provider.
    pub fn choose(&mut self, id: ProfileId) {
        if let Some(provider) = self.profile(id).map(|profile| profile.provider.clone()) {
            self.chosen.insert(provider, id);
        }
    }

    /// Makes and chooses a profile for the provider of an operation if it has none; `new_id` is for that one.
    pub fn ensure_profile(&mut self, operation: &Operation, new_id: ProfileId) {
        let kinds: Vec<String> = operation.security.iter().map(SecurityRequirement::credential_kind).collect();
        // Another call may need a credential: nobody has chosen to go without one yet.
        let first = kinds.first().filter(|kind| *kind != ANONYMOUS).cloned().unwrap_or_default();
        if self.chosen(&operation.provider).is_none() {
            let known = self.profiles.iter().find(|profile| profile.provider == operation.provider);
            let id = known.map(|profile| profile.id).unwrap_or_else(|| {
                let (provider, kind) = (operation.provider.clone(), first.clone());
                self.upsert(Profile { id: new_id, provider, kind, ..Profile::default() })
            });
            self.choose(id);
        }
        // It may have begun with a call that needs no credential, or with a choice that the deployment does not offer.
        let signing = operation.policy.signing;
        let first = if signing == Signing::Proxy { ADDED_BY_PROXY.to_owned() } else { first };
        let needed = operation.takes_credential() && !kinds.iter().any(|kind| kind == ANONYMOUS);
        for profile in self.profiles.iter_mut().filter(|profile| profile.provider == operation.provider) {
            let taken = signing == Signing::Proxy || signing == Signing::Own && profile.kind == ADDED_BY_PROXY;
            if taken || profile.kind.is_empty() || needed && profile.kind == ANONYMOUS {
                profile.kind.clone_from(&first);
            }
        }
    }

    /// Adds a profile, or replaces the one of its id. Gives the id.
    fn upsert(&mut self, profile: Profile) -> ProfileId {
        let id = profile.id;
        match self.profiles.iter_mut().find(|old| old.id == id) {
            Some(old) => *old = profile,
            None => self.profiles.push(profile),
        }
        id
    }

    /// Lets a profile prove itself in another way.
    pub fn set_kind(&mut self, id: ProfileId, kind: &str) {
        if let Some(profile) = self.profiles.iter_mut().find(|profile| profile.id == id) {
            profile.kind = kind.to_owned();
        }
    }

    /// Removes a profile and all that was typed for it.
    pub fn remove(&mut self, id: ProfileId) {
        self.profiles.retain(|profile| profile.id != id);
        self.typed.shift_remove(&id);
    }

    /// Keeps a text for an input of a profile; an empty text removes what is there.
    pub fn set(&mut self, id: ProfileId, label: &str, text: &str) {
        self.set_secret(id, label, Secret::typed(label, text));
    }

    fn set_secret(&mut self, id: ProfileId, label: &str, secret: Secret) {
        let own = self.typed.entry(id).or_default();
        if secret.is_empty() {
            own.shift_remove(label);
        } else {
            own.insert(label.to_owned(), secret);
        }
    }

    /// All secrets, to be masked wherever they are echoed.
    pub fn secret_texts(&self) -> Vec<Zeroizing<String>> {
        let own = self.typed.values().flatten().filter(|(label, _)| !is_public(label));
        own.map(|(_, secret)| secret.with(|text| Zeroizing::new(text.to_owned()))).collect()
    }

    /// Keeps what the user typed for a profile. It is another credential now: when it ends is not known any more.
    pub fn typed(&mut self, id: ProfileId, label: &str, text: &str) {
        self.set(id, label, text);
        if let Some(profile) = self.profiles.iter_mut().find(|profile| profile.id == id && !is_public(label)) {
            profile.ends.shift_remove(&profile.kind);
        }
    }

    /// The text of an input.
    pub fn get(&self, id: ProfileId, label: &str) -> Option<&Secret> {
        self.typed.get(&id)?.get(label)
    }

    pub(super) fn inputs(&self, id: ProfileId) -> impl Iterator<Item = (&str, &Secret)> {
        self.typed.get(&id).into_iter().flatten().map(|(label, text)| (label.as_str(), text))
    }

    /// The secrets of a profile by label.
    pub(super) fn secrets(&self, id: ProfileId) -> impl Iterator<Item = (&str, &Secret)> {
        self.inputs(id).filter(|(label, _)| !is_public(label))
    }

    /// Forgets the secrets of a profile, or of all of them. What is public stays.
    pub fn clear_secrets(&mut self, id: Option<ProfileId>) {
        for (_, own) in self.typed.iter_mut().filter(|(of, _)| id.is_none_or(|id| id == **of)) {
            own.retain(|label, _| is_public(label));
        }
        for profile in self.profiles.iter_mut().filter(|profile| id.is_none_or(|id| id == profile.id)) {
            profile.ends.clear();
        }
    }

    /// How the chosen profile proves itself to an operation: in the way of its kind where the operation knows it, else in
    /// the way that the operation offers first. `None`: not at all, or the proxy does.
    pub fn security<'a>(&self, operation: &'a Operation) -> Option<&'a SecurityRequirement> {
        let wanted = self.chosen(&operation.provider).map(|profile| profile.kind.as_str()).unwrap_or_default();
        if wanted == ADDED_BY_PROXY && operation.policy.signing == Signing::Any {
            return None;
        }
        let security = &operation.security;
        security.iter().find(|requirement| requirement.credential_kind() == wanted).or(security.first())
    }

    /// What may be shown of a profile.
    pub fn summary(&self, id: ProfileId) -> Option<ProfileSummary> {
        self.profile(id).map(|profile| self.summary_of(profile))
    }

    /// What may be shown of all profiles, in the order in which they were made.
    pub fn summaries(&self) -> Vec<ProfileSummary> {
        self.profiles.iter().map(|profile| self.summary_of(profile)).collect()
    }

    fn summary_of(&self, profile: &Profile) -> ProfileSummary {
        let public = self.inputs(profile.id).filter(|(label, _)| is_public(label));
        ProfileSummary {
            id: profile.id,
            name: profile.name.clone(),
            provider: profile.provider.clone(),
            kind: profile.kind.clone(),
            region: profile.region.clone(),
            expires: profile.expires(),
            remembered: profile.remembered,
            chosen: self.chosen_id(&profile.provider) == profile.id,
            public_values: public.map(|(label, text)| (label.to_owned(), text.public_text().to_owned())).collect(),
            secrets_present: self.secrets(profile.id).map(|(label, _)| label.to_owned()).collect(),
            metadata: profile.metadata.clone(),
            number: self.number(profile),
        }
    }

    /// Tells profiles without a name from each other: the first one of its provider and kind is number 1.
    fn number(&self, profile: &Profile) -> usize {
        let is_before = |other: &&Profile| {
            other.name.is_empty() && other.provider == profile.provider && other.kind == profile.kind
        };
        1 + self.profiles.iter().take_while(|other| other.id != profile.id).filter(is_before).count()
    }

    /// Changes a profile, or makes one: `new_id` is for a change without the id of a profile that is there. Gives the id.
    pub fn apply(&mut self, change: ProfileChange, new_id: ProfileId) -> ProfileId {
        let known = change.id.filter(|id| self.profile(*id).is_some());
        let (id, chosen) = (known.unwrap_or(new_id), change.chosen);
        self.write(id, change);
        if chosen {
            self.choose(id);
        }
        id
    }

    /// Writes a change into the profile of this id, which is made if there is none.
    fn write(&mut self, id: ProfileId, change: ProfileChange) {
        let known = self.profile(id).cloned();
        let mut profile = known.unwrap_or_else(|| Profile { id, ..Profile::default() });
        let texts = [
            (change.name, &mut profile.name),
            (change.provider, &mut profile.provider),
            (change.kind, &mut profile.kind),
            (change.region, &mut profile.region),
            (change.metadata, &mut profile.metadata),
        ];
        for (text, into) in texts {
            if let Some(text) = text {
                *into = text;
            }
        }
        match change.expires {
            Some(Some(end)) => drop(profile.ends.insert(profile.kind.clone(), end)),
            Some(None) => drop(profile.ends.shift_remove(&profile.kind)),
            None => {}
        }
        profile.remembered = change.remembered.unwrap_or(profile.remembered);
        self.upsert(profile);
        change.values.into_iter().for_each(|(label, secret)| self.set_secret(id, &label, secret));
    }

    /// The id of the key that a profile signs with, all but its ending masked. One that was entered before, for another kind
    /// of credential, signs nothing.
    pub fn shown_key(&self, id: ProfileId) -> Option<String> {
        let kind = SchemeKind::of_credential(&self.profile(id)?.kind)?;
        let signs = kind.traits().inputs.iter().any(|input| input.label == Some(KEY_ID));
        self.ending_of_key(id).filter(|_| signs)
    }

    /// The id of the key that a profile has, all but its ending masked, whatever it signs with.
    pub fn ending_of_key(&self, id: ProfileId) -> Option<String> {
        self.get(id, KEY_ID).map(|key| masked_id(key.public_text()))
    }

    /// Tells what a profile proves itself with from everything else. Nothing of it can be read there.
    pub fn credential_hash(&self, id: ProfileId) -> String {
        let mut all = self.profile(id).map(|profile| profile.kind.clone()).unwrap_or_default();
        for (label, secret) in self.inputs(id) {
            let hash = secret.with(|text| sha256_hex(text.as_bytes()));
            all.push_str(&format!("\n{label}: {hash}"));
        }
        sha256_hex(all.as_bytes())
    }

    /// Tells a profile's key from others without naming it.
    pub fn key_hash(&self, id: ProfileId) -> Option<String> {
        self.get(id, KEY_ID).map(|key| sha256_hex(key.public_text().as_bytes()))
    }
}

#[cfg(test)]
mod tests;
