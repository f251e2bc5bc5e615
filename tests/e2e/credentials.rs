//! Each kind of credential, from its inputs to the bytes that the server checked, and back to words.

use time::{Duration, OffsetDateTime};

use crate::page::{
    ACCESS_KEY, CLUSTER, HTTPS, HTTPS_INPUTS, HUAWEI_KEY, INSTANCE_INPUTS, KEY_SECRET, PROJECT, Page, SINGAPORE, SSL,
    SSL_INPUTS,
};
use crate::scene::scene;

const HUAWEI_SECRET: (&str, &str) = HUAWEI_KEY[1];
const HUAWEI_STS_KEY: &str = "HSTADUMMYAK000000001";
const HUAWEI_STS_TOKEN: &str = "dummySecurityToken/+=ABC123";
const STS_KEY: &str = "STS.NTDummyAccessKeyId";
const STS_TOKEN: &str = "CAISdummy+STS/token==with+/=chars";

/// Sends what is filled in through the page's own sandbox and through the proxy: the same credential does for both.
async fn accepted_both_ways(page: &Page) {
    for connection in ["Sandbox", "Proxy"] {
        page.connect_by(connection).await;
        page.call().await;
        assert_eq!(page.verdict().await, "good Accepted", "{connection}");
    }
    page.axe("accepted").await;
}

/// Inputs to change, and words that the answer to them has.
type Refusal<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str]);

/// Changes a few inputs at a time, and holds both ways to what they say of it.
async fn refused_both_ways(page: &Page, cases: &[Refusal<'_>]) {
    for (inputs, words) in cases {
        page.fill_all(inputs).await;
        for connection in ["Sandbox", "Proxy"] {
            page.connect_by(connection).await;
            let answer = page.call().await;
            Page::says(&answer, words);
            assert!(page.verdict().await.starts_with("bad "), "{inputs:?}");
        }
        page.axe(words[0]).await;
    }
}

#[tokio::test]
async fn a_huawei_token_is_sent_as_it_is_and_a_bad_one_is_explained() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            accepted_both_ways(page).await;
            let received = page.received_one();
            assert_eq!(received.header("x-auth-token"), "any-token-will-do");
            for unwanted in ["authorization", "x-sdk-date", "x-project-id", "x-security-token"] {
                assert!(!received.has(unwanted), "{received:?}");
            }
            refused_both_ways(
                page,
                &[
                    (
                        &[("X-Auth-Token", "wrong-token")],
                        &["decrypt token fail", "The token cannot be read", "Get a new token"],
                    ),
                    (&[("X-Auth-Token", "expired-token")], &["APIG.0301", "The token has expired."]),
                    (&[("X-Auth-Token", "denied-token")], &["DBS.200010", "403"]),
                ],
            )
            .await;
        })
        .await;
}

#[tokio::test]
async fn a_huawei_key_signs_the_project_besides_when_it_is_named() {
    scene()
        .run(async |page| {
            let start = OffsetDateTime::now_utc();
            page.sandbox.set_now(Some(start));
            page.open_operation(SSL).await;
            page.fill_all(&INSTANCE_INPUTS).await;
            page.sign_with(ACCESS_KEY, &HUAWEI_KEY).await;
            page.axe("a Huawei key").await;
            accepted_both_ways(page).await;
            let received = page.received_one();
            let authorization = received.header("authorization");
            assert!(
                authorization.starts_with("SDK-HMAC-SHA256 Access=DUMMYAK0000000000001, SignedHeaders="),
                "{authorization}"
            );
            assert_eq!(received.header("x-sdk-date").len(), "20261122T100000Z".len());
            for unwanted in ["x-auth-token", "x-project-id", "x-security-token", "cookie"] {
                assert!(!received.has(unwanted), "{received:?}");
            }

            page.sandbox.set_now(Some(start + Duration::seconds(75)));
            page.fill("X-Project-Id", PROJECT).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            let received = page.received_last();
            assert_eq!(received.header("x-project-id"), PROJECT);
            assert!(received.header("authorization").contains("x-project-id"), "it is signed");
            page.fill("X-Project-Id", SINGAPORE).await;
            let answer = page.call().await;
            Page::says(&answer, &["DBS.200044", "403"]);
            page.axe("the project of another region").await;
        })
        .await;
}

#[tokio::test]
async fn huaweis_temporary_keys_sign_their_security_token() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&INSTANCE_INPUTS).await;
            let keys = [("AccessKey ID", HUAWEI_STS_KEY), HUAWEI_SECRET, ("Security token", HUAWEI_STS_TOKEN)];
            page.sign_with(ACCESS_KEY, &keys).await;
            accepted_both_ways(page).await;
            let received = page.received_one();
            assert_eq!(received.header("x-security-token"), HUAWEI_STS_TOKEN);
            assert!(received.header("authorization").contains("x-security-token"), "it is signed");
            refused_both_ways(
                page,
                &[
                    (&[("Security token", "dummyExpiredSecurityToken/+=")], &["APIGW.0301", "has expired"]),
                    (&[("Security token", "the-token-of-another-key")], &["APIGW.0301", "securitytoken is invalid"]),
                    (&[("Security token", "")], &["APIGW.0301", "HSTADUMMYAK000000001 not exist"]),
                ],
            )
            .await;
        })
        .await;
}

#[tokio::test]
async fn a_huawei_key_that_is_refused_is_told_apart() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&INSTANCE_INPUTS).await;
            page.sign_with(ACCESS_KEY, &HUAWEI_KEY).await;
            refused_both_ways(
                page,
                &[
                    (
                        &[("AccessKey ID", "DUMMYAKUNKNOWN000001")],
                        &["ak not exist", "the gateway knows no access key with this ID"],
                    ),
                    (&[("AccessKey ID", "DUMMYAKINACTIVE00001")], &["ak is inactive"]),
                    (&[("AccessKey ID", "DUMMYAKDENIED0000001")], &["DBS.200010", "403"]),
                ],
            )
            .await;
            page.fill_all(&HUAWEI_KEY).await;
            page.fill("AccessKey secret", "not-the-secret").await;
            let answer = page.call().await;
            Page::says(&answer, &["verify aksk signature fail", "The gateway computed another signature"]);
            page.axe("a wrong secret").await;
        })
        .await;
}

#[tokio::test]
async fn alibabas_keys_and_temporary_keys_sign() {
    scene()
        .run(async |page| {
            page.open_operation(HTTPS).await;
            page.fill_all(&HTTPS_INPUTS).await;
            accepted_both_ways(page).await;
            page.sandbox.set_offset(Duration::seconds(110));
            page.fill_all(&[("AccessKey ID", STS_KEY), ("Security token", STS_TOKEN)]).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            let received = page.received_last();
            assert_eq!(received.header("x-acs-security-token"), STS_TOKEN);
            assert!(received.header("authorization").contains("x-acs-security-token"), "it is signed");
            page.connect_by("Sandbox").await;
            page.fill("InstanceId", "es-cn-cloudnative0001").await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            page.fill("InstanceId", CLUSTER).await;
            page.sandbox.set_offset(Duration::ZERO);
            refused_both_ways(
                page,
                &[
                    (&[("Security token", "CAISexpired+STS/token==")], &["InvalidSecurityToken.Expired", "400"]),
                    (&[("Security token", "cut-off")], &["InvalidSecurityToken.Malformed"]),
                    (&[("Security token", "CAISother+STS/token==")], &["InvalidSecurityToken.MismatchWithAccessKey"]),
                    (&[("Security token", "")], &["MissingSecurityToken", "Enter the Security token"]),
                    (&[("AccessKey ID", "LTAI5tUnknownAccessKeyId")], &["InvalidAccessKeyId.NotFound", "404"]),
                    (&[("AccessKey ID", "LTAI5tInactiveAccessKeyId")], &["InvalidAccessKeyId.Inactive"]),
                    (&[("AccessKey ID", "LTAI5tDeniedAccessKeyId")], &["Forbidden.RAM", "403"]),
                    (&[HTTPS_INPUTS[0], ("AccessKey secret", "not-the-secret")], &["SignatureDoesNotMatch"]),
                ],
            )
            .await;
            page.fill("AccessKey secret", KEY_SECRET).await;
        })
        .await;
}

#[tokio::test]
async fn a_credential_that_the_proxy_adds_never_was_in_the_page() {
    scene()
        .adds("x-auth-token", "the-proxys-own-token")
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            page.choose("Kind", "Added by the proxy").await;
            page.shows("The console sends no authentication: the proxy of this deployment adds it.").await;
            assert!(!page.has("field", "X-Auth-Token").await, "there is nothing to enter");
            page.axe("added by the proxy").await;
            page.connect_by("Proxy").await;
            page.read_logs().await;
            page.log.borrow_mut().headers.clear();
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            assert_eq!(page.received_one().header("x-auth-token"), "the-proxys-own-token");
            page.read_logs().await;
            let left: Vec<String> =
                page.log.borrow().headers.iter().map(|names| names.to_string().to_lowercase()).collect();
            assert!(left.iter().any(|names| names.contains("x-language")), "the call is among {left:?}");
            for unwanted in ["x-auth-token", "authorization", "x-sdk-date"] {
                assert!(!left.iter().any(|names| names.contains(unwanted)), "{left:?}");
            }
            let request = page.words(".request").await;
            assert!(!request.contains("X-Auth-Token"), "{request}");

            // In the page there is no proxy that could add anything.
            page.connect_by("Sandbox").await;
            let answer = page.call().await;
            Page::says(&answer, &["x-auth-token not found", "401"]);
        })
        .await;
}
