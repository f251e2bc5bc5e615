//! [`crate::transport::Reply`] → [`Answer`] → [`Diagnosis`].
//!
//! [`read`] masks what is secret and decodes the rest. It never fails: an answer that cannot be read is an outcome as
//! well. [`diagnosis`] says what an answer means, as data; `ui::words` has the sentences.

pub mod diagnosis;
pub mod json;

mod body;
mod decode;
mod documented_value;
mod doubt;
mod error;
mod expression;
mod foreign_key;
mod judge;
mod link;
mod long;
mod mask;
mod read;
mod success;
mod table;
mod xml;

pub use diagnosis::{Diagnosis, Severity};
pub use doubt::doubt;
pub use expression::Expression;
pub use link::link_values;
pub use long::{BodyReading, BodySummary, BodyToRead, LONG, LongBody, UnreadReason, open, unread};
pub use read::{Reading, Unmasked, Withheld, read};
pub use table::{AnswerTable, Cell, Column};

use crate::catalog::MASK;
use crate::viewer::Mistake;
use std::time::Duration;

/// Everything an answer says.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The verdict.
    pub outcome: Outcome,
    /// The documented fields with their values, in the order of the description.
    pub fields: Vec<AnswerField>,
    /// The documented lists of objects.
    pub tables: Vec<AnswerTable>,
    /// What the body of an [`Outcome::HttpError`] says, where it has a message and no code.
    pub message: Option<String>,
    /// What support asks for, from body and headers.
    pub request_ids: Vec<RequestId>,
    /// How long the server asks to wait.
    pub retry_after: Option<Duration>,
    /// Whose access key the call was sent with, if it looks like one of another provider.
    pub foreign_key: Option<String>,
    /// By how much the server's clock is ahead of this computer's, in seconds.
    pub clock_skew: Option<i64>,
    /// The body is JSON but the answer says it is something else: what it says.
    pub mislabelled: Option<String>,
    /// The body, if it may hold secrets that could not be found: it is shown to a user who asks for it.
    pub withheld: Option<Withheld>,
    /// The body is long and in the worker; the reply has the beginning of it.
    pub long: Option<LongBody>,
    /// The page keeps the body no more: how many bytes it had.
    pub forgotten: Option<usize>,
}

impl Answer {
    /// The ids by which a call and its task are found again: those that support asks for, and the documented fields that are
    /// called an id.
    pub fn ids(&self) -> Vec<(&str, &str)> {
        let is_id =
            |name: &str| name.to_ascii_lowercase().ends_with("_id") || name.ends_with("Id") || name.ends_with("ID");
        let fields = self.fields.iter().filter(|field| is_id(&field.name) && field.value != MASK);
        let mut ids: Vec<(&str, &str)> = fields.map(|field| (field.name.as_str(), field.value.as_str())).collect();
        for id in &self.request_ids {
            if ids.iter().all(|(_, value)| *value != id.value) {
                ids.push((&id.source, &id.value));
            }
        }
        ids
    }
}

/// What became of a call that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Done, or accepted.
    Success,
    /// The status says success and a field says that it is not.
    Declined {
        /// The documented field.
        field: String,
        /// Its value.
        value: String,
        /// What the description says of the value.
        meaning: Option<String>,
    },
    /// The API refused, in its own words.
    ApiError { code: String, message: String, status: u16 },
    /// An HTTP error without an error of the API: often not the API that answered.
    HttpError {
        status: u16,
        /// What the body is.
        body: BodyKind,
    },
    /// The proxy has passed the same call before, and did not pass it again.
    Repeated,
    /// The status says success, and the body is not what the API answers.
    Undecodable {
        status: u16,
        /// What is wrong with the body.
        why: UndecodableReason,
    },
}

impl Answer {
    /// Takes back a success that gives no credential although the call is made for one. `missing`: the header or the field
    /// that is not in the answer.
    pub fn lacks_credential(&mut self, status: u16, missing: Option<&str>) {
        if let (Outcome::Success, Some(missing)) = (&self.outcome, missing) {
            self.outcome = Outcome::Undecodable { status, why: UndecodableReason::NoCredential(missing.to_owned()) };
        }
    }
}

impl Outcome {
    /// What the answer says of what went wrong; empty where it does not.
    fn message(self) -> String {
        match self {
            Self::ApiError { message, code, .. } => {
                if message.is_empty() {
                    code
                } else {
                    message
                }
            }
            Self::Undecodable { why: UndecodableReason::Error(message), .. } => message,
            Self::Declined { meaning, .. } => meaning.unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// Whether it is settled what happened. If not, a mutating call may have been carried out.
    pub fn is_certain(&self) -> bool {
        match self {
            Self::Success | Self::Declined { .. } => true,
            // Some gateways send the status of HTTP as the code, and 200 before it.
            Self::ApiError { status: 200..300, code, .. } => {
                !(code == "408" || code.len() == 3 && code.starts_with('5') && code.bytes().all(|b| b.is_ascii_digit()))
            }
            Self::ApiError { status, .. } | Self::HttpError { status, .. } => *status < 500 && *status != 408,
            Self::Undecodable { .. } | Self::Repeated => false,
        }
    }
}

/// What a body looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyKind {
    Empty,
    /// A web page, from a proxy or a login in between.
    Html,
    /// JSON without an error that is known.
    Json,
    Text,
    /// No text at all.
    Binary,
}

/// Why a body with a status of success cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UndecodableReason {
    Empty,
    Html,
    /// It claims to be JSON and is not: where it stops to be it, as far as that is known.
    BrokenJson(Option<Mistake>),
    /// Something else, as the `Content-Type` says.
    NotJson(String),
    /// JSON without a field that the API always sends.
    MissingField(String),
    /// An answer without the credential that the API gives: the header or the field in which it stands.
    NoCredential(String),
    /// JSON of another type than the documented one: a text instead of an object.
    OtherType,
    /// An answer that the API does not document.
    Undocumented,
    /// The body says that something went wrong, and has no code: its message, which may be empty.
    Error(String),
    /// The body came and was not read.
    Unread(UnreadReason),
}

/// A documented field of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerField {
    /// The path in the body, with dots.
    pub name: String,
    /// The value as it stands in the answer; strings without quotes.
    pub value: String,
    /// What the description says of the field.
    pub description: String,
    /// What the description says of this value.
    pub meaning: Option<String>,
}

/// An id under which the provider finds the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId {
    /// The header or the field it stands in.
    pub source: String,
    pub value: String,
}
