//! The built page as a deployment serves it: files of `dist/` with the production headers, the proxy beside them.

#![allow(dead_code, reason = "shared by tests that serve different sites")]

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use axum::Router;
use axum::body::Body;
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
    /// The sandbox server behind `/proxy/`; `None`: there is no proxy.
    pub(crate) upstream: Option<SocketAddr>,
}

/// A running site; it ends when dropped.
#[derive(Debug)]
pub(crate) struct Serving {
    pub(crate) addr: SocketAddr,
    task: JoinHandle<()>,
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
        let task = tokio::spawn(async move {
            let _ = axum::serve(listener, self.router()).await;
        });
        Ok(Serving { addr, task })
    }

    fn router(self) -> Router {
        let prefix = self.prefix;
        let files = ServeDir::new(self.dist);
        let mut router = Router::new();
        if let Some(config) = self.config {
            let answer = move || async move { ([("content-type", "application/json")], config) };
            router = router.route(&format!("{prefix}/config.json"), get(answer));
        }
        if let Some(upstream) = self.upstream {
            let site = prefix.clone();
            let pass = move |request| pass_on(upstream, site, request);
            router = router.route(&format!("{prefix}/proxy/{{*rest}}"), any(pass));
        }
        router = match prefix.as_str() {
            "" => router.fallback_service(files),
            prefix => router.nest_service(prefix, files),
        };
        let headers = [
            ("content-security-policy", CSP),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cache-control", "no-cache"),
        ];
        headers.into_iter().fold(router, |router, (name, value)| {
            let (name, value) = (HeaderName::from_static(name), HeaderValue::from_static(value));
            router.layer(SetResponseHeaderLayer::if_not_present(name, value))
        })
    }
}

async fn pass_on(upstream: SocketAddr, site: String, request: http::Request<Body>) -> axum::response::Response {
    let (parts, body) = request.into_parts();
    match axum::body::to_bytes(body, BODY_LIMIT).await {
        Ok(body) => {
            let answer = proxy::forward(upstream, &site, http::Request::from_parts(parts, body)).await;
            answer.map(Body::new)
        }
        Err(_) => http::StatusCode::PAYLOAD_TOO_LARGE.into_response(),
    }
}
