//! Percent-encoding, RFC 3986: everything but the unreserved characters.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Both clouds keep exactly `A–Z a–z 0–9 - _ . ~` and write the rest as upper-case `%XX` of the UTF-8 bytes. A space
/// is `%20`, never `+`.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// What of RFC 3986's reserved characters a query can hold without becoming another one: not `&` and `+`, not `#`, and
/// none that a browser respells.
const QUERY: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// Encodes a query value of which the description says that reserved characters stay (`allowReserved`). What is encoded
/// already stays too: RFC 6570, 3.2.3.
pub(super) fn encode_reserved(text: &str) -> String {
    let mut parts = text.split('%');
    let mut encoded = utf8_percent_encode(parts.next().unwrap_or_default(), QUERY).to_string();
    for part in parts {
        let is_encoded = part.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        encoded.push_str(if is_encoded { "%" } else { "%25" });
        encoded.extend(utf8_percent_encode(part, QUERY));
    }
    encoded
}

/// The same for one of several in a row: a comma inside would make two of it.
pub(super) fn encode_reserved_item(text: &str) -> String {
    encode_reserved(text).replace(',', "%2C")
}

/// Encodes one path segment, query name or query value.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_the_unreserved_characters_stay() {
        assert_eq!(encode("AZaz09-_.~"), "AZaz09-_.~");
        assert_eq!(encode("a b*c/+%é!'()"), "a%20b%2Ac%2F%2B%25%C3%A9%21%27%28%29");
    }

    proptest! {
        #[test]
        fn decoding_gives_the_text_back(text in any::<String>()) {
            let encoded = encode(&text);
            prop_assert!(encoded.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.~%".contains(&b)));
            let decoded = percent_encoding::percent_decode_str(&encoded).decode_utf8().unwrap();
            prop_assert_eq!(decoded, text);
        }

        /// A browser must send what was signed: the URL standard's parser may not respell it.
        #[test]
        fn a_browser_leaves_the_spelling_alone(segment in "[^./][^/]{0,20}", name in ".{1,20}", value in ".{0,20}") {
            let spelled = format!("https://host.example/{}?{}={}", encode(&segment), encode(&name), encode(&value));
            let parsed = url::Url::parse(&spelled).unwrap();
            prop_assert_eq!(parsed.as_str(), spelled.as_str());
        }
    }
}
