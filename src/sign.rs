//! [`UnsignedRequest`] → [`SignedRequest`]: proof of who sends it, in the way the provider asks for.
//!
//! The signature covers the provider's host, path and query; the proxy is chosen afterwards. Time and nonce are
//! arguments. Every stage's text is kept in a [`SigningTrace`] in which secrets are masked.

pub mod acs3;
pub(crate) mod canonical;
pub mod compare;
pub(crate) mod credential;
pub mod sdk_hmac;
pub(crate) mod secret;
pub mod trace;

pub use canonical::{Stages, masked_id};
pub use credential::{ADDED_BY_PROXY, AccessKey, Credential, CredentialInput, credential, inputs, kind};
pub use secret::Secret;

use crate::catalog::{MASK, Scheme};
use crate::request::{Header, UnsignedRequest};
use thiserror::Error;
use time::OffsetDateTime;

/// What makes two signatures of the same request differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The time of signing, UTC.
    pub now: OffsetDateTime,
    /// Unique for every attempt.
    pub nonce: String,
}

/// One stage of a signature: its name and its text, secrets masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// The field's standard term.
    pub name: &'static str,
    /// The text as it was hashed or sent.
    pub text: String,
}

impl Stage {
    /// The names that there are.
    pub const NAMES: [&'static str; 4] = ["Canonical request", "String to sign", "Signature", "Authorization"];
}

/// The texts of every stage, in order. Empty for credentials that sign nothing.
pub type SigningTrace = Vec<Stage>;

/// A request that the provider will accept, if the credential is right. Made by [`sign`] only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedRequest {
    request: UnsignedRequest,
    trace: SigningTrace,
}

impl SignedRequest {
    /// One that [`sign`] made, read back after it was handed from one program to the other.
    pub(crate) fn restored(request: UnsignedRequest, trace: SigningTrace) -> Self {
        Self { request, trace }
    }

    /// The request with the headers of the credential.
    pub fn request(&self) -> &UnsignedRequest {
        &self.request
    }

    /// How the signature came about.
    pub fn trace(&self) -> &[Stage] {
        &self.trace
    }
}

/// Why a request could not be signed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SignError {
    /// The operation asks for another kind of credential.
    #[error("credential of another kind")]
    WrongKind,
    /// A credential with characters that no header can carry.
    #[error("invalid characters in {0}")]
    Characters(String),
}

/// Signs. `scheme` is `None` for operations that need no credential.
pub fn sign(
    mut request: UnsignedRequest,
    scheme: Option<&Scheme>,
    credential: Option<&Credential<'_>>,
    moment: &Moment,
) -> Result<SignedRequest, SignError> {
    let trace = match (scheme, credential) {
        (None, _) => SigningTrace::new(),
        (Some(Scheme::Token { header, .. }), Some(Credential::Token(token))) => {
            let added = token.with(|token| Header::secret(header, token, MASK.to_owned()));
            request.headers.insert(0, added.ok_or_else(|| SignError::Characters(header.clone()))?);
            SigningTrace::new()
        }
        (Some(Scheme::SdkHmac { .. }), Some(Credential::AccessKey(key))) => sdk_hmac::sign(&mut request, key, moment)?,
        (Some(Scheme::Acs3 { action, version, .. }), Some(Credential::AccessKey(key))) => {
            acs3::sign(&mut request, action, version, key, moment)?
        }
        _ => return Err(SignError::WrongKind),
    };
    Ok(SignedRequest { request, trace })
}
