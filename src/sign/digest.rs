//! SHA-256 and HMAC as lower-case hex, and the ids of keys as they may be shown.

use base16ct::lower::encode_string as hex;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(crate) fn hmac_sha256_hex(secret: &str, text: &str) -> String {
    // HMAC takes a key of any length: the error cannot happen.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(text.as_bytes());
    hex(&mac.finalize().into_bytes())
}

/// An AccessKey ID as it may be shown: the last four characters tell keys apart. They would give away too much of a short
/// one.
pub(crate) fn masked_id(id: &str) -> String {
    let count = id.chars().count();
    let last: String = if count < 8 { String::new() } else { id.chars().skip(count - 4).collect() };
    format!("••••{last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_shows_its_last_four_characters_unless_it_is_short() {
        assert_eq!(masked_id("DUMMYAK0000000000001"), "••••0001");
        assert_eq!(masked_id("12345678"), "••••5678");
        for short in ["1234567", "1234", ""] {
            assert_eq!(masked_id(short), "••••");
        }
    }
}
