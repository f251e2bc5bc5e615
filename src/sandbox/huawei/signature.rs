//! Whether the gateway accepts a signature.
//!
//! What the answers say is taken from the vendor's guide and from answers that people reported: the signature that does
//! not fit with its canonical request, the one too old, the unknown key, the temporary key without its token (which is
//! unknown as well), the locked key. For a signature without its parts, and for a security token that is wrong or over,
//! no words are known; those here follow the same pattern.

use time::{Duration, OffsetDateTime};

use super::caller::{Caller, Scope};
use super::keys::{DENIED_KEY, LOCKED_KEY, refused};
use crate::clock;
use crate::sandbox::api_error::ApiError;
use crate::sandbox::verify::{self, NoClaim, sdk_hmac};
use crate::sandbox::world::World;
use crate::sandbox::{Request, wire};

const VALIDITY: Duration = Duration::minutes(15);

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
    let moment = clock::parse_basic(date).ok_or_else(|| not_calculated(&format!("x-sdk-date is malformed:{date}")))?;
    if (now - moment).abs() > VALIDITY {
        let server = clock::basic(now);
        return Err(not_calculated(&format!("signature expired, signature time:{date},server time:{server}")));
    }
    Ok(())
}

/// The gateway shows its canonical request, with bars for the line breaks.
fn mismatch(view: &verify::ServerView) -> ApiError {
    let canonical = String::from_utf8_lossy(&view.canonical_request).replace('\n', "|");
    refused(&format!("verify aksk signature fail, canonicalRequest:{canonical}"))
}

fn not_calculated(cause: &str) -> ApiError {
    refused(&format!("calc aksk signature fail:{cause}"))
}
