//! PBKDF2 and AES-GCM, both the browser's own.

use super::js_error::js_error_text;
use crate::credentials::vault::{Ciphertext, Lock, Part, VaultError};
use js_sys::{Array, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesDerivedKeyParams, AesGcmParams, Crypto, CryptoKey, Pbkdf2Params, SubtleCrypto};
use zeroize::Zeroizing;

/// The browser's cryptography.
pub(super) struct Browser {
    crypto: Crypto,
    subtle: SubtleCrypto,
}

/// A key that nobody can read, and what uses it.
pub(super) struct Cipher {
    browser: Browser,
    key: CryptoKey,
}

impl Browser {
    /// A page that came over plain http has `crypto` and no `crypto.subtle`; web-sys does not expect that.
    pub(super) fn find(scope: &JsValue) -> Result<Self, VaultError> {
        let find = || {
            let crypto: Crypto = Reflect::get(scope, &JsValue::from("crypto")).ok()?.dyn_into().ok()?;
            let subtle: SubtleCrypto = Reflect::get(&crypto, &JsValue::from("subtle")).ok()?.dyn_into().ok()?;
            Some(Self { crypto, subtle })
        };
        find().ok_or(VaultError::NoCrypto)
    }

    pub(super) fn random<const N: usize>(&self) -> Result<[u8; N], VaultError> {
        let mut bytes = [0; N];
        self.crypto.get_random_values_with_u8_array(&mut bytes).map_err(failed)?;
        Ok(bytes)
    }
}

impl Cipher {
    /// The key that a passphrase stands for.
    pub(super) async fn derive(browser: Browser, passphrase: &str, lock: &Lock) -> Result<Self, VaultError> {
        let uses =
            |uses: &[&str]| -> JsValue { uses.iter().map(|name| JsValue::from(*name)).collect::<Array>().into() };
        let typed = Uint8Array::from(passphrase.as_bytes());
        let imported =
            browser.subtle.import_key_with_str("raw", &typed, "PBKDF2", false, &uses(&["deriveKey"])).map_err(failed);
        // The browser copies it before it returns.
        typed.fill(0, 0, typed.length());
        let passphrase: CryptoKey = key(imported?).await?;
        let salt = Uint8Array::from(lock.salt.as_slice());
        let derived = browser
            .subtle
            .derive_key_with_object_and_object(
                &Pbkdf2Params::new_with_str("PBKDF2", "SHA-256", lock.rounds, &salt),
                &passphrase,
                &AesDerivedKeyParams::new("AES-GCM", 256),
                false,
                &uses(&["encrypt", "decrypt"]),
            )
            .map_err(failed)?;
        Ok(Self { key: key(derived).await?, browser })
    }

    /// Seals a text, with an initialisation vector that no other text has had.
    pub(super) async fn seal(&self, lock: &Lock, part: Part, text: &[u8]) -> Result<Ciphertext, VaultError> {
        let iv = self.browser.random()?;
        let sealing = self.browser.subtle.encrypt_with_object_and_u8_array(&aes(&iv, lock, part), &self.key, text);
        let sealed = JsFuture::from(sealing.map_err(failed)?).await.map_err(failed)?;
        Ok(Ciphertext { iv, bytes: Uint8Array::new(&sealed).to_vec() })
    }

    /// Opens a text. Of a failure the browser says nothing: the key, the text or what is authenticated with it is another.
    pub(super) async fn open(&self, lock: &Lock, part: Part, sealed: &Ciphertext) -> Option<Zeroizing<Vec<u8>>> {
        let how = aes(&sealed.iv, lock, part);
        let opening = self.browser.subtle.decrypt_with_object_and_u8_array(&how, &self.key, &sealed.bytes).ok()?;
        let opened = Uint8Array::new(&JsFuture::from(opening).await.ok()?);
        let text = Zeroizing::new(opened.to_vec());
        opened.fill(0, 0, opened.length());
        Some(text)
    }

    pub(super) fn is_extractable(&self) -> bool {
        self.key.extractable()
    }
}

fn aes(iv: &[u8], lock: &Lock, part: Part) -> AesGcmParams {
    let how = AesGcmParams::new_with_u8_array("AES-GCM", &Uint8Array::from(iv));
    how.set_additional_data_u8_array(&Uint8Array::from(lock.additional_data(part).as_slice()));
    how.set_tag_length(128);
    how
}

async fn key(promise: Promise) -> Result<CryptoKey, VaultError> {
    JsFuture::from(promise).await.and_then(JsCast::dyn_into).map_err(failed)
}

fn failed(error: JsValue) -> VaultError {
    VaultError::Cryptography(js_error_text(&error))
}
