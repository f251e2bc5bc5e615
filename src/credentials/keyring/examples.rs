//! What the simulation has put into profiles. None of it is sent to a cloud before the user has said so.

use super::Keyring;
use crate::catalog::SecurityRequirement;
use crate::credentials::ProfileId;
use crate::credentials::record::ProfileRecord;
use crate::form::{Broken, FieldIssue, Target};
use crate::sign::Secret;

impl Keyring {
    /// The simulation has filled in this text, or its answer gave it.
    pub fn note_example(&mut self, label: &str, text: &str) {
        let example = Secret::typed(label, text);
        if !example.is_empty() && !self.is_example(label, &example) {
            self.examples.push((label.to_owned(), example));
        }
    }

    /// What was the simulation's when the record was written is so still.
    pub(super) fn note_simulated(&mut self, record: &ProfileRecord<'_>) {
        for (label, secret) in record.typed().into_iter().filter(|(label, _)| record.simulated.contains(label)) {
            secret.with(|text| self.note_example(&label, text));
        }
    }

    fn is_example(&self, label: &str, secret: &Secret) -> bool {
        secret.with(|text| {
            self.examples.iter().any(|(input, example)| input == label && example.with(|example| example == text))
        })
    }

    /// Whether an input of a profile holds what the simulation has given.
    pub fn holds_example(&self, id: ProfileId, label: &str) -> bool {
        self.get(id, label).is_some_and(|secret| self.is_example(label, secret))
    }

    /// Whether any profile does.
    pub fn any_example(&self) -> bool {
        self.typed.values().flatten().any(|(label, secret)| self.is_example(label, secret))
    }

    /// What keeps a profile from proving itself to a cloud: the simulation's values, by the inputs that hold them.
    pub(crate) fn examples_in(&self, id: ProfileId, requirement: &SecurityRequirement) -> Vec<FieldIssue> {
        let held = requirement.inputs().into_iter().filter(|input| self.holds_example(id, &input.label));
        let issue = |label: &str| FieldIssue { target: Target::Credential(label.to_owned()), broken: Broken::Example };
        held.map(|input| issue(&input.label)).collect()
    }

    /// Settles what becomes of them in all profiles: they are cleared, or stay as the user's own.
    pub fn settle_examples(&mut self, keep: bool) {
        let mut typed = std::mem::take(&mut self.typed);
        if !keep {
            typed.values_mut().for_each(|own| own.retain(|label, secret| !self.is_example(label, secret)));
        }
        self.typed = typed;
        self.examples.clear();
    }
}
