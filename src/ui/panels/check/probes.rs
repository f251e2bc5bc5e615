//! The probes: what is sent, and what it brings.

use crate::catalog::{Kind, Location, Operation};
use crate::form::Draft;
use crate::outcome::Outcome;
use crate::proxy::{Connection, ConnectionKind};
use crate::request::UnsignedRequest;
use crate::session::check::{Observation, Probe, STRANGER, SignedRead, Way as WayKind};
use crate::sign::compare::{compare, read_echo};
use crate::transport::{TransportError, fetch};
use crate::ui::browser;
use crate::ui::panels::Panels;
use crate::ui::panels::send::{Answered, NotAnswered};
use gloo_timers::callback::Timeout;
use http::Method;
use leptos::prelude::*;
use serde_json::{Map, Value, json};
use std::time::Duration;
use web_sys::{AbortController, AbortSignal};

/// How long a probe may take.
const LIMIT: Duration = Duration::from_secs(15);

/// An address that no provider has.
const NOWHERE: &str = "/tls-console-check";

/// A value with all that is changed on bad ways.
const HARD: &str = "a b~c*d+e%2Fé&f=g";

/// The headers of real calls, with nothing in them.
const HEADERS: [(&str, &str); 4] =
    [("Content-Type", "application/json"), ("X-Auth-Token", "none"), ("X-Sdk-Date", "none"), ("x-acs-date", "none")];

/// One more that every preflight must name: a star does not stand for it. Only sent where there is a preflight.
const AUTHORIZATION: (&str, &str) = ("Authorization", "none");

/// The chosen connection, as it is for one provider.
pub(super) struct Way {
    connection: Connection,
    provider: String,
    region: String,
    /// Where its address stands in `config.json`.
    pub(super) place: String,
}

impl Way {
    fn kind(&self) -> WayKind {
        match self.connection.kind {
            ConnectionKind::Sandbox => WayKind::Sandbox,
            ConnectionKind::Direct => WayKind::Direct,
            ConnectionKind::Proxy(_) => WayKind::Proxy,
        }
    }

    /// The address for a host, in full.
    fn address(&self, method: Method, host: &str, path: &str) -> String {
        let (headers, body) = (Vec::new(), Vec::new());
        let (host, path) = (host.to_owned(), path.to_owned());
        let request =
            UnsignedRequest { method, host, path, query: String::new(), headers, body, body_shown: String::new() };
        browser::absolute(&self.connection.address(&request, &self.provider, &self.region).unwrap_or_default())
    }
}

/// Where the address that is used for a provider and a region stands in `config.json`.
fn place(index: usize, connection: &Connection, provider: &str, region: &str) -> String {
    let connection_at = format!("#/connections/{index}");
    let ConnectionKind::Proxy(template) = &connection.kind else { return connection_at };
    let own = template.exceptions().get(provider);
    if own.and_then(|own| own.get("regions")?.get(region)).is_some() {
        format!("{connection_at}/providers/{provider}/regions/{region}")
    } else if own.and_then(|own| own.get("url")).is_some() {
        format!("{connection_at}/providers/{provider}/url")
    } else {
        format!("{connection_at}/url")
    }
}

/// Ends a probe that takes too long.
async fn limited<T>(probe: impl AsyncFnOnce(Option<AbortSignal>) -> T) -> (T, bool) {
    let controller = AbortController::new().ok();
    let signal = controller.as_ref().map(AbortController::signal);
    let milliseconds = u32::try_from(LIMIT.as_millis()).unwrap_or(u32::MAX);
    let timer = controller.map(|controller| Timeout::new(milliseconds, move || controller.abort()));
    let result = probe(signal.clone()).await;
    drop(timer);
    (result, signal.is_some_and(|signal| signal.aborted()))
}

async fn probe(address: &str, method: Method, headers: &[(&str, &str)], body: &str) -> Probe {
    let (result, late) =
        limited(async |signal| fetch::probe(address, method, headers, body, signal.as_ref()).await).await;
    result.map_err(|error| if late { TransportError::TimedOut(LIMIT) } else { error })
}

impl Panels {
    /// Whose descriptions there are.
    pub(super) fn providers(self) -> Vec<String> {
        let mut providers = Vec::new();
        for operation in self.operations() {
            if !providers.contains(&operation.provider) {
                providers.push(operation.provider);
            }
        }
        providers
    }

    fn operations(self) -> Vec<Operation> {
        let apis = self.apis();
        let keys = apis.iter().flat_map(|api| api.operations.iter().map(|entry| (api.id.clone(), entry.id.clone())));
        keys.filter_map(|key| self.operation(&key)).collect()
    }

    /// One host of each of the provider's APIs, in the region of the chosen profile where that is known.
    fn hosts(self, provider: &str, region: &str) -> Vec<String> {
        let mut hosts = Vec::new();
        for operation in self.operations().iter().filter(|operation| operation.provider == provider) {
            let server = operation.servers.get(operation.server_in(region)).or(operation.servers.first());
            let host = server.map(|server| Draft::new(operation, &mut browser::new_id).host(server));
            hosts.extend(host.filter(|host| !host.contains('{') && !hosts.contains(host)));
        }
        hosts
    }

    /// The chosen connection for a provider, in the region of its chosen profile where that is known.
    pub(super) fn way(self, provider: &str) -> Option<Way> {
        let config = self.config();
        let (name, region) = self.context.with_untracked(|context| {
            let profile = context.chosen(provider).map(|profile| profile.region.clone());
            (context.connection.clone(), profile.unwrap_or_default())
        });
        let index = config.connections.iter().position(|connection| connection.name == name)?;
        let connection = config.connections.get(index)?.clone();
        let place = place(index, &connection, provider, &region);
        Some(Way { connection, provider: provider.to_owned(), region, place })
    }

    /// Sends all probes for one provider.
    pub(super) async fn observe(self, route: &Way) -> Observation {
        let (provider, region) = (route.provider.as_str(), route.region.as_str());
        let way = route.kind();
        let hosts = if way == WayKind::Sandbox { Vec::new() } else { self.hosts(provider, region) };
        let mut seen = Observation {
            way,
            cross_origin: false,
            hosts: Vec::new(),
            listens: false,
            stranger: None,
            change: None,
            read: SignedRead::NoOperation,
        };
        if let Some(first) = hosts.first() {
            let root = route.address(Method::GET, first, "/");
            seen.cross_origin = fetch::circumstances(&root).cross_origin;
            for host in &hosts {
                let answer = probe(&route.address(Method::GET, host, "/"), Method::GET, &[], "").await;
                seen.hosts.push((host.clone(), answer));
            }
            if seen.cross_origin && matches!(seen.hosts.first(), Some((_, Err(_)))) {
                seen.listens = limited(async |signal| fetch::listens(&root, signal.as_ref()).await).await.0;
            }
            if way == WayKind::Proxy {
                let address = route.address(Method::GET, STRANGER, "/");
                seen.stranger = Some(probe(&address, Method::GET, &[], "").await);
            }
            let headers: Vec<_> = HEADERS.into_iter().chain(seen.cross_origin.then_some(AUTHORIZATION)).collect();
            let address = route.address(Method::PUT, first, NOWHERE);
            seen.change = Some(probe(&address, Method::PUT, &headers, "{}").await);
        }
        // Where nothing answers, a signature would say nothing.
        let answers = seen.hosts.first().is_none_or(|(_, answer)| answer.is_ok());
        if answers {
            seen.read = self.signed_read(provider, region).await;
        }
        seen
    }

    /// Calls an operation that only reads, with hard characters in its query, if the chosen credential signs.
    async fn signed_read(self, provider: &str, region: &str) -> SignedRead {
        let operations = self.operations();
        let reads = |operation: &&Operation| {
            operation.provider == provider
                && operation.method == Method::GET
                && !operation.schemes.is_empty()
                && !operation.fields().iter().any(|field| field.required)
        };
        let Some(operation) = operations.iter().find(reads) else { return SignedRead::NoOperation };
        let chosen = self.context.with_untracked(|context| context.chosen(provider).cloned());
        let Some(profile) = chosen.filter(|profile| !profile.held.is_empty()) else { return SignedRead::NoCredential };
        if !profile.kind.ends_with("-HMAC-SHA256") {
            return SignedRead::NotSigned;
        }
        let plain = |field: &&&crate::catalog::Field| {
            field.location == Location::Query
                && field.schema.kind == Kind::Text
                && field.schema.rules == crate::catalog::Rules::default()
        };
        let fields = operation.fields();
        let values: Map<String, Value> =
            fields.iter().find(plain).map(|field| (field.name.clone(), Value::from(HARD))).into_iter().collect();
        let wanted = json!({ "api": operation.api, "id": operation.id, "region": region, "values": values });
        match self.exchange(&wanted).await {
            Err(NotAnswered::Incomplete(_)) => SignedRead::NoCredential,
            Err(NotAnswered::Stopped(..)) => SignedRead::Stopped,
            Err(NotAnswered::Lost(error, _)) => SignedRead::Lost(error),
            Ok(answered) => self.judge(&answered),
        }
    }

    fn judge(self, answered: &Answered) -> SignedRead {
        let (status, skew) = (answered.reply.status, answered.answer.clock_skew);
        let echo = || read_echo(&String::from_utf8_lossy(&answered.reply.body));
        match self.signature_was_good(&answered.operation, &answered.answer.outcome) {
            Some(true) => SignedRead::Accepted { status, skew },
            _ if matches!(answered.answer.outcome, Outcome::ApiError { .. }) => {
                let comparison = echo().map(|theirs| compare(&answered.request.trace, &theirs));
                SignedRead::Refused { comparison, skew }
            }
            _ => SignedRead::Foreign { status },
        }
    }
}
