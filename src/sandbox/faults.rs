//! What goes wrong on the way or in the answer, chosen by the instance id (`sentinel`).
//!
//! These faults strike calls that change something. Reading calls of such an instance answer normally: after a lost
//! answer one can look whether the change was carried out. A wrong clock strikes before the change: the server compares
//! the request's dates with it ([`skew`]). `reading.rs` has the faults of reading calls.

use std::time::Duration;

use http::header::{CONTENT_TYPE, HeaderName, RETRY_AFTER};
use time::Duration as Span;

use super::api_error::ApiError;
use super::fault_kind::FaultKind;
use super::provider::Provider;
use super::sentinel::{self, Sentinel};
use super::world::World;
use super::{Request, Response, reply, wire};

/// A page that says in GBK that the service is not available for the moment.
const GBK_PAGE: &[u8] = b"<!DOCTYPE html>\n\
    <html><head><title>503</title></head><body><h1>\xb7\xfe\xce\xf1\xd4\xdd\xb2\xbb\xbf\xc9\xd3\xc3</h1></body></html>";

/// What a response cannot express. The transport waits for `delay`; then, if `lost`, it ends the connection without an
/// answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fault {
    /// How long the answer takes.
    pub delay: Duration,
    /// The answer never arrives.
    pub lost: bool,
}

/// The error that an id of the form `error…` asks for. `Ok`: the id is none of these.
pub(super) fn documented_error(world: &World, provider: Provider, id: &str) -> Result<(), ApiError> {
    let Some(Sentinel::Error(code, nth)) = sentinel::read(provider, id) else { return Ok(()) };
    let Some(catalogue) = world.catalogue(provider) else {
        return Err(ApiError::new(500, "Sandbox.NoCatalogue", "The sandbox was not given this error catalogue."));
    };
    let Some(entry) = sentinel::entry(catalogue, provider, &code, nth) else {
        let message = format!("The error catalogue has no code {code}, or no entry {nth} of it.");
        return Err(ApiError::new(404, "Sandbox.NoSuchCode", message));
    };
    let code = sentinel::with_parameter(&entry.code);
    let message = match &entry.message {
        Some(message) => sentinel::with_parameter(message),
        None => format!("{code} (the documents show no message)"),
    };
    Err(ApiError::new(entry.status.unwrap_or(400), &code, message))
}

/// How far the clock is ahead that a request is looked at with; the id of a fault in the path sets it.
pub(super) fn skew(provider: Provider, request: &Request) -> Span {
    let is_skewed = |id: &String| sentinel::read(provider, id) == Some(Sentinel::Fault(FaultKind::ClockSkew));
    let changes = request.method() != http::Method::GET;
    if changes && wire::segments(request.uri().path()).iter().any(is_skewed) { Span::hours(2) } else { Span::ZERO }
}

/// Carries out a change the way the id asks for: plainly, not at all, or with something wrong about the answer.
pub(super) fn around(
    world: &mut World,
    provider: Provider,
    id: &str,
    change: impl FnOnce(&mut World) -> Result<Response, ApiError>,
) -> Result<Response, ApiError> {
    let Some(Sentinel::Fault(kind)) = sentinel::read(provider, id) else { return change(world) };
    let now = world.clock();
    let text = |status, text: &str| Ok(reply::answer(now, status, "text/plain", text));
    let page = |status, text: &str| {
        let html =
            format!("<!DOCTYPE html>\n<html><head><title>{text}</title></head><body><h1>{text}</h1></body></html>");
        Ok(reply::answer(now, status, "text/html; charset=utf-8", html))
    };
    match kind {
        FaultKind::ProxyPage => page(502, "502 Bad Gateway"),
        FaultKind::LoginPage => page(200, "Sign in to the network"),
        FaultKind::BadGateway => text(502, "Bad Gateway"),
        FaultKind::Unavailable => text(503, "no healthy upstream"),
        FaultKind::XmlError => {
            let error = not_there(provider);
            Ok(reply::answer(now, error.status, "text/xml;charset=utf-8", xml(&error)))
        }
        FaultKind::GbkPage => Ok(reply::answer(now, 503, "text/html; charset=GBK", GBK_PAGE)),
        FaultKind::GatewayTimeout => change(world).and_then(|_| text(504, "upstream request timeout")),
        FaultKind::RateLimit => Err(throttled(provider, 30)),
        FaultKind::LostBefore if world.strikes(id) == 1 => {
            let mut response = reply::answer(now, 200, "application/json", "{}");
            add(&mut response, Fault { lost: true, ..Fault::default() });
            Ok(response)
        }
        FaultKind::UnknownCode => Err(unheard_of(provider)),
        _ => change(world).map(|response| altered(kind, response)),
    }
}

/// The answer to a change that was carried out, with something wrong about it.
fn altered(kind: FaultKind, mut response: Response) -> Response {
    let body = response.body_mut();
    match kind {
        FaultKind::Empty => body.clear(),
        FaultKind::BrokenJson => body.truncate(body.len() / 2),
        FaultKind::Big => insert(body, &format!("\"padding\":[{}\"\"]", "\"0123456789abcdef\",".repeat(110_000))),
        FaultKind::Numbers => insert(
            body,
            r#""long":12345678901234567890.10,"huge":1e400,"minus_zero":-0.0,"whole":9007199254740993,"exponent":1E+2"#,
        ),
        _ => {}
    }
    match kind {
        FaultKind::PlainText => reply::set_header(&mut response, CONTENT_TYPE, "text/plain"),
        FaultKind::Slow => add(&mut response, Fault { delay: Duration::from_secs(15), lost: false }),
        FaultKind::Timeout => add(&mut response, Fault { delay: Duration::from_secs(3600), lost: true }),
        FaultKind::Lost => add(&mut response, Fault { delay: Duration::ZERO, lost: true }),
        _ => {}
    }
    response
}

fn add(response: &mut Response, fault: Fault) {
    response.extensions_mut().insert(fault);
}

/// Adds members to the end of a JSON object. As text, for a number's text is the point of it.
fn insert(body: &mut Vec<u8>, members: &str) {
    body.pop();
    body.extend_from_slice(format!(",{members}}}").as_bytes());
}

/// Too many calls; the next one may come after so many seconds.
pub(super) fn throttled(provider: Provider, seconds: u16) -> ApiError {
    match provider {
        Provider::Huawei => ApiError::new(429, "APIGW.0308", "The throttling threshold has been reached."),
        Provider::Aliyun => ApiError::new(429, "Throttling.User", "Request was denied due to user flow control.")
            .with_header(HeaderName::from_static("x-acs-retry-after"), format!("{seconds}000")),
    }
    .with_header(RETRY_AFTER, seconds.to_string())
}

fn not_there(provider: Provider) -> ApiError {
    match provider {
        Provider::Huawei => ApiError::new(404, "DBS.200002", "The DB instance does not exist."),
        Provider::Aliyun => ApiError::new(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found."),
    }
}

/// An error as Alibaba Cloud's gateways write it for who did not ask for JSON.
fn xml(ApiError { code, message, .. }: &ApiError) -> String {
    format!(
        "<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>5A2CFF0E-5718-45B5-9D4D-70B3FF000002</RequestId>\
         <HostId>sandbox</HostId><Code>{code}</Code><Message><![CDATA[{message}]]></Message></Error>"
    )
}

fn unheard_of(provider: Provider) -> ApiError {
    match provider {
        Provider::Huawei => ApiError::new(400, "DBS.999999", "The instance is on holiday."),
        Provider::Aliyun => ApiError::new(400, "InstanceOnHoliday", "The instance is on holiday."),
    }
}
