//! Tokens by password: the short path below the credential, the operation's own page, and keys that a token gives.

use time::Duration;

use crate::page::{ACCESS_KEY, INSTANCE, INSTANCE_INPUTS, PROJECT, Page, SSL};
use crate::scene::{Scene, scene};

/// IAM's operation that gives a token.
const LOGIN: &str = "#/huawei-iam/KeystoneCreateUserTokenByPassword";
const PASSWORD: (&str, &str) = ("Password", "DummyPassword!0");
const GET: &str = "Get a token with a password";

/// Writes down, outside of the page's own reach, which tokens the server gave out.
const LISTEN: &str = "const ask = window.fetch;
    window.issued = [];
    window.fetch = async (...request) => {
        const answer = await ask(...request);
        const token = answer.headers.get('x-subject-token');
        if (token) window.issued.push(token);
        return answer;
    };";

fn listening() -> Scene {
    scene().before(LISTEN)
}

/// The token that the server gave out last.
async fn issued(page: &Page) -> String {
    let token: String = page.eval("window.issued.at(-1) ?? ''").await;
    assert!(token.starts_with("MII"), "a token was given out: {token:?}");
    token
}

async fn open_form(page: &Page, user: &str) {
    page.click("button", GET).await;
    page.fill_all(&[("Account name", "DummyAccount"), ("IAM user name", user), PASSWORD]).await;
}

/// Asks, and waits until the credential is there.
async fn get_it(page: &Page) {
    page.click("button", "Get it").await;
    page.wait_for("find('button', 'Get it') === null && document.querySelector('.credential-status .notice') !== null")
        .await;
    page.wait_for("document.activeElement !== document.body").await;
}

#[tokio::test]
async fn a_token_by_password_signs_the_next_call_and_is_never_shown() {
    listening()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&INSTANCE_INPUTS).await;
            page.click("button", GET).await;
            assert_eq!(page.value("Project or region name").await, "cn-north-4", "the region of the form");
            page.axe("the form of a token").await;
            page.click("button", "Get it").await;
            page.shows("This cannot be sent yet").await;
            Page::says(
                &page.words(".grant").await,
                &["Account name is required.", "IAM user name is required.", "Password is required."],
            );
            assert_eq!(page.sandbox.received(), [], "nothing is asked without all of it");
            page.fill_all(&[("Account name", "DummyAccount"), ("IAM user name", "DummyUser")]).await;
            page.fill("Password", "not-the-password").await;
            page.click("button", "Get it").await;
            page.shows("The username or password is wrong.").await;
            Page::says(&page.words(".grant").await, &["The account, the user or the password is wrong."]);
            page.axe("a wrong password").await;
            assert_eq!(page.value("Password").await, "", "it is needed once");
            assert_eq!(page.value("Account name").await, "DummyAccount");
            assert_eq!(page.value("IAM user name").await, "DummyUser");
            assert_eq!(page.value("Project or region name").await, "cn-north-4");

            page.fill_all(&[PASSWORD]).await;
            get_it(page).await;
            // Counted down: a moment later it is no whole day any more.
            page.shows("Valid for 23 h 59 min, until").await;
            page.axe("a token is there").await;
            let asked = page.received_last();
            assert_eq!(
                (asked.method.as_str(), asked.target.as_str()),
                ("POST", "/iam.cn-north-4.myhuaweicloud.com/v3/auth/tokens?nocatalog=true")
            );
            let body: serde_json::Value = serde_json::from_slice(&asked.body).unwrap();
            assert_eq!(
                body,
                serde_json::json!({"auth": {
                    "identity": {"methods": ["password"], "password": {"user": {
                        "name": "DummyUser", "password": "DummyPassword!0", "domain": {"name": "DummyAccount"}}}},
                    "scope": {"project": {"name": "cn-north-4"}},
                }})
            );
            assert!(!asked.has("x-auth-token") && !asked.has("authorization"), "{asked:?}");

            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            let token = issued(page).await;
            assert_eq!(page.received_last().header("x-auth-token"), token, "the very token that was given out");
            assert_eq!(page.seen(&[("X-Auth-Token", &token), PASSWORD]).await, [] as [&str; 0]);

            // Asking again takes the password only.
            page.click("button", &format!("Renew: {GET}")).await;
            assert_eq!(page.value("Account name").await, "DummyAccount");
            assert_eq!(page.value("IAM user name").await, "DummyUser");
            assert_eq!(page.value("Password").await, "");
            page.fill_all(&[PASSWORD]).await;
            page.click("button", "Get it").await;
            page.wait_for("find('button', 'Get it') === null").await;
            let renewed = issued(page).await;
            assert_ne!(renewed, token);
            page.call().await;
            assert_eq!(page.received_last().header("x-auth-token"), renewed);
            assert_eq!(
                page.seen(&[("X-Auth-Token", &renewed), ("X-Auth-Token", &token), PASSWORD]).await,
                [] as [&str; 0]
            );
        })
        .await;
}

#[tokio::test]
async fn the_pages_own_sandbox_gives_tokens_too() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&INSTANCE_INPUTS).await;
            open_form(page, "DummyUser").await;
            get_it(page).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            assert_eq!(page.sandbox.received(), []);
        })
        .await;
}

#[tokio::test]
async fn a_passcode_goes_with_the_id_of_its_user() {
    listening()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&INSTANCE_INPUTS).await;
            open_form(page, "DummyMfaUser").await;
            page.click("button", "Get it").await;
            page.shows("The username or password is wrong.").await;
            page.fill_all(&[PASSWORD, ("MFA passcode", "123456")]).await;
            page.click("button", "Get it").await;
            page.shows("IAM user ID is required.").await;
            page.axe("a passcode without its user").await;
            assert_eq!(page.sandbox.received().len(), 1, "nothing is asked with half of it");
            page.fill_all(&[PASSWORD, ("MFA passcode", "000000"), ("IAM user ID", "09f4a0d7700025c21f3ec01a5e8dummy")])
                .await;
            page.click("button", "Get it").await;
            page.shows("The username or password is wrong.").await;
            page.wait_for("find('field', 'MFA passcode').value === ''").await;
            page.fill_all(&[PASSWORD, ("MFA passcode", "123456")]).await;
            get_it(page).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            assert_eq!(page.received_last().header("x-auth-token"), issued(page).await);
        })
        .await;
}

#[tokio::test]
async fn a_token_that_ends_soon_is_warned_about_and_one_that_has_ended_is_told() {
    let ahead = "const now = Date.now; window.ahead = 0; Date.now = () => now() + window.ahead;";
    listening()
        .before(ahead)
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&INSTANCE_INPUTS).await;
            open_form(page, "DummyShortUser").await;
            get_it(page).await;
            page.shows("Ends in 9 min").await;
            page.shows("Renew it before you begin anything long.").await;
            page.axe("a token that ends soon").await;
            page.send().await;
            Page::says(&page.words("dialog[open]").await, &["Signed by X-Auth-Token – it ends in 10 min"]);
            page.click("button", "Cancel").await;
            page.script("window.ahead = 601000; return null;", Vec::new()).await;
            page.sandbox.set_offset(Duration::seconds(601));
            page.shows("Calls will be refused: get a new one.").await;
            page.axe("a token that has ended").await;
            page.send().await;
            Page::says(&page.words("dialog[open]").await, &["it has ended"]);
            page.confirm().await;
            let answer = page.answer().await;
            Page::says(&answer, &["APIG.0301", "The token has expired."]);
            assert_eq!(page.received_last().header("x-auth-token"), issued(page).await);
        })
        .await;
}

#[tokio::test]
async fn the_operations_own_page_gives_a_token_to_the_other_pages() {
    listening()
        .run(async |page| {
            page.open_operation(LOGIN).await;
            page.fill_example().await;
            page.axe("a token by its own page").await;
            page.connect_by("Proxy").await;
            let answer = page.ask().await;
            Page::says(
                &answer,
                &["201", "The credential is kept in this page's memory, for the profile X-Auth-Token."],
            );
            page.axe("a token has come").await;
            let token = issued(page).await;
            assert_eq!(
                page.seen(&[("X-Auth-Token", &token), ("auth.identity.password.user.password", "DummyPassword!0")])
                    .await,
                [] as [&str; 0]
            );
            let headers: String = page.words("#response").await;
            Page::says(&headers.to_lowercase(), &["x-subject-token: ••••"]);
            let kept: Vec<String> =
                page.eval("[...document.querySelectorAll('main input')].map((input) => input.value)").await;
            assert!(!kept.iter().any(|text| text.contains("DummyPassword")), "dropped after Send: {kept:?}");
            // Without the password it cannot be sent again.
            page.click("action", "send").await;
            page.wait_for("document.activeElement.id === 'issues'").await;
            assert_eq!(page.sandbox.received().len(), 1);

            page.click("link", "Enable or disable SSL").await;
            page.find("action", "send").await;
            // The page is opened for the first time, and begins in the project of the token.
            page.wait_for("find('field', 'project_id').value !== ''").await;
            page.fill_all(&INSTANCE_INPUTS).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            assert_eq!(page.received_last().header("x-auth-token"), token);
            page.click("link", "List instances").await;
            page.find("action", "send").await;
            page.wait_for(&format!("find('field', 'project_id').value === '{PROJECT}'")).await;
        })
        .await;
}

#[tokio::test]
async fn a_token_is_good_for_its_own_project_only() {
    listening()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&INSTANCE_INPUTS).await;
            open_form(page, "DummyUser").await;
            page.fill("Project or region name", "ap-southeast-3").await;
            get_it(page).await;
            let answer = page.call().await;
            assert!(page.verdict().await.starts_with("bad "), "{answer}");
            let received = page.received_last();
            assert_eq!(received.header("x-auth-token"), issued(page).await);
            assert!(received.target.contains(PROJECT) && received.target.contains(INSTANCE));
        })
        .await;
}

#[tokio::test]
async fn a_token_gets_temporary_keys_that_sign() {
    listening()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&INSTANCE_INPUTS).await;
            open_form(page, "DummyUser").await;
            get_it(page).await;
            let token = issued(page).await;
            page.open_from_list("Get temporary keys").await;
            let answer = page.ask().await;
            Page::says(&answer, &["201", "The credential is kept in this page's memory, for the profile AccessKey."]);
            page.axe("temporary keys have come").await;
            let asked = page.received_last();
            assert!(asked.target.ends_with("/v3.0/OS-CREDENTIAL/securitytokens"), "{}", asked.target);
            assert_eq!(asked.header("x-auth-token"), token);
            // What the short form shows is sent, although nobody has typed it.
            assert!(String::from_utf8(asked.body).unwrap().contains("\"duration_seconds\":3600"));
            page.open_from_list("Enable or disable SSL").await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            let received = page.received_last();
            let security_token = received.header("x-security-token");
            assert!(security_token.starts_with("gQpj"), "{security_token}");
            assert!(received.header("authorization").starts_with("SDK-HMAC-SHA256 Access=HST"));
            assert!(!received.has("x-auth-token"), "{received:?}");
            assert_eq!(
                page.seen(&[("Security token", &security_token), ("X-Auth-Token", &token)]).await,
                [] as [&str; 0]
            );

            // The same in the credential's own tools.
            page.choose("Kind", ACCESS_KEY).await;
            page.find("button", "Renew: Get temporary keys").await;
        })
        .await;
}

/// What a cloud that is compatible with Keystone does, or a proxy: the status is 200, not 201.
const ANSWERS_200: &str = "const send = window.fetch;
    window.fetch = async (...request) => {
        const answer = await send(...request);
        if (answer.status !== 201) return answer;
        return new Response(await answer.arrayBuffer(), { status: 200, headers: answer.headers });
    };";

#[tokio::test]
async fn tok_3_a_token_answered_with_200_is_masked_in_the_headers() {
    listening()
        .before(ANSWERS_200)
        .run(async |page| {
            page.open_operation(LOGIN).await;
            page.fill_example().await;
            page.connect_by("Proxy").await;
            let answer = page.ask().await;
            Page::says(&answer, &["200", "The credential is kept in this page's memory"]);
            let token = issued(page).await;
            page.unfold("Headers").await;
            Page::says(&page.words("#response").await.to_lowercase(), &["x-subject-token: ••••"]);
            assert_eq!(page.seen(&[("X-Auth-Token", &token)]).await, [] as [&str; 0]);
        })
        .await;
}

#[tokio::test]
async fn the_short_form_and_the_whole_form_are_one() {
    listening()
        .run(async |page| {
            page.open(LOGIN).await;
            page.find("button", "Get it").await;
            page.connect_by("Proxy").await;
            page.wait_for("find('field', 'Project or region name')?.value === 'cn-north-4'").await;
            page.fill_all(&[("Account name", "DummyAccount"), ("IAM user name", "DummyUser")]).await;
            // What is missing is asked for where it is typed, and nothing is sent.
            page.click("button", "Get it").await;
            page.shows("Password is required.").await;
            page.wait_for("nameOf(document.activeElement).startsWith('Password')").await;
            page.axe("a short form without its password").await;
            assert_eq!(page.sandbox.received(), []);
            page.fill_all(&[PASSWORD]).await;

            // The request, the link and the fields below are those of the same form.
            page.wait_for("wordsOf(document.querySelector('.results')).includes('DummyUser')").await;
            page.unfold("Link to this form").await;
            page.wait_for("document.querySelector('[data-part=link]')?.textContent.includes('DummyAccount') === true")
                .await;
            let link: String = page.eval("document.querySelector('[data-part=link]').textContent").await;
            assert!(link.contains("DummyUser") && !link.contains("DummyPassword"), "{link}");
            page.all_fields().await;
            assert_eq!(page.value("auth.identity.password.user.name").await, "DummyUser");
            page.fill("auth.identity.password.user.domain.name", "Another").await;
            assert_eq!(page.value("Account name").await, "Another");
            page.fill("Account name", "DummyAccount").await;

            // They outlive the page.
            page.click("link", "Enable or disable SSL").await;
            page.find("action", "send").await;
            page.click("link", GET).await;
            page.wait_for("find('field', 'Account name')?.value === 'DummyAccount'").await;
            assert_eq!(page.value("IAM user name").await, "DummyUser");

            page.click("button", "Get it").await;
            page.shows("The credential is kept in this page's memory").await;
            let asked = page.received_one();
            let body: serde_json::Value = serde_json::from_slice(&asked.body).unwrap();
            assert_eq!(
                body,
                serde_json::json!({"auth": {
                    "identity": {"methods": ["password"], "password": {"user": {
                        "name": "DummyUser", "password": "DummyPassword!0", "domain": {"name": "DummyAccount"}}}},
                    "scope": {"project": {"name": "cn-north-4"}},
                }})
            );
            assert_eq!(page.value("Password").await, "", "it is needed once");
            page.axe("a token by the short form").await;
            let token = issued(page).await;
            assert_eq!(page.seen(&[("X-Auth-Token", &token), PASSWORD]).await, [] as [&str; 0]);
        })
        .await;
}
