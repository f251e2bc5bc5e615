//! The vault of this browser: whether there is one, and the key while it is open.

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
    key: StoredValue<Option<Rc<OpenVault>>, LocalStorage>,
}

impl Vault {
    pub(super) fn new() -> Self {
        Self { state: RwSignal::new(VaultState::Unknown), key: StoredValue::new_local(None) }
    }

    /// Finds out whether this browser has a vault.
    pub(crate) fn look(self) {
        spawn_local(async move {
            self.state.set(if vault::exists().await { VaultState::Locked } else { VaultState::Absent });
        });
    }

    /// Keeps the key of a vault that was opened or made.
    pub(crate) fn opened(self, vault: OpenVault) {
        self.key.set_value(Some(Rc::new(vault)));
        self.state.set(VaultState::Open);
    }

    /// Forgets the key.
    pub(crate) fn lock(self) {
        if self.state.get_untracked() == VaultState::Open {
            self.key.set_value(None);
            self.state.set(VaultState::Locked);
        }
    }

    pub(crate) fn erased(self) {
        self.key.set_value(None);
        self.state.set(VaultState::Absent);
    }

    /// The vault, while it is open.
    pub(crate) fn open_vault(self) -> Option<Rc<OpenVault>> {
        self.key.get_value()
    }
}
