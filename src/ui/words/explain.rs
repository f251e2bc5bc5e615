//! What every language says about results, mistakes and rules: one function an enum of the core.

use crate::call::CallError;
use crate::catalog::{CatalogError, Lockout};
use crate::config::ConfigIssue;
use crate::credentials::vault::VaultError;
use crate::diagnostics::{Address, Failure, Pass, SkipReason, Step, diagnose, diagnosis as step};
use crate::form::{Broken, Constraint, Warning};
use crate::outcome::diagnosis::{Cause, Diagnosis, Remedy, Title, comparison};
use crate::request::BuildError;
use crate::sign::compare::Comparison;

/// A diagnosis in words: what happened, why, and what to do.
pub(crate) type Message = Diagnosis<String, String, String>;

/// Fields, requests and files.
#[derive(Debug)]
pub(crate) struct ExplainWords {
    /// The provider locks a key after too many bad signatures: the console stopped after this many.
    pub(crate) stopped: fn(u64, Lockout) -> Message,
    /// A call of a panel lacks something: whole sentences. Empty: it is not known what.
    pub(crate) not_complete: fn(Vec<String>) -> Message,
    /// The rule that the value of a field breaks, after the field's name.
    pub(crate) violation: fn(&str, &Broken) -> String,
    /// A rule beside a control, as a part of a sentence.
    pub(crate) constraint: fn(&Constraint) -> String,
    /// What is odd about the value of a field, after the field's name.
    pub(crate) warning: fn(&str, &Warning) -> String,
    pub(crate) call_error: fn(&CallError) -> Message,
    pub(crate) build_error: fn(&BuildError) -> Message,
    /// The server's clock is this many seconds ahead.
    pub(crate) clock_off: fn(i64) -> String,
    /// Signatures are dated this many seconds later than the computer's clock.
    pub(crate) clock_offset: fn(i64) -> String,
}

/// The files of the site, where something is wrong with them.
#[derive(Debug)]
pub(crate) struct FileWords {
    pub(crate) catalog_error: fn(&CatalogError) -> Message,
    /// A part of a description that the console leaves out.
    pub(crate) omission: fn(&CatalogError) -> String,
    /// A description did not arrive, with the browser's complaint; `None`: it is there now.
    pub(crate) description_not_loaded: fn(&str, Option<&str>) -> Message,
    pub(crate) config_issue: fn(&ConfigIssue) -> String,
}

/// An answer, or none, and the server's text beside the console's.
#[derive(Debug)]
pub(crate) struct AnswerWords {
    pub(super) title: fn(&Title) -> String,
    pub(super) cause: fn(&Cause) -> String,
    pub(super) remedy: fn(&Remedy) -> String,
    /// The meaning of an HTTP status, in a few words.
    pub(crate) status: fn(u16) -> &'static str,
    /// A long answer has come and is being read.
    pub(crate) reading: &'static str,
    /// An answer gave a credential, which this profile holds now.
    pub(crate) granted: fn(&str) -> String,
    pub(super) comparison_title: fn(&comparison::Title) -> String,
    pub(super) comparison_cause: fn(&comparison::Cause) -> String,
    pub(super) comparison_remedy: fn(&comparison::Remedy) -> String,
}

impl AnswerWords {
    /// What became of a call.
    pub(crate) fn diagnosis(&self, found: &Diagnosis) -> Message {
        found.map(self.title, self.cause, self.remedy)
    }

    /// What the server's text says beside the console's.
    pub(crate) fn comparison(&self, found: &Comparison) -> Message {
        let found = comparison::of_comparison(found);
        found.map(self.comparison_title, self.comparison_cause, self.comparison_remedy)
    }
}

/// The check of a connection.
#[derive(Debug)]
pub(crate) struct CheckWords {
    /// The disclosure with the requests of the check.
    pub(crate) what_is_sent: &'static str,
    /// What is sent to each provider, by each of its addresses.
    pub(crate) sent: [&'static str; 4],
    /// What must be true for a step to pass.
    pub(crate) step: fn(Step) -> &'static str,
    /// The heading of a step that was not tried.
    pub(crate) step_skipped: fn(Step, SkipReason) -> String,
    pub(crate) passed: fn(&Pass) -> String,
    pub(crate) skipped: fn(SkipReason) -> &'static str,
    pub(super) step_title: fn(&step::Title) -> String,
    pub(super) step_cause: fn(&step::Cause) -> String,
    pub(super) step_remedy: fn(&step::Remedy) -> String,
}

impl CheckWords {
    /// What is wrong with a step, on the way through this address.
    pub(crate) fn fault(&self, fault: &Failure, address: &Address) -> Message {
        diagnose(fault, address).map(self.step_title, self.step_cause, self.step_remedy)
    }
}

/// The vault.
#[derive(Debug)]
pub(crate) struct VaultWords {
    pub(crate) vault_error: fn(&VaultError) -> Message,
    /// What a new passphrase must be: this many characters at least.
    pub(crate) passphrase_rule: fn(usize) -> String,
    pub(crate) passphrases_differ: fn() -> Message,
    /// Two tabs have changed these profiles.
    pub(crate) vault_conflict: fn(&[String]) -> Message,
}
