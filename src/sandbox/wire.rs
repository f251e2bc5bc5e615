//! Reading a request: host, path segments, query pairs, headers; and percent-encoding, both ways.
//!
//! Plain on purpose: the sandbox must not share the reading of a request with the code that wrote it.

use super::Request;

/// The host that a request is for, with its port if it names one: of an absolute URI, else the `Host` header.
pub(super) fn host(request: &Request) -> String {
    match request.uri().authority() {
        Some(authority) => authority.as_str().to_owned(),
        None => header(request, "host").unwrap_or_default().to_owned(),
    }
}

/// A header's text without the blanks around it. `None` when it is missing or no UTF-8.
pub(super) fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    let value = request.headers().get(name)?;
    std::str::from_utf8(value.as_bytes()).ok().map(str::trim)
}

/// Whether a request says that its body is JSON. Both clouds take JSON under this name only.
pub(super) fn is_json(request: &Request) -> bool {
    let media_type = header(request, "content-type").unwrap_or_default().split(';').next().unwrap_or_default();
    media_type.trim().eq_ignore_ascii_case("application/json")
}

/// The decoded segments of a path; the empty one before the first `/` is left out.
pub(super) fn segments(path: &str) -> Vec<String> {
    path.split('/').skip(1).map(|segment| text(&decode(segment, false))).collect()
}

/// The decoded pairs of a query, in the order sent. `+` is a blank, as the vendors' own SDKs write it.
pub(super) fn query(request: &Request) -> Vec<(Vec<u8>, Vec<u8>)> {
    let query = request.uri().query().unwrap_or_default();
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name, true), decode(value, true))
        })
        .collect()
}

/// The first value of a query parameter.
pub(super) fn query_value(request: &Request, name: &str) -> Option<String> {
    query(request).iter().find(|(key, _)| key == name.as_bytes()).map(|(_, value)| text(value))
}

/// Undoes percent-encoding; a `%` without two hexadecimal digits stays as it is.
pub(super) fn decode(encoded: &str, plus_is_blank: bool) -> Vec<u8> {
    let mut bytes = encoded.bytes();
    let mut decoded = Vec::with_capacity(encoded.len());
    while let Some(byte) = bytes.next() {
        let mut ahead = bytes.clone();
        let pair = (ahead.next().and_then(hex_digit), ahead.next().and_then(hex_digit));
        match (byte, pair) {
            (b'%', (Some(high), Some(low))) => {
                decoded.push(high * 16 + low);
                bytes = ahead;
            }
            (b'+', _) if plus_is_blank => decoded.push(b' '),
            _ => decoded.push(byte),
        }
    }
    decoded
}

/// Percent-encodes all but letters, digits and `-._~`, with upper-case digits.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut encoded = String::with_capacity(bytes.len());
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decoding_undoes_encoding_for_every_byte() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(decode(&encode(&all), true), all);
    }

    #[test]
    fn a_stray_percent_sign_stays() {
        assert_eq!(decode("50%", false), b"50%");
        assert_eq!(decode("%4", false), b"%4");
        assert_eq!(decode("%zz+", false), b"%zz+");
        assert_eq!(decode("%2a+", true), b"* ");
    }

    #[test]
    fn an_encoded_slash_does_not_divide_a_path() {
        assert_eq!(segments("/a/b%2Fc/"), ["a", "b/c", ""]);
    }

    #[test]
    fn an_absolute_uri_outranks_the_host_header() {
        let request = http::Request::builder().uri("https://a.example:1/x").header("host", "b.example");
        assert_eq!(host(&request.body(Vec::new()).unwrap()), "a.example:1");
        let request = http::Request::builder().uri("/x").header("host", "b.example");
        assert_eq!(host(&request.body(Vec::new()).unwrap()), "b.example");
    }
}
