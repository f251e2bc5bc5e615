//! Secrets in base64 and in hexadecimal digits: a gateway that repeats a request may write its parts so.

use super::Secrets;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use zeroize::Zeroizing;

/// The encoding of shorter secrets is as short as words are.
const SHORTEST: usize = 8;

/// These texts in every encoding. In base64 a secret looks different behind one and behind two other bytes: then it is the
/// part of the encoding that no other byte has a share in.
pub(super) fn encoded(secrets: &Secrets) -> Secrets {
    let mut all = Secrets::new();
    for secret in secrets.iter().filter(|secret| secret.len() >= SHORTEST) {
        for engine in [&STANDARD, &URL_SAFE] {
            for (before, bytes) in [&b""[..], b"-", b"--"].into_iter().enumerate() {
                let text = Zeroizing::new([bytes, secret].concat());
                let whole = Zeroizing::new(engine.encode(text.as_slice()).into_bytes());
                // Six bits are a digit: those with a bit from elsewhere are left out.
                let (first, end) = ((before * 8).div_ceil(6), text.len() * 8 / 6);
                all.extend(whole.get(first..end).map(|own| Zeroizing::new(own.to_vec())));
                if before == 0 {
                    let digits = whole.iter().position(|byte| *byte == b'=').and_then(|end| whole.get(..end));
                    all.extend(digits.map(|digits| Zeroizing::new(digits.to_vec())));
                    all.push(whole);
                }
            }
        }
        all.push(Zeroizing::new(base16ct::lower::encode_string(secret).into_bytes()));
        all.push(Zeroizing::new(base16ct::upper::encode_string(secret).into_bytes()));
    }
    all
}
