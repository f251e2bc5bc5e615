//! What a deployment offers of a provider: regions, instances, credentials, more hosts, ways of their own.

use serde_json::{Value, json};

use crate::config::{configured, is_refused, options};
use crate::gate::Gate;
use crate::page::{CLUSTER, HTTPS, HTTPS_INPUTS, HUAWEI_KEY, INSTANCE, INSTANCE_INPUTS, Page, SSL, SSL_INPUTS};
use crate::scene::Scene;

/// The usual site with these limits to Huawei Cloud.
fn limited(limits: &Value) -> Scene {
    configured(&json!({ "providers": { "Huawei Cloud": limits } }))
}

#[tokio::test]
async fn regions_that_are_not_offered_are_neither_listed_nor_typed() {
    limited(&json!({ "regions": ["cn-*"] }))
        .run(async |page| {
            page.open_operation(SSL).await;
            let regions = options(page, "Region").await;
            let (last, listed) = regions.split_last().unwrap();
            assert_eq!(last, "Another region");
            assert!(listed.len() > 3 && listed.iter().all(|region| region.contains("cn-")), "{regions:?}");

            page.fill_all(&SSL_INPUTS).await;
            page.choose("Region", "Another region").await;
            page.fill("region", "ap-southeast-3").await;
            let complaint = "is not offered here: whoever runs this site offers cn-*.";
            page.shows(complaint).await;
            assert!(page.eval::<bool>("find('field', 'region').getAttribute('aria-invalid') === 'true'").await);
            is_refused(page, &["One field needs attention", complaint]).await;
            page.axe("a region that is not offered").await;

            page.fill("region", "cn-north-4").await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            assert!(page.received_one().target.starts_with("/gaussdb.cn-north-4.myhuaweicloud.com/"));

            page.open_operation(HTTPS).await;
            assert!(options(page, "Region").await.len() > 10, "another provider is not limited");
        })
        .await;
}

#[tokio::test]
async fn a_provider_without_a_region_that_is_offered_cannot_be_called() {
    limited(&json!({ "regions": 7 }))
        .run(async |page| {
            page.open_operation(SSL).await;
            page.shows("No region of this operation is offered here.").await;
            page.fill_all(&SSL_INPUTS).await;
            page.click("action", "send").await;
            page.wait_for("document.activeElement.id === 'issues'").await;
            let complaint = "region is not offered here: whoever runs this site offers none.";
            page.click("link", complaint).await;
            // The link leads there.
            let focused = "tidy(document.activeElement.textContent)";
            page.wait_for(&format!("{focused} === 'No region of this operation is offered here.'")).await;
            page.axe("no region").await;
            assert!(!page.has("dialog", "confirm").await);
            assert_eq!(page.sandbox.received(), []);
        })
        .await;
}

#[tokio::test]
async fn instances_that_are_not_offered_are_refused_beside_their_field() {
    limited(&json!({ "instances": ["096c*in07", "test-*"] }))
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            page.fill("instance_id", &INSTANCE.replacen("096c", "196c", 1)).await;
            let complaint = "is not offered here: whoever runs this site offers 096c*in07, test-*.";
            page.shows(complaint).await;
            assert!(page.eval::<bool>("find('field', 'instance_id').getAttribute('aria-invalid') === 'true'").await);
            is_refused(page, &["One field needs attention", complaint]).await;
            page.axe("an instance that is not offered").await;

            page.fill("instance_id", INSTANCE).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            assert!(page.received_one().target.contains(INSTANCE));
        })
        .await;
}

#[tokio::test]
async fn the_proxys_own_credential_alone_leaves_nothing_to_enter_and_sends_none() {
    limited(&json!({ "credentials": ["proxy"] }))
        .run(async |page| {
            page.open_operation(SSL).await;
            assert_eq!(page.words(".credential-line > span").await, "Added by the proxy");
            page.click("button", "Change").await;
            assert_eq!(options(page, "Kind").await, ["Added by the proxy"]);
            page.shows("The console sends no authentication: the proxy of this deployment adds it.").await;
            for label in ["X-Auth-Token", "AccessKey ID", "AccessKey secret"] {
                assert!(!page.has("field", label).await, "{label}");
            }
            page.axe("only the proxy's credential").await;
            page.fill_all(&INSTANCE_INPUTS).await;
            page.send().await;
            Page::says(&page.words("dialog[open]").await, &["Signed by Added by the proxy"]);
            page.confirm().await;
            page.answer().await;
            let received = page.received_one();
            assert_eq!(received.method, "PUT");
            for unwanted in ["x-auth-token", "authorization", "x-sdk-date", "x-security-token"] {
                assert!(!received.has(unwanted), "{received:?}");
            }
        })
        .await;
}

#[tokio::test]
async fn a_single_kind_is_used_whatever_this_browser_remembers() {
    let remember = "try { localStorage.setItem('tls-console.profiles', JSON.stringify([{
        name: 'Old', provider: 'Huawei Cloud', kind: 'X-Auth-Token', remembered: true }])); } catch {}";
    limited(&json!({ "credentials": ["SDK-HMAC-SHA256"] }))
        .before(remember)
        .run(async |page| {
            page.open_operation(SSL).await;
            assert!(options(page, "Profile").await[0].starts_with("Old"));
            assert_eq!(options(page, "Kind").await, ["AccessKey"]);
            assert!(!page.has("field", "X-Auth-Token").await);
            page.axe("one kind of credential").await;
            page.fill_all(&INSTANCE_INPUTS).await;
            page.fill_all(&HUAWEI_KEY).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            let received = page.received_one();
            assert!(received.header("authorization").starts_with("SDK-HMAC-SHA256 Access=DUMMYAK0000000000001,"));
            assert!(!received.has("x-auth-token"), "{received:?}");
        })
        .await;
}

#[tokio::test]
async fn without_a_kind_that_fits_send_says_why_it_does_not() {
    limited(&json!({ "credentials": ["ACS3-HMAC-SHA256"] }))
        .run(async |page| {
            page.open_operation(SSL).await;
            page.shows("No kind of credential that this operation takes is offered here.").await;
            page.fill_all(&INSTANCE_INPUTS).await;
            is_refused(
                page,
                &["This call is not sent from here", "No kind of credential that the call takes is offered here."],
            )
            .await;
            page.axe("no kind of credential").await;
        })
        .await;
}

#[tokio::test]
async fn a_host_that_only_the_configuration_knows_is_listed_signed_and_called() {
    let own = json!({
        "url": "https://elasticsearch.own-1.example", "description": "Our own (own-1)", "region": "own-1"
    });
    configured(&json!({ "providers": { "Alibaba Cloud": { "regions": ["cn-hangzhou"], "servers": [own] } } }))
        .run(async |page| {
            page.open_operation(HTTPS).await;
            let regions = options(page, "Region").await;
            assert_eq!(regions.len(), 3, "{regions:?}");
            assert_eq!(regions[2], "Our own (own-1)");
            page.choose("Region", "Our own").await;
            page.fill_all(&HTTPS_INPUTS).await;
            let path = format!("elasticsearch.own-1.example/openapi/instances/{CLUSTER}/actions/open-https");
            Page::says(&page.words(".request").await, &[&format!("POST https://{path}"), &format!("/proxy/{path}")]);
            page.send().await;
            Page::says(
                &page.words("dialog[open]").await,
                &["Our own (own-1)", "Goes to elasticsearch.own-1.example through Proxy"],
            );
            page.axe("a host of the deployment's own").await;
            page.confirm().await;
            let answer = page.answer().await;
            let received = page.received_one();
            assert!(received.target.starts_with(&format!("/{path}?clientToken=")), "{}", received.target);
            assert!(received.header("authorization").contains("SignedHeaders=host;"), "{received:?}");
            assert!(!answer.contains("SignatureDoesNotMatch"), "{answer}");
        })
        .await;
}

#[tokio::test]
async fn providers_and_regions_have_ways_of_their_own() {
    let (of_huawei, of_region) = (Gate::open().await, Gate::open().await);
    let connections = json!([{
        "name": "Ours", "kind": "proxy", "url": "./proxy/{host}{path}{query}",
        "providers": {
            "Huawei Cloud": { "url": of_huawei.template(), "regions": { "cn-north-4": of_region.template() } }
        }
    }]);
    configured(&json!({ "connections": connections, "defaultConnection": "Ours" }))
        .connect(&of_huawei.origin())
        .connect(&of_region.origin())
        .run(async |page| {
            for gate in [&of_huawei, &of_region] {
                page.allow_origin(&gate.origin());
                gate.lead_to(page.sandbox.addr);
            }
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            for (region, gate) in [("CN North-Beijing4", &of_region), ("CN North-Beijing2", &of_huawei)] {
                page.choose("Region", region).await;
                leads_to(page, &gate.origin()).await;
            }
            page.open_operation(HTTPS).await;
            page.fill_all(&HTTPS_INPUTS).await;
            leads_to(page, page.base.trim_end_matches('/')).await;
            assert_eq!(page.sandbox.received().len(), 3);

            page.open("#/settings").await;
            page.shows(&format!("Huawei Cloud cn-north-4: {}", of_region.template())).await;
            page.axe("ways of their own").await;
        })
        .await;
}

/// Holds preview, question and the call itself to one address.
async fn leads_to(page: &Page, origin: &str) {
    Page::says(&page.words("#request-panel .goes").await, &[&format!("Sent through {origin}/proxy/")]);
    page.send().await;
    Page::says(&page.words("dialog[open]").await, &["Goes to ", " through Ours"]);
    page.axe("the question names the way").await;
    page.new_requests().await;
    page.confirm().await;
    page.answer().await;
    let asked = page.new_requests().await;
    let calls: Vec<&String> = asked.iter().filter(|url| url.contains("/proxy/")).collect();
    assert!(!calls.is_empty() && calls.iter().all(|url| url.starts_with(&format!("{origin}/proxy/"))), "{asked:?}");
}

#[tokio::test]
async fn no_look_up_is_offered_by_a_call_that_is_not() {
    for (operations, offered) in [(json!(["huawei-taurusdb/*"]), false), (json!(["huawei-*/*"]), true)] {
        configured(&json!({ "operations": operations }))
            .run(async |page| {
                page.open_operation(SSL).await;
                page.fill("project_id", "").await;
                page.wait_for("document.querySelector('.lookup') !== null").await;
                page.wait_for(&format!("(find('button', 'Look up project_id') !== null) === {offered}")).await;
            })
            .await;
    }
}
