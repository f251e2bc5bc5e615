//! What came of a look: the end of a call → [`LookResult`].

use crate::call::{CallFailure, Exchange};
use crate::catalog::{ErrorEntry, Fault, Retry};
use crate::outcome::{Answer, Outcome, UndecodableReason};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::Duration;

/// What came of a look.
#[derive(Debug, Clone, PartialEq)]
pub enum LookResult {
    Body(LookBody),
    /// The API refuses.
    Refused(Refusal),
    /// Nobody answered, or somebody on the way.
    NoAnswer {
        retry_after: Option<Duration>,
    },
    /// The provider does not accept the credential.
    NeedsCredential,
    /// There is no credential to look with: nothing was sent.
    NoCredential,
    /// The deployment does not offer the operation, or the description has it no more.
    NotOffered,
}

/// The body of a success, secrets masked.
#[derive(Debug, Clone, PartialEq)]
pub struct LookBody {
    pub value: Value,
    /// `None`: the answer does not tell.
    pub clock_skew: Option<ClockSkew>,
}

/// By how much the provider's clock is ahead of this computer's, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockSkew {
    pub least: i64,
    pub most: i64,
}

impl ClockSkew {
    pub(super) fn exactly(seconds: i64) -> Self {
        Self { least: seconds, most: seconds }
    }

    /// The provider told its time at some moment while this was under way.
    fn of(answer: &Answer, took: Duration) -> Option<Self> {
        let least = answer.clock_skew?;
        let took = i64::try_from(took.as_secs()).unwrap_or(i64::MAX);
        Some(Self { least, most: least.saturating_add(took) })
    }
}

impl From<Value> for LookBody {
    fn from(value: Value) -> Self {
        Self { value, clock_skew: None }
    }
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
            Err(CallFailure::Stopped { .. }) => return Self::NoCredential,
        };
        match &answer.outcome {
            // A look says what it needs of a body; what else the API always sends does not matter here.
            Outcome::Success | Outcome::Undecodable { why: UndecodableReason::MissingField(_), .. } => {
                match answer.value(reply) {
                    Some(value) => Self::Body(LookBody { value, clock_skew: ClockSkew::of(answer, reply.took) }),
                    None => Self::NoAnswer { retry_after: answer.retry_after },
                }
            }
            // What such a body lists, or does not list, says nothing: the API did not do what it was asked.
            Outcome::Declined { field, value, meaning } => Self::Refused(Refusal {
                code: format!("{field}: {value}"),
                message: meaning.clone().unwrap_or_default(),
                status: reply.status,
                temporary: false,
                retry_after: answer.retry_after.map(|wait| wait.as_secs().max(1)),
            }),
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
