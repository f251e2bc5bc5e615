//! The secret texts of a request, to be masked in what a server echoes.

use super::UnsignedRequest;
use crate::catalog::{MASK, plain_text};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use zeroize::Zeroizing;

type Secrets = Vec<Zeroizing<String>>;

impl UnsignedRequest {
    /// What masked headers send, and what path, query and body have where their shown forms have a mask: a refused signature
    /// comes back with the text that was signed.
    pub fn secrets(&self) -> Secrets {
        let mut secrets = Secrets::new();
        for header in &self.headers {
            if let Some(mask) = header.mask() {
                of_header(header.sent(), mask, &mut secrets);
            }
        }
        let segments = self.path.split('/').zip(self.path_shown().split('/'));
        segments.for_each(|(sent, shown)| of_segment(sent, shown, &mut secrets));
        of_pairs(&self.query, self.query_shown(), &mut secrets);
        let read = |bytes: &[u8]| serde_json::from_slice(bytes).unwrap_or(Value::Null);
        collect(&read(&self.body), &read(self.body_shown.as_bytes()), &mut secrets);
        let sent = std::str::from_utf8(&self.body).unwrap_or_default();
        // A body that is a form: pair by pair, or line by line where it has parts.
        if self.body_shown == MASK {
            secrets.push(Zeroizing::new(sent.to_owned()));
        } else if self.body_shown.contains(MASK) && !sent.starts_with(['{', '[']) {
            sent.lines().zip(self.body_shown.lines()).for_each(|(sent, shown)| of_pairs(sent, shown, &mut secrets));
        }
        secrets
    }
}

/// What stands in the value in the place of each mask. What is shown of it, such as the name of the signature, is no
/// secret, and neither is the ID of a key: a server repeats them.
fn of_header(sent: &str, shown: &str, secrets: &mut Secrets) {
    let label = shown.strip_suffix(MASK).and_then(|before| before.rsplit([' ', ',']).next());
    let last = label.filter(|label| !label.is_empty()).and_then(|label| sent.rsplit_once(label));
    let secret = match last {
        // The signature behind `Signature=`.
        Some((_, signature)) => signature,
        None => sent,
    };
    secrets.push(Zeroizing::new(secret.to_owned()));
    let read = |text: &str| serde_json::from_str(text).unwrap_or(Value::Null);
    collect(&read(sent), &read(shown), secrets);
    of_list(sent, shown, secrets);
    let scheme = shown.strip_suffix(MASK).filter(|scheme| scheme.ends_with(' '));
    let Some(rest) = scheme.and_then(|scheme| sent.strip_prefix(scheme)) else { return };
    secrets.push(Zeroizing::new(rest.to_owned()));
    // Basic authentication: user and password, colon between.
    let decoded = STANDARD.decode(rest).ok().and_then(|bytes| String::from_utf8(bytes).ok()).map(Zeroizing::new);
    if let Some((user, password)) = decoded.as_ref().and_then(|both| both.split_once(':')) {
        secrets.extend([user, password].map(|text| Zeroizing::new(text.to_owned())));
    }
    secrets.extend(decoded);
}

/// Each of several values with commas between, or with what other styles have there.
fn of_list(sent: &str, shown: &str, secrets: &mut Secrets) {
    for separator in [',', '|', ' '] {
        let count = |text: &str| text.split(separator).count();
        if count(shown) > 1 && count(sent) == count(shown) {
            let items = sent.split(separator).zip(shown.split(separator)).filter(|(_, shown)| *shown == MASK);
            secrets.extend(items.map(|(item, _)| Zeroizing::new(item.to_owned())));
        }
    }
}

/// What stands in a segment of the path in the place of the mask.
fn of_segment(sent: &str, shown: &str, secrets: &mut Secrets) {
    let inner = shown.split_once(MASK).and_then(|(before, after)| sent.strip_prefix(before)?.strip_suffix(after));
    if sent != shown {
        secrets.push(Zeroizing::new(decode(inner.unwrap_or(sent))));
    }
}

/// What is different in `name=value` pairs, as it was typed.
fn of_pairs(sent: &str, shown: &str, secrets: &mut Secrets) {
    for (sent, shown) in sent.split('&').zip(shown.split('&')).filter(|(sent, shown)| sent != shown) {
        let Some((name, shown)) = shown.split_once('=') else {
            secrets.push(Zeroizing::new(sent.to_owned()));
            continue;
        };
        let value = sent.strip_prefix(name).and_then(|rest| rest.strip_prefix('=')).unwrap_or(sent);
        let (value, shown) = (Zeroizing::new(decode(value)), decode(shown));
        let read = |text: &str| serde_json::from_str(text).unwrap_or(Value::Null);
        collect(&read(&value), &read(&shown), secrets);
        of_list(&value, &shown, secrets);
        secrets.push(value);
    }
}

fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn collect(sent: &Value, shown: &Value, secrets: &mut Secrets) {
    match (sent, shown) {
        (Value::Object(sent), Value::Object(shown)) => {
            sent.iter()
                .filter_map(|(name, sent)| Some((sent, shown.get(name)?)))
                .for_each(|(a, b)| collect(a, b, secrets));
        }
        (Value::Array(sent), Value::Array(shown)) => {
            sent.iter().zip(shown).for_each(|(sent, shown)| collect(sent, shown, secrets));
        }
        (Value::String(_) | Value::Number(_), Value::String(_)) if sent != shown => {
            secrets.push(Zeroizing::new(plain_text(sent)));
        }
        _ => {}
    }
}
