//! The checks that every session ends with notice what they are there for.

use crate::page::{CLUSTER, HTTPS, SSL};
use crate::scene::{caught, scene};

#[tokio::test]
async fn each_check_notices_what_it_is_there_for() {
    scene()
        .run(async |page| {
            page.open_operation(HTTPS).await;
            page.axe("as built").await;
            page.script("document.querySelector('main').append(new Image()); return null;", Vec::new()).await;
            assert!(caught(page.axe("an image without words")).await.is_err());

            page.script("console.error('on purpose'); return null;", Vec::new()).await;
            assert!(caught(page.finish()).await.is_err(), "an error in the console");
            page.allow_console("on purpose");
            page.finish().await;

            let style = "document.querySelector('main').setAttribute('style', 'color: red'); return null;";
            page.script(style, Vec::new()).await;
            page.wait_for("window.violations.length === 1").await;
            assert!(caught(page.finish()).await.is_err(), "a violation of the policy");
            page.allow_violation("style-src");
            page.allow_console("Content Security Policy");
            page.finish().await;

            page.fill("InstanceId", CLUSTER).await;
            page.open(SSL).await;
            let _ = page.browser.driver.goto("http://127.0.0.1:9/").await;
            assert!(caught(page.finish()).await.is_err(), "a request to another origin");
            page.allow_origin("http://127.0.0.1:9/");
            page.open("").await;
        })
        .await;
}
