//! The provider's side of ACS3-HMAC-SHA256: the signature recomputed from the bytes received.
//!
//! Written from the vendor's description, apart from the code that signs: a mistake in one must not hide in the other.
//! Even HMAC is spelt out. Path and query are decoded and encoded again, as the real gateway does, so that every
//! encoding of the same request has the same signature.

use sha2::{Digest, Sha256};

use super::{Request, wire};

const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// What an `Authorization` header claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim<'a> {
    /// Whose signature it is.
    pub access_key_id: &'a str,
    /// Lower-case header names, in the order of the claim.
    pub signed_headers: Vec<&'a str>,
    /// 64 hexadecimal digits, if it is right.
    pub signature: &'a str,
}

/// Why there is no [`Claim`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoClaim {
    /// No `Authorization` header.
    Missing,
    /// Another algorithm.
    Algorithm,
    /// Not `Credential=…,SignedHeaders=…,Signature=…`; the vendor writes no blanks after the commas.
    Malformed,
}

/// Reads the `Authorization` header.
pub fn claim(request: &Request) -> Result<Claim<'_>, NoClaim> {
    let value = wire::header(request, "authorization").ok_or(NoClaim::Missing)?;
    let (algorithm, parts) = value.split_once(' ').ok_or(NoClaim::Algorithm)?;
    if algorithm != ALGORITHM {
        return Err(NoClaim::Algorithm);
    }
    let parts: Vec<&str> = parts.split(',').collect();
    let [credential, headers, signature] = parts.as_slice() else { return Err(NoClaim::Malformed) };
    let access_key_id = credential.strip_prefix("Credential=").ok_or(NoClaim::Malformed)?;
    let headers = headers.strip_prefix("SignedHeaders=").ok_or(NoClaim::Malformed)?;
    let signature = signature.strip_prefix("Signature=").ok_or(NoClaim::Malformed)?;
    Ok(Claim { access_key_id, signed_headers: headers.split(';').collect(), signature })
}

/// The two texts that the server computes; an error answer shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerView {
    /// The request in its canonical form. Bytes, because headers may hold any.
    pub canonical_request: Vec<u8>,
    /// What the HMAC is taken of.
    pub string_to_sign: String,
}

/// Plain exchange of neighbours: there are a handful.
fn in_order<T: Ord>(items: &mut [T]) {
    for end in (1..items.len()).rev() {
        for index in 0..end {
            if items.get(index) > items.get(index + 1) {
                items.swap(index, index + 1);
            }
        }
    }
}

/// The server's own calculation for a list of signed headers.
pub fn server_view(request: &Request, signed_headers: &[&str]) -> ServerView {
    let path: Vec<String> = request.uri().path().split('/').map(|s| wire::encode(&wire::decode(s, false))).collect();

    let mut pairs = wire::query(request);
    in_order(&mut pairs);
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{}={}", wire::encode(name), wire::encode(value))).collect();

    let mut names = signed_headers.to_vec();
    in_order(&mut names);

    let mut canonical = format!("{}\n{}\n{}\n", request.method(), path.join("/"), pairs.join("&")).into_bytes();
    for name in &names {
        canonical.extend_from_slice(name.as_bytes());
        canonical.push(b':');
        canonical.extend(header_value(request, name));
        canonical.push(b'\n');
    }
    canonical.push(b'\n');
    canonical.extend_from_slice(names.join(";").as_bytes());
    canonical.push(b'\n');
    canonical.extend_from_slice(hex(&sha256(request.body())).as_bytes());

    let string_to_sign = format!("{ALGORITHM}\n{}", hex(&sha256(&canonical)));
    ServerView { canonical_request: canonical, string_to_sign }
}

/// The signature of a string to sign, as lower-case hexadecimal digits.
pub fn signature(secret: &str, string_to_sign: &str) -> String {
    hex(&hmac_sha256(secret.as_bytes(), string_to_sign.as_bytes()))
}

/// The names of the headers that must be signed and are not: `host`, `content-type` if sent, every `x-acs-*`.
pub fn unsigned<'a>(request: &'a Request, signed_headers: &[&str]) -> Vec<&'a str> {
    let sent = request.headers().keys().map(http::HeaderName::as_str);
    let bound = sent.filter(|name| *name == "content-type" || name.starts_with("x-acs-"));
    ["host"].into_iter().chain(bound).filter(|name| !signed_headers.contains(name)).collect()
}

/// The whole check of one request against one secret: everything signed that must be, body hash and signature right.
pub fn verify(request: &Request, secret: &str) -> bool {
    let Ok(claim) = claim(request) else { return false };
    let view = server_view(request, &claim.signed_headers);
    unsigned(request, &claim.signed_headers).is_empty()
        && body_hash_fits(request)
        && signature(secret, &view.string_to_sign) == claim.signature
}

/// Whether `x-acs-content-sha256` is the hash of the body received.
pub fn body_hash_fits(request: &Request) -> bool {
    wire::header(request, "x-acs-content-sha256") == Some(hex(&sha256(request.body())).as_str())
}

/// A signed header as the canonical request has it: outer blanks gone, repeated headers joined by commas.
fn header_value(request: &Request, name: &str) -> Vec<u8> {
    if name == "host" {
        return wire::host(request).into_bytes();
    }
    let values: Vec<&[u8]> = request.headers().get_all(name).iter().map(|v| v.as_bytes().trim_ascii()).collect();
    values.join(&b',')
}

fn sha256(data: &[u8]) -> Vec<u8> {
    Sha256::digest(data).to_vec()
}

/// RFC 2104: `H((key ^ opad) ‖ H((key ^ ipad) ‖ data))`, the key filled up to one block of 64 bytes.
fn hmac_sha256(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut block = if key.len() > 64 { sha256(key) } else { key.to_vec() };
    block.resize(64, 0);
    let padded = |pad: u8| block.iter().map(move |byte| byte ^ pad);
    let inner: Vec<u8> = padded(0x36).chain(data.iter().copied()).collect();
    let outer: Vec<u8> = padded(0x5c).chain(sha256(&inner)).collect();
    sha256(&outer)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(authorization: &str) -> Request {
        http::Request::builder().uri("/").header("authorization", authorization).body(Vec::new()).unwrap()
    }

    #[test]
    fn hmac_gives_the_results_of_rfc_4231() {
        assert_eq!(
            hex(&hmac_sha256(b"Jefe", b"what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            hex(&hmac_sha256(&[0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }

    #[test]
    fn a_claim_is_read_in_the_vendors_form_only() {
        let good = request("ACS3-HMAC-SHA256 Credential=id,SignedHeaders=host;x-acs-date,Signature=ab");
        let expected = Claim { access_key_id: "id", signed_headers: vec!["host", "x-acs-date"], signature: "ab" };
        assert_eq!(claim(&good), Ok(expected));
        let blanks = request("ACS3-HMAC-SHA256 Credential=id, SignedHeaders=host, Signature=ab");
        assert_eq!(claim(&blanks), Err(NoClaim::Malformed));
        assert_eq!(claim(&request("acs id:signature")), Err(NoClaim::Algorithm));
        assert_eq!(claim(&http::Request::new(Vec::new())), Err(NoClaim::Missing));
    }

    #[test]
    fn every_encoding_of_a_request_has_one_canonical_form() {
        let view = |uri: &str| server_view(&http::Request::builder().uri(uri).body(Vec::new()).unwrap(), &["host"]);
        assert_eq!(view("https://h/a*/b?y=1+2&x=%2a"), view("https://h/a%2A/b?x=*&y=1%202"));
        let shown = String::from_utf8(view("https://h/a*?b").canonical_request).unwrap();
        assert!(shown.starts_with("GET\n/a%2A\nb=\nhost:h\n\nhost\n"), "{shown}");
    }
}
