//! The vault on the page of all credentials: what it is, and the way in and out.

use crate::credentials::vault::{LEAST_PASSPHRASE, VaultError};
use crate::credentials::{Fingerprints, Preferred};
use crate::outcome::Severity;
use crate::ui::components::alert::{Alert, Notice};
use crate::ui::components::ask_button::AskButton;
use crate::ui::components::text_field::{TextField, TypedText};
use crate::ui::features::follow;
use crate::ui::features::profile_words::profile_title;
use crate::ui::platform::vault::{self, OpenVault};
use crate::ui::platform::{dates, dom, random};
use crate::ui::state::vault::VaultState;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{Message, vault_words, words};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use std::future::Future;
use wasm_bindgen_futures::spawn_local;
use zeroize::Zeroizing;

/// Takes the focus when a step has removed its own button.
const STATUS_ID: &str = "vault-status";

/// One step at a time, and how it went.
#[derive(Clone, Copy)]
struct Step {
    stores: Stores,
    busy: RwSignal<bool>,
    outcome: RwSignal<Option<Outcome>>,
}

/// How a step went, for the eyes.
#[derive(Clone)]
enum Outcome {
    Done(String),
    Failed(Message),
    /// Two tabs have changed the same profiles.
    Conflict(Message),
}

impl From<VaultError> for Outcome {
    fn from(error: VaultError) -> Self {
        Self::Failed((vault_words().vault_error)(&error))
    }
}

impl Step {
    /// Runs a step and says how it went.
    fn run(self, step: impl Future<Output = Result<&'static str, Outcome>> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.outcome.set(None);
        spawn_local(async move { self.finish(step.await) });
    }

    fn finish(self, result: Result<&'static str, Outcome>) {
        self.busy.try_set(false);
        let outcome = result.map_or_else(
            |failure| failure,
            |sentence| Outcome::Done(format!("{} {sentence}", dates::time_of_day(dates::now_in_seconds()))),
        );
        let (Outcome::Done(sentence)
        | Outcome::Failed(Message { title: sentence, .. })
        | Outcome::Conflict(Message { title: sentence, .. })) = &outcome;
        self.stores.shell.announce(sentence.clone());
        self.outcome.try_set(Some(outcome));
        dom::next_frame(|| dom::focus_if_lost(STATUS_ID));
    }
}

/// Forgets all secrets, and the key of an open vault.
pub(crate) fn lock(stores: Stores) {
    stores.profiles.forget_secrets();
    stores.forms.forget_secrets();
    stores.vault.lock();
}

/// What somebody has begun to type goes with the secrets of the page.
pub(crate) fn forgotten_with_secrets(stores: Stores, TypedText { value, .. }: TypedText) {
    stores.profiles.forget_too(move || value.with_untracked(|text| !text.is_empty()), move || value.set(String::new()));
}

/// The section about the vault.
#[component]
pub(crate) fn VaultSection() -> impl IntoView {
    let stores = use_stores();
    let step = Step { stores, busy: RwSignal::new(false), outcome: RwSignal::new(None) };
    let content = move || match stores.vault.state.get() {
        VaultState::Unknown => view! { <p class="progress">{words().asking}</p> }.into_any(),
        VaultState::Absent => view! { <MakeVault step=step/> }.into_any(),
        VaultState::Locked => view! { <UnlockVault step=step/> }.into_any(),
        VaultState::Open => view! { <OpenVaultActions step=step/> }.into_any(),
    };
    let outcome = move || match step.outcome.get() {
        None => ().into_any(),
        Some(Outcome::Done(sentence)) => view! { <Notice severity=Severity::Success text=sentence/> }.into_any(),
        Some(Outcome::Failed(message)) => view! { <Alert message=message/> }.into_any(),
        Some(Outcome::Conflict(message)) => view! { <Alert message=message/><Prefer step=step/> }.into_any(),
    };
    view! {
        <p class="muted">{words().vault_lead}</p>
        <p id=STATUS_ID tabindex="-1">{move || status(stores)}</p>
        {move || content()}
        {move || outcome()}
        <p class="progress" role="status">{move || step.busy.get().then_some(words().vault_working)}</p>
    }
}

/// In one sentence where the vault stands.
pub(crate) fn status(stores: Stores) -> String {
    match stores.vault.state.get() {
        VaultState::Unknown => String::new(),
        VaultState::Absent => words().vault_absent.to_owned(),
        VaultState::Locked => (words().vault_locked)(stores.vault.profiles.get()),
        VaultState::Open if has_changes(stores) => words().vault_unsaved.to_owned(),
        VaultState::Open => words().vault_is_open.to_owned(),
    }
}

/// Whether the page has something that the open vault has not.
fn has_changes(stores: Stores) -> bool {
    stores.profiles.with(|keyring| keyring.fingerprints()) != stores.vault.base.get()
}

#[component]
fn MakeVault(step: Step) -> impl IntoView {
    let (passphrase, again) = (TypedText::secret(), TypedText::secret());
    [passphrase, again].into_iter().for_each(|typed| forgotten_with_secrets(step.stores, typed));
    let make = move |event: SubmitEvent| {
        event.prevent_default();
        let (passphrase, again) = (Zeroizing::new(passphrase.take()), Zeroizing::new(again.take()));
        if *passphrase != *again {
            return step.outcome.set(Some(Outcome::Failed((vault_words().passphrases_differ)())));
        }
        step.run(async move {
            let (records, known) = sealed_records(step.stores);
            match vault::seal(&passphrase, &records, known.count()).await {
                Ok(vault) => {
                    step.stores.vault.opened(vault, known);
                    Ok(words().vault_made)
                }
                Err(error) => {
                    if error == VaultError::Exists {
                        step.stores.vault.look();
                    }
                    Err(error.into())
                }
            }
        });
    };
    view! {
        <form class="vault" aria-label=words().vault novalidate=true on:submit=make>
            <TextField
                id="vault-passphrase"
                label=words().passphrase
                help=(vault_words().passphrase_rule)(LEAST_PASSPHRASE)
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
    forgotten_with_secrets(step.stores, passphrase);
    let unlock = move |event: SubmitEvent| {
        event.prevent_default();
        let passphrase = Zeroizing::new(passphrase.take());
        step.run(async move {
            let stores = step.stores;
            let (vault, records) = vault::open(&passphrase).await?;
            let base = stores.vault.base.get_untracked();
            let mut renewed = None;
            stores.profiles.update(|keyring| {
                renewed = keyring.restore_sealed(&records, &base, &mut random::new_profile_id);
            });
            let known = Fingerprints::of_records(renewed.as_ref().unwrap_or(&records));
            if let Some(renewed) = renewed {
                // Records of before have ids now. If this is not stored, the next Save says so.
                let _ = vault.save(&renewed, known.count()).await;
            }
            stores.vault.opened(vault, known);
            follow::secrets_came(stores).await;
            Ok(words().vault_opened)
        });
    };
    view! {
        <form class="vault" aria-label=words().vault novalidate=true on:submit=unlock>
            <TextField id="vault-passphrase" label=words().passphrase required=true typed=passphrase/>
            <div class="actions">
                <button type="submit" class="button primary">{words().vault_unlock}</button>
                <EraseVault step=step/>
            </div>
        </form>
    }
}

#[component]
fn OpenVaultActions(step: Step) -> impl IntoView {
    let stores = step.stores;
    let changed = Memo::new(move |_| has_changes(stores));
    let lock = move |_| {
        lock(stores);
        // What was said of the open vault is over.
        step.outcome.set(None);
        stores.shell.announce(words().forgotten);
        dom::next_frame(|| dom::focus(STATUS_ID));
    };
    let save = move || {
        view! {
            <button type="button" class="button primary" on:click=move |_| save(step, Preferred::Unsaid)>
                {words().vault_save}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="actions">
            <Show when=move || changed.get()>{save()}</Show>
            <button type="button" class="button" on:click=lock>{words().vault_lock}</button>
            <EraseVault step=step/>
        </div>
    }
}

/// Whose content counts.
#[component]
fn Prefer(step: Step) -> impl IntoView {
    let choices = [(Preferred::Page, words().keep_mine), (Preferred::Vault, words().keep_theirs)];
    let choices = choices.map(|(preferred, label)| {
        view! { <button type="button" class="button" on:click=move |_| save(step, preferred)>{label}</button> }
    });
    view! { <div class="actions">{choices.into_iter().collect_view()}</div> }
}

/// Puts this page and what other tabs saved together, and saves that.
fn save(step: Step, preferred: Preferred) {
    step.run(async move {
        let vault = step.stores.vault.open_vault().ok_or(VaultError::Locked)?;
        take_over(step.stores, &vault, preferred).await?;
        // Locked meanwhile: the page has no secrets any more, and the vault is to keep its own.
        step.stores.vault.open_vault().ok_or(VaultError::Locked)?;
        let (records, known) = sealed_records(step.stores);
        vault.save(&records, known.count()).await?;
        step.stores.vault.base.set(known);
        Ok(words().vault_saved)
    });
}

async fn take_over(stores: Stores, vault: &OpenVault, preferred: Preferred) -> Result<(), Outcome> {
    let Some(saved) = vault.saved_elsewhere().await? else { return Ok(()) };
    let base = stores.vault.base.get_untracked();
    let mut conflicts = Vec::new();
    stores.profiles.update(|keyring| conflicts = keyring.merge_sealed(&saved.secrets, &base, preferred));
    if !conflicts.is_empty() {
        let titles: Vec<String> = conflicts.iter().map(profile_title).collect();
        return Err(Outcome::Conflict((vault_words().vault_conflict)(&titles)));
    }
    stores.vault.base.set(Fingerprints::of_records(&saved.secrets));
    vault.took_over(saved);
    Ok(())
}

/// Erasing asks once more: there is no way back.
#[component]
fn EraseVault(step: Step) -> impl IntoView {
    let erase = move |()| {
        step.run(async move {
            vault::erase().await?;
            step.stores.vault.erased();
            Ok(words().vault_erased)
        });
    };
    view! { <AskButton id="vault-erase" label=words().vault_erase question=words().vault_erase_sure on_sure=erase/> }
}

/// All profiles with their secrets, for sealing, and what tells them from others.
fn sealed_records(stores: Stores) -> (Zeroizing<String>, Fingerprints) {
    stores.profiles.keyring.with_untracked(|keyring| (keyring.sealed_records(), keyring.fingerprints()))
}
