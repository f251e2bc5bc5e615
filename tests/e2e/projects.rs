//! The project id, looked up with the provider.

use crate::page::{ACCESS_KEY, HUAWEI_KEY, INSTANCE, PROJECT, Page, SINGAPORE, SSL};
use crate::scene::scene;

const LOOK_UP: &str = "Look up project_id";

#[tokio::test]
async fn the_project_of_the_region_is_looked_up_and_filled_in() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&[("X-Auth-Token", "any-token-will-do"), ("instance_id", INSTANCE), ("ssl_option", "true")])
                .await;
            // In the page's own sandbox first, where nothing may leave.
            page.click("button", LOOK_UP).await;
            page.wait_for(&format!("find('field', 'project_id').value === '{PROJECT}'")).await;
            assert_eq!(page.sandbox.received(), []);

            page.connect_by("Proxy").await;
            page.choose("Region", "AP-Singapore").await;
            page.fill("project_id", "").await;
            page.click("button", LOOK_UP).await;
            page.wait_for(&format!("find('field', 'project_id').value === '{SINGAPORE}'")).await;
            page.axe("a project was found").await;
            let asked = page.received_one();
            assert_eq!(
                (asked.method.as_str(), asked.target.as_str()),
                ("GET", "/iam.ap-southeast-3.myhuaweicloud.com/v3/projects?name=ap-southeast-3")
            );
            assert_eq!(asked.header("x-auth-token"), "any-token-will-do");
            assert_eq!(page.value("project_id").await, SINGAPORE);
            Page::says(&page.chosen("Region").await, &["ap-southeast-3"]);

            // It is an offer: anything else can be entered.
            page.fill("project_id", PROJECT).await;
            assert_eq!(page.value("project_id").await, PROJECT);
            page.choose("Region", "CN North-Beijing4").await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
        })
        .await;
}

#[tokio::test]
async fn a_region_without_a_project_leaves_the_field_to_the_user() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.choose("Region", "CN North-Beijing2").await;
            page.fill_all(&[("X-Auth-Token", "any-token-will-do"), ("project_id", "0123")]).await;
            page.click("button", LOOK_UP).await;
            page.shows("The provider lists none for this region. You can still enter it.").await;
            page.axe("no project was found").await;
            assert_eq!(page.value("project_id").await, "0123");
        })
        .await;
}

#[tokio::test]
async fn a_project_is_looked_up_with_a_key_too() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.sign_with(ACCESS_KEY, &HUAWEI_KEY).await;
            page.click("button", LOOK_UP).await;
            page.wait_for(&format!("find('field', 'project_id').value === '{PROJECT}'")).await;
            let asked = page.received_one();
            assert!(asked.header("authorization").starts_with("SDK-HMAC-SHA256 Access=DUMMYAK0000000000001,"));
            assert!(!asked.has("x-auth-token"), "{asked:?}");
        })
        .await;
}

#[tokio::test]
async fn a_look_up_that_fails_says_why() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill("instance_id", INSTANCE).await;
            page.click("button", LOOK_UP).await;
            page.shows("This cannot be sent yet").await;
            page.shows("X-Auth-Token").await;
            page.axe("a look-up without a credential").await;
            assert_eq!(page.sandbox.received(), []);
            for (token, words) in [
                (
                    "wrong-token",
                    "IAM does not accept who is asking: the token or the signature is missing, wrong or expired.",
                ),
                ("denied-token", "it, copy the project ID from My Credentials in Huawei Cloud's console."),
            ] {
                page.fill("X-Auth-Token", token).await;
                page.click("button", LOOK_UP).await;
                page.shows(words).await;
                page.axe(token).await;
                assert_eq!(page.value("project_id").await, "");
            }
            // Free entry stays.
            page.fill("project_id", PROJECT).await;
            assert_eq!(page.value("project_id").await, PROJECT);
        })
        .await;
}
