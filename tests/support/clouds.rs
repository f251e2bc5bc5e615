//! The providers as a hosted proxy meets them: hosts by name, over TLS, with the simulated clouds behind.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ProtocolVersion;
use tokio_rustls::server::TlsStream;

use super::authority::Authority;
use super::listen::{self, Request, Response};
use super::proxy::exchange;
use super::server::Received;

/// What a provider does in place of an answer of the simulated clouds, once it has read a request.
#[derive(Debug, Clone)]
pub(crate) enum Script {
    /// It sends these bytes, whatever they are, and ends the connection.
    Bytes(Vec<u8>),
    /// It sends these bytes, and resets the connection.
    Reset(Vec<u8>),
    /// It begins with the first bytes, and goes on with the others for as long as somebody listens.
    Drip(&'static [u8], &'static [u8]),
}

/// A running server; it ends when dropped.
#[derive(Debug)]
pub(crate) struct Clouds {
    pub(crate) addr: SocketAddr,
    connections: Arc<AtomicUsize>,
    /// How many connections speak TLS 1.3.
    modern: Arc<AtomicUsize>,
    open: Arc<AtomicUsize>,
    received: Arc<Mutex<Vec<Received>>>,
    script: Arc<Mutex<Option<Script>>>,
    task: JoinHandle<()>,
}

impl Drop for Clouds {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Clouds {
    pub(crate) async fn spawn(authority: Authority, sandbox: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let addr = listener.local_addr()?;
        let (connections, received) = (Arc::<AtomicUsize>::default(), Arc::<Mutex<Vec<Received>>>::default());
        let (counter, notes) = (Arc::clone(&connections), Arc::clone(&received));
        let still_open = Arc::<AtomicUsize>::default();
        let held = Arc::clone(&still_open);
        let script = Arc::<Mutex<Option<Script>>>::default();
        let played = Arc::clone(&script);
        let modern = Arc::<AtomicUsize>::default();
        let newest = Arc::clone(&modern);
        let tls = TlsAcceptor::from(authority.server());
        let task = tokio::spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                counter.fetch_add(1, Ordering::SeqCst);
                held.fetch_add(1, Ordering::SeqCst);
                let (tls, notes, held, newest) =
                    (tls.clone(), Arc::clone(&notes), Arc::clone(&held), Arc::clone(&newest));
                let script = played.lock().unwrap_or_else(PoisonError::into_inner).clone();
                open.spawn(async move {
                    // Whoever does not believe the certificate goes away.
                    let accepted = tls.accept(stream).await;
                    let version = accepted.as_ref().ok().and_then(|stream| stream.get_ref().1.protocol_version());
                    newest.fetch_add(usize::from(version == Some(ProtocolVersion::TLSv1_3)), Ordering::SeqCst);
                    match (accepted, &script) {
                        (Ok(stream), Some(script)) => drop(play(stream, script, &notes).await),
                        (Ok(stream), None) => {
                            listen::serve(stream, move |request| answer(Arc::clone(&notes), sandbox, request)).await;
                        }
                        (Err(_), _) => {}
                    }
                    held.fetch_sub(1, Ordering::SeqCst);
                });
                while open.try_join_next().is_some() {}
            }
        });
        Ok(Self { addr, connections, modern, open: still_open, received, script, task })
    }

    /// How often somebody connected, whatever came of it.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// How many of them were made with TLS 1.3.
    pub(crate) fn modern(&self) -> usize {
        self.modern.load(Ordering::SeqCst)
    }

    /// How many connections nobody has ended yet.
    pub(crate) fn open(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }

    /// From now on the providers do this.
    pub(crate) fn play(&self, script: Script) {
        *self.script.lock().unwrap_or_else(PoisonError::into_inner) = Some(script);
    }

    /// The requests so far that may change something: the console reads before and after them.
    pub(crate) fn changes(&self) -> Vec<Received> {
        self.received().into_iter().filter(|request| request.method != "GET").collect()
    }

    /// All requests so far.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Reads a request, notes it, and does what the script says.
async fn play(mut stream: TlsStream<TcpStream>, script: &Script, notes: &Mutex<Vec<Received>>) -> io::Result<()> {
    let mut bytes = Vec::new();
    let request = loop {
        if let Some(request) = parsed(&bytes) {
            break request;
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(());
        }
    };
    notes.lock().unwrap_or_else(PoisonError::into_inner).push(request);
    match script {
        Script::Bytes(bytes) => stream.write_all(bytes).await?,
        Script::Reset(bytes) => {
            stream.write_all(bytes).await?;
            stream.flush().await?;
            return stream.get_ref().0.set_zero_linger();
        }
        Script::Drip(first, next) => {
            stream.write_all(first).await?;
            let mut ticks = tokio::time::interval(Duration::from_millis(200));
            loop {
                stream.write_all(next).await?;
                stream.flush().await?;
                ticks.tick().await;
            }
        }
    }
    stream.shutdown().await
}

/// A request whose body has a length, once all of it is there.
fn parsed(bytes: &[u8]) -> Option<Received> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(bytes.get(..end)?).into_owned();
    let mut lines = head.split("\r\n");
    let mut line = lines.next()?.split(' ').map(str::to_owned);
    let (method, target) = (line.next()?, line.next()?);
    // Whoever speaks another version gets no answer.
    line.next().filter(|version| version == "HTTP/1.1")?;
    let pair = |line: &str| line.split_once(':').map(|(name, value)| (name.to_lowercase(), value.trim().into()));
    let received = Received { method, target, headers: lines.filter_map(pair).collect(), body: Vec::new() };
    let length = received.header("content-length").parse().unwrap_or(0);
    let body = bytes.get(end + 4..end + 4 + length)?.to_vec();
    Some(Received { body, ..received })
}

async fn answer(notes: Arc<Mutex<Vec<Received>>>, sandbox: SocketAddr, request: Request) -> Option<Response> {
    let target = request.uri().to_string();
    let headers = request.headers().iter().map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()));
    let received = Received {
        method: request.method().to_string(),
        target: target.clone(),
        headers: headers.collect(),
        body: request.body().to_vec(),
    };
    notes.lock().unwrap_or_else(PoisonError::into_inner).push(received);
    let host = request.headers().get("host")?.to_str().ok()?.to_owned();
    match host.split('.').nth(1) {
        Some("lost") => None,
        Some("slow") => std::future::pending().await,
        Some("elsewhere") => Some(elsewhere()),
        Some("hostile") => Some(hostile()),
        Some("long") => Some(long()),
        Some("packed") => Some(packed()),
        _ => {
            let (mut parts, body) = request.into_parts();
            parts.uri = format!("/{host}{target}").parse().ok()?;
            let (parts, body) = exchange(sandbox, Request::from_parts(parts, body)).await.ok()?.into_parts();
            Some(Response::from_parts(parts, listen::whole(body)))
        }
    }
}

/// An answer that leads to another host.
fn elsewhere() -> Response {
    let mut answer = listen::text(307, "text/plain", "over there");
    set(&mut answer, "location", "https://gaussdb.cn-south-1.myhuaweicloud.com/elsewhere?a=%2F");
    answer
}

/// An answer with everything that could do something to the site, or to the server that passes it on.
pub(crate) const HOSTILE: [(&str, &str); 31] = [
    ("set-cookie", "tracked=1; Path=/"),
    ("clear-site-data", "\"*\""),
    ("service-worker-allowed", "/"),
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ("content-security-policy", "script-src *"),
    ("content-security-policy-report-only", "default-src 'none'; report-uri https://evil.test/"),
    ("permissions-policy", "camera=*"),
    ("access-control-allow-origin", "*"),
    ("access-control-allow-credentials", "true"),
    ("alt-svc", "h3=\"evil.test:443\""),
    ("link", "<https://evil.test/x.css>; rel=preload; as=style"),
    ("nel", "{\"report_to\":\"x\",\"max_age\":1}"),
    ("refresh", "0; url=https://evil.test/"),
    ("report-to", "{\"group\":\"x\",\"max_age\":1,\"endpoints\":[{\"url\":\"https://evil.test/\"}]}"),
    ("accept-ch", "Sec-CH-UA-Arch"),
    ("access-control-allow-methods", "PUT"),
    ("access-control-expose-headers", "*"),
    ("critical-ch", "Sec-CH-UA-Arch"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("origin-trial", "x"),
    ("reporting-endpoints", "x=\"https://evil.test/\""),
    ("sec-session-registration", "(ES256);path=\"/x\""),
    ("set-login", "logged-in"),
    ("sourcemap", "https://evil.test/x.map"),
    ("speculation-rules", "\"https://evil.test/x.json\""),
    ("use-as-dictionary", "match=\"/*\""),
    ("x-accel-redirect", "/config.json"),
    ("x-accel-buffering", "no"),
    ("x-tls-console-proxy", "ready"),
    ("cache-control", "public, max-age=31536000"),
    ("x-request-id", "of-the-provider"),
];

fn hostile() -> Response {
    let mut answer = listen::text(200, "text/html", "<script>alert(1)</script>");
    HOSTILE.iter().for_each(|(name, value)| set(&mut answer, name, value));
    answer
}

/// A token of 32 kB in a header, as IAM gives it, and three megabytes of body.
fn long() -> Response {
    let mut answer = listen::text(200, "application/json", &" ".repeat(3 * 1024 * 1024));
    let token = http::HeaderValue::try_from("M".repeat(32 * 1024));
    token.into_iter().for_each(|token| drop(answer.headers_mut().insert("x-subject-token", token)));
    answer
}

/// Bytes that only say that they are packed: whoever unpacks or repacks them fails.
pub(crate) const PACKED: &[u8] = b"\x1f\x8b\x08no packed text";

fn packed() -> Response {
    let mut answer = Response::new(listen::whole(PACKED));
    *answer.status_mut() = http::StatusCode::IM_A_TEAPOT;
    set(&mut answer, "content-encoding", "gzip");
    set(&mut answer, "content-type", "application/x-odd");
    answer
}

fn set(answer: &mut Response, name: &'static str, value: &'static str) {
    answer.headers_mut().insert(name, http::HeaderValue::from_static(value));
}
