//! What a description says of the time around a call: `check` in `x-preconditions` before it, `x-follow` on the links of its
//! answer after it, `x-recover` when its result is uncertain. The screen that needs it reads it, with [`Api::follow_up`]:
//! [`super::Operation`] has none of it.

mod read;

use super::load::Api;
use super::model::StatusRange;
use super::node::{CatalogError, Notes, Result};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Everything that is looked at before and after one operation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FollowUp {
    /// The links of its answers that are followed, each with those that come after it, in the order of the document.
    pub links: Vec<FollowLink>,
    /// What to look at when the result of the call is uncertain.
    pub recover: Option<Recover>,
    /// The preconditions that can be checked, in the order of the document.
    pub checks: Vec<Check>,
    /// What cannot be read, each with file, pointer and reason.
    pub omissions: Vec<CatalogError>,
}

impl FollowUp {
    /// The link to follow after an answer of this status: the first that no other one leads to.
    pub fn link(&self, status: u16) -> Option<&FollowLink> {
        let covers = |link: &&FollowLink| !link.is_later && link.status.covers(status).is_some();
        // The first of equals counts, and `max_by_key` gives the last.
        self.links.iter().rev().filter(covers).max_by_key(|link| link.status.covers(status))
    }

    /// The link of this name.
    pub fn link_named(&self, name: &str) -> Option<&FollowLink> {
        self.links.iter().find(|link| link.name == name)
    }
}

/// A link of an answer with `x-follow`.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowLink {
    /// Its key among the links.
    pub name: String,
    /// The statuses of the answers that have it.
    pub status: StatusRange,
    /// What is looked at, one after the other: its own look, and those of the links that `then` leads to.
    pub stages: Vec<Stage>,
    /// Another link leads to it.
    is_later: bool,
}

/// One look that is repeated until it says that something is over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    pub look: Look,
    pub timing: Timing,
    /// How far the change has got.
    pub progress: Option<String>,
    /// The provider's reason of a failure.
    pub reason: Option<String>,
    /// What it says is read from the thing itself: it proves the state.
    pub proof: bool,
    /// How to see the state where the API does not show it, step by step.
    pub see: Vec<String>,
    /// What is looked at besides, where no state names what this look saw.
    #[serde(default)]
    pub fallback: Option<Fallback>,
}

/// A look that tells of a change what another one does not show: that it failed, for instance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fallback {
    pub look: Look,
    pub progress: Option<String>,
    pub reason: Option<String>,
}

/// When to look, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timing {
    /// From the beginning to the first look.
    pub first: u32,
    /// From an answer to the next look; at least 1.
    pub interval: u32,
    /// From the beginning to when nobody can say any more what became of it.
    pub limit: u32,
}

/// A call that reads, and how to judge its answer. Pointers are those of RFC 6901, without `#`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// `operationId`, in the same document.
    pub operation: String,
    /// Fields of that operation and what to put there.
    pub parameters: Vec<(String, Operand)>,
    /// The item of a list that the look is about. Pointers of the others then begin at the item.
    pub item: Option<Item>,
    /// Error codes that mean that there is nothing to see.
    pub absent: Vec<String>,
    /// The first that holds counts.
    pub states: Vec<State>,
    /// Labels and pointers of what a person sees as evidence.
    pub shows: Vec<(String, String)>,
}

/// Which item of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// The pointer to the list.
    pub list: String,
    /// What its values must be.
    pub filter: Condition,
    /// Where an item says when it began. Items from before the call are of other calls.
    pub since: Option<String>,
    /// The pointer, from the root of the answer, to how many items all pages have together.
    pub total: Option<String>,
    /// What a person reads before the number of such items, where there is none.
    #[serde(default)]
    pub count: Option<String>,
}

/// What an answer means when a condition holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct State {
    pub when: Condition,
    pub is: Verdict,
}

/// Pointers and the values of which each must have one.
pub type Condition = Vec<(String, Vec<Operand>)>;

/// A value in a description.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Operand {
    Constant(Value),
    /// A runtime expression of OpenAPI about the call: `$request.path.id`, `$response.body#/job_id`.
    Expression(String),
    /// An ECMAScript regular expression that matches somewhere in the text.
    Pattern(String),
}

/// What an answer means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// It is going on.
    Running,
    /// It is over, as it was meant.
    Done,
    /// It is over, and was not carried out.
    Failed,
    /// The call was accepted, although its answer did not say so.
    CarriedOut,
    /// The call was not accepted.
    NotCarriedOut,
    /// The precondition is met.
    Pass,
    /// The precondition is not met.
    Fail,
    /// The vendor does not publish what decides.
    Depends,
    /// The thing is in the wanted state before the call.
    Already,
}

impl Verdict {
    /// What `is` can say in `x-follow`, in `x-recover` and in a check.
    const OF_FOLLOW: [(&'static str, Self); 3] =
        [("running", Self::Running), ("done", Self::Done), ("failed", Self::Failed)];
    const OF_RECOVER: [(&'static str, Self); 3] =
        [("carried-out", Self::CarriedOut), ("not-carried-out", Self::NotCarriedOut), ("running", Self::Running)];
    const OF_CHECK: [(&'static str, Self); 4] =
        [("pass", Self::Pass), ("fail", Self::Fail), ("depends", Self::Depends), ("already", Self::Already)];
}

/// How to find out whether a call with an uncertain result was carried out.
#[derive(Debug, Clone, PartialEq)]
pub struct Recover {
    pub look: Look,
    pub timing: Timing,
    /// The limit, in seconds, where the call was refused because something is under way. `None`: the same.
    pub limit_of_conflict: Option<u32>,
    /// The link to follow if it was.
    pub follow: Option<String>,
    /// Pointers into the answer that was lost, and the pointers at which the item has these values.
    pub with: Vec<(String, String)>,
    /// When the call can be repeated without being carried out twice. `None`: never.
    pub repeat: Option<Repeat>,
}

/// When a call with an uncertain result can be repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Repeat {
    /// At any time with the same values: the API recognises its token.
    SameToken,
    /// When nothing is seen of it until the limit, or the API says that it was not carried out.
    WhenAbsent,
}

/// A precondition that can be checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// Its place among [`super::Operation::preconditions`].
    pub precondition: usize,
    pub look: Look,
    /// What it means that there is nothing to see. `None`: it is not known.
    pub when_absent: Option<Verdict>,
}

impl Api {
    /// What is looked at before and after an operation. What cannot be read is left out and noted. `None`: the document
    /// has no operation of this id.
    pub fn follow_up(&self, operation: &str) -> Option<FollowUp> {
        let entry = self.operations.iter().find(|entry| entry.id == operation)?;
        let notes = Notes::new();
        let read = || -> Result<FollowUp> {
            let node = self.nodes(entry)?.1.noting(&notes);
            let known = |id: &str| self.operations.iter().any(|entry| entry.id == id);
            Ok(read::follow_up(&node, &known))
        };
        // An operation that cannot be reached is not offered either.
        let mut found = read().unwrap_or_default();
        found.omissions = notes.into_omissions();
        Some(found)
    }
}

#[cfg(test)]
mod tests;
