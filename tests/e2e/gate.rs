//! A proxy on an origin of its own, which a deployment has let in by CORS and by the page's policy. What it does to an
//! answer can be chosen while it runs.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::HeaderValue;
use http::header::{self, HeaderName};

use crate::listen::{self, Listening, Request, Response};
use crate::proxy;
use crate::scene::ANY_PORT;

/// What becomes of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// It is passed on, and so is the answer.
    Forward,
    /// It is passed on, and the connection ends instead of an answer.
    Drop,
    /// The answer leads elsewhere.
    Redirect,
    /// The answer does not let the page read it.
    WithoutCors,
    /// As the proxies of `deploy/`: strangers are refused, in an answer that bears a mark.
    Marked,
    /// As those too: it says who it is, and nothing comes back through it.
    Alone,
    /// Strangers are let through.
    Open,
    /// Nobody is.
    Closed,
    /// Everybody is asked for a login first.
    Login,
    /// The query is decoded once more than it should be.
    Rewrite,
}

#[derive(Debug)]
struct State {
    mode: Mode,
    upstream: Option<SocketAddr>,
}

pub(crate) struct Gate {
    listening: Listening,
    state: Arc<Mutex<State>>,
}

impl Gate {
    pub(crate) async fn open() -> Self {
        let state = Arc::new(Mutex::new(State { mode: Mode::Forward, upstream: None }));
        let shared = Arc::clone(&state);
        let listening = listen::listen(ANY_PORT, move |request| answer(Arc::clone(&shared), request)).await.unwrap();
        Self { listening, state }
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.listening.addr)
    }

    /// The address for `config.json`.
    pub(crate) fn template(&self) -> String {
        format!("{}/proxy/{{host}}{{path}}{{query}}", self.origin())
    }

    pub(crate) fn lead_to(&self, upstream: SocketAddr) {
        lock(&self.state).upstream = Some(upstream);
    }

    pub(crate) fn set(&self, mode: Mode) {
        lock(&self.state).mode = mode;
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn answer(state: Arc<Mutex<State>>, mut request: Request) -> Option<Response> {
    let State { mode, upstream } = *lock(&state);
    let asked = request.headers().get(header::ACCESS_CONTROL_REQUEST_HEADERS).cloned();
    let is_stranger = request.uri().path().starts_with("/proxy/example.com/");
    let is_hello = request.uri().path() == "/proxy/" && request.method() == "GET";
    let marks = matches!(mode, Mode::Marked | Mode::Alone);
    if mode == Mode::Rewrite
        && let Ok(other) = request.uri().to_string().replace("%25", "%").parse()
    {
        *request.uri_mut() = other;
    }
    let mut answer = match (request.method().as_str(), upstream) {
        ("OPTIONS", _) => listen::text(204, "text/plain", ""),
        _ if mode == Mode::Closed => listen::text(403, "text/plain", "no"),
        _ if mode == Mode::Login => listen::text(401, "text/html", "<h1>Please log in</h1>"),
        _ if is_stranger && marks => listen::text(403, "text/plain", "refused"),
        _ if is_hello && mode == Mode::Alone => listen::text(200, "application/json", "{}"),
        _ if mode == Mode::Alone => return None,
        _ if is_stranger && mode == Mode::Open => listen::text(200, "text/plain", "example"),
        (_, Some(upstream)) => proxy::forward(upstream, "", &[], request).await,
        _ => listen::text(502, "text/html", "<h1>502 Bad Gateway</h1>"),
    };
    let is_preflight = answer.status() == 204;
    match mode {
        Mode::Drop if !is_preflight => return None,
        Mode::Redirect if !is_preflight => {
            *answer.status_mut() = http::StatusCode::FOUND;
            set(&mut answer, header::LOCATION, "/elsewhere");
        }
        _ => {}
    }
    if marks && (is_stranger || is_hello && mode == Mode::Alone) {
        let mark = if is_stranger { "refused" } else { "ready" };
        set(&mut answer, HeaderName::from_static("x-tls-console-proxy"), mark);
    }
    if mode != Mode::WithoutCors {
        set(&mut answer, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        set(&mut answer, header::ACCESS_CONTROL_ALLOW_METHODS, "PUT, POST");
        set(&mut answer, header::ACCESS_CONTROL_EXPOSE_HEADERS, "*");
        if let Some(names) = asked {
            answer.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_HEADERS, names);
        }
    }
    // A browser repeats a call by itself when a used connection ends without an answer: each gets one of its own.
    set(&mut answer, header::CONNECTION, "close");
    Some(answer)
}

fn set(answer: &mut Response, name: HeaderName, value: &'static str) {
    answer.headers_mut().insert(name, HeaderValue::from_static(value));
}
