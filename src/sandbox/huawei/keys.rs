//! Access keys: the ones of the account, and the temporary ones that IAM gave out.
//!
//! All keys that do not come from IAM share one secret, so that a person can try each by changing the AccessKey ID
//! alone.

use std::collections::BTreeMap;

use time::{Duration, OffsetDateTime};

use super::attempts::Attempts;
use crate::sandbox::api_error::ApiError;
use crate::sandbox::ids::Ids;

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

/// The temporary keys that IAM gave out, and how the signatures of each key went.
pub(super) struct Keys {
    issued: BTreeMap<String, Temporary>,
    pub(super) signatures: Attempts,
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
    pub(super) fn secret(&self, key: &str, token: Option<&str>, now: OffsetDateTime) -> Result<String, ApiError> {
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

/// The error of the gateway, which all refused signatures and keys share.
pub(super) fn refused(cause: &str) -> ApiError {
    ApiError::new(401, "APIGW.0301", format!("Incorrect IAM authentication information: {cause}"))
}
