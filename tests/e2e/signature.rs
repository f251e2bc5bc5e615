//! The signature, stage by stage, and beside what the server says it signed.

use serde_json::{Value, json};

use crate::page::{
    ACCESS_KEY, HTTPS, HTTPS_INPUTS, HUAWEI_KEY, INSTANCE_INPUTS, KEY_ID, KEY_SECRET, PROJECT, Page, SSL,
};
use crate::scene::{Scene, scene};

const STAGES: &str = "Signature";
const COMPARE: &str = "Compare with what the server signed";
const THEIRS: &str = "The server's error answer";
const PARTS: [&str; 6] =
    ["HTTP method", "Canonical URI", "Canonical query string", "Canonical headers", "Signed headers", "Hashed payload"];

/// Names and texts of the stages.
async fn stages(page: &Page) -> Vec<(String, String)> {
    page.wait_for("document.querySelector('.stage') !== null").await;
    page.eval(
        "[...document.querySelectorAll('.stage')].map((stage) =>
            [stage.querySelector('h2').textContent, [...stage.querySelectorAll('pre')].map((text) => text.textContent).join('\\n')])",
    )
    .await
}

async fn parts(page: &Page) -> Vec<String> {
    page.eval("[...document.querySelectorAll('.stage .parts dt')].map((part) => part.textContent)").await
}

/// The explanation and the lines of the comparison.
async fn compared(page: &Page) -> String {
    page.wait_for("document.querySelector('.compared .explanation-title') !== null").await;
    page.words(".compared").await
}

/// Whether the comparison is unfolded.
async fn is_open(page: &Page) -> bool {
    page.wait_for("document.querySelector('.compared') !== null").await;
    page.eval("document.querySelector('.compared').closest('details').open").await
}

async fn huawei(page: &Page, secret: &str) {
    page.open_operation(SSL).await;
    page.connect_by("Proxy").await;
    page.fill_all(&INSTANCE_INPUTS).await;
    page.sign_with(ACCESS_KEY, &[HUAWEI_KEY[0], ("AccessKey secret", secret)]).await;
}

#[tokio::test]
async fn huaweis_stages_lead_to_the_signature_that_the_server_received() {
    scene()
        .run(async |page| {
            huawei(page, HUAWEI_KEY[1].1).await;
            page.fill("X-Project-Id", PROJECT).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            page.click("tab", STAGES).await;
            page.axe("the stages of a signature").await;
            let stages = stages(page).await;
            let names: Vec<&str> = stages.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names, ["Canonical request", "String to sign", "Signature", "Authorization"]);
            assert_eq!(parts(page).await, PARTS);
            let received = page.received_one();
            let authorization = received.header("authorization");
            let signature = &stages[2].1;
            assert!(
                signature.len() == 64 && authorization.ends_with(&format!("Signature={signature}")),
                "{authorization}"
            );
            assert_eq!(stages[3].1.replace("••••0001", HUAWEI_KEY[0].1), authorization, "but for the key's id");
            let date = received.header("x-sdk-date");
            assert!(stages[1].1.starts_with(&format!("SDK-HMAC-SHA256\n{date}\n")), "{}", stages[1].1);
            Page::says(&stages[0].1, &["PUT", &format!("x-sdk-date:{date}"), &format!("x-project-id:{PROJECT}")]);
            assert!(!is_open(page).await, "nobody has to compare what was accepted");

            page.click("button", "Copy signature").await;
            page.wait_for("window.copied.length === 1").await;
            let copied: String = page.eval("window.copied[0]").await;
            Page::says(&copied, &["Canonical request\nPUT\n", "String to sign\nSDK-HMAC-SHA256\n", signature.as_str()]);
            assert_eq!(page.seen(&[HUAWEI_KEY[1]]).await, [] as [&str; 0]);
        })
        .await;
}

#[tokio::test]
async fn alibabas_stages_mask_the_security_token() {
    scene()
        .run(async |page| {
            page.open_operation(HTTPS).await;
            page.connect_by("Proxy").await;
            page.fill_all(&HTTPS_INPUTS).await;
            let token = ("Security token", "CAISdummy+STS/token==with+/=chars");
            page.fill_all(&[("AccessKey ID", "STS.NTDummyAccessKeyId"), token]).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            page.click("tab", STAGES).await;
            let stages = stages(page).await;
            assert_eq!(parts(page).await, PARTS);
            let authorization = page.received_one().header("authorization");
            assert!(authorization.ends_with(&format!("Signature={}", stages[2].1)), "{authorization}");
            Page::says(&stages[0].1, &["x-acs-security-token:••"]);
            page.click("button", "Copy signature").await;
            page.wait_for("window.copied.length === 1").await;
            assert_eq!(page.seen(&[token, ("AccessKey secret", KEY_SECRET)]).await, [] as [&str; 0]);
        })
        .await;
}

#[tokio::test]
async fn a_token_has_no_stages() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&crate::page::SSL_INPUTS).await;
            page.call().await;
            page.click("tab", STAGES).await;
            page.shows("This call is sent without a signature.").await;
            assert!(
                !page.has("details", COMPARE).await
                    && page.eval::<bool>("document.querySelector('.stage') === null").await
            );
        })
        .await;
}

#[tokio::test]
async fn a_wrong_secret_is_known_by_equal_texts_on_both_clouds() {
    scene()
        .run(async |page| {
            huawei(page, "not-the-secret").await;
            page.call().await;
            assert!(is_open(page).await, "a refused signature is what one wants to see explained");
            let told = compared(page).await;
            Page::says(&told, &["The server signed the same text: the secret is wrong", "Canonical headers", "both"]);
            assert!(
                page.eval::<bool>("document.querySelector('.compare tr[data-side=ours]') === null").await,
                "{told}"
            );
            page.axe("Huawei's echo compared").await;

            page.open_operation(HTTPS).await;
            page.connect_by("Proxy").await;
            page.fill_all(&HTTPS_INPUTS).await;
            page.fill("AccessKey secret", "not-the-secret").await;
            page.call().await;
            assert!(is_open(page).await);
            Page::says(
                &compared(page).await,
                &["The server signed the same text: the secret is wrong", "String to sign"],
            );
            page.axe("Alibaba's echo compared").await;
        })
        .await;
}

/// Sends Huawei's call through a proxy that does not leave it alone, and gives what is told.
async fn told_of(scene: Scene, words: &'static [&'static str]) {
    scene
        .run(async |page| {
            huawei(page, HUAWEI_KEY[1].1).await;
            page.call().await;
            assert!(is_open(page).await);
            Page::says(&compared(page).await, words);
            page.axe("what the proxy changed").await;
        })
        .await;
}

#[tokio::test]
async fn a_proxy_that_changes_the_content_type_is_found_out() {
    let words = &["The server saw another header", "The proxy changes the content type", "console", "server"];
    told_of(scene().adds("content-type", "application/json"), words).await;
}

#[tokio::test]
async fn a_proxy_that_changes_another_signed_header_is_found_out() {
    told_of(
        scene().adds("x-language", "zh-cn"),
        &["The server saw another header", "x-language: en-us, the server received x-language: zh-cn."],
    )
    .await;
}

#[tokio::test]
async fn a_proxy_that_adds_to_the_query_is_found_out() {
    scene()
        .other_proxy("/proxy/{host}{path}{query}&added=1")
        .run(async |page| {
            page.open_operation(HTTPS).await;
            page.fill_all(&HTTPS_INPUTS).await;
            page.call().await;
            Page::says(
                &compared(page).await,
                &["The server saw another query", "the proxy changes it", "added=1&clientToken="],
            );
            page.axe("another query").await;
        })
        .await;
}

#[tokio::test]
async fn texts_from_elsewhere_are_compared_when_they_are_pasted() {
    scene()
        .run(async |page| {
            huawei(page, HUAWEI_KEY[1].1).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            page.click("tab", STAGES).await;
            // The server's text as it would be had something on the way gone wrong: line breaks are bars.
            page.click("button", "Copy signature").await;
            page.wait_for("window.copied.length === 1").await;
            let copied: String = page.eval("window.copied[0]").await;
            let (canonical, _) = copied.split_once("\n\nString to sign").unwrap();
            let canonical = canonical.trim_start_matches("Canonical request\n");
            let echo = canonical.trim().replace('\n', "|");
            let answer = |text: &str| {
                json!({ "error_msg": format!("Incorrect IAM authentication information: verify aksk signature fail, canonicalRequest:{text}"), "error_code": "APIGW.0301" })
            };
            page.unfold(COMPARE).await;
            page.axe("comparing, nothing pasted").await;
            for text in ["Something else entirely", "{\"error_code\":\"DBS.200019\"}"] {
                page.fill(THEIRS, text).await;
                page.shows("No canonical request or string to sign is found in this text. Paste the whole answer.").await;
            }
            page.axe("no server text").await;
            let payload = echo.rsplit('|').next().unwrap();
            let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
            let cases: [(Value, &[&str]); 6] = [
                (answer(&echo), &["The server signed the same text: the secret is wrong"]),
                (answer(&echo.replace("|/v3/", "|/gateway/v3/")), &["The server saw another path", "The proxy adds a prefix"]),
                (answer(&echo.replacen("PUT|", "GET|", 1)), &["The server saw another method", "following a redirect"]),
                (answer(&echo.replace("host:gaussdb.cn-north-4.myhuaweicloud.com", "host:proxy.example.com")), &["The server saw another header", "The proxy sends a Host of its own."]),
                (answer(&echo.replace("|x-language:en-us", "")), &["The server did not see a signed header", "x-language was signed and did not arrive"]),
                (answer(&echo.replace(payload, nothing)), &["The body did not arrive"]),
            ];
            for (text, words) in cases {
                page.fill(THEIRS, &text.to_string()).await;
                page.shows(words[0]).await;
                Page::says(&compared(page).await, words);
            }
            page.axe("a pasted answer").await;
            // Only the message, and with real line breaks.
            page.fill(THEIRS, &format!("server CanonicalRequest is [{}]", canonical.trim().replace("en-us", "zh-cn"))).await;
            page.shows("the server received x-language: zh-cn.").await;
            assert_eq!(page.sandbox.received().len(), 1, "what is pasted stays in the page");
            assert!(!page.words("#response").await.contains(KEY_ID));
        })
        .await;
}
