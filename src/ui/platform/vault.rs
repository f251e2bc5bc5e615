//! The vault of those who want one: secrets sealed with a passphrase, in this browser.
//!
//! `credentials::vault` is the record, `crypto` the browser's cryptography, `indexed_db` its storage. The functions that end in
//! `_in` take the global object as an argument, so that tests can remove parts of it.
//!
//! Overwritten after use: the passphrase's copy and the opened secrets that are made here. Not within reach: what the
//! browser keeps of them inside its own cryptography, and what the caller has.

use super::crypto::{self as cipher, Cipher};
use super::indexed_db::Storage;
use crate::credentials::vault::{Lock, Part, ROUNDS, Sealed, VERIFIED, VaultError, check_passphrase};
use wasm_bindgen::JsValue;
use zeroize::Zeroizing;

/// A vault that is open, so that changes can be saved without asking again. It cannot be read back from here: the
/// browser does not give the key away.
pub(crate) struct OpenVault {
    scope: JsValue,
    cipher: Cipher,
    lock: Lock,
}

/// Seals `secrets` in a new vault; one that was there is gone.
pub(crate) async fn seal(passphrase: &str, secrets: &str) -> Result<OpenVault, VaultError> {
    seal_in(&js_sys::global(), passphrase, secrets).await
}

pub(crate) async fn open(passphrase: &str) -> Result<(OpenVault, Zeroizing<String>), VaultError> {
    open_in(&js_sys::global(), passphrase).await
}

/// Whether this browser has a vault.
pub(crate) async fn exists() -> bool {
    exists_in(&js_sys::global()).await
}

/// Erases the vault, if there is one.
pub(crate) async fn erase() -> Result<(), VaultError> {
    erase_in(&js_sys::global()).await
}

pub(crate) async fn seal_in(scope: &JsValue, passphrase: &str, secrets: &str) -> Result<OpenVault, VaultError> {
    check_passphrase(passphrase)?;
    let browser = cipher::Browser::find(scope)?;
    let lock = Lock { rounds: ROUNDS, salt: browser.random()? };
    let cipher = Cipher::derive(browser, passphrase, &lock).await?;
    let unlocked = OpenVault { scope: scope.clone(), cipher, lock };
    let sealed = unlocked.sealed(secrets).await?;
    Storage::open(scope).await?.replace(&sealed.write(), |_| Ok(())).await?;
    Ok(unlocked)
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
    let damaged = VaultError::Corrupted(Part::Payload.name());
    let secrets = cipher.open(&lock, Part::Payload, &payload).await.ok_or(damaged.clone())?;
    let secrets = std::str::from_utf8(&secrets).map_err(|_| damaged)?.to_owned();
    Ok((OpenVault { scope: scope.clone(), cipher, lock }, Zeroizing::new(secrets)))
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
    /// Saves `secrets` in the place of those that the vault had. Nothing is written if the vault was erased or sealed
    /// anew since: what somebody erased in one tab must not come back from another.
    pub(crate) async fn save(&self, secrets: &str) -> Result<(), VaultError> {
        let sealed = self.sealed(secrets).await?;
        let still_this = |found: Option<&str>| match found.map(Sealed::read) {
            None => Err(VaultError::Absent),
            Some(Ok(found)) if found.lock != self.lock => Err(VaultError::Replaced),
            // A damaged record is whole again after this.
            Some(_) => Ok(()),
        };
        Storage::open(&self.scope).await?.replace(&sealed.write(), still_this).await
    }

    async fn sealed(&self, secrets: &str) -> Result<Sealed, VaultError> {
        Ok(Sealed {
            lock: self.lock.clone(),
            verifier: self.cipher.seal(&self.lock, Part::Verifier, VERIFIED).await?,
            payload: self.cipher.seal(&self.lock, Part::Payload, secrets.as_bytes()).await?,
        })
    }

    /// Whether the browser would give the key away.
    pub(crate) fn is_extractable(&self) -> bool {
        self.cipher.is_extractable()
    }
}
