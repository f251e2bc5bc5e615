//! The secret texts of a request, to be masked in what a server echoes.

use super::UnsignedRequest;
use crate::catalog::MASK;
use serde_json::Value;
use zeroize::Zeroizing;

/// Shorter ones would mask ordinary words, and are no secrets that a cloud gives out.
const SHORTEST: usize = 6;

impl UnsignedRequest {
    /// A text with every secret of this request in it masked: a refused signature comes back with the text that was
    /// signed.
    pub fn masked(&self, text: &str) -> String {
        let secrets = self.secrets();
        let mask =
            |text: &str| secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), MASK));
        let masked = mask(text);
        // JSON has other spellings: some servers write `\/` for a slash and `\u003d` for an equals sign.
        let mut value: Value = serde_json::from_str(&masked).unwrap_or_default();
        if mask_strings(&mut value, &mask) { value.to_string() } else { masked }
    }

    /// What masked headers send, and what the body has where its shown form has a mask.
    fn secrets(&self) -> Vec<Zeroizing<String>> {
        let headers = self.headers.iter().filter(|header| header.mask().is_some());
        let mut secrets: Vec<_> = headers.map(|header| Zeroizing::new(header.sent().to_owned())).collect();
        let read = |bytes: &[u8]| serde_json::from_slice(bytes).unwrap_or(Value::Null);
        collect(&read(&self.body), &read(self.body_shown.as_bytes()), &mut secrets);
        secrets.retain(|secret| secret.len() >= SHORTEST);
        secrets
    }
}

/// Masks the strings of an answer. Says whether there was anything to mask.
fn mask_strings(value: &mut Value, mask: &dyn Fn(&str) -> String) -> bool {
    match value {
        Value::String(text) => {
            let masked = mask(text);
            let found = masked != *text;
            *text = masked;
            found
        }
        // All of them, not only up to the first that is found.
        Value::Array(items) => items.iter_mut().filter_map(|item| mask_strings(item, mask).then_some(())).count() > 0,
        Value::Object(members) => {
            members.values_mut().filter_map(|member| mask_strings(member, mask).then_some(())).count() > 0
        }
        _ => false,
    }
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
        (Value::String(sent), Value::String(shown)) if sent != shown => secrets.push(Zeroizing::new(sent.clone())),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::request::{Header, UnsignedRequest};

    #[test]
    fn a_secret_is_found_in_every_spelling_that_json_has() {
        let request = UnsignedRequest {
            method: http::Method::POST,
            host: String::from("iam.test"),
            path: String::from("/"),
            query: String::new(),
            headers: Header::secret("X-Security-Token", "canary/a+b==", String::from("••••••")).into_iter().collect(),
            body: Vec::new(),
            body_shown: String::new(),
        };
        let echo = r#"{"list":[{"error_msg":"x-security-token:canary\/a\u002bb\u003d\u003d|host","code":1}],"again":"canary\/a+b=\u003d"}"#;
        let expected = r#"{"list":[{"error_msg":"x-security-token:••••••|host","code":1}],"again":"••••••"}"#;
        assert_eq!(request.masked(echo), expected);
        let harmless = r#"{ "a":"\u003d" }"#;
        assert_eq!(request.masked(harmless), harmless, "an answer without a secret stays as it came");
    }

    #[test]
    fn secrets_of_headers_and_body_are_masked_wherever_they_are_echoed() {
        let request = UnsignedRequest {
            method: http::Method::POST,
            host: String::from("iam.test"),
            path: String::from("/"),
            query: String::new(),
            headers: [
                Header::secret("X-Auth-Token", "canary-token", String::from("••••••")),
                Header::plain("X-Language", "en-us-and-more"),
            ]
            .into_iter()
            .flatten()
            .collect(),
            body: br#"{"user":{"name":"someone","password":"pass word"},"codes":["123456","12"]}"#.to_vec(),
            body_shown: String::from(r#"{"user":{"name":"someone","password":"••••••"},"codes":["••••••","••••••"]}"#),
        };
        let echo = "canary-token en-us-and-more someone pass word 123456 12";
        assert_eq!(request.masked(echo), "•••••• en-us-and-more someone •••••• •••••• 12");
    }
}
