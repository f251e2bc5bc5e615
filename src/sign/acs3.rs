//! ACS3-HMAC-SHA256, Alibaba Cloud's signature version 3.
//!
//! Signed are `host`, `content-type` and every `x-acs-*` header: what a browser, or a proxy that adds headers of its
//! own, cannot change. Source: the vendor's page "V3 request body and signature mechanism".

use super::canonical::{self, Dialect, Stages};
use super::credential::AccessKey;
use super::{SignError, SigningTime, SigningTrace};
use crate::clock;
use crate::request::UnsignedRequest;

const DIALECT: Dialect = Dialect {
    algorithm: "ACS3-HMAC-SHA256",
    dated: None,
    uri: |path| canonical::encode_segments(path, canonical::decode),
    signs: |name| name == "content-type" || name.starts_with("x-acs-"),
    id: "Credential",
    comma: ",",
    token: "x-acs-security-token",
};

/// Adds the scheme's headers and the signature.
pub(super) fn sign(
    request: &mut UnsignedRequest,
    action: &str,
    version: &str,
    key: &AccessKey<'_>,
    signing_time: &SigningTime,
) -> Result<SigningTrace, SignError> {
    let date = clock::rfc3339(signing_time.now);
    let hash = canonical::sha256_hex(&request.body);
    let open = [
        ("x-acs-action", action),
        ("x-acs-version", version),
        ("x-acs-date", &date),
        ("x-acs-signature-nonce", &signing_time.nonce),
        ("x-acs-content-sha256", &hash),
    ];
    canonical::sign(&DIALECT, request, &open, key)
}

/// Computes every stage for a request that already has its `x-acs-*` headers.
pub fn stages(request: &UnsignedRequest, secret: &str) -> Stages {
    canonical::stages(&DIALECT, request, &canonical::signed_names(&DIALECT, request), secret)
}

/// The same for a list of signed headers that somebody else chose: lower-case names, in order.
pub fn stages_signing(request: &UnsignedRequest, names: &[String], secret: &str) -> Stages {
    canonical::stages(&DIALECT, request, names, secret)
}

#[cfg(test)]
mod tests;
