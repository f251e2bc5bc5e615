//! The calls of a fleet: reads of preconditions, the calls that switch, looks. Each is the line of a call as a form goes it, with
//! the profile of its row and the connection of its fleet.

use super::{Engine, credentials};
use crate::call::{CallError, CallId, Exchange};
use crate::catalog::{FollowUp, Operation};
use crate::fleet::call::{self, FormError, LostCall};
use crate::fleet::{CallNote, Checked, Effect, EventKind, ReadResult, Row, RowState, SendResult};
use crate::follow::{LookRequest, LookResult, Origin};
use crate::form::{Draft, FieldIssue, Target};
use crate::outcome::diagnosis::of_transport_error;
use crate::proxy::{Connection, Passage};
use crate::transport::TransportError;
use crate::ui::features::diagnosis::explain;
use crate::ui::features::exchange::{PreparedCall, Reader, learn, prepare_with};
use crate::ui::features::follow::{look_and_show, with_entry};
use crate::ui::features::history;
use crate::ui::state::site::OperationKey;
use crate::ui::words::{answer_words, fleet_words, words};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use time::{Duration, OffsetDateTime};
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

/// The history keeps so many calls of one fleet: more would drive everything else out of it. The fleet itself has a line of each.
const MOST_IN_HISTORY: usize = 1_000;

/// Milliseconds until a description that has not come is asked for again.
const RETRY: u32 = 15_000;

/// What a description says of an operation, read once.
#[derive(Clone)]
pub(super) struct Described {
    operation: Arc<Operation>,
    follow_up: Arc<FollowUp>,
}

/// The descriptions of the operations that were called.
#[derive(Default)]
pub(super) struct Descriptions(RefCell<HashMap<(String, String), Described>>);

impl Engine {
    /// Begins a call. What can be done at once is done when this returns.
    pub(super) fn call(self: &Rc<Self>, effect: Effect) {
        let visit = self.stores.fleet().visit();
        let id = match effect {
            Effect::Read { row, .. }
            | Effect::Send { row, .. }
            | Effect::Recover { row, .. }
            | Effect::Look { row, .. } => row,
            _ => return,
        };
        // The row may be gone.
        let Some(row) = self.stores.fleet().row(id) else { return };
        match effect {
            Effect::Read { read, .. } => self.read(visit, row, read),
            Effect::Send { call, .. } => self.send(visit, row, call),
            Effect::Recover { call, since, .. } => self.recover(visit, row, call, since),
            Effect::Look { request, .. } => self.look(visit, row, request),
            _ => {}
        }
    }

    /// The answer to a call. The fleet that made it may have gone: a row of another one may have the same number.
    fn answer(&self, visit: u32, kind: EventKind) {
        if self.stores.fleet().visit() == visit {
            self.tell(kind);
        }
    }

    fn recover(self: &Rc<Self>, visit: u32, row: Row, call: String, since: OffsetDateTime) {
        let id = row.id;
        let connection = self.connection_name();
        let lost = LostCall { spec: &row.spec, token: row.token, call: &call, since, connection: &connection };
        let Some(described) = self.described(&row) else {
            if !untrack(|| self.stores.site.is_loading(&row.spec.api)) {
                let result = lost.give_up();
                return self.tell(EventKind::Recovering { row: id, result });
            }
            // Nobody can look without its description, which may come yet: until then nothing is known of the call.
            let own = self.clone();
            spawn_local(async move {
                TimeoutFuture::new(RETRY).await;
                if own.stores.fleet().visit() == visit {
                    own.call(Effect::Recover { row: id, call, since });
                }
            });
            return;
        };
        let result = lost.recover(&described.operation, &described.follow_up, self.stores.fleet().now());
        self.tell(EventKind::Recovering { row: id, result });
    }

    fn described(&self, row: &Row) -> Option<Described> {
        let key = (row.spec.api.clone(), row.spec.operation.clone());
        if let Some(known) = self.descriptions.0.borrow().get(&key) {
            return Some(known.clone());
        }
        let site = self.stores.site;
        let operation = untrack(|| site.operation(&OperationKey { api: key.0.clone(), operation: key.1.clone() }))?;
        let follow_up = untrack(|| site.api(&key.0))?.follow_up(&key.1)?;
        let described = Described { operation: Arc::new(operation), follow_up: Arc::new(follow_up) };
        self.descriptions.0.borrow_mut().insert(key, described.clone());
        Some(described)
    }

    fn connection_name(&self) -> String {
        self.stores.fleet().with(|fleet| fleet.head.connection.clone()).unwrap_or_default()
    }

    /// Everything that is needed to make the call of a row, or the words of why it cannot be made.
    pub(super) fn planned(&self, row: &Row) -> Result<(Described, Draft, Connection), String> {
        let words = fleet_words();
        let described = self.described(row).ok_or_else(|| words.not_offered.to_owned())?;
        let name = self.connection_name();
        let connection = untrack(|| self.stores.settings.connection_named(&name));
        let connection = connection.ok_or_else(|| (words.no_connection)(&name))?;
        let draft = call::form(&row.spec, row.token, &described.operation).map_err(|error| match error {
            FormError::NoServer => words.no_server.to_owned(),
            FormError::NoField(name) => (words.no_field)(&name),
        })?;
        Ok((described, draft, connection))
    }

    /// Validates, builds and signs the call of a row.
    pub(super) fn prepared(
        &self,
        row: &Row,
        planned: &(Described, Draft, Connection),
    ) -> Result<PreparedCall, NotPrepared> {
        let (described, draft, connection) = planned;
        let own = row.spec.profile.unwrap_or_default();
        let profiles = self.stores.profiles;
        // Another account must not sign without the user's word.
        let is_there = profiles.keyring.with_untracked(|keyring| keyring.profile(own).is_some());
        if row.spec.profile.is_some() && !is_there {
            return Err(NotPrepared::NeedsCredential);
        }
        let prepared = profiles.signing_as(own, |keyring| {
            prepare_with(self.stores, &described.operation, draft, keyring, connection.clone())
        });
        match prepared {
            Some(Ok(call)) => Ok(call),
            Some(Err(CallError::Fields(issues))) if issues.iter().all(is_credential) => {
                Err(NotPrepared::NeedsCredential)
            }
            Some(Err(error)) => Err(NotPrepared::Wrong(why(&error))),
            None => Err(NotPrepared::NeedsCredential),
        }
    }

    fn read(self: &Rc<Self>, visit: u32, row: Row, read: usize) {
        let id = row.id;
        let over = |reads: usize, result: ReadResult| EventKind::Read {
            row: id,
            read,
            reads,
            found: Vec::new(),
            note: None,
            result,
        };
        let planned = match self.planned(&row) {
            Ok(planned) => planned,
            Err(reason) => return self.tell(over(0, ReadResult::Refused(reason))),
        };
        // A form that would not be sent needs no reads.
        if read == 0 {
            match self.prepared(&row, &planned) {
                Ok(_) => {}
                Err(NotPrepared::NeedsCredential) => return self.tell(over(0, ReadResult::NeedsCredential)),
                Err(NotPrepared::Wrong(reason)) => return self.tell(over(0, ReadResult::Refused(reason))),
            }
        }
        let (described, draft, connection) = planned;
        let reads = call::reads(&described.operation, &described.follow_up, &draft).unwrap_or_default();
        let count = reads.len();
        let Some(wanted) = reads.into_iter().nth(read) else {
            return self.tell(over(count, ReadResult::NothingToRead));
        };
        let spec = row.spec.clone();
        let origin = Origin {
            id: String::new(),
            api: row.spec.api,
            operation: row.spec.operation,
            subject: row.spec.subject,
            act: row.spec.act,
            region: row.spec.region,
            place: row.spec.place,
            connection: connection.name,
            profile: row.spec.profile,
        };
        let signed_with = credentials::hash(self.stores, spec.profile, &spec.provider);
        let own = self.clone();
        spawn_local(async move {
            let request =
                LookRequest { number: 0, operation: wanted.operation.clone(), parameters: wanted.parameters.clone() };
            let ahead = own.stores.fleet().ahead();
            let (result, exchange) = look_and_show(own.stores, &origin, &request).await;
            let (found, result): (Vec<Checked>, ReadResult) = call::read_result(&wanted, &result);
            let note = noted(exchange.as_ref(), ahead);
            let is_refused = result == ReadResult::NeedsCredential;
            own.learn_refusal(&spec, signed_with, note.as_ref(), is_refused);
            own.answer(visit, EventKind::Read { row: id, read, reads: count, found, note, result });
        });
    }

    fn send(self: &Rc<Self>, visit: u32, row: Row, call: String) {
        let id = row.id;
        // The user may have stopped or paused the run since this was asked for. Status 0: it never left the computer.
        let is_wanted = matches!(&row.state, RowState::Sending { call: own, .. } if *own == call);
        if !is_wanted {
            return;
        }
        let note = CallNote::new(self.stores.fleet().now(), call.clone(), row.spec.operation.clone());
        let over = |result: SendResult| EventKind::Sent { row: id, call: call.clone(), note: note.clone(), result };
        if !self.stores.fleet().is_running_untracked() {
            let (code, message, retry_after) = Default::default();
            let result = SendResult::Busy { code, message, status: 0, throttled: false, retry_after };
            return self.tell(over(result));
        }
        let planned = match self.planned(&row) {
            Ok(planned) => planned,
            Err(reason) => return self.tell(over(SendResult::NotSent(reason))),
        };
        let mut prepared = match self.prepared(&row, &planned) {
            Ok(prepared) => prepared,
            Err(NotPrepared::NeedsCredential) => return self.tell(over(SendResult::NeedsCredential)),
            Err(NotPrepared::Wrong(reason)) => return self.tell(over(SendResult::NotSent(reason))),
        };
        // The id that is written down.
        prepared.id = CallId::parse(&call).unwrap_or(prepared.id);
        if prepared.stopped(self.stores, None).is_some() {
            return self.tell(over(SendResult::NeedsCredential));
        }
        let (described, draft, connection) = planned;
        let signed_with = credentials::hash(self.stores, row.spec.profile, &row.spec.provider);
        let own = self.clone();
        spawn_local(async move {
            let ahead = own.stores.fleet().ahead();
            let finished = prepared.send(own.stores, AbortController::new().ok(), Reader::Console).await;
            let mut exchange = finished.exchange;
            learn(own.stores, &exchange).await;
            own.keep_in_history(&exchange, prepared.masked(&draft));
            // All times of a row are by the fleet's clock.
            exchange.started += ahead;
            let note = call::note(&exchange);
            let not_sent = |error: &TransportError| not_sent(error, &described.operation, connection.passage());
            let result = with_entry(own.stores, &exchange, |entry| {
                call::send_result(&exchange, &draft, &described.follow_up, entry, &not_sent)
            });
            let result = match result {
                // The time of the provider is behind that of a fleet whose simulated time has gone faster.
                SendResult::Accepted(Some(follow)) if !ahead.is_zero() => {
                    SendResult::Accepted(Some(Box::new(follow.behind(ahead))))
                }
                SendResult::Uncertain(follow) if !ahead.is_zero() => {
                    SendResult::Uncertain(Box::new(follow.behind(ahead)))
                }
                result => result,
            };
            own.learn_refusal(&row.spec, signed_with, Some(&note), result == SendResult::NeedsCredential);
            own.answer(visit, EventKind::Sent { row: id, call: exchange.id.to_string(), note, result });
        });
    }

    fn keep_in_history(&self, exchange: &Exchange, form: Arc<Draft>) {
        let kept = self.in_history.get();
        if kept < MOST_IN_HISTORY {
            self.in_history.set(kept + 1);
            let message = untrack(|| explain(self.stores, exchange));
            history::keep_with(self.stores, exchange, &message, Some(form));
        }
    }

    fn look(self: &Rc<Self>, visit: u32, row: Row, request: LookRequest) {
        let id = row.id;
        // Who signs the row looks: the profile that sent it may have gone with the page before.
        let profile = row.spec.profile;
        let Some(origin) = row.follow().map(|follow| Origin { profile, ..follow.origin.clone() }) else { return };
        let signed_with = credentials::hash(self.stores, profile, &row.spec.provider);
        let own = self.clone();
        spawn_local(async move {
            let ahead = own.stores.fleet().ahead();
            let (result, exchange): (LookResult, Option<Exchange>) = look_and_show(own.stores, &origin, &request).await;
            let note = noted(exchange.as_ref(), ahead);
            own.learn_refusal(&row.spec, signed_with, note.as_ref(), result == LookResult::NeedsCredential);
            own.answer(visit, EventKind::Looked { row: id, look: request.number, note, result });
        });
    }
}

/// A call that read or looked, by the fleet's clock.
fn noted(exchange: Option<&Exchange>, ahead: Duration) -> Option<CallNote> {
    exchange.map(call::note).map(|note| CallNote { at: note.at + ahead, ..note })
}

/// Why a call was not prepared.
pub(super) enum NotPrepared {
    NeedsCredential,
    /// In words.
    Wrong(String),
}

fn is_credential(issue: &FieldIssue) -> bool {
    matches!(issue.target, Target::Credential(_))
}

/// Why a form would not be sent.
fn why(error: &CallError) -> String {
    match error {
        CallError::Fields(issues) => {
            let sentence = |issue: &FieldIssue| (words().explain.violation)(issue.target.name(), &issue.broken);
            issues.iter().filter(|issue| !is_credential(issue)).map(sentence).collect::<Vec<_>>().join(" ")
        }
        error => (words().explain.call_error)(error).title,
    }
}

/// Why a call did not leave the computer.
fn not_sent(error: &TransportError, operation: &Operation, passage: Passage) -> String {
    answer_words().diagnosis(&of_transport_error(error, operation, passage)).title
}
