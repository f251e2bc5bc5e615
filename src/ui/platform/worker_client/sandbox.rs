//! A call to the sandbox: the same request as `fetch` would send, and no network.

use super::Handle;
use crate::proxy::RoutedRequest;
use crate::transport::{Circumstances, Reply, TransportError};
use crate::ui::platform::dates::{between, from_milliseconds};
use crate::ui::platform::fetch;
use crate::worker_protocol::{Catalogue, FromWorker, HttpRequest, ToWorker};
use gloo_timers::future::TimeoutFuture;
use js_sys::Date;
use std::time::Duration;

thread_local! {
    /// The worker that holds the simulated clouds.
    static SANDBOX: Handle = Handle::default();
}

fn worker() -> Handle {
    SANDBOX.with(Clone::clone)
}

/// Sends the request to the worker. `catalogue` fetches the text of the provider's error catalogue, for the few answers
/// that are made from it. A simulated delay is waited for, up to `limit`. Dropping the future cancels the call.
pub(crate) async fn send_to_sandbox(
    routed: &RoutedRequest,
    limit: Duration,
    catalogue: impl AsyncFnOnce() -> Option<String>,
) -> Result<Reply, TransportError> {
    let worker = worker();
    worker.loaded().await.map_err(|error| if fetch::is_online() { error } else { TransportError::Offline })?;
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
    let worker = worker();
    worker.loaded().await?;
    worker.ask(&ToWorker::Speed { now: Date::now() as i64, speed }).await.map(drop)
}
