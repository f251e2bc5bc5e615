//! What is wrong in the form is said in words, and nothing leaves before it is mended.

use serde_json::json;

use crate::page::{HTTPS, HTTPS_INPUTS, INSTANCE, PROJECT, Page, SSL, SSL_INPUTS};
use crate::scene::scene;

/// A wrong text for a field, and the rule that it breaks.
type Wrong<'a> = (&'a str, &'a str, &'a str);

async fn is_refused(page: &Page, (field, text, rule): Wrong<'_>) {
    page.fill(field, text).await;
    page.click("action", "send").await;
    page.wait_for("document.activeElement.id === 'issues'").await;
    assert!(!page.has("dialog", "confirm").await, "{field} {text:?} is not asked about");
    let summary: String = page.eval("wordsOf(document.activeElement)").await;
    Page::says(&summary, &["One field needs attention", field, rule]);
    let beside = "const input = find('field', arguments[0]);
        return input.getAttribute('aria-describedby').split(' ')
            .map((id) => document.getElementById(id)?.textContent).join(' ') + ' invalid=' + input.getAttribute('aria-invalid');";
    let beside = page.script(beside, vec![json!(field)]).await;
    Page::says(beside.as_str().unwrap(), &[rule, "invalid=true"]);
    assert_eq!(page.value(field).await, text, "the wrong text stays");
    let link: String = page.eval("tidy(document.querySelector('#issues a').textContent)").await;
    page.click("link", &link).await;
    page.wait_for(&format!("find('field', {}) === document.activeElement", json!(field))).await;
}

#[tokio::test]
async fn ids_of_the_wrong_form_are_refused_with_the_rule_in_words() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&SSL_INPUTS).await;
            let wrong: [Wrong<'_>; 6] = [
                ("project_id", &PROJECT[..31], "32 letters and digits. It has 31 characters"),
                ("project_id", "", "is required"),
                ("project_id", "a/b", "must not contain a slash"),
                ("project_id", "..", "must not be “.” or “..”"),
                ("instance_id", "096c0fc43e804757b59946b80dc27f8bxx07", "36 letters and digits ending in in07"),
                ("instance_id", ".", "must not be “.” or “..”"),
            ];
            for (field, text, rule) in wrong {
                is_refused(page, (field, text, rule)).await;
                if text.len() == 31 {
                    page.axe("summary of what is wrong").await;
                }
                page.fill_all(&SSL_INPUTS).await;
            }
            assert_eq!(page.sandbox.received(), []);
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted", "mended, it is sent");
            assert!(page.eval::<bool>("document.getElementById('issues') === null").await);
        })
        .await;
}

#[tokio::test]
async fn tokens_and_paths_that_would_change_the_address_are_refused() {
    scene()
        .run(async |page| {
            page.open_operation(HTTPS).await;
            page.connect_by("Proxy").await;
            page.fill_all(&HTTPS_INPUTS).await;
            let long = "t".repeat(65);
            let wrong: [Wrong<'_>; 6] = [
                ("clientToken", &long, "at most 64 characters. It has 65"),
                ("clientToken", "tokén", "ASCII characters only"),
                ("InstanceId", "", "is required"),
                ("InstanceId", "a/b", "must not contain a slash"),
                ("InstanceId", "..", "must not be “.” or “..”"),
                ("InstanceId", ".", "must not be “.” or “..”"),
            ];
            for (field, text, rule) in wrong {
                is_refused(page, (field, text, rule)).await;
                page.fill_all(&HTTPS_INPUTS).await;
                page.fill("clientToken", "x").await;
            }
            assert_eq!(page.sandbox.received(), []);
            // What is odd and allowed arrives encoded, and still signed.
            page.fill("InstanceId", "es-cn-n6w1o1x0w001c****").await;
            page.fill("clientToken", "a b~*+/=%").await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            let target = page.received_one().target;
            assert!(
                target
                    .ends_with("/es-cn-n6w1o1x0w001c%2A%2A%2A%2A/actions/open-https?clientToken=a%20b~%2A%2B%2F%3D%25"),
                "{target}"
            );
        })
        .await;
}

#[tokio::test]
async fn an_empty_form_says_everything_at_once_and_leaving_a_field_says_its_own() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill("instance_id", "short").await;
            let error: String = page.eval("tidy(document.querySelector('.field-error:not(:empty)').textContent)").await;
            assert_eq!(error, "instance_id must be 36 letters and digits ending in in07. It has 5 characters.");
            page.click("action", "send").await;
            page.wait_for("document.activeElement.id === 'issues'").await;
            let summary: Vec<String> =
                page.eval("[...document.querySelectorAll('#issues li')].map((li) => tidy(li.textContent))").await;
            assert_eq!(
                summary,
                [
                    "instance_id must be 36 letters and digits ending in in07. It has 5 characters.",
                    "ssl_option is required.",
                    "project_id is required.",
                    "X-Auth-Token is required.",
                ]
            );
            page.axe("empty form refused").await;
            page.click("link", "ssl_option is required.").await;
            page.focus_is("INPUT On").await;
            page.fill_all(&SSL_INPUTS).await;
            page.wait_for("document.getElementById('issues') === null").await;
        })
        .await;
}

#[tokio::test]
async fn a_region_of_ones_own_must_be_a_host_label() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&SSL_INPUTS).await;
            page.choose("Region", "Another region").await;
            page.fill("region", "evil.test/").await;
            page.click("action", "send").await;
            page.wait_for("document.activeElement.id === 'issues'").await;
            Page::says(
                &page.eval::<String>("wordsOf(document.activeElement)").await,
                &["region must be letters, digits and inner hyphens"],
            );
            assert_eq!(page.sandbox.received(), []);
            page.fill("region", "eu-west-9").await;
            page.choose("service", "gaussdbformysql").await;
            page.call().await;
            let target = page.received_one().target;
            assert!(target.starts_with("/gaussdbformysql.eu-west-9.myhuaweicloud.com/v3/"), "{target}");
        })
        .await;
}

#[tokio::test]
async fn one_click_reaches_its_target_whatever_is_told_of_the_field_that_it_leaves() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&SSL_INPUTS).await;
            // From a field that is still empty to a choice: nothing is a mistake yet.
            page.enter("instance_id", "").await;
            page.click_once("input[name=ssl_option][value=false]").await;
            let chosen = "document.querySelector('input[name=ssl_option][value=false]').checked";
            assert!(page.eval::<bool>(chosen).await, "the click has arrived");
            let invalid = "find('field', 'instance_id').getAttribute('aria-invalid') === 'true'";
            assert!(!page.eval::<bool>(invalid).await, "nobody has wanted to send it yet");
            // From a wrong text to the choice, and from a pasted one to the act: what is said of them moves both.
            page.enter("instance_id", "abc").await;
            page.click_once("input[name=ssl_option][value=true]").await;
            assert!(!page.eval::<bool>(chosen).await, "the click has arrived");
            page.wait_for(invalid).await;
            page.enter("instance_id", &format!(" {INSTANCE} ")).await;
            page.click_once("[data-action=send]").await;
            page.wait_for("find('dialog', 'confirm') !== null").await;
            page.confirm().await;
            page.answer().await;
            assert_eq!(page.sandbox.switches(INSTANCE), 1);
        })
        .await;
}
