//! The names that the site answers under. A name that its owner has pointed at this machine shows nothing of it, or a
//! page of that name would be of one origin with the console and its proxy.

use crate::files::{NO_PAGE, is_protected};
use crate::front::Front;
use crate::raw::{request, send};

on_each_server!(
    it_answers_under_its_own_names,
    under_any_other_name_it_refuses_and_says_why,
    it_listens_at_its_own_address_only,
);

const GOOD: &str = "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3/none";

async fn it_answers_under_its_own_names(front: &Front) {
    let port = front.addr.port();
    let names = ["127.0.0.1", "localhost", "LocalHost"].map(|name| [name.to_owned(), format!("{name}:{port}")]);
    for (at, name) in names.as_flattened().iter().enumerate() {
        let page = send(front.addr, &request(name, "GET", "/", &[], b"")).await.unwrap();
        assert!(page.status == 200 && page.text().contains("<title>"), "{name}: {page:?}");
        let ready = send(front.addr, &request(name, "GET", "/proxy/", &[], b"")).await.unwrap();
        assert_eq!(ready.header("x-tls-console-proxy"), Some("ready"), "{name}: {ready:?}");
        let called = send(front.addr, &request(name, "PUT", GOOD, &[], b"{}")).await.unwrap();
        assert_eq!((called.status, front.clouds.received().len()), (404, at + 1), "{name}: {called:?}");
    }
}

async fn under_any_other_name_it_refuses_and_says_why(front: &Front) {
    for name in [
        "evil.test",
        "EVIL.test:80",
        "127.0.0.1.evil.test",
        "localhost.evil.test",
        "evil.test.localhost",
        "xlocalhost",
        "127.0.0.2",
        "127.1",
        "2130706433",
        "0.0.0.0",
        "[::1]",
        "gaussdb.cn-north-4.myhuaweicloud.com",
    ] {
        for target in ["/", "/config.json", "/no-such-file", "/proxy/", "/proxy/evil.test/", GOOD] {
            for method in ["GET", "PUT"] {
                let what = format!("{method} {target} of {name}");
                let headers = [("X-Forwarded-Host", "localhost"), ("X-Auth-Token", "canary")];
                let answer = send(front.addr, &request(name, method, target, &headers, b"")).await.unwrap();
                assert_eq!(answer.status, 421, "{what}: {answer:?}");
                is_protected(&what, &answer, NO_PAGE);
                assert_eq!(answer.header("cache-control"), Some("no-store"), "{what}");
                assert!(answer.header("content-type").unwrap().starts_with("text/plain"), "{what}: {answer:?}");
                assert!(answer.text().contains("no TLS Console under this name"), "{what}: {answer:?}");
                assert_eq!(answer.header("x-tls-console-proxy"), None, "{what}");
            }
        }
    }
    // A whole address has the last word, whatever Host says.
    let whole = request(&front.addr.to_string(), "GET", &format!("http://evil.test{GOOD}"), &[], b"");
    assert_eq!(send(front.addr, &whole).await.unwrap().status, 421);
    // No name at all.
    assert_eq!(send(front.addr, format!("GET {GOOD} HTTP/1.0\r\n\r\n").as_bytes()).await.unwrap().status, 421);
    assert_eq!((front.clouds.connections(), front.names.asked()), (0, Vec::new()));
}

/// Nothing is open to others unless somebody says so: another address of this machine is closed.
async fn it_listens_at_its_own_address_only(front: &Front) {
    let other = std::net::SocketAddr::from(([127, 0, 0, 2], front.addr.port()));
    assert!(tokio::net::TcpStream::connect(other).await.is_err(), "{other} is open");
    assert!(tokio::net::TcpStream::connect(front.addr).await.is_ok());
}
