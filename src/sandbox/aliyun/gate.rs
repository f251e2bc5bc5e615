//! Whether a request is let in: keys, common headers, signature, token, nonce.
//!
//! All keys share one secret, so that a person can try each by changing the AccessKey ID alone.

use time::{Duration, OffsetDateTime};

use crate::clock;
use crate::sandbox::api_error::ApiError;
use crate::sandbox::provider::Provider;
use crate::sandbox::verify::{self, NoClaim, acs3};
use crate::sandbox::world::World;
use crate::sandbox::{Request, wire};

/// The key of the documents' examples; may do everything.
pub(crate) const KEY: &str = "LTAI5tDummyAccessKeyId";
/// A temporary key: needs [`STS_TOKEN`].
pub(crate) const STS_KEY: &str = "STS.NTDummyAccessKeyId";
/// A key that was switched off.
pub(crate) const INACTIVE_KEY: &str = "LTAI5tInactiveAccessKeyId";
/// A key whose user has no permission for any operation.
pub(crate) const DENIED_KEY: &str = "LTAI5tDeniedAccessKeyId";
/// The secret of all these keys.
pub(crate) const SECRET: &str = "DummyAccessKeySecret0123456789";
/// The token that belongs to [`STS_KEY`].
pub(crate) const STS_TOKEN: &str = "CAISdummy+STS/token==with+/=chars";
/// A token of [`STS_KEY`] whose time is over.
pub(crate) const EXPIRED_TOKEN: &str = "CAISexpired+STS/token==";

const VERSION: &str = "2017-06-13";
const VALIDITY: Duration = Duration::minutes(15);

/// Lets the request of an operation in, or says what is wrong with it.
pub(super) fn admit(world: &mut World, request: &Request, action: &str) -> Result<(), ApiError> {
    let claim = acs3::claim(request).map_err(|reason| match reason {
        NoClaim::Algorithm => ApiError::new(400, "InvalidSignatureMethod", "Specified signature method is not valid."),
        NoClaim::Missing | NoClaim::Malformed => incomplete(""),
    })?;
    check_key(claim.access_key_id)?;

    let date = required(request, "x-acs-date")?;
    let nonce = required(request, "x-acs-signature-nonce")?;
    required(request, "x-acs-content-sha256")?;
    if required(request, "x-acs-version")? != VERSION {
        return Err(ApiError::new(400, "InvalidVersion", "Specified parameter Version is not valid."));
    }
    if required(request, "x-acs-action")? != action {
        let message = format!("Specified action is not found: this path and method are {action}.");
        return Err(ApiError::new(404, "InvalidAction.NotFound", message));
    }
    check_date(world.clock(), date)?;

    let unsigned = acs3::unsigned(request, &claim.signed_headers);
    if !unsigned.is_empty() {
        return Err(incomplete(&format!(" Not signed: {}.", unsigned.join(", "))));
    }
    let view = acs3::server_view(request, &claim.signed_headers);
    if verify::signature(SECRET, &view.string_to_sign) != claim.signature || !acs3::body_hash_fits(request) {
        return Err(mismatch(&view));
    }
    check_token(claim.access_key_id, wire::header(request, "x-acs-security-token"))?;
    if world.strikes.is_expired(Provider::Aliyun, request) {
        return Err(expired());
    }
    use_nonce(world, nonce)?;
    if claim.access_key_id == DENIED_KEY {
        let message = "User not authorized to operate on the specified resource, or this API doesn't support RAM.";
        return Err(ApiError::new(403, "Forbidden.RAM", message));
    }
    Ok(())
}

fn check_key(id: &str) -> Result<(), ApiError> {
    match id {
        KEY | STS_KEY | DENIED_KEY => Ok(()),
        INACTIVE_KEY => Err(ApiError::new(400, "InvalidAccessKeyId.Inactive", "Specified access key is disabled.")),
        _ => Err(ApiError::new(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.")),
    }
}

fn required<'a>(request: &'a Request, name: &str) -> Result<&'a str, ApiError> {
    wire::header(request, name).filter(|value| !value.is_empty()).ok_or_else(|| {
        let message =
            format!("The input parameter \"{name}\" that is mandatory for processing this request is not supplied");
        ApiError::new(400, "MissingParameter", message)
    })
}

fn check_date(now: OffsetDateTime, date: &str) -> Result<(), ApiError> {
    let date = clock::parse_rfc3339(date).ok_or_else(|| {
        let message = "Specified time stamp or date value is not well formatted.";
        ApiError::new(400, "InvalidTimeStamp.Format", message)
    })?;
    if (now - date).abs() > VALIDITY { Err(timestamp_expired()) } else { Ok(()) }
}

/// The answer to a date too far from the server's clock.
fn timestamp_expired() -> ApiError {
    ApiError::new(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.")
}

fn incomplete(detail: &str) -> ApiError {
    let message = format!("The request signature does not conform to Aliyun standards.{detail}");
    ApiError::new(400, "IncompleteSignature", message)
}

/// The message shows the server's texts, line breaks and all, as answers to version 3 signatures are reported to.
fn mismatch(view: &verify::ServerView) -> ApiError {
    let message = format!(
        "Specified signature does not match our calculation. server StringToSign is [{}] \
         server CanonicalRequest is [{}]",
        view.string_to_sign,
        String::from_utf8_lossy(&view.canonical_request),
    );
    ApiError::new(400, "SignatureDoesNotMatch", message)
}

/// The answer to a token whose time is over.
pub(crate) fn expired() -> ApiError {
    ApiError::new(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.")
}

fn check_token(key: &str, token: Option<&str>) -> Result<(), ApiError> {
    let invalid = |kind: &str, text: &str| {
        Err(ApiError::new(400, &format!("InvalidSecurityToken.{kind}"), format!("Specified SecurityToken {text}.")))
    };
    match (key, token) {
        (STS_KEY, None) => {
            Err(ApiError::new(400, "MissingSecurityToken", "SecurityToken is mandatory for this AccessKey."))
        }
        // Whatever follows makes it another token of the same key, for when the first one is over.
        (STS_KEY, Some(token)) if token.starts_with(STS_TOKEN) => Ok(()),
        (STS_KEY, Some(EXPIRED_TOKEN)) => Err(expired()),
        (_, Some(token)) if !token.starts_with("CAIS") => invalid("Malformed", "is malformed"),
        (_, Some(_)) => invalid("MismatchWithAccessKey", "mismatch with the AccessKey"),
        (_, None) => Ok(()),
    }
}

/// Only a request that was let in uses its nonce up.
fn use_nonce(world: &mut World, nonce: &str) -> Result<(), ApiError> {
    let now = world.now;
    if world.aliyun.nonces.take(nonce, now) {
        return Ok(());
    }
    Err(ApiError::new(400, "SignatureNonceUsed", "Specified signature nonce was used already."))
}
