//! The sandbox as a native server: `/{host}/rest` plays `https://{host}/rest`.

#![allow(dead_code, reason = "the example only runs the server, tests also look inside")]

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use time::{Duration, OffsetDateTime};
use tls_console::catalog::ErrorCatalogue;
use tls_console::sandbox::{Fault, FaultRates, FleetSetup, Provider, World, handle};
use tokio::net::ToSocketAddrs;

use super::listen::{self, Listening, Request, Response};

/// One request as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Received {
    pub(crate) method: String,
    /// Path and query, byte for byte.
    pub(crate) target: String,
    /// Lower-case names and values, in the order received.
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
}

impl Received {
    /// The value of a header; empty without it.
    pub(crate) fn header(&self, name: &str) -> String {
        let found = self.headers.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| String::from_utf8_lossy(value).into_owned()).unwrap_or_default()
    }

    fn is_look(&self) -> bool {
        let path = self.target.split('?').next().unwrap_or_default();
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').skip(1).collect();
        self.method == "GET"
            && matches!(
                parts.as_slice(),
                ["v3.1", _, "instances", _] | ["v3", _, "jobs" | "immediate-jobs"] | ["openapi", "instances", _]
            )
    }

    /// Whether there is such a header.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(other, _)| other == name)
    }
}

/// A call that was to change something, and what the clouds made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// When it arrived, by the server's clock.
    pub(crate) at: OffsetDateTime,
    pub(crate) method: String,
    /// The host, path and query, byte for byte.
    pub(crate) target: String,
    /// The instance that the path names; empty for none.
    pub(crate) instance: String,
    /// Whether it began a change. A call that was recognised as a repeated one did not.
    pub(crate) accepted: bool,
    /// The status of its answer.
    pub(crate) status: u16,
    /// The answer never left.
    pub(crate) lost: bool,
}

/// A running server; it ends when dropped.
#[derive(Debug)]
pub(crate) struct SandboxServer {
    pub(crate) addr: SocketAddr,
    state: Arc<Mutex<State>>,
    _listening: Listening,
}

#[derive(Debug)]
struct State {
    world: World,
    /// `None`: real time.
    clock: Option<OffsetDateTime>,
    /// How far the clock is ahead of that.
    offset: Duration,
    received: Vec<Received>,
    changes: Vec<Change>,
}

impl SandboxServer {
    /// Starts with a fresh world, both catalogues and real time.
    pub(crate) async fn spawn(addr: impl ToSocketAddrs) -> io::Result<Self> {
        let state = Arc::new(Mutex::new(State {
            world: world()?,
            clock: None,
            offset: Duration::ZERO,
            received: Vec::new(),
            changes: Vec::new(),
        }));
        let shared = Arc::clone(&state);
        let listening = listen::listen(addr, move |request| answer(Arc::clone(&shared), request)).await?;
        Ok(Self { addr: listening.addr, state, _listening: listening })
    }

    /// All requests so far, but for the looks of [`Self::looks`].
    pub(crate) fn received(&self) -> Vec<Received> {
        lock(&self.state).received.iter().filter(|request| !request.is_look()).cloned().collect()
    }

    /// The requests that the console makes by itself before and after a change: they read one instance, its task, or the
    /// list of tasks.
    pub(crate) fn looks(&self) -> Vec<Received> {
        lock(&self.state).received.iter().filter(|request| request.is_look()).cloned().collect()
    }

    /// Stops the clock at a time; `None` lets it run again.
    pub(crate) fn set_now(&self, now: Option<OffsetDateTime>) {
        lock(&self.state).clock = now;
    }

    /// Lets the clock be wrong by so much: dates of answers and checks of dates follow it.
    pub(crate) fn set_offset(&self, offset: Duration) {
        lock(&self.state).offset = offset;
    }

    /// From now on, jobs go on so many times as fast as the clock.
    pub(crate) fn set_speed(&self, speed: i32) {
        let mut state = lock(&self.state);
        state.tick();
        state.world.set_speed(speed);
    }

    /// Gives both accounts fresh fleets.
    pub(crate) fn set_fleet(&self, setup: FleetSetup) {
        let mut state = lock(&self.state);
        state.tick();
        state.world.set_fleet(setup);
    }

    /// From now on, this goes wrong with the fleets. They stay as they are.
    pub(crate) fn set_faults(&self, faults: FaultRates) {
        lock(&self.state).world.set_faults(faults);
    }

    /// Ends the token or temporary key that comes with the next call for an instance of the fleet.
    pub(crate) fn expire_credential(&self, provider: Provider) {
        lock(&self.state).world.expire_credential(provider);
    }

    /// All calls so far that were to change something (they do not read), in the order of their arrival.
    pub(crate) fn changes(&self) -> Vec<Change> {
        lock(&self.state).changes.clone()
    }

    /// The instances of the fleets with the number of changes that were accepted, those without any left out.
    pub(crate) fn accepted(&self) -> BTreeMap<String, usize> {
        let fleet = |world: &World| {
            let both = [Provider::Huawei, Provider::Aliyun].map(|provider| world.fleet_instances(provider));
            both.into_iter().flatten().map(|instance| (instance.id, instance.switches)).collect::<Vec<_>>()
        };
        self.look(fleet).into_iter().filter(|(_, switches)| *switches > 0).collect()
    }

    /// How many changes of an instance were accepted.
    pub(crate) fn switches(&self, instance: &str) -> usize {
        self.look(|world| world.switches(instance))
    }

    /// A look at the clouds, at the server's time.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        let mut state = lock(&self.state);
        state.tick();
        look(&state.world)
    }
}

impl State {
    fn tick(&mut self) -> OffsetDateTime {
        let now = self.clock.unwrap_or_else(OffsetDateTime::now_utc) + self.offset;
        self.world.set_now(now);
        now
    }

    /// Answers a request, and notes it if it was to change something.
    fn answer(
        &mut self,
        target: &str,
        request: &tls_console::sandbox::Request,
    ) -> (tls_console::sandbox::Response, Fault) {
        let at = self.tick();
        let mut segments = request.uri().path().split('/').skip_while(|segment| *segment != "instances").skip(1);
        let instance = segments.next().unwrap_or_default().to_owned();
        let before = self.world.switches(&instance);
        let response = handle(&mut self.world, request);
        let fault = response.extensions().get::<Fault>().copied().unwrap_or_default();
        if request.method() != http::Method::GET {
            let accepted = self.world.switches(&instance) > before;
            self.changes.push(Change {
                at,
                method: request.method().to_string(),
                target: target.to_owned(),
                instance,
                accepted,
                status: response.status().as_u16(),
                lost: fault.lost,
            });
        }
        (response, fault)
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn world() -> io::Result<World> {
    let mut world = World::new(1);
    for (provider, name) in [(Provider::Huawei, "huawei-taurusdb"), (Provider::Aliyun, "aliyun-elasticsearch")] {
        let file = format!("{}/apis/{name}.errors.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&file)?;
        world.add_catalogue(provider, ErrorCatalogue::load(&file, &text).map_err(io::Error::other)?);
    }
    Ok(world)
}

async fn answer(state: Arc<Mutex<State>>, request: Request) -> Option<Response> {
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str()).to_owned();
    let headers = request.headers().iter().map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()));
    let received = Received {
        method: request.method().to_string(),
        target: target.clone(),
        headers: headers.collect(),
        body: request.body().to_vec(),
    };
    lock(&state).received.push(received);

    let Some(request) = as_the_provider_gets_it(&target, request) else {
        return Some(listen::text(400, "text/plain", "The path must be /{host}/…"));
    };
    let (response, fault) = lock(&state).answer(&target, &request);
    tokio::time::sleep(fault.delay).await;
    (!fault.lost).then(|| response.map(listen::whole))
}

/// The request to the host that the first segment of the path names, without what a proxy or a browser adds.
fn as_the_provider_gets_it(target: &str, request: Request) -> Option<tls_console::sandbox::Request> {
    let rest = target.strip_prefix('/')?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, rest) = rest.split_at(end);
    let slash = if rest.starts_with('/') { "" } else { "/" };
    let (parts, body) = request.into_parts();
    let mut rebuilt = http::Request::builder()
        .method(parts.method)
        .uri(format!("https://{host}{slash}{rest}"))
        .header("host", host)
        .body(body.to_vec())
        .ok()?;
    for (name, value) in &parts.headers {
        let name_text = name.as_str();
        let of_a_proxy = name_text.starts_with("x-forwarded-") || matches!(name_text, "forwarded" | "via");
        if !(of_a_proxy || listen::is_hop_by_hop(name_text) || listen::is_of_the_browser(name_text)) {
            rebuilt.headers_mut().append(name, value.clone());
        }
    }
    Some(rebuilt)
}
