//! Putting profiles back: those that this browser remembers, and those of the vault.
//!
//! A record belongs to the profile of its id. Records from before there were ids are still read; no two of them are ever
//! put into the same profile.

use super::{Fingerprints, Keyring, Profile};
use crate::credentials::ProfileId;
use crate::credentials::record::ProfileRecord;
use crate::sign::Secret;
use crate::sign::scheme::{KEY_ID, KEY_SECRET, SECURITY_TOKEN, is_public};
use zeroize::Zeroizing;

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
    /// Takes over what this browser remembers: [`Self::remembered_records`] or [`Self::public_records`] of an earlier
    /// page. What cannot be read is left out.
    pub fn restore(&mut self, text: &str, new_id: &mut impl FnMut() -> ProfileId) {
        self.restore_all(&mut ProfileRecord::read_all(text), new_id);
    }

    /// Takes over what the vault held: [`Self::sealed_records`] of an earlier page. What the user has on this page wins
    /// over it. A profile of which the page has no more than the public half of `base`, when page and vault last agreed, is
    /// taken as the vault has it: another tab may have changed it.
    ///
    /// A record without an id of its own gets one. If any did, the answer is the text with the ids, for the vault to
    /// seal: only so does the next unlocking find the same profiles.
    pub fn restore_sealed(
        &mut self,
        text: &str,
        base: &Fingerprints,
        new_id: &mut impl FnMut() -> ProfileId,
    ) -> Option<Zeroizing<String>> {
        let mut records = ProfileRecord::read_all(text);
        records.iter().for_each(|record| self.note_simulated(record));
        let unchanged = self.records().into_iter().filter(|own| own.values.is_empty());
        let unchanged: Vec<_> = unchanged.filter_map(|own| own.id.filter(|_| base.is_public_half(own))).collect();
        for id in unchanged {
            match records.iter().find(|record| record.id == Some(id)) {
                Some(record) if self.may_be(id, record) => self.replace(id, record),
                Some(_) => {}
                // Another tab has deleted it.
                None => self.remove(id),
            }
        }
        self.restore_all(&mut records, new_id).then(|| ProfileRecord::write_all(&records))
    }

    /// Puts profiles back, and writes their ids into the records. Says whether a record had none of its own.
    fn restore_all(&mut self, records: &mut [ProfileRecord<'_>], new_id: &mut impl FnMut() -> ProfileId) -> bool {
        let claimed: Vec<ProfileId> = records.iter().filter_map(|record| record.id).collect();
        let chosen = self.chosen.values().filter_map(|id| self.profile(*id));
        let settled = chosen.filter(|profile| !self.is_untouched(profile));
        let mut before = Before {
            free: self.profiles.iter().map(|profile| profile.id).filter(|id| !claimed.contains(id)).collect(),
            providers: self.profiles.iter().map(|profile| profile.provider.clone()).collect(),
            settled: settled.map(|profile| profile.provider.clone()).collect(),
        };
        let mut restored: Vec<ProfileId> = Vec::new();
        let mut changed = false;
        for record in records.iter_mut() {
            let own = record.id.filter(|id| !restored.contains(id) && self.may_be(*id, record));
            let id = self.restore_one(record, own, &mut before, new_id);
            restored.push(id);
            changed |= own.is_none();
            record.id = Some(id);
        }
        changed
    }

    /// Puts one record into its profile. Gives the id of it.
    fn restore_one(
        &mut self,
        record: &ProfileRecord<'_>,
        own: Option<ProfileId>,
        before: &mut Before,
        new_id: &mut impl FnMut() -> ProfileId,
    ) -> ProfileId {
        let provider = &record.provider;
        let known = match own {
            Some(id) => self.profile(id).map(|profile| profile.id),
            None => self.twin(record, &before.free),
        };
        let id = known.or(own).unwrap_or_else(new_id);
        before.free.retain(|free| *free != id);
        if known.is_some() {
            self.fill_in(id, record);
        } else if record.is_untouched() && before.providers.contains(provider) {
            // Every provider begins with a profile; those in which nothing was ever typed would become more each time.
            return id;
        } else {
            self.replace_untouched(provider, id, &mut before.free);
            self.write(id, record.change());
        }
        if record.chosen && !before.settled.contains(provider) {
            self.choose(id);
        }
        id
    }

    /// Whether a record may be put into the profile of this id: never a secret of one provider into a profile of another.
    fn may_be(&self, id: ProfileId, record: &ProfileRecord<'_>) -> bool {
        self.profile(id).is_none_or(|profile| profile.provider == record.provider)
    }

    /// The one profile that a record from before there were ids can be of.
    fn twin(&self, record: &ProfileRecord<'_>, free: &[ProfileId]) -> Option<ProfileId> {
        let typed = record.typed();
        let same = |profile: &&Profile| {
            free.contains(&profile.id)
                && profile.provider == record.provider
                && profile.name == record.name
                && profile.kind == record.kind
                && self.key_id(profile.id) == key_id(&typed)
        };
        let mut found = self.profiles.iter().filter(same);
        found.next().filter(|_| found.next().is_none()).map(|profile| profile.id)
    }

    /// Adds to a profile what it lacks. Its settings are at least as new as the record's, and stay.
    fn fill_in(&mut self, id: ProfileId, record: &ProfileRecord<'_>) {
        let typed = record.typed();
        let whole = self.secrets(id).next().is_none() && typed.iter().any(|(label, _)| !is_public(label));
        // The id of one key never comes together with the secret of another.
        let same_key = self.key_id(id).is_empty() || self.key_id(id) == key_id(&typed);
        let of_key = |label: &str| [KEY_ID, KEY_SECRET, SECURITY_TOKEN].contains(&label);
        for (label, secret) in typed {
            if whole || self.get(id, &label).is_none() && (same_key || !of_key(&label)) {
                self.set_secret(id, &label, secret);
            }
        }
        let profile = self.profiles.iter_mut().find(|profile| profile.id == id);
        if let Some((profile, end)) = profile.zip(record.expires.filter(|_| whole)) {
            profile.ends.insert(record.kind.clone(), end);
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
        if let Some(chosen) = self.chosen.get_mut(provider).filter(|chosen| **chosen == old) {
            *chosen = id;
        }
    }

    /// Whether nothing was typed for a profile and nothing set.
    fn is_untouched(&self, profile: &Profile) -> bool {
        let set = [&profile.name, &profile.region, &profile.metadata].into_iter().any(|text| !text.is_empty());
        !profile.remembered && !set && self.inputs(profile.id).next().is_none()
    }

    fn key_id(&self, id: ProfileId) -> &str {
        self.get(id, KEY_ID).map(Secret::public_text).unwrap_or_default()
    }
}

fn key_id(typed: &[(String, Secret)]) -> &str {
    typed.iter().find(|(label, _)| label == KEY_ID).map(|(_, text)| text.public_text()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
