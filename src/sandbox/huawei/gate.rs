//! Who a request comes from, by its token or its signature.
//!
//! **Any token is accepted** that does not begin with `expired`, `wrong` or `denied`, so that a person can type one.
//! Tokens that IAM gave out are held to what they are for.

use time::{Duration, OffsetDateTime};

use super::{keys, tokens};
use crate::sandbox::reply::ApiError;
use crate::sandbox::{Request, World, wire};

/// Who a request comes from.
#[derive(Debug)]
pub(super) struct Caller {
    pub(super) scope: Scope,
    /// The user may do nothing.
    pub(super) denied: bool,
}

/// What a credential is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Scope {
    /// Every project of the account: a token typed by hand, a key.
    Account,
    /// A key, and the project that the signed request names in `X-Project-Id`.
    Named(String),
    /// A token for this project alone.
    Project(String),
    /// A token for services without projects.
    Global,
}

/// Why nobody was let in. Each service says it in its own words.
#[derive(Debug)]
pub(super) enum Refusal {
    /// Neither token nor signature.
    Nobody,
    /// The token cannot be read.
    Unreadable,
    /// The token's time was over at that moment.
    Expired(OffsetDateTime),
    /// The signature or its key was refused; the gateway answers itself.
    Gateway(ApiError),
}

/// Looks at the credential. A signature goes before a token, as IAM documents it.
pub(super) fn admit(world: &mut World, request: &Request) -> Result<Caller, Refusal> {
    if request.headers().contains_key("authorization") {
        return keys::admit(world, request).map_err(Refusal::Gateway);
    }
    token(world, wire::header(request, "x-auth-token").unwrap_or_default())
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
