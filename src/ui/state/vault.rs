//! The vault of this browser: whether there is one, and the key while it is open.

use crate::credentials::Fingerprints;
use crate::ui::platform::vault::{self, OpenVault};
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Where the vault stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum VaultState {
    /// The browser has not said yet whether there is one.
    Unknown,
    Absent,
    Locked,
    Open,
}

#[derive(Clone, Copy)]
pub(crate) struct Vault {
    pub(crate) state: RwSignal<VaultState>,
    /// How many profiles it holds, as far as that is known.
    pub(crate) profiles: RwSignal<Option<usize>>,
    /// What page and vault last agreed on. It outlives the lock: so unlocking knows what another tab changed.
    pub(crate) base: RwSignal<Fingerprints>,
    key: StoredValue<Option<Rc<OpenVault>>, LocalStorage>,
}

impl Vault {
    pub(super) fn new() -> Self {
        Self {
            state: RwSignal::new(VaultState::Unknown),
            profiles: RwSignal::new(None),
            base: RwSignal::new(Fingerprints::default()),
            key: StoredValue::new_local(None),
        }
    }

    /// Finds out whether this browser has a vault.
    pub(crate) fn look(self) {
        spawn_local(async move {
            let state = if vault::exists().await { VaultState::Locked } else { VaultState::Absent };
            self.profiles.set(vault::profiles().await);
            self.state.set(state);
        });
    }

    /// Keeps the key of a vault that was opened or made. `base` is what is in it.
    pub(crate) fn opened(self, vault: OpenVault, base: Fingerprints) {
        self.base.set(base);
        self.key.set_value(Some(Rc::new(vault)));
        self.state.set(VaultState::Open);
    }

    /// Forgets the key.
    pub(crate) fn lock(self) {
        if self.state.get_untracked() == VaultState::Open {
            self.key.set_value(None);
            self.profiles.set(Some(self.base.with_untracked(Fingerprints::count)));
            self.state.set(VaultState::Locked);
        }
    }

    pub(crate) fn erased(self) {
        self.key.set_value(None);
        self.base.set(Fingerprints::default());
        self.state.set(VaultState::Absent);
    }

    /// The vault, while it is open.
    pub(crate) fn open_vault(self) -> Option<Rc<OpenVault>> {
        self.key.get_value()
    }
}
