//! Enable and disable SSL, through the sandbox in the page and through a proxy.

use time::OffsetDateTime;

use crate::page::{INSTANCE, PROJECT, Page, SSL, SSL_INPUTS};
use crate::scene::scene;

#[tokio::test]
async fn the_sandbox_in_the_page_switches_ssl_without_the_network() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.axe("operation, empty").await;
            let before = page.new_requests().await;
            assert!(!before.iter().any(|url| url.contains(".errors.json")), "{before:?}");

            page.fill_all(&SSL_INPUTS).await;
            page.send().await;
            page.axe("confirmation").await;
            let question: String = page.eval("wordsOf(find('dialog', null))").await;
            Page::says(
                &question,
                &[
                    "Huawei Cloud TaurusDB",
                    "cn-north-4",
                    INSTANCE,
                    "Switch SSL on for",
                    "The instance restarts at once; nobody can connect meanwhile.",
                ],
            );
            assert_eq!(question.matches(INSTANCE).count(), 1, "each fact once: {question}");
            page.confirm().await;
            let answer = page.answer().await;
            assert_eq!(page.verdict().await, "good Accepted");
            Page::says(&answer, &["200", "job_id", "ID of the task that carries out the switch"]);
            page.axe("success").await;
            page.stayed_in_the_page().await;

            page.choose("ssl_option", "false").await;
            let answer = page.call().await;
            assert_eq!(
                page.verdict().await,
                "bad DBS.200019: Another operation is being performed on the DB instance or the DB instance is faulty."
            );
            Page::says(
                &answer,
                &[
                    "409",
                    "The instance is busy with another operation, or it is not healthy, so a second change is refused.",
                    "Wait until Huawei Cloud's console shows the instance as available",
                ],
            );
            page.axe("error of the API").await;
            let fetched = page.new_requests().await;
            assert_eq!(fetched, [format!("{}apis/huawei-taurusdb.errors.json", page.base)]);

            page.call().await;
            assert_eq!(page.new_requests().await, [] as [String; 0], "the catalogue is fetched once");
            assert_eq!(page.sandbox.received(), []);
        })
        .await;
}

#[tokio::test]
async fn the_proxy_carries_the_switch_byte_for_byte() {
    scene()
        .run(async |page| {
            let start = OffsetDateTime::now_utc();
            page.sandbox.set_now(Some(start));
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            // A cookie of the site must not travel on.
            page.script("document.cookie = 'visitor=1'; return null;", Vec::new()).await;
            page.fill_all(&SSL_INPUTS).await;
            let answer = page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            Page::says(&answer, &["job_id", "via Proxy"]);
            page.axe("success through the proxy").await;

            let received = page.received_one();
            assert_eq!(received.method, "PUT");
            assert_eq!(
                received.target,
                format!("/gaussdb.cn-north-4.myhuaweicloud.com/v3/{PROJECT}/instances/{INSTANCE}/ssl-option")
            );
            assert_eq!(received.body, br#"{"ssl_option":true}"#);
            let header = |name: &str| {
                let found = received.headers.iter().find(|(other, _)| other == name);
                found.map(|(_, value)| String::from_utf8_lossy(value).into_owned())
            };
            assert_eq!(header("x-auth-token").as_deref(), Some("any-token-will-do"));
            assert_eq!(header("x-language").as_deref(), Some("en-us"));
            assert_eq!(header("content-type").as_deref(), Some("application/json;charset=UTF-8"));
            assert_eq!(header("accept").as_deref(), Some("application/json"));
            let of_the_page: Vec<&str> =
                received.headers.iter().map(|(name, _)| name.as_str()).filter(|name| !of_the_browser(name)).collect();
            let mut of_the_page = of_the_page;
            of_the_page.sort_unstable();
            assert_eq!(of_the_page, ["accept", "content-type", "x-auth-token", "x-language", "x-tls-console-call"]);
            assert!(header("x-tls-console-call").is_some_and(|id| id.len() == 32), "the id of the call, for the proxy");

            page.read_logs().await;
            let sent: Vec<Vec<String>> = page
                .log
                .borrow()
                .headers
                .iter()
                .map(|headers| headers.as_object().unwrap().keys().map(|name| name.to_lowercase()).collect())
                .collect();
            let call = sent.iter().find(|names: &&Vec<String>| names.iter().any(|name| name == "x-auth-token"));
            let call = call.unwrap_or_else(|| panic!("the call's headers as they left the browser, among {sent:?}"));
            assert!(!call.iter().any(|name| name == "cookie" || name == "referer"), "{call:?}");

            assert_eq!(page.sandbox.look(|world| world.ssl(INSTANCE)), Some(false), "the job is still running");
            page.sandbox.set_now(Some(start + time::Duration::seconds(75)));
            assert_eq!(page.sandbox.look(|world| world.ssl(INSTANCE)), Some(true));

            page.choose("ssl_option", "false").await;
            page.choose("X-Language", "zh-cn").await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            let received = page.sandbox.received().pop().unwrap();
            assert_eq!(received.body, br#"{"ssl_option":false}"#);
            assert!(received.headers.contains(&("x-language".to_owned(), b"zh-cn".to_vec())));
            page.sandbox.set_now(Some(start + time::Duration::seconds(150)));
            assert_eq!(page.sandbox.look(|world| world.ssl(INSTANCE)), Some(false));
        })
        .await;
}

/// Headers that the browser or the connection adds by itself.
fn of_the_browser(name: &str) -> bool {
    const NAMES: [&str; 8] = [
        "host",
        "user-agent",
        "accept-encoding",
        "accept-language",
        "cache-control",
        "pragma",
        "content-length",
        "priority",
    ];
    NAMES.contains(&name) || name.starts_with("sec-")
}
