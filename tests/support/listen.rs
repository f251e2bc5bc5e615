//! A small HTTP server over one function, on hyper itself: only there can a connection end without an answer.

use std::io;
use std::net::SocketAddr;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, ToSocketAddrs};
use tokio::task::{JoinHandle, JoinSet};

/// The greatest body accepted.
pub(crate) const BODY_LIMIT: usize = 1024 * 1024;

/// A request with its whole body.
pub(crate) type Request = http::Request<Bytes>;
/// An answer with its whole body.
pub(crate) type Response = http::Response<Full<Bytes>>;

/// A server that ends, connections and all, when this is dropped.
#[derive(Debug)]
pub(crate) struct Listening {
    pub(crate) addr: SocketAddr,
    task: JoinHandle<()>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Serves until dropped. Port 0 takes a free one. `None` from `answer` ends the connection without an answer.
pub(crate) async fn listen<F, A>(addr: impl ToSocketAddrs, answer: F) -> io::Result<Listening>
where
    F: Fn(Request) -> A + Clone + Send + Sync + 'static,
    A: Future<Output = Option<Response>> + Send + 'static,
{
    let listener = TcpListener::bind(addr).await?;
    let addr = listener.local_addr()?;
    let task = tokio::spawn(async move {
        let mut connections = JoinSet::new();
        while let Ok((stream, _)) = listener.accept().await {
            connections.spawn(serve(stream, answer.clone()));
            while connections.try_join_next().is_some() {}
        }
    });
    Ok(Listening { addr, task })
}

/// Serves one connection until it ends.
pub(crate) async fn serve<F, A>(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, answer: F)
where
    F: Fn(Request) -> A + Clone + Send + Sync + 'static,
    A: Future<Output = Option<Response>> + Send + 'static,
{
    let service = service_fn(move |request| respond(request, answer.clone()));
    let http = hyper::server::conn::http1::Builder::new();
    // Clients go away, and lost answers end in an error on purpose.
    let _ = http.serve_connection(TokioIo::new(stream), service).await;
}

/// The connection is to end without an answer.
#[derive(Debug)]
struct NoAnswer;

impl std::fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("no answer")
    }
}

impl std::error::Error for NoAnswer {}

async fn respond<F, A>(request: hyper::Request<Incoming>, answer: F) -> Result<Response, NoAnswer>
where
    F: Fn(Request) -> A,
    A: Future<Output = Option<Response>>,
{
    let (parts, body) = request.into_parts();
    match Limited::new(body, BODY_LIMIT).collect().await {
        Ok(body) => answer(Request::from_parts(parts, body.to_bytes())).await.ok_or(NoAnswer),
        Err(_) => Ok(text(413, "text/plain", "The body is longer than a megabyte.")),
    }
}

/// An answer that carries text.
pub(crate) fn text(status: u16, content_type: &'static str, text: &str) -> Response {
    let mut response = Response::new(whole(text.to_owned()));
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
    response.headers_mut().insert("content-type", http::HeaderValue::from_static(content_type));
    response
}

/// A body that is there at once.
pub(crate) fn whole(body: impl Into<Bytes>) -> Full<Bytes> {
    Full::new(body.into())
}

/// Headers that concern one connection only, so that nobody passes them on.
pub(crate) fn is_hop_by_hop(name: &str) -> bool {
    const NAMES: [&str; 7] = ["connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "host"];
    NAMES.contains(&name) || name.starts_with("proxy-")
}

/// Headers that a browser adds about itself; a provider has no business with them.
pub(crate) fn is_of_the_browser(name: &str) -> bool {
    matches!(name, "origin" | "referer" | "cookie")
}
