//! The schemes that compute nothing: tokens, and the two of HTTP authentication.

use super::scheme::{AUTHORIZATION, USER_NAME};
use super::{Secret, SignError};
use crate::catalog::{MASK, Scheme};
use crate::request::{Header, UnsignedRequest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

/// A header with a token as it is.
pub(super) fn token(name: &str, token: &Secret) -> Result<Header, SignError> {
    // The blanks around it are no part of a header's value (RFC 9110).
    let header = token.with(|token| Header::secret(name, token.trim(), MASK.to_owned()));
    header.ok_or_else(|| SignError::Characters(name.to_owned()))
}

/// RFC 6750, 2.1.
pub(super) fn bearer(token: &Secret) -> Result<Header, SignError> {
    token.with(|token| authorization("Bearer", token))
}

/// RFC 7617: user and password are UTF-8.
pub(super) fn basic(user: &Secret, password: Option<&Secret>) -> Result<Header, SignError> {
    user.with(|user| {
        // The first colon ends the name.
        if user.contains(':') {
            return Err(SignError::Characters(String::from(USER_NAME)));
        }
        let encode = |password: &str| {
            let both = Zeroizing::new([user, ":", password].concat());
            Zeroizing::new(STANDARD.encode(both.as_bytes()))
        };
        let encoded = password.map_or_else(|| encode(""), |password| password.with(encode));
        authorization("Basic", &encoded)
    })
}

fn authorization(scheme: &str, credentials: &str) -> Result<Header, SignError> {
    let value = Zeroizing::new([scheme, " ", credentials].concat());
    let header = Header::secret(AUTHORIZATION, &value, format!("{scheme} {MASK}"));
    header.ok_or_else(|| SignError::Characters(AUTHORIZATION.to_owned()))
}

/// Adds a token to the query.
pub(super) fn in_query(request: &mut UnsignedRequest, scheme: &Scheme, token: &Secret) {
    token.with(|token| request.add_secret(&scheme.name, token));
}
