//! What an answer means, with the error catalogue of its provider.

use crate::call::{CallFailure, Exchange};
use crate::catalog::{Fault, Operation};
use crate::outcome::diagnosis::{self, Diagnosis, Lookup};
use crate::outcome::{Answer, Outcome};
use crate::transport::Reply;
use crate::ui::state::Stores;
use crate::ui::state::site::{CatalogueState, Site};
use crate::ui::words::{Message, answer_words, words};

/// What an answer means, as far as that is known by now: the catalogue arrives after the answer.
pub(crate) fn diagnose(site: Site, operation: &Operation, reply: &Reply, answer: &Answer) -> Diagnosis {
    let (Outcome::ApiError { code, message, .. }, Some(file)) = (&answer.outcome, &operation.errors) else {
        return diagnosis::of_answer(answer, operation, Lookup::Unknown);
    };
    let catalogue = site.catalogue(file);
    let lookup = match &catalogue {
        Some(CatalogueState::Ready(catalogue)) => {
            catalogue.find(code, reply.status, message).map_or(Lookup::Unknown, Lookup::Found)
        }
        Some(CatalogueState::Failed) => Lookup::Failed,
        _ => Lookup::Loading,
    };
    diagnosis::of_answer(answer, operation, lookup)
}

/// The same in words.
pub(crate) fn of_answer(site: Site, operation: &Operation, reply: &Reply, answer: &Answer) -> Message {
    answer_words().diagnosis(&diagnose(site, operation, reply, answer))
}

/// What became of a call, in words.
pub(crate) fn explain(stores: Stores, exchange: &Exchange) -> Message {
    explain_as(stores, exchange, |diagnosis| diagnosis)
}

/// The same with what has become known since.
pub(super) fn explain_as(stores: Stores, exchange: &Exchange, change: fn(Diagnosis) -> Diagnosis) -> Message {
    let diagnosis = match &exchange.result {
        Ok((reply, answer)) => diagnose(stores.site, &exchange.operation, reply, answer),
        Err(CallFailure::Transport(error)) => {
            diagnosis::of_transport_error(error, &exchange.operation, exchange.sender.passage)
        }
        Err(CallFailure::Stopped { failures, lockout, .. }) => return (words().explain.stopped)(*failures, *lockout),
    };
    answer_words().diagnosis(&change(diagnosis))
}

/// Whether the meaning of an answer is still on its way.
pub(crate) fn is_looking_up(site: Site, operation: &Operation, answer: &Answer) -> bool {
    let (Outcome::ApiError { .. }, Some(file)) = (&answer.outcome, &operation.errors) else { return false };
    !matches!(site.catalogue(file), Some(CatalogueState::Ready(_) | CatalogueState::Failed))
}

/// Whether nothing that is still to come can change what an answer means. A catalogue that did not come may come yet.
pub(crate) fn is_known_for_good(site: Site, operation: &Operation, answer: &Answer) -> bool {
    let (Outcome::ApiError { .. }, Some(file)) = (&answer.outcome, &operation.errors) else { return true };
    matches!(site.catalogue(file), Some(CatalogueState::Ready(_)))
}

/// Whether an outcome says that the signature was good. `None`: it says nothing of it. Without the catalogue every
/// refusal of who sends counts as a bad signature: better stopped too early than locked out.
pub(crate) fn signature_was_good(site: Site, operation: &Operation, outcome: &Outcome) -> Option<bool> {
    match outcome {
        Outcome::Success | Outcome::Declined { .. } => Some(true),
        Outcome::ApiError { code, message, status } => match fault(site, operation, code, *status, message) {
            Some(Some(Fault::Signature | Fault::Locked)) => Some(false),
            // Let in, and refused for another reason.
            Some(_) => (*status != 401).then_some(true),
            None => (*status == 401).then_some(false),
        },
        Outcome::HttpError { .. } | Outcome::Undecodable { .. } | Outcome::Repeated => None,
    }
}

/// What the catalogue says of the fault of a code. `None`: there is no such entry, or no catalogue.
fn fault(site: Site, operation: &Operation, code: &str, status: u16, message: &str) -> Option<Option<Fault>> {
    match site.catalogue(operation.errors.as_ref()?) {
        Some(CatalogueState::Ready(catalogue)) => catalogue.find(code, status, message).map(|entry| entry.fault),
        _ => None,
    }
}
