//! One call, from the signed request to the explained answer. Forms, look-ups, credential flows and the check of a
//! connection all send their calls this way.

use super::diagnosis;
use super::issued_credential::{gives_credential, missing_credential, take_credential};
use crate::call::{CallError, CallFailure, CallId, Exchange, PlannedCall, Sender, ShownRequest, act, subject};
use crate::catalog::{Operation, SecurityRequirement};
use crate::credentials::Keyring;
use crate::form::{Draft, FieldPath};
use crate::outcome::{Answer, BodyToRead, Outcome, Reading, Unmasked, UnreadReason, doubt, read, unread};
use crate::proxy::{Connection, Passage, RoutedRequest};
use crate::sign::SigningTime;
use crate::transport::{Reply, TransportError};
use crate::ui::platform::fetch::Received;
use crate::ui::platform::timeout::{Limited, OnAbort, limited, next_turn};
use crate::ui::platform::worker_client::bodies;
use crate::ui::platform::{dates, fetch, random, site_files, url, worker_client};
use crate::ui::state::Stores;
use crate::ui::state::site::OperationKey;
use crate::ui::words::answer_words;
use js_sys::ArrayBuffer;
use leptos::prelude::*;
use serde_json::{Map, Value};
use std::sync::Arc;
use std::time::Duration;
use time::OffsetDateTime;
use web_sys::{AbortController, AbortSignal};
use zeroize::Zeroizing;

/// A call that is ready to be sent.
pub(crate) struct PreparedCall {
    pub(crate) id: CallId,
    operation: Arc<Operation>,
    routed: RoutedRequest,
    subject: String,
    act: String,
    region: String,
    sender: Sender,
    time_limit: Duration,
    /// Those of all profiles: one may stand in a field where none belongs.
    secrets: Vec<Zeroizing<String>>,
}

/// Who reads an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    /// A person, line by line. A long body is read by a worker.
    Person,
    /// The console itself takes values from it, and needs all of it.
    Console,
}

/// Without a worker the page reads a body of so many bytes, and stands still for a moment.
const MOST_ON_PAGE: usize = 5_000_000;

/// A call that is over, with what only the caller may see.
pub(crate) struct FinishedCall {
    pub(crate) exchange: Exchange,
    /// `None`: there is no answer.
    pub(crate) unmasked: Option<Unmasked>,
}

/// Signs the request that a form stands for, with the time of this moment and a nonce of its own.
pub(crate) fn sign_now(stores: Stores, operation: &Operation, draft: &Draft) -> Result<RoutedRequest, CallError> {
    let connection = untrack(|| stores.settings.connection());
    stores.profiles.keyring.with_untracked(|keyring| sign_with(stores, operation, draft, keyring, &connection))
}

fn sign_with(
    stores: Stores,
    operation: &Operation,
    draft: &Draft,
    keyring: &Keyring,
    connection: &Connection,
) -> Result<RoutedRequest, CallError> {
    let signing_time = SigningTime {
        now: stores.clocks.signing_time(&connection.name, &operation.provider),
        nonce: random::new_id().replace('-', ""),
    };
    PlannedCall { operation, draft, keyring, connection }.prepare(&signing_time)
}

/// Makes a call of a form, with the chosen connection and profile.
pub(crate) fn prepare_call(
    stores: Stores,
    operation: &Arc<Operation>,
    draft: &Draft,
) -> Result<PreparedCall, CallError> {
    let connection = untrack(|| stores.settings.connection());
    stores.profiles.keyring.with_untracked(|keyring| prepare_with(stores, operation, draft, keyring, connection))
}

/// The same with a given connection; `keyring` says which profile signs.
pub(crate) fn prepare_with(
    stores: Stores,
    operation: &Arc<Operation>,
    draft: &Draft,
    keyring: &Keyring,
    connection: Connection,
) -> Result<PreparedCall, CallError> {
    let routed = sign_with(stores, operation, draft, keyring, &connection)?;
    let profile = keyring.chosen(&operation.provider).map(|profile| profile.id);
    let sender = Sender {
        passage: connection.passage(),
        connection: connection.name,
        profile: profile.unwrap_or_default(),
        key: profile.and_then(|id| keyring.key_hash(id)).unwrap_or_default(),
        lockout: keyring.security(operation).and_then(SecurityRequirement::lockout),
    };
    let secrets = keyring.secret_texts();
    let mut shown = draft.clone();
    shown.mask(&secrets);
    Ok(PreparedCall {
        id: random::new_call_id(),
        operation: operation.clone(),
        subject: subject(operation, &shown),
        act: act(operation, draft).short,
        region: draft.region_of(operation),
        routed,
        sender,
        time_limit: Duration::from_secs(untrack(|| stores.settings.time_limit())),
        secrets,
    })
}

impl PreparedCall {
    /// A form without the secrets of any profile.
    pub(crate) fn masked(&self, form: &Draft) -> Arc<Draft> {
        let mut masked = form.clone();
        masked.mask(&self.secrets);
        Arc::new(masked)
    }

    /// Why this call must not be sent: the provider would soon lock its key. `before` is the call that led here.
    pub(crate) fn stopped(&self, stores: Stores, before: Option<Arc<Exchange>>) -> Option<Exchange> {
        let lockout = self.sender.lockout?;
        let failures = untrack(|| stores.lockouts.stopped(&self.sender.key))?;
        let before = before.and_then(|before| match &before.result {
            Err(CallFailure::Stopped { before, .. }) => before.clone(),
            _ => Some(before),
        });
        Some(self.over(Err(CallFailure::Stopped { failures, lockout, before }), Duration::ZERO, dates::now()))
    }

    /// The key that bad signatures would lock; empty if nobody locks it.
    pub(crate) fn tried_key(&self) -> &str {
        if self.sender.lockout.is_some() { &self.sender.key } else { "" }
    }

    /// What is kept of this call if nobody waits for its answer any more.
    pub(crate) fn cancelled(&self, started: OffsetDateTime) -> Exchange {
        self.over(Err(CallFailure::Transport(TransportError::Cancelled)), Duration::ZERO, started)
    }

    /// The call as it is kept when the code that sends has not come.
    pub(crate) fn not_sent(&self) -> Exchange {
        self.over(Err(CallFailure::Transport(TransportError::NotLoaded)), Duration::ZERO, dates::now())
    }

    /// Whether the answer may be long: it lists what another host has.
    fn may_be_long(&self) -> bool {
        !self.operation.is_mutating() && self.routed.address().is_some()
    }

    fn over(&self, result: Result<(Reply, Answer), CallFailure>, took: Duration, started: OffsetDateTime) -> Exchange {
        let mut request = ShownRequest::of(&self.routed);
        request.mask(&self.secrets);
        Exchange {
            id: self.id,
            operation: self.operation.clone(),
            subject: self.subject.clone(),
            act: self.act.clone(),
            region: self.region.clone(),
            request,
            sender: self.sender.clone(),
            result,
            started,
            took,
            granted: None,
        }
    }

    /// Sends the call and reads its answer: takes the credential that it may give, and learns the server's time.
    pub(crate) async fn send(
        &self,
        stores: Stores,
        controller: Option<AbortController>,
        reader: Reader,
    ) -> FinishedCall {
        let started = dates::now();
        if reader == Reader::Person && self.may_be_long() {
            bodies::prepare();
        }
        let received = match self.transmit(controller.clone()).await {
            Ok(received) => received,
            Err(error) => {
                let took = (dates::now() - started).try_into().unwrap_or_default();
                let exchange = self.over(Err(CallFailure::Transport(error)), took, started);
                return FinishedCall { exchange, unmasked: None };
            }
        };
        // A secret that was not sent, such as the one that signs, may come back all the same. The profiles may have been
        // locked meanwhile.
        let mut secrets = self.routed.signed().request().secrets();
        secrets.extend(self.secrets.iter().cloned());
        secrets.extend(stores.profiles.keyring.with_untracked(Keyring::secret_texts));
        let reading = match received.long {
            Some(bytes) if reader == Reader::Person && !gives_credential(stores, &self.operation) => {
                self.read_long(stores, &secrets, received.reply, bytes, controller, started).await
            }
            long => Ok(read(&self.operation, secrets, Received { reply: received.reply, long }.into_whole())),
        };
        let Reading { mut answer, shown, unmasked } = match reading {
            Ok(reading) => reading,
            Err((shown, answer)) => {
                let took = shown.took;
                return FinishedCall { exchange: self.over(Ok((shown, answer)), took, started), unmasked: None };
            }
        };
        doubt(&mut answer, &self.operation, &shown, self.sender.passage);
        if answer.clock_skew.is_some() {
            stores.clocks.skew.set(answer.clock_skew);
        }
        let granted = (200..300)
            .contains(&shown.status)
            .then(|| {
                let missing = missing_credential(stores, &self.operation, &unmasked);
                answer.lacks_credential(shown.status, missing.as_deref());
                let simulated = self.routed.address().is_none();
                take_credential(stores, &self.operation, self.sender.profile, &unmasked, simulated)
            })
            .flatten();
        let took = shown.took;
        let exchange = Exchange { granted, ..self.over(Ok((shown, answer)), took, started) };
        FinishedCall { exchange, unmasked: Some(unmasked) }
    }

    /// Reads a long body in a worker of its own; on this page, where that does not come. `Err`: the answer without its body.
    async fn read_long(
        &self,
        stores: Stores,
        secrets: &[Zeroizing<String>],
        reply: Reply,
        bytes: ArrayBuffer,
        controller: Option<AbortController>,
        started: OffsetDateTime,
    ) -> Result<Reading, (Reply, Answer)> {
        let unread = |why| unread(&self.operation, secrets, reply.clone(), why);
        let cancelled = self.over(Ok(unread(UnreadReason::Cancelled)), reply.took, started);
        stores.calls.begin_reading(self.id, cancelled, answer_words().reading);
        let body = bodies::reserve();
        // Whoever cancels ends the worker in the middle of its work.
        let _on_abort = OnAbort::new(controller, move || bodies::end(body));
        let asked = BodyToRead::new(&self.operation, secrets, &reply);
        let reading = match bodies::loaded(body).await {
            Ok(()) => bodies::read(body, asked, &bytes).await.map_err(|_| UnreadReason::WorkerStopped),
            Err(_) => {
                bodies::end(body);
                let length = bytes.byte_length() as usize;
                if length > MOST_ON_PAGE {
                    return Err(unread(UnreadReason::TooLong(length)));
                }
                let whole = Received { reply, long: Some(bytes) }.into_whole();
                return Ok(read(&self.operation, secrets.to_vec(), whole));
            }
        };
        // Each step in a turn of its own: the page answers its user between them.
        next_turn().await;
        match reading {
            Ok(reading) => {
                let reading = reading.finish(&self.operation, secrets, reply, body);
                next_turn().await;
                Ok(reading)
            }
            Err(why) => {
                bodies::end(body);
                Err(unread(why))
            }
        }
    }

    async fn transmit(&self, controller: Option<AbortController>) -> Result<Received, TransportError> {
        let limit = self.time_limit;
        let Some(address) = self.routed.address() else {
            let catalogue = async || site_files::fetch_text(self.operation.errors.as_ref()?).await.ok();
            return worker_client::send_to_sandbox(&self.routed, limit, catalogue).await.map(Received::from);
        };
        let address = url::absolute(address);
        let id = (self.sender.passage == Passage::OwnProxy).then(|| self.id.to_string());
        let send = async |signal: Option<AbortSignal>| {
            fetch::send(&address, &self.routed, id.as_deref(), signal.as_ref()).await
        };
        let Limited { result, aborted } = limited(limit, controller, send).await;
        result.map_err(|error| if aborted { TransportError::TimedOut(limit) } else { error })
    }
}

/// Fetches what an error means, and counts what became of the signature.
pub(crate) async fn learn(stores: Stores, exchange: &Exchange) {
    let Ok((_, answer)) = &exchange.result else { return };
    if let (Outcome::ApiError { .. }, Some(file)) = (&answer.outcome, &exchange.operation.errors) {
        stores.site.load_catalogue(file).await;
    }
    if exchange.sender.lockout.is_some()
        && let Some(good) = untrack(|| diagnosis::signature_was_good(stores.site, &exchange.operation, &answer.outcome))
    {
        stores.lockouts.count_signature(&exchange.sender.key, good);
    }
}

/// A call that no form on the screen stands for.
pub(crate) struct Wanted {
    pub(crate) key: OperationKey,
    pub(crate) region: String,
    /// By the names of the fields.
    pub(crate) values: Map<String, Value>,
}

/// Why such a call was not sent.
pub(crate) enum NotSent {
    /// The operation is not offered here.
    NotOffered,
    Call(CallError),
}

/// Calls an operation without a form on the screen, with the credential of the chosen profile. The error catalogue is
/// there when the call is over.
pub(crate) async fn call(stores: Stores, wanted: Wanted) -> Result<FinishedCall, NotSent> {
    let operation = untrack(|| stores.site.operation(&wanted.key)).ok_or(NotSent::NotOffered)?;
    let mut draft = Draft::new(&operation, &mut random::new_id);
    draft.server = operation.server_in(&wanted.region);
    fill(&operation, &mut draft, wanted.values.iter());
    let call = prepare_call(stores, &Arc::new(operation), &draft).map_err(NotSent::Call)?;
    if let Some(exchange) = call.stopped(stores, None) {
        return Ok(FinishedCall { exchange, unmasked: None });
    }
    let finished = call.send(stores, AbortController::new().ok(), Reader::Console).await;
    learn(stores, &finished.exchange).await;
    stores.calls.keep(Arc::new(finished.exchange.clone()));
    Ok(finished)
}

/// Fills a form by the names of its fields.
pub(crate) fn fill<'a>(
    operation: &Operation,
    draft: &mut Draft,
    values: impl Iterator<Item = (&'a String, &'a Value)>,
) {
    for (name, value) in values {
        if let Some(field) = operation.fields().into_iter().find(|field| field.name == *name) {
            draft.set_as(&FieldPath::of(field), &field.schema, value);
        }
    }
}
