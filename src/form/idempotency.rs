//! When a generated value (an idempotency token) is kept and when it is made anew.
//!
//! The API recognises a repeated call by its token. After an answer that settles the matter the next call is a new
//! one. After a lost answer the same request must carry the same token, and a different request must not.

use super::draft::Draft;
use crate::catalog::Operation;

/// Remembers the calls whose result is uncertain, until the same call has a certain one.
#[derive(Debug, Clone, Default)]
pub struct Idempotency {
    uncertain: Vec<Draft>,
}

impl Idempotency {
    /// With these calls in memory.
    pub fn new(uncertain: Vec<Draft>) -> Self {
        Self { uncertain }
    }

    /// The calls whose result is uncertain.
    pub fn uncertain(&self) -> &[Draft] {
        &self.uncertain
    }

    /// To be called with every result. `sent` is the form that led to it, `current` the form as it stands now: it may
    /// have been edited meanwhile.
    pub fn settle(
        &mut self,
        operation: &Operation,
        sent: &Draft,
        current: &mut Draft,
        certain: bool,
        new_id: &mut dyn FnMut() -> String,
    ) {
        self.uncertain.retain(|other| !is_same_request(operation, other, sent));
        if !certain {
            self.uncertain.push(sent.clone());
        }
        let spent = certain || !is_same_request(operation, sent, current);
        if spent && current.generated(operation) == sent.generated(operation) {
            current.generate(operation, new_id);
        }
    }

    /// To be called after every edit: a draft that has become another request gets a token of its own, one that is
    /// the uncertain request again gets that one's token back. A token that the user typed is left alone.
    pub fn follow(&self, operation: &Operation, before: &Draft, draft: &mut Draft, new_id: &mut dyn FnMut() -> String) {
        let uncertain = |draft| self.uncertain.iter().find(|other| is_same_request(operation, other, draft));
        match (uncertain(before), uncertain(draft)) {
            (Some(was), None) if draft.generated(operation) == was.generated(operation) => {
                draft.generate(operation, new_id);
            }
            (was, Some(is)) if was != Some(is) => *draft = is.clone(),
            _ => {}
        }
    }
}

/// Whether two forms ask for the same, whatever their tokens.
fn is_same_request(operation: &Operation, a: &Draft, b: &Draft) -> bool {
    a.without_generated(operation) == b.without_generated(operation)
}

#[cfg(test)]
mod tests;
