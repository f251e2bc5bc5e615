//! The vault on the page of all credentials: what it is, and the way in and out.

use crate::credentials::vault::{LEAST_PASSPHRASE, VaultError};
use crate::ui::components::alert::Alert;
use crate::ui::components::text_field::{TextField, TypedText};
use crate::ui::platform::{random, vault};
use crate::ui::state::vault::VaultState;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{Message, words};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use std::future::Future;
use wasm_bindgen_futures::spawn_local;
use zeroize::Zeroizing;

/// One step at a time, and how it went.
#[derive(Clone, Copy)]
struct Step {
    stores: Stores,
    busy: RwSignal<bool>,
    failure: RwSignal<Option<Message>>,
}

impl Step {
    /// Runs a step and says how it went.
    fn run(self, step: impl Future<Output = Result<&'static str, VaultError>> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let result = step.await;
            self.busy.try_set(false);
            match result {
                Ok(sentence) => self.stores.shell.announce(sentence),
                Err(error) => {
                    let message = (words().explain.vault_error)(&error);
                    self.stores.shell.announce(message.title.clone());
                    self.failure.try_set(Some(message));
                }
            }
        });
    }
}

/// Forgets all secrets, and the key of an open vault.
pub(crate) fn lock(stores: Stores) {
    stores.profiles.update(|keyring| keyring.clear_secrets(None));
    stores.forms.forget_secrets();
    stores.vault.lock();
}

/// The section about the vault.
#[component]
pub(crate) fn VaultSection() -> impl IntoView {
    let stores = use_stores();
    let step = Step { stores, busy: RwSignal::new(false), failure: RwSignal::new(None) };
    let content = move || match stores.vault.state.get() {
        VaultState::Unknown => view! { <p class="progress">{words().asking}</p> }.into_any(),
        VaultState::Absent => view! { <MakeVault step=step/> }.into_any(),
        VaultState::Locked => view! { <UnlockVault step=step/> }.into_any(),
        VaultState::Open => view! { <OpenVaultActions step=step/> }.into_any(),
    };
    view! {
        <p>{words().vault_lead}</p>
        {move || content()}
        {move || step.failure.get().map(|message| view! { <Alert message=message/> }.into_any())}
        <p class="progress" role="status">{move || step.busy.get().then_some(words().vault_working)}</p>
    }
}

#[component]
fn MakeVault(step: Step) -> impl IntoView {
    let (passphrase, again) = (TypedText::secret(), TypedText::secret());
    let make = move |event: SubmitEvent| {
        event.prevent_default();
        let (passphrase, again) = (Zeroizing::new(passphrase.take()), Zeroizing::new(again.take()));
        if *passphrase != *again {
            return step.failure.set(Some((words().explain.passphrases_differ)()));
        }
        step.run(async move {
            let vault = vault::seal(&passphrase, &sealed_records(step.stores)).await?;
            step.stores.vault.opened(vault);
            Ok(words().vault_made)
        });
    };
    view! {
        <form class="vault" aria-label=words().vault novalidate=true on:submit=make>
            <TextField
                id="vault-passphrase"
                label=words().passphrase
                help=(words().explain.passphrase_rule)(LEAST_PASSPHRASE)
                required=true
                typed=passphrase
            />
            <TextField id="vault-again" label=words().passphrase_again required=true typed=again/>
            <div class="actions"><button type="submit" class="button">{words().vault_make}</button></div>
        </form>
    }
}

#[component]
fn UnlockVault(step: Step) -> impl IntoView {
    let passphrase = TypedText::secret();
    let unlock = move |event: SubmitEvent| {
        event.prevent_default();
        let passphrase = Zeroizing::new(passphrase.take());
        step.run(async move {
            let (vault, records) = vault::open(&passphrase).await?;
            if let Some(renewed) = restore(step.stores, &records) {
                // Records of before have ids now. If this is not stored, the next Save says so.
                let _ = vault.save(&renewed).await;
            }
            step.stores.vault.opened(vault);
            Ok(words().vault_opened)
        });
    };
    view! {
        <form class="vault" aria-label=words().vault novalidate=true on:submit=unlock>
            <TextField
                id="vault-passphrase"
                label=words().passphrase
                help=words().vault_locked
                required=true
                typed=passphrase
            />
            <div class="actions">
                <button type="submit" class="button">{words().vault_unlock}</button>
                <EraseVault step=step/>
            </div>
        </form>
    }
}

#[component]
fn OpenVaultActions(step: Step) -> impl IntoView {
    let stores = step.stores;
    let save = move |_| {
        step.run(async move {
            let vault = stores.vault.open_vault().ok_or(VaultError::Absent)?;
            vault.save(&sealed_records(stores)).await?;
            Ok(words().vault_saved)
        });
    };
    let lock = move |_| {
        lock(stores);
        stores.shell.announce(words().forgotten);
    };
    view! {
        <p>{words().vault_is_open}</p>
        <div class="actions">
            <button type="button" class="button" on:click=save>{words().vault_save}</button>
            <button type="button" class="button" on:click=lock>{words().vault_lock}</button>
            <EraseVault step=step/>
        </div>
    }
}

/// Erasing asks once more: there is no way back.
#[component]
fn EraseVault(step: Step) -> impl IntoView {
    let sure = RwSignal::new(false);
    let press = move |_| {
        if !sure.get_untracked() {
            return sure.set(true);
        }
        step.run(async move {
            vault::erase().await?;
            step.stores.vault.erased();
            Ok(words().vault_erased)
        });
    };
    let label = move || if sure.get() { words().vault_erase_sure } else { words().vault_erase };
    view! { <button type="button" class="button" on:click=press>{move || label()}</button> }
}

/// All profiles with their secrets, for sealing.
fn sealed_records(stores: Stores) -> Zeroizing<String> {
    stores.profiles.keyring.with_untracked(|keyring| keyring.sealed_records())
}

/// Puts back what the vault held. Gives the records anew where some of them got an id.
fn restore(stores: Stores, records: &str) -> Option<Zeroizing<String>> {
    let mut renewed = None;
    stores.profiles.update(|keyring| renewed = keyring.restore_sealed(records, &mut random::new_profile_id));
    renewed
}
