//! Two tabs, one vault: what another tab saved meanwhile is put together with what this page has.
//!
//! [`Fingerprints`] are what page and vault last agreed on. A profile that only one side has changed since is taken from that
//! side. Where both sides have changed the same profile, the user decides.

use super::Keyring;
use crate::credentials::record::ProfileRecord;
use crate::credentials::{ProfileId, ProfileSummary};
use crate::sign::digest::sha256_hex;
use indexmap::{IndexMap, IndexSet};

/// Tells the content of each profile from any other content of it. It holds hashes and no content.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Fingerprints(IndexMap<ProfileId, Fingerprint>);

#[derive(Clone, PartialEq, Eq)]
struct Fingerprint {
    whole: String,
    /// Of the profile without its secrets: a locked page has no more than that.
    public: String,
}

impl std::fmt::Debug for Fingerprints {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fingerprints({})", self.0.len())
    }
}

/// Whose content counts where both sides have changed a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preferred {
    /// The user has to say it.
    Unsaid,
    Page,
    Vault,
}

impl Fingerprints {
    /// Those of [`Keyring::sealed_records`].
    pub fn of_records(text: &str) -> Self {
        Self::of(ProfileRecord::read_all(text))
    }

    fn of(records: Vec<ProfileRecord<'_>>) -> Self {
        let touched = records.into_iter().filter(|record| !record.is_untouched());
        Self(touched.filter_map(|record| Some((record.id?, fingerprint(record)))).collect())
    }

    /// How many profiles there are in which something was typed or set.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    fn whole(&self, id: ProfileId) -> Option<&str> {
        self.0.get(&id).map(|fingerprint| fingerprint.whole.as_str())
    }

    /// Whether this is a profile of page and vault when they last agreed, but for its secrets.
    pub(super) fn is_public_half(&self, record: ProfileRecord<'_>) -> bool {
        let known = record.id.and_then(|id| self.0.get(&id)).map(|known| known.public.clone());
        known.is_some_and(|known| fingerprint(record).public == known)
    }
}

fn fingerprint(mut record: ProfileRecord<'_>) -> Fingerprint {
    // Which profile signs is no content, and the labels of secrets come with the secrets.
    record.chosen = false;
    record.secrets_present.clear();
    record.simulated.clear();
    let hash =
        |record: &ProfileRecord<'_>| sha256_hex(ProfileRecord::write_all(std::slice::from_ref(record)).as_bytes());
    let whole = hash(&record);
    record.values.clear();
    // When a secret ends is forgotten with it.
    record.expires = None;
    Fingerprint { whole, public: hash(&record) }
}

impl Keyring {
    pub fn fingerprints(&self) -> Fingerprints {
        Fingerprints::of(self.records())
    }

    /// Takes over what another tab saved into the vault since page and vault were as in `base`. Where both have changed a
    /// profile, `preferred` says whose content counts; where nobody has said it, nothing happens, and the answer names the
    /// profiles.
    pub fn merge_sealed(&mut self, vault: &str, base: &Fingerprints, preferred: Preferred) -> Vec<ProfileSummary> {
        let records = ProfileRecord::read_all(vault);
        records.iter().for_each(|record| self.note_simulated(record));
        let (page, theirs) = (self.fingerprints(), Fingerprints::of_records(vault));
        let ids: IndexSet<ProfileId> = page.0.keys().chain(theirs.0.keys()).copied().collect();
        let (mut taken, mut conflicts) = (Vec::new(), Vec::new());
        for id in ids {
            let [base, page, theirs] = [base, &page, &theirs].map(|fingerprints| fingerprints.whole(id));
            if page == theirs || theirs == base {
                continue;
            }
            if page == base {
                taken.push(id);
            } else {
                conflicts.push(id);
            }
        }
        let record = |id: ProfileId| records.iter().find(|record| record.id == Some(id));
        match preferred {
            Preferred::Unsaid if !conflicts.is_empty() => {
                let named = |id: &ProfileId| self.summary(*id).or_else(|| record(*id).map(ProfileRecord::summary));
                return conflicts.iter().filter_map(named).collect();
            }
            Preferred::Vault => taken.extend(conflicts),
            Preferred::Unsaid | Preferred::Page => {}
        }
        for id in taken {
            match record(id) {
                Some(record) => self.replace(id, record),
                None => self.remove(id),
            }
        }
        Vec::new()
    }

    /// Puts the content of a record into its profile, in the place of what is there.
    pub(super) fn replace(&mut self, id: ProfileId, record: &ProfileRecord<'_>) {
        self.typed.shift_remove(&id);
        self.write(id, record.change());
        if record.chosen && self.chosen(&record.provider).is_none() {
            self.choose(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::ProfileChange;

    const TOKEN: &str = "X-Auth-Token";

    /// A tab of the browser: its page, and what page and vault last agreed on.
    #[derive(Default)]
    struct Tab {
        page: Keyring,
        base: Fingerprints,
    }

    impl Tab {
        fn unlock(&mut self, vault: &str) {
            self.page.restore_sealed(vault, &self.base, &mut || ProfileId::new(99));
            self.base = Fingerprints::of_records(vault);
        }

        fn set(&mut self, id: u128, name: &str, token: &str) {
            let change = ProfileChange {
                id: Some(ProfileId::new(id)),
                name: Some(name.to_owned()),
                provider: Some(String::from("Huawei Cloud")),
                kind: Some(TOKEN.to_owned()),
                chosen: true,
                ..ProfileChange::default()
            };
            self.page.apply(change, ProfileId::new(id));
            self.page.typed(ProfileId::new(id), TOKEN, token);
        }

        /// Saves as the screen does: merged first, then sealed.
        fn save(&mut self, vault: &mut String, preferred: Preferred) -> Vec<String> {
            let conflicts = self.page.merge_sealed(vault, &self.base, preferred);
            if conflicts.is_empty() {
                *vault = self.page.sealed_records().to_string();
                self.base = Fingerprints::of_records(vault);
            }
            conflicts.into_iter().map(|profile| profile.name).collect()
        }

        fn shows(&self) -> Vec<(String, String)> {
            let token = |id| self.page.get(id, TOKEN).map_or(String::new(), |secret| secret.with(str::to_owned));
            let mut all: Vec<_> =
                self.page.profiles().iter().map(|profile| (profile.name.clone(), token(profile.id))).collect();
            all.sort();
            all
        }
    }

    fn shown(of: &[(&str, &str)]) -> Vec<(String, String)> {
        of.iter().map(|(name, token)| ((*name).to_owned(), (*token).to_owned())).collect()
    }

    /// Two tabs that have the vault open, with one profile in it.
    fn two_tabs() -> (Tab, Tab, String) {
        let (mut one, mut two, mut vault) = (Tab::default(), Tab::default(), String::from("[]"));
        one.set(1, "Prod", "p1");
        assert!(one.save(&mut vault, Preferred::Unsaid).is_empty());
        two.unlock(&vault);
        (one, two, vault)
    }

    #[test]
    fn what_two_tabs_add_is_all_there() {
        let (mut one, mut two, mut vault) = two_tabs();
        two.set(2, "Staging", "s1");
        two.save(&mut vault, Preferred::Unsaid);
        one.set(3, "Test", "t1");
        assert!(one.save(&mut vault, Preferred::Unsaid).is_empty());
        let mut fresh = Tab::default();
        fresh.unlock(&vault);
        let all = shown(&[("Prod", "p1"), ("Staging", "s1"), ("Test", "t1")]);
        assert_eq!(fresh.shows(), all);
        assert_eq!(one.shows(), all, "the page that saves has them too");
    }

    #[test]
    fn the_side_that_changed_a_profile_wins_and_what_one_side_deleted_is_gone() {
        let (mut one, mut two, mut vault) = two_tabs();
        two.set(2, "Staging", "s1");
        two.save(&mut vault, Preferred::Unsaid);
        two.set(1, "Prod", "p2");
        two.save(&mut vault, Preferred::Unsaid);
        assert!(one.save(&mut vault, Preferred::Unsaid).is_empty());
        assert_eq!(one.shows(), shown(&[("Prod", "p2"), ("Staging", "s1")]));
        one.page.remove(ProfileId::new(2));
        one.save(&mut vault, Preferred::Unsaid);
        two.set(1, "Prod", "p3");
        assert!(two.save(&mut vault, Preferred::Unsaid).is_empty());
        assert_eq!(two.shows(), shown(&[("Prod", "p3")]));
    }

    #[test]
    fn where_both_changed_a_profile_the_user_is_asked() {
        for (preferred, wins) in [(Preferred::Page, "mine"), (Preferred::Vault, "theirs")] {
            let (mut one, mut two, mut vault) = two_tabs();
            two.set(1, "Prod", "theirs");
            two.save(&mut vault, Preferred::Unsaid);
            one.set(1, "Prod", "mine");
            let before = vault.clone();
            assert_eq!(one.save(&mut vault, Preferred::Unsaid), ["Prod"]);
            assert_eq!(vault, before, "nothing is saved before the user has chosen");
            assert_eq!(one.shows(), shown(&[("Prod", "mine")]));
            assert!(one.save(&mut vault, preferred).is_empty());
            assert_eq!(one.shows(), shown(&[("Prod", wins)]), "{preferred:?}");
            assert!(vault.contains(wins));
        }
    }

    #[test]
    fn a_profile_deleted_here_and_changed_there_is_asked_about_by_its_name() {
        let (mut one, mut two, mut vault) = two_tabs();
        two.set(1, "Prod", "p2");
        two.save(&mut vault, Preferred::Unsaid);
        one.page.remove(ProfileId::new(1));
        assert_eq!(one.save(&mut vault, Preferred::Unsaid), ["Prod"]);
        assert!(one.save(&mut vault, Preferred::Vault).is_empty());
        assert_eq!(one.shows(), shown(&[("Prod", "p2")]));
    }

    #[test]
    fn a_page_that_was_locked_meanwhile_takes_what_the_other_tab_changed() {
        let (mut one, mut two, mut vault) = two_tabs();
        one.page.clear_secrets(None);
        two.set(1, "Production", "p2");
        two.save(&mut vault, Preferred::Unsaid);
        one.unlock(&vault);
        assert_eq!(one.shows(), shown(&[("Production", "p2")]));
        assert_eq!(one.page.fingerprints(), one.base, "nothing is left to save");
    }

    #[test]
    fn a_profile_that_the_other_tab_deleted_while_this_one_was_locked_does_not_come_back() {
        let (mut one, mut two, mut vault) = two_tabs();
        one.page.clear_secrets(None);
        two.page.remove(ProfileId::new(1));
        two.set(2, "Staging", "s1");
        two.save(&mut vault, Preferred::Unsaid);
        one.unlock(&vault);
        assert_eq!(one.shows(), shown(&[("Staging", "s1")]));
    }

    #[test]
    fn what_another_tab_remembers_in_this_browser_stays_until_a_page_that_knows_it_drops_it() {
        let remembered = |id: u128, name: &str| {
            let mut tab = Tab::default();
            tab.set(id, name, "secret");
            let change = ProfileChange { id: Some(ProfileId::new(id)), remembered: Some(true), ..Default::default() };
            tab.page.apply(change, ProfileId::new(id));
            tab.page
        };
        let (one, two) = (remembered(1, "One"), remembered(2, "Two"));
        let known = |ids: &[u128]| ids.iter().map(|id| ProfileId::new(*id)).collect::<IndexSet<_>>();
        let stored = one.remembered_beside("[]", &known(&[1]));
        let both = two.remembered_beside(&stored, &known(&[2]));
        assert!(both.contains("One") && both.contains("Two") && !both.contains("secret\""), "{both}");
        let left = two.remembered_beside(&both, &known(&[1, 2]));
        assert!(!left.contains("One") && left.contains("Two"), "this page had it and has it no more: {left}");
    }

    #[test]
    fn only_a_profile_with_content_counts_and_choosing_one_changes_nothing() {
        let (mut one, ..) = two_tabs();
        let before = one.page.fingerprints();
        let other = ProfileChange { provider: Some(String::from("Huawei Cloud")), chosen: true, ..Default::default() };
        one.page.apply(other, ProfileId::new(7));
        assert_eq!((one.page.fingerprints().count(), one.page.profiles().len()), (1, 2));
        assert!(one.page.fingerprints() == before);
        one.page.typed(ProfileId::new(1), TOKEN, "another");
        assert!(one.page.fingerprints() != before);
        assert!(!format!("{before:?}").contains(before.whole(ProfileId::new(1)).unwrap()));
    }
}
