//! Both operations in Chromium, from the page that the server serves through the proxy that it is.

use time::{Duration, OffsetDateTime};

use crate::front::Front;
use crate::page::{
    ACCESS_KEY, CLUSTER, HTTPS, HTTPS_INPUTS, HUAWEI_KEY, INSTANCE, INSTANCE_INPUTS, PROJECT, Page, SSL, SSL_INPUTS,
};
use crate::scene::scene;
use crate::server::Received;

on_each_server!(
    ssl_is_switched_on,
    https_is_switched_on,
    a_host_that_is_not_on_the_list_is_refused,
    the_check_recognises_its_proxy_and_the_fence
);

fn has(received: &Received, name: &str, value: &str) -> bool {
    received.headers.contains(&(name.to_owned(), value.as_bytes().to_vec()))
}

pub(crate) async fn ssl_is_switched_on(front: &Front) {
    scene()
        .served_at(&front.base)
        .run(async |page| {
            // Chromium's note on a page of no secure context.
            page.allow_console("Cross-Origin-Opener-Policy header has been ignored");
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.script("document.cookie = 'visitor=1'; return null;", Vec::new()).await;
            page.fill_all(&SSL_INPUTS).await;
            let answer = page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            Page::says(&answer, &["job_id", "via Proxy"]);
            let [received]: [Received; 1] = front.clouds.changes().try_into().unwrap();
            assert_eq!(received.method, "PUT");
            assert_eq!(received.target, format!("/v3/{PROJECT}/instances/{INSTANCE}/ssl-option"));
            assert_eq!(received.body, br#"{"ssl_option":true}"#);
            assert!(has(&received, "host", "gaussdb.cn-north-4.myhuaweicloud.com"), "{received:?}");
            assert!(has(&received, "x-auth-token", "any-token-will-do"), "{received:?}");
            let browsers = ["cookie", "origin", "referer"];
            let told = |(name, _): &&(String, Vec<u8>)| name.starts_with("sec-") || browsers.contains(&name.as_str());
            assert_eq!(received.headers.iter().find(told), None);
            front.sandbox.set_now(Some(OffsetDateTime::now_utc() + Duration::minutes(3)));
            assert_eq!(front.sandbox.look(|world| world.ssl(INSTANCE)), Some(true));
        })
        .await;
}

pub(crate) async fn https_is_switched_on(front: &Front) {
    scene()
        .served_at(&front.base)
        .run(async |page| {
            page.open_operation(HTTPS).await;
            page.connect_by("Proxy").await;
            page.fill_all(&HTTPS_INPUTS).await;
            let token = page.value("clientToken").await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted", "the cloud recomputed the signature");
            let [received]: [Received; 1] = front.clouds.changes().try_into().unwrap();
            let target = format!("/openapi/instances/{CLUSTER}/actions/open-https?clientToken={token}");
            assert_eq!((received.method.as_str(), received.target), ("POST", target));

            let answer = page.call().await;
            Page::says(&answer, &["InstanceActivating", "Another change of this cluster is still running."]);
            assert_eq!(front.clouds.changes().len(), 2);
        })
        .await;
}

async fn a_host_that_is_not_on_the_list_is_refused(front: &Front) {
    scene()
        .served_at(&front.base)
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            let call = "const done = arguments[arguments.length - 1];
                Promise.all(['./proxy/obs.cn-north-4.myhuaweicloud.com/', './proxy/gaussdb.cn-north-4.myhuaweicloud.com/v3/none'].map(
                    (url) => fetch(url, { method: 'PUT', body: '{}', headers: { 'X-TLS-Console-Call': crypto.randomUUID().replaceAll('-', '') } }).then((answer) => `${answer.status} ${answer.headers.get('x-tls-console-proxy')}`)
                )).then(done);";
            let answers = page.browser.driver.execute_async(call, Vec::new()).await.unwrap();
            assert_eq!(answers.json(), &serde_json::json!(["403 refused", "404 passed"]));
            assert_eq!(front.clouds.received().len(), 1);
        })
        .await;
}

async fn the_check_recognises_its_proxy_and_the_fence(front: &Front) {
    scene()
        .served_at(&front.base)
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&INSTANCE_INPUTS).await;
            page.sign_with(ACCESS_KEY, &HUAWEI_KEY).await;
            page.connect_by("Proxy").await;
            page.script("location.hash = '#/check'; return null;", Vec::new()).await;
            page.find("button", "Check").await;
            assert_eq!(front.clouds.received(), [], "nothing before the button");
            page.click("button", "Check").await;
            page.wait_for("document.querySelectorAll('.steps').length === 2").await;
            page.wait_for("find('button', 'Check').getAttribute('aria-disabled') !== 'true'").await;
            let failed: Vec<String> =
                page.eval("[...document.querySelectorAll('.step[data-result=failed]')].map(wordsOf)").await;
            assert_eq!(failed, [] as [&str; 0]);
            for (provider, steps) in [
                (
                    "Huawei Cloud",
                    &[
                        "It is the proxy",
                        "Only the console's own",
                        "Only the provider's hosts",
                        "Path, query and headers",
                    ][..],
                ),
                ("Alibaba Cloud", &["It is the proxy", "Only the console's own", "Only the provider's hosts"]),
            ] {
                let passed = format!(
                    "[...find('region', '{provider}').querySelectorAll('.step[data-result=passed]')].map(wordsOf)"
                );
                let passed: Vec<String> = page.eval(&passed).await;
                for step in steps {
                    assert!(passed.iter().any(|words| words.contains(step)), "{provider}: {step} in {passed:#?}");
                }
            }
            page.announces("Checked: nothing is wrong.").await;
            page.axe("checked through the server").await;
            let host = |received: &Received| {
                received
                    .headers
                    .iter()
                    .find(|(name, _)| name == "host")
                    .map(|(_, host)| host.clone())
                    .unwrap_or_default()
            };
            let received = front.clouds.received();
            assert!(received.iter().all(|one| host(one) != b"example.com"), "the stranger was not asked: {received:?}");
        })
        .await;
}
