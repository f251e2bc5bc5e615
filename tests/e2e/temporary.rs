//! Temporary keys, pasted as the token services answer them.

use crate::page::{ACCESS_KEY, CLUSTER, HTTPS, INSTANCE_INPUTS, Page, SSL};
use crate::scene::scene;

const PASTE: &str = "Answer of the token service";
const SECTION: &str = "Temporary keys (STS)";
const NOT_ONE: &str = "No keys are found in this text.";

/// The answer of AssumeRole.
const ALIBABAS: &str = r#"{"RequestId":"6894B13B-6D71-4EF5-88FA-F32781734A7F","AssumedRoleUser":{"Arn":"acs:ram::1:role/tls"},
  "Credentials":{"AccessKeyId":"STS.NTDummyAccessKeyId","AccessKeySecret":"DummyAccessKeySecret0123456789",
  "SecurityToken":"CAISdummy+STS/token==with+/=chars","Expiration":"2099-11-22T15:00:00Z"}}"#;

/// The answer of securitytokens.
const HUAWEIS: &str = r#"{"credential":{"access":"HSTADUMMYAK000000001","expires_at":"2099-11-22T15:00:00.000000Z",
  "secret":"dummySecretKey/000000000000000000000000+1","securitytoken":"dummySecurityToken/+=ABC123"}}"#;

#[tokio::test]
async fn huaweis_answer_is_pasted_whole() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&INSTANCE_INPUTS).await;
            page.choose("Kind", ACCESS_KEY).await;
            page.unfold(SECTION).await;
            page.axe("temporary keys, empty").await;
            for wrong in ["HSTADUMMYAK000000001", r#"{"credential":{"access":"HSTADUMMYAK000000001"}}"#] {
                page.fill(PASTE, wrong).await;
                page.shows(NOT_ONE).await;
            }
            page.axe("not temporary keys").await;
            page.fill(PASTE, HUAWEIS).await;
            page.announces("The temporary keys are entered.").await;
            page.shows("Valid for").await;
            assert_eq!(page.value(PASTE).await, "", "its parts are in their inputs now");
            assert_eq!(page.value("AccessKey ID").await, "HSTADUMMYAK000000001");
            assert!(!page.eval::<bool>(&format!("wordsOf(document.body).includes('{NOT_ONE}')")).await);
            page.axe("temporary keys entered").await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            let received = page.received_one();
            assert_eq!(received.header("x-security-token"), "dummySecurityToken/+=ABC123");
            let secrets = [
                ("AccessKey secret", "dummySecretKey/000000000000000000000000+1"),
                ("Security token", "dummySecurityToken/+=ABC123"),
            ];
            assert_eq!(page.seen(&secrets).await, [] as [&str; 0]);
        })
        .await;
}

#[tokio::test]
async fn alibabas_answer_is_pasted_whole() {
    scene()
        .run(async |page| {
            page.open_operation(HTTPS).await;
            page.connect_by("Proxy").await;
            page.fill("InstanceId", CLUSTER).await;
            page.unfold(SECTION).await;
            page.fill(PASTE, ALIBABAS).await;
            page.announces("The temporary keys are entered.").await;
            page.shows("Valid for").await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            let received = page.received_one();
            assert_eq!(received.header("x-acs-security-token"), "CAISdummy+STS/token==with+/=chars");
            assert!(received.header("authorization").contains("Credential=STS.NTDummyAccessKeyId,"));
        })
        .await;
}

#[tokio::test]
async fn the_end_of_keys_that_were_typed_is_set_by_hand() {
    scene()
        .run(async |page| {
            page.open_operation(HTTPS).await;
            page.fill("AccessKey ID", "STS.NTDummyAccessKeyId").await;
            page.unfold(SECTION).await;
            page.fill("Expires at", "soon").await;
            page.click("button", "Set the end").await;
            page.shows("Expires at must be a time such as 2026-11-22T18:00:00Z.").await;
            page.axe("not a time").await;
            page.fill("Expires at", "2099-01-01T00:00:00Z").await;
            page.click("button", "Set the end").await;
            page.shows("Valid for").await;
            let words = page.words(".credential-tools").await;
            assert!(!words.contains("must be a time"), "{words}");
            page.fill("Expires at", "2020-01-01T00:00:00Z").await;
            page.click("button", "Set the end").await;
            page.shows("Calls will be refused: get a new one.").await;
            page.axe("keys that have ended").await;
            assert_eq!(page.value("AccessKey ID").await, "STS.NTDummyAccessKeyId", "the rest stays");
            Page::says(&page.words(".credential-status").await, &["Ended at Jan 1, 2020", "UTC"]);
        })
        .await;
}
