//! What is between a row and its calls: the form that it stands for, and what the end of a call means. The page uses it, and
//! so does the simulation.
//!
//! ```text
//!  RowSpec + token ──form──▶ Draft ── the line of crate::call ──▶ Exchange ──send_result──▶ SendResult
//!                              └──reads──▶ Read ── a look ──▶ LookResult ──read_result──▶ Checked, ReadResult
//! ```

use super::{CallNote, Checked, ReadResult, RowSpec, SendResult};
use crate::call::{CallFailure, CallId, Exchange, PlannedCall, Sender, ShownRequest};
use crate::catalog::{ErrorEntry, Fault, FollowUp, Operation, Retry};
use crate::credentials::Keyring;
use crate::follow::preconditions::{self, Read, Standing, Unknown};
use crate::follow::{Follow, LookResult, MissingValue, Origin, Subject};
use crate::form::{Draft, FieldPath};
use crate::outcome::Outcome;
use crate::proxy::{Connection, ConnectionKind};
use crate::transport::TransportError;
use std::sync::Arc;
use std::time::Duration;
use time::OffsetDateTime;
use uuid::{Builder, Variant, Version};

/// Why a row cannot become a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormError {
    /// The description has no such server any more.
    NoServer,
    /// The description has no such field any more.
    NoField(String),
}

/// The form of a row. Each form of one row has the same generated values: the API recognises a repeated call by them.
pub fn form(spec: &RowSpec, token: u128, operation: &Operation) -> Result<Draft, FormError> {
    let mut made = 0;
    let mut new_id = || {
        made += 1;
        generated(token, made)
    };
    let mut draft = Draft::new(operation, &mut new_id);
    if !spec.place.apply(operation, &mut draft) {
        return Err(FormError::NoServer);
    }
    for (name, value) in &spec.values {
        let field = operation.fields().into_iter().find(|field| field.name == *name);
        let field = field.ok_or_else(|| FormError::NoField(name.clone()))?;
        // A token that came with a list would be the same for many rows.
        if field.schema.generate.is_none() {
            draft.set_as(&FieldPath::of(field), &field.schema, value);
        }
    }
    Ok(draft)
}

/// A UUID of version 4, made from the token of the row.
fn generated(token: u128, number: u128) -> String {
    // The first is the token itself; the others differ from it and from each other.
    let mixed = token ^ (number - 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
    Builder::from_u128(mixed).with_version(Version::Random).with_variant(Variant::RFC4122).into_uuid().to_string()
}

/// The reads for the preconditions of a row. `draft`: [`form`].
pub fn reads(operation: &Operation, follow_up: &FollowUp, draft: &Draft) -> Result<Vec<Read>, MissingValue> {
    preconditions::reads(follow_up, &Subject::planned(operation, &shown(operation, draft)))
}

/// What is sent, as far as it does not depend on who sends it.
fn shown(operation: &Operation, draft: &Draft) -> ShownRequest {
    let connection = Connection { name: String::new(), kind: ConnectionKind::Direct };
    let call = PlannedCall { operation, draft, keyring: &Keyring::default(), connection: &connection };
    call.preview().unwrap_or_else(|_| ShownRequest {
        method: operation.method.to_string(),
        url: String::new(),
        address: None,
        headers: Vec::new(),
        body: String::new(),
        trace: Default::default(),
    })
}

/// What came of a read. `result`: [`LookResult::of`].
pub fn read_result(read: &Read, result: &LookResult) -> (Vec<Checked>, ReadResult) {
    let findings = read.judge(result).into_iter().map(|finding| Checked {
        precondition: finding.precondition,
        standing: finding.standing.name().to_owned(),
        evidence: finding.evidence,
        why: match &finding.standing {
            Standing::Unknown(Unknown::Refused(refusal)) => {
                // Some say the code again in place of a message.
                let message = Some(&refusal.message).filter(|message| **message != refusal.code);
                let parts = [Some(&refusal.code), message].into_iter().flatten();
                parts.filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
            }
            Standing::Unknown(why) => why.name().to_owned(),
            Standing::Pass | Standing::Fail | Standing::Depends | Standing::Already => String::new(),
        },
    });
    let found: Vec<Checked> = findings.collect();
    // A refusal that the check expects has said what there is to know.
    let is_known = found.iter().any(|checked| checked.why.is_empty());
    let outcome = match result {
        LookResult::NeedsCredential | LookResult::NoCredential => ReadResult::NeedsCredential,
        LookResult::NoAnswer { retry_after } => {
            ReadResult::NoAnswer { retry_after: retry_after.map(|wait| wait.as_secs()) }
        }
        LookResult::Refused(refusal) if refusal.temporary && !is_known => match refusal.status {
            500.. => ReadResult::NoAnswer { retry_after: refusal.retry_after },
            _ => ReadResult::Throttled { retry_after: refusal.retry_after },
        },
        LookResult::Body(_) | LookResult::Refused(_) | LookResult::NotOffered => ReadResult::Answered,
    };
    (found, outcome)
}

/// What came of the call of a row. `sent`: the form; `entry`: what the error catalogue says of the answer's code;
/// `not_sent`: the words of why nothing could be sent.
pub fn send_result(
    exchange: &Exchange,
    sent: &Draft,
    follow_up: &FollowUp,
    entry: Option<&ErrorEntry>,
    not_sent: &dyn Fn(&TransportError) -> String,
) -> SendResult {
    let result = plain_result(exchange, sent, follow_up, entry, not_sent);
    let may_be_its_own = exchange.is_conflict(entry) && exchange.may_have_come_twice() && follow_up.recover.is_some();
    if may_be_its_own { SendResult::Conflict(Box::new(result)) } else { result }
}

/// The same, as if no call came twice.
fn plain_result(
    exchange: &Exchange,
    sent: &Draft,
    follow_up: &FollowUp,
    entry: Option<&ErrorEntry>,
    not_sent: &dyn Fn(&TransportError) -> String,
) -> SendResult {
    let uncertain = || {
        let origin = Origin::of(exchange, sent);
        SendResult::Uncertain(Box::new(Follow::uncertain(origin, follow_up, exchange, None, Vec::new())))
    };
    if !exchange.is_certain() {
        return uncertain();
    }
    let (reply, answer) = match &exchange.result {
        Ok(answered) => answered,
        Err(CallFailure::Stopped { .. }) => return SendResult::NeedsCredential,
        Err(CallFailure::Transport(
            TransportError::Offline | TransportError::NotLoaded | TransportError::WorkerStopped,
        )) => return busy(String::new(), String::new(), 0, false, None),
        Err(CallFailure::Transport(error)) => return SendResult::NotSent(not_sent(error)),
    };
    let wait = answer.retry_after;
    match &answer.outcome {
        Outcome::Success => {
            let follow = |link| Follow::accepted(Origin::of(exchange, sent), link, exchange, answer.clock_skew);
            SendResult::Accepted(follow_up.link(reply.status).map(|link| Box::new(follow(link))))
        }
        Outcome::Declined { field, value, meaning } => SendResult::Refused {
            code: format!("{field}: {value}"),
            message: meaning.clone().unwrap_or_default(),
            status: reply.status,
        },
        Outcome::ApiError { code, message, status } => {
            let retry = entry.map_or(Retry::No, |entry| entry.retry);
            let throttled = retry == Retry::Backoff || is_too_many(*status);
            let (code, message, status) = (code.clone(), message.clone(), *status);
            match entry.and_then(|entry| entry.fault) {
                // The next call is signed with the time that this answer told.
                Some(Fault::Clock) => busy(code, message, status, false, wait),
                Some(_) => SendResult::NeedsCredential,
                None if status == 401 => SendResult::NeedsCredential,
                // The catalogue says so of faults after which nobody knows, whatever their status is.
                None if retry == Retry::SameToken => uncertain(),
                None if throttled || retry != Retry::No => busy(code, message, status, throttled, wait),
                None => SendResult::Refused { code, message, status },
            }
        }
        Outcome::HttpError { status: 401, .. } => SendResult::NeedsCredential,
        Outcome::HttpError { status, .. } if is_too_many(*status) => {
            busy(String::new(), String::new(), *status, true, wait)
        }
        Outcome::HttpError { status, .. } => {
            SendResult::Refused { code: String::new(), message: String::new(), status: *status }
        }
        Outcome::Repeated | Outcome::Undecodable { .. } => uncertain(),
    }
}

fn busy(code: String, message: String, status: u16, throttled: bool, retry_after: Option<Duration>) -> SendResult {
    SendResult::Busy { code, message, status, throttled, retry_after: retry_after.map(|wait| wait.as_secs().max(1)) }
}

fn is_too_many(status: u16) -> bool {
    matches!(status, 425 | 429)
}

/// A call that a page sent, or was about to send, which is gone: what [`super::Effect::Recover`] names.
#[derive(Debug, Clone, Copy)]
pub struct LostCall<'a> {
    pub spec: &'a RowSpec,
    pub token: u128,
    pub call: &'a str,
    pub since: OffsetDateTime,
    /// [`super::Head::connection`]
    pub connection: &'a str,
}

impl LostCall<'_> {
    /// The follow that finds out whether it was carried out.
    pub fn recover(self, operation: &Arc<Operation>, follow_up: &FollowUp, now: OffsetDateTime) -> SendResult {
        let Self { spec, token, call, since, connection } = self;
        // What the description has no more is missing when the look is made, and that is an end too.
        let draft = form(spec, token, operation).unwrap_or_default();
        let took: Duration = (now - since).try_into().unwrap_or_default();
        let exchange = Exchange {
            id: CallId::parse(call).unwrap_or(CallId::new(0)),
            operation: operation.clone(),
            subject: spec.subject.clone(),
            act: spec.act.clone(),
            region: spec.region.clone(),
            request: shown(operation, &draft),
            sender: Sender {
                connection: connection.to_owned(),
                profile: spec.profile.unwrap_or_default(),
                ..Sender::default()
            },
            result: Err(CallFailure::Transport(TransportError::TimedOut(took))),
            started: since,
            took,
            granted: None,
        };
        let origin = Origin { place: spec.place.clone(), ..Origin::of(&exchange, &draft) };
        SendResult::Uncertain(Box::new(Follow::uncertain(origin, follow_up, &exchange, None, Vec::new())))
    }

    /// The same, where the deployment does not describe the operation any more: nobody can find it out.
    pub fn give_up(self) -> SendResult {
        let Self { spec, token: _, call, since, connection } = self;
        let origin = Origin {
            id: call.to_owned(),
            api: spec.api.clone(),
            operation: spec.operation.clone(),
            subject: spec.subject.clone(),
            act: spec.act.clone(),
            region: spec.region.clone(),
            place: spec.place.clone(),
            connection: connection.to_owned(),
            profile: spec.profile,
        };
        SendResult::Uncertain(Box::new(Follow::not_offered(origin, since)))
    }
}

/// A call in one line.
pub fn note(exchange: &Exchange) -> CallNote {
    let answered = exchange.result.as_ref().ok();
    let (code, answer) = match answered.map(|(_, answer)| &answer.outcome) {
        Some(Outcome::ApiError { code, message, .. }) if code == message => (code.clone(), String::new()),
        Some(Outcome::ApiError { code, message, .. }) => (code.clone(), message.clone()),
        _ => Default::default(),
    };
    let request_id = answered.and_then(|(_, answer)| answer.request_ids.first());
    CallNote {
        status: answered.map(|(reply, _)| reply.status),
        code,
        request_id: request_id.map(|id| id.value.clone()).unwrap_or_default(),
        answer,
        ..CallNote::new(exchange.started, exchange.id.to_string(), exchange.operation.id.clone())
    }
}
