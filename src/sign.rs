//! [`UnsignedRequest`] → [`SignedRequest`]: proof of who sends it, in the way the provider asks for.
//!
//! The signature covers the provider's host, path and query; the proxy is chosen afterwards. Time and nonce are
//! arguments. [`scheme`] has the table of the schemes. The text of every stage is in a [`SigningTrace`], secrets masked.

pub mod acs3;
mod canonical;
pub mod compare;
mod credential;
pub(crate) mod digest;
mod plain;
pub mod scheme;
pub mod sdk_hmac;
mod secret;
mod settings;
pub mod trace;

pub use canonical::Stages;
pub use credential::{AccessKey, Credential};
pub use scheme::{ADDED_BY_PROXY, ANONYMOUS, SchemeKind};
pub use secret::Secret;
pub use settings::{CanonicalPath, SignedHeaders, SigningSettings};
pub use trace::{SigningTrace, Stage};

use crate::catalog::Scheme;
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

/// What signing adds to a request, and how it came about. Signing changes only the query, and only for a token that
/// travels there.
#[derive(Debug)]
struct Signature {
    /// The header that proves who sends: the token or the signature. It goes before all others. `None`: the query does.
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
    fn add(&mut self, signature: Signature) {
        let own = std::mem::take(&mut self.request.headers);
        self.request.headers = signature.proof.into_iter().chain(own).chain(signature.headers).collect();
        self.trace.extend(signature.trace);
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

/// Signs, in all of these ways. None: the call needs no credential, or gets it from the proxy.
pub fn sign(
    request: UnsignedRequest,
    credentials: &[(&Scheme, Credential<'_>)],
    signing_time: &SigningTime,
) -> Result<SignedRequest, SignError> {
    let mut signed = SignedRequest { request, trace: SigningTrace::new() };
    let computes = |(scheme, _): &&(&Scheme, Credential<'_>)| scheme.kind.traits().signature.is_some();
    // A signature covers the tokens beside it.
    let plain = credentials.iter().filter(|each| !computes(each));
    for (scheme, credential) in plain.chain(credentials.iter().filter(computes)) {
        let signature = signature(&mut signed.request, scheme, *credential, signing_time)?;
        signed.add(signature);
    }
    Ok(signed)
}

fn signature(
    request: &mut UnsignedRequest,
    scheme: &Scheme,
    credential: Credential<'_>,
    signing_time: &SigningTime,
) -> Result<Signature, SignError> {
    let proof = match (scheme.kind, credential) {
        (SchemeKind::Token, Credential::Token(token)) => Some(plain::token(&scheme.name, token)?),
        (SchemeKind::QueryToken, Credential::Token(token)) => {
            plain::in_query(request, scheme, token);
            None
        }
        (SchemeKind::Bearer, Credential::Token(token)) => Some(plain::bearer(token)?),
        (SchemeKind::Basic, Credential::UserAndPassword(user, password)) => Some(plain::basic(user, password)?),
        (SchemeKind::SdkHmac, Credential::AccessKey(key)) => return sdk_hmac::sign(request, &key, signing_time),
        (SchemeKind::Acs3, Credential::AccessKey(key)) => {
            return acs3::sign(request, &scheme.action, &scheme.version, &key, signing_time);
        }
        _ => return Err(SignError::WrongKind),
    };
    Ok(Signature { proof, headers: Vec::new(), trace: SigningTrace::new() })
}

#[cfg(test)]
mod tests;
