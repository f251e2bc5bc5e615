//! The site over https: what holds without it holds there, as bytes of HTTP/1.1 and in Chromium, with nginx in HTTP/2.

use crate::files::{NO_PAGE, is_protected};
use crate::flows::{https_is_switched_on, ssl_is_switched_on};
use crate::front::{AS_SHIPPED, Front, Kind, Setup, deployed, program};
use crate::page::SSL;
use crate::raw::{Answer, request, send_secure};
use crate::scene::scene;
use crate::site::CSP;

const HTTPS: Setup = Setup { https: true, ..AS_SHIPPED };

on_each_server!(
    HTTPS: headers_and_refusals_hold_over_tls,
    chromium_meets_the_same_fence,
    ssl_is_switched_on,
    https_is_switched_on,
);

const GOOD: &str = "/proxy/gaussdb.cn-north-4.myhuaweicloud.com";

async fn call(front: &Front, name: &str, method: &str, target: &str) -> Answer {
    send_secure(front.addr, &front.client, &request(name, method, target, &[], b"")).await.unwrap()
}

async fn headers_and_refusals_hold_over_tls(front: &Front) {
    let name = format!("localhost:{}", front.addr.port());
    let transport = Some("max-age=31536000");
    for (method, target, status, mark, policy) in [
        ("GET", "/", 200, None, CSP),
        ("GET", "/no-such-file", 404, None, CSP),
        ("GET", "/proxy/", 200, Some("ready"), NO_PAGE),
        ("GET", "/proxy/?x=1", 403, Some("refused"), NO_PAGE),
        ("PUT", "/proxy/evil.test/", 403, Some("refused"), NO_PAGE),
        ("PUT", "/proxy/gaussdb.cn-north-4.myhuaweicloud.com.evil.test/", 403, Some("refused"), NO_PAGE),
        ("PUT", "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3/%2e%2e/x", 403, Some("refused"), NO_PAGE),
        ("PUT", "/proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3/\u{e9}", 403, Some("refused"), NO_PAGE),
    ] {
        let answer = call(front, &name, method, target).await;
        assert_eq!((answer.status, answer.header("x-tls-console-proxy")), (status, mark), "{target}: {answer:?}");
        assert_eq!(answer.header("strict-transport-security"), transport, "{target}");
        is_protected(target, &answer, policy);
    }
    let stranger = call(front, "evil.test", "PUT", &format!("{GOOD}/v3/none")).await;
    assert_eq!((stranger.status, stranger.header("strict-transport-security")), (421, transport), "{stranger:?}");
    assert_eq!((front.clouds.connections(), front.names.asked()), (0, Vec::new()));

    let passed = call(front, &name, "PUT", &format!("{GOOD}/v3/a%2Fb?x=%7E")).await;
    assert_eq!((passed.status, passed.header("strict-transport-security")), (404, transport), "{passed:?}");
    assert_eq!(front.clouds.received().remove(0).target, "/v3/a%2Fb?x=%7E");
}

async fn chromium_meets_the_same_fence(front: &Front) {
    scene()
        .served_at(&front.base)
        .run(async |page| {
            page.open_operation(SSL).await;
            let spoken = if front.kind == Kind::Nginx { "h2" } else { "http/1.1" };
            let protocol: String = page.eval("performance.getEntriesByType('navigation')[0].nextHopProtocol").await;
            assert_eq!(protocol, spoken);
            let script = "const done = arguments[arguments.length - 1];
                const said = async (url) => {
                    const headers = { 'X-TLS-Console-Call': crypto.randomUUID().replaceAll('-', '') };
                    const answer = await fetch(url, { method: url === './proxy/' ? 'GET' : 'PUT', headers });
                    const told = ['x-tls-console-proxy', 'strict-transport-security', 'x-content-type-options']
                        .map((name) => answer.headers.get(name));
                    await answer.text();
                    return `${answer.status} ${told.join(' ')}`;
                };
                Promise.all(arguments[0].map(said)).then(done, (error) => done(String(error)));";
            let hop = "max-age=31536000 nosniff";
            let rows = [
                ("./proxy/".to_owned(), format!("200 ready {hop}")),
                ("./proxy/?x=1".to_owned(), format!("403 refused {hop}")),
                ("./proxy/evil.test/".to_owned(), format!("403 refused {hop}")),
                (format!(".{GOOD}.evil.test/"), format!("403 refused {hop}")),
                (format!(".{GOOD}:443/"), format!("403 refused {hop}")),
                (format!(".{GOOD}%2f..%2fevil.test/"), format!("403 refused {hop}")),
                (format!(".{GOOD}/v3//x"), format!("403 refused {hop}")),
                (format!(".{GOOD}/v3/[x]"), format!("403 refused {hop}")),
                (format!(".{GOOD}/v3/a%2Fb~%2A?x=%2f&x="), format!("404 passed {hop}")),
            ];
            let (urls, expected): (Vec<String>, Vec<String>) = rows.into_iter().unzip();
            let said = page.browser.driver.execute_async(script, vec![serde_json::json!(urls)]).await.unwrap();
            assert_eq!(said.json(), &serde_json::json!(expected));
            let calls = "performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/proxy/'))";
            page.wait_for(&format!("{calls}.length === {}", urls.len())).await;
            let protocols: Vec<String> = page.eval(&format!("{calls}.map((entry) => entry.nextHopProtocol)")).await;
            assert!(protocols.iter().all(|protocol| protocol == spoken), "{protocols:?}");
            let [received] = front.clouds.received().try_into().unwrap();
            let received: crate::server::Received = received;
            assert_eq!(received.target, "/v3/a%2Fb~%2A?x=%2f&x=");
            let host = ("host".to_owned(), b"gaussdb.cn-north-4.myhuaweicloud.com".to_vec());
            assert!(received.headers.contains(&host), "{received:?}");

            // A name that is this machine too.
            let stranger = front.base.replace("localhost", "evil.localhost");
            page.allow_origin(&stranger);
            page.allow_console("evil.localhost");
            let visit = page.browser.driver.goto(&stranger).await;
            match front.kind {
                Kind::Caddy => assert!(visit.is_err(), "it has no certificate of that name"),
                Kind::Nginx => {
                    let protocol = "performance.getEntriesByType('navigation')[0].nextHopProtocol";
                    let said: String = page.eval(&format!("`${{{protocol}}} ${{document.body.textContent}}`")).await;
                    assert!(said.starts_with("h2 There is no TLS Console under this name."), "{said}");
                }
            }
        })
        .await;
}

/// As root, Caddy would add its authority to those that this machine trusts, and a proxy on it would let it vouch for a
/// provider.
#[test]
fn nobody_is_made_to_trust_an_authority_of_caddys_own() {
    let adapted = adapted();
    assert_eq!(adapted["apps"]["pki"]["certificate_authorities"]["local"]["install_trust"], false);
}

/// What would take a race, a gigabyte or a port of its own to show.
#[test]
fn caddy_has_no_administration_and_limits_that_fit_each_other() {
    let adapted = adapted();
    assert_eq!(adapted["admin"]["disabled"], true);
    let servers: Vec<&serde_json::Value> = adapted["apps"]["http"]["servers"].as_object().unwrap().values().collect();
    let is_inner = |server: &&&serde_json::Value| server["listen"][0].as_str().unwrap().starts_with("unix/");
    let inner = servers.iter().find(is_inner).unwrap();
    let site = servers.iter().find(|server| !is_inner(server)).unwrap();
    // What stalls ends at the site first, in an error.
    assert!(inner["read_timeout"].as_u64().unwrap() >= 2 * site["read_timeout"].as_u64().unwrap());
    assert!(inner.to_string().contains("\"max_buffer_size\":67108864"), "{inner}");
}

fn adapted() -> serde_json::Value {
    let file = deployed("Caddyfile").display().to_string();
    let mut caddy = std::process::Command::new(program("caddy"));
    caddy.args(["adapt", "--adapter", "caddyfile", "--config", &file]).env("TLS_CONSOLE_ADDRESS", "localhost");
    let output = caddy.output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}
