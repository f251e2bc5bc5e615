//! The whole line from a form to a request that is ready to leave, as one function: what the screen previews and what
//! Send sends is the same thing.

use crate::catalog::{Operation, Scheme};
use crate::form::{Draft, FieldIssue, validate};
use crate::proxy::{Connection, RoutedRequest, route};
use crate::request::{BuildError, build};
use crate::sign::{Keyring, Moment, SignError, credential, sign};
use thiserror::Error;

/// Why a call cannot be sent as it stands.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum CallError {
    /// The form or the credential is incomplete or wrong; one entry a field, in the order of the page.
    #[error("{} fields are wrong", .0.len())]
    Fields(Vec<FieldIssue>),
    /// The request cannot be built.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The request cannot be signed.
    #[error(transparent)]
    Sign(#[from] SignError),
}

/// Validates, builds, signs and routes.
pub fn prepare(
    operation: &Operation,
    draft: &Draft,
    keyring: &Keyring,
    connection: &Connection,
    moment: &Moment,
) -> Result<RoutedRequest, CallError> {
    let scheme = operation.schemes.first();
    let credential = scheme.map(|scheme| credential(scheme, &operation.api, keyring)).transpose();
    let (arguments, credential) = match (validate(operation, draft), credential) {
        (Ok(arguments), Ok(credential)) => (arguments, credential),
        (arguments, credential) => {
            let issues = arguments.err().into_iter().chain(credential.err()).flatten();
            return Err(CallError::Fields(issues.collect()));
        }
    };
    let unsigned = build(operation, &arguments)?;
    let signed = sign(unsigned, scheme, credential.as_ref(), moment)?;
    Ok(route(signed, connection))
}

/// The headers that signing will add, for a preview of a call that cannot be signed yet.
pub fn signing_headers(scheme: &Scheme) -> Vec<&str> {
    match scheme {
        Scheme::Token { header, .. } => vec![header],
        Scheme::Acs3 { .. } => vec!["Authorization", "x-acs-action", "x-acs-date"],
    }
}
