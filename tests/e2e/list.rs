//! List clusters: what is typed arrives as typed, and the answer is read with the documented words.

use serde_json::json;
use thirtyfour::Key;

use crate::page::{KEY_ID, KEY_SECRET, Page};
use crate::scene::scene;

const LIST: &str = "#/aliyun-elasticsearch/ListInstance";

#[tokio::test]
async fn the_clusters_that_fit_are_listed_with_their_ids() {
    scene()
        .run(async |page| {
            page.open_operation(LIST).await;
            page.fill_all(&[("AccessKey ID", KEY_ID), ("AccessKey secret", KEY_SECRET)]).await;
            page.fill_all(&[("description", "search v8 & more"), ("size", "2")]).await;
            page.connect_by("Proxy").await;
            let answer = page.ask().await;
            Page::says(&answer, &["X-Total-Count", "How many clusters fit, on all pages."]);
            assert_eq!(
                page.received_last().target,
                "/elasticsearch.cn-hangzhou.aliyuncs.com/openapi/instances?description=search%20v8%20%26%20more&size=2"
            );
            page.fill("description", "search").await;
            let answer = page.ask().await;
            Page::says(
                &answer,
                &["Result: 1 item", "es-cn-cloudnative0001", "search-v8", "Running, no change under way"],
            );
            page.axe("a list of clusters").await;
        })
        .await;
}

const ROW: &str =
    "[...document.querySelectorAll('#response tbody tr:not(.table-space), .results tbody tr:not(.table-space)')]
    .map((row) => row.querySelector('code').textContent)";

/// The first cells of the rows that are shown.
async fn rows(page: &Page) -> Vec<String> {
    page.eval(&format!("[...new Set({ROW})]")).await
}

/// Waits until these are the first cells of the rows.
async fn rows_are(page: &Page, wanted: &[String]) {
    page.wait_for(&format!("JSON.stringify([...new Set({ROW})]) === JSON.stringify({})", json!(wanted))).await;
}

#[tokio::test]
async fn a_list_is_sorted_filtered_and_leads_to_the_switch_of_a_row() {
    scene()
        .run(async |page| {
            page.open_operation(LIST).await;
            page.choose("Region", "China (Shanghai)").await;
            page.fill_all(&[("AccessKey ID", KEY_ID), ("AccessKey secret", KEY_SECRET)]).await;
            page.connect_by("Proxy").await;
            page.ask().await;
            page.wait_for(&format!("{ROW}.length > 2")).await;
            let all = rows(page).await;
            assert!(all.len() > 2, "{all:?}");
            let mut sorted = all.clone();
            sorted.sort();
            page.click("button", "instanceId").await;
            rows_are(page, &sorted).await;
            assert_eq!(page.eval::<String>("document.querySelector('th').ariaSort").await, "ascending");
            page.click("button", "instanceId").await;
            sorted.reverse();
            rows_are(page, &sorted).await;
            assert_eq!(page.eval::<String>("document.querySelector('th').ariaSort").await, "descending");
            page.axe("a sorted list").await;

            // What a row says makes the other switch needless.
            let offered = "[...document.querySelectorAll('#response tbody tr:not(.table-space)')].every((row) => {
                const links = [...row.querySelectorAll('.row-links a')].map((link) => link.textContent);
                const on = [...row.querySelectorAll('td')].some((cell) => tidy(cell.textContent) === 'HTTPS');
                return links.includes(on ? 'Disable HTTPS' : 'Enable HTTPS') && links.includes('Show a cluster')
                    && !links.includes(on ? 'Enable HTTPS' : 'Disable HTTPS');
            })";
            assert!(page.eval::<bool>(offered).await);

            let wanted = all.iter().find(|id| !id.contains('*') && id.contains("n6w1o1")).unwrap_or(&all[0]);
            page.fill("Filter rows Result", wanted).await;
            page.announces(&format!("1 of {}", all.len())).await;
            rows_are(page, std::slice::from_ref(wanted)).await;
            page.fill("Filter rows Result", "no such cluster").await;
            page.announces(&format!("0 of {}", all.len())).await;
            page.fill("Filter rows Result", wanted).await;

            let sent = page.sandbox.received().len();
            page.click("link", &format!("Enable HTTPS {wanted}")).await;
            page.shows("Filled in by the link: InstanceId, region. Nothing was sent.").await;
            assert_eq!(page.value("InstanceId").await, *wanted);
            assert!(page.chosen("Region").await.contains("Shanghai"));
            assert_eq!(page.sandbox.received().len(), sent, "following a link sends nothing");
            let address: String = page.eval("location.hash").await;
            assert_eq!(address, "#/aliyun-elasticsearch/OpenHttps", "a reload fills in nothing");
            page.axe("a form that a link filled").await;
            page.call().await;
            assert!(page.received_last().target.contains(&format!("/openapi/instances/{wanted}/actions/open-https")));
            // The answer leads on as well.
            let next = "[...document.querySelectorAll('#response .actions a')].find((link) => link.textContent === 'Show a cluster')";
            page.wait_for(&format!("{next} !== undefined")).await;
            page.script(&format!("{next}.click(); return null;"), Vec::new()).await;
            page.shows("Filled in by the link: InstanceId, region. Nothing was sent.").await;
            assert_eq!(page.value("InstanceId").await, *wanted);
        })
        .await;
}

#[tokio::test]
async fn a_list_is_read_page_by_page() {
    scene()
        .run(async |page| {
            page.open_operation(LIST).await;
            page.choose("Region", "China (Shanghai)").await;
            page.fill_all(&[("AccessKey ID", KEY_ID), ("AccessKey secret", KEY_SECRET), ("size", "2")]).await;
            page.connect_by("Proxy").await;
            let answer = page.ask().await;
            Page::says(&answer, &["Result: 2 items", "Items 1 to 2 of "]);
            assert!(page.eval::<bool>("find('button', 'Previous page') === null").await);
            page.axe("a page of a list").await;
            page.click("button", "Next page").await;
            page.shows("Items 3 to 4 of ").await;
            assert!(page.received_last().target.ends_with("/openapi/instances?page=2&size=2"));
            page.focus_is("BUTTON Next page").await;
            page.shows("Sorts and filters these 2 items only.").await;
            page.click("button", "Previous page").await;
            page.shows("Items 1 to 2 of ").await;
            assert!(page.received_last().target.ends_with("/openapi/instances?page=1&size=2"));
            // Where the button is gone, the focus is on the other.
            page.focus_is("BUTTON Next page").await;
            page.press(Key::Enter.value().to_string()).await;
            page.shows("Items 3 to 4 of ").await;
            page.focus_is("BUTTON Next page").await;
            page.press(Key::Enter.value().to_string()).await;
            page.shows("Items 5 to ").await;
            assert!(page.received_last().target.ends_with("/openapi/instances?page=3&size=2"));
            assert_eq!(page.sandbox.received().len(), 5);
        })
        .await;
}

#[tokio::test]
async fn an_address_fills_a_form_but_no_secret_and_no_host() {
    scene()
        .run(async |page| {
            let address = "#/huawei-taurusdb/SwitchGaussMySqlInstanceSsl?instance_id=abc&ssl_option=true&X-Auth-Token=evil\
                &host=evil.test&region=ap-southeast-3&nothing=1";
            page.open(address).await;
            page.shows("Filled in by the link: instance_id, ssl_option, region. Nothing was sent.").await;
            assert_eq!(page.value("instance_id").await, "abc");
            assert_eq!(page.value("X-Auth-Token").await, "");
            assert!(page.chosen("Region").await.contains("ap-southeast-3"));
            assert_eq!(page.sandbox.received(), []);
            page.open("#/huawei-taurusdb/SwitchGaussMySqlInstanceSsl?region=evil.test%2F&instance_id=xyz").await;
            page.shows("Filled in by the link: instance_id. Nothing was sent.").await;
            assert_eq!(page.value("instance_id").await, "xyz");
            assert!(page.chosen("Region").await.contains("ap-southeast-3"), "no region that nobody offers");
        })
        .await;
}
