//! What one operation's page keeps: the form, what is wrong with it, and the call that it sent last.

use super::site::OperationKey;
use crate::call::CallId;
use crate::catalog::{Field, Operation, Schema};
use crate::follow::preconditions::Finding;
use crate::form::{Draft, FieldIssue, FieldPath, Filling, Idempotency, Raw, Target, check_field};
use crate::ui::platform::random;
use leptos::prelude::*;
use std::sync::Arc;

/// Where the call of a form stands.
#[derive(Debug, Clone)]
pub(crate) enum CallState {
    Idle,
    Running {
        id: CallId,
        /// The form as it was sent; the user may go on editing.
        sent: Arc<Draft>,
        /// The same without the secrets of any profile, some of which may be gone when the answer comes.
        shown: Arc<Draft>,
    },
    Done {
        id: CallId,
        /// The form as it was sent.
        sent: Arc<Draft>,
        /// The same without the secrets of any profile.
        shown: Arc<Draft>,
    },
}

/// Handles to the state of one operation's page; copied freely.
#[derive(Clone, Copy)]
pub(crate) struct OperationForm {
    operation: StoredValue<Arc<Operation>>,
    pub(crate) draft: RwSignal<Draft>,
    pub(crate) issues: RwSignal<Vec<FieldIssue>>,
    pub(crate) call: RwSignal<CallState>,
    /// What was read of the preconditions before it.
    pub(crate) findings: StoredValue<Vec<Finding>>,
    /// Whether the inputs of the credential are shown, rather than one line.
    pub(crate) credential_open: RwSignal<bool>,
    /// What the simulation has filled in: inputs by their labels, and texts.
    pub(crate) examples: RwSignal<Vec<(String, String)>>,
    pub(crate) idempotency: RwSignal<Idempotency>,
    /// The fields whose text was pasted with blanks or invisible characters around it, which are gone.
    pub(crate) tidied: RwSignal<Vec<FieldPath>>,
    /// What filled the form besides the user, in a sentence, until its page is left.
    pub(crate) filled: RwSignal<String>,
    /// The form as it was filled last.
    filled_with: StoredValue<Option<Draft>>,
    /// What did not go in with it, in sentences.
    pub(crate) fill_warning: RwSignal<String>,
}

impl OperationForm {
    pub(crate) fn new(operation: Operation) -> Self {
        let draft = Draft::new(&operation, &mut random::new_id);
        Self {
            operation: StoredValue::new(Arc::new(operation)),
            draft: RwSignal::new(draft),
            issues: RwSignal::new(Vec::new()),
            call: RwSignal::new(CallState::Idle),
            findings: StoredValue::new(Vec::new()),
            credential_open: RwSignal::new(false),
            examples: RwSignal::new(Vec::new()),
            idempotency: RwSignal::new(Idempotency::default()),
            tidied: RwSignal::new(Vec::new()),
            filled: RwSignal::new(String::new()),
            filled_with: StoredValue::new(None),
            fill_warning: RwSignal::new(String::new()),
        }
    }

    pub(crate) fn operation(self) -> Arc<Operation> {
        self.operation.get_value()
    }

    pub(crate) fn key(self) -> OperationKey {
        self.operation.with_value(|operation| OperationKey::of(operation))
    }

    pub(crate) fn is_running(self) -> bool {
        self.call.with(|call| matches!(call, CallState::Running { .. }))
    }

    pub(crate) fn is_running_untracked(self) -> bool {
        untrack(|| self.is_running())
    }

    /// Changes the form. A change that makes it another request gives it another idempotency token.
    pub(crate) fn edit(self, change: impl FnOnce(&mut Draft)) {
        let operation = self.operation();
        let before = self.draft.get_untracked();
        let mut draft = before.clone();
        change(&mut draft);
        self.idempotency.with_untracked(|rule| rule.follow(&operation, &before, &mut draft, &mut random::new_id));
        self.draft.set(draft);
    }

    /// Whether something stands in the form that was never sent and would be lost.
    pub(crate) fn would_lose(self, next: &Draft) -> bool {
        let (operation, typed) = (self.operation(), self.draft.get_untracked());
        let is_same = |other: &Draft| typed.is_same_request(other, &operation);
        let is_new = is_same(&self.draft_at_first())
            || self.filled_with.with_value(|filled| filled.as_ref().is_some_and(is_same));
        !self.was_sent() && !is_new && !is_same(next)
    }

    /// Whether something stands in the form that was never sent, and that nothing has filled in.
    pub(crate) fn holds_typed(self) -> bool {
        let (typed, first) = (self.draft.get_untracked(), self.draft_at_first());
        let filled = self.filled_with.get_value().unwrap_or_else(|| first.clone());
        !self.was_sent() && typed.has_own_values(&[&first, &filled], &self.operation())
    }

    /// What fills the form has filled it: nobody has typed this.
    pub(crate) fn note_filled(self) {
        self.filled_with.set_value(Some(self.draft.get_untracked()));
    }

    fn draft_at_first(self) -> Draft {
        Draft::new(&self.operation(), &mut random::new_id)
    }

    /// Whether what stands in the form is what was sent last.
    fn was_sent(self) -> bool {
        let (operation, typed) = (self.operation(), self.draft.get_untracked());
        let is_same = |other: &Draft| typed.is_same_request(other, &operation);
        self.call.with_untracked(|call| matches!(call, CallState::Done { sent, .. } if is_same(sent)))
    }

    /// Whether these pairs of a link would replace something that was typed and never sent.
    pub(crate) fn would_overwrite(self, pairs: &[(String, String)]) -> bool {
        let (operation, typed) = (self.operation(), self.draft.get_untracked());
        let mut next = typed.clone();
        next.fill_from_link(&operation, pairs);
        let pairs_of = |draft: &Draft| draft.to_pairs(&operation).pairs;
        let mut others = pairs_of(&next);
        others.extend(pairs_of(&self.draft_at_first()));
        self.filled_with.with_value(|filled| others.extend(filled.iter().flat_map(pairs_of)));
        let is_lost = |pair: &(String, String)| !Draft::is_server_pair(&operation, &pair.0) && !others.contains(pair);
        !self.was_sent() && pairs_of(&typed).iter().any(is_lost)
    }

    /// Puts the pairs of a link into the form.
    pub(crate) fn fill_from_link(self, pairs: &[(String, String)]) -> Filling {
        let operation = self.operation();
        let mut filling = Filling::default();
        self.edit(|draft| filling = draft.fill_from_link(&operation, pairs));
        self.drop_issues_of(&filling.filled);
        self.note_filled();
        filling
    }

    /// Removes blanks and invisible characters that were pasted with the texts of parameters.
    pub(crate) fn tidy(self) {
        let operation = self.operation();
        let mut draft = self.draft.get_untracked();
        let found = draft.tidy_all(&operation);
        if !found.is_empty() {
            self.edit(|current| *current = draft);
            self.tidied.update(|tidied| tidied.extend(found));
        }
    }

    /// Puts a value into a field, by the field's name.
    pub(crate) fn fill(self, name: &str, value: &serde_json::Value) {
        let operation = self.operation();
        if let Some(field) = operation.fields().into_iter().find(|field| field.name == name) {
            self.edit(|draft| draft.set_as(&FieldPath::of(field), &field.schema, value));
            self.issues.update(|issues| issues.retain(|issue| issue.target.name() != name));
        }
    }

    /// What stands in a field came from the simulation, which knows no thing of a real cloud.
    pub(crate) fn note_simulated(self, name: &str, value: &str) {
        self.examples.update(|examples| examples.push((name.to_owned(), value.to_owned())));
    }

    /// What was wrong with these fields is so no more: something else was filled in.
    pub(crate) fn drop_issues_of(self, filled: &[String]) {
        // What is wrong with a group is wrong with its parts, and with a list if one of its items is.
        let is_in = |part: &str, whole: &str| {
            part.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.issues.update(|issues| {
            issues.retain(|issue| {
                let name = issue.target.name();
                !filled.iter().any(|filled| is_in(name, filled) || is_in(filled, name))
            });
        });
    }

    /// The id of the control of a field, by the field's name.
    pub(crate) fn control_of(self, name: &str) -> Option<String> {
        let operation = self.operation();
        let path = FieldPath::of(operation.fields().into_iter().find(|field| field.name == name)?);
        Some(element_id(&Target::Field(path)))
    }

    /// Empties a field, by the field's name. Gives the id of its control.
    pub(crate) fn clear(self, name: &str) -> Option<String> {
        let operation = self.operation();
        let path = FieldPath::of(operation.fields().into_iter().find(|field| field.name == name)?);
        self.edit(|draft| draft.clear(&path));
        Some(element_id(&Target::Field(path)))
    }

    /// Whether the form is another request than the one that was answered last.
    pub(crate) fn has_changed(self) -> bool {
        let operation = self.operation();
        self.call.with(|call| match call {
            CallState::Done { sent, .. } => self.draft.with(|draft| !draft.is_same_request(sent, &operation)),
            _ => false,
        })
    }

    /// The text in a field, by the field's name; empty where there is none.
    pub(crate) fn text(self, name: &str) -> String {
        let operation = self.operation();
        let field = operation.fields().into_iter().find(|field| field.name == name);
        match field.map(|field| self.draft.with(|draft| draft.get(&FieldPath::of(field)).clone())) {
            Some(Raw::Text(text)) => text,
            _ => String::new(),
        }
    }

    /// The region that the form leads to; empty where the operation has none.
    pub(crate) fn region(self) -> String {
        let operation = self.operation();
        self.draft.with(|draft| draft.region_of(&operation))
    }

    /// The project that the form names; empty where it names none. It is the field whose values can be looked up with the
    /// provider, besides that of the thing itself.
    pub(crate) fn project(self) -> String {
        self.project_field().map(|name| self.text(&name)).unwrap_or_default()
    }

    fn project_field(self) -> Option<String> {
        let operation = self.operation();
        let subject = operation.impact.as_ref().and_then(|impact| impact.subject.as_ref());
        let is_project = |field: &&Field| field.schema.lookup.is_some() && Some(&field.name) != subject;
        operation.parameters.iter().find(is_project).map(|field| field.name.clone())
    }

    /// Begins in the project that another form of the provider names. Nobody has typed it here.
    pub(crate) fn take_project(self, other: Self) {
        let Some(name) = self.project_field().filter(|_| untrack(|| self.project()).is_empty()) else { return };
        let project = untrack(|| other.text(&name));
        if !project.is_empty() && other.operation().provider == self.operation().provider {
            self.fill(&name, &serde_json::Value::from(project.as_str()));
            if other.examples.with_untracked(|examples| examples.contains(&(name.clone(), project.clone()))) {
                self.note_simulated(&name, &project);
            }
            self.note_filled();
        }
    }

    /// Chooses the server of a region, if there is one.
    pub(crate) fn choose_region(self, region: &str) {
        let server = self.operation().servers.iter().position(|server| server.region == region);
        if let Some(server) = server.filter(|_| !region.is_empty()) {
            self.edit(|draft| draft.server = server);
        }
    }

    /// Replaces what is wrong with one target.
    pub(crate) fn replace_issues(self, target: &Target, found: Vec<FieldIssue>) {
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

/// The id of the button that sends.
pub(crate) const SEND_ID: &str = "send";

/// The id of the element that an issue is about.
pub(crate) fn element_id(target: &Target) -> String {
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
pub(crate) struct FieldValue {
    form: OperationForm,
    field: StoredValue<(FieldPath, Schema, bool)>,
}

impl FieldValue {
    pub(crate) fn new(form: OperationForm, path: FieldPath, field: &Field) -> Self {
        Self { form, field: StoredValue::new((path, field.schema.clone(), field.required)) }
    }

    pub(crate) fn raw(self) -> Raw {
        self.field.with_value(|(path, ..)| self.form.draft.with(|draft| draft.get(path).clone()))
    }

    /// Whether the field holds values that stand on their own, as an object's properties do.
    pub(crate) fn has_parts(self) -> bool {
        self.field
            .with_value(|(path, ..)| self.form.draft.with(|draft| *draft.get(path) == Raw::Unset && draft.has(path)))
    }

    /// The text in the field; empty when there is none.
    pub(crate) fn text(self) -> String {
        match self.raw() {
            Raw::Text(text) => text,
            _ => String::new(),
        }
    }

    /// Replaces the value. If something was wrong with the field, it is checked again at once: the message should go as
    /// soon as the value is right.
    pub(crate) fn set(self, raw: Raw) {
        let path = self.field.with_value(|(path, ..)| path.clone());
        self.form.edit(|draft| draft.set(path.clone(), raw));
        if self.form.tidied.with_untracked(|tidied| tidied.contains(&path)) {
            self.form.tidied.update(|tidied| tidied.retain(|other| *other != path));
        }
        self.check_again();
    }

    /// Checks the value if something was wrong with it.
    pub(crate) fn check_again(self) {
        let target = self.field.with_value(|(path, ..)| Target::Field(path.clone()));
        if self.form.issues.with_untracked(|issues| issues.iter().any(|issue| issue.target == target)) {
            self.check();
        }
    }

    /// Checks the value, as when the user leaves the control. One that is still empty is no mistake before the user wants
    /// to send. Browsers also send `blur` for a control that is taken off the page with the focus on it, and its state is
    /// gone by then.
    pub(crate) fn check(self) {
        self.form.tidy();
        self.field.try_with_value(|(path, schema, required)| {
            let target = Target::Field(path.clone());
            let is_told = self.form.issues.with_untracked(|issues| issues.iter().any(|issue| issue.target == target));
            if !is_told && !self.form.draft.with_untracked(|draft| draft.has(path)) {
                return;
            }
            let found = self.form.draft.with_untracked(|draft| check_field(path, schema, *required, draft));
            self.form.replace_issues(&target, found);
        });
    }

    /// Whether blanks or invisible characters around the text were removed.
    pub(crate) fn was_tidied(self) -> bool {
        let tidied = self.field.try_with_value(|(path, ..)| self.form.tidied.with(|tidied| tidied.contains(path)));
        tidied.unwrap_or_default()
    }
}
