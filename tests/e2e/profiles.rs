//! Several credentials at once: who signs which call, what this browser remembers of them, and how to be rid of them.

use serde_json::json;

use crate::page::{ACCESS_KEY, HUAWEI_KEY, INSTANCE_INPUTS, PROJECT, Page, SSL, SSL_INPUTS};
use crate::scene::scene;

const TEAM_A: &str = "Team A";
const TEAM_B: &str = "Team B";

/// Names the chosen profile.
async fn save_as(page: &Page, name: &str, remembered: bool) {
    page.unfold("Profile").await;
    page.fill("Profile name", name).await;
    if remembered {
        page.click("field", "Remember this profile without its secret").await;
    }
    page.click("button", "Save profile").await;
    page.announces("The profile is saved.").await;
}

/// Team A signs with a key and is remembered, Team B has a token and is not.
async fn two_teams(page: &Page) {
    page.open_operation(SSL).await;
    page.connect_by("Proxy").await;
    page.sign_with(ACCESS_KEY, &HUAWEI_KEY).await;
    save_as(page, TEAM_A, true).await;
    page.click("button", "New profile").await;
    page.wait_for("find('choice', 'Profile').options.length === 2 && find('field', 'AccessKey ID')?.value === ''")
        .await;
    page.choose("Kind", "X-Auth-Token").await;
    page.fill_all(&SSL_INPUTS).await;
    save_as(page, TEAM_B, false).await;
}

/// Whether a complete credential is this one line.
fn line(words: &str) -> String {
    format!("tidy(document.querySelector('.credential-line > span')?.textContent) === {}", json!(words))
}

/// Who signs, as the header shows it, and for which project and region.
async fn signer(page: &Page) -> String {
    page.eval(
        "(() => { const list = find('choice', 'Profile'); return tidy(list.selectedOptions[0].textContent)
            + ` | ${find('field', 'project_id').value} · `
            + /\\((.*)\\)/.exec(find('choice', 'Region').selectedOptions[0].textContent)[1]; })()",
    )
    .await
}

#[tokio::test]
async fn the_profile_is_chosen_for_each_call() {
    scene()
        .run(async |page| {
            two_teams(page).await;
            page.axe("two profiles").await;
            assert_eq!(signer(page).await, format!("{TEAM_B} | {PROJECT} · cn-north-4"));
            page.send().await;
            Page::says(&page.words("dialog[open]").await, &["Signed by Team B", "cn-north-4"]);
            page.confirm().await;
            page.answer().await;
            let received = page.received_last();
            assert_eq!(received.header("x-auth-token"), "any-token-will-do");
            assert!(!received.has("authorization"), "{received:?}");

            page.choose("Profile", TEAM_A).await;
            page.wait_for(&line("AccessKey · Team A · ••••0001")).await;
            assert_eq!(page.value("AccessKey ID").await, HUAWEI_KEY[0].1);
            let signer = signer(page).await;
            assert!(signer.starts_with(TEAM_A) && signer.contains("0001 | "), "{signer}");
            assert!(!signer.contains(HUAWEI_KEY[0].1), "the ending is enough: {signer}");
            page.send().await;
            Page::says(&page.words("dialog[open]").await, &["Signed by Team A", "0001"]);
            page.axe("the question names who signs").await;
            page.confirm().await;
            page.answer().await;
            let received = page.received_last();
            assert!(received.header("authorization").starts_with("SDK-HMAC-SHA256 Access=DUMMYAK0000000000001,"));
            assert!(!received.has("x-auth-token"), "{received:?}");

            page.choose("Profile", TEAM_B).await;
            page.wait_for(&line("X-Auth-Token · Team B")).await;
            page.call().await;
            assert_eq!(page.received_last().header("x-auth-token"), "any-token-will-do");
        })
        .await;
}

#[tokio::test]
async fn the_public_half_of_what_is_remembered_survives_a_reload() {
    scene()
        .run(async |page| {
            two_teams(page).await;
            let stored: String = page.eval("localStorage.getItem('tls-console.profiles')").await;
            Page::says(&stored, &[TEAM_A, HUAWEI_KEY[0].1]);
            for absent in [TEAM_B, HUAWEI_KEY[1].1, "any-token-will-do"] {
                assert!(!stored.contains(absent), "{absent} in {stored}");
            }
            page.reload().await;
            page.find("action", "send").await;
            let words: String = page.eval("tidy(find('choice', 'Profile').textContent)").await;
            assert!(words.starts_with(TEAM_A) && words.contains("0001") && !words.contains(TEAM_B), "{words}");
            assert_eq!(page.value("AccessKey ID").await, HUAWEI_KEY[0].1);
            assert_eq!(page.value("AccessKey secret").await, "");
            page.axe("a remembered profile").await;
            page.fill_all(&INSTANCE_INPUTS).await;
            page.connect_by("Proxy").await;
            page.click("action", "send").await;
            page.wait_for("document.activeElement.id === 'issues'").await;
            Page::says(&page.words("#issues").await, &["AccessKey secret"]);
            assert_eq!(page.sandbox.received(), []);
            page.fill_all(&HUAWEI_KEY[1..]).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
        })
        .await;
}

#[tokio::test]
async fn the_page_of_all_credentials_chooses_forgets_and_removes() {
    scene()
        .run(async |page| {
            two_teams(page).await;
            page.click("link", "All credentials").await;
            page.find("button", "Delete profile Team A").await;
            let main = page.words("main").await;
            Page::says(
                &main,
                &[
                    TEAM_A,
                    "Huawei Cloud",
                    HUAWEI_KEY[0].1,
                    "In memory AccessKey secret",
                    TEAM_B,
                    "In memory X-Auth-Token",
                ],
            );
            page.axe("all credentials").await;
            page.click("button", "Choose Team A").await;
            page.find("button", "Choose Team B").await;
            // Both ask, and the answer can be no.
            page.click("button", "Forget secret Team B").await;
            page.axe("really forget it?").await;
            page.click("button", "Cancel").await;
            page.focus_is("BUTTON Forget secret Team B").await;
            page.click("button", "Forget secret Team B").await;
            page.click("button", "Really forget the secret? Team B").await;
            page.announces("The secrets are forgotten.").await;
            page.wait_for("document.activeElement.tagName === 'H3'").await;
            assert!(page.focused().await.starts_with("H3 Team B"), "the focus stays where the profile is");
            page.wait_for("!wordsOf(document.querySelector('main')).includes('In memory X-Auth-Token')").await;
            Page::says(&page.words("main").await, &["In memory AccessKey secret", "In memory no secret"]);
            page.click("button", "Delete profile Team B").await;
            page.click("button", "Really delete this profile? Team B").await;
            page.announces("The profile is deleted.").await;
            page.wait_for("find('button', 'Delete profile Team B') === null").await;
            page.wait_for("document.activeElement.id === 'profiles'").await;
            page.open_from_list("Enable or disable SSL").await;
            page.call().await;
            assert!(page.received_one().has("authorization"), "Team A signs");

            page.click("button", "Forget secret").await;
            page.click("button", "Really forget the secret?").await;
            page.wait_for("find('field', 'AccessKey secret').value === ''").await;
            assert_eq!(page.value("AccessKey ID").await, HUAWEI_KEY[0].1, "the public half stays");
            page.click("link", "All credentials").await;
            page.click("button", "Delete profile Team A").await;
            page.click("button", "Really delete this profile? Team A").await;
            page.announces("The profile is deleted.").await;
            page.wait_for("!localStorage.getItem('tls-console.profiles')?.includes('Team A')").await;
            page.axe("none is left").await;
            page.open_from_list("Enable or disable SSL").await;
            page.find("field", "X-Auth-Token").await;
            assert_eq!(page.value("X-Auth-Token").await, "");
        })
        .await;
}

#[tokio::test]
async fn all_secrets_are_forgotten_at_once() {
    scene()
        .run(async |page| {
            two_teams(page).await;
            page.click("link", "All credentials").await;
            page.click("button", "Forget all secrets now").await;
            page.announces("The secrets are forgotten.").await;
            page.wait_for("find('button', 'Forget all secrets now') === null").await;
            let main = page.words("main").await;
            assert_eq!(main.matches("In memory no secret").count(), 2, "{main}");
            Page::says(&main, &[TEAM_A, TEAM_B, HUAWEI_KEY[0].1]);
        })
        .await;
}

#[tokio::test]
async fn a_profile_brings_its_region_along() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.choose("Region", "AP-Singapore").await;
            page.fill("X-Auth-Token", "any-token-will-do").await;
            page.unfold("Profile").await;
            assert_eq!(page.value("Region").await, "ap-southeast-3", "the region of the form is offered");
            page.unfold("Profile").await;
            save_as(page, TEAM_A, false).await;
            page.click("button", "New profile").await;
            page.wait_for("find('choice', 'Profile').options.length === 2").await;
            page.choose("Region", "CN North-Beijing4").await;
            assert!(signer(page).await.ends_with("cn-north-4"));
            page.choose("Profile", TEAM_A).await;
            page.wait_for("find('choice', 'Region').selectedOptions[0].textContent.includes('ap-southeast-3')").await;
            let server = page.chosen("Region").await;
            assert!(server.contains("ap-southeast-3"), "{server}");
        })
        .await;
}
