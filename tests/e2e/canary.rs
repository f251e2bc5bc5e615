//! A secret that was typed is nowhere but in its own input, and gone after a reload.

use serde_json::json;

use crate::page::{ACCESS_KEY, CLUSTER, HTTPS, HUAWEI_KEY, INSTANCE, INSTANCE_INPUTS, PROJECT, Page, SSL};
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
async fn a_secret_in_an_ordinary_field_is_not_kept_for_the_next_page() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&[CANARIES[0], ("project_id", PROJECT), ("instance_id", CANARIES[0].1)]).await;
            page.reload().await;
            page.find("action", "send").await;
            assert_eq!(page.value("project_id").await, PROJECT, "the form is kept");
            assert_ne!(page.value("instance_id").await, CANARIES[0].1);
            let kept: String = page.eval("JSON.stringify({ ...sessionStorage, ...localStorage })").await;
            assert!(kept.contains(PROJECT) && !kept.contains(CANARIES[0].1), "{kept}");
        })
        .await;
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
            page.click("action", "send").await;
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
            // Every stage of the signature is shown to whoever opens it.
            page.click("tab", "Signature").await;
            page.wait_for("document.querySelector('.stage') !== null").await;
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
    page.reload().await;
    page.script("location.hash = arguments[0]; return null;", vec![json!(hash)]).await;
    page.find("action", "send").await;
    for label in labels {
        assert_eq!(page.value(label).await, "", "{label} after a reload");
    }
    nothing_is_seen(page, "after a reload").await;
}

/// Everything that can be typed and is nobody's business, by the label of its input.
const ALL_KINDS: [(&str, &str); 8] = [
    ("X-Auth-Token", "canary-token-7f3a91"),
    ("AccessKey secret", "canarySecret55d0c4"),
    ("Security token", "canarySts/E61f+=\"x"),
    ("Password", "canaryPassword!77"),
    ("MFA passcode", "canary-passcode-4471"),
    ("Passphrase", "canary passphrase 9041"),
    ("auth.identity.password.user.password", "canaryOther?Password8"),
    ("Answer of the token service", "canaryPasted20ab"),
];

async fn none_is_seen(page: &Page, moment: &str) {
    let mut seen = page.seen(&ALL_KINDS).await;
    // The short form's input is one of the same field.
    seen.retain(|place| place != "auth.identity.password.user.password in the input Password *");
    assert_eq!(seen, [] as [&str; 0], "{moment}");
}

/// Unfolds everything and presses everything that copies.
async fn unfold_and_copy_all(page: &Page) {
    let script = "for (const part of document.querySelectorAll('details')) part.open = true;
        for (const copy of findAll('button', null)) if (nameOf(copy).startsWith('Copy')) copy.click();
        return null;";
    page.script(script, Vec::new()).await;
}

#[tokio::test]
async fn secrets_of_every_kind_are_nowhere_after_full_flows() {
    scene()
        .run(async |page| {
            let [token, secret, security_token, password, passcode, passphrase, other_password, pasted] = ALL_KINDS;
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&INSTANCE_INPUTS).await;

            page.click("button", "Get a token with a password").await;
            page.fill_all(&[
                ("Account name", "DummyAccount"),
                ("IAM user name", "DummyUser"),
                ("IAM user ID", "09f4a0d7700025c21f3ec01a5e8dummy"),
                password,
                passcode,
            ])
            .await;
            none_is_seen(page, "a password typed").await;
            page.click("button", "Get it").await;
            page.shows("The username or password is wrong.").await;
            none_is_seen(page, "a password refused").await;
            let asked = String::from_utf8(page.received_last().body).unwrap();
            Page::says(&asked, &[password.1, passcode.1]);

            page.fill_all(&[token]).await;
            page.call().await;
            unfold_and_copy_all(page).await;
            none_is_seen(page, "a token sent").await;

            page.sign_with(ACCESS_KEY, &[HUAWEI_KEY[0], secret, security_token]).await;
            let answer = page.call().await;
            Page::says(&answer, &["verify aksk signature fail"]);
            assert_eq!(page.received_last().header("x-security-token"), security_token.1);
            unfold_and_copy_all(page).await;
            none_is_seen(page, "a signature refused, and everything unfolded and copied").await;

            let answer = json!({ "Credentials": { "AccessKeyId": "DUMMYAKUNKNOWN000001", "AccessKeySecret": pasted.1, "SecurityToken": security_token.1 } });
            page.fill("Answer of the token service", &answer.to_string()).await;
            page.announces("The temporary keys are entered.").await;
            page.call().await;
            none_is_seen(page, "keys pasted and sent").await;
            page.fill_all(&[secret]).await;

            page.open("#/huawei-iam/KeystoneCreateUserTokenByPassword").await;
            page.connect_by("Sandbox").await;
            page.fill_example().await;
            page.connect_by("Proxy").await;
            page.fill_all(&[other_password]).await;
            none_is_seen(page, "a password in a body").await;
            let answer = page.ask().await;
            Page::says(&answer, &["The username or password is wrong."]);
            unfold_and_copy_all(page).await;
            none_is_seen(page, "a password of a body sent").await;

            page.click("link", "Credentials").await;
            page.fill_all(&[passphrase, ("Passphrase again", passphrase.1)]).await;
            page.click("button", "Keep the secrets in a vault").await;
            page.announces("The vault is made.").await;
            none_is_seen(page, "sealed").await;
            page.click("button", "Lock the vault").await;
            page.find("button", "Unlock").await;
            none_is_seen(page, "locked").await;
            page.reload().await;
            page.find("button", "Unlock").await;
            page.fill_all(&[passphrase]).await;
            page.click("button", "Unlock").await;
            page.announces("The vault is unlocked; its secrets are in memory.").await;
            none_is_seen(page, "unlocked after a reload").await;
            page.open_from_list("Enable or disable SSL").await;
            assert_eq!(page.value("AccessKey secret").await, secret.1, "they are back, in their own inputs");
            none_is_seen(page, "back on the page of an operation").await;
            page.click("button", "Forget secret").await;
            page.click("button", "Really forget the secret?").await;
            page.wait_for("find('field', 'AccessKey secret').value === ''").await;
            none_is_seen(page, "forgotten").await;
        })
        .await;
}

#[tokio::test]
async fn the_access_key_id_is_public_and_still_shown_only_where_it_helps() {
    scene()
        .run(async |page| {
            let id = [HUAWEI_KEY[0]];
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&INSTANCE_INPUTS).await;
            page.sign_with(ACCESS_KEY, &HUAWEI_KEY).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            unfold_and_copy_all(page).await;
            assert_eq!(page.seen(&id).await, [] as [&str; 0], "its ending is enough");
            page.fill("Profile name", "Kept").await;
            page.click("field", "Remember this profile without its secret").await;
            page.click("button", "Save profile").await;
            page.announces("The profile is saved.").await;
            assert_eq!(page.seen(&id).await, ["AccessKey ID in localStorage"]);
            page.click("link", "All credentials").await;
            page.shows(id[0].1).await;
            assert_eq!(page.seen(&[HUAWEI_KEY[1]]).await, [] as [&str; 0]);
        })
        .await;
}
