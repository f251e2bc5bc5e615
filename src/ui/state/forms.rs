//! The forms that were opened. They outlive their pages, so that nothing typed is lost by looking elsewhere.

use super::operation_form::OperationForm;
use super::site::OperationKey;
use super::snapshot::FormSnapshot;
use crate::catalog::Operation;
use crate::ui::on_use::on_use;
use indexmap::IndexMap;
use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen_futures::spawn_local;

#[derive(Clone, Copy)]
pub(crate) struct Forms {
    forms: StoredValue<IndexMap<OperationKey, OperationForm>>,
    /// The form on the screen; `None` on pages without one.
    pub(crate) current: RwSignal<Option<OperationForm>>,
    /// The forms of the version of the page before this one.
    snapshots: StoredValue<Vec<FormSnapshot>>,
    /// What the answers that gave credentials said of other calls.
    filled_by_answers: StoredValue<Vec<FilledByAnswer>>,
    /// Forms belong to the whole page, not to the view that opened them.
    owner: StoredValue<Owner>,
}

on_use! { pages =>
    /// A form that was not the first one begins with what is known of the others.
    fn take_over(forms: Forms, form: OperationForm) -> () {
        forms.filled_by_answers.with_value(|values| values.iter().rev().for_each(|value| value.fill(form)));
        // The latest first.
        forms.all().into_iter().rev().filter(|other| other.key() != form.key()).for_each(|other| form.take_project(other));
    }
}

/// A value for a field of a provider's operations, such as the project of a token.
#[derive(Clone)]
pub(crate) struct FilledByAnswer {
    pub(crate) provider: String,
    pub(crate) name: String,
    pub(crate) value: String,
    /// The simulation gave it.
    pub(crate) simulated: bool,
}

impl FilledByAnswer {
    /// Fills the field, if there is one and it is empty.
    fn fill(&self, form: OperationForm) {
        let Self { provider, name, value, simulated } = self;
        let operation = form.operation();
        let has_field = operation.parameters.iter().any(|field| field.name == *name);
        if operation.provider == *provider && has_field && untrack(|| form.text(name)).is_empty() {
            form.fill(name, &Value::from(value.as_str()));
            if *simulated {
                form.note_simulated(name, value);
            }
        }
    }
}

impl Forms {
    pub(super) fn new(snapshots: Vec<FormSnapshot>) -> Self {
        Self {
            forms: StoredValue::new(IndexMap::new()),
            current: RwSignal::new(None),
            snapshots: StoredValue::new(snapshots),
            filled_by_answers: StoredValue::new(Vec::new()),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// The form of an operation.
    pub(crate) fn form(self, operation: Operation) -> OperationForm {
        let key = OperationKey::of(&operation);
        if let Some(form) = self.forms.with_value(|forms| forms.get(&key).copied()) {
            return form;
        }
        let form = self.owner.get_value().with(|| OperationForm::new(operation));
        self.snapshots.with_value(|snapshots| {
            if let Some(snapshot) = snapshots.iter().find(|snapshot| snapshot.is_of(&key)) {
                snapshot.restore(form);
            }
        });
        let is_first = self.forms.with_value(IndexMap::is_empty);
        self.forms.update_value(|forms| {
            forms.insert(key, form);
        });
        if !is_first {
            // Where the code does not come, the user types it.
            spawn_local(async move {
                let _ = take_over(self, form).await;
            });
        }
        form
    }

    /// Fills the forms, also those that are opened later.
    pub(crate) fn fill_all(self, values: Vec<FilledByAnswer>) {
        self.all().into_iter().for_each(|form| values.iter().for_each(|value| value.fill(form)));
        self.filled_by_answers.update_value(|known| known.extend(values));
    }

    /// The snapshots of forms that nobody has opened since.
    pub(super) fn unopened(self) -> Vec<FormSnapshot> {
        let opened: Vec<OperationKey> = self.forms.with_value(|forms| forms.keys().cloned().collect());
        let is_unopened = |snapshot: &&FormSnapshot| !opened.iter().any(|key| snapshot.is_of(key));
        self.snapshots.with_value(|snapshots| snapshots.iter().filter(is_unopened).cloned().collect())
    }

    /// Whether a secret stands in any form.
    pub(crate) fn hold_secrets(self) -> bool {
        let holds = |form: OperationForm| form.draft.with_untracked(|draft| draft.holds_secrets(&form.operation()));
        self.all().into_iter().any(holds)
    }

    /// Forgets the secrets that stand in forms.
    pub(crate) fn forget_secrets(self) {
        for form in self.all() {
            let operation = form.operation();
            if form.draft.with_untracked(|draft| draft.holds_secrets(&operation)) {
                form.draft.update(|draft| draft.drop_secrets(&operation));
            }
        }
    }

    pub(crate) fn all(self) -> Vec<OperationForm> {
        self.forms.with_value(|forms| forms.values().copied().collect())
    }
}
