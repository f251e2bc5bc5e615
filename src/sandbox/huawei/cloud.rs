//! What Huawei Cloud remembers between two requests.

use time::{Duration, OffsetDateTime};

use super::attempts::Attempts;
use super::instances::Tenant;
use super::keys::Keys;
use super::tokens::Tokens;

/// Everything remembered. Not `Debug`: it holds keys and tokens.
pub(in crate::sandbox) struct Cloud {
    pub(super) database: Tenant,
    pub(super) keys: Keys,
    pub(super) tokens: Tokens,
    /// Tries to get a token by password, by the user's id. Five wrong ones in a row lock a user for a quarter of an hour.
    pub(super) logins: Attempts,
}

impl Cloud {
    pub(in crate::sandbox) fn new() -> Self {
        Self {
            database: Tenant::new(),
            keys: Keys::new(),
            tokens: Tokens::default(),
            logins: Attempts::new(5, Duration::minutes(15)),
        }
    }

    pub(in crate::sandbox) fn ssl(&self, id: &str, now: OffsetDateTime) -> Option<bool> {
        self.database.ssl(id, now)
    }
}
