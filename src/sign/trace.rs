//! The stages of a signature for the screen, and a canonical request taken apart.

/// One stage of a signature: its name and its text, secrets masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// The vendors' term.
    pub name: &'static str,
    /// The text as it was hashed or sent.
    pub text: String,
}

/// The texts of every stage, in order. Empty for credentials that sign nothing.
pub type SigningTrace = Vec<Stage>;

/// The name of the stage that is shown in its parts.
pub const CANONICAL_REQUEST: &str = "Canonical request";
pub(super) const STRING_TO_SIGN: &str = "String to sign";
pub(super) const SIGNATURE: &str = "Signature";
pub(super) const AUTHORIZATION: &str = "Authorization";

/// One part of a canonical request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The vendors' name for it.
    pub name: &'static str,
    /// Its text; the headers have a line each.
    pub text: String,
}

/// The names of the six parts, in order, as both vendors call them.
pub(super) const METHOD: &str = "HTTP method";
pub(super) const URI: &str = "Canonical URI";
pub(super) const QUERY: &str = "Canonical query string";
pub(super) const HEADERS: &str = "Canonical headers";
pub(super) const SIGNED: &str = "Signed headers";
pub(super) const PAYLOAD: &str = "Hashed payload";

/// The six parts of a canonical request, masked or not. Any other text is one part.
pub fn parts(canonical_request: &str) -> Vec<Part> {
    let part = |name, text: &str| Part { name, text: text.to_owned() };
    let Some(read) = Canonical::read(canonical_request) else {
        return vec![part(CANONICAL_REQUEST, canonical_request)];
    };
    vec![
        part(METHOD, read.method),
        part(URI, read.uri),
        part(QUERY, read.query),
        part(HEADERS, &read.headers.join("\n")),
        part(SIGNED, read.signed),
        part(PAYLOAD, read.payload),
    ]
}

/// The six parts, borrowed from the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Canonical<'a> {
    pub(super) method: &'a str,
    pub(super) uri: &'a str,
    pub(super) query: &'a str,
    /// `name:value` each.
    pub(super) headers: Vec<&'a str>,
    pub(super) signed: &'a str,
    pub(super) payload: &'a str,
}

impl<'a> Canonical<'a> {
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let lines: Vec<&str> = text.split('\n').collect();
        // Every header ends with a line feed and the parts are joined by one: hence the empty line.
        let [method, uri, query, headers @ .., "", signed, payload] = lines.as_slice() else { return None };
        let headers = headers.to_vec();
        headers.iter().all(|line| line.contains(':')).then_some(Self { method, uri, query, headers, signed, payload })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_canonical_request_has_six_named_parts() {
        let text = "PUT\n/v3/x/\n\nhost:h:8443\nx-security-token:••••••\n\nhost;x-security-token\nabc";
        let found: Vec<(&str, String)> = parts(text).into_iter().map(|part| (part.name, part.text)).collect();
        let expected = [
            ("HTTP method", "PUT"),
            ("Canonical URI", "/v3/x/"),
            ("Canonical query string", ""),
            ("Canonical headers", "host:h:8443\nx-security-token:••••••"),
            ("Signed headers", "host;x-security-token"),
            ("Hashed payload", "abc"),
        ];
        assert_eq!(found, expected.map(|(name, text)| (name, text.to_owned())));
    }

    #[test]
    fn any_other_text_is_one_part() {
        for text in ["", "GET", "GET\n/\n\nhost\n\nhost\nabc", "GET\n/\nhost:h\nhost\nabc"] {
            assert_eq!(parts(text), [Part { name: "Canonical request", text: text.to_owned() }]);
        }
    }
}
