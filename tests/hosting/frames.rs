//! Raw frames of HTTP/2, which nginx speaks and Caddy does not: what a provider receives was asked for in one well-formed
//! request, or it receives nothing.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::clouds::Script;
use crate::front::{AS_SHIPPED, Front, Kind, Setup};
use crate::raw;

const SECURE: Setup = Setup { https: true, ..AS_SHIPPED };
const IMPATIENT: Setup = Setup { limit: "2", patience: "1s", ..SECURE };

mod nginx {
    use super::{Front, IMPATIENT, Kind, SECURE};

    #[tokio::test]
    async fn no_malformed_frame_reaches_a_provider() {
        super::no_malformed_frame_reaches_a_provider(&Front::start(Kind::Nginx, SECURE).await).await;
    }

    #[tokio::test]
    async fn a_request_that_takes_its_time_ends_in_an_error() {
        super::a_request_that_takes_its_time_ends_in_an_error(&Front::start(Kind::Nginx, IMPATIENT).await).await;
    }

    #[tokio::test]
    async fn a_provider_that_takes_its_time_ends_in_an_error() {
        super::a_provider_that_takes_its_time_ends_in_an_error(&Front::start(Kind::Nginx, IMPATIENT).await).await;
    }
}

mod caddy {
    use super::{AS_SHIPPED, Front, Kind, SECURE};

    /// Calls would share a connection.
    #[tokio::test]
    async fn no_frame_is_understood() {
        let front = Front::start(Kind::Caddy, SECURE).await;
        assert!(super::try_connect(&front).await.is_err(), "both would speak HTTP/2");
        // Over TLS without a word about it, and without TLS.
        let plain = Front::start(Kind::Caddy, AS_SHIPPED).await;
        for (front, https) in [(&front, true), (&plain, false)] {
            let bytes = super::beginning(&super::good(super::TARGET.as_bytes(), b"0"), 5);
            let heard = crate::raw::heard_from(front, https, &bytes).await;
            assert!(heard.is_empty() || heard.starts_with(b"HTTP/1.1 4"), "{heard:02x?}");
            assert!(front.clouds.received().is_empty(), "{:?}", front.clouds.received());
        }
    }
}

const TARGET: &str = "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3";
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).expect("a short payload").to_be_bytes();
    let mut frame = vec![length[1], length[2], length[3], kind, flags];
    frame.extend(stream.to_be_bytes());
    frame.extend(payload);
    frame
}

/// A field as it is written, without a table and without a code.
fn field(name: &[u8], value: &[u8]) -> Vec<u8> {
    let text = |text: &[u8]| {
        let length = u8::try_from(text.len()).expect("a short text");
        assert!(length <= 127, "one byte or two say the length");
        if length < 127 { [&[length], text].concat() } else { [&[127, 0], text].concat() }
    };
    [&[0], text(name).as_slice(), &text(value)].concat()
}

/// One stream: its fields, its body, and what ends it.
struct Stream {
    what: &'static str,
    fields: Vec<(Vec<u8>, Vec<u8>)>,
    body: Option<&'static [u8]>,
}

/// The fields of a call, and the length of its body.
fn good(path: &[u8], length: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let call = raw::call_id();
    let fields: [(&[u8], &[u8]); 6] = [
        (b":method", b"PUT"),
        (b":scheme", b"https"),
        (b":authority", b"localhost"),
        (b":path", path),
        (b"x-tls-console-call", call.as_bytes()),
        (b"content-length", length),
    ];
    fields.map(|(name, value)| (name.to_vec(), value.to_vec())).into()
}

fn changed(what: &'static str, change: impl FnOnce(&mut Vec<(Vec<u8>, Vec<u8>)>)) -> Stream {
    let mut fields = good(TARGET.as_bytes(), b"0");
    change(&mut fields);
    Stream { what, fields, body: None }
}

fn malformed() -> Vec<Stream> {
    let add = |what, name: &'static [u8], value: &'static [u8]| {
        changed(what, |fields| fields.push((name.to_vec(), value.to_vec())))
    };
    let path = |what, end| Stream { what, fields: good(&[TARGET.as_bytes(), end].concat(), b"0"), body: None };
    let length = |what, length: &[u8], body| Stream { what, fields: good(TARGET.as_bytes(), length), body: Some(body) };
    let control = |byte: u8| {
        changed("a control character in a value", |fields| {
            fields.push((b"x-auth-token".to_vec(), vec![b'a', byte, b'b']))
        })
    };
    let set = |what, at: usize, value: &'static [u8]| changed(what, move |fields| fields[at].1 = value.to_vec());
    let streams = vec![
        path("a space in the path", b"/a b"),
        path("a space and a version", b" HTTP/1.1\r\nHost: evil.test\r\n\r\n"),
        path("a line feed in the path", b"/a\nb"),
        path("a return in the path", b"/a\rb"),
        path("a zero in the path", b"/a\0b"),
        path("a tab in the path", b"/a\tb"),
        path("a delete in the path", b"/a\x7fb"),
        path("a byte above ASCII in the path", b"/a\xe9b"),
        path("a space in the query", b"?a=b c"),
        path("a line feed in the query", b"?a=b\r\nX: y"),
        path("a byte above ASCII in the query", b"?a=\xff"),
        path("a fragment", b"#a"),
        add("two paths", b":path", b"/proxy/evil.test/"),
        add("two methods", b":method", b"GET"),
        add("two authorities", b":authority", b"evil.test"),
        add("two schemes", b":scheme", b"http"),
        add("an unknown pseudo-header", b":odd", b"1"),
        add("a name in capitals", b"X-Auth-Token", b"1"),
        add("a name with a space", b"x auth", b"1"),
        add("a name with a colon", b"x:auth", b"1"),
        add("a line feed in a value", b"x-auth-token", b"a\r\nx-evil: 1"),
        add("a zero in a value", b"x-auth-token", b"a\0b"),
        add("connection", b"connection", b"close"),
        add("transfer-encoding", b"transfer-encoding", b"chunked"),
        add("upgrade", b"upgrade", b"websocket"),
        add("another host", b"host", b"evil.test"),
        set("a method with a space", 0, b"PUT /x"),
        set("a method with a line feed", 0, b"PUT\r\n"),
        set("CONNECT", 0, b"CONNECT"),
        set("no method", 0, b""),
        set("no path", 3, b""),
        set("a path without a slash", 3, b"proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3"),
        set("a whole address", 3, b"https://evil.test/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3"),
        set("another name", 2, b"evil.test"),
        length("a length above the body", b"10", b"{}"),
        length("a length below the body", b"1", b"{\"a\":1}"),
        length("a length that is none", b"x", b"{}"),
        length("a length below nothing", b"-1", b"{}"),
        length("a length with a sign", b"+2", b"{}"),
        length("a length of two", b"2,2", b"{}"),
        length("an empty length", b"", b"{}"),
        length("a length with a space", b" 2", b"{}"),
        length("a length above all", b"99999999999999999999", b"{}"),
        changed("two lengths", |fields| fields.push((b"content-length".to_vec(), b"3".to_vec()))),
        changed("a pseudo-header at the end", |fields| fields.rotate_left(1)),
        changed("an empty length of a method that needs none", |fields| {
            fields[0].1 = b"PATCH".to_vec();
            fields[5].1.clear();
        }),
    ];
    let controls = (1..0x20).filter(|byte| *byte != b'\t').chain([0x7f]).map(control);
    let mut all = streams;
    all.extend(controls);
    all
}

/// A connection that speaks HTTP/2, where the server does.
async fn try_connect(front: &Front) -> std::io::Result<TlsStream<TcpStream>> {
    let mut config = (*front.client).clone();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let tcp = TcpStream::connect(front.addr).await.expect("a connection");
    let name = ServerName::try_from("localhost").expect("a name");
    TlsConnector::from(Arc::new(config)).connect(name, tcp).await
}

async fn connect(front: &Front) -> TlsStream<TcpStream> {
    let tls = try_connect(front).await.expect("TLS");
    assert_eq!(tls.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    tls
}

/// How a connection begins, and the first stream on it. `flags`: what the frame of its fields ends.
fn beginning(fields: &[(Vec<u8>, Vec<u8>)], flags: u8) -> Vec<u8> {
    let fields: Vec<u8> = fields.iter().flat_map(|(name, value)| field(name, value)).collect();
    let mut bytes = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
    bytes.extend(frame(4, 0, 0, &[]));
    bytes.extend(frame(1, flags, 1, &fields));
    bytes
}

/// Sends one stream on a connection of its own, and waits until the server has ended the stream or the connection.
async fn send(front: &Front, stream: &Stream) {
    let mut tls = connect(front).await;
    let flags = if stream.body.is_some() { END_HEADERS } else { END_HEADERS | END_STREAM };
    let mut bytes = beginning(&stream.fields, flags);
    if let Some(body) = stream.body {
        bytes.extend(frame(0, END_STREAM, 1, body));
    }
    let talk = async {
        let _ = tls.write_all(&bytes).await;
        let mut said = Vec::new();
        while !is_over(&said) && tls.read_buf(&mut said).await.is_ok_and(|read| read > 0) {}
    };
    tokio::time::timeout(Duration::from_secs(20), talk).await.unwrap_or_else(|_| panic!("{}: no end", stream.what));
}

async fn no_malformed_frame_reaches_a_provider(front: &Front) {
    // A server may leave out what is not on the list, or take fields in another order: the request is a good one all the same.
    let harmless = ["connection", "another host", "a pseudo-header at the end"];
    for stream in malformed() {
        let before = front.clouds.received().len();
        send(front, &stream).await;
        let arrived = front.clouds.received().split_off(before);
        assert!(arrived.is_empty() || harmless.contains(&stream.what), "{}: {arrived:?}", stream.what);
    }
    for received in front.clouds.received() {
        assert_eq!((received.method.as_str(), received.target.as_str()), ("PUT", "/v3"), "{received:?}");
        let names: Vec<&str> = received.headers.iter().map(|(name, _)| name.as_str()).collect();
        assert!(names.iter().all(|name| ["host", "connection", "content-length"].contains(name)), "{received:?}");
        assert_eq!(received.header("host"), "gaussdb.cn-north-4.myhuaweicloud.com");
    }
    let before = front.clouds.received().len();
    assert!(before <= harmless.len(), "{:?}", front.clouds.received());
    let path = [TARGET.as_bytes(), b"/a%20b?x=%0A"].concat();
    send(front, &Stream { what: "a good one", fields: good(&path, b"2"), body: Some(b"{}") }).await;
    let received = front.clouds.received().pop().unwrap();
    assert_eq!(front.clouds.received().len(), before + 1);
    assert_eq!((received.target.as_str(), received.body.as_slice()), ("/v3/a%20b?x=%0A", &b"{}"[..]));
}

/// As in `patience`, in frames.
async fn a_request_that_takes_its_time_ends_in_an_error(front: &Front) {
    // Each is a call of its own.
    let call = |flags| beginning(&good(TARGET.as_bytes(), b"1000"), flags);
    let begun = [call(END_HEADERS), frame(0, 0, 1, b"{")].concat();
    tokio::join!(
        told_slowly(front, "a head without an end", call(0), b""),
        told_slowly(front, "a body that does not begin", call(END_HEADERS), b""),
        told_slowly(front, "a body that stalls", begun, b""),
        told_slowly(front, "a body that drips", call(END_HEADERS), b"x"),
    );
    assert!(front.clouds.received().is_empty(), "{:?}", front.clouds.received());
}

/// The same of a provider.
async fn a_provider_that_takes_its_time_ends_in_an_error(front: &Front) {
    let call = |region: &str| {
        let target = format!("/proxy/gaussdb.{region}.myhuaweicloud.com/v3");
        beginning(&good(target.as_bytes(), b"0"), END_HEADERS | END_STREAM)
    };
    told_slowly(front, "no answer", call("slow"), b"").await;
    front.clouds.play(Script::Drip(b"HTTP/1.1 200 OK\r\nX-A: ", b"x"));
    told_slowly(front, "a head that drips", call("cn-north-4"), b"").await;
    front.clouds.play(Script::Drip(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x"));
    told_slowly(front, "a body that drips", call("cn-north-4"), b"").await;
    front.clouds.play(Script::Drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"));
    told_slowly(front, "chunks that drip", call("cn-north-4"), b"").await;
    assert_eq!(front.clouds.received().len(), 4);
}

/// Sends this, and then now and then one more piece of the body, until the server has ended the stream or the connection.
async fn told_slowly(front: &Front, what: &str, first: Vec<u8>, piece: &[u8]) {
    let (mut from, mut to) = tokio::io::split(connect(front).await);
    to.write_all(&first).await.expect("a server that listens");
    to.flush().await.expect("a server that listens");
    let mut said = Vec::new();
    let listen = async { while !is_over(&said) && from.read_buf(&mut said).await.is_ok_and(|read| read > 0) {} };
    let drip = async {
        let mut ticks = tokio::time::interval(Duration::from_millis(200));
        let next = frame(0, 0, 1, piece);
        while !piece.is_empty() && to.write_all(&next).await.is_ok() && to.flush().await.is_ok() {
            ticks.tick().await;
        }
        std::future::pending::<()>().await;
    };
    let both = async {
        tokio::select! { () = listen => {}, () = drip => {} }
    };
    tokio::time::timeout(Duration::from_secs(35), both).await.unwrap_or_else(|_| panic!("{what}: no end"));
    assert!(!is_success(&said), "{what}: {said:02x?}");
}

/// The frames of a stream, and of the connection: kind, flags and payload of each that is whole.
fn frames(mut said: &[u8]) -> Vec<(u8, u8, &[u8])> {
    let mut found = Vec::new();
    while let [a, b, c, kind, flags, _, _, _, _, rest @ ..] = said {
        let length = usize::from(*a) << 16 | usize::from(*b) << 8 | usize::from(*c);
        let Some(payload) = rest.get(..length) else { break };
        found.push((*kind, *flags, payload));
        said = &rest[length..];
    }
    found
}

/// Whether the server has ended the one stream.
fn is_over(said: &[u8]) -> bool {
    frames(said).iter().any(|(kind, flags, _)| *kind == 3 || matches!(kind, 0 | 1) && flags & END_STREAM != 0)
}

/// Whether an answer says 200, 204 or 206, each of which is one byte, and is whole.
fn is_success(said: &[u8]) -> bool {
    let all = frames(said);
    let says_so = |payload: &[u8]| payload.first().is_some_and(|first| (0x88..=0x8a).contains(first));
    all.iter().any(|(kind, _, payload)| *kind == 1 && says_so(payload))
        && all.iter().any(|(kind, flags, _)| matches!(kind, 0 | 1) && flags & END_STREAM != 0)
}
