//! List clusters: what is typed arrives as typed, and the answer is read with the documented words.

use crate::page::{KEY_ID, KEY_SECRET, Page};
use crate::scene::scene;

const LIST: &str = "#/aliyun-elasticsearch/ListInstance";

/// Sends; a call that only reads asks nothing back.
async fn ask(page: &Page) -> String {
    page.script("for (const part of document.querySelectorAll('#response *')) part.isOld = true;", Vec::new()).await;
    page.click("action", "send").await;
    page.answer().await
}

#[tokio::test]
async fn the_clusters_that_fit_are_listed_with_their_ids() {
    scene()
        .run(async |page| {
            page.open_operation(LIST).await;
            page.fill_all(&[("AccessKey ID", KEY_ID), ("AccessKey secret", KEY_SECRET)]).await;
            page.fill_all(&[("description", "search v8 & more"), ("size", "2")]).await;
            page.connect_by("Proxy").await;
            let answer = ask(page).await;
            Page::says(&answer, &["X-Total-Count", "How many clusters fit, on all pages."]);
            assert_eq!(
                page.received_last().target,
                "/elasticsearch.cn-hangzhou.aliyuncs.com/openapi/instances?description=search%20v8%20%26%20more&size=2"
            );
            page.fill("description", "search").await;
            let answer = ask(page).await;
            Page::says(
                &answer,
                &["Result: 1 item", "es-cn-cloudnative0001", "search-v8", "Running, no change under way"],
            );
            page.axe("a list of clusters").await;
        })
        .await;
}
