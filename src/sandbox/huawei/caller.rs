//! Who calls, what the credential is good for, and why nobody is let in.

use time::OffsetDateTime;

use crate::sandbox::api_error::ApiError;

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
