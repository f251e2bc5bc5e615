//! Both operations in Chromium, from the page that the server serves through the proxy that it is.

use time::{Duration, OffsetDateTime};

use crate::front::Front;
use crate::page::{CLUSTER, HTTPS, HTTPS_INPUTS, INSTANCE, PROJECT, Page, SSL, SSL_INPUTS};
use crate::scene::scene;
use crate::server::Received;

on_each_server!(ssl_is_switched_on, https_is_switched_on, a_host_that_is_not_on_the_list_is_refused);

fn has(received: &Received, name: &str, value: &str) -> bool {
    received.headers.contains(&(name.to_owned(), value.as_bytes().to_vec()))
}

async fn ssl_is_switched_on(front: &Front) {
    scene()
        .served_by(front.addr)
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.script("document.cookie = 'visitor=1'; return null;", Vec::new()).await;
            page.fill_all(&SSL_INPUTS).await;
            let answer = page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            Page::says(&answer, &["job_id", "via Proxy"]);
            let [received]: [Received; 1] = front.clouds.received().try_into().unwrap();
            assert_eq!(received.method, "PUT");
            assert_eq!(received.target, format!("/v3/{PROJECT}/instances/{INSTANCE}/ssl-option"));
            assert_eq!(received.body, br#"{"ssl_option":true}"#);
            assert!(has(&received, "host", "gaussdb.cn-north-4.myhuaweicloud.com"), "{received:?}");
            assert!(has(&received, "x-auth-token", "any-token-will-do"), "{received:?}");
            let browsers = ["cookie", "origin", "referer"];
            let told = |(name, _): &&(String, Vec<u8>)| name.starts_with("sec-") || browsers.contains(&name.as_str());
            assert_eq!(received.headers.iter().find(told), None);
            front.sandbox.set_now(Some(OffsetDateTime::now_utc() + Duration::minutes(1)));
            assert_eq!(front.sandbox.look(|world| world.ssl(INSTANCE)), Some(true));
        })
        .await;
}

async fn https_is_switched_on(front: &Front) {
    scene()
        .served_by(front.addr)
        .run(async |page| {
            page.open_operation(HTTPS).await;
            page.connect_by("Proxy").await;
            page.fill_all(&HTTPS_INPUTS).await;
            let token = page.value("clientToken").await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted", "the cloud recomputed the signature");
            let [received]: [Received; 1] = front.clouds.received().try_into().unwrap();
            let target = format!("/openapi/instances/{CLUSTER}/actions/open-https?clientToken={token}");
            assert_eq!((received.method.as_str(), received.target), ("POST", target));

            let answer = page.call().await;
            Page::says(&answer, &["InstanceActivating", "Another change of this cluster is still running."]);
            assert_eq!(front.clouds.received().len(), 2);
        })
        .await;
}

async fn a_host_that_is_not_on_the_list_is_refused(front: &Front) {
    scene()
        .served_by(front.addr)
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            let call = "const done = arguments[arguments.length - 1];
                Promise.all(['./proxy/obs.cn-north-4.myhuaweicloud.com/', './proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3/none'].map(
                    (url) => fetch(url, { method: 'PUT', body: '{}' }).then((answer) => `${answer.status} ${answer.headers.get('x-tls-console-proxy')}`)
                )).then(done);";
            let answers = page.browser.driver.execute_async(call, Vec::new()).await.unwrap();
            assert_eq!(answers.json(), &serde_json::json!(["403 refused", "404 null"]));
            assert_eq!(front.clouds.received().len(), 1);
        })
        .await;
}
