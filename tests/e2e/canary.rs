//! A secret that was typed is nowhere but in its own input, and gone after a reload.

use serde_json::json;

use crate::page::{CLUSTER, HTTPS, INSTANCE, PROJECT, Page, SSL};
use crate::scene::scene;

const CANARIES: [(&str, &str); 3] = [
    ("X-Auth-Token", "canary-token-7f3a91"),
    ("AccessKey secret", "canarySecret55d0c4"),
    ("Security token", "CAIScanaryStsE61f+/=="),
];

async fn seen(page: &Page) -> Vec<String> {
    page.seen(&CANARIES).await
}

async fn nothing_is_seen(page: &Page, moment: &str) {
    assert_eq!(seen(page).await, [] as [&str; 0], "{moment}");
}

#[tokio::test]
async fn the_token_is_nowhere() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            for connection in ["Sandbox", "Proxy"] {
                page.connect_by(connection).await;
                page.fill_all(&[
                    CANARIES[0],
                    ("project_id", PROJECT),
                    ("instance_id", INSTANCE),
                    ("ssl_option", "true"),
                ])
                .await;
                nothing_is_seen(page, "filled in").await;
                page.send().await;
                nothing_is_seen(page, "asked").await;
                page.confirm().await;
                page.answer().await;
                assert_eq!(page.verdict().await, "good Accepted");
                nothing_is_seen(page, "answered").await;
                page.call().await;
                nothing_is_seen(page, "refused by the API").await;
            }
            let sent = page.sandbox.received();
            assert!(sent[0].headers.contains(&("x-auth-token".to_owned(), CANARIES[0].1.into())), "it was used");
            // As when something else is pasted as well.
            page.fill("X-Auth-Token", &format!("{} für alle", CANARIES[0].1)).await;
            page.click("button", "Send").await;
            page.wait_for("document.activeElement.id === 'issues'").await;
            nothing_is_seen(page, "a token that cannot be sent").await;
            page.click("link", "Settings").await;
            nothing_is_seen(page, "on another page").await;
            page.script("document.body.dataset.note = arguments[0]; return null;", vec![json!(CANARIES[0].1)]).await;
            assert_eq!(seen(page).await, ["X-Auth-Token in the markup"], "the search itself finds what there is");
            gone_after_a_reload(page, SSL, &["X-Auth-Token"]).await;
        })
        .await;
}

#[tokio::test]
async fn the_access_key_is_nowhere_even_when_the_server_echoes_it() {
    scene()
        .run(async |page| {
            page.open_operation(HTTPS).await;
            page.fill_all(&CANARIES[1..]).await;
            page.fill_all(&[("AccessKey ID", "LTAI5tCanaryKeyId2b88"), ("InstanceId", CLUSTER)]).await;
            for connection in ["Sandbox", "Proxy"] {
                page.connect_by(connection).await;
                page.send().await;
                nothing_is_seen(page, "asked").await;
                page.confirm().await;
                let answer = page.answer().await;
                Page::says(&answer, &["InvalidAccessKeyId.NotFound"]);
                nothing_is_seen(page, "an unknown key").await;
            }
            // The key exists, so the server compares signatures, and echoes the texts that it signed: with the token.
            page.fill("AccessKey ID", "STS.NTDummyAccessKeyId").await;
            for connection in ["Sandbox", "Proxy"] {
                page.connect_by(connection).await;
                let answer = page.call().await;
                Page::says(&answer, &["SignatureDoesNotMatch", "server StringToSign is", "x-acs-security-token:••"]);
                nothing_is_seen(page, "an echoed signature").await;
                page.axe("SignatureDoesNotMatch").await;
            }
            let sent = page.sandbox.received().pop().unwrap();
            assert!(sent.headers.contains(&("x-acs-security-token".to_owned(), CANARIES[2].1.into())), "it was used");
            // Every stage of the signature is on the page, and shown to whoever opens it.
            page.script(
                "for (const part of document.querySelectorAll('details')) part.open = true; return null;",
                Vec::new(),
            )
            .await;
            let trace: String = page
                .eval("tidy([...document.querySelectorAll('.stage')].map((stage) => stage.textContent).join(' '))")
                .await;
            Page::says(&trace, &["ACS3-HMAC-SHA256"]);
            nothing_is_seen(page, "with the signature's stages open").await;
            page.axe("everything unfolded").await;
            gone_after_a_reload(page, HTTPS, &["AccessKey ID", "AccessKey secret", "Security token"]).await;
        })
        .await;
}

async fn gone_after_a_reload(page: &Page, hash: &str, labels: &[&str]) {
    page.browser.driver.refresh().await.unwrap();
    page.wait_for("document.querySelector('h1') !== null").await;
    page.script("location.hash = arguments[0]; return null;", vec![json!(hash)]).await;
    page.find("button", "Send").await;
    for label in labels {
        assert_eq!(page.value(label).await, "", "{label} after a reload");
    }
    nothing_is_seen(page, "after a reload").await;
}
