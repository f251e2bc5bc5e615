//! Requests as bytes: no client that tidies up an address, and none that adds a header.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::front::Front;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;

/// An answer, taken apart.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Lower-case names and values, in the order received.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let start = String::from_utf8_lossy(&self.body[..self.body.len().min(300)]);
        write!(f, "{} {:#?} {start:?}", self.status, self.headers)
    }
}

impl Answer {
    /// The value of a header that may come once.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(other, _)| other == name);
        let first = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} comes twice: {:?}", self.headers);
        first
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Sends bytes and reads until the server has said everything. `None`: it said nothing.
pub(crate) async fn send(to: SocketAddr, bytes: &[u8]) -> Option<Answer> {
    talk(TcpStream::connect(to).await.expect("a connection"), bytes).await
}

/// The same over TLS, to a site named `localhost`.
pub(crate) async fn send_secure(to: SocketAddr, client: &Arc<ClientConfig>, bytes: &[u8]) -> Option<Answer> {
    let stream = TcpStream::connect(to).await.expect("a connection");
    let name = ServerName::try_from("localhost").expect("a name");
    talk(TlsConnector::from(Arc::clone(client)).connect(name, stream).await.expect("TLS"), bytes).await
}

async fn talk(stream: impl AsyncRead + AsyncWrite + Unpin, bytes: &[u8]) -> Option<Answer> {
    parse(&heard(stream, bytes).await)
}

/// All that a server writes in return.
pub(crate) async fn heard(mut stream: impl AsyncRead + AsyncWrite + Unpin, bytes: &[u8]) -> Vec<u8> {
    let mut said = Vec::new();
    let talk = async {
        // The server may have refused already.
        let _ = stream.write_all(bytes).await;
        let _ = stream.read_to_end(&mut said).await;
    };
    tokio::time::timeout(Duration::from_secs(20), talk).await.expect("the server ends the connection");
    said
}

/// A connection to a site: plain or over TLS.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

async fn connect(front: &Front, https: bool) -> Box<dyn Stream> {
    let stream = TcpStream::connect(front.addr).await.expect("a connection");
    if !https {
        return Box::new(stream);
    }
    let name = ServerName::try_from("localhost").expect("a name");
    Box::new(TlsConnector::from(Arc::clone(&front.client)).connect(name, stream).await.expect("TLS"))
}

/// What a site writes in return for these bytes, over TLS where it has a certificate.
pub(crate) async fn heard_from(front: &Front, https: bool, bytes: &[u8]) -> Vec<u8> {
    heard(connect(front, https).await, bytes).await
}

/// The same of a client that then says that it has nothing more to say.
pub(crate) async fn heard_at_once(front: &Front, https: bool, bytes: &[u8]) -> Vec<u8> {
    let mut stream = connect(front, https).await;
    let mut said = Vec::new();
    let talk = async {
        let _ = stream.write_all(bytes).await;
        let _ = stream.shutdown().await;
        let _ = stream.read_to_end(&mut said).await;
    };
    tokio::time::timeout(Duration::from_secs(20), talk).await.expect("the server ends the connection");
    said
}

/// The same for bytes of which the last so many come one by one, for as long as the server listens.
pub(crate) async fn heard_slowly(front: &Front, https: bool, bytes: &[u8], slow: usize) -> Vec<u8> {
    let (mut from, mut to) = tokio::io::split(connect(front, https).await);
    let (first, last) = bytes.split_at(bytes.len() - slow);
    let mut said = Vec::new();
    let listen = async { drop(from.read_to_end(&mut said).await) };
    let drip = async {
        let mut ticks = tokio::time::interval(Duration::from_millis(200));
        let _ = to.write_all(first).await;
        for byte in last {
            let _ = to.write_all(&[*byte]).await;
            let _ = to.flush().await;
            ticks.tick().await;
        }
        std::future::pending::<()>().await;
    };
    let both = async {
        tokio::select! { () = listen => {}, () = drip => {} }
    };
    tokio::time::timeout(Duration::from_secs(40), both).await.expect("the server ends the connection");
    said
}

/// The header that says that the console made a call.
pub(crate) const CALL: &str = "X-TLS-Console-Call";

/// A request with these headers, and those that every request needs.
pub(crate) async fn call(
    to: SocketAddr,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Option<Answer> {
    send(to, &request(&to.to_string(), method, target, headers, body)).await
}

/// The id of a new call.
pub(crate) fn call_id() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("{:024x}{:08x}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst))
}

/// The bytes of a request to a site of this name: of a new call, unless the headers say otherwise.
pub(crate) fn request(host: &str, method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut request = format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(CALL)) {
        request += &format!("{CALL}: {}\r\n", call_id());
    }
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    if !body.is_empty() || method == "POST" || method == "PUT" {
        request += &format!("Content-Length: {}\r\n", body.len());
    }
    let mut bytes = (request + "\r\n").into_bytes();
    bytes.extend(body);
    bytes
}

/// A file of the site.
pub(crate) async fn get(to: SocketAddr, target: &str, headers: &[(&str, &str)]) -> Answer {
    call(to, "GET", target, headers, b"").await.expect("an answer")
}

/// The head of an answer, and the bytes behind it.
pub(crate) fn head(said: &[u8]) -> Option<(Answer, &[u8])> {
    let end = said.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&said[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let pair = |line: &str| line.split_once(':').map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
    Some((Answer { status, headers: lines.filter_map(pair).collect(), body: Vec::new() }, &said[end + 4..]))
}

fn parse(said: &[u8]) -> Option<Answer> {
    let (head, rest) = head(said)?;
    let chunked = head.headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked");
    let body = if chunked { joined(rest) } else { rest.to_vec() };
    Some(Answer { body, ..head })
}

/// The bytes of a chunked body.
fn joined(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = usize::from_str_radix(String::from_utf8_lossy(&rest[..end]).trim(), 16).expect("a size");
        body.extend(&rest[end + 2..end + 2 + size]);
        if size == 0 {
            break;
        }
        rest = &rest[end + 2 + size + 2..];
    }
    body
}
