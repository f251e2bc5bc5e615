//! The profiles of this page, and the secrets that belong to them.
//!
//! A [`Profile`] is public: it can be shown and remembered. What was typed for it lies here as [`Secret`]s, in memory, for
//! as long as the page. Every provider has one profile that is chosen; it signs what is sent.

mod restore;

use super::profile_id::ProfileId;
use crate::catalog::{Operation, Scheme, Signing};
use crate::sign::canonical::{masked_id, sha256_hex};
use crate::sign::credential::{ADDED_BY_PROXY, KEY_ID, is_public, kind};
use crate::sign::secret::Secret;
use crate::small_map::SmallMap;
use serde_json::{Map, Value, json};

/// One way to prove who one is, at one provider.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    /// Tells it from all others, after a reload too.
    pub id: ProfileId,
    /// What the user calls it; empty for the one that every provider begins with.
    pub name: String,
    /// Whose credential it is.
    pub provider: String,
    /// The kind of credential: [`kind`] of a scheme, or [`ADDED_BY_PROXY`].
    pub kind: String,
    /// The region that it is for; empty for any.
    pub region: String,
    /// When its credentials end, by kind, in seconds since 1970; those of which that is known.
    ends: SmallMap<String, i64>,
    /// Whether the public half is kept by this browser.
    pub remembered: bool,
    /// What the panels keep with it, as JSON; nothing secret.
    pub memo: String,
}

/// All profiles and what was typed for them.
#[derive(Debug, Default)]
pub struct Keyring {
    profiles: Vec<Profile>,
    chosen: SmallMap<String, ProfileId>,
    secrets: SmallMap<(ProfileId, String), Secret>,
}

impl Keyring {
    /// The profile that signs for a provider.
    pub fn chosen(&self, provider: &str) -> Option<&Profile> {
        let id = self.chosen.find(|other| other == provider)?;
        self.profile(*id)
    }

    /// The profile of this id.
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

    /// Sees to it that a provider has a profile to begin with; `new_id` is its id, if it has to be made.
    pub fn begin(&mut self, operation: &Operation, new_id: ProfileId) {
        if self.chosen(&operation.provider).is_none() {
            let first = self.profiles.iter().find(|profile| profile.provider == operation.provider);
            let id = first.map(|profile| profile.id).unwrap_or_else(|| {
                let kind = operation.schemes.first().map(kind).unwrap_or_default().to_owned();
                self.put(Profile { id: new_id, provider: operation.provider.clone(), kind, ..Profile::default() })
            });
            self.choose(id);
        }
        // It may have begun with a call that needs no credential, or with a choice that the deployment does not offer.
        let (signing, first) = (operation.policy.signing, operation.schemes.first().map(kind).unwrap_or_default());
        let first = if signing == Signing::Proxy { ADDED_BY_PROXY } else { first };
        for profile in self.profiles.iter_mut().filter(|profile| profile.provider == operation.provider) {
            let taken = signing == Signing::Proxy || signing == Signing::Own && profile.kind == ADDED_BY_PROXY;
            if taken || profile.kind.is_empty() {
                profile.kind = first.to_owned();
            }
        }
    }

    /// When the credential of a profile ends, in seconds since 1970, if that is known.
    pub fn end(&self, profile: &Profile) -> Option<i64> {
        profile.ends.find(|kind| *kind == profile.kind).copied()
    }

    /// Adds a profile, or replaces the one of its id. Gives the id.
    fn put(&mut self, profile: Profile) -> ProfileId {
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
        self.secrets.retain(|(of, _)| *of != id);
    }

    /// Keeps what was typed for a profile; an empty text forgets it.
    pub fn set(&mut self, id: ProfileId, label: &str, text: &str) {
        let (key, secret) = ((id, label.to_owned()), Secret::new(text));
        if secret.is_empty() {
            self.secrets.remove(&key);
        } else {
            self.secrets.insert(key, secret);
        }
    }

    /// Keeps what the user typed for a profile. It is another credential now: when it ends is not known any more.
    pub fn typed(&mut self, id: ProfileId, label: &str, text: &str) {
        self.set(id, label, text);
        if let Some(profile) = self.profiles.iter_mut().find(|profile| profile.id == id && !is_public(label)) {
            profile.ends.remove(&profile.kind);
        }
    }

    /// What was typed.
    pub fn get(&self, id: ProfileId, label: &str) -> Option<&Secret> {
        self.secrets.find(|(of, name)| *of == id && name == label)
    }

    /// Forgets the secrets of a profile, or of all of them. What is public stays.
    pub fn forget(&mut self, id: Option<ProfileId>) {
        self.secrets.retain(|(of, label)| id.is_some_and(|id| id != *of) || is_public(label));
        for profile in self.profiles.iter_mut().filter(|profile| id.is_none_or(|id| id == profile.id)) {
            profile.ends = SmallMap::default();
        }
    }

    /// How the chosen profile proves itself to an operation: in the way of its kind where the operation knows it, else in
    /// the way that the operation offers first. `None`: not at all, or the proxy does.
    pub fn scheme<'a>(&self, operation: &'a Operation) -> Option<&'a Scheme> {
        let wanted = self.chosen(&operation.provider).map(|profile| profile.kind.as_str()).unwrap_or_default();
        if wanted == ADDED_BY_PROXY && operation.policy.signing == Signing::Any {
            return None;
        }
        let schemes = &operation.schemes;
        schemes.iter().find(|scheme| kind(scheme) == wanted).or(schemes.first())
    }

    /// The public half of everything, for the panels and for this browser to remember.
    pub fn to_value(&self) -> Value {
        Value::Array(self.profiles.iter().map(|profile| self.profile_value(profile)).collect())
    }

    fn profile_value(&self, profile: &Profile) -> Value {
        let mut public = Map::new();
        let mut held = Vec::new();
        for ((_, label), secret) in self.secrets.iter().filter(|((of, _), _)| *of == profile.id) {
            if is_public(label) {
                public.insert(label.clone(), Value::from(secret.no_secret()));
            } else {
                held.push(Value::from(label.as_str()));
            }
        }
        json!({
            "id": profile.id,
            "name": profile.name,
            "provider": profile.provider,
            "kind": profile.kind,
            "region": profile.region,
            "expires": self.end(profile),
            "remembered": profile.remembered,
            "memo": profile.memo,
            "chosen": self.chosen(&profile.provider).is_some_and(|chosen| chosen.id == profile.id),
            "public": public,
            "held": held,
        })
    }

    /// The secrets of a profile by their labels: for the vault, which seals them.
    pub fn secrets_value(&self, id: ProfileId) -> Value {
        let own = self.secrets.iter().filter(|((of, label), _)| *of == id && !is_public(label));
        let secrets = own.map(|((_, label), secret)| (label.clone(), secret.with(|text| Value::from(text))));
        Value::Object(secrets.collect())
    }

    /// Takes over one profile as [`Self::to_value`] writes it: its settings, and the `values` typed for it if there are
    /// any. Without the id of a profile that is known it makes a new one, with `new_id`. Gives the id.
    pub fn take(&mut self, value: &Value, new_id: ProfileId) -> ProfileId {
        let known = ProfileId::of(value).filter(|id| self.profile(*id).is_some());
        let id = known.unwrap_or(new_id);
        self.write(id, value);
        if value.get("chosen").and_then(Value::as_bool) == Some(true) {
            self.choose(id);
        }
        id
    }

    /// Writes what a value says into the profile of this id, which is made if there is none.
    fn write(&mut self, id: ProfileId, value: &Value) {
        let known = self.profile(id).cloned();
        let mut profile = known.unwrap_or_else(|| Profile { id, ..Profile::default() });
        let text = |name: &str, into: &mut String| {
            if let Some(text) = value.get(name).and_then(Value::as_str) {
                *into = text.to_owned();
            }
        };
        text("name", &mut profile.name);
        text("provider", &mut profile.provider);
        text("kind", &mut profile.kind);
        text("region", &mut profile.region);
        text("memo", &mut profile.memo);
        if let Some(end) = value.get("expires") {
            match end.as_i64() {
                Some(end) => profile.ends.insert(profile.kind.clone(), end),
                None => drop(profile.ends.remove(&profile.kind)),
            }
        }
        if let Some(remembered) = value.get("remembered").and_then(Value::as_bool) {
            profile.remembered = remembered;
        }
        self.put(profile);
        for part in ["public", "values"] {
            for (label, text) in value.get(part).and_then(Value::as_object).into_iter().flatten() {
                self.set(id, label, text.as_str().unwrap_or_default());
            }
        }
    }

    /// The key that a profile signs with, all but its ending masked.
    pub fn shown_key(&self, id: ProfileId) -> Option<String> {
        self.get(id, KEY_ID).map(|key| key.with(masked_id))
    }

    /// Tells a profile's key from others without naming it.
    pub fn key_hash(&self, id: ProfileId) -> Option<String> {
        self.get(id, KEY_ID).map(|key| key.with(|key| sha256_hex(key.as_bytes())))
    }
}

#[cfg(test)]
mod tests;
