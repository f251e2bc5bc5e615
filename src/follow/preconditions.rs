//! What must hold before a call, as far as the API tells: checks → reads → findings.
//!
//! Checks that read the same share one read. Nothing is sent while the form lacks what a read needs.

use super::judge::{Observation, Seen, judge};
use super::look_result::LookResult;
use super::resolve::{self, Subject};
use super::{MissingValue, Refusal};
use crate::catalog::follow::{Check, Look, Verdict};
use crate::catalog::{FollowUp, Precondition};
use serde_json::Value;

/// One read, and the checks that are judged by its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// `operationId`, in the API of the operation that is checked.
    pub operation: String,
    /// Fields of that operation and their values.
    pub parameters: Vec<(String, Value)>,
    checks: Vec<Check>,
}

/// What is known of one precondition.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Its place among [`crate::catalog::Operation::preconditions`].
    pub precondition: usize,
    pub standing: Standing,
    /// Labels and values.
    pub evidence: Vec<(String, String)>,
}

/// Whether a precondition is met.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    Pass,
    Fail,
    /// The vendor does not publish what decides.
    Depends,
    /// The thing is in the wanted state already.
    Already,
    /// The read says nothing, or there is none.
    Unknown(Unknown),
}

/// Why it is not known whether a precondition is met.
#[derive(Debug, Clone, PartialEq)]
pub enum Unknown {
    /// There is nothing to see of the thing.
    Absent,
    /// The description does not say what the answer means.
    Unclear,
    Refused(Refusal),
    NoAnswer,
    /// This computer has no network.
    Offline,
    NeedsCredential,
    NotOffered,
}

impl Unknown {
    /// The word of records.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Unclear => "unclear",
            Self::Refused(_) => "refused",
            Self::NoAnswer => "no-answer",
            Self::Offline => "offline",
            Self::NeedsCredential => "credential",
            Self::NotOffered => "not-offered",
        }
    }
}

impl Standing {
    /// The word of the screen.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Depends => "depends",
            Self::Already => "already",
            Self::Unknown(_) => "unknown",
        }
    }

    /// Whether somebody answered the read.
    pub const fn was_answered(&self) -> bool {
        !matches!(
            self,
            Self::Unknown(Unknown::NoAnswer | Unknown::Offline | Unknown::NeedsCredential | Unknown::NotOffered)
        )
    }
}

/// The preconditions that did not hold, each in the description's words with what was read.
pub fn unmet<'a>(texts: &'a [Precondition], findings: &'a [Finding]) -> Vec<(&'a str, &'a [(String, String)])> {
    let failed = findings.iter().filter(|finding| finding.standing == Standing::Fail);
    failed
        .filter_map(|finding| Some((texts.get(finding.precondition)?.text.as_str(), finding.evidence.as_slice())))
        .collect()
}

/// The reads for a form that is complete.
pub fn reads(follow_up: &FollowUp, subject: &Subject<'_>) -> Result<Vec<Read>, MissingValue> {
    let mut reads: Vec<Read> = Vec::new();
    for check in &follow_up.checks {
        let look = resolve::look(&check.look, subject)?;
        let parameters = constants(&look);
        let check = Check { look, ..check.clone() };
        let same = |read: &&mut Read| read.operation == check.look.operation && read.parameters == parameters;
        match reads.iter_mut().find(same) {
            Some(read) => read.checks.push(check),
            None => reads.push(Read { operation: check.look.operation.clone(), parameters, checks: vec![check] }),
        }
    }
    Ok(reads)
}

fn constants(look: &Look) -> Vec<(String, Value)> {
    let value = |(name, value): &(String, _)| Some((name.clone(), resolve::constant(value)?.clone()));
    look.parameters.iter().filter_map(value).collect()
}

impl Read {
    /// The places of the preconditions that this read is about.
    pub fn preconditions(&self) -> Vec<usize> {
        self.checks.iter().map(|check| check.precondition).collect()
    }

    /// What is known of each of them without an answer.
    pub fn unread(&self, why: &Unknown) -> Vec<Finding> {
        let finding = |precondition| {
            let standing = Standing::Unknown(why.clone());
            Finding { precondition, standing, evidence: Vec::new() }
        };
        self.preconditions().into_iter().map(finding).collect()
    }

    /// What its answer says of each of them. A read that is refused or fails is never a pass.
    pub fn judge(&self, result: &LookResult) -> Vec<Finding> {
        self.checks.iter().map(|check| judge_check(check, result)).collect()
    }
}

fn judge_check(check: &Check, result: &LookResult) -> Finding {
    let unknown = |why| (Standing::Unknown(why), Vec::new());
    let (standing, evidence) = match result {
        LookResult::Body(body) => {
            let Observation { seen, evidence, .. } = judge(&check.look, &body.value, None);
            (standing(check, seen), evidence)
        }
        LookResult::Refused(refusal) if check.look.absent.contains(&refusal.code) => {
            (standing(check, Seen::Absent), vec![(refusal.code.clone(), refusal.message.clone())])
        }
        LookResult::Refused(refusal) => unknown(Unknown::Refused(refusal.clone())),
        LookResult::NoAnswer { .. } => unknown(Unknown::NoAnswer),
        LookResult::NeedsCredential | LookResult::NoCredential => unknown(Unknown::NeedsCredential),
        LookResult::NotOffered => unknown(Unknown::NotOffered),
    };
    Finding { precondition: check.precondition, standing, evidence }
}

fn standing(check: &Check, seen: Seen) -> Standing {
    let verdict = match seen {
        Seen::Says(verdict) => Some(verdict),
        Seen::Absent => check.when_absent,
        Seen::Unclear => return Standing::Unknown(Unknown::Unclear),
    };
    match verdict {
        Some(Verdict::Pass) => Standing::Pass,
        Some(Verdict::Fail) => Standing::Fail,
        Some(Verdict::Depends) => Standing::Depends,
        Some(Verdict::Already) => Standing::Already,
        None => Standing::Unknown(Unknown::Absent),
        // No check can say these: they are refused when the description is read.
        Some(_) => Standing::Unknown(Unknown::Unclear),
    }
}

#[cfg(test)]
mod tests;
