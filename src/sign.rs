//! [`UnsignedRequest`] → [`SignedRequest`]: proof of who sends it, in the way the provider asks for.
//!
//! The signature covers the provider's host, path and query; the proxy is chosen afterwards. Time and nonce are
//! arguments. [`scheme`] has the table of the schemes. The text of every stage is in a [`SigningTrace`], secrets masked.

pub mod acs3;
mod canonical;
pub mod compare;
mod credential;
pub(crate) mod digest;
pub mod scheme;
pub mod sdk_hmac;
mod secret;
mod settings;
pub mod trace;

pub use canonical::Stages;
pub use credential::{AccessKey, Credential};
pub use scheme::{ADDED_BY_PROXY, SchemeKind};
pub use secret::Secret;
pub use settings::{CanonicalPath, SignedHeaders, SigningSettings};
pub use trace::{SigningTrace, Stage};

use crate::catalog::{MASK, Scheme};
use crate::request::{Header, UnsignedRequest};
use thiserror::Error;
use time::OffsetDateTime;

/// What makes two signatures of the same request differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SigningTime {
    /// The time of signing, UTC.
    pub now: OffsetDateTime,
    /// Unique for every attempt.
    pub nonce: String,
}

/// What signing adds to a request, and how it came about. The request itself is not touched.
#[derive(Debug)]
struct Signature {
    /// The header that proves who sends: the token or the signature. It goes before all others. `None`: the call needs no
    /// credential.
    proof: Option<Header>,
    /// The other headers, in the order of sending. They go after the request's own.
    headers: Vec<Header>,
    trace: SigningTrace,
}

/// A request that the provider will accept, if the credential is right. Only [`sign`] makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedRequest {
    request: UnsignedRequest,
    trace: SigningTrace,
}

impl SignedRequest {
    fn new(mut request: UnsignedRequest, signature: Signature) -> Self {
        let own = std::mem::take(&mut request.headers);
        request.headers = signature.proof.into_iter().chain(own).chain(signature.headers).collect();
        Self { request, trace: signature.trace }
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

/// Signs. `scheme` is `None` for calls that need no credential, or that get it from the proxy.
pub fn sign(
    request: UnsignedRequest,
    scheme: Option<&Scheme>,
    credential: Option<&Credential<'_>>,
    signing_time: &SigningTime,
) -> Result<SignedRequest, SignError> {
    let signature = match scheme {
        None => Signature { proof: None, headers: Vec::new(), trace: SigningTrace::new() },
        Some(scheme) => signature(&request, scheme, credential, signing_time)?,
    };
    Ok(SignedRequest::new(request, signature))
}

fn signature(
    request: &UnsignedRequest,
    scheme: &Scheme,
    credential: Option<&Credential<'_>>,
    signing_time: &SigningTime,
) -> Result<Signature, SignError> {
    match (scheme.kind, credential) {
        (SchemeKind::Token, Some(Credential::Token(token))) => {
            let proof = token.with(|token| Header::secret(&scheme.header, token, MASK.to_owned()));
            let proof = proof.ok_or_else(|| SignError::Characters(scheme.header.clone()))?;
            Ok(Signature { proof: Some(proof), headers: Vec::new(), trace: SigningTrace::new() })
        }
        (SchemeKind::SdkHmac, Some(Credential::AccessKey(key))) => sdk_hmac::sign(request, key, signing_time),
        (SchemeKind::Acs3, Some(Credential::AccessKey(key))) => {
            acs3::sign(request, &scheme.action, &scheme.version, key, signing_time)
        }
        (SchemeKind::Token | SchemeKind::SdkHmac | SchemeKind::Acs3, _) => Err(SignError::WrongKind),
    }
}

#[cfg(test)]
mod tests;
