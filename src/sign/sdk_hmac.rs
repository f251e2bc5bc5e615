//! SDK-HMAC-SHA256, Huawei Cloud's signature.
//!
//! Source: the vendor's "API Request Signing Guide", and its SDK where the guide is silent.

use super::canonical::{self, Stages, ToSign};
use super::credential::AccessKey;
use super::scheme::{PROJECT_ID, SDK_HMAC_SETTINGS, SchemeKind};
use super::{SignError, Signature, SigningTime};
use crate::catalog::is_json;
use crate::clock;
use crate::request::{Header, UnsignedRequest};

pub(super) fn sign(
    request: &UnsignedRequest,
    key: &AccessKey<'_>,
    signing_time: &SigningTime,
) -> Result<Signature, SignError> {
    let date = clock::basic(signing_time.now);
    let mut plain = vec![("X-Sdk-Date", date.as_str())];
    plain.extend(key.project_id.map(|project| (PROJECT_ID, project)));
    // The vendor's SDK signs no body but JSON.
    let is_other = |header: &Header| header.name.eq_ignore_ascii_case("content-type") && !is_json(header.sent());
    if request.headers.iter().any(is_other) {
        plain.push(canonical::PAYLOAD);
    }
    canonical::sign(SchemeKind::SdkHmac.traits(), &SDK_HMAC_SETTINGS, request, &plain, key)
}

/// Computes every stage for a request that already has its `X-Sdk-Date`.
pub fn stages(request: &UnsignedRequest, secret: &str) -> Stages {
    let to_sign = ToSign { settings: &SDK_HMAC_SETTINGS, request, added: &[] };
    to_sign.stages(&to_sign.signed_names(), secret)
}

#[cfg(test)]
mod tests;
