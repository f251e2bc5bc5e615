use super::super::*;
use crate::catalog::{Api, Operation};
use crate::config::Config;
use serde_json::{Value, json};

const HUAWEI: &str = "Huawei Cloud";
const ALIBABA: &str = "Alibaba Cloud";

/// The sections of a provider for the second connection of a configuration, which has these settings besides.
fn sections(connection: Value, settings: Value, provider: &str, chosen: &str) -> Vec<Section> {
    let mut config = settings;
    let mut other = json!({ "name": "P", "kind": "proxy" });
    for (key, value) in connection.as_object().unwrap() {
        other[key] = value.clone();
    }
    config["connections"] = json!([{ "name": "Sandbox", "kind": "sandbox" }, other]);
    let (config, issues) = Config::parse(&config.to_string());
    assert_eq!(issues, []);
    let files = [
        ("apis/huawei-taurusdb.json", include_str!("../../../apis/huawei-taurusdb.json")),
        ("apis/aliyun-elasticsearch.json", include_str!("../../../apis/aliyun-elasticsearch.json")),
        ("apis/huawei-iam.json", include_str!("../../../apis/huawei-iam.json")),
    ];
    let offered = |(file, text): (&str, &str)| -> Vec<Operation> {
        let mut api = Api::load(file, text).unwrap();
        config.filter(&mut api);
        let ids = api.operations.iter().map(|entry| &entry.id);
        ids.map(|id| config.restrict(api.operation(id).unwrap().unwrap())).collect()
    };
    let operations: Vec<Operation> = files.into_iter().flat_map(offered).collect();
    plan((1, &config.connections[1]), &operations, provider, chosen)
}

fn hosts(section: &Section) -> Vec<&str> {
    section.hosts.iter().map(|(_, host)| host.as_str()).collect()
}

fn read(section: &Section) -> Option<(&str, &str)> {
    section.read.as_ref().map(|read| (read.id.as_str(), read.region.as_str()))
}

const GENERAL: &str = "/proxy/{host}{path}{query}";

#[test]
fn one_address_is_one_section_with_a_host_of_each_api() {
    let plan = |provider, chosen| sections(json!({ "url": GENERAL }), json!({}), provider, chosen);
    let [huawei] = &plan(HUAWEI, "")[..] else { panic!("one section") };
    assert_eq!((huawei.title().as_str(), huawei.address.place.as_str()), (HUAWEI, "#/connections/1/url"));
    assert_eq!(hosts(huawei), ["gaussdb.cn-north-4.myhuaweicloud.com", "iam.cn-north-4.myhuaweicloud.com"]);
    assert_eq!(read(huawei), Some(("KeystoneListProjects", "cn-north-4")));
    let [alibaba] = &plan(ALIBABA, "us-east-1")[..] else { panic!("one section") };
    assert_eq!(hosts(alibaba), ["elasticsearch.us-east-1.aliyuncs.com"]);
    assert_eq!(read(alibaba), Some(("ListInstance", "us-east-1")));
    assert_eq!(alibaba.read.as_ref().unwrap().text.as_deref(), Some("description"));
}

#[test]
fn each_address_is_asked_for_hosts_that_use_it_and_no_others() {
    let connection = json!({
        "url": GENERAL,
        "providers": { HUAWEI: { "regions": { "cn-north-4": "/north/{host}{path}{query}" } } }
    });
    for chosen in ["", "cn-north-4", "nowhere/else"] {
        let found = sections(connection.clone(), json!({}), HUAWEI, chosen);
        let [general, north] = &found[..] else { panic!("two sections") };
        assert_eq!((general.title().as_str(), general.address.place.as_str()), (HUAWEI, "#/connections/1/url"));
        assert!(!hosts(general).iter().any(|host| host.contains("cn-north-4")), "{chosen}: {general:?}");
        assert_eq!(hosts(general).len(), 2, "both of its APIs");
        assert_eq!(read(general), Some(("KeystoneListProjects", general.hosts[0].0.as_str())));
        assert_eq!(north.title(), "Huawei Cloud · cn-north-4");
        assert_eq!(north.address.place, "#/connections/1/providers/Huawei Cloud/regions/cn-north-4");
        assert_eq!(hosts(north), ["gaussdb.cn-north-4.myhuaweicloud.com", "iam.cn-north-4.myhuaweicloud.com"]);
        assert_eq!(read(north), Some(("KeystoneListProjects", "cn-north-4")));
    }
    let chosen = sections(connection.clone(), json!({}), HUAWEI, "cn-south-1");
    assert_eq!(chosen[0].hosts[0].0, "cn-south-1", "the region that the user works in");
    let other = sections(connection, json!({}), ALIBABA, "cn-hangzhou");
    assert_eq!((other.len(), other[0].address.place.as_str()), (1, "#/connections/1/url"));
}

#[test]
fn an_address_of_the_provider_comes_before_the_one_of_the_connection() {
    let connection = json!({ "url": GENERAL, "providers": { ALIBABA: { "url": "/ali/{url}" } } });
    let found = sections(connection, json!({}), ALIBABA, "");
    assert_eq!((found.len(), found[0].address.place.as_str()), (1, "#/connections/1/providers/Alibaba Cloud/url"));
}

#[test]
fn the_same_address_twice_is_asked_once_for_both() {
    let same = |text: &str| json!({ "url": GENERAL, "providers": { HUAWEI: { "regions": { "cn-north-4": text, "cn-south-1": text } } } });
    let found = sections(same("/own/{url}"), json!({}), HUAWEI, "");
    assert_eq!(found.iter().map(Section::title).collect::<Vec<_>>(), [HUAWEI, "Huawei Cloud · cn-north-4, cn-south-1"]);
    assert_eq!(hosts(&found[1]).len(), 4);
    let places =
        ["cn-north-4", "cn-south-1"].map(|region| format!("#/connections/1/providers/Huawei Cloud/regions/{region}"));
    assert_eq!(found[1].address.place, places.join(" and "));
    let found = sections(same(GENERAL), json!({}), HUAWEI, "");
    assert_eq!(found.iter().map(Section::title).collect::<Vec<_>>(), [HUAWEI]);
}

#[test]
fn a_region_without_a_server_of_its_own_is_asked_where_it_can_be_typed() {
    let connection = json!({ "url": GENERAL, "providers": { HUAWEI: { "regions": { "xx-new-1": "/new/{url}" } } } });
    let found = sections(connection.clone(), json!({}), HUAWEI, "");
    assert_eq!(hosts(&found[1]), ["gaussdb.xx-new-1.myhuaweicloud.com"]);
    assert_eq!(found[1].read, None, "a call of IAM would go to the host for all regions, through the general address");
    let limits = json!({ "providers": { HUAWEI: { "regions": ["cn-*"] } } });
    let found = sections(connection, limits, HUAWEI, "");
    assert_eq!(hosts(&found[1]), [] as [&str; 0], "it can not be chosen");
}

#[test]
fn a_general_address_that_nothing_goes_through_is_not_asked() {
    let connection = json!({ "url": GENERAL, "providers": { ALIBABA: { "regions": { "cn-beijing": "/own/{url}" } } } });
    let limits = json!({ "providers": { ALIBABA: { "regions": ["cn-beijing"] } } });
    let found = sections(connection, limits, ALIBABA, "cn-beijing");
    assert_eq!(found.iter().map(Section::title).collect::<Vec<_>>(), ["Alibaba Cloud · cn-beijing"]);
}

#[test]
fn only_what_is_offered_is_read() {
    let of = |operations: Value, provider| {
        let found = sections(json!({ "url": GENERAL }), json!({ "operations": operations }), provider, "");
        read(&found[0]).map(|(id, _)| id.to_owned())
    };
    assert_eq!(of(json!(["aliyun-elasticsearch/OpenHttps"]), ALIBABA), None);
    assert_eq!(of(json!(["aliyun-elasticsearch/*"]), ALIBABA).as_deref(), Some("ListInstance"));
    assert_eq!(of(json!(["huawei-taurusdb/*"]), HUAWEI), None);
}

#[test]
fn without_a_proxy_there_is_one_section_and_no_address_to_correct() {
    for kind in ["sandbox", "direct"] {
        let found = sections(json!({ "kind": kind }), json!({}), HUAWEI, "cn-south-1");
        assert_eq!((found.len(), found[0].address.direct), (1, true), "{kind}");
        assert_eq!(found[0].address.place, "#/connections/1");
        assert_eq!(read(&found[0]), Some(("KeystoneListProjects", "cn-south-1")));
    }
}

#[test]
fn only_an_address_that_begins_before_the_host_has_a_root_to_ask() {
    assert_eq!(root_of("./proxy/{host}{path}{query}"), Some("./proxy/"));
    assert_eq!(root_of("https://p.example/x/{host}{path}{query}"), Some("https://p.example/x/"));
    for other in [
        "https://p.example/{url}",
        "https://p.example/?url={url_encoded}",
        "/proxy/{scheme}/{host}{path}{query}",
        "https://{host}.p.example{path}{query}",
        "/proxy/{host}{path}{query}&key=1",
        "/proxy?host={host}{path}{query}",
    ] {
        assert_eq!(root_of(other), None, "{other}");
    }
}
