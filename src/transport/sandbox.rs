//! The simulated clouds, in the page: the same bytes as `fetch` would send, and no network.

use super::{Circumstances, Reply, TransportError};
use crate::catalog::ErrorCatalogue;
use crate::proxy::RoutedRequest;
use crate::sandbox::{Fault, Provider, World, handle, needs_catalogue};
use gloo_timers::future::TimeoutFuture;
use js_sys::Date;
use std::cell::RefCell;
use std::time::Duration;
use time::OffsetDateTime;

/// The provider whose error catalogue the sandbox needs to answer this request; `None` for all ordinary ones.
pub fn wanted_catalogue(routed: &RoutedRequest) -> Option<Provider> {
    needs_catalogue(&to_http(routed)?)
}

/// Hands a catalogue to the sandbox.
pub fn add_catalogue(world: &RefCell<World>, provider: Provider, catalogue: ErrorCatalogue) {
    world.borrow_mut().add_catalogue(provider, catalogue);
}

/// Sends the request to the sandbox. A simulated delay is waited for, up to `limit`.
pub async fn send(world: &RefCell<World>, routed: &RoutedRequest, limit: Duration) -> Result<Reply, TransportError> {
    let started = Date::now();
    let request = to_http(routed).ok_or_else(|| TransportError::Browser(String::from("not an HTTP request")))?;
    let response = {
        let mut world = world.borrow_mut();
        world.set_now(time(started));
        handle(&mut world, &request)
    };
    let fault = response.extensions().get::<Fault>().cloned().unwrap_or_default();
    wait(fault.delay.min(limit)).await;
    if fault.delay >= limit {
        return Err(TransportError::TimedOut(limit));
    }
    if fault.lost {
        return Err(TransportError::Blocked(Circumstances::default()));
    }
    let ended = Date::now();
    let (parts, body) = response.into_parts();
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    Ok(Reply {
        status: parts.status.as_u16(),
        headers: parts.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect(),
        body,
        took: Duration::from_millis((ended - started).max(0.0) as u64),
        received: time(ended),
    })
}

/// At least one turn of the event loop, so that the page can show that it is sending.
async fn wait(delay: Duration) {
    TimeoutFuture::new(u32::try_from(delay.as_millis()).unwrap_or(u32::MAX)).await;
}

fn time(milliseconds: f64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(milliseconds as i128 * 1_000_000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

fn to_http(routed: &RoutedRequest) -> Option<http::Request<Vec<u8>>> {
    let request = routed.signed().request();
    let mut builder = http::Request::builder().method(&request.method).uri(request.url()).header("host", &request.host);
    for header in &request.headers {
        builder = builder.header(&header.name, &header.value);
    }
    builder.body(request.body.clone()).ok()
}
