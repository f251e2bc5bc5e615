//! The address of a filled form: a colleague finds the same form, and nothing is sent by opening it.

use crate::page::{CLUSTER, HTTPS, INSTANCE, PROJECT, Page, SSL};
use crate::scene::scene;

const TOKEN: &str = "canary-link-token-41c9";
const COPY: &str = "Copy link with these values";

/// The part of the shown address behind `#`, with it.
async fn link(page: &Page) -> String {
    page.unfold("Link to this form").await;
    page.wait_for("document.querySelector('[data-part=link]') !== null").await;
    let link: String = page.eval("document.querySelector('[data-part=link]').textContent").await;
    assert!(link.starts_with(&page.base), "the whole address: {link}");
    link.split_once('#').map(|(_, hash)| format!("#{hash}")).unwrap()
}

#[tokio::test]
async fn a_link_brings_the_form_to_another_page_and_sends_nothing() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&[
                ("X-Auth-Token", TOKEN),
                ("project_id", PROJECT),
                ("instance_id", INSTANCE),
                ("ssl_option", "false"),
            ])
            .await;
            page.choose("Region", "AP-Singapore").await;
            let hash = link(page).await;
            assert!(!hash.contains("canary") && hash.contains(INSTANCE), "{hash}");
            page.axe("a link to the form").await;
            page.click("button", COPY).await;
            page.wait_for("window.copied.length === 1").await;
            let copied: String = page.eval("window.copied[0]").await;
            assert_eq!(copied, format!("{}{hash}", page.base));

            // The form is another one from here on, and the link is what it was.
            page.fill("instance_id", "a0000000000000000000000000000000in07").await;
            page.choose("ssl_option", "true").await;
            page.choose("Region", "CN North-Beijing4").await;
            page.open("").await;
            page.open_operation(&hash).await;
            page.shows("Replace what is typed?").await;
            page.click("button", "Fill the form").await;
            page.shows("Filled in by the link: region, project_id, instance_id").await;
            page.shows("Nothing was sent.").await;
            assert_eq!(page.value("instance_id").await, INSTANCE);
            assert_eq!(page.value("project_id").await, PROJECT);
            assert_eq!(page.chosen("ssl_option").await, "false");
            assert!(page.chosen("Region").await.contains("ap-southeast-3"));
            assert_eq!(page.value("X-Auth-Token").await, "", "no secret came along");
            assert_eq!(page.eval::<String>("location.hash").await, SSL, "a reload fills in nothing");
            assert_eq!(page.sandbox.received(), []);
            page.axe("a form that a link filled").await;
        })
        .await;
}

#[tokio::test]
async fn what_a_link_has_that_does_not_fit_is_said_with_its_reason() {
    scene()
        .run(async |page| {
            let hash = format!(
                "{SSL}?instance_id={INSTANCE}&X-Auth-Token=evil&ssl_option=sideways&nothing=1&X-Language=zh-cn&X-Language=en-us&region=evil.test%2F&~items.body.x=9"
            );
            page.open_operation(&hash).await;
            page.shows("Filled in by the link: instance_id, X-Language. Nothing was sent.").await;
            page.shows("X-Language (it is given more than once, and the last value counts)").await;
            page.shows("ssl_option (it is none of the choices)").await;
            page.shows("nothing (the form has no such field)").await;
            page.shows("region (the operation is not offered there)").await;
            assert_eq!(page.value("X-Auth-Token").await, "");
            assert_eq!(page.sandbox.received(), []);
            page.axe("a link that does not fit").await;
        })
        .await;
}

#[tokio::test]
async fn the_link_beside_an_answer_is_of_what_was_sent() {
    scene()
        .run(async |page| {
            page.open_operation(HTTPS).await;
            page.fill_all(&crate::page::HTTPS_INPUTS).await;
            page.call().await;
            page.fill("InstanceId", "es-cn-another0000000000").await;
            page.click("button", COPY).await;
            page.wait_for("window.copied.length === 1").await;
            let copied: String = page.eval("window.copied[0]").await;
            assert!(copied.contains(&format!("InstanceId={CLUSTER}")), "{copied}");
            for secret in [crate::page::KEY_ID, crate::page::KEY_SECRET, "clientToken"] {
                assert!(!copied.contains(secret), "{secret} in {copied}");
            }
        })
        .await;
}
