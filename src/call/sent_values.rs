//! What was sent, by the runtime expressions of OpenAPI's links.

use super::{ShownRequest, ShownValue};
use crate::catalog::plain_text;
use crate::outcome::Expression;
use percent_encoding::percent_decode_str;
use serde_json::Value;

impl ShownRequest {
    /// The value in what was sent. `path` is the operation's, with its placeholders. Secrets are masked in it, so none gets
    /// into a link.
    pub fn sent_value(&self, path: &str, expression: Expression<'_>) -> Option<String> {
        let (address, query) = self.url.split_once('?').unwrap_or((self.url.as_str(), ""));
        let decoded = |text: &str| percent_decode_str(text).decode_utf8().ok().map(|text| text.into_owned());
        match expression {
            Expression::ResponseBody(_) => None,
            Expression::RequestBody(pointer) => {
                let body: Value = serde_json::from_str(&self.body).ok()?;
                body.pointer(pointer).map(plain_text)
            }
            Expression::Request("path", name) => {
                // Steps are counted from the end: a base path may come before.
                let wanted = format!("{{{name}}}");
                let behind = path.rsplit('/').position(|step| step == wanted)?;
                decoded(address.rsplit('/').nth(behind)?)
            }
            Expression::Request("query", name) => {
                let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
                decoded(pairs.find(|(key, _)| decoded(key).as_deref() == Some(name))?.1)
            }
            Expression::Request(_, name) => {
                let header = self.headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name));
                match header {
                    Some((_, ShownValue::Text(text))) => Some(text.clone()),
                    _ => None,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign::SigningTrace;

    #[test]
    fn what_was_sent_is_found_by_its_place() {
        let request = ShownRequest {
            method: String::from("PUT"),
            url: String::from("https://api.test/base/v3/p%201/instances/i/ssl?size=10&a%5Bb%5D=x%26y"),
            address: None,
            headers: vec![(String::from("X-Language"), ShownValue::Text(String::from("en-us")))],
            body: String::from(r#"{"a": {"b": true}}"#),
            trace: SigningTrace::new(),
        };
        let path = "/v3/{project}/instances/{id}/ssl";
        for (text, value) in [
            ("$request.path.project", Some("p 1")),
            ("$request.path.id", Some("i")),
            ("$request.path.other", None),
            ("$request.query.size", Some("10")),
            ("$request.query.a[b]", Some("x&y")),
            ("$request.header.x-language", Some("en-us")),
            ("$request.body#/a/b", Some("true")),
            ("$request.body#/none", None),
            ("$response.body#/a", None),
        ] {
            let found = request.sent_value(path, Expression::parse(text).unwrap());
            assert_eq!(found.as_deref(), value, "{text}");
        }
    }
}
