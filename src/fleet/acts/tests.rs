use super::*;
use crate::catalog::{Api, Policy};
use crate::fixtures::{shipped_acts, shipped_apis};
use serde_json::json;

fn of(operation: serde_json::Value) -> Vec<FleetAct> {
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "Test", "version": "1"}, "servers": [{"url": "https://api.test"}],
        "paths": {"/things/{id}": {"post": operation}},
    });
    let api = Api::load("apis/test.json", &document.to_string()).unwrap();
    fleet_acts([api].iter(), &|api, id| api.operation(id)?.ok())
}

#[test]
fn the_acts_of_the_shipped_descriptions_are_found() {
    let acts = shipped_acts();
    let short: Vec<(&str, &str, &str)> =
        acts.iter().map(|act| (act.id.as_str(), act.provider(), act.short.as_str())).collect();
    let expected = [
        ("huawei-taurusdb/SwitchGaussMySqlInstanceSsl/0", "Huawei Cloud", "SSL on"),
        ("huawei-taurusdb/SwitchGaussMySqlInstanceSsl/1", "Huawei Cloud", "SSL off"),
        ("aliyun-elasticsearch/OpenHttps/0", "Alibaba Cloud", "HTTPS on"),
        ("aliyun-elasticsearch/CloseHttps/0", "Alibaba Cloud", "HTTPS off"),
    ];
    assert_eq!(short, expected);
    let ssl = &acts[0];
    assert_eq!(ssl.values, [("ssl_option".to_owned(), json!(true))]);
    assert_eq!((ssl.subject.name.as_str(), ssl.subject.label.as_str()), ("instance_id", "Instance ID"));
    let fields: Vec<(&str, bool)> = ssl.fields.iter().map(|field| (field.name.as_str(), field.required)).collect();
    assert_eq!(fields, [("project_id", true), ("X-Language", false)]);
    assert!(ssl.regions.iter().any(|own| own.region == "cn-north-4" && own.label.contains("Beijing4")));
    assert_eq!(acts.iter().map(|act| act.takes_any_region).collect::<Vec<_>>(), [true, true, true, true]);
    assert!(acts[2].fields.is_empty(), "the console makes the token itself: {:?}", acts[2].fields);
}

#[test]
fn a_call_without_a_name_for_its_act_or_its_thing_is_none() {
    let parts = |act: serde_json::Value, impact: serde_json::Value| {
        let parameters = json!([{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}]);
        of(json!({"operationId": "Call", "parameters": parameters, "x-act": act, "x-impact": impact}))
    };
    let act = json!([{"send": "Do", "short": "Done"}]);
    assert_eq!(parts(act.clone(), json!({"summary": "s", "subject": "id"})).len(), 1);
    assert!(parts(act.clone(), json!({"summary": "s"})).is_empty());
    assert!(parts(act.clone(), json!({"summary": "s", "subject": "other"})).is_empty());
    assert!(parts(json!([{"send": "Do"}]), json!({"summary": "s", "subject": "id"})).is_empty());
    let mut safe = json!({"operationId": "Call", "x-safe": true, "x-act": act});
    safe["x-impact"] = json!({"summary": "s", "subject": "id"});
    assert!(of(safe).is_empty());
}

#[test]
fn an_act_knows_whether_the_deployment_offers_it() {
    let acts = fleet_acts(shipped_apis().iter(), &|api, id| {
        let policy = Policy { read_only: api.id.starts_with("huawei"), ..Policy::default() };
        Some(Operation { policy, ..api.operation(id)?.ok()? })
    });
    assert_eq!(acts.iter().map(FleetAct::is_offered).collect::<Vec<_>>(), [false, false, true, true]);
}

#[test]
fn a_region_is_known_by_its_id_by_its_label_and_by_a_title_that_no_other_one_has() {
    use crate::fleet::names::region_called;
    let mut acts = shipped_acts();
    for (act, titles, region) in [
        (0, ["cn-north-4", "CN North-Beijing4", "cn north-beijing4 (CN-NORTH-4)"], "cn-north-4"),
        (2, ["cn-hangzhou", "China (Hangzhou)", "China (Hangzhou) (cn-hangzhou)"], "cn-hangzhou"),
    ] {
        titles.iter().for_each(|title| assert_eq!(region_called(&acts[act], title), Some(region), "{title}"));
    }
    assert_eq!(region_called(&acts[2], "China"), None, "many regions begin so");
    let double = ActRegion { region: "cn-hangzhou-2".into(), label: "China (Hangzhou) (cn-hangzhou-2)".into() };
    acts[2].regions.push(double);
    assert_eq!(region_called(&acts[2], "China (Hangzhou)"), None, "two have the title");
    assert_eq!(region_called(&acts[2], "China (Hangzhou) (cn-hangzhou)"), Some("cn-hangzhou"));
}
