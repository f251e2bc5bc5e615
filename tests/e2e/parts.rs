//! Somebody else's description: what can be there or not, and files; to the bytes that arrive.

use serde_json::json;

use crate::look::{cut, narrow};
use crate::page::Page;
use crate::scene::{Scene, scene};

const OMITTED: &str = "What the description has and the console leaves out";

fn parts() -> Scene {
    let config = json!({
        "descriptions": ["apis/parts.json"],
        "connections": [{ "name": "Proxy", "kind": "proxy", "url": "./proxy/{host}{path}{query}" }],
        "defaultConnection": "Proxy"
    });
    scene().config(config).file("apis/parts.json", include_str!("../web/parts.json"))
}

#[tokio::test]
async fn an_optional_object_a_map_a_form_to_choose_and_an_empty_text_arrive() {
    parts()
        .run(async |page| {
            page.open_operation("#/parts/Parts").await;
            page.unfold(OMITTED).await;
            let omitted = page.words(".omissions").await;
            Page::says(&omitted, &["apis/parts.json", "#/paths/~1parts/put/parameters/2", "a parameter in cookie"]);

            page.fill("name", "x").await;
            page.choose("alias, left empty", "(empty)").await;
            page.click("button", "Add volume").await;
            page.fill("volume.size", "40").await;
            page.click("button", "Add labels").await;
            page.fill("labels: name of a new member", "env").await;
            page.click("button", "Add member").await;
            page.wait_for("document.activeElement.id === 'body-labels-env'").await;
            page.fill("labels.env", "test").await;
            page.choose("place", "By number").await;
            page.fill("place", "7").await;
            page.click("button", "Remove owner").await;
            page.axe("parts of a body").await;

            page.call().await;
            let received = page.received_one();
            assert_eq!((received.method.as_str(), received.target.as_str()), ("PUT", "/parts.example/parts"));
            let body = r#"{"name":"x","alias":"","volume":{"size":40,"type":"SSD"},"labels":{"env":"test"},"place":7,"owner":null}"#;
            assert_eq!(String::from_utf8_lossy(&received.body), body);

            narrow(page).await;
            assert_eq!(cut(page, "parts of a body").await, [] as [&str; 0]);
        })
        .await;
}

#[tokio::test]
async fn the_bytes_of_a_file_arrive() {
    let bytes = [0, 255, 13, 10, 0x80];
    let file = std::env::temp_dir().join(format!("tls-console-{}.bin", std::process::id()));
    std::fs::write(&file, bytes).unwrap();
    parts()
        .run(async |page| {
            page.open_operation("#/parts/Upload").await;
            page.find("field", "body").await.send_keys(file.to_string_lossy()).await.unwrap();
            page.shows("5 bytes").await;
            page.axe("a chosen file").await;
            page.call().await;
            let received = page.received_one();
            assert_eq!(received.body, bytes);
            assert_eq!(received.header("content-type"), "application/octet-stream");

            page.click("button", "Remove body").await;
            page.wait_for("document.activeElement.type === 'file'").await;
            page.click("action", "send").await;
            page.shows("body is required.").await;
        })
        .await;
    std::fs::remove_file(&file).unwrap();
}
