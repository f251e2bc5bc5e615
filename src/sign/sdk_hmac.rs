//! SDK-HMAC-SHA256, Huawei Cloud's signature.
//!
//! Signed are `host`, `content-type` and every `x-*` header: what the provider acts upon, and what a browser sends
//! unchanged. `Accept` and `User-Agent` stay out, because browsers and proxies rewrite them on the way; so do names
//! with an underscore, which the vendor's SDK sends and does not sign. Source: the vendor's "API Request Signing
//! Guide", and its SDK where the guide is silent.

use super::canonical::{self, Dialect, Stages};
use super::credential::AccessKey;
use super::{Moment, SignError, SigningTrace};
use crate::catalog::is_json;
use crate::clock;
use crate::request::{Header, UnsignedRequest};

const DIALECT: Dialect = Dialect {
    algorithm: "SDK-HMAC-SHA256",
    dated: Some("X-Sdk-Date"),
    uri: canonical_uri,
    signs: |name| (name == "content-type" || name.starts_with("x-")) && !name.contains('_'),
    id: "Access",
    comma: ", ",
    token: "X-Security-Token",
};

/// Adds the scheme's headers and the signature.
pub(super) fn sign(
    request: &mut UnsignedRequest,
    key: &AccessKey<'_>,
    moment: &Moment,
) -> Result<SigningTrace, SignError> {
    let date = clock::basic(moment.now);
    let mut open = vec![("X-Sdk-Date", date.as_str())];
    open.extend(key.project_id.map(|project| ("X-Project-Id", project)));
    // The vendor's SDK signs no body but JSON.
    let is_other = |header: &Header| header.name.eq_ignore_ascii_case("content-type") && !is_json(header.sent());
    if request.headers.iter().any(is_other) {
        open.push(canonical::PAYLOAD);
    }
    canonical::sign(&DIALECT, request, &open, key)
}

/// Computes every stage for a request that already has its `X-Sdk-Date`.
pub fn stages(request: &UnsignedRequest, secret: &str) -> Stages {
    canonical::stages(&DIALECT, request, &canonical::signed_names(&DIALECT, request), secret)
}

/// The same for a list of signed headers that somebody else chose: lower-case names, in order.
pub fn stages_signing(request: &UnsignedRequest, names: &[String], secret: &str) -> Stages {
    canonical::stages(&DIALECT, request, names, secret)
}

/// The gateway decodes the whole path before it splits it, so that an encoded slash becomes a separator; and it signs
/// with a slash at the end that the path itself does not have.
fn canonical_uri(path: &str) -> String {
    let mut text = canonical::encode_segments(&canonical::decode(path), str::to_owned);
    if !text.ends_with('/') {
        text.push('/');
    }
    text
}

#[cfg(test)]
mod tests;
