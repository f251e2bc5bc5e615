//! Configuration and descriptions, right and wrong; where the site lives; in which order it loads.

use serde_json::{Value, json};

use crate::page::{HTTPS, HTTPS_INPUTS, Page, SSL, SSL_INPUTS};
use crate::scene::scene;

fn config(descriptions: &[&str]) -> Value {
    json!({
        "title": "TLS Console",
        "descriptions": descriptions,
        "connections": [{ "name": "Sandbox", "kind": "sandbox" }],
        "defaultConnection": "Sandbox"
    })
}

fn shipped(name: &str) -> String {
    std::fs::read_to_string(format!("{}/apis/{name}.json", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

async fn still_works(page: &Page) {
    page.open_operation(HTTPS).await;
    page.fill_all(&HTTPS_INPUTS).await;
    page.call().await;
    assert_eq!(page.verdict().await, "good Accepted", "the other API is usable");
}

#[tokio::test]
async fn a_document_that_is_not_json_is_named_with_the_place() {
    let broken = shipped("huawei-taurusdb").replacen("\"title\": \"Huawei Cloud TaurusDB\",", "\"title\": ,", 1);
    scene()
        .file("apis/huawei-taurusdb.json", broken)
        .run(async |page| {
            page.open("").await;
            page.axe("home with a broken description").await;
            page.click("link", "apis/huawei-taurusdb.json cannot be used: see why").await;
            page.wait_for("document.querySelector('.explanation') !== null").await;
            let told: String = page.eval("wordsOf(document.querySelector('main'))").await;
            Page::says(
                &told,
                &["This API description cannot be used", "apis/huawei-taurusdb.json", "at #", "not JSON", "line 4"],
            );
            page.axe("broken description").await;
            still_works(page).await;
        })
        .await;
}

#[tokio::test]
async fn a_document_of_an_unsupported_kind_is_named_with_its_pointer() {
    let mut old: Value = serde_json::from_str(&shipped("huawei-taurusdb")).unwrap();
    old["openapi"] = json!("3.0.3");
    let mut lost: Value = serde_json::from_str(&shipped("huawei-taurusdb")).unwrap();
    lost["paths"]["/v3/{project_id}/instances/{instance_id}/ssl-option"]["put"]["parameters"][1] =
        json!({ "$ref": "#/components/parameters/Nowhere" });
    scene()
        .config(config(&["apis/old.json", "apis/lost.json", "apis/absent.json", "apis/aliyun-elasticsearch.json"]))
        .file("apis/old.json", old.to_string())
        .file("apis/lost.json", lost.to_string())
        .run(async |page| {
            page.allow_console("apis/absent.json");
            page.open(SSL).await;
            let main = "wordsOf(document.querySelector('main'))";
            page.shows("There is no such page").await;
            page.shows("/huawei-taurusdb/").await;

            page.click("link", "apis/old.json cannot be used: see why").await;
            page.wait_for("document.querySelector('.explanation') !== null").await;
            let told: String = page.eval(main).await;
            Page::says(
                &told,
                &["apis/old.json", "only OpenAPI 3.1 is read, this is 3.0.3", "Convert the document to OpenAPI 3.1."],
            );
            page.axe("unsupported version").await;

            page.click("link", "Enable or disable SSL").await;
            page.wait_for("document.querySelector('main').textContent.includes('apis/lost.json')").await;
            let told: String = page.eval(main).await;
            let place = "#/paths/~1v3~1{project_id}~1instances~1{instance_id}~1ssl-option/put/parameters/1";
            Page::says(&told, &["apis/lost.json", place, "#/components/parameters/Nowhere leads nowhere"]);
            page.axe("a reference that leads nowhere").await;

            page.click("link", "apis/absent.json cannot be used: see why").await;
            page.wait_for("document.querySelector('main').textContent.includes('apis/absent.json')").await;
            Page::says(&page.eval::<String>(main).await, &["could not be loaded", "404"]);
            still_works(page).await;
        })
        .await;
}

#[tokio::test]
async fn mistakes_in_the_configuration_are_shown_with_their_path() {
    let config = json!({
        "title": "Ours",
        "conections": [],
        "descriptions": ["https://evil.test/api.json", "apis/aliyun-elasticsearch.json"],
        "connections": [
            { "name": "Elsewhere", "kind": "proxy", "url": "/p/{host}{path}" },
            { "name": "Sandbox", "kind": "sandbox" }
        ]
    });
    scene()
        .config(config)
        .run(async |page| {
            page.open("").await;
            page.wait_for("find('region', 'config.json has mistakes') !== null").await;
            let told: String = page.eval("wordsOf(find('region', 'config.json has mistakes'))").await;
            Page::says(
                &told,
                &[
                    "config.json#/conections: unknown key",
                    "config.json#/descriptions/0: must be a file of this site",
                    "config.json#/connections/0/url: the address says nothing of {query}",
                ],
            );
            page.wait_for("document.title === 'What do you want to switch? – Ours'").await;
            page.axe("mistakes in the configuration").await;
            still_works(page).await;
        })
        .await;
}

#[tokio::test]
async fn a_configuration_that_is_not_json_leaves_a_console() {
    scene()
        .config("{\n  \"title\": ,\n}")
        .run(async |page| {
            page.open("").await;
            page.wait_for("find('region', 'config.json has mistakes') !== null").await;
            let told: String = page.eval("wordsOf(find('region', 'config.json has mistakes'))").await;
            Page::says(&told, &["config.json#: not JSON", "line 2", "The built-in defaults are in force."]);
            still_works(page).await;
        })
        .await;
}

#[tokio::test]
async fn an_unknown_address_has_a_way_home() {
    scene()
        .run(async |page| {
            for address in ["#/no/such/place", "#/huawei-taurusdb/NoSuchOperation", "#/nobody/Nothing", "#/<b>"] {
                page.open("").await;
                page.open(address).await;
                page.wait_for("tidy(document.querySelector('h1').textContent) === 'There is no such page'").await;
                page.axe("unknown address").await;
                page.click("link", "Back to all operations").await;
                page.wait_for("tidy(document.querySelector('h1').textContent) === 'What do you want to switch?'").await;
            }
        })
        .await;
}

#[tokio::test]
async fn the_site_works_under_a_path_and_fetches_everything_once_and_early() {
    // The proxy lives under the same path: its address is relative, as that of everything else.
    scene()
        .under("/tools/tls")
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&SSL_INPUTS).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            assert!(page.received_one().target.starts_with("/gaussdb.cn-north-4.myhuaweicloud.com/v3/"));

            let asked = page.site.requests();
            assert!(asked.iter().all(|line| line.contains(" /tools/tls/")), "{asked:#?}");
            let program = asked.iter().filter(|line| line.contains("/tls-console-") && line.contains(".wasm")).count();
            assert_eq!(program, 1, "{asked:#?}");
            assert!(!asked.iter().any(|line| line.contains("/worker")), "{asked:#?}");
            for file in ["config.json", "apis/huawei-taurusdb.json", "apis/aliyun-elasticsearch.json"] {
                let times = asked.iter().filter(|line| line.contains(file)).count();
                assert_eq!(times, 1, "{file} in {asked:#?}");
            }
            assert!(!asked.iter().any(|line| line.contains(".errors.json")), "{asked:#?}");
            assert!(asked.iter().all(|line| line.ends_with(" 200")), "{asked:#?}");

            let early = "(() => {
                const entries = performance.getEntriesByType('resource');
                const of = (part) => entries.find((entry) => entry.name.includes(part));
                const wasm = of('/tls-console-').responseEnd;
                return ['config.json', 'apis/huawei-taurusdb.json', 'apis/aliyun-elasticsearch.json']
                    .filter((file) => of(file).startTime >= wasm);
            })()";
            assert_eq!(
                page.eval::<Vec<String>>(early).await,
                [] as [&str; 0],
                "these began after the program had arrived"
            );
        })
        .await;
}

#[tokio::test]
async fn whoever_works_through_a_proxy_never_downloads_the_worker() {
    let config = include_str!("../../config.json");
    let config = config.replace("\"defaultConnection\": \"Sandbox\"", "\"defaultConnection\": \"Proxy\"");
    scene()
        .config(config)
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            let asked = page.site.requests();
            assert!(!asked.iter().any(|line| line.contains("/worker")), "{asked:#?}");
        })
        .await;
}
