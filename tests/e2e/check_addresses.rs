//! "Check connection" where there is more than one address, and what only a credential or the site's policy shows.

use serde_json::json;

use crate::check::{
    ALIBABA, ALLOW_LIST, HUAWEI, METHODS, OUR_PROXY, REACHABLE, UNCHANGED, check, check_sections, expect, step, through,
};
use crate::gate::{Gate, Mode};
use crate::page::{HTTPS, HTTPS_INPUTS, Page};
use crate::scene::scene;
use crate::server::Received;

#[tokio::test]
async fn each_address_is_checked_by_itself_and_the_wrong_one_of_a_region_blames_no_other() {
    let dead = Gate::open().await.origin();
    let gate = Gate::open().await;
    let north = format!("{dead}/proxy/{{host}}{{path}}{{query}}");
    scene()
        .config(json!({
            "descriptions": ["apis/huawei-taurusdb.json", "apis/aliyun-elasticsearch.json", "apis/huawei-iam.json"],
            "connections": [{ "name": "Other", "kind": "proxy", "url": gate.template(), "providers": {
                HUAWEI: { "regions": { "cn-north-4": north } }
            } }]
        }))
        .connect(&gate.origin())
        .connect(&dead)
        .run(async |page| {
            for origin in [gate.origin(), dead.clone()] {
                page.allow_origin(&origin);
                page.allow_console(&origin);
            }
            gate.lead_to(page.sandbox.addr);
            gate.set(Mode::Marked);
            page.open("").await;
            check_sections(page, 3).await;
            let good = [(REACHABLE, "passed"), (OUR_PROXY, "passed"), (ALLOW_LIST, "passed"), (METHODS, "passed")];
            expect(page, HUAWEI, &good).await;
            expect(page, ALIBABA, &good).await;
            let region = "Huawei Cloud · cn-north-4";
            expect(page, region, &[(REACHABLE, "failed"), (ALLOW_LIST, "not-applicable")]).await;
            let place = "#/connections/0/providers/Huawei Cloud/regions/cn-north-4";
            let told = step(page, region, REACHABLE).await;
            Page::says(&told, &["Nothing listens at the address", &format!("In config.json, correct {place}.")]);
            assert_eq!(
                page.words(".step[data-result=failed]").await,
                told.trim_start_matches("failed "),
                "the only one"
            );
            page.announces("Checked: one step failed.").await;
            page.axe("the address of a region").await;
            let received = page.sandbox.received();
            assert!(received.iter().any(|one| one.target.contains("gaussdb.cn-north-2")), "{received:?}");
            assert!(!received.iter().any(|one| one.target.contains("cn-north-4")), "not its own way: {received:?}");
        })
        .await;
}

/// A key of Alibaba Cloud's, typed on the page of an operation.
async fn with_alibabas_key(page: &Page) {
    page.open_operation(HTTPS).await;
    page.fill_all(&HTTPS_INPUTS).await;
    page.connect_by("Proxy").await;
}

#[tokio::test]
async fn alibaba_accepts_a_signed_read_full_of_hard_characters() {
    scene()
        .run(async |page| {
            with_alibabas_key(page).await;
            check(page).await;
            expect(page, ALIBABA, &[(REACHABLE, "passed"), (METHODS, "passed"), (UNCHANGED, "passed")]).await;
            Page::says(
                &step(page, ALIBABA, UNCHANGED).await,
                &["status 200", "its empty body", "the body of a change"],
            );
            expect(page, HUAWEI, &[(UNCHANGED, "not-applicable")]).await;
            let received = page.sandbox.received();
            let signed = |name: &str| {
                let is = |one: &&Received| one.headers.iter().any(|(header, _)| header == name);
                received.iter().filter(is).collect::<Vec<_>>()
            };
            let [read] = signed("authorization")[..] else { panic!("one signed call: {received:?}") };
            assert_eq!(read.method, "GET");
            let target = "/elasticsearch.cn-hangzhou.aliyuncs.com/openapi/instances\
                          ?description=a%20b~c%2Ad%2Be%252F%C3%A9%26f%3Dg";
            assert_eq!(read.target, target);
            let action = read.headers.iter().find(|(name, _)| name == "x-acs-action").map(|(_, value)| value.clone());
            assert_eq!(action.as_deref(), Some(&b"ListInstance"[..]));
        })
        .await;
}

#[tokio::test]
async fn a_read_that_the_deployment_does_not_offer_is_not_signed() {
    scene()
        .config(json!({
            "connections": [{ "name": "Proxy", "kind": "proxy", "url": "./proxy/{host}{path}{query}" }],
            "operations": ["huawei-*/*", "aliyun-elasticsearch/OpenHttps"]
        }))
        .run(async |page| {
            with_alibabas_key(page).await;
            check(page).await;
            expect(page, ALIBABA, &[(REACHABLE, "passed"), (UNCHANGED, "not-applicable")]).await;
            let received = page.sandbox.received();
            assert!(!received.is_empty());
            assert!(
                received.iter().all(|one| one.headers.iter().all(|(name, _)| name != "authorization")),
                "{received:?}"
            );
        })
        .await;
}

#[tokio::test]
async fn an_address_that_the_sites_policy_forbids_is_told_with_the_lines_that_allow_it() {
    let gate = Gate::open().await;
    through(&gate.template())
        .run(async |page| {
            page.allow_origin(&gate.origin());
            page.allow_console("Content Security Policy");
            page.allow_violation(&gate.origin());
            gate.lead_to(page.sandbox.addr);
            page.open("").await;
            check(page).await;
            expect(page, HUAWEI, &[(REACHABLE, "failed"), (OUR_PROXY, "not-applicable")]).await;
            let told = step(page, HUAWEI, REACHABLE).await;
            let origin = gate.origin();
            let caddy = format!("TLS_CONSOLE_CONNECT=\"{origin}\"");
            let nginx = format!("add {origin} behind connect-src 'self'");
            Page::says(&told, &[&caddy, &nginx, "deploy/Caddyfile", "EDIT: connect-src"]);
            page.axe("stopped by the policy").await;
            assert_eq!(page.sandbox.received(), [], "nothing left the page");
        })
        .await;
}

#[tokio::test]
async fn a_proxy_that_is_there_is_told_apart_from_a_provider_that_is_not() {
    let gate = Gate::open().await;
    through(&gate.template())
        .connect(&gate.origin())
        .run(async |page| {
            page.allow_origin(&gate.origin());
            page.allow_console(&gate.origin());
            gate.set(Mode::Alone);
            page.open("").await;
            check(page).await;
            let found = [(REACHABLE, "passed"), (OUR_PROXY, "passed"), (ALLOW_LIST, "failed")];
            expect(page, HUAWEI, &found).await;
            expect(page, HUAWEI, &[(METHODS, "not-applicable"), (UNCHANGED, "not-applicable")]).await;
            Page::says(&step(page, HUAWEI, OUR_PROXY).await, &["says that it is a proxy of deploy/"]);
            let told = step(page, HUAWEI, ALLOW_LIST).await;
            Page::says(
                &told,
                &["The proxy is there, and nothing comes back", "gaussdb.cn-north-4", "deploy/nginx.conf"],
            );
            page.axe("a proxy without a provider").await;
        })
        .await;
}
