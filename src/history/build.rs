//! [`Exchange`] → [`Record`].

use super::limits::{MOST_OF_A_BODY, MOST_OF_A_NOTE};
use super::{
    AnswerRecord, BodyRecord, Details, FailureKind, FollowThrough, OutcomeKind, Record, RequestRecord, Standing,
    Summary, VERSION,
};
use crate::call::{CallFailure, Exchange, ShownRequest, ShownValue};
use crate::form::Draft;
use crate::outcome::{Answer, Outcome, Severity};
use crate::transport::{Reply, TransportError};
use serde_json::Value;
use time::OffsetDateTime;

/// What a result means, in the words that the page has for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Meaning {
    pub severity: Severity,
    pub title: String,
    pub causes: Vec<String>,
}

impl Record {
    /// What is kept of a call that is over. `sent`: the form that it was made of. `None`: the call was not sent, or the page
    /// has let go of its body, and what was kept before says more.
    pub fn of(exchange: &Exchange, sent: Option<&Draft>, meaning: Meaning) -> Option<Self> {
        let operation = &exchange.operation;
        let (answer, failure) = match &exchange.result {
            Ok((_, Answer { forgotten: Some(_), .. })) => return None,
            Ok((reply, answer)) => (Some((reply, answer)), None),
            Err(CallFailure::Transport(error)) => (None, Some(kind_of_failure(error))),
            Err(CallFailure::Stopped { .. }) => return None,
        };
        let id = exchange.id.to_string();
        let (code, message) = match answer.map(|(_, answer)| &answer.outcome) {
            Some(Outcome::ApiError { code, message, .. }) => (code.clone(), message.clone()),
            _ => Default::default(),
        };
        let ids = answer.map(|(_, answer)| answer.ids()).unwrap_or_default();
        let details = Details {
            version: VERSION,
            id: id.clone(),
            message,
            // What a browser says of a request that it cannot make may repeat the request.
            causes: if answer.is_some() { meaning.causes } else { Vec::new() },
            request: RequestRecord::of(&exchange.request),
            answer: answer.map(|(reply, answer)| AnswerRecord::of(reply, answer)),
            failure,
            form: sent.map_or(Value::Null, |draft| draft.to_value(operation)),
        };
        let summary = Summary {
            version: VERSION,
            id,
            started: milliseconds(exchange.started),
            took: u64::try_from(exchange.took.as_millis()).unwrap_or(u64::MAX),
            api: operation.api.clone(),
            operation: operation.id.clone(),
            api_title: operation.api_title.clone(),
            operation_title: operation.summary.clone(),
            act: exchange.act.clone(),
            subject: exchange.subject.clone(),
            region: exchange.region.clone(),
            connection: exchange.sender.connection.clone(),
            simulated: exchange.request.address.is_none(),
            status: answer.map(|(reply, _)| reply.status),
            outcome: answer.map_or(OutcomeKind::NoAnswer, |(_, answer)| kind_of_outcome(&answer.outcome)),
            certain: exchange.is_certain(),
            code,
            standing: match meaning.severity {
                Severity::Success => Standing::Good,
                Severity::Warning => Standing::Unsure,
                Severity::Error => Standing::Bad,
            },
            title: meaning.title,
            ids: ids.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            follow: None,
            pinned: false,
            note: String::new(),
            bytes: details.to_json().len() as u64,
        };
        Some(Self { summary, details })
    }
}

impl Record {
    /// What is kept of a call from the moment at which it is sent: nobody knows yet what becomes of it. When it is over, the
    /// record of all that is known takes the place of this one. `if_cancelled`: the call if nobody waited for it any more.
    pub fn of_sent(if_cancelled: &Exchange, sent: Option<&Draft>, title: String) -> Option<Self> {
        let meaning = Meaning { severity: Severity::Warning, title, causes: Vec::new() };
        let mut record = Self::of(if_cancelled, sent, meaning)?;
        record.details.failure = None;
        record.summary.certain = false;
        record.summary.bytes = record.details.to_json().len() as u64;
        Some(record)
    }
}

impl Details {
    /// Whether nobody knows what became of the call: no answer came, and nothing says why.
    pub fn is_unknown(&self) -> bool {
        self.answer.is_none() && self.failure.is_none()
    }
}

impl Summary {
    /// Takes over what a stored summary of the same call knows and a new one does not: what the user did with it, and the
    /// end of its change.
    pub fn keep_from(&mut self, stored: Self) {
        self.pinned = stored.pinned;
        self.note = stored.note;
        let is_newer = |own: &FollowThrough, other: &FollowThrough| own.at >= other.at;
        self.follow = match (self.follow.take(), stored.follow) {
            (Some(own), Some(other)) => Some(if is_newer(&own, &other) { own } else { other }),
            (own, other) => own.or(other),
        };
    }

    /// Replaces the note; what is longer than a note may be is cut.
    pub fn set_note(&mut self, note: &str) {
        self.note = note.trim().chars().take(MOST_OF_A_NOTE).collect();
    }
}

impl RequestRecord {
    fn of(request: &ShownRequest) -> Self {
        let header = |(name, value): &(String, ShownValue)| (name.clone(), value.text().to_owned());
        Self {
            method: request.method.clone(),
            url: request.url.clone(),
            address: request.address.clone(),
            headers: request.headers.iter().map(header).collect(),
            body: BodyRecord::of(request.body.as_bytes()),
        }
    }
}

impl AnswerRecord {
    fn of(reply: &Reply, answer: &Answer) -> Self {
        let bytes = answer.body_size(reply) as u64;
        let body = match (&answer.withheld, &answer.long) {
            (Some(_), _) => BodyRecord::Withheld(bytes),
            (None, Some(_)) => BodyRecord::beginning(&reply.body, bytes),
            (None, None) => BodyRecord::of(&reply.body),
        };
        Self { status: reply.status, headers: reply.headers.clone(), body }
    }
}

impl BodyRecord {
    /// The beginning of a masked body of so many bytes.
    fn beginning(body: &[u8], bytes: u64) -> Self {
        match std::str::from_utf8(body) {
            Err(_) => Self::Binary(bytes),
            Ok(text) => {
                let end = text.floor_char_boundary(MOST_OF_A_BODY);
                Self::Cut { beginning: text.get(..end).unwrap_or_default().to_owned(), bytes }
            }
        }
    }

    /// As much of a masked body as is kept.
    pub(super) fn of(body: &[u8]) -> Self {
        let bytes = body.len() as u64;
        match std::str::from_utf8(body) {
            Err(_) => Self::Binary(bytes),
            Ok(text) if text.len() <= MOST_OF_A_BODY => Self::Whole(text.to_owned()),
            Ok(_) => Self::beginning(body, bytes),
        }
    }
}

fn kind_of_outcome(outcome: &Outcome) -> OutcomeKind {
    match outcome {
        Outcome::Success => OutcomeKind::Success,
        Outcome::Declined { .. } => OutcomeKind::Declined,
        Outcome::ApiError { .. } => OutcomeKind::ApiError,
        Outcome::HttpError { .. } => OutcomeKind::HttpError,
        Outcome::Repeated => OutcomeKind::Repeated,
        Outcome::Undecodable { .. } => OutcomeKind::Undecodable,
    }
}

fn kind_of_failure(error: &TransportError) -> FailureKind {
    match error {
        TransportError::Offline => FailureKind::Offline,
        TransportError::TimedOut(_) => FailureKind::TimedOut,
        TransportError::Cancelled => FailureKind::Cancelled,
        TransportError::Blocked(_) => FailureKind::Blocked,
        TransportError::NotLoaded => FailureKind::NotLoaded,
        TransportError::WorkerStopped => FailureKind::WorkerStopped,
        TransportError::Browser(_) => FailureKind::NotMade,
    }
}

/// Milliseconds since 1970; the years that the type knows fit 64 bits.
pub(super) fn milliseconds(time: OffsetDateTime) -> i64 {
    i64::try_from(time.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}
