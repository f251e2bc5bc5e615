//! The provider's side of ACS3-HMAC-SHA256: the signature recomputed from the bytes received.
//!
//! Path and query are decoded and encoded again, as the real gateway does, so that every encoding of the same request
//! has the same signature.

use super::{Claim, NoClaim, ServerView, canonical, hex, sha256, signature};
use crate::sandbox::{Request, wire};

const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// Reads the `Authorization` header: `Credential=…,SignedHeaders=…,Signature=…`; the vendor writes no blanks after the
/// commas.
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

/// The server's own calculation for a list of signed headers.
pub fn server_view(request: &Request, signed_headers: &[&str]) -> ServerView {
    let path: Vec<String> = request.uri().path().split('/').map(|s| wire::encode(&wire::decode(s, false))).collect();
    let canonical = canonical(request, &path.join("/"), signed_headers, &hex(&sha256(request.body())));
    let string_to_sign = format!("{ALGORITHM}\n{}", hex(&sha256(&canonical)));
    ServerView { canonical_request: canonical, string_to_sign }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn request(authorization: &str) -> Request {
        http::Request::builder().uri("/").header("authorization", authorization).body(Vec::new()).unwrap()
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
