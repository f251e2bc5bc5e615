//! A call to the sandbox: the same request as `fetch` would send, and no network.

use super::Handle;
use crate::proxy::RoutedRequest;
use crate::sandbox::FleetSetup;
use crate::transport::{Circumstances, Reply, TransportError};
use crate::ui::platform::dates::{between, from_milliseconds};
use crate::ui::platform::{fetch, storage};
use crate::worker_protocol::{Catalogue, FromWorker, HttpRequest, ToWorker};
use gloo_timers::future::TimeoutFuture;
use js_sys::Date;
use std::cell::RefCell;
use std::time::Duration;

thread_local! {
    /// The worker that holds the simulated clouds.
    static WORKER: Handle = Handle::with_first(first);
    static SETUP: RefCell<Setup> = RefCell::default();
}

/// What a worker that starts again is given.
#[derive(Default)]
struct Setup {
    /// It is read with the first worker.
    fleet: Option<FleetSetup>,
    /// How fast jobs go on; `None`: as fast as the clock.
    speed: Option<i32>,
}

/// The worker answers in order, so no call finds other fleets than these.
fn first() -> Vec<ToWorker> {
    let fleet = Some(fleet()).filter(|setup| *setup != FleetSetup::default());
    let speed = SETUP.with_borrow(|setup| setup.speed);
    fleet.map(ToWorker::Fleet).into_iter().chain(speed.map(at_speed)).collect()
}

/// The worker, when it is ready.
async fn loaded() -> Result<Handle, TransportError> {
    let worker = WORKER.with(Clone::clone);
    worker.loaded().await?;
    Ok(worker)
}

/// Sends the request to the worker. `catalogue` fetches the text of the provider's error catalogue, for the few answers
/// that are made from it. A simulated delay is waited for, up to `limit`. Dropping the future cancels the call.
pub(crate) async fn send_to_sandbox(
    routed: &RoutedRequest,
    limit: Duration,
    catalogue: impl AsyncFnOnce() -> Option<String>,
) -> Result<Reply, TransportError> {
    let worker = loaded().await.map_err(|error| if fetch::is_online() { error } else { TransportError::Offline })?;
    let started = Date::now();
    let message = |catalogue| {
        let request = HttpRequest::of(routed.signed().request());
        ToWorker::Sandbox { now: started as i64, request, catalogue }
    };
    let mut answer = worker.ask(&message(Catalogue::OnDemand)).await?;
    if answer == FromWorker::NeedsCatalogue {
        let text = catalogue().await;
        answer = worker.ask(&message(text.map_or(Catalogue::Missing, Catalogue::Text))).await?;
    }
    let FromWorker::Answered(mut response) = answer else {
        return Err(TransportError::Browser(String::from("not an HTTP request")));
    };
    let delay = Duration::from_millis(response.delay);
    // At least one turn of the event loop, so that the page can show that it is sending.
    TimeoutFuture::new(u32::try_from(delay.min(limit).as_millis()).unwrap_or(u32::MAX)).await;
    if delay >= limit {
        return Err(TransportError::TimedOut(limit));
    }
    if response.lost {
        return Err(TransportError::Blocked(Circumstances::default()));
    }
    let ended = Date::now();
    Ok(Reply {
        status: response.status,
        headers: std::mem::take(&mut response.headers),
        body: std::mem::take(&mut response.body),
        took: between(started, ended),
        received: from_milliseconds(ended),
    })
}

/// Lets the jobs of the simulated clouds go on so many times as fast, from now on.
pub(crate) async fn set_speed(speed: i32) -> Result<(), TransportError> {
    loaded().await?.ask(&at_speed(speed)).await?;
    SETUP.with_borrow_mut(|given| given.speed = Some(speed));
    Ok(())
}

fn at_speed(speed: i32) -> ToWorker {
    ToWorker::Speed { now: Date::now() as i64, speed }
}

/// Where the browser remembers the fleets: rows that a run still has must name instances that are there.
const FLEET: &str = "sandbox-fleet";

fn remembered_fleet() -> FleetSetup {
    storage::remembered(FLEET).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// The fleets that the simulated clouds have.
pub(crate) fn fleet() -> FleetSetup {
    SETUP.with_borrow_mut(|given| *given.fleet.get_or_insert_with(remembered_fleet))
}

/// Gives the simulated clouds fresh fleets. A worker that starts again gets the same, in this page and in later ones.
pub(crate) async fn set_fleet(setup: FleetSetup) -> Result<(), TransportError> {
    loaded().await?.ask(&ToWorker::Fleet(setup)).await?;
    SETUP.with_borrow_mut(|given| given.fleet = Some(setup));
    match serde_json::to_string(&setup) {
        Ok(text) if setup != FleetSetup::default() => storage::remember(FLEET, &text),
        _ => storage::forget(FLEET),
    }
    Ok(())
}
