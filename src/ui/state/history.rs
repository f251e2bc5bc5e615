//! What this page has written into the history, and why it could not. The history itself is in the browser's store.

use crate::form::Draft;
use crate::storage_error::StorageError;
use leptos::prelude::*;
use std::sync::Arc;

#[derive(Clone, Copy)]
pub(crate) struct History {
    /// The first call that could not be kept, and why. It is told once, beside its answer.
    pub(crate) not_kept: RwSignal<Option<(String, StorageError)>>,
    /// The calls of whose results more may be said.
    pub(crate) written: StoredValue<Vec<Written>>,
}

/// A call that was written.
pub(crate) struct Written {
    pub(crate) id: String,
    /// What was said of its result: the meaning of a code may arrive after the answer.
    pub(crate) said: Vec<String>,
    /// The form as it was sent, without its secrets; the form itself may have gone on.
    pub(crate) sent: Option<Arc<Draft>>,
}

impl History {
    pub(super) fn new() -> Self {
        Self { not_kept: RwSignal::new(None), written: StoredValue::new(Vec::new()) }
    }
}
