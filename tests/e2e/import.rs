//! A pasted command fills the form of the operation that it calls. Nothing is sent, and its secrets stay out.

use crate::look::{cut, narrow};
use crate::page::{CLUSTER, INSTANCE, PROJECT, Page};
use crate::scene::scene;

const TOKEN: &str = "canary-pasted-token-83d1";
const TEXT: &str = "Command or request";

async fn paste(page: &Page, text: &str) {
    page.open("#/import").await;
    page.find("field", TEXT).await;
    page.fill(TEXT, text).await;
}

/// Presses the button, and waits for the form.
async fn fill_form(page: &Page) {
    page.click("action", "fill").await;
    page.shows("Filled in by what you pasted:").await;
    page.all_fields().await;
}

#[tokio::test]
async fn four_kinds_of_command_fill_their_forms_and_send_nothing() {
    scene()
        .run(async |page| {
            let url = format!("https://gaussdb.cn-north-4.myhuaweicloud.com/v3/{PROJECT}/instances/{INSTANCE}/ssl-option");
            let ssl = [
                format!("curl -X PUT '{url}' \\\n  -H 'X-Auth-Token: {TOKEN}' \\\n  --data-raw '{{\"ssl_option\":true}}'"),
                format!("curl ^\"{url}^\" ^\n  -X ^\"PUT^\" ^\n  -H ^\"X-Auth-Token: {TOKEN}^\" ^\n  --data-raw ^\"^{{^\\^\"ssl_option^\\^\":true^}}^\""),
                format!("PUT {url} HTTP/1.1\nX-Auth-Token: {TOKEN}\nContent-Type: application/json\n\n{{\"ssl_option\": true}}"),
                format!("hcloud GaussDB SwitchGaussMySqlInstanceSsl --project_id={PROJECT} --instance_id={INSTANCE} --ssl_option=true --cli-region=cn-north-4 --cli-secret-key={TOKEN}"),
            ];
            for text in &ssl {
                paste(page, text).await;
                page.shows("“Enable or disable SSL” of Huawei Cloud TaurusDB, region cn-north-4.").await;
                page.shows("It holds a credential, which does not go into the form").await;
                page.axe("a recognised command").await;
                fill_form(page).await;
                let values = (page.value("project_id").await, page.value("instance_id").await);
                assert_eq!(values, (PROJECT.to_owned(), INSTANCE.to_owned()), "{text}");
                assert_eq!(page.chosen("ssl_option").await, "true");
                assert_eq!(page.value("X-Auth-Token").await, "", "{text}");
                let seen = page.seen(&[("the pasted secret", TOKEN)]).await;
                assert_eq!(seen, [] as [&str; 0], "{text}");
                page.axe("a form that a command filled").await;
                // The next command must fill it again.
                page.fill("instance_id", "").await;
            }
            for text in [
                format!("aliyun elasticsearch OpenHttps --InstanceId {CLUSTER} --region cn-shanghai"),
                format!("aliyun elasticsearch POST /openapi/instances/{CLUSTER}/actions/open-https --region cn-shanghai --body '{{}}'"),
            ] {
                paste(page, &text).await;
                fill_form(page).await;
                assert_eq!(page.value("InstanceId").await, CLUSTER);
                assert!(page.chosen("Region").await.contains("Shanghai"));
            }
            assert_eq!(page.sandbox.received(), []);
        })
        .await;
}

#[tokio::test]
async fn a_credential_goes_into_a_profile_only_when_asked() {
    scene()
        .run(async |page| {
            let text = format!(
                "curl -X PUT https://gaussdb.cn-north-4.myhuaweicloud.com/v3/{PROJECT}/instances/{INSTANCE}/ssl-option \
                 -H 'X-Auth-Token: {TOKEN}' -H 'X-Odd: 1' -d '{{\"ssl_option\":true}}'"
            );
            paste(page, &text).await;
            page.shows("X-Odd (the form has no such field)").await;
            page.click("field", "Save the credential in a profile").await;
            fill_form(page).await;
            // A complete credential is one line.
            page.connect_by("Proxy").await;
            page.call().await;
            assert_eq!(page.received_last().header("x-auth-token"), TOKEN);
            let stored = "JSON.stringify([{ ...localStorage }, { ...sessionStorage }])";
            assert!(!page.eval::<String>(stored).await.contains(TOKEN), "it is in memory only");
        })
        .await;
}

#[tokio::test]
async fn what_is_no_known_command_is_said_and_changes_nothing() {
    scene()
        .run(async |page| {
            paste(page, "Invoke-WebRequest -Uri https://a.test").await;
            page.shows("PowerShell").await;
            assert!(!page.has("action", "fill").await);
            page.axe("an unknown command").await;
            page.fill(TEXT, "curl https://a.test/x").await;
            page.shows("No operation that is offered here has this address: GET a.test/x.").await;
            page.fill(TEXT, "").await;
            page.wait_for("!wordsOf(document.querySelector('main')).includes('No operation')").await;
            // The way there by keys.
            page.open("").await;
            page.control('k').await;
            page.wait_for("document.activeElement.id === 'palette-input'").await;
            page.press("paste a command").await;
            page.press(thirtyfour::Key::Enter.value().to_string()).await;
            page.wait_for("location.hash === '#/import'").await;
            assert_eq!(page.sandbox.received(), []);
        })
        .await;
}

#[tokio::test]
async fn the_question_about_a_credential_fits_a_narrow_window() {
    scene()
        .run(async |page| {
            narrow(page).await;
            paste(page, &format!("curl -X PUT https://gaussdb.cn-north-4.myhuaweicloud.com/v3/{PROJECT}/instances/{INSTANCE}/ssl-option -H 'X-Auth-Token: {TOKEN}'")).await;
            page.shows("Save the credential in a profile").await;
            assert_eq!(cut(page, "the import of a credential").await, [] as [&str; 0]);
        })
        .await;
}

#[tokio::test]
async fn a_pasted_login_fills_the_short_form_and_what_is_filled_is_named_by_its_fields() {
    scene()
        .run(async |page| {
            let user = format!("{{\"name\":\"DummyUser\",\"password\":\"{TOKEN}\",\"domain\":{{\"name\":\"DummyAccount\"}}}}");
            paste(
                page,
                &format!(
                    "curl https://iam.cn-north-4.myhuaweicloud.com/v3/auth/tokens -d '{{\"auth\":{{\"identity\":{{\"methods\":[\"password\"],\"password\":{{\"user\":{user}}}}}}}}}'"
                ),
            )
            .await;
            page.click("action", "fill").await;
            page.shows("auth.identity.password.user.name, auth.identity.password.user.domain.name. Nothing was sent.").await;
            page.shows("Not filled in: auth.identity.password.user.password (a secret is not taken from here).").await;
            page.wait_for("find('field', 'IAM user name')?.value === 'DummyUser'").await;
            assert_eq!(page.value("Account name").await, "DummyAccount");
            assert_eq!(page.value("Password").await, "");
            page.axe("a short form that a command filled").await;
            assert_eq!(page.seen(&[("the pasted secret", TOKEN)]).await, [] as [&str; 0]);
            assert_eq!(page.sandbox.received(), []);
        })
        .await;
}
