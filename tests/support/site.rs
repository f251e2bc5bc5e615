//! The built page as a deployment serves it: files of `dist/` with the production headers, the proxy beside them.

#![allow(dead_code, reason = "shared by tests that serve different sites")]

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::IntoResponse;
use axum::routing::{any, get};
use http::{HeaderName, HeaderValue};
use tokio::net::{TcpListener, ToSocketAddrs};
use tokio::task::JoinHandle;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use super::listen::BODY_LIMIT;
use super::proxy;

/// The policy that deployments ship.
pub(crate) const CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// What to serve.
#[derive(Debug, Clone, Default)]
pub(crate) struct Site {
    /// The folder of the built page.
    pub(crate) dist: PathBuf,
    /// The path under which the site lives: empty, or `/console` without a slash at its end.
    pub(crate) prefix: String,
    /// Stands in for `config.json`.
    pub(crate) config: Option<String>,
    /// More files, or other ones than those of the folder: path inside the site, such as `apis/name.json`, and text.
    pub(crate) files: Vec<(String, String)>,
    /// Other origins that the deployment lets the page call.
    pub(crate) connect: Vec<String>,
    /// The sandbox server behind `/proxy/`; `None`: there is no proxy.
    pub(crate) upstream: Option<SocketAddr>,
    /// Headers that the proxy adds to every request, such as a credential of its own.
    pub(crate) adds: Vec<proxy::Added>,
}

/// A running site; it ends when dropped.
#[derive(Debug)]
pub(crate) struct Serving {
    pub(crate) addr: SocketAddr,
    requests: Requests,
    down: Arc<AtomicBool>,
    task: JoinHandle<()>,
}

/// Method and target of every request, with the status of its answer.
type Requests = Arc<Mutex<Vec<String>>>;

impl Serving {
    /// What was asked for so far, as `GET /index.html 200`.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// From now on every connection is cut without an answer, as if the network were gone.
    pub(crate) fn go_down(&self) {
        self.down.store(true, Ordering::SeqCst);
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Site {
    pub(crate) async fn spawn(self, addr: impl ToSocketAddrs) -> io::Result<Serving> {
        let listener = TcpListener::bind(addr).await?;
        let addr = listener.local_addr()?;
        let requests = Requests::default();
        let down = Arc::new(AtomicBool::new(false));
        let state = (Arc::clone(&requests), Arc::clone(&down));
        let router = self.router().layer(middleware::from_fn_with_state(state, note));
        let task = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Ok(Serving { addr, requests, down, task })
    }

    fn router(self) -> Router {
        let prefix = self.prefix;
        let files = ServeDir::new(self.dist);
        let mut router = Router::new();
        let config = self.config.map(|config| (String::from("config.json"), config));
        for (path, text) in config.into_iter().chain(self.files) {
            let answer = move || async move { ([("content-type", "application/json")], text) };
            router = router.route(&format!("{prefix}/{path}"), get(answer));
        }
        if let Some(upstream) = self.upstream {
            let site = prefix.clone();
            let pass = move |request| pass_on(upstream, site, self.adds, request);
            router = router.route(&format!("{prefix}/proxy/{{*rest}}"), any(pass));
        }
        router = match prefix.as_str() {
            "" => router.fallback_service(files),
            prefix => router.nest_service(prefix, files),
        };
        let own = std::iter::once(String::from("connect-src 'self'"));
        let csp = CSP.replace("connect-src 'self'", &own.chain(self.connect).collect::<Vec<_>>().join(" "));
        let headers = [
            ("content-security-policy", csp.as_str()),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cache-control", "no-cache"),
        ];
        headers.into_iter().fold(router, |router, (name, value)| {
            let value = HeaderValue::from_str(value).unwrap_or_else(|_| HeaderValue::from_static(CSP));
            router.layer(SetResponseHeaderLayer::if_not_present(HeaderName::from_static(name), value))
        })
    }
}

/// Writes down what was asked for.
async fn note(
    axum::extract::State((requests, down)): axum::extract::State<(Requests, Arc<AtomicBool>)>,
    request: Request,
    next: Next,
) -> axum::response::Response {
    if down.load(Ordering::SeqCst) {
        // The connection's task ends with it, and nothing is printed.
        std::panic::resume_unwind(Box::new("down"));
    }
    let line = format!("{} {}", request.method(), request.uri());
    let answer = next.run(request).await;
    let line = format!("{line} {}", answer.status().as_u16());
    requests.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    answer
}

async fn pass_on(
    upstream: SocketAddr,
    site: String,
    adds: Vec<proxy::Added>,
    request: http::Request<Body>,
) -> axum::response::Response {
    let (parts, body) = request.into_parts();
    match axum::body::to_bytes(body, BODY_LIMIT).await {
        Ok(body) => {
            let answer = proxy::forward(upstream, &site, &adds, http::Request::from_parts(parts, body)).await;
            answer.map(Body::new)
        }
        Err(_) => http::StatusCode::PAYLOAD_TOO_LARGE.into_response(),
    }
}
