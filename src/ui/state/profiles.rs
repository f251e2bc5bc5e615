//! Who signs: the profiles of this page, and the secrets that were typed for them.

use crate::catalog::Operation;
use crate::credentials::{Keyring, ProfileChange, ProfileId, ProfileSummary};
use crate::ui::platform::{random, storage};
use indexmap::IndexSet;
use leptos::prelude::*;

const STORED: &str = "profiles";

#[derive(Clone, Copy)]
pub(crate) struct Profiles {
    pub(crate) keyring: RwSignal<Keyring>,
    /// The idle lock has cleared the secrets, and nobody has typed one since.
    pub(crate) idle_locked: RwSignal<bool>,
    /// Seconds until the idle lock, while it warns.
    pub(crate) locks_in: RwSignal<Option<i64>>,
    /// Texts that may be secrets and stand in no profile.
    elsewhere: StoredValue<Vec<TypedElsewhere>, LocalStorage>,
}

struct TypedElsewhere {
    id: u32,
    is_there: Box<dyn Fn() -> bool>,
    forget: Box<dyn Fn()>,
}

impl Profiles {
    /// `records` are the profiles of the version of the page before this one; without them, those that this browser
    /// remembers.
    pub(super) fn new(records: Option<String>) -> Self {
        let mut keyring = Keyring::default();
        let records = records.or_else(|| storage::remembered(STORED)).unwrap_or_default();
        keyring.restore(&records, &mut random::new_profile_id);
        let profiles = Self {
            keyring: RwSignal::new(keyring),
            idle_locked: RwSignal::new(false),
            locks_in: RwSignal::new(None),
            elsewhere: StoredValue::new_local(Vec::new()),
        };
        profiles.remember_public_halves();
        profiles
    }

    /// Keeps what this browser remembers in step with the profiles that the user wants remembered.
    fn remember_public_halves(self) {
        let records = Memo::new(move |_| self.keyring.with(Keyring::remembered_records));
        // What another tab remembers stays, unless this page had it and has it no more.
        let known = StoredValue::new(IndexSet::new());
        Effect::new(move |_| {
            // Reading makes the memo watch the profiles; tracking alone would not.
            records.with(|_| ());
            let stored = storage::remembered(STORED).unwrap_or_else(|| String::from("[]"));
            let records = self.keyring.with_untracked(|keyring| {
                known.update_value(|known| known.extend(keyring.profiles().iter().map(|profile| profile.id)));
                known.with_value(|known| keyring.remembered_beside(&stored, known))
            });
            if stored != records {
                storage::remember(STORED, &records);
            }
        });
    }

    pub(crate) fn with<T>(self, read: impl FnOnce(&Keyring) -> T) -> T {
        self.keyring.with(read)
    }

    /// Uses the keyring while another profile signs for its provider. A profile that is gone leaves the chosen one.
    pub(crate) fn signing_as<T>(self, id: ProfileId, use_it: impl FnOnce(&Keyring) -> T) -> Option<T> {
        // Nobody is told: what was chosen is chosen again before anybody could look.
        self.keyring.try_update_untracked(|keyring| {
            let chosen = keyring.profile(id).map(|profile| keyring.chosen_id(&profile.provider));
            keyring.choose(id);
            let result = use_it(keyring);
            chosen.into_iter().for_each(|chosen| keyring.choose(chosen));
            result
        })
    }

    pub(crate) fn update(self, change: impl FnOnce(&mut Keyring)) {
        self.keyring.update(change);
    }

    /// Changes a profile, or makes one. Gives its id.
    pub(crate) fn apply(self, change: ProfileChange) -> ProfileId {
        let mut id = random::new_profile_id();
        self.update(|keyring| id = keyring.apply(change, id));
        id
    }

    pub(crate) fn summaries(self) -> Vec<ProfileSummary> {
        self.with(Keyring::summaries)
    }

    pub(crate) fn summary(self, id: ProfileId) -> Option<ProfileSummary> {
        self.with(|keyring| keyring.summary(id))
    }

    /// The profile that signs for a provider.
    pub(crate) fn chosen(self, provider: &str) -> Option<ProfileSummary> {
        self.with(|keyring| keyring.summary(keyring.chosen(provider)?.id))
    }

    /// The id of the profile that signs for a provider.
    pub(crate) fn chosen_id(self, provider: &str) -> Option<ProfileId> {
        self.with(|keyring| keyring.chosen(provider).map(|profile| profile.id))
    }

    /// Makes sure that somebody can sign an operation.
    pub(crate) fn ensure_profile(self, operation: &Operation) {
        self.update(|keyring| keyring.ensure_profile(operation, random::new_profile_id()));
    }

    /// Whether any secret is in memory.
    pub(crate) fn hold_secrets(self) -> bool {
        self.summaries().iter().any(|profile| !profile.secrets_present.is_empty())
            || self.elsewhere.with_value(|all| all.iter().any(|typed| (typed.is_there)()))
    }

    /// Forgets a text with the secrets, for as long as its place is on the page.
    pub(crate) fn forget_too(self, is_there: impl Fn() -> bool + 'static, forget: impl Fn() + 'static) {
        let id = random::number();
        let typed = TypedElsewhere { id, is_there: Box::new(is_there), forget: Box::new(forget) };
        self.elsewhere.update_value(|all| all.push(typed));
        on_cleanup(move || {
            self.elsewhere.try_update_value(|all| all.retain(|typed| typed.id != id));
        });
    }

    /// Forgets all secrets.
    pub(crate) fn forget_secrets(self) {
        self.update(|keyring| keyring.clear_secrets(None));
        self.elsewhere.with_value(|all| all.iter().for_each(|typed| (typed.forget)()));
    }
}
