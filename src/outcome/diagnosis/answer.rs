//! An answer of the server.

use super::{Cause, Diagnosis, Remedy, Severity, Title};
use crate::catalog::{ErrorEntry, Operation, Retry};
use crate::clock::NOTABLE_SKEW;
use crate::outcome::{Answer, BodyKind, Outcome, UndecodableReason};
use crate::sign::SchemeKind;

/// What the error catalogue knows of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup<'a> {
    /// It is being fetched.
    Loading,
    /// It could not be fetched.
    Failed,
    /// The code is not in it.
    Unknown,
    /// The code is documented.
    Found(&'a ErrorEntry),
}

/// What an answer means. `lookup` matters for errors of the API only.
pub fn of_answer(answer: &Answer, operation: &Operation, lookup: Lookup<'_>) -> Diagnosis {
    let found = match &answer.outcome {
        Outcome::Success => success(operation),
        Outcome::Declined { field, value, meaning } => declined(field, value, meaning.as_deref()),
        Outcome::ApiError { code, message, status } => {
            let found = api_error(code, message, *status, lookup);
            credential(found, answer, operation, *status, lookup)
        }
        Outcome::HttpError { status, body } => http_error(*status, *body, answer.message.as_deref()),
        Outcome::Repeated => Diagnosis::new(Severity::Error, Title::Repeated).because(Cause::Repeated),
        Outcome::Undecodable { why, .. } => undecodable(why),
    };
    let found = if answer.outcome.is_certain() { found } else { found.may_have_happened(operation) };
    side_notes(found, answer, operation)
}

fn success(operation: &Operation) -> Diagnosis {
    if !operation.is_mutating() {
        return Diagnosis::new(Severity::Success, Title::Done);
    }
    let found = Diagnosis::new(Severity::Success, Title::Accepted).because(Cause::ChangeGoesOn);
    let steps = operation.impact.iter().flat_map(|impact| &impact.verify);
    steps.fold(found, |found, step| found.then(Remedy::Verify(step.clone())))
}

fn declined(field: &str, value: &str, meaning: Option<&str>) -> Diagnosis {
    let (field, value) = (field.to_owned(), value.to_owned());
    let title = Title::Declined { field: field.clone(), value: value.clone() };
    let found = Diagnosis::new(Severity::Error, title).because(Cause::FieldSaysNo { field: field.clone() });
    let found = match meaning {
        Some(meaning) => found.because(Cause::Meaning { field, value, meaning: meaning.to_owned() }),
        None => found,
    };
    found.then(Remedy::CheckPreconditions).then(Remedy::GiveRequestId)
}

fn api_error(code: &str, message: &str, status: u16, lookup: Lookup<'_>) -> Diagnosis {
    let title = Title::ApiError { code: code.to_owned(), message: headline(message) };
    let found = Diagnosis::new(Severity::Error, title);
    match lookup {
        Lookup::Loading => found.because(Cause::LookingUp),
        Lookup::Found(entry) => {
            let found = found.because(Cause::Documented(entry.meaning.clone()));
            let found = found.then(Remedy::Documented(entry.remedy.clone()));
            match retry(entry.retry) {
                Some(remedy) => found.then(remedy),
                None => found,
            }
        }
        Lookup::Unknown => {
            found.because(Cause::NotInCatalogue).because(Cause::Status(status)).then(Remedy::SearchErrorCentre)
        }
        Lookup::Failed => {
            found.because(Cause::CatalogueNotLoaded).because(Cause::Status(status)).then(Remedy::LoadCatalogueAgain)
        }
    }
}

/// What an error says about the proof of who sends: a key of somebody else, a token that is not accepted.
fn credential(
    mut found: Diagnosis,
    answer: &Answer,
    operation: &Operation,
    status: u16,
    lookup: Lookup<'_>,
) -> Diagnosis {
    let fault = if let Lookup::Found(entry) = lookup { entry.fault } else { None };
    let is_refused = matches!(status, 401 | 403) && !matches!(lookup, Lookup::Found(_));
    if let Some(theirs) = answer.foreign_key.clone().filter(|_| is_refused || fault.is_some()) {
        let own = operation.provider.clone();
        found.remedies.insert(0, Remedy::ChooseKeyOf(own.clone()));
        return found.because(Cause::ForeignKey { theirs, own });
    }
    let takes_token = operation.schemes().any(|scheme| matches!(scheme.kind, SchemeKind::Token | SchemeKind::Bearer));
    if status == 401 && takes_token && matches!(lookup, Lookup::Unknown | Lookup::Failed) {
        found.remedies.insert(0, Remedy::GetNewToken);
    }
    found
}

/// The first sentence or line of a message; some go on with everything that was signed.
fn headline(message: &str) -> String {
    const LONGEST: usize = 160;
    let line = message.lines().next().unwrap_or_default();
    let sentence = line.split_once(". ").map_or(line, |(first, _)| first);
    // Gateways write the lines of what they signed with bars between them.
    let before = sentence.split_once('|').and_then(|(before, _)| before.rsplit_once(", "));
    let sentence = before.map_or(sentence, |(before, _)| before);
    if sentence.chars().count() <= LONGEST {
        return sentence.to_owned();
    }
    sentence.chars().take(LONGEST).chain(['…']).collect()
}

fn retry(retry: Retry) -> Option<Remedy> {
    match retry {
        // The catalogue's own words say how to wait.
        Retry::No | Retry::Backoff => None,
        Retry::Yes => Some(Remedy::SendAgain),
        Retry::Later => Some(Remedy::SendAfterChange),
        Retry::Resign => Some(Remedy::SignAgain),
        Retry::SameToken => Some(Remedy::SendSameToken),
    }
}

fn http_error(status: u16, body: BodyKind, message: Option<&str>) -> Diagnosis {
    let remedy = match status {
        429 => Remedy::SlowDown,
        404 => Remedy::CheckRegionAndProxy,
        401 | 403 | 407 => Remedy::CheckProxyAccess,
        502..=504 => Remedy::AskAboutProxy,
        _ if body == BodyKind::Empty => Remedy::AskForLog,
        _ => Remedy::ReadBody,
    };
    let cause = message.map_or(Cause::Body(body), |message| Cause::Says(headline(message)));
    Diagnosis::new(Severity::Error, Title::HttpError(status)).because(cause).then(remedy)
}

fn undecodable(why: &UndecodableReason) -> Diagnosis {
    let why = &match why {
        UndecodableReason::Error(message) => UndecodableReason::Error(headline(message)),
        why => why.clone(),
    };
    let found = Diagnosis::new(Severity::Error, Title::Undecodable(why.clone()));
    let found = found.because(Cause::Undecodable(why.clone()));
    if *why == UndecodableReason::Html { found.then(Remedy::OpenProxyAddress) } else { found }
}

fn side_notes(mut found: Diagnosis, answer: &Answer, operation: &Operation) -> Diagnosis {
    if let Some(pause) = answer.retry_after {
        found.remedies.insert(0, Remedy::Wait(pause));
    }
    if let Some(label) = &answer.mislabelled {
        found.causes.push(Cause::Mislabelled(Some(label.clone()).filter(|label| !label.is_empty())));
    }
    if let Some(seconds) = answer.clock_skew.filter(|skew| skew.abs() >= NOTABLE_SKEW) {
        let signs = operation.schemes().any(|scheme| scheme.kind.traits().signs_time);
        found = found.because(Cause::ClockSkew { seconds, signs }).then(Remedy::SetClock);
    }
    found
}
