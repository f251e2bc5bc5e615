//! What one version of the page hands to the next while the page is loaded again: the forms, the public halves of the
//! profiles and the connection, kept by the browser's tab. No secret is among them, and no answer.

use super::Stores;
use super::operation_form::OperationForm;
use super::site::OperationKey;
use crate::form::{Draft, Idempotency};
use crate::ui::platform::storage;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

const KEY: &str = "snapshot";

/// Raised when a member changes its meaning. A snapshot of another version is not read.
const VERSION: u32 = 1;

/// The state of a page.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Snapshot {
    version: u32,
    /// The name of the chosen connection.
    pub(crate) connection: String,
    /// As [`crate::credentials::Keyring::public_records`] writes them.
    pub(crate) profiles: String,
    pub(crate) forms: Vec<FormSnapshot>,
}

/// The state of one form.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FormSnapshot {
    api: String,
    operation: String,
    /// As [`Draft::to_value`] writes it.
    draft: Value,
    /// The calls whose result is uncertain.
    uncertain: Vec<Value>,
}

impl FormSnapshot {
    fn of(form: OperationForm) -> Self {
        let operation = form.operation();
        Self {
            api: operation.api.clone(),
            operation: operation.id.clone(),
            draft: form.draft.with_untracked(|draft| draft.to_value(&operation)),
            uncertain: form
                .idempotency
                .with_untracked(|rule| rule.uncertain().iter().map(|draft| draft.to_value(&operation)).collect()),
        }
    }

    pub(super) fn is_of(&self, key: &OperationKey) -> bool {
        self.api == key.api && self.operation == key.operation
    }

    pub(super) fn restore(&self, form: OperationForm) {
        let operation = form.operation();
        form.draft.set(Draft::from_value(&operation, &self.draft));
        let uncertain = self.uncertain.iter().map(|draft| Draft::from_value(&operation, draft));
        form.idempotency.set(Idempotency::new(uncertain.collect()));
    }
}

/// Takes the snapshot of the version before, if there was one a moment ago.
pub(super) fn take() -> Option<Snapshot> {
    let snapshot: Snapshot = serde_json::from_str(&storage::take_from_session(KEY)?).ok()?;
    (snapshot.version == VERSION).then_some(snapshot)
}

/// Keeps the state of the page for the version that comes. `false`: a call is under way, and its answer would be lost.
pub(crate) fn save(stores: Stores) -> bool {
    if stores.forms.all().into_iter().any(OperationForm::is_running_untracked) {
        return false;
    }
    let snapshot = Snapshot {
        version: VERSION,
        connection: untrack(|| stores.settings.connection()).name,
        profiles: stores.profiles.keyring.with_untracked(|keyring| keyring.public_records()),
        forms: stores.forms.all().into_iter().map(FormSnapshot::of).collect(),
    };
    if let Ok(text) = serde_json::to_string(&snapshot) {
        storage::keep_in_session(KEY, &text);
    }
    true
}
