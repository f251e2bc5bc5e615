use super::*;
use crate::fixtures::*;
use crate::form::validate;
use crate::request::build;
use crate::sign::{SigningTime, sign};
use proptest::prelude::*;
use serde_json::json;
use time::OffsetDateTime;

fn signed(operation: &crate::catalog::Operation, draft: &crate::form::Draft) -> SignedRequest {
    let request = build(operation, &validate(operation, draft).unwrap()).unwrap();
    let signing_time = SigningTime { now: OffsetDateTime::UNIX_EPOCH, nonce: "n".into() };
    sign(request, &[], &signing_time).unwrap()
}

fn address(template: &str, signed: SignedRequest) -> String {
    let kind = ConnectionKind::Proxy(Template::parse(template).unwrap().into());
    let connection = Connection { name: "P".into(), kind };
    route(signed, &connection, "", "").address().unwrap().to_owned()
}

const TARGET: &str = "/openapi/instances/es-cn-n6w1o1x0w001c0001/actions/open-https";
const QUERY: &str = "?clientToken=5A2CFF0E-5718-45B5-9D4D-70B3FF000001";
const HOST: &str = "elasticsearch.cn-hangzhou.aliyuncs.com";

#[test]
fn each_placeholder_stands_for_its_part_of_the_target() {
    let url = format!("https://{HOST}{TARGET}{QUERY}");
    let cases = [
        ("/proxy/{host}{path}{query}", format!("/proxy/{HOST}{TARGET}{QUERY}")),
        ("./proxy/{scheme}/{host}{path}{query}", format!("./proxy/https/{HOST}{TARGET}{QUERY}")),
        ("https://proxy.test/{url}", format!("https://proxy.test/{url}")),
        ("http://localhost:8080/?to={url_encoded}&x=1", format!("http://localhost:8080/?to={}&x=1", encode(&url))),
        ("https://{host}.proxy.test{path}{query}", format!("https://{HOST}.proxy.test{TARGET}{QUERY}")),
        ("/p/{host}/{host}{path}{query}", format!("/p/{HOST}/{HOST}{TARGET}{QUERY}")),
    ];
    for (template, expected) in cases {
        assert_eq!(address(template, signed(&open_https(), &https_on())), expected);
    }
}

#[test]
fn without_a_query_there_is_no_question_mark() {
    let bare = || signed(&open_https(), &draft(&[(path("InstanceId"), CLUSTER)]));
    assert_eq!(address("/proxy/{host}{path}{query}", bare()), format!("/proxy/{HOST}{TARGET}"));
    assert_eq!(address("/{url}", bare()), format!("/https://{HOST}{TARGET}"));
}

#[test]
fn templates_that_lead_nowhere_or_elsewhere_are_refused() {
    let unknown = |text: &str| ProxyError::UnknownPlaceholder(text.to_owned());
    let cases = [
        ("/proxy/{hots}{path}{query}", unknown("{hots}")),
        ("/proxy/{Host}{path}{query}", unknown("{Host}")),
        ("/proxy/{}{path}{query}", unknown("{}")),
        ("/proxy/{host}{path}{query}{host", unknown("{host")),
        ("/proxy/{{host}}{path}{query}", unknown("{")),
        ("/proxy/{path}{query}", ProxyError::Incomplete("{host}")),
        ("/proxy/{host}{query}", ProxyError::Incomplete("{path}")),
        ("/proxy/{host}{path}", ProxyError::Incomplete("{query}")),
        ("/proxy", ProxyError::Incomplete("{host}")),
        ("javascript:alert('{url}')", ProxyError::Scheme),
        ("data:,{url}", ProxyError::Scheme),
        ("ftp://proxy.test/{url}", ProxyError::Scheme),
        ("//proxy.test/{url}", ProxyError::Scheme),
        ("/\\proxy.test/{url}", ProxyError::Scheme),
        ("proxy/{url}", ProxyError::Scheme),
        ("../proxy/{url}", ProxyError::Scheme),
        ("{url}", ProxyError::Scheme),
        ("", ProxyError::Scheme),
        (" /proxy/{url}", ProxyError::Scheme),
        ("/pro xy/{url}", ProxyError::Scheme),
        ("/proxy/{url}\n", ProxyError::Scheme),
    ];
    for (template, expected) in cases {
        assert_eq!(Template::parse(template), Err(expected), "{template:?}");
    }
    assert_eq!(Template::parse("/p/{url}").unwrap().as_str(), "/p/{url}");
}

#[test]
fn values_that_look_like_placeholders_are_not_expanded() {
    let parameter = |name: &str, place: &str| json!({"name": name, "in": place, "schema": {"type": "string"}});
    let parts = json!({"parameters": [parameter("id", "path"), parameter("q", "query")]});
    let call = operation("get", "/a/{id}", parts);
    let texts = draft(&[(path("id"), "{query}"), (query("q"), "{host}")]);
    let expected = "/proxy/api.test/a/%7Bquery%7D?q=%7Bhost%7D";
    assert_eq!(address("/proxy/{host}{path}{query}", signed(&call, &texts)), expected);
}

#[test]
fn a_direct_connection_calls_the_host_and_the_sandbox_calls_nobody() {
    let to = |kind| route(signed(&open_https(), &https_on()), &Connection { name: "C".into(), kind }, "", "");
    assert_eq!(to(ConnectionKind::Direct).address(), Some(format!("https://{HOST}{TARGET}{QUERY}").as_str()));
    assert_eq!(to(ConnectionKind::Sandbox).address(), None);
}

#[test]
fn the_most_specific_template_wins() {
    let template = |text: &str| Template::parse(text).unwrap();
    let mut proxy = Proxy::from(template("/all/{url}"));
    let hangzhou = [("cn-hangzhou".to_owned(), template("/hangzhou/{url}"))].into();
    let north = [("cn-north-4".to_owned(), template("/north/{url}"))].into();
    proxy.providers.insert("Alibaba Cloud".into(), ProviderTemplates { template: None, regions: hangzhou });
    let huawei = ProviderTemplates { template: Some(template("/huawei/{url}")), regions: north };
    proxy.providers.insert("Huawei Cloud".into(), huawei);
    let all: Vec<(Scope<'_>, &str)> = proxy.templates().map(|(scope, template)| (scope, template.as_str())).collect();
    for (scope, text) in &all {
        let (provider, region) = match *scope {
            Scope::All => ("", ""),
            Scope::Provider(provider) => (provider, ""),
            Scope::Region(provider, region) => (provider, region),
        };
        assert_eq!((proxy.scope(provider, region), proxy.template(provider, region).as_str()), (*scope, *text));
    }
    assert_eq!(all.len(), 4);
    let of = |provider: &str, region: &str| proxy.template(provider, region).as_str();
    assert_eq!(of("Huawei Cloud", "cn-north-4"), "/north/{url}");
    assert_eq!(of("Huawei Cloud", "cn-south-1"), "/huawei/{url}");
    assert_eq!(of("Huawei Cloud", ""), "/huawei/{url}");
    assert_eq!(of("Alibaba Cloud", "cn-hangzhou"), "/hangzhou/{url}");
    assert_eq!(of("Alibaba Cloud", "cn-north-4"), "/all/{url}");
    assert_eq!(of("Others", "cn-hangzhou"), "/all/{url}");

    let connection = Connection { name: "P".into(), kind: ConnectionKind::Proxy(proxy) };
    let routed = route(signed(&open_https(), &https_on()), &connection, "Alibaba Cloud", "cn-hangzhou");
    assert_eq!(routed.address(), Some(format!("/hangzhou/https://{HOST}{TARGET}{QUERY}").as_str()));
}

#[test]
fn routing_does_not_touch_what_was_signed() {
    let before = signed(&switch_ssl(), &ssl_on());
    let kind = ConnectionKind::Proxy(Template::parse("/proxy/{host}{path}{query}").unwrap().into());
    let routed = route(before.clone(), &Connection { name: "P".into(), kind }, "", "");
    assert_eq!(routed.signed(), &before);
}

proptest! {
    #[test]
    fn url_encoded_decodes_to_the_target(id in "[^/\\\\]{1,12}", q in any::<String>()) {
        let parameter = |name: &str, place: &str| json!({"name": name, "in": place, "schema": {"type": "string"}});
        let parts = json!({"parameters": [parameter("id", "path"), parameter("q", "query")]});
        let call = operation("get", "/a/{id}", parts);
        let texts = draft(&[(path("id"), &id), (query("q"), &q)]);
        prop_assume!(validate(&call, &texts).is_ok());
        let signed = signed(&call, &texts);
        let address = url::Url::parse(&address("https://proxy.test/?to={url_encoded}", signed.clone())).unwrap();
        let decoded: Vec<_> = address.query_pairs().into_owned().collect();
        prop_assert_eq!(decoded, [("to".to_owned(), signed.request().url())]);
    }
}
