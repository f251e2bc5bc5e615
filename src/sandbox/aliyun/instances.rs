//! The Elasticsearch instances of the account.

use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use crate::sandbox::course::{Course, End};
use crate::sandbox::fleet;
use crate::sandbox::provider::Provider;
use crate::sandbox::sentinel::{self, Sentinel};
use crate::sandbox::switch::{Change, Stage, Switch};

/// An instance that does what it is told.
pub(crate) const INSTANCE: &str = "es-cn-n6w1o1x0w001c0001";
/// The masked id that the vendor's own examples show; it works like [`INSTANCE`].
pub(crate) const MASKED: &str = "es-cn-n6w1o1x0w001c****";
/// An instance that answers HTTPS already.
pub(crate) const HTTPS: &str = "es-cn-https00000001";
/// Version 8.5: needs no coordinating node, has none.
pub(crate) const CLOUD_NATIVE: &str = "es-cn-cloudnative0001";
/// Version 7.10 without a coordinating node.
pub(crate) const NO_COORDINATOR: &str = "es-cn-noclientnode0001";
/// Version 6.7 without a coordinating node, which every version before 7.10 needs.
pub(crate) const OLD: &str = "es-cn-oldnoclient0001";
/// Some other change never ends here.
pub(crate) const ACTIVATING: &str = "es-cn-activating0001";
/// Frozen.
pub(crate) const INACTIVE: &str = "es-cn-inactive0001";
/// Answers a change with `"Result": false`.
pub(crate) const REFUSING: &str = "es-cn-resultfalse0001";

/// All of these, as the list has them.
pub(super) const SPECIAL: [&str; 9] =
    [INSTANCE, MASKED, HTTPS, CLOUD_NATIVE, NO_COORDINATOR, OLD, ACTIVATING, INACTIVE, REFUSING];

#[derive(Debug, Clone)]
pub(super) struct Instance {
    name: String,
    version: &'static str,
    has_coordinator: bool,
    needs_coordinator: bool,
    /// Its status while nothing changes it.
    status: &'static str,
    always_fails: bool,
    pub(super) https: Switch,
    pub(super) course: Course,
    /// The changes that were accepted.
    pub(super) records: Vec<Record>,
}

/// A change that was accepted.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) action: &'static str,
    pub(super) request: String,
    pub(super) began: OffsetDateTime,
    pub(super) change: Change,
}

/// Why a change does not start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    Activating,
    /// Frozen, suspended or out of reach.
    NotActive,
    NoCoordinator,
    /// Status 200 and `"Result": false`.
    Fails,
}

/// The id of an instance of the fleet.
pub(super) fn fleet_id(index: usize) -> String {
    format!("es-cn-{}0a{index:03}", fleet::digits(index))
}

impl Instance {
    /// Version 7.10 with coordinating nodes, HTTP, nothing running.
    fn ordinary(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            version: "7.10.0_with_X-Pack",
            has_coordinator: true,
            needs_coordinator: true,
            status: "active",
            always_fails: false,
            https: Switch::at(false),
            course: Course::ordinary(Provider::Aliyun),
            records: Vec::new(),
        }
    }

    fn of_fleet(index: usize) -> Self {
        let (version, needs_coordinator) = match index % 5 {
            0 => ("6.7.0_with_X-Pack", true),
            1 => ("7.10.0_with_X-Pack", true),
            2 => ("7.16.2_with_X-Pack", false),
            3 => ("8.5.1_with_X-Pack", false),
            _ => ("8.9.1_with_X-Pack", false),
        };
        let status = match index {
            index if index % 19 == 4 => "activating",
            index if index % 31 == 8 => "inactive",
            index if index % 43 == 11 => "invalid",
            _ => "active",
        };
        let (https, has_coordinator) = (Switch::at(index.is_multiple_of(3)), index % 4 != 1);
        let ordinary = Self::ordinary(&fleet::name(index));
        Self { version, needs_coordinator, status, https, has_coordinator, ..ordinary }
    }

    /// As it was before anybody changed it. `None`: there is no such instance.
    pub(super) fn new(id: &str) -> Option<Self> {
        if let Some(index) = fleet::index_of(id, fleet_id) {
            return Some(Self::of_fleet(index));
        }
        let ordinary = Self::ordinary("sandbox");
        let begun = |instance: Self| Some(Self { https: Switch::at(id.ends_with(sentinel::IS_HTTPS)), ..instance });
        match sentinel::read(Provider::Aliyun, id) {
            Some(Sentinel::Course(kind)) => return begun(Self { course: kind.course(Provider::Aliyun), ..ordinary }),
            Some(Sentinel::Fault(_) | Sentinel::Reading(_)) => return begun(ordinary),
            Some(Sentinel::Error(..)) => return None,
            None => {}
        }
        Some(match id {
            INSTANCE | MASKED => ordinary,
            HTTPS => Self { https: Switch::at(true), ..ordinary },
            CLOUD_NATIVE => Self {
                name: String::from("search-v8"),
                version: "8.5.1_with_X-Pack",
                has_coordinator: false,
                needs_coordinator: false,
                ..ordinary
            },
            NO_COORDINATOR => Self { has_coordinator: false, ..ordinary },
            OLD => Self { version: "6.7.0_with_X-Pack", has_coordinator: false, ..ordinary },
            ACTIVATING => Self { status: "activating", ..ordinary },
            INACTIVE => Self { status: "inactive", ..ordinary },
            REFUSING => Self { always_fails: true, ..ordinary },
            _ => return None,
        })
    }

    pub(super) fn refusal(&self, target: bool, work: Duration) -> Option<Refusal> {
        match self.status(work) {
            // A change that nobody sees is one all the same.
            _ if self.https.is_moving(work) => Some(Refusal::Activating),
            "activating" => Some(Refusal::Activating),
            "active" if target && self.needs_coordinator && !self.has_coordinator => Some(Refusal::NoCoordinator),
            "active" => self.always_fails.then_some(Refusal::Fails),
            _ => Some(Refusal::NotActive),
        }
    }

    fn status(&self, work: Duration) -> &'static str {
        match self.https.stage(work) {
            None | Some(Stage::Hidden | Stage::Flapped | Stage::Ended(End::Done | End::Failed)) => self.status,
            Some(Stage::Pending | Stage::Running(_)) => "activating",
            Some(Stage::Odd(_)) => "restarting",
            Some(Stage::Ended(End::Canceled)) => "suspended",
        }
    }

    /// The fields of ListInstance that matter here. The port is a text in this answer only.
    pub(super) fn list(&self, id: &str, work: Duration) -> Value {
        json!({
            "instanceId": id,
            "description": self.name,
            "status": self.status(work),
            "protocol": if self.https.value(work) { "HTTPS" } else { "HTTP" },
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
    pub(super) fn describe(&self, id: &str, work: Duration) -> Value {
        let status = self.status(work);
        let mut result = json!({
            "instanceId": id,
            "description": self.name,
            "status": status,
            "protocol": if self.https.value(work) { "HTTPS" } else { "HTTP" },
            "esVersion": self.version,
            "archType": if self.needs_coordinator { "exclusive" } else { "public" },
            "instanceCategory": "x-pack",
            "haveClientNode": self.has_coordinator,
            "port": 9200,
            "enablePublic": false,
            "paymentType": "postpaid",
            "nodeAmount": 3,
            "resourceGroupId": "rg-sandbox",
            "tags": [],
        });
        let Some(members) = result.as_object_mut() else { return result };
        // What is out of reach has no address.
        if status != "invalid" {
            members.insert("domain".to_owned(), format!("{id}.elasticsearch.aliyuncs.com").into());
        }
        if self.has_coordinator {
            let nodes = json!({ "amount": 2, "spec": "elasticsearch.sn2ne.large" });
            members.insert("clientNodeConfiguration".to_owned(), nodes);
        }
        result
    }
}
