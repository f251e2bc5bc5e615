//! The Elasticsearch instances of the account.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::sandbox::switch::Switch;

/// An instance that does what it is told.
pub(crate) const INSTANCE: &str = "es-cn-n6w1o1x0w001c0001";
/// The masked id that the vendor's own examples show; it works like [`INSTANCE`].
pub(crate) const MASKED: &str = "es-cn-n6w1o1x0w001c****";
/// Version 8.5: needs no coordinating node, has none.
pub(crate) const CLOUD_NATIVE: &str = "es-cn-cloudnative0001";
/// Version 7.10 without a coordinating node.
pub(crate) const NO_COORDINATOR: &str = "es-cn-noclientnode0001";
/// Some other change never ends here.
pub(crate) const ACTIVATING: &str = "es-cn-activating0001";
/// Answers a change with `"Result": false`.
pub(crate) const REFUSING: &str = "es-cn-resultfalse0001";

#[derive(Debug)]
pub(super) struct Instance {
    name: &'static str,
    version: &'static str,
    has_coordinator: bool,
    needs_coordinator: bool,
    always: Option<Refusal>,
    pub(super) https: Switch,
}

/// Why a change does not start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    Activating,
    NoCoordinator,
    /// Status 200 and `"Result": false`.
    Fails,
}

pub(super) fn all() -> BTreeMap<String, Instance> {
    let ordinary = Instance::ordinary;
    let native = Instance {
        name: "search-v8",
        version: "8.5.1_with_X-Pack",
        has_coordinator: false,
        needs_coordinator: false,
        ..ordinary()
    };
    [
        (INSTANCE, ordinary()),
        (MASKED, ordinary()),
        (CLOUD_NATIVE, native),
        (NO_COORDINATOR, Instance { has_coordinator: false, ..ordinary() }),
        (ACTIVATING, Instance { always: Some(Refusal::Activating), ..ordinary() }),
        (REFUSING, Instance { always: Some(Refusal::Fails), ..ordinary() }),
    ]
    .map(|(id, instance)| (id.to_owned(), instance))
    .into()
}

impl Instance {
    /// Version 7.10 with coordinating nodes, HTTP, nothing running.
    pub(super) fn ordinary() -> Self {
        Self {
            name: "sandbox",
            version: "7.10.0_with_X-Pack",
            has_coordinator: true,
            needs_coordinator: true,
            always: None,
            https: Switch::at(false),
        }
    }

    pub(super) fn refusal(&self, target: bool, now: OffsetDateTime) -> Option<Refusal> {
        if self.is_activating(now) {
            return Some(Refusal::Activating);
        }
        if target && self.needs_coordinator && !self.has_coordinator {
            return Some(Refusal::NoCoordinator);
        }
        self.always
    }

    fn is_activating(&self, now: OffsetDateTime) -> bool {
        self.https.is_moving(now) || self.always == Some(Refusal::Activating)
    }

    fn status(&self, now: OffsetDateTime) -> &'static str {
        if self.is_activating(now) { "activating" } else { "active" }
    }

    /// The fields of ListInstance that matter here. The port is a text in this answer only.
    pub(super) fn list(&self, id: &str, now: OffsetDateTime) -> Value {
        json!({
            "instanceId": id,
            "description": self.name,
            "status": self.status(now),
            "protocol": if self.https.value(now) { "HTTPS" } else { "HTTP" },
            "esVersion": self.version,
            "instanceCategory": "x-pack",
            "paymentType": "postpaid",
            "nodeAmount": 3,
            "port": "9200",
            "resourceGroupId": "rg-sandbox",
            "createdAt": "2026-01-12T08:00:00.000Z",
            "updatedAt": "2026-11-02T08:00:00.000Z",
            "tags": [],
        })
    }

    /// The fields of DescribeInstance that matter here.
    pub(super) fn describe(&self, id: &str, now: OffsetDateTime) -> Value {
        let mut result = json!({
            "instanceId": id,
            "description": self.name,
            "status": self.status(now),
            "protocol": if self.https.value(now) { "HTTPS" } else { "HTTP" },
            "esVersion": self.version,
            "archType": if self.needs_coordinator { "exclusive" } else { "public" },
            "instanceCategory": "x-pack",
            "haveClientNode": self.has_coordinator,
            "domain": format!("{id}.elasticsearch.aliyuncs.com"),
            "port": 9200,
            "enablePublic": false,
            "paymentType": "postpaid",
            "nodeAmount": 3,
            "resourceGroupId": "rg-sandbox",
            "tags": [],
        });
        if self.has_coordinator
            && let Some(result) = result.as_object_mut()
        {
            let nodes = json!({ "amount": 2, "spec": "elasticsearch.sn2ne.large" });
            result.insert("clientNodeConfiguration".to_owned(), nodes);
        }
        result
    }
}
