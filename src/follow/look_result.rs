//! What came of a look: the end of a call → [`LookResult`].

use crate::call::{CallFailure, Exchange};
use crate::catalog::{ErrorEntry, Fault, Retry};
use crate::outcome::{Outcome, UndecodableReason};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::Duration;

/// What came of a look.
#[derive(Debug, Clone, PartialEq)]
pub enum LookResult {
    /// The body of a success, secrets masked.
    Body(Value),
    /// The API refuses.
    Refused(Refusal),
    /// Nobody answered, or somebody on the way.
    NoAnswer { retry_after: Option<Duration> },
    /// There is no credential that the provider accepts. Nothing needs to have been sent.
    NeedsCredential,
    /// The deployment does not offer the operation, or the description has it no more.
    NotOffered,
}

/// The API's own words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Refusal {
    pub code: String,
    pub message: String,
    pub status: u16,
    /// It will be over by itself, as too many calls are.
    pub temporary: bool,
    /// How long the API asks to wait, in seconds.
    pub retry_after: Option<u64>,
}

impl LookResult {
    /// `entry`: what the error catalogue says of the answer's code.
    pub fn of(exchange: &Exchange, entry: Option<&ErrorEntry>) -> Self {
        let (reply, answer) = match &exchange.result {
            Ok(answered) => answered,
            Err(CallFailure::Transport(_)) => return Self::NoAnswer { retry_after: None },
            Err(CallFailure::Stopped { .. }) => return Self::NeedsCredential,
        };
        match &answer.outcome {
            // A look says what it needs of a body; what else the API always sends does not matter here.
            Outcome::Success
            | Outcome::Declined { .. }
            | Outcome::Undecodable { why: UndecodableReason::MissingField(_), .. } => match answer.value(reply) {
                Some(body) => Self::Body(body),
                None => Self::NoAnswer { retry_after: answer.retry_after },
            },
            Outcome::ApiError { code, message, status } => {
                let fault = entry.and_then(|entry| entry.fault);
                let retry = entry.map_or(Retry::No, |entry| entry.retry);
                match (fault, *status) {
                    // The next call is signed with the time that this answer told.
                    (Some(Fault::Clock), _) => Self::NoAnswer { retry_after: answer.retry_after },
                    (Some(_), _) | (None, 401) => Self::NeedsCredential,
                    _ => Self::Refused(Refusal {
                        code: code.clone(),
                        message: message.clone(),
                        status: *status,
                        temporary: retry != Retry::No || is_temporary(*status),
                        retry_after: answer.retry_after.map(|wait| wait.as_secs().max(1)),
                    }),
                }
            }
            Outcome::HttpError { status: 401, .. } => Self::NeedsCredential,
            Outcome::HttpError { status, .. } if !is_temporary(*status) => {
                let (code, message) = Default::default();
                Self::Refused(Refusal { code, message, status: *status, temporary: false, retry_after: None })
            }
            Outcome::HttpError { .. } | Outcome::Repeated | Outcome::Undecodable { .. } => {
                Self::NoAnswer { retry_after: answer.retry_after }
            }
        }
    }
}

/// Too many calls, or a fault on the other side.
fn is_temporary(status: u16) -> bool {
    status >= 500 || matches!(status, 408 | 425 | 429)
}
