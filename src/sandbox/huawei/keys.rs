//! Access keys: which there are, and whether the gateway accepts a signature of one.
//!
//! All keys that do not come from IAM share one secret, so that a person can try each by changing the AccessKey ID
//! alone. What the answers say is taken from the vendor's guide and from answers that people reported: the signature
//! that does not fit with its canonical request, the one too old, the unknown key, the temporary key without its token
//! (which is unknown as well), the locked key. For a signature without its parts, and for a security token that is
//! wrong or over, no words are known; those here follow the same pattern.

use std::collections::BTreeMap;

use time::{Duration, OffsetDateTime};

use super::attempts::Attempts;
use super::gate::{Caller, Scope};
use crate::clock;
use crate::sandbox::reply::ApiError;
use crate::sandbox::verify::{self, NoClaim, sdk_hmac};
use crate::sandbox::world::Ids;
use crate::sandbox::{Request, World, wire};

/// The key of the documents' examples; may do everything.
pub(crate) const KEY: &str = "DUMMYAK0000000000001";
/// A temporary key: needs [`STS_TOKEN`].
pub(crate) const STS_KEY: &str = "HSTADUMMYAK000000001";
/// A key whose user has no permission for any operation.
pub(crate) const DENIED_KEY: &str = "DUMMYAKDENIED0000001";
/// A key that was switched off.
pub(crate) const INACTIVE_KEY: &str = "DUMMYAKINACTIVE00001";
/// A key that is locked for ever, as others are for a while after six wrong signatures.
pub(crate) const LOCKED_KEY: &str = "DUMMYAKLOCKED0000001";
/// The secret of all these keys.
pub(crate) const SECRET: &str = "dummySecretKey/000000000000000000000000+1";
/// The token that belongs to [`STS_KEY`].
pub(crate) const STS_TOKEN: &str = "dummySecurityToken/+=ABC123";
/// A token of [`STS_KEY`] whose time is over.
pub(crate) const EXPIRED_STS_TOKEN: &str = "dummyExpiredSecurityToken/+=";

const VALIDITY: Duration = Duration::minutes(15);

/// The temporary keys that IAM gave out, and how the signatures of each key went.
pub(super) struct Keys {
    issued: BTreeMap<String, Temporary>,
    signatures: Attempts,
}

/// What belongs to a temporary key.
struct Temporary {
    secret: String,
    token: String,
    expires: OffsetDateTime,
}

/// A temporary key as its owner gets it.
#[derive(Debug)]
pub(super) struct Issued {
    pub(super) access: String,
    pub(super) secret: String,
    pub(super) token: String,
}

impl Keys {
    pub(super) fn new() -> Self {
        Self { issued: BTreeMap::new(), signatures: Attempts::new(6, Duration::minutes(5)) }
    }

    /// A new temporary key.
    pub(super) fn issue(&mut self, ids: &mut Ids, expires: OffsetDateTime) -> Issued {
        const CAPITALS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        const ALL: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        let access = format!("HST{}", ids.text(CAPITALS, 17));
        let (secret, token) = (ids.text(ALL, 40), format!("gQpjbi1ub3J0aC00{}", ids.text(ALL, 600)));
        let key = Temporary { secret: secret.clone(), token: token.clone(), expires };
        self.issued.insert(access.clone(), key);
        Issued { access, secret, token }
    }

    /// The secret that the signature of a key is checked with.
    fn secret(&self, key: &str, token: Option<&str>, now: OffsetDateTime) -> Result<String, ApiError> {
        let failed = |cause: &str| refused(&format!("Get secretKey failed,ak:{key},err:{cause}"));
        match key {
            KEY | DENIED_KEY | LOCKED_KEY => return Ok(SECRET.to_owned()),
            INACTIVE_KEY => return Err(failed("ak is inactive")),
            _ => {}
        }
        let issued = self.issued.get(key);
        if issued.is_none() && key != STS_KEY {
            return Err(failed("ak not exist"));
        }
        let Some(token) = token else { return Err(refused(&format!("ak {key} not exist"))) };
        let over = failed("the securitytoken has expired");
        match issued {
            Some(own) if own.token == token && now < own.expires => Ok(own.secret.clone()),
            Some(own) if own.token == token => Err(over),
            None if token == STS_TOKEN => Ok(SECRET.to_owned()),
            None if token == EXPIRED_STS_TOKEN => Err(over),
            _ => Err(failed("the securitytoken is invalid")),
        }
    }
}

/// Lets a signed request in, or says what is wrong with it.
pub(super) fn admit(world: &mut World, request: &Request) -> Result<Caller, ApiError> {
    let now = world.clock();
    let claim = sdk_hmac::claim(request).map_err(|reason| {
        not_calculated(match reason {
            NoClaim::Algorithm => "unknown algorithm in Authorization",
            NoClaim::Missing | NoClaim::Malformed => "Authorization needs Access, SignedHeaders and Signature",
        })
    })?;
    let key = claim.access_key_id;
    if key == LOCKED_KEY || world.huawei.keys.signatures.is_locked(key, now) {
        return Err(refused("AK access failed to reach the limit,forbidden."));
    }
    let secret = world.huawei.keys.secret(key, wire::header(request, "x-security-token"), now)?;
    check_date(now, request)?;
    let unsigned = sdk_hmac::unsigned(request, &claim.signed_headers);
    if !unsigned.is_empty() {
        return Err(not_calculated(&format!("not in SignedHeaders: {}", unsigned.join(", "))));
    }
    let view = sdk_hmac::server_view(request, &claim.signed_headers);
    if verify::signature(&secret, &view.string_to_sign) != claim.signature {
        world.huawei.keys.signatures.fail(key, now);
        return Err(mismatch(&view));
    }
    world.huawei.keys.signatures.succeed(key);
    let named = wire::header(request, "x-project-id").filter(|id| !id.is_empty());
    let scope = named.map_or(Scope::Account, |id| Scope::Named(id.to_owned()));
    Ok(Caller { scope, denied: key == DENIED_KEY })
}

fn check_date(now: OffsetDateTime, request: &Request) -> Result<(), ApiError> {
    let date = wire::header(request, sdk_hmac::DATE).ok_or_else(|| not_calculated("x-sdk-date not found"))?;
    let moment = parse(date).ok_or_else(|| not_calculated(&format!("x-sdk-date is malformed:{date}")))?;
    if (now - moment).abs() > VALIDITY {
        let server = clock::rfc3339(now).replace(['-', ':'], "");
        return Err(not_calculated(&format!("signature expired, signature time:{date},server time:{server}")));
    }
    Ok(())
}

/// Reads `20240102T030405Z`.
fn parse(date: &str) -> Option<OffsetDateTime> {
    let (day, time) = date.strip_suffix('Z')?.split_once('T')?;
    let (year, month, day) = (day.get(..4)?, day.get(4..6)?, day.get(6..)?);
    let (hour, minute, second) = (time.get(..2)?, time.get(2..4)?, time.get(4..)?);
    clock::parse_rfc3339(&format!("{year}-{month}-{day}T{hour}:{minute}:{second}Z"))
}

/// The gateway shows its canonical request, with bars for the line breaks.
fn mismatch(view: &verify::ServerView) -> ApiError {
    let canonical = String::from_utf8_lossy(&view.canonical_request).replace('\n', "|");
    refused(&format!("verify aksk signature fail, canonicalRequest:{canonical}"))
}

fn not_calculated(cause: &str) -> ApiError {
    refused(&format!("calc aksk signature fail:{cause}"))
}

fn refused(cause: &str) -> ApiError {
    ApiError::new(401, "APIGW.0301", format!("Incorrect IAM authentication information: {cause}"))
}
