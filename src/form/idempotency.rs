//! When a generated value (an idempotency token) is kept and when it is made anew.
//!
//! The API recognises a repeated call by its token. After an answer that settles the matter the next call is a new
//! one. After a lost answer the same request must carry the same token, and a different request must not.

use super::draft::Draft;
use crate::catalog::Operation;

/// Remembers the call whose result is uncertain.
#[derive(Debug, Clone, Default)]
pub struct Idempotency {
    uncertain: Option<Draft>,
}

impl Idempotency {
    /// To be called with every result, and the draft that led to it. Gives the draft for the next call.
    pub fn settle(
        &mut self,
        operation: &Operation,
        sent: &Draft,
        certain: bool,
        new_id: &mut dyn FnMut() -> String,
    ) -> Draft {
        let mut next = sent.clone();
        self.uncertain = if certain {
            next.generate(operation, new_id);
            None
        } else {
            Some(next.clone())
        };
        next
    }

    /// To be called after every edit: a draft that has become another request gets a token of its own, one that is
    /// the uncertain request again gets that one's token back. A token that the user typed is left alone.
    pub fn follow(&self, operation: &Operation, before: &Draft, draft: &mut Draft, new_id: &mut dyn FnMut() -> String) {
        let Some(uncertain) = &self.uncertain else { return };
        let same = |a: &Draft, b: &Draft| a.without_generated(operation) == b.without_generated(operation);
        let (was, is) = (same(before, uncertain), same(draft, uncertain));
        if was && !is && before == uncertain {
            draft.generate(operation, new_id);
        } else if !was && is {
            *draft = uncertain.clone();
        }
    }
}

#[cfg(test)]
mod tests;
