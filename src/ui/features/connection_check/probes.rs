//! The probes: what is sent, and what it brings.

use crate::call::{CallFailure, Exchange};
use crate::catalog::Operation;
use crate::diagnostics::{
    self, Address, DISALLOWED_HOST, Observation, Probe, SignedRead, Way, plan, proves_a_signature, root_of,
};
use crate::outcome::Outcome;
use crate::proxy::{CALL_ID, Connection, ConnectionKind, Passage};
use crate::request::UnsignedRequest;
use crate::sign::SchemeKind;
use crate::sign::compare::{compare, read_echo};
use crate::sign::scheme::{AddedHeader, HeaderRole};
use crate::transport::TransportError;
use crate::ui::features::diagnosis::signature_was_good;
use crate::ui::features::exchange::{self, Wanted};
use crate::ui::platform::timeout::{Limited, limited};
use crate::ui::platform::{fetch, random, url};
use crate::ui::state::Stores;
use crate::ui::state::site::OperationKey;
use http::Method;
use leptos::prelude::*;
use serde_json::Value;
use std::time::Duration;
use web_sys::{AbortController, AbortSignal};

/// How long a probe may take.
const LIMIT: Duration = Duration::from_secs(15);

/// How long the proxy may take to say who it is: it asks nobody.
const GREETING_LIMIT: Duration = Duration::from_secs(5);

/// An address that no provider has.
const NOWHERE: &str = "/tls-console-check";

/// A value with all that is changed on bad ways.
const HARD: &str = "a b~c*d+e%2Fé&f=g";

/// One more that every preflight must name: a star does not stand for it. Only sent where there is a preflight.
const AUTHORIZATION: (&str, &str) = ("Authorization", "none");

/// The headers of real calls, with nothing in them.
fn empty_headers() -> Vec<(&'static str, &'static str)> {
    let typical = |header: &&AddedHeader| {
        header.name != AUTHORIZATION.0 && matches!(header.role, HeaderRole::Proof | HeaderRole::Date)
    };
    let added = SchemeKind::all_headers().filter(typical).map(|header| (header.name, "none"));
    [("Content-Type", "application/json")].into_iter().chain(added).collect()
}

/// A section of the check, and the connection that it is of.
pub(super) struct Section {
    connection: Connection,
    planned: diagnostics::Section,
}

/// What to check of the chosen connection, provider after provider, in the region of the chosen profile where that is
/// known.
pub(super) fn sections(stores: Stores) -> Vec<Section> {
    let (index, connection) = (stores.settings.connection_index(), stores.settings.connection());
    let operations = operations(stores);
    let mut providers: Vec<&str> = Vec::new();
    for operation in &operations {
        if !providers.contains(&operation.provider.as_str()) {
            providers.push(&operation.provider);
        }
    }
    let planned = providers.into_iter().flat_map(|provider| {
        let region = stores.profiles.chosen(provider).map(|profile| profile.region).unwrap_or_default();
        plan((index, &connection), &operations, provider, &region)
    });
    planned.map(|planned| Section { connection: connection.clone(), planned }).collect()
}

fn operations(stores: Stores) -> Vec<Operation> {
    let key = |api: &str, operation: &str| OperationKey { api: api.to_owned(), operation: operation.to_owned() };
    let apis = stores.site.apis();
    let keys = apis.iter().flat_map(|api| api.operations.iter().map(|entry| key(&api.id, &entry.id)));
    keys.filter_map(|key| stores.site.operation(&key)).collect()
}

async fn probe(limit: Duration, address: &str, method: Method, headers: &[(&str, &str)], body: &str) -> Probe {
    let send = async |signal: Option<AbortSignal>| fetch::probe(address, method, headers, body, signal.as_ref()).await;
    let Limited { result, aborted } = limited(limit, AbortController::new().ok(), send).await;
    result.map_err(|error| if aborted { TransportError::TimedOut(limit) } else { error })
}

impl Section {
    pub(super) fn title(&self) -> String {
        self.planned.title()
    }

    pub(super) fn address(self) -> Address {
        self.planned.address
    }

    fn way(&self) -> Way {
        match self.connection.kind {
            ConnectionKind::Sandbox => Way::Sandbox,
            ConnectionKind::Direct => Way::Direct,
            ConnectionKind::Proxy(_) => Way::Proxy,
        }
    }

    /// Each probe is a call of its own: a proxy that takes an id gets a new one.
    async fn probe(
        &self,
        limit: Duration,
        address: &str,
        method: Method,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Probe {
        let id = random::new_call_id().to_string();
        let mut headers = headers.to_vec();
        if self.connection.passage() == Passage::OwnProxy {
            headers.push((CALL_ID, &id));
        }
        probe(limit, address, method, &headers, body).await
    }

    /// The address for a host of a region, in full.
    fn url(&self, method: Method, region: &str, host: &str, path: &str) -> String {
        let (headers, body) = (Vec::new(), Vec::new());
        let (host, path) = (host.to_owned(), path.to_owned());
        let request = UnsignedRequest {
            method,
            host,
            path,
            query: String::new(),
            headers,
            body,
            shown_target: None,
            body_shown: String::new(),
        };
        let address = self.connection.address(&request, &self.planned.provider, region);
        url::absolute(&address.unwrap_or_default())
    }

    /// Where the proxy may say who it is, in full.
    fn root(&self, region: &str) -> Option<String> {
        let ConnectionKind::Proxy(proxy) = &self.connection.kind else { return None };
        root_of(proxy.template(&self.planned.provider, region).as_str()).map(url::absolute)
    }

    /// Sends all probes of this section, and notes the origins that they went to.
    pub(super) async fn run_probes(&mut self, stores: Stores) -> Observation {
        let way = self.way();
        let hosts = if way == Way::Sandbox { Vec::new() } else { self.planned.hosts.clone() };
        let mut seen = Observation {
            way,
            cross_origin: false,
            root: None,
            identified: self.connection.passage() == Passage::OwnProxy,
            unidentified: None,
            hosts: Vec::new(),
            listens: false,
            disallowed_host: None,
            change: None,
            read: SignedRead::NotTried,
        };
        if !hosts.is_empty() {
            self.probe_hosts(&hosts, &mut seen).await;
            if seen.late().is_some() {
                return seen;
            }
        }
        // Where nothing answers, a signature would say nothing.
        let answers = seen.hosts.first().map_or(way == Way::Sandbox, |(_, answer)| answer.is_ok());
        if answers {
            seen.read = self.signed_read(stores).await;
        }
        seen
    }

    async fn probe_hosts(&mut self, hosts: &[(String, String)], seen: &mut Observation) {
        let Some((region, first)) = hosts.first() else { return };
        let root = self.url(Method::GET, region, first, "/");
        seen.cross_origin = fetch::circumstances(&root).cross_origin;
        if let Some(address) = self.root(region) {
            seen.root = Some(self.probe(GREETING_LIMIT, &address, Method::GET, &[], "").await);
            if seen.identified {
                seen.unidentified = Some(probe(GREETING_LIMIT, &address, Method::GET, &[], "").await);
            }
        }
        for (region, host) in hosts {
            // A way that has kept one call waiting is not tried again.
            if let Some(late) = seen.late() {
                seen.hosts.push((host.clone(), Err(late)));
                continue;
            }
            let address = self.url(Method::GET, region, host, "/");
            let origin = url::origin(&address);
            if !self.planned.address.origins.contains(&origin) {
                self.planned.address.origins.push(origin);
            }
            seen.hosts.push((host.clone(), self.probe(LIMIT, &address, Method::GET, &[], "").await));
        }
        if seen.late().is_some() {
            return;
        }
        if seen.cross_origin && matches!(seen.hosts.first(), Some((_, Err(_)))) {
            let listens = async |signal: Option<AbortSignal>| fetch::listens(&root, signal.as_ref()).await;
            seen.listens = limited(LIMIT, AbortController::new().ok(), listens).await.result;
        }
        if seen.way == Way::Proxy {
            let address = self.url(Method::GET, region, DISALLOWED_HOST, "/");
            seen.disallowed_host = Some(self.probe(LIMIT, &address, Method::GET, &[], "").await);
        }
        let mut headers = empty_headers();
        headers.extend(seen.cross_origin.then_some(AUTHORIZATION));
        let address = self.url(Method::PUT, region, first, NOWHERE);
        seen.change = Some(self.probe(LIMIT, &address, Method::PUT, &headers, "{}").await);
    }

    /// Calls an operation that only reads, with hard characters in its query, if the chosen credential signs.
    async fn signed_read(&self, stores: Stores) -> SignedRead {
        let Some(read) = &self.planned.read else { return SignedRead::NoOperation };
        let chosen = untrack(|| stores.profiles.chosen(&self.planned.provider));
        let Some(profile) = chosen.filter(|profile| !profile.secrets_present.is_empty()) else {
            return SignedRead::NoCredential;
        };
        if !SchemeKind::of_credential(&profile.kind).is_some_and(|kind| kind.traits().comparable) {
            return SignedRead::NotSigned;
        }
        // The call goes over the connection that is chosen now, which may be another one by now.
        if untrack(|| stores.settings.connection()) != self.connection {
            return SignedRead::NotTried;
        }
        let key = OperationKey { api: read.api.clone(), operation: read.id.clone() };
        let values = read.text.iter().map(|name| (name.clone(), Value::from(HARD))).collect();
        match exchange::call(stores, Wanted { key, region: read.region.clone(), values }).await {
            Err(_) => SignedRead::NoCredential,
            Ok(call) => judge(stores, &call.exchange),
        }
    }
}

fn judge(stores: Stores, exchange: &Exchange) -> SignedRead {
    let (reply, answer) = match &exchange.result {
        Err(CallFailure::Stopped { .. }) => return SignedRead::Stopped,
        Err(CallFailure::Transport(error)) => return SignedRead::Lost(error.clone()),
        Ok(answered) => answered,
    };
    let (status, skew) = (reply.status, answer.clock_skew);
    match untrack(|| signature_was_good(stores.site, &exchange.operation, &answer.outcome)) {
        Some(true) if proves_a_signature(status) => SignedRead::Accepted { status, skew },
        Some(true) => SignedRead::Inconclusive { status },
        _ if matches!(answer.outcome, Outcome::ApiError { .. }) => {
            let echo = read_echo(&String::from_utf8_lossy(&reply.body));
            let comparison = echo.map(|theirs| compare(&exchange.request.trace, &theirs));
            SignedRead::Refused { comparison, skew }
        }
        _ => SignedRead::Foreign { status },
    }
}
