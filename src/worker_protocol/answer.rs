//! What the worker does with a message. Without a browser, so that the host tests it.

use super::{Catalogue, FromWorker, HttpRequest, HttpResponse, ToWorker};
use crate::catalog::ErrorCatalogue;
use crate::outcome::open;
use crate::sandbox::{Fault, Response, World, handle, needs_catalogue};
use crate::viewer::{Action, Compared, Document, View};
use std::sync::Arc;
use time::OffsetDateTime;
use zeroize::Zeroize;

/// What a worker holds: the simulated clouds, or a long body.
#[allow(missing_debug_implementations, reason = "the clouds hold tokens")]
pub struct Program {
    pub world: World,
    body: Option<View>,
}

/// A message to the page, and the bytes beside it.
#[derive(Debug)]
pub struct Reply {
    pub message: FromWorker,
    pub beside: Option<Vec<u8>>,
}

impl From<FromWorker> for Reply {
    fn from(message: FromWorker) -> Self {
        Self { message, beside: None }
    }
}

impl Program {
    /// `seed` makes the ids of the simulated clouds.
    pub fn new(seed: u64) -> Self {
        Self { world: World::new(seed), body: None }
    }

    /// `beside`: the bytes that came with the message.
    pub fn answer(&mut self, message: ToWorker, beside: Vec<u8>) -> Reply {
        let message = match (message, &mut self.body) {
            (ToWorker::Sandbox { now, request, catalogue }, _) => {
                play(&mut self.world, now, request, &catalogue).unwrap_or(FromWorker::InvalidRequest)
            }
            (ToWorker::Speed { now, speed }, _) => {
                if let Some(now) = date(now) {
                    self.world.set_now(now);
                }
                self.world.set_speed(speed);
                FromWorker::SpeedSet
            }
            (ToWorker::Fleet(setup), _) => {
                self.world.set_fleet(setup);
                FromWorker::FleetSet
            }
            (ToWorker::Read { asked, sight }, body) => {
                let (reading, document) = open(asked, beside);
                let view = body.insert(View::new(Arc::new(document)));
                let shown = (!reading.is_withheld()).then(|| view.act(Action::Look, sight));
                FromWorker::Read { reading, shown }
            }
            (ToWorker::View { action, sight }, Some(body)) => FromWorker::Shown(body.act(action, sight)),
            (ToWorker::Extract(extract), Some(body)) => {
                return Reply { message: FromWorker::Extracted, beside: Some(body.extract(extract)) };
            }
            (ToWorker::Compare { content_type, is_older }, Some(body)) => {
                let other = Document::read(Arc::new(beside), &content_type);
                let own = body.laid_out();
                FromWorker::Compared(if is_older { Compared::of(&other, own) } else { Compared::of(own, &other) })
            }
            (ToWorker::View { .. } | ToWorker::Extract(_) | ToWorker::Compare { .. }, None) => FromWorker::NoBody,
        };
        message.into()
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
