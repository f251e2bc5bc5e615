//! The vault: what is stored of secrets that a passphrase seals, and what can go wrong with it.
//!
//! Here is the format only; `ui/platform/vault.rs` has the browser's cryptography and storage. A record is one line of JSON:
//!
//! ```text
//! {"version":1,"rounds":600000,"salt":…,"verifierIv":…,"verifier":…,"iv":…,"payload":…,"checksum":…}     bytes in hex
//!
//! key      = PBKDF2-SHA-256(passphrase, salt, rounds), 256 bits
//! verifier = AES-256-GCM(key, verifierIv, VERIFIED)    payload = AES-256-GCM(key, iv, secrets)
//! ```
//!
//! - The verifier opens and the payload does not: the record is damaged. Neither opens: the passphrase is wrong.
//! - A damaged salt would look like a wrong passphrase for ever. The checksum, no secret, tells the two apart.
//! - Version, rounds, salt and the part's name are authenticated with both parts: none of them can be exchanged.
//! - Whoever can write to the storage can put an older record in the place of a newer one, or none. That stays.

use base16ct::lower::encode_string as hex;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use thiserror::Error;

/// Rounds of PBKDF2 in a new record, and the fewest that are accepted in an old one.
pub const ROUNDS: u32 = 600_000;

/// The most rounds that are accepted: beyond it, opening would only look like a page that hangs.
pub const MOST_ROUNDS: u32 = 10_000_000;

/// The shortest passphrase, in characters. A stolen record can be tried without anybody noticing, for years.
pub const LEAST_PASSPHRASE: usize = 12;

/// The text inside the verifier.
pub const VERIFIED: &[u8] = b"tls-console vault";

const VERSION: u32 = 1;

/// What AES-GCM adds to a text.
const TAG: usize = 16;

/// Why the vault does not do what it was asked to.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum VaultError {
    /// The browser has no `crypto.subtle`: the page came over plain http.
    #[error("no crypto.subtle")]
    NoCrypto,
    /// IndexedDB is missing or refuses: the browser's complaint.
    #[error("no storage: {0}")]
    NoStorage(String),
    /// The browser's cryptography fails: its complaint.
    #[error("cryptography failed: {0}")]
    Cryptography(String),
    /// Too short to seal with.
    #[error("passphrase shorter than {least} characters")]
    ShortPassphrase {
        /// Characters that it needs.
        least: usize,
    },
    /// Not the passphrase that the vault was sealed with.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// The record is damaged: in which part.
    #[error("damaged: {0}")]
    Corrupted(&'static str),
    /// There is no vault in this browser.
    #[error("no vault")]
    Absent,
    /// The page has locked the vault, and has no secrets any more.
    #[error("locked")]
    Locked,
    /// Since this page opened the vault, another one sealed it anew.
    #[error("sealed anew elsewhere")]
    Replaced,
    /// Another page saved into the vault since this one looked at it last: what it saved has to be taken over first.
    #[error("saved elsewhere meanwhile")]
    Changed,
    /// A new vault is to be made, and another page has made one meanwhile.
    #[error("there is a vault already")]
    Exists,
}

/// Whether a new vault may be sealed with this.
///
/// # Errors
///
/// [`VaultError::ShortPassphrase`].
pub fn check_passphrase(passphrase: &str) -> Result<(), VaultError> {
    if passphrase.chars().count() < LEAST_PASSPHRASE {
        return Err(VaultError::ShortPassphrase { least: LEAST_PASSPHRASE });
    }
    Ok(())
}

/// The two sealed texts of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// [`VERIFIED`]: tells whether the passphrase is right.
    Verifier,
    /// The secrets.
    Payload,
}

impl Part {
    /// Its name in the record.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verifier => "verifier",
            Self::Payload => "payload",
        }
    }
}

/// What makes a passphrase a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// Rounds of PBKDF2.
    pub rounds: u32,
    /// Random, another one with every sealing.
    pub salt: [u8; 16],
}

impl Lock {
    /// What is authenticated with a part, and not hidden.
    pub fn additional_data(&self, part: Part) -> Vec<u8> {
        format!("tls-console vault {VERSION} {} {} {}", self.rounds, hex(&self.salt), part.name()).into_bytes()
    }
}

/// A text as AES-GCM leaves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ciphertext {
    /// Random, never twice with the same key.
    pub iv: [u8; 12],
    /// The text and its tag.
    pub bytes: Vec<u8>,
}

/// A record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// What the key is made with.
    pub lock: Lock,
    /// [`VERIFIED`] under this key.
    pub verifier: Ciphertext,
    /// The secrets under this key.
    pub payload: Ciphertext,
}

impl Sealed {
    /// The record's text.
    pub fn write(&self) -> String {
        let mut text = format!(
            r#"{{"version":{VERSION},"rounds":{},"salt":"{}","verifierIv":"{}","verifier":"{}","iv":"{}","payload":"{}""#,
            self.lock.rounds,
            hex(&self.lock.salt),
            hex(&self.verifier.iv),
            hex(&self.verifier.bytes),
            hex(&self.payload.iv),
            hex(&self.payload.bytes),
        );
        let checksum = hex(&Sha256::digest(text.as_bytes()));
        let _ = write!(text, r#","checksum":"{checksum}"}}"#);
        text
    }

    /// Reads a record. Whatever [`Sealed::write`] would not have written is refused.
    ///
    /// # Errors
    ///
    /// [`VaultError::Corrupted`], with the part that is odd; `format` when each is right and the whole is not.
    pub fn read(text: &str) -> Result<Self, VaultError> {
        let root: Value = serde_json::from_str(text).map_err(|_| VaultError::Corrupted("format"))?;
        if root.get("version").and_then(Value::as_u64) != Some(u64::from(VERSION)) {
            return Err(VaultError::Corrupted("version"));
        }
        let rounds = root.get("rounds").and_then(Value::as_u64).and_then(|rounds| u32::try_from(rounds).ok());
        let rounds = rounds.filter(|rounds| (ROUNDS..=MOST_ROUNDS).contains(rounds));
        let verifier = Ciphertext { iv: array(&root, "verifierIv")?, bytes: bytes(&root, "verifier")? };
        if verifier.bytes.len() != VERIFIED.len() + TAG {
            return Err(VaultError::Corrupted("verifier"));
        }
        let payload = Ciphertext { iv: array(&root, "iv")?, bytes: bytes(&root, "payload")? };
        if payload.bytes.len() < TAG {
            return Err(VaultError::Corrupted("payload"));
        }
        let rounds = rounds.ok_or(VaultError::Corrupted("rounds"))?;
        let sealed = Self { lock: Lock { rounds, salt: array(&root, "salt")? }, verifier, payload };
        let written = sealed.write();
        if written == text {
            return Ok(sealed);
        }
        // The same but for its checksum, or other members, another order, blanks.
        let same = text.len() == written.len() && without_checksum(text) == without_checksum(&written);
        Err(VaultError::Corrupted(if same { "checksum" } else { "format" }))
    }
}

/// A record's text up to its checksum, the last of its members.
fn without_checksum(text: &str) -> Option<&str> {
    text.rsplit_once(r#","checksum":""#).map(|(before, _)| before)
}

fn array<const N: usize>(root: &Value, name: &'static str) -> Result<[u8; N], VaultError> {
    bytes(root, name)?.try_into().map_err(|_| VaultError::Corrupted(name))
}

fn bytes(root: &Value, name: &'static str) -> Result<Vec<u8>, VaultError> {
    let text = root.get(name).and_then(Value::as_str);
    text.and_then(|text| base16ct::mixed::decode_vec(text).ok()).ok_or(VaultError::Corrupted(name))
}

#[cfg(test)]
mod tests;
