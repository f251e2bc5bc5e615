//! The names of what an operation answers and nobody may see.

use serde::{Deserialize, Serialize};

/// What the documented answers of an operation call secret, whatever their status and their media type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretNames {
    names: Vec<String>,
    /// An answer is a secret itself, without a name, or a list of them.
    pub whole: bool,
    /// The members of an answer are secrets, whatever they are called.
    pub members: bool,
}

impl SecretNames {
    pub fn add(&mut self, name: &str) {
        if !self.has(name.as_bytes()) {
            self.names.push(name.to_owned());
        }
    }

    /// Nothing is a secret.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && !self.whole && !self.members
    }

    /// Whether this is one of the names, in any case, with or without `-` and `_`.
    pub fn has(&self, name: &[u8]) -> bool {
        self.names.iter().any(|secret| plain(secret.as_bytes()).eq(plain(name)))
    }
}

/// Answers have millions of names: none is copied.
fn plain(name: &[u8]) -> impl Iterator<Item = u8> {
    name.iter().filter(|byte| !matches!(byte, b'-' | b'_')).map(u8::to_ascii_lowercase)
}
