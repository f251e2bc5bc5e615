//! Putting profiles back: those that this browser remembers, and those of the vault.
//!
//! A record belongs to the profile of its id. Records from before there were ids are still read; no two of them are ever
//! put into the same profile.

use super::{Keyring, Profile};
use crate::credentials::ProfileId;
use crate::sign::credential::{KEY_ID, KEY_SECRET, SECURITY_TOKEN, is_public};
use serde_json::Value;

/// What there was before the records came.
struct Before {
    /// The profiles that a record without an id may still be put into.
    free: Vec<ProfileId>,
    /// The providers that had a profile.
    providers: Vec<String>,
    /// The providers whose profile the user has chosen or filled in: it stays the chosen one.
    settled: Vec<String>,
}

impl Keyring {
    /// Takes over what this browser remembers, as [`Self::to_value`] wrote it. What cannot be read is left out.
    pub fn restore(&mut self, text: &str, new_id: &mut impl FnMut() -> ProfileId) {
        if let Ok(Value::Array(mut records)) = serde_json::from_str(text) {
            self.restore_all(&mut records, new_id);
        }
    }

    /// Puts profiles back from their records: what [`Self::to_value`] wrote, and the `values` that the vault held.
    ///
    /// What the user has on the page wins over what was kept. A record without an id of its own gets one; the answer
    /// says whether any did, so that the vault can keep it.
    pub fn restore_all(&mut self, records: &mut [Value], new_id: &mut impl FnMut() -> ProfileId) -> bool {
        let claimed: Vec<ProfileId> = records.iter().filter_map(ProfileId::of).collect();
        let chosen = self.chosen.iter().filter_map(|(_, id)| self.profile(*id));
        let settled = chosen.filter(|profile| !self.is_untouched(profile));
        let mut before = Before {
            free: self.profiles.iter().map(|profile| profile.id).filter(|id| !claimed.contains(id)).collect(),
            providers: self.profiles.iter().map(|profile| profile.provider.clone()).collect(),
            settled: settled.map(|profile| profile.provider.clone()).collect(),
        };
        let mut restored: Vec<ProfileId> = Vec::new();
        let mut changed = false;
        for record in records.iter_mut() {
            let own = ProfileId::of(record).filter(|id| !restored.contains(id) && self.may_be(*id, record));
            let id = self.restore_one(record, own, &mut before, new_id);
            restored.push(id);
            changed |= own.is_none();
            if let Some(members) = record.as_object_mut() {
                members.insert(String::from("id"), Value::from(id.to_string()));
            }
        }
        changed
    }

    /// Puts one record into its profile. Gives the id of it.
    fn restore_one(
        &mut self,
        record: &Value,
        own: Option<ProfileId>,
        before: &mut Before,
        new_id: &mut impl FnMut() -> ProfileId,
    ) -> ProfileId {
        let provider = text(record, "provider");
        let known = match own {
            Some(id) => self.profile(id).map(|profile| profile.id),
            None => self.twin(record, &before.free),
        };
        let id = known.or(own).unwrap_or_else(new_id);
        before.free.retain(|free| *free != id);
        if known.is_some() {
            self.fill_in(id, record);
        } else if is_untouched(record) && before.providers.iter().any(|other| other == provider) {
            // Every provider begins with a profile; those in which nothing was ever typed would become more each time.
            return id;
        } else {
            self.replace_untouched(provider, id, &mut before.free);
            self.write(id, record);
        }
        let chosen = record.get("chosen").and_then(Value::as_bool) == Some(true);
        if chosen && before.settled.iter().all(|settled| settled != provider) {
            self.choose(id);
        }
        id
    }

    /// Whether a record may be put into the profile of this id: never a secret of one provider into a profile of another.
    fn may_be(&self, id: ProfileId, record: &Value) -> bool {
        self.profile(id).is_none_or(|profile| profile.provider == text(record, "provider"))
    }

    /// The one profile that a record from before there were ids can be of.
    fn twin(&self, record: &Value, free: &[ProfileId]) -> Option<ProfileId> {
        let same = |profile: &&Profile| {
            free.contains(&profile.id)
                && profile.provider == text(record, "provider")
                && profile.name == text(record, "name")
                && profile.kind == text(record, "kind")
                && self.key_id(profile.id) == key_id(record)
        };
        let mut found = self.profiles.iter().filter(same);
        found.next().filter(|_| found.next().is_none()).map(|profile| profile.id)
    }

    /// Adds to a profile what it lacks. Its settings are at least as new as the record's, and stay.
    fn fill_in(&mut self, id: ProfileId, record: &Value) {
        let holds = |(of, label): &(ProfileId, String)| *of == id && !is_public(label);
        let whole = !self.secrets.keys().any(holds) && typed(record).any(|(label, _)| !is_public(label));
        // The id of one key never comes together with the secret of another.
        let same_key = self.key_id(id).is_empty() || self.key_id(id) == key_id(record);
        let of_key = |label: &str| [KEY_ID, KEY_SECRET, SECURITY_TOKEN].contains(&label);
        for (label, text) in typed(record) {
            if whole || self.get(id, label).is_none() && (same_key || !of_key(label)) {
                self.set(id, label, text);
            }
        }
        let end = record.get("expires").and_then(Value::as_i64).filter(|_| whole);
        let profile = self.profiles.iter_mut().find(|profile| profile.id == id);
        if let Some((profile, end)) = profile.zip(end) {
            profile.ends.insert(text(record, "kind").to_owned(), end);
        }
    }

    /// Gives a new id to the profile that a provider began with, if there is one in which nothing was typed.
    fn replace_untouched(&mut self, provider: &str, id: ProfileId, free: &mut Vec<ProfileId>) {
        let placeholder = self.profiles.iter().position(|profile| {
            profile.provider == provider && free.contains(&profile.id) && self.is_untouched(profile)
        });
        let Some(profile) = placeholder.and_then(|at| self.profiles.get_mut(at)) else { return };
        let old = std::mem::replace(&mut profile.id, id);
        free.retain(|free| *free != old);
        if self.chosen.find(|other| other == provider) == Some(&old) {
            self.chosen.insert(provider.to_owned(), id);
        }
    }

    /// Whether nothing was typed for a profile and nothing set.
    fn is_untouched(&self, profile: &Profile) -> bool {
        is_untouched(&self.profile_value(profile)) && !self.secrets.keys().any(|(of, _)| *of == profile.id)
    }

    fn key_id(&self, id: ProfileId) -> &str {
        self.get(id, KEY_ID).map(|key| key.no_secret()).unwrap_or_default()
    }
}

fn text<'a>(record: &'a Value, name: &str) -> &'a str {
    record.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// What was typed, by label.
fn typed(record: &Value) -> impl Iterator<Item = (&str, &str)> {
    let parts = ["public", "values"].into_iter().filter_map(|part| record.get(part)?.as_object());
    let texts = parts.flatten().filter_map(|(label, text)| Some((label.as_str(), text.as_str()?)));
    texts.filter(|(_, text)| !text.is_empty())
}

fn key_id(record: &Value) -> &str {
    typed(record).find(|(label, _)| *label == KEY_ID).map(|(_, text)| text).unwrap_or_default()
}

fn is_untouched(record: &Value) -> bool {
    let remembered = record.get("remembered").and_then(Value::as_bool) == Some(true);
    let set = ["name", "region", "memo"].into_iter().any(|name| !text(record, name).is_empty());
    !remembered && !set && typed(record).next().is_none()
}

#[cfg(test)]
mod tests;
