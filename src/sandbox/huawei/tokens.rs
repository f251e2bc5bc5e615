//! The tokens that IAM gave out. They are remembered after their end, so that their use can be told from nonsense.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::caller::Scope;
use crate::sandbox::ids::Ids;

/// What a token is good for, and until when.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) scope: Scope,
    pub(super) expires: OffsetDateTime,
}

/// All tokens given out, by their text.
#[derive(Default)]
pub(super) struct Tokens(BTreeMap<String, Token>);

impl Tokens {
    /// A new token, which looks like the signed message that a real one is.
    pub(super) fn issue(&mut self, ids: &mut Ids, token: Token) -> String {
        const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-";
        let text = format!("MII{}=", ids.text(BASE64, 1900));
        self.0.insert(text.clone(), token);
        text
    }

    pub(super) fn find(&self, text: &str) -> Option<&Token> {
        self.0.get(text)
    }
}
