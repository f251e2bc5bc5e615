//! What an answer is worth that came through a proxy.

use super::{Answer, Outcome, UndecodableReason};
use crate::catalog::{Kind, Operation, Response};
use crate::proxy::{PROXY_MARK, Passage};
use crate::transport::Reply;

/// Takes back a success of a change that the proxy may have made up: no proxy that drops a body, answers itself or cuts an
/// answer off may be believed that something was changed. One that vouches for the answer is believed.
pub fn doubt(answer: &mut Answer, operation: &Operation, reply: &Reply, passage: Passage) {
    let mark = reply.header(PROXY_MARK);
    match (passage, mark) {
        (Passage::Page | Passage::Provider, _) | (Passage::OwnProxy, Some("passed")) => return,
        (Passage::OwnProxy, Some("repeated")) => {
            answer.outcome = Outcome::Repeated;
            return;
        }
        _ => {}
    }
    if answer.outcome == Outcome::Success && operation.is_mutating() {
        let response = operation.response(reply.status);
        if let Some(why) = lacks(answer, reply, response) {
            answer.outcome = Outcome::Undecodable { status: reply.status, why };
        }
    }
}

/// What an answer lacks of what is documented.
fn lacks(answer: &Answer, reply: &Reply, response: Option<&Response>) -> Option<UndecodableReason> {
    let Some(response) = response else { return Some(UndecodableReason::Undocumented) };
    // A body that is withheld is not here, and is not empty.
    if answer.withheld.is_none() && answer.long.is_none() && reply.body.iter().all(u8::is_ascii_whitespace) {
        let is_documented = response.is_exact() && matches!(reply.status, 204 | 205 | 304);
        return (!is_documented).then_some(UndecodableReason::Empty);
    }
    match &response.schema.kind {
        Kind::Object(fields) if answer.fields.is_empty() && answer.tables.is_empty() => {
            fields.first().map(|field| UndecodableReason::MissingField(field.name.clone()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
