//! What a deployment is told of its mistakes in `config.json`.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use serde_json::json;

use crate::config::{MISTAKES, configured, is_refused, options};
use crate::page::{HTTPS, HTTPS_INPUTS, Page, SSL, SSL_INPUTS};
use crate::scene::{dist, scene};

async fn mistakes(page: &Page) -> String {
    page.wait_for(&format!("find('region', '{MISTAKES}') !== null")).await;
    page.eval(&format!("wordsOf(find('region', '{MISTAKES}'))")).await
}

#[tokio::test]
async fn every_kind_of_mistake_is_told_with_what_was_probably_meant() {
    let config = json!({
        "baner": "Hello",
        "title": 7,
        "language": "de",
        "timeLimit": 0,
        "readOnly": "no",
        "operations": [],
        "locked": ["conection"],
        "descriptions": ["https://evil.test/api.json", "apis/aliyun-elasticsearch.json"],
        "connections": [
            { "name": "A", "kind": "proxi", "url": "./p/{url}" },
            { "name": "B", "kind": "proxy" },
            { "name": "C", "kind": "proxy", "url": "ftp://c.test/{url}" },
            { "name": "D", "kind": "proxy", "url": "./p/{hots}" },
            { "name": "Sandbox", "kind": "sandbox" },
            { "name": "Sandbox", "kind": "direct" }
        ],
        "defaultConnection": "Sandbx",
        "providers": { "Alibaba Cloud": { "regoins": ["cn-*"], "servers": [{ "url": "http://a.test" }] } }
    });
    scene()
        .config(config)
        .run(async |page| {
            page.open("").await;
            let told = mistakes(page).await;
            Page::says(
                &told,
                &[
                    "#/baner: unknown key; did you mean banner?",
                    "#/title: must be a string. This part is ignored.",
                    "#/language: must be one of en",
                    "#/timeLimit: must be a whole number from 1 to 600",
                    "#/readOnly: must be true or false. It is there to forbid something: until it is corrected, it forbids everything.",
                    "#/operations: must not be empty. It is there to forbid something",
                    "#/locked/0: did you mean connection? must be one of timeLimit, idleMinutes, connection. It is there to forbid",
                    "#/descriptions/0: must be a file of this site",
                    "#/connections/0/kind: did you mean proxy?",
                    "#/connections/1/url: missing",
                    "#/connections/2/url: not an http(s) address or a path",
                    "#/connections/3/url: unknown placeholder {hots}",
                    "#/connections/5/name: Sandbox is used twice",
                    "#/defaultConnection: did you mean Sandbox?",
                    "#/providers/Alibaba Cloud/regoins: unknown key; did you mean regions?",
                    "#/providers/Alibaba Cloud/servers/0/url: must be https:// and a host",
                ],
            );
            page.axe("mistakes of every kind").await;
            page.wait_for("document.querySelectorAll('.loading').length === 0").await;
            assert!(!page.words("body").await.contains("Enable HTTPS"), "operations that cannot be read forbid all");
            assert_eq!(options(page, "Connection").await, ["Sandbox"]);
            assert!(page.eval::<bool>("find('choice', 'Connection').disabled").await, "and so do locks");
            page.open(HTTPS).await;
            page.wait_for("tidy(document.querySelector('h1').textContent) === 'There is no such page'").await;
        })
        .await;
}

#[tokio::test]
async fn a_missing_configuration_is_named_and_leaves_the_sandbox() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("without-config");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    for entry in fs::read_dir(dist()).expect("the built site") {
        let entry = entry.expect("an entry");
        if entry.file_name() != "config.json" {
            symlink(entry.path(), folder.join(entry.file_name())).expect("a link");
        }
    }
    scene()
        .folder(folder)
        .run(async |page| {
            page.allow_console("config.json");
            page.open("").await;
            let told = mistakes(page).await;
            Page::says(&told, &["config.json#: not found: HTTP status 404. The built-in defaults are in force."]);
            assert_eq!(options(page, "Connection").await, ["Sandbox"]);
            page.axe("without a configuration").await;
            page.open_operation(HTTPS).await;
            page.fill_all(&HTTPS_INPUTS).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            assert_eq!(page.sandbox.received(), []);
        })
        .await;
}

#[tokio::test]
async fn an_empty_file_is_no_configuration() {
    scene()
        .config("")
        .run(async |page| {
            page.open("").await;
            Page::says(&mistakes(page).await, &["config.json#: not JSON", "The built-in defaults are in force."]);
        })
        .await;
}

#[tokio::test]
async fn what_stands_twice_is_told_at_once_and_used_once() {
    let config = r#"{ "readOnly": true, "readOnly": false, "connections": [{ "name": "Sandbox", "kind": "sandbox" }],
        "descriptions": ["apis/aliyun-elasticsearch.json", "apis/aliyun-elasticsearch.json"] }"#;
    scene()
        .config(config)
        .run(async |page| {
            page.open("").await;
            let told = mistakes(page).await;
            Page::says(
                &told,
                &[
                    "#/readOnly: this key is in the object twice",
                    "#/descriptions/1: apis/aliyun-elasticsearch.json is used twice. This part is ignored.",
                ],
            );
            page.find("link", "Enable HTTPS").await;
            // Every description is there.
            page.wait_for("!wordsOf(document.querySelector('nav')).includes('Loading')").await;
        })
        .await;
}

#[tokio::test]
async fn names_that_no_description_has_are_told_on_the_home_page_too() {
    let config = json!({
        "operations": ["huawei-*/*", "aliyun-elasticsearch/OpenHttp"],
        "providers": { "Huawei Clud": { "regions": ["cn-*"] }, "Huawei Cloud": { "regions": ["cn-nroth-4", "cn-*"] } },
        "connections": [{ "name": "P", "kind": "proxy", "url": "./proxy/{host}{path}{query}", "providers": {
            "Aliyun": {}, "Huawei Cloud": { "regions": { "cn-north4": "./proxy/{host}{path}{query}" } } } }],
        "defaultConnection": "P"
    });
    configured(&config)
        .run(async |page| {
            page.open("").await;
            // They are told as the descriptions come.
            let all = format!("(find('region', '{MISTAKES}')?.textContent ?? '').split('config.json#').length > 5");
            page.wait_for(&all).await;
            let told = mistakes(page).await;
            Page::says(
                &told,
                &[
                    "#/operations/1: fits no operation that the descriptions have (did you mean aliyun-elasticsearch/OpenHttps?). It offers nothing.",
                    "#/providers/Huawei Clud: no description has this provider (did you mean Huawei Cloud?). This name does nothing.",
                    "#/providers/Huawei Cloud/regions/0: fits no region that the descriptions have (did you mean cn-north-4?)",
                    "#/connections/0/providers/Aliyun: no description has this provider (known are Huawei Cloud, Alibaba Cloud)",
                    "#/connections/0/providers/Huawei Cloud/regions/cn-north4: no description has this region (did you mean cn-north-4?)",
                ],
            );
            assert_eq!(told.matches("config.json#").count(), 5, "{told}");
            page.axe("names that no description has").await;
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            page.call().await;
            assert!(page.received_one().target.starts_with("/gaussdb.cn-"), "the rest is in force");
        })
        .await;
}

#[tokio::test]
async fn a_description_that_fails_to_load_makes_no_name_wrong() {
    let config = json!({
        "descriptions": ["apis/huawei-taurusdb.json", "apis/gone.json"],
        "operations": ["huawei-taurusdb/*", "gone/*"],
        "providers": { "Gone Cloud": {} },
        "language": "nonsense"
    });
    configured(&config)
        .run(async |page| {
            page.allow_console("apis/gone.json");
            page.open("").await;
            page.wait_for("find('link', 'Enable or disable SSL') !== null").await;
            page.wait_for("wordsOf(document.querySelector('nav')).includes('cannot be used')").await;
            let told = mistakes(page).await;
            assert_eq!(told.matches("config.json#").count(), 1, "{told}");
            Page::says(&told, &["#/language: must be one of en, zh"]);
        })
        .await;
}

#[tokio::test]
async fn what_is_right_and_can_hardly_be_meant_is_told() {
    let text = r#"{
        "title": "One", "title": "Two",
        "descriptions": ["apis/huawei-taurusdb.json"],
        "connections": [
            { "name": "S", "kind": "sandbox", "url": "./x/{url}" },
            { "name": "P", "kind": "proxy", "url": "http://proxy.test/{url}" }
        ]
    }"#;
    scene()
        .config(text)
        .run(async |page| {
            page.open("").await;
            Page::says(
                &mistakes(page).await,
                &[
                    "#/title: this key is in the object twice. The last one counts.",
                    "#/connections/0/url: only a proxy has this key. This part is ignored.",
                    "#/connections/1/url: over http:// credentials travel in clear. It is used all the same.",
                ],
            );
            page.axe("what can hardly be meant").await;
            page.wait_for("document.title.endsWith('Two')").await;
        })
        .await;
}

#[tokio::test]
async fn nothing_is_told_of_a_file_without_a_mistake() {
    scene()
        .run(async |page| {
            page.open("").await;
            page.shows("Enable HTTPS").await;
            assert!(!page.eval::<bool>("find('region', 'config.json has mistakes') !== null").await);
            page.open_operation(SSL).await;
            assert!(!page.eval::<bool>("find('region', 'config.json has mistakes') !== null").await);
        })
        .await;
}

#[tokio::test]
async fn a_misspelt_restriction_lets_nothing_through() {
    for (restriction, told) in [
        (json!({ "redOnly": true }), "#/redOnly: unknown key; did you mean readOnly?"),
        (
            json!({ "providers": { "Huawei Cloud": { "instnaces": ["x"] } } }),
            "#/providers/Huawei Cloud/instnaces: unknown key; did you mean instances?",
        ),
    ] {
        configured(&restriction)
            .run(async |page| {
                page.open_operation(SSL).await;
                page.fill_all(&SSL_INPUTS).await;
                Page::says(&mistakes(page).await, &[told, "until it is corrected, it forbids everything"]);
                is_refused(page, &[]).await;
            })
            .await;
    }
}
