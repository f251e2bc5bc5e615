//! The call as a program, beside the form.

use serde_json::json;

use crate::page::{
    ACCESS_KEY, CLUSTER, HTTPS, HTTPS_INPUTS, HUAWEI_KEY, INSTANCE, INSTANCE_INPUTS, PROJECT, Page, SSL, SSL_INPUTS,
};
use crate::scene::scene;

const TAB: &str = "Code";
const KIND: &str = "Tool or language";
const TEXT: &str = "document.querySelector('#code-panel .sample')?.textContent ?? ''";

/// The sample once it has this text.
async fn sample_with(page: &Page, text: &str) -> String {
    page.wait_for(&format!("({TEXT}).includes({})", json!(text))).await;
    page.eval(TEXT).await
}

#[tokio::test]
async fn the_sample_of_huaweis_switch_follows_the_form_and_has_no_secret() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&SSL_INPUTS).await;
            page.click("tab", TAB).await;
            let curl = sample_with(page, "HW_AUTH_TOKEN").await;
            let target = format!("/v3/{PROJECT}/instances/{INSTANCE}/ssl-option");
            Page::says(&curl, &[&target, "https://gaussdb.cn-north-4.myhuaweicloud.com", "{\"ssl_option\":true}"]);
            assert!(!curl.contains(SSL_INPUTS[0].1), "{curl}");
            Page::says(&page.words("#code-panel").await, &["The console sends nothing here", "HW_AUTH_TOKEN"]);
            page.axe("a code sample").await;

            page.choose("ssl_option", "false").await;
            sample_with(page, "{\"ssl_option\":false}").await;
            page.fill("instance_id", "").await;
            sample_with(page, "/instances/{instance_id}/ssl-option").await;
            page.shows("The form is not complete, and neither is the sample: instance_id.").await;
            page.axe("a sample of an incomplete form").await;
            page.fill_all(&INSTANCE_INPUTS).await;

            page.sign_with(ACCESS_KEY, &HUAWEI_KEY).await;
            let signed = sample_with(page, "SDK-HMAC-SHA256").await;
            Page::says(&signed, &["$HUAWEICLOUD_SDK_AK", "$HUAWEICLOUD_SDK_SK", &target]);
            page.choose(KIND, "Terraform").await;
            sample_with(page, "huaweicloud_gaussdb_mysql_instance.this").await;
            for (_, secret) in HUAWEI_KEY {
                assert!(!page.eval::<String>(TEXT).await.contains(secret));
            }
            assert_eq!(page.sandbox.received(), [], "nothing is sent");
        })
        .await;
}

#[tokio::test]
async fn the_sample_of_alibabas_switch_is_copied_as_it_is_and_its_kind_is_remembered() {
    scene()
        .run(async |page| {
            page.open_operation(HTTPS).await;
            page.fill_all(&HTTPS_INPUTS).await;
            page.click("tab", TAB).await;
            sample_with(page, "ACS3-HMAC-SHA256").await;
            page.choose(KIND, "Python").await;
            let python = sample_with(page, "import urllib.request").await;
            Page::says(
                &python,
                &[&format!("/openapi/instances/{CLUSTER}/actions/open-https"), "ALIBABA_CLOUD_ACCESS_KEY_ID"],
            );
            assert!(HTTPS_INPUTS[..2].iter().all(|(_, secret)| !python.contains(secret)), "{python}");
            page.click("button", "Copy sample").await;
            page.wait_for("window.copied.length === 1").await;
            assert_eq!(page.eval::<String>("window.copied[0]").await, python);
            page.find("button", "Download open_https.py").await;

            page.reload().await;
            page.all_fields().await;
            page.click("tab", TAB).await;
            sample_with(page, "import urllib.request").await;
            assert_eq!(page.chosen(KIND).await, "Python");
        })
        .await;
}
