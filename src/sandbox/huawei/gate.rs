//! Who a request comes from, by its token or its signature.
//!
//! **Any token is accepted** that does not begin with `expired`, `wrong` or `denied`, so that a person can type one.
//! A token that IAM issued is good for its own scope only.

use time::{Duration, OffsetDateTime};

use super::caller::{Caller, Refusal, Scope};
use super::{keys, signature, tokens};
use crate::sandbox::provider::Provider;
use crate::sandbox::world::World;
use crate::sandbox::{Request, wire};

/// Looks at the credential. A signature goes before a token, as IAM documents it.
pub(super) fn admit(world: &mut World, request: &Request) -> Result<Caller, Refusal> {
    if world.strikes.is_expired(Provider::Huawei, request) {
        return Err(over(request, world.clock()));
    }
    if request.headers().contains_key("authorization") {
        return signature::admit(world, request).map_err(Refusal::Gateway);
    }
    token(world, wire::header(request, "x-auth-token").unwrap_or_default())
}

/// The refusal of a token or temporary key that a fault has ended.
pub(super) fn over(request: &Request, now: OffsetDateTime) -> Refusal {
    match wire::header(request, "authorization") {
        Some(_) => Refusal::Gateway(keys::refused("the securitytoken has expired")),
        None => Refusal::Expired(now),
    }
}

/// Whom a token is for.
pub(super) fn token(world: &World, token: &str) -> Result<Caller, Refusal> {
    let now = world.clock();
    if let Some(tokens::Token { scope, expires, .. }) = world.huawei.tokens.find(token) {
        let caller = Caller { scope: scope.clone(), denied: false };
        return if now < *expires { Ok(caller) } else { Err(Refusal::Expired(*expires)) };
    }
    // Nobody knows when a token typed by hand ends: by a clock that is wrong it is over.
    if token.starts_with("expired") || (world.skew > Duration::ZERO && !token.is_empty()) {
        return Err(Refusal::Expired(now - Duration::HOUR));
    }
    match token {
        "" => Err(Refusal::Nobody),
        token if token.starts_with("wrong") => Err(Refusal::Unreadable),
        token => Ok(Caller { scope: Scope::Account, denied: token.starts_with("denied") }),
    }
}
