//! Operations and drafts for the tests of the core.

use crate::catalog::{Api, Location, Operation};
use crate::form::{Draft, FieldPath, Raw};
use serde_json::{Value, json};

/// The shipped descriptions.
pub(crate) fn shipped_apis() -> [Api; 2] {
    let api = |file, text| Api::load(file, text).unwrap();
    [
        api("apis/huawei-taurusdb.json", include_str!("../apis/huawei-taurusdb.json")),
        api("apis/aliyun-elasticsearch.json", include_str!("../apis/aliyun-elasticsearch.json")),
    ]
}

/// The acts of the shipped descriptions, as a deployment without restrictions offers them.
pub(crate) fn shipped_acts() -> Vec<crate::fleet::FleetAct> {
    static ACTS: std::sync::LazyLock<Vec<crate::fleet::FleetAct>> = std::sync::LazyLock::new(|| {
        crate::fleet::fleet_acts(shipped_apis().iter(), &|api, id| api.operation(id)?.ok())
    });
    ACTS.clone()
}

/// The only operation of a document.
pub(crate) fn only_operation(file: &str, text: &str) -> Operation {
    let api = Api::load(file, text).unwrap();
    api.operation(&api.operations[0].id).unwrap().unwrap()
}

/// Huawei's switch, from the shipped document.
pub(crate) fn switch_ssl() -> Operation {
    only_operation("apis/huawei-taurusdb.json", include_str!("../apis/huawei-taurusdb.json"))
}

/// Alibaba's switch, from the shipped document.
pub(crate) fn open_https() -> Operation {
    only_operation("apis/aliyun-elasticsearch.json", include_str!("../apis/aliyun-elasticsearch.json"))
}

/// An operation of which `parts` are the members, at `https://api.test`.
pub(crate) fn operation(method: &str, path: &str, parts: Value) -> Operation {
    let mut node = parts;
    node["operationId"] = json!("Call");
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "Test", "version": "1"}, "servers": [{"url": "https://api.test"}],
        "paths": {path: {method: node}},
    });
    only_operation("apis/test.json", &document.to_string())
}

/// A call with a body of this schema.
pub(crate) fn with_body(schema: Value) -> Operation {
    operation("post", "/a", json!({"requestBody": {"content": {"application/json": {"schema": schema}}}}))
}

/// The same where the body is required: its defaults are in the form from the beginning.
pub(crate) fn with_required_body(schema: Value) -> Operation {
    let content = json!({"application/json": {"schema": schema}});
    operation("post", "/a", json!({"requestBody": {"required": true, "content": content}}))
}

pub(crate) fn path(name: &str) -> FieldPath {
    FieldPath { location: Location::Path, path: name.to_owned() }
}

pub(crate) fn query(name: &str) -> FieldPath {
    FieldPath { location: Location::Query, path: name.to_owned() }
}

pub(crate) fn header(name: &str) -> FieldPath {
    FieldPath { location: Location::Header, path: name.to_owned() }
}

pub(crate) fn body(name: &str) -> FieldPath {
    FieldPath { location: Location::Body, path: name.to_owned() }
}

/// A form with these texts and nothing else.
pub(crate) fn draft(values: &[(FieldPath, &str)]) -> Draft {
    let mut draft = Draft::default();
    values.iter().for_each(|(path, text)| draft.set(path.clone(), Raw::Text((*text).to_owned())));
    draft
}

pub(crate) const PROJECT: &str = "056538411200d4cd2f79c003c7606412";
pub(crate) const TAURUSDB: &str = "096c0fc43e804757b59946b80dc27f8bin07";
pub(crate) const CLUSTER: &str = "es-cn-n6w1o1x0w001c0001";

/// A form that switches SSL on.
pub(crate) fn ssl_on() -> Draft {
    let texts = [(path("project_id"), PROJECT), (path("instance_id"), TAURUSDB), (body("ssl_option"), "true")];
    draft(&texts)
}

/// A form that enables HTTPS, with a token.
pub(crate) fn https_on() -> Draft {
    draft(&[(path("InstanceId"), CLUSTER), (query("clientToken"), "5A2CFF0E-5718-45B5-9D4D-70B3FF000001")])
}
