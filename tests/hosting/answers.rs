//! Whatever a provider sends, in raw bytes: the client gets a whole answer with the console's own headers, each once, or an
//! error. Nothing of it is the word of the proxy, a cookie, or a header that is not on the list.

use crate::clouds::Script;
use crate::front::{AS_SHIPPED, Front, Kind, Setup};
use crate::page::{Page, SSL, SSL_INPUTS};
use crate::raw;
use crate::scene::scene;

const SECURE: Setup = Setup { https: true, ..AS_SHIPPED };

mod http {
    use super::over_http as what_comes_back_is_whole_and_on_the_list;
    on_each_server!(what_comes_back_is_whole_and_on_the_list);
}

mod page {
    use super::torn as a_change_whose_answer_is_torn_is_not_known;
    on_each_server!(a_change_whose_answer_is_torn_is_not_known);
}

mod https {
    use super::{SECURE, in_a_page as a_page_is_told_no_more, over_https as it_is_so_over_tls};
    on_each_server!(SECURE: it_is_so_over_tls, a_page_is_told_no_more);
}

/// The headers of an answer that are passed on, and those that say how it is sent.
const LISTED: [&str; 15] = [
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "location",
    "retry-after",
    "server",
    "transfer-encoding",
    "x-acs-request-id",
    "x-acs-retry-after",
    "x-acs-trace-id",
    "x-iam-trace-id",
    "x-request-id",
    "x-subject-token",
];

/// The console's own headers.
const OWN: [(&str, &str); 7] = [
    ("cache-control", "no-store"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'; sandbox"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("permissions-policy", "camera=()"),
];

/// Headers with which an answer could do something, and some that nobody knows.
const EVIL: &str = "X-TLS-Console-Proxy: ready\r\nService-Worker-Allowed: /\r\nSet-Cookie: a=1\r\nSet-Cookie2: b\r\n\
    Content-Security-Policy: default-src *\r\nCache-Control: public\r\nContent-Disposition: attachment\r\nLink: </x>\r\n\
    Document-Policy: x\r\nReport-To: x\r\nReporting-Endpoints: x\r\nNEL: x\r\nClear-Site-Data: \"*\"\r\nX-Unknown: 1\r\n\
    -Odd: 1\r\n0: 1\r\nAccess-Control-Allow-Origin: *\r\nAlt-Svc: h3=\":1\"\r\nX-Accel-Redirect: /config.json\r\n\
    Strict-Transport-Security: max-age=1\r\nX-Content-Type-Options: none\r\nPermissions-Policy: camera=*\r\n\
    Referrer-Policy: unsafe-url\r\nCross-Origin-Opener-Policy: unsafe-none\r\nWWW-Authenticate: Basic\r\n\
    Proxy-Authenticate: Basic\r\nETag: \"x\"\r\nVary: *\r\nRefresh: 0\r\nUpgrade: h2c\r\nTrailer: Set-Cookie\r\n\
    X-Request-Id: of-the-provider\r\nContent-Type: text/html\r\n";

/// How an answer may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// As the provider's own, whole.
    Passed,
    /// As an error of the proxy.
    Error,
    /// Either of these: what the bytes mean is open.
    Any,
    /// Cut off, or as an error.
    Torn,
    /// Cut off, or, by Caddy 2.6, as an answer that it does not vouch for.
    TornChunks,
}

fn whole() -> String {
    format!("HTTP/1.1 200 OK\r\n{EVIL}Content-Length: 4\r\n\r\nevil")
}

/// Every kind of answer.
fn answers() -> Vec<(&'static str, Vec<u8>, End)> {
    let whole = whole();
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n";
    let long = "x".repeat(200_000);
    let many: String = (0..200).map(|at| format!("X-{at}: {}\r\n", "x".repeat(1000))).collect();
    let text: Vec<(&str, String, End)> = vec![
        ("whole", whole.clone(), End::Passed),
        ("interim 100", format!("HTTP/1.1 100 Continue\r\n\r\n{whole}"), End::Any),
        ("interim 102", format!("HTTP/1.1 102 Processing\r\n\r\n{whole}"), End::Any),
        ("interim 103", format!("HTTP/1.1 103 Early Hints\r\n{EVIL}\r\n{whole}"), End::Any),
        ("interim 199", format!("HTTP/1.1 199 Odd\r\n{EVIL}\r\n{whole}"), End::Any),
        ("interim, and nothing", format!("HTTP/1.1 103 Early Hints\r\n{EVIL}\r\n"), End::Error),
        ("three interim", format!("{}{whole}", format!("HTTP/1.1 103 E\r\n{EVIL}\r\n").repeat(3)), End::Any),
        ("a switch", format!("HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n{whole}"), End::Error),
        ("a switch to nothing", format!("HTTP/1.1 101 Switching\r\n\r\n{whole}"), End::Error),
        ("an empty line first", format!("\r\n{whole}"), End::Error),
        ("a line feed first", format!("\n{whole}"), End::Error),
        ("status 000", format!("HTTP/1.1 000 Odd\r\n\r\n{whole}"), End::Error),
        ("status 099", format!("HTTP/1.1 099 Odd\r\n\r\n{whole}"), End::Error),
        ("no HTTP", String::from("<html><script>alert(1)</script>"), End::Error),
        ("ICY", format!("ICY 200 OK\r\n{EVIL}\r\n<script>"), End::Error),
        ("HTTP/2 in text", format!("HTTP/2.0 200 OK\r\n{EVIL}Content-Length: 4\r\n\r\nevil"), End::Any),
        ("HTTP/1.0", format!("HTTP/1.0 200 OK\r\n{EVIL}\r\nevil"), End::Passed),
        ("nothing", String::new(), End::Error),
        ("trailers", format!("{chunked}Trailer: Set-Cookie\r\n\r\n4\r\nevil\r\n0\r\n{EVIL}\r\n"), End::Passed),
        ("unannounced trailers", format!("{chunked}\r\n4\r\nevil\r\n0\r\n{EVIL}\r\n"), End::Passed),
        ("torn chunks", format!("{chunked}\r\n4\r\nevil\r\n"), End::TornChunks),
        ("a torn chunk", format!("{chunked}\r\n8\r\nevil"), End::TornChunks),
        ("a torn length", format!("HTTP/1.1 200 OK\r\n{EVIL}Content-Length: 100\r\n\r\nevil"), End::Torn),
        ("a torn head", format!("HTTP/1.1 200 OK\r\n{EVIL}"), End::Error),
        (
            "two lengths",
            String::from("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nevil!"),
            End::Any,
        ),
        ("length and chunks", format!("{chunked}Content-Length: 4\r\n\r\n4\r\nevil\r\n0\r\n\r\n"), End::Any),
        ("a length below nothing", String::from("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nevil"), End::Any),
        ("a header of 200 kB", format!("HTTP/1.1 200 OK\r\nX-A: {long}\r\nContent-Length: 4\r\n\r\nevil"), End::Error),
        ("200 kB of headers", format!("HTTP/1.1 200 OK\r\n{many}Content-Length: 4\r\n\r\nevil"), End::Error),
        ("two answers", format!("{whole}{whole}"), End::Passed),
        ("204 with a body", format!("HTTP/1.1 204 No Content\r\n{EVIL}\r\nevil"), End::Passed),
        (
            "a redirect",
            format!("HTTP/1.1 302 Found\r\nLocation: https://x.test/\r\n{EVIL}Content-Length: 0\r\n\r\n"),
            End::Passed,
        ),
        ("401", format!("HTTP/1.1 401 No\r\n{EVIL}Content-Length: 0\r\n\r\n"), End::Passed),
        ("502", format!("HTTP/1.1 502 No\r\n{EVIL}Content-Length: 4\r\n\r\nevil"), End::Passed),
        (
            "a blank in a name",
            String::from("HTTP/1.1 200 OK\r\nSet Cookie: a\r\nContent-Length: 4\r\n\r\nevil"),
            End::Any,
        ),
        ("a zero in a name", String::from("HTTP/1.1 200 OK\r\nX\0: a\r\nContent-Length: 4\r\n\r\nevil"), End::Any),
        (
            "a folded line",
            String::from("HTTP/1.1 200 OK\r\nX-A: a\r\n Set-Cookie: x=1\r\nContent-Length: 4\r\n\r\nevil"),
            End::Any,
        ),
        (
            "a lone return",
            String::from("HTTP/1.1 200 OK\r\nX-A: a\rSet-Cookie: x=1\r\nContent-Length: 4\r\n\r\nevil"),
            End::Any,
        ),
    ];
    text.into_iter().map(|(name, text, end)| (name, text.into_bytes(), end)).collect()
}

/// What is wrong with what a client heard. `None`: nothing.
fn wrong(heard: &[u8], end: End, kind: Kind, https: bool) -> Option<String> {
    let mut rest = heard;
    let (answer, body) = loop {
        let Some((answer, body)) = raw::head(rest) else {
            return (end == End::Passed).then(|| String::from("no answer"));
        };
        // An interim answer says nothing but what is the console's own.
        if (100..200).contains(&answer.status) {
            let more = ["connection", "strict-transport-security"];
            let foreign = |name: &&String| !OWN.iter().any(|(own, _)| own == name) && !more.contains(&name.as_str());
            if let Some(name) = answer.headers.iter().map(|(name, _)| name).find(foreign) {
                return Some(format!("{name} in an interim answer"));
            }
            rest = body;
            continue;
        }
        break (answer, body);
    };
    let count = |name: &str| answer.headers.iter().filter(|(other, _)| other == name).count();
    let of_https = https.then_some(("strict-transport-security", "max-age=31536000"));
    for (name, value) in OWN.into_iter().chain(of_https) {
        let fits = answer.headers.iter().any(|(other, found)| other == name && found.starts_with(value));
        if count(name) != 1 || !fits {
            return Some(format!("{name} is not the console's own, once"));
        }
    }
    let known = |name: &str| LISTED.contains(&name) || OWN.iter().any(|(own, _)| *own == name);
    let mark = answer.headers.iter().find(|(name, _)| name == "x-tls-console-proxy").map(|(_, value)| value.as_str());
    for (name, value) in &answer.headers {
        if !known(name) && !["x-tls-console-proxy", "strict-transport-security"].contains(&name.as_str()) {
            return Some(format!("{name}: {value} is not on the list"));
        }
    }
    let length: Option<usize> =
        answer.headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, length)| length.parse().ok());
    let is_whole = match length {
        _ if answer.status == 204 => body.is_empty(),
        Some(length) => body.len() == length,
        // An end without trailers.
        None => body.ends_with(b"\r\n0\r\n\r\n") || body == b"0\r\n\r\n",
    };
    // `whole` asks whether the proxy vouches for it.
    let ends = match mark {
        Some("passed" | "unsure") | None if is_whole => End::Passed,
        Some("passed" | "unsure") | None => End::Torn,
        Some("unreachable") if answer.status == 502 && is_whole => End::Error,
        _ => return Some(format!("the mark {mark:?} with status {}", answer.status)),
    };
    let is_good = match end {
        End::Any => ends != End::Torn,
        End::Torn => ends != End::Passed,
        // Caddy closes the answer as if it were whole, and does not vouch for it.
        End::TornChunks => ends != End::Passed || (kind == Kind::Caddy && mark == Some("unsure")),
        end => ends == end,
    };
    (!is_good).then(|| format!("{ends:?} in place of {end:?}"))
}

async fn what_comes_back(front: &Front, https: bool) {
    let mut wrongs = Vec::new();
    let host = if https { format!("localhost:{}", front.addr.port()) } else { front.addr.to_string() };
    for (at, (name, bytes, end)) in answers().into_iter().enumerate() {
        front.clouds.play(Script::Bytes(bytes));
        let target = "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3";
        let heard = raw::heard_from(front, https, &raw::request(&host, "PUT", target, &[], b"{}")).await;
        assert_eq!(front.clouds.received().len(), at + 1, "{name} was asked for once");
        if let Some(wrong) = wrong(&heard, end, front.kind, https) {
            wrongs.push(format!("{name}: {wrong}\n{}", String::from_utf8_lossy(&heard[..heard.len().min(1500)])));
        }
    }
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n\n"));
}

async fn over_http(front: &Front) {
    what_comes_back(front, false).await;
}

async fn over_https(front: &Front) {
    what_comes_back(front, true).await;
}

/// The same answers, as Chromium shows them to the page.
async fn in_a_page(front: &Front) {
    scene()
        .served_at(&front.base)
        .run(async |page| {
            page.open("#/").await;
            page.allow_console("/proxy/");
            // A redirect that nobody follows.
            page.allow_origin("https://x.test");
            let fetched = "const done = arguments[arguments.length - 1];
                const headers = { 'X-TLS-Console-Call': crypto.randomUUID().replaceAll('-', '') };
                fetch('./proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3', { method: 'PUT', body: '{}', headers, redirect: 'manual' })
                    .then(async (answer) => [answer.status, [...answer.headers].map(([name]) => name).join(' '),
                        answer.headers.get('x-tls-console-proxy'), answer.headers.get('content-security-policy'), await answer.text()])
                    .then(done, () => done(null));";
            let mut wrongs = Vec::new();
            for (name, bytes, end) in answers() {
                front.clouds.play(Script::Bytes(bytes));
                let answer = page.browser.driver.execute_async(fetched, Vec::new()).await.unwrap().json().clone();
                let mark = answer[2].as_str();
                let foreign = answer[1].as_str().unwrap_or_default().split(' ').find(|name| {
                    let own = ["", "permissions-policy", "strict-transport-security", "x-tls-console-proxy"];
                    !LISTED.contains(name) && !own.contains(name) && !OWN.iter().any(|(own, _)| own == name)
                });
                let policy = answer[3].as_str().is_none_or(|policy| policy == OWN[1].1);
                let said = answer.is_null() || matches!(mark, Some("passed" | "unsure" | "unreachable") | None);
                let is_right = match end {
                    End::Passed => !answer.is_null() && mark != Some("unreachable"),
                    End::Error => answer.is_null() || mark == Some("unreachable"),
                    End::Any | End::Torn | End::TornChunks => true,
                };
                if foreign.is_some() || !policy || !said || !is_right {
                    wrongs.push(format!("{name}: {foreign:?} {answer}"));
                }
            }
            assert_eq!(wrongs, [] as [&str; 0]);
            let kept: String = page.eval("document.cookie + sessionStorage.getItem('evil')").await;
            assert_eq!(kept, "null");
        })
        .await;
}

/// Chunks that are cut off, as the page takes them. Caddy 2.6 ends them as if they were whole, and does not vouch for them.
/// The page believes no such answer that lacks what is documented, and a part of an object is no object.
async fn torn(front: &Front) {
    scene()
        .served_at(&front.base)
        .run(async |page| {
            page.allow_console("net::");
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&SSL_INPUTS).await;
            let whole = "{\"job_id\":\"1\"}";
            let chunk = |text: &str| format!("{:x}\r\n{text}\r\n", text.len());
            let mut torn = vec![String::new(), format!("{:x}\r\n{}", whole.len(), &whole[..9])];
            torn.extend([1, 9, whole.len() - 1].map(|end| chunk(&whole[..end])));
            torn.push(chunk(&whole[..9]) + "4\r\n");
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
            for (at, body) in torn.iter().enumerate() {
                front.clouds.play(Script::Bytes(format!("{head}{body}").into_bytes()));
                let words = page.call().await;
                let verdict = page.verdict().await;
                assert!(!verdict.starts_with("good") && !verdict.starts_with("bad"), "{body:?}: {verdict}");
                Page::says(&words, &["may have been carried out"]);
                assert_eq!(front.clouds.changes().len(), at + 1, "{body:?}");
            }
            front.clouds.play(Script::Bytes(format!("{head}{}0\r\n\r\n", chunk(whole)).into_bytes()));
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
        })
        .await;
}
