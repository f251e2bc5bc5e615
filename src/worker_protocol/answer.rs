//! What the worker does with a message. Without a browser, so that the host tests it.

use super::{Catalogue, FromWorker, HttpRequest, HttpResponse, ToWorker};
use crate::catalog::ErrorCatalogue;
use crate::sandbox::{Fault, Response, World, handle, needs_catalogue};
use time::OffsetDateTime;
use zeroize::Zeroize;

pub fn answer(world: &mut World, message: ToWorker) -> FromWorker {
    match message {
        ToWorker::Sandbox { now, request, catalogue } => {
            play(world, now, request, &catalogue).unwrap_or(FromWorker::InvalidRequest)
        }
        ToWorker::Speed { now, speed } => {
            if let Some(now) = date(now) {
                world.set_now(now);
            }
            world.set_speed(speed);
            FromWorker::SpeedSet
        }
        ToWorker::Fleet(setup) => {
            world.set_fleet(setup);
            FromWorker::FleetSet
        }
    }
}

fn play(world: &mut World, now: i64, request: HttpRequest, catalogue: &Catalogue) -> Option<FromWorker> {
    let mut request = to_http(request)?;
    if let Some(provider) = needs_catalogue(&request).filter(|provider| !world.has_catalogue(*provider)) {
        match catalogue {
            Catalogue::OnDemand => {
                request.body_mut().zeroize();
                return Some(FromWorker::NeedsCatalogue);
            }
            Catalogue::Missing => {}
            Catalogue::Text(text) => {
                if let Ok(catalogue) = ErrorCatalogue::load("errors.json", text) {
                    world.add_catalogue(provider, catalogue);
                }
            }
        }
    }
    world.set_now(date(now)?);
    let response = handle(world, &request);
    request.body_mut().zeroize();
    Some(FromWorker::Answered(from_http(response)))
}

/// The date of a number of milliseconds since 1970.
fn date(milliseconds: i64) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000).ok()
}

fn to_http(mut request: HttpRequest) -> Option<http::Request<Vec<u8>>> {
    let mut builder = http::Request::builder().method(request.method.as_str()).uri(request.url.as_str());
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    builder.body(std::mem::take(&mut request.body)).ok()
}

fn from_http(response: Response) -> HttpResponse {
    let fault = response.extensions().get::<Fault>().cloned().unwrap_or_default();
    let (parts, body) = response.into_parts();
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    HttpResponse {
        status: parts.status.as_u16(),
        headers: parts.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
        body,
        delay: u64::try_from(fault.delay.as_millis()).unwrap_or(u64::MAX),
        lost: fault.lost,
    }
}
