//! What one operation's page keeps: the form, its complaints, and the call.

use super::browser;
use crate::catalog::{Field, Operation, Schema};
use crate::form::{Draft, FieldIssue, FieldPath, Idempotency, Raw, Target, check_field};
use leptos::prelude::*;
use std::sync::Arc;

/// A call that is under way.
#[derive(Debug)]
pub(super) struct RunningCall {
    /// The form that was sent; the user may go on editing.
    pub(super) sent: Draft,
}

/// Where the call of a page stands. What came back is kept by the panels.
#[derive(Debug, Clone)]
pub(super) enum CallState {
    Idle,
    Running(Arc<RunningCall>),
    /// The part of the console that sends could not be loaded.
    NotSent,
    Done,
}

/// Handles to the state of one operation's page; copied freely.
#[derive(Clone, Copy)]
pub(super) struct CallModel {
    pub(super) operation: StoredValue<Arc<Operation>>,
    pub(super) draft: RwSignal<Draft>,
    pub(super) issues: RwSignal<Vec<FieldIssue>>,
    pub(super) call: RwSignal<CallState>,
    pub(super) idempotency: RwSignal<Idempotency>,
    /// Counts the calls: an answer to an older one is dropped.
    pub(super) generation: StoredValue<u64>,
    /// Nobody has seen the answer yet.
    pub(super) fresh: StoredValue<bool>,
}

impl CallModel {
    pub(super) fn new(operation: Operation) -> Self {
        let draft = Draft::new(&operation, &mut browser::new_id);
        Self {
            operation: StoredValue::new(Arc::new(operation)),
            draft: RwSignal::new(draft),
            issues: RwSignal::new(Vec::new()),
            call: RwSignal::new(CallState::Idle),
            idempotency: RwSignal::new(Idempotency::default()),
            generation: StoredValue::new(0),
            fresh: StoredValue::new(false),
        }
    }

    pub(super) fn operation(self) -> Arc<Operation> {
        self.operation.get_value()
    }

    pub(super) fn is_running(self) -> bool {
        self.call.with(|call| matches!(call, CallState::Running(_)))
    }

    pub(super) fn is_running_untracked(self) -> bool {
        self.call.with_untracked(|call| matches!(call, CallState::Running(_)))
    }

    /// Begins a call, or ends waiting for one: whatever is still under way counts as older from here on.
    pub(super) fn start(self) -> u64 {
        let generation = self.generation.get_value() + 1;
        self.generation.set_value(generation);
        generation
    }

    /// Changes the form. A change that makes it another request gives it another idempotency token.
    pub(super) fn edit(self, change: impl FnOnce(&mut Draft)) {
        let operation = self.operation();
        let before = self.draft.get_untracked();
        let mut draft = before.clone();
        change(&mut draft);
        self.idempotency.with_untracked(|rule| rule.follow(&operation, &before, &mut draft, &mut browser::new_id));
        self.draft.set(draft);
    }

    /// Replaces the complaints about one target.
    pub(super) fn replace_issues(self, target: &Target, found: Vec<FieldIssue>) {
        let unchanged =
            self.issues.with_untracked(|issues| issues.iter().filter(|issue| issue.target == *target).eq(found.iter()));
        if !unchanged {
            self.issues.update(|issues| {
                issues.retain(|issue| issue.target != *target);
                issues.extend(found);
            });
        }
    }
}

/// The id of the element that a complaint is about.
pub(super) fn element_id(target: &Target) -> String {
    let (place, name) = match target {
        Target::Field(path) => (path.location.name(), path.path.as_str()),
        Target::Variable(name) => ("server", name.as_str()),
        Target::Credential(label) => ("credential", label.as_str()),
    };
    let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("{place}-{name}")
}

/// One value of a form, for the control that shows it.
#[derive(Clone, Copy)]
pub(super) struct ModelField {
    model: CallModel,
    field: StoredValue<(FieldPath, Schema, bool)>,
}

impl ModelField {
    pub(super) fn new(model: CallModel, path: FieldPath, field: &Field) -> Self {
        Self { model, field: StoredValue::new((path, field.schema.clone(), field.required)) }
    }

    /// What stands there.
    pub(super) fn raw(self) -> Raw {
        self.field.with_value(|(path, ..)| self.model.draft.with(|draft| draft.get(path).clone()))
    }

    /// The text that stands there; empty when there is none.
    pub(super) fn text(self) -> String {
        match self.raw() {
            Raw::Text(text) => text,
            _ => String::new(),
        }
    }

    /// Replaces what stands there. A complaint about it is looked at again at once: it should go as soon as it is
    /// mended.
    pub(super) fn set(self, raw: Raw) {
        let path = self.field.with_value(|(path, ..)| path.clone());
        self.model.edit(|draft| draft.set(path.clone(), raw));
        let target = Target::Field(path);
        if self.model.issues.with_untracked(|issues| issues.iter().any(|issue| issue.target == target)) {
            self.check();
        }
    }

    /// Checks what stands there, as when the user leaves the control. Browsers also say so of a control that is taken
    /// off the page with the focus on it, and what it keeps is gone by then.
    pub(super) fn check(self) {
        self.field.try_with_value(|(path, schema, required)| {
            let found = self.model.draft.with_untracked(|draft| check_field(path, schema, *required, draft));
            self.model.replace_issues(&Target::Field(path.clone()), found);
        });
    }
}
