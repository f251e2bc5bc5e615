//! Huawei Cloud: TaurusDB and IAM, which know the same projects, users, keys and tokens.
//!
//! Checks stand in the order in which the real thing has them: is there such an API, the gateway's look at token or
//! signature (`huawei/gate.rs`), the operation. Messages are English whatever `X-Language` says.

mod account;
mod attempts;
mod gate;
mod iam;
mod keys;
mod taurusdb;
mod tokens;

pub(super) use account::{PROJECT, SINGAPORE};
pub(super) use keys::{DENIED_KEY, EXPIRED_STS_TOKEN, INACTIVE_KEY, KEY, LOCKED_KEY, SECRET, STS_KEY, STS_TOKEN};
pub(super) use taurusdb::{BUSY, INSTANCE};

use time::OffsetDateTime;

use super::{Request, Response, World, wire};

/// Everything remembered. Not `Debug`: it holds keys and tokens.
pub(super) struct Cloud {
    database: taurusdb::Tenant,
    keys: keys::Keys,
    tokens: tokens::Tokens,
    /// Tries to get a token by password, by the user's id.
    logins: attempts::Attempts,
}

impl Cloud {
    pub(super) fn new() -> Self {
        Self {
            database: taurusdb::Tenant::new(),
            keys: keys::Keys::new(),
            tokens: tokens::Tokens::default(),
            logins: iam::logins(),
        }
    }

    pub(super) fn ssl(&self, id: &str, now: OffsetDateTime) -> Option<bool> {
        self.database.ssl(id, now)
    }
}

/// Whether a host is one of IAM's: `iam.myhuaweicloud.com`, or one with a region.
pub(super) fn is_iam(host: &str) -> bool {
    host.to_ascii_lowercase().starts_with("iam.")
}

pub(super) fn handle(world: &mut World, request: &Request) -> Response {
    if is_iam(&wire::host(request)) { iam::handle(world, request) } else { taurusdb::handle(world, request) }
}
