//! Everything that can come instead of the answer, each with its own words.

use std::time::Duration;

use serde_json::json;

use crate::page::{HTTPS, HTTPS_INPUTS, Page, SSL, SSL_INPUTS};
use crate::scene::scene;

/// What the page says after a call that changes something and whose answer was lost.
const UNCERTAIN: &str = "it may have been carried out";

/// The instance that leads to a fault: `BadGateway`.
fn huawei_fault(name: &str) -> String {
    format!("{:x<32}in07", format!("fault{name}"))
}

struct Told<'a> {
    fault: &'a str,
    verdict: &'a str,
    words: &'a [&'a str],
    uncertain: bool,
}

const fn told<'a>(fault: &'a str, verdict: &'a str, words: &'a [&'a str], uncertain: bool) -> Told<'a> {
    Told { fault, verdict, words, uncertain }
}

const ON_BOTH_WAYS: [Told<'_>; 14] = [
    told(
        "ProxyPage",
        "unsure HTTP 502: Bad gateway",
        &["The answer is a web page: a proxy, a login or a firewall answered"],
        true,
    ),
    told(
        "LoginPage",
        "unsure The answer is a web page, not the API's",
        &["captive portal", "sign in there first"],
        true,
    ),
    told("Empty", "unsure The answer is empty", &["The body is empty."], true),
    told("BrokenJson", "unsure The answer is broken JSON", &["In line 1, column"], true),
    told("PlainText", "good Accepted", &["Wrong content type: the body is JSON but labelled text/plain"], false),
    told(
        "RateLimit",
        "bad APIGW.0308: The throttling threshold has been reached.",
        &["429 Too many requests", "The server asks to wait 30 seconds before the next call.", "retry-after: 30"],
        false,
    ),
    told("BadGateway", "unsure HTTP 502: Bad gateway", &["502"], true),
    told("Unavailable", "unsure HTTP 503: Unavailable", &["503", "Wait a minute before the next try."], true),
    told("GatewayTimeout", "unsure HTTP 504: Gateway time-out", &["504"], true),
    told(
        "UnknownCode",
        "bad DBS.999999: The instance is on holiday.",
        &["This code is not in the console's catalogue"],
        false,
    ),
    told(
        "ClockSkew",
        "bad APIG.0301:",
        &["Clock skew: this computer's clock is", "behind the server's", "Set this computer's clock"],
        false,
    ),
    told(
        "XmlError",
        "bad DBS.200002: The DB instance does not exist.",
        &["5A2CFF0E-5718-45B5-9D4D-70B3FF000002"],
        false,
    ),
    // OPS-6: a page in GBK is readable.
    told(
        "GbkPage",
        "unsure HTTP 503: Unavailable",
        &["The answer is a web page: a proxy, a login or a firewall answered", "服务暂不可用"],
        true,
    ),
    told("Lost", "unsure ", &[], true),
];

async fn every_fault(page: &Page, connection: &str) {
    page.open_operation(SSL).await;
    page.connect_by(connection).await;
    page.fill_all(&SSL_INPUTS).await;
    for Told { fault, verdict, words, uncertain } in ON_BOTH_WAYS {
        page.fill("instance_id", &huawei_fault(fault)).await;
        let answer = page.call().await;
        let found = page.verdict().await;
        assert!(found.starts_with(verdict), "{fault}: {found}");
        Page::says(&answer, words);
        assert_eq!(answer.contains(UNCERTAIN), uncertain, "{fault}: {answer}");
        if uncertain {
            Page::says(&answer, &["Look for task GaussDBforMySQLSwitchSSL"]);
        }
        page.axe(fault).await;
    }
}

#[tokio::test]
async fn every_fault_has_its_words_in_the_sandbox() {
    scene().run(async |page| every_fault(page, "Sandbox").await).await;
}

#[tokio::test]
async fn every_fault_has_its_words_through_the_proxy() {
    scene()
        .run(async |page| {
            every_fault(page, "Proxy").await;
            assert_eq!(page.sandbox.received().len(), ON_BOTH_WAYS.len(), "one call each");
        })
        .await;
}

#[tokio::test]
async fn ops_6_a_page_in_gbk_is_readable() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&SSL_INPUTS).await;
            page.fill("instance_id", &huawei_fault("GbkPage")).await;
            let answer = page.call().await;
            Page::says(&answer, &["The answer is a web page", "服务暂不可用", "text/html; charset=GBK"]);
            assert!(!answer.contains("not text") && !answer.contains('\u{fffd}'), "{answer}");
        })
        .await;
}

#[tokio::test]
async fn a_result_of_false_is_a_failure_although_the_status_is_200() {
    scene()
        .run(async |page| {
            page.open_operation(HTTPS).await;
            page.connect_by("Proxy").await;
            page.fill_all(&HTTPS_INPUTS).await;
            page.fill("InstanceId", "es-cn-resultfalse0001").await;
            let answer = page.call().await;
            assert_eq!(page.verdict().await, "bad Failed: Result is false");
            Page::says(
                &answer,
                &["200 OK", "Failed: HTTPS could not be enabled", "reports in Result that it did not do it"],
            );
            page.axe("Result false").await;
        })
        .await;
}

#[tokio::test]
async fn the_gateways_request_id_can_be_copied() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&SSL_INPUTS).await;
            page.fill("X-Auth-Token", "wrong-token").await;
            let answer = page.call().await;
            Page::says(&page.verdict().await, &["bad APIGW.0301: Incorrect IAM authentication information"]);
            Page::says(&answer, &["401 Not authenticated", "Request id (request_id)"]);
            let id: String = page.eval("response().querySelector('.request-id code').textContent").await;
            assert!(id.len() >= 32, "{id}");
            page.browser
                .devtools(
                    "Browser.setPermission",
                    json!({ "permission": { "name": "clipboard-write" }, "setting": "granted", "origin": page.base.trim_end_matches('/') }),
                )
                .await;
            page.click("button", "Copy Request id request_id").await;
            page.wait_for("response().querySelector('.request-id [role=status], .request-id + [role=status]')?.textContent === 'Copied'
                || response().textContent.includes('Copied')").await;
            // What was copied arrives where it is pasted.
            page.fill("instance_id", "x").await;
            let field = page.find("field", "instance_id").await;
            field.send_keys(thirtyfour::Key::Control + "a").await.unwrap();
            field.send_keys(thirtyfour::Key::Control + "v").await.unwrap();
            assert_eq!(page.value("instance_id").await, id);
        })
        .await;
}

#[tokio::test]
async fn a_call_longer_than_the_time_limit_is_given_up() {
    scene()
        .run(async |page| {
            page.open("#/settings").await;
            page.axe("settings").await;
            page.fill("Time limit in seconds", "0").await;
            Page::says(
                &page.eval::<String>("wordsOf(document.querySelector('main'))").await,
                &["Must be a whole number from 1 to 600."],
            );
            page.axe("settings with a wrong value").await;
            page.fill("Time limit in seconds", "1").await;
            page.click("link", "Enable or disable SSL").await;
            page.find("action", "send").await;
            page.fill_all(&SSL_INPUTS).await;
            page.fill("instance_id", &huawei_fault("Slow")).await;
            for connection in ["Sandbox", "Proxy"] {
                page.connect_by(connection).await;
                page.send().await;
                page.confirm().await;
                // One call at a time.
                page.wait_for(
                    "find('button', 'Cancel') !== null && find('action', 'send').getAttribute('aria-disabled') === 'true'",
                )
                .await;
                page.axe("running").await;
                let answer = page.answer().await;
                Page::says(&page.verdict().await, &["unsure No answer within 1 second"]);
                Page::says(&answer, &[UNCERTAIN, "raise the time limit in the settings"]);
                page.axe("timed out").await;
            }
            assert_eq!(page.sandbox.received().len(), 1);
        })
        .await;
}

#[tokio::test]
async fn an_older_answer_never_replaces_a_newer_one() {
    scene()
        .run(async |page| {
            page.open("#/settings").await;
            page.fill("Time limit in seconds", "2").await;
            page.click("link", "Enable or disable SSL").await;
            page.find("action", "send").await;
            page.fill_all(&SSL_INPUTS).await;
            for connection in ["Sandbox", "Proxy"] {
                page.connect_by(connection).await;
                page.fill("instance_id", &huawei_fault("Slow")).await;
                page.send().await;
                page.confirm().await;
                page.click("button", "Cancel").await;
                page.wait_for("document.activeElement.dataset.action === 'send'").await;
                let answer = page.answer().await;
                assert_eq!(page.verdict().await, "unsure Cancelled");
                Page::says(&answer, &[UNCERTAIN, "You stopped waiting for the answer."]);
                page.axe("cancelled").await;
                page.fill("instance_id", &huawei_fault("UnknownCode")).await;
                page.call().await;
                // Below it, the first call is followed, and its seconds go on.
                let (what, explanation) =
                    (page.words("#response .what").await, page.words("#response .explanation").await);
                // The first call would end at its time limit, two seconds after it began.
                let mut looks = tokio::time::interval(Duration::from_millis(250));
                for _ in 0..12 {
                    looks.tick().await;
                    assert_eq!(page.words("#response .what").await, what, "{connection}");
                    assert_eq!(page.words("#response .explanation").await, explanation, "{connection}");
                }
            }
        })
        .await;
}

#[tokio::test]
async fn every_documented_code_is_listed_with_an_input_that_leads_to_it() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.wait_for("find('button', 'Fill in an example') !== null").await;
            page.click("button", "Outcomes").await;
            page.find("dialog", "outcomes").await;
            page.axe("the outcomes").await;
            page.unfold("Every documented error code").await;
            let rows = "[...document.querySelectorAll('.cases tbody tr')].filter((row) => row.textContent.includes('instance_iderror'))";
            let catalogue = include_str!("../../apis/huawei-taurusdb.errors.json");
            let documented = serde_json::from_str::<Vec<serde_json::Value>>(catalogue).unwrap().len();
            page.wait_for(&format!("{rows}.length === {documented}")).await;
            page.axe("the list of codes").await;
            page.click("button", "Use instance_id errorDBS200316xxxxxxxxxxxxxxxxxxin07").await;
            page.announces("Filled in.").await;
            page.wait_for("document.activeElement === find('field', 'instance_id')").await;
            page.call().await;
            let answer = page.response_text().await;
            Page::says(&answer, &["DBS.200316", "409", "What to do"]);
        })
        .await;
}

#[tokio::test]
async fn an_example_starts_afresh() {
    scene()
        .run(async |page| {
            page.open_operation(HTTPS).await;
            page.wait_for("find('button', 'Fill in an example') !== null").await;
            page.fill("Security token", "left-from-an-earlier-try").await;
            page.choose("Region", "Another region or the VPC endpoint").await;
            page.fill("regionId", "a/b").await;
            page.wait_for("tidy(document.getElementById('server-regionId-error').textContent).includes('host name')")
                .await;
            page.click("button", "Fill in an example").await;
            page.click("button", "Replace what is typed?").await;
            page.announces("Filled in.").await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
        })
        .await;
}
