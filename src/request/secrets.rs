//! The secret texts of a request, to be masked in what a server echoes.

use super::UnsignedRequest;
use crate::catalog::{MASK, plain_text};
use serde_json::Value;
use zeroize::Zeroizing;

impl UnsignedRequest {
    /// What masked headers send, and what the body has where its shown form has a mask: a refused signature comes back
    /// with the text that was signed.
    pub fn secrets(&self) -> Vec<Zeroizing<String>> {
        let headers = self.headers.iter().filter(|header| header.mask().is_some());
        let mut secrets: Vec<_> = headers.map(|header| Zeroizing::new(header.sent().to_owned())).collect();
        let read = |bytes: &[u8]| serde_json::from_slice(bytes).unwrap_or(Value::Null);
        collect(&read(&self.body), &read(self.body_shown.as_bytes()), &mut secrets);
        let sent =
            std::str::from_utf8(&self.body).ok().filter(|sent| !sent.starts_with(['{', '['])).unwrap_or_default();
        // A body that is a form: pair by pair, or line by line where it has parts.
        if self.body_shown.contains(MASK) {
            let lines = sent.lines().zip(self.body_shown.lines()).filter(|(sent, shown)| sent != shown);
            let pairs = lines.flat_map(|(sent, shown)| sent.split('&').zip(shown.split('&')));
            let values = pairs.filter(|(sent, shown)| sent != shown).map(|(sent, shown)| match shown.split_once('=') {
                Some((name, _)) => {
                    decode(sent.strip_prefix(name).and_then(|rest| rest.strip_prefix('=')).unwrap_or(sent))
                }
                None => sent.to_owned(),
            });
            secrets.extend(values.map(Zeroizing::new));
        }
        secrets
    }
}

fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn collect(sent: &Value, shown: &Value, secrets: &mut Vec<Zeroizing<String>>) {
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
