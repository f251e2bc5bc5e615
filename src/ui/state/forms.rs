//! The forms that were opened. They outlive their pages, so that nothing typed is lost by looking elsewhere.

use super::operation_form::OperationForm;
use super::site::OperationKey;
use super::snapshot::FormSnapshot;
use crate::catalog::Operation;
use indexmap::IndexMap;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub(crate) struct Forms {
    forms: StoredValue<IndexMap<OperationKey, OperationForm>>,
    /// The form on the screen; `None` on pages without one.
    pub(crate) current: RwSignal<Option<OperationForm>>,
    /// The forms of the version of the page before this one.
    snapshots: StoredValue<Vec<FormSnapshot>>,
    /// Forms belong to the whole page, not to the view that opened them.
    owner: StoredValue<Owner>,
}

impl Forms {
    pub(super) fn new(snapshots: Vec<FormSnapshot>) -> Self {
        Self {
            forms: StoredValue::new(IndexMap::new()),
            current: RwSignal::new(None),
            snapshots: StoredValue::new(snapshots),
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
        self.forms.update_value(|forms| {
            forms.insert(key, form);
        });
        form
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
