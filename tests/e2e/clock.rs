//! Clocks that differ: told, and followed only when the user says so.

use time::{Duration, OffsetDateTime};

use crate::page::{ACCESS_KEY, HTTPS, HTTPS_INPUTS, HUAWEI_KEY, INSTANCE_INPUTS, Page, SSL};
use crate::scene::scene;

const FOLLOW: &str = "Sign with the server's time";
const UNDO: &str = "Sign with this computer's time";

/// A date as it was signed, in seconds since 1970.
async fn seconds(page: &Page, date: &str) -> i64 {
    page.eval(&format!("Date.parse('{date}') / 1000")).await
}

#[tokio::test]
async fn alibabas_time_is_learnt_from_its_refusal() {
    scene()
        .run(async |page| {
            let start = OffsetDateTime::now_utc().unix_timestamp();
            // Half a minute more, so that the words do not depend on how long a call takes.
            page.sandbox.set_offset(Duration::seconds(20 * 60 + 30));
            page.open_operation(HTTPS).await;
            page.connect_by("Proxy").await;
            page.fill_all(&HTTPS_INPUTS).await;
            let answer = page.call().await;
            Page::says(&answer, &["InvalidTimeStamp.Expired", "computer's clock is 20 minutes behind the server's."]);
            let date = page.received_last().header("x-acs-date");
            assert!((seconds(page, &date).await - start).abs() < 120, "nothing is applied unasked: {date}");
            page.axe("the clocks differ").await;

            page.click("button", FOLLOW).await;
            page.shows("later than this computer's clock, as you asked.").await;
            page.axe("the server's time is followed").await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            let date = page.received_last().header("x-acs-date");
            assert!((seconds(page, &date).await - start - 20 * 60).abs() < 120, "{date}");

            page.click("link", "All credentials").await;
            page.shows("This computer's clock is 20 minutes behind the server's.").await;
            page.axe("clocks on the page of credentials").await;
            // Followed for this server only: no other was asked about.
            page.open_from_list("Enable or disable SSL").await;
            page.fill_all(&INSTANCE_INPUTS).await;
            page.sign_with(ACCESS_KEY, &HUAWEI_KEY).await;
            page.call().await;
            let date = page.received_last().header("x-sdk-date");
            let (day, time) = date.split_once('T').unwrap();
            let date =
                format!("{}-{}-{}T{}:{}:{}", &day[..4], &day[4..6], &day[6..], &time[..2], &time[2..4], &time[4..]);
            assert!((seconds(page, &date).await - start).abs() < 120, "another server's: {date}");

            page.open_from_list("Enable HTTPS").await;
            page.click("button", UNDO).await;
            page.wait_for("!wordsOf(document.querySelector('main')).includes('Signatures are dated')").await;
            let answer = page.call().await;
            Page::says(&answer, &["InvalidTimeStamp.Expired"]);
        })
        .await;
}

#[tokio::test]
async fn huaweis_time_is_learnt_and_undone_beside_the_credential() {
    scene()
        .run(async |page| {
            page.sandbox.set_offset(-Duration::seconds(20 * 60 + 30));
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&INSTANCE_INPUTS).await;
            page.sign_with(ACCESS_KEY, &HUAWEI_KEY).await;
            let answer = page.call().await;
            Page::says(&answer, &["signature expired", "computer's clock is 20 minutes ahead of the server's."]);
            page.click("button", FOLLOW).await;
            page.shows("earlier than this computer's clock, as you asked.").await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            page.click("button", UNDO).await;
            page.wait_for("!wordsOf(document.querySelector('main')).includes('as you asked.')").await;
            let answer = page.call().await;
            Page::says(&answer, &["signature expired"]);
            // A wrong clock is no wrong secret: nothing is stopped because of it.
            let answer = page.call().await;
            Page::says(&answer, &["signature expired"]);
            assert_eq!(page.sandbox.received().len(), 4);
        })
        .await;
}

#[tokio::test]
async fn clocks_that_agree_are_said_to() {
    scene()
        .run(async |page| {
            page.open("#/credentials").await;
            page.shows("No server has answered yet: its clock is not known.").await;
            page.open_from_list("Enable HTTPS").await;
            page.connect_by("Proxy").await;
            page.fill_all(&HTTPS_INPUTS).await;
            page.call().await;
            assert!(!page.has("button", FOLLOW).await);
            page.click("link", "All credentials").await;
            page.shows("This computer's clock and the server's agree.").await;
        })
        .await;
}
