//! Faults by rate. What strikes a call depends on the seed, on the instance, and on how many such calls there were for it:
//! not on what happens to other instances meanwhile. So a run can be repeated.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use time::OffsetDateTime;

use super::{FaultRates, FleetSetup};
use crate::sandbox::api_error::ApiError;
use crate::sandbox::course::{Course, CourseKind};
use crate::sandbox::faults::{self, Fault};
use crate::sandbox::ids::mix;
use crate::sandbox::provider::Provider;
use crate::sandbox::world::World;
use crate::sandbox::{Request, Response, reply, wire};

/// What a call is, as far as faults go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sandbox) enum Call {
    /// It changes an instance.
    Change,
    /// It repeats a change that the cloud knows by its token: no instance is busy for that.
    Repeat,
    /// It reads an instance or its task.
    Look,
    /// It lists tasks.
    Tasks,
}

/// What strikes a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strike {
    Throttled,
    ServerError,
    Unavailable,
    BadGateway,
    /// The call is carried out.
    GatewayTimeout,
    LostBefore,
    LostAfter,
    Busy,
}

/// The rates, and what struck so far.
#[derive(Debug)]
pub(in crate::sandbox) struct Strikes {
    seed: u64,
    rates: FaultRates,
    /// How many calls there were, by what they are and for which instance.
    calls: HashMap<(Provider, bool, usize), u64>,
    huawei: Traffic,
    aliyun: Traffic,
    /// The temporary credentials that are over, as hashes.
    expired: BTreeSet<u64>,
}

/// The calls to one cloud.
#[derive(Debug, Default)]
struct Traffic {
    all: u32,
    /// Seconds since 1970, and how many calls there were in that second.
    second: i64,
    in_second: u32,
    /// The next temporary credential is over.
    expires_next: bool,
}

impl Strikes {
    pub(in crate::sandbox) fn new(setup: &FleetSetup) -> Self {
        Self {
            seed: mix(setup.seed.wrapping_add(1)),
            rates: setup.faults,
            calls: HashMap::new(),
            huawei: Traffic::default(),
            aliyun: Traffic::default(),
            expired: BTreeSet::new(),
        }
    }

    pub(in crate::sandbox) fn set_rates(&mut self, rates: FaultRates) {
        self.rates = rates;
    }

    /// Ends the temporary credential of the next call for an instance of the fleet.
    pub(in crate::sandbox) fn expire_next(&mut self, provider: Provider) {
        self.traffic(provider).expires_next = true;
    }

    /// Whether the time of a temporary credential is over by a fault.
    pub(in crate::sandbox) fn is_expired(&self, provider: Provider, request: &Request) -> bool {
        !self.expired.is_empty() && temporary(provider, request).is_some_and(|hash| self.expired.contains(&hash))
    }

    fn traffic(&mut self, provider: Provider) -> &mut Traffic {
        match provider {
            Provider::Huawei => &mut self.huawei,
            Provider::Aliyun => &mut self.aliyun,
        }
    }

    /// A number that looks like chance, for one occasion.
    fn number(&self, provider: Provider, index: usize, occasion: u64) -> u64 {
        let cloud = if provider == Provider::Huawei { 1 } else { 2 };
        mix(mix(mix(self.seed ^ cloud).wrapping_add(index as u64)).wrapping_add(occasion))
    }

    /// Counts a call, and says whether the cloud takes no more in this second.
    fn is_too_fast(&mut self, provider: Provider, now: OffsetDateTime) -> bool {
        let limit = self.rates.calls_a_second;
        let traffic = self.traffic(provider);
        traffic.all = traffic.all.saturating_add(1);
        if traffic.second != now.unix_timestamp() {
            (traffic.second, traffic.in_second) = (now.unix_timestamp(), 0);
        }
        traffic.in_second = traffic.in_second.saturating_add(1);
        limit.is_some_and(|limit| traffic.in_second > limit)
    }

    /// Whether the credential of the call that was counted last ends with it.
    fn ends(&mut self, provider: Provider, request: &Request) -> bool {
        let when = self.rates.expires_with_call;
        let traffic = self.traffic(provider);
        traffic.expires_next |= when == Some(traffic.all);
        if !traffic.expires_next {
            return false;
        }
        let Some(hash) = temporary(provider, request) else { return false };
        traffic.expires_next = false;
        self.expired.insert(hash)
    }

    /// What strikes the next such call, if anything does.
    fn strike(&mut self, provider: Provider, call: Call, index: usize) -> Option<Strike> {
        if !self.rates.strikes_calls() {
            return None;
        }
        let changes = matches!(call, Call::Change | Call::Repeat);
        let count = self.calls.entry((provider, changes, index)).or_default();
        *count += 1;
        let occasion = *count * 2 + u64::from(changes);
        let number = self.number(provider, index, occasion);
        let (lot, kind) = (number % 1000, number / 1000 % 4);
        let FaultRates { throttle, server_error, lost, busy, .. } = self.rates;
        let busy = if call == Call::Change { busy } else { 0 };
        let mut above = 0;
        let mut is_below = |rate: u16| {
            above += u64::from(rate);
            lot < above
        };
        if is_below(throttle) {
            Some(Strike::Throttled)
        } else if is_below(server_error) {
            Some(match kind {
                0 => Strike::ServerError,
                1 => Strike::Unavailable,
                2 => Strike::BadGateway,
                _ => Strike::GatewayTimeout,
            })
        } else if is_below(lost) {
            Some(if kind % 2 == 0 { Strike::LostBefore } else { Strike::LostAfter })
        } else if is_below(busy) {
            Some(Strike::Busy)
        } else {
            None
        }
    }
}

/// The hash of the token or temporary key that a request carries.
fn temporary(provider: Provider, request: &Request) -> Option<u64> {
    let names: &[&str] = match provider {
        Provider::Huawei => &["x-security-token", "x-auth-token"],
        Provider::Aliyun => &["x-acs-security-token"],
    };
    let token = names.iter().find_map(|name| wire::header(request, name)).filter(|token| !token.is_empty())?;
    let mut hasher = DefaultHasher::new();
    (provider, token).hash(&mut hasher);
    Some(hasher.finish())
}

/// Answers a call the way the rates want it. `index`: of the instance in the fleet; `None`: it is none of the fleet.
pub(in crate::sandbox) fn around(
    world: &mut World,
    request: &Request,
    provider: Provider,
    (call, index): (Call, Option<usize>),
    answer: impl FnOnce(&mut World) -> Result<Response, ApiError>,
) -> Result<Response, ApiError> {
    // The list of tasks is for all instances.
    let index = if call == Call::Tasks { Some(usize::MAX) } else { index };
    let Some(index) = index else { return answer(world) };
    let now = world.clock();
    let is_too_fast = world.strikes.is_too_fast(provider, now);
    if world.strikes.ends(provider, request) {
        return Err(expired(provider, now, request));
    }
    if is_too_fast {
        return Err(faults::throttled(provider, 1));
    }
    let text = |status, text: &str| Ok(reply::answer(now, status, "text/plain", text));
    match world.strikes.strike(provider, call, index) {
        None => answer(world),
        Some(Strike::Throttled) => Err(faults::throttled(provider, 2)),
        Some(Strike::ServerError) => Err(server_error(provider)),
        Some(Strike::Unavailable) => text(503, "no healthy upstream"),
        Some(Strike::BadGateway) => text(502, "Bad Gateway"),
        Some(Strike::GatewayTimeout) => answer(world).and_then(|_| text(504, "upstream request timeout")),
        Some(Strike::LostBefore) => Ok(lost(reply::answer(now, 200, "application/json", "{}"))),
        Some(Strike::LostAfter) => answer(world).map(lost),
        Some(Strike::Busy) => Err(busy(provider)),
    }
}

/// How the `nth` accepted change of an instance goes, counted from 0.
pub(in crate::sandbox) fn course(
    world: &World,
    provider: Provider,
    index: Option<usize>,
    nth: usize,
    own: Course,
) -> Course {
    let Some(index) = index.filter(|_| own == Course::ordinary(provider)) else { return own };
    let Strikes { rates: FaultRates { failed_job, late_job, .. }, .. } = world.strikes;
    // Counted from the other end than the calls are.
    let lot = world.strikes.number(provider, index, u64::MAX - 2 * nth as u64) % 1000;
    let (failed, late) = (u64::from(failed_job), u64::from(late_job));
    match lot {
        lot if lot < failed => CourseKind::Failed.course(provider),
        lot if lot < failed + late => CourseKind::Late.course(provider),
        _ => own,
    }
}

fn lost(mut response: Response) -> Response {
    response.extensions_mut().insert(Fault { lost: true, ..Fault::default() });
    response
}

fn server_error(provider: Provider) -> ApiError {
    match provider {
        Provider::Huawei => ApiError::new(500, "DBS.108000", "Server failure."),
        Provider::Aliyun => {
            let message = "The request has failed due to a temporary failure of the server.";
            ApiError::new(503, "ServiceUnavailable", message)
        }
    }
}

fn busy(provider: Provider) -> ApiError {
    match provider {
        Provider::Huawei => crate::sandbox::huawei::busy(),
        Provider::Aliyun => crate::sandbox::aliyun::activating(),
    }
}

fn expired(provider: Provider, now: OffsetDateTime, request: &Request) -> ApiError {
    match provider {
        Provider::Huawei => crate::sandbox::huawei::expired(request, now),
        Provider::Aliyun => crate::sandbox::aliyun::expired(),
    }
}
