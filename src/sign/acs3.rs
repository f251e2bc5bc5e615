//! ACS3-HMAC-SHA256, Alibaba Cloud's signature version 3.
//!
//! Source: the vendor's page "V3 request body and signature mechanism".

use super::canonical::{self, Stages, ToSign};
use super::credential::AccessKey;
use super::digest::sha256_hex;
use super::scheme::{ACS3_SETTINGS, SchemeKind};
use super::{SignError, Signature, SigningTime};
use crate::clock;
use crate::request::UnsignedRequest;

pub(super) fn sign(
    request: &UnsignedRequest,
    action: &str,
    version: &str,
    key: &AccessKey<'_>,
    signing_time: &SigningTime,
) -> Result<Signature, SignError> {
    let date = clock::rfc3339(signing_time.now);
    let hash = sha256_hex(&request.body);
    let plain = [
        ("x-acs-action", action),
        ("x-acs-version", version),
        ("x-acs-date", &date),
        ("x-acs-signature-nonce", &signing_time.nonce),
        ("x-acs-content-sha256", &hash),
    ];
    canonical::sign(SchemeKind::Acs3.traits(), &ACS3_SETTINGS, request, &plain, key)
}

/// Computes every stage for a request that already has its `x-acs-*` headers.
pub fn stages(request: &UnsignedRequest, secret: &str) -> Stages {
    let to_sign = ToSign { settings: &ACS3_SETTINGS, request, added: &[] };
    to_sign.stages(&to_sign.signed_names(), secret)
}

#[cfg(test)]
mod tests;
