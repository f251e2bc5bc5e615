//! The error catalogues, and what is made of them.

use super::Panels;
use crate::catalog::{ErrorCatalogue, ErrorEntry, Fault, Operation};
use crate::outcome::diagnosis::{Lookup, of_answer};
use crate::outcome::{Answer, Outcome};
use crate::transport::Reply;
use crate::ui::load::fetch_text;
use crate::ui::words::{Message, words};
use leptos::prelude::*;
use std::sync::Arc;

/// An error catalogue on its way, or arrived.
#[derive(Debug, Clone)]
pub(super) enum CatalogueState {
    Loading,
    Ready(Arc<ErrorCatalogue>),
    Failed,
}

impl Panels {
    /// Fetches the error catalogue at `file`, once, on the first error.
    pub(super) async fn load_catalogue(self, file: String) {
        let known = self.catalogues.with_untracked(|known| {
            matches!(known.find(|other| *other == file), Some(CatalogueState::Loading | CatalogueState::Ready(_)))
        });
        if known {
            return;
        }
        self.catalogues.update(|known| known.insert(file.clone(), CatalogueState::Loading));
        let text = fetch_text(&file).await;
        let loaded = match text.map(|text| ErrorCatalogue::load(&file, &text)) {
            Ok(Ok(catalogue)) => CatalogueState::Ready(Arc::new(catalogue)),
            _ => CatalogueState::Failed,
        };
        self.catalogues.update(|known| known.insert(file, loaded));
    }

    /// An answer in words, with the meaning of its code as far as that is known by now.
    pub(super) fn explain(self, operation: &Operation, reply: &Reply, answer: &Answer) -> Message {
        let (Outcome::ApiError { code, message, .. }, Some(file)) = (&answer.outcome, &operation.errors) else {
            return words().explain.diagnosis(&of_answer(answer, operation, Lookup::Unknown));
        };
        self.catalogues.with(|known| {
            let lookup = match known.find(|other| other == file) {
                Some(CatalogueState::Ready(catalogue)) => {
                    catalogue.find(code, reply.status, message).map_or(Lookup::Unknown, Lookup::Found)
                }
                Some(CatalogueState::Failed) => Lookup::Failed,
                _ => Lookup::Loading,
            };
            words().explain.diagnosis(&of_answer(answer, operation, lookup))
        })
    }

    /// Whether an outcome says that the signature was good. `None`: it says nothing of it. Without the catalogue every
    /// refusal of who sends counts as a bad signature: better stopped too early than locked out.
    pub(super) fn signature_was_good(self, operation: &Operation, outcome: &Outcome) -> Option<bool> {
        match outcome {
            Outcome::Success | Outcome::Declined { .. } => Some(true),
            Outcome::ApiError { code, message, status } => {
                match self.entry(operation, code, *status, message) {
                    Some(Some(Fault::Signature | Fault::Locked)) => Some(false),
                    // Let in, and refused for another reason.
                    Some(_) => (*status != 401).then_some(true),
                    None => (*status == 401).then_some(false),
                }
            }
            Outcome::HttpError { .. } | Outcome::Undecodable { .. } => None,
        }
    }

    /// What the catalogue says of the fault of a code. `None`: there is no such entry, or no catalogue.
    pub(super) fn entry(self, operation: &Operation, code: &str, status: u16, message: &str) -> Option<Option<Fault>> {
        let file = operation.errors.as_ref()?;
        self.catalogues.with(|known| match known.find(|other| other == file) {
            Some(CatalogueState::Ready(catalogue)) => {
                catalogue.find(code, status, message).map(|entry: &ErrorEntry| entry.fault)
            }
            _ => None,
        })
    }
}
