//! Secrets in base64 and in hexadecimal digits: a gateway that repeats a request may write its parts so.

use super::Secrets;
use base64::Engine;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD, URL_SAFE};
use zeroize::Zeroizing;

/// The encoding of shorter secrets is as short as words are.
const SHORTEST: usize = 8;

/// These texts in every encoding. In base64 a secret looks different behind one and behind two other bytes: then it is the
/// part of the encoding that no other byte has a share in.
pub(super) fn encoded(secrets: &Secrets) -> Secrets {
    let mut all: Secrets = secrets.iter().flat_map(|secret| respelled(secret)).collect();
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
        // A token in base64 may come back in the other alphabet, or with blanks that were pluses in an address.
        for (from, to) in [(&b"+/"[..], b"-_"), (b"-_", b"+/"), (b"+/", b" /")] {
            let respelled = |byte: &u8| {
                from.iter().position(|own| own == byte).and_then(|at| to.get(at)).unwrap_or(byte).to_owned()
            };
            let other: Vec<u8> = secret.iter().map(respelled).collect();
            if other != **secret {
                all.push(Zeroizing::new(other));
            }
        }
        all.push(Zeroizing::new(base16ct::lower::encode_string(secret).into_bytes()));
        all.push(Zeroizing::new(base16ct::upper::encode_string(secret).into_bytes()));
    }
    all
}

/// The same text where quotes are doubled, as in SQL and in a shell, and where a server took the bytes of another charset for
/// it, or has no such characters.
fn respelled(secret: &[u8]) -> Secrets {
    let Ok(text) = std::str::from_utf8(secret) else { return Secrets::new() };
    // None with a quote of JSON in it: it would take the end of a string for a part of itself.
    let quotes = ["''", r"'\''"];
    let mut all = Secrets::new();
    if text.contains('\'') {
        all.extend(quotes.map(|quote| Zeroizing::new(text.replace('\'', quote).into_bytes())));
    }
    if !text.is_ascii() {
        let with = |one: &str| {
            text.chars().map(|c| if c.is_ascii() { c.to_string() } else { one.to_owned() }).collect::<String>()
        };
        let bytes = |with: fn(u8) -> char| {
            secret.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { with(*byte) }).collect::<String>()
        };
        let texts = [with("?"), with("\u{fffd}"), bytes(char::from), bytes(|_| '?'), bytes(|_| '\u{fffd}')];
        all.extend(texts.map(|text| Zeroizing::new(text.into_bytes())));
        all.extend(text.chars().map(|c| u8::try_from(c).ok()).collect::<Option<Vec<u8>>>().map(Zeroizing::new));
    }
    all
}

/// What JSON and XML begin with in base64.
const BEGINNINGS: [u8; 3] = *b"eWP";

/// JSON and XML that make up a whole string in base64, also the parts of a JSON web token (RFC 7519).
pub(super) fn packed(string: &[u8]) -> Vec<Zeroizing<Vec<u8>>> {
    let is_packed = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/-_=.".contains(byte) || byte.is_ascii_whitespace();
    let may_be =
        |part: &&[u8]| part.len() >= 2 * SHORTEST && part.first().is_some_and(|first| BEGINNINGS.contains(first));
    if !may_be(&string) || !string.iter().all(is_packed) {
        return Vec::new();
    }
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let engine = GeneralPurpose::new(&alphabet::STANDARD, config);
    let standard = |byte: u8| match byte {
        b'-' => b'+',
        b'_' => b'/',
        other => other,
    };
    let decode = |part: &[u8]| {
        let digits: Vec<u8> =
            part.iter().filter(|byte| !byte.is_ascii_whitespace()).map(|byte| standard(*byte)).collect();
        engine.decode(digits).ok().map(Zeroizing::new)
    };
    string.split(|byte| *byte == b'.').filter(may_be).filter_map(decode).collect()
}
