//! The probes: what is sent, and what it brings.

use crate::catalog::Operation;
use crate::diagnostics::{
    Observation, Probe, DISALLOWED_HOST, Section, SignedRead, Way as WayKind, plan, proves_a_signature, root_of,
};
use crate::outcome::Outcome;
use crate::proxy::{Connection, ConnectionKind};
use crate::request::UnsignedRequest;
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

/// How long the proxy may take to say who it is: it asks nobody.
const GREETING_LIMIT: Duration = Duration::from_secs(5);

/// An address that no provider has.
const NOWHERE: &str = "/tls-console-check";

/// A value with all that is changed on bad ways.
const HARD: &str = "a b~c*d+e%2Fé&f=g";

/// The headers of real calls, with nothing in them.
const HEADERS: [(&str, &str); 4] =
    [("Content-Type", "application/json"), ("X-Auth-Token", "none"), ("X-Sdk-Date", "none"), ("x-acs-date", "none")];

/// One more that every preflight must name: a star does not stand for it. Only sent where there is a preflight.
const AUTHORIZATION: (&str, &str) = ("Authorization", "none");

/// A section of the check, and the connection that it is of.
pub(super) struct Way {
    connection: Connection,
    pub(super) section: Section,
}

impl Way {
    fn kind(&self) -> WayKind {
        match self.connection.kind {
            ConnectionKind::Sandbox => WayKind::Sandbox,
            ConnectionKind::Direct => WayKind::Direct,
            ConnectionKind::Proxy(_) => WayKind::Proxy,
        }
    }

    /// The address for a host of a region, in full.
    fn address(&self, method: Method, region: &str, host: &str, path: &str) -> String {
        let (headers, body) = (Vec::new(), Vec::new());
        let (host, path) = (host.to_owned(), path.to_owned());
        let request =
            UnsignedRequest { method, host, path, query: String::new(), headers, body, body_shown: String::new() };
        let address = self.connection.address(&request, &self.section.provider, region);
        browser::absolute(&address.unwrap_or_default())
    }

    /// Where the proxy may say who it is, in full.
    fn root(&self, region: &str) -> Option<String> {
        let ConnectionKind::Proxy(proxy) = &self.connection.kind else { return None };
        root_of(proxy.template(&self.section.provider, region).as_str()).map(browser::absolute)
    }
}

/// Ends a probe that takes too long.
async fn limited<T>(limit: Duration, probe: impl AsyncFnOnce(Option<AbortSignal>) -> T) -> (T, bool) {
    let controller = AbortController::new().ok();
    let signal = controller.as_ref().map(AbortController::signal);
    let milliseconds = u32::try_from(limit.as_millis()).unwrap_or(u32::MAX);
    let timer = controller.map(|controller| Timeout::new(milliseconds, move || controller.abort()));
    let result = probe(signal.clone()).await;
    drop(timer);
    (result, signal.is_some_and(|signal| signal.aborted()))
}

async fn probe(address: &str, method: Method, headers: &[(&str, &str)], body: &str) -> Probe {
    probe_within(LIMIT, address, method, headers, body).await
}

async fn probe_within(limit: Duration, address: &str, method: Method, headers: &[(&str, &str)], body: &str) -> Probe {
    let (result, late) =
        limited(limit, async |signal| fetch::probe(address, method, headers, body, signal.as_ref()).await).await;
    result.map_err(|error| if late { TransportError::TimedOut(limit) } else { error })
}

impl Panels {
    /// What to check of the chosen connection, provider after provider, in the region of the chosen profile where that is
    /// known.
    pub(super) fn ways(self) -> Vec<Way> {
        let config = self.config();
        let name = self.context.with_untracked(|context| context.connection.clone());
        let found = config.connections.iter().enumerate().find(|(_, connection)| connection.name == name);
        let (Some((index, connection)), operations) = (found, self.operations()) else { return Vec::new() };
        let mut providers: Vec<&str> = Vec::new();
        for operation in &operations {
            if !providers.contains(&operation.provider.as_str()) {
                providers.push(&operation.provider);
            }
        }
        let sections = providers.into_iter().flat_map(|provider| {
            let profile = self.context.with_untracked(|context| context.chosen(provider).cloned());
            plan((index, connection), &operations, provider, &profile.unwrap_or_default().region)
        });
        sections.map(|section| Way { connection: connection.clone(), section }).collect()
    }

    fn operations(self) -> Vec<Operation> {
        let apis = self.apis();
        let keys = apis.iter().flat_map(|api| api.operations.iter().map(|entry| (api.id.clone(), entry.id.clone())));
        keys.filter_map(|key| self.operation(&key)).collect()
    }

    /// Sends all probes of a section, and notes the origins that they went to.
    pub(super) async fn observe(self, route: &mut Way) -> Observation {
        let way = route.kind();
        let hosts = if way == WayKind::Sandbox { Vec::new() } else { route.section.hosts.clone() };
        let mut seen = Observation {
            way,
            cross_origin: false,
            root: None,
            hosts: Vec::new(),
            listens: false,
            stranger: None,
            change: None,
            read: SignedRead::NotTried,
        };
        if let Some((region, first)) = hosts.first() {
            let root = route.address(Method::GET, region, first, "/");
            seen.cross_origin = fetch::circumstances(&root).cross_origin;
            if let Some(address) = route.root(region) {
                seen.root = Some(probe_within(GREETING_LIMIT, &address, Method::GET, &[], "").await);
            }
            for (region, host) in &hosts {
                // A way that has kept one call waiting is not tried again.
                if let Some(late) = seen.late() {
                    seen.hosts.push((host.clone(), Err(late)));
                    continue;
                }
                let address = route.address(Method::GET, region, host, "/");
                let origin = browser::origin(&address);
                if !route.section.address.origins.contains(&origin) {
                    route.section.address.origins.push(origin);
                }
                seen.hosts.push((host.clone(), probe(&address, Method::GET, &[], "").await));
            }
            if seen.late().is_some() {
                return seen;
            }
            if seen.cross_origin && matches!(seen.hosts.first(), Some((_, Err(_)))) {
                seen.listens = limited(LIMIT, async |signal| fetch::listens(&root, signal.as_ref()).await).await.0;
            }
            if way == WayKind::Proxy {
                let address = route.address(Method::GET, region, DISALLOWED_HOST, "/");
                seen.stranger = Some(probe(&address, Method::GET, &[], "").await);
            }
            let headers: Vec<_> = HEADERS.into_iter().chain(seen.cross_origin.then_some(AUTHORIZATION)).collect();
            let address = route.address(Method::PUT, region, first, NOWHERE);
            seen.change = Some(probe(&address, Method::PUT, &headers, "{}").await);
        }
        // Where nothing answers, a signature would say nothing.
        let answers = seen.hosts.first().map_or(way == WayKind::Sandbox, |(_, answer)| answer.is_ok());
        if answers {
            seen.read = self.signed_read(&route.section).await;
        }
        seen
    }

    /// Calls an operation that only reads, with hard characters in its query, if the chosen credential signs.
    async fn signed_read(self, section: &Section) -> SignedRead {
        let Some(read) = &section.read else { return SignedRead::NoOperation };
        let chosen = self.context.with_untracked(|context| context.chosen(&section.provider).cloned());
        let Some(profile) = chosen.filter(|profile| !profile.held.is_empty()) else { return SignedRead::NoCredential };
        if !profile.kind.ends_with("-HMAC-SHA256") {
            return SignedRead::NotSigned;
        }
        let values: Map<String, Value> = read.text.iter().map(|name| (name.clone(), Value::from(HARD))).collect();
        let wanted = json!({ "api": read.api, "id": read.id, "region": read.region, "values": values });
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
            Some(true) if proves_a_signature(status) => SignedRead::Accepted { status, skew },
            Some(true) => SignedRead::Unread { status },
            _ if matches!(answered.answer.outcome, Outcome::ApiError { .. }) => {
                let comparison = echo().map(|theirs| compare(&answered.request.trace, &theirs));
                SignedRead::Refused { comparison, skew }
            }
            _ => SignedRead::Foreign { status },
        }
    }
}
