//! Calls as the page makes them: the form, the signature, a server, the answer that is read. Only the network is played.

use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use time::OffsetDateTime;
use tls_console::call::{CallFailure, CallId, Exchange, PlannedCall, Sender, ShownRequest};
use tls_console::catalog::{Api, ErrorCatalogue, ErrorEntry, FollowUp, Operation};
use tls_console::credentials::{Keyring, ProfileId};
use tls_console::form::{Draft, FieldPath};
use tls_console::outcome::{Outcome, read};
use tls_console::proxy::{Connection, ConnectionKind, RoutedRequest};
use tls_console::sandbox::{Request, Response};
use tls_console::sign::SigningTime;
use tls_console::transport::{Reply, TransportError};

/// What the network does to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Answered,
    /// It never arrives.
    LostBefore,
    /// It arrives, and its answer is lost.
    LostAfter,
    /// A browser or a proxy delivers it once more, and the second answer is the one that comes.
    Twice,
    /// A gateway answers in place of the provider.
    GatewayBefore,
    /// A gateway does not wait for the provider's answer.
    GatewayAfter,
    /// A gateway lets nobody in for so many seconds.
    Throttled(u32),
    /// The computer has no network.
    Offline,
}

/// The calls of one API.
pub(crate) struct Caller {
    pub(crate) api: Api,
    catalogue: ErrorCatalogue,
    operations: HashMap<String, (Arc<Operation>, Arc<FollowUp>)>,
    connection: Connection,
}

/// When a call begins, by the computer's clock, how long it takes, and a number that no other call has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) started: OffsetDateTime,
    pub(crate) took: Duration,
    pub(crate) nonce: u64,
}

impl Caller {
    pub(crate) fn new(file: &str, text: &str, errors: &str) -> Self {
        let api = Api::load(file, text).unwrap();
        let open = |id: &String| {
            let follow_up = api.follow_up(id).unwrap();
            assert_eq!(follow_up.omissions, []);
            (id.clone(), (Arc::new(api.operation(id).unwrap().unwrap()), Arc::new(follow_up)))
        };
        Self {
            catalogue: ErrorCatalogue::load("errors.json", errors).unwrap(),
            operations: api.operations.iter().map(|entry| open(&entry.id)).collect(),
            connection: Connection { name: String::from("Test"), kind: ConnectionKind::Sandbox },
            api,
        }
    }

    pub(crate) fn operation(&self, id: &str) -> &Arc<Operation> {
        &self.operations[id].0
    }

    pub(crate) fn follow_up(&self, operation: &str) -> &Arc<FollowUp> {
        &self.operations[operation].1
    }

    /// What the error catalogue says of the code of an answer.
    pub(crate) fn entry(&self, exchange: &Exchange) -> Option<&ErrorEntry> {
        let Ok((_, answer)) = &exchange.result else { return None };
        let Outcome::ApiError { code, message, status } = &answer.outcome else { return None };
        self.catalogue.find(code, *status, message)
    }

    /// The request of a form as the screen shows it.
    pub(crate) fn preview(&self, operation: &Operation, draft: &Draft, keyring: &Keyring) -> ShownRequest {
        PlannedCall { operation, draft, keyring, connection: &self.connection }.preview().unwrap()
    }

    /// The request of a form, as it goes over the wire.
    pub(crate) fn request(
        &self,
        (operation, draft, keyring): (&Operation, &Draft, &Keyring),
        now: OffsetDateTime,
        nonce: u64,
    ) -> Request {
        wire(&self.prepare((operation, draft, keyring), now, nonce))
    }

    fn prepare(
        &self,
        (operation, draft, keyring): (&Operation, &Draft, &Keyring),
        now: OffsetDateTime,
        nonce: u64,
    ) -> RoutedRequest {
        let signing_time = SigningTime { now, nonce: format!("{nonce:032x}") };
        let call = PlannedCall { operation, draft, keyring, connection: &self.connection };
        call.prepare(&signing_time).unwrap_or_else(|error| panic!("{}: {error:?}", operation.id))
    }

    /// Makes a call. It arrives at once, or never; with its end comes the request that did not arrive.
    pub(crate) fn call(
        &self,
        (operation, draft, keyring): (&Arc<Operation>, &Draft, &Keyring),
        Moment { started, took, nonce }: Moment,
        fate: Fate,
        server: &mut dyn FnMut(&Request) -> Response,
    ) -> (Exchange, Option<Request>) {
        let routed = self.prepare((operation, draft, keyring), started, nonce);
        let request = wire(&routed);
        let arrives = matches!(fate, Fate::Answered | Fate::Twice | Fate::LostAfter | Fate::GatewayAfter);
        if fate == Fate::Twice {
            server(&request);
        }
        let answer = arrives.then(|| server(&request));
        let response = match fate {
            Fate::Answered | Fate::Twice => Ok(answer.unwrap()),
            Fate::LostBefore | Fate::LostAfter => Err(TransportError::TimedOut(took)),
            Fate::Offline => Err(TransportError::Offline),
            Fate::GatewayBefore => Ok(gateway(503, None)),
            Fate::GatewayAfter => Ok(gateway(504, None)),
            Fate::Throttled(wait) => Ok(gateway(429, Some(wait))),
        };
        let result = response.map_err(CallFailure::Transport).map(|response| {
            let header = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
                (name.as_str().to_owned(), value.to_str().unwrap().to_owned())
            };
            let reply = Reply {
                status: response.status().as_u16(),
                headers: response.headers().iter().map(header).collect(),
                body: response.into_body(),
                took,
                received: started + took,
            };
            let reading = read(operation, routed.signed().request().secrets(), reply);
            (reading.shown, reading.answer)
        });
        let exchange = Exchange {
            id: CallId::new(nonce.into()),
            operation: operation.clone(),
            subject: String::new(),
            act: String::new(),
            region: draft.region_of(operation),
            request: ShownRequest::of(&routed),
            sender: Sender::default(),
            result,
            started,
            took,
            granted: None,
        };
        (exchange, (!arrives).then_some(request))
    }
}

/// The credential of a provider, by the labels of its inputs.
pub(crate) fn keyring(operation: &Operation, inputs: &[(&str, &str)]) -> Keyring {
    let mut keyring = Keyring::default();
    keyring.ensure_profile(operation, ProfileId::new(1));
    let id = keyring.chosen_id(&operation.provider);
    inputs.iter().for_each(|(label, text)| keyring.set(id, label, text));
    keyring
}

/// A form with these values, by the names of the fields.
pub(crate) fn draft(operation: &Operation, token: u64, values: &[(String, Value)]) -> Draft {
    let mut draft = Draft::new(operation, &mut || format!("{token:032x}"));
    for (name, value) in values {
        let field = operation.fields().into_iter().find(|field| field.name == *name);
        let field = field.unwrap_or_else(|| panic!("{} has no field {name}", operation.id));
        draft.set_as(&FieldPath::of(field), &field.schema, value);
    }
    draft
}

/// What goes over the wire.
fn wire(routed: &RoutedRequest) -> Request {
    let sent = routed.signed().request();
    let mut builder = http::Request::builder().method(sent.method.as_str()).uri(sent.url());
    for header in &sent.headers {
        builder = builder.header(&header.name, header.sent());
    }
    builder.body(sent.body.clone()).unwrap()
}

fn gateway(status: u16, retry_after: Option<u32>) -> Response {
    let response = http::Response::builder().status(status).header("content-type", "text/plain");
    let response = match retry_after {
        Some(wait) => response.header("retry-after", wait),
        None => response,
    };
    response.body(b"upstream".to_vec()).unwrap()
}
