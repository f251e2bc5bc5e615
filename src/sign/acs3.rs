//! ACS3-HMAC-SHA256, Alibaba Cloud's signature version 3.
//!
//! Canonicalise, sign, apply. Signed are `host`, `content-type` and every `x-acs-*` header: what a browser, or a proxy
//! that adds headers of its own, cannot change. Source: the vendor's page "V3 request body and signature mechanism".

use super::credential::AccessKey;
use super::{Moment, SignError, SigningTrace, Stage};
use crate::catalog::MASK;
use crate::clock;
use crate::request::{Header, UnsignedRequest};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// The texts of the stages, nothing masked.
#[derive(Clone, PartialEq, Eq)]
pub struct Stages {
    /// Six parts, joined by line feeds.
    pub canonical_request: String,
    /// Algorithm and the hash of the canonical request.
    pub string_to_sign: String,
    /// Names of the signed headers, joined by `;`.
    pub signed_headers: String,
    /// Lower-case hex.
    pub signature: String,
}

/// The canonical request can hold the security token.
impl std::fmt::Debug for Stages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stages").field("signed_headers", &self.signed_headers).finish_non_exhaustive()
    }
}

/// Adds the scheme's headers and the signature.
pub(super) fn sign(
    request: &mut UnsignedRequest,
    action: &str,
    version: &str,
    key: &AccessKey<'_>,
    moment: &Moment,
) -> Result<SigningTrace, SignError> {
    let date = clock::rfc3339(moment.now);
    let hash = sha256_hex(&request.body);
    let open = [
        ("x-acs-action", action),
        ("x-acs-version", version),
        ("x-acs-date", &date),
        ("x-acs-signature-nonce", &moment.nonce),
        ("x-acs-content-sha256", &hash),
    ];
    for (name, value) in open {
        request.headers.push(Header::open(name, value).ok_or_else(|| SignError::Characters(name.to_owned()))?);
    }
    if let Some(token) = key.security_token {
        let header = token.with(|token| Header::secret("x-acs-security-token", token, MASK.to_owned()));
        request.headers.push(header.ok_or_else(|| SignError::Characters(String::from("Security token")))?);
    }
    let signed = key.secret.with(|secret| stages(request, secret));
    let authorization = |id: &str, signature: &str| {
        format!("{ALGORITHM} Credential={id},SignedHeaders={},Signature={signature}", signed.signed_headers)
    };
    let shown = authorization(MASK, MASK);
    let header =
        key.id.with(|id| Header::secret("Authorization", &authorization(id, &signed.signature), shown.clone()));
    let header = header.ok_or_else(|| SignError::Characters(String::from("AccessKey ID")))?;
    let (canonical_shown, _) = canonical_request(request, Header::shown);
    request.headers.insert(0, header);
    Ok(vec![
        Stage { name: "Canonical request", text: canonical_shown },
        Stage { name: "String to sign", text: signed.string_to_sign },
        Stage { name: "Authorization", text: shown },
    ])
}

/// Computes every stage for a request that already has its `x-acs-*` headers.
pub fn stages(request: &UnsignedRequest, secret: &str) -> Stages {
    let sent = |header: &Header| header.sent().to_owned();
    let (canonical_request, signed_headers) = canonical_request(request, sent);
    let string_to_sign = format!("{ALGORITHM}\n{}", sha256_hex(canonical_request.as_bytes()));
    let signature = hmac_hex(secret, &string_to_sign);
    Stages { canonical_request, string_to_sign, signed_headers, signature }
}

/// The canonical text and the names of the signed headers. `value` gives the text of a header: what is sent for the
/// signature, what is shown for the screen.
fn canonical_request(request: &UnsignedRequest, value: impl Fn(&Header) -> String) -> (String, String) {
    let mut signed: Vec<(String, String)> = request
        .headers
        .iter()
        .map(|header| (header.name.to_ascii_lowercase(), value(header).trim().to_owned()))
        .filter(|(name, _)| name == "content-type" || name.starts_with("x-acs-"))
        .collect();
    signed.push((String::from("host"), request.host.clone()));
    sort(&mut signed);
    let names = signed.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(";");
    let lines: String = signed.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
    let text = [
        request.method.as_str(),
        &request.path,
        &canonical_query(&request.query),
        &lines,
        &names,
        &sha256_hex(&request.body),
    ]
    .join("\n");
    (text, names)
}

/// The pairs are encoded already; they are sorted by name, then by value.
fn canonical_query(query: &str) -> String {
    let split = |pair: &str| pair.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let mut pairs: Vec<(String, String)> =
        pairs.map(|pair| split(pair).unwrap_or_else(|| (pair.to_owned(), String::new()))).collect();
    sort(&mut pairs);
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

/// Sorts by insertion: there are a handful, and the standard library's sort costs kilobytes for every type it sorts.
fn sort(pairs: &mut Vec<(String, String)>) {
    let unsorted = std::mem::take(pairs);
    for pair in unsorted {
        pairs.insert(pairs.partition_point(|other| *other <= pair), pair);
    }
}

fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hmac_hex(secret: &str, text: &str) -> String {
    // HMAC takes a key of any length: there is no error to come.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(text.as_bytes());
    hex(&mac.finalize().into_bytes())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
