//! The vault of those who want one: secrets sealed with a passphrase, in this browser.
//!
//! `credentials::vault` is the record, `crypto` the browser's cryptography, `vault_store` its storage. The functions that end in
//! `_in` take the global object as an argument, so that tests can remove parts of it.
//!
//! Overwritten after use: the passphrase's copy and the opened secrets that are made here. Not within reach: what the
//! browser keeps of them inside its own cryptography, and what the caller has.

use super::crypto::{self as cipher, Cipher};
use super::vault_store::Storage;
use crate::credentials::vault::{Ciphertext, Lock, Part, ROUNDS, Sealed, VERIFIED, VaultError, check_passphrase};
use std::cell::RefCell;
use wasm_bindgen::JsValue;
use zeroize::Zeroizing;

/// A vault that is open, so that changes can be saved without asking again. It cannot be read back from here: the
/// browser does not give the key away.
pub(crate) struct OpenVault {
    scope: JsValue,
    cipher: Cipher,
    lock: Lock,
    /// The content that this page knows: what it opened, saved or took over last.
    known: RefCell<Ciphertext>,
}

/// What another tab has saved.
pub(crate) struct SavedElsewhere {
    pub(crate) secrets: Zeroizing<String>,
    sealed: Ciphertext,
}

/// Seals `secrets` of so many profiles in a new vault. One that is there stays.
pub(crate) async fn seal(passphrase: &str, secrets: &str, profiles: usize) -> Result<OpenVault, VaultError> {
    seal_in(&js_sys::global(), passphrase, secrets, profiles).await
}

pub(crate) async fn open(passphrase: &str) -> Result<(OpenVault, Zeroizing<String>), VaultError> {
    open_in(&js_sys::global(), passphrase).await
}

/// Whether this browser has a vault.
pub(crate) async fn exists() -> bool {
    exists_in(&js_sys::global()).await
}

/// How many profiles the vault holds, as far as that is known.
pub(crate) async fn profiles() -> Option<usize> {
    Storage::open(&js_sys::global()).await.ok()?.profiles().await
}

/// Erases the vault, if there is one.
pub(crate) async fn erase() -> Result<(), VaultError> {
    erase_in(&js_sys::global()).await
}

pub(crate) async fn seal_in(
    scope: &JsValue,
    passphrase: &str,
    secrets: &str,
    profiles: usize,
) -> Result<OpenVault, VaultError> {
    check_passphrase(passphrase)?;
    let browser = cipher::Browser::find(scope)?;
    let lock = Lock { rounds: ROUNDS, salt: browser.random()? };
    let cipher = Cipher::derive(browser, passphrase, &lock).await?;
    let sealed = Sealed {
        verifier: cipher.seal(&lock, Part::Verifier, VERIFIED).await?,
        payload: cipher.seal(&lock, Part::Payload, secrets.as_bytes()).await?,
        lock: lock.clone(),
    };
    let none = |found: Option<&str>| if found.is_some() { Err(VaultError::Exists) } else { Ok(()) };
    Storage::open(scope).await?.replace(&sealed.write(), profiles, none).await?;
    Ok(OpenVault { scope: scope.clone(), cipher, lock, known: RefCell::new(sealed.payload) })
}

pub(crate) async fn open_in(scope: &JsValue, passphrase: &str) -> Result<(OpenVault, Zeroizing<String>), VaultError> {
    let browser = cipher::Browser::find(scope)?;
    let record = Storage::open(scope).await?.record().await?.ok_or(VaultError::Absent)?;
    let Sealed { lock, verifier, payload } = Sealed::read(&record)?;
    let cipher = Cipher::derive(browser, passphrase, &lock).await?;
    let verified = cipher.open(&lock, Part::Verifier, &verifier).await.ok_or(VaultError::WrongPassphrase)?;
    if verified.as_slice() != VERIFIED {
        return Err(VaultError::Corrupted(Part::Verifier.name()));
    }
    let secrets = open_payload(&cipher, &lock, &payload).await?;
    Ok((OpenVault { scope: scope.clone(), cipher, lock, known: RefCell::new(payload) }, secrets))
}

async fn open_payload(cipher: &Cipher, lock: &Lock, payload: &Ciphertext) -> Result<Zeroizing<String>, VaultError> {
    let damaged = VaultError::Corrupted(Part::Payload.name());
    let secrets = cipher.open(lock, Part::Payload, payload).await.ok_or(damaged.clone())?;
    Ok(Zeroizing::new(std::str::from_utf8(&secrets).map_err(|_| damaged)?.to_owned()))
}

pub(crate) async fn exists_in(scope: &JsValue) -> bool {
    let Ok(storage) = Storage::open(scope).await else { return false };
    // What is no text is a vault too, a damaged one: opening says so.
    storage.record().await.map_or_else(|error| matches!(error, VaultError::Corrupted(_)), |found| found.is_some())
}

pub(crate) async fn erase_in(scope: &JsValue) -> Result<(), VaultError> {
    Storage::open(scope).await?.erase().await
}

impl OpenVault {
    /// What another tab has saved since this page last looked. A damaged record says nothing.
    pub(crate) async fn saved_elsewhere(&self) -> Result<Option<SavedElsewhere>, VaultError> {
        let record = Storage::open(&self.scope).await?.record().await.unwrap_or(Some(String::new()));
        let Ok(found) = Sealed::read(&record.ok_or(VaultError::Absent)?) else { return Ok(None) };
        if found.lock != self.lock {
            return Err(VaultError::Replaced);
        }
        if found.payload == *self.known.borrow() {
            return Ok(None);
        }
        let secrets = open_payload(&self.cipher, &self.lock, &found.payload).await?;
        Ok(Some(SavedElsewhere { secrets, sealed: found.payload }))
    }

    /// The page has taken over what another tab saved.
    pub(crate) fn took_over(&self, saved: SavedElsewhere) {
        self.known.replace(saved.sealed);
    }

    /// Saves `secrets` of so many profiles in the place of those that the vault had. Nothing is written if the vault was
    /// erased, sealed anew or saved since: what somebody did in one tab must not be undone from another.
    pub(crate) async fn save(&self, secrets: &str, profiles: usize) -> Result<(), VaultError> {
        let sealed = Sealed {
            lock: self.lock.clone(),
            verifier: self.cipher.seal(&self.lock, Part::Verifier, VERIFIED).await?,
            payload: self.cipher.seal(&self.lock, Part::Payload, secrets.as_bytes()).await?,
        };
        let known = self.known.borrow().clone();
        let still_this = |found: Option<&str>| match found.map(Sealed::read) {
            None => Err(VaultError::Absent),
            Some(Ok(found)) if found.lock != self.lock => Err(VaultError::Replaced),
            Some(Ok(found)) if found.payload != known => Err(VaultError::Changed),
            // A damaged record is whole again after this.
            Some(_) => Ok(()),
        };
        Storage::open(&self.scope).await?.replace(&sealed.write(), profiles, still_this).await?;
        self.known.replace(sealed.payload);
        Ok(())
    }

    /// Whether the browser would give the key away.
    pub(crate) fn is_extractable(&self) -> bool {
        self.cipher.is_extractable()
    }
}
