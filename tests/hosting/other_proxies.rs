//! Proxies of others, as `config.json` can name them: the target as a query parameter, or as the rest of the path.
//! A call that was signed for the provider arrives as it was signed.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use http::HeaderValue;
use http::header;
use percent_encoding::percent_decode_str;

use crate::listen::{self, Listening, Request, Response};
use crate::page::{CLUSTER, HTTPS, HTTPS_INPUTS, INSTANCE, PROJECT, SSL, SSL_INPUTS};
use crate::proxy;
use crate::scene::{ANY_PORT, scene};

/// Where a proxy finds the target.
#[derive(Debug, Clone, Copy)]
enum Style {
    /// In a parameter of this name, percent-encoded, as Scalar's proxy does.
    Query(&'static str),
    /// Behind the first slash, as it is, as cors-anywhere does. It wants an `Origin`.
    Path,
}

/// A proxy on an origin of its own.
struct Other {
    listening: Listening,
    upstream: Arc<Mutex<Option<SocketAddr>>>,
}

impl Other {
    async fn open(style: Style) -> Self {
        let upstream = Arc::<Mutex<Option<SocketAddr>>>::default();
        let shared = Arc::clone(&upstream);
        let serve = move |request| {
            let upstream = *shared.lock().unwrap_or_else(PoisonError::into_inner);
            async move { Some(answer(style, upstream, request).await) }
        };
        Self { listening: listen::listen(ANY_PORT, serve).await.unwrap(), upstream }
    }

    fn origin(&self) -> String {
        format!("http://{}", self.listening.addr)
    }
}

async fn answer(style: Style, upstream: Option<SocketAddr>, mut request: Request) -> Response {
    let asked = request.headers().get(header::ACCESS_CONTROL_REQUEST_HEADERS).cloned();
    let mut answer = match (target(style, &request), upstream) {
        _ if request.method() == http::Method::OPTIONS => listen::text(204, "text/plain", ""),
        (Some(target), Some(upstream)) => {
            *request.uri_mut() = target;
            proxy::forward(upstream, "", &[], request).await
        }
        _ => listen::text(400, "text/plain", "no target"),
    };
    let headers = answer.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("PUT, POST"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("*"));
    if let Some(names) = asked {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, names);
    }
    answer
}

/// The target as the address that `proxy::forward` knows.
fn target(style: Style, request: &Request) -> Option<http::Uri> {
    let written = request.uri().path_and_query()?.as_str();
    let url = match style {
        Style::Query(name) => {
            let (_, query) = written.split_once('?')?;
            // One parameter and no more: an `&` of the target that was not encoded would end it.
            let value = query.strip_prefix(name)?.strip_prefix('=').filter(|value| !value.contains(['&', '=']))?;
            percent_decode_str(&value.replace('+', " ")).decode_utf8().ok()?.into_owned()
        }
        Style::Path if request.headers().contains_key(header::ORIGIN) => written.strip_prefix('/')?.to_owned(),
        Style::Path => return None,
    };
    format!("/proxy/{}", url.strip_prefix("https://")?).parse().ok()
}

/// Both operations through a proxy of this style, with this address in `config.json`.
async fn carries_both_operations(style: Style, template: &str) {
    let other = Other::open(style).await;
    scene()
        .connect(&other.origin())
        .other_proxy(&format!("{}{template}", other.origin()))
        .run(async |page| {
            page.allow_origin(&other.origin());
            *other.upstream.lock().unwrap() = Some(page.sandbox.addr);
            page.open_operation(HTTPS).await;
            page.fill_all(&HTTPS_INPUTS).await;
            // Characters that an address spells in more than one way.
            let odd = "~*/ +&=?%2F";
            page.fill("clientToken", odd).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted", "the server recomputed the signature");
            let received = page.received_one();
            let host = "elasticsearch.cn-hangzhou.aliyuncs.com";
            let query = "clientToken=~%2A%2F%20%2B%26%3D%3F%252F";
            assert_eq!(received.target, format!("/{host}/openapi/instances/{CLUSTER}/actions/open-https?{query}"));
            assert_eq!((received.method.as_str(), received.body.as_slice()), ("POST", &b""[..]));

            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            let received = page.sandbox.received().pop().unwrap();
            let host = "gaussdb.cn-north-4.myhuaweicloud.com";
            assert_eq!(received.target, format!("/{host}/v3/{PROJECT}/instances/{INSTANCE}/ssl-option"));
            assert_eq!((received.method.as_str(), received.body.as_slice()), ("PUT", &br#"{"ssl_option":true}"#[..]));
        })
        .await;
}

#[tokio::test]
async fn a_proxy_with_scalar_url_carries_signed_calls() {
    carries_both_operations(Style::Query("scalar_url"), "/?scalar_url={url_encoded}").await;
}

#[tokio::test]
async fn a_proxy_with_url_carries_signed_calls() {
    carries_both_operations(Style::Query("url"), "/fetch?url={url_encoded}").await;
}

#[tokio::test]
async fn a_proxy_with_the_target_in_its_path_carries_signed_calls() {
    carries_both_operations(Style::Path, "/{url}").await;
}
