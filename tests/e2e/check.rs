//! "Check connection": each step on ways that are right, and on ways that are wrong in one place.

use serde_json::json;

use crate::gate::{Gate, Mode};
use crate::page::{ACCESS_KEY, HUAWEI_KEY, INSTANCE_INPUTS, Page, SSL};
use crate::scene::{Scene, scene};

pub(crate) const HUAWEI: &str = "Huawei Cloud";
pub(crate) const ALIBABA: &str = "Alibaba Cloud";

pub(crate) const REACHABLE: &str = "Something answers";
pub(crate) const OUR_PROXY: &str = "It is the proxy of this console";
pub(crate) const ALLOW_LIST: &str = "Only the provider's hosts are let through";
const CORS: &str = "The browser may read the answers (CORS)";
pub(crate) const METHODS: &str = "A PUT with headers and a body passes";
pub(crate) const UNCHANGED: &str = "Path, query and headers arrive unchanged";
const CLOCK: &str = "The clocks agree";

/// The usual site with a connection `Other`, chosen at the start, and with a description that has a call that only reads.
pub(crate) fn through(url: &str) -> Scene {
    scene().config(json!({
        "descriptions": ["apis/huawei-taurusdb.json", "apis/aliyun-elasticsearch.json", "apis/huawei-iam.json"],
        "connections": [{ "name": "Sandbox", "kind": "sandbox" }, { "name": "Other", "kind": "proxy", "url": url }],
        "defaultConnection": "Other"
    }))
}

/// Goes to the page and presses the button; done when both providers are.
pub(crate) async fn check(page: &Page) {
    check_sections(page, 2).await;
}

/// The same where there are other addresses.
pub(crate) async fn check_sections(page: &Page, sections: usize) {
    page.script("location.hash = '#/check'; return null;", Vec::new()).await;
    page.find("button", "Check").await;
    assert!(!page.eval::<bool>("document.querySelector('.steps') !== null").await, "nothing before the button");
    page.click("button", "Check").await;
    page.wait_for(&format!("document.querySelectorAll('.steps').length === {sections}")).await;
    page.wait_for("find('button', 'Check').getAttribute('aria-disabled') !== 'true'").await;
}

/// What a step is called that was not tried.
fn topic(name: &str) -> &str {
    match name {
        REACHABLE => "whether anything answers",
        OUR_PROXY => "type of proxy",
        ALLOW_LIST => "allowed hosts",
        CORS => "permission of the other site (CORS)",
        METHODS => "PUT with headers and a body",
        UNCHANGED => "changes on the way",
        CLOCK => "clocks",
        _ => name,
    }
}

/// How a step ended for a provider, with its words: `passed Something answers …`.
pub(crate) async fn step(page: &Page, provider: &str, name: &str) -> String {
    let topic = topic(name);
    page.eval(&format!(
        "(() => {{ const steps = find('region', '{provider}').querySelectorAll('.step');
        const names = [\"{name}\", \": {topic}\"];
        const named = (step) => names.some((name) => step.querySelector('h2, h3').textContent.includes(name));
        const step = [...steps].find(named);
        return `${{step.dataset.result}} ${{wordsOf(step)}}`; }})()"
    ))
    .await
}

pub(crate) async fn expect(page: &Page, provider: &str, results: &[(&str, &str)]) {
    for (name, result) in results {
        let found = step(page, provider, name).await;
        assert!(found.starts_with(&format!("{result} ")), "{provider}: {name} should be {result}: {found}");
    }
}

/// An access key of Huawei's, typed on the page of an operation.
async fn with_key(page: &Page) {
    page.open_operation(SSL).await;
    page.fill_all(&INSTANCE_INPUTS).await;
    page.sign_with(ACCESS_KEY, &HUAWEI_KEY).await;
}

#[tokio::test]
async fn in_the_sandbox_nothing_leaves_and_the_signed_read_still_passes() {
    scene()
        .run(async |page| {
            with_key(page).await;
            page.new_requests().await;
            check(page).await;
            for name in [REACHABLE, OUR_PROXY, ALLOW_LIST, CORS, METHODS] {
                expect(page, HUAWEI, &[(name, "not-applicable")]).await;
            }
            expect(page, HUAWEI, &[(UNCHANGED, "passed"), (CLOCK, "passed")]).await;
            expect(page, ALIBABA, &[(UNCHANGED, "not-applicable"), (CLOCK, "not-applicable")]).await;
            page.axe("checked in the sandbox").await;
            assert!(!page.new_requests().await.iter().any(|url| url.contains("/proxy/")));
        })
        .await;
}

#[tokio::test]
async fn where_nothing_applies_the_end_says_so_and_goes_with_the_page() {
    scene()
        .run(async |page| {
            page.open("").await;
            check(page).await;
            page.announces("Checked: there was nothing to check.").await;
            page.script("location.hash = '#/settings'; return null;", Vec::new()).await;
            page.wait_for("document.querySelector('.steps') === null").await;
            let told =
                "[...document.querySelectorAll('[role=status]')].some((part) => part.textContent.includes('Checked'))";
            assert!(!page.eval::<bool>(told).await, "it is told of a page that is not there");
        })
        .await;
}

#[tokio::test]
async fn a_good_proxy_beside_the_page_passes_every_step_that_applies() {
    scene()
        .run(async |page| {
            with_key(page).await;
            page.connect_by("Proxy").await;
            check(page).await;
            let results = [
                (REACHABLE, "passed"),
                (OUR_PROXY, "not-applicable"),
                (CORS, "not-applicable"),
                (METHODS, "passed"),
                (UNCHANGED, "passed"),
                (CLOCK, "passed"),
            ];
            expect(page, HUAWEI, &results).await;
            page.axe("checked through the proxy").await;
            let received = page.sandbox.received();
            let read = received.iter().find(|request| request.target.contains("/v3/projects?")).expect("a signed read");
            assert!(read.target.contains("name=a%20b~c%2Ad%2Be%252F%C3%A9%26f%3Dg"), "{}", read.target);
            let canary = HUAWEI_KEY[1].1.as_bytes();
            let probes = received.iter().filter(|request| !request.target.contains("/v3/projects"));
            for probe in probes {
                let has = |name: &str| probe.headers.iter().any(|(other, _)| other == name);
                assert!(!has("authorization"), "{probe:?}");
                assert!(!probe.body.windows(canary.len()).any(|part| part == canary), "{probe:?}");
            }
            assert!(
                received
                    .iter()
                    .all(|request| request.method == "GET" || request.target.ends_with("/tls-console-check"))
            );
        })
        .await;
}

#[tokio::test]
async fn a_marked_proxy_is_recognised_and_an_open_one_is_told() {
    let gate = Gate::open().await;
    through(&gate.template())
        .connect(&gate.origin())
        .run(async |page| {
            page.allow_origin(&gate.origin());
            page.allow_console(&gate.origin());
            gate.lead_to(page.sandbox.addr);
            gate.set(Mode::Marked);
            page.open("").await;
            check(page).await;
            let good = [(REACHABLE, "passed"), (OUR_PROXY, "passed"), (ALLOW_LIST, "passed"), (CORS, "passed")];
            expect(page, HUAWEI, &good).await;
            expect(page, ALIBABA, &good).await;
            expect(page, HUAWEI, &[(METHODS, "passed"), (UNCHANGED, "not-applicable")]).await;

            gate.set(Mode::Open);
            page.reload().await;
            check(page).await;
            expect(page, HUAWEI, &[(OUR_PROXY, "not-applicable"), (ALLOW_LIST, "failed")]).await;
            let told = step(page, HUAWEI, ALLOW_LIST).await;
            Page::says(&told, &["passes calls on to any host", "example.com", "deploy/Caddyfile"]);
            page.axe("an open proxy").await;
        })
        .await;
}

#[tokio::test]
async fn a_proxy_that_rewrites_the_query_is_found_by_the_signature() {
    let gate = Gate::open().await;
    through(&gate.template())
        .connect(&gate.origin())
        .run(async |page| {
            page.allow_origin(&gate.origin());
            page.allow_console(&gate.origin());
            gate.lead_to(page.sandbox.addr);
            gate.set(Mode::Rewrite);
            with_key(page).await;
            check(page).await;
            expect(page, HUAWEI, &[(REACHABLE, "passed"), (UNCHANGED, "failed")]).await;
            let told = step(page, HUAWEI, UNCHANGED).await;
            Page::says(&told, &["Changed on the way", "Canonical query string"]);
            page.axe("changed on the way").await;
        })
        .await;
}

#[tokio::test]
async fn no_answer_and_no_cors_are_told_apart() {
    let dead = Gate::open().await.origin();
    let gate = Gate::open().await;
    through(&gate.template())
        .connect(&gate.origin())
        .run(async |page| {
            page.allow_origin(&gate.origin());
            page.allow_console(&gate.origin());
            gate.lead_to(page.sandbox.addr);
            gate.set(Mode::WithoutCors);
            page.open("").await;
            check(page).await;
            expect(page, HUAWEI, &[(REACHABLE, "passed"), (CORS, "failed"), (METHODS, "not-applicable")]).await;
            Page::says(
                &step(page, HUAWEI, CORS).await,
                &["Access-Control-Allow-Origin", "config.json, correct #/connections/1/url"],
            );
        })
        .await;
    through(&format!("{dead}/{{host}}{{path}}{{query}}"))
        .connect(&dead)
        .run(async |page| {
            page.allow_origin(&dead);
            page.allow_console("net::ERR_CONNECTION_REFUSED");
            page.open("").await;
            check(page).await;
            expect(page, HUAWEI, &[(REACHABLE, "failed"), (ALLOW_LIST, "not-applicable")]).await;
            Page::says(
                &step(page, HUAWEI, REACHABLE).await,
                &["Nothing listens at the address", "#/connections/1/url"],
            );
            page.axe("a dead proxy").await;
        })
        .await;
}

#[tokio::test]
async fn a_proxy_that_refuses_everybody_or_wants_a_login_is_told_as_that() {
    let gate = Gate::open().await;
    through(&gate.template())
        .connect(&gate.origin())
        .run(async |page| {
            page.allow_origin(&gate.origin());
            page.allow_console(&gate.origin());
            gate.set(Mode::Closed);
            page.open("").await;
            check(page).await;
            for (provider, host) in [(HUAWEI, "gaussdb.cn-north-4"), (ALIBABA, "elasticsearch.cn-hangzhou")] {
                expect(page, provider, &[(ALLOW_LIST, "failed"), (METHODS, "not-applicable")]).await;
                let told = step(page, provider, ALLOW_LIST).await;
                Page::says(&told, &["refuses a host of this provider", host, "(providers) in deploy/Caddyfile"]);
            }
            page.shows("Checked: 2 steps failed.").await;

            gate.set(Mode::Login);
            page.reload().await;
            check(page).await;
            expect(page, HUAWEI, &[(OUR_PROXY, "failed"), (ALLOW_LIST, "not-applicable")]).await;
            let told = step(page, HUAWEI, OUR_PROXY).await;
            Page::says(&told, &["wants a login first", "Basic authentication cannot work", "docs/hosting.md"]);
            page.axe("a login in the way").await;
        })
        .await;
}
