//! A real reverse proxy: `/proxy/{host}/rest` goes by HTTP to the sandbox server's `/{host}/rest`.
//!
//! On hyper's plain connection: it follows no redirect and leaves every byte of path and query as it is.

#![allow(dead_code, reason = "tests take the proxy alone, inside the site, or only its client")]

use std::io;
use std::net::SocketAddr;

use http_body_util::BodyExt;
use hyper::body::Bytes;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpStream, ToSocketAddrs};

use super::listen::{self, Listening, Request, Response};

const PREFIX: &str = "/proxy";

/// A header that the proxy adds to every request: a name in lower case, and a value.
pub(crate) type Added = (&'static str, String);

/// A proxy on an address of its own; it ends when dropped.
pub(crate) async fn spawn(addr: impl ToSocketAddrs, upstream: SocketAddr) -> io::Result<Listening> {
    listen::listen(addr, move |request| async move { Some(forward(upstream, "", &[], request).await) }).await
}

/// Passes a request on and the answer back. `site` is the path under which the whole site lives, without a slash at
/// its end; `adds` are headers such as a credential of the proxy's own, which take the place of those sent.
pub(crate) async fn forward(upstream: SocketAddr, site: &str, adds: &[Added], request: Request) -> Response {
    let target = request.uri().path_and_query().map_or("", |target| target.as_str()).to_owned();
    let rest = target.strip_prefix(site).and_then(|target| target.strip_prefix(PREFIX));
    let Some(rest) = rest.filter(|rest| rest.starts_with('/')) else {
        return listen::text(404, "text/html", "<h1>404 Not Found</h1>");
    };
    let (parts, body) = request.into_parts();
    let onward = http::Request::builder().method(parts.method).uri(rest).header("host", upstream.to_string());
    let Ok(mut onward) = onward.body(body) else { return listen::text(400, "text/html", "<h1>400 Bad Request</h1>") };
    for (name, value) in &parts.headers {
        if !(listen::is_hop_by_hop(name.as_str()) || listen::is_of_the_browser(name.as_str())) {
            onward.headers_mut().append(name, value.clone());
        }
    }
    for (name, value) in adds {
        let Ok(value) = http::HeaderValue::from_str(value) else { continue };
        onward.headers_mut().insert(*name, value);
    }
    match exchange(upstream, onward).await {
        Ok(answer) => {
            let (mut parts, body) = answer.into_parts();
            let hop_by_hop: Vec<_> =
                parts.headers.keys().filter(|n| listen::is_hop_by_hop(n.as_str())).cloned().collect();
            hop_by_hop.iter().for_each(|name| drop(parts.headers.remove(name)));
            Response::from_parts(parts, listen::whole(body))
        }
        Err(_) => listen::text(502, "text/html", "<html><body><h1>502 Bad Gateway</h1></body></html>"),
    }
}

/// One request on one connection, and its whole answer.
pub(crate) async fn exchange(to: SocketAddr, request: Request) -> io::Result<http::Response<Bytes>> {
    let stream = TcpStream::connect(to).await?;
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    let connection = tokio::spawn(connection);
    let answer = sender.send_request(request.map(listen::whole)).await.map_err(io::Error::other)?;
    let (parts, body) = answer.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    connection.abort();
    Ok(http::Response::from_parts(parts, body))
}
