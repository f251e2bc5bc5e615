//! One call as it is stored: a summary, by which a list is made and searched, and the details.

use crate::follow::Phase;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The version that is written. [`super::RecordError`] says what is read besides.
pub const VERSION: u32 = 1;

/// One call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub summary: Summary,
    pub details: Details,
}

/// What a list of calls needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    pub version: u32,
    /// [`crate::call::CallId`], as text.
    pub id: String,
    /// When it was sent, in milliseconds since 1970, by this computer's clock.
    pub started: i64,
    /// From sending to the last byte, or to the failure, in milliseconds.
    pub took: u64,
    /// The API and its operation, by their ids and in words.
    pub api: String,
    pub operation: String,
    pub api_title: String,
    pub operation_title: String,
    /// The act in a few words; empty where the description has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub act: String,
    /// The thing that the call was about; empty where the description names none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub subject: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub region: String,
    pub connection: String,
    /// Answered inside the page.
    pub simulated: bool,
    /// The status of the HTTP answer; `None`: there is no answer.
    pub status: Option<u16>,
    pub outcome: OutcomeKind,
    /// Whether it is settled what happened.
    pub certain: bool,
    /// The error code of the API; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// How good the result is, and what it is called.
    pub standing: Standing,
    pub title: String,
    /// Names and values by which the call and its task are found again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<(String, String)>,
    /// What became of the change, as far as the console followed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow: Option<FollowThrough>,
    /// A pinned record is not dropped to make room.
    #[serde(default, skip_serializing_if = "is_false")]
    pub pinned: bool,
    /// What the user wrote.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The size of the details as they are stored.
    #[serde(default)]
    pub bytes: u64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(value: &bool) -> bool {
    !*value
}

/// [`crate::outcome::Outcome`] without its facts; [`Self::NoAnswer`] where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeKind {
    Success,
    Declined,
    ApiError,
    HttpError,
    Repeated,
    Undecodable,
    NoAnswer,
}

/// [`crate::outcome::Severity`] as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    Good,
    Unsure,
    Bad,
}

impl Standing {
    /// The word of `data-tone`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Unsure => "unsure",
            Self::Bad => "bad",
        }
    }
}

impl Summary {
    /// Whether it is good, in the word of `data-tone`, and what came of the call: with the end of the change, where that was
    /// followed to one.
    pub fn became(&self) -> (&'static str, String) {
        let ended = self.follow.as_ref().and_then(|follow| Some((Phase::tone_of(&follow.phase)?, &follow.sentence)));
        match ended {
            Some((tone, sentence)) => (tone, format!("{} → {sentence}", self.title)),
            None => (self.standing.name(), self.title.clone()),
        }
    }
}

/// How far a change was followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowThrough {
    /// The word of [`crate::follow::Phase`].
    pub phase: String,
    /// The same in a sentence.
    pub sentence: String,
    /// When the console last learnt of it, in milliseconds since 1970.
    pub at: i64,
    /// How many looks there were.
    pub looks: u32,
}

/// Everything else of a call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Details {
    pub version: u32,
    pub id: String,
    /// The API's own message; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub message: String,
    /// What the result means, in sentences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<String>,
    pub request: RequestRecord,
    /// What came back; `None`: nothing did.
    pub answer: Option<AnswerRecord>,
    /// Why nothing came back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<FailureKind>,
    /// The form that was sent, as [`crate::form::Draft::to_value`] writes it; `null` where no form was.
    #[serde(default)]
    pub form: Value,
}

/// What was sent, masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestRecord {
    pub method: String,
    /// The address at the provider.
    pub url: String,
    /// The address that was called; `None`: the request stayed in the page.
    pub address: Option<String>,
    pub headers: Vec<(String, String)>,
    pub body: BodyRecord,
}

/// What came back, masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerRecord {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: BodyRecord,
}

/// As much of a body as is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyRecord {
    /// All of it.
    Whole(String),
    /// The beginning of a body of so many bytes.
    Cut { beginning: String, bytes: u64 },
    /// So many bytes that are no text.
    Binary(u64),
    /// So many bytes that may hold secrets which could not be found: nothing of them is kept.
    Withheld(u64),
}

impl BodyRecord {
    /// The size of the whole body in bytes.
    pub const fn size(&self) -> u64 {
        match self {
            Self::Whole(text) => text.len() as u64,
            Self::Cut { bytes, .. } | Self::Binary(bytes) | Self::Withheld(bytes) => *bytes,
        }
    }

    /// The text that is kept.
    pub fn text(&self) -> &str {
        match self {
            Self::Whole(text) | Self::Cut { beginning: text, .. } => text,
            Self::Binary(_) | Self::Withheld(_) => "",
        }
    }
}

/// [`crate::transport::TransportError`] without the browser's own text, which may repeat anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    Offline,
    TimedOut,
    Cancelled,
    Blocked,
    NotLoaded,
    WorkerStopped,
    NotMade,
}
