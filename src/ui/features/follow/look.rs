//! One look: a call that reads, with the connection, the server and the profile of the call that is followed.

use crate::call::{CallError, CallFailure, Exchange};
use crate::catalog::ErrorEntry;
use crate::follow::{Follow, LookRequest, LookResult, Origin};
use crate::form::{Draft, FieldIssue, Target};
use crate::outcome::Outcome;
use crate::ui::features::exchange::{PreparedCall, Reader, fill, learn, prepare_with};
use crate::ui::platform::random;
use crate::ui::state::Stores;
use crate::ui::state::lockout::Turn;
use crate::ui::state::site::{CatalogueState, OperationKey};
use crate::ui::words::words;
use leptos::prelude::*;
use web_sys::AbortController;

/// Calls an operation that reads. It stands in no log: the follow has what it says.
pub(crate) async fn look(stores: Stores, origin: &Origin, request: &LookRequest) -> LookResult {
    look_and_show(stores, origin, request).await.0
}

/// The same, with the call if one was made.
pub(crate) async fn look_and_show(
    stores: Stores,
    origin: &Origin,
    request: &LookRequest,
) -> (LookResult, Option<Exchange>) {
    // Until the answer is judged.
    let (call, _trial) = loop {
        let call = match prepare(stores, origin, request) {
            Ok(call) => call,
            Err(NotLooked { result, .. }) => return (result, None),
        };
        match stores.lockouts.turn(call.tried_key()) {
            Turn::Now(trial) => break (call, trial),
            // The time has gone on: the call is prepared anew.
            Turn::After(over) => {
                let refused = stores.lockouts.refused(call.tried_key());
                let _ = over.await;
                // The same secret would be refused once more.
                if stores.lockouts.refused(call.tried_key()) > refused {
                    return (LookResult::NoCredential, None);
                }
            }
        }
    };
    let finished = call.send(stores, AbortController::new().ok(), Reader::Console).await;
    learn(stores, &finished.exchange).await;
    (result(stores, &finished.exchange), Some(finished.exchange))
}

/// A look that was not made.
struct NotLooked {
    result: LookResult,
    /// What it lacks, in sentences.
    lacks: Vec<String>,
}

impl From<LookResult> for NotLooked {
    fn from(result: LookResult) -> Self {
        Self { result, lacks: Vec::new() }
    }
}

/// What the next look of a change lacks to be made, in sentences. It changes with the profiles.
pub(super) fn lacks(stores: Stores, follow: &Follow) -> Vec<String> {
    stores.profiles.keyring.track();
    let Some(request) = follow.next_request() else { return Vec::new() };
    prepare(stores, &follow.origin, &request).err().map(|not_looked| not_looked.lacks).unwrap_or_default()
}

/// Whether the next look, which is planned, has no credential. It changes with the profiles.
pub(crate) fn has_no_credential(stores: Stores, follow: &Follow) -> bool {
    stores.profiles.keyring.track();
    let request = follow.next_look().and_then(|_| follow.next_request());
    let prepared = request.map(|request| prepare(stores, &follow.origin, &request));
    matches!(prepared, Some(Err(NotLooked { result: LookResult::NoCredential, .. })))
}

/// Whether the next look could be made now.
pub(super) fn can_look(stores: Stores, follow: &Follow) -> bool {
    follow.next_request().is_some_and(|request| prepare(stores, &follow.origin, &request).is_ok())
}

/// The call, or what comes of the look without one.
fn prepare(stores: Stores, origin: &Origin, request: &LookRequest) -> Result<PreparedCall, NotLooked> {
    let key = OperationKey { api: origin.api.clone(), operation: request.operation.clone() };
    let operation = stores.follows.operation(key).filter(|operation| !operation.is_mutating());
    let connection = untrack(|| stores.settings.connection_named(&origin.connection));
    if untrack(|| stores.site.is_broken(&origin.api)) {
        // It may have come next time the page is loaded.
        return Err(LookResult::NoAnswer { retry_after: None }.into());
    }
    let (Some(operation), Some(connection)) = (operation, connection) else {
        return Err(LookResult::NotOffered.into());
    };
    // Another account must not look without the user's word. Who types a credential into a page that has none gives it.
    let own = origin.profile.unwrap_or_default();
    let is_there = stores.profiles.keyring.with_untracked(|keyring| keyring.profile(own).is_some());
    let is_typed = || {
        let chosen = untrack(|| stores.profiles.chosen(&operation.provider));
        chosen.is_some_and(|profile| profile.name.is_empty() && !profile.remembered)
    };
    if origin.profile.is_some() && !is_there && !stores.follows.is_adopted(&origin.id) && !is_typed() {
        return Err(LookResult::NoCredential.into());
    }
    let mut draft = Draft::new(&operation, &mut random::new_id);
    if !origin.place.apply(&operation, &mut draft) {
        return Err(LookResult::NotOffered.into());
    }
    fill(&operation, &mut draft, request.parameters.iter().map(|(name, value)| (name, value)));
    let prepared =
        stores.profiles.signing_as(own, |keyring| prepare_with(stores, &operation, &draft, keyring, connection));
    let call = match prepared {
        Some(Ok(call)) => call,
        Some(Err(CallError::Fields(issues)))
            if issues.iter().all(|issue| matches!(issue.target, Target::Credential(_))) =>
        {
            let sentence = |issue: &FieldIssue| (words().explain.violation)(issue.target.name(), &issue.broken);
            let lacks = issues.iter().map(sentence).collect();
            return Err(NotLooked { result: LookResult::NoCredential, lacks });
        }
        _ => return Err(LookResult::NotOffered.into()),
    };
    match call.stopped(stores, None).map(|stopped| stopped.result) {
        Some(Err(CallFailure::Stopped { failures, lockout, .. })) => {
            let lacks = vec![(words().explain.stopped)(failures, lockout).title];
            Err(NotLooked { result: LookResult::NoCredential, lacks })
        }
        Some(_) => Err(LookResult::NoCredential.into()),
        None => Ok(call),
    }
}

/// What a look says, with the error catalogue's word for a refusal.
pub(crate) fn result(stores: Stores, exchange: &Exchange) -> LookResult {
    with_entry(stores, exchange, |entry| LookResult::of(exchange, entry))
}

/// Uses what the error catalogue, as far as it is loaded, says of the code of an answer.
pub(crate) fn with_entry<T>(stores: Stores, exchange: &Exchange, use_it: impl FnOnce(Option<&ErrorEntry>) -> T) -> T {
    let catalogue = exchange.operation.errors.as_ref().and_then(|file| untrack(|| stores.site.catalogue(file)));
    let refused = exchange.result.as_ref().ok().and_then(|(_, answer)| match &answer.outcome {
        Outcome::ApiError { code, message, status } => Some((code, *status, message)),
        _ => None,
    });
    match (catalogue, refused) {
        (Some(CatalogueState::Ready(catalogue)), Some((code, status, message))) => {
            use_it(catalogue.find(code, status, message))
        }
        _ => use_it(None),
    }
}
