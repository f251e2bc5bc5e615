//! Enable HTTPS: the signature as the server verified it, idempotency, and the token that goes with it.

use time::{Duration, OffsetDateTime};

use crate::gate::{Gate, Mode};
use crate::page::{CLUSTER, HTTPS, HTTPS_INPUTS, KEY_ID, Page};
use crate::scene::scene;

#[tokio::test]
async fn the_sandbox_in_the_page_enables_https() {
    scene()
        .run(async |page| {
            page.open_operation(HTTPS).await;
            page.axe("OpenHttps, empty").await;
            page.new_requests().await;
            page.fill_all(&HTTPS_INPUTS).await;
            page.send().await;
            let question: String = page.eval("wordsOf(find('dialog', null))").await;
            Page::says(
                &question,
                &["Alibaba Cloud Elasticsearch", "China (Hangzhou)", CLUSTER, "Clients that use http:// stop working."],
            );
            page.confirm().await;
            let answer = page.answer().await;
            assert_eq!(page.verdict().await, "good Accepted");
            Page::says(
                &answer,
                &["Result", "true", "Accepted: HTTPS is being enabled", "RequestId", "x-acs-request-id"],
            );
            page.stayed_in_the_page().await;

            let answer = page.call().await;
            assert_eq!(page.verdict().await, "bad InstanceActivating: Instance is activating.");
            Page::says(
                &answer,
                &["Another change of this cluster is still running.", "Send the call again only when it holds."],
            );
            page.axe("InstanceActivating").await;
            assert_eq!(page.sandbox.received(), []);
        })
        .await;
}

#[tokio::test]
async fn the_proxy_carries_a_signature_that_the_server_accepts() {
    scene()
        .run(async |page| {
            let start = OffsetDateTime::now_utc();
            page.sandbox.set_now(Some(start));
            page.open_operation(HTTPS).await;
            page.connect_by("Proxy").await;
            page.fill_all(&HTTPS_INPUTS).await;
            let token = page.value("clientToken").await;
            assert_eq!(token.len(), 36, "{token}");
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted", "the server recomputed the signature");

            let received = page.received_one();
            assert_eq!(received.method, "POST");
            assert_eq!(
                received.target,
                format!(
                    "/elasticsearch.cn-hangzhou.aliyuncs.com/openapi/instances/{CLUSTER}/actions/open-https?clientToken={token}"
                )
            );
            assert_eq!(received.body, b"");
            let header = |name: &str| received.header(name);
            assert_eq!(header("x-acs-action"), "OpenHttps");
            assert_eq!(header("x-acs-version"), "2017-06-13");
            assert_eq!(header("x-acs-date").len(), "2026-11-22T10:00:00Z".len());
            assert!(header("x-acs-signature-nonce").len() >= 16);
            assert_eq!(
                header("x-acs-content-sha256"),
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "the hash of an empty body"
            );
            let authorization = header("authorization");
            assert!(authorization.starts_with(&format!("ACS3-HMAC-SHA256 Credential={KEY_ID},")), "{authorization}");
            let names: Vec<&str> = received.headers.iter().map(|(name, _)| name.as_str()).collect();
            for unwanted in ["cookie", "origin", "referer", "x-acs-security-token"] {
                assert!(!names.contains(&unwanted), "{names:?}");
            }

            assert_eq!(page.sandbox.look(|world| world.https(CLUSTER)), Some(false), "activating");
            let answer = page.call().await;
            Page::says(&answer, &["InstanceActivating", "Another change of this cluster is still running."]);
            page.axe("InstanceActivating through the proxy").await;
            page.sandbox.set_now(Some(start + Duration::seconds(110)));
            assert_eq!(page.sandbox.look(|world| world.https(CLUSTER)), Some(true), "active");
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
        })
        .await;
}

#[tokio::test]
async fn temporary_credentials_send_their_token_signed() {
    scene()
        .run(async |page| {
            page.open_operation(HTTPS).await;
            page.connect_by("Proxy").await;
            page.fill_all(&HTTPS_INPUTS).await;
            page.fill("AccessKey ID", "STS.NTDummyAccessKeyId").await;
            let answer = page.call().await;
            Page::says(&answer, &["MissingSecurityToken", "Enter the Security token that came with it."]);
            page.fill("Security token", " CAISdummy+STS/token==with+/=chars\n").await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            let received = page.sandbox.received().pop().unwrap();
            assert_eq!(received.header("x-acs-security-token"), "CAISdummy+STS/token==with+/=chars");
            assert!(received.header("authorization").contains("x-acs-security-token"));
        })
        .await;
}

#[tokio::test]
async fn the_client_token_is_kept_after_a_lost_answer_and_renewed_after_a_certain_one() {
    let gate = Gate::open().await;
    scene()
        .connect(&gate.origin())
        .other_proxy(&gate.template())
        .run(async |page| {
            page.allow_origin(&gate.origin());
            page.allow_console("net::ERR_");
            gate.lead_to(page.sandbox.addr);
            page.open_operation(HTTPS).await;
            page.fill_all(&HTTPS_INPUTS).await;
            let first = page.value("clientToken").await;

            gate.set(Mode::Drop);
            let answer = page.call().await;
            assert_eq!(page.verdict().await, "unsure No answer, and the browser does not say why");
            Page::says(&answer, &["it may have been carried out", "DescribeInstance", "The console keeps clientToken"]);
            page.axe("lost answer").await;
            assert_eq!(page.value("clientToken").await, first);

            gate.set(Mode::Forward);
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted", "the API recognised the repeated call");
            let received = page.sandbox.received();
            assert_eq!(received.len(), 2, "{received:?}");
            assert_eq!(received[0].target, received[1].target);
            assert!(received[0].target.ends_with(&format!("?clientToken={first}")));
            assert_ne!(received[0].header("x-acs-signature-nonce"), received[1].header("x-acs-signature-nonce"));
            assert_ne!(received[0].header("authorization"), received[1].header("authorization"));

            let second = page.value("clientToken").await;
            assert_ne!(second, first, "a certain answer makes the next call a new one");
            page.click("button", "New").await;
            let third = page.value("clientToken").await;
            assert!(third.len() == 36 && third != second, "{second} {third}");
        })
        .await;
}

#[tokio::test]
async fn another_request_after_a_lost_answer_gets_another_token() {
    scene()
        .run(async |page| {
            page.open_operation(HTTPS).await;
            page.fill_all(&HTTPS_INPUTS).await;
            page.fill("InstanceId", "es-fault-lost").await;
            let lost = page.value("clientToken").await;
            page.call().await;
            assert_eq!(page.value("clientToken").await, lost);
            page.fill("InstanceId", CLUSTER).await;
            assert_ne!(page.value("clientToken").await, lost, "another cluster is another request");
            page.fill("InstanceId", "es-fault-lost").await;
            assert_eq!(page.value("clientToken").await, lost, "the same request again");
            page.fill("clientToken", "").await;
            page.call().await;
        })
        .await;
}
