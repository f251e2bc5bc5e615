//! A call for a ticket and for a tool: Markdown and HAR, without its secrets.

use serde_json::Value;

use crate::gate::Gate;
use crate::page::{INSTANCE, PROJECT, Page, SSL, SSL_INPUTS};
use crate::scene::scene;

const TOKEN: &str = "any-token-will-do";
const MARKDOWN: &str = "Copy as Markdown for a ticket";

/// Keeps what is offered as a file, by name and text.
const FILES: &str = "window.files = [];
    const made = URL.createObjectURL.bind(URL), blobs = new Map();
    URL.createObjectURL = (blob) => { const address = made(blob); blobs.set(address, blob); return address; };
    HTMLAnchorElement.prototype.click = function () {
        blobs.get(this.href)?.text().then((text) => window.files.push([this.download, text]));
    };";

/// Name and content of the next file.
async fn file(page: &Page, button: &str) -> (String, Value) {
    page.script("window.files = []; return null;", Vec::new()).await;
    page.click("button", button).await;
    page.wait_for("window.files.length === 1").await;
    let (name, text): (String, String) = page.eval("window.files[0]").await;
    assert!(!text.contains(TOKEN), "{text}");
    (name, serde_json::from_str(&text).expect("JSON"))
}

#[tokio::test]
async fn a_call_is_copied_as_markdown_and_downloaded_as_har() {
    scene()
        .before(FILES)
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&SSL_INPUTS).await;
            page.call().await;
            page.axe("an answer with its exports").await;
            page.click("button", MARKDOWN).await;
            page.wait_for("window.copied.length === 1").await;
            let text: String = page.eval("window.copied[0]").await;
            Page::says(
                &text,
                &[
                    "## Accepted",
                    &format!("`{INSTANCE}`"),
                    "SSL on",
                    "`200`",
                    "job_id",
                    "- **Connection:** `Proxy`",
                    "PUT https://gaussdb.cn-north-4.myhuaweicloud.com",
                    "\"ssl_option\": true",
                    "Secrets and signatures are masked.",
                ],
            );
            assert!(!text.contains(TOKEN), "{text}");

            let (name, har) = file(page, "Download HAR").await;
            assert!(name.starts_with("tls-console-") && name.ends_with(".har"), "{name}");
            let entries = har["log"]["entries"].as_array().expect("entries");
            assert_eq!(entries.len(), 1);
            let entry = &entries[0];
            assert_eq!(entry["request"]["method"], "PUT");
            let url = entry["request"]["url"].as_str().unwrap();
            assert!(url.ends_with(&format!("/v3/{PROJECT}/instances/{INSTANCE}/ssl-option")), "{url}");
            assert_eq!(entry["response"]["status"], 200);
            assert!(entry["response"]["content"]["text"].as_str().unwrap().contains("job_id"));
        })
        .await;
}

#[tokio::test]
async fn a_call_without_an_answer_and_the_whole_session_are_exported() {
    // A port where nobody listens any more.
    let dead = Gate::open().await.origin();
    scene()
        .connect(&dead)
        .other_proxy(&format!("{dead}/{{host}}{{path}}{{query}}"))
        .before(FILES)
        .run(async |page| {
            page.allow_origin(&dead);
            page.allow_console("net::ERR_CONNECTION_REFUSED");
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            page.call().await;
            let (_, har) = file(page, "Download HAR").await;
            let lost = &har["log"]["entries"][0]["response"];
            assert_eq!((&lost["status"], lost["comment"].as_str().is_some()), (&Value::from(0), true), "{har:#}");
            page.click("button", MARKDOWN).await;
            page.wait_for("window.copied.length === 1").await;
            Page::says(&page.eval::<String>("window.copied[0]").await, &["There is no answer.", INSTANCE]);

            page.connect_by("Proxy").await;
            page.call().await;
            let (_, har) = file(page, "Download all as HAR").await;
            let entries = har["log"]["entries"].as_array().expect("entries");
            let switches = entries.iter().filter(|entry| entry["request"]["method"] == "PUT");
            let statuses: Vec<&Value> = switches.map(|entry| &entry["response"]["status"]).collect();
            assert_eq!(statuses, [&Value::from(0), &Value::from(200)], "{har:#}");
            page.axe("the log with its export").await;
        })
        .await;
}
