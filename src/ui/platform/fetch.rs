//! The browser's `fetch`, through gloo-net.

use super::dates::{between, from_milliseconds};
use super::worker_client::bodies;
use crate::outcome::LONG;
use crate::proxy::{CALL_ID, RoutedRequest};
use crate::transport::{Circumstances, Reply, TransportError, is_blocked_address, is_cut_off};
use crate::worker_protocol::buffer::take_bytes;
use gloo_net::http::{Request, RequestBuilder};
use gloo_timers::future::TimeoutFuture;
use js_sys::{ArrayBuffer, Date, Uint8Array};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, ReferrerPolicy, RequestCache, RequestCredentials, RequestMode, RequestRedirect,
    SecurityPolicyViolationEvent,
};

/// What came: with a body in the program, or with a long one in the browser's hands.
pub(crate) struct Received {
    /// Without its body where that is long.
    pub(crate) reply: Reply,
    pub(crate) long: Option<ArrayBuffer>,
}

impl From<Reply> for Received {
    fn from(reply: Reply) -> Self {
        Self { reply, long: None }
    }
}

impl Received {
    /// The reply with its body, however long that is.
    pub(crate) fn into_whole(self) -> Reply {
        match self.long {
            Some(buffer) => Reply { body: take_bytes(&buffer), ..self.reply },
            None => self.reply,
        }
    }
}

/// Sends the request to its address, which is absolute, with the call's id for a proxy that takes one. Aborting the signal
/// ends it.
pub(crate) async fn send(
    address: &str,
    routed: &RoutedRequest,
    call_id: Option<&str>,
    signal: Option<&AbortSignal>,
) -> Result<Received, TransportError> {
    let method = &routed.signed().request().method;
    let sent = transmit(address, method, request(address, routed, call_id, signal)).await;
    // A browser's complaint quotes the address, and a secret can be in it.
    sent.map_err(|error| match error {
        TransportError::Browser(complaint) => {
            TransportError::Browser(complaint.replace(address, routed.shown_address().unwrap_or_default()))
        }
        other => other,
    })
}

/// Asks an address without a credential: to see what is there, not to have anything done.
pub(crate) async fn probe(
    address: &str,
    method: http::Method,
    headers: &[(&str, &str)],
    body: &str,
    signal: Option<&AbortSignal>,
) -> Result<Reply, TransportError> {
    let mut builder = careful(address, signal).method(method.clone());
    for (name, value) in headers {
        builder = builder.header(name, value);
    }
    let request = if body.is_empty() { builder.build() } else { builder.body(body) };
    transmit(address, &method, request).await.map(Received::into_whole)
}

/// Whether anything answers at an address, though the page may not read what.
pub(crate) async fn listens(address: &str, signal: Option<&AbortSignal>) -> bool {
    // Browsers let a request of this mode follow redirects or not be sent at all. It carries nothing.
    match careful(address, signal).mode(RequestMode::NoCors).redirect(RequestRedirect::Follow).build() {
        Ok(request) => request.send().await.is_ok(),
        Err(_) => false,
    }
}

/// Whether the browser has a network, as far as it knows.
pub(crate) fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

async fn transmit(
    address: &str,
    method: &http::Method,
    request: Result<Request, gloo_net::Error>,
) -> Result<Received, TransportError> {
    if !is_online() {
        return Err(TransportError::Offline);
    }
    let request = request.map_err(|error| TransportError::Browser(error.to_string()))?;
    let policy = PolicyWatch::new(address);
    let started = Date::now();
    let failed = || {
        TransportError::Blocked(Circumstances {
            offline: !is_online(),
            policy: policy.as_ref().is_some_and(PolicyWatch::was_violated),
            ..circumstances(address)
        })
    };
    let response = match request.send().await {
        Ok(response) => response,
        Err(_) => {
            // Chromium reports a violation of the policy only after the failure that it caused.
            TimeoutFuture::new(0).await;
            return Err(failed());
        }
    };
    let headers: Vec<(String, String)> =
        response.headers().entries().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect();
    let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse().ok());
    if length.is_some_and(|length: usize| length >= LONG) {
        bodies::prepare();
    }
    let status = response.status();
    // gloo-net has no way to take the body without copying it into this program.
    let response: web_sys::Response = response.into();
    let buffer = response.array_buffer().map_err(|_| failed())?;
    let buffer: ArrayBuffer = JsFuture::from(buffer).await.map_err(|_| failed())?.unchecked_into();
    let ended = Date::now();
    let length = buffer.byte_length() as usize;
    if is_cut_off(method, status, &headers, length) {
        return Err(failed());
    }
    let is_long = length >= LONG;
    let reply = Reply {
        status,
        headers,
        body: if is_long { Vec::new() } else { take_bytes(&buffer) },
        took: between(started, ended),
        received: from_milliseconds(ended),
    };
    Ok(Received { reply, long: is_long.then_some(buffer) })
}

fn request(
    address: &str,
    routed: &RoutedRequest,
    call_id: Option<&str>,
    signal: Option<&AbortSignal>,
) -> Result<Request, gloo_net::Error> {
    let request = routed.signed().request();
    let mut builder = careful(address, signal).method(request.method.clone());
    if let Some(id) = call_id {
        builder = builder.header(CALL_ID, id);
    }
    for header in &request.headers {
        // The values were checked when they became headers: all are visible ASCII.
        builder = builder.header(&header.name, header.sent());
    }
    if request.body.is_empty() { builder.build() } else { builder.body(Uint8Array::from(request.body.as_slice())) }
}

/// What holds for everything that leaves. The service worker (`sw.js`) passes over whatever says "no-store".
fn careful(address: &str, signal: Option<&AbortSignal>) -> RequestBuilder {
    RequestBuilder::new(address)
        // A followed redirect would carry the credential to another place.
        .redirect(RequestRedirect::Error)
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .cache(RequestCache::NoStore)
        .abort_signal(signal)
}

/// What can be known of an address before it is called.
#[allow(clippy::disallowed_methods, reason = "compares origins, to explain why a browser refused")]
pub(crate) fn circumstances(address: &str) -> Circumstances {
    let page = web_sys::window().map(|window| window.location());
    let origin = page.as_ref().and_then(|page| page.origin().ok()).unwrap_or_default();
    let secure = page.and_then(|page| page.protocol().ok()).is_some_and(|protocol| protocol == "https:");
    Circumstances {
        cross_origin: !address.starts_with(&format!("{origin}/")),
        mixed_content: secure && address.starts_with("http://"),
        ..Circumstances::default()
    }
}

/// Listens for the page's own policy stopping calls of an address, for as long as it lives.
struct PolicyWatch {
    document: web_sys::Document,
    violated: Rc<Cell<bool>>,
    listener: Closure<dyn Fn(SecurityPolicyViolationEvent)>,
}

const VIOLATION: &str = "securitypolicyviolation";

impl PolicyWatch {
    fn new(address: &str) -> Option<Self> {
        let address = address.to_owned();
        let document = web_sys::window()?.document()?;
        let violated = Rc::new(Cell::new(false));
        let flag = violated.clone();
        let listener =
            Closure::<dyn Fn(SecurityPolicyViolationEvent)>::new(move |event: SecurityPolicyViolationEvent| {
                if event.effective_directive() == "connect-src" && is_blocked_address(&event.blocked_uri(), &address) {
                    flag.set(true);
                }
            });
        document.add_event_listener_with_callback(VIOLATION, listener.as_ref().unchecked_ref()).ok()?;
        Some(Self { document, violated, listener })
    }

    fn was_violated(&self) -> bool {
        self.violated.get()
    }
}

impl Drop for PolicyWatch {
    fn drop(&mut self) {
        let listener = self.listener.as_ref().unchecked_ref();
        let _ = self.document.remove_event_listener_with_callback(VIOLATION, listener);
    }
}
